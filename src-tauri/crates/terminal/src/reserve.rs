//! Room that is kept free for a full disk: a file in the data directory that is given up when the disk is full, so that
//! open sales can be finished. From then on no new sale is opened until there is room again.
//!
//! The disk is asked by a worker; whoever opens a sale looks at what it found.

use database::disk::{Disk, DiskFile, Open};
use domain::error::{Code, Coded};
use serde::Serialize;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// Bytes that a till keeps free: some thousand sales, and the ledger's own housekeeping.
pub const RESERVE_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes that the reserve grows by at once: between two such steps the till has the disk.
const STEP_BYTES: u64 = 4 * 1024 * 1024;
/// The share of the reserve below which a disk counts as full although nothing was refused yet.
const FULL_SHARE: u64 = 16;

/// Whether there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// Nobody has looked yet.
    Unknown,
    /// There is.
    Enough,
    /// Beside the reserve there is little, or there was never room for it.
    Low,
    /// The reserve is given up: what is open is finished, nothing new is begun.
    Full,
    /// The disk does not answer.
    Silent,
}

const ROOMS: [Room; 5] = [Room::Unknown, Room::Enough, Room::Low, Room::Full, Room::Silent];

/// The disk has no room for another sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("the disk has no room for another sale")]
pub struct DiskLow {
    /// Megabytes that are free.
    pub free_mb: u64,
}

impl Coded for DiskLow {
    fn code(&self) -> Code {
        Code::LedgerDiskLow
    }
}

/// The reserve of a data directory, and what was last found about the disk.
pub(crate) struct Reserve {
    path: PathBuf,
    dir: PathBuf,
    room: AtomicU8,
    free: AtomicU64,
}

impl Reserve {
    /// The reserve of a data directory; a worker makes it.
    pub fn of(data_dir: &Path) -> Self {
        Self {
            path: data_dir.join("reserve"),
            dir: data_dir.to_owned(),
            room: AtomicU8::new(0),
            free: AtomicU64::new(0),
        }
    }

    /// What was last found.
    pub fn room(&self) -> Room {
        ROOMS.get(usize::from(self.room.load(Ordering::Acquire))).copied().unwrap_or(Room::Unknown)
    }

    /// Bytes that were last found free, without the reserve.
    pub fn free_bytes(&self) -> u64 {
        self.free.load(Ordering::Acquire)
    }

    /// Bytes that are kept free now; none when the disk does not say.
    pub fn kept_bytes(&self, disk: &dyn Disk) -> u64 {
        self.length(disk).unwrap_or(0)
    }

    /// Whether another sale may be opened. Costs one look at a number in memory.
    ///
    /// # Errors
    /// `DiskLow`.
    pub fn admit(&self) -> Result<(), DiskLow> {
        match self.room() {
            Room::Full => Err(DiskLow { free_mb: self.free_bytes() / (1024 * 1024) }),
            Room::Unknown | Room::Enough | Room::Low | Room::Silent => Ok(()),
        }
    }

    /// Gives the reserve up, because the disk is full. Returns whether that made room.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn give_up(&self, disk: &dyn Disk) -> io::Result<bool> {
        self.found(Room::Full);
        if !disk.exists(&self.path)? {
            return Ok(false);
        }
        disk.remove(&self.path)?;
        tracing::warn!("the disk is full: the reserve is given up");
        Ok(true)
    }

    /// Looks how much room there is beside a reserve that is to be of `bytes`. Returns whether it could grow.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn look(&self, disk: &dyn Disk, bytes: u64) -> io::Result<bool> {
        let looked = self.look_at(disk, bytes);
        if looked.is_err() && self.room() != Room::Full {
            self.found(Room::Silent);
        }
        looked
    }

    fn look_at(&self, disk: &dyn Disk, bytes: u64) -> io::Result<bool> {
        let free = disk.free_bytes(&self.dir)?;
        self.free.store(free, Ordering::Release);
        let length = self.length(disk)?;
        if length == bytes {
            if free < bytes / FULL_SHARE {
                self.give_up(disk)?;
            } else {
                self.found(if free < bytes { Room::Low } else { Room::Enough });
            }
            return Ok(false);
        }
        // Twice the reserve: what is left beside it is then no less than it.
        if free.saturating_add(length) >= bytes.saturating_mul(2) {
            self.found(Room::Enough);
            return Ok(true);
        }
        // Given up, it stays so until it can be made again: on the edge the till would refuse every other sale.
        self.found(if free < bytes || self.room() == Room::Full { Room::Full } else { Room::Low });
        Ok(false)
    }

    /// Adds a piece to the reserve. Returns whether more is missing.
    ///
    /// # Errors
    /// What the disk answers; then nothing of the reserve is left.
    pub fn grow(&self, disk: &dyn Disk, bytes: u64) -> io::Result<bool> {
        let length = self.length(disk)?.min(bytes);
        let mut file = disk.open(&self.path, Open::Create)?;
        let grown = append(file.as_mut(), length, bytes);
        drop(file);
        if grown.is_err() {
            // Somebody else took the room meanwhile, and needs it more.
            disk.remove(&self.path)?;
        }
        grown.map(|length| length < bytes)
    }

    fn length(&self, disk: &dyn Disk) -> io::Result<u64> {
        if disk.exists(&self.path)? { disk.open(&self.path, Open::Read)?.length() } else { Ok(0) }
    }

    fn found(&self, room: Room) {
        let place = ROOMS.iter().position(|known| *known == room).unwrap_or(0);
        self.room.store(u8::try_from(place).unwrap_or(0), Ordering::Release);
    }
}

/// Writes bytes that no file system can fold away: zeros might take no room at all.
fn append(file: &mut dyn DiskFile, from: u64, to: u64) -> io::Result<u64> {
    let length = STEP_BYTES.min(to - from);
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| ErrorKind::FileTooLarge)?];
    let mut noise = from | 1;
    for chunk in bytes.chunks_mut(8) {
        // xorshift64 (G. Marsaglia, "Xorshift RNGs", 2003): noise is all that is asked of it.
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        chunk.copy_from_slice(&noise.to_le_bytes()[..chunk.len()]);
    }
    // A piece is whole or is cut off: a longer file than was asked for would never count as whole.
    file.truncate(from)?;
    file.write_at(from, &bytes)?;
    file.sync()?;
    Ok(from + length)
}
