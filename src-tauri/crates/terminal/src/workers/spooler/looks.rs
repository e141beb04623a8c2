//! Looks at the printers and at the drawer on them: before a job, and now and then without one. What they say of
//! themselves goes to the screens.

use super::Spooler;
use super::known::{Hearing, is_told};
use database::print_queue::PrintJob;
use devices::{Printer, PrinterStatus, Profile, Told};
use domain::device::{
    Connection, DeviceReason, DeviceRole, DeviceState, Devices, DrawerSensor, PrinterSettings,
};
use wire::envelope::Topic;
use wire::receipt::PrintJobKind;

/// How often a printer that has nothing to do is asked how it is; one on the network may have others to serve.
const ASK_EVERY_MS: u64 = 20_000;
const ASK_EVERY_ON_NETWORK_MS: u64 = 60_000;
/// How often a printer that says nothing is asked all the same.
const ASK_SILENT_EVERY_MS: u64 = 600_000;
/// After a kick: how often it is looked whether the drawer is still open, from when on that is said, and for how long.
const LOOK_EVERY_MS: u64 = 2_000;
const LEFT_OPEN_MS: u64 = 30_000;
const LOOK_FOR_MS: u64 = 600_000;

/// A drawer that was opened and is not known to be closed.
pub struct OpenDrawer {
    /// When it was opened.
    pub since_ms: u64,
    /// When it was looked at last.
    pub looked_ms: u64,
}

/// What can be sent to a printer as it is.
pub enum Way {
    /// Everything.
    Free,
    /// Only what it does at once, whatever stops it.
    AtOnce,
}

impl Spooler {
    /// Opens the line to a printer, listened in on.
    pub(super) fn open(&self, role: DeviceRole, printer: &PrinterSettings) -> Result<Printer, DeviceReason> {
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
    pub(super) fn way(
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
            Told::Silent if self.known(role).is_busy() => Err(DeviceReason::InUse),
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
            Told::Status(_) => known.answers(),
            Told::Silent => known.keeps_silent(now_ms),
            Told::Garbage | Told::Broken(_) => {}
        }
        if let Told::Status(status) = told {
            if role == DeviceRole::ReceiptPrinter && status.reason().is_none() {
                self.is_replaced = false;
            }
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

    /// With nothing to print: how the printers are, and whether the drawer was left open. How long until the next look.
    pub(super) fn look_after(&mut self, settings: &Devices, now_ms: u64) -> Option<u64> {
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
            Told::Silent if self.known(role).is_busy() => {}
            Told::Silent => self.tell(role, DeviceState::Degraded, Some(DeviceReason::Silent)),
            Told::Garbage => self.tell(role, DeviceState::NotReady, Some(DeviceReason::BadReply)),
            Told::Broken(fault) => self.tell(role, DeviceState::NotReady, Some(fault.reason())),
        }
        line.hang_up();
    }

    /// Looks whether the drawer is still open, where it says so. How long until the next look.
    fn look_at_drawer(&mut self, settings: &Devices, now_ms: u64) -> Option<u64> {
        // The switches of two drawers hang on one pin: nobody can tell which of them is open.
        let sensor = settings.drawer.as_ref()?.sensor.filter(|_| self.drawers.len() == 1)?;
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

    /// How a printer is, or that another prints in its place; what stops the receipt printer stops the drawers on it, as far as is known.
    pub(super) fn tell(&self, role: DeviceRole, state: DeviceState, reason: Option<DeviceReason>) {
        let now = self.terminal.now().wall;
        let devices = &self.terminal.devices;
        let is_replaced = self.is_replaced && role == DeviceRole::ReceiptPrinter;
        let mut is_news = match state {
            DeviceState::NotReady if is_replaced => {
                devices.set(role, DeviceState::Degraded, Some(DeviceReason::Replaced), now)
            }
            _ => devices.set(role, state, reason, now),
        };
        // What only tells who prints instead says nothing of the drawer.
        if reason == Some(DeviceReason::Replaced) {
            if is_news {
                self.terminal.announce(&[Topic::Devices]);
            }
            return;
        }
        if role == DeviceRole::ReceiptPrinter {
            let settings = self.receipts.settings.as_ref();
            let profile = settings.and_then(|settings| Profile::named(&settings.profile));
            let kicks_at_once = profile.is_some_and(|profile| profile.status.kicks_at_once);
            let (state, reason) = match reason {
                Some(reason) if state == DeviceState::NotReady && !(kicks_at_once && is_told(reason)) => {
                    (state, Some(reason))
                }
                _ => (DeviceState::Ready, None),
            };
            for drawer in &self.drawers {
                is_news |= devices.set(DeviceRole::drawer(*drawer), state, reason, now);
            }
        }
        if is_news {
            self.terminal.announce(&[Topic::Devices]);
        }
    }
}
