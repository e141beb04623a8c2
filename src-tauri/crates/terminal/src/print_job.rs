//! Print jobs: what waits, what needs a person, what became of the last ones.

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use database::print_queue::{JOBS_MAX, NewPrintJob, PrintJob, PrintStep};
use database::{Durability, Reader};
use domain::shift::FIRST_DRAWER;
use serde::{Deserialize, Serialize};
use wire::device::DeviceError;
use wire::envelope::Topic;
use wire::fact::{Fact, ReceiptConfirmed, ReceiptGivenUp, ReceiptReprinted};
use wire::receipt::{
    GiveUpPrintJob, PrintJobKind, PrintJobList, PrintJobState, PrintJobView, ResolvePrintJob,
};
use wire::session::Nothing;

/// Jobs that are done and are still shown.
const DONE_SHOWN: u32 = 20;
/// How long a receipt that waits is still wanted: after that nobody stands there for it, and a roll of paper must not
/// bring out the day.
const RECEIPT_MS: i64 = 60 * 60 * 1_000;

/// `print_job.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<PrintJobList, Error> {
    let views = |jobs: Vec<PrintJob>| jobs.into_iter().map(view).collect();
    Ok(PrintJobList {
        jobs: views(ask.reader.open_print_jobs(JOBS_MAX)?),
        done: views(ask.reader.done_print_jobs(DONE_SHOWN)?),
    })
}

/// `print_job.resolve`
pub fn resolve(act: &Act<'_>, request: ResolvePrintJob) -> Result<QueuedPrint, Error> {
    let (operator, day) = (act.operator, act.day());
    let business_day = Some(day);
    act.commit(move |tx| {
        let job = tx.print_job(request.id)?.ok_or(DeviceError::JobUnknown {})?;
        if job.state != PrintJobState::Uncertain {
            return Err(DeviceError::JobUnknown {}.into());
        }
        if job.kind == PrintJobKind::Report {
            tx.note_print(job.id, &PrintStep::to(said(request.came_out)))?;
            let again =
                if request.came_out { job.id } else { crate::shift::print_again(tx, operator, job.about)? };
            return Ok(QueuedPrint { job: again });
        }
        let sale = job.sale();
        if job.kind == PrintJobKind::Invoice {
            tx.note_print(job.id, &PrintStep::to(said(request.came_out)))?;
            let again = match request.came_out {
                true => job.id,
                false => crate::invoice::print_again(tx, operator, day, sale)?,
            };
            return Ok(QueuedPrint { job: again });
        }
        if request.came_out {
            tx.note_print(job.id, &PrintStep::to(PrintJobState::Printed))?;
            let fact = ReceiptConfirmed { sale, receipt_number: job.receipt_number };
            tx.append(operator, &Fact::ReceiptConfirmed(fact), &[])?;
            return Ok(QueuedPrint { job: job.id });
        }
        // The paper may hold the first print after all: the next one says that it is a duplicate.
        let copy = tx.completed_sale(sale)?.ok_or(DeviceError::JobUnknown {})?.copies + 1;
        tx.note_print(job.id, &PrintStep::to(PrintJobState::Cancelled))?;
        let receipt_number = job.receipt_number.clone();
        let fact = ReceiptReprinted { sale, receipt_number, copy, business_day };
        tx.append(operator, &Fact::ReceiptReprinted(fact), &[])?;
        let again = receipt(sale.0, job.receipt_number, copy, tx.moment().wall);
        Ok(QueuedPrint { job: tx.queue_print(&again)? })
    })
}

/// What becomes of an uncertain job once somebody looked.
const fn said(came_out: bool) -> PrintJobState {
    if came_out { PrintJobState::Printed } else { PrintJobState::Cancelled }
}

/// `print_job.give_up`
pub fn give_up(act: &Act<'_>, request: GiveUpPrintJob) -> Result<QueuedPrint, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let job = tx.print_job(request.id)?.ok_or(DeviceError::JobUnknown {})?;
        // What is leaving cannot be called back, and a kick is over in seconds.
        if job.state != PrintJobState::Queued || job.kind == PrintJobKind::Kick {
            return Err(DeviceError::JobUnknown {}.into());
        }
        tx.note_print(job.id, &PrintStep::to(PrintJobState::Cancelled).because(job.reason))?;
        if job.kind == PrintJobKind::Receipt {
            let fact =
                ReceiptGivenUp { sale: job.sale(), receipt_number: job.receipt_number, copy: job.copy };
            tx.append(operator, &Fact::ReceiptGivenUp(fact), &[])?;
        }
        Ok(QueuedPrint { job: job.id })
    })
}

/// A receipt to be queued.
pub fn receipt(
    sale: uuid::Uuid,
    receipt_number: String,
    copy: u32,
    now: domain::time::Timestamp,
) -> NewPrintJob {
    NewPrintJob {
        kind: PrintJobKind::Receipt,
        about: sale,
        receipt_number,
        copy,
        not_after: Some(now.plus_ms(RECEIPT_MS)),
        printer: None,
        drawer: FIRST_DRAWER,
    }
}

/// A receipt without prices to be queued.
pub fn gift(
    sale: uuid::Uuid,
    receipt_number: String,
    copy: u32,
    now: domain::time::Timestamp,
) -> NewPrintJob {
    NewPrintJob { kind: PrintJobKind::Gift, ..receipt(sale, receipt_number, copy, now) }
}

/// An invoice to be queued.
pub fn invoice(sale: uuid::Uuid, number: String, copy: u32, now: domain::time::Timestamp) -> NewPrintJob {
    NewPrintJob { kind: PrintJobKind::Invoice, ..receipt(sale, number, copy, now) }
}

/// Once after a start: what was *sending* when the till stopped may or may not have come out. A receipt is asked about;
/// a kick is over. Says how many there were.
pub fn recover(terminal: &Terminal) -> Result<Vec<PrintJob>, Error> {
    let mut recovered = terminal.devices.recovered();
    if *recovered {
        return Ok(Vec::new());
    }
    let jobs = terminal.database.read(Reader::sending_print_jobs)?;
    for job in &jobs {
        let (id, step) = (job.id, PrintStep::to(unknown(job.kind)).because(job.reason));
        terminal.database.write(Durability::Durable, terminal.now(), move |tx| {
            tx.note_print(id, &step).map_err(Error::from)
        })?;
    }
    *recovered = true;
    Ok(jobs)
}

/// What becomes of a job that may or may not have been carried out.
pub const fn unknown(kind: PrintJobKind) -> PrintJobState {
    match kind {
        PrintJobKind::Receipt | PrintJobKind::Report | PrintJobKind::Invoice => PrintJobState::Uncertain,
        // A kick belongs to its moment, and a page to whoever stands there: neither is repeated.
        PrintJobKind::Kick
        | PrintJobKind::Test
        | PrintJobKind::Calibration
        | PrintJobKind::SalesReport
        | PrintJobKind::Statement
        | PrintJobKind::Gift => PrintJobState::Cancelled,
    }
}

/// A job for the screen.
pub fn view(job: PrintJob) -> PrintJobView {
    PrintJobView {
        id: job.id,
        kind: job.kind,
        state: job.state,
        receipt_number: job.receipt_number,
        copy: job.copy,
        queued_at: job.queued_at,
        reason: job.reason,
        printer: job.printer,
        bytes_total: job.bytes_total,
        bytes_sent: job.bytes_sent,
        confirmed_by: job.confirmed_by,
    }
}

/// The job with this number, for the screen.
pub fn view_of(reader: &Reader, id: i64) -> Result<PrintJobView, Error> {
    Ok(view(reader.print_job(id)?.ok_or(DeviceError::JobUnknown {})?))
}

/// Something was queued for the printer.
#[derive(Serialize, Deserialize)]
pub struct QueuedPrint {
    /// The job.
    pub job: i64,
}

impl Effect for QueuedPrint {
    type Answer = PrintJobView;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Devices]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<PrintJobView, Error> {
        view_of(ask.reader, self.job)
    }
}
