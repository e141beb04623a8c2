//! The print queue: what has to be printed or kicked, queued in the transaction of its sale.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::device::DeviceReason;
use domain::ids::SaleId;
use domain::time::Timestamp;
use rusqlite::{Connection, Row, params};
use wire::receipt::{PrintJobKind, PrintJobState};

/// A job of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// Its number on this till.
    pub id: i64,
    /// What it is.
    pub kind: PrintJobKind,
    /// The sale it is about.
    pub sale: SaleId,
    /// Its receipt number.
    pub receipt_number: String,
    /// 0 for the first print.
    pub copy: u32,
    /// Where it stands.
    pub state: PrintJobState,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it is too late for it.
    pub not_after: Option<Timestamp>,
    /// Why it waits or is uncertain.
    pub reason: Option<DeviceReason>,
}

/// A job to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrintJob {
    /// What it is.
    pub kind: PrintJobKind,
    /// The sale it is about.
    pub sale: SaleId,
    /// Its receipt number.
    pub receipt_number: String,
    /// 0 for the first print.
    pub copy: u32,
    /// When it is too late for it.
    pub not_after: Option<Timestamp>,
}

/// Jobs that are not done and are looked at at once: more would be no queue but a printer forgotten.
pub const JOBS_MAX: u32 = 100;

const COLUMNS: &str = "id, kind, sale, receipt_number, copy, state, queued_at, not_after, reason";

/// Word for word the condition of the index `print_job_open`, or the index is not used.
const IS_OPEN: &str = "state = 'queued' or state = 'sending' or state = 'uncertain'";

fn kind_code(kind: PrintJobKind) -> &'static str {
    match kind {
        PrintJobKind::Receipt => "receipt",
        PrintJobKind::Kick => "kick",
        PrintJobKind::Calibration => "calibration",
    }
}

/// One event queues one job.
fn key(kind: PrintJobKind, sale: SaleId, copy: u32) -> String {
    format!("{}:{sale}:{copy}", kind_code(kind))
}

fn state_code(state: PrintJobState) -> &'static str {
    match state {
        PrintJobState::Queued => "queued",
        PrintJobState::Sending => "sending",
        PrintJobState::Printed => "printed",
        PrintJobState::Uncertain => "uncertain",
        PrintJobState::Expired => "expired",
        PrintJobState::Cancelled => "cancelled",
    }
}

fn parse<T: serde::de::DeserializeOwned>(code: String) -> Result<T, DatabaseError> {
    Ok(serde_json::from_value(serde_json::Value::String(code))?)
}

fn job(row: &Row<'_>) -> Result<PrintJob, DatabaseError> {
    Ok(PrintJob {
        id: row.get(0)?,
        kind: parse(row.get(1)?)?,
        sale: SaleId::from_bytes(row.get(2)?),
        receipt_number: row.get(3)?,
        copy: row.get(4)?,
        state: parse(row.get(5)?)?,
        queued_at: Timestamp(row.get(6)?),
        not_after: row.get::<_, Option<i64>>(7)?.map(Timestamp),
        reason: row.get::<_, Option<String>>(8)?.map(parse).transpose()?,
    })
}

fn load(connection: &Connection, id: i64) -> Result<Option<PrintJob>, DatabaseError> {
    let mut statement =
        connection.prepare_cached(&format!("select {COLUMNS} from print_job where id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(job).transpose()
}

impl Reader {
    /// A job.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn print_job(&self, id: i64) -> Result<Option<PrintJob>, DatabaseError> {
        load(&self.ledger, id)
    }

    /// Whether the first job of this kind was ever queued for a sale.
    ///
    /// # Errors
    /// `Disk`.
    pub fn was_queued(&self, kind: PrintJobKind, sale: SaleId) -> Result<bool, DatabaseError> {
        let mut statement = self.ledger.prepare_cached("select 1 from print_job where key = ?1")?;
        Ok(statement.exists([key(kind, sale, 0)])?)
    }

    /// The jobs that are not done, the oldest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_print_jobs(&self, max: u32) -> Result<Vec<PrintJob>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(&format!(
            "select {COLUMNS} from print_job where {IS_OPEN} order by id limit ?1"
        ))?;
        let mut rows = statement.query([max])?;
        let mut jobs = Vec::new();
        while let Some(row) = rows.next()? {
            jobs.push(job(row)?);
        }
        Ok(jobs)
    }
}

impl LedgerTx<'_> {
    /// Queues a job. One event queues one job: `kind`, sale and copy are its key. Returns its number.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn queue_print(&self, new: &NewPrintJob) -> Result<i64, DatabaseError> {
        self.connection
            .prepare_cached(
                "insert into print_job (key, kind, sale, receipt_number, copy, state, queued_at, not_after)
                 values (?1, ?2, ?3, ?4, ?5, 'queued', ?6, ?7)",
            )?
            .execute(params![
                key(new.kind, new.sale, new.copy),
                kind_code(new.kind),
                new.sale.bytes(),
                new.receipt_number,
                new.copy,
                self.moment().wall.0,
                new.not_after.map(|at| at.0),
            ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// A job as this transaction sees it.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn print_job(&self, id: i64) -> Result<Option<PrintJob>, DatabaseError> {
        load(self.connection, id)
    }

    /// Forgets jobs that were done, or given up, before `before`. What waits or is uncertain stays, however old.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn forget_print_jobs(&self, before: Timestamp) -> Result<usize, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "delete from print_job where queued_at < ?1 and state in ('printed', 'expired', 'cancelled')",
        )?;
        Ok(statement.execute([before.0])?)
    }

    /// Nobody knows any more what came out of all that was not done: a receipt is asked about, a kick is over.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub(crate) fn doubt_print_jobs(&self) -> Result<(), DatabaseError> {
        self.connection.execute_batch(
            "update print_job set state = iif(kind = 'kick', 'cancelled', 'uncertain')
             where state = 'queued' or state = 'sending';",
        )?;
        Ok(())
    }

    /// Moves a job to another state, with the bytes it has and sent so far.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn set_print_state(
        &self,
        id: i64,
        state: PrintJobState,
        bytes: Option<(usize, usize)>,
        reason: Option<DeviceReason>,
    ) -> Result<(), DatabaseError> {
        let reason = match reason {
            Some(reason) => serde_json::to_value(reason)?.as_str().map(str::to_owned),
            None => None,
        };
        let (total, sent) =
            bytes.map_or((None, None), |(total, sent)| (i64::try_from(total).ok(), i64::try_from(sent).ok()));
        self.connection
            .prepare_cached(
                "update print_job set
                     state = ?2,
                     bytes_total = coalesce(?3, bytes_total),
                     bytes_sent = coalesce(?4, bytes_sent),
                     reason = ?5
                 where id = ?1",
            )?
            .execute(params![id, state_code(state), total, sent, reason])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::{DatabaseFile, Files};
    use crate::disk::SystemDisk;
    use std::sync::Arc;

    #[test]
    fn jobs_that_are_done_are_not_read_to_find_those_that_wait() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::of(folder.path(), Arc::new(SystemDisk)).unwrap();
        let connection = files.open_writer(DatabaseFile::Ledger).unwrap();
        let query =
            format!("explain query plan select {COLUMNS} from print_job where {IS_OPEN} order by id limit 1");
        let plan: String = connection.query_row(&query, [], |row| row.get(3)).unwrap();
        assert!(plan.ends_with("USING INDEX print_job_open"), "{plan}");
    }
}
