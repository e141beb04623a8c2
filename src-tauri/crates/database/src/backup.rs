//! Backups: true copies of the ledger, each one plain SQLite file that somebody can carry and open. A file counts once it
//! was read back from the disk and found whole: then a manifest stands beside it.
//!
//! `docs/ledger-format.md` says what is in such a file.

mod carry;
pub(crate) use carry::copy as copy_file;
pub use carry::{carry, is_ready, prepare};
mod check;
pub(crate) use check::hash as hash_file;
pub use check::{Checked, check};
mod copy;
mod erase;
pub use erase::{Erasures, LookedTo, erase, erase_in_archive};
mod manifest;
pub use manifest::Manifest;
pub(crate) mod note;
pub use note::Note;
mod shelf;
pub use note::pepper_in;
pub use shelf::{Kept, adopt, kept, kept_at, make_room, thin_out};

use crate::Database;
use crate::connection::{DatabaseFile, Files, connect, ledger_version, ledger_version_known};
use crate::disk::{Disk, Open};
use crate::error::DatabaseError;
use crate::ledger::{Head, Purpose, load_head};
use domain::backup::BackupReason;
use domain::error::{Code, Coded};
use domain::ids::TerminalId;
use domain::time::{Moment, Timestamp};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::io;
use std::path::{Path, PathBuf};
use wire::backup::BackupError;
use wire::fact::header::Header;

/// The folder of the backups in the data directory.
pub const FOLDER: &str = "backups";
/// The end of a store file's name.
pub const EXTENSION: &str = ".store.db";
/// The end of the name of one that is being written.
const NEW: &str = ".new";

/// The secret value of the PINs' verifiers: without it nobody can sign on after a restore.
pub type Pepper = [u8; 32];

/// Why there is no backup, or why it was not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupFailure {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] BackupError),
    /// The files failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl BackupFailure {
    /// The same as an error of the files would be told, for what is beside SQLite.
    pub fn of_disk(error: io::Error) -> Self {
        DatabaseError::of_disk(error).into()
    }

    /// Why a ledger was not migrated: there is no backup of what it was.
    pub(crate) fn before_migration(self) -> DatabaseError {
        match self {
            Self::Refused(error) => DatabaseError::NotBackedUp(error),
            Self::Database(error) => error,
        }
    }

    pub(crate) fn damaged(problem: impl Into<String>) -> Self {
        BackupError::Damaged { problem: problem.into() }.into()
    }
}

impl From<io::Error> for BackupFailure {
    fn from(error: io::Error) -> Self {
        Self::of_disk(error)
    }
}

impl From<rusqlite::Error> for BackupFailure {
    fn from(error: rusqlite::Error) -> Self {
        DatabaseError::from(error).into()
    }
}

impl Coded for BackupFailure {
    fn code(&self) -> Code {
        match self {
            Self::Refused(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }
}

/// What a backup is made with.
#[derive(Debug, Clone, Copy)]
pub struct Making {
    /// When.
    pub moment: Moment,
    /// Why.
    pub reason: BackupReason,
    /// What the PINs need.
    pub pepper: Option<Pepper>,
}

impl Database {
    /// Makes a backup in the directory `shelf`, reads it back, and lets it count if it is whole. The writer of the
    /// ledger is not stopped: the copy is of the moment it began. After each slice `pace` is asked whether to go on; it
    /// may wait.
    ///
    /// # Errors
    /// `Damaged` when what was written is not what is read back; `Disk`, `Full`; `Stopped` when `pace` says no.
    pub fn back_up(
        &self,
        shelf: &Path,
        making: &Making,
        pace: &mut dyn FnMut() -> bool,
    ) -> Result<Manifest, BackupFailure> {
        finish(self, write(self, shelf, making, pace)?)
    }

    /// Bytes of `ledger.db`, which a backup of it has about.
    ///
    /// # Errors
    /// `Directory`.
    pub fn ledger_bytes(&self) -> Result<u64, DatabaseError> {
        let path = self.files.dir.join(DatabaseFile::Ledger.name());
        let length = self.files.disk.open(&path, Open::Read).and_then(|file| file.length());
        length.map_err(DatabaseError::directory)
    }
}

/// Makes a backup of a ledger that this program is about to bring to a newer version, if it is. `pepper` is asked for the
/// secret of the terminal whose ledger it is.
pub(crate) fn before_migration(
    files: &Files,
    shelf: &Path,
    pepper: &dyn Fn(TerminalId) -> Option<Pepper>,
) -> Result<(), BackupFailure> {
    if !files.disk.exists(&files.dir.join(DatabaseFile::Ledger.name()))? {
        return Ok(());
    }
    let (head, moment) = {
        let ledger = files.open_as_it_is(DatabaseFile::Ledger)?;
        let known = ledger_version_known(files.disk.as_ref());
        if ledger_version(&ledger)?.is_none_or(|version| version >= known) {
            return Ok(());
        }
        let Some(head) = load_head(&ledger, Purpose::Selling)? else { return Ok(()) };
        let Some(moment) = last_moment(&ledger, &head)? else { return Ok(()) };
        (head, moment)
    };
    tracing::info!("a backup is made before the ledger is brought to a newer version");
    let pepper = pepper(head.identity.terminal);
    let making = Making { moment, reason: BackupReason::BeforeMigration, pepper };
    read_back(files.disk.as_ref(), written(files, shelf, &making, &mut || true)?)?;
    Ok(())
}

/// When the last fact of a log happened.
fn last_moment(ledger: &Connection, head: &Head) -> Result<Option<Moment>, BackupFailure> {
    let envelope: Option<Vec<u8>> = ledger
        .prepare("select envelope from fact where log = ?1 order by seq desc limit 1")?
        .query_row([head.log], |row| row.get(0))
        .optional()?;
    let header =
        envelope.map(|envelope| Header::decode(&envelope)).transpose().map_err(DatabaseError::from)?;
    Ok(header.map(|header| header.moment))
}

/// A backup that is on the disk and was not read back yet.
#[derive(Debug)]
pub struct Written {
    new: PathBuf,
    path: PathBuf,
    now: Timestamp,
}

/// The first half of [`Database::back_up`]: the copy, on the disk, without its name.
///
/// # Errors
/// `Disk`, `Full`; `Stopped` when `pace` says no.
pub fn write(
    database: &Database,
    shelf: &Path,
    making: &Making,
    pace: &mut dyn FnMut() -> bool,
) -> Result<Written, BackupFailure> {
    written(&database.files, shelf, making, pace)
}

/// The second half: reads it back, gives it its name, and lets it count.
///
/// # Errors
/// `Damaged` when what was written is not what is read back; `Disk`, `Full`.
pub fn finish(database: &Database, written: Written) -> Result<Manifest, BackupFailure> {
    read_back(database.files.disk.as_ref(), written)
}

fn written(
    files: &Files,
    shelf: &Path,
    making: &Making,
    pace: &mut dyn FnMut() -> bool,
) -> Result<Written, BackupFailure> {
    let disk = files.disk.as_ref();
    disk.create_dir(shelf)?;
    clear(disk, shelf)?;
    let new = shelf.join(format!("ledger{NEW}"));
    copy::copy(files, &new, pace)?;
    let note = {
        let copied = open_to_write(disk, &new)?;
        let head = load_head(&copied, Purpose::Selling)?
            .ok_or_else(|| DatabaseError::Value("a ledger without a log".to_owned()))?;
        let note = Note::of(&copied, &head, making)?;
        note.write(&copied, making.pepper.as_ref())?;
        note
    };
    disk.open(&new, Open::Write)?.sync()?;
    Ok(Written { path: shelf.join(note.file_name()), new, now: making.moment.wall })
}

fn read_back(disk: &dyn Disk, written: Written) -> Result<Manifest, BackupFailure> {
    let Written { new, path, now } = written;
    disk.forget(&new)?;
    let checked = check(disk, &new)?;
    let manifest = Manifest::of(&checked, &path, now)?;
    // A manifest that speaks of another file of this name must not speak of this one.
    manifest::remove(disk, &path)?;
    disk.rename(&new, &path)?;
    disk.sync_dir(path.parent().unwrap_or(&path))?;
    manifest.write(disk, &path)?;
    Ok(manifest)
}

/// Removes what an interrupted backup left.
pub(crate) fn clear(disk: &dyn Disk, shelf: &Path) -> io::Result<()> {
    for path in disk.list(shelf)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(NEW) || name.contains(&format!("{NEW}-")) {
            disk.remove(&path)?;
        }
    }
    Ok(())
}

/// Opens a copy that nobody else has open, to write without a log beside it.
pub(crate) fn open_to_write(disk: &dyn Disk, path: &Path) -> Result<Connection, DatabaseError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = connect(disk, path, flags)?;
    // The file has no name yet that anybody looks for: what a power cut leaves of it is removed.
    connection.execute_batch(
        "pragma journal_mode = memory;
         pragma synchronous = off;
         pragma secure_delete = on;
         pragma trusted_schema = off;
         pragma mmap_size = 0;",
    )?;
    Ok(connection)
}

#[cfg(test)]
pub(crate) mod tests;
