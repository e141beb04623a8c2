//! Archives: the facts of one past month in a store file of their own, signed at its end. They are for whoever checks
//! the books in ten years; a till goes on without them, and no fact leaves the ledger for them.
//!
//! Facts are never put in order by their clock: an archive holds the facts that arrived after those of the archive before
//! it, up to the first one of a later month. A life of the till that is lost keeps its archives; the next one's begin
//! with what none of them holds.

mod period;

use crate::Database;
use crate::backup::{BackupFailure, EXTENSION, LookedTo, clear, copy_file, hash_file, open_to_write};
use crate::connection::{DatabaseFile, Files, connect, migrate_ledger};
use crate::disk::{Disk, Open};
use crate::error::DatabaseError;
use crate::ledger::{Head, load_heads};
use crate::tail::chain_fault;
use domain::ids::IncarnationId;
use domain::time::{Hlc, Moment};
use period::Period;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, ErrorKind};
use std::path::Path;
use wire::fact::header::{Hash, Header, envelope_hash, head_message};
use wire::record::hex;

/// The folder of the archives in the data directory.
pub const FOLDER: &str = "archive";
const NEW: &str = "archive.new";

/// Signs the message of a head: the public key and the signature.
pub type Sign<'s> = &'s dyn Fn(&[u8]) -> Result<([u8; 32], [u8; 64]), DatabaseError>;

/// What is known of an archive that was read back and found whole; it stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The file's name.
    pub file: String,
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// How many facts it holds.
    pub facts: u64,
    /// The place of its last fact among all facts of the ledger.
    pub last_arrival: i64,
    /// How far what was erased in the ledger is empty here too.
    #[serde(default)]
    pub looked_to: LookedTo,
    /// The last fact of each log in it: which facts these are, whatever else is in a file of this month.
    pub ends: Vec<End>,
}

/// The last fact of a log in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Which log.
    pub incarnation: IncarnationId,
    /// The fact's place in it.
    pub seq: u64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

impl End {
    fn of(head: &Head) -> Self {
        Self { incarnation: head.identity.incarnation, seq: head.seq, hash: hex(&head.hash) }
    }
}

const TABLES: &str = "
-- What this file is. A ledger in use does not have this table.
create table archive (
    id integer primary key check (id = 1),
    month text not null,
    made_at integer not null,
    first_arrival integer not null,
    last_arrival integer not null,
    program text not null,
    -- The key of the till that made it.
    signed_by blob
) strict;

-- Where each log stood before the first fact of it in this file: its place, its hash (32 zero bytes before place 1), and
-- the key that had been introduced for it, if any.
create table archive_log (
    log integer primary key,
    before_seq integer not null,
    before_hash blob not null,
    before_key blob
) strict;
";

/// A log within a period.
struct Stretch {
    /// The log as it stood at the period's end.
    head: Head,
    before_seq: u64,
    before_hash: Hash,
    before_key: Option<[u8; 32]>,
}

/// The archives of a folder, the newest first.
///
/// # Errors
/// What the disk answers.
pub fn archives(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Archive>> {
    let mut all = Vec::new();
    for path in disk.list(folder)? {
        if path.extension().is_some_and(|extension| extension == "json") {
            // One that cannot be read is made again.
            let archive: Option<Archive> = serde_json::from_slice(&disk.read(&path)?).ok();
            let Some(archive) = archive else { continue };
            if length(disk, &folder.join(&archive.file))? == Some(archive.bytes) {
                all.push(archive);
            }
        }
    }
    all.sort_by(|a, b| (&b.month, &b.file).cmp(&(&a.month, &a.file)));
    Ok(all)
}

/// Names that files of one month can have: another life of the till, which was put back from a backup, may have archived
/// it too. In the order of their names they were made.
const SAME_MONTH: &str = "bcdefghijklmnopqrstuvwxyz";

/// The name of an archive in a folder: that of its month, unless that is another life's.
fn file_name(disk: &dyn Disk, folder: &Path, archive: &Archive) -> io::Result<String> {
    let letters = SAME_MONTH.chars().map(String::from);
    for letter in std::iter::once(String::new()).chain(letters) {
        let file = format!("{}{letter}{EXTENSION}", archive.month);
        let path = folder.join(&file);
        if !disk.exists(&path)? || ends_in(disk, &path)?.is_some_and(|ends| ends == archive.ends) {
            return Ok(file);
        }
    }
    let full = format!("there are {} archives of {}", SAME_MONTH.len() + 1, archive.month);
    Err(io::Error::other(full))
}

/// Where the logs end in an archive, whole or not: as it says beside it, or in it, where a power cut took that. `None` when
/// nobody can tell.
fn ends_in(disk: &dyn Disk, path: &Path) -> io::Result<Option<Vec<End>>> {
    let beside = path.with_file_name(beside(&path.file_name().unwrap_or_default().to_string_lossy()));
    if disk.exists(&beside)?
        && let Ok(archive) = serde_json::from_slice::<Archive>(&disk.read(&beside)?)
    {
        return Ok(Some(archive.ends));
    }
    let heads = connect(disk, path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(|file| load_heads(&file));
    Ok(heads.ok().map(|heads| heads.iter().map(End::of).collect()))
}

fn length(disk: &dyn Disk, path: &Path) -> io::Result<Option<u64>> {
    match disk.open(path, Open::Read) {
        Ok(file) => file.length().map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Copies to another folder the archives it does not have.
///
/// # Errors
/// `Damaged` when what arrives is something else; `Disk`, `Full`; `Stopped` when `pace` says no.
pub fn carry(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(), BackupFailure> {
    let here = archives(disk, from)?;
    if here.is_empty() {
        return Ok(());
    }
    disk.create_dir(to)?;
    clear(disk, to)?;
    let there = archives(disk, to)?;
    for archive in here {
        let file = file_name(disk, to, &archive)?;
        let carried = Archive { file, ..archive.clone() };
        if there.contains(&carried) {
            continue;
        }
        let new = to.join(NEW);
        copy_file(disk, &from.join(&archive.file), &new, pace)?;
        disk.forget(&new)?;
        if hex(&hash_file(disk, &new)?.1) != archive.sha256 {
            return Err(BackupFailure::damaged("the archive is not what was checked when it was made"));
        }
        put(disk, &new, to, &carried)?;
    }
    Ok(())
}

/// Gives a checked file its name, and lets it count.
pub(crate) fn put(
    disk: &dyn Disk,
    new: &Path,
    folder: &Path,
    archive: &Archive,
) -> Result<(), BackupFailure> {
    let beside = folder.join(beside(&archive.file));
    if disk.exists(&beside)? {
        disk.remove(&beside)?;
        disk.sync_dir(folder)?;
    }
    disk.rename(new, &folder.join(&archive.file))?;
    disk.sync_dir(folder)?;
    let text = serde_json::to_vec_pretty(archive).map_err(DatabaseError::from)?;
    disk.replace(&beside, &text)?;
    Ok(())
}

/// The name of what is known of a file.
fn beside(file: &str) -> String {
    format!("{}.store.json", file.strip_suffix(EXTENSION).unwrap_or(file))
}

/// Removes an archive that was kept long enough.
///
/// # Errors
/// What the disk answers.
pub fn remove(disk: &dyn Disk, folder: &Path, archive: &Archive) -> io::Result<()> {
    disk.remove(&folder.join(beside(&archive.file)))?;
    disk.sync_dir(folder)?;
    disk.remove(&folder.join(&archive.file))?;
    disk.sync_dir(folder)
}

impl Database {
    /// Archives the oldest month that is over and has no archive yet. Returns it, or `None` when there is none.
    ///
    /// # Errors
    /// `Damaged` when what is read back is not what was written, or the ledger itself is not whole there; `Disk`,
    /// `Full`; `Stopped` when `pace` says no.
    pub fn archive(
        &self,
        folder: &Path,
        now: &Moment,
        sign: Sign<'_>,
        pace: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Archive>, BackupFailure> {
        let disk = self.files.disk.as_ref();
        let ledger = self.files.open_reader(DatabaseFile::Ledger)?;
        ledger.execute_batch("begin")?;
        let made = archives(disk, folder)?;
        let Some(period) = Period::next(&ledger, &made, now, pace)? else { return Ok(None) };
        disk.create_dir(folder)?;
        clear(disk, folder)?;
        let new = folder.join(NEW);
        let (facts, ends) = write(&self.files, &ledger, &new, &period, now, sign, pace)?;
        disk.forget(&new)?;
        let (bytes, sha256) = hash_file(disk, &new)?;
        check(disk, &new)?;
        let archive = Archive {
            file: String::new(),
            month: period.month.to_string(),
            bytes,
            sha256: hex(&sha256),
            facts,
            last_arrival: period.last_arrival,
            looked_to: LookedTo::all_of(&ledger)?,
            ends,
        };
        let archive = Archive { file: file_name(disk, folder, &archive)?, ..archive };
        put(disk, &new, folder, &archive)?;
        Ok(Some(archive))
    }
}

/// Facts after which is asked whether to go on.
const STEP: u64 = 2_000;

/// Writes the file; returns how many facts it holds, and where its logs end.
fn write(
    files: &Files,
    ledger: &Connection,
    new: &Path,
    period: &Period,
    now: &Moment,
    sign: Sign<'_>,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(u64, Vec<End>), BackupFailure> {
    let disk = files.disk.as_ref();
    disk.open(new, Open::Create)?;
    let mut target = open_to_write(disk, new)?;
    migrate_ledger(disk, &mut target)?;
    target.execute_batch(TABLES)?;
    target.execute_batch("begin")?;
    let (facts, stretches) = copy_facts(ledger, &target, period, pace)?;
    let mut signed_by = None;
    for stretch in stretches.values() {
        write_log(ledger, &target, stretch)?;
        signed_by = Some(sign_end(&target, stretch, sign)?);
    }
    target.execute(
        "insert into archive (id, month, made_at, first_arrival, last_arrival, program, signed_by)
         values (1, ?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            period.month.to_string(),
            now.wall.0,
            period.first_arrival,
            period.last_arrival,
            env!("CARGO_PKG_VERSION"),
            signed_by
        ],
    )?;
    target.execute_batch("commit")?;
    target.close().map_err(|(_, error)| error)?;
    disk.open(new, Open::Write)?.sync()?;
    Ok((facts, stretches.values().map(|stretch| End::of(&stretch.head)).collect()))
}

fn copy_facts(
    ledger: &Connection,
    target: &Connection,
    period: &Period,
    pace: &mut dyn FnMut() -> bool,
) -> Result<(u64, BTreeMap<i64, Stretch>), BackupFailure> {
    let logs: BTreeMap<i64, Head> = load_heads(ledger)?.into_iter().map(|head| (head.log, head)).collect();
    let mut stretches: BTreeMap<i64, Stretch> = BTreeMap::new();
    let mut statement = ledger.prepare(
        "select arrival, log, seq, kind, envelope, salt, payload from fact
         where arrival between ?1 and ?2 order by arrival",
    )?;
    let mut insert = target.prepare(
        "insert into fact (arrival, log, seq, kind, envelope, salt, payload) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut rows = statement.query(params![period.first_arrival, period.last_arrival])?;
    let mut facts = 0_u64;
    while let Some(row) = rows.next()? {
        let (log, seq) = (row.get::<_, i64>(1)?, row.get::<_, i64>(2)?.cast_unsigned());
        let envelope: Vec<u8> = row.get(4)?;
        let header = Header::decode(&envelope).map_err(DatabaseError::from)?;
        insert.execute(params![
            row.get::<_, i64>(0)?,
            log,
            seq.cast_signed(),
            row.get::<_, String>(3)?,
            envelope,
            row.get::<_, Vec<u8>>(5)?,
            row.get::<_, Vec<u8>>(6)?
        ])?;
        let stretch = match stretches.entry(log) {
            Entry::Occupied(begun) => begun.into_mut(),
            Entry::Vacant(new) => {
                let head = logs.get(&log).cloned();
                let head = head.ok_or_else(|| DatabaseError::Value(format!("the log {log}")))?;
                let (before_seq, before_hash) = (seq.saturating_sub(1), header.previous);
                let before_key = key_at(ledger, log, before_seq)?;
                new.insert(Stretch { head, before_seq, before_hash, before_key })
            }
        };
        stretch.head.seq = seq;
        stretch.head.hash = envelope_hash(&envelope);
        stretch.head.hlc = Hlc(header.hlc.0);
        facts += 1;
        if facts.is_multiple_of(STEP) && !pace() {
            return Err(DatabaseError::Stopped.into());
        }
    }
    let mut statement = ledger.prepare(
        "select arrival, field, salt, value from detached where arrival between ?1 and ?2 order by arrival, field",
    )?;
    let mut insert =
        target.prepare("insert into detached (arrival, field, salt, value) values (?1, ?2, ?3, ?4)")?;
    let mut rows = statement.query(params![period.first_arrival, period.last_arrival])?;
    while let Some(row) = rows.next()? {
        insert.execute(params![
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Vec<u8>>(2)?,
            row.get::<_, Option<Vec<u8>>>(3)?
        ])?;
    }
    Ok((facts, stretches))
}

/// The key that signed the last head of a log up to a place: it was introduced before.
fn key_at(ledger: &Connection, log: i64, seq: u64) -> Result<Option<[u8; 32]>, DatabaseError> {
    let key = ledger
        .prepare_cached(
            "select public_key from signed_head where log = ?1 and seq <= ?2 order by seq desc limit 1",
        )?
        .query_row(params![log, seq.cast_signed()], |row| row.get(0))
        .optional()?;
    Ok(key)
}

fn write_log(ledger: &Connection, target: &Connection, stretch: &Stretch) -> Result<(), BackupFailure> {
    let head = &stretch.head;
    target.execute(
        "insert into log (id, organisation, store, terminal, incarnation, series, training, head_seq, head_hash, head_hlc)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            head.log,
            head.identity.organisation.bytes(),
            head.identity.store.bytes(),
            head.identity.terminal.bytes(),
            head.identity.incarnation.bytes(),
            head.series,
            head.training,
            head.seq.cast_signed(),
            head.hash,
            head.hlc.0.cast_signed()
        ],
    )?;
    target.execute(
        "insert into archive_log (log, before_seq, before_hash, before_key) values (?1, ?2, ?3, ?4)",
        params![head.log, stretch.before_seq.cast_signed(), stretch.before_hash, stretch.before_key],
    )?;
    let mut statement = ledger.prepare(
        "select seq, hash, public_key, signature from signed_head where log = ?1 and seq > ?2 and seq <= ?3",
    )?;
    let places = params![head.log, stretch.before_seq.cast_signed(), head.seq.cast_signed()];
    let mut rows = statement.query(places)?;
    let mut insert = target.prepare(
        "insert into signed_head (log, seq, hash, public_key, signature) values (?1, ?2, ?3, ?4, ?5)",
    )?;
    while let Some(row) = rows.next()? {
        insert.execute(params![
            head.log,
            row.get::<_, i64>(0)?,
            row.get::<_, Vec<u8>>(1)?,
            row.get::<_, Vec<u8>>(2)?,
            row.get::<_, Vec<u8>>(3)?
        ])?;
    }
    Ok(())
}

/// Signs the last fact of a log in the period, where this terminal's key is the one that was introduced for the log by
/// then. What an earlier key vouched for stays as it was. Returns the key.
fn sign_end(target: &Connection, stretch: &Stretch, sign: Sign<'_>) -> Result<[u8; 32], BackupFailure> {
    let head = &stretch.head;
    let (public_key, signature) = sign(&head_message(head.identity.incarnation, head.seq, &head.hash))?;
    let introduced = key_at(target, head.log, head.seq)?.or(stretch.before_key);
    if introduced == Some(public_key) {
        target.execute(
            "insert or ignore into signed_head (log, seq, hash, public_key, signature) values (?1, ?2, ?3, ?4, ?5)",
            params![head.log, head.seq.cast_signed(), head.hash, public_key, signature],
        )?;
    }
    Ok(public_key)
}

/// Reads an archive back: whole as SQLite, and each log a chain from where the archive says it stood before.
pub(crate) fn check(disk: &dyn Disk, path: &Path) -> Result<(), BackupFailure> {
    let file = connect(disk, path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let whole: String = file.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(BackupFailure::damaged(whole));
    }
    for head in load_heads(&file)? {
        let (before_seq, before_hash): (i64, Hash) = file.query_row(
            "select before_seq, before_hash from archive_log where log = ?1",
            [head.log],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if let Some(fault) = chain_fault(&file, &head, before_seq.cast_unsigned() + 1, Some(before_hash))? {
            let problem = format!("log {}, place {}: {}", head.series, fault.seq, fault.problem);
            return Err(BackupFailure::damaged(problem));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
