//! A data directory as a crash left it, damaged in any way: it is checked and opened, and a till that starts on it has
//! lost nothing that is whole.

use crate::patch::{Files, folder};
use scenarios::shop::{Place, Till};
use std::fs;
use std::path::{Path, PathBuf};
use terminal::verify;

/// A till that died while it sold: its ledger, the log beside it, its catalogue and its guard.
pub struct Dead {
    place: Place,
    whole: Files,
    facts: u64,
    _folder: tempfile::TempDir,
}

impl Dead {
    /// Sells a few things, and dies.
    pub fn new() -> Self {
        let folder = folder();
        let place = Place::below(folder.path());
        let mut till = place.start(1).expect("it starts");
        till.set_up().expect("the shop is set up");
        till.sell(250).expect("it sells");
        till.rest().expect("it rests");
        till.sell(350).expect("it sells");
        till.keeper.step();
        let paths = files(&place.data).into_iter().chain(files(&place.guard));
        let whole =
            Files::read(paths.filter(|path| !path.ends_with("ledger.db-shm") && is_of_the_till(path)));
        // Its files are read, with their log: what closing it does to them is put back.
        drop(till);
        let mut dead = Self { place, whole, facts: 0, _folder: folder };
        dead.put_back(&[]);
        dead.facts = verify::check(&dead.place.data, None).expect("it can be checked").facts;
        assert!(dead.facts > 5, "its log is not read");
        dead
    }

    /// Puts everything back, and damages it as the bytes tell. Returns whether no more than the guard was damaged.
    fn put_back(&self, data: &[u8]) -> bool {
        for path in files(&self.place.data).into_iter().chain(files(&self.place.guard)) {
            // The ledger stays the same file: the guard knows it by that.
            if path.file_name().is_none_or(|name| name != "ledger.db") {
                fs::remove_file(&path).expect("it can be removed");
            }
        }
        let changed = self.whole.write_changed(data);
        // Beside the guard lies the secret of the PINs: without it nobody signs on.
        let is_guard = |path: &&Path| path.starts_with(&self.place.guard) && !path.ends_with("pepper");
        changed.iter().all(is_guard)
    }

    /// Checks and opens it, with the damage that the bytes tell of.
    pub fn open(&mut self, data: &[u8]) {
        let is_ledger_whole = self.put_back(data);
        let report = verify::check(&self.place.data, Some(&self.place.guard));
        let started = self.place.start(2);
        if !is_ledger_whole {
            return drop((report, started));
        }
        // Only the guard may be damaged: nothing is lost, and the till sells.
        let report = report.expect("it can be checked");
        assert_eq!(report.facts, self.facts, "{:?}", report.faults);
        let mut till: Till = started.expect("it starts");
        till.sign_in().expect("its owner signs on");
        till.sell(100).expect("it sells");
    }
}

/// Ledger, catalogue and what secures them; not the lock, the reserve of the disk, nor what was logged.
fn is_of_the_till(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.contains("lock") && !name.contains("reserve") && !name.ends_with(".log")
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return all };
    for entry in entries {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}
