//! The change-sets that go with backups: each has a second copy beside them, which is checked against its name while it is
//! copied. Personal values are copied anew whenever they differ, so that what was erased is gone there at the next turn.

use super::{FOLDER, NEW, digest, names, personal_path, set_path};
use crate::backup::{self, BackupFailure, copy_file};
use crate::disk::Disk;
use std::io;
use std::path::Path;

/// Puts the sets of a data directory beside its backups.
///
/// # Errors
/// What the disk answers; `Stopped` when `pace` says no.
pub fn keep(disk: &dyn Disk, data_dir: &Path, pace: &mut dyn FnMut() -> bool) -> Result<(), BackupFailure> {
    copy_all(disk, &data_dir.join(FOLDER), &data_dir.join(backup::FOLDER).join(FOLDER), pace)
}

/// Copies the sets beside backups to another folder of backups.
///
/// # Errors
/// As [`keep`].
pub fn carry(
    disk: &dyn Disk,
    shelf: &Path,
    to: &Path,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(), BackupFailure> {
    copy_all(disk, &shelf.join(FOLDER), &to.join(FOLDER), pace)
}

/// Copies the sets beside a backup into a data directory.
///
/// # Errors
/// What either disk answers.
pub fn bring(disk: &dyn Disk, backup: &Path, data_dir: &Path) -> Result<(), BackupFailure> {
    let shelf = backup.parent().unwrap_or(backup);
    copy_all(disk, &shelf.join(FOLDER), &data_dir.join(FOLDER), &mut || true)
}

fn copy_all(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(), BackupFailure> {
    let here = names(disk, from)?;
    if here.is_empty() {
        return Ok(());
    }
    disk.create_dir(to)?;
    for sha256 in here {
        let personal = (personal_path(from, &sha256), personal_path(to, &sha256));
        if disk.exists(&personal.0)?
            && (!disk.exists(&personal.1)? || digest(disk, &personal.0)? != digest(disk, &personal.1)?)
        {
            copy(disk, &personal.0, &personal.1, pace)?;
        }
        if disk.exists(&set_path(to, &sha256))? {
            continue;
        }
        let new = to.join(format!("set{NEW}"));
        if copy_file(disk, &set_path(from, &sha256), &new, pace)? != sha256 {
            // The other sets and the facts are worth a copy all the same; who checks the directory is told.
            tracing::error!(set = sha256, "a change-set is damaged and was not copied");
            disk.remove(&new)?;
            continue;
        }
        disk.rename(&new, &set_path(to, &sha256))?;
        disk.sync_dir(to)?;
    }
    Ok(())
}

/// Copies one set, which is known to be whole, over what is there.
pub fn put(disk: &dyn Disk, from: &Path, to: &Path, sha256: &str) -> io::Result<()> {
    let copied = |failure: BackupFailure| io::Error::other(failure.to_string());
    let personal = (personal_path(from, sha256), personal_path(to, sha256));
    if disk.exists(&personal.0)? && !disk.exists(&personal.1)? {
        copy(disk, &personal.0, &personal.1, &mut || true).map_err(copied)?;
    }
    copy(disk, &set_path(from, sha256), &set_path(to, sha256), &mut || true).map_err(copied)
}

fn copy(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(), BackupFailure> {
    let new = to.with_extension("new");
    copy_file(disk, from, &new, pace)?;
    disk.rename(&new, to)?;
    disk.sync_dir(to.parent().unwrap_or(to))?;
    Ok(())
}
