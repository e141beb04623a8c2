//! The folder of backups: what is in it, what counts, and what goes when it has been kept long enough.

use super::manifest::{self, Manifest, name};
use super::{BackupFailure, EXTENSION, check};
use crate::disk::{Disk, Open};
use domain::backup::{BackupPlan, KEPT_ALWAYS};
use domain::time::{BusinessDay, Timestamp};
use std::cmp::Reverse;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A store file in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// What is known of it; `None` while nobody has checked it.
    pub manifest: Option<Manifest>,
    /// Bytes of the file.
    pub bytes: u64,
}

/// The store files of a folder, the newest first; those nobody has checked at the end.
///
/// # Errors
/// What the disk answers.
pub fn kept(disk: &dyn Disk, shelf: &Path) -> io::Result<Vec<Kept>> {
    let mut all = Vec::new();
    for path in disk.list(shelf)? {
        if name(&path).ends_with(EXTENSION) {
            match one(disk, path) {
                Ok(kept) => all.push(kept),
                // It was thinned out while the folder was looked at.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    all.sort_by_key(|kept| Reverse(kept.manifest.as_ref().map(|manifest| (manifest.made_at, manifest.seq))));
    Ok(all)
}

/// The store file at a place, or those of the folder there.
///
/// # Errors
/// What the disk answers.
pub fn kept_at(disk: &dyn Disk, place: &Path) -> io::Result<Vec<Kept>> {
    if name(place).ends_with(EXTENSION) {
        return match one(disk, place.to_owned()) {
            Ok(kept) => Ok(vec![kept]),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        };
    }
    kept(disk, place)
}

fn one(disk: &dyn Disk, path: PathBuf) -> io::Result<Kept> {
    let bytes = disk.open(&path, Open::Read)?.length()?;
    // A file that was cut or written on since it was checked is not the one that was.
    let manifest = Manifest::read(disk, &path)?.filter(|manifest| manifest.bytes == bytes);
    Ok(Kept { path, manifest, bytes })
}

/// Checks the files nobody has checked: those whose manifest a power cut took, and those somebody put there. What is
/// damaged or no backup stays as it is and does not count. Returns how many count now.
///
/// # Errors
/// What the disk answers.
pub fn adopt(disk: &dyn Disk, shelf: &Path, now: Timestamp) -> Result<usize, BackupFailure> {
    let mut adopted = 0;
    for kept in kept(disk, shelf)?.into_iter().filter(|kept| kept.manifest.is_none()) {
        match check(disk, &kept.path).and_then(|checked| Manifest::of(&checked, &kept.path, now)) {
            Ok(manifest) => {
                manifest.write(disk, &kept.path)?;
                adopted += 1;
            }
            Err(BackupFailure::Refused(refused)) => {
                tracing::warn!(file = name(&kept.path), %refused, "a file among the backups is none");
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(adopted)
}

/// Removes the backups that were kept long enough.
///
/// # Errors
/// What the disk answers.
pub fn thin_out(disk: &dyn Disk, shelf: &Path, plan: &BackupPlan) -> io::Result<()> {
    let counting: Vec<(Kept, BusinessDay)> = counting(disk, shelf)?;
    let days: Vec<BusinessDay> = counting.iter().map(|(_, day)| *day).collect();
    for index in plan.outdated(&days) {
        remove(disk, &counting[index].0.path)?;
    }
    Ok(())
}

/// Removes the oldest backups until so many bytes are free, but never the newest two. Returns whether they are.
///
/// # Errors
/// What the disk answers.
pub fn make_room(disk: &dyn Disk, shelf: &Path, bytes: u64) -> io::Result<bool> {
    disk.create_dir(shelf)?;
    let mut counting = counting(disk, shelf)?;
    while disk.free_bytes(shelf)? < bytes {
        if counting.len() <= KEPT_ALWAYS {
            return Ok(false);
        }
        if let Some((oldest, _)) = counting.pop() {
            tracing::warn!(
                file = name(&oldest.path),
                "the oldest backup goes, since the disk is nearly full"
            );
            remove(disk, &oldest.path)?;
        }
    }
    Ok(true)
}

fn counting(disk: &dyn Disk, shelf: &Path) -> io::Result<Vec<(Kept, BusinessDay)>> {
    let day = |kept: Kept| {
        let day = kept.manifest.as_ref()?.day();
        Some((kept, day))
    };
    Ok(kept(disk, shelf)?.into_iter().filter_map(day).collect())
}

fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    manifest::remove(disk, path)?;
    disk.remove(path)?;
    disk.sync_dir(path.parent().unwrap_or(path))
}
