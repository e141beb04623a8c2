//! Facts of invoices: that one was written for a completed sale, and that it was given out. Amounts are minor units.

use super::{Notes, SaleCompletedFact, SoldTax};
use domain::currency::Currency;
use domain::ids::{CustomerId, SaleId};
use domain::invoice::issue::InvoiceKind;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// An invoice was written for a completed sale: at most one for each. Its lines are the sale's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceIssued {
    /// The sale.
    pub sale: SaleId,
    /// The sale's receipt number as printed.
    pub receipt_number: String,
    /// The gapless number within the till's series of invoices.
    pub number: u64,
    /// The number as printed.
    pub invoice_number: String,
    /// Whether it is an invoice, or credits one.
    pub kind: InvoiceKind,
    /// The numbers of the invoices whose goods came back with this sale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrects: Vec<String>,
    /// The day it counts for.
    pub business_day: BusinessDay,
    /// The version of the shop's settings that it is printed by.
    pub shop_version: u64,
    /// The currency of every amount.
    pub currency: Currency,
    /// By rate: the sale's.
    pub taxes: Vec<SoldTax>,
    /// What it comes to: the sale's.
    pub total: i64,
    /// The customer's record, where the buyer has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Whom it is for, under the fields of [`InvoiceIssued::NAME`] and its like: commitments. The words stand beside the
    /// fact.
    pub buyer: Notes,
}

impl InvoiceIssued {
    /// The field of the buyer's name.
    pub const NAME: &'static str = "name";
    /// The field of their address.
    pub const ADDRESS: &'static str = "address";
    /// The field of their tax number.
    pub const TAX_NUMBER: &'static str = "tax_number";

    /// Whether it says of its sale what the sale says of itself.
    pub fn agrees_with(&self, sale: &SaleCompletedFact) -> bool {
        self.sale == sale.sale
            && self.receipt_number == sale.receipt_number
            && self.currency == sale.currency
            && self.total == sale.total
            && self.taxes == sale.taxes
    }
}

/// How an invoice was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoicePaper {
    /// On the receipt printer.
    Slip,
    /// As a sheet of A4 in a file.
    Sheet,
    /// As a sheet of A4 in a letter.
    Mail,
}

/// An invoice was printed or made into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceGiven {
    /// Whose invoice.
    pub sale: SaleId,
    /// Its number as printed.
    pub invoice_number: String,
    /// 0 for the first time; others are marked as copies.
    pub copy: u32,
    /// How.
    pub paper: InvoicePaper,
    /// The day it counts for.
    pub business_day: BusinessDay,
}
