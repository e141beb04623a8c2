//! Where an archive begins: the two tables that a ledger in use does not have, and rule 13 of `docs/ledger-format.md`.

use super::begin::Begin;
use super::content::{Content, Contents};
use super::fault::{Faults, Problem};
use super::log::Logs;
use super::value::bytes;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;
use wire::fact::header::Hash;

/// What an archive says of itself.
#[derive(Debug, Default)]
pub struct Archive {
    /// Where its logs begin, by id.
    pub begins: BTreeMap<i64, Begin>,
    /// Its one row.
    pub row: Option<ArchiveRow>,
}

/// The row of the table `archive`.
#[derive(Debug)]
pub struct ArchiveRow {
    /// The month, `YYYY-MM`.
    pub month: String,
    first_arrival: i64,
    last_arrival: i64,
    signed_by: Option<Vec<u8>>,
}

/// What a file says of itself as an archive; `None` when it is none.
///
/// # Errors
/// What SQLite answers.
pub fn load(connection: &Connection) -> rusqlite::Result<Option<Archive>> {
    let is_archive: bool = connection.query_row(
        "select exists (select 1 from sqlite_schema where type = 'table' and name in ('archive', 'archive_log'))",
        [],
        |row| row.get(0),
    )?;
    if !is_archive {
        return Ok(None);
    }
    let mut archive = Archive::default();
    let mut statement = connection
        .prepare("select log, before_seq, before_hash, before_key from archive_log order by log")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(begin) = begin(row)? {
            archive.begins.insert(row.get(0)?, begin);
        }
    }
    let mut statement =
        connection.prepare("select month, first_arrival, last_arrival, signed_by from archive")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // Two rows say nothing: which one would hold?
        archive.row = archive_row(row)?.filter(|_| archive.row.is_none());
    }
    Ok(Some(archive))
}

fn begin(row: &Row<'_>) -> rusqlite::Result<Option<Begin>> {
    let before_seq = row.get_ref(1)?.as_i64().unwrap_or(-1);
    if !(0..i64::MAX).contains(&before_seq) {
        return Ok(None);
    }
    let hash = Hash::try_from(bytes(row.get_ref(2)?)).ok();
    let before_hash = hash.filter(|hash| before_seq > 0 || *hash == [0; 32]);
    let before_key = bytes(row.get_ref(3)?).try_into().ok();
    Ok(Some(Begin { before_seq, before_hash, before_key }))
}

fn archive_row(row: &Row<'_>) -> rusqlite::Result<Option<ArchiveRow>> {
    let (first, last) = (row.get_ref(1)?.as_i64(), row.get_ref(2)?.as_i64());
    let (Ok(first_arrival), Ok(last_arrival)) = (first, last) else { return Ok(None) };
    let month = String::from_utf8_lossy(bytes(row.get_ref(0)?)).into_owned();
    let signed_by = Some(bytes(row.get_ref(3)?).to_vec()).filter(|key| !key.is_empty());
    Ok(Some(ArchiveRow { month, first_arrival, last_arrival, signed_by }))
}

/// Rules 5 and 13 of an archive: each log in it says where it begins, it holds from where to where it says, and the ends
/// of its logs are signed.
///
/// # Errors
/// What SQLite answers.
pub fn check(
    connection: &Connection,
    archive: &Archive,
    logs: &Logs,
    contents: &Contents,
    signed: &BTreeMap<i64, i64>,
    faults: &mut Faults,
) -> rusqlite::Result<()> {
    for id in logs.keys().filter(|id| !archive.begins.contains_key(id)) {
        faults.place(*id, 1, Problem::ArchiveBeginMissing);
    }
    let Some(row) = &archive.row else {
        faults.file(Problem::ArchiveDiffers);
        return Ok(());
    };
    let arrivals: (Option<i64>, Option<i64>) =
        connection.query_row("select min(arrival), max(arrival) from fact", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if arrivals != (Some(row.first_arrival), Some(row.last_arrival)) {
        faults.file(Problem::ArchiveDiffers);
    }
    let Some(signed_by) = &row.signed_by else { return Ok(()) };
    for (id, log) in logs {
        let key = contents.get(id).and_then(|content: &Content| content.key_at(log.last_place()));
        let ends_signed = signed.get(id) == Some(&log.last_place());
        if log.facts > 0 && key.is_some_and(|key| key == signed_by.as_slice()) && !ends_signed {
            faults.log(*id, Problem::EndUnsigned);
        }
    }
    Ok(())
}
