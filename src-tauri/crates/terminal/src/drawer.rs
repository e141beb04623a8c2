//! The cash drawers: which one an operator uses, and that one is opened without a sale: with a reason, a fact, and one kick.
//!
//! Whatever an operator does with cash goes into the drawer they use. That is the first, unless the till has two and they took
//! the other; it is remembered by operator, as who trains is.

use crate::act::Act;
use crate::device::{KICK_MS, settings_in, settings_of};
use crate::error::Error;
use crate::print_job::QueuedPrint;
use crate::shift::ShiftChanged;
use crate::{Terminal, ask::Ask};
use database::print_queue::NewPrintJob;
use database::{LedgerTx, Reader};
use domain::currency::Currency;
use domain::device::{DeviceRole, Devices, DrawerConnection, DrawerPins};
use domain::ids::OperatorId;
use domain::shift::{Drawer, FIRST_DRAWER, SECOND_DRAWER, ShiftError};
use uuid::Uuid;
use wire::device::{ChooseDrawer, DeviceError, OpenDrawer};
use wire::fact::{DrawerChosen, DrawerOpened, Fact};
use wire::receipt::PrintJobKind;

/// `drawer.no_sale`
pub fn no_sale(act: &Act<'_>, request: OpenDrawer) -> Result<QueuedPrint, Error> {
    let (operator, opening, terminal) = (act.operator, act.id(), act.terminal.id.0);
    let (reason, business_day) = (request.reason, Some(act.day()));
    act.commit(move |tx| {
        let devices = settings_in(tx, terminal)?;
        let drawer = used(tx, &devices, operator)?.number;
        open(tx, operator, DrawerOpened { opening, drawer, reason, business_day }, &devices)
    })
}

/// `drawer.choose`
pub fn choose(act: &Act<'_>, request: ChooseDrawer) -> Result<ShiftChanged, Error> {
    let (operator, terminal, chosen) = (act.operator, act.terminal.id.0, request.drawer);
    act.commit(move |tx| {
        let devices = settings_in(tx, terminal)?;
        if chosen < FIRST_DRAWER || chosen > devices.drawers() {
            return Err(DeviceError::Absent { role: DeviceRole::SecondDrawer }.into());
        }
        // What a customer handed over lies in the drawer that was open then, and is completed into that one.
        if used(tx, &devices, operator)?.number != chosen
            && tx.open_sale_of(operator)?.is_some_and(|sale| !sale.training && sale.moved_cash())
        {
            return Err(ShiftError::OpenSalePaid {}.into());
        }
        tx.append(operator, &Fact::DrawerChosen(DrawerChosen { drawer: chosen }), &[])?;
        Ok(ShiftChanged {})
    })
}

/// The drawer an operator uses, as a transaction sees it.
pub fn used(tx: &LedgerTx<'_>, devices: &Devices, operator: OperatorId) -> Result<Drawer, Error> {
    Ok(match devices.drawers() {
        FIRST_DRAWER => ONLY,
        of => Drawer { number: tx.chosen_drawer(operator)?, of },
    })
}

/// The drawer that whoever asks uses; the first for nobody.
pub fn used_by(ask: &Ask<'_>) -> Result<Drawer, Error> {
    used_seen(ask.terminal, ask.reader, ask.caller.sign_on().map(|sign_on| sign_on.operator))
}

fn used_seen(terminal: &Terminal, reader: &Reader, operator: Option<OperatorId>) -> Result<Drawer, Error> {
    Ok(match (settings_of(terminal, reader)?.1.drawers(), operator) {
        (FIRST_DRAWER, _) => ONLY,
        (of, Some(operator)) => Drawer { number: reader.chosen_drawer(operator)?, of },
        (of, None) => Drawer { number: FIRST_DRAWER, of },
    })
}

const ONLY: Drawer = Drawer { number: FIRST_DRAWER, of: 1 };

/// Whether the second drawer can come or go now: nothing lies in it, no shift of it runs, and no open sale's cash would be in
/// another drawer by it.
///
/// # Errors
/// `DrawerInUse` when it cannot.
pub fn expect_unused(tx: &LedgerTx<'_>, currency: Currency) -> Result<(), Error> {
    let drawer = Drawer { number: SECOND_DRAWER, of: 2 };
    let running = tx.running_shift(drawer.number)?;
    let in_use = running.began_at.is_some()
        || running.float_stated
        || tx.drawer_cash(drawer.number, currency)? != 0
        || tx.all_open_sales(drawer)?.iter().any(domain::sale::OpenSale::moved_cash);
    if in_use { Err(DeviceError::DrawerInUse {}.into()) } else { Ok(()) }
}

/// Notes that a drawer is opened, and queues the one kick of this opening.
pub fn open(
    tx: &mut LedgerTx<'_>,
    operator: OperatorId,
    opened: DrawerOpened,
    devices: &Devices,
) -> Result<QueuedPrint, Error> {
    if devices.opens(opened.drawer).is_none() {
        return Err(DeviceError::Absent { role: DeviceRole::drawer(opened.drawer) }.into());
    }
    tx.append(operator, &Fact::DrawerOpened(opened), &[])?;
    Ok(QueuedPrint { job: tx.queue_print(&kick(tx, opened.drawer, opened.opening, String::new()))? })
}

/// The kick of a drawer to be queued: it is over in seconds.
pub fn kick(tx: &LedgerTx<'_>, drawer: u8, about: Uuid, receipt_number: String) -> NewPrintJob {
    NewPrintJob {
        kind: PrintJobKind::Kick,
        about,
        receipt_number,
        copy: 0,
        not_after: Some(tx.moment().wall.plus_ms(KICK_MS)),
        printer: None,
        drawer,
    }
}

/// Whether a drawer hangs on the receipt printer, as far as it is set up.
pub fn hangs_on_printer(devices: &Devices, drawer: u8) -> bool {
    pins(devices, drawer).is_some()
}

/// The pins of the printer's socket that a drawer hangs on; `None` where it hangs on none.
pub fn pins(devices: &Devices, drawer: u8) -> Option<DrawerPins> {
    match devices.opens(drawer)? {
        DrawerConnection::Printer { pins } => Some(*pins),
        DrawerConnection::Serial { .. } => None,
    }
}
