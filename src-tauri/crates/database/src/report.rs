//! Reports: one pair of `.rs` and `.sql` and one line here; screen, print and files are made from the table.

mod days;
mod taxes;

use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::time::BusinessDay;
use wire::report::ReportTable;

type Run = fn(&Reader, BusinessDay, BusinessDay) -> Result<ReportTable, DatabaseError>;

/// The reports this till can run, by name.
pub const REPORTS: &[(&str, Run)] = &[("days", days::run), ("taxes", taxes::run)];

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

    /// Runs a report over a range of days, both included. Rollups have to be folded first. `None` when there is no
    /// report of this name.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn report(
        &self,
        name: &str,
        from: BusinessDay,
        to: BusinessDay,
    ) -> Result<Option<ReportTable>, DatabaseError> {
        let run = REPORTS.iter().find(|(known, _)| *known == name).map(|(_, run)| run);
        run.map(|run| run(self, from, to)).transpose()
    }
}

fn currency(code: &str) -> Result<domain::currency::Currency, DatabaseError> {
    domain::currency::Currency::parse(code)
        .ok_or_else(|| DatabaseError::Value(format!("{code} is no currency")))
}

fn money(minor: i64, currency: domain::currency::Currency) -> Result<domain::money::Money, DatabaseError> {
    domain::money::Money::new(minor, currency).map_err(|error| DatabaseError::Value(error.to_string()))
}
