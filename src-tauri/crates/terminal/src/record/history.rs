//! The history of a record, for those who may change it.

use crate::ask::Ask;
use crate::audit::entry::{HIDDEN, erasures, name_of, shown_changes};
use crate::error::Error;
use crate::report::fold;
use database::history::HistoryFact;
use domain::people::{NeedsApproval, Permission};
use std::collections::BTreeMap;
use uuid::Uuid;
use wire::fact::Fact;
use wire::history::{AskHistory, HistoryEntry, RecordHistory};
use wire::record::Entity;

/// Entries of a page.
const PAGE: u32 = 50;

/// Who may see how a record came to be: those who may change it.
const fn needs(entity: Entity) -> Permission {
    match entity {
        Entity::Product | Entity::Category | Entity::TaxCategory | Entity::PriceList | Entity::Tiles => {
            Permission::ManageProducts
        }
        Entity::Customer | Entity::Account => Permission::ManageCustomers,
        Entity::Operator | Entity::Role => Permission::ManagePeople,
        Entity::Devices => Permission::ManageDevices,
        Entity::Shop | Entity::Backups | Entity::CodeRules | Entity::Mail => Permission::ManageSettings,
    }
}

/// `record.history`
pub fn history(ask: &Ask<'_>, request: AskHistory) -> Result<RecordHistory, Error> {
    let permission = needs(request.entity);
    if !ask.caller.may(permission) {
        return Err(NeedsApproval { permission, limit: None }.into());
    }
    fold(ask.terminal)?;
    let mut facts = ask.reader.record_history(request.entity, request.id, request.before, PAGE)?;
    let full = u32::try_from(facts.len()).is_ok_and(|length| length == PAGE);
    let next = facts.last().filter(|_| full).map(|last| last.arrival);
    if next.is_none() {
        // An import is the first that is known of what it made.
        facts.extend(ask.reader.import_that_made(request.id, request.before)?);
    }
    let mut entries: Vec<HistoryEntry> =
        facts.into_iter().map(|fact| entry(ask, request.id, fact)).collect::<Result<_, _>>()?;
    remember(&mut entries);
    Ok(RecordHistory { entries, next })
}

/// Says of personal values what they were before, where the change before is on the page: a fact commits to the old value
/// without keeping it.
fn remember(entries: &mut [HistoryEntry]) {
    let mut known: BTreeMap<String, Option<String>> = BTreeMap::new();
    for change in entries.iter_mut().rev().flat_map(|entry| &mut entry.changes) {
        if change.before.as_deref() == Some(HIDDEN)
            && let Some(value) = known.get(&change.field)
        {
            change.before.clone_from(value);
        }
        known.insert(change.field.clone(), change.after.clone());
    }
}

fn entry(ask: &Ask<'_>, id: Uuid, found: HistoryFact) -> Result<HistoryEntry, Error> {
    let (version, imported_from, changes) = match &found.fact {
        Fact::RecordChanged(change) => {
            (Some(change.version), None, shown_changes(&change.fields, &found.detached))
        }
        Fact::RecordErased(erased) => (None, None, erasures(erased)),
        Fact::RecordImported(import) => {
            let place = found.place.map(|place| ask.terminal.database.imported_change(import, id, place));
            let (version, changes) = match place.transpose()?.flatten() {
                Some((change, detached)) => (Some(change.version), shown_changes(&change.fields, &detached)),
                None => (None, Vec::new()),
            };
            (version, Some(import.file.clone()), changes)
        }
        other => unreachable!("{} is no part of a record's history", other.kind().0),
    };
    let approver = found.origin.as_ref().and_then(|origin| origin.approver);
    Ok(HistoryEntry {
        at: found.header.moment.wall,
        zone_min: found.header.moment.zone_min,
        operator_name: name_of(ask, found.header.actor)?,
        operation: found.origin.as_ref().map(|origin| origin.operation.clone()),
        screen: found.origin.as_ref().and_then(|origin| origin.screen.clone()),
        door: found.origin.map(|origin| origin.door),
        approver_name: approver.map(|approver| name_of(ask, approver)).transpose()?,
        version,
        imported_from,
        changes,
    })
}
