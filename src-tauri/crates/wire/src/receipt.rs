//! Receipts on screen and paper.

use domain::device::{DeviceReason, DeviceRole};
use domain::document::Document;
use domain::ids::SaleId;
use domain::settings::Shop;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How the file of a receipt is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReceiptFileForm {
    /// A document whose text can be found and copied.
    #[default]
    Pdf,
    /// A picture, dot by dot as it is printed.
    Png,
}

/// Which paper of a sale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReceiptPaper {
    /// The receipt.
    #[default]
    Receipt,
    /// The receipt for somebody who is given the goods: without what they cost.
    Gift,
}

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
        /// How it is written; a PDF when nothing is said.
        #[serde(default)]
        pub form: ReceiptFileForm,
        /// Which paper; the receipt when nothing is said.
        #[serde(default)]
        pub paper: ReceiptPaper,
    }

    /// A receipt as a file, to be fetched as a blob.
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

    /// Prints a receipt without prices, for somebody who is given the goods.
    #[derive(Copy)]
    pub struct PrintGiftReceipt {
        /// The completed sale.
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
        pub reason: Option<DeviceReason>,
        /// The printer it was last sent to.
        pub printer: Option<DeviceRole>,
        /// Its bytes, once it was made.
        pub bytes_total: Option<u32>,
        /// How many of them the line accepted last.
        pub bytes_sent: Option<u32>,
        /// How the printer said that it came out.
        pub confirmed_by: Option<PrintConfirmation>,
    }

    /// Print jobs.
    pub struct PrintJobList {
        /// Those that wait or have to be looked at, the oldest first.
        pub jobs: Vec<PrintJobView>,
        /// The last ones that are done, for better or worse, the newest first.
        pub done: Vec<PrintJobView>,
    }

    /// Gives up a print that waits.
    #[derive(Copy)]
    pub struct GiveUpPrintJob {
        /// The job.
        pub id: i64,
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
    /// A report or a slip of the drawer.
    Report,
    /// The pulse that opens the drawer.
    Kick,
    /// The page that shows how the printer counts its code pages; of no sale.
    Calibration,
    /// A page that shows how a printer prints.
    Test,
    /// A report of what was sold.
    SalesReport,
    /// What moved a customer's account.
    Statement,
    /// A receipt without prices.
    Gift,
    /// An invoice.
    Invoice,
}

/// How a printer said that a print came out, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PrintConfirmation {
    /// It repeated the print's number after its last line.
    ProcessId,
    /// It answered a question that stood behind its last line.
    InOrder,
    /// It took every byte and said that nothing stops it.
    RealTime,
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
    /// It came out: the printer says so. A drawer was sent its pulse.
    Printed,
    /// Everything was taken by a printer that does not say whether it came out.
    Unconfirmed,
    /// Some bytes left and nobody knows what came out: a person has to look.
    Uncertain,
    /// Too late to be done: a drawer is not opened minutes after its sale.
    Expired,
    /// A person gave it up, or another copy took its place.
    Cancelled,
    /// It could not be made.
    Failed,
}
