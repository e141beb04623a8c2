//! Restoring: a checked backup takes the place of the ledger that is there, which is kept aside. A power cut at any
//! moment leaves the one or the other: everything is made ready beside it, one rename decides, and whoever opens the
//! directory next finishes what was decided or clears away what was not.
//!
//! What it owns are names in the data directory: `ledger.staged` (the backup, made ready), `pepper.staged` (the secret it
//! carried), `restore.json` (the decision), and the folder `replaced-…` for what was there.

use crate::backup::{
    BackupFailure, Checked, EXTENSION, Kept, Pepper, check, copy_file, kept_at, note, open_to_write,
};
use crate::catalog::generation;
use crate::connection::{DatabaseFile, connect, ledger_version};
use crate::disk::{Disk, Open};
use crate::error::DatabaseError;
use crate::ledger::{Purpose, load_head};
use domain::ids::TerminalId;
use domain::time::Moment;
use rusqlite::OpenFlags;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use wire::backup::BackupError;

const STAGED: &str = "ledger.staged";
const STAGED_PEPPER: &str = "pepper.staged";
const DECISION: &str = "restore.json";

/// What belongs to the ledger that is there, beside its catalogue: SQLite's file and what stands beside it while it is open.
const REPLACED: [&str; 3] = ["ledger.db", "ledger.db-wal", "ledger.db-shm"];

/// A backup that stands ready to take the ledger's place.
#[derive(Debug)]
pub struct Staged {
    /// What it holds.
    pub checked: Checked,
}

/// What was decided: it holds until it is done.
#[derive(Debug, Serialize, Deserialize)]
struct Decision {
    /// The folder for what was there.
    aside: String,
    /// The mark that makes the next start begin a new log.
    mark: String,
}

/// Whether the damage of the ledger that a backup is a true copy of keeps it from being restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It does.
    Refused,
    /// It does not: better a ledger with one bad fact than none.
    Accepted,
}

/// Copies a backup into the data directory, checks the copy, and takes out the secret. Nothing of what is there changes.
///
/// # Errors
/// `Unknown`, `Foreign`, `Damaged`, `NewerVersion`; `Disk`, `Full`; `Stopped` when `pace` says no.
pub fn stage(
    disk: &dyn Disk,
    data_dir: &Path,
    backup: &Path,
    damage: Damage,
    pace: &mut dyn FnMut() -> bool,
) -> Result<Staged, BackupFailure> {
    let one: Option<Kept> = match backup.to_string_lossy().ends_with(EXTENSION) {
        true => kept_at(disk, backup)?.into_iter().next(),
        false => None,
    };
    let Some(Kept { manifest, .. }) = one else {
        return Err(
            if disk.exists(backup)? { BackupError::Foreign {} } else { BackupError::Unknown {} }.into()
        );
    };
    clear(disk, data_dir)?;
    let staged = data_dir.join(STAGED);
    let sha256 = copy_file(disk, backup, &staged, pace)?;
    if let Some(manifest) = manifest.filter(|manifest| manifest.sha256 != sha256) {
        let problem = format!("its bytes are not those that were checked at {}", manifest.checked_at.0);
        return Err(BackupError::Damaged { problem }.into());
    }
    disk.forget(&staged)?;
    let checked = check(disk, &staged)?;
    if checked.note.is_none() {
        return Err(BackupError::Foreign {}.into());
    }
    if let Some(problem) = checked.fault.clone().filter(|_| damage == Damage::Refused) {
        return Err(BackupError::Damaged { problem }.into());
    }
    let pepper = note::take_out(&open_to_write(disk, &staged)?)?;
    disk.open(&staged, Open::Write)?.sync()?;
    if let Some(pepper) = pepper {
        disk.replace(&data_dir.join(STAGED_PEPPER), &pepper)?;
    }
    Ok(Staged { checked })
}

/// A name for the folder of what is there, that no folder has yet.
///
/// # Errors
/// What the disk answers.
pub fn aside(disk: &dyn Disk, data_dir: &Path, now: &Moment) -> io::Result<String> {
    let local = now.local();
    let mut aside = format!(
        "replaced-{:04}{:02}{:02}T{:02}{:02}{:02}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second()
    );
    while !disk.list(&data_dir.join(&aside))?.is_empty() {
        aside.push('a');
    }
    Ok(aside)
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum Undecided {
    /// What the disk answered. What is there stays.
    #[error(transparent)]
    No(io::Error),
    /// What the disk answered first. It would not take it back either: whoever opens the directory next finds out, and until
    /// then nothing may be promised that only the ledger which is there would keep.
    #[error("whether it is decided is not known: {0}")]
    Unknown(io::Error),
}

impl From<Undecided> for BackupFailure {
    fn from(undecided: Undecided) -> Self {
        match undecided {
            Undecided::No(error) | Undecided::Unknown(error) => Self::of_disk(error),
        }
    }
}

/// Decides: from here on the staged backup is the ledger, once [`finish`] was called. What was there is kept in the folder
/// `aside`; `mark` makes the next start begin a new log.
///
/// # Errors
/// [`Undecided`].
pub fn decide(disk: &dyn Disk, data_dir: &Path, mark: &str, aside: &str) -> Result<(), Undecided> {
    let decision = Decision { aside: aside.to_owned(), mark: mark.to_owned() };
    let path = data_dir.join(DECISION);
    let decided = serde_json::to_vec_pretty(&decision)
        .map_err(io::Error::from)
        .and_then(|decision| disk.replace(&path, &decision));
    let Err(error) = decided else { return Ok(()) };
    // Its name may or may not be durable: whoever is told no must not find it done after a power cut.
    let taken_back = disk.exists(&path).and_then(|there| {
        if there {
            disk.remove(&path)?;
            disk.sync_dir(data_dir)?;
        }
        Ok(())
    });
    match taken_back {
        Ok(()) => Err(Undecided::No(error)),
        Err(further) => {
            tracing::error!(%error, %further, "whether a backup takes the ledger's place is not known");
            Err(Undecided::Unknown(error))
        }
    }
}

/// Finishes a restore that was decided, or clears away one that was not. Each step may be the last before a power cut.
/// Whoever calls it has the directory for themselves. Returns whether there was something to finish.
///
/// # Errors
/// What the disk answers. It may be called again.
pub fn finish(disk: &dyn Disk, data_dir: &Path) -> io::Result<bool> {
    let decision_path = data_dir.join(DECISION);
    if !disk.exists(&decision_path)? {
        if disk.exists(&data_dir.join(STAGED))? {
            clear(disk, data_dir)?;
        }
        return Ok(false);
    }
    let decision: Decision = serde_json::from_slice(&disk.read(&decision_path)?)?;
    let staged = data_dir.join(STAGED);
    if disk.exists(&staged)? {
        let aside = data_dir.join(&decision.aside);
        disk.create_dir(&aside)?;
        let mut replaced: Vec<PathBuf> = REPLACED.iter().map(|name| data_dir.join(name)).collect();
        replaced.extend(generation::files(disk, data_dir)?);
        for there in replaced {
            if disk.exists(&there)? {
                disk.rename(&there, &aside.join(there.file_name().unwrap_or_default()))?;
            }
        }
        disk.sync_dir(&aside)?;
        disk.sync_dir(data_dir)?;
        // Before the ledger is in its place: without the mark its old log would go on.
        disk.replace(&data_dir.join(&decision.mark), b"")?;
        disk.rename(&staged, &data_dir.join(DatabaseFile::Ledger.name()))?;
        disk.sync_dir(data_dir)?;
        tracing::warn!(kept_in = decision.aside, "a backup took the place of the ledger");
    }
    disk.remove(&decision_path)?;
    disk.sync_dir(data_dir)?;
    Ok(true)
}

/// The secret that a restored ledger carried and that was not yet put in its place; [`pepper_is_placed`] forgets it.
///
/// # Errors
/// What the disk answers.
pub fn staged_pepper(disk: &dyn Disk, data_dir: &Path) -> io::Result<Option<Pepper>> {
    let path = data_dir.join(STAGED_PEPPER);
    if !disk.exists(&path)? {
        return Ok(None);
    }
    Ok(Pepper::try_from(disk.read(&path)?).ok())
}

/// Forgets the secret that a restored ledger carried.
///
/// # Errors
/// What the disk answers.
pub fn pepper_is_placed(disk: &dyn Disk, data_dir: &Path) -> io::Result<()> {
    disk.remove(&data_dir.join(STAGED_PEPPER))?;
    disk.sync_dir(data_dir)
}

/// Whether the data directory waits for a start to finish a restore.
pub fn is_decided(disk: &dyn Disk, data_dir: &Path) -> bool {
    disk.exists(&data_dir.join(DECISION)).unwrap_or(false)
}

/// Clears away what was made ready and not decided.
pub(crate) fn clear(disk: &dyn Disk, data_dir: &Path) -> io::Result<()> {
    // The secret first: where it lies without the ledger it came with, that ledger is in its place already.
    for name in [STAGED_PEPPER, STAGED] {
        let path = data_dir.join(name);
        if disk.exists(&path)? {
            disk.remove(&path)?;
            disk.sync_dir(data_dir)?;
        }
    }
    Ok(())
}

/// The terminal whose ledger is in a data directory; `None` where there is none, or none that can be read.
///
/// # Errors
/// `Disk`.
pub fn terminal_of(disk: &dyn Disk, data_dir: &Path) -> Result<Option<TerminalId>, BackupFailure> {
    let path = data_dir.join(DatabaseFile::Ledger.name());
    if !disk.exists(&path)? {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let head = connect(disk, &path, flags).and_then(|ledger| match ledger_version(&ledger)? {
        Some(_) => load_head(&ledger, Purpose::Selling),
        None => Ok(None),
    });
    match head {
        Ok(head) => Ok(head.map(|head| head.identity.terminal)),
        // A ledger that cannot be read is what backups are for.
        Err(DatabaseError::Malformed(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
