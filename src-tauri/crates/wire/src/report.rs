//! Reports: every one is a table.

use domain::error::{Code, Coded};
use domain::money::Money;
use domain::tax::TaxRate;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};

shapes! {
    /// The reports a till can run.
    pub struct ReportList {
        /// Their names, as `report.run` takes them.
        pub reports: Vec<String>,
    }

    /// Runs a report.
    pub struct RunReport {
        /// Its name.
        pub report: String,
        /// The first day.
        pub from: BusinessDay,
        /// The last day.
        pub to: BusinessDay,
    }

    /// A report: screen, print and files are all made from this.
    pub struct ReportTable {
        /// Its name; screens have a title for each.
        pub report: String,
        /// The columns, by name; screens have a heading for each.
        pub columns: Vec<String>,
        /// The rows.
        pub rows: Vec<Vec<CellValue>>,
        /// The sums under the columns that have one.
        pub totals: Vec<CellValue>,
    }
}

/// One cell of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cell", content = "value", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Count(i64),
    /// A day.
    Day(BusinessDay),
    /// Money.
    Money(Money),
    /// A tax rate.
    Rate(TaxRate),
}

/// Why a report did not run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ReportError {
    /// There is no report of this name.
    #[error("there is no report {report}")]
    Unknown {
        /// The name asked for.
        report: String,
    },
}

impl Coded for ReportError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown { .. } => Code::ReportUnknown,
        }
    }
}
