//! Reports: every one is a table.

use domain::error::{Code, Coded};
use domain::ids::{CategoryId, OperatorId};
use domain::money::Money;
use domain::quantity::Unit;
use domain::tax::TaxRate;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// What a report can be narrowed to besides its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReportFilter {
    /// One operator.
    Operator,
    /// Some hours of the day.
    Hours,
    /// One category.
    Category,
}

/// What a report is held against. The weekdays are always the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Comparison {
    /// As many whole weeks before as the days take: of one day, or a week, the week before.
    WeeksBefore,
    /// 52 weeks before.
    YearBefore,
}

/// How a report is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ChartForm {
    /// A line, for days.
    Line,
    /// Columns beside each other, for hours and weekdays.
    Columns,
    /// Bars under each other, for things with names.
    Bars,
}

/// How a file of a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReportForm {
    /// Comma-separated values (RFC 4180), in UTF-8 with a byte-order mark.
    Csv,
    /// The same with semicolons and decimal commas, as spreadsheets of many lands read them.
    CsvSemicolon,
    /// A workbook of Excel 2007 or later (ISO/IEC 29500).
    Xlsx,
    /// Pages of A4 to print or send.
    Pdf,
}

shapes! {
    /// The reports a till can run.
    pub struct ReportList {
        /// In the order they are offered.
        pub reports: Vec<ReportKind>,
        /// The business day it is: what periods are counted from.
        pub today: BusinessDay,
    }

    /// A report a till can run.
    pub struct ReportKind {
        /// Its name, as `report.run` takes it.
        pub report: String,
        /// What it can be narrowed to.
        pub filters: Vec<ReportFilter>,
        /// Whether it can be held against other days.
        pub compares: bool,
    }

    /// Runs a report.
    pub struct RunReport {
        /// Its name.
        pub report: String,
        /// The first day.
        pub from: BusinessDay,
        /// The last day.
        pub to: BusinessDay,
        /// Only what this operator completed.
        #[serde(default)]
        pub operator: Option<OperatorId>,
        /// Only what was completed within these hours.
        #[serde(default)]
        pub hours: Option<HourRange>,
        /// Only products of this category.
        #[serde(default)]
        pub category: Option<CategoryId>,
        /// What it is held against.
        #[serde(default)]
        pub compare: Option<Comparison>,
    }

    /// Makes a file of a report.
    pub struct MakeReportFile {
        /// Which report, as it is shown.
        pub shown: RunReport,
        /// How it is written.
        pub form: ReportForm,
    }

    /// A file of a report, held until it is fetched, another file is made or the till stops.
    pub struct ReportFile {
        /// Its address at the blob door.
        pub blob: String,
        /// What to call it.
        pub file_name: String,
        /// Where it was saved already, for the till's own window; `None` for those who fetch it.
        pub saved_at: Option<String>,
    }

    /// Prints a report.
    pub struct PrintReport {
        /// Which, as it is shown.
        pub shown: RunReport,
    }

    /// Hours of a day, both included; where the last is before the first they go over midnight.
    #[derive(Copy)]
    pub struct HourRange {
        /// The first, 0 to 23.
        pub from: u8,
        /// The last, 0 to 23.
        pub to: u8,
    }

    /// A report: screen, print and files are all made from this.
    pub struct ReportTable {
        /// Its name; screens have a title for each.
        pub report: String,
        /// The columns, by name; screens have a heading for each.
        pub columns: Vec<String>,
        /// The rows, or the first of them.
        pub rows: Vec<Vec<CellValue>>,
        /// The sums under the columns that have one, of all rows.
        pub totals: Vec<CellValue>,
        /// How many rows there are.
        pub row_count: u32,
        /// How it is drawn, if it is.
        pub chart: Option<ReportChart>,
        /// The days it is held against.
        pub compared: Option<ReportDays>,
    }

    /// What of a report is drawn: a row's first cell names what the others say.
    #[derive(Copy)]
    pub struct ReportChart {
        /// How.
        pub form: ChartForm,
        /// The column that is drawn.
        pub value: u32,
        /// The column it is held against.
        pub before: Option<u32>,
    }

    /// Asks for the day at a glance.
    pub struct AskOverview {
        /// Which; left out, today.
        #[serde(default)]
        pub day: Option<BusinessDay>,
    }

    /// A day at a glance, beside the same weekday a week before.
    pub struct Overview {
        /// The day.
        pub day: BusinessDay,
        /// The day it is held against.
        pub before_day: BusinessDay,
        /// Whether it is under way.
        pub is_today: bool,
        /// What was sold.
        pub sold: DayFigures,
        /// What was sold a week before: of a day under way, up to the hour it is.
        pub before: DayFigures,
        /// What was sold on all of the day a week before.
        pub before_whole: DayFigures,
        /// By how much more was sold than a week before, in parts per million; `None` where nothing was sold then.
        pub change: Option<i64>,
        /// The hours from the first in which anything was sold on either day to the last.
        pub hours: Vec<HourFigures>,
        /// The products that brought most.
        pub top: Vec<TopProduct>,
    }

    /// What was sold within some time.
    #[derive(Copy)]
    pub struct DayFigures {
        /// Sales.
        pub sales: i64,
        /// Pieces, less those that came back.
        pub items: i64,
        /// What a sale came to on average; `None` without sales.
        pub average: Option<Money>,
        /// What they came to.
        pub total: Money,
    }

    /// What was sold in an hour of two days.
    #[derive(Copy)]
    pub struct HourFigures {
        /// The hour, 0 to 23.
        pub hour: i8,
        /// On the day.
        pub total: Money,
        /// On the day it is held against.
        pub before: Money,
    }

    /// A product that brought much.
    pub struct TopProduct {
        /// What it is called: a text or a word.
        pub name: CellValue,
        /// How much of it was sold, in thousandths of its unit.
        pub thousandths: i64,
        /// Its unit.
        pub unit: Unit,
        /// What it brought.
        pub total: Money,
    }

    /// Days, both included.
    #[derive(Copy)]
    pub struct ReportDays {
        /// The first.
        pub from: BusinessDay,
        /// The last.
        pub to: BusinessDay,
    }
}

/// One cell of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cell", content = "value", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// A name.
    Text(String),
    /// A word that screens have in their language: a kind of tender, a reason.
    Word(String),
    /// A count.
    Count(i64),
    /// A quantity, of a unit.
    Quantity {
        /// Thousandths of it, less what came back.
        thousandths: i64,
        /// The unit.
        unit: Unit,
    },
    /// A day.
    Day(BusinessDay),
    /// A day of the week, from 1 for Monday to 7 for Sunday.
    Weekday(i8),
    /// An hour of the day: from its first minute to its last.
    Hour(i8),
    /// Money.
    Money(Money),
    /// A tax rate.
    Rate(TaxRate),
    /// By how much something is more, in parts per million of what it was.
    Change(i64),
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
