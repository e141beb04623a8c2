//! How the lines of a sale are taxed: eaten here or taken away, and not at all where the customer is exempt. The rate of
//! a line is found anew whenever one of these changes; what comes back of a receipt stays as it was sold.

use super::line::Line;
use super::{OpenSale, SaleError, Sign, TrailAct};
use crate::ids::OperatorId;
use crate::money::Money;
use crate::people::{Grants, Permission};
use crate::tax::{TaxMode, TaxRate};
use serde::{Deserialize, Serialize};

/// The two rates of goods that are taxed by where they are eaten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRates {
    /// Eaten here.
    pub here: TaxRate,
    /// Taken away.
    pub away: TaxRate,
}

/// Why a sale bears no tax. The proof of it is paper the shop keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ExemptReason {
    /// A mission or an international body.
    Diplomatic,
    /// The goods leave the country.
    Export,
    /// The customer sells them on, with tax.
    Resale,
    /// A charity, a school, a public body.
    NonProfit,
    /// Something else that the law names.
    Other,
}

/// The tax a line does not bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Exempted {
    /// The rate it would have.
    pub rate: TaxRate,
    /// What was taken off its amount, where prices include tax: minor units, without sign.
    pub off: i64,
}

impl OpenSale {
    /// Says whether the goods are taken away. The lines have to follow ([`OpenSale::retax`]).
    pub fn set_takeaway(&mut self, takeaway: bool) -> TrailAct {
        self.takeaway = takeaway;
        self.touch();
        TrailAct::TakeawaySet { takeaway }
    }

    /// Says why the sale bears no tax; `None` takes that back. The lines have to follow ([`OpenSale::retax`]).
    ///
    /// # Errors
    /// `NeedsApproval`.
    pub fn exempt_tax(
        &mut self,
        reason: Option<ExemptReason>,
        grants: &Grants,
    ) -> Result<TrailAct, SaleError> {
        let mut approved_by: Option<OperatorId> = None;
        if reason.is_some() {
            grants.require(Permission::ExemptTax)?;
            approved_by = grants.approver_of(Permission::ExemptTax, 0);
        }
        self.exempt = reason;
        self.touch();
        Ok(TrailAct::TaxExempted { reason, approved_by })
    }

    /// The rate of goods with these rates as the sale stands, exemption aside.
    pub fn rate_of(&self, usual: TaxRate, places: Option<PlaceRates>) -> TaxRate {
        match places {
            Some(places) if self.takeaway => places.away,
            Some(places) => places.here,
            None => usual,
        }
    }

    /// Taxes a line anew, after it was said that the goods are taken away, or that the sale bears no tax. Says whether
    /// the line changed.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn retax(&mut self, line: &mut Line) -> Result<bool, SaleError> {
        let usual = line.exempt.map_or(line.tax_rate, |exempted| exempted.rate);
        let rate = self.rate_of(usual, line.places);
        if line.voided
            || line.of.is_some()
            || (rate == usual && line.exempt.is_some() == self.exempt.is_some())
        {
            return Ok(false);
        }
        self.count(line, Sign::Minus)?;
        let before = Money::new(line.exempt.map_or(0, |exempted| exempted.off), self.currency)?;
        // With tax in the price and the exemption gone, the line is what it was; its share is found again with the spread.
        let amount = line.before_share()?.plus(before)?;
        let (amount, rate, exempt) = self.taxed(amount, rate)?;
        line.amount = amount;
        line.tax_rate = rate;
        line.exempt = exempt;
        line.share = 0;
        line.tax = self.tax_policy.tax(amount, rate)?;
        self.count(line, Sign::Plus)?;
        self.touch();
        line.revision = self.revision;
        Ok(true)
    }

    /// What an amount and its rate come to in this sale: where it is exempt, the rate is zero and the tax that a price
    /// includes is taken off.
    pub(super) fn taxed(
        &self,
        amount: Money,
        rate: TaxRate,
    ) -> Result<(Money, TaxRate, Option<Exempted>), SaleError> {
        if self.exempt.is_none() {
            return Ok((amount, rate, None));
        }
        let off = match self.tax_policy.mode {
            TaxMode::Included => self.tax_policy.tax(amount, rate)?,
            TaxMode::Added => Money::zero(self.currency),
        };
        Ok((amount.minus(off)?, TaxRate::ZERO, Some(Exempted { rate, off: off.minor() })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discount::{DiscountBy, DiscountReason};
    use crate::people::{Grant, Role};
    use crate::quantity::Unit;
    use crate::rounding::Rounding;
    use crate::sale::line::Direction;
    use crate::sale::tests::{grants, item, open_under};
    use crate::tax::{TaxPolicy, TaxScope};
    use proptest::prelude::*;

    fn rate(ppm: i64) -> TaxRate {
        TaxRate::ppm(ppm).unwrap()
    }

    fn under(mode: TaxMode, scope: TaxScope) -> OpenSale {
        open_under(TaxPolicy { mode, scope, rounding: Rounding::HalfUp })
    }

    fn policies() -> impl Strategy<Value = (TaxMode, TaxScope)> {
        let mode = prop_oneof![Just(TaxMode::Included), Just(TaxMode::Added)];
        (mode, prop_oneof![Just(TaxScope::Line), Just(TaxScope::Document)])
    }

    #[test]
    fn a_coffee_of_three_euro_bears_nineteen_percent_here_and_seven_taken_away() {
        let mut sale = under(TaxMode::Included, TaxScope::Line);
        let places = Some(PlaceRates { here: rate(190_000), away: rate(70_000) });
        let mut coffee = item(3_000_000, 1_000, Unit::Each);
        coffee.places = places;
        coffee.tax_rate = sale.rate_of(rate(190_000), places);
        let mut line = sale.add(coffee, Direction::Sale, &grants(None)).unwrap();
        // 3.00 × 19 / 119 = 0.4790
        assert_eq!((line.tax_rate, line.tax.minor()), (rate(190_000), 48));
        sale.set_takeaway(true);
        assert!(sale.retax(&mut line).unwrap());
        // 3.00 × 7 / 107 = 0.1963: the price is the same, the tax in it is not.
        assert_eq!((line.tax_rate, line.tax.minor(), line.amount.minor()), (rate(70_000), 20, 300));
        let totals = sale.totals().unwrap();
        assert_eq!(totals.taxes.iter().map(|tax| tax.rate).collect::<Vec<_>>(), [rate(70_000)]);
        assert!(!sale.retax(&mut line).unwrap(), "nothing changes twice");
        sale.set_takeaway(false);
        assert!(sale.retax(&mut line).unwrap());
        assert_eq!((line.tax_rate, line.tax.minor()), (rate(190_000), 48));
    }

    #[test]
    fn who_is_exempt_pays_what_is_left_without_the_tax() {
        for (mode, due) in [(TaxMode::Included, 252), (TaxMode::Added, 300)] {
            let mut sale = under(mode, TaxScope::Line);
            let mut wine = item(3_000_000, 1_000, Unit::Each);
            wine.tax_rate = rate(190_000);
            let mut line = sale.add(wine.clone(), Direction::Sale, &grants(None)).unwrap();
            sale.exempt_tax(Some(ExemptReason::Diplomatic), &grants(None)).unwrap();
            assert!(sale.retax(&mut line).unwrap());
            // 3.00 − 0.48
            assert_eq!((line.amount.minor(), line.tax.minor(), line.tax_rate), (due, 0, TaxRate::ZERO));
            assert_eq!(line.exempt, Some(Exempted { rate: rate(190_000), off: 300 - due }));
            assert_eq!(line.before_discounts().unwrap().minor(), 300);
            assert!(line.takes(&wine, Direction::Sale), "one more scan is counted on it");
            // What comes after is exempt too.
            let second = sale.add(wine, Direction::Sale, &grants(None)).unwrap();
            assert_eq!((second.amount.minor(), second.tax_rate), (due, TaxRate::ZERO));
            assert_eq!(sale.totals().unwrap().total.minor(), 2 * due);
        }
    }

    #[test]
    fn not_everybody_may_say_so() {
        let mut sale = under(TaxMode::Included, TaxScope::Line);
        let sells = Role {
            badge_needs_pin: false,
            name: "cashier".into(),
            grants: vec![Grant { permission: Permission::Sell, limit: None }],
            known: crate::people::CAME_LATER.len(),
            own_sales_only: false,
            trains_only: false,
        };
        let refused = sale.exempt_tax(Some(ExemptReason::Export), &Grants::of(&sells));
        assert!(matches!(refused, Err(SaleError::NeedsApproval(_))), "{refused:?}");
        assert_eq!(sale.exempt, None);
        // To take it back takes nothing from the shop.
        assert!(sale.exempt_tax(None, &Grants::of(&sells)).is_ok());
    }

    proptest! {
        /// Whatever is said when: the sale comes to what it would have if that had been said before the first line.
        #[test]
        fn what_is_said_after_counts_as_if_it_had_been_said_before(
            (mode, scope) in policies(),
            prices in prop::collection::vec((1i64..40_000_000, 1i64..9, 0i64..300_000, 0i64..300_000), 1..6),
            takeaway: bool, exempt: bool, off in 0i64..900_000,
        ) {
            let say = |sale: &mut OpenSale, takeaway: bool, exempt: bool| {
                sale.set_takeaway(takeaway);
                sale.exempt_tax(exempt.then_some(ExemptReason::Resale), &grants(None)).unwrap();
            };
            let ring = |sale: &mut OpenSale| -> Vec<Line> {
                let ringing = prices.iter().map(|(price, count, here, away)| {
                    let places = Some(PlaceRates { here: rate(*here), away: rate(*away) });
                    let mut goods = item(*price, count * 1_000, Unit::Each);
                    goods.places = places;
                    goods.tax_rate = sale.rate_of(rate(*here), places);
                    sale.add(goods, Direction::Sale, &grants(None)).unwrap()
                });
                ringing.collect()
            };
            let discount = |sale: &mut OpenSale, lines: &mut [Line]| {
                if off > 0 {
                    let by = Some(DiscountBy::Part { ppm: off });
                    if sale.discount(lines, by, DiscountReason::Goodwill, &grants(None)).is_ok() {
                        sale.spread(lines).unwrap();
                    }
                }
            };
            let mut before = under(mode, scope);
            say(&mut before, takeaway, exempt);
            let mut lines = ring(&mut before);
            discount(&mut before, &mut lines);
            let mut after = under(mode, scope);
            let mut lines = ring(&mut after);
            discount(&mut after, &mut lines);
            let untouched = after.totals().unwrap();
            let mut again = |sale: &mut OpenSale| {
                for line in &mut lines {
                    sale.retax(line).unwrap();
                }
                sale.spread(&mut lines).unwrap();
                let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
                (sum, sale.totals().unwrap())
            };
            say(&mut after, takeaway, exempt);
            let (_, totals) = again(&mut after);
            let told = |totals: &crate::tax::Totals| {
                let mut rows: Vec<_> = totals.taxes.iter().filter(|row| row.gross.minor() != 0).cloned().collect();
                rows.sort_by_key(|row| row.rate);
                (totals.total, totals.net, totals.tax, rows)
            };
            prop_assert_eq!(told(&totals), told(&before.totals().unwrap()));
            say(&mut after, false, false);
            prop_assert_eq!(told(&again(&mut after).1), told(&untouched));
        }
    }
}
