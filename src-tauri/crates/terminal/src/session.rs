//! Signing on and off, and whose PIN it was.

mod pin_guard;

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::caller::{Caller, SignOn};
use crate::error::Error;
use crate::record::{change, wanted};
use crate::training;
use database::Reader;
use database::record::StoredRecord;
use domain::ids::OperatorId;
use domain::people::{Grants, Operator, PeopleError, Role, badge_code, check_pin, recovery_typed};
use domain::product::Status;
use domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use wire::envelope::Topic;
use wire::fact::{Fact, SignedIn, SignedOut};
use wire::record::Entity;
use wire::session::{CurrentSession, Nothing, Recover, Session, SignIn, SignInBadge};
use wire::shop::Greeting;

pub use pin_guard::PinGuard;

/// `session.sign_in`
pub fn sign_in(act: &Act<'_>, request: SignIn) -> Result<SignedOn, Error> {
    let sign_on = verify(act.terminal, request.operator, &request.pin)?;
    let door = act.caller.door().word().to_owned();
    let (operator, training) = (sign_on.operator, sign_on.training);
    training::ready(act, training)?;
    act.commit(move |tx| {
        training::clear(tx, operator, training)?;
        tx.append(operator, &Fact::SignedIn(SignedIn { door }), &[])?;
        Ok(SignedOn { operator })
    })
}

/// `session.sign_in_badge`
pub fn sign_in_badge(act: &Act<'_>, request: SignInBadge) -> Result<SignedOn, Error> {
    let sign_on = verify_badge(act.terminal, &request.code)?;
    let door = act.caller.door().word().to_owned();
    let (operator, training) = (sign_on.operator, sign_on.training);
    training::ready(act, training)?;
    act.commit(move |tx| {
        training::clear(tx, operator, training)?;
        tx.append(operator, &Fact::SignedIn(SignedIn { door }), &[])?;
        Ok(SignedOn { operator })
    })
}

/// Says whose badge a code is, where the badge is enough.
///
/// # Errors
/// `BadgeUnknown`, `BadgeInvalid`, `PinBlocked` after too many codes that are nobody's; `BadgeNeedsPin` where their role
/// asks for the PIN too.
pub fn verify_badge(terminal: &Arc<Terminal>, code: &str) -> Result<SignOn, Error> {
    if terminal.pins.is_lost() {
        return Err(PeopleError::PinsLost {}.into());
    }
    let now = terminal.now();
    // Codes that are nobody's are counted together: they slow down badges, and nobody's PIN.
    terminal.pin_guard.check(OperatorId::TERMINAL, now)?;
    let hash = terminal.pins.badge_hash(badge_code(code)?);
    let has_it = |person: &Operator| person.status == Status::Active && person.badge.as_ref() == Some(&hash);
    let version = terminal.people_version.load(Ordering::Acquire);
    let found = terminal.database.read(|reader| -> Result<_, Error> {
        for stored in reader.records(Entity::Operator)? {
            let id = OperatorId(stored.id);
            if has_it(&stored.read()?) {
                return load(reader, id, version);
            }
        }
        Ok(None)
    })?;
    let Some(sign_on) = found else {
        // Goods that are scanned where a badge is asked for are no guesses.
        if !is_of_goods(terminal, code, now)? {
            terminal.pin_guard.wrong(&terminal.database, OperatorId::TERMINAL, now);
        }
        return Err(PeopleError::BadgeUnknown {}.into());
    };
    terminal.pin_guard.right(&terminal.database, OperatorId::TERMINAL, now);
    if sign_on.role.badge_needs_pin {
        return Err(PeopleError::BadgeNeedsPin { operator: sign_on.operator }.into());
    }
    Ok(sign_on)
}

/// Whether a code is that of something the shop sells.
fn is_of_goods(terminal: &Arc<Terminal>, code: &str, now: Moment) -> Result<bool, Error> {
    let day = terminal.day_of(&now);
    match terminal.database.read(|reader| crate::code::look_up(terminal, reader, code, day)) {
        Ok(scanned) => Ok(!scanned.found.is_empty()),
        Err(Error::Sale(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// `session.recover`
pub fn recover(act: &Act<'_>, request: Recover) -> Result<Recovered, Error> {
    let terminal = act.terminal;
    if terminal.pins.is_lost() {
        return Err(PeopleError::PinsLost {}.into());
    }
    let (operator, id) = (request.operator, request.operator.0);
    terminal.pin_guard.check(operator, act.now)?;
    check_pin(&request.pin)?;
    let person: Option<Operator> =
        act.read(|reader| Ok(reader.record(Entity::Operator, id)?.map(StoredRecord::read).transpose()?))?;
    let known = person.is_some();
    let salt = person.filter(|person| person.status == Status::Active).and_then(|person| person.recovery);
    let typed = recovery_typed(&request.code);
    // Both are hashed before they are compared: how long that takes tells nothing.
    let hashed = |code: &str| terminal.pins.request_hash("recovery.typed", code.as_bytes());
    let fits = |salt: &String| hashed(&terminal.pins.recovery_code(salt)) == hashed(&typed);
    let Some(salt) = salt.filter(fits) else {
        if known {
            terminal.pin_guard.wrong(&terminal.database, operator, act.now);
        }
        return Err(PeopleError::RecoveryWrong {}.into());
    };
    let verifier = terminal.pins.verifier(&request.pin, &terminal.surroundings.ids.salt());
    let recovered = act.commit(move |tx| {
        let stored = tx.record(Entity::Operator, id)?.ok_or(PeopleError::RecoveryWrong {})?;
        let current: Operator = stored.read()?;
        // The same code does not pass twice, from whatever door it comes.
        if current.recovery.as_ref() != Some(&salt) {
            return Err(PeopleError::RecoveryWrong {}.into());
        }
        let next = Operator { pin: Some(verifier), recovery: None, ..current.clone() };
        change(tx, operator, Entity::Operator, id, wanted(Some(&current), &next))?;
        Ok(Recovered {})
    })?;
    terminal.pin_guard.right(&terminal.database, operator, act.now);
    terminal.people_version.fetch_add(1, Ordering::AcqRel);
    Ok(recovered)
}

/// Somebody has a new PIN.
#[derive(Serialize, Deserialize)]
pub struct Recovered {}

impl Effect for Recovered {
    type Answer = Greeting;

    fn topics(&self) -> &'static [Topic] {
        crate::record::topics(Entity::Operator)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<Greeting, Error> {
        crate::shop::greeting(ask, Nothing {})
    }
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
            terminal.pin_guard.right(&terminal.database, operator, now);
            Ok(sign_on)
        }
        None => {
            // Ids that are nobody's are not counted: guessing at them would fill the memory.
            if known {
                terminal.pin_guard.wrong(&terminal.database, operator, now);
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
    let role = role.read::<Role>()?.widened();
    let training = role.trains_only || reader.is_training(operator)?;
    Ok(Some(SignOn {
        operator,
        name: person.name,
        grants: Grants::of(&role),
        training,
        role,
        people_version,
    }))
}

/// A sign-on as screens are shown it.
pub fn view(sign_on: &SignOn) -> Session {
    Session {
        operator: sign_on.operator,
        grants: sign_on.grants_list(),
        name: sign_on.name.clone(),
        role: sign_on.role.name.clone(),
        own_sales_only: sign_on.role.own_sales_only,
        training: sign_on.training,
        trains_only: sign_on.role.trains_only,
    }
}
