//! The customer a sale is for. Their price list holds for it: for what is rung up from then on, and for the lines that are
//! there already, but for those whose price somebody typed or the code brought.

use super::line::Line;
use super::{OpenSale, SaleError, TrailAct};
use crate::ids::{CustomerId, PriceListId};
use crate::price::Price;
use crate::pricing::{PriceAt, in_force};
use crate::product::PriceFrom;
use crate::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// Whom an open sale is for. It carries no name: that stands with the customer and can be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleCustomer {
    /// Who.
    pub id: CustomerId,
    /// The price list that held for them when they were put on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<PriceListId>,
}

impl OpenSale {
    /// The price list that holds: the customer's, or else the shop's.
    pub fn list(&self) -> Option<PriceListId> {
        self.customer.and_then(|customer| customer.price_list).or(self.price_list)
    }

    /// Says whom the sale is for; `None` takes the customer off. Where another list holds then, its lines have to follow
    /// ([`OpenSale::reprice`]).
    ///
    /// # Errors
    /// `TendersTaken` where somebody's account was used already: what is taken of it belongs to them.
    pub fn set_customer(&mut self, customer: Option<SaleCustomer>) -> Result<TrailAct, SaleError> {
        let id = customer.map(|customer| customer.id);
        self.expect_whose(id)?;
        self.forget_allowed(id);
        self.customer = customer;
        self.touch();
        Ok(TrailAct::CustomerSet { customer: id })
    }

    /// Gives a line the price of the list that holds, where it stands at a price of the list that held `before`. What was
    /// typed, what the code said, what a pack costs by itself and what comes back of a receipt stay as they are, and so
    /// does what the new list has no price for. Says whether the line changed.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn reprice(
        &mut self,
        line: &mut Line,
        prices: &[PriceFrom],
        day: BusinessDay,
        before: Option<PriceListId>,
    ) -> Result<bool, SaleError> {
        let fixed = line.in_code.is_some_and(|said| said.price.is_some());
        if line.voided || line.product.is_none() || line.of.is_some() || line.list_price.is_some() || fixed {
            return Ok(false);
        }
        let (Some((was, _)), Some((price, list))) =
            (listed(line, prices, day, before)?, listed(line, prices, day, self.list())?)
        else {
            return Ok(false);
        };
        // A price that is not that of a pack's contents is the pack's own.
        if line.pack.is_some() && was != line.price {
            return Ok(false);
        }
        if price == line.price && list == line.price_list {
            return Ok(false);
        }
        self.rework(line, price, line.quantity)?;
        line.price_list = list;
        Ok(true)
    }
}

/// The price of one of a line by a list, and the list it stands in.
fn listed(
    line: &Line,
    prices: &[PriceFrom],
    day: BusinessDay,
    list: Option<PriceListId>,
) -> Result<Option<(Price, Option<PriceListId>)>, SaleError> {
    let Some(listed) = in_force(prices, PriceAt { day, list }) else { return Ok(None) };
    let price = match line.pack {
        Some(pack) => listed.price.times(pack).map_err(|_| SaleError::AmountOutOfRange {})?,
        None => listed.price,
    };
    Ok(Some((price, listed.list)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Quantity, Unit};
    use crate::sale::line::Direction;
    use crate::sale::tests::{grants, item, open};
    use proptest::prelude::*;
    use uuid::Uuid;

    const TRADE: PriceListId = PriceListId(Uuid::from_u128(7));

    fn day() -> BusinessDay {
        BusinessDay::parse("2026-03-02").unwrap()
    }

    fn prices(ordinary: i64, trade: i64) -> [PriceFrom; 2] {
        let price = |micros, list| PriceFrom { from: day(), price: Price::micros(micros).unwrap(), list };
        [price(ordinary, None), price(trade, Some(TRADE))]
    }

    fn customer() -> SaleCustomer {
        SaleCustomer { id: CustomerId(Uuid::from_u128(1)), price_list: Some(TRADE) }
    }

    /// A sale with one line of a product at its ordinary price.
    fn sold(ordinary: i64, quantity: i64) -> (OpenSale, Line) {
        let mut sale = open();
        let line = sale.add(item(ordinary, quantity, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        (sale, line)
    }

    #[test]
    fn the_lines_follow_the_list_of_the_customer_and_back() {
        let (mut sale, mut line) = sold(3_000_000, 2_000);
        let act = sale.set_customer(Some(customer())).unwrap();
        assert_eq!(act, TrailAct::CustomerSet { customer: Some(customer().id) });
        assert!(sale.reprice(&mut line, &prices(3_000_000, 2_500_000), day(), None).unwrap());
        assert_eq!((line.amount.minor(), line.price_list), (500, Some(TRADE)));
        assert_eq!(sale.totals().unwrap().total.minor(), 500);
        sale.set_customer(None).unwrap();
        assert!(sale.reprice(&mut line, &prices(3_000_000, 2_500_000), day(), Some(TRADE)).unwrap());
        assert_eq!((line.amount.minor(), line.price_list, sale.list()), (600, None, None));
    }

    #[test]
    fn what_was_typed_stays() {
        let (mut sale, mut line) = sold(3_000_000, 1_000);
        let typed = Price::micros(2_900_000).unwrap();
        sale.override_price(&mut line, typed, &grants(None)).unwrap();
        sale.set_customer(Some(customer())).unwrap();
        assert!(!sale.reprice(&mut line, &prices(3_000_000, 2_500_000), day(), None).unwrap());
        assert_eq!(line.price, typed);
        // Nor is a price that was typed where there was none anybody's but the cashier's.
        let (mut sale, mut line) = sold(3_000_000, 1_000);
        sale.set_customer(Some(customer())).unwrap();
        assert!(!sale.reprice(&mut line, &prices(3_000_000, 2_500_000)[1..], day(), None).unwrap());
    }

    #[test]
    fn a_pack_follows_what_is_in_it_but_not_from_a_price_of_its_own() {
        for (price, follows) in [(18_000_000, true), (16_000_000, false)] {
            let (mut sale, mut line) = sold(price, 1_000);
            line.pack = Some(Quantity::each(6).unwrap());
            sale.set_customer(Some(customer())).unwrap();
            let changed = sale.reprice(&mut line, &prices(3_000_000, 2_500_000), day(), None).unwrap();
            assert_eq!(
                (changed, line.price.as_micros()),
                (follows, if follows { 15_000_000 } else { price })
            );
        }
    }

    proptest! {
        #[test]
        fn a_customer_put_on_comes_to_what_ringing_up_after_would(
            ordinary in 1i64..50_000_000, trade in 1i64..50_000_000, quantity in 1i64..200,
        ) {
            let prices = prices(ordinary, trade);
            let (mut sale, mut line) = sold(ordinary, quantity * 1_000);
            sale.set_customer(Some(customer())).unwrap();
            sale.reprice(&mut line, &prices, day(), None).unwrap();
            let (after, _) = sold(trade, quantity * 1_000);
            prop_assert_eq!(sale.totals().unwrap(), after.totals().unwrap());
            sale.set_customer(None).unwrap();
            sale.reprice(&mut line, &prices, day(), Some(TRADE)).unwrap();
            let (before, _) = sold(ordinary, quantity * 1_000);
            prop_assert_eq!(sale.totals().unwrap(), before.totals().unwrap());
        }
    }
}
