//! The papers of the drawer: made anew from their fact each time, with the shop as it was then.

use crate::Terminal;
use crate::ask::{self, Ask};
use crate::drawer;
use crate::error::Error;
use crate::texts::Texts;
use database::Reader;
use database::error::DatabaseError;
use database::record::StoredRecord;
use domain::document::Document;
use domain::ids::OperatorId;
use domain::people::Operator;
use domain::settings::{Language, Shop};
use domain::shift::{
    AccountSlip, CashSlip, ClosedShift, Drawer, HandedOver, Paper, ReportedShift, ShiftError,
};
use uuid::Uuid;
use wire::fact::{Fact, ShiftClosed};
use wire::record::{Entity, record};
use wire::session::Nothing;
use wire::shift::{GetShiftPaper, ShiftPaper};

/// `shift.paper`
pub fn paper(ask: &Ask<'_>, request: GetShiftPaper) -> Result<ShiftPaper, Error> {
    let found = ask.reader.drawer_fact(request.id)?.ok_or(ShiftError::Unknown {})?;
    let z_number = number(&found.fact).ok_or(ShiftError::Unknown {})?;
    let document = document(ask.terminal, ask.reader, request.id, 0)?;
    let preview = crate::receipt::laid_out(ask.terminal, ask.reader, document)?;
    Ok(ShiftPaper { id: Some(request.id), z_number, preview })
}

/// `shift.preview`
pub fn preview(ask: &Ask<'_>, _: Nothing) -> Result<ShiftPaper, Error> {
    let (document, _) = running(ask)?;
    let preview = crate::receipt::laid_out(ask.terminal, ask.reader, document)?;
    Ok(ShiftPaper { id: None, z_number: String::new(), preview })
}

/// What the running shift comes to as a document, and the language it is written in.
pub fn running(ask: &Ask<'_>) -> Result<(Document, Language), Error> {
    crate::report::fold(ask.terminal)?;
    let (_, shop) = ask.shop()?;
    let texts = Texts::of(shop.language);
    let used = drawer::used_by(ask)?;
    let running = ask.reader.running_shift(used.number)?;
    let moment = |wall| texts.moment(wall, ask.now.zone_min);
    let operator = ask.caller.sign_on().map(|sign_on| sign_on.name.clone()).unwrap_or_default();
    let (currency, at, drawer) = (shop.currency, moment(ask.now.wall), used.told());
    let head = Paper { shop: &shop, currency, at, operator, drawer, copy: 0 };
    let held = ask.reader.cash_held(used)?;
    let reported = ReportedShift {
        began_at: moment(running.began_at.unwrap_or(ask.now.wall)),
        float_stated: running.float_stated,
        expected: running.figures.cash.expected()?.saturating_add(held),
        held,
        figures: &running.figures,
        closed: None,
    };
    let document = head.report(&reported, &texts.shift())?;
    Ok((document, shop.language))
}

/// What a file of a paper is called within: its number, where it has one.
pub fn title(reader: &Reader, id: Uuid) -> Result<String, Error> {
    let found = reader.drawer_fact(id)?.ok_or(ShiftError::Unknown {})?;
    Ok(number(&found.fact).ok_or(ShiftError::Unknown {})?)
}

/// The number a paper of this fact has, empty where it has none; `None` for a fact that nothing is printed of.
pub fn number(fact: &Fact) -> Option<String> {
    match fact {
        Fact::ShiftClosed(closed) => Some(closed.z_number.clone()),
        Fact::AccountPaid(paid) => Some(paid.slip_number.clone()),
        Fact::ShiftRead(_) | Fact::CashMoved(_) => Some(String::new()),
        _ => None,
    }
}

/// A paper as it is printed: what no font can draw is told on it.
pub fn printed(terminal: &Terminal, reader: &Reader, id: Uuid, copy: u32) -> Result<Document, Error> {
    let document = document(terminal, reader, id, copy)?;
    let language = ask::shop(terminal, reader)?.1.language;
    Ok(terminal.drawable(&document, language))
}

fn document(terminal: &Terminal, reader: &Reader, id: Uuid, copy: u32) -> Result<Document, Error> {
    let found = reader.drawer_fact(id)?.ok_or(ShiftError::Unknown {})?;
    let then = |version| shop_at(terminal, reader, version);
    let (shop, currency) = match &found.fact {
        Fact::ShiftClosed(closed) => (then(closed.shop_version)?, closed.currency),
        Fact::ShiftRead(read) => (then(read.shop_version)?, read.currency),
        Fact::AccountPaid(paid) => (ask::shop(terminal, reader)?.1, paid.currency),
        Fact::CashMoved(moved) => (ask::shop(terminal, reader)?.1, moved.currency),
        _ => return Err(ShiftError::Unknown {}.into()),
    };
    let texts = Texts::of(shop.language);
    let words = texts.shift();
    let moment = |wall| texts.moment(wall, found.moment.zone_min);
    let operator = operator_name(reader, found.operator)?;
    let drawer = drawer_of(&found.fact).and_then(Drawer::told);
    let head = Paper { shop: &shop, currency, at: moment(found.moment.wall), operator, drawer, copy };
    let document = match &found.fact {
        Fact::ShiftClosed(closed) => {
            let mut open_sales = Vec::new();
            for sale in &closed.open_sales {
                let operator = operator_name(reader, sale.operator)?;
                let opened_at = moment(sale.opened_at);
                let (total, put_aside) = (sale.total, sale.put_aside);
                open_sales.push(HandedOver { opened_at, operator, total, put_aside });
            }
            let reported = ReportedShift {
                began_at: moment(closed.began_at),
                float_stated: closed.float_stated,
                figures: &closed.figures,
                expected: closed.expected,
                held: closed.held,
                closed: Some(how_closed(closed, open_sales)),
            };
            head.report(&reported, &words)?
        }
        Fact::ShiftRead(read) => {
            let reported = ReportedShift {
                began_at: moment(read.began_at),
                float_stated: read.float_stated,
                figures: &read.figures,
                expected: read.expected,
                held: read.held,
                closed: None,
            };
            head.report(&reported, &words)?
        }
        Fact::AccountPaid(paid) => {
            let customer = reader.customer(paid.customer)?.map(|stored| stored.customer);
            let customer = customer.map(|customer| match customer.number {
                Some(number) if customer.name.is_empty() => number,
                Some(_) | None => customer.name,
            });
            let slip = AccountSlip {
                number: paid.slip_number.clone(),
                customer: customer.unwrap_or_default(),
                kind: paid.kind,
                reference: paid.reference.clone(),
                amount: paid.amount,
                owed: paid.owed,
            };
            head.account_slip(&slip, &words)?
        }
        Fact::CashMoved(moved) => {
            let slip = CashSlip { movement: moved.kind, amount: moved.amount, reason: moved.reason };
            head.slip(slip, &words)?
        }
        _ => return Err(ShiftError::Unknown {}.into()),
    };
    Ok(document)
}

/// The drawer a paper is of, and how many there were then; `None` for what a customer is given.
const fn drawer_of(fact: &Fact) -> Option<Drawer> {
    match fact {
        Fact::ShiftClosed(closed) => Some(Drawer { number: closed.drawer, of: closed.drawers }),
        Fact::ShiftRead(read) => Some(Drawer { number: read.drawer, of: read.drawers }),
        Fact::CashMoved(moved) => Some(Drawer { number: moved.drawer, of: moved.drawers }),
        _ => None,
    }
}

fn how_closed(closed: &ShiftClosed, open_sales: Vec<HandedOver>) -> ClosedShift<'_> {
    ClosedShift {
        number: closed.z_number.clone(),
        day: closed.business_day.to_string(),
        counted: closed.counted,
        over_short: closed.over_short,
        carried: closed.carried,
        denominations: &closed.denominations,
        reason: closed.reason,
        left: closed.left,
        open_sales,
    }
}

/// The shop as it was at a version of its settings.
fn shop_at(terminal: &Terminal, reader: &Reader, version: u64) -> Result<Shop, Error> {
    match reader.record_at(Entity::Shop, terminal.store.0, version)? {
        Some(fields) => Ok(record(fields).map_err(DatabaseError::from)?),
        None => Ok(ask::shop(terminal, reader)?.1),
    }
}

fn operator_name(reader: &Reader, operator: OperatorId) -> Result<String, Error> {
    let operator: Option<Operator> =
        reader.record(Entity::Operator, operator.0)?.map(StoredRecord::read).transpose()?;
    Ok(operator.map(|operator| operator.name).unwrap_or_default())
}
