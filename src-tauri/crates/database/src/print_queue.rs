//! The print queue: what has to be printed or kicked, queued in the transaction of its sale.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::device::{DeviceReason, DeviceRole};
use domain::ids::SaleId;
use domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use wire::receipt::{PrintConfirmation, PrintJobKind, PrintJobState};

/// A job of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// Its number on this till.
    pub id: i64,
    /// What it is.
    pub kind: PrintJobKind,
    /// What it is about: a sale, or a drawer that was opened without one. A test is about itself.
    pub about: Uuid,
    /// The receipt number it is about; empty where there is none.
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
    /// The printer it was last sent to; before that, the one it is meant for where that matters.
    pub printer: Option<DeviceRole>,
    /// How often bytes of it left.
    pub attempts: u32,
    /// Its bytes, once it was made.
    pub bytes_total: Option<u32>,
    /// How many of them the line accepted last.
    pub bytes_sent: Option<u32>,
    /// How the printer said that it came out.
    pub confirmed_by: Option<PrintConfirmation>,
    /// The drawer that a kick opens; of no meaning for what is printed.
    pub drawer: u8,
}

impl PrintJob {
    /// The sale it is about, where it is about one.
    pub const fn sale(&self) -> SaleId {
        SaleId(self.about)
    }
}

/// A job to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrintJob {
    /// What it is.
    pub kind: PrintJobKind,
    /// What it is about.
    pub about: Uuid,
    /// The receipt number it is about; empty where there is none.
    pub receipt_number: String,
    /// 0 for the first print.
    pub copy: u32,
    /// When it is too late for it.
    pub not_after: Option<Timestamp>,
    /// The one printer it is meant for; `None`: whichever works.
    pub printer: Option<DeviceRole>,
    /// The drawer that a kick opens; of no meaning for what is printed.
    pub drawer: u8,
}

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintStep {
    /// Where it stands.
    pub state: PrintJobState,
    /// Its bytes, and how many the line accepted.
    pub bytes: Option<(usize, usize)>,
    /// Why it waits or is uncertain.
    pub reason: Option<DeviceReason>,
    /// The printer it is sent to.
    pub printer: Option<DeviceRole>,
    /// How the printer said that it came out.
    pub confirmed_by: Option<PrintConfirmation>,
}

impl PrintStep {
    /// A step to a state that says everything.
    pub const fn to(state: PrintJobState) -> Self {
        Self { state, bytes: None, reason: None, printer: None, confirmed_by: None }
    }

    /// The step with a reason.
    #[must_use]
    pub const fn because(self, reason: Option<DeviceReason>) -> Self {
        Self { reason, ..self }
    }
}

/// Jobs that are not done and are looked at at once: more would be no queue but a printer forgotten.
pub const JOBS_MAX: u32 = 100;

const COLUMNS: &str = "id, kind, about, receipt_number, copy, state, queued_at, not_after, reason, printer, attempts, \
                       bytes_total, bytes_sent, confirmed_by, drawer";

/// Word for word the condition of the index `print_job_open`, or the index is not used.
const IS_OPEN: &str = "state = 'queued' or state = 'sending' or state = 'uncertain'";

/// Terms of the same condition: the index serves them too.
const WAITS: &str = "state = 'queued'";
const LEAVES: &str = "state = 'sending'";

fn kind_code(kind: PrintJobKind) -> &'static str {
    match kind {
        PrintJobKind::Receipt => "receipt",
        PrintJobKind::Report => "report",
        PrintJobKind::Kick => "kick",
        PrintJobKind::Calibration => "calibration",
        PrintJobKind::Test => "test",
        PrintJobKind::SalesReport => "sales_report",
        PrintJobKind::Statement => "statement",
        PrintJobKind::Gift => "gift",
        PrintJobKind::Invoice => "invoice",
    }
}

/// One event queues one job.
fn key(kind: PrintJobKind, about: Uuid, copy: u32) -> String {
    format!("{}:{about}:{copy}", kind_code(kind))
}

fn state_code(state: PrintJobState) -> &'static str {
    match state {
        PrintJobState::Queued => "queued",
        PrintJobState::Sending => "sending",
        PrintJobState::Printed => "printed",
        PrintJobState::Unconfirmed => "unconfirmed",
        PrintJobState::Uncertain => "uncertain",
        PrintJobState::Expired => "expired",
        PrintJobState::Cancelled => "cancelled",
        PrintJobState::Failed => "failed",
    }
}

/// A value of a list of words as it is stored.
fn word(value: Option<impl Serialize>) -> Result<Option<String>, DatabaseError> {
    match value {
        Some(value) => Ok(serde_json::to_value(value)?.as_str().map(str::to_owned)),
        None => Ok(None),
    }
}

fn parse<T: DeserializeOwned>(code: String) -> Result<T, DatabaseError> {
    Ok(serde_json::from_value(serde_json::Value::String(code))?)
}

fn job(row: &Row<'_>) -> Result<PrintJob, DatabaseError> {
    Ok(PrintJob {
        id: row.get(0)?,
        kind: parse(row.get(1)?)?,
        about: Uuid::from_bytes(row.get(2)?),
        receipt_number: row.get(3)?,
        copy: row.get(4)?,
        state: parse(row.get(5)?)?,
        queued_at: Timestamp(row.get(6)?),
        not_after: row.get::<_, Option<i64>>(7)?.map(Timestamp),
        reason: row.get::<_, Option<String>>(8)?.map(parse).transpose()?,
        printer: row.get::<_, Option<String>>(9)?.map(parse).transpose()?,
        attempts: row.get(10)?,
        bytes_total: row.get(11)?,
        bytes_sent: row.get(12)?,
        confirmed_by: row.get::<_, Option<String>>(13)?.map(parse).transpose()?,
        drawer: row.get(14)?,
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

    /// What a report that is to be printed or sent was asked for; `None` when that was forgotten.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn asked_report<T: DeserializeOwned>(&self, about: Uuid) -> Result<Option<T>, DatabaseError> {
        let mut statement =
            self.ledger.prepare_cached("select asked from printed_report where about = ?1")?;
        let asked: Option<String> = statement.query_row([about.into_bytes()], |row| row.get(0)).optional()?;
        Ok(asked.map(|asked| serde_json::from_str(&asked)).transpose()?)
    }

    /// Whether the first job of this kind was ever queued for a sale.
    ///
    /// # Errors
    /// `Disk`.
    pub fn was_queued(&self, kind: PrintJobKind, sale: SaleId) -> Result<bool, DatabaseError> {
        let mut statement = self.ledger.prepare_cached("select 1 from print_job where key = ?1")?;
        Ok(statement.exists([key(kind, sale.0, 0)])?)
    }

    /// The jobs that are not done, the oldest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_print_jobs(&self, max: u32) -> Result<Vec<PrintJob>, DatabaseError> {
        self.print_jobs(&format!("where {IS_OPEN} order by id limit ?1"), max)
    }

    /// The jobs that wait, the oldest first. Those that are uncertain do not count: however many there are, what waits
    /// is seen.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn waiting_print_jobs(&self, max: u32) -> Result<Vec<PrintJob>, DatabaseError> {
        self.print_jobs(&format!("where {WAITS} order by id limit ?1"), max)
    }

    /// The jobs whose bytes are leaving, or were when the till stopped.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn sending_print_jobs(&self) -> Result<Vec<PrintJob>, DatabaseError> {
        self.print_jobs(&format!("where {LEAVES} order by id limit ?1"), JOBS_MAX)
    }

    /// The last jobs that are done, for better or worse, the newest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn done_print_jobs(&self, max: u32) -> Result<Vec<PrintJob>, DatabaseError> {
        self.print_jobs(&format!("where not ({IS_OPEN}) order by id desc limit ?1"), max)
    }

    fn print_jobs(&self, which: &str, max: u32) -> Result<Vec<PrintJob>, DatabaseError> {
        let mut statement =
            self.ledger.prepare_cached(&format!("select {COLUMNS} from print_job {which}"))?;
        let mut rows = statement.query([max])?;
        let mut jobs = Vec::new();
        while let Some(row) = rows.next()? {
            jobs.push(job(row)?);
        }
        Ok(jobs)
    }
}

impl LedgerTx<'_> {
    /// Queues a job. One event queues one job: kind, what it is about, and copy are its key. Returns its number.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn queue_print(&self, new: &NewPrintJob) -> Result<i64, DatabaseError> {
        self.connection
            .prepare_cached(
                "insert into print_job
                     (key, kind, about, receipt_number, copy, state, queued_at, not_after, printer, drawer)
                 values (?1, ?2, ?3, ?4, ?5, 'queued', ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                key(new.kind, new.about, new.copy),
                kind_code(new.kind),
                new.about.into_bytes(),
                new.receipt_number,
                new.copy,
                self.moment().wall.0,
                new.not_after.map(|at| at.0),
                word(new.printer)?,
                new.drawer,
            ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// The copy that the next job of this kind about this is: one more than any that is known.
    ///
    /// # Errors
    /// `Disk`.
    pub fn next_copy(&self, kind: PrintJobKind, about: Uuid) -> Result<u32, DatabaseError> {
        // Keys of one kind and one sale stand beside each other; `;` follows `:`.
        let (from, to) = (format!("{}:{about}:", kind_code(kind)), format!("{}:{about};", kind_code(kind)));
        Ok(self
            .connection
            .prepare_cached("select coalesce(max(copy) + 1, 0) from print_job where key >= ?1 and key < ?2")?
            .query_row([from, to], |row| row.get(0))?)
    }

    /// Keeps what a report is asked for while its print or letter waits; what was kept for those that are forgotten goes.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn keep_asked_report(&self, about: Uuid, asked: &impl Serialize) -> Result<(), DatabaseError> {
        self.connection.execute_batch(
            "delete from printed_report
             where about not in (select about from print_job where kind in ('sales_report', 'statement'))
                 and about not in (select about from letter where kind in ('report', 'statement'))",
        )?;
        self.connection
            .prepare_cached("insert into printed_report (about, asked) values (?1, ?2)")?
            .execute(params![about.into_bytes(), serde_json::to_string(asked)?])?;
        Ok(())
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
            "delete from print_job where queued_at < ?1 and not (state = 'queued' or state = 'sending' or state = 'uncertain')",
        )?;
        Ok(statement.execute([before.0])?)
    }

    /// Nobody knows any more what came out of all that was not done: a receipt is asked about, the rest is
    /// over.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub(crate) fn doubt_print_jobs(&self) -> Result<(), DatabaseError> {
        self.connection.execute_batch(
            "update print_job set state = iif(kind in ('receipt', 'report'), 'uncertain', 'cancelled')
             where state = 'queued' or state = 'sending';",
        )?;
        Ok(())
    }

    /// Notes what became of a job. What a step does not say of bytes, printer and confirmation stays.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn note_print(&self, id: i64, step: &PrintStep) -> Result<(), DatabaseError> {
        let (total, sent) = step
            .bytes
            .map_or((None, None), |(total, sent)| (u32::try_from(total).ok(), u32::try_from(sent).ok()));
        self.connection
            .prepare_cached(
                "update print_job set
                     state = ?2,
                     bytes_total = coalesce(?3, bytes_total),
                     bytes_sent = coalesce(?4, bytes_sent),
                     reason = ?5,
                     printer = coalesce(?6, printer),
                     attempts = attempts + (?2 = 'sending'),
                     confirmed_by = coalesce(?7, confirmed_by),
                     moved_at = ?8
                 where id = ?1",
            )?
            .execute(params![
                id,
                state_code(step.state),
                total,
                sent,
                word(step.reason)?,
                word(step.printer)?,
                word(step.confirmed_by)?,
                self.moment().wall.0,
            ])?;
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
        for which in [IS_OPEN, WAITS, LEAVES] {
            let query = format!(
                "explain query plan select {COLUMNS} from print_job where {which} order by id limit 1"
            );
            let plan: String = connection.query_row(&query, [], |row| row.get(3)).unwrap();
            assert!(plan.ends_with("USING INDEX print_job_open"), "{plan}");
        }
    }
}
