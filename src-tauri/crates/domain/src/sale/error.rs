//! Why a sale did not do what was asked.

use crate::money::{Money, MoneyError};
use crate::people::NeedsApproval;
use crate::quantity::{Quantity, Unit};
use serde::Serialize;

/// Why a sale did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum SaleError {
    /// There is no such sale.
    #[error("there is no such sale")]
    Unknown {},
    /// The sale is completed and cannot change.
    #[error("the sale is already completed as {receipt_number}")]
    AlreadyCompleted {
        /// Its receipt number.
        receipt_number: String,
    },
    /// The sale was given up and cannot change.
    #[error("the sale was cancelled")]
    AlreadyCancelled {},
    /// There is nothing to pay for.
    #[error("the sale has no lines")]
    Empty {},
    /// The sale has no line with this number, or it was voided.
    #[error("the sale has no line {line}")]
    LineUnknown {
        /// The number asked for.
        line: u32,
    },
    /// The sale cannot take another line.
    #[error("a sale holds {max} lines")]
    TooManyLines {
        /// Lines at most.
        max: u32,
    },
    /// A quantity of nothing, or a fraction of a piece.
    #[error("the quantity {quantity} cannot be sold by {unit:?}")]
    QuantityInvalid {
        /// What was asked for.
        quantity: Quantity,
        /// What it counts.
        unit: Unit,
    },
    /// The label says that nothing was on the scale, and nobody has typed how much it is.
    #[error("how much of {name} there is has to be typed")]
    QuantityMissing {
        /// The product's name.
        name: String,
    },
    /// An amount became too large to hold.
    #[error("the amount is too large")]
    AmountOutOfRange {},
    /// What was tendered does not cover the total.
    #[error("{tendered} does not cover {due}")]
    TenderInsufficient {
        /// What is to be paid.
        due: Money,
        /// What was given.
        tendered: Money,
        /// What is missing.
        missing: Money,
    },
    /// The tender is in another currency, or below zero.
    #[error("this tender cannot settle the sale")]
    TenderInvalid {},
    /// The total is no longer what the cashier saw.
    #[error("the total changed from {seen} to {total}")]
    TotalChanged {
        /// On the screen when the key was pressed.
        seen: Money,
        /// Now.
        total: Money,
    },
    /// No product has this code.
    #[error("no product has the code {code}")]
    CodeUnknown {
        /// The code as read.
        code: String,
    },
    /// Several products have this code; the cashier picks.
    #[error("{count} products have the code {code}")]
    CodeAmbiguous {
        /// The code as read.
        code: String,
        /// How many products claim it.
        count: usize,
    },
    /// The code was read for a screen that did not take it.
    #[error("the screen that wanted the code {code} did not take it")]
    CodeNotTaken {
        /// The code as read.
        code: String,
    },
    /// What was read is no code: empty, too long, or with control characters.
    #[error("this is not a code")]
    CodeInvalid {},
    /// The product has no price today.
    #[error("{name} has no price")]
    PriceMissing {
        /// The product's name.
        name: String,
    },
    /// The product has no tax rate today.
    #[error("{name} has no tax rate")]
    TaxRateMissing {
        /// The product's name.
        name: String,
    },
    /// The product is archived.
    #[error("{name} is not sold any more")]
    ProductArchived {
        /// The product's name.
        name: String,
    },
    /// Nobody has said yet that the customer is old enough.
    #[error("the customer has to be {age}")]
    AgeCheck {
        /// The age in years.
        age: u8,
    },
    /// The line goes with another one and changes with it.
    #[error("line {line} goes with line {with}")]
    LineLinked {
        /// The line that was asked for.
        line: u32,
        /// The line it goes with.
        with: u32,
    },
    /// Somebody with more rights has to allow it.
    #[error(transparent)]
    NeedsApproval(NeedsApproval),
}

impl From<MoneyError> for SaleError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::OutOfRange => Self::AmountOutOfRange {},
            MoneyError::CurrencyMismatch(..) => Self::TenderInvalid {},
        }
    }
}

impl From<NeedsApproval> for SaleError {
    fn from(needed: NeedsApproval) -> Self {
        Self::NeedsApproval(needed)
    }
}
