//! Signing on and off, and whose PIN it was.

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::caller::{Caller, SignOn};
use crate::error::Error;
use database::Reader;
use database::record::StoredRecord;
use domain::ids::OperatorId;
use domain::people::{Grants, Operator, PeopleError, Role, pin_wait_s};
use domain::product::Status;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use wire::envelope::Topic;
use wire::fact::{Fact, SignedIn, SignedOut};
use wire::record::Entity;
use wire::session::{CurrentSession, Nothing, Session, SignIn};

/// `session.sign_in`
pub fn sign_in(act: &Act<'_>, request: SignIn) -> Result<SignedOn, Error> {
    let sign_on = verify(act.terminal, request.operator, &request.pin)?;
    let door = act.caller.door().word().to_owned();
    let operator = sign_on.operator;
    act.commit(move |tx| {
        tx.append(operator, &Fact::SignedIn(SignedIn { door }), &[])?;
        Ok(SignedOn { operator })
    })
}

/// `session.sign_out`
pub fn sign_out(act: &Act<'_>, _: Nothing) -> Result<SignedOff, Error> {
    let door = act.caller.door().word().to_owned();
    let operator = act.operator;
    act.commit(move |tx| {
        tx.append(operator, &Fact::SignedOut(SignedOut { door }), &[])?;
        Ok(SignedOff {})
    })
}

/// `session.current`
pub fn current(ask: &Ask<'_>, _: Nothing) -> Result<CurrentSession, Error> {
    let sign_on = signed_on(ask.terminal, ask.caller)?;
    Ok(CurrentSession { session: sign_on.map(|sign_on| view(&sign_on)) })
}

/// An operator signed on.
#[derive(Serialize, Deserialize)]
pub struct SignedOn {
    operator: OperatorId,
}

impl Effect for SignedOn {
    type Answer = Session;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Session, Topic::Sale]
    }

    /// Signs the caller on, also when it is asked again after a lost answer: the request held the right PIN then, and its
    /// keyed hash says it does now.
    fn answer(self, ask: &Ask<'_>) -> Result<Session, Error> {
        let version = ask.terminal.people_version.load(Ordering::Acquire);
        let sign_on = load(ask.reader, self.operator, version)?.ok_or(PeopleError::PinWrong {})?;
        let sign_on = Arc::new(sign_on);
        ask.caller.set_sign_on(Some(Arc::clone(&sign_on)));
        let unowned = ask.terminal.scanner.owner().is_none_or(|owner| !owner.is_signed_on());
        if unowned {
            ask.terminal.scanner.claim(ask.caller);
        }
        Ok(view(&sign_on))
    }
}

/// The operator signed off.
#[derive(Serialize, Deserialize)]
pub struct SignedOff {}

impl Effect for SignedOff {
    type Answer = CurrentSession;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Session, Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<CurrentSession, Error> {
        ask.caller.set_sign_on(None);
        Ok(CurrentSession { session: None })
    }
}

/// Who is signed on, as people and roles stand now; nobody when the operator was archived meanwhile.
pub fn signed_on(terminal: &Terminal, caller: &Caller) -> Result<Option<Arc<SignOn>>, Error> {
    let Some(sign_on) = caller.sign_on() else { return Ok(None) };
    let version = terminal.people_version.load(Ordering::Acquire);
    if sign_on.people_version == version {
        return Ok(Some(sign_on));
    }
    let fresh = terminal.database.read(|reader| load(reader, sign_on.operator, version))?.map(Arc::new);
    caller.set_sign_on(fresh.clone());
    Ok(fresh)
}

/// Checks an operator's PIN. Somebody unknown, archived or without a PIN gets the same answer as a wrong PIN, after the
/// same work.
pub fn verify(terminal: &Arc<Terminal>, operator: OperatorId, pin: &str) -> Result<SignOn, Error> {
    if terminal.pins.is_lost() {
        return Err(PeopleError::PinsLost {}.into());
    }
    let now = terminal.now();
    terminal.pin_guard.check(operator, now)?;
    let version = terminal.people_version.load(Ordering::Acquire);
    let found: Option<(Operator, SignOn)> = terminal.database.read(|reader| {
        let Some(sign_on) = load(reader, operator, version)? else { return Ok::<_, Error>(None) };
        let person = reader.record(Entity::Operator, operator.0)?.map(StoredRecord::read).transpose()?;
        Ok(person.map(|person| (person, sign_on)))
    })?;
    let known = found.is_some();
    let (verifier, sign_on) = match found {
        Some((Operator { pin: Some(verifier), .. }, sign_on)) => (verifier, Some(sign_on)),
        _ => (terminal.pins.verifier("0000", &[0; 16]), None),
    };
    let fits = terminal.pins.fits(pin, &verifier);
    match sign_on.filter(|_| fits) {
        Some(sign_on) => {
            terminal.pin_guard.right(operator);
            Ok(sign_on)
        }
        None => {
            // Ids that are nobody's are not counted: guessing at them would fill the memory.
            if known {
                terminal.pin_guard.wrong(operator, now);
            }
            Err(PeopleError::PinWrong {}.into())
        }
    }
}

fn load(reader: &Reader, operator: OperatorId, people_version: u64) -> Result<Option<SignOn>, Error> {
    let Some(stored) = reader.record(Entity::Operator, operator.0)? else { return Ok(None) };
    let person: Operator = stored.read()?;
    if person.status == Status::Archived {
        return Ok(None);
    }
    let Some(role) = reader.record(Entity::Role, person.role.0)? else { return Ok(None) };
    let role: Role = role.read()?;
    Ok(Some(SignOn { operator, name: person.name, grants: Grants::of(&role), role, people_version }))
}

fn view(sign_on: &SignOn) -> Session {
    Session {
        operator: sign_on.operator,
        grants: sign_on.grants_list(),
        name: sign_on.name.clone(),
        role: sign_on.role.name.clone(),
    }
}

/// Wrong PINs in a row, by operator: guessing becomes slow, and one operator's mistakes hold up nobody else.
#[derive(Default)]
pub struct PinGuard {
    wrong: std::sync::Mutex<std::collections::HashMap<OperatorId, (u32, u64)>>,
}

impl PinGuard {
    fn check(&self, operator: OperatorId, now: domain::time::Moment) -> Result<(), PeopleError> {
        let wrong = self.wrong.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some((count, last_ms)) = wrong.get(&operator) else { return Ok(()) };
        let until_ms = last_ms + u64::try_from(pin_wait_s(*count)).unwrap_or(0) * 1_000;
        let left_ms = until_ms.saturating_sub(now.mono_ms);
        if left_ms == 0 {
            return Ok(());
        }
        Err(PeopleError::PinBlocked { wait_s: i64::try_from(left_ms.div_ceil(1_000)).unwrap_or(i64::MAX) })
    }

    fn wrong(&self, operator: OperatorId, now: domain::time::Moment) {
        let mut wrong = self.wrong.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let entry = wrong.entry(operator).or_insert((0, 0));
        *entry = (entry.0.saturating_add(1), now.mono_ms);
    }

    fn right(&self, operator: OperatorId) {
        self.wrong.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&operator);
    }
}
