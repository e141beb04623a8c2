//! Opens the drawers that have a serial line of their own. A kick belongs to one event: it is sent once, in its seconds, or
//! not at all. A drawer that hangs on a printer is the spooler's.

use super::{Next, Worker};
use crate::error::Error;
use crate::{Terminal, print_job};
use database::Durability;
use database::print_queue::{JOBS_MAX, PrintJob, PrintStep};
use devices::{OpenError, WriteError};
use domain::device::{DeviceReason, DeviceRole, DeviceState, DrawerConnection};
use domain::shift::FIRST_DRAWER;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use wire::envelope::Topic;
use wire::receipt::{PrintJobKind, PrintJobState};

/// The pause before a line that does not open is tried again: a kick waits seconds, not minutes.
const PAUSE_MS: u64 = 500;

/// The worker that owns the lines of the drawers.
pub struct DrawerKicker {
    terminal: Arc<Terminal>,
    /// By drawer: one whose line does not open keeps nobody from the other.
    pause_until_ms: BTreeMap<u8, u64>,
}

impl Worker for DrawerKicker {
    const NAME: &'static str = "drawer";
    const AWAITED: bool = true;

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl DrawerKicker {
    /// A worker whose lines are not open yet.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, pause_until_ms: BTreeMap::new() }
    }

    /// Sends the next kick, if there is one and its drawer has a line.
    pub fn step(&mut self) -> Next {
        match self.work() {
            Ok(next) => next,
            Err(error) => {
                self.terminal.broke("the drawer could not be opened", &error);
                Next::Within(Duration::from_secs(30))
            }
        }
    }

    fn work(&mut self) -> Result<Next, Error> {
        let settings =
            self.terminal.database.read(|reader| crate::device::settings_of(&self.terminal, reader))?.1;
        let line = |drawer| match settings.opens(drawer) {
            Some(DrawerConnection::Serial { port, baud, bytes }) => Some((port, *baud, bytes)),
            Some(DrawerConnection::Printer { .. }) | None => None,
        };
        if (FIRST_DRAWER..=settings.drawers()).all(|drawer| line(drawer).is_none()) {
            return Ok(Next::WhenWoken);
        }
        print_job::recover(&self.terminal)?;
        let now = self.terminal.now();
        let jobs = self.terminal.database.read(|reader| reader.waiting_print_jobs(JOBS_MAX))?;
        let mut wait_ms: Option<u64> = None;
        for job in jobs.into_iter().filter(|job| job.kind == PrintJobKind::Kick) {
            let Some((port, baud, bytes)) = line(job.drawer) else { continue };
            if job.not_after.is_some_and(|at| now.wall > at) {
                self.note(&job, PrintStep::to(PrintJobState::Expired).because(job.reason))?;
                continue;
            }
            let pause =
                self.pause_until_ms.get(&job.drawer).copied().unwrap_or(0).saturating_sub(now.mono_ms);
            if pause > 0 {
                wait_ms = Some(wait_ms.map_or(pause, |wait| wait.min(pause)));
                continue;
            }
            self.kick(&job, port, baud, &crate::device::hex(bytes).unwrap_or_default())?;
            return Ok(Next::Again);
        }
        Ok(wait_ms.map_or(Next::WhenWoken, |wait| Next::Within(Duration::from_millis(wait))))
    }

    fn kick(&mut self, job: &PrintJob, port: &str, baud: u32, bytes: &[u8]) -> Result<(), Error> {
        let (drawer, role) = (job.drawer, DeviceRole::drawer(job.drawer));
        let line = match self.terminal.surroundings.devices.open_drawer(port, baud) {
            Ok(line) => self.terminal.devices.log(role).listen(line),
            Err(error) => return self.not_open(job, &error),
        };
        let sending = PrintStep {
            bytes: Some((bytes.len(), 0)),
            printer: Some(role),
            ..PrintStep::to(PrintJobState::Sending)
        };
        self.note(job, sending)?;
        let done = match devices::drawer::kick(line, bytes) {
            Ok(()) => {
                self.tell(drawer, DeviceState::Ready, None);
                PrintStep { bytes: Some((bytes.len(), bytes.len())), ..PrintStep::to(PrintJobState::Printed) }
            }
            Err(WriteError { accepted: 0, fault }) => {
                self.pause(drawer, fault.reason());
                PrintStep::to(PrintJobState::Queued).because(Some(fault.reason()))
            }
            // It may have sprung open: once is enough.
            Err(WriteError { accepted, fault }) => {
                self.tell(drawer, DeviceState::NotReady, Some(fault.reason()));
                PrintStep {
                    bytes: Some((bytes.len(), accepted)),
                    ..PrintStep::to(PrintJobState::Cancelled).because(Some(fault.reason()))
                }
            }
        };
        self.note(job, done)
    }

    fn not_open(&mut self, job: &PrintJob, error: &OpenError) -> Result<(), Error> {
        tracing::warn!(job = job.id, %error, "the drawer's line does not open");
        self.terminal.devices.log(DeviceRole::drawer(job.drawer)).note(true, &[], Some(error.to_string()));
        self.pause(job.drawer, error.reason());
        if job.reason == Some(error.reason()) {
            return Ok(());
        }
        self.note(job, PrintStep::to(PrintJobState::Queued).because(Some(error.reason())))
    }

    fn pause(&mut self, drawer: u8, reason: DeviceReason) {
        self.pause_until_ms.insert(drawer, self.terminal.now().mono_ms + PAUSE_MS);
        self.tell(drawer, DeviceState::NotReady, Some(reason));
    }

    fn tell(&self, drawer: u8, state: DeviceState, reason: Option<DeviceReason>) {
        let role = DeviceRole::drawer(drawer);
        if self.terminal.devices.set(role, state, reason, self.terminal.now().wall) {
            self.terminal.announce(&[Topic::Devices]);
        }
    }

    fn note(&self, job: &PrintJob, step: PrintStep) -> Result<(), Error> {
        let id = job.id;
        self.terminal.database.write(Durability::Durable, self.terminal.now(), move |tx| {
            tx.note_print(id, &step).map_err(Error::from)
        })
    }
}
