//! Erasing a person inside change-sets: the values in the second files are emptied. The sets and their hashes stay as they
//! are.

use super::{FOLDER, NEW, SetFault, names, open_personal, personal_path, rows};
use crate::disk::{Disk, DiskFile, Open};
use crate::error::DatabaseError;
use std::collections::BTreeSet;
use std::path::Path;
use wire::fact::RecordErased;

/// Empties, in every set of a data directory, the values of fields that were erased. Doing it again does no harm. Returns
/// how many values were emptied.
///
/// # Errors
/// `Directory`, `Full`; `Value` for a set that cannot be read.
pub fn erase(disk: &dyn Disk, data_dir: &Path, erased: &[RecordErased]) -> Result<u64, DatabaseError> {
    let folder = data_dir.join(FOLDER);
    let mut emptied = 0;
    for sha256 in names(disk, &folder).map_err(DatabaseError::directory)? {
        if !disk.exists(&personal_path(&folder, &sha256)).map_err(DatabaseError::directory)? {
            continue;
        }
        let mut concerned: BTreeSet<(u64, &str)> = BTreeSet::new();
        rows(disk, &folder, &sha256, |row, detached| -> Result<(), DatabaseError> {
            let of_row = erased.iter().filter(|erased| erased.entity == row.entity && erased.id == row.id);
            for field in of_row.flat_map(|erased| &erased.fields) {
                if detached.iter().any(|kept| kept.field == *field) {
                    concerned.insert((row.number, field));
                }
            }
            Ok(())
        })?;
        if !concerned.is_empty() {
            emptied += concerned.len() as u64;
            rewrite(disk, &folder, &sha256, &concerned)?;
        }
    }
    Ok(emptied)
}

/// Writes the second file anew without the values of these rows and fields, whole or not at all.
fn rewrite(
    disk: &dyn Disk,
    folder: &Path,
    sha256: &str,
    concerned: &BTreeSet<(u64, &str)>,
) -> Result<(), SetFault> {
    let Some(mut lines) = open_personal(disk, folder, sha256)? else { return Ok(()) };
    let new = folder.join(format!("erased{NEW}"));
    let mut file: Box<dyn DiskFile> = disk.open(&new, Open::Create)?;
    file.truncate(0)?;
    let mut offset = 0;
    let mut text = Vec::new();
    loop {
        let line = lines.next_value()?;
        let is_end = line.is_none();
        if let Some(line) = line {
            let is_concerned = concerned.contains(&(line.0, line.1.as_str()));
            let line = if is_concerned { line.erased() } else { line };
            serde_json::to_writer(&mut text, &line).expect("it is made of strings and integers");
            text.push(b'\n');
        }
        if is_end || text.len() >= super::CHUNK {
            file.write_at(offset, &text)?;
            offset += text.len() as u64;
            text.clear();
        }
        if is_end {
            break;
        }
    }
    file.sync()?;
    drop(file);
    drop(lines);
    disk.rename(&new, &personal_path(folder, sha256))?;
    disk.sync_dir(folder)?;
    Ok(())
}
