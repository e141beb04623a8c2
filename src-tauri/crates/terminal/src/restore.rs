//! Restoring a data directory that no till has open: what `headless restore` does.

use crate::Surroundings;
use crate::backup::pictures;
use crate::start::{REPLACED_MARK, RESTORED_MARK};
use database::backup::{BackupFailure, Checked};
use database::change_set;
use database::error::DatabaseError;
use database::restore::{self, Damage, aside, decide, finish, stage};
use std::path::{Path, PathBuf};
use wire::backup::BackupError;

/// What is restored, and as what.
#[derive(Debug, Clone, Copy)]
pub struct Restore<'r> {
    /// The backup.
    pub backup: &'r Path,
    /// The data directory; made if it is missing.
    pub data_dir: &'r Path,
    /// Whether this machine goes on in place of the one that made the backup.
    pub replace: bool,
    /// Whether a true copy of a damaged ledger is taken all the same.
    pub despite_damage: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What the backup holds.
    pub checked: Checked,
    /// Where what was there is kept; `None` when nothing was there.
    pub kept_in: Option<PathBuf>,
}

/// Puts a backup in the place of the ledger in a data directory, which is kept aside. The next start begins a new log
/// after it, with a series of numbers of its own.
///
/// # Errors
/// `backup.unknown`, `backup.foreign`, `backup.damaged`; `backup.other_till` when the directory belongs to another till;
/// `ledger.in_use`, `ledger.newer_version`, `ledger.disk_fault`, `ledger.disk_full`. The ledger that was there is there
/// then.
pub fn restore(what: &Restore<'_>, surroundings: &Surroundings) -> Result<Done, BackupFailure> {
    let disk = surroundings.disk.as_ref();
    disk.create_dir(what.data_dir)?;
    let _alone = disk.lock(what.data_dir)?.ok_or(DatabaseError::InUse)?;
    finish(disk, what.data_dir)?;
    let there = restore::terminal_of(disk, what.data_dir)?;
    let damage = if what.despite_damage { Damage::Accepted } else { Damage::Refused };
    let staged = stage(disk, what.data_dir, what.backup, damage, &mut || true)?;
    if there.is_some_and(|there| there != staged.checked.head.identity.terminal) {
        return Err(BackupError::OtherTill {}.into());
    }
    pictures::bring(what.backup, what.data_dir)?;
    change_set::bring(disk, what.backup, what.data_dir)?;
    let was_there = disk.exists(&what.data_dir.join("ledger.db"))?;
    let folder = aside(disk, what.data_dir, &surroundings.clock.now())?;
    let mark = if what.replace { REPLACED_MARK } else { RESTORED_MARK };
    decide(disk, what.data_dir, mark, &folder)?;
    finish(disk, what.data_dir)?;
    Ok(Done { checked: staged.checked, kept_in: was_there.then(|| what.data_dir.join(folder)) })
}
