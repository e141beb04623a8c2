//! Prints what is queued and kicks the drawer. Bytes leave only after their job is committed as *sending*; what may have
//! come out is never repeated without asking (invariant 14).

use super::{Next, Worker};
use crate::error::Error;
use crate::texts::{Key, Texts};
use crate::{Terminal, receipt};
use database::print_queue::{JOBS_MAX, PrintJob};
use database::{Durability, Reader};
use devices::{Profile, Transport, calibration, escpos};
use domain::device::{DeviceReason, DeviceRole, DeviceState, PrinterSettings};
use domain::settings::Language;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wire::envelope::Topic;
use wire::receipt::{PrintJobKind, PrintJobState};

/// How long the bytes of a job may take: a fixed part, and a part for every 4 KiB.
const JOB_WAIT: Duration = Duration::from_secs(10);
const JOB_WAIT_PER_4K: Duration = Duration::from_secs(1);
/// How long hanging up may take.
const CLOSE_WAIT: Duration = Duration::from_secs(5);
/// The pause after the first failure; it doubles up to the longest.
const PAUSE_FIRST_MS: u64 = 500;
const PAUSE_LONGEST_MS: u64 = 30_000;

/// The worker that owns the receipt printer.
pub struct Spooler {
    terminal: Arc<Terminal>,
    recovered: bool,
    failures: u32,
    pause_until_ms: u64,
}

impl Worker for Spooler {
    const NAME: &'static str = "spooler";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl Spooler {
    /// A spooler of a terminal that was just opened.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, recovered: false, failures: 0, pause_until_ms: 0 }
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
        if !self.recovered {
            self.recover()?;
            self.recovered = true;
        }
        let jobs = self.terminal.database.read(|reader| reader.open_print_jobs(JOBS_MAX))?;
        let now = self.terminal.now();
        let (late, due): (Vec<_>, Vec<_>) = jobs
            .into_iter()
            .filter(|job| job.state == PrintJobState::Queued)
            .partition(|job| job.not_after.is_some_and(|at| now.wall > at));
        for job in late {
            self.set(job.id, PrintJobState::Expired, None, job.reason)?;
        }
        // A drawer is waited for; paper can wait, and may be what the printer is out of.
        let next = due.iter().find(|job| job.kind == PrintJobKind::Kick).or(due.first());
        let Some(job) = next else { return Ok(Next::WhenWoken) };
        if now.mono_ms < self.pause_until_ms {
            return Ok(Next::Within(Duration::from_millis(self.pause_until_ms - now.mono_ms)));
        }
        let (_, settings) =
            self.terminal.database.read(|reader| crate::device::settings_of(&self.terminal, reader))?;
        let Some(printer) = settings.receipt_printer else { return Ok(Next::WhenWoken) };
        self.print(job, &printer)?;
        Ok(Next::Again)
    }

    /// What was *sending* when the till stopped may or may not have come out: a receipt is asked about, a kick is over.
    fn recover(&self) -> Result<(), Error> {
        let jobs = self.terminal.database.read(|reader| reader.open_print_jobs(JOBS_MAX))?;
        for job in jobs.into_iter().filter(|job| job.state == PrintJobState::Sending) {
            self.set(job.id, unknown(job.kind), None, job.reason)?;
        }
        Ok(())
    }

    fn print(&mut self, job: &PrintJob, printer: &PrinterSettings) -> Result<(), Error> {
        let Some(profile) = Profile::of(printer) else {
            self.failed(job, DeviceReason::ConfigInvalid)?;
            return Ok(());
        };
        let bytes = match job.kind {
            PrintJobKind::Kick => escpos::drawer_kick(&profile),
            PrintJobKind::Calibration => {
                let shop = |reader: &Reader| crate::ask::shop(&self.terminal, reader);
                // Its words are in letters every printer has.
                let texts = Texts::of(match self.terminal.database.read(shop)?.1.language {
                    Language::Ar => Language::En,
                    latin => latin,
                });
                let (title, question) =
                    (texts.text(Key::PaperCalibration), texts.text(Key::PaperCalibrationQuestion));
                calibration::page(&profile, &title, &question)
            }
            PrintJobKind::Receipt => {
                let document = self
                    .terminal
                    .database
                    .read(|reader| receipt::printed(&self.terminal, reader, job.sale, job.copy))?;
                self.terminal.press().escpos(&document, &profile)
            }
        };
        let line = match self.terminal.surroundings.devices.open_printer(printer) {
            Ok(line) => line,
            Err(error) => {
                tracing::warn!(job = job.id, %error, "the printer does not open");
                self.failed(job, error.reason())?;
                return Ok(());
            }
        };
        self.set(job.id, PrintJobState::Sending, Some((bytes.len(), 0)), None)?;
        self.send(job, line, &bytes)
    }

    fn send(&mut self, job: &PrintJob, mut line: Box<dyn Transport>, bytes: &[u8]) -> Result<(), Error> {
        let blocks = u32::try_from(bytes.len() / 4_096).unwrap_or(u32::MAX);
        let wait = JOB_WAIT + JOB_WAIT_PER_4K * blocks;
        let total = bytes.len();
        match line.write(bytes, Instant::now() + wait) {
            Ok(()) => match line.close(Instant::now() + CLOSE_WAIT) {
                Ok(_) => {
                    self.failures = 0;
                    self.note(DeviceState::Ready, None);
                    self.set(job.id, PrintJobState::Printed, Some((total, total)), None)
                }
                Err(error) => self.doubtful(job, (total, total), error.reason()),
            },
            Err(error) if error.accepted == 0 => {
                tracing::warn!(job = job.id, %error, "the printer took nothing");
                self.set(job.id, PrintJobState::Queued, Some((total, 0)), Some(error.reason()))?;
                self.failed(job, error.reason())
            }
            Err(error) => self.doubtful(job, (total, error.accepted), error.reason()),
        }
    }

    /// Some bytes left and nobody knows what came out.
    fn doubtful(&mut self, job: &PrintJob, bytes: (usize, usize), reason: DeviceReason) -> Result<(), Error> {
        tracing::warn!(job = job.id, total = bytes.0, sent = bytes.1, ?reason, "a print is uncertain");
        self.set(job.id, unknown(job.kind), Some(bytes), Some(reason))?;
        self.pause(reason);
        Ok(())
    }

    /// Nothing left: the job waits.
    fn failed(&mut self, job: &PrintJob, reason: DeviceReason) -> Result<(), Error> {
        if job.reason != Some(reason) {
            self.set(job.id, PrintJobState::Queued, None, Some(reason))?;
        }
        self.pause(reason);
        Ok(())
    }

    fn pause(&mut self, reason: DeviceReason) {
        let pause = PAUSE_FIRST_MS.saturating_mul(1 << self.failures.min(10)).min(PAUSE_LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        self.pause_until_ms = self.terminal.now().mono_ms + pause;
        self.note(DeviceState::NotReady, Some(reason));
    }

    fn note(&self, state: DeviceState, reason: Option<DeviceReason>) {
        let statuses = &self.terminal.devices;
        let printer = statuses.set(DeviceRole::ReceiptPrinter, state, reason);
        let drawer = statuses.set(DeviceRole::Drawer, state, reason);
        if printer || drawer {
            self.terminal.announce(&[Topic::Devices]);
        }
    }

    fn set(
        &self,
        id: i64,
        state: PrintJobState,
        bytes: Option<(usize, usize)>,
        reason: Option<DeviceReason>,
    ) -> Result<(), Error> {
        self.terminal.database.write(Durability::Durable, self.terminal.now(), move |tx| {
            tx.set_print_state(id, state, bytes, reason).map_err(Error::from)
        })?;
        if matches!(state, PrintJobState::Uncertain | PrintJobState::Queued) {
            self.terminal.announce(&[Topic::Devices]);
        }
        Ok(())
    }
}

/// What becomes of a job that may or may not have been carried out.
fn unknown(kind: PrintJobKind) -> PrintJobState {
    match kind {
        PrintJobKind::Receipt => PrintJobState::Uncertain,
        // A kick belongs to its moment and is never repeated.
        PrintJobKind::Kick => PrintJobState::Cancelled,
        // Whoever wants it stands beside the printer.
        PrintJobKind::Calibration => PrintJobState::Cancelled,
    }
}
