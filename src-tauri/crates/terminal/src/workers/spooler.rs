//! Prints what is queued and kicks the drawer that hangs on a printer. Bytes leave only after their job is committed as
//! *sending*; what may have come out is never repeated without asking (invariant 14). What a printer says before and
//! after a job decides what is known of it; how it is asked is in `devices::printer`.

use super::{Next, Worker};
use crate::error::Error;
use crate::texts::{Key, Texts};
use crate::{Terminal, drawer, print_job, receipt};
use database::Durability;
use database::print_queue::{JOBS_MAX, PrintJob, PrintStep};
use devices::{Confirmation, Outcome, Printed, Printer, PrinterStatus, Profile, Told, calibration};
use domain::device::{
    Connection, DeviceReason, DeviceRole, DeviceState, Devices, DrawerConnection, DrawerPins, DrawerSensor,
    PrinterSettings,
};
use domain::document::Document;
use domain::settings::Language;
use std::sync::Arc;
use std::time::Duration;
use wire::envelope::Topic;
use wire::receipt::{PrintConfirmation, PrintJobKind, PrintJobState};

/// The pause after the first failure; it doubles up to the longest.
const PAUSE_FIRST_MS: u64 = 500;
const PAUSE_LONGEST_MS: u64 = 30_000;
/// The pause before a printer is asked again that says what is wrong with it.
const PAUSE_ANSWERING_MS: u64 = 2_000;
/// How often a printer that has nothing to do is asked how it is; one on the network may have others to serve.
const ASK_EVERY_MS: u64 = 20_000;
const ASK_EVERY_ON_NETWORK_MS: u64 = 60_000;
/// How often a printer that says nothing is asked all the same.
const ASK_SILENT_EVERY_MS: u64 = 600_000;
/// After a kick: how often it is looked whether the drawer is still open, from when on that is said, and for how long.
const LOOK_EVERY_MS: u64 = 2_000;
const LEFT_OPEN_MS: u64 = 30_000;
const LOOK_FOR_MS: u64 = 600_000;
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
    /// The drawer does not hang on a printer.
    drawer_has_line: bool,
}

/// What is known of a printer since it was set up.
#[derive(Default)]
struct Known {
    settings: Option<PrinterSettings>,
    failures: u32,
    pause_until_ms: u64,
    hearing: Hearing,
    /// A job was cut short: so many of its bytes may be missing.
    unsaid: usize,
    asked_ms: Option<u64>,
}

/// What a printer says, as far as it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hearing {
    /// Nothing was asked.
    #[default]
    Unknown,
    /// It answers, and confirms no better than this.
    Speaks(Confirmation),
    /// It was asked and kept silent.
    Silent,
}

/// A drawer that was opened and is not known to be closed.
struct OpenDrawer {
    since_ms: u64,
    looked_ms: u64,
}

/// What can be sent to a printer as it is.
enum Way {
    /// Everything.
    Free,
    /// Only what it does at once, whatever stops it.
    AtOnce,
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
        let (receipts, backup) = (Known::default(), Known::default());
        Self { terminal, receipts, backup, drawer: None, drawer_has_line: false }
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
        self.drawer_has_line = drawer::has_line(settings);
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
            PrintJobKind::Receipt | PrintJobKind::Test | PrintJobKind::Calibration => {
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

    /// Opens the line to a printer, listened in on.
    fn open(&self, role: DeviceRole, printer: &PrinterSettings) -> Result<Printer, DeviceReason> {
        let log = self.terminal.devices.log(role);
        match self.terminal.surroundings.devices.open_printer(printer) {
            Ok(line) => Ok(Printer::new(log.listen(line))),
            Err(error) => {
                tracing::warn!(?role, %error, "the printer does not open");
                log.note(true, &[], Some(error.to_string()));
                Err(error.reason())
            }
        }
    }

    /// Asks the printer how it is, before byte 0. A printer that says nothing is printed on; one that says that it cannot
    /// print, or says what no printer says, is not.
    fn way(
        &mut self,
        job: &PrintJob,
        role: DeviceRole,
        line: &mut Printer,
        profile: &Profile,
    ) -> Result<Way, DeviceReason> {
        let is_brief = match self.known(role).hearing {
            // Whoever waits for the drawer does not wait for one that says nothing.
            Hearing::Silent if job.kind == PrintJobKind::Kick => return Ok(Way::Free),
            Hearing::Silent => true,
            Hearing::Unknown | Hearing::Speaks(_) => job.kind == PrintJobKind::Kick,
        };
        if !self.is_asked(role, profile) {
            return Ok(Way::Free);
        }
        let told = if is_brief { line.ask_briefly() } else { line.ask() };
        self.heard(role, told);
        match told {
            Told::Status(status) => match status.reason() {
                None => Ok(Way::Free),
                Some(_) if job.kind == PrintJobKind::Kick && profile.status.kicks_at_once => Ok(Way::AtOnce),
                Some(reason) => Err(reason),
            },
            Told::Silent => Ok(Way::Free),
            Told::Garbage => Err(DeviceReason::BadReply),
            Told::Broken(fault) => Err(fault.reason()),
        }
    }

    fn is_asked(&self, role: DeviceRole, profile: &Profile) -> bool {
        let settings = self.known(role).settings.as_ref();
        profile.status.answers && settings.is_some_and(|settings| settings.asks_status)
    }

    /// What a printer said when it was asked.
    fn heard(&mut self, role: DeviceRole, told: Told) {
        let now_ms = self.terminal.now().mono_ms;
        let known = self.known_mut(role);
        known.asked_ms = Some(now_ms);
        match told {
            Told::Status(_) => {
                if !matches!(known.hearing, Hearing::Speaks(_)) {
                    known.hearing = Hearing::Speaks(Confirmation::ProcessId);
                }
            }
            Told::Silent => known.hearing = Hearing::Silent,
            Told::Garbage | Told::Broken(_) => {}
        }
        if let Told::Status(status) = told {
            self.tell_status(role, status);
        }
    }

    /// What a printer said of itself, for the screens.
    fn tell_status(&self, role: DeviceRole, status: PrinterStatus) {
        match status.reason() {
            Some(reason) => self.tell(role, DeviceState::NotReady, Some(reason)),
            None if status.paper_low => self.tell(role, DeviceState::Degraded, Some(DeviceReason::PaperLow)),
            None => self.tell(role, DeviceState::Ready, None),
        }
    }

    fn bytes(
        &self,
        job: &PrintJob,
        way: &Way,
        settings: &Devices,
        profile: &Profile,
    ) -> Result<Vec<u8>, Error> {
        match (job.kind, way) {
            (PrintJobKind::Kick, Way::Free) => Ok(devices::drawer::pulse(profile, pins(settings))),
            (PrintJobKind::Kick, Way::AtOnce) => Ok(devices::drawer::pulse_at_once(profile, pins(settings))),
            (PrintJobKind::Receipt, _) => {
                let document = self
                    .terminal
                    .database
                    .read(|reader| receipt::printed(&self.terminal, reader, job.sale(), job.copy))?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::Calibration, _) => self.calibration_page(profile),
            (PrintJobKind::Test, _) => Ok(self.terminal.press().escpos(&self.test_page(profile)?, profile)),
        }
    }

    fn test_page(&self, profile: &Profile) -> Result<Document, Error> {
        let shop = self.terminal.database.read(|reader| crate::ask::shop(&self.terminal, reader))?.1;
        let now = self.terminal.now();
        Ok(Texts::of(shop.language).test_page(&profile.title, now.wall, now.zone_min))
    }

    /// The page that shows the printer's code pages, in letters every printer has.
    fn calibration_page(&self, profile: &Profile) -> Result<Vec<u8>, Error> {
        let shop = self.terminal.database.read(|reader| crate::ask::shop(&self.terminal, reader))?.1;
        let texts = Texts::of(match shop.language {
            Language::Ar => Language::En,
            latin => latin,
        });
        let (title, question) =
            (texts.text(Key::PaperCalibration), texts.text(Key::PaperCalibrationQuestion));
        Ok(calibration::page(profile, &title, &question))
    }

    fn after(&mut self, job: &PrintJob, role: DeviceRole, printed: Printed) -> Result<(), Error> {
        let bytes = Some((printed.total, printed.accepted));
        match printed.outcome {
            Outcome::Confirmed(how) => {
                self.works(role, job, Some(how));
                let confirmed_by = confirmation(how);
                self.note(job, PrintStep { bytes, confirmed_by, ..PrintStep::to(PrintJobState::Printed) })
            }
            Outcome::Taken => {
                self.works(role, job, None);
                let state = match job.kind {
                    PrintJobKind::Kick => PrintJobState::Printed,
                    PrintJobKind::Receipt | PrintJobKind::Test | PrintJobKind::Calibration => {
                        PrintJobState::Unconfirmed
                    }
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
                // One that says what is wrong has heard everything and goes on by itself once that is put right.
                self.known_mut(role).unsaid = if is_told(reason) { 0 } else { printed.total };
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
        if job.kind == PrintJobKind::Kick {
            self.drawer = Some(OpenDrawer { since_ms: now_ms, looked_ms: now_ms });
            self.tell(DeviceRole::Drawer, DeviceState::Ready, None);
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
        // It answers, and somebody is about to put it right.
        let pause = if is_told(reason) {
            PAUSE_ANSWERING_MS
        } else {
            PAUSE_FIRST_MS.saturating_mul(1 << known.failures.min(10)).min(PAUSE_LONGEST_MS)
        };
        known.failures = known.failures.saturating_add(1);
        known.pause_until_ms = now_ms + pause;
        self.tell(role, DeviceState::NotReady, Some(reason));
    }

    /// With nothing to print: how the printers are, and whether the drawer was left open. How long until the next look.
    fn look_after(&mut self, settings: &Devices, now_ms: u64) -> Option<u64> {
        let printers = [DeviceRole::ReceiptPrinter, DeviceRole::BackupPrinter].map(|role| {
            let every = self.asked_every(role)?;
            let next = self.known(role).asked_ms.map_or(now_ms, |at| at + every);
            if next > now_ms {
                return Some(next - now_ms);
            }
            self.look_at(role);
            Some(every)
        });
        let drawer = self.look_at_drawer(settings, now_ms);
        printers.into_iter().chain([drawer]).flatten().min()
    }

    /// How often a printer without a job is asked; `None` for one that is not.
    fn asked_every(&self, role: DeviceRole) -> Option<u64> {
        let known = self.known(role);
        let settings = known.settings.as_ref()?;
        let answers = Profile::named(&settings.profile)?.status.answers;
        let every = match (&settings.connection, known.hearing) {
            _ if !answers || !settings.asks_status => return None,
            // Nothing comes back from these.
            (Connection::Queue { .. } | Connection::File { .. }, _) => return None,
            (_, Hearing::Silent) => ASK_SILENT_EVERY_MS,
            (Connection::Tcp { .. }, _) => ASK_EVERY_ON_NETWORK_MS,
            (
                Connection::Serial { .. }
                | Connection::UsbPort { .. }
                | Connection::Usb { .. }
                | Connection::Simulated { .. },
                _,
            ) => ASK_EVERY_MS,
        };
        Some(every)
    }

    fn look_at(&mut self, role: DeviceRole) {
        let now_ms = self.terminal.now().mono_ms;
        self.known_mut(role).asked_ms = Some(now_ms);
        let Some(printer) = self.known(role).settings.clone() else { return };
        let mut line = match self.open(role, &printer) {
            Ok(line) => line,
            Err(reason) => return self.tell(role, DeviceState::NotReady, Some(reason)),
        };
        let told = line.ask();
        self.heard(role, told);
        match told {
            // It works again: what waits need not wait until the pause is over.
            Told::Status(status) if status.reason().is_none() => self.known_mut(role).pause_until_ms = 0,
            Told::Status(_) => {}
            Told::Silent => self.tell(role, DeviceState::Degraded, Some(DeviceReason::Silent)),
            Told::Garbage => self.tell(role, DeviceState::NotReady, Some(DeviceReason::BadReply)),
            Told::Broken(fault) => self.tell(role, DeviceState::NotReady, Some(fault.reason())),
        }
        line.hang_up();
    }

    /// Looks whether the drawer is still open, where it says so. How long until the next look.
    fn look_at_drawer(&mut self, settings: &Devices, now_ms: u64) -> Option<u64> {
        let sensor = settings.drawer.as_ref()?.sensor?;
        let drawer = self.drawer.as_ref()?;
        let (since, next) = (drawer.since_ms, drawer.looked_ms + LOOK_EVERY_MS);
        if next > now_ms {
            return Some(next - now_ms);
        }
        if now_ms > since + LOOK_FOR_MS {
            self.drawer = None;
            return None;
        }
        let role = DeviceRole::ReceiptPrinter;
        let printer = self.known(role).settings.clone()?;
        let told = self.open(role, &printer).map(|mut line| {
            let told = line.ask_briefly();
            self.heard(role, told);
            line.hang_up();
            told
        });
        self.drawer = Some(OpenDrawer { since_ms: since, looked_ms: now_ms });
        let Ok(Told::Status(status)) = told else { return Some(LOOK_EVERY_MS) };
        let is_open = status.drawer_pin_high == (sensor == DrawerSensor::OpenWhenHigh);
        if self.terminal.devices.set_open(Some(is_open)) {
            self.terminal.announce(&[Topic::Devices]);
        }
        if !is_open {
            self.drawer = None;
            self.tell(DeviceRole::Drawer, DeviceState::Ready, None);
            return None;
        }
        if now_ms >= since + LEFT_OPEN_MS {
            self.tell(DeviceRole::Drawer, DeviceState::Degraded, Some(DeviceReason::DrawerOpen));
        }
        Some(LOOK_EVERY_MS)
    }

    /// How a printer is; what stops the receipt printer stops the drawer on it, as far as is known.
    fn tell(&self, role: DeviceRole, state: DeviceState, reason: Option<DeviceReason>) {
        let now = self.terminal.now().wall;
        let devices = &self.terminal.devices;
        let mut is_news = devices.set(role, state, reason, now);
        if role == DeviceRole::ReceiptPrinter && !self.drawer_has_line {
            let settings = self.receipts.settings.as_ref();
            let profile = settings.and_then(|settings| Profile::named(&settings.profile));
            let kicks_at_once = profile.is_some_and(|profile| profile.status.kicks_at_once);
            let (state, reason) = match reason {
                Some(reason) if state == DeviceState::NotReady && !(kicks_at_once && is_told(reason)) => {
                    (state, Some(reason))
                }
                _ => (DeviceState::Ready, None),
            };
            is_news |= devices.set(DeviceRole::Drawer, state, reason, now);
        }
        if is_news {
            self.terminal.announce(&[Topic::Devices]);
        }
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

/// Whether a printer that can be spoken to says this of itself.
const fn is_told(reason: DeviceReason) -> bool {
    matches!(
        reason,
        DeviceReason::PaperOut
            | DeviceReason::CoverOpen
            | DeviceReason::CutterStuck
            | DeviceReason::Overheated
            | DeviceReason::Offline
    )
}

/// The printers a job may be sent to, the best first.
fn roles(job: &PrintJob, settings: &Devices) -> Vec<DeviceRole> {
    match job.kind {
        PrintJobKind::Test | PrintJobKind::Calibration => job.printer.into_iter().collect(),
        PrintJobKind::Kick if drawer::has_line(settings) => Vec::new(),
        // The drawer hangs on one printer.
        PrintJobKind::Kick => vec![DeviceRole::ReceiptPrinter],
        PrintJobKind::Receipt => vec![DeviceRole::ReceiptPrinter, DeviceRole::BackupPrinter],
    }
}

fn pins(settings: &Devices) -> DrawerPins {
    match settings.drawer.as_ref().map(|drawer| &drawer.connection) {
        Some(DrawerConnection::Printer { pins }) => *pins,
        Some(DrawerConnection::Serial { .. }) | None => DrawerPins::Profile,
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
