//! Which devices this till uses and how they are.

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::print_job::QueuedPrint;
use crate::record::{self, Saved, change, wanted};
use database::Reader;
use database::print_queue::{JOBS_MAX, NewPrintJob};
use devices::{Profile, calibration};
use domain::device::{Connection, DeviceReason, DeviceRole, DeviceState, Devices};
use domain::ids::SaleId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use wire::device::{
    CodePageColumn, DeviceError, DeviceSettingsView, DeviceStatus, DeviceStatusList, SaveDevices,
};
use wire::envelope::Topic;
use wire::receipt::{PrintJobKind, PrintJobState};
use wire::record::Entity;
use wire::session::Nothing;

/// How the devices are, as their workers last saw them.
#[derive(Default)]
pub struct Statuses(Mutex<BTreeMap<u8, (DeviceState, Option<DeviceReason>)>>);

const fn place(role: DeviceRole) -> u8 {
    match role {
        DeviceRole::ReceiptPrinter => 0,
        DeviceRole::Drawer => 1,
        DeviceRole::Scanner => 2,
    }
}

impl Statuses {
    /// Notes how a device is. Returns whether that is news.
    pub fn set(&self, role: DeviceRole, state: DeviceState, reason: Option<DeviceReason>) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(place(role), (state, reason)) != Some((state, reason))
    }

    fn get(&self, role: DeviceRole) -> Option<(DeviceState, Option<DeviceReason>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&place(role)).copied()
    }
}

/// `device.status`
pub fn status(ask: &Ask<'_>, _: Nothing) -> Result<DeviceStatusList, Error> {
    status_of(ask.terminal, ask.reader)
}

/// How the devices of a terminal are.
pub fn status_of(terminal: &Terminal, reader: &Reader) -> Result<DeviceStatusList, Error> {
    let (_, settings) = settings_of(terminal, reader)?;
    let printer = settings.receipt_printer.is_some();
    let roles = [
        (DeviceRole::ReceiptPrinter, printer),
        // The drawer hangs on the printer.
        (DeviceRole::Drawer, printer),
        (DeviceRole::Scanner, settings.scanner.is_some()),
    ];
    let devices = roles.map(|(role, exists)| {
        let (state, reason) = match terminal.devices.get(role) {
            _ if !exists => (DeviceState::Absent, None),
            Some(known) => known,
            None => (DeviceState::Ready, None),
        };
        DeviceStatus { role, state, reason }
    });
    let jobs = reader.open_print_jobs(JOBS_MAX)?;
    let count = |state| jobs.iter().filter(|job| job.state == state).count().try_into().unwrap_or(u32::MAX);
    Ok(DeviceStatusList {
        devices: devices.into(),
        jobs_waiting: count(PrintJobState::Queued),
        jobs_uncertain: count(PrintJobState::Uncertain),
    })
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

/// `device.calibrate`
pub fn calibrate(act: &Act<'_>, _: Nothing) -> Result<QueuedPrint, Error> {
    let settings = act.read(|reader| Ok(settings_of(act.terminal, reader)?.1))?;
    if settings.receipt_printer.is_none() {
        return Err(DeviceError::ConfigInvalid { field: "receipt_printer" }.into());
    }
    let job = NewPrintJob {
        kind: PrintJobKind::Calibration,
        // It is of no sale; an id of its own keeps the queue's keys apart.
        sale: SaleId(act.id()),
        receipt_number: String::new(),
        copy: 0,
        not_after: Some(act.now.wall.plus_ms(CALIBRATION_WAIT_MS)),
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
    act.commit(move |tx| {
        let base = tx.record(Entity::Devices, terminal)?.map(|_| &request.base);
        change(tx, operator, Entity::Devices, terminal, wanted(base, &request.devices))?;
        Ok(Saved::new(terminal))
    })
}

fn check(devices: &Devices) -> Result<(), DeviceError> {
    if let Some(printer) = &devices.receipt_printer {
        if Profile::named(&printer.profile).is_none() {
            return Err(DeviceError::ConfigInvalid { field: "profile" });
        }
        if Profile::of(printer).is_none() {
            return Err(DeviceError::ConfigInvalid { field: "code_page" });
        }
        match &printer.connection {
            Connection::Serial { port, baud } => check_serial(port, *baud)?,
            Connection::Tcp { host, port } => {
                if host.trim().is_empty() {
                    return Err(DeviceError::ConfigInvalid { field: "host" });
                }
                if *port == 0 {
                    return Err(DeviceError::ConfigInvalid { field: "port" });
                }
            }
            Connection::Simulated => {}
        }
    }
    match &devices.scanner {
        Some(scanner) => check_serial(&scanner.port, scanner.baud),
        None => Ok(()),
    }
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
