//! Checks a till's data from outside: a data directory or a single store file, whether a till runs on it or not.

use crate::start::guard_dir;
use database::disk::SystemDisk;
use database::error::DatabaseError;
pub use database::verify::{BesideReport, Fault, LogReport, Problem, Report};
use domain::ids::TerminalId;
use std::path::Path;

/// Checks a data directory, or the file of a ledger alone. In a data directory what the guards remember is held against
/// the ledger where `guards`, the directory of all guards, is named.
///
/// # Errors
/// `Directory` when there is no ledger at this path; `Disk` when it cannot be opened. Damage is no error: it is in the
/// report.
pub fn check(path: &Path, guards: Option<&Path>) -> Result<Report, DatabaseError> {
    if !path.is_dir() {
        return database::verify::file(&SystemDisk, path);
    }
    let of_terminal = guards.map(|guards| move |terminal: TerminalId| guard_dir(guards, terminal));
    let of_terminal = of_terminal.as_ref().map(|of| of as &dyn Fn(TerminalId) -> std::path::PathBuf);
    database::verify::directory(&SystemDisk, path, of_terminal)
}
