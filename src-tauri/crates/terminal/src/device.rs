//! Which devices this till uses, how they are, and what can be done to find out.

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::drawer;
use crate::error::Error;
use crate::print_job::QueuedPrint;
use crate::record::{self, Saved, change, wanted};
use database::print_queue::{JOBS_MAX, NewPrintJob};
use database::{LedgerTx, Reader};
use devices::{ByteLog, Found, Profile, calibration};
use domain::device::{
    Connection, DeviceReason, DeviceRole, DeviceState, Devices, DrawerConnection, DrawerPins, DrawerSettings,
    KeyboardScanner, NoSaleReason, PrinterSettings, ScannerConnection, ScannerSettings,
};
use domain::shift::{FIRST_DRAWER, SECOND_DRAWER};
use domain::time::Timestamp;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use uuid::Uuid;
use wire::device::{
    CodePageColumn, DeviceError, DeviceExchange, DeviceLog, DeviceSettingsView, DeviceStatus,
    DeviceStatusList, DeviceTroubleAt, FoundDevice, FoundDevices, ReadDeviceLog, SaveDevices, TestDevice,
};
use wire::envelope::Topic;
use wire::fact::DrawerOpened;
use wire::receipt::{PrintJobKind, PrintJobState};
use wire::record::Entity;
use wire::sale::ScanCount;
use wire::session::Nothing;

/// How long after its event a drawer may still be opened.
pub const KICK_MS: i64 = 10_000;
/// How long somebody stands there for a page.
const TEST_MS: i64 = 60_000;
/// Troubles of a device that are remembered.
const TROUBLES_MAX: usize = 20;
/// The longest text a scanner may put around a code.
const AROUND_MAX: usize = 16;
/// The longest command of a drawer, in bytes.
const DRAWER_BYTES_MAX: usize = 32;

/// How the devices are, as their workers last saw them, and what went to and fro.
#[derive(Default)]
pub struct Statuses {
    known: Mutex<BTreeMap<u8, Known>>,
    /// What waits from before the start was looked at.
    recovered: Mutex<bool>,
}

/// What is known of a device.
#[derive(Default)]
struct Known {
    state: Option<(DeviceState, Option<DeviceReason>)>,
    is_open: Option<bool>,
    log: ByteLog,
    troubles: VecDeque<DeviceTroubleAt>,
}

const fn place(role: DeviceRole) -> u8 {
    match role {
        DeviceRole::ReceiptPrinter => 0,
        DeviceRole::BackupPrinter => 1,
        DeviceRole::Drawer => 2,
        DeviceRole::Scanner => 3,
        DeviceRole::SecondDrawer => 4,
    }
}

impl Statuses {
    /// Notes how a device is. Returns whether that is news.
    pub fn set(
        &self,
        role: DeviceRole,
        state: DeviceState,
        reason: Option<DeviceReason>,
        at: Timestamp,
    ) -> bool {
        let mut all = self.locked();
        let known = all.entry(place(role)).or_default();
        let before = known.state.replace((state, reason));
        let is_news = before != Some((state, reason));
        if let Some(reason) = reason
            && is_news
        {
            known.troubles.truncate(TROUBLES_MAX - 1);
            known.troubles.push_front(DeviceTroubleAt { at, reason });
        }
        is_news
    }

    /// Notes whether the drawer is open. Returns whether that is news.
    pub fn set_open(&self, is_open: Option<bool>) -> bool {
        let mut all = self.locked();
        let known = all.entry(place(DeviceRole::Drawer)).or_default();
        std::mem::replace(&mut known.is_open, is_open) != is_open
    }

    /// Forgets how a device was: another one takes its place.
    pub fn forget(&self, role: DeviceRole) {
        self.locked().remove(&place(role));
    }

    /// What goes to a device and comes back.
    pub fn log(&self, role: DeviceRole) -> ByteLog {
        self.locked().entry(place(role)).or_default().log.clone()
    }

    /// Whether what waits from before the start was looked at; held while it is.
    pub fn recovered(&self) -> MutexGuard<'_, bool> {
        self.recovered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<u8, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `device.status`
pub fn status(ask: &Ask<'_>, _: Nothing) -> Result<DeviceStatusList, Error> {
    let drawer_in_use = drawer::used_by(ask)?.told();
    Ok(DeviceStatusList { drawer_in_use, ..status_of(ask.terminal, ask.reader)? })
}

/// How the devices of a terminal are, whoever asks.
pub fn status_of(terminal: &Terminal, reader: &Reader) -> Result<DeviceStatusList, Error> {
    let (_, settings) = settings_of(terminal, reader)?;
    let mut roles = vec![(DeviceRole::ReceiptPrinter, settings.receipt_printer.is_some())];
    if settings.backup_printer.is_some() {
        roles.push((DeviceRole::BackupPrinter, true));
    }
    roles.extend(
        (FIRST_DRAWER..=settings.drawers())
            .map(|number| (DeviceRole::drawer(number), settings.opens(number).is_some())),
    );
    roles.push((DeviceRole::Scanner, settings.scanner.is_some()));
    let known = terminal.devices.locked();
    let devices = roles.into_iter().map(|(role, exists)| {
        let known = known.get(&place(role));
        let (state, reason) = match known.and_then(|known| known.state) {
            _ if !exists => (DeviceState::Absent, None),
            Some(state) => state,
            None => (DeviceState::Ready, None),
        };
        DeviceStatus { role, state, reason, is_open: known.and_then(|known| known.is_open) }
    });
    let devices = devices.collect();
    drop(known);
    let jobs = reader.open_print_jobs(JOBS_MAX)?;
    let count = |state| jobs.iter().filter(|job| job.state == state).count().try_into().unwrap_or(u32::MAX);
    Ok(DeviceStatusList {
        devices,
        jobs_waiting: count(PrintJobState::Queued),
        jobs_uncertain: count(PrintJobState::Uncertain),
        scans: terminal
            .scanner
            .owner()
            .map_or_else(ScanCount::default, |owner| owner.desk(|desk| desk.scans)),
        drawer_in_use: None,
        keyboard: settings.keyboard,
    })
}

/// `device.find`
pub fn find(ask: &Ask<'_>, _: Nothing) -> Result<FoundDevices, Error> {
    let mut devices = Vec::new();
    for found in ask.terminal.surroundings.devices.found() {
        let printer = |name: String, connection| FoundDevice {
            role: DeviceRole::ReceiptPrinter,
            name,
            printer: Some(connection),
            scanner: None,
        };
        let scanner = |name: String, connection| FoundDevice {
            role: DeviceRole::Scanner,
            name,
            printer: None,
            scanner: Some(connection),
        };
        match found {
            Found::SerialPort { port, name } => {
                devices.push(printer(name.clone(), Connection::Serial { port: port.clone(), baud: 9_600 }));
                devices.push(scanner(name, ScannerConnection::Serial { port, baud: 9_600 }));
            }
            Found::UsbPort { path } => devices.push(printer(String::new(), Connection::UsbPort { path })),
            Found::UsbPrinter { vendor, product, serial, name } => {
                devices.push(printer(name, Connection::Usb { vendor, product, serial }));
            }
            Found::Queue { name } => devices.push(printer(name.clone(), Connection::Queue { name })),
            Found::HidScanner { vendor, product, serial, name } => {
                devices.push(scanner(name, ScannerConnection::Hid { vendor, product, serial }));
            }
        }
    }
    Ok(FoundDevices { devices })
}

/// `device.log`
pub fn log(ask: &Ask<'_>, request: ReadDeviceLog) -> Result<DeviceLog, Error> {
    let now = (ask.terminal.now().wall, Instant::now());
    let exchange = |one: devices::Exchange| {
        let ago = i64::try_from(now.1.duration_since(one.at).as_millis()).unwrap_or(i64::MAX);
        DeviceExchange {
            at: now.0.plus_ms(-ago),
            sent: one.sent,
            hex: one.bytes.iter().fold(String::new(), |mut hex, byte| {
                // Writing to a string cannot fail.
                let (Ok(()) | Err(_)) = write!(hex, "{byte:02x}");
                hex
            }),
            length: u32::try_from(one.length).unwrap_or(u32::MAX),
            fault: one.fault,
        }
    };
    let exchanges = ask.terminal.devices.log(request.role).exchanges().into_iter().map(exchange).collect();
    let known = ask.terminal.devices.locked();
    let troubles = known.get(&place(request.role)).map(|known| known.troubles.iter().copied().collect());
    Ok(DeviceLog { exchanges, troubles: troubles.unwrap_or_default() })
}

/// `device.test`
pub fn test(act: &Act<'_>, request: TestDevice) -> Result<QueuedPrint, Error> {
    let (operator, about, terminal) = (act.operator, act.id(), act.terminal.id.0);
    let business_day = Some(act.day());
    act.commit(move |tx| {
        let devices = settings_in(tx, terminal)?;
        let exists = match request.role {
            // A drawer that opens is an opening without a sale, whoever tries it.
            DeviceRole::Drawer | DeviceRole::SecondDrawer => {
                let (reason, drawer) = (NoSaleReason::Try, number_of(request.role));
                let opened = DrawerOpened { opening: about, drawer, reason, business_day };
                return drawer::open(tx, operator, opened, &devices);
            }
            DeviceRole::ReceiptPrinter => devices.receipt_printer.is_some(),
            DeviceRole::BackupPrinter => devices.backup_printer.is_some(),
            DeviceRole::Scanner => false,
        };
        if !exists {
            return Err(DeviceError::Absent { role: request.role }.into());
        }
        Ok(QueuedPrint { job: tx.queue_print(&test_page(about, request.role, tx.moment().wall))? })
    })
}

const fn number_of(role: DeviceRole) -> u8 {
    match role {
        DeviceRole::SecondDrawer => SECOND_DRAWER,
        DeviceRole::Drawer | DeviceRole::ReceiptPrinter | DeviceRole::BackupPrinter | DeviceRole::Scanner => {
            FIRST_DRAWER
        }
    }
}

fn test_page(about: Uuid, role: DeviceRole, now: Timestamp) -> NewPrintJob {
    NewPrintJob {
        kind: PrintJobKind::Test,
        about,
        receipt_number: String::new(),
        copy: 0,
        not_after: Some(now.plus_ms(TEST_MS)),
        printer: Some(role),
        drawer: FIRST_DRAWER,
    }
}

/// `device.settings`
pub fn settings(ask: &Ask<'_>, _: Nothing) -> Result<DeviceSettingsView, Error> {
    let (version, devices) = settings_of(ask.terminal, ask.reader)?;
    Ok(DeviceSettingsView {
        version,
        devices,
        profiles: Profile::all().iter().map(|profile| profile.name.to_owned()).collect(),
        code_page_columns: calibration::WAYS
            .iter()
            .map(|(letter, page, _)| CodePageColumn { letter: letter.to_string(), page: *page })
            .collect(),
        serial_ports: ask.terminal.surroundings.devices.serial_ports(),
    })
}

/// The devices set up on this terminal, and their record's version; none on a new one.
pub fn settings_of(terminal: &Terminal, reader: &Reader) -> Result<(u64, Devices), Error> {
    Ok(reader.record_as(Entity::Devices, terminal.id.0)?.unwrap_or_default())
}

/// The devices as a transaction sees them.
pub fn settings_in(tx: &LedgerTx<'_>, terminal: Uuid) -> Result<Devices, Error> {
    let devices: Option<(u64, Devices)> = tx.record_as(Entity::Devices, terminal)?;
    Ok(devices.map(|(_, devices)| devices).unwrap_or_default())
}

/// `device.calibrate`
pub fn calibrate(act: &Act<'_>, _: Nothing) -> Result<QueuedPrint, Error> {
    let settings = act.read(|reader| Ok(settings_of(act.terminal, reader)?.1))?;
    if settings.receipt_printer.is_none() {
        return Err(DeviceError::ConfigInvalid { field: "receipt_printer" }.into());
    }
    let job = NewPrintJob {
        kind: PrintJobKind::Calibration,
        about: act.id(),
        receipt_number: String::new(),
        copy: 0,
        not_after: Some(act.now.wall.plus_ms(CALIBRATION_WAIT_MS)),
        printer: Some(DeviceRole::ReceiptPrinter),
        drawer: FIRST_DRAWER,
    };
    act.commit(move |tx| Ok(QueuedPrint { job: tx.queue_print(&job)? }))
}

/// Whoever wants a calibration page waits for it no longer.
const CALIBRATION_WAIT_MS: i64 = 5 * 60_000;

/// `device.save_settings`
pub fn save_settings(act: &Act<'_>, request: SaveDevices) -> Result<Saved<DeviceSettingsView>, Error> {
    check(&request.devices)?;
    let terminal = act.terminal.id.0;
    let operator = act.operator;
    let (_, shop) = act.read(|reader| ask::shop(act.terminal, reader))?;
    act.commit(move |tx| {
        let before = settings_in(tx, terminal)?.drawers();
        let base = tx.record(Entity::Devices, terminal)?.map(|_| &request.base);
        change(tx, operator, Entity::Devices, terminal, wanted(base, &request.devices))?;
        if settings_in(tx, terminal)?.drawers() != before {
            drawer::expect_unused(tx, shop.currency)?;
        }
        Ok(Saved::new(terminal))
    })
}

fn check(devices: &Devices) -> Result<(), DeviceError> {
    for printer in [&devices.receipt_printer, &devices.backup_printer].into_iter().flatten() {
        check_printer(printer)?;
    }
    if let Some(drawer) = &devices.drawer {
        check_drawer(drawer)?;
    }
    check_second_drawer(devices)?;
    if let Some(KeyboardScanner { layout: _, prefix, suffix }) = &devices.keyboard {
        check_around(prefix, suffix)?;
    }
    devices.scanner.as_ref().map_or(Ok(()), check_scanner)
}

fn invalid(field: &'static str) -> DeviceError {
    DeviceError::ConfigInvalid { field }
}

fn check_printer(printer: &PrinterSettings) -> Result<(), DeviceError> {
    if Profile::named(&printer.profile).is_none() {
        return Err(invalid("profile"));
    }
    if Profile::of(printer).is_none() {
        return Err(invalid("code_page"));
    }
    let is_path = |path: &str| std::path::Path::new(path.trim()).is_absolute();
    match &printer.connection {
        Connection::Serial { port, baud } => check_serial(port, *baud),
        Connection::Tcp { host, .. } if host.trim().is_empty() => Err(invalid("host")),
        Connection::Tcp { port: 0, .. } => Err(invalid("port")),
        Connection::UsbPort { path } | Connection::File { path } if !is_path(path) => Err(invalid("path")),
        Connection::Queue { name } if name.trim().is_empty() => Err(invalid("name")),
        Connection::Tcp { .. }
        | Connection::UsbPort { .. }
        | Connection::Usb { .. }
        | Connection::Queue { .. }
        | Connection::File { .. }
        | Connection::Simulated { .. } => Ok(()),
    }
}

fn check_drawer(drawer: &DrawerSettings) -> Result<(), DeviceError> {
    check_connection(&drawer.connection)
}

/// The second drawer has to be another: what opens it opens nothing else.
fn check_second_drawer(devices: &Devices) -> Result<(), DeviceError> {
    let Some(second) = &devices.second_drawer else { return Ok(()) };
    check_connection(second)?;
    let first = devices.drawer.as_ref().map(|drawer| &drawer.connection);
    match (first, second) {
        (Some(DrawerConnection::Serial { port, .. }), DrawerConnection::Serial { port: other, .. })
            if port.trim() == other.trim() =>
        {
            Err(DeviceError::DrawersSame {})
        }
        (None | Some(DrawerConnection::Printer { .. }), DrawerConnection::Printer { pins }) => {
            let profile = devices.receipt_printer.as_ref().and_then(Profile::of);
            let profile = profile.as_ref().or_else(|| Profile::all().first());
            let first = match first {
                Some(DrawerConnection::Printer { pins }) => *pins,
                Some(DrawerConnection::Serial { .. }) | None => DrawerPins::Profile,
            };
            let overlap = profile.is_none_or(|profile| {
                let of_second = devices::drawer::connectors(profile, *pins);
                devices::drawer::connectors(profile, first).iter().any(|pin| of_second.contains(pin))
            });
            if overlap { Err(DeviceError::DrawersSame {}) } else { Ok(()) }
        }
        (Some(DrawerConnection::Serial { .. }), _) | (_, DrawerConnection::Serial { .. }) => Ok(()),
    }
}

fn check_connection(connection: &DrawerConnection) -> Result<(), DeviceError> {
    match connection {
        DrawerConnection::Printer { .. } => Ok(()),
        DrawerConnection::Serial { port, baud, bytes } => {
            check_serial(port, *baud)?;
            match hex(bytes) {
                Some(bytes) if !bytes.is_empty() && bytes.len() <= DRAWER_BYTES_MAX => Ok(()),
                _ => Err(invalid("bytes")),
            }
        }
    }
}

/// Whether a scanner may put this around its codes.
pub fn can_be_around(text: &str) -> bool {
    text.chars().count() <= AROUND_MAX && !text.chars().any(char::is_control)
}

fn check_around(prefix: &str, suffix: &str) -> Result<(), DeviceError> {
    for (field, around) in [("prefix", prefix), ("suffix", suffix)] {
        if !can_be_around(around) {
            return Err(invalid(field));
        }
    }
    Ok(())
}

fn check_scanner(scanner: &ScannerSettings) -> Result<(), DeviceError> {
    check_around(&scanner.prefix, &scanner.suffix)?;
    match &scanner.connection {
        ScannerConnection::Serial { port, baud } => check_serial(port, *baud),
        ScannerConnection::Hid { .. } | ScannerConnection::Simulated => Ok(()),
    }
}

/// The bytes that hexadecimal digits stand for; spaces between them are passed over.
pub fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect()
}

fn check_serial(port: &str, baud: u32) -> Result<(), DeviceError> {
    if port.trim().is_empty() {
        return Err(DeviceError::ConfigInvalid { field: "port" });
    }
    if baud == 0 {
        return Err(DeviceError::ConfigInvalid { field: "baud" });
    }
    Ok(())
}

impl Effect for Saved<DeviceSettingsView> {
    type Answer = DeviceSettingsView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Devices)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<DeviceSettingsView, Error> {
        settings(ask, Nothing {})
    }
}
