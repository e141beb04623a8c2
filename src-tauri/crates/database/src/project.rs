//! The one way a fact changes what is derived from it. Appending and rebuilding call the same functions, so that every
//! projection can be rebuilt from the facts (invariant 4).

mod deferred;
mod immediate;

use crate::error::DatabaseError;
use rusqlite::{Connection, OptionalExtension, params};
use wire::fact::Fact;
use wire::fact::header::{FLAG_TRAINING, Hash, Header};
use wire::record::Detached;

/// A fact's place and envelope.
pub struct Placed {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// The row of its log.
    pub log: i64,
    /// Its hash.
    pub hash: Hash,
    /// Its envelope.
    pub header: Header,
}

impl Placed {
    /// Whether it stands in a log to train on.
    pub fn is_training(&self) -> bool {
        self.header.flags & FLAG_TRAINING != 0
    }
}

/// Projects a fact into the tables that are true with it, in its transaction.
pub fn immediate(
    connection: &Connection,
    placed: &Placed,
    fact: &Fact,
    detached: &[Detached],
) -> Result<(), DatabaseError> {
    immediate::project(connection, placed, fact, detached)
}

/// The name of the rollups' watermark.
pub const ROLLUPS: &str = "rollups";

/// Folds the next facts into the rollups. Returns whether more wait.
pub fn fold(connection: &Connection, facts_max: u32) -> Result<bool, DatabaseError> {
    let from: i64 = connection
        .prepare_cached("select arrival from watermark where projection = ?1")?
        .query_row([ROLLUPS], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let mut last = from;
    let mut folded = 0;
    for stored in Stored::after(connection, from, facts_max)? {
        if !stored.placed.is_training() {
            deferred::project(connection, &stored.fact)?;
        }
        last = stored.placed.arrival;
        folded += 1;
    }
    if last > from {
        remember(connection, last)?;
    }
    Ok(folded == facts_max)
}

/// Empties every projection of the ledger and writes it anew.
pub fn rebuild(connection: &Connection) -> Result<(), DatabaseError> {
    let tables: Vec<String> = connection
        .prepare("select name from table_class where class in ('immediate', 'deferred') order by name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        // The name comes from our own migration, not from outside.
        connection.execute(&format!("delete from \"{table}\""), [])?;
    }
    replay(connection, connection, i64::MAX)
}

/// Projects all facts of one file into the empty projections of a file, which may be the same; into the rollups those up
/// to the arrival `folded`.
pub fn replay(from: &Connection, into: &Connection, folded: i64) -> Result<(), DatabaseError> {
    let mut last = 0;
    loop {
        let batch = Stored::after(from, last, REBUILD_BATCH)?;
        let Some(end) = batch.last() else { break };
        last = end.placed.arrival;
        for stored in &batch {
            immediate(into, &stored.placed, &stored.fact, &stored.detached)?;
            if stored.placed.arrival <= folded && !stored.placed.is_training() {
                deferred::project(into, &stored.fact)?;
            }
        }
    }
    match last.min(folded) {
        0 => Ok(()),
        folded => remember(into, folded),
    }
}

/// Notes how far the rollups are folded.
fn remember(connection: &Connection, arrival: i64) -> Result<(), DatabaseError> {
    connection
        .prepare_cached(
            "insert into watermark (projection, arrival) values (?1, ?2)
             on conflict (projection) do update set arrival = excluded.arrival",
        )?
        .execute(params![ROLLUPS, arrival])?;
    Ok(())
}

/// Facts held in memory at once while rebuilding.
const REBUILD_BATCH: u32 = 1_000;

/// A fact read back from the file.
pub struct Stored {
    pub placed: Placed,
    pub fact: Fact,
    pub detached: Vec<Detached>,
}

impl Stored {
    /// The facts that arrived after `arrival`, in order, at most `facts_max`.
    pub fn after(connection: &Connection, arrival: i64, facts_max: u32) -> Result<Vec<Self>, DatabaseError> {
        Self::select(
            connection,
            "select arrival, log, envelope, payload from fact where arrival > ?1 order by arrival limit ?2",
            arrival,
            facts_max,
        )
    }

    /// The record changes that arrived after `arrival`, in order, at most `facts_max`.
    pub fn record_changes_after(
        connection: &Connection,
        arrival: i64,
        facts_max: u32,
    ) -> Result<Vec<Self>, DatabaseError> {
        Self::select(
            connection,
            "select arrival, log, envelope, payload from fact
             where kind = 'record.changed' and arrival > ?1 order by arrival limit ?2",
            arrival,
            facts_max,
        )
    }

    fn select(
        connection: &Connection,
        statement: &str,
        arrival: i64,
        facts_max: u32,
    ) -> Result<Vec<Self>, DatabaseError> {
        let mut statement = connection.prepare_cached(statement)?;
        let mut rows = statement.query(params![arrival, facts_max])?;
        let mut facts = Vec::new();
        while let Some(row) = rows.next()? {
            let arrival = row.get(0)?;
            let envelope: Vec<u8> = row.get(2)?;
            let payload: Vec<u8> = row.get(3)?;
            let header = Header::decode(&envelope)?;
            let fact = Fact::parse(&header.kind, header.kind_version, &payload)?;
            let detached = match fact {
                Fact::RecordChanged(_) => detached(connection, arrival)?,
                _ => Vec::new(),
            };
            let hash = wire::fact::header::envelope_hash(&envelope);
            facts.push(Self { placed: Placed { arrival, log: row.get(1)?, hash, header }, fact, detached });
        }
        Ok(facts)
    }
}

/// The personal values beside a fact that are not erased.
fn detached(connection: &Connection, arrival: i64) -> Result<Vec<Detached>, DatabaseError> {
    let mut statement = connection
        .prepare_cached("select field, salt, value from detached where arrival = ?1 and value is not null")?;
    let rows = statement.query_map([arrival], |row| {
        Ok(Detached { field: row.get(0)?, salt: row.get(1)?, value: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
