//! Operators, as the manager keeps them.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use database::LedgerTx;
use database::record::StoredRecord;
use domain::ids::OperatorId;
use domain::people::{Operator, PeopleError, Permission, Role, badge_code, check_name, check_pin};
use domain::product::Status;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use wire::envelope::Topic;
use wire::people::{EraseOperator, OperatorList, OperatorView, SaveOperator};
use wire::record::Entity;
use wire::session::{Nothing, RecoveryCode};

/// `operator.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<OperatorList, Error> {
    let mut operators = Vec::new();
    for stored in ask.reader.records(Entity::Operator)? {
        let (id, version) = (OperatorId(stored.id), stored.version);
        operators.push(view(id, version, stored.read()?));
    }
    operators.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(OperatorList { operators })
}

fn view(id: OperatorId, version: u64, operator: Operator) -> OperatorView {
    OperatorView {
        id,
        version,
        name: operator.name,
        role: operator.role,
        has_pin: operator.pin.is_some(),
        has_badge: operator.badge.is_some(),
        has_recovery: operator.recovery.is_some(),
        status: operator.status,
    }
}

/// `operator.save`
pub fn save(act: &Act<'_>, request: SaveOperator) -> Result<Saved<OperatorView>, Error> {
    if let Some(name) = &request.name {
        check_name(name)?;
    }
    let pins = &act.terminal.pins;
    let verifier = match &request.pin {
        Some(pin) => {
            check_pin(pin)?;
            Some(pins.verifier(pin, &act.terminal.surroundings.ids.salt()))
        }
        None => None,
    };
    let badge = match request.badge.as_deref().map(str::trim) {
        None => None,
        Some("") => Some(None),
        Some(code) => Some(Some(pins.badge_hash(badge_code(code)?))),
    };
    let id = act.id_or_new(request.id.map(|id| id.0));
    let actor = act.operator;
    let effect = act.commit(move |tx| {
        let current: Option<Operator> = match (request.id, tx.record(Entity::Operator, id)?) {
            (Some(_), None) => return Err(PeopleError::OperatorUnknown {}.into()),
            (_, stored) => stored.map(StoredRecord::read).transpose()?,
        };
        let next = next(current.as_ref(), &request, verifier, badge)?;
        check_role_and_name(tx, id, &next)?;
        change(tx, actor, Entity::Operator, id, wanted(current.as_ref(), &next))?;
        expect_manager(tx)?;
        Ok(Saved::new(id))
    })?;
    act.terminal.people_version.fetch_add(1, Ordering::AcqRel);
    Ok(effect)
}

/// `operator.make_recovery`
pub fn make_recovery(act: &Act<'_>, _: Nothing) -> Result<MadeRecovery, Error> {
    if act.terminal.pins.is_lost() {
        return Err(PeopleError::PinsLost {}.into());
    }
    let operator = act.operator;
    let salt = data_encoding::HEXLOWER.encode(&act.terminal.surroundings.ids.salt());
    act.commit(move |tx| {
        let stored = tx.record(Entity::Operator, operator.0)?.ok_or(PeopleError::OperatorUnknown {})?;
        let current: Operator = stored.read()?;
        let next = Operator { recovery: Some(salt.clone()), ..current.clone() };
        change(tx, operator, Entity::Operator, operator.0, wanted(Some(&current), &next))?;
        Ok(MadeRecovery { salt })
    })
}

/// A recovery code was made.
#[derive(Serialize, Deserialize)]
pub struct MadeRecovery {
    salt: String,
}

impl Effect for MadeRecovery {
    type Answer = RecoveryCode;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Operator)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<RecoveryCode, Error> {
        let code = ask.terminal.pins.recovery_code(&self.salt);
        let groups: Vec<&str> = (0..code.len()).step_by(5).filter_map(|at| code.get(at..at + 5)).collect();
        Ok(RecoveryCode { code: groups.join("-") })
    }
}

/// `operator.erase`
pub fn erase(act: &Act<'_>, request: EraseOperator) -> Result<Saved<OperatorView>, Error> {
    let (id, actor) = (request.id.0, act.operator);
    act.commit(move |tx| {
        let stored = tx.record(Entity::Operator, id)?.ok_or(PeopleError::OperatorUnknown {})?;
        if stored.read::<Operator>()?.status == Status::Active {
            return Err(PeopleError::StillActive {}.into());
        }
        tx.erase(actor, Entity::Operator, id, Entity::Operator.personal_fields())?;
        Ok(Saved::new(id))
    })
}

fn next(
    current: Option<&Operator>,
    request: &SaveOperator,
    verifier: Option<String>,
    badge: Option<Option<String>>,
) -> Result<Operator, PeopleError> {
    let name = request.name.as_ref().map(|name| name.trim().to_owned());
    Ok(match current {
        Some(current) => Operator {
            name: name.unwrap_or_else(|| current.name.clone()),
            role: request.role.unwrap_or(current.role),
            pin: verifier.or_else(|| current.pin.clone()),
            badge: badge.unwrap_or_else(|| current.badge.clone()),
            recovery: current.recovery.clone(),
            status: request.status.unwrap_or(current.status),
        },
        None => Operator {
            name: name.ok_or(PeopleError::NameInvalid { max: domain::people::NAME_MAX })?,
            role: request.role.ok_or(PeopleError::RoleUnknown {})?,
            pin: verifier,
            badge: badge.flatten(),
            recovery: None,
            status: request.status.unwrap_or_default(),
        },
    })
}

fn check_role_and_name(tx: &LedgerTx<'_>, id: uuid::Uuid, next: &Operator) -> Result<(), Error> {
    if tx.record(Entity::Role, next.role.0)?.is_none() {
        return Err(PeopleError::RoleUnknown {}.into());
    }
    for other in tx.records(Entity::Operator)?.into_iter().filter(|other| other.id != id) {
        let other: Operator = other.read()?;
        if other.status == Status::Active && other.name.to_lowercase() == next.name.to_lowercase() {
            return Err(PeopleError::NameTaken { name: other.name }.into());
        }
        if next.badge.is_some() && other.status == Status::Active && other.badge == next.badge {
            return Err(PeopleError::BadgeTaken { name: other.name }.into());
        }
    }
    Ok(())
}

/// Refuses a change after which nobody could manage people: the shop would be locked out of itself.
pub fn expect_manager(tx: &LedgerTx<'_>) -> Result<(), Error> {
    for stored in tx.records(Entity::Operator)? {
        let operator: Operator = stored.read()?;
        if operator.status == Status::Archived || operator.pin.is_none() {
            continue;
        }
        let role: Option<Role> =
            tx.record(Entity::Role, operator.role.0)?.map(StoredRecord::read).transpose()?;
        let manages = |grant: &domain::people::Grant| grant.permission == Permission::ManagePeople;
        if role.is_some_and(|role| role.grants.iter().any(manages)) {
            return Ok(());
        }
    }
    Err(PeopleError::LastManager {}.into())
}

impl Effect for Saved<OperatorView> {
    type Answer = OperatorView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Operator)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<OperatorView, Error> {
        let stored = ask.reader.record(Entity::Operator, self.id)?;
        let stored = stored.ok_or_else(|| record::missing("operator", self.id))?;
        let version = stored.version;
        Ok(view(OperatorId(self.id), version, stored.read()?))
    }
}
