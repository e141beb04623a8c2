//! What stands beside a backup that was checked: its hash, and what somebody choosing one wants to know.

use super::{BackupFailure, Checked, EXTENSION, LookedTo};
use crate::disk::Disk;
use domain::backup::BackupReason;
use domain::ids::{IncarnationId, TerminalId};
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use wire::backup::BackupError;
use wire::record::hex;

/// The end of a manifest's name, in place of the file's.
const MANIFEST: &str = ".store.json";

/// What is known of a backup that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The file's name.
    pub file: String,
    /// Its bytes.
    pub bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Minutes east of UTC of the shop's zone then.
    pub zone_min: i16,
    /// Why.
    pub reason: BackupReason,
    /// When it was read back and found whole.
    pub checked_at: Timestamp,
    /// The terminal whose ledger it is.
    pub terminal: TerminalId,
    /// The life of the log that counted then.
    pub incarnation: IncarnationId,
    /// The last place in that log.
    pub seq: u64,
    /// The hash of the fact there, hexadecimal.
    pub hash: String,
    /// The name of the shop.
    pub shop: String,
    /// The name of the till.
    pub till: String,
    /// What is wrong with the ledger it is a true copy of; `None` when nothing is.
    pub fault: Option<String>,
    /// How far what was erased in the ledger is empty here too.
    #[serde(default)]
    pub looked_to: LookedTo,
}

impl Manifest {
    /// The manifest of a checked file that has or gets the name `path`.
    ///
    /// # Errors
    /// `Foreign` for a file without a note: a ledger in use, or an archive.
    pub fn of(checked: &Checked, path: &Path, now: Timestamp) -> Result<Self, BackupFailure> {
        let note = checked.note.as_ref().ok_or(BackupError::Foreign {})?;
        Ok(Self {
            file: name(path),
            bytes: checked.bytes,
            sha256: hex(&checked.sha256),
            made_at: note.made_at,
            zone_min: note.zone_min,
            reason: note.reason,
            checked_at: now,
            terminal: note.terminal,
            incarnation: note.incarnation,
            seq: note.seq,
            hash: hex(&note.hash),
            shop: checked.shop.clone(),
            till: checked.till.clone(),
            fault: checked.fault.clone(),
            looked_to: checked.looked_to.clone(),
        })
    }

    /// The day it was made.
    pub fn day(&self) -> BusinessDay {
        BusinessDay::at(self.made_at, self.zone_min)
    }

    /// Writes it beside its file, durable.
    pub(super) fn write(&self, disk: &dyn Disk, path: &Path) -> Result<(), BackupFailure> {
        let text = serde_json::to_vec_pretty(self).map_err(crate::error::DatabaseError::from)?;
        disk.replace(&beside(path), &text)?;
        Ok(())
    }

    /// The manifest beside a file; `None` when there is none or it speaks of another file.
    pub(super) fn read(disk: &dyn Disk, path: &Path) -> io::Result<Option<Self>> {
        let bytes = match disk.read(&beside(path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        // A manifest that cannot be read says nothing: the file is checked again.
        Ok(serde_json::from_slice(&bytes).ok().filter(|manifest: &Self| manifest.file == name(path)))
    }
}

/// Removes the manifest of a file, if there is one, durably.
pub(super) fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let manifest = beside(path);
    if disk.exists(&manifest)? {
        disk.remove(&manifest)?;
        disk.sync_dir(manifest.parent().unwrap_or(&manifest))?;
    }
    Ok(())
}

pub(super) fn beside(path: &Path) -> PathBuf {
    let name = name(path);
    path.with_file_name(format!("{}{MANIFEST}", name.strip_suffix(EXTENSION).unwrap_or(&name)))
}

pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
