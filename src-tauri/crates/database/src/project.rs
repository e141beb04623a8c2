//! The one way a fact changes what is derived from it. Appending and rebuilding call the same functions, so that every
//! projection can be rebuilt from the facts (invariant 4).

mod account;
pub mod audit;
mod deferred;
pub mod found;
mod immediate;
mod replay;
pub mod rollup;
mod shared;
mod shift;

pub use immediate::advance;
pub use replay::replay;
pub use shared::tender_code;

use crate::error::DatabaseError;
use rollup::Rollups;
use rusqlite::{Connection, OptionalExtension, params};
use shared::{AtOnce, Shared};
use wire::fact::header::{FLAG_TRAINING, Header};
use wire::fact::{Fact, Origin};
use wire::record::Detached;

/// A fact's place and envelope.
pub struct Placed {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// The row of its log.
    pub log: i64,
    /// Its envelope.
    pub header: Header,
}

impl Placed {
    /// Whether it stands in a log to train on.
    pub fn is_training(&self) -> bool {
        self.header.flags & FLAG_TRAINING != 0
    }
}

/// Projects a fact into the tables that are true with it, in its transaction; its log's head is advanced by [`advance`].
pub fn immediate(
    connection: &Connection,
    placed: &Placed,
    fact: &Fact,
    detached: &[Detached],
) -> Result<(), DatabaseError> {
    immediate::project(connection, &mut AtOnce(connection), placed, fact, detached)
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
    let batch = Batch::after(connection, from, facts_max)?;
    let mut rollups = Rollups::default();
    for (stored, payload) in &batch.facts {
        deferred(
            connection,
            &mut AtOnce(connection),
            &mut rollups,
            &stored.placed,
            &stored.fact,
            Origin::of(payload).as_ref(),
        )?;
        last = stored.placed.arrival;
    }
    rollups.write(connection)?;
    last = batch.last.unwrap_or(last);
    if last > from {
        remember(connection, last)?;
    }
    Ok(batch.read == facts_max)
}

/// Folds everything that waits, in the transaction of whoever needs it at once.
pub fn fold_tail(connection: &Connection) -> Result<(), DatabaseError> {
    const AT_ONCE: u32 = 500;
    while fold(connection, AT_ONCE)? {}
    Ok(())
}

/// Projects a fact into what is folded behind it. Training counts nowhere.
fn deferred(
    connection: &Connection,
    shared: &mut impl Shared,
    rollups: &mut Rollups,
    placed: &Placed,
    fact: &Fact,
    origin: Option<&Origin>,
) -> Result<(), DatabaseError> {
    if placed.is_training() {
        return Ok(());
    }
    audit::project(connection, placed, fact, origin)?;
    deferred::project(connection, shared, rollups, placed, fact)
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

/// A fact read back from the file.
pub struct Stored {
    pub placed: Placed,
    pub fact: Fact,
    pub detached: Vec<Detached>,
}

/// Facts read in order, with their payloads. One that was damaged is passed over and stays where it is: it may not stop
/// the ones behind it.
pub struct Batch {
    pub facts: Vec<(Stored, Vec<u8>)>,
    /// The arrival of the last one, readable or not.
    pub last: Option<i64>,
    /// How many there were.
    pub read: u32,
}

const COLUMNS: &str = "select arrival, log, envelope, payload from fact";

impl Batch {
    /// The facts that arrived after `arrival`, in order, at most `facts_max`.
    pub fn after(connection: &Connection, arrival: i64, facts_max: u32) -> Result<Self, DatabaseError> {
        let statement = &format!("{COLUMNS} where arrival > ?1 order by arrival limit ?2");
        Self::select(connection, statement, arrival, facts_max)
    }

    /// The facts about records that arrived after `arrival`, in order, at most `facts_max`: their kinds begin with
    /// `record.`, and an index of these alone skips the sales between them.
    pub fn of_records_after(
        connection: &Connection,
        arrival: i64,
        facts_max: u32,
    ) -> Result<Self, DatabaseError> {
        let of_kind = "kind >= 'record.' and kind < 'record/' and arrival > ?1";
        let statement = &format!("{COLUMNS} where {of_kind} order by arrival limit ?2");
        Self::select(connection, statement, arrival, facts_max)
    }

    /// The completed sales that arrived after `arrival`, in order, at most `sales_max`.
    pub fn sales_after(connection: &Connection, arrival: i64, sales_max: u32) -> Result<Self, DatabaseError> {
        let of_kind = "kind = 'sale.completed' and arrival > ?1";
        let statement = &format!("{COLUMNS} where {of_kind} order by arrival limit ?2");
        Self::select(connection, statement, arrival, sales_max)
    }

    fn select(
        connection: &Connection,
        statement: &str,
        arrival: i64,
        facts_max: u32,
    ) -> Result<Self, DatabaseError> {
        let mut statement = connection.prepare_cached(statement)?;
        let mut rows = statement.query(params![arrival, facts_max])?;
        let mut batch = Self { facts: Vec::new(), last: None, read: 0 };
        while let Some(row) = rows.next()? {
            let arrival = row.get(0)?;
            batch.last = Some(arrival);
            batch.read += 1;
            let (envelope, payload): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
            match Stored::read(connection, arrival, row.get(1)?, &envelope, &payload) {
                Ok(stored) => batch.facts.push((stored, payload)),
                Err(error @ (DatabaseError::Envelope(_) | DatabaseError::Payload(_))) => {
                    tracing::error!(arrival, %error, "a fact cannot be read");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(batch)
    }
}

impl Stored {
    /// The fact with this arrival and the call it came from; `None` when there is none that can be read.
    pub fn at(
        connection: &Connection,
        arrival: i64,
    ) -> Result<Option<(Self, Option<Origin>)>, DatabaseError> {
        let found = Batch::select(connection, &format!("{COLUMNS} where arrival = ?1 limit ?2"), arrival, 1)?;
        Ok(found.facts.into_iter().next().map(|(stored, payload)| (stored, Origin::of(&payload))))
    }

    fn read(
        connection: &Connection,
        arrival: i64,
        log: i64,
        envelope: &[u8],
        payload: &[u8],
    ) -> Result<Self, DatabaseError> {
        let header = Header::decode(envelope)?;
        let fact = Fact::parse(&header.kind, header.kind_version, payload)?;
        let detached = detached(connection, arrival, &fact)?;
        Ok(Self { placed: Placed { arrival, log, header }, fact, detached })
    }
}

/// The personal values beside a fact that are not erased.
fn detached(connection: &Connection, arrival: i64, fact: &Fact) -> Result<Vec<Detached>, DatabaseError> {
    if !matches!(fact, Fact::RecordChanged(_)) {
        return Ok(Vec::new());
    }
    let mut statement = connection
        .prepare_cached("select field, salt, value from detached where arrival = ?1 and value is not null")?;
    let rows = statement.query_map([arrival], |row| {
        Ok(Detached { field: row.get(0)?, salt: row.get(1)?, value: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
