//! One row of a set, read where it stands: what a history costs follows what it shows, not how much was imported with it.

use super::{Lines, SetFault, personal_path, set_path};
use crate::disk::Disk;
use std::io;
use std::path::Path;
use wire::change_set::{SetError, SetReader};
use wire::record::{Detached, RecordChanged};

/// Bytes of the second file in which a row's values are looked for one by one, once its halves were halved down to them.
const NEAR: u64 = 64 << 10;

/// Where a row stands in its set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetPlace {
    /// Its number, from 0.
    pub row: u64,
    /// The byte at which the line of its section begins.
    pub section_at: u64,
    /// The byte at which its own line begins.
    pub line_at: u64,
}

/// Reads the change of one row, with the personal values that are kept for it.
pub(crate) fn at(
    disk: &dyn Disk,
    folder: &Path,
    sha256: &str,
    place: SetPlace,
) -> Result<(RecordChanged, Vec<Detached>), SetFault> {
    let path = set_path(folder, sha256);
    let mut reader = SetReader::default();
    for begins in [0, place.section_at] {
        reader.line(&line_at(disk, &path, begins)?)?;
    }
    let line = line_at(disk, &path, place.line_at)?;
    let row = reader
        .line(&line)?
        .ok_or_else(|| SetError { line: 0, problem: "where a row should stand there is none".to_owned() })?;
    Ok((row.change()?, personal_of(disk, &personal_path(folder, sha256), place.row)?))
}

fn line_at(disk: &dyn Disk, path: &Path, begins: u64) -> io::Result<Vec<u8>> {
    let mut lines = Lines::open_at(disk, path, begins)?;
    lines.next_line()?.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// The values of a row in the second file, whose lines are in the order of their rows.
fn personal_of(disk: &dyn Disk, path: &Path, row: u64) -> Result<Vec<Detached>, SetFault> {
    if !disk.exists(path)? {
        return Ok(Vec::new());
    }
    // Before `low` all lines are of rows before this one.
    let (mut low, mut high) = (0, Lines::open(disk, path)?.length());
    while high - low > NEAR {
        let middle = low + (high - low) / 2;
        let mut lines = Lines::open_at(disk, path, middle)?;
        // What is left of the line the middle is in.
        lines.next_line()?;
        match lines.next_value()? {
            Some(value) if value.0 < row => low = middle,
            _ => high = middle,
        }
    }
    let mut lines = Lines::open_at(disk, path, low)?;
    if low > 0 {
        lines.next_line()?;
    }
    let mut values = Vec::new();
    while let Some(value) = lines.next_value()? {
        if value.0 > row {
            break;
        }
        if value.0 == row && !value.is_erased() {
            values.push(value.detached());
        }
    }
    Ok(values)
}
