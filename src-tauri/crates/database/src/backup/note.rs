//! What a store file says about itself, and the secret it carries: two tables that a ledger in use does not have.

use super::{BackupFailure, EXTENSION, Making, Pepper};
use crate::connection::connect;
use crate::disk::Disk;
use crate::ledger::Head;
use domain::backup::BackupReason;
use domain::ids::{IncarnationId, TerminalId};
use domain::time::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::path::Path;
use wire::fact::header::Hash;

/// What a store file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When it was made.
    pub made_at: Timestamp,
    /// Minutes east of UTC of the shop's zone then.
    pub zone_min: i16,
    /// Why.
    pub reason: BackupReason,
    /// The terminal whose ledger it is.
    pub terminal: TerminalId,
    /// The life of the log that counted then.
    pub incarnation: IncarnationId,
    /// What stands before its receipt numbers.
    pub series: String,
    /// The last receipt number of that log; 0 before the first.
    pub number: u64,
    /// The last place in that log.
    pub seq: u64,
    /// The hash of the fact there.
    pub hash: Hash,
    /// The version of the program that made it.
    pub program: String,
}

const TABLES: &str = "
-- What this copy is. A ledger in use does not have this table.
create table backup (
    id integer primary key check (id = 1),
    made_at integer not null,
    zone_min integer not null,
    reason text not null,
    terminal blob not null,
    incarnation blob not null,
    series text not null,
    number integer not null,
    seq integer not null,
    hash blob not null,
    program text not null
) strict;

-- What has to go with a ledger and must never lie beside it in use.
create table backup_secret (
    name text primary key,
    value blob not null
) strict, without rowid;
";

impl Note {
    /// What is to be said of the copy that `copied` has open.
    pub(super) fn of(copied: &Connection, head: &Head, making: &Making) -> Result<Self, BackupFailure> {
        let number: Option<i64> = copied
            .query_row("select max(last) from number where log = ?1", [head.log], |row| row.get(0))
            .optional()?
            .flatten();
        Ok(Self {
            made_at: making.moment.wall,
            zone_min: making.moment.zone_min,
            reason: making.reason,
            terminal: head.identity.terminal,
            incarnation: head.identity.incarnation,
            series: head.series.clone(),
            number: number.unwrap_or(0).cast_unsigned(),
            seq: head.seq,
            hash: head.hash,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// The name of the file: when, and how far.
    pub fn file_name(&self) -> String {
        let local = self.made_at.local(self.zone_min);
        format!(
            "{:04}-{:02}-{:02}T{:02}{:02}-{}-{:06}{EXTENSION}",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            self.series,
            self.seq
        )
    }

    pub(super) fn write(&self, copied: &Connection, pepper: Option<&Pepper>) -> Result<(), BackupFailure> {
        copied.execute_batch("begin")?;
        copied.execute_batch(TABLES)?;
        copied.execute(
            "insert into backup (id, made_at, zone_min, reason, terminal, incarnation, series, number, seq, hash, program)
             values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                self.made_at.0,
                self.zone_min,
                reason_word(self.reason),
                self.terminal.bytes(),
                self.incarnation.bytes(),
                self.series,
                self.number.cast_signed(),
                self.seq.cast_signed(),
                self.hash,
                self.program
            ],
        )?;
        if let Some(pepper) = pepper {
            copied.execute("insert into backup_secret (name, value) values ('pepper', ?1)", [pepper])?;
        }
        copied.execute_batch("commit")?;
        Ok(())
    }

    /// The note of a file; `None` for a ledger in use, which has none.
    pub(crate) fn read(ledger: &Connection) -> Result<Option<Self>, BackupFailure> {
        let named = "select count(*) from sqlite_schema where name in ('backup', 'backup_secret')";
        if ledger.query_row(named, [], |row| row.get::<_, i64>(0))? != 2 {
            return Ok(None);
        }
        let note = ledger
            .query_row(
                "select made_at, zone_min, reason, terminal, incarnation, series, number, seq, hash, program from backup",
                [],
                |row| {
                    Ok(Self {
                        made_at: Timestamp(row.get(0)?),
                        zone_min: row.get(1)?,
                        reason: reason(&row.get::<_, String>(2)?),
                        terminal: TerminalId::from_bytes(row.get(3)?),
                        incarnation: IncarnationId::from_bytes(row.get(4)?),
                        series: row.get(5)?,
                        number: row.get::<_, i64>(6)?.cast_unsigned(),
                        seq: row.get::<_, i64>(7)?.cast_unsigned(),
                        hash: row.get(8)?,
                        program: row.get(9)?,
                    })
                },
            )
            .optional()?;
        Ok(note)
    }
}

/// Takes the secret out of a file, and both tables with it: nothing of them is left in its pages.
pub(crate) fn take_out(copied: &Connection) -> Result<Option<Pepper>, BackupFailure> {
    if Note::read(copied)?.is_none() {
        return Ok(None);
    }
    let pepper = copied
        .query_row("select value from backup_secret where name = 'pepper'", [], |row| row.get(0))
        .optional()?;
    copied.execute_batch("begin; drop table backup; drop table backup_secret; commit")?;
    Ok(pepper)
}

/// The secret that a backup carries; `None` when it carries none, or is none that can be read.
pub fn pepper_in(disk: &dyn Disk, path: &Path) -> Option<Pepper> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let pepper = connect(disk, path, flags).and_then(|file| {
        Ok(file.query_row("select value from backup_secret where name = 'pepper'", [], |row| row.get(0))?)
    });
    pepper
        .inspect_err(|error| tracing::warn!(%error, "a backup that does not give the pepper of the PINs"))
        .ok()
}

const fn reason_word(reason: BackupReason) -> &'static str {
    match reason {
        BackupReason::Daily => "daily",
        BackupReason::Asked => "asked",
        BackupReason::BeforeMigration => "before_migration",
    }
}

/// The reason for a word; one that a later version knows counts as asked for.
fn reason(word: &str) -> BackupReason {
    match word {
        "daily" => BackupReason::Daily,
        "before_migration" => BackupReason::BeforeMigration,
        _ => BackupReason::Asked,
    }
}
