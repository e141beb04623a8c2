//! The pictures that go with backups: content-addressed, so that all backups of a folder share them. They are not what a
//! shop is run by, and stand beside the power-safe files.

use database::backup::FOLDER;
use std::fs;
use std::io;
use std::path::Path;

/// The folder of the pictures, in a data directory and beside backups.
const PICTURES: &str = "blobs";
/// The folder of those that are still arriving.
const PARTIAL: &str = "partial";

/// Puts the pictures of a data directory beside its backups: as second names of the same files where the disk can, since
/// a picture never changes.
///
/// # Errors
/// What the disk answers.
pub fn keep(data_dir: &Path) -> io::Result<()> {
    each(&data_dir.join(PICTURES), &data_dir.join(FOLDER).join(PICTURES), |from, to| {
        fs::hard_link(from, to).or_else(|_| copy(from, to))
    })
}

/// Copies the pictures beside backups to another folder of backups.
///
/// # Errors
/// What either disk answers.
pub fn carry(shelf: &Path, to: &Path) -> io::Result<()> {
    each(&shelf.join(PICTURES), &to.join(PICTURES), copy)
}

/// Copies the pictures beside a backup into a data directory.
///
/// # Errors
/// What either disk answers.
pub fn bring(backup: &Path, data_dir: &Path) -> io::Result<()> {
    let shelf = backup.parent().unwrap_or(backup);
    each(&shelf.join(PICTURES), &data_dir.join(PICTURES), copy)
}

/// Does `put` for each picture under `from` that is missing under `to`.
fn each(from: &Path, to: &Path, put: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    let racks = match fs::read_dir(from) {
        Ok(racks) => racks,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for rack in racks {
        let rack = rack?;
        if !rack.file_type()?.is_dir() || rack.file_name() == PARTIAL {
            continue;
        }
        let target = to.join(rack.file_name());
        fs::create_dir_all(&target)?;
        for picture in fs::read_dir(rack.path())? {
            let picture = picture?;
            let place = target.join(picture.file_name());
            if !place.exists() {
                put(&picture.path(), &place)?;
            }
        }
    }
    Ok(())
}

/// Copies a file whole or not at all.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let new = to.with_extension("new");
    fs::copy(from, &new)?;
    fs::File::open(&new)?.sync_all()?;
    fs::rename(&new, to)
}
