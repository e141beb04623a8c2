//! Changing a record: judged field by field, said by one fact.

mod history;

pub use history::history;

use crate::act::Act;
use crate::error::Error;
use database::LedgerTx;
use database::error::DatabaseError;
use domain::ids::OperatorId;
use domain::registrar::{FieldChange, RecordError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use uuid::Uuid;
use wire::envelope::Topic;
use wire::fact::Fact;
use wire::record::{Entity, Fields, changes, judge_changes, seal};

/// The changes a screen asks for: what differs between what it showed and what it should be.
pub type Changes = BTreeMap<String, FieldChange<Value>>;

/// A record changed, or was found to be as asked for.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Saved<A> {
    pub id: Uuid,
    #[serde(skip)]
    answer: PhantomData<fn() -> A>,
}

impl<A> Saved<A> {
    pub fn new(id: Uuid) -> Self {
        Self { id, answer: PhantomData }
    }
}

/// The topics of a kind of record.
pub const fn topics(entity: Entity) -> &'static [Topic] {
    match entity {
        Entity::Shop | Entity::CodeRules => &[Topic::Shop],
        Entity::Devices => &[Topic::Devices],
        Entity::Backups => &[Topic::Health],
        Entity::Role | Entity::Operator => &[Topic::People],
        Entity::TaxCategory | Entity::PriceList | Entity::Category | Entity::Product | Entity::Tiles => {
            &[Topic::Products]
        }
        Entity::Customer | Entity::Account => &[Topic::Customers],
        Entity::Mail => &[Topic::Mail, Topic::Health],
    }
}

/// What a screen asks for: the fields in which `new` differs from what it showed, or all of a new record.
pub fn wanted<T: Serialize>(base: Option<&T>, new: &T) -> Changes {
    changes(base, new)
}

/// Changes a small record within a transaction.
pub fn change(
    tx: &mut LedgerTx<'_>,
    actor: OperatorId,
    entity: Entity,
    id: Uuid,
    wanted: Changes,
) -> Result<(), Error> {
    let stored = tx.record(entity, id)?;
    let (version, current) = stored.map_or((0, Fields::new()), |record| (record.version, record.fields));
    append(tx, actor, entity, id, (version, current), wanted)
}

/// Says a change of a record that stands at `current`, if it changes anything.
pub fn append(
    tx: &mut LedgerTx<'_>,
    actor: OperatorId,
    entity: Entity,
    id: Uuid,
    current: (u64, Fields),
    wanted: Changes,
) -> Result<(), Error> {
    let verdict = judge_changes(&current.1, wanted);
    if !verdict.conflicts.is_empty() {
        return Err(RecordError::Conflict { fields: verdict.conflicts.into_keys().collect() }.into());
    }
    if verdict.apply.is_empty() {
        return Ok(());
    }
    let (fact, detached) = seal(entity, id, current.0, verdict.apply, || tx.salt());
    tx.append(actor, &Fact::RecordChanged(fact), &detached)?;
    Ok(())
}

/// The fields of a change with null where the screen left one out.
pub fn fields_of<T: Serialize>(record: &T) -> Fields {
    wire::record::fields(record)
}

/// Refuses a record that is not there.
pub fn missing(what: &str, id: Uuid) -> Error {
    DatabaseError::Value(format!("{what} {id} was saved and is not there")).into()
}

impl Act<'_> {
    /// The id of a record to save: the given one, or a new one.
    pub fn id_or_new(&self, id: Option<Uuid>) -> Uuid {
        id.unwrap_or_else(|| self.id())
    }
}
