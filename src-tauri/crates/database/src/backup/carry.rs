//! The second place: a folder on another disk, a stick or the network, that gets a copy of each backup. It may be away.

use super::manifest::{self, Manifest, name};
use super::{BackupFailure, Kept, NEW, check, clear};
use crate::disk::{Disk, Open};
use crate::error::DatabaseError;
use sha2::{Digest, Sha256};
use std::path::Path;
use wire::record::hex;

/// Bytes that are copied at once.
const CHUNK: usize = 1 << 20;
/// Bytes after which what was written is brought to the disk.
const SYNC_BYTES: u64 = 4 << 20;

/// What tells the folder from the empty mount point that is left when its disk is away.
const SIGN: &str = "tillkeeper.txt";

/// Makes a folder ready to receive copies, when somebody chose it.
///
/// # Errors
/// What the disk answers.
pub fn prepare(disk: &dyn Disk, folder: &Path, says: &str) -> Result<(), BackupFailure> {
    disk.create_dir(folder)?;
    disk.replace(&folder.join(SIGN), says.as_bytes())?;
    Ok(())
}

/// Whether the folder somebody chose is there.
pub fn is_ready(disk: &dyn Disk, folder: &Path) -> bool {
    // A network that is away answers with errors of many kinds; all mean the same here.
    disk.exists(&folder.join(SIGN)).unwrap_or(false)
}

/// Copies a backup that counts to the folder, reads it back there, and lets it count there too.
///
/// # Errors
/// `Damaged` when what is read back is something else; `Disk`, `Full`; `Stopped` when `pace` says no.
pub fn carry(
    disk: &dyn Disk,
    backup: &Kept,
    folder: &Path,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(), BackupFailure> {
    let Some(manifest) = &backup.manifest else { return Ok(()) };
    clear(disk, folder)?;
    let path = folder.join(name(&backup.path));
    let new = folder.join(format!("copy{NEW}"));
    let copied = copy(disk, &backup.path, &new, pace)?;
    if copied != manifest.sha256 {
        return Err(BackupFailure::damaged("the backup is not what was checked when it was made"));
    }
    disk.forget(&new)?;
    let (_, found) = check::hash(disk, &new)?;
    if hex(&found) != manifest.sha256 {
        return Err(BackupFailure::damaged("the second place keeps something else than it was given"));
    }
    manifest::remove(disk, &path)?;
    disk.rename(&new, &path)?;
    disk.sync_dir(folder)?;
    Manifest { file: name(&path), ..manifest.clone() }.write(disk, &path)
}

/// Copies a file in slices, durably, and returns the hash of what was read.
pub(crate) fn copy(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    pace: &mut dyn FnMut() -> bool,
) -> Result<String, BackupFailure> {
    let mut source = disk.open(from, Open::Read)?;
    let mut target = disk.open(to, Open::Create)?;
    target.truncate(0)?;
    let length = source.length()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    let (mut offset, mut synced) = (0, 0);
    while offset < length {
        let count = usize::try_from(length - offset).map_or(CHUNK, |left| left.min(CHUNK));
        source.read_at(offset, &mut buffer[..count])?;
        target.write_at(offset, &buffer[..count])?;
        hash.update(&buffer[..count]);
        offset += count as u64;
        if offset - synced >= SYNC_BYTES {
            target.sync()?;
            synced = offset;
        }
        if !pace() {
            return Err(DatabaseError::Stopped.into());
        }
    }
    target.sync()?;
    Ok(hex(&<[u8; 32]>::from(hash.finalize())))
}
