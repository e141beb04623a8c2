//! What was paid of a sale while it is still open: part of it, by whatever the shop takes. Money that changed hands stands
//! on the sale until it is completed or given back; a payment whose answer is not known keeps both from happening.

use super::{OpenSale, SaleError, TrailAct};
use crate::ids::PaymentId;
use crate::money::Money;
use crate::tender::{
    OpenTender, PaymentResult, PaymentState, Pending, TenderDirection, TenderKind, TenderRequest,
    checked_reference,
};

/// Tenders of one sale at most.
pub const TENDERS_MAX: usize = 50;

/// A payment as it was begun or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentOf {
    /// The kind of its tender.
    pub kind: TenderKind,
    /// From the customer, or to them.
    pub direction: TenderDirection,
    /// How much.
    pub amount: Money,
}

impl OpenSale {
    /// What was paid of the sale, negative where it was given; tips are no part of it.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn paid(&self) -> Result<Money, SaleError> {
        let mut paid = Money::zero(self.currency);
        for tender in self.tenders.iter().filter(|tender| counts(tender)) {
            let amount =
                Money::new(tender.amount, self.currency)?.minus(Money::new(tender.tip, self.currency)?)?;
            paid = match tender.direction {
                TenderDirection::Taken => paid.plus(amount)?,
                TenderDirection::Given => paid.minus(amount)?,
            };
        }
        Ok(paid)
    }

    /// Cash of it that is in the drawer already, tips with it, minor units, negative where it was given out.
    pub fn cash_held(&self) -> i64 {
        let cash = self.tenders.iter().filter(|tender| counts(tender) && tender.kind == TenderKind::Cash);
        cash.fold(0_i64, |sum, tender| match tender.direction {
            TenderDirection::Taken => sum.saturating_add(tender.amount),
            TenderDirection::Given => sum.saturating_sub(tender.amount),
        })
    }

    /// Whether any cash of it came into the drawer, or went out of it, already; also where it comes to nothing.
    pub fn moved_cash(&self) -> bool {
        self.tenders.iter().any(|tender| counts(tender) && tender.kind == TenderKind::Cash)
    }

    /// What is still to be paid, or to be given back when negative.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn balance(&self) -> Result<Money, SaleError> {
        Ok(self.totals()?.total.minus(self.paid()?)?)
    }

    /// The payment whose answer is not known yet, and its tender.
    pub fn pending(&self) -> Option<(&OpenTender, Pending)> {
        self.tenders.iter().find_map(|tender| Some((tender, tender.pending?)))
    }

    /// Begins a payment of so much, or of what is due: it is at the card reader now.
    ///
    /// # Errors
    /// `PaymentPending`, `TenderNotAccepted`, `TenderExceeds`, `TenderInvalid` for nothing or for a kind nobody answers for.
    pub fn begin_payment(
        &mut self,
        payment: PaymentId,
        kind: TenderKind,
        amount: Option<Money>,
    ) -> Result<PaymentOf, SaleError> {
        if !kind.rules().by_payment {
            return Err(SaleError::TenderInvalid {});
        }
        let (direction, due) = self.next_tender(kind)?;
        let amount = part_of(due, amount)?;
        let tip = self.tip_in(amount)?;
        let pending = Some(Pending { payment, state: PaymentState::Begun, returns: false });
        self.put(OpenTender {
            number: 0,
            kind,
            direction,
            amount: amount.minor(),
            tip,
            reference: None,
            payment: None,
            pending,
        })?;
        Ok(PaymentOf { kind, direction, amount })
    }

    /// Begins to give a tender back that was approved.
    ///
    /// # Errors
    /// `PaymentPending`, `TenderUnknown`, `TenderInvalid` for a tender nobody answered for.
    pub fn begin_return(&mut self, payment: PaymentId, number: u32) -> Result<PaymentOf, SaleError> {
        self.expect_nothing_pending()?;
        let currency = self.currency;
        let tender = self.tender_mut(number)?;
        if tender.payment.is_none() {
            return Err(SaleError::TenderInvalid {});
        }
        tender.pending = Some(Pending { payment, state: PaymentState::Begun, returns: true });
        let direction = tender.direction.turned();
        let of = PaymentOf { kind: tender.kind, direction, amount: Money::new(tender.amount, currency)? };
        self.touch();
        Ok(of)
    }

    /// Says how a payment ended, or that nobody can tell.
    ///
    /// # Errors
    /// `PaymentUnknown` when it is not the one that waits, `ReferenceInvalid`.
    pub fn end_payment(
        &mut self,
        payment: PaymentId,
        result: PaymentResult,
        reference: Option<&str>,
    ) -> Result<PaymentOf, SaleError> {
        let place = self
            .tenders
            .iter()
            .position(|tender| tender.pending.is_some_and(|pending| pending.payment == payment))
            .ok_or(SaleError::PaymentUnknown {})?;
        let tender = &mut self.tenders[place];
        let returns = tender.pending.is_some_and(|pending| pending.returns);
        let reference = checked_reference(tender.kind, reference)?;
        let direction = if returns { tender.direction.turned() } else { tender.direction };
        let of =
            PaymentOf { kind: tender.kind, direction, amount: Money::new(tender.amount, self.currency)? };
        match (result, returns) {
            (PaymentResult::Unknown, _) => {
                tender.pending = Some(Pending { payment, state: PaymentState::Unknown, returns });
            }
            (PaymentResult::Approved, false) => {
                tender.pending = None;
                tender.payment = Some(payment);
                tender.reference = reference.map(str::to_owned);
            }
            // What was to be given back stays.
            (PaymentResult::Declined, true) => tender.pending = None,
            (PaymentResult::Declined, false) | (PaymentResult::Approved, true) => {
                self.tenders.remove(place);
            }
        }
        self.touch();
        Ok(of)
    }

    /// Takes a part of what is due, or all of it; the sale stays open.
    ///
    /// # Errors
    /// `PaymentPending`, `TenderNotAccepted`, `TenderNeedsPayment`, `CustomerMissing`, `ReferenceInvalid`, `TenderExceeds`,
    /// `TenderInvalid`.
    pub fn take_tender(&mut self, request: &TenderRequest) -> Result<TrailAct, SaleError> {
        if request.kind.rules().by_payment {
            return Err(SaleError::TenderNeedsPayment {});
        }
        let (direction, due) = self.next_tender(request.kind)?;
        self.expect_customer(request.kind)?;
        let reference = checked_reference(request.kind, request.reference.as_deref())?;
        let amount = part_of(due, request.amount)?;
        let kind = request.kind;
        let tip = self.tip_in(amount)?;
        self.put(OpenTender {
            number: 0,
            kind,
            direction,
            amount: amount.minor(),
            tip,
            reference: reference.map(str::to_owned),
            payment: None,
            pending: None,
        })?;
        Ok(TrailAct::TenderTaken { kind, amount: amount.minor() })
    }

    /// Gives back a tender that nobody has to answer for.
    ///
    /// # Errors
    /// `PaymentPending`, `TenderUnknown`, `TenderNeedsPayment` for one that a card reader has to give back.
    pub fn return_tender(&mut self, number: u32) -> Result<TrailAct, SaleError> {
        self.expect_nothing_pending()?;
        let tender = self.tender_mut(number)?;
        if tender.payment.is_some() {
            return Err(SaleError::TenderNeedsPayment {});
        }
        let act = TrailAct::TenderReturned { kind: tender.kind, amount: tender.amount };
        self.tenders.retain(|tender| tender.number != number);
        self.touch();
        Ok(act)
    }

    /// Checks that nothing was paid: such a sale may be given up.
    ///
    /// # Errors
    /// `PaymentPending`, `TendersTaken`.
    pub fn expect_unpaid(&self) -> Result<(), SaleError> {
        self.expect_nothing_pending()?;
        if self.tenders.is_empty() { Ok(()) } else { Err(SaleError::TendersTaken { paid: self.paid()? }) }
    }

    fn expect_nothing_pending(&self) -> Result<(), SaleError> {
        match self.pending() {
            Some(_) => Err(SaleError::PaymentPending {}),
            None => Ok(()),
        }
    }

    /// Which way the next tender goes, and how much it may be.
    fn next_tender(&self, kind: TenderKind) -> Result<(TenderDirection, Money), SaleError> {
        self.expect_nothing_pending()?;
        if !self.tender_policy.accepts(kind) {
            return Err(SaleError::TenderNotAccepted {});
        }
        if self.lines_active == 0 {
            return Err(SaleError::Empty {});
        }
        let direction = TenderDirection::of(self.totals()?.total);
        let balance = self.balance()?;
        let tip = if kind.rules().takes_tip { self.expected_tip()? } else { Money::zero(self.currency) };
        let due = balance.magnitude().plus(tip)?;
        let same_way = balance.is_negative() == (direction == TenderDirection::Given) || balance.is_zero();
        if same_way && !due.is_zero() && self.tenders.len() < TENDERS_MAX {
            Ok((direction, due))
        } else {
            Err(SaleError::TenderInvalid {})
        }
    }

    fn put(&mut self, mut tender: OpenTender) -> Result<(), SaleError> {
        let last = self.tenders.iter().map(|tender| tender.number).max().unwrap_or(0);
        tender.number = last.checked_add(1).ok_or(SaleError::AmountOutOfRange {})?;
        // The tip goes with this tender from here on, and away with it.
        self.tip = self.tip.saturating_sub(tender.tip);
        self.tenders.push(tender);
        self.touch();
        Ok(())
    }

    fn tender_mut(&mut self, number: u32) -> Result<&mut OpenTender, SaleError> {
        let found = self.tenders.iter_mut().find(|tender| tender.number == number);
        found.ok_or(SaleError::TenderUnknown { number })
    }
}

/// Whether a tender is there: what waits for its answer is not, what waits to be given back still is.
fn counts(tender: &OpenTender) -> bool {
    tender.pending.is_none_or(|pending| pending.returns)
}

/// A part of what is due.
fn part_of(due: Money, amount: Option<Money>) -> Result<Money, SaleError> {
    let amount = amount.unwrap_or(due);
    if amount.currency() != due.currency() || amount.is_negative() || amount.is_zero() {
        return Err(SaleError::TenderInvalid {});
    }
    if amount.minor() > due.minor() { Err(SaleError::TenderExceeds { due }) } else { Ok(amount) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{euro, grants, item, open};
    use super::*;
    use crate::quantity::Unit;
    use crate::sale::line::Direction;
    use crate::tender::TenderPolicy;
    use uuid::Uuid;

    /// A sale of 2.40 in a shop that takes everything.
    fn sale() -> OpenSale {
        let mut sale = open();
        sale.tender_policy = TenderPolicy { voucher: true, ..TenderPolicy::default() };
        sale.add(item(1_200_000, 2_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        sale
    }

    fn id(number: u128) -> PaymentId {
        PaymentId(Uuid::from_u128(number))
    }

    fn voucher(minor: i64) -> TenderRequest {
        TenderRequest {
            kind: TenderKind::Voucher,
            amount: Some(euro(minor)),
            reference: Some("V-7".to_owned()),
        }
    }

    #[test]
    fn a_payment_that_nobody_knows_of_keeps_the_sale_open_until_somebody_does() {
        let mut sale = sale();
        let begun = sale.begin_payment(id(1), TenderKind::Card, None).unwrap();
        assert_eq!((begun.amount, begun.direction), (euro(240), TenderDirection::Taken));
        assert_eq!(sale.balance().unwrap(), euro(240), "nothing is paid by asking");
        assert_eq!(sale.settle(&[], None).unwrap_err(), SaleError::PaymentPending {});
        assert_eq!(
            sale.settle(&[TenderRequest::cash(None)], None).unwrap_err(),
            SaleError::PaymentPending {}
        );
        assert_eq!(sale.expect_unpaid(), Err(SaleError::PaymentPending {}));
        sale.end_payment(id(1), PaymentResult::Unknown, None).unwrap();
        assert_eq!(sale.pending().unwrap().1.state, PaymentState::Unknown);
        assert_eq!(sale.settle(&[], None).unwrap_err(), SaleError::PaymentPending {});
        sale.end_payment(id(1), PaymentResult::Approved, Some("482913")).unwrap();
        let (_, settlement) = sale.settle(&[], None).unwrap();
        assert_eq!(settlement.tenders[0].payment, Some(id(1)));
        assert_eq!(settlement.tenders[0].reference.as_deref(), Some("482913"));
        assert_eq!(sale.end_payment(id(1), PaymentResult::Declined, None), Err(SaleError::PaymentUnknown {}));
    }

    #[test]
    fn a_declined_payment_leaves_nothing() {
        let mut sale = sale();
        sale.begin_payment(id(1), TenderKind::Card, Some(euro(100))).unwrap();
        sale.end_payment(id(1), PaymentResult::Declined, None).unwrap();
        assert_eq!(sale.tenders, []);
        assert_eq!(sale.expect_unpaid(), Ok(()));
    }

    #[test]
    fn parts_add_up_and_the_rest_is_due() {
        let mut sale = sale();
        sale.take_tender(&voucher(100)).unwrap();
        sale.begin_payment(id(1), TenderKind::Card, Some(euro(90))).unwrap();
        sale.end_payment(id(1), PaymentResult::Approved, None).unwrap();
        assert_eq!(sale.balance().unwrap(), euro(50));
        assert_eq!(sale.take_tender(&voucher(51)), Err(SaleError::TenderExceeds { due: euro(50) }));
        assert_eq!(sale.expect_unpaid(), Err(SaleError::TendersTaken { paid: euro(190) }));
        let (_, settlement) = sale.settle(&[TenderRequest::cash(Some(euro(100)))], None).unwrap();
        let changes: Vec<_> = settlement.tenders.iter().map(|tender| tender.change).collect();
        assert_eq!(changes, [euro(0), euro(0), euro(50)]);
    }

    #[test]
    fn what_was_taken_goes_back_the_way_it_came() {
        let mut sale = sale();
        sale.take_tender(&voucher(100)).unwrap();
        sale.begin_payment(id(1), TenderKind::Card, None).unwrap();
        sale.end_payment(id(1), PaymentResult::Approved, None).unwrap();
        let kind = TenderKind::Voucher;
        assert_eq!(sale.return_tender(1), Ok(TrailAct::TenderReturned { kind, amount: 100 }));
        assert_eq!(sale.return_tender(2), Err(SaleError::TenderNeedsPayment {}));
        assert_eq!(sale.return_tender(3), Err(SaleError::TenderUnknown { number: 3 }));
        let back = sale.begin_return(id(2), 2).unwrap();
        assert_eq!((back.direction, back.amount), (TenderDirection::Given, euro(140)));
        assert_eq!(sale.paid().unwrap(), euro(140), "it is there until it is given back");
        sale.end_payment(id(2), PaymentResult::Declined, None).unwrap();
        assert_eq!(sale.paid().unwrap(), euro(140));
        sale.begin_return(id(3), 2).unwrap();
        sale.end_payment(id(3), PaymentResult::Approved, None).unwrap();
        assert_eq!(sale.expect_unpaid(), Ok(()));
    }

    #[test]
    fn a_refund_goes_to_the_card_the_same_way() {
        let mut sale = open();
        sale.add(item(1_200_000, 2_000, Unit::Each), Direction::Return, &grants(None)).unwrap();
        let begun = sale.begin_payment(id(1), TenderKind::Card, None).unwrap();
        assert_eq!((begun.amount, begun.direction), (euro(240), TenderDirection::Given));
        sale.end_payment(id(1), PaymentResult::Approved, None).unwrap();
        let (totals, settlement) = sale.settle(&[], None).unwrap();
        assert_eq!(settlement.tenders[0].signed().unwrap(), totals.total);
    }
}
