//! A tender of a completed sale that was keyed wrongly: cash that was a card, or the other way round. What was sold stays,
//! and so does the amount; only what it was paid with is another. The sale itself is never changed.

use super::{Tender, TenderKind, checked_reference};
use crate::sale::SaleError;
use serde::{Deserialize, Serialize};

/// Why a tender is corrected. Facts carry no free words about customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CorrectionReason {
    /// The wrong key was pressed.
    WrongKey,
    /// The customer paid another way in the end.
    PaidOtherwise,
    /// The card reader or its bank says something else.
    ReaderDiffers,
    /// Something else.
    Other,
}

/// Checks that a tender of a completed sale can be said to have been of another kind, and returns the reference it has then.
///
/// # Errors
/// `CorrectionInvalid` where it is of that kind already, change came back of what is no cash, or a tip came with it and
/// none can come with that kind; `ReferenceInvalid`.
pub fn correct<'r>(
    tender: &Tender,
    kind: TenderKind,
    reference: Option<&'r str>,
) -> Result<Option<&'r str>, SaleError> {
    let plain = (tender.change.is_zero() || tender.kind == TenderKind::Cash)
        && (tender.tip.is_none() || kind.rules().takes_tip);
    if tender.kind == kind || !plain || !tender.kind.rules().correctable || !kind.rules().correctable {
        return Err(SaleError::CorrectionInvalid {});
    }
    checked_reference(kind, reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::money::Money;
    use crate::tender::TenderDirection;

    fn tender(kind: TenderKind, change: i64) -> Tender {
        let money = |minor| Money::new(minor, Currency::parse("EUR").unwrap()).unwrap();
        Tender {
            kind,
            direction: TenderDirection::Taken,
            tendered: money(1_000),
            change: money(change),
            tip: None,
            reference: None,
            payment: None,
        }
    }

    #[test]
    fn another_kind_and_only_where_no_change_came_back_of_what_is_no_cash() {
        let invalid = Err(SaleError::CorrectionInvalid {});
        assert_eq!(correct(&tender(TenderKind::Cash, 250), TenderKind::Card, None), Ok(None));
        assert_eq!(correct(&tender(TenderKind::Card, 0), TenderKind::Cash, None), Ok(None));
        assert_eq!(correct(&tender(TenderKind::Cash, 0), TenderKind::Cash, None), invalid);
        assert_eq!(correct(&tender(TenderKind::Voucher, 250), TenderKind::Card, None), invalid);
        assert_eq!(
            correct(&tender(TenderKind::Cash, 0), TenderKind::Voucher, Some(" V-7 ")),
            Ok(Some("V-7"))
        );
        let tipped =
            Tender { tip: Some(tender(TenderKind::Card, 0).tendered), ..tender(TenderKind::Card, 0) };
        assert_eq!(correct(&tipped, TenderKind::Cash, None), Ok(None), "the tip goes along");
        assert_eq!(correct(&tipped, TenderKind::Voucher, Some("V-7")), invalid);
        assert!(matches!(
            correct(&tender(TenderKind::Cash, 0), TenderKind::Voucher, None),
            Err(SaleError::ReferenceInvalid { .. })
        ));
    }
}
