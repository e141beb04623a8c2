//! Receipts on screen and paper.

use domain::document::Document;
use domain::ids::SaleId;
use domain::time::Timestamp;

shapes! {
    /// A receipt for the screen.
    pub struct ReceiptPreview {
        /// The blocks of the document.
        pub document: Document,
        /// The same, laid out as the receipt printer's columns.
        pub lines: Vec<String>,
        /// Columns of the layout.
        pub columns: u32,
    }

    /// Prints a receipt again.
    #[derive(Copy)]
    pub struct ReprintReceipt {
        /// Whose.
        pub sale: SaleId,
    }

    /// A print job.
    pub struct PrintJobView {
        /// Its number on this till.
        pub id: i64,
        /// What it is.
        pub kind: PrintJobKind,
        /// Where it stands.
        pub state: PrintJobState,
        /// The receipt number it is about.
        pub receipt_number: String,
        /// 0 for the first print.
        pub copy: u32,
        /// When it was queued.
        pub queued_at: Timestamp,
        /// Why it waits or failed: a device reason with a text of its own.
        pub reason: Option<domain::device::DeviceReason>,
    }

    /// Print jobs that need attention.
    pub struct PrintJobList {
        /// The oldest first.
        pub jobs: Vec<PrintJobView>,
    }

    /// Says whether an uncertain print came out.
    #[derive(Copy)]
    pub struct ResolvePrintJob {
        /// The job.
        pub id: i64,
        /// `true`: it did; `false`: print it again, marked as a duplicate.
        pub came_out: bool,
    }
}

/// What a print job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PrintJobKind {
    /// A receipt.
    Receipt,
    /// The pulse that opens the drawer.
    Kick,
}

/// Where a print job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PrintJobState {
    /// Waiting for its printer.
    Queued,
    /// Bytes are leaving.
    Sending,
    /// Everything was taken by the printer.
    Printed,
    /// Some bytes left and nobody knows what came out: a person has to look.
    Uncertain,
    /// Too late to be done: a drawer is not opened minutes after its sale.
    Expired,
    /// A person gave it up, or another copy took its place.
    Cancelled,
}
