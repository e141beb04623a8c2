//! A tip: what a customer gives beside what is due. It is no turnover and bears no tax; it comes with a tender, goes into the
//! drawer or to the card with it, and goes away with it.

use super::{OpenSale, SaleError};
use crate::money::Money;
use crate::rounding::Rounding;

/// The parts of the total that are offered as a tip, in hundredths: what card readers offer where tips are usual.
pub const OFFERED: [u8; 3] = [5, 10, 15];

impl OpenSale {
    /// Says what is given beside what is due, with the next tender that settles it; nothing takes it back.
    ///
    /// # Errors
    /// `TipInvalid` where the shop takes none, nothing is sold, or it is less than nothing or more than the total.
    pub fn set_tip(&mut self, tip: Option<Money>) -> Result<(), SaleError> {
        if let Some(tip) = tip {
            let max = self.totals()?.total;
            let sound = !tip.is_negative() && tip.currency() == self.currency && tip.minor() <= max.minor();
            if !self.tender_policy.tips || !sound {
                let none = Money::zero(self.currency);
                let max = if self.tender_policy.tips && !max.is_negative() { max } else { none };
                return Err(SaleError::TipInvalid { max });
            }
        }
        self.tip = tip.map_or(0, Money::minor);
        self.touch();
        Ok(())
    }

    /// The tip that comes with what is paid next.
    ///
    /// # Errors
    /// `TipInvalid` where the sale comes to nothing or less meanwhile: who is given money gives no tip.
    pub fn expected_tip(&self) -> Result<Money, SaleError> {
        let total = self.totals()?.total;
        if self.tip != 0 && (total.is_negative() || total.is_zero()) {
            return Err(SaleError::TipInvalid { max: Money::zero(self.currency) });
        }
        Ok(Money::new(self.tip, self.currency)?)
    }

    /// What is offered as a tip: the part in hundredths, and what it comes to. Nothing where the shop takes none, or nothing
    /// is to be paid.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn offered_tips(&self) -> Result<Vec<(u8, Money)>, SaleError> {
        let total = self.totals()?.total;
        if !self.tender_policy.tips || total.is_negative() || total.is_zero() {
            return Ok(Vec::new());
        }
        let mut offered = Vec::with_capacity(OFFERED.len());
        for part in OFFERED {
            offered.push((part, total.ratio(part.into(), 100, Rounding::HalfUp)?));
        }
        Ok(offered)
    }

    /// What of an amount handed over is a tip: what is more than the sale still comes to, in minor units.
    pub(super) fn tip_in(&self, amount: Money) -> Result<i64, SaleError> {
        let over = amount.minor().saturating_sub(self.balance()?.magnitude().minor());
        Ok(over.clamp(0, self.tip))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{euro, grants, item, open};
    use super::*;
    use crate::ids::PaymentId;
    use crate::quantity::Unit;
    use crate::sale::line::Direction;
    use crate::tender::{
        CashRounding, CashTie, PaymentResult, TenderDirection, TenderKind, TenderPolicy, TenderRequest,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    /// A sale of 2.40 in a shop that takes tips.
    fn sale() -> OpenSale {
        let mut sale = open();
        sale.tender_policy = TenderPolicy { tips: true, voucher: true, ..TenderPolicy::default() };
        sale.add(item(1_200_000, 2_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        sale
    }

    fn cash(minor: Option<i64>) -> TenderRequest {
        TenderRequest::cash(minor.map(euro))
    }

    fn voucher(minor: i64) -> TenderRequest {
        TenderRequest { kind: TenderKind::Voucher, amount: Some(euro(minor)), reference: Some("V-7".into()) }
    }

    fn card(sale: &mut OpenSale, minor: Option<i64>) -> PaymentId {
        let payment = PaymentId(Uuid::from_u128(u128::from(sale.revision)));
        sale.begin_payment(payment, TenderKind::Card, minor.map(euro)).unwrap();
        payment
    }

    #[test]
    fn what_is_offered_is_a_part_of_the_total_rounded_to_the_cent() {
        let mut sale = sale();
        sale.add(item(50_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        // 2.45: 0.1225, 0.245 and 0.3675.
        assert_eq!(sale.offered_tips().unwrap(), [(5, euro(12)), (10, euro(25)), (15, euro(37))]);
        sale.tender_policy.tips = false;
        assert_eq!(sale.offered_tips().unwrap(), []);
    }

    #[test]
    fn a_tip_is_at_most_the_total_and_only_where_the_shop_takes_tips() {
        let mut sale = sale();
        for (tip, sound) in [(0, true), (240, true), (241, false), (-1, false)] {
            let said = sale.set_tip(Some(euro(tip)));
            assert_eq!(
                said,
                if sound { Ok(()) } else { Err(SaleError::TipInvalid { max: euro(240) }) },
                "{tip}"
            );
        }
        sale.tender_policy.tips = false;
        assert_eq!(sale.set_tip(Some(euro(10))), Err(SaleError::TipInvalid { max: euro(0) }));
        assert_eq!(sale.set_tip(None), Ok(()), "it can be taken off whatever the shop says meanwhile");
        let mut back = open();
        back.tender_policy.tips = true;
        back.add(item(1_200_000, 2_000, Unit::Each), Direction::Return, &grants(None)).unwrap();
        assert_eq!(back.set_tip(Some(euro(1))), Err(SaleError::TipInvalid { max: euro(0) }));
        // What was said before the goods came back holds nobody up: it is told, and taken off.
        back.tip = 10;
        assert_eq!(back.settle(&[cash(None)], None).unwrap_err(), SaleError::TipInvalid { max: euro(0) });
    }

    #[test]
    fn cash_pays_the_sale_then_the_tip_and_the_rest_is_change() {
        let mut sale = sale();
        sale.set_tip(Some(euro(30))).unwrap();
        for (handed, tendered, change) in [(None, 270, 0), (Some(270), 270, 0), (Some(500), 500, 230)] {
            let (totals, settlement) = sale.settle(&[cash(handed)], None).unwrap();
            let tender = &settlement.tenders[0];
            assert_eq!(
                (tender.tendered, tender.change, tender.tip),
                (euro(tendered), euro(change), Some(euro(30)))
            );
            assert_eq!(tender.signed().unwrap(), totals.total, "the sale is what it was");
        }
        let missing =
            SaleError::TenderInsufficient { due: euro(270), tendered: euro(250), missing: euro(20) };
        assert_eq!(sale.settle(&[cash(Some(250))], None).unwrap_err(), missing);
    }

    #[test]
    fn the_card_is_asked_for_the_tip_too_and_takes_it_along_when_it_is_declined_or_given_back() {
        let mut sale = sale();
        sale.set_tip(Some(euro(30))).unwrap();
        let payment = card(&mut sale, None);
        assert_eq!((sale.tenders[0].amount, sale.tenders[0].tip, sale.tip), (270, 30, 0));
        sale.end_payment(payment, PaymentResult::Declined, None).unwrap();
        assert_eq!((sale.balance().unwrap(), sale.tip), (euro(240), 0));
        sale.set_tip(Some(euro(30))).unwrap();
        let payment = card(&mut sale, None);
        sale.end_payment(payment, PaymentResult::Approved, None).unwrap();
        assert_eq!(sale.paid().unwrap(), euro(240), "a tip pays nothing of the sale");
        let (_, settlement) = sale.settle(&[], None).unwrap();
        assert_eq!((settlement.tenders[0].tendered, settlement.tenders[0].tip), (euro(270), Some(euro(30))));
        let back = PaymentId(Uuid::from_u128(99));
        assert_eq!(sale.begin_return(back, 1).unwrap().amount, euro(270), "with its tip");
        sale.end_payment(back, PaymentResult::Approved, None).unwrap();
        let (_, settlement) = sale.settle(&[cash(None)], None).unwrap();
        assert_eq!((settlement.tenders[0].tendered, settlement.tenders[0].tip), (euro(240), None));
    }

    #[test]
    fn a_part_that_was_paid_keeps_its_tip_whatever_is_rung_up_after_it() {
        let mut sale = sale();
        sale.set_tip(Some(euro(30))).unwrap();
        sale.take_tender(&voucher(100)).unwrap();
        assert_eq!(
            sale.take_tender(&voucher(150)),
            Err(SaleError::TenderExceeds { due: euro(140) }),
            "no tip by voucher"
        );
        sale.take_tender(&cash(Some(170))).unwrap();
        assert_eq!((sale.tenders[1].tip, sale.tip, sale.cash_held()), (30, 0, 170));
        sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        assert_eq!(sale.balance().unwrap(), euro(100));
        let (totals, settlement) = sale.settle(&[cash(Some(100))], None).unwrap();
        let tips: Vec<_> = settlement.tenders.iter().map(|tender| tender.tip).collect();
        assert_eq!(tips, [None, Some(euro(30)), None]);
        let sum: i64 = settlement.tenders.iter().map(|tender| tender.signed().unwrap().minor()).sum();
        assert_eq!(sum, totals.total.minor());
    }

    #[test]
    fn cash_is_rounded_with_its_tip_and_the_tip_stays_what_it_was_said_to_be() {
        let mut sale = sale();
        sale.add(item(30_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        sale.tender_policy.cash_rounding = Some(CashRounding { step: 5, tie: CashTie::Up });
        sale.set_tip(Some(euro(24))).unwrap();
        // 2.43 and 0.24: 2.67, in cash 2.65.
        let (_, settlement) = sale.settle(&[cash(Some(300))], None).unwrap();
        let tender = &settlement.tenders[0];
        assert_eq!(
            (tender.change, tender.tip, settlement.cash_rounding),
            (euro(35), Some(euro(24)), euro(-2))
        );
    }

    #[test]
    fn a_voucher_that_settles_the_sale_leaves_the_tip_to_cash_which_is_not_rounded_then() {
        let mut sale = sale();
        sale.tender_policy.cash_rounding = Some(CashRounding { step: 5, tie: CashTie::Up });
        sale.set_tip(Some(euro(2))).unwrap();
        assert_eq!(
            sale.settle(&[voucher(242)], None).unwrap_err(),
            SaleError::TenderExceeds { due: euro(240) }
        );
        let (_, settlement) = sale.settle(&[voucher(240), cash(None)], None).unwrap();
        let tips: Vec<_> = settlement.tenders.iter().map(|tender| (tender.tendered, tender.tip)).collect();
        assert_eq!(tips, [(euro(240), None), (euro(2), Some(euro(2)))]);
        assert!(settlement.cash_rounding.is_zero());
    }

    proptest! {
        #[test]
        fn however_it_is_paid_the_tenders_come_to_the_total_and_the_tips_to_the_tip(
            price in 1i64..20_000, tip in 0i64..20_000, parts in proptest::collection::vec((0u8..3, 1i64..9_000), 0..4),
            over in 0i64..5_000, step in proptest::option::of(2i64..100),
        ) {
            let mut sale = open();
            let cash_rounding = step.map(|step| CashRounding { step, tie: CashTie::Up });
            sale.tender_policy =
                TenderPolicy { tips: true, voucher: true, cash_rounding, ..TenderPolicy::default() };
            sale.add(item(price * 10_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
            let total = sale.totals().unwrap().total;
            let tip = tip % (total.minor() + 1);
            sale.set_tip(Some(euro(tip))).unwrap();
            for (kind, amount) in parts {
                // What is more than is due is refused, and nothing is taken then.
                match kind {
                    0 => drop(sale.take_tender(&cash(Some(amount)))),
                    1 => drop(sale.take_tender(&voucher(amount))),
                    _ => {
                        let payment = PaymentId(Uuid::from_u128(u128::from(sale.revision)));
                        if sale.begin_payment(payment, TenderKind::Card, Some(euro(amount))).is_ok() {
                            sale.end_payment(payment, PaymentResult::Approved, None).unwrap();
                        }
                    }
                }
            }
            let rest = sale.balance().unwrap().minor() + sale.tip;
            let requests = if rest == 0 { vec![] } else { vec![cash(Some(rest + over))] };
            let (totals, settlement) = sale.settle(&requests, None).unwrap();
            let tenders = &settlement.tenders;
            prop_assert!(tenders.iter().all(|tender| tender.direction == TenderDirection::Taken));
            let sum: i64 = tenders.iter().map(|tender| tender.signed().unwrap().minor()).sum();
            prop_assert_eq!(sum, totals.total.minor() + settlement.cash_rounding.minor());
            let tips: i64 = tenders.iter().filter_map(|tender| tender.tip).map(Money::minor).sum();
            prop_assert_eq!(tips, tip);
            prop_assert_eq!(totals.total, total);
        }
    }
}
