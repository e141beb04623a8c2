//! The inverse of an import: what it made is archived, what it changed is as before. What was changed since is left.

use super::pass::{Becomes, Pass, Passed};
use crate::error::Error;
use database::error::DatabaseError;
use domain::ids::{CustomerId, ProductId};
use domain::registrar::FieldChange;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use wire::fact::RecordImported;
use wire::record::{Entity, FieldValue, Fields, fields};

/// Makes the set that takes an import back.
///
/// # Errors
/// `Stopped` when it is given up; `Value` when the set is missing or damaged; `Disk`, `Full`.
pub fn undo(pass: &Pass<'_>, fact: &RecordImported) -> Result<Passed, Error> {
    let mut made = pass.begin()?;
    pass.terminal.database.rows_of(fact, |row, _| -> Result<(), Error> {
        if pass.progress.cancelled.load(Ordering::Relaxed) {
            return Err(DatabaseError::Stopped.into());
        }
        pass.progress.bytes.store(row.number, Ordering::Relaxed);
        let Some((version, now)) = stored(pass, row.entity, row.id)? else {
            made.count(Becomes::Skipped);
            return Ok(());
        };
        let was_changed = version != row.base_version + 1;
        let inverse = match (row.is_new(), row.entity) {
            // A category may hold what came since.
            (true, Entity::Category) => BTreeMap::new(),
            (true, _) if was_changed => BTreeMap::new(),
            (true, _) => BTreeMap::from([(
                "status".to_owned(),
                FieldChange { old: json!("active"), new: json!("archived") },
            )]),
            (false, _) => {
                before(&row.change().map_err(|error| DatabaseError::Value(error.to_string()))?.fields, &now)
            }
        };
        if inverse.is_empty() {
            made.count(Becomes::Skipped);
        } else {
            made.text.changed_record(row.entity, row.id, version, &inverse, || pass.salt());
            made.count(Becomes::Updated);
        }
        made.flush()
    })?;
    Ok(made.passed(pass.reader.catalog_applied()?))
}

fn stored(pass: &Pass<'_>, entity: Entity, id: uuid::Uuid) -> Result<Option<(u64, Fields)>, Error> {
    Ok(match entity {
        Entity::Product => {
            pass.reader.product_record(ProductId(id))?.map(|(version, product)| (version, fields(&product)))
        }
        Entity::Customer => {
            let stored = pass.reader.customer(CustomerId(id))?;
            stored.map(|stored| (stored.version, fields(&stored.customer)))
        }
        Entity::Category => {
            let stored = pass.reader.category(domain::ids::CategoryId(id))?;
            stored.map(|(version, category)| (version, fields(&category)))
        }
        _ => None,
    })
}

/// The fields that are as the import made them, as they were before. What was personal then is not known any more.
fn before(
    changed: &BTreeMap<String, FieldChange<FieldValue>>,
    now: &Fields,
) -> BTreeMap<String, FieldChange<Value>> {
    let mut inverse = BTreeMap::new();
    for (field, change) in changed {
        let (FieldValue::Open(old), FieldValue::Open(new)) = (&change.old, &change.new) else { continue };
        let there = now.get(field).cloned().unwrap_or(Value::Null);
        if there == *new {
            inverse.insert(field.clone(), FieldChange { old: there, new: old.clone() });
        }
    }
    inverse
}
