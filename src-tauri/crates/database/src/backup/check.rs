//! Whether a store file is whole: as SQLite, as chains of facts, and as the file somebody hashed.

use super::{BackupFailure, LookedTo, Note};
use crate::connection::{connect, ledger_version, ledger_version_known};
use crate::disk::{Disk, Open};
use crate::error::DatabaseError;
use crate::ledger::{Head, Purpose, load_head, load_heads};
use crate::tail::chain_fault;
use domain::settings::Shop;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use sha2::{Digest, Sha256};
use std::io::ErrorKind;
use std::path::Path;
use wire::backup::BackupError;
use wire::fact::header::Hash;
use wire::record::Entity;

/// What stands at the beginning of every file of SQLite 3 (SQLite file format, 1.3).
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// A store file that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it says about itself; `None` for a ledger as it is in use.
    pub note: Option<Note>,
    /// The log that counts.
    pub head: Head,
    /// The name of the shop; empty before it was set up.
    pub shop: String,
    /// The name of the till; empty before it was set up.
    pub till: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// The hash of all of them.
    pub sha256: Hash,
    /// What was erased up to where its logs end is empty in it.
    pub looked_to: LookedTo,
    /// The first fault in the logs it holds: it is then a true copy of a damaged ledger.
    pub fault: Option<String>,
}

/// Reads a store file whole and tells what it holds.
///
/// # Errors
/// `Unknown` when there is none; `Foreign` when it is something else; `Damaged` when SQLite cannot read all of it;
/// `NewerVersion`; `Disk`.
pub fn check(disk: &dyn Disk, path: &Path) -> Result<Checked, BackupFailure> {
    let (bytes, sha256) = hash(disk, path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let ledger = connect(disk, path, flags)?;
    inside(&ledger, ledger_version_known(disk), bytes, sha256).map_err(told_as_damage)
}

fn inside(ledger: &Connection, known: i64, bytes: u64, sha256: Hash) -> Result<Checked, BackupFailure> {
    ledger.execute_batch("pragma query_only = on; pragma trusted_schema = off; pragma mmap_size = 0;")?;
    let whole: String = ledger.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(BackupFailure::damaged(whole));
    }
    let Some(version) = ledger_version(ledger)? else { return Err(BackupError::Foreign {}.into()) };
    if version > known {
        return Err(DatabaseError::NewerVersion.into());
    }
    let head = load_head(ledger, Purpose::Selling)?.ok_or(BackupError::Foreign {})?;
    let (shop, till) = names(ledger, &head)?;
    Ok(Checked {
        note: Note::read(ledger)?,
        looked_to: LookedTo::all_of(ledger)?,
        fault: first_fault(ledger)?,
        head,
        shop,
        till,
        bytes,
        sha256,
    })
}

/// The first fault of the first log that has one, in words.
fn first_fault(ledger: &Connection) -> Result<Option<String>, DatabaseError> {
    for head in load_heads(ledger)? {
        if let Some(fault) = chain_fault(ledger, &head, 1, Some([0; 32]))? {
            return Ok(Some(format!("log {}, place {}: {}", head.series, fault.seq, fault.problem)));
        }
    }
    Ok(None)
}

fn names(ledger: &Connection, head: &Head) -> Result<(String, String), DatabaseError> {
    let fields: Option<String> = ledger
        .prepare("select fields from record where entity = ?1 and id = ?2")?
        .query_row((Entity::Shop.code(), head.identity.store.bytes()), |row| row.get(0))
        .optional()?;
    Ok(match fields {
        Some(fields) => {
            let shop: Shop = serde_json::from_str(&fields)?;
            (shop.name, shop.till_name)
        }
        None => (String::new(), String::new()),
    })
}

/// The hash of a file and its length.
pub(crate) fn hash(disk: &dyn Disk, path: &Path) -> Result<(u64, Hash), BackupFailure> {
    let mut file = match disk.open(path, Open::Read) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(BackupError::Unknown {}.into()),
        Err(error) => return Err(error.into()),
    };
    let length = file.length()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    let mut offset = 0;
    while offset < length {
        let count = usize::try_from(length - offset).map_or(CHUNK, |left| left.min(CHUNK));
        file.read_at(offset, &mut buffer[..count])?;
        if offset == 0 && !buffer[..count].starts_with(MAGIC) {
            return Err(BackupError::Foreign {}.into());
        }
        hash.update(&buffer[..count]);
        offset += count as u64;
    }
    if length == 0 {
        return Err(BackupError::Foreign {}.into());
    }
    Ok((length, hash.finalize().into()))
}

/// What SQLite cannot read is damage of the file; that a disk fails or is full is not.
fn told_as_damage(failure: BackupFailure) -> BackupFailure {
    match failure {
        BackupFailure::Database(DatabaseError::Malformed(error)) => BackupFailure::damaged(error.to_string()),
        BackupFailure::Database(DatabaseError::Disk(error)) => match error.sqlite_error_code() {
            Some(ErrorCode::Unknown) | None => BackupFailure::damaged(error.to_string()),
            Some(_) => BackupFailure::Database(DatabaseError::Disk(error)),
        },
        BackupFailure::Database(DatabaseError::Value(problem)) => BackupFailure::damaged(problem),
        other => other,
    }
}
