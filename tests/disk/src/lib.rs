//! A disk of tests. It lies under SQLite (as a VFS of its own name) and under [`database::disk::Disk`], so that ledger,
//! catalogue, guard and backups are cut off by the same power cut; every operation that changes it has a number, and
//! what is not synced is not durable. It keeps its bytes in memory.

mod content;
mod face;
mod fault;
mod image;
mod lock;
mod opened;
mod state;
mod vfs;

pub use fault::{Failure, Fault, FaultKind};
pub use image::Image;
pub use state::{FileId, Operation, State};

use fault::{Asks, Fate, Faults};
use lock::Locks;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vfs::Registered;

/// A disk whose power can be cut. Clones are the same disk.
#[derive(Clone)]
pub struct SimulatedDisk {
    inner: Arc<Inner>,
}

struct Inner {
    registered: Registered,
    turning: Mutex<Turning>,
}

/// What moves.
#[derive(Default)]
struct Turning {
    state: State,
    operations: u64,
    journal: Option<Vec<Operation>>,
    faults: Faults,
    locks: Locks,
    locked_dirs: BTreeSet<PathBuf>,
    free_bytes: u64,
    migrations: Vec<Migration>,
}

/// A migration of one of the till's files that no program has that was released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The name of the file.
    pub file: &'static str,
    /// Its name, as that of a file among the till's own.
    pub name: &'static str,
    /// What it does.
    pub sql: &'static str,
}

/// What there is room for unless a test says otherwise.
const FREE_BYTES: u64 = 100 * 1024 * 1024 * 1024;

impl SimulatedDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::of(State::default())
    }

    /// A disk that holds what another held at a moment. Its operations are counted anew.
    pub fn of(state: State) -> Self {
        let turning = Turning { state, free_bytes: FREE_BYTES, ..Turning::default() };
        let inner = Arc::new(Inner { registered: Registered::take(), turning: Mutex::new(turning) });
        inner.registered.serve(&inner);
        Self { inner }
    }

    /// What it holds now.
    pub fn state(&self) -> State {
        self.inner.turning().state.clone()
    }

    /// How many operations there were, those that failed among them.
    pub fn operations(&self) -> u64 {
        self.inner.turning().operations
    }

    /// Keeps every operation from here on.
    pub fn record(&self) {
        self.inner.turning().journal = Some(Vec::new());
    }

    /// The operations kept since [`Self::record`].
    pub fn recorded(&self) -> Vec<Operation> {
        self.inner.turning().journal.clone().unwrap_or_default()
    }

    /// Makes it fail, or with `None` mends it.
    pub fn fail(&self, fault: Option<Fault>) {
        self.inner.turning().faults = Faults::arm(fault);
    }

    /// Whether the fault has done something.
    pub fn has_failed(&self) -> bool {
        self.inner.turning().faults.has_struck()
    }

    /// Lets the program that works on it be a newer one, which has these migrations beside its own. A program without
    /// debug assertions knows none but its own.
    pub fn migrate(&self, migrations: &[Migration]) {
        self.inner.turning().migrations = migrations.to_vec();
    }

    /// Says how many bytes can still be written.
    pub fn set_free_bytes(&self, bytes: u64) {
        self.inner.turning().free_bytes = bytes;
    }
}

impl Default for SimulatedDisk {
    fn default() -> Self {
        Self::new()
    }
}

impl Inner {
    fn turning(&self) -> MutexGuard<'_, Turning> {
        self.turning.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turning {
    fn find(&self, path: &Path) -> Option<FileId> {
        self.state.find(path)
    }

    fn create(&mut self, path: &Path) -> Result<FileId, Failure> {
        let file = FileId(self.state.last_file + 1);
        self.happen(Operation::Create { path: path.to_owned(), file }, Asks::Room)?;
        Ok(file)
    }

    fn write(&mut self, file: FileId, offset: usize, bytes: &[u8]) -> Result<(), Failure> {
        let grows = offset + bytes.len() > self.length(file);
        let asks = if grows { Asks::Room } else { Asks::Nothing };
        self.happen(Operation::Write { file, offset, bytes: bytes.into() }, asks)
    }

    fn truncate(&mut self, file: FileId, length: usize) -> Result<(), Failure> {
        let asks = if length > self.length(file) { Asks::Room } else { Asks::Nothing };
        self.happen(Operation::Truncate { file, length }, asks)
    }

    fn sync(&mut self, file: FileId) -> Result<(), Failure> {
        self.happen(Operation::Sync { file }, Asks::Sync)
    }

    fn sync_dir(&mut self, dir: &Path) -> Result<(), Failure> {
        self.happen(Operation::SyncDir { dir: dir.to_owned() }, Asks::Nothing)
    }

    fn remove(&mut self, path: &Path) -> Result<(), Failure> {
        self.find(path).ok_or(Failure::Missing)?;
        self.happen(Operation::Remove { path: path.to_owned() }, Asks::Nothing)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), Failure> {
        self.find(from).ok_or(Failure::Missing)?;
        self.happen(Operation::Rename { from: from.to_owned(), to: to.to_owned() }, Asks::Nothing)
    }

    fn length(&self, file: FileId) -> usize {
        self.state.files.get(&file).map_or(0, |file| file.live.length())
    }

    /// Fills `into` and returns how many bytes there were.
    fn read(&self, file: FileId, offset: usize, into: &mut [u8]) -> Result<usize, Failure> {
        if self.faults.is_dead() {
            return Err(Failure::Broken);
        }
        Ok(self.state.files.get(&file).map_or(0, |file| file.live.read(offset, into)))
    }

    /// The one place where an operation gets its number, its fate and its entry in the journal.
    fn happen(&mut self, operation: Operation, asks: Asks) -> Result<(), Failure> {
        self.operations += 1;
        let is_write = matches!(operation, Operation::Write { .. });
        match self.faults.fate(self.operations, asks, is_write) {
            Fate::Happens => self.note(operation),
            Fate::Half => {
                if let Operation::Write { file, offset, bytes } = operation {
                    let bytes = bytes[..bytes.len() / 2].into();
                    self.note(Operation::Write { file, offset, bytes });
                }
                return Err(Failure::Full);
            }
            Fate::Fails(failure) => {
                if let Operation::Sync { file } = operation {
                    self.note(Operation::SyncLost { file });
                }
                return Err(failure);
            }
        }
        Ok(())
    }

    fn note(&mut self, operation: Operation) {
        self.state.apply(&operation);
        if let Some(journal) = &mut self.journal {
            journal.push(operation);
        }
    }
}

#[cfg(test)]
mod tests;
