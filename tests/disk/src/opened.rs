//! A file as SQLite has it open: what its own layer for Unix does with a file, done with the simulated one. Directories
//! are synced where that layer does it: with the first sync of a new journal or log, and after a removal that asks for it.

use crate::Inner;
use crate::content::Content;
use crate::fault::Failure;
use crate::lock::{Holds, Level, Opening, Region, Want};
use crate::state::FileId;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open file.
pub struct Opened {
    inner: Arc<Inner>,
    bytes: Bytes,
    /// Whether the directory is synced with the next sync: the file is a journal that was just made.
    dir_sync_due: bool,
    opening: Opening,
    /// The locks of the shared memory; `None` before it is used.
    memory: Option<Holds>,
    /// What SQLite has the addresses of.
    regions: Vec<Region>,
}

enum Bytes {
    Named {
        file: FileId,
        path: PathBuf,
        remove_at_close: bool,
    },
    /// A temporary file. It lies elsewhere, and nobody looks for it after a power cut.
    Temporary(Content),
}

/// How SQLite opens a file.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Whether it is made when it is missing.
    pub create: bool,
    /// Whether it must not be there.
    pub exclusive: bool,
    /// Whether it goes when it is closed.
    pub remove_at_close: bool,
    /// Whether it is a journal or a log: the name of a new one has to be durable with what it says.
    pub journal: bool,
}

impl Opened {
    /// Opens a file by its name.
    ///
    /// # Errors
    /// `Missing`, also for one that must not be there; what the disk answers.
    pub fn named(inner: &Arc<Inner>, path: &Path, manner: Manner) -> Result<Self, Failure> {
        let mut turning = inner.turning();
        if turning.faults.is_dead() {
            return Err(Failure::Broken);
        }
        let (file, is_new) = match turning.find(path) {
            Some(_) if manner.exclusive => return Err(Failure::Missing),
            Some(file) => (file, false),
            None if manner.create => (turning.create(path)?, true),
            None => return Err(Failure::Missing),
        };
        let opening = turning.locks.opening();
        drop(turning);
        let bytes = Bytes::Named { file, path: path.to_owned(), remove_at_close: manner.remove_at_close };
        Ok(Self {
            inner: Arc::clone(inner),
            bytes,
            dir_sync_due: is_new && manner.journal,
            opening,
            memory: None,
            regions: Vec::new(),
        })
    }

    /// Opens a temporary file.
    pub fn temporary(inner: &Arc<Inner>) -> Self {
        Self {
            inner: Arc::clone(inner),
            bytes: Bytes::Temporary(Content::default()),
            dir_sync_due: false,
            opening: 0,
            memory: None,
            regions: Vec::new(),
        }
    }

    /// Closes it: its locks go with it.
    ///
    /// # Errors
    /// What the disk answers to its removal, if it goes too.
    pub fn close(mut self) -> Result<(), Failure> {
        self.leave_memory();
        let Bytes::Named { file, path, remove_at_close } = &self.bytes else { return Ok(()) };
        let mut turning = self.inner.turning();
        turning.locks.unlock(*file, self.opening, Level::None);
        if *remove_at_close { turning.remove(path) } else { Ok(()) }
    }

    /// Fills `into` and returns how many bytes there were.
    ///
    /// # Errors
    /// `Broken`.
    pub fn read(&self, offset: usize, into: &mut [u8]) -> Result<usize, Failure> {
        match &self.bytes {
            Bytes::Named { file, .. } => self.inner.turning().read(*file, offset, into),
            Bytes::Temporary(content) => Ok(content.read(offset, into)),
        }
    }

    /// Writes.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn write(&mut self, offset: usize, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.bytes {
            Bytes::Named { file, .. } => self.inner.turning().write(*file, offset, bytes),
            Bytes::Temporary(content) => {
                content.write(offset, bytes);
                Ok(())
            }
        }
    }

    /// Cuts or extends it.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn truncate(&mut self, length: usize) -> Result<(), Failure> {
        match &mut self.bytes {
            Bytes::Named { file, .. } => self.inner.turning().truncate(*file, length),
            Bytes::Temporary(content) => {
                content.resize(length);
                Ok(())
            }
        }
    }

    /// Its length in bytes.
    pub fn length(&self) -> usize {
        match &self.bytes {
            Bytes::Named { file, .. } => self.inner.turning().length(*file),
            Bytes::Temporary(content) => content.length(),
        }
    }

    /// Makes it durable, and its name the first time.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn sync(&mut self) -> Result<(), Failure> {
        let Bytes::Named { file, path, .. } = &self.bytes else { return Ok(()) };
        let mut turning = self.inner.turning();
        turning.sync(*file)?;
        if std::mem::take(&mut self.dir_sync_due)
            && let Some(dir) = path.parent()
        {
            // SQLite's own layer does not ask what came of it: not every system can do it.
            let _ = turning.sync_dir(dir);
        }
        Ok(())
    }

    /// Locks it further; `false` when somebody else is in the way.
    pub fn lock(&self, level: Level) -> bool {
        let Bytes::Named { file, .. } = &self.bytes else { return true };
        self.inner.turning().locks.lock(*file, self.opening, level)
    }

    /// Lets go down to a level.
    pub fn unlock(&self, level: Level) {
        if let Bytes::Named { file, .. } = &self.bytes {
            self.inner.turning().locks.unlock(*file, self.opening, level);
        }
    }

    /// Whether anybody means to write.
    pub fn is_reserved(&self) -> bool {
        let Bytes::Named { file, .. } = &self.bytes else { return false };
        self.inner.turning().locks.is_reserved(*file)
    }

    /// A region of the shared memory, which stays where it is until [`Self::leave_memory`]; `None` when it is not there
    /// and not asked to be made.
    pub fn region(&mut self, index: usize, bytes: usize, make: bool) -> Option<Region> {
        let Bytes::Named { file, .. } = &self.bytes else { return None };
        let mut turning = self.inner.turning();
        if self.memory.is_none() {
            turning.locks.join(*file);
            self.memory = Some(Holds::default());
        }
        let region = turning.locks.region(*file, index, bytes, make)?;
        drop(turning);
        self.regions.push(Arc::clone(&region));
        Some(region)
    }

    /// Takes locks of the shared memory; `false` when somebody else is in the way.
    pub fn hold(&mut self, mask: u32, want: Want) -> bool {
        let (Bytes::Named { file, .. }, Some(holds)) = (&self.bytes, &mut self.memory) else { return false };
        self.inner.turning().locks.hold(*file, holds, mask, want)
    }

    /// Lets locks of the shared memory go.
    pub fn release(&mut self, mask: u32) {
        if let (Bytes::Named { file, .. }, Some(holds)) = (&self.bytes, &mut self.memory) {
            self.inner.turning().locks.release(*file, holds, mask);
        }
    }

    /// Has done with the shared memory.
    pub fn leave_memory(&mut self) {
        if let (Bytes::Named { file, .. }, Some(holds)) = (&self.bytes, self.memory.take()) {
            self.inner.turning().locks.leave(*file, holds);
        }
        self.regions.clear();
    }
}

impl Inner {
    /// Removes a file, and its name durably if `sync_dir` says so.
    ///
    /// # Errors
    /// `Missing`; what the disk answers, and whether it was the sync.
    pub fn remove(&self, path: &Path, sync_dir: bool) -> Result<(), (Failure, bool)> {
        let mut turning = self.turning();
        turning.remove(path).map_err(|failure| (failure, false))?;
        match path.parent() {
            Some(dir) if sync_dir => turning.sync_dir(dir).map_err(|failure| (failure, true)),
            _ => Ok(()),
        }
    }

    /// Whether SQLite takes a file to be there: one without bytes does not count.
    pub fn is_there(&self, path: &Path) -> bool {
        let turning = self.turning();
        turning.find(path).is_some_and(|file| turning.length(file) > 0)
    }
}
