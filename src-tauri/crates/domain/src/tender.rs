//! What settles a sale. Change is given from cash, and from vouchers where the shop says so; a refund gives out exactly
//! what is owed, in cash as it can be handed over.

use crate::ids::PaymentId;
use crate::money::Money;
use crate::sale::error::SaleError;
use serde::{Deserialize, Serialize};

pub mod correction;
pub mod open;
pub mod policy;
pub mod rounding;

pub use open::{OpenTender, PaymentResult, PaymentState, Pending};
pub use policy::TenderPolicy;
pub use rounding::{CashRounding, CashTie};

/// A way to settle a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TenderKind {
    /// Notes and coins.
    Cash,
    /// A card on a card reader that stands by itself: its answer is typed in, and no number of a card is.
    Card,
    /// A paper that is worth money, by its number.
    Voucher,
    /// What the shop owes the customer of the sale, from goods that came back.
    StoreCredit,
    /// What the customer of the sale owes the shop from then on, as far as it lets them.
    OnAccount,
}

/// What holds for a kind of tender everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenderRules {
    /// Whether taking it opens the drawer.
    pub opens_drawer: bool,
    /// Whether more than the total may be given, and change comes back; a voucher where the shop says so.
    pub gives_change: bool,
    /// Whether somebody else answers for it, and may not: it goes by a payment.
    pub by_payment: bool,
    /// Whether it has to say which one it was.
    pub needs_reference: bool,
    /// Whether it is of the customer's account, so that the sale has to say whose that is.
    pub needs_customer: bool,
    /// Whether a completed sale can be said to have been paid with it, or not after all.
    pub correctable: bool,
    /// Whether a tip can come with it.
    pub takes_tip: bool,
}

impl TenderKind {
    /// Every kind, in the order of the keys.
    pub const ALL: [Self; 5] = [Self::Cash, Self::Card, Self::Voucher, Self::StoreCredit, Self::OnAccount];

    /// The rules of this kind.
    pub const fn rules(self) -> TenderRules {
        let plain = TenderRules {
            opens_drawer: false,
            gives_change: false,
            by_payment: false,
            needs_reference: false,
            needs_customer: false,
            correctable: true,
            takes_tip: false,
        };
        match self {
            Self::Cash => TenderRules { opens_drawer: true, gives_change: true, takes_tip: true, ..plain },
            Self::Card => TenderRules { by_payment: true, takes_tip: true, ..plain },
            Self::Voucher => TenderRules { needs_reference: true, ..plain },
            // Whose account it was cannot be said afterwards: goods are taken back and sold anew.
            Self::StoreCredit | Self::OnAccount => {
                TenderRules { needs_customer: true, correctable: false, ..plain }
            }
        }
    }
}

/// What the cashier asks for: a kind, and how much was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TenderRequest {
    /// The kind.
    pub kind: TenderKind,
    /// What was handed over; `None` means exactly what is due, and the tip.
    pub amount: Option<Money>,
    /// Which voucher it is.
    #[serde(default)]
    pub reference: Option<String>,
}

impl TenderRequest {
    /// Cash: what was handed over, or exactly what is due.
    pub const fn cash(amount: Option<Money>) -> Self {
        Self { kind: TenderKind::Cash, amount, reference: None }
    }
}

/// Which way a tender went. Amounts are not negative; this carries the sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TenderDirection {
    /// From the customer.
    Taken,
    /// To the customer, for a refund.
    Given,
}

impl TenderDirection {
    /// The way tenders of a sale of this total go.
    pub const fn of(total: Money) -> Self {
        if total.is_negative() { Self::Given } else { Self::Taken }
    }

    /// The way back.
    pub const fn turned(self) -> Self {
        match self {
            Self::Taken => Self::Given,
            Self::Given => Self::Taken,
        }
    }
}

/// A tender of a settled sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Tender {
    /// The kind.
    pub kind: TenderKind,
    /// Which way it went.
    pub direction: TenderDirection,
    /// What was handed over.
    pub tendered: Money,
    /// What came back.
    pub change: Money,
    /// What of it is a tip.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub tip: Option<Money>,
    /// The voucher's number, or what the card reader gave as a proof.
    pub reference: Option<String>,
    /// The payment behind it.
    pub payment: Option<PaymentId>,
}

impl Tender {
    /// What the tender is worth to the sale: handed over less change and tip, negative for a refund.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn signed(&self) -> Result<Money, SaleError> {
        let mut kept = self.tendered.minus(self.change)?;
        if let Some(tip) = self.tip {
            kept = kept.minus(tip)?;
        }
        Ok(match self.direction {
            TenderDirection::Taken => kept,
            TenderDirection::Given => kept.negated(),
        })
    }
}

/// How a sale is settled: the signed sum of the tenders is its total and the rounding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// In the order they came.
    pub tenders: Vec<Tender>,
    /// What cash was rounded by: what the shop gained by it, or lost when negative. Goods and taxes know nothing of it.
    pub cash_rounding: Money,
}

/// Settles `total` with what was taken already and what is offered, in order. `tip` is what is still to be given beside it:
/// who pays more than what is due with a tender that takes tips gives that first, and the rest comes back as change.
///
/// # Errors
/// `TenderInsufficient` when it does not suffice; `TenderExceeds` for more than is due of what gives no change;
/// `TenderNotAccepted`, `TenderNeedsPayment`, `ReferenceInvalid`, `PaymentPending`; `TenderInvalid` for a negative amount,
/// another currency, a tender after the sale is settled, or giving back other than what is owed.
pub fn settle(
    total: Money,
    tip: Money,
    taken: &[OpenTender],
    requests: &[TenderRequest],
    policy: &TenderPolicy,
) -> Result<Settlement, SaleError> {
    let mut settling = Settling {
        direction: TenderDirection::of(total),
        due: total.magnitude(),
        tip: Money::zero(total.currency()),
        tenders: Vec::with_capacity(taken.len().saturating_add(requests.len())),
        rounding: Money::zero(total.currency()),
        policy,
    };
    for tender in taken {
        if tender.pending.is_some() {
            return Err(SaleError::PaymentPending {});
        }
        if tender.direction != settling.direction {
            return Err(SaleError::TenderInvalid {});
        }
        let amount = Money::new(tender.amount, total.currency())?;
        let said = Money::new(tender.tip, total.currency())?;
        settling.tip = said;
        settling.take(tender.kind, Some(amount), Some(said), tender.reference.as_deref(), tender.payment)?;
    }
    settling.tip = tip;
    for request in requests {
        if !policy.accepts(request.kind) {
            return Err(SaleError::TenderNotAccepted {});
        }
        if request.kind.rules().by_payment {
            return Err(SaleError::TenderNeedsPayment {});
        }
        let reference = checked_reference(request.kind, request.reference.as_deref())?;
        settling.take(request.kind, request.amount, None, reference, None)?;
    }
    let missing = settling.due.plus(settling.tip)?;
    if !missing.is_zero() {
        let due = total.magnitude().plus(tip)?;
        let tendered = due.minus(missing)?;
        return Err(SaleError::TenderInsufficient { due, tendered, missing });
    }
    Ok(Settlement { tenders: settling.tenders, cash_rounding: settling.rounding })
}

/// A sale on its way to being settled.
struct Settling<'p> {
    direction: TenderDirection,
    due: Money,
    /// What is still to be given as a tip.
    tip: Money,
    tenders: Vec<Tender>,
    rounding: Money,
    policy: &'p TenderPolicy,
}

impl Settling<'_> {
    /// Takes a tender; `said` is what of it was said to be a tip when it was taken.
    fn take(
        &mut self,
        kind: TenderKind,
        amount: Option<Money>,
        said: Option<Money>,
        reference: Option<&str>,
        payment: Option<PaymentId>,
    ) -> Result<(), SaleError> {
        if self.due.is_zero() && self.tip.is_zero() && !self.tenders.is_empty() {
            return Err(SaleError::TenderInvalid {});
        }
        if let Some(amount) = amount
            && (amount.is_negative() || amount.currency() != self.due.currency())
        {
            return Err(SaleError::TenderInvalid {});
        }
        if kind == TenderKind::Cash {
            self.round(amount)?;
        }
        let payable = if kind.rules().takes_tip { self.due.plus(self.tip)? } else { self.due };
        let offered = amount.unwrap_or(payable);
        if payable.is_zero() && offered.is_zero() {
            // Nothing is owed and nothing is given: no tender, and no reason to open a drawer.
            return Ok(());
        }
        let surplus = offered.minus(payable)?;
        let change = if surplus.minor() > 0 { surplus } else { Money::zero(self.due.currency()) };
        if !change.is_zero() {
            if self.direction == TenderDirection::Given {
                return Err(SaleError::TenderInvalid {});
            }
            if !self.policy.gives_change(kind) {
                return Err(SaleError::TenderExceeds { due: payable });
            }
        }
        // What is due goes before what is given beside it; of what was taken before, that was said then.
        let kept = offered.minus(change)?;
        let tip = match said {
            Some(said) => said,
            None if kept.minor() > self.due.minor() => kept.minus(self.due)?,
            None => Money::zero(kept.currency()),
        };
        self.due = self.due.minus(kept.minus(tip)?)?;
        self.tip = self.tip.minus(tip)?;
        let tip = (!tip.is_zero()).then_some(tip);
        let reference = reference.map(str::to_owned);
        self.tenders.push(Tender {
            kind,
            direction: self.direction,
            tendered: offered,
            change,
            tip,
            reference,
            payment,
        });
        Ok(())
    }

    /// What is due in cash, when this is the cash that settles the sale. Who hands over exactly what is due has the coins:
    /// nothing is rounded then, nor for a part of it.
    fn round(&mut self, amount: Option<Money>) -> Result<(), SaleError> {
        let payable = self.due.plus(self.tip)?;
        let rounded = self.policy.cash_due(payable)?;
        if amount == Some(payable) || amount.is_some_and(|amount| amount.minor() < rounded.minor()) {
            return Ok(());
        }
        // A tip is what it was said to be: only what is due is rounded.
        if rounded.minor() < self.tip.minor() || self.due.is_zero() {
            return Ok(());
        }
        let gained = rounded.minus(payable)?;
        self.rounding = match self.direction {
            TenderDirection::Taken => gained,
            TenderDirection::Given => gained.negated(),
        };
        self.due = rounded.minus(self.tip)?;
        Ok(())
    }
}

/// Characters of a reference at most.
pub const REFERENCE_MAX: usize = 40;

/// The reference of a tender as it is kept, without blanks around it.
///
/// # Errors
/// `ReferenceInvalid` when it is missing where it is needed, too long, or looks like the number of a card: those are
/// kept nowhere (PCI DSS 4.0, requirement 3: account data is not stored where it is not needed).
pub fn checked_reference(kind: TenderKind, reference: Option<&str>) -> Result<Option<&str>, SaleError> {
    let reference = reference.map(str::trim).filter(|reference| !reference.is_empty());
    let invalid = || SaleError::ReferenceInvalid { max: REFERENCE_MAX };
    match reference {
        None if kind.rules().needs_reference => Err(invalid()),
        None => Ok(None),
        Some(text) => {
            let fits = text.chars().count() <= REFERENCE_MAX && !text.chars().any(char::is_control);
            if fits && !(kind == TenderKind::Card && looks_like_a_card(text)) {
                Ok(Some(text))
            } else {
                Err(invalid())
            }
        }
    }
}

/// Whether a text has the digits of a card in it: 13 to 19 with a right check digit (ISO/IEC 7812-1, annex B).
fn looks_like_a_card(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    if !(13..=19).contains(&digits.len()) {
        return false;
    }
    let doubled = |(place, digit): (usize, &u32)| {
        let twice = digit.saturating_mul(if place.checked_rem(2) == Some(1) { 2 } else { 1 });
        if twice > 9 { twice.saturating_sub(9) } else { twice }
    };
    let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
    sum.checked_rem(10) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use proptest::prelude::*;

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()
    }

    fn cash(minor: i64) -> TenderRequest {
        TenderRequest::cash(Some(euro(minor)))
    }

    fn settled(total: Money, requests: &[TenderRequest]) -> Result<Vec<Tender>, SaleError> {
        let settlement = settle(total, euro(0), &[], requests, &TenderPolicy::default())?;
        assert!(settlement.cash_rounding.is_zero());
        Ok(settlement.tenders)
    }

    fn rounding() -> TenderPolicy {
        let cash_rounding = Some(CashRounding { step: 5, tie: CashTie::Up });
        TenderPolicy { cash_rounding, voucher: true, ..TenderPolicy::default() }
    }

    fn taken(kind: TenderKind, amount: i64) -> OpenTender {
        let direction = TenderDirection::Taken;
        OpenTender {
            number: 1,
            kind,
            direction,
            amount,
            tip: 0,
            reference: None,
            payment: None,
            pending: None,
        }
    }

    #[test]
    fn only_the_cash_that_settles_the_sale_is_rounded() {
        let exact = TenderRequest::cash(None);
        // 10.02: 10.00 in cash; 10.03: 10.05; change counts from what is due in cash.
        for (total, tendered, given, change, rounded) in [
            (1_002, None, 1_000, 0, -2),
            (1_003, None, 1_005, 0, 2),
            (1_003, Some(2_000), 2_000, 995, 2),
            // Who hands over exactly what is due has the coins.
            (1_003, Some(1_003), 1_003, 0, 0),
            (-1_002, None, 1_000, 0, 2),
            (-1_003, None, 1_005, 0, -2),
        ] {
            let request = TenderRequest::cash(tendered.map(euro));
            let settlement = settle(euro(total), euro(0), &[], &[request], &rounding()).unwrap();
            let tender = &settlement.tenders[0];
            assert_eq!((tender.tendered, tender.change), (euro(given), euro(change)), "{total}");
            assert_eq!(settlement.cash_rounding, euro(rounded), "{total}");
        }
        // A card for most of it: only the rest is rounded.
        let settlement = settle(
            euro(1_003),
            euro(0),
            &[taken(TenderKind::Card, 1_001)],
            std::slice::from_ref(&exact),
            &rounding(),
        )
        .unwrap();
        assert_eq!(settlement.cash_rounding, euro(-2));
        assert_eq!(settlement.tenders.len(), 1, "two cents in cash are nothing");
        // Cash for a part, and then a card: nothing is.
        let cash_first = [taken(TenderKind::Cash, 502), taken(TenderKind::Card, 501)];
        let settlement = settle(euro(1_003), euro(0), &cash_first, &[], &rounding()).unwrap();
        assert_eq!(settlement.cash_rounding, euro(0));
    }

    #[test]
    fn what_gives_no_change_takes_no_more_than_is_due() {
        let voucher = |amount| TenderRequest {
            kind: TenderKind::Voucher,
            amount: Some(euro(amount)),
            reference: Some("V-1".into()),
        };
        let policy = rounding();
        assert_eq!(
            settle(euro(1_003), euro(0), &[], &[voucher(2_000)], &policy),
            Err(SaleError::TenderExceeds { due: euro(1_003) })
        );
        let change = TenderPolicy { voucher_change: true, ..policy };
        let settlement = settle(euro(1_003), euro(0), &[], &[voucher(2_000)], &change).unwrap();
        assert_eq!(settlement.tenders[0].change, euro(997));
        let split =
            settle(euro(1_003), euro(0), &[], &[voucher(500), TenderRequest::cash(None)], &policy).unwrap();
        assert_eq!(split.tenders[1].tendered, euro(505));
        assert_eq!(split.cash_rounding, euro(2));
    }

    #[test]
    fn what_somebody_else_answers_for_needs_their_answer() {
        let card = TenderRequest { kind: TenderKind::Card, amount: None, reference: None };
        assert_eq!(
            settle(euro(100), euro(0), &[], &[card], &rounding()),
            Err(SaleError::TenderNeedsPayment {})
        );
        let pending =
            Pending { payment: PaymentId(uuid::Uuid::nil()), state: PaymentState::Begun, returns: false };
        let waiting = OpenTender { pending: Some(pending), ..taken(TenderKind::Card, 100) };
        assert_eq!(
            settle(euro(100), euro(0), &[waiting], &[], &rounding()),
            Err(SaleError::PaymentPending {})
        );
        let voucher = TenderRequest { kind: TenderKind::Voucher, amount: None, reference: Some("1".into()) };
        let without = TenderPolicy::default();
        assert_eq!(
            settle(euro(100), euro(0), &[], &[voucher], &without),
            Err(SaleError::TenderNotAccepted {})
        );
    }

    #[test]
    fn no_number_of_a_card_is_kept() {
        let refused = Err(SaleError::ReferenceInvalid { max: REFERENCE_MAX });
        // The test number every card network publishes.
        assert_eq!(checked_reference(TenderKind::Card, Some("4111 1111 1111 1111")), refused);
        assert_eq!(
            checked_reference(TenderKind::Card, Some("4111 1111 1111 1112")).unwrap(),
            Some("4111 1111 1111 1112")
        );
        assert_eq!(checked_reference(TenderKind::Card, Some(" 482913 ")), Ok(Some("482913")));
        assert_eq!(checked_reference(TenderKind::Card, Some(" ")), Ok(None));
        assert_eq!(checked_reference(TenderKind::Voucher, None), refused);
    }

    #[test]
    fn cash_gives_change() {
        let tenders = settled(euro(150), &[cash(500)]).unwrap();
        assert_eq!((tenders[0].tendered, tenders[0].change), (euro(500), euro(350)));
    }

    #[test]
    fn no_amount_means_exactly_what_is_due() {
        let exact = TenderRequest::cash(None);
        assert_eq!(settled(euro(150), std::slice::from_ref(&exact)).unwrap()[0].tendered, euro(150));
        assert_eq!(settled(euro(-150), &[exact]).unwrap()[0].direction, TenderDirection::Given);
    }

    #[test]
    fn too_little_says_how_much_is_missing() {
        let refused = settled(euro(150), &[cash(100)]).unwrap_err();
        assert_eq!(
            refused,
            SaleError::TenderInsufficient { due: euro(150), tendered: euro(100), missing: euro(50) }
        );
    }

    #[test]
    fn a_refund_gives_exactly_what_is_owed() {
        assert_eq!(settled(euro(-150), &[cash(200)]), Err(SaleError::TenderInvalid {}));
    }

    #[test]
    fn a_free_sale_needs_no_tender() {
        assert_eq!(settled(euro(0), &[]), Ok(vec![]));
        assert_eq!(settled(euro(0), &[TenderRequest::cash(None)]), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn tenders_sum_to_the_total_and_the_rounding_and_a_refund_is_the_negative(
            total in 1i64..100_000, part in 0i64..100_000, step in 2i64..200, up in proptest::bool::ANY,
        ) {
            let tie = if up { CashTie::Up } else { CashTie::Down };
            let policy =
                TenderPolicy { cash_rounding: Some(CashRounding { step, tie }), ..TenderPolicy::default() };
            let part = part % total;
            let sums = |total: i64, direction| {
                let card = OpenTender { direction, ..taken(TenderKind::Card, part) };
                let before: &[OpenTender] = if part == 0 { &[] } else { &[card] };
                let settlement = settle(euro(total), euro(0), before, &[TenderRequest::cash(None)], &policy).unwrap();
                let sum: i64 = settlement.tenders.iter().map(|t| t.signed().unwrap().minor()).sum();
                (sum, settlement.cash_rounding.minor())
            };
            let (paid, rounded) = sums(total, TenderDirection::Taken);
            prop_assert_eq!(paid, total + rounded);
            prop_assert!(2 * rounded.abs() <= step);
            prop_assert_eq!((paid - part) % step, 0);
            prop_assert_eq!(sums(-total, TenderDirection::Given), (-paid, -rounded));
        }

        #[test]
        fn tenders_sum_to_the_total(total in -100_000i64..100_000, over in 0i64..100_000) {
            let amount = if total < 0 { -total } else { total + over };
            let tenders = settled(euro(total), &[cash(amount)]).unwrap();
            let sum: i64 = tenders.iter().map(|t| t.signed().unwrap().minor()).sum();
            prop_assert_eq!(sum, total);
        }
    }
}
