//! What is decided when an invoice is written for a completed sale: for whom it is, and of what kind. Its amounts are the
//! sale's; nothing is computed anew.

use crate::people::NeedsApproval;
use crate::sale::line::Direction;
use serde::{Deserialize, Serialize};

/// Characters of a buyer's name or tax number at most.
pub const TEXT_MAX: usize = 200;
/// Characters of a buyer's address at most.
pub const ADDRESS_MAX: usize = 500;
/// Lines of a buyer's address at most: more leave no room on a sheet.
pub const ADDRESS_LINES_MAX: usize = 8;

/// Whom an invoice is for, as it is written on it. Facts carry it detached, and it can be erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Buyer {
    /// The name of the person or company. Empty once it was erased.
    pub name: String,
    /// Where they are, line by line.
    #[serde(default)]
    pub address: String,
    /// Their tax number; empty for who has none.
    #[serde(default)]
    pub tax_number: String,
}

impl Buyer {
    /// The buyer without white space around the texts, and without empty lines in the address.
    #[must_use]
    pub fn tidied(&self) -> Self {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = self.address.lines().map(line).filter(|line| !line.is_empty()).collect();
        Self { name: line(&self.name), address: lines.join("\n"), tax_number: line(&self.tax_number) }
    }

    /// Checks what is written on an invoice: a name, and texts that fit on the sheet.
    ///
    /// # Errors
    /// `BuyerInvalid`.
    pub fn check(&self) -> Result<(), InvoiceError> {
        let fields = [
            ("name", &self.name, TEXT_MAX, self.name.is_empty()),
            ("address", &self.address, ADDRESS_MAX, self.address.lines().count() > ADDRESS_LINES_MAX),
            ("tax_number", &self.tax_number, TEXT_MAX, false),
        ];
        for (field, text, max, is_wrong) in fields {
            let strange = text.chars().any(|sign| sign.is_control() && sign != '\n');
            if is_wrong || strange || text.chars().count() > max {
                return Err(InvoiceError::BuyerInvalid { field, max });
            }
        }
        Ok(())
    }
}

/// What kind of document it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum InvoiceKind {
    /// For what was bought.
    #[default]
    Invoice,
    /// For what came back of what was invoiced (Directive 2006/112/EC art. 219: it names the invoice it amends).
    CreditNote,
}

impl InvoiceKind {
    /// The kind of a sale's document: money that goes back, or goods that only come back, make a credit note. `total` is
    /// in minor units.
    pub fn of(total: i64, mut lines: impl Iterator<Item = Direction>) -> Self {
        if total < 0 || lines.all(|direction| direction == Direction::Return) {
            Self::CreditNote
        } else {
            Self::Invoice
        }
    }
}

/// Why there is no invoice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum InvoiceError {
    /// The sale has one.
    #[error("the sale has the invoice {invoice_number}")]
    AlreadyIssued {
        /// Its number.
        invoice_number: String,
    },
    /// The sale has none.
    #[error("the sale has no invoice")]
    NotIssued {},
    /// Whom it is for cannot be written on it.
    #[error("{field} has at most {max} characters, and a name at least one")]
    BuyerInvalid {
        /// The field.
        field: &'static str,
        /// Characters at most.
        max: usize,
    },
    /// What came back was on no invoice, so there is nothing to credit.
    #[error("what came back with {receipt_number} was on no invoice")]
    NothingToCredit {
        /// The receipt of what came back.
        receipt_number: String,
    },
    /// Somebody else gave it out at the same moment, so that this would not be the copy it says.
    #[error("the invoice was given out at the same moment")]
    GivenMeanwhile {},
    /// Somebody with more rights has to allow it.
    #[error(transparent)]
    NeedsApproval(NeedsApproval),
}

impl From<NeedsApproval> for InvoiceError {
    fn from(needed: NeedsApproval) -> Self {
        Self::NeedsApproval(needed)
    }
}

/// The number of an invoice as it is printed: the series of the till's log, `-I`, and at least six digits.
pub fn printed_number(series: &str, number: u64) -> String {
    format!("{series}-I{number:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buyer(name: &str, address: &str) -> Buyer {
        Buyer { name: name.to_owned(), address: address.to_owned(), tax_number: " FR 12 ".to_owned() }
    }

    #[test]
    fn a_buyer_is_tidied_line_by_line_and_needs_a_name() {
        let tidied = buyer("  Café\tdes  Arts ", " 1, rue du Port\r\n\n  75001   Paris\n").tidied();
        assert_eq!(tidied.name, "Café des Arts");
        assert_eq!(tidied.address, "1, rue du Port\n75001 Paris");
        assert_eq!(tidied.tax_number, "FR 12");
        assert_eq!(tidied.check(), Ok(()));
        let invalid = |field, max| Err(InvoiceError::BuyerInvalid { field, max });
        assert_eq!(buyer(" ", "").tidied().check(), invalid("name", TEXT_MAX));
        assert_eq!(buyer("A\u{1b}p", "").check(), invalid("name", TEXT_MAX));
        assert_eq!(buyer(&"é".repeat(TEXT_MAX), "").check(), Ok(()));
        assert_eq!(buyer(&"é".repeat(TEXT_MAX + 1), "").check(), invalid("name", TEXT_MAX));
        assert_eq!(buyer("A", &"x\n".repeat(ADDRESS_LINES_MAX)).check(), Ok(()));
        assert_eq!(buyer("A", &"x\n".repeat(ADDRESS_LINES_MAX + 1)).check(), invalid("address", ADDRESS_MAX));
    }

    #[test]
    fn what_goes_back_makes_a_credit_note() {
        use Direction::{Return, Sale};
        for (total, lines, kind) in [
            (150, vec![Sale], InvoiceKind::Invoice),
            (0, vec![Sale], InvoiceKind::Invoice),
            (0, vec![Return, Sale], InvoiceKind::Invoice),
            (50, vec![Return, Sale], InvoiceKind::Invoice),
            (-50, vec![Return, Sale], InvoiceKind::CreditNote),
            (-150, vec![Return], InvoiceKind::CreditNote),
            (0, vec![Return], InvoiceKind::CreditNote),
        ] {
            assert_eq!(InvoiceKind::of(total, lines.into_iter()), kind, "{total}");
        }
    }

    #[test]
    fn a_number_has_six_digits_at_least() {
        assert_eq!(printed_number("A", 12), "A-I000012");
        assert_eq!(printed_number("B-2", 1_234_567), "B-2-I1234567");
    }
}
