//! Reports: run over rollups that are folded up to the last sale first.

use crate::Terminal;
use crate::ask::Ask;
use crate::error::Error;
use database::Reader;
use database::report::REPORTS;
use wire::report::{ReportError, ReportList, ReportTable, RunReport};
use wire::session::Nothing;

/// Facts folded in one transaction: a sale that comes meanwhile waits for at most this many.
const FOLD_BATCH: u32 = 200;

/// `report.list`
pub fn list(_: &Ask<'_>, _: Nothing) -> Result<ReportList, Error> {
    Ok(ReportList { reports: REPORTS.iter().map(|(name, _)| (*name).to_owned()).collect() })
}

/// `report.run`
pub fn run(ask: &Ask<'_>, request: RunReport) -> Result<ReportTable, Error> {
    fold(ask.terminal)?;
    let table = ask.reader.report(&request.report, request.from, request.to)?;
    Ok(table.ok_or(ReportError::Unknown { report: request.report })?)
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
