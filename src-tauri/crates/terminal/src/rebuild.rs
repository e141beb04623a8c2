//! Making everything that is derived from the facts anew: what `headless rebuild` does. No till has the directory open.

use database::disk::Disk;
use database::error::DatabaseError;
use database::{Database, dump};
use domain::time::Moment;
use std::path::Path;
use std::sync::Arc;

/// Empties every projection of both files and writes it anew from the facts. Returns the tables that were not what the
/// facts say, by name; the search index is made anew without being compared.
///
/// # Errors
/// `InUse` while a till has the directory; `Disk`, `Full`, `Malformed`: then nothing was changed.
pub fn rebuild(dir: &Path, disk: Arc<dyn Disk>, now: &Moment) -> Result<Vec<String>, DatabaseError> {
    // Nothing is appended, so no salt is needed.
    let database = Database::open(dir, disk, Box::new(|| [0; 16]))?;
    while database.fold(FOLD_BATCH, *now)? {}
    let before = dump::projections(dir)?;
    database.rebuild(*now)?;
    let after = dump::projections(dir)?;
    Ok(after
        .into_iter()
        .filter(|(table, rows)| before.get(table) != Some(rows))
        .map(|(table, _)| table)
        .collect())
}

/// Facts folded in one transaction.
const FOLD_BATCH: u32 = 10_000;
