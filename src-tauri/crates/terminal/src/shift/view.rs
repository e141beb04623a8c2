//! What screens are shown of the drawer. What should be in it goes only to those who may see that, until it was counted.

use super::at;
use crate::ask::{self, Ask};
use crate::audit::entry::name_of;
use crate::drawer;
use crate::error::Error;
use database::shift::{ACCOUNT_PAID, CLOSED, COUNTED, DrawerFact, MOVED, OPENED};
use domain::cash::denomination::{Denominated, denominations};
use domain::money::Money;
use domain::people::Permission;
use domain::shift::{CashMovement, CashReason, CountedDrawer, Drawer, counted, needs_reason};
use wire::fact::Fact;
use wire::session::Nothing;
use wire::shift::{
    CashSum, CountDrawer, DrawerCount, ListShifts, MovedCash, MovementReasons, PaidOnAccount, ShiftList,
    ShiftState, ShiftSummary, ShiftView,
};

/// Movements shown at most.
const MOVEMENTS_MAX: u32 = 100;
/// Closed shifts of a page.
const PAGE: u32 = 30;

/// `shift.show`
pub fn show(ask: &Ask<'_>, _: Nothing) -> Result<ShiftView, Error> {
    crate::report::fold(ask.terminal)?;
    let (_, shop) = ask.shop()?;
    let money = |minor| ask::money(minor, shop.currency);
    let used = drawer::used_by(ask)?;
    let running = ask.reader.running_shift(used.number)?;
    let closed_at = ask.reader.last_drawer_fact(used.number, CLOSED)?.map_or(0, |closed| closed.arrival);
    let opened =
        ask.reader.last_drawer_fact(used.number, OPENED)?.filter(|opened| opened.arrival > closed_at);
    let mut movements = Vec::new();
    for found in ask.reader.drawer_facts(used.number, MOVED, (closed_at, None), MOVEMENTS_MAX)? {
        let Fact::CashMoved(moved) = &found.fact else { continue };
        movements.push(MovedCash {
            id: moved.movement,
            at: at(&found.moment),
            operator_name: name_of(ask, found.operator)?,
            kind: moved.kind,
            amount: ask::money(moved.amount, moved.currency)?,
            reason: moved.reason,
        });
    }
    let mut account_payments = Vec::new();
    for found in ask.reader.drawer_facts(used.number, ACCOUNT_PAID, (closed_at, None), MOVEMENTS_MAX)? {
        let Fact::AccountPaid(paid) = &found.fact else { continue };
        account_payments.push(PaidOnAccount {
            id: paid.payment,
            at: at(&found.moment),
            operator_name: name_of(ask, found.operator)?,
            slip_number: paid.slip_number.clone(),
            kind: paid.kind,
            amount: ask::money(paid.amount, paid.currency)?,
        });
    }
    let mut count = None;
    if let Some(found) =
        ask.reader.last_drawer_fact(used.number, COUNTED)?.filter(|count| count.arrival > closed_at)
        && let Fact::ShiftCounted(fact) = &found.fact
    {
        let over_short = CountedDrawer { counted: fact.counted, expected: fact.expected }.over_short()?;
        count = Some(DrawerCount {
            at: at(&found.moment),
            operator_name: name_of(ask, found.operator)?,
            counted: money(fact.counted)?,
            expected: money(fact.expected)?,
            over_short: money(over_short)?,
            needs_reason: needs_reason(over_short, &shop.shift),
            counts: running.figures.counts,
        });
    }
    let aside = ask.reader.suspended_sales()?;
    let held = match ask.caller.may(Permission::SeeExpectedCash) {
        true => Some(ask.reader.cash_held(used)?),
        false => None,
    };
    let kinds = [CashMovement::PaidIn, CashMovement::PaidOut, CashMovement::Expense, CashMovement::Drop];
    Ok(ShiftView {
        drawer: used.number,
        drawers: used.of,
        state: match (running.began_at, running.float_stated) {
            (_, true) => ShiftState::Open,
            (Some(_), false) => ShiftState::Begun,
            (None, false) => ShiftState::Closed,
        },
        began_at: running.began_at,
        opened_by: opened.map(|opened| name_of(ask, opened.operator)).transpose()?,
        float: money(running.figures.cash.float)?,
        sales: running.figures.sales.saturating_add(running.figures.refunds),
        open_sales: ask.reader.open_sales(used)?,
        put_aside: u32::try_from(aside.len()).unwrap_or(u32::MAX),
        put_aside_since: aside.first().and_then(|sale| sale.suspended.as_ref()).map(|aside| aside.at),
        movements,
        account_payments,
        count,
        expected: held
            .map(|held| money(running.figures.cash.expected()?.saturating_add(held)))
            .transpose()?,
        held: held.map(money).transpose()?,
        difference_free: money(shop.shift.difference_free)?,
        denominations: denominations(shop.currency)
            .iter()
            .map(|value| money(*value))
            .collect::<Result<_, _>>()?,
        reasons: kinds.map(|kind| MovementReasons { kind, reasons: CashReason::of(kind).to_vec() }).into(),
    })
}

/// `shift.add_up`
pub fn add_up(ask: &Ask<'_>, request: CountDrawer) -> Result<CashSum, Error> {
    let (_, shop) = ask.shop()?;
    let money = |minor| ask::money(minor, shop.currency);
    let total = Money::zero(shop.currency);
    let total = match request.denominations.as_slice() {
        [] => request.counted.unwrap_or(total),
        rows => money(counted(shop.currency, None, rows)?)?,
    };
    let row = |row: &Denominated| money(row.value.saturating_mul(i64::from(row.count)));
    Ok(CashSum { total, rows: request.denominations.iter().map(row).collect::<Result<_, _>>()? })
}

/// `shift.list`
pub fn list(ask: &Ask<'_>, request: ListShifts) -> Result<ShiftList, Error> {
    let facts = ask.reader.facts_of_drawers(CLOSED, request.before, PAGE)?;
    let full = u32::try_from(facts.len()).is_ok_and(|length| length == PAGE);
    let next = facts.last().filter(|_| full).map(|last| last.arrival);
    let mut shifts = Vec::new();
    for found in &facts {
        shifts.extend(summary(ask, found)?);
    }
    Ok(ShiftList { shifts, next })
}

/// A closed shift in a list; `None` for another fact.
pub fn summary(ask: &Ask<'_>, found: &DrawerFact) -> Result<Option<ShiftSummary>, Error> {
    let Fact::ShiftClosed(closed) = &found.fact else { return Ok(None) };
    let money = |minor| ask::money(minor, closed.currency);
    Ok(Some(ShiftSummary {
        id: closed.shift.0,
        z_number: closed.z_number.clone(),
        drawer: Drawer { number: closed.drawer, of: closed.drawers }.told(),
        business_day: closed.business_day,
        closed_at: at(&found.moment),
        operator_name: name_of(ask, found.operator)?,
        turnover: money(closed.figures.sold.saturating_sub(closed.figures.refunded))?,
        expected: money(closed.expected)?,
        counted: money(closed.counted)?,
        over_short: money(closed.over_short)?,
        open_sales: u32::try_from(closed.open_sales.len()).unwrap_or(u32::MAX),
    }))
}
