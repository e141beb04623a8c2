//! Roles: named sets of permissions.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::operator::expect_manager;
use crate::record::{self, Saved, change, wanted};
use domain::ids::RoleId;
use domain::people::{PeopleError, check_name};
use std::sync::atomic::Ordering;
use wire::envelope::Topic;
use wire::people::{RoleList, RoleView, SaveRole};
use wire::record::Entity;
use wire::session::Nothing;

/// `role.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<RoleList, Error> {
    let mut roles: Vec<RoleView> = Vec::new();
    for stored in ask.reader.records(Entity::Role)? {
        let (id, version) = (RoleId(stored.id), stored.version);
        roles.push(RoleView { id, version, role: stored.read()? });
    }
    roles.sort_by(|a, b| a.role.name.cmp(&b.role.name));
    Ok(RoleList { roles })
}

/// `role.save`
pub fn save(act: &Act<'_>, request: SaveRole) -> Result<Saved<RoleView>, Error> {
    check_name(&request.role.name)?;
    let id = act.id_or_new(request.id.map(|id| id.0));
    let actor = act.operator;
    let effect = act.commit(move |tx| {
        if request.id.is_some() && tx.record(Entity::Role, id)?.is_none() {
            return Err(PeopleError::RoleUnknown {}.into());
        }
        change(tx, actor, Entity::Role, id, wanted(request.base.as_ref(), &request.role))?;
        expect_manager(tx)?;
        Ok(Saved::new(id))
    })?;
    act.terminal.people_version.fetch_add(1, Ordering::AcqRel);
    Ok(effect)
}

impl Effect for Saved<RoleView> {
    type Answer = RoleView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Role)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<RoleView, Error> {
        let stored = ask.reader.record(Entity::Role, self.id)?;
        let stored = stored.ok_or_else(|| record::missing("role", self.id))?;
        Ok(RoleView { id: RoleId(self.id), version: stored.version, role: stored.read()? })
    }
}
