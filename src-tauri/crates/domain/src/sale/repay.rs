//! Which way a refund goes: to what the goods were paid with, and never more to a tender than it paid. Another way is a
//! matter of permission, as somebody who pays by card and is given cash may be up to something.

use super::{OpenSale, SaleError};
use crate::ids::SaleId;
use crate::people::{Grants, Permission};
use crate::tender::{Settlement, TenderDirection, TenderKind};
use serde::{Deserialize, Serialize};

/// So much of a sale was paid with a kind of tender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidWith {
    /// The kind.
    pub kind: TenderKind,
    /// How much of what was due, in minor units; what cash was rounded by is not in it.
    pub amount: i64,
}

/// A completed sale that goods come back of, in an open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Which.
    pub sale: SaleId,
    /// What the lines that take something of it back come to, with tax: minor units.
    #[serde(default)]
    pub refunded: i64,
    /// What it was paid with, less what was given back of that before.
    pub paid: Vec<PaidWith>,
}

/// What was given back of a completed sale's tender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repaid {
    /// The completed sale.
    pub sale: SaleId,
    /// What it had been paid with, and is given back with.
    pub kind: TenderKind,
    /// How much, in minor units.
    pub amount: i64,
}

/// The order in which a refund is proposed: what is no cash first, so that no more cash leaves the drawer than came in.
const PROPOSED: [TenderKind; 5] =
    [TenderKind::OnAccount, TenderKind::StoreCredit, TenderKind::Card, TenderKind::Voucher, TenderKind::Cash];

/// What was paid of completed sales, while it is given back.
struct Left<'s> {
    originals: Vec<(&'s Original, i64)>,
    repaid: Vec<Repaid>,
}

impl<'s> Left<'s> {
    fn of(originals: &'s [Original]) -> Self {
        let open = originals.iter().map(|original| (original, original.refunded.max(0))).collect();
        Self { originals: open, repaid: Vec::new() }
    }

    /// How much of this kind can be given back of the original at this place.
    fn at(&self, place: usize, kind: TenderKind) -> i64 {
        let Some((original, refunded)) = self.originals.get(place) else { return 0 };
        let sum = |amounts: &mut dyn Iterator<Item = i64>| amounts.fold(0_i64, i64::saturating_add);
        let paid = sum(&mut original.paid.iter().filter(|paid| paid.kind == kind).map(|paid| paid.amount));
        let same = |repaid: &&Repaid| repaid.sale == original.sale && repaid.kind == kind;
        let given = sum(&mut self.repaid.iter().filter(same).map(|repaid| repaid.amount));
        paid.saturating_sub(given).min(*refunded).max(0)
    }

    /// Gives so much of this kind back, of one original after the other. Returns what of it none of them was paid with.
    fn give(&mut self, kind: TenderKind, amount: i64) -> i64 {
        let mut rest = amount;
        for place in 0..self.originals.len() {
            let part = self.at(place, kind).min(rest);
            if part <= 0 {
                continue;
            }
            let (original, refunded) = &mut self.originals[place];
            *refunded = refunded.saturating_sub(part);
            rest = rest.saturating_sub(part);
            self.repaid.push(Repaid { sale: original.sale, kind, amount: part });
        }
        rest
    }
}

impl OpenSale {
    /// How what is still to be given back goes by itself: to what the goods were paid with, and the rest in cash. Nothing
    /// where nothing is to be given back, or no goods come back from a receipt.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn proposed_refund(&self) -> Result<Vec<PaidWith>, SaleError> {
        if self.originals.is_empty() || !self.totals()?.total.is_negative() {
            return Ok(Vec::new());
        }
        let mut left = Left::of(&self.originals);
        for tender in self.given() {
            left.give(tender.kind, tender.amount);
        }
        let mut rest = self.balance()?.minor().saturating_neg().max(0);
        let mut proposed: Vec<PaidWith> = Vec::new();
        let possible = |kind: &TenderKind| {
            self.tender_policy.accepts(*kind) && (self.customer.is_some() || !kind.rules().needs_customer)
        };
        for kind in PROPOSED.into_iter().filter(possible) {
            let cash = kind == TenderKind::Cash;
            let possible = rest.saturating_sub(left.give(kind, rest));
            let amount = if cash { rest } else { possible };
            if amount > 0 {
                proposed.push(PaidWith { kind, amount });
                rest = rest.saturating_sub(amount);
            }
        }
        Ok(proposed)
    }

    /// Checks that what was given back so far, or is at the card reader to be given back, may go this way.
    ///
    /// # Errors
    /// `NeedsApproval` where more of the refund goes another way than it was paid than the operator may give so (minor
    /// units).
    pub fn expect_way(&self, grants: &Grants) -> Result<(), SaleError> {
        if self.originals.is_empty() || self.tenders.is_empty() {
            return Ok(());
        }
        self.pay_back(self.given(), grants).map(|_| ())
    }

    /// What of the originals is given back by a settlement.
    ///
    /// # Errors
    /// As [`OpenSale::expect_way`].
    pub fn repaid(&self, settlement: &Settlement, grants: &Grants) -> Result<Vec<Repaid>, SaleError> {
        if self.originals.is_empty() {
            return Ok(Vec::new());
        }
        let mut given = Vec::new();
        for tender in &settlement.tenders {
            if tender.direction == TenderDirection::Given {
                given.push(PaidWith { kind: tender.kind, amount: tender.tendered.minor() });
            }
        }
        // What cash was rounded by is no part of what is owed.
        if let Some(cash) = given.iter_mut().rev().find(|paid| paid.kind == TenderKind::Cash) {
            cash.amount = cash.amount.saturating_add(settlement.cash_rounding.minor());
        }
        self.pay_back(given.into_iter(), grants)
    }

    /// Spreads what is given over what was paid.
    fn pay_back(
        &self,
        given: impl Iterator<Item = PaidWith>,
        grants: &Grants,
    ) -> Result<Vec<Repaid>, SaleError> {
        let mut left = Left::of(&self.originals);
        let mut elsewhere = 0_i64;
        for paid in given {
            let rest = left.give(paid.kind, paid.amount);
            // What the shop owes a customer has not left it: any refund may go there.
            if paid.kind != TenderKind::StoreCredit {
                elsewhere = elsewhere.saturating_add(rest);
            }
        }
        // What comes back without a receipt was paid with nobody knows what.
        let owed = self.totals()?.total.minor().saturating_neg();
        let named = self.originals.iter().fold(0_i64, |sum, original| sum.saturating_add(original.refunded));
        let elsewhere = elsewhere.saturating_sub(owed.saturating_sub(named).max(0));
        if elsewhere > 0 {
            grants.require_up_to(Permission::RefundElsewhere, elsewhere)?;
        }
        Ok(left.repaid)
    }

    /// What was given back already, while the sale is still open.
    fn given(&self) -> impl Iterator<Item = PaidWith> + '_ {
        let out = |tender: &&crate::tender::OpenTender| tender.direction == TenderDirection::Given;
        self.tenders.iter().filter(out).map(|tender| PaidWith { kind: tender.kind, amount: tender.amount })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{euro, grants_with, item, open};
    use super::*;
    use crate::ids::PaymentId;
    use crate::people::NeedsApproval;
    use crate::quantity::{Quantity, Unit};
    use crate::sale::line::Direction;
    use crate::sale::line::Line;
    use crate::sale::returned::{ReturnReason, Returnable, TakeBack};
    use crate::tender::{OpenTender, PaymentResult, TenderPolicy, TenderRequest};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u128) -> SaleId {
        SaleId(Uuid::from_u128(number))
    }

    /// Everything, but no other way for a refund than that of what was paid.
    fn nobody() -> Grants {
        grants_with(Permission::RefundElsewhere, Some(0))
    }

    /// Whether so much more may be given back in this kind.
    fn way(sale: &OpenSale, kind: TenderKind, amount: i64) -> Result<(), SaleError> {
        let mut sale = sale.clone();
        sale.tenders.push(given(kind, amount));
        sale.expect_way(&nobody())
    }

    fn given(kind: TenderKind, amount: i64) -> OpenTender {
        OpenTender {
            number: 1,
            kind,
            direction: TenderDirection::Given,
            amount,
            tip: 0,
            reference: Some("V".into()),
            payment: None,
            pending: None,
        }
    }

    /// A sale, so many cents of which come back, and what it was paid with.
    type Sold<'s> = (u128, i64, &'s [(TenderKind, i64)]);

    /// An open sale that takes goods back: of each sale so many cents, and what it was paid with.
    fn refund(of: &[Sold<'_>]) -> OpenSale {
        let all = grants_with(Permission::Refund, None);
        let mut sale = open();
        sale.tender_policy = TenderPolicy { voucher: true, ..TenderPolicy::default() };
        for (number, minor, paid) in of {
            let mut sold = open();
            let line = sold.add(item(minor * 10_000, 1_000, Unit::Each), Direction::Sale, &all).unwrap();
            let from = Returnable { tax: line.tax, line, returned: Quantity::ZERO };
            let how = TakeBack {
                sale: id(*number),
                receipt_number: format!("A-{number:06}"),
                restock: true,
                reason: ReturnReason::Unwanted,
                paid: paid.iter().map(|(kind, amount)| PaidWith { kind: *kind, amount: *amount }).collect(),
            };
            sale.take_back(&from, Quantity::ONE, &how, &all).unwrap();
        }
        sale
    }

    fn proposed(sale: &OpenSale) -> Vec<(TenderKind, i64)> {
        sale.proposed_refund().unwrap().into_iter().map(|paid| (paid.kind, paid.amount)).collect()
    }

    fn repaid(sale: &OpenSale, grants: &Grants) -> Result<Vec<(u128, TenderKind, i64)>, SaleError> {
        let (_, settlement) = sale.settle(&[TenderRequest::cash(None)], None)?;
        let repaid = sale.repaid(&settlement, grants)?;
        Ok(repaid.into_iter().map(|part| (part.sale.0.as_u128(), part.kind, part.amount)).collect())
    }

    const fn elsewhere(limit: i64) -> SaleError {
        SaleError::NeedsApproval(NeedsApproval {
            permission: Permission::RefundElsewhere,
            limit: Some(limit),
        })
    }

    #[test]
    fn what_was_paid_by_card_goes_to_the_card_up_to_what_it_paid_and_the_rest_is_cash() {
        let sale = refund(&[(1, 1_000, &[(TenderKind::Cash, 400), (TenderKind::Card, 700)])]);
        assert_eq!(proposed(&sale), [(TenderKind::Card, 700), (TenderKind::Cash, 300)]);
        let none = nobody();
        assert_eq!(way(&sale, TenderKind::Card, 700), Ok(()));
        assert_eq!(way(&sale, TenderKind::Card, 701), Err(elsewhere(1)));
        assert_eq!(way(&sale, TenderKind::Voucher, 5), Err(elsewhere(5)));
        // All of it in cash is 600 more than cash paid.
        assert_eq!(repaid(&sale, &none), Err(elsewhere(600)));
        assert_eq!(repaid(&sale, &grants_with(Permission::RefundElsewhere, Some(599))), Err(elsewhere(600)));
        let limited = grants_with(Permission::RefundElsewhere, Some(600));
        assert_eq!(repaid(&sale, &limited), Ok(vec![(1, TenderKind::Cash, 400)]));
    }

    #[test]
    fn a_part_that_was_given_back_already_counts() {
        let mut sale = refund(&[(1, 1_000, &[(TenderKind::Cash, 400), (TenderKind::Card, 700)])]);
        let card = PaymentId(Uuid::nil());
        sale.begin_payment(card, TenderKind::Card, Some(euro(700))).unwrap();
        sale.end_payment(card, PaymentResult::Approved, None).unwrap();
        assert_eq!(proposed(&sale), [(TenderKind::Cash, 300)]);
        assert_eq!(way(&sale, TenderKind::Card, 1), Err(elsewhere(1)));
        assert_eq!(
            repaid(&sale, &nobody()),
            Ok(vec![(1, TenderKind::Card, 700), (1, TenderKind::Cash, 300)])
        );
    }

    #[test]
    fn two_receipts_give_back_what_each_was_paid_with() {
        let sale = refund(&[(1, 500, &[(TenderKind::Card, 2_000)]), (2, 300, &[(TenderKind::Cash, 300)])]);
        assert_eq!(proposed(&sale), [(TenderKind::Card, 500), (TenderKind::Cash, 300)]);
        assert_eq!(way(&sale, TenderKind::Card, 501), Err(elsewhere(1)));
    }

    #[test]
    fn what_comes_back_without_a_receipt_or_is_exchanged_asks_for_nothing() {
        let mut sale = refund(&[(1, 500, &[(TenderKind::Card, 500)])]);
        let any = grants_with(Permission::ReturnWithoutReceipt, None);
        sale.add(item(2_000_000, 1_000, Unit::Each), Direction::Return, &any).unwrap();
        assert_eq!(proposed(&sale), [(TenderKind::Card, 500), (TenderKind::Cash, 200)]);
        assert_eq!(way(&sale, TenderKind::Cash, 200), Ok(()));
        assert_eq!(way(&sale, TenderKind::Cash, 201), Err(elsewhere(1)));
        // Something dearer is taken for it: nothing goes back.
        sale.add(item(9_000_000, 1_000, Unit::Each), Direction::Sale, &any).unwrap();
        assert_eq!(proposed(&sale), []);
        assert_eq!(repaid(&sale, &nobody()), Ok(vec![]));
    }

    #[test]
    fn a_line_that_is_taken_out_again_gives_nothing_back() {
        let all = grants_with(Permission::Refund, None);
        let mut sale = refund(&[(1, 500, &[(TenderKind::Card, 500)]), (2, 300, &[(TenderKind::Cash, 300)])]);
        assert_eq!(sale.originals[0].refunded, 500);
        let mut sold = open();
        let line = sold.add(item(5_000_000, 1_000, Unit::Each), Direction::Sale, &all).unwrap();
        let mut line = Line { of: sale_of(1), direction: Direction::Return, number: 1, ..line };
        sale.void_line(&mut line).unwrap();
        assert_eq!(sale.originals[0].refunded, 0);
        assert_eq!(proposed(&sale), [(TenderKind::Cash, 300)]);
    }

    fn sale_of(number: u128) -> Option<crate::sale::returned::ReturnOf> {
        Some(crate::sale::returned::ReturnOf {
            sale: id(number),
            receipt_number: format!("A-{number:06}"),
            line: 1,
            before: Quantity::ZERO,
            restock: true,
            reason: ReturnReason::Unwanted,
        })
    }

    proptest! {
        #[test]
        fn a_proposal_comes_to_what_is_owed_and_needs_nobody_where_the_tenders_paid_it(
            cash_paid in 0i64..2_000, card_paid in 0i64..2_000, voucher_paid in 0i64..2_000, part in 1i64..7_000,
        ) {
            let paid = cash_paid + card_paid + voucher_paid;
            prop_assume!(paid > 0);
            let owed = 1 + part % paid;
            let kinds = [
                (TenderKind::Cash, cash_paid), (TenderKind::Card, card_paid), (TenderKind::Voucher, voucher_paid),
            ];
            let mut sale = refund(&[(1, owed, &kinds)]);
            let proposed = proposed(&sale);
            prop_assert_eq!(proposed.iter().map(|(_, amount)| amount).sum::<i64>(), owed);
            for (kind, amount) in &proposed {
                let most = kinds.iter().find(|(of, _)| of == kind).unwrap().1;
                prop_assert!(*amount <= most, "{kind:?} is given back {amount} of {most}");
                if *kind != TenderKind::Cash {
                    sale.tenders.push(given(*kind, *amount));
                }
            }
            let rest = sale.balance().unwrap();
            let requests = if rest.is_zero() { vec![] } else { vec![TenderRequest::cash(Some(rest.magnitude()))] };
            let (_, settlement) = sale.settle(&requests, None).unwrap();
            let repaid = sale.repaid(&settlement, &nobody()).unwrap();
            prop_assert_eq!(repaid.iter().map(|part| part.amount).sum::<i64>(), owed);
        }
    }
}
