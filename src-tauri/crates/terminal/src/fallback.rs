//! When SQLite can no longer read one of the files. The catalogue is made anew from the facts; a ledger is set aside,
//! whole as it is, and the newest backup that was found whole takes its place. The till goes on selling, in a new log.

use crate::error::OpenError;
use crate::restore::{Restore, restore};
use crate::{Surroundings, Terminal};
use database::backup::{FOLDER, kept};
use database::error::DatabaseError;
use database::soundness::{catalog_is_sound, ledger_is_sound, set_catalog_aside};
use domain::error::Code;
use std::path::Path;
use wire::error::ErrorBody;

/// The file that a till leaves behind when it met something it could not read, so that its next start looks.
const MARK: &str = "malformed";

/// Looks at files that a till could not read, and puts in their place what can be. Returns whether something was.
fn mend(data_dir: &Path, surroundings: &Surroundings) -> Result<bool, OpenError> {
    let disk = &surroundings.disk;
    let mut mended = false;
    if !catalog_is_sound(data_dir, disk)? {
        tracing::error!("the catalogue cannot be read; it is made anew from the facts");
        set_catalog_aside(data_dir, disk.as_ref())?;
        mended = true;
    }
    if !ledger_is_sound(data_dir, disk)? {
        tracing::error!("the ledger cannot be read; the newest backup takes its place");
        mended |= take_newest_backup(data_dir, surroundings)?;
    }
    Ok(mended)
}

/// Looks whether the till before this start met something that it could not read, and mends it.
fn mend_what_was_met(data_dir: &Path, surroundings: &Surroundings) -> Result<(), OpenError> {
    let mark = data_dir.join(MARK);
    if surroundings.disk.exists(&mark)? {
        mend(data_dir, surroundings)?;
        surroundings.disk.remove(&mark)?;
        surroundings.disk.sync_dir(data_dir)?;
    }
    Ok(())
}

fn take_newest_backup(data_dir: &Path, surroundings: &Surroundings) -> Result<bool, OpenError> {
    for backup in kept(surroundings.disk.as_ref(), &data_dir.join(FOLDER))? {
        let what = Restore { backup: &backup.path, data_dir, replace: false, despite_damage: false };
        match restore(&what, surroundings) {
            Ok(_) => return Ok(true),
            Err(error) => {
                tracing::error!(backup = %backup.path.display(), %error, "this backup cannot take its place");
            }
        }
    }
    Ok(false)
}

impl Terminal {
    /// Leaves word for the next start when a file could not be read.
    pub(crate) fn note_malformed(&self, body: &ErrorBody) {
        if body.code != Code::LedgerMalformed {
            return;
        }
        let mark = self.options.data_dir.join(MARK);
        if let Err(error) = self.surroundings.disk.replace(&mark, b"") {
            tracing::error!(%error, "the next start will not know that a file cannot be read");
        }
    }
}

/// Opens the files, and once more after mending them.
pub(crate) fn open_or_mend<T>(
    data_dir: &Path,
    surroundings: &Surroundings,
    open: impl Fn() -> Result<T, OpenError>,
) -> Result<T, OpenError> {
    mend_what_was_met(data_dir, surroundings)?;
    match open() {
        Err(OpenError::Database(DatabaseError::Malformed(_))) if mend(data_dir, surroundings)? => open(),
        other => other,
    }
}
