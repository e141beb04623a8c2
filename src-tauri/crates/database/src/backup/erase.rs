//! Erasing in copies: a personal value that was erased in the ledger is emptied in the backups and archives made before,
//! at their next turn. Their facts and chains stay as they are.

use super::manifest::{self, Manifest};
use super::{BackupFailure, Kept, NEW, check, copy_file, hash_file, open_to_write};
use crate::Database;
use crate::archive::{self, Archive};
use crate::connection::DatabaseFile;
use crate::disk::{Disk, Open};
use crate::erasure::erase_beside;
use crate::error::DatabaseError;
use crate::ledger::load_heads;
use crate::record::{load_fields, save_fields};
use domain::ids::IncarnationId;
use domain::time::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use wire::fact::{Fact, RecordErased};
use wire::record::{Entity, hex};

/// How far a ledger is looked through for erasures: up to which place of each of its logs. Arrivals would not tell: a
/// ledger that was put back counts on from where the backup ended, and the copies of the life that is lost counted there too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LookedTo(BTreeMap<IncarnationId, u64>);

impl LookedTo {
    /// The whole of a ledger, as it stands.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub(crate) fn all_of(ledger: &Connection) -> Result<Self, DatabaseError> {
        let heads = load_heads(ledger)?;
        Ok(Self(heads.into_iter().map(|head| (head.identity.incarnation, head.seq)).collect()))
    }

    fn covers(&self, erasure: &Erasure) -> bool {
        self.0.get(&erasure.incarnation).is_some_and(|seq| erasure.seq <= *seq)
    }
}

#[derive(Debug, Clone)]
struct Erasure {
    incarnation: IncarnationId,
    seq: u64,
    erased: RecordErased,
}

/// The erasures of a ledger.
#[derive(Debug, Clone)]
pub struct Erasures {
    all: Vec<Erasure>,
    to: LookedTo,
}

impl Erasures {
    /// Those of a ledger as it stands. They are few, and have an index.
    ///
    /// # Errors
    /// `Disk`; `Payload` for an erasure that cannot be read.
    pub fn of(database: &Database) -> Result<Self, DatabaseError> {
        let ledger = database.files.open_reader(DatabaseFile::Ledger)?;
        ledger.execute_batch("begin")?;
        let mut statement = ledger.prepare(
            "select incarnation, seq, payload from fact join log on log.id = fact.log
             where kind = 'record.erased' order by arrival",
        )?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let payload: Vec<u8> = row.get(2)?;
            if let Fact::RecordErased(erased) = Fact::parse("record.erased", 1, &payload)? {
                let incarnation = IncarnationId::from_bytes(row.get(0)?);
                all.push(Erasure { incarnation, seq: row.get::<_, i64>(1)?.cast_unsigned(), erased });
            }
        }
        Ok(Self { all, to: LookedTo::all_of(&ledger)? })
    }

    fn beyond(&self, looked_to: &LookedTo) -> Vec<&RecordErased> {
        let beyond = self.all.iter().filter(|erasure| !looked_to.covers(erasure));
        beyond.map(|erasure| &erasure.erased).collect()
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
    let erased = erasures.beyond(&manifest.looked_to);
    if erased.is_empty() {
        return Ok(false);
    }
    let new = backup.path.with_file_name(format!("erased{NEW}"));
    copy_without(disk, &backup.path, &new, &manifest.sha256, &erased, pace)?;
    let checked = check(disk, &new)?;
    let manifest = Manifest { looked_to: erasures.to.clone(), ..Manifest::of(&checked, &backup.path, now)? };
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
    let erased = erasures.beyond(&archive.looked_to);
    if erased.is_empty() {
        return Ok(false);
    }
    let new = folder.join(format!("erased{NEW}"));
    copy_without(disk, &folder.join(&archive.file), &new, &archive.sha256, &erased, pace)?;
    let (bytes, sha256) = hash_file(disk, &new)?;
    archive::check(disk, &new)?;
    let erased = Archive { bytes, sha256: hex(&sha256), looked_to: erasures.to.clone(), ..archive.clone() };
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
    if erased.entity == Entity::Customer {
        erase_beside(copied, erased.id)?;
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
