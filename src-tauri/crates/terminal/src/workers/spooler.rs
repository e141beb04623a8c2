//! Prints what is queued and kicks the drawers that hang on a printer. Bytes leave only after their job is committed as
//! *sending*; what may have come out is never repeated without asking (invariant 14). What a printer says before and
//! after a job decides what is known of it (`spooler/known.rs`); when it is asked is in `spooler/looks.rs`, how in
//! `devices::printer`.

use super::{Next, Worker};
use crate::error::Error;
use crate::{Terminal, drawer, print_job};
use database::Durability;
use database::print_queue::{JOBS_MAX, PrintJob, PrintStep};
use devices::{Closed, Confirmation, Outcome, Printed, Profile};
use domain::device::{DeviceReason, DeviceRole, DeviceState, Devices};
use domain::shift::FIRST_DRAWER;
use known::{Hearing, Known, PAUSE_LONGEST_MS};
use looks::{OpenDrawer, Way};
use std::sync::Arc;
use std::time::Duration;
use wire::envelope::Topic;
use wire::receipt::{PrintConfirmation, PrintJobKind, PrintJobState};

mod bytes;
mod known;
mod looks;

/// Receipts that wait at most: what is beyond is for nobody any more. The oldest go first.
const WAITING_MAX: usize = 50;
/// What a job that was cut short may leave half said, where its length is not known.
const UNSAID_MAX: usize = 16_384;

/// The worker that owns the printers.
pub struct Spooler {
    terminal: Arc<Terminal>,
    receipts: Known,
    backup: Known,
    drawer: Option<OpenDrawer>,
    /// The backup printer prints what the receipt printer cannot.
    is_replaced: bool,
    /// The drawers that hang on the receipt printer.
    drawers: Vec<u8>,
}

impl Worker for Spooler {
    const NAME: &'static str = "spooler";
    const AWAITED: bool = true;

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl Spooler {
    /// A spooler of a terminal that was just opened.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        let (receipts, backup) = (Known::default(), Known::default());
        Self { terminal, receipts, backup, drawer: None, is_replaced: false, drawers: Vec::new() }
    }

    /// Prints the next job, if there is one and its printer answers.
    pub fn step(&mut self) -> Next {
        match self.work() {
            Ok(next) => next,
            Err(error) => {
                self.terminal.broke("the spooler could not work", &error);
                Next::Within(Duration::from_millis(PAUSE_LONGEST_MS))
            }
        }
    }

    fn work(&mut self) -> Result<Next, Error> {
        for job in print_job::recover(&self.terminal)? {
            // Whichever it was, both begin anew: it is done with once.
            for known in [&mut self.receipts, &mut self.backup] {
                known.unsaid =
                    job.bytes_total.map_or(UNSAID_MAX, |total| usize::try_from(total).unwrap_or(UNSAID_MAX));
            }
        }
        let settings =
            self.terminal.database.read(|reader| crate::device::settings_of(&self.terminal, reader))?.1;
        self.take_up(&settings);
        let due = self.due()?;
        let now_ms = self.terminal.now().mono_ms;
        let mut wait_ms = None;
        for job in &due {
            for role in roles(job, &settings) {
                let known = self.known(role);
                if known.settings.is_none() {
                    continue;
                }
                if now_ms < known.pause_until_ms {
                    let pause = known.pause_until_ms - now_ms;
                    wait_ms = Some(wait_ms.map_or(pause, |wait: u64| wait.min(pause)));
                    continue;
                }
                self.print(job, role, &settings)?;
                return Ok(Next::Again);
            }
        }
        let look = self.look_after(&settings, now_ms);
        Ok(match [wait_ms, look].into_iter().flatten().min() {
            Some(wait) => Next::Within(Duration::from_millis(wait.max(1))),
            None => Next::WhenWoken,
        })
    }

    /// Another printer begins anew.
    fn take_up(&mut self, settings: &Devices) {
        self.drawers = (FIRST_DRAWER..=settings.drawers())
            .filter(|drawer| drawer::hangs_on_printer(settings, *drawer))
            .collect();
        let roles = [
            (DeviceRole::ReceiptPrinter, &settings.receipt_printer),
            (DeviceRole::BackupPrinter, &settings.backup_printer),
        ];
        for (role, printer) in roles {
            let known = self.known_mut(role);
            if known.settings == *printer {
                continue;
            }
            let is_first = known.settings.is_none();
            let unsaid = if is_first { known.unsaid } else { 0 };
            *known = Known { settings: printer.clone(), unsaid, ..Known::default() };
            self.is_replaced = false;
            if !is_first {
                self.terminal.devices.forget(role);
            }
        }
    }

    /// What waits and is not too late: kicks first, as a drawer is waited for, and paper may be what a printer is out of.
    fn due(&self) -> Result<Vec<PrintJob>, Error> {
        let now = self.terminal.now().wall;
        let waiting = self.terminal.database.read(|reader| reader.waiting_print_jobs(JOBS_MAX))?;
        let (late, mut due): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|job| job.not_after.is_some_and(|at| now > at));
        let receipts = due.iter().filter(|job| job.kind == PrintJobKind::Receipt).count();
        let mut beyond = receipts.saturating_sub(WAITING_MAX);
        let mut given_up = late;
        due.retain(|job| {
            let goes = beyond > 0 && job.kind == PrintJobKind::Receipt;
            if goes {
                beyond -= 1;
                given_up.push(job.clone());
            }
            !goes
        });
        for job in given_up {
            self.note(&job, PrintStep::to(PrintJobState::Expired).because(job.reason))?;
        }
        due.sort_by_key(|job| job.kind != PrintJobKind::Kick);
        Ok(due)
    }

    fn known(&self, role: DeviceRole) -> &Known {
        if role == DeviceRole::BackupPrinter { &self.backup } else { &self.receipts }
    }

    fn known_mut(&mut self, role: DeviceRole) -> &mut Known {
        if role == DeviceRole::BackupPrinter { &mut self.backup } else { &mut self.receipts }
    }

    fn print(&mut self, job: &PrintJob, role: DeviceRole, settings: &Devices) -> Result<(), Error> {
        let Some(printer) = self.known(role).settings.clone() else { return Ok(()) };
        let Some(profile) = Profile::of(&printer) else {
            return self.waits(job, role, DeviceReason::ConfigInvalid);
        };
        let mut line = match self.open(role, &printer) {
            Ok(line) => line,
            Err(reason) => return self.waits(job, role, reason),
        };
        let way = match self.way(job, role, &mut line, &profile) {
            Ok(way) => way,
            Err(reason) => {
                line.hang_up();
                return self.waits(job, role, reason);
            }
        };
        let bytes = match self.bytes(job, &way, settings, &profile) {
            Ok(bytes) => bytes,
            // A job that cannot be made must not stand in the way of the others, nor disappear.
            Err(error) => {
                line.hang_up();
                self.terminal.broke("a print could not be made", &error);
                return self
                    .note(job, PrintStep::to(PrintJobState::Failed).because(Some(DeviceReason::NotMade)));
            }
        };
        let unsaid = self.known(role).unsaid;
        if unsaid > 0 && matches!(way, Way::Free) {
            if let Err(fault) = line.set_back(unsaid) {
                return self.waits(job, role, fault.reason());
            }
            self.known_mut(role).unsaid = 0;
        }
        let sending = PrintStep {
            bytes: Some((bytes.len(), 0)),
            printer: Some(role),
            ..PrintStep::to(PrintJobState::Sending)
        };
        self.note(job, sending)?;
        let printed = match job.kind {
            PrintJobKind::Kick => line.send(&bytes),
            PrintJobKind::Receipt
            | PrintJobKind::Report
            | PrintJobKind::SalesReport
            | PrintJobKind::Statement
            | PrintJobKind::Gift
            | PrintJobKind::Invoice
            | PrintJobKind::Test
            | PrintJobKind::Calibration => {
                self.tell(role, DeviceState::Busy, None);
                let confirms = match self.known(role).hearing {
                    Hearing::Speaks(best) => profile.status.confirms.max(best),
                    Hearing::Unknown | Hearing::Silent => profile.status.confirms,
                };
                line.print(&bytes, u32::try_from(job.id % 78_074_896).unwrap_or_default(), confirms)
            }
        };
        self.after(job, role, printed)
    }

    fn after(&mut self, job: &PrintJob, role: DeviceRole, printed: Printed) -> Result<(), Error> {
        let bytes = Some((printed.total, printed.accepted));
        match printed.outcome {
            Outcome::Confirmed(how) => {
                self.works(role, job, Some(how));
                let confirmed_by = confirmation(how);
                self.note(job, PrintStep { bytes, confirmed_by, ..PrintStep::to(PrintJobState::Printed) })
            }
            Outcome::Taken(closed) => {
                self.works(role, job, None);
                if closed == Closed::Unconfirmed {
                    self.known_mut(role).unsaid = printed.total;
                }
                let state = match job.kind {
                    PrintJobKind::Kick => PrintJobState::Printed,
                    PrintJobKind::Receipt
                    | PrintJobKind::Report
                    | PrintJobKind::SalesReport
                    | PrintJobKind::Statement
                    | PrintJobKind::Gift
                    | PrintJobKind::Invoice
                    | PrintJobKind::Test
                    | PrintJobKind::Calibration => PrintJobState::Unconfirmed,
                };
                self.note(job, PrintStep { bytes, ..PrintStep::to(state) })
            }
            Outcome::Doubtful(reason) => {
                tracing::warn!(
                    job = job.id,
                    total = printed.total,
                    sent = printed.accepted,
                    ?reason,
                    "a print is uncertain"
                );
                // Also one that says what is wrong: what it had no room for was taken by the line and is lost with it.
                self.known_mut(role).unsaid = printed.total;
                let state = print_job::unknown(job.kind);
                self.note(job, PrintStep { bytes, ..PrintStep::to(state).because(Some(reason)) })?;
                self.pause(role, reason);
                Ok(())
            }
            Outcome::NothingLeft(reason) => {
                tracing::warn!(job = job.id, ?reason, "the printer took nothing");
                let step = PrintStep::to(PrintJobState::Queued).because(Some(reason));
                self.note(job, PrintStep { bytes, ..step })?;
                self.pause(role, reason);
                Ok(())
            }
        }
    }

    /// A job went through.
    fn works(&mut self, role: DeviceRole, job: &PrintJob, confirmed: Option<Confirmation>) {
        let now_ms = self.terminal.now().mono_ms;
        let known = self.known_mut(role);
        known.failures = 0;
        known.pause_until_ms = 0;
        let silent = matches!(known.hearing, Hearing::Silent);
        if let Some(how) = confirmed {
            // What it did not say this time it will not say next time: nobody waits for it again.
            known.hearing = Hearing::Speaks(how);
        }
        if role == DeviceRole::ReceiptPrinter {
            self.is_replaced = false;
        } else if job.kind == PrintJobKind::Receipt {
            self.is_replaced = true;
            // It is not ready, or the job would be its own: that is said with what is done about it.
            self.tell(DeviceRole::ReceiptPrinter, DeviceState::NotReady, Some(DeviceReason::Replaced));
        }
        if job.kind == PrintJobKind::Kick {
            // Only the first has a switch that is looked at.
            if job.drawer == FIRST_DRAWER {
                self.drawer = Some(OpenDrawer { since_ms: now_ms, looked_ms: now_ms });
            }
            self.tell(DeviceRole::drawer(job.drawer), DeviceState::Ready, None);
        } else if silent {
            self.tell(role, DeviceState::Degraded, Some(DeviceReason::Silent));
        } else {
            self.tell(role, DeviceState::Ready, None);
        }
    }

    /// Nothing left: the job waits.
    fn waits(&mut self, job: &PrintJob, role: DeviceRole, reason: DeviceReason) -> Result<(), Error> {
        if job.reason != Some(reason) {
            self.note(job, PrintStep::to(PrintJobState::Queued).because(Some(reason)))?;
        }
        self.pause(role, reason);
        Ok(())
    }

    fn pause(&mut self, role: DeviceRole, reason: DeviceReason) {
        let now_ms = self.terminal.now().mono_ms;
        let known = self.known_mut(role);
        let pause = known.pause_ms(reason);
        known.failures = known.failures.saturating_add(1);
        known.pause_until_ms = now_ms + pause;
        self.tell(role, DeviceState::NotReady, Some(reason));
    }

    fn note(&self, job: &PrintJob, step: PrintStep) -> Result<(), Error> {
        let id = job.id;
        self.terminal.database.write(Durability::Durable, self.terminal.now(), move |tx| {
            tx.note_print(id, &step).map_err(Error::from)
        })?;
        if step.state != PrintJobState::Sending {
            self.terminal.announce(&[Topic::Devices]);
        }
        Ok(())
    }
}

/// The printers a job may be sent to, the best first.
fn roles(job: &PrintJob, settings: &Devices) -> Vec<DeviceRole> {
    match job.kind {
        PrintJobKind::Test | PrintJobKind::Calibration => job.printer.into_iter().collect(),
        // A drawer hangs on the receipt printer, or has a line of its own.
        PrintJobKind::Kick if drawer::hangs_on_printer(settings, job.drawer) => {
            vec![DeviceRole::ReceiptPrinter]
        }
        PrintJobKind::Kick => Vec::new(),
        PrintJobKind::Receipt
        | PrintJobKind::Report
        | PrintJobKind::SalesReport
        | PrintJobKind::Statement
        | PrintJobKind::Gift
        | PrintJobKind::Invoice => {
            vec![DeviceRole::ReceiptPrinter, DeviceRole::BackupPrinter]
        }
    }
}

const fn confirmation(how: Confirmation) -> Option<PrintConfirmation> {
    match how {
        Confirmation::ProcessId => Some(PrintConfirmation::ProcessId),
        Confirmation::InOrder => Some(PrintConfirmation::InOrder),
        Confirmation::RealTime => Some(PrintConfirmation::RealTime),
        Confirmation::None => None,
    }
}
