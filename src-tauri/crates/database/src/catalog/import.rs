//! How a change-set comes into the catalogue: row by row, whole or not at all. A set that is missing or damaged, and has
//! no good copy beside the backups, does not stop the facts behind it: it is noted in `unapplied`.

use super::project;
use crate::change_set::{self, FOLDER, SetFault};
use crate::disk::Disk;
use crate::error::DatabaseError;
use crate::product::{load_product_fields, save_product};
use domain::product::Product;
use rusqlite::{Connection, params};
use std::path::Path;
use wire::change_set::SetRow;
use wire::fact::RecordImported;
use wire::record::{Detached, Entity};

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
    arrival: i64,
    fact: &RecordImported,
) -> Result<(), DatabaseError> {
    match source.check(fact) {
        Ok(()) => {}
        Err(SetFault::Disk(error)) => return Err(DatabaseError::of_disk(error)),
        Err(fault) => return note(connection, arrival, fact, &fault),
    }
    connection.execute_batch("savepoint import")?;
    match rows(connection, source, fact) {
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

fn rows(connection: &Connection, source: Source<'_>, fact: &RecordImported) -> Result<(), DatabaseError> {
    let folder = source.data_dir.join(FOLDER);
    change_set::rows(source.disk, &folder, &fact.set, |row, detached| apply(connection, row, detached))
}

/// Applies one row.
pub fn apply(connection: &Connection, row: &SetRow<'_>, detached: &[Detached]) -> Result<(), DatabaseError> {
    let unreadable = |error: wire::change_set::SetError| DatabaseError::Value(error.to_string());
    // Most rows of most sets: not taken apart into fields.
    if row.entity == Entity::Product && row.is_new() {
        let id = row.id.into_bytes();
        if load_product_fields(connection, id)?.is_none() {
            return save_product(connection, id, 1, &row.record::<Product>().map_err(unreadable)?);
        }
    }
    project(connection, &row.change().map_err(unreadable)?, detached)
}

fn note(
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
