//! The guard: what this machine remembers of the ledger's head, outside the data directory. It finds a lost tail, an old
//! copy put back, and a copy at another place; it may lag behind the ledger and is never ahead of a durable one.
//!
//! One file for each life of a log, with two slots of 512 bytes that are written in turn: a torn write damages the
//! older one only.

use crate::disk::{Disk, Open};
use domain::ids::{IncarnationId, TerminalId};
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use wire::fact::header::Hash;

/// Bytes of a slot: what disks write in one piece.
const SLOT: usize = 512;
/// What stands at the beginning of a slot.
const MAGIC: &[u8; 4] = b"TKGD";
/// The format this version writes.
const FORMAT: u8 = 1;
/// Bytes of a slot that carry something; the rest is zero.
const USED: usize = 4 + 1 + 3 + 8 + 16 + 16 + 8 + 32 + 32 + 32 + 8;

/// Where a ledger lies: what tells it from a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// SHA-256 of the machine's id.
    pub machine: Hash,
    /// SHA-256 of the path of the data directory.
    pub path: Hash,
    /// Device and inode of `ledger.db`; 0 where the system has none.
    pub file: u64,
}

/// What the guard remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remembered {
    /// The terminal.
    pub terminal: TerminalId,
    /// Which life of its log.
    pub incarnation: IncarnationId,
    /// The place of its last durable fact; 0 before the first.
    pub seq: u64,
    /// The hash of that fact.
    pub hash: Hash,
    /// Where the ledger lay.
    pub place: Place,
}

/// What was found of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There is none.
    Nothing,
    /// There is a file, but none of its slots can be read.
    Unreadable,
    /// What it remembers.
    Remembered {
        /// The newer slot that can be read.
        remembered: Remembered,
        /// Whether a slot that was written cannot be read.
        slot_damaged: bool,
    },
}

/// The guard of one log, open.
pub struct Guard<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
}

impl<'d> Guard<'d> {
    /// The guard of a life of a terminal, in the directory `dir` of the terminal.
    pub fn of(disk: &'d dyn Disk, dir: &Path, incarnation: IncarnationId) -> Self {
        Self { disk, path: dir.join(format!("{incarnation}.guard")) }
    }

    /// Reads what it remembers.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn find(&self) -> io::Result<Found> {
        Ok(match self.slots()? {
            None => Found::Nothing,
            Some(slots) => match slots[newest(&slots)] {
                Slot::Empty | Slot::Damaged => Found::Unreadable,
                Slot::Written { remembered, .. } => {
                    let slot_damaged = slots.iter().any(|slot| matches!(slot, Slot::Damaged));
                    Found::Remembered { remembered, slot_damaged }
                }
            },
        })
    }

    /// Remembers a head that is durable. Waits for the disk.
    ///
    /// # Errors
    /// What the disk answers; the other slot still says what it said then.
    pub fn remember(&self, remembered: &Remembered) -> io::Result<()> {
        let (slots, is_new) = match self.slots()? {
            Some(slots) => (slots, false),
            None => ([Slot::Empty, Slot::Empty], true),
        };
        let newest = newest(&slots);
        let (turn, into) = match slots[newest] {
            Slot::Written { turn, .. } => (turn + 1, 1 - newest),
            Slot::Empty | Slot::Damaged => (1, newest),
        };
        let mut file = self.disk.open(&self.path, Open::Create)?;
        if file.length()? < (2 * SLOT) as u64 {
            file.truncate((2 * SLOT) as u64)?;
        }
        file.write_at((into * SLOT) as u64, &encode(turn, remembered))?;
        file.sync()?;
        if is_new {
            self.disk.sync_dir(self.path.parent().unwrap_or(&self.path))?;
        }
        Ok(())
    }

    fn slots(&self) -> io::Result<Option<[Slot; 2]>> {
        let bytes = match self.disk.read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let slot = |index: usize| match bytes.get(index * SLOT..(index + 1) * SLOT) {
            Some(bytes) => decode(bytes),
            None => Slot::Empty,
        };
        Ok(Some([slot(0), slot(1)]))
    }
}

enum Slot {
    /// Never written.
    Empty,
    /// Written, and what it says does not fit its hash.
    Damaged,
    Written {
        turn: u64,
        remembered: Remembered,
    },
}

/// Which slot was written last.
fn newest(slots: &[Slot; 2]) -> usize {
    let turn = |slot: &Slot| match slot {
        Slot::Written { turn, .. } => *turn,
        Slot::Empty | Slot::Damaged => 0,
    };
    usize::from(turn(&slots[1]) > turn(&slots[0]))
}

/// The bytes of a slot, big endian, with a hash of them behind.
fn encode(turn: u64, remembered: &Remembered) -> [u8; SLOT] {
    let mut bytes = Vec::with_capacity(SLOT);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&[FORMAT, 0, 0, 0]);
    bytes.extend_from_slice(&turn.to_be_bytes());
    bytes.extend_from_slice(&remembered.terminal.bytes());
    bytes.extend_from_slice(&remembered.incarnation.bytes());
    bytes.extend_from_slice(&remembered.seq.to_be_bytes());
    bytes.extend_from_slice(&remembered.hash);
    bytes.extend_from_slice(&remembered.place.machine);
    bytes.extend_from_slice(&remembered.place.path);
    bytes.extend_from_slice(&remembered.place.file.to_be_bytes());
    let check: Hash = Sha256::digest(&bytes).into();
    bytes.extend_from_slice(&check);
    let mut slot = [0; SLOT];
    slot[..bytes.len()].copy_from_slice(&bytes);
    slot
}

fn decode(bytes: &[u8]) -> Slot {
    if bytes.iter().all(|byte| *byte == 0) {
        return Slot::Empty;
    }
    let (used, rest) = bytes.split_at(USED);
    let check: Hash = Sha256::digest(used).into();
    let (written, padding) = rest.split_at(check.len());
    let whole = written == check && padding.iter().all(|byte| *byte == 0);
    if !whole || !used.starts_with(MAGIC) || used[4] != FORMAT {
        return Slot::Damaged;
    }
    let mut from = 8;
    let turn = u64::from_be_bytes(take(used, &mut from));
    let remembered = Remembered {
        terminal: TerminalId::from_bytes(take(used, &mut from)),
        incarnation: IncarnationId::from_bytes(take(used, &mut from)),
        seq: u64::from_be_bytes(take(used, &mut from)),
        hash: take(used, &mut from),
        place: Place {
            machine: take(used, &mut from),
            path: take(used, &mut from),
            file: u64::from_be_bytes(take(used, &mut from)),
        },
    };
    Slot::Written { turn, remembered }
}

/// The next `N` bytes of a slot; its length is a constant, so they are there.
fn take<const N: usize>(bytes: &[u8], from: &mut usize) -> [u8; N] {
    let mut taken = [0; N];
    taken.copy_from_slice(&bytes[*from..*from + N]);
    *from += N;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::SystemDisk;
    use uuid::Uuid;

    fn remembered(seq: u64) -> Remembered {
        Remembered {
            terminal: TerminalId(Uuid::from_u128(3)),
            incarnation: IncarnationId(Uuid::from_u128(4)),
            seq,
            hash: [seq.to_be_bytes()[7]; 32],
            place: Place { machine: [1; 32], path: [2; 32], file: 77 },
        }
    }

    #[test]
    fn the_newest_head_is_remembered_and_a_torn_slot_costs_one_step() {
        let dir = tempfile::tempdir().unwrap();
        let guard = Guard::of(&SystemDisk, dir.path(), IncarnationId(Uuid::from_u128(4)));
        assert_eq!(guard.find().unwrap(), Found::Nothing);
        for seq in 0..5 {
            guard.remember(&remembered(seq)).unwrap();
            let found = Found::Remembered { remembered: remembered(seq), slot_damaged: false };
            assert_eq!(guard.find().unwrap(), found);
        }
        let whole = std::fs::read(&guard.path).unwrap();
        assert_eq!(whole.len(), 2 * SLOT);
        // Head 4 stands in the first slot, head 3 in the second.
        for byte in 0..whole.len() {
            let mut torn = whole.clone();
            torn[byte] ^= 0x10;
            std::fs::write(&guard.path, &torn).unwrap();
            let left = if byte < SLOT { 3 } else { 4 };
            let found = Found::Remembered { remembered: remembered(left), slot_damaged: true };
            assert_eq!(guard.find().unwrap(), found, "byte {byte}");
        }
        std::fs::write(&guard.path, vec![9; 2 * SLOT]).unwrap();
        assert_eq!(guard.find().unwrap(), Found::Unreadable);
        guard.remember(&remembered(9)).unwrap();
        let found = Found::Remembered { remembered: remembered(9), slot_damaged: true };
        assert_eq!(guard.find().unwrap(), found);
    }
}
