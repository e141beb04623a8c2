//! Records as maps of fields: how a change is found, committed to and applied.
//!
//! A record is a serialisable struct of `domain`; a change is the set of its top-level fields that differ. Personal
//! fields stand in the fact only as salted commitments; their values travel beside it and can be erased without
//! breaking the chain (invariant 16).

use crate::fact::header::{Hash, Salt, payload_hash};
use domain::registrar::{FieldChange, Verdict, judge};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A kind of record. The code is stored in facts and never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Entity {
    /// The shop's settings; one per store, under the store's id.
    Shop,
    /// The devices of a terminal; one per terminal, under its id.
    Devices,
    /// How a terminal's backups are kept; one per terminal, under its id.
    Backups,
    /// How numbers with a weight or price in them are read; one per store, under its id.
    CodeRules,
    /// The pages of tiles; one per store, under its id.
    Tiles,
    /// A role.
    Role,
    /// An operator.
    Operator,
    /// A tax category.
    TaxCategory,
    /// A category of products.
    Category,
    /// A product.
    Product,
    /// A price list.
    PriceList,
    /// A customer.
    Customer,
    /// What was agreed about a customer's account, under the customer's id.
    Account,
    /// How letters leave a terminal; one per terminal, under its id.
    Mail,
}

impl Entity {
    /// The code as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Devices => "devices",
            Self::Backups => "backups",
            Self::CodeRules => "code_rules",
            Self::Tiles => "tiles",
            Self::Role => "role",
            Self::Operator => "operator",
            Self::TaxCategory => "tax_category",
            Self::Category => "category",
            Self::Product => "product",
            Self::PriceList => "price_list",
            Self::Customer => "customer",
            Self::Account => "account",
            Self::Mail => "mail",
        }
    }

    /// The fields whose values stay outside the fact.
    pub const fn personal_fields(self) -> &'static [&'static str] {
        match self {
            Self::Operator => &["name", "pin", "badge", "recovery"],
            Self::Customer => &["name", "email", "phone", "address", "note"],
            Self::Mail => &["user", "sender_address", "reports_to"],
            Self::Shop
            | Self::Devices
            | Self::Backups
            | Self::CodeRules
            | Self::Tiles
            | Self::Role
            | Self::TaxCategory
            | Self::Category
            | Self::Product
            | Self::PriceList
            | Self::Account => &[],
        }
    }

    /// Whether the record is kept in `catalog.db`; the others are in `ledger.db`.
    pub const fn in_catalog(self) -> bool {
        match self {
            Self::Category | Self::Product | Self::Customer => true,
            Self::Shop
            | Self::Devices
            | Self::Backups
            | Self::CodeRules
            | Self::Tiles
            | Self::Role
            | Self::Operator
            | Self::TaxCategory
            | Self::PriceList
            | Self::Account
            | Self::Mail => false,
        }
    }
}

/// A value of a field as the fact has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A commitment to a personal value.
    Committed {
        /// Hexadecimal SHA-256 of salt and value.
        commitment: String,
    },
    /// The value.
    Open(Value),
}

/// A record that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordChanged {
    /// What kind of record.
    pub entity: Entity,
    /// Which.
    pub id: Uuid,
    /// The version the change was made from; 0 for a new record.
    pub base_version: u64,
    /// The version after it.
    pub version: u64,
    /// Old and new value of every field that changed. Personal values stand here as commitments.
    pub fields: BTreeMap<String, FieldChange<FieldValue>>,
}

/// A personal value, kept beside its fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    /// The field.
    pub field: String,
    /// The salt of the commitment.
    pub salt: Salt,
    /// The value as JSON.
    pub value: Vec<u8>,
}

/// A record as its fields.
pub type Fields = BTreeMap<String, Value>;

/// The fields of a record.
pub fn fields<T: Serialize>(record: &T) -> Fields {
    match serde_json::to_value(record).expect("records are made of strings, integers and lists") {
        Value::Object(map) => map.into_iter().collect(),
        other => unreachable!("a record is a struct, not {other}"),
    }
}

/// The record with these fields.
///
/// # Errors
/// When a field is missing or has another form.
pub fn record<T: DeserializeOwned>(fields: Fields) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::Object(fields.into_iter().collect::<Map<_, _>>()))
}

/// The fields in which `new` differs from `base`; without a base those that say something. A field that is left out is
/// null: a record does not say what it does not have.
pub fn changes<T: Serialize>(base: Option<&T>, new: &T) -> BTreeMap<String, FieldChange<Value>> {
    let mut new = fields(new);
    let mut changes = BTreeMap::new();
    for (field, old) in base.map(fields).unwrap_or_default() {
        let new = new.remove(&field).unwrap_or(Value::Null);
        if old != new {
            changes.insert(field, FieldChange { old, new });
        }
    }
    let added = new.into_iter().filter(|(_, new)| !new.is_null());
    changes.extend(added.map(|(field, new)| (field, FieldChange { old: Value::Null, new })));
    changes
}

/// Judges changes against the record as it stands (`domain::registrar`).
pub fn judge_changes(current: &Fields, changes: BTreeMap<String, FieldChange<Value>>) -> Verdict<Value> {
    judge(current, &Value::Null, changes)
}

/// A personal value as a fact commits to it, and as it is kept beside the fact.
pub fn commit(field: String, value: &Value, salt: Salt) -> (FieldValue, Detached) {
    let value = value.to_string().into_bytes();
    let commitment = hex(&payload_hash(&salt, &value));
    (FieldValue::Committed { commitment }, Detached { field, salt, value })
}

/// Turns judged changes into a fact and the personal values to keep beside it. `salt` makes one salt for each.
pub fn seal(
    entity: Entity,
    id: Uuid,
    base_version: u64,
    changes: BTreeMap<String, FieldChange<Value>>,
    mut salt: impl FnMut() -> Salt,
) -> (RecordChanged, Vec<Detached>) {
    let mut detached = Vec::new();
    let mut sealed = BTreeMap::new();
    for (field, change) in changes {
        if !entity.personal_fields().contains(&field.as_str()) {
            let change = FieldChange { old: FieldValue::Open(change.old), new: FieldValue::Open(change.new) };
            sealed.insert(field, change);
            continue;
        }
        let mut commit = |value: &Value, keep: bool| {
            if value.is_null() {
                return FieldValue::Open(Value::Null);
            }
            let (committed, kept) = commit(field.clone(), value, salt());
            if keep {
                detached.push(kept);
            }
            committed
        };
        let old = commit(&change.old, false);
        let new = commit(&change.new, true);
        sealed.insert(field, FieldChange { old, new });
    }
    (RecordChanged { entity, id, base_version, version: base_version + 1, fields: sealed }, detached)
}

/// Applies a changed record's fact to its fields. A personal value that was erased becomes null.
pub fn apply(current: &mut Fields, fact: &RecordChanged, detached: &[Detached]) {
    for (field, change) in &fact.fields {
        let value = match &change.new {
            FieldValue::Open(value) => value.clone(),
            FieldValue::Committed { commitment } => detached
                .iter()
                .find(|kept| {
                    kept.field == *field && hex(&payload_hash(&kept.salt, &kept.value)) == *commitment
                })
                .and_then(|kept| serde_json::from_slice(&kept.value).ok())
                .unwrap_or(Value::Null),
        };
        current.insert(field.clone(), value);
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &Hash) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::RoleId;
    use domain::people::Operator;
    use domain::product::Status;

    fn operator(name: &str) -> Operator {
        Operator {
            name: name.into(),
            role: RoleId(Uuid::from_u128(5)),
            pin: None,
            badge: None,
            recovery: None,
            status: Status::Active,
        }
    }

    #[test]
    fn a_change_names_only_what_differs() {
        let changed = changes(Some(&operator("Ana")), &operator("Anna"));
        assert_eq!(changed.keys().collect::<Vec<_>>(), ["name"]);
        // What is null is not said.
        assert_eq!(changes(None, &operator("Ana")).len(), 3);
    }

    #[test]
    fn a_field_that_a_record_leaves_out_is_null() {
        #[derive(Serialize)]
        struct Sparse {
            #[serde(skip_serializing_if = "Vec::is_empty")]
            many: Vec<u8>,
        }
        let (empty, full) = (Sparse { many: Vec::new() }, Sparse { many: vec![1] });
        let change = |old, new| BTreeMap::from([("many".to_owned(), FieldChange { old, new })]);
        assert_eq!(changes(Some(&empty), &full), change(Value::Null, serde_json::json!([1])));
        assert_eq!(changes(Some(&full), &empty), change(serde_json::json!([1]), Value::Null));
        assert_eq!(changes(None, &empty), BTreeMap::new());
    }

    #[test]
    fn a_personal_value_is_not_in_the_fact_and_comes_back_from_beside_it() {
        let mut counter = 0;
        let (fact, detached) =
            seal(Entity::Operator, Uuid::from_u128(1), 0, changes(None, &operator("Ana")), || {
                counter += 1;
                [counter; 16]
            });
        assert!(!serde_json::to_string(&fact).unwrap().contains("Ana"));
        let mut fields = Fields::new();
        apply(&mut fields, &fact, &detached);
        assert_eq!(record::<Operator>(fields).unwrap(), operator("Ana"));
    }

    #[test]
    fn an_erased_value_is_null_and_the_fact_still_reads() {
        let (fact, _) =
            seal(Entity::Operator, Uuid::from_u128(1), 0, changes(None, &operator("Ana")), || [1; 16]);
        let mut fields = Fields::new();
        apply(&mut fields, &fact, &[]);
        assert_eq!(fields["name"], Value::Null);
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<RecordChanged>(&text).unwrap(), fact);
    }
}
