//! Erasing in copies: a personal value that was erased in the ledger is emptied in the backups and archives made before,
//! at their next turn. Their facts and chains stay as they are.

use super::manifest::{self, Manifest};
use super::{BackupFailure, Kept, NEW, check, copy_file, hash_file, open_to_write};
use crate::Database;
use crate::archive::{self, Archive};
use crate::connection::DatabaseFile;
use crate::disk::{Disk, Open};
use crate::error::DatabaseError;
use crate::record::{load_fields, save_fields};
use domain::time::Timestamp;
use rusqlite::{Connection, params};
use std::path::Path;
use wire::fact::{Fact, RecordErased};
use wire::record::hex;

/// The erasures of a ledger, as far as it was looked through.
#[derive(Debug, Clone, Default)]
pub struct Erasures {
    /// Each with the place of its fact among all facts.
    erased: Vec<(i64, RecordErased)>,
    /// Up to which place.
    to: i64,
}

impl Erasures {
    /// Looks through the facts that arrived since it was looked last; the first time from the place `from` on.
    ///
    /// # Errors
    /// `Disk`; `Payload` for an erasure that cannot be read.
    pub fn look(&mut self, database: &Database, from: i64) -> Result<(), DatabaseError> {
        self.to = self.to.max(from);
        let ledger = database.files.open_reader(DatabaseFile::Ledger)?;
        ledger.execute_batch("begin")?;
        let last = ledger.query_row("select ifnull(max(arrival), 0) from fact", [], |row| row.get(0))?;
        let mut statement = ledger.prepare(
            "select arrival, payload from fact
             where arrival > ?1 and arrival <= ?2 and kind = 'record.erased' order by arrival",
        )?;
        let mut rows = statement.query([self.to, last])?;
        while let Some(row) = rows.next()? {
            let payload: Vec<u8> = row.get(1)?;
            if let Fact::RecordErased(erased) = Fact::parse("record.erased", 1, &payload)? {
                self.erased.push((row.get(0)?, erased));
            }
        }
        self.to = self.to.max(last);
        Ok(())
    }

    fn since(&self, arrival: i64) -> Vec<&RecordErased> {
        self.erased.iter().filter(|(at, _)| *at > arrival).map(|(_, erased)| erased).collect()
    }
}

/// Empties in a backup what was erased since it was made, and reads it back. Returns whether there was something to empty.
///
/// # Errors
/// `Damaged` when the backup is not what was checked, or what is read back is not whole; `Disk`, `Full`; `Stopped` when
/// `pace` says no. The backup is as it was then.
pub fn erase(
    disk: &dyn Disk,
    backup: &Kept,
    erasures: &Erasures,
    now: Timestamp,
    pace: &mut dyn FnMut() -> bool,
) -> Result<bool, BackupFailure> {
    let Some(manifest) = &backup.manifest else { return Ok(false) };
    let erased = erasures.since(manifest.erased_to);
    if erased.is_empty() {
        return Ok(false);
    }
    let new = backup.path.with_file_name(format!("erased{NEW}"));
    copy_without(disk, &backup.path, &new, &manifest.sha256, &erased, pace)?;
    let checked = check(disk, &new)?;
    let manifest = Manifest { erased_to: erasures.to, ..Manifest::of(&checked, &backup.path, now)? };
    manifest::remove(disk, &backup.path)?;
    disk.rename(&new, &backup.path)?;
    disk.sync_dir(backup.path.parent().unwrap_or(&backup.path))?;
    manifest.write(disk, &backup.path)?;
    Ok(true)
}

/// The same in an archive of a folder.
///
/// # Errors
/// As [`erase`].
pub fn erase_in_archive(
    disk: &dyn Disk,
    folder: &Path,
    archive: &Archive,
    erasures: &Erasures,
    pace: &mut dyn FnMut() -> bool,
) -> Result<bool, BackupFailure> {
    let erased = erasures.since(archive.erased_to.max(archive.last_arrival));
    if erased.is_empty() {
        return Ok(false);
    }
    let new = folder.join(format!("erased{NEW}"));
    copy_without(disk, &folder.join(&archive.file), &new, &archive.sha256, &erased, pace)?;
    let (bytes, sha256) = hash_file(disk, &new)?;
    archive::check(disk, &new)?;
    let erased = Archive { bytes, sha256: hex(&sha256), erased_to: erasures.to, ..archive.clone() };
    archive::put(disk, &new, folder, &erased)?;
    Ok(true)
}

fn copy_without(
    disk: &dyn Disk,
    from: &Path,
    new: &Path,
    sha256: &str,
    erased: &[&RecordErased],
    pace: &mut dyn FnMut() -> bool,
) -> Result<(), BackupFailure> {
    if copy_file(disk, from, new, pace)? != sha256 {
        return Err(BackupFailure::damaged("the copy is not what was checked when it was made"));
    }
    let copied = open_to_write(disk, new)?;
    copied.execute_batch("begin")?;
    for erased in erased {
        empty(&copied, erased)?;
    }
    copied.execute_batch("commit")?;
    drop(copied);
    disk.open(new, Open::Write)?.sync()?;
    disk.forget(new)?;
    Ok(())
}

/// Empties a record's fields beside every fact of its history, and in the record as it stands where there is one.
fn empty(copied: &Connection, erased: &RecordErased) -> Result<(), DatabaseError> {
    for field in &erased.fields {
        copied
            .prepare_cached(
                "update detached set value = null
                 where field = ?1 and value is not null and arrival in (
                     select arrival from fact where kind = 'record.changed'
                     and json_extract(cast(payload as text), '$.entity') = ?2
                     and json_extract(cast(payload as text), '$.id') = ?3)",
            )?
            .execute(params![field, erased.entity.code(), erased.id.to_string()])?;
    }
    let id = erased.id.into_bytes();
    if let Some(mut record) = load_fields(copied, erased.entity, id)? {
        for field in &erased.fields {
            record.fields.insert(field.clone(), serde_json::Value::Null);
        }
        save_fields(copied, erased.entity, id, record.version, &record.fields)?;
    }
    Ok(())
}
