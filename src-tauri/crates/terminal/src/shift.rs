//! The drawer: its float, cash that is moved, the count, the close (Z), and reports within a shift (X). A shop that does
//! none of it goes on selling: then a shift begins with its first sale.

mod file;
pub mod paper;
mod view;

use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::device::settings_in;
use crate::drawer;
use crate::error::Error;
use crate::print_job::QueuedPrint;
use database::LedgerTx;
use database::print_queue::NewPrintJob;
use database::shift::{CLOSED, COUNTED, OPENED, RunningShift};
use domain::currency::Currency;
use domain::ids::{OperatorId, ShiftId, TerminalId};
use domain::people::Permission;
use domain::shift::{
    CashFlow, CountedDrawer, Drawer, FIRST_DRAWER, ShiftError, ShiftRules, counted, moved, needs_reason,
};
use domain::time::{BusinessDay, Moment, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use uuid::Uuid;
use wire::envelope::Topic;
use wire::fact::{
    CashMoved, Fact, OpenSaleLeft, ShiftClosed, ShiftCounted, ShiftOpened, ShiftRead, ShiftReprinted,
};
use wire::receipt::PrintJobKind;
use wire::record::Entity;
use wire::session::Nothing;
use wire::shift::{
    CloseShift, CountDrawer, GetShiftPaper, MoveCash, OpenShift, ShiftPaper, ShiftSummary, ShiftView,
};

pub use file::make_file;
pub use paper::{paper, preview, printed};
pub use view::{add_up, list, show};

/// The gapless series of the reports that close shifts.
const Z: &str = "z";

/// `shift.open`
pub fn open(act: &Act<'_>, request: OpenShift) -> Result<ShiftChanged, Error> {
    let (currency, rules) = shop(act)?;
    let stated = counted(currency, request.float, &request.denominations)?;
    let (operator, shift, today) = (act.operator, ShiftId(act.id()), act.day());
    let terminal = act.terminal.id.0;
    act.commit(move |tx| {
        let used = drawer::used(tx, &settings_in(tx, terminal)?, operator)?;
        let drawer = used.number;
        let running = tx.running_shift(drawer)?;
        if running.float_stated {
            return Err(ShiftError::AlreadyOpen {}.into());
        }
        let afresh = is_first(tx, drawer, &running, &rules, today)?;
        let assumed = if afresh { tx.drawer_cash(drawer, currency)? } else { running.figures.cash.float };
        let denominations = request.denominations;
        // What customers left of sales that go on lies beside the float.
        let held = tx.cash_held(used)?;
        let float = stated.saturating_sub(held);
        let fact = ShiftOpened { shift, drawer, float, assumed, held, currency, denominations, afresh };
        tx.append(operator, &Fact::ShiftOpened(fact), &[])?;
        Ok(ShiftChanged {})
    })
}

/// Whether this is the first shift of a drawer that was sold into on earlier days without one: what was sold then belongs to none.
fn is_first(
    tx: &LedgerTx<'_>,
    drawer: u8,
    running: &RunningShift,
    rules: &ShiftRules,
    today: BusinessDay,
) -> Result<bool, Error> {
    let Some(began_at) = running.began_at else { return Ok(false) };
    let began = Moment { wall: began_at, ..tx.moment() };
    let began_on = BusinessDay::turning_at(rules.day_turns_at, &began);
    Ok(began_on < today
        && tx.last_drawer_fact(drawer, OPENED)?.is_none()
        && tx.last_drawer_fact(drawer, CLOSED)?.is_none())
}

/// `shift.move_cash`
pub fn move_cash(act: &Act<'_>, request: MoveCash) -> Result<ShiftChanged, Error> {
    let (currency, _) = shop(act)?;
    let amount = moved(currency, request.kind, request.amount, request.reason)?;
    act.grants.require_up_to(Permission::MoveCash, amount)?;
    let (operator, movement, terminal) = (act.operator, act.id(), act.terminal.id.0);
    act.commit(move |tx| {
        let (kind, reason) = (request.kind, request.reason);
        let devices = settings_in(tx, terminal)?;
        let Drawer { number: drawer, of: drawers } = drawer::used(tx, &devices, operator)?;
        let fact = CashMoved { movement, drawer, drawers, kind, amount, currency, reason };
        tx.append(operator, &Fact::CashMoved(fact), &[])?;
        if devices.opens(drawer).is_some() {
            tx.queue_print(&drawer::kick(tx, drawer, movement, String::new()))?;
        }
        if devices.prints() {
            tx.queue_print(&report(movement, String::new(), 0))?;
        }
        Ok(ShiftChanged {})
    })
}

/// `shift.count`
pub fn count(act: &Act<'_>, request: CountDrawer) -> Result<ShiftChanged, Error> {
    let (currency, _) = shop(act)?;
    let counted = counted(currency, request.counted, &request.denominations)?;
    let (operator, count, terminal) = (act.operator, act.id(), act.terminal.id.0);
    act.commit(move |tx| {
        let used = drawer::used(tx, &settings_in(tx, terminal)?, operator)?;
        let drawer = used.number;
        let held = tx.cash_held(used)?;
        let cash = tx.running_shift(drawer)?.figures.cash;
        let expected = expected_in(tx, drawer, &cash, currency)?.saturating_add(held);
        let denominations = request.denominations;
        let fact = ShiftCounted { count, drawer, counted, expected, held, currency, denominations };
        tx.append(operator, &Fact::ShiftCounted(fact), &[])?;
        Ok(ShiftChanged {})
    })
}

/// `shift.close`
pub fn close(act: &Act<'_>, request: CloseShift) -> Result<ClosedNow, Error> {
    let (currency, rules) = shop(act)?;
    let (operator, day, grants) = (act.operator, act.day(), act.grants.clone());
    let (id, store, terminal) = (act.id(), act.terminal.store.0, act.terminal.id.0);
    let closed = act.commit(move |tx| {
        let devices = settings_in(tx, terminal)?;
        let used = drawer::used(tx, &devices, operator)?;
        let running = tx.running_shift(used.number)?;
        let count = last_count(tx, used.number)?.ok_or(ShiftError::NotCounted {})?;
        let drawer = CountedDrawer { counted: count.counted, expected: count.expected };
        let over_short = drawer.over_short()?;
        if request.reason.is_none() && needs_reason(over_short, &rules) {
            let over_short = ask::money(over_short, currency)?;
            return Err(ShiftError::ReasonMissing { over_short }.into());
        }
        let magnitude = i64::try_from(over_short.unsigned_abs()).unwrap_or(i64::MAX);
        grants.require_up_to(Permission::CloseShift, magnitude)?;
        let held = tx.cash_held(used)?;
        let expected = expected_in(tx, used.number, &running.figures.cash, currency)?.saturating_add(held);
        let at_close = drawer.at_close(expected)?;
        let left = match request.left {
            Some(left) if left.currency() != currency || left.is_negative() || left.minor() > at_close => {
                return Err(ShiftError::AmountInvalid {}.into());
            }
            Some(left) => left.minor(),
            None => at_close,
        };
        let number = tx.next_number(Z)?;
        let z_number = format!("{}-Z{number:04}", tx.series());
        let fact = ShiftClosed {
            shift: ShiftId(id),
            drawer: used.number,
            drawers: used.of,
            number,
            z_number: z_number.clone(),
            business_day: day,
            began_at: running.began_at.unwrap_or(tx.moment().wall),
            float_stated: running.float_stated,
            shop_version: tx.record_version(Entity::Shop, store)?.unwrap_or(0),
            currency,
            figures: running.figures,
            expected,
            held,
            counted: at_close,
            over_short,
            carried: at_close.saturating_sub(count.counted),
            denominations: count.denominations,
            reason: request.reason,
            left,
            open_sales: open_sales(tx, used)?,
        };
        tx.append(operator, &Fact::ShiftClosed(Box::new(fact)), &[])?;
        if devices.prints() {
            tx.queue_print(&report(id, z_number.clone(), 0))?;
        }
        crate::mail::queue_shift(TerminalId(terminal), tx, ShiftId(id), &z_number)?;
        Ok(ClosedNow { shift: id })
    })?;
    // What a shift came to is vouched for at once, off the path of the next sale.
    act.terminal.sign_due.store(true, Ordering::Release);
    Ok(closed)
}

/// The sales that are open of those who use a drawer: they go on with them in its next shift; and those that are put aside for
/// anybody, whatever drawer they will be completed into.
fn open_sales(tx: &LedgerTx<'_>, drawer: Drawer) -> Result<Vec<OpenSaleLeft>, Error> {
    let open = tx.all_open_sales(drawer)?;
    let aside = tx.suspended_sales()?;
    open.into_iter()
        .chain(aside)
        .map(|sale| {
            Ok(OpenSaleLeft {
                sale: sale.id,
                opened_at: sale.opened_at,
                operator: sale.operator,
                total: sale.totals()?.total.minor(),
                put_aside: sale.suspended.is_some(),
            })
        })
        .collect()
}

/// `shift.read`
pub fn read(act: &Act<'_>, _: Nothing) -> Result<ReadNow, Error> {
    let (currency, _) = shop(act)?;
    let (operator, reading) = (act.operator, act.id());
    let (store, terminal) = (act.terminal.store.0, act.terminal.id.0);
    act.commit(move |tx| {
        let devices = settings_in(tx, terminal)?;
        let used = drawer::used(tx, &devices, operator)?;
        let running = tx.running_shift(used.number)?;
        let held = tx.cash_held(used)?;
        let fact = ShiftRead {
            reading,
            drawer: used.number,
            drawers: used.of,
            began_at: running.began_at.unwrap_or(tx.moment().wall),
            float_stated: running.float_stated,
            shop_version: tx.record_version(Entity::Shop, store)?.unwrap_or(0),
            currency,
            expected: expected_in(tx, used.number, &running.figures.cash, currency)?.saturating_add(held),
            held,
            figures: running.figures,
        };
        tx.append(operator, &Fact::ShiftRead(Box::new(fact)), &[])?;
        if devices.prints() {
            tx.queue_print(&report(reading, String::new(), 0))?;
        }
        Ok(ReadNow { reading })
    })
}

/// `shift.reprint`
pub fn reprint(act: &Act<'_>, request: GetShiftPaper) -> Result<QueuedPrint, Error> {
    let operator = act.operator;
    act.commit(move |tx| Ok(QueuedPrint { job: print_again(tx, operator, request.id)? }))
}

/// Notes that a paper is printed again, and queues it. Returns the job.
pub fn print_again(tx: &mut LedgerTx<'_>, operator: OperatorId, id: Uuid) -> Result<i64, Error> {
    let found = tx.drawer_fact(id)?.ok_or(ShiftError::Unknown {})?;
    let z_number = paper::number(&found.fact).ok_or(ShiftError::Unknown {})?;
    let copy = found.copies + 1;
    let fact = ShiftReprinted { paper: id, z_number: z_number.clone(), copy };
    tx.append(operator, &Fact::ShiftReprinted(fact), &[])?;
    Ok(tx.queue_print(&report(id, z_number, copy))?)
}

/// A paper to be queued. It waits for its printer however long that takes: nobody else has what it says.
fn report(about: Uuid, receipt_number: String, copy: u32) -> NewPrintJob {
    let kind = PrintJobKind::Report;
    let (not_after, printer, drawer) = (None, None, FIRST_DRAWER);
    NewPrintJob { kind, about, receipt_number, copy, not_after, printer, drawer }
}

/// The currency of the shop, and how it keeps its drawer. What waits to be folded is folded first, a few facts at a time, so
/// that a sale beside this waits for a few at most.
fn shop(act: &Act<'_>) -> Result<(Currency, ShiftRules), Error> {
    crate::report::fold(act.terminal)?;
    let (_, shop) = act.read(|reader| ask::shop(act.terminal, reader))?;
    Ok((shop.currency, shop.shift))
}

/// What a drawer should hold: the equation over its shift, which the sales' own sum has to meet.
fn expected_in(tx: &LedgerTx<'_>, drawer: u8, cash: &CashFlow, currency: Currency) -> Result<i64, Error> {
    let expected = cash.expected()?;
    let held = tx.drawer_cash(drawer, currency)?;
    if held != expected {
        // Two ways to the same sum differ: told, and no reason to hold anybody up who wants to go home.
        tracing::error!(drawer, held, expected, "the drawer's two sums differ");
    }
    debug_assert_eq!(held, expected, "the drawer's two sums");
    Ok(expected)
}

/// The last count of a drawer since its shift before was closed.
fn last_count(tx: &LedgerTx<'_>, drawer: u8) -> Result<Option<ShiftCounted>, Error> {
    let closed_at = tx.last_drawer_fact(drawer, CLOSED)?.map_or(0, |closed| closed.arrival);
    let count = tx.last_drawer_fact(drawer, COUNTED)?.filter(|count| count.arrival > closed_at);
    Ok(count.and_then(|found| match found.fact {
        Fact::ShiftCounted(count) => Some(count),
        _ => None,
    }))
}

/// When something was, as the shop's clock showed it.
const fn at(moment: &Moment) -> Timestamp {
    moment.wall
}

/// Something about the running shift changed.
#[derive(Serialize, Deserialize)]
pub struct ShiftChanged {}

impl Effect for ShiftChanged {
    type Answer = ShiftView;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale, Topic::Devices]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ShiftView, Error> {
        show(ask, Nothing {})
    }
}

/// A shift was closed.
#[derive(Serialize, Deserialize)]
pub struct ClosedNow {
    shift: Uuid,
}

impl Effect for ClosedNow {
    type Answer = ShiftSummary;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale, Topic::Devices]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ShiftSummary, Error> {
        let found = ask.reader.drawer_fact(self.shift)?.ok_or(ShiftError::Unknown {})?;
        view::summary(ask, &found)?.ok_or_else(|| ShiftError::Unknown {}.into())
    }
}

/// A report was read within a shift.
#[derive(Serialize, Deserialize)]
pub struct ReadNow {
    reading: Uuid,
}

impl Effect for ReadNow {
    type Answer = ShiftPaper;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Devices]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ShiftPaper, Error> {
        paper(ask, GetShiftPaper { id: self.reading })
    }
}
