//! The history of a record, read: the facts that changed it, by an index of its own.

use crate::Database;
use crate::change_set::{self, FOLDER, SetFault, SetPlace};
use crate::error::DatabaseError;
use crate::project::Stored;
use crate::reader::Reader;
use rusqlite::params;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use uuid::Uuid;
use wire::change_set::SetHead;
use wire::fact::RecordImported;
use wire::fact::header::Header;
use wire::fact::{Fact, Origin};
use wire::record::{Detached, Entity, RecordChanged};

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
    /// Where an import's set says what it changed of the record.
    pub place: Option<SetPlace>,
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
            place: None,
        }))
    }
}

impl Reader {
    /// The facts that changed a record before a place, the newest first, at most `max`: each by itself, or in an import; as
    /// far as they are folded.
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
        let mut places: BTreeMap<i64, Option<SetPlace>> =
            arrivals.into_iter().map(|arrival| (arrival, None)).collect();
        let mut statement = self.catalog.prepare_cached(
            "select arrival, row, section_at, line_at from imported_change
             where record = ?1 and arrival < ?2 order by arrival desc limit ?3",
        )?;
        let mut rows = statement.query(params![id.into_bytes(), before, max])?;
        while let Some(row) = rows.next()? {
            let at = |column| row.get(column).map(i64::cast_unsigned);
            let place = SetPlace { row: at(1)?, section_at: at(2)?, line_at: at(3)? };
            places.insert(row.get(0)?, Some(place));
        }
        let mut facts = Vec::new();
        for (arrival, place) in places.into_iter().rev().take(usize::try_from(max).unwrap_or(usize::MAX)) {
            let fact = HistoryFact::at(self, arrival)?;
            facts.extend(fact.map(|fact| HistoryFact { place, ..fact }));
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

impl Database {
    /// What an import changed of the record in a row of its set; `None` when the set is missing or damaged, which
    /// `verify` and the health of the till tell of.
    ///
    /// # Errors
    /// `Directory`: when the disk fails.
    pub fn imported_change(
        &self,
        import: &RecordImported,
        id: Uuid,
        place: SetPlace,
    ) -> Result<Option<(RecordChanged, Vec<Detached>)>, DatabaseError> {
        match change_set::at(self.files.disk.as_ref(), &self.files.dir.join(FOLDER), &import.set, place) {
            Ok((change, detached)) => Ok((change.id == id).then_some((change, detached))),
            Err(SetFault::Disk(error)) if !gone(&error) => Err(DatabaseError::directory(error)),
            Err(_) => Ok(None),
        }
    }
}

/// Whether a file is not there, or ends before it should.
fn gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof)
}
