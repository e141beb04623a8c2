//! Roles: named sets of permissions.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::operator::expect_manager;
use crate::record::{self, Saved, change, wanted};
use database::record::StoredRecord;
use domain::ids::RoleId;
use domain::people::{CAME_LATER, PeopleError, Role, check_name};
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
        roles.push(RoleView { id, version, role: stored.read::<Role>()?.widened() });
    }
    roles.sort_by(|a, b| a.role.name.cmp(&b.role.name));
    Ok(RoleList { roles })
}

/// `role.save`
pub fn save(act: &Act<'_>, mut request: SaveRole) -> Result<Saved<RoleView>, Error> {
    check_name(&request.role.name)?;
    let id = act.id_or_new(request.id.map(|id| id.0));
    let actor = act.operator;
    let effect = act.commit(move |tx| {
        let stored: Option<Role> = tx.record(Entity::Role, id)?.map(StoredRecord::read).transpose()?;
        if request.id.is_some() && stored.is_none() {
            return Err(PeopleError::RoleUnknown {}.into());
        }
        request.role.known = CAME_LATER.len();
        // The screen showed the role with what came to the till since it was saved.
        if let (Some(base), Some(stored)) = (&mut request.base, stored) {
            base.known = CAME_LATER.len();
            if *base == stored.clone().widened() {
                *base = stored;
            }
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
        Ok(RoleView { id: RoleId(self.id), version: stored.version, role: stored.read::<Role>()?.widened() })
    }
}
