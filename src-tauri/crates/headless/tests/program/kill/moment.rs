//! When the till is killed: what can be seen of its work from outside, in its files.

use super::till::{STEP_MAX, pause};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Looks again and again until it is so, nearly without a pause: what is waited for lasts a few milliseconds.
///
/// Returns `false` when it was not so in time.
pub fn wait_for(longest: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    while started.elapsed() < longest.min(STEP_MAX) {
        if is_so() {
            return true;
        }
        pause(Duration::from_micros(50));
    }
    false
}

/// The copying of the ledger's log into its file, as SQLite notes it in its shared memory: the pages of the log, what it
/// began to copy before it does, and what it has copied afterwards (SQLite, "WAL-mode file format": `mxFrame`,
/// `nBackfillAttempted`, `nBackfill`).
pub struct LogCopy {
    index: PathBuf,
    /// What stands for begun since the log was read after a kill, although nothing was.
    recovered: u32,
}

struct Index {
    pages: u32,
    copied: u32,
    begun: u32,
}

impl LogCopy {
    /// Of a till that runs.
    pub fn of(data: &Path) -> Self {
        let mut log = Self { index: data.join("ledger.db-shm"), recovered: 0 };
        log.recovered = log.read().begun;
        log
    }

    /// Whether it is under way.
    pub fn is_under_way(&self) -> bool {
        let index = self.read();
        index.begun > index.copied && index.begun != self.recovered
    }

    /// Whether it has come as far as this page and is over.
    pub fn has_reached(&self, pages: u64) -> bool {
        let index = self.read();
        index.begun == index.copied && u64::from(index.copied) >= pages && index.begun != self.recovered
    }

    /// Pages in the log.
    pub fn pages(&self) -> u64 {
        u64::from(self.read().pages)
    }

    fn read(&self) -> Index {
        let mut bytes = [0; 132];
        File::open(&self.index).and_then(|mut file| file.read_exact(&mut bytes)).unwrap();
        let number = |at: usize| u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Index { pages: number(16), copied: number(96), begun: number(128) }
    }
}

/// Whether a backup is being written or read back.
pub fn is_backing_up(data: &Path) -> bool {
    data.join("backups/ledger.new").exists()
}

/// Bytes of the ledger's log.
pub fn log_bytes(data: &Path) -> u64 {
    fs::metadata(data.join("ledger.db-wal")).map_or(0, |log| log.len())
}

/// How far a restore has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Swap {
    /// Nothing can be seen of it.
    NotBegun,
    /// The backup is made ready beside the ledger.
    Staged,
    /// It is decided, and not done.
    Decided,
}

/// See [`Swap`].
pub fn swap(data: &Path) -> Swap {
    match (data.join("restore.json").exists(), data.join("ledger.staged").exists()) {
        (true, _) => Swap::Decided,
        (false, true) => Swap::Staged,
        (false, false) => Swap::NotBegun,
    }
}
