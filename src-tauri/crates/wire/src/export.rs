//! Exports: products or customers as a file for a spreadsheet, which an import reads back.

use crate::import::{ImportFailure, ImportKind};
use crate::product::ProductFilter;
use domain::error::{Code, Coded};
use domain::product::Status;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TableForm {
    /// Comma-separated values (RFC 4180), in UTF-8 with a byte-order mark.
    Csv,
    /// The same with semicolons between the values and commas in the numbers, as spreadsheets of many countries read it.
    CsvSemicolon,
    /// A workbook of Excel 2007 or later (ISO/IEC 29500).
    Xlsx,
}

/// Where an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ExportState {
    /// Rows are being written.
    Making,
    /// The file is there.
    Done,
    /// It was given up.
    Cancelled,
    /// It could not be read or written: `failure` says why.
    Failed,
}

shapes! {
    /// Makes a file of products: those that a list with the same words and filter shows.
    pub struct ExportProducts {
        /// How it is written.
        pub form: TableForm,
        /// Words, a number or a code to be found by; empty is all.
        #[serde(default)]
        pub text: String,
        /// Which of them.
        #[serde(default)]
        pub filter: ProductFilter,
    }

    /// Makes a file of customers.
    pub struct ExportCustomers {
        /// How it is written.
        pub form: TableForm,
        /// Beginnings of words to be found by, among those in use; empty is all.
        #[serde(default)]
        pub text: String,
        /// Those in use, or the archived ones.
        #[serde(default)]
        pub status: Status,
    }

    /// Names an export.
    pub struct GetExport {
        /// Which.
        pub export: Uuid,
    }

    /// An export under way, or the last one.
    pub struct ExportView {
        /// Which.
        pub export: Uuid,
        /// What is in it.
        pub kind: ImportKind,
        /// How it is written.
        pub form: TableForm,
        /// Where it stands.
        pub state: ExportState,
        /// Rows written so far.
        pub rows: u32,
        /// The file, once it is there.
        pub file: Option<ExportFile>,
        /// Why it failed.
        pub failure: Option<ImportFailure>,
    }

    /// A file with a table, held until it is fetched, another one is made or the till stops.
    pub struct ExportFile {
        /// Its address at the blob door.
        pub blob: String,
        /// What to call it.
        pub file_name: String,
        /// Where it was saved already, for the till's own window; `None` for those who fetch it.
        pub saved_at: Option<String>,
    }
}

/// Why an export was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ExportError {
    /// There is no such export.
    #[error("there is no such export")]
    Unknown {},
    /// Another export is under way.
    #[error("another export is under way")]
    Busy {},
    /// A workbook holds no more rows.
    #[error("a workbook has no room for so many rows")]
    TooManyRows {},
}

impl Coded for ExportError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown {} => Code::ExportUnknown,
            Self::Busy {} => Code::ExportBusy,
            Self::TooManyRows {} => Code::ExportTooManyRows,
        }
    }
}
