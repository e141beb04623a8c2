//! Read-only connections, handed out one at a time.

use crate::connection::{DatabaseFile, open_reader};
use crate::error::DatabaseError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Connections kept for the next reader; more are opened when more read at once.
const KEPT_MAX: usize = 4;

/// A pair of read-only connections.
pub struct Reader {
    pub(crate) ledger: Connection,
    pub(crate) catalog: Connection,
}

pub(crate) struct Readers {
    dir: PathBuf,
    kept: Mutex<Vec<Reader>>,
}

impl Readers {
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), kept: Mutex::new(Vec::new()) }
    }

    pub fn with<T, E: From<DatabaseError>>(&self, job: impl FnOnce(&Reader) -> Result<T, E>) -> Result<T, E> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => Reader {
                ledger: open_reader(&self.dir, DatabaseFile::Ledger)?,
                catalog: open_reader(&self.dir, DatabaseFile::Catalog)?,
            },
        };
        let result = job(&reader);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_MAX {
            kept.push(reader);
        }
        result
    }
}
