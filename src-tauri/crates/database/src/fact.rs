//! Facts as they are stored, for those who carry them elsewhere or check them.

use crate::error::DatabaseError;
use crate::reader::Reader;
use rusqlite::params;

/// A fact as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFact {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// The bytes that are hashed and chained.
    pub envelope: Vec<u8>,
    /// The salt of its payload's hash.
    pub salt: Vec<u8>,
    /// UTF-8 JSON exactly as written.
    pub payload: Vec<u8>,
}

impl Reader {
    /// The facts that arrived after `arrival`, in order, at most `max`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn facts_after(&self, arrival: i64, max: u32) -> Result<Vec<StoredFact>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select arrival, envelope, salt, payload from fact where arrival > ?1 order by arrival limit ?2",
        )?;
        let facts = statement.query_map(params![arrival, max], |row| {
            Ok(StoredFact {
                arrival: row.get(0)?,
                envelope: row.get(1)?,
                salt: row.get(2)?,
                payload: row.get(3)?,
            })
        })?;
        Ok(facts.collect::<Result<_, _>>()?)
    }
}
