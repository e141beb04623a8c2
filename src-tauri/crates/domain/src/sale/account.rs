//! What of a sale goes by its customer's account with the shop: store credit, which a refund adds to and a sale uses up.
//! How much there is, the facts tell; here stands what may be done with it.

use super::{OpenSale, SaleError};
use crate::ids::CustomerId;
use crate::money::Money;
use crate::tender::{Tender, TenderDirection, TenderKind, TenderRequest};

impl OpenSale {
    /// Checks that the sale says whose account it is, where a kind of tender asks for that.
    ///
    /// # Errors
    /// `CustomerMissing`.
    pub(super) fn expect_customer(&self, kind: TenderKind) -> Result<(), SaleError> {
        if kind.rules().needs_customer && self.customer.is_none() {
            return Err(SaleError::CustomerMissing {});
        }
        Ok(())
    }

    /// Checks that the sale may be for this customer: what of somebody's account was used already is theirs.
    ///
    /// # Errors
    /// `TendersTaken`.
    pub(super) fn expect_whose(&self, customer: Option<CustomerId>) -> Result<(), SaleError> {
        let uses_account = self.tenders.iter().any(|tender| tender.kind.rules().needs_customer);
        if uses_account && self.customer.map(|on| on.id) != customer {
            return Err(SaleError::TendersTaken { paid: self.paid()? });
        }
        Ok(())
    }

    /// What its tenders so far bring the store credit of its customer, signed, in minor units.
    pub fn credit_change(&self) -> i64 {
        let of_credit = self.tenders.iter().filter(|tender| tender.kind == TenderKind::StoreCredit);
        change(of_credit.map(|tender| (tender.direction, tender.amount)))
    }

    /// A request for store credit with its amount: where none is said, as much of what is due as the customer has.
    /// `credit` is what they have in minor units, without this sale.
    ///
    /// # Errors
    /// `TenderNotAccepted`; `CreditExceeded` where they have none; `AmountOutOfRange`.
    pub fn as_far_as_credit_goes(
        &self,
        request: TenderRequest,
        credit: i64,
    ) -> Result<TenderRequest, SaleError> {
        if !self.tender_policy.accepts(request.kind) {
            return Err(SaleError::TenderNotAccepted {});
        }
        let due = self.balance()?;
        if request.kind != TenderKind::StoreCredit || request.amount.is_some() || due.is_negative() {
            return Ok(request);
        }
        let left = credit.saturating_add(self.credit_change());
        if left <= 0 {
            return Err(exceeded(credit, self)?);
        }
        let amount = Money::new(left.min(due.minor()), self.currency)?;
        Ok(TenderRequest { amount: Some(amount), ..request })
    }

    /// Checks that its tenders so far take no more store credit than there is.
    ///
    /// # Errors
    /// `CreditExceeded`.
    pub fn expect_credit(&self, credit: i64) -> Result<(), SaleError> {
        self.left_of(credit, self.credit_change()).map(|_| ())
    }

    /// What a settlement leaves of its customer's store credit, in minor units; `credit` is what they had. Nothing where
    /// none of it goes by that.
    ///
    /// # Errors
    /// `CreditExceeded`, also where another sale used it up meanwhile.
    pub fn credit_left(&self, tenders: &[Tender], credit: i64) -> Result<Option<i64>, SaleError> {
        let mut of_credit = Vec::new();
        for tender in tenders.iter().filter(|tender| tender.kind == TenderKind::StoreCredit) {
            of_credit.push((tender.direction, tender.tendered.minus(tender.change)?.minor()));
        }
        if of_credit.is_empty() {
            return Ok(None);
        }
        self.left_of(credit, change(of_credit.into_iter())).map(Some)
    }

    /// What is left of a credit after a change that takes no more than there is.
    fn left_of(&self, credit: i64, change: i64) -> Result<i64, SaleError> {
        let left = credit.checked_add(change).ok_or(SaleError::AmountOutOfRange {})?;
        if change < 0 && left < 0 { Err(exceeded(credit, self)?) } else { Ok(left) }
    }
}

/// What is said where somebody would take more than there is.
fn exceeded(credit: i64, sale: &OpenSale) -> Result<SaleError, SaleError> {
    Ok(SaleError::CreditExceeded { name: String::new(), credit: Money::new(credit.max(0), sale.currency)? })
}

/// What tenders of store credit bring it: what is given goes there, what is taken comes from it.
fn change(tenders: impl Iterator<Item = (TenderDirection, i64)>) -> i64 {
    tenders.fold(0_i64, |sum, (direction, amount)| match direction {
        TenderDirection::Given => sum.saturating_add(amount),
        TenderDirection::Taken => sum.saturating_sub(amount),
    })
}

#[cfg(test)]
mod tests {
    use super::super::customer::SaleCustomer;
    use super::super::tests::{euro, grants, grants_with, item, open};
    use super::*;
    use crate::people::Permission;
    use crate::quantity::Unit;
    use crate::sale::line::Direction;
    use crate::tender::TenderPolicy;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn ada() -> Option<SaleCustomer> {
        Some(SaleCustomer { id: CustomerId(Uuid::from_u128(1)), price_list: None })
    }

    /// A sale of so many cents, or of goods that come back, for nobody yet.
    fn sale(minor: i64, direction: Direction) -> OpenSale {
        let mut sale = open();
        sale.tender_policy = TenderPolicy { store_credit: true, ..TenderPolicy::default() };
        let all = match direction {
            Direction::Sale => grants(None),
            Direction::Return => grants_with(Permission::ReturnWithoutReceipt, None),
        };
        sale.add(item(minor * 10_000, 1_000, Unit::Each), direction, &all).unwrap();
        sale
    }

    fn credit(minor: Option<i64>) -> TenderRequest {
        TenderRequest { kind: TenderKind::StoreCredit, amount: minor.map(euro), reference: None }
    }

    fn exceeded(minor: i64) -> SaleError {
        SaleError::CreditExceeded { name: String::new(), credit: euro(minor) }
    }

    #[test]
    fn it_is_somebodys() {
        let mut sale = sale(1_000, Direction::Sale);
        assert_eq!(sale.take_tender(&credit(Some(500))), Err(SaleError::CustomerMissing {}));
        assert_eq!(sale.settle(&[credit(None)], None).unwrap_err(), SaleError::CustomerMissing {});
        let before = sale.said();
        sale.set_customer(ada()).unwrap();
        sale.take_tender(&credit(Some(500))).unwrap();
        // What was taken of hers is no longer anybody else's, nor nobody's.
        assert_eq!(sale.set_customer(None), Err(SaleError::TendersTaken { paid: euro(500) }));
        assert_eq!(sale.say_again(before), Err(SaleError::TendersTaken { paid: euro(500) }));
        sale.set_customer(ada()).unwrap();
        sale.return_tender(1).unwrap();
        sale.set_customer(None).unwrap();
    }

    #[test]
    fn two_payments_together_take_no_more_than_there_is() {
        let mut sale = sale(1_000, Direction::Sale);
        sale.set_customer(ada()).unwrap();
        sale.take_tender(&credit(Some(300))).unwrap();
        assert_eq!(sale.expect_credit(420), Ok(()));
        sale.take_tender(&credit(Some(121))).unwrap();
        assert_eq!(sale.expect_credit(420), Err(exceeded(420)));
        assert_eq!(sale.expect_credit(421), Ok(()));
        let (_, settlement) = sale.settle(&[TenderRequest::cash(None)], None).unwrap();
        assert_eq!(sale.credit_left(&settlement.tenders, 421), Ok(Some(0)));
        assert_eq!(sale.credit_left(&settlement.tenders, 420), Err(exceeded(420)));
    }

    #[test]
    fn without_an_amount_it_is_as_much_as_there_is() {
        let mut sale = sale(1_000, Direction::Sale);
        sale.set_customer(ada()).unwrap();
        assert_eq!(sale.as_far_as_credit_goes(credit(None), 420), Ok(credit(Some(420))));
        assert_eq!(sale.as_far_as_credit_goes(credit(None), 4_200), Ok(credit(Some(1_000))));
        assert_eq!(sale.as_far_as_credit_goes(credit(None), 0), Err(exceeded(0)));
        sale.take_tender(&credit(Some(400))).unwrap();
        assert_eq!(sale.as_far_as_credit_goes(credit(None), 420), Ok(credit(Some(20))));
        assert_eq!(sale.as_far_as_credit_goes(credit(None), 400), Err(exceeded(400)));
    }

    #[test]
    fn more_than_is_due_is_not_taken_as_there_is_no_change() {
        let mut sale = sale(1_000, Direction::Sale);
        sale.set_customer(ada()).unwrap();
        assert_eq!(
            sale.settle(&[credit(Some(1_001))], None).unwrap_err(),
            SaleError::TenderExceeds { due: euro(1_000) }
        );
    }

    #[test]
    fn what_comes_back_may_go_there_and_leaves_more() {
        let mut sale = sale(700, Direction::Return);
        sale.set_customer(ada()).unwrap();
        let (_, settlement) = sale.settle(&[credit(None)], None).unwrap();
        assert_eq!(sale.credit_left(&settlement.tenders, 420), Ok(Some(1_120)));
        // Where nothing goes by it nothing is said of it.
        let (_, settlement) = sale.settle(&[TenderRequest::cash(None)], None).unwrap();
        assert_eq!(sale.credit_left(&settlement.tenders, 420), Ok(None));
    }

    proptest! {
        #[test]
        fn what_is_left_is_never_below_nothing(
            due in 1i64..5_000, parts in proptest::collection::vec(1i64..3_000, 0..4), credit_held in 0i64..6_000,
        ) {
            let mut sale = sale(due, Direction::Sale);
            sale.set_customer(ada()).unwrap();
            for part in parts {
                let mut next = sale.clone();
                let taken = next.take_tender(&credit(Some(part)));
                if taken.is_ok() && next.expect_credit(credit_held).is_ok() {
                    sale = next;
                }
            }
            // The rest in cash, where the parts leave one.
            let rest = if sale.balance().unwrap().is_zero() { vec![] } else { vec![TenderRequest::cash(None)] };
            let (_, settlement) = sale.settle(&rest, None).unwrap();
            let used: i64 = settlement
                .tenders
                .iter()
                .filter(|tender| tender.kind == TenderKind::StoreCredit)
                .map(|tender| tender.tendered.minor())
                .sum();
            let left = sale.credit_left(&settlement.tenders, credit_held).unwrap();
            prop_assert_eq!(left.unwrap_or(credit_held), credit_held - used);
            prop_assert!(left.is_none_or(|left| left >= 0));
        }
    }
}
