//! Sales put aside and taken up again.

use super::{SaleChanged, open_sale};
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use database::record::StoredRecord;
use database::sale::SaleState;
use domain::people::Operator;
use domain::sale::suspended::SUSPENDED_MAX;
use domain::sale::{OpenSale, SaleError};
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::fact::TrailEntry;
use wire::record::Entity;
use wire::sale::{ResumeSale, SuspendSale, SuspendedList, SuspendedView};
use wire::session::Nothing;

/// Names of lines that are shown of each.
const FIRST: u32 = 3;
/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// `sale.suspended`
pub fn suspended(ask: &Ask<'_>, _: Nothing) -> Result<SuspendedList, Error> {
    let mut sales = Vec::new();
    for sale in ask.reader.suspended_sales()? {
        sales.push(shown(ask, sale)?);
    }
    Ok(SuspendedList { sales })
}

/// `sale.suspend`
pub fn suspend(act: &Act<'_>, request: SuspendSale) -> Result<PutAside, Error> {
    let operator = act.operator;
    let effect = act.commit(move |tx| {
        let at = tx.moment().wall;
        let (mut sale, since) = match tx.sale_state(request.sale)? {
            // Another name; it waits as long as it did.
            SaleState::Suspended(sale) => {
                let since = sale.suspended.clone();
                (*sale, since)
            }
            SaleState::Open(_) | SaleState::Completed(_) | SaleState::Cancelled | SaleState::Unknown => {
                (open_sale(tx, request.sale, operator)?, None)
            }
        };
        let act = sale.suspend(request.name.as_deref(), at, operator)?;
        match (since, &mut sale.suspended) {
            (Some(since), Some(suspended)) => {
                suspended.at = since.at;
                suspended.by = since.by;
            }
            _ => {
                if usize::try_from(tx.suspended_count()?).is_ok_and(|count| count >= SUSPENDED_MAX) {
                    return Err(SaleError::TooManySuspended { max: SUSPENDED_MAX }.into());
                }
                tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
            }
        }
        tx.save_suspended_sale(&sale)?;
        Ok(PutAside {})
    })?;
    act.caller.desk(|desk| desk.completed = None);
    Ok(effect)
}

/// `sale.resume`
pub fn resume(act: &Act<'_>, request: ResumeSale) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    let effect = act.commit(move |tx| {
        let mut sale = match tx.sale_state(request.sale)? {
            SaleState::Suspended(sale) => *sale,
            // Somebody else was faster: it is theirs.
            SaleState::Open(_) | SaleState::Completed(_) | SaleState::Cancelled | SaleState::Unknown => {
                open_sale(tx, request.sale, operator)?;
                return Err(SaleError::UnderWay {}.into());
            }
        };
        if tx.open_sale_of(operator)?.is_some_and(|open| open.lines_active > 0) {
            return Err(SaleError::UnderWay {}.into());
        }
        let act = sale.resume(operator);
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        tx.save_resumed_sale(&sale)?;
        Ok(SaleChanged { sale: sale.id, revision: sale.revision, line: None, shown: None })
    })?;
    act.caller.desk(|desk| desk.completed = None);
    Ok(effect)
}

fn shown(ask: &Ask<'_>, sale: OpenSale) -> Result<SuspendedView, Error> {
    let total = sale.totals()?.total;
    let (name, at, by) = match sale.suspended {
        Some(suspended) => (suspended.name, suspended.at, suspended.by),
        None => (None, sale.opened_at, sale.operator),
    };
    let stored = ask.reader.record(Entity::Operator, by.0)?;
    let operator = stored.map(StoredRecord::read::<Operator>).transpose()?;
    let first = ask.reader.open_lines_first(sale.id, FIRST)?;
    Ok(SuspendedView {
        sale: sale.id,
        name,
        suspended_at: at,
        minutes: ask.now.wall.0.saturating_sub(at.0).max(0) / MINUTE_MS,
        operator_name: operator.map(|operator| operator.name).unwrap_or_default(),
        pieces: sale.pieces,
        total,
        first: first.into_iter().map(|line| line.name).collect(),
    })
}

/// A sale was put aside.
#[derive(Serialize, Deserialize)]
pub struct PutAside {}

impl Effect for PutAside {
    type Answer = SuspendedList;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<SuspendedList, Error> {
        suspended(ask, Nothing {})
    }
}
