//! What the ledger knows about how the till is: faults, jumps of the clock, and how large its tables are.

use crate::error::DatabaseError;
use crate::reader::Reader;
use rusqlite::Connection;
use wire::fact::header::Header;
use wire::fact::{ClockJumped, Fact, FaultRecorded};

/// A fact about how the till is, with its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// The envelope.
    pub header: Header,
    /// What it says.
    pub fact: T,
}

/// How large a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSize {
    /// The file it is in.
    pub file: &'static str,
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
}

/// Written out for each kind: an index over some kinds serves only a query that names one of them.
const FAULTS: &str =
    "select envelope, payload from fact where kind = 'fault.recorded' order by arrival desc limit ?1";
const CLOCK_JUMPS: &str =
    "select envelope, payload from fact where kind = 'clock.jumped' order by arrival desc limit ?1";

impl Reader {
    /// The faults recorded last, the newest first.
    ///
    /// # Errors
    /// `Disk`, `Payload`, `Envelope`.
    pub fn faults(&self, max: u32) -> Result<Vec<Noted<FaultRecorded>>, DatabaseError> {
        let facts = noted(&self.ledger, FAULTS, max)?;
        Ok(facts
            .into_iter()
            .filter_map(|Noted { header, fact }| match fact {
                Fact::FaultRecorded(fact) => Some(Noted { header, fact }),
                // A newer version's fact of this kind.
                _ => None,
            })
            .collect())
    }

    /// The last jump of the clock.
    ///
    /// # Errors
    /// `Disk`, `Payload`, `Envelope`.
    pub fn clock_jump(&self) -> Result<Option<ClockJumped>, DatabaseError> {
        let facts = noted(&self.ledger, CLOCK_JUMPS, 1)?;
        Ok(facts.into_iter().find_map(|noted| match noted.fact {
            Fact::ClockJumped(jump) => Some(jump),
            // A newer version's fact of this kind.
            _ => None,
        }))
    }

    /// Every table with its rows. Counts them all: for somebody who asks once.
    ///
    /// # Errors
    /// `Disk`.
    pub fn table_sizes(&self) -> Result<Vec<TableSize>, DatabaseError> {
        let mut sizes = Vec::new();
        for (file, connection) in [("ledger.db", &self.ledger), ("catalog.db", &self.catalog)] {
            for table in tables(connection)? {
                let count = format!("select count(*) from \"{table}\"");
                let rows: i64 = connection.query_row(&count, [], |row| row.get(0))?;
                sizes.push(TableSize { file, table, rows: rows.cast_unsigned() });
            }
        }
        Ok(sizes)
    }
}

/// The version of SQLite.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

fn noted(connection: &Connection, query: &str, max: u32) -> Result<Vec<Noted<Fact>>, DatabaseError> {
    let mut statement = connection.prepare_cached(query)?;
    let mut rows = statement.query([max])?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        let (envelope, payload): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let header = Header::decode(&envelope)?;
        let fact = Fact::parse(&header.kind, header.kind_version, &payload)?;
        facts.push(Noted { header, fact });
    }
    Ok(facts)
}

/// The tables of our own; those of the search index keep their rows elsewhere.
fn tables(connection: &Connection) -> Result<Vec<String>, DatabaseError> {
    let mut statement = connection.prepare(
        "select name from sqlite_schema
         where type = 'table' and name not like 'sqlite_%' and sql not like 'create virtual%'
         order by name",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
