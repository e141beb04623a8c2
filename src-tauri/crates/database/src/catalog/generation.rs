//! The names of the catalogue's file. A large import fills a new file beside the one in use and then takes its place under
//! a name of its own, so that nobody who still reads the old one, or its log, is in the way. The file with the highest
//! number counts; it has its name only once it is whole on the disk.

use crate::disk::Disk;
use std::io;
use std::path::{Path, PathBuf};

/// What every name begins with.
const STEM: &str = "catalog";
/// The end of the name of one that is being filled.
const NEW: &str = ".new";

/// The name of a generation: `catalog.db`, `catalog-1.db`, …
pub fn name(generation: u64) -> String {
    if generation == 0 { format!("{STEM}.db") } else { format!("{STEM}-{generation}.db") }
}

/// The name of a generation that is being filled.
pub fn new_name(generation: u64) -> String {
    format!("{}{NEW}", name(generation))
}

/// The generation whose file, or a file beside it, has this name.
fn of(path: &Path) -> Option<u64> {
    let rest = path.file_name()?.to_str()?.strip_prefix(STEM)?;
    let (number, end) = rest.split_once(".db")?;
    if !["", "-wal", "-shm", "-journal", NEW].contains(&end) {
        return None;
    }
    if number.is_empty() { Some(0) } else { number.strip_prefix('-')?.parse().ok() }
}

/// The generation that counts in a data directory; 0 where there is none yet.
///
/// # Errors
/// What the disk answers.
pub fn current(disk: &dyn Disk, dir: &Path) -> io::Result<u64> {
    let paths = disk.list(dir)?;
    let files = paths.iter().filter(|path| path.extension().is_some_and(|end| end == "db"));
    Ok(files.filter_map(|path| of(path)).max().unwrap_or(0))
}

/// Every file of every generation in a data directory.
///
/// # Errors
/// What the disk answers.
pub fn files(disk: &dyn Disk, dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = disk.list(dir)?;
    paths.retain(|path| of(path).is_some());
    Ok(paths)
}

/// Removes the files of all generations but one, and what was being filled when a till stopped. Nobody reads them.
///
/// # Errors
/// What the disk answers.
pub fn clear(disk: &dyn Disk, dir: &Path, kept: u64) -> io::Result<()> {
    for path in files(disk, dir)? {
        let is_new = path.to_string_lossy().ends_with(NEW);
        if is_new || of(&path) != Some(kept) {
            disk.remove(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::SystemDisk;

    #[test]
    fn the_highest_whole_generation_counts_and_the_others_go() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(current(&SystemDisk, dir.path()).unwrap(), 0);
        for name in [
            "catalog.db",
            "catalog.db-wal",
            "catalog-9.db",
            "catalog-10.db",
            "catalog-10.db-shm",
            "catalog-11.db.new",
            "catalogue.db",
            "ledger.db",
        ] {
            std::fs::write(dir.path().join(name), b"").unwrap();
        }
        assert_eq!(current(&SystemDisk, dir.path()).unwrap(), 10);
        clear(&SystemDisk, dir.path(), 10).unwrap();
        let mut left: Vec<_> =
            std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["catalog-10.db", "catalog-10.db-shm", "catalogue.db", "ledger.db"]);
    }
}
