//! Reports: one pair of `.rs` and `.sql` and one line here; screen, print and files are made from the table. They read
//! rollups, never the facts.

mod acts;
mod cancelled;
mod categories;
mod compare;
mod days;
mod discounts;
mod hours;
mod low_days;
mod no_sales;
mod operators;
mod products;
mod returns;
mod slow_products;
mod sums;
mod table;
mod taxes;
mod tenders;
mod tips;
mod weekdays;

pub mod overview;

pub use compare::change;
pub use table::{Key, Of, Row, Table};

use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::ids::{CategoryId, OperatorId};
use domain::time::BusinessDay;
use std::collections::BTreeSet;
use wire::report::ReportFilter::{self, Category, Hours, Operator};
use wire::report::{ChartForm, Comparison, HourRange, ReportDays};

/// What a report is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The first day.
    pub from: BusinessDay,
    /// The last day.
    pub to: BusinessDay,
    /// Only what this operator completed.
    pub operator: Option<OperatorId>,
    /// Only what was completed within these hours.
    pub hours: Option<HourRange>,
    /// Only products of this category.
    pub category: Option<CategoryId>,
    /// Rows at most; sums are of all.
    pub rows_max: usize,
    /// Only rows of these ids, where rows are many.
    pub only: Option<BTreeSet<[u8; 16]>>,
}

/// A report this till can run.
pub struct Report {
    /// Its name.
    pub name: &'static str,
    /// What it can be narrowed to.
    pub filters: &'static [ReportFilter],
    /// Whether it can be held against other days.
    pub compares: bool,
    /// How it is drawn.
    pub chart: Option<ChartForm>,
    /// Rows a screen is given at most.
    pub shown_max: usize,
    run: fn(&Reader, &Asked) -> Result<Table, DatabaseError>,
}

/// Rows of most reports: days of three years.
const ROWS_MAX: usize = 1_100;
/// Rows of a report of products: nobody reads farther on a screen.
const PRODUCTS_MAX: usize = 200;

const fn report(name: &'static str, run: fn(&Reader, &Asked) -> Result<Table, DatabaseError>) -> Report {
    Report { name, filters: &[], compares: true, chart: None, shown_max: ROWS_MAX, run }
}

impl Report {
    const fn drawn(self, form: ChartForm) -> Self {
        Self { chart: Some(form), ..self }
    }

    const fn by(self, filters: &'static [ReportFilter]) -> Self {
        Self { filters, ..self }
    }

    const fn first(self, shown_max: usize) -> Self {
        Self { shown_max, ..self }
    }

    const fn alone(self) -> Self {
        Self { compares: false, ..self }
    }
}

/// The reports this till can run, in the order they are offered.
pub const REPORTS: &[Report] = &[
    report("days", days::run).drawn(ChartForm::Line).by(&[Operator, Hours]),
    report("weekdays", weekdays::run).drawn(ChartForm::Columns).by(&[Operator, Hours]),
    report("hours", hours::run).drawn(ChartForm::Columns).by(&[Operator, Hours]),
    report("operators", operators::run).drawn(ChartForm::Bars).by(&[Hours]),
    report("categories", categories::run).drawn(ChartForm::Bars),
    report("products", products::run).drawn(ChartForm::Bars).by(&[Category]).first(PRODUCTS_MAX),
    report("slow_products", slow_products::run).alone().by(&[Category]).first(PRODUCTS_MAX),
    report("taxes", taxes::run).drawn(ChartForm::Bars),
    report("tenders", tenders::run).drawn(ChartForm::Bars),
    report("tips", tips::run).by(&[Operator]),
    report("discounts", discounts::run).by(&[Operator]),
    report("returns", returns::run).by(&[Operator]),
    report("cancelled", cancelled::run).by(&[Operator]),
    report("no_sales", no_sales::run).by(&[Operator]),
    report("low_days", low_days::run).alone().by(&[Operator, Hours]),
];

/// The report of this name.
pub fn find(name: &str) -> Option<&'static Report> {
    REPORTS.iter().find(|report| report.name == name)
}

/// The days that days are held against: the weekdays are the same.
pub fn compared(days: ReportDays, with: Comparison) -> ReportDays {
    const WEEK: i32 = 7;
    const YEAR: i32 = 52 * WEEK;
    let length = days.to.unix_day().saturating_sub(days.from.unix_day()).saturating_add(1).max(1);
    let back = match with {
        Comparison::WeeksBefore => length.saturating_add(WEEK - 1) / WEEK * WEEK,
        Comparison::YearBefore => YEAR,
    };
    ReportDays { from: days.from.plus_days(-back), to: days.to.plus_days(-back) }
}

impl Reader {
    /// Whether the ledger holds facts that the rollups do not.
    ///
    /// # Errors
    /// `Disk`.
    pub fn fold_waits(&self) -> Result<bool, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select coalesce((select max(arrival) from fact), 0)
                  > coalesce((select arrival from watermark where projection = 'rollups'), 0)",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Runs a report. Rollups have to be folded first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn report(&self, report: &Report, asked: &Asked) -> Result<Table, DatabaseError> {
        let mut table = (report.run)(self, asked)?;
        table.cut(asked.rows_max);
        Ok(table)
    }

    /// Runs a report and holds it against other days.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn report_compared(
        &self,
        report: &Report,
        asked: &Asked,
        with: ReportDays,
    ) -> Result<Table, DatabaseError> {
        let mut table = self.report(report, asked)?;
        let only = table.ids();
        let before = Asked { from: with.from, to: with.to, rows_max: usize::MAX, only, ..asked.clone() };
        let before = (report.run)(self, &before)?;
        let shift = i64::from(asked.from.unix_day()) - i64::from(with.from.unix_day());
        compare::join(&mut table, before, shift)?;
        Ok(table)
    }
}
