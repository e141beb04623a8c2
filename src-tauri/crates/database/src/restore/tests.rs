//! Restoring a small ledger on a real disk, and stopping in the middle of it.

use super::*;
use crate::backup::tests::{PEPPER, Shop, moment};
use crate::disk::{DiskFile, SystemDisk};
use std::any::Any;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};

/// The disk of this machine until so many changes were made; from then on every one fails, as if the power were gone.
pub(crate) struct Until {
    left: AtomicI64,
    /// What somebody else removes as soon as a folder was listed.
    pub removed_when_listed: Option<PathBuf>,
}

impl Until {
    pub fn after(changes: i64) -> Self {
        Self { left: AtomicI64::new(changes), removed_when_listed: None }
    }

    fn change(&self) -> io::Result<()> {
        match self.left.fetch_sub(1, Ordering::AcqRel) {
            left if left > 0 => Ok(()),
            _ => Err(io::Error::other("the power is cut")),
        }
    }
}

impl Disk for Until {
    fn vfs(&self) -> Option<&str> {
        None
    }
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.change()?;
        SystemDisk.create_dir(dir)
    }
    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let listed = SystemDisk.list(dir)?;
        if let Some(path) = &self.removed_when_listed {
            std::fs::remove_file(path)?;
        }
        Ok(listed)
    }
    fn exists(&self, path: &Path) -> io::Result<bool> {
        SystemDisk.exists(path)
    }
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        if how != Open::Read {
            self.change()?;
        }
        SystemDisk.open(path, how)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        SystemDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        SystemDisk.remove(path)
    }
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.change()?;
        SystemDisk.sync_dir(dir)
    }
    fn free_bytes(&self, dir: &Path) -> io::Result<u64> {
        SystemDisk.free_bytes(dir)
    }
    fn file_mark(&self, path: &Path) -> io::Result<u64> {
        SystemDisk.file_mark(path)
    }
    fn lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        SystemDisk.lock(dir)
    }
}

/// A shop with a backup at place 11, that sold on to place 16.
fn shop() -> (Shop, PathBuf) {
    let mut shop = Shop::new();
    shop.happen(10, 0);
    let backup = shop.shelf().join(shop.back_up(0).file);
    shop.happen(5, 1);
    shop.database = None;
    (shop, backup)
}

fn seq(shop: &mut Shop) -> u64 {
    shop.open();
    let seq = shop.database().head(Purpose::Selling).unwrap().unwrap().seq;
    shop.database = None;
    seq
}

#[test]
fn a_restore_that_stops_anywhere_leaves_the_old_ledger_or_the_backup_whole() {
    let mut decided_after = None;
    for changes in 0.. {
        let (mut shop, backup) = shop();
        let dir = shop.data_dir();
        let disk = Until::after(changes);
        let run = || -> Result<(), BackupFailure> {
            stage(&disk, &dir, &backup, Damage::Refused, &mut || true)?;
            decide(&disk, &dir, "restored", &aside(&disk, &dir, &moment(2))?)?;
            finish(&disk, &dir)?;
            Ok(())
        };
        let done = run().is_ok();
        let decided = is_decided(&SystemDisk, &dir) || dir.join("restored").exists();
        let found = seq(&mut shop);
        let old = dir.join("replaced-20260304T180000/ledger.db");
        if decided {
            decided_after.get_or_insert(changes);
            assert_eq!(found, 11, "after {changes} changes");
            assert!(old.exists() && dir.join("restored").exists(), "after {changes} changes");
            assert_eq!(staged_pepper(&SystemDisk, &dir).unwrap(), Some(PEPPER));
        } else {
            assert_eq!(decided_after, None, "once decided it stays so");
            assert_eq!(found, 16, "after {changes} changes");
            assert!(!old.exists() && !dir.join("restored").exists());
            assert_eq!(staged_pepper(&SystemDisk, &dir).unwrap(), None);
        }
        assert!(!dir.join(STAGED).exists() && !dir.join(DECISION).exists());
        if done {
            assert!(changes > 12, "the sweep saw every step");
            return;
        }
    }
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_changes() {
    let (mut shop, backup) = shop();
    let mut bytes = std::fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&backup, &bytes).unwrap();
    let refused = stage(&SystemDisk, &shop.data_dir(), &backup, Damage::Accepted, &mut || true).unwrap_err();
    assert!(matches!(refused, BackupFailure::Refused(BackupError::Damaged { .. })), "{refused}");
    let gone = shop.dir.path().join("gone.store.db");
    let refused = stage(&SystemDisk, &shop.data_dir(), &gone, Damage::Refused, &mut || true).unwrap_err();
    assert!(matches!(refused, BackupFailure::Refused(BackupError::Unknown {})), "{refused}");
    let ledger = shop.data_dir().join("ledger.db");
    let refused = stage(&SystemDisk, &shop.data_dir(), &ledger, Damage::Refused, &mut || true).unwrap_err();
    assert!(matches!(refused, BackupFailure::Refused(BackupError::Foreign {})), "{refused}");
    assert_eq!(seq(&mut shop), 16);
}

#[test]
fn the_secret_leaves_no_trace_in_the_ledger_that_goes_on() {
    let (mut shop, backup) = shop();
    let holds = |path: &Path| std::fs::read(path).unwrap().windows(32).any(|bytes| bytes == PEPPER);
    assert!(holds(&backup));
    stage(&SystemDisk, &shop.data_dir(), &backup, Damage::Refused, &mut || true).unwrap();
    decide(&SystemDisk, &shop.data_dir(), "restored", "replaced-1").unwrap();
    assert_eq!(seq(&mut shop), 11);
    assert!(!holds(&shop.data_dir().join("ledger.db")));
    pepper_is_placed(&SystemDisk, &shop.data_dir()).unwrap();
    assert_eq!(staged_pepper(&SystemDisk, &shop.data_dir()).unwrap(), None);
    assert_eq!(
        terminal_of(&SystemDisk, &shop.data_dir()).unwrap(),
        Some(TerminalId(uuid::Uuid::from_u128(3)))
    );
    assert_eq!(terminal_of(&SystemDisk, shop.dir.path()).unwrap(), None);
}
