//! The cash drawer, opened without a sale: with a reason, a fact, and one kick.

use crate::act::Act;
use crate::device::{KICK_MS, settings_in};
use crate::error::Error;
use crate::print_job::QueuedPrint;
use database::LedgerTx;
use database::print_queue::NewPrintJob;
use domain::device::{Devices, DrawerConnection};
use domain::ids::OperatorId;
use wire::device::{DeviceError, OpenDrawer};
use wire::fact::{DrawerOpened, Fact};
use wire::receipt::PrintJobKind;

/// `drawer.no_sale`
pub fn no_sale(act: &Act<'_>, request: OpenDrawer) -> Result<QueuedPrint, Error> {
    let (operator, opening, terminal) = (act.operator, act.id(), act.terminal.id.0);
    let opened = DrawerOpened { opening, reason: request.reason, business_day: Some(act.day()) };
    act.commit(move |tx| {
        let devices = settings_in(tx, terminal)?;
        open(tx, operator, opened, &devices)
    })
}

/// Notes that the drawer is opened, and queues the one kick of this opening.
pub fn open(
    tx: &mut LedgerTx<'_>,
    operator: OperatorId,
    opened: DrawerOpened,
    devices: &Devices,
) -> Result<QueuedPrint, Error> {
    if !exists(devices) {
        return Err(DeviceError::Absent { role: domain::device::DeviceRole::Drawer }.into());
    }
    tx.append(operator, &Fact::DrawerOpened(opened), &[])?;
    let job = NewPrintJob {
        kind: PrintJobKind::Kick,
        about: opened.opening,
        receipt_number: String::new(),
        copy: 0,
        not_after: Some(tx.moment().wall.plus_ms(KICK_MS)),
        printer: None,
    };
    Ok(QueuedPrint { job: tx.queue_print(&job)? })
}

/// Whether there is a way to open a drawer.
pub const fn exists(devices: &Devices) -> bool {
    devices.receipt_printer.is_some() || has_line(devices)
}

/// Whether the drawer has a line of its own.
pub const fn has_line(devices: &Devices) -> bool {
    match &devices.drawer {
        Some(drawer) => matches!(drawer.connection, DrawerConnection::Serial { .. }),
        None => false,
    }
}
