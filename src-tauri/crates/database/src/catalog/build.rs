//! A large import fills a new file: what is in the old one is copied, rows are added to tables without indexes, the indexes
//! are made, the file is brought to the disk and takes the old one's place. Who reads meanwhile reads the old one; a power
//! cut leaves it whole.

use super::import::{self, Source};
use crate::connection::{DatabaseFile, Files};
use crate::disk::Open;
use crate::error::DatabaseError;
use crate::project::Placed;
use domain::time::Timestamp;
use rusqlite::Connection;
use std::path::Path;
use wire::fact::RecordImported;
use wire::record::Entity;

/// Rows of a set up to which it is applied in place, whatever is there.
const IN_PLACE_MAX: u64 = 2_000;
/// So many times its rows must there be for a larger set to be applied in place: to add a row to the tables with their
/// indexes costs so much more than to write it anew into bare ones.
const IN_PLACE_TIMES: i64 = 8;

/// Whether a set is worth a new file.
pub fn is_large(connection: &Connection, fact: &RecordImported) -> Result<bool, DatabaseError> {
    if fact.rows <= IN_PLACE_MAX {
        return Ok(false);
    }
    let products: i64 = connection
        .prepare_cached(
            "select ifnull((select max(id) from product), 0) + ifnull((select max(id) from customer), 0)",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(products < i64::try_from(fact.rows).unwrap_or(i64::MAX).saturating_mul(IN_PLACE_TIMES))
}

/// Fills a new file with what is in the one in use and with an import, up to its place among the facts, and
/// brings it to the disk.
///
/// # Errors
/// `Value` when the set cannot be read; `Disk`, `Full`. The new file is of no use then.
pub fn fill(
    files: &Files,
    source: Source<'_>,
    path: &Path,
    placed: &Placed,
    fact: &RecordImported,
) -> Result<(), DatabaseError> {
    let mut written = files.disk.open(path, Open::Create).map_err(DatabaseError::of_disk)?;
    written.truncate(0).map_err(DatabaseError::of_disk)?;
    let indexes = copy(&files.open_new_catalog(path)?, &files.path(DatabaseFile::Catalog), fact)?;
    // What the search index remembers of its pages is of before the copy: it is opened anew.
    let new = files.open_new_catalog(path)?;
    new.execute_batch("begin")?;
    let arrived = (placed.arrival, placed.header.moment.wall);
    import::rows(&new, source, arrived, fact, || written.sync().map_err(DatabaseError::of_disk))?;
    indexes.make(&new)?;
    new.execute("update applied set arrival = ?1", [placed.arrival])?;
    new.execute_batch("commit")?;
    new.close().map_err(|(_, error)| error)?;
    written.sync().map_err(DatabaseError::of_disk)
}

/// Copies every table as it is, the pages of the search index among them. Returns the indexes that are still to be made.
fn copy(new: &Connection, old: &Path, fact: &RecordImported) -> Result<Indexes, DatabaseError> {
    new.execute("attach ?1 as old", [old.to_string_lossy()])?;
    let tables: Vec<String> = new
        .prepare(
            "select name from main.table_class where class = 'deferred' and name <> 'search' order by name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let indexes = Indexes::drop(new, fact)?;
    new.execute_batch("begin")?;
    for table in tables {
        // Names come from our own migrations.
        let columns = columns(new, &table)?;
        new.execute_batch(&format!(
            "delete from main.\"{table}\"; insert into main.\"{table}\" ({columns}) select {columns} from old.\"{table}\";"
        ))?;
    }
    new.execute_batch("commit; detach old")?;
    Ok(indexes)
}

/// The columns of a table without those that are made from others.
fn columns(connection: &Connection, table: &str) -> Result<String, DatabaseError> {
    let names: Vec<String> = connection
        .prepare("select name from pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(format!("\"{}\"", names.join("\", \"")))
}

/// Applies an import to tables without indexes, and makes these then.
///
/// # Errors
/// As [`import::rows`].
pub fn bare(
    connection: &Connection,
    source: Source<'_>,
    arrived: (i64, Timestamp),
    fact: &RecordImported,
    pause: impl FnMut() -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    let indexes = Indexes::drop(connection, fact)?;
    import::rows(connection, source, arrived, fact, pause)?;
    indexes.make(connection)
}

/// Indexes that are not there, and how they are made.
struct Indexes(Vec<String>);

impl Indexes {
    /// Drops those that an import does not need. What a table itself is ordered or made unique by stays.
    fn drop(connection: &Connection, fact: &RecordImported) -> Result<Self, DatabaseError> {
        let is_needed = |name: &str| match name {
            // By these the rows of a record are found that is changed.
            "code_by_product" => fact.updated > 0,
            "customer_word_by_customer" => fact.entity == Entity::Customer,
            _ => false,
        };
        let found: Vec<(String, String)> = connection
            .prepare("select name, sql from main.sqlite_schema where type = 'index' and sql is not null order by name")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut made = Vec::new();
        for (name, sql) in found.into_iter().filter(|(name, _)| !is_needed(name)) {
            connection.execute_batch(&format!("drop index main.\"{name}\""))?;
            made.push(sql);
        }
        Ok(Self(made))
    }

    fn make(self, connection: &Connection) -> Result<(), DatabaseError> {
        self.0.iter().try_for_each(|sql| Ok(connection.execute_batch(sql)?))
    }
}
