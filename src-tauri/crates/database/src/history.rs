//! The history of a record, read: the facts that changed it, by an index of its own.

use crate::error::DatabaseError;
use crate::project::Stored;
use crate::reader::Reader;
use rusqlite::params;
use uuid::Uuid;
use wire::change_set::SetHead;
use wire::fact::header::Header;
use wire::fact::{Fact, Origin};
use wire::record::{Detached, Entity};

/// A fact of a record's history.
pub struct HistoryFact {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// Its envelope.
    pub header: Header,
    /// The fact: a change, an erasure, or the import that made the record.
    pub fact: Fact,
    /// The call it came from.
    pub origin: Option<Origin>,
    /// Personal values beside it that are not erased.
    pub detached: Vec<Detached>,
}

impl HistoryFact {
    fn at(reader: &Reader, arrival: i64) -> Result<Option<Self>, DatabaseError> {
        let stored = Stored::at(&reader.ledger, arrival)?;
        Ok(stored.map(|(stored, origin)| Self {
            arrival,
            header: stored.placed.header,
            fact: stored.fact,
            origin,
            detached: stored.detached,
        }))
    }
}

impl Reader {
    /// The facts that changed a record before a place, the newest first, at most `max`; as far as they are folded.
    ///
    /// # Errors
    /// `Disk`.
    pub fn record_history(
        &self,
        entity: Entity,
        id: Uuid,
        before: Option<i64>,
        max: u32,
    ) -> Result<Vec<HistoryFact>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select arrival from record_change where entity = ?1 and id = ?2 and arrival < ?3
             order by arrival desc limit ?4",
        )?;
        let before = before.unwrap_or(i64::MAX);
        let arrivals: Vec<i64> = statement
            .query_map(params![entity.code(), id.into_bytes(), before, max], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut facts = Vec::new();
        for arrival in arrivals {
            facts.extend(HistoryFact::at(self, arrival)?);
        }
        Ok(facts)
    }

    /// The import that made a record, if one did before a place: it gave ids from a number of its own on. Imports are few
    /// beside what they bring.
    ///
    /// # Errors
    /// `Disk`.
    pub fn import_that_made(
        &self,
        id: Uuid,
        before: Option<i64>,
    ) -> Result<Option<HistoryFact>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select arrival from fact where kind = 'record.imported' and arrival < ?1 order by arrival",
        )?;
        let mut rows = statement.query([before.unwrap_or(i64::MAX)])?;
        while let Some(row) = rows.next()? {
            let Some(made) = HistoryFact::at(self, row.get(0)?)? else { continue };
            if let Fact::RecordImported(import) = &made.fact
                && SetHead::new(import.import).base == SetHead::new(id).base
            {
                return Ok(Some(made));
            }
        }
        Ok(None)
    }
}
