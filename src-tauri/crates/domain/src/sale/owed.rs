//! What of a sale is bought on its customer's account: they owe it from then on, up to what they may. How much that is
//! already, the facts tell.

use super::{OpenSale, SaleError};
use crate::account::Account;
use crate::ids::CustomerId;
use crate::money::Money;
use crate::people::{Grants, Permission};
use crate::tender::{Tender, TenderDirection, TenderKind};

/// How a customer's account stands before a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// What they owe, in minor units; negative where the shop owes them.
    pub owed: i64,
    /// How much they may owe in the sale's currency; `None` where they buy nothing on account.
    pub limit: Option<i64>,
}

impl Standing {
    /// An account that stands at `owed`, as a sale in the currency of `zero` sees it: a limit in another one is none.
    pub fn of(account: &Account, owed: i64, zero: Money) -> Self {
        let limit = account.limit.filter(|limit| limit.currency() == zero.currency());
        Self { owed, limit: limit.map(Money::minor) }
    }

    /// How much more they may owe; nothing where they may owe no more. `None` where they buy nothing on account.
    pub fn open(&self) -> Option<i64> {
        self.limit.map(|limit| limit.saturating_sub(self.owed).max(0))
    }
}

impl OpenSale {
    /// What its tenders so far add to what its customer owes, signed, in minor units.
    pub fn owed_change(&self) -> i64 {
        let on_account = self.tenders.iter().filter(|tender| tender.kind == TenderKind::OnAccount);
        change(on_account.map(|tender| (tender.direction, tender.amount)))
    }

    /// Checks that its tenders so far let its customer owe no more than they may. What somebody allows beyond that stays
    /// allowed until the sale is completed.
    ///
    /// # Errors
    /// `AccountMissing`; `NeedsApproval` for more than they may owe (minor units that would be owed).
    pub fn expect_owed(&mut self, standing: Standing, grants: &Grants) -> Result<(), SaleError> {
        let (owed, beyond) = self.owed_after(standing, self.owed_change(), grants)?;
        if beyond {
            self.may_owe = Some(owed);
        }
        Ok(())
    }

    /// What its customer owes after a settlement, in minor units. Nothing where none of it goes by the account.
    ///
    /// # Errors
    /// As [`OpenSale::expect_owed`], also where another sale came first meanwhile.
    pub fn owed(
        &self,
        tenders: &[Tender],
        standing: Standing,
        grants: &Grants,
    ) -> Result<Option<i64>, SaleError> {
        let mut on_account = Vec::new();
        for tender in tenders.iter().filter(|tender| tender.kind == TenderKind::OnAccount) {
            on_account.push((tender.direction, tender.tendered.minus(tender.change)?.minor()));
        }
        if on_account.is_empty() {
            return Ok(None);
        }
        let (owed, _) = self.owed_after(standing, change(on_account.into_iter()), grants)?;
        Ok(Some(owed))
    }

    /// Forgets what somebody allowed, where the sale becomes that of somebody else.
    pub(super) fn forget_allowed(&mut self, customer: Option<CustomerId>) {
        if self.customer.map(|on| on.id) != customer {
            self.may_owe = None;
        }
    }

    /// What is owed after a change, and whether that is more than the limit. What comes back is never too much.
    fn owed_after(&self, standing: Standing, change: i64, grants: &Grants) -> Result<(i64, bool), SaleError> {
        let owed = standing.owed.checked_add(change).ok_or(SaleError::AmountOutOfRange {})?;
        if change <= 0 {
            return Ok((owed, false));
        }
        let Some(limit) = standing.limit else {
            return Err(SaleError::AccountMissing { name: String::new() });
        };
        let beyond = owed > limit;
        if beyond && self.may_owe.is_none_or(|allowed| owed > allowed) {
            grants.require_up_to(Permission::RaiseAccountLimit, owed)?;
        }
        Ok((owed, beyond))
    }
}

/// What tenders on account add to what is owed: what is taken so is owed, what is given so no longer is.
fn change(tenders: impl Iterator<Item = (TenderDirection, i64)>) -> i64 {
    tenders.fold(0_i64, |sum, (direction, amount)| match direction {
        TenderDirection::Taken => sum.saturating_add(amount),
        TenderDirection::Given => sum.saturating_sub(amount),
    })
}

#[cfg(test)]
mod tests {
    use super::super::customer::SaleCustomer;
    use super::super::tests::{euro, grants, grants_with, item, open};
    use super::*;
    use crate::people::NeedsApproval;
    use crate::quantity::Unit;
    use crate::sale::line::Direction;
    use crate::tender::{TenderPolicy, TenderRequest};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn somebody(number: u128) -> Option<SaleCustomer> {
        Some(SaleCustomer { id: CustomerId(Uuid::from_u128(number)), price_list: None })
    }

    /// Everything, but nobody may owe more than their limit.
    fn cashier() -> Grants {
        grants_with(Permission::RaiseAccountLimit, Some(0))
    }

    /// A sale of so many cents, or of goods that come back, for somebody.
    fn sale(minor: i64, direction: Direction) -> OpenSale {
        let mut sale = open();
        sale.tender_policy = TenderPolicy { on_account: true, ..TenderPolicy::default() };
        let all = match direction {
            Direction::Sale => grants(None),
            Direction::Return => grants_with(Permission::ReturnWithoutReceipt, None),
        };
        sale.add(item(minor * 10_000, 1_000, Unit::Each), direction, &all).unwrap();
        sale.set_customer(somebody(1)).unwrap();
        sale
    }

    fn on_account(minor: Option<i64>) -> TenderRequest {
        TenderRequest { kind: TenderKind::OnAccount, amount: minor.map(euro), reference: None }
    }

    fn needs(owed: i64) -> SaleError {
        SaleError::NeedsApproval(NeedsApproval {
            permission: Permission::RaiseAccountLimit,
            limit: Some(owed),
        })
    }

    const fn standing(owed: i64, limit: Option<i64>) -> Standing {
        Standing { owed, limit }
    }

    #[test]
    fn the_limit_is_reached_but_not_passed() {
        let sale = sale(1_000, Direction::Sale);
        let (_, settlement) = sale.settle(&[on_account(None)], None).unwrap();
        let owed = |before, limit| sale.owed(&settlement.tenders, standing(before, limit), &cashier());
        assert_eq!(owed(0, Some(1_000)), Ok(Some(1_000)));
        assert_eq!(owed(0, Some(999)), Err(needs(1_000)));
        assert_eq!(owed(500, Some(1_499)), Err(needs(1_500)));
        assert_eq!(owed(500, Some(1_500)), Ok(Some(1_500)));
        // What the shop owes them counts first.
        assert_eq!(owed(-1_000, Some(0)), Ok(Some(0)));
        assert_eq!(owed(0, None), Err(SaleError::AccountMissing { name: String::new() }));
        let up_to = |limit| grants_with(Permission::RaiseAccountLimit, Some(limit));
        assert_eq!(sale.owed(&settlement.tenders, standing(0, Some(0)), &up_to(999)), Err(needs(1_000)));
        assert_eq!(sale.owed(&settlement.tenders, standing(0, Some(0)), &up_to(1_000)), Ok(Some(1_000)));
    }

    #[test]
    fn what_was_allowed_for_a_part_holds_until_the_sale_is_completed_and_for_nobody_else() {
        let mut sale = sale(1_000, Direction::Sale);
        sale.take_tender(&on_account(Some(600))).unwrap();
        assert_eq!(sale.expect_owed(standing(0, Some(500)), &cashier()), Err(needs(600)));
        sale.expect_owed(standing(0, Some(500)), &grants(None)).unwrap();
        let (_, settlement) = sale.settle(&[TenderRequest::cash(None)], None).unwrap();
        assert_eq!(sale.owed(&settlement.tenders, standing(0, Some(500)), &cashier()), Ok(Some(600)));
        // Another sale of theirs came first.
        assert_eq!(sale.owed(&settlement.tenders, standing(1, Some(500)), &cashier()), Err(needs(601)));
        sale.return_tender(1).unwrap();
        sale.set_customer(somebody(2)).unwrap();
        assert_eq!(sale.may_owe, None);
    }

    #[test]
    fn it_is_somebodys_and_gives_no_change() {
        let mut sale = sale(1_000, Direction::Sale);
        assert_eq!(
            sale.settle(&[on_account(Some(1_001))], None).unwrap_err(),
            SaleError::TenderExceeds { due: euro(1_000) }
        );
        sale.set_customer(None).unwrap();
        assert_eq!(sale.settle(&[on_account(None)], None).unwrap_err(), SaleError::CustomerMissing {});
    }

    #[test]
    fn what_comes_back_is_owed_no_longer_whatever_they_may_owe() {
        let sale = sale(700, Direction::Return);
        let (_, settlement) = sale.settle(&[on_account(None)], None).unwrap();
        assert_eq!(sale.owed(&settlement.tenders, standing(2_000, None), &cashier()), Ok(Some(1_300)));
        let (_, settlement) = sale.settle(&[TenderRequest::cash(None)], None).unwrap();
        assert_eq!(sale.owed(&settlement.tenders, standing(2_000, None), &cashier()), Ok(None));
    }

    #[test]
    fn a_limit_in_another_currency_is_none() {
        let account = Account { limit: Some(euro(500)) };
        let francs = Money::zero(crate::currency::Currency::parse("CHF").unwrap());
        assert_eq!(Standing::of(&account, 1, euro(0)), standing(1, Some(500)));
        assert_eq!(Standing::of(&account, 1, francs), standing(1, None));
        assert_eq!((standing(500, Some(400)).open(), standing(500, None).open()), (Some(0), None));
    }

    proptest! {
        #[test]
        fn without_somebody_who_allows_it_nobody_owes_more_than_they_may(
            due in 1i64..5_000, parts in proptest::collection::vec(1i64..3_000, 0..4), before in -500i64..3_000,
            limit in 0i64..6_000,
        ) {
            let mut sale = sale(due, Direction::Sale);
            for part in parts {
                let mut next = sale.clone();
                let taken = next.take_tender(&on_account(Some(part)));
                if taken.is_ok() && next.expect_owed(standing(before, Some(limit)), &cashier()).is_ok() {
                    sale = next;
                }
            }
            // The rest in cash, where the parts leave one.
            let rest = if sale.balance().unwrap().is_zero() { vec![] } else { vec![TenderRequest::cash(None)] };
            let (_, settlement) = sale.settle(&rest, None).unwrap();
            let owed = sale.owed(&settlement.tenders, standing(before, Some(limit)), &cashier()).unwrap();
            prop_assert_eq!(owed.unwrap_or(before), before + sale.owed_change());
            prop_assert!(owed.is_none_or(|owed| owed <= limit));
        }
    }
}
