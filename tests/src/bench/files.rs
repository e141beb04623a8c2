//! Copies of a shop to work on, and what its files tell from outside.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of a page and of its frame's header in the log (SQLite file format, 4.2).
pub const FRAME_BYTES: u32 = 4_096 + 24;

/// Copies a folder to a place that does not exist yet, or replaces what is there. The copy is on disk when this
/// returns: writing it back later would disturb a measurement.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<PathBuf, String> {
    if to.exists() {
        fs::remove_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    }
    copy_folder(from, to).map_err(|error| format!("copying {}: {error}", from.display()))?;
    Ok(to.to_owned())
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), &place)?;
            File::open(&place)?.sync_all()?;
        }
    }
    Ok(())
}

/// The frames in a database's log: `mxFrame` of its index (SQLite WAL-index format, offset 16). 0 without one.
pub fn log_frames(database: &Path) -> u32 {
    let mut index = database.as_os_str().to_owned();
    index.push("-shm");
    let mut header = [0; 20];
    match File::open(index).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) => u32::from_ne_bytes([header[16], header[17], header[18], header[19]]),
        Err(_) => 0,
    }
}

/// Asks the system to forget what it keeps in memory of a shop's files. Returns whether it can be asked here.
///
/// # Errors
/// When a file cannot be opened.
pub fn evict(folder: &Path) -> Result<bool, String> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(said)? {
        let path = entry.map_err(said)?.path();
        // The catalogue is in the file of its last number.
        if path.is_file() && path.extension().is_some_and(|ending| ending != "db-shm") {
            evict_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(cfg!(target_os = "linux"))
}

/// Lets the system forget what it keeps of a file in memory, where it can.
///
/// # Errors
/// When the file cannot be opened, or its disk fails.
#[cfg(target_os = "linux")]
pub fn evict_file(path: &Path) -> std::io::Result<()> {
    use nix::fcntl::{PosixFadviseAdvice, posix_fadvise};
    use std::os::fd::AsRawFd;
    let file = File::open(path)?;
    // Pages that are not on disk yet cannot be forgotten.
    file.sync_all()?;
    posix_fadvise(file.as_raw_fd(), 0, 0, PosixFadviseAdvice::POSIX_FADV_DONTNEED)?;
    Ok(())
}

/// There is no way to ask for it.
#[cfg(not(target_os = "linux"))]
pub fn evict_file(_: &Path) -> std::io::Result<()> {
    Ok(())
}
