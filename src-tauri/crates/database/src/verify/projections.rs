//! Whether every projection is what the facts make of it: they are computed anew in a temporary directory and compared
//! row by row.

use super::BesideReport;
use super::facts::Read;
use super::fault::{Difference, Faults, Problem};
use super::open::{Depth, Store};
use crate::catalog::{self, generation};
use crate::connection::{DatabaseFile, Files};
use crate::disk::{Disk, SystemDisk};
use crate::dump::show;
use crate::error::DatabaseError;
use crate::project;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Rows of a table that are named; whoever repairs computes the whole table anew.
const NAMED_MAX: usize = 3;

/// The catalogue of a data directory, held still.
pub struct Catalog<'d> {
    /// Its file.
    pub store: Store<'d>,
    /// The arrival of the last fact it has applied.
    applied: i64,
}

impl<'d> Catalog<'d> {
    /// Opens it. What is wrong with its file is noted, and then there is none.
    pub fn open(disk: &'d dyn Disk, dir: &Path, faults: &mut Faults) -> Option<Self> {
        // A directory that cannot be listed has no file that can be opened either.
        let file = generation::name(generation::current(disk, dir).unwrap_or(0));
        let store = match Store::open(disk, &dir.join(&file)) {
            Ok(store) => store,
            Err(error) => {
                faults.file(Problem::FileMalformed { file, problem: error.to_string() });
                return None;
            }
        };
        let problems = store.place.structure(Depth::Full);
        let is_sound = problems.is_empty();
        problems.into_iter().for_each(|problem| faults.file(problem));
        let applied = store
            .hold_still()
            .and_then(|()| store.connection.query_row("select arrival from applied", [], |row| row.get(0)));
        match applied {
            Ok(applied) => Some(Self { store, applied }),
            Err(error) => {
                if is_sound {
                    store.unreadable(&error, faults);
                }
                None
            }
        }
    }
}

/// Compares the projections of both files.
///
/// # Errors
/// When there is no room to compute them anew.
pub fn compare(
    store: &Store<'_>,
    data_dir: &Path,
    catalog: Option<&Catalog<'_>>,
    read: Read,
    beside: &mut BesideReport,
    faults: &mut Faults,
) -> Result<(), DatabaseError> {
    if read == Read::InPart {
        let problem = "some facts cannot be read".to_owned();
        faults.file(Problem::ProjectionsUnknown { problem });
        return Ok(());
    }
    let dir = tempfile::tempdir().map_err(DatabaseError::directory)?;
    let files = Files::of(dir.path(), Arc::new(SystemDisk))?;
    let anew = |file: DatabaseFile| -> Result<Connection, DatabaseError> {
        let connection = files.open_writer(file)?;
        // Nobody needs this file after a power cut.
        connection.execute_batch("pragma synchronous = off; begin")?;
        Ok(connection)
    };
    let ledger = anew(DatabaseFile::Ledger)?;
    let computed = without_panic(|| project::replay(&store.connection, &ledger, folded(&store.connection)?));
    match computed {
        Ok(()) => tables(store, &ledger, DatabaseFile::Ledger, beside, faults)?,
        Err(problem) => faults.file(Problem::ProjectionsUnknown { problem }),
    }
    let Some(live) = catalog else { return Ok(()) };
    let catalog = anew(DatabaseFile::Catalog)?;
    let source = catalog::Source { disk: store.place.disk, data_dir, mends: false };
    match without_panic(|| catalog::replay(&store.connection, source, &catalog, live.applied)) {
        Ok(()) => tables(&live.store, &catalog, DatabaseFile::Catalog, beside, faults)?,
        Err(problem) => faults.file(Problem::ProjectionsUnknown { problem }),
    }
    Ok(())
}

/// Facts that break the rules may break what trusts them: then that is what is reported.
fn without_panic(replay: impl FnOnce() -> Result<(), DatabaseError>) -> Result<(), String> {
    match catch_unwind(AssertUnwindSafe(replay)) {
        Ok(replayed) => replayed.map_err(|error| error.to_string()),
        Err(_) => Err("a fact says what no till says".to_owned()),
    }
}

/// How far the rollups were folded when the file was looked at.
fn folded(connection: &Connection) -> Result<i64, DatabaseError> {
    let folded = connection
        .query_row("select arrival from watermark where projection = ?1", [project::ROLLUPS], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(folded.unwrap_or(0))
}

/// Compares every table that is a projection. The search index is left out: its segments depend on the order it was
/// written in, and SQLite itself checks it.
fn tables(
    live: &Store<'_>,
    anew: &Connection,
    file: DatabaseFile,
    beside: &mut BesideReport,
    faults: &mut Faults,
) -> Result<(), DatabaseError> {
    let names: Vec<String> = anew
        .prepare(
            "select name from table_class
             where class in ('immediate', 'deferred') and name not like 'search%' order by name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in names {
        let form = Form::of(anew, &table)?;
        let mut named = 0;
        let compared = form.walk(&live.connection, anew, |key, difference| {
            named += 1;
            if named <= NAMED_MAX {
                let (table, row) = (table.clone(), key.to_owned());
                faults.file(Problem::ProjectionDiffers { file: file.name(), table, row, difference });
            }
        });
        match compared {
            Ok(rows) => {
                beside.tables += 1;
                beside.rows += rows;
            }
            Err(error) => live.unreadable(&error, faults),
        }
    }
    Ok(())
}

/// How a table is read in the order of its key.
struct Form {
    select: String,
    columns: usize,
    /// The columns of the key, in its order.
    key: Vec<usize>,
}

impl Form {
    fn of(connection: &Connection, table: &str) -> Result<Self, DatabaseError> {
        let mut statement = connection.prepare("select name, pk from pragma_table_info(?1) order by cid")?;
        let columns: Vec<(String, i64)> =
            statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut key: Vec<usize> = (0..columns.len()).filter(|index| columns[*index].1 > 0).collect();
        key.sort_by_key(|index| columns[*index].1);
        // Names come from our own migrations, not from the file that is checked.
        let quoted = |index: usize| format!("\"{}\"", columns[index].0);
        let list = |indices: &[usize]| indices.iter().map(|i| quoted(*i)).collect::<Vec<_>>().join(", ");
        let all: Vec<usize> = (0..columns.len()).collect();
        let select = format!("select {} from \"{table}\" order by {}", list(&all), list(&key));
        Ok(Self { select, columns: columns.len(), key })
    }

    /// Walks both tables side by side and tells the rows that differ. Returns how many rows were computed anew.
    fn walk(
        &self,
        live: &Connection,
        anew: &Connection,
        mut tell: impl FnMut(&str, Difference),
    ) -> rusqlite::Result<u64> {
        let (mut live, mut anew) = (live.prepare(&self.select)?, anew.prepare(&self.select)?);
        let (mut live, mut anew) = (live.query([])?, anew.query([])?);
        let (mut there, mut expected) = (self.next(&mut live)?, self.next(&mut anew)?);
        let mut rows = 0;
        loop {
            let order = match (&there, &expected) {
                (None, None) => return Ok(rows),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(there), Some(expected)) => self.compare(there, expected),
            };
            let row = if order == Ordering::Greater { &expected } else { &there };
            let shown = row.as_ref().map_or_else(String::new, |row| self.show(row));
            match order {
                Ordering::Less => tell(&shown, Difference::Unfounded),
                Ordering::Greater => tell(&shown, Difference::Missing),
                Ordering::Equal if there != expected => tell(&shown, Difference::Other),
                Ordering::Equal => {}
            }
            if order != Ordering::Greater {
                there = self.next(&mut live)?;
            }
            if order != Ordering::Less {
                rows += 1;
                expected = self.next(&mut anew)?;
            }
        }
    }

    fn next(&self, rows: &mut rusqlite::Rows<'_>) -> rusqlite::Result<Option<Vec<Value>>> {
        let Some(row) = rows.next()? else { return Ok(None) };
        (0..self.columns).map(|column| row.get(column)).collect::<Result<_, _>>().map(Some)
    }

    fn compare(&self, one: &[Value], other: &[Value]) -> Ordering {
        let orders = self.key.iter().map(|column| order(&one[*column], &other[*column]));
        orders.fold(Ordering::Equal, Ordering::then)
    }

    fn show(&self, row: &[Value]) -> String {
        let key: Vec<String> = self.key.iter().map(|column| show((&row[*column]).into())).collect();
        key.join(", ")
    }
}

/// SQLite's order of values: nothing, numbers, texts, bytes.
fn order(one: &Value, other: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Real(_) => 1,
        Value::Text(_) => 2,
        Value::Blob(_) => 3,
    };
    match (one, other) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        _ => rank(one).cmp(&rank(other)),
    }
}
