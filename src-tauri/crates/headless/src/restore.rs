//! `headless restore`: a backup takes the place of a till's data.

use crate::Failure;
use std::io::{self, Write};
use std::path::Path;
use terminal::Surroundings;
use terminal::restore::{self, Restore};

/// Restores, and says what was there and what is there.
///
/// # Errors
/// When nothing was restored.
pub fn restore(data_dir: &Path, backup: &Path, replace: bool, despite_damage: bool) -> Result<(), Failure> {
    let done =
        restore::restore(&Restore { backup, data_dir, replace, despite_damage }, &Surroundings::system())?;
    let mut out = io::stdout().lock();
    let checked = &done.checked;
    writeln!(out, "restored {} into {}", backup.display(), data_dir.display())?;
    writeln!(
        out,
        "  {}, {}: {} facts, series {}",
        checked.shop, checked.till, checked.head.seq, checked.head.series
    )?;
    if let Some(fault) = &checked.fault {
        writeln!(out, "  it is a true copy of a damaged ledger: {fault}")?;
    }
    if let Some(kept_in) = &done.kept_in {
        writeln!(out, "  what was there is kept in {}", kept_in.display())?;
    }
    if replace {
        writeln!(out, "  do not use the machine that made the backup as this till any more")?;
    }
    writeln!(out, "the next start begins a new series of receipt numbers")?;
    Ok(out.flush()?)
}
