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
///
/// Whoever left the demo shop for their own is not shown it again: it stays where it is, and the till they go on with is
/// the user's own, or lies within the directory that was told.
pub fn options(data_dir: Option<PathBuf>, guard_dir: Option<PathBuf>, demo: bool) -> Option<Options> {
    let told = data_dir.is_some();
    let data_dir = data_dir.or_else(|| self::data_dir(demo))?;
    if demo && crate::demo::was_left(&data_dir) {
        let own = if told { data_dir.join(OWN_SHOP) } else { self::data_dir(false)? };
        return Some(Options { data_dir: own, guard_dir, demo: false });
    }
    Some(Options { data_dir, guard_dir, demo })
}

/// The folder of the shop that somebody began in place of the demo shop, within the directory that was told for it.
const OWN_SHOP: &str = "own-shop";

/// The directory for what must not lie beside the data. `None` when the user has no home.
pub fn guard_dir() -> Option<PathBuf> {
    // Systems without a state directory keep such things with the data that stays on the machine.
    dirs().map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("guard"))
}

/// Where a person looks for a file that was saved for them. `None` when the user has no home.
pub fn downloads() -> Option<PathBuf> {
    let dirs = directories::UserDirs::new()?;
    Some(dirs.download_dir().unwrap_or_else(|| dirs.home_dir()).to_owned())
}

/// Where sticks and disks that were plugged in are found: what there is, not what could be.
pub fn removable() -> Vec<PathBuf> {
    mounted()
}

/// Desktops mount a stick in a folder of the user's, in one of these; people who mount by hand use the last.
#[cfg(unix)]
fn mounted() -> Vec<PathBuf> {
    let folders_of = |folder: &std::path::Path| -> Vec<PathBuf> {
        // A folder that is not there has none.
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let mut found = Vec::new();
    for root in ["/media", "/run/media", "/mnt", "/Volumes"] {
        let children = folders_of(root.as_ref());
        found.extend(children.iter().flat_map(|child| folders_of(child)));
        found.extend(children);
    }
    found.sort();
    found
}

/// The drives behind the system's own.
#[cfg(not(unix))]
fn mounted() -> Vec<PathBuf> {
    ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).filter(|drive| drive.is_dir()).collect()
}
