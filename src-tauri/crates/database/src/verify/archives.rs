//! The archives beside a ledger: each is checked as the file it is, goes on where the one before ended, and ends with a
//! fact that the ledger holds too.

use super::begin::Begin;
use super::fault::{Faults, Problem};
use super::open::Store;
use super::value::bytes;
use super::{BesideReport, LogReport};
use crate::archive::FOLDER;
use crate::backup::EXTENSION;
use crate::error::DatabaseError;
use domain::ids::IncarnationId;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::Path;
use wire::fact::header::{Hash, envelope_hash};

/// Checks the archives of a data directory.
///
/// # Errors
/// `Directory` when the folder cannot be read, `Disk` when a file cannot be opened.
pub fn check(
    store: &Store<'_>,
    dir: &Path,
    beside: &mut BesideReport,
    faults: &mut Faults,
) -> Result<(), DatabaseError> {
    let disk = store.place.disk;
    let folder = dir.join(FOLDER);
    // Names are months, with a letter behind that of another life: in their order each goes on behind one before.
    let mut paths = disk.list(&folder).map_err(DatabaseError::directory)?;
    paths.retain(|path| path.to_string_lossy().ends_with(EXTENSION));
    paths.sort();
    // Lives are told by their incarnation: a ledger that was put back counts its logs anew.
    let mut places: BTreeMap<IncarnationId, Vec<Begin>> = BTreeMap::new();
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let report = super::file(disk, &path)?;
        let problem = match (report.faults.first(), &report.archive) {
            (Some(fault), _) => Some(fault.to_string()),
            (None, None) => Some("it is no archive".to_owned()),
            (None, Some(_)) => None,
        };
        if let Some(problem) = problem {
            faults.file(Problem::ArchiveDamaged { file, problem });
            // Where it ends is not known: the next one is held against the ledger alone.
            places.clear();
            continue;
        }
        beside.archives += 1;
        for log in &report.logs {
            let (Some(incarnation), Some(hash)) = (log.incarnation, log.end.hash) else { continue };
            let before = log.end.before;
            let known = places.entry(incarnation).or_default();
            // Two lives that were put back from one backup archive the same month, each as far as it knows it.
            let goes_on = known.is_empty() || known.contains(&before);
            known.extend([before, end_of(log, hash)]);
            if !goes_on {
                let (file, series) = (file.clone(), log.series.clone());
                faults.file(Problem::ArchiveGap { file, series, place: before.first() });
            }
            // The oldest archive may have been removed: what came before it stands in the ledger.
            let heads = [(before.before_seq, before.before_hash), (log.end_place(), Some(hash))];
            for (seq, hash) in heads {
                match in_ledger(store, incarnation, seq) {
                    Ok(Some(there)) if Some(there) != hash => {
                        let (file, series) = (file.clone(), log.series.clone());
                        faults.file(Problem::ArchiveForeign { file, series, place: seq });
                    }
                    Ok(_) => {}
                    Err(error) => store.unreadable(&error, faults),
                }
            }
        }
    }
    Ok(())
}

/// What a later archive may begin behind.
fn end_of(log: &LogReport, hash: Hash) -> Begin {
    Begin { before_seq: log.end_place(), before_hash: Some(hash), before_key: log.end.key }
}

/// The hash of the ledger's own fact at a place; `None` when it has none there.
fn in_ledger(store: &Store<'_>, incarnation: IncarnationId, seq: i64) -> rusqlite::Result<Option<Hash>> {
    let mut statement = store.connection.prepare_cached(
        "select f.envelope from log l join fact f on f.log = l.id and f.seq = ?2 where l.incarnation = ?1",
    )?;
    statement
        .query_row(params![incarnation.bytes(), seq], |row| Ok(envelope_hash(bytes(row.get_ref(0)?))))
        .optional()
}
