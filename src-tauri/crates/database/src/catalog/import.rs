//! How a change-set comes into the catalogue: row by row, whole or not at all. A set that is missing or damaged, and has
//! no good copy beside the backups, does not stop the facts behind it: it is noted in `unapplied`.

use super::{build, project};
use crate::change_set::{self, FOLDER, SetFault};
use crate::disk::Disk;
use crate::error::DatabaseError;
use crate::product::NewProducts;
use crate::project::Placed;
use domain::time::Timestamp;
use rusqlite::{Connection, params};
use std::path::Path;
use uuid::Uuid;
use wire::change_set::{SetError, SetHead};
use wire::fact::RecordImported;
use wire::record::Entity;

/// Where the sets are.
#[derive(Clone, Copy)]
pub struct Source<'d> {
    /// The disk.
    pub disk: &'d dyn Disk,
    /// The data directory.
    pub data_dir: &'d Path,
    /// Whether a set that is missing or damaged may be brought back from beside the backups. Who only looks may not.
    pub mends: bool,
}

impl Source<'_> {
    /// Whether the set of an import is there as it was written.
    pub fn check(&self, fact: &RecordImported) -> Result<(), SetFault> {
        if self.mends {
            change_set::check_or_mend(self.disk, self.data_dir, fact)
        } else {
            change_set::check(self.disk, &self.data_dir.join(FOLDER), &fact.set, fact.bytes)
        }
    }
}

/// Applies an import that stands at a place among the facts.
///
/// # Errors
/// `Disk`, `Directory`, `Full`: when the disk fails. That the set is not there is none.
pub fn import(
    connection: &Connection,
    source: Source<'_>,
    placed: &Placed,
    fact: &RecordImported,
) -> Result<(), DatabaseError> {
    let (arrival, at) = (placed.arrival, placed.header.moment.wall);
    match source.check(fact) {
        Ok(()) => {}
        Err(SetFault::Disk(error)) => return Err(DatabaseError::of_disk(error)),
        Err(fault) => return note(connection, arrival, fact, &fault),
    }
    connection.execute_batch("savepoint import")?;
    let filled = if build::is_large(connection, fact)? {
        build::bare(connection, source, (arrival, at), fact, || Ok(()))
    } else {
        rows(connection, source, (arrival, at), fact, || Ok(()))
    };
    match filled {
        Ok(()) => connection.execute_batch("release import")?,
        // Its bytes are those that were written, and this version cannot read them.
        Err(DatabaseError::Value(problem)) => {
            connection.execute_batch("rollback to import; release import")?;
            note(connection, arrival, fact, &problem)?;
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Applies the rows of a set that was found whole, whose fact arrived there and then. After each [`ROWS_BETWEEN`] of them
/// `pause` is called.
///
/// # Errors
/// `Value` when a row cannot be read; `Disk`, `Full`.
pub fn rows(
    connection: &Connection,
    source: Source<'_>,
    (arrival, at): (i64, Timestamp),
    fact: &RecordImported,
    mut pause: impl FnMut() -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    let folder = source.data_dir.join(FOLDER);
    let mut products = NewProducts::of(connection)?;
    let ids = Ids::of(connection, fact)?;
    let mut place_of = connection.prepare(
        "insert or replace into imported_change (record, arrival, row, section_at, line_at)
         values (?1, ?2, ?3, ?4, ?5)",
    )?;
    change_set::placed_rows(source.disk, &folder, &fact.set, |row, detached, place| {
        if row.number % ROWS_BETWEEN == ROWS_BETWEEN - 1 {
            pause()?;
        }
        // Most rows of most sets: not taken apart into fields.
        if row.entity == Entity::Product && row.is_new() && ids.is_free(connection, row.id)? {
            let product = row.record().map_err(unreadable)?;
            return products.add(row.id.into_bytes(), at, &product);
        }
        if !row.is_new() {
            place_of.execute(params![
                row.id.into_bytes(),
                arrival,
                place.row.cast_signed(),
                place.section_at.cast_signed(),
                place.line_at.cast_signed(),
            ])?;
        }
        products.another_changed();
        project(connection, &row.change().map_err(unreadable)?, detached, at)
    })?;
    products.end()
}

/// Rows after which somebody else may have their turn.
const ROWS_BETWEEN: u64 = 8_192;

fn unreadable(error: SetError) -> DatabaseError {
    DatabaseError::Value(error.to_string())
}

/// Whether products have the ids that a set gives to new ones.
struct Ids {
    /// The ids of the set, when none of them is taken.
    free: Option<(u128, u128)>,
}

impl Ids {
    fn of(connection: &Connection, fact: &RecordImported) -> Result<Self, DatabaseError> {
        let base = SetHead::new(fact.import).base.as_u128();
        let last = base + u128::from(u32::MAX);
        let taken = connection
            .prepare_cached("select 1 from product where product between ?1 and ?2 limit 1")?
            .exists([base.to_be_bytes(), last.to_be_bytes()])?;
        Ok(Self { free: (!taken).then_some((base, last)) })
    }

    fn is_free(&self, connection: &Connection, id: Uuid) -> Result<bool, DatabaseError> {
        if self.free.is_some_and(|(first, last)| (first..=last).contains(&id.as_u128())) {
            return Ok(true);
        }
        let mut taken = connection.prepare_cached("select 1 from product where product = ?1")?;
        Ok(!taken.exists([id.into_bytes()])?)
    }
}

pub fn note(
    connection: &Connection,
    arrival: i64,
    fact: &RecordImported,
    fault: &dyn std::fmt::Display,
) -> Result<(), DatabaseError> {
    tracing::error!(arrival, set = fact.set, %fault, "the catalogue lacks what an import brought");
    connection
        .prepare_cached("insert or replace into unapplied (arrival, change_set) values (?1, ?2)")?
        .execute(params![arrival, fact.set])?;
    Ok(())
}
