//! Facts of what was put into the outbox. To whom stands in the outbox alone, and is gone once it was sent.

use domain::ids::{CustomerId, SaleId};
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// A receipt was put into the outbox as a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptMailed {
    /// Whose receipt.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
    /// 0 for a receipt that was not given out before; others are duplicates, counted with those that are printed.
    pub copy: u32,
    /// The day it counts for.
    pub business_day: BusinessDay,
}

/// A report was put into the outbox as a letter: the figures of these days left the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMailed {
    /// Its name.
    pub report: String,
    /// The first day it covers.
    pub from: BusinessDay,
    /// The last day it covers.
    pub to: BusinessDay,
}

/// A statement of a customer's account was put into the outbox as a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementMailed {
    /// Whose account.
    pub customer: CustomerId,
    /// The first day it covers.
    pub from: BusinessDay,
    /// The last day it covers.
    pub to: BusinessDay,
}
