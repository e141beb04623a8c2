//! Training: somebody sells as always, and nothing of it counts. What they do goes into a log of its own, with numbers of
//! its own; no projection but its numbers knows of it, no drawer opens, and the real till is as it was when they stop.
//!
//! Who trains is remembered by operator: over a restart, and wherever they are signed on.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::session;
use database::{LedgerTx, Purpose};
use domain::ids::{IncarnationId, OperatorId};
use domain::people::PeopleError;
use domain::sale::SaleError;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use wire::envelope::Topic;
use wire::fact::{LedgerOpened, OpenReason};
use wire::session::{Nothing, Session};

/// `training.start`
pub fn start(act: &Act<'_>, _: Nothing) -> Result<Changed, Error> {
    ready(act, true)?;
    let operator = act.operator;
    let effect = act.commit(move |tx| {
        // A real sale is finished first, or put aside: it waits for nobody who trains.
        match tx.open_sale_of(operator)? {
            Some(open) if !open.training && (open.lines_active > 0 || !open.tenders.is_empty()) => {
                return Err(SaleError::UnderWay {}.into());
            }
            Some(_) | None => clear(tx, operator, true)?,
        }
        tx.begin_training(operator)?;
        Ok(Changed {})
    })?;
    changed(act);
    Ok(effect)
}

/// `training.stop`
pub fn stop(act: &Act<'_>, _: Nothing) -> Result<Changed, Error> {
    if act.caller.sign_on().is_some_and(|sign_on| sign_on.role.trains_only) {
        return Err(PeopleError::TrainsOnly {}.into());
    }
    let operator = act.operator;
    let effect = act.commit(move |tx| {
        clear(tx, operator, false)?;
        tx.end_training(operator)?;
        Ok(Changed {})
    })?;
    changed(act);
    Ok(effect)
}

/// Whoever trains sees nothing of what they sold before, and the other way round.
fn changed(act: &Act<'_>) {
    act.terminal.people_version.fetch_add(1, Ordering::AcqRel);
    act.caller.desk(|desk| {
        desk.completed = None;
        desk.refused_scan = None;
    });
}

/// Begins the log to train on, where there is none that belongs to the life of the ledger that goes on.
pub fn ready(act: &Act<'_>, training: bool) -> Result<(), Error> {
    if !training {
        return Ok(());
    }
    let database = &act.terminal.database;
    let Some(selling) = database.head(Purpose::Selling)? else { return Ok(()) };
    let before = database.head(Purpose::Training)?;
    // A copy of this ledger may go on with a log that is older than the life it began.
    if before.is_some_and(|before| before.log > selling.log) {
        return Ok(());
    }
    let incarnation = IncarnationId(act.id());
    let own = data_encoding::BASE32_DNSCURVE.encode(&incarnation.0.as_bytes()[12..]).to_uppercase();
    let opened = LedgerOpened {
        organisation: selling.identity.organisation,
        store: selling.identity.store,
        terminal: selling.identity.terminal,
        incarnation,
        series: format!("TRN{}", &own[..4]),
        reason: OpenReason::Training,
        previous: None,
        grand_totals: Vec::new(),
    };
    Ok(database.begin_log(opened, act.now)?)
}

/// Forgets an operator's open sale that belongs to the other side: one of training where they do not train, and one
/// without lines where they do.
pub fn clear(tx: &LedgerTx<'_>, operator: OperatorId, training: bool) -> Result<(), Error> {
    let Some(open) = tx.open_sale_of(operator)? else { return Ok(()) };
    let is_empty = open.lines_active == 0 && open.tenders.is_empty();
    if open.training != training && (open.training || is_empty) {
        let trail = tx.open_trail(open.id)?;
        tx.remove_open_sale(open.id, &open.acts, &trail)?;
    }
    Ok(())
}

/// Somebody began to train, or stopped.
#[derive(Serialize, Deserialize)]
pub struct Changed {}

impl Effect for Changed {
    type Answer = Session;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Session, Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<Session, Error> {
        let sign_on = session::signed_on(ask.terminal, ask.caller)?.ok_or(PeopleError::NotSignedOn {})?;
        Ok(session::view(&sign_on))
    }
}
