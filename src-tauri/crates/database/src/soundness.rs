//! Whether SQLite can read the files at all, and what is done about the one that it cannot.

use crate::catalog::generation;
use crate::connection::{DatabaseFile, Files};
use crate::disk::Disk;
use crate::error::DatabaseError;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Whether the ledger's file can be read from end to end. Reads all of it.
///
/// # Errors
/// `Disk` when the disk fails, which says nothing of the file.
pub fn ledger_is_sound(dir: &Path, disk: &Arc<dyn Disk>) -> Result<bool, DatabaseError> {
    is_sound(dir, disk, DatabaseFile::Ledger)
}

/// The same of the catalogue's.
///
/// # Errors
/// As [`ledger_is_sound`].
pub fn catalog_is_sound(dir: &Path, disk: &Arc<dyn Disk>) -> Result<bool, DatabaseError> {
    is_sound(dir, disk, DatabaseFile::Catalog)
}

fn is_sound(dir: &Path, disk: &Arc<dyn Disk>, file: DatabaseFile) -> Result<bool, DatabaseError> {
    let files = Files::of(dir, Arc::clone(disk))?;
    let checked = files.open_reader(file).and_then(|connection| {
        let said: String = connection.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
        Ok(said == "ok")
    });
    match checked {
        Err(DatabaseError::Malformed(_)) => Ok(false),
        other => other,
    }
}

/// Takes the catalogue's files out of the way: it is a projection, and the next start makes it anew from the facts.
///
/// # Errors
/// What the disk answers.
pub fn set_catalog_aside(dir: &Path, disk: &dyn Disk) -> io::Result<()> {
    for path in generation::files(disk, dir)? {
        disk.remove(&path)?;
    }
    disk.sync_dir(dir)
}
