//! How changes of a record meet: merged field by field against the version they were made from. The registrar runs in
//! the till until the shop has a hub, then in the hub; the rule is the same.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One field's change: what the editor saw, and what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange<V> {
    /// The value the change was made from.
    pub old: V,
    /// The value it should have.
    pub new: V,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict<V> {
    /// The fields to write; empty when everything was there already.
    pub apply: BTreeMap<String, FieldChange<V>>,
    /// The fields somebody else changed meanwhile, with the value that stands.
    pub conflicts: BTreeMap<String, V>,
}

/// Judges a change against the record as it stands. A field that still has the old value takes the new one; a field that
/// already has the new value needs nothing; a field with a third value is in conflict and stays as it is.
pub fn judge<V: Clone + PartialEq>(
    current: &BTreeMap<String, V>,
    missing: &V,
    changes: BTreeMap<String, FieldChange<V>>,
) -> Verdict<V> {
    let mut verdict = Verdict { apply: BTreeMap::new(), conflicts: BTreeMap::new() };
    for (field, change) in changes {
        let stands = current.get(&field).unwrap_or(missing);
        if *stands == change.new {
            continue;
        }
        if *stands == change.old {
            verdict.apply.insert(field, change);
        } else {
            verdict.conflicts.insert(field, stands.clone());
        }
    }
    verdict
}

/// Why a record was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum RecordError {
    /// Somebody else changed the same fields meanwhile.
    #[error("somebody else changed {fields:?} meanwhile")]
    Conflict {
        /// The names of the fields.
        fields: Vec<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(old: i32, new: i32) -> FieldChange<i32> {
        FieldChange { old, new }
    }

    #[test]
    fn fields_are_judged_one_by_one() {
        let current = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 5), ("c".to_owned(), 9)]);
        let changes = BTreeMap::from([
            ("a".to_owned(), change(1, 2)),
            ("b".to_owned(), change(4, 5)),
            ("c".to_owned(), change(7, 8)),
        ]);
        let verdict = judge(&current, &0, changes);
        assert_eq!(verdict.apply, BTreeMap::from([("a".to_owned(), change(1, 2))]));
        assert_eq!(verdict.conflicts, BTreeMap::from([("c".to_owned(), 9)]));
    }

    #[test]
    fn a_change_said_twice_is_done_once() {
        let current = BTreeMap::from([("a".to_owned(), 2)]);
        let verdict = judge(&current, &0, BTreeMap::from([("a".to_owned(), change(1, 2))]));
        assert!(verdict.apply.is_empty() && verdict.conflicts.is_empty());
    }
}
