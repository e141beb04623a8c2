//! Reports: run over rollups that are folded up to the last sale first.

mod file;
mod paper;
pub use crate::mail::report as mail;
pub(crate) use file::{FileMade, spreadsheet};
pub use file::{files, make_file};
pub(crate) use paper::Words;
pub use paper::{print, printed, title};

use crate::Terminal;
use crate::ask::Ask;
use crate::caller::Caller;
use crate::error::Error;
use crate::sale::own;
use database::Reader;
use database::report::{Asked, REPORTS, Report, Table, change, compared, find};
use domain::people::{NeedsApproval, Permission};
use wire::report::{
    AskOverview, CellValue, Overview, ReportChart, ReportDays, ReportError, ReportFilter, ReportKind,
    ReportList, ReportTable, RunReport,
};
use wire::session::Nothing;

/// Facts folded in one transaction: a sale that comes meanwhile waits for at most this many.
const FOLD_BATCH: u32 = 200;

/// Rows of a file at most.
const FILE_ROWS: usize = 100_000;

/// Products of a day at a glance.
const TOP: usize = 5;

/// `report.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<ReportList, Error> {
    let own = own::only(ask.caller).is_some();
    let offered = REPORTS.iter().filter(|report| !own || is_by_operator(report));
    let reports = offered.map(|report| ReportKind {
        report: report.name.to_owned(),
        filters: report.filters.to_vec(),
        compares: report.compares,
    });
    Ok(ReportList { reports: reports.collect(), today: ask.day() })
}

/// `report.run`
pub fn run(ask: &Ask<'_>, request: RunReport) -> Result<ReportTable, Error> {
    let request = narrowed(ask.caller, request)?;
    let shown_max = known(&request.report)?.shown_max;
    table(ask.terminal, ask.reader, &request, shown_max)
}

/// A report that there is, as somebody may see it.
pub fn visible(caller: &Caller, request: RunReport) -> Result<RunReport, Error> {
    known(&request.report)?;
    narrowed(caller, request)
}

/// A report as somebody may see it: who sees only their own sales sees a report of those, or none.
fn narrowed(caller: &Caller, request: RunReport) -> Result<RunReport, Error> {
    let Some(own) = own::only(caller) else { return Ok(request) };
    if !is_by_operator(known(&request.report)?) {
        return Err(NeedsApproval { permission: Permission::ViewReports, limit: None }.into());
    }
    Ok(RunReport { operator: Some(own), ..request })
}

fn is_by_operator(report: &Report) -> bool {
    report.filters.contains(&ReportFilter::Operator)
}

/// A report with so many rows at most.
fn table(
    terminal: &Terminal,
    reader: &Reader,
    request: &RunReport,
    rows_max: usize,
) -> Result<ReportTable, Error> {
    let report = known(&request.report)?;
    fold(terminal)?;
    let asked = Asked {
        from: request.from,
        to: request.to,
        operator: request.operator,
        hours: request.hours,
        category: request.category,
        rows_max,
        only: None,
    };
    let with = request
        .compare
        .filter(|_| report.compares)
        .map(|with| compared(ReportDays { from: request.from, to: request.to }, with));
    let table = match with {
        Some(with) => reader.report_compared(report, &asked, with)?,
        None => reader.report(report, &asked)?,
    };
    Ok(shown(report, table, with))
}

/// The report of a name.
fn known(name: &str) -> Result<&'static Report, Error> {
    Ok(find(name).ok_or_else(|| ReportError::Unknown { report: name.to_owned() })?)
}

fn shown(report: &Report, table: Table, compared: Option<ReportDays>) -> ReportTable {
    let place = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let before = table.columns.iter().position(|column| *column == "before");
    ReportTable {
        report: report.name.to_owned(),
        chart: report.chart.map(|form| ReportChart {
            form,
            value: place(table.measure),
            before: before.map(place),
        }),
        columns: table.columns.into_iter().map(str::to_owned).collect(),
        rows: table.rows.into_iter().map(|row| row.cells).collect(),
        totals: table.totals,
        row_count: place(table.row_count),
        compared,
    }
}

/// `report.overview`
pub fn overview(ask: &Ask<'_>, request: AskOverview) -> Result<Overview, Error> {
    if own::only(ask.caller).is_some() {
        return Err(NeedsApproval { permission: Permission::ViewReports, limit: None }.into());
    }
    fold(ask.terminal)?;
    let (_, shop) = ask.shop()?;
    let day = request.day.unwrap_or_else(|| ask.day());
    let before_day = day.plus_days(-7);
    let is_today = day == ask.day();
    let of_day = ask.reader.day(day, shop.currency)?;
    let of_before = ask.reader.day(before_day, shop.currency)?;
    let sold = of_day.whole()?;
    let before_whole = of_before.whole()?;
    let before = match usize::try_from(ask.now.local().hour()) {
        Ok(hour) if is_today => of_before.until(hour)?,
        Ok(_) | Err(_) => before_whole,
    };
    let change = match change(&CellValue::Money(sold.total), &CellValue::Money(before.total)) {
        CellValue::Change(ppm) => Some(ppm),
        _ => None,
    };
    let hours = of_day.hours_beside(&of_before)?;
    let top = ask.reader.top_products(day, shop.currency, TOP)?;
    Ok(Overview { day, before_day, is_today, sold, before, before_whole, change, hours, top })
}

/// Folds what waits into the rollups.
pub fn fold(terminal: &Terminal) -> Result<(), Error> {
    while fold_once(terminal)? {}
    Ok(())
}

/// Folds one batch of what waits. Returns whether more waits. A till with nothing to fold does not write.
pub fn fold_once(terminal: &Terminal) -> Result<bool, Error> {
    if !terminal.database.read(Reader::fold_waits)? {
        return Ok(false);
    }
    Ok(terminal.database.fold(FOLD_BATCH, terminal.now())?)
}
