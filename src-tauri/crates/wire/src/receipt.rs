//! Receipts on screen and paper.

use domain::document::Document;
use domain::ids::SaleId;
use domain::settings::Shop;
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

    /// Asks how paper would look with settings that need not be saved.
    pub struct SampleReceipt {
        /// The settings.
        pub shop: Shop,
        /// What is on the paper.
        pub kind: SampleKind,
    }

    /// Paper as it would look, with goods nobody sold.
    pub struct ReceiptSample {
        /// The lines of it.
        pub preview: ReceiptPreview,
        /// The picture of it: a PNG file in base64, dot by dot as it is printed.
        pub picture: String,
    }

    /// Makes a file of the receipt of a sale.
    #[derive(Copy)]
    pub struct MakeReceiptFile {
        /// Whose.
        pub sale: SaleId,
    }

    /// A receipt as a PDF file, to be fetched as a blob.
    pub struct ReceiptFile {
        /// What to fetch.
        pub blob: String,
        /// What it is called.
        pub file_name: String,
        /// Where it was saved already: in the till's own window, which cannot save what it fetches.
        pub saved_at: Option<String>,
        /// How large it is.
        pub bytes: u64,
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

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum SampleKind {
    /// A receipt.
    Sale,
    /// The same, for somebody who is given the goods.
    Gift,
    /// The same, printed again.
    Duplicate,
    /// An invoice on a sheet of A4.
    Invoice,
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
    /// The page that shows how the printer counts its code pages; of no sale.
    Calibration,
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
