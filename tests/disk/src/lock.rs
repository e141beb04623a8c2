//! Who holds which lock: those on a database file (`SHARED` … `EXCLUSIVE`) and the eight of its shared memory, as SQLite
//! knows them. Locks are the running till's and gone after a power cut.

use crate::state::FileId;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Locks of a shared memory.
pub const SHARED_LOCKS: usize = 8;

/// An open file, told from every other.
pub type Opening = u64;

/// The locks of a disk.
#[derive(Default)]
pub struct Locks {
    files: HashMap<FileId, FileLocks>,
    memories: HashMap<FileId, Memory>,
    last_opening: Opening,
}

/// How far an open file is locked, in SQLite's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// `SQLITE_LOCK_NONE`
    #[default]
    None,
    /// `SQLITE_LOCK_SHARED`
    Shared,
    /// `SQLITE_LOCK_RESERVED`
    Reserved,
    /// `SQLITE_LOCK_PENDING`
    Pending,
    /// `SQLITE_LOCK_EXCLUSIVE`
    Exclusive,
}

#[derive(Default)]
struct FileLocks {
    levels: HashMap<Opening, Level>,
}

/// A region of memory that connections share; it stays where it is as long as one of them has it.
pub type Region = Arc<Vec<AtomicU64>>;

#[derive(Default)]
struct Memory {
    regions: Vec<Region>,
    users: usize,
    /// How often each lock is held; −1 is alone.
    held: [i32; SHARED_LOCKS],
}

/// What a connection wants of the locks of a shared memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// To hold one with others.
    Shared,
    /// To hold some alone.
    Alone,
}

/// The locks of a shared memory that one connection holds, as bits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Holds {
    /// With others.
    pub shared: u32,
    /// Alone.
    pub alone: u32,
}

impl Locks {
    /// A number for a file that was opened.
    pub fn opening(&mut self) -> Opening {
        self.last_opening += 1;
        self.last_opening
    }

    /// Locks a file further; `false` when somebody else is in the way.
    pub fn lock(&mut self, file: FileId, opening: Opening, level: Level) -> bool {
        let locks = self.files.entry(file).or_default();
        let others: Vec<Level> =
            locks.levels.iter().filter(|(other, _)| **other != opening).map(|(_, level)| *level).collect();
        let highest = others.into_iter().max().unwrap_or_default();
        let (free, granted) = match level {
            Level::None | Level::Shared => (highest < Level::Pending, level),
            Level::Reserved => (highest < Level::Reserved, level),
            Level::Pending | Level::Exclusive => match highest {
                Level::None => (true, level),
                // Who waits for the readers lets no new one in.
                Level::Shared => (level == Level::Pending, Level::Pending),
                Level::Reserved | Level::Pending | Level::Exclusive => return false,
            },
        };
        if free || granted == Level::Pending {
            let own = locks.levels.entry(opening).or_default();
            *own = granted.max(*own);
        }
        free
    }

    /// Lets go down to a level.
    pub fn unlock(&mut self, file: FileId, opening: Opening, level: Level) {
        if let Some(locks) = self.files.get_mut(&file) {
            match level {
                Level::None => {
                    locks.levels.remove(&opening);
                }
                _ => {
                    locks.levels.insert(opening, level);
                }
            }
        }
    }

    /// Whether anybody means to write.
    pub fn is_reserved(&self, file: FileId) -> bool {
        let levels = self.files.get(&file).map(|locks| locks.levels.values());
        levels.into_iter().flatten().any(|level| *level >= Level::Reserved)
    }

    /// A connection begins to use the shared memory of a file.
    pub fn join(&mut self, file: FileId) {
        self.memories.entry(file).or_default().users += 1;
    }

    /// A connection has done with it; after the last one it is gone.
    pub fn leave(&mut self, file: FileId, holds: Holds) {
        let Some(memory) = self.memories.get_mut(&file) else { return };
        memory.release(holds, u32::MAX);
        memory.users -= 1;
        if memory.users == 0 {
            self.memories.remove(&file);
        }
    }

    /// A region of it; `None` when it is not there and not asked to be made.
    pub fn region(&mut self, file: FileId, index: usize, bytes: usize, make: bool) -> Option<Region> {
        let memory = self.memories.get_mut(&file)?;
        if make {
            while memory.regions.len() <= index {
                memory.regions.push(Arc::new((0..bytes / 8).map(|_| AtomicU64::new(0)).collect()));
            }
        }
        memory.regions.get(index).cloned()
    }

    /// Takes the locks in `mask`; `false` when somebody else is in the way.
    pub fn hold(&mut self, file: FileId, holds: &mut Holds, mask: u32, want: Want) -> bool {
        let Some(memory) = self.memories.get_mut(&file) else { return false };
        match want {
            Want::Shared => {
                for (_, held) in memory.locks(mask & !holds.shared) {
                    if *held < 0 {
                        return false;
                    }
                    *held += 1;
                }
                holds.shared |= mask;
            }
            Want::Alone => {
                let own = holds.shared;
                if memory.locks(mask).any(|(bit, held)| *held != i32::from(own & bit != 0)) {
                    return false;
                }
                memory.locks(mask).for_each(|(_, held)| *held = -1);
                holds.alone |= mask;
                holds.shared &= !mask;
            }
        }
        true
    }

    /// Lets the locks in `mask` go.
    pub fn release(&mut self, file: FileId, holds: &mut Holds, mask: u32) {
        if let Some(memory) = self.memories.get_mut(&file) {
            memory.release(*holds, mask);
        }
        holds.shared &= !mask;
        holds.alone &= !mask;
    }
}

impl Memory {
    fn locks(&mut self, mask: u32) -> impl Iterator<Item = (u32, &mut i32)> {
        let bits = (0..).map(|index| 1 << index);
        bits.zip(&mut self.held).filter(move |(bit, _)| mask & bit != 0)
    }

    fn release(&mut self, holds: Holds, mask: u32) {
        self.locks(holds.shared & mask).for_each(|(_, held)| *held -= 1);
        self.locks(holds.alone & mask).for_each(|(_, held)| *held = 0);
    }
}
