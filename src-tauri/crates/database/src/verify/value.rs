//! Values of a file that may be damaged: a column may hold anything.

use rusqlite::types::ValueRef;

/// A number; of a value that is none, one that no log and no place has.
pub fn integer(value: ValueRef<'_>) -> i64 {
    match value {
        ValueRef::Integer(integer) => integer,
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => i64::MIN,
    }
}

/// The bytes of a value; of one that has none, nothing, which is no envelope and has no hash.
pub fn bytes(value: ValueRef<'_>) -> &[u8] {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => &[],
    }
}
