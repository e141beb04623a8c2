//! Read-only connections, handed out one at a time.

use crate::connection::{DatabaseFile, Files};
use crate::error::DatabaseError;
use rusqlite::Connection;
use std::sync::{Mutex, PoisonError};

/// Pairs kept for the next reader, one for whoever stands at the till and one for whoever looks on; more are opened when
/// more read at once. Each keeps its pages, its tables' shapes and its plans in memory.
const KEPT_MAX: usize = 2;

/// A pair of read-only connections.
pub struct Reader {
    pub(crate) ledger: Connection,
    pub(crate) catalog: Connection,
    /// The generation of the catalogue it reads.
    generation: u64,
}

impl Reader {
    /// Opens the files as they count now.
    ///
    /// # Errors
    /// `Disk`.
    pub(crate) fn open(files: &Files) -> Result<Self, DatabaseError> {
        let generation = files.generation();
        let ledger = files.open_reader(DatabaseFile::Ledger)?;
        Ok(Self { ledger, catalog: files.open_reader(DatabaseFile::Catalog)?, generation })
    }
}

pub(crate) struct Readers {
    files: Files,
    kept: Mutex<Vec<Reader>>,
}

impl Readers {
    pub fn new(files: &Files) -> Self {
        Self { files: files.clone(), kept: Mutex::new(Vec::new()) }
    }

    pub fn with<T, E: From<DatabaseError>>(&self, job: impl FnOnce(&Reader) -> Result<T, E>) -> Result<T, E> {
        let generation = self.files.generation();
        // One of a generation before is closed: it would read what was.
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match kept.filter(|reader| reader.generation == generation) {
            Some(reader) => reader,
            None => Reader::open(&self.files)?,
        };
        let result = job(&reader);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_MAX && reader.generation == self.files.generation() {
            kept.push(reader);
        }
        result
    }

    /// Closes the connections nobody uses.
    pub fn close(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
