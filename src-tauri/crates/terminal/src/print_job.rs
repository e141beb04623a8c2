//! Print jobs that need a person.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use database::Reader;
use database::print_queue::{JOBS_MAX, NewPrintJob, PrintJob};
use serde::{Deserialize, Serialize};
use wire::device::DeviceError;
use wire::envelope::Topic;
use wire::fact::{Fact, ReceiptConfirmed, ReceiptReprinted};
use wire::receipt::{PrintJobKind, PrintJobList, PrintJobState, PrintJobView, ResolvePrintJob};
use wire::session::Nothing;

/// `print_job.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<PrintJobList, Error> {
    Ok(PrintJobList { jobs: ask.reader.open_print_jobs(JOBS_MAX)?.into_iter().map(view).collect() })
}

/// `print_job.resolve`
pub fn resolve(act: &Act<'_>, request: ResolvePrintJob) -> Result<QueuedPrint, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let job = tx.print_job(request.id)?.ok_or(DeviceError::JobUnknown {})?;
        if job.state != PrintJobState::Uncertain {
            return Err(DeviceError::JobUnknown {}.into());
        }
        if request.came_out {
            tx.set_print_state(job.id, PrintJobState::Printed, None, None)?;
            let fact = ReceiptConfirmed { sale: job.sale, receipt_number: job.receipt_number };
            tx.append(operator, &Fact::ReceiptConfirmed(fact), &[])?;
            return Ok(QueuedPrint { job: job.id });
        }
        // The paper may hold the first print after all: the next one says that it is a duplicate.
        let sale = tx.completed_sale(job.sale)?.ok_or(DeviceError::JobUnknown {})?;
        let copy = sale.copies + 1;
        tx.set_print_state(job.id, PrintJobState::Cancelled, None, None)?;
        let fact = ReceiptReprinted { sale: job.sale, receipt_number: job.receipt_number.clone(), copy };
        tx.append(operator, &Fact::ReceiptReprinted(fact), &[])?;
        let again = NewPrintJob {
            kind: PrintJobKind::Receipt,
            sale: job.sale,
            receipt_number: job.receipt_number,
            copy,
            not_after: None,
        };
        Ok(QueuedPrint { job: tx.queue_print(&again)? })
    })
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
