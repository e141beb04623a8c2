//! Invoices of completed sales.

use domain::ids::{CustomerId, SaleId};
use domain::invoice::issue::{Buyer, InvoiceKind};
use domain::money::Money;
use domain::time::Timestamp;

shapes! {
    /// Writes the invoice of a completed sale.
    pub struct IssueInvoice {
        /// The completed sale.
        pub sale: SaleId,
        /// The customer's record, where the buyer has one: with it go the buyer's words when it is erased.
        #[serde(default)]
        pub customer: Option<CustomerId>,
        /// Whom it is for, as it is to be written on it.
        pub buyer: Buyer,
    }

    /// Gives an invoice out: the first time as it is, from then on marked as a copy.
    #[derive(Copy)]
    pub struct GiveInvoice {
        /// The completed sale whose invoice it is.
        pub sale: SaleId,
    }

    /// The invoice of a completed sale, or whom one could be for.
    pub struct SaleInvoice {
        /// The sale.
        pub sale: SaleId,
        /// The sale's number as printed.
        pub receipt_number: String,
        /// What it is, or would be.
        pub kind: InvoiceKind,
        /// Whom it is for; while there is none, what is known of whom the sale was for.
        pub buyer: Buyer,
        /// The customer's record, where there is one.
        pub customer: Option<CustomerId>,
        /// What was written; `None` while there is none.
        pub issued: Option<IssuedInvoice>,
    }

    /// What is known of an invoice that was written.
    pub struct IssuedInvoice {
        /// Its number as printed.
        pub invoice_number: String,
        /// The numbers of the invoices it credits.
        pub corrects: Vec<String>,
        /// What it comes to: what the sale does.
        pub total: Money,
        /// When it was written.
        pub at: Timestamp,
        /// Who wrote it.
        pub operator_name: String,
        /// How often it was printed or made into a file: from the second time on it is a copy.
        pub given: u32,
    }
}
