//! What settles a sale. Change is given from cash only; a refund gives out exactly what is owed.

use crate::money::Money;
use crate::sale::error::SaleError;
use serde::{Deserialize, Serialize};

/// A way to settle a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TenderKind {
    /// Notes and coins.
    Cash,
}

/// What holds for a kind of tender everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenderRules {
    /// Whether taking it opens the drawer.
    pub opens_drawer: bool,
    /// Whether more than the total may be given, and change comes back.
    pub gives_change: bool,
}

impl TenderKind {
    /// The rules of this kind.
    pub const fn rules(self) -> TenderRules {
        match self {
            Self::Cash => TenderRules { opens_drawer: true, gives_change: true },
        }
    }
}

/// What the cashier asks for: a kind, and how much was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TenderRequest {
    /// The kind.
    pub kind: TenderKind,
    /// What was handed over; `None` means exactly what is due.
    pub amount: Option<Money>,
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

/// A tender of a settled sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl Tender {
    /// What the tender is worth to the sale: handed over less change, negative for a refund.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn signed(&self) -> Result<Money, SaleError> {
        let kept = self.tendered.minus(self.change)?;
        Ok(match self.direction {
            TenderDirection::Taken => kept,
            TenderDirection::Given => kept.negated(),
        })
    }
}

/// Settles `total` with what is offered, in order. The signed sum of the result is the total.
///
/// # Errors
/// `TenderInsufficient` when it does not suffice; `TenderInvalid` for a negative amount, another currency, a tender
/// after the sale is settled, or giving back other than what is owed.
pub fn settle(total: Money, requests: &[TenderRequest]) -> Result<Vec<Tender>, SaleError> {
    let zero = Money::zero(total.currency());
    let direction = if total.is_negative() { TenderDirection::Given } else { TenderDirection::Taken };
    let mut due = total.magnitude();
    let mut tenders = Vec::with_capacity(requests.len());
    for request in requests {
        if due.is_zero() && !tenders.is_empty() {
            return Err(SaleError::TenderInvalid {});
        }
        let offered = request.amount.unwrap_or(due);
        if due.is_zero() && offered.is_zero() {
            // Nothing is owed and nothing is given: no tender, and no reason to open a drawer.
            continue;
        }
        if offered.is_negative() || offered.currency() != total.currency() {
            return Err(SaleError::TenderInvalid {});
        }
        let surplus = offered.minus(due)?;
        let change = if surplus.minor() > 0 { surplus } else { zero };
        let may_exceed = direction == TenderDirection::Taken && request.kind.rules().gives_change;
        if !change.is_zero() && !may_exceed {
            return Err(SaleError::TenderInvalid {});
        }
        due = due.minus(offered.minus(change)?)?;
        tenders.push(Tender { kind: request.kind, direction, tendered: offered, change });
    }
    if !due.is_zero() {
        let tendered = total.magnitude().minus(due)?;
        return Err(SaleError::TenderInsufficient { due: total.magnitude(), tendered, missing: due });
    }
    Ok(tenders)
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
        TenderRequest { kind: TenderKind::Cash, amount: Some(euro(minor)) }
    }

    #[test]
    fn cash_gives_change() {
        let tenders = settle(euro(150), &[cash(500)]).unwrap();
        assert_eq!((tenders[0].tendered, tenders[0].change), (euro(500), euro(350)));
    }

    #[test]
    fn no_amount_means_exactly_what_is_due() {
        let exact = TenderRequest { kind: TenderKind::Cash, amount: None };
        assert_eq!(settle(euro(150), &[exact]).unwrap()[0].tendered, euro(150));
        assert_eq!(settle(euro(-150), &[exact]).unwrap()[0].direction, TenderDirection::Given);
    }

    #[test]
    fn too_little_says_how_much_is_missing() {
        let refused = settle(euro(150), &[cash(100)]).unwrap_err();
        assert_eq!(
            refused,
            SaleError::TenderInsufficient { due: euro(150), tendered: euro(100), missing: euro(50) }
        );
    }

    #[test]
    fn a_refund_gives_exactly_what_is_owed() {
        assert_eq!(settle(euro(-150), &[cash(200)]), Err(SaleError::TenderInvalid {}));
    }

    #[test]
    fn a_free_sale_needs_no_tender() {
        assert_eq!(settle(euro(0), &[]), Ok(vec![]));
        assert_eq!(settle(euro(0), &[TenderRequest { kind: TenderKind::Cash, amount: None }]), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn tenders_sum_to_the_total(total in -100_000i64..100_000, over in 0i64..100_000) {
            let amount = if total < 0 { -total } else { total + over };
            let tenders = settle(euro(total), &[cash(amount)]).unwrap();
            let sum: i64 = tenders.iter().map(|t| t.signed().unwrap().minor()).sum();
            prop_assert_eq!(sum, total);
        }
    }
}
