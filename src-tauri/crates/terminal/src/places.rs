//! Where a terminal's files are when nobody says otherwise: in the places the operating system gives a user's programs.

use crate::Options;
use directories::ProjectDirs;
use std::path::PathBuf;

fn dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "tillkeeper")
}

/// The data directory of the user's own till, or of the demo shop: they never share one. `None` when the user has no home.
pub fn data_dir(demo: bool) -> Option<PathBuf> {
    dirs().map(|dirs| dirs.data_dir().join(if demo { "demo" } else { "till" }))
}

/// How a program opens its terminal: with the directories it was told, and the user's own where it was told none. `None`
/// when there is no telling, because the user has no home.
pub fn options(data_dir: Option<PathBuf>, guard_dir: Option<PathBuf>, demo: bool) -> Option<Options> {
    let data_dir = data_dir.or_else(|| self::data_dir(demo))?;
    Some(Options { data_dir, guard_dir, demo })
}

/// The directory for what must not lie beside the data. `None` when the user has no home.
pub fn guard_dir() -> Option<PathBuf> {
    // Systems without a state directory keep such things with the data that stays on the machine.
    dirs().map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("guard"))
}
