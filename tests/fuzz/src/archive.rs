//! A store file somebody carried here, and the notes beside it: what is not what it says is refused, and what is taken is
//! whole.

use crate::patch::{Files, folder};
use database::archive::archives;
use database::backup::{Making, check, kept};
use database::disk::SystemDisk;
use database::restore::{Damage, stage};
use domain::backup::BackupReason;
use scenarios::shop::Place;
use std::fs;
use std::path::PathBuf;
use terminal::Clock;

/// A folder with one backup.
pub struct Shelf {
    folder: tempfile::TempDir,
    backup: PathBuf,
    manifest: PathBuf,
    whole: Files,
}

impl Shelf {
    /// Makes the backup.
    pub fn new() -> Self {
        let folder = folder();
        let mut till = Place::below(folder.path()).start(1).expect("it starts");
        till.set_up().expect("the shop is set up");
        till.sell(250).expect("it sells");
        till.rest().expect("it rests");
        let making = Making { moment: till.clock.now(), reason: BackupReason::Asked, pepper: Some([7; 32]) };
        let shelf = folder.path().join("shelf");
        till.terminal.database().back_up(&shelf, &making, &mut || true).expect("a backup is made");
        let mut files: Vec<PathBuf> = fs::read_dir(&shelf)
            .expect("there is one")
            .map(|file| file.expect("it is listed").path())
            .collect();
        files.sort();
        let of = |end: &str| {
            let found = files.iter().find(|path| path.to_string_lossy().ends_with(end));
            found.expect("a backup has both").clone()
        };
        let (backup, manifest) = (of(".store.db"), of(".json"));
        Self { folder, whole: Files::read([backup.clone(), manifest.clone()]), backup, manifest }
    }

    /// Looks at it as the bytes tell: damaged, with other notes beside it, or with notes of an archive.
    pub fn look(&mut self, data: &[u8]) {
        let Some((first, data)) = data.split_first() else { return };
        let disk = &SystemDisk;
        match first % 4 {
            0 => fs::write(&self.manifest, data).expect("it can be written"),
            1 => {
                let archive = self.folder.path().join("archive");
                fs::create_dir_all(&archive).expect("it can be made");
                fs::write(archive.join("month.json"), data).expect("it can be written");
                archives(disk, &archive).expect("what cannot be read is none");
                return;
            }
            _ => drop(self.whole.write_changed(data)),
        }
        drop(kept(disk, &self.folder.path().join("shelf")));
        let data_dir = self.folder.path().join("restored");
        fs::create_dir_all(&data_dir).expect("it can be made");
        if let Ok(staged) = stage(disk, &data_dir, &self.backup, Damage::Refused, &mut || true) {
            let taken = check(disk, &data_dir.join("ledger.staged")).expect("what was taken can be checked");
            assert_eq!((taken.fault, &taken.head), (None, &staged.checked.head));
        }
        drop(self.whole.write_changed(&[]));
    }
}
