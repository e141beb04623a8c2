//! The change-sets that facts name: rule 15 of `docs/ledger-format.md`.

use super::fault::{Faults, Problem};
use super::open::Store;
use super::value::bytes;
use super::{BesideReport, Report};
use crate::change_set::{self, FOLDER, SetFault};
use std::io::ErrorKind;
use std::path::Path;
use wire::change_set::{PersonalLine, SetReader};
use wire::fact::RecordImported;

/// Checks the change-sets of a data directory: each is there as it was written, every line of it can be read, it has as
/// many rows as its fact says, and the personal values beside it are those it commits to.
pub fn check(
    store: &Store<'_>,
    data_dir: &Path,
    report: &mut Report,
    beside: &mut BesideReport,
    faults: &mut Faults,
) {
    let named = || -> rusqlite::Result<Vec<(i64, i64, Vec<u8>)>> {
        let mut statement = store
            .connection
            .prepare("select log, seq, payload from fact where kind = 'record.imported' order by log, seq")?;
        statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, bytes(row.get_ref(2)?).to_vec())))?
            .collect()
    };
    let named = named().unwrap_or_else(|error| {
        store.unreadable(&error, faults);
        Vec::new()
    });
    for (log, seq, payload) in named {
        // One that cannot be read is found when the facts are.
        let Ok(fact) = serde_json::from_slice::<RecordImported>(&payload) else { continue };
        match one(store, &data_dir.join(FOLDER), &fact, report) {
            Ok(()) => beside.change_sets += 1,
            Err(problem) => faults.place(log, seq, problem),
        }
    }
}

fn one(store: &Store<'_>, folder: &Path, fact: &RecordImported, report: &mut Report) -> Result<(), Problem> {
    let disk = store.place.disk;
    let set = || fact.set.clone();
    let said = |fault: SetFault| match fault {
        SetFault::Missing => Problem::ChangeSetMissing { set: set() },
        SetFault::Damaged => Problem::ChangeSetChanged { set: set() },
        fault @ (SetFault::Unreadable(_) | SetFault::Disk(_)) => {
            Problem::ChangeSetUnreadable { set: set(), problem: fault.to_string() }
        }
    };
    let io = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => said(SetFault::Missing),
        _ => said(SetFault::Disk(error)),
    };
    change_set::check(disk, folder, &fact.set, fact.bytes).map_err(said)?;
    let mut lines = change_set::Lines::open(disk, &change_set::set_path(folder, &fact.set)).map_err(io)?;
    let mut personal = change_set::open_personal(disk, folder, &fact.set).map_err(io)?;
    let mut next = || match &mut personal {
        Some(personal) => personal.next_value().map_err(said),
        None => Ok(None),
    };
    let mut waits = next()?;
    let mut reader = SetReader::default();
    while let Some(line) = lines.next_line().map_err(io)? {
        let Some(row) = reader.line(line).map_err(|error| said(error.into()))? else { continue };
        while let Some(value) = waits.take_if(|value| value.0 == row.number) {
            value_of(&value, row.commitment(&value.1), report)
                .map_err(|field| Problem::ChangeSetValueChanged { set: set(), field })?;
            waits = next()?;
        }
    }
    if let Some(stray) = waits {
        return Err(Problem::ChangeSetValueChanged { set: set(), field: stray.1 });
    }
    if reader.rows() != fact.rows {
        let problem = format!("it has {} rows, and the fact says {}", reader.rows(), fact.rows);
        return Err(Problem::ChangeSetUnreadable { set: set(), problem });
    }
    Ok(())
}

/// Holds a personal value against what its row commits to. The field of one that is another.
fn value_of(value: &PersonalLine, committed: Option<String>, report: &mut Report) -> Result<(), String> {
    match committed {
        Some(_) if value.is_erased() => report.erased_values += 1,
        Some(committed) if committed == value.commitment() => report.personal_values += 1,
        Some(_) | None => return Err(value.1.clone()),
    }
    Ok(())
}
