//! The disk as the files beside SQLite's see it.

use crate::fault::Failure;
use crate::state::FileId;
use crate::{Inner, SimulatedDisk};
use database::disk::{Disk, DiskFile, Open};
use std::any::Any;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Disk for SimulatedDisk {
    fn vfs(&self) -> Option<&str> {
        Some(self.inner.registered.name())
    }

    fn create_dir(&self, _dir: &Path) -> io::Result<()> {
        // Every directory is there.
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let turning = self.inner.turning();
        Ok(turning.state.names.keys().filter(|path| path.parent() == Some(dir)).cloned().collect())
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        let turning = self.inner.turning();
        if turning.faults.is_dead() {
            return Err(said(Failure::Broken));
        }
        Ok(turning.find(path).is_some())
    }

    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut turning = self.inner.turning();
        if turning.faults.is_dead() {
            return Err(said(Failure::Broken));
        }
        let file = match (turning.find(path), how) {
            (Some(file), _) => file,
            (None, Open::Create) => turning.create(path).map_err(said)?,
            (None, Open::Read | Open::Write) => return Err(said(Failure::Missing)),
        };
        drop(turning);
        Ok(Box::new(OpenFile { inner: Arc::clone(&self.inner), file, may_write: how != Open::Read }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.inner.turning().rename(from, to).map_err(said)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.inner.turning().remove(path).map_err(said)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.inner.turning().sync_dir(dir).map_err(said)
    }

    fn free_bytes(&self, _dir: &Path) -> io::Result<u64> {
        Ok(self.inner.turning().free_bytes)
    }

    fn file_mark(&self, path: &Path) -> io::Result<u64> {
        self.inner.turning().find(path).map(|file| file.0).ok_or_else(|| said(Failure::Missing))
    }

    fn lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        let is_free = self.inner.turning().locked_dirs.insert(dir.to_owned());
        if !is_free {
            return Ok(None);
        }
        Ok(Some(Box::new(LockedDir { inner: Arc::clone(&self.inner), dir: dir.to_owned() })))
    }

    #[cfg(debug_assertions)]
    fn test_migrations(&self, file: &str) -> Vec<(String, String)> {
        let turning = self.inner.turning();
        let of_file = turning.migrations.iter().filter(|migration| migration.file == file);
        of_file.map(|migration| (migration.name.to_owned(), migration.sql.to_owned())).collect()
    }
}

struct LockedDir {
    inner: Arc<Inner>,
    dir: PathBuf,
}

impl Drop for LockedDir {
    fn drop(&mut self) {
        self.inner.turning().locked_dirs.remove(&self.dir);
    }
}

struct OpenFile {
    inner: Arc<Inner>,
    file: FileId,
    may_write: bool,
}

impl OpenFile {
    fn writable(&self) -> io::Result<()> {
        if self.may_write { Ok(()) } else { Err(ErrorKind::PermissionDenied.into()) }
    }
}

impl DiskFile for OpenFile {
    fn read_at(&mut self, offset: u64, bytes: &mut [u8]) -> io::Result<()> {
        let there = self.inner.turning().read(self.file, index(offset)?, bytes).map_err(said)?;
        if there == bytes.len() { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.writable()?;
        self.inner.turning().write(self.file, index(offset)?, bytes).map_err(said)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.writable()?;
        self.inner.turning().truncate(self.file, index(length)?).map_err(said)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.inner.turning().length(self.file) as u64)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.inner.turning().sync(self.file).map_err(said)
    }
}

fn index(offset: u64) -> io::Result<usize> {
    usize::try_from(offset).map_err(|_| ErrorKind::FileTooLarge.into())
}

fn said(failure: Failure) -> io::Error {
    match failure {
        Failure::Full => ErrorKind::StorageFull.into(),
        Failure::Broken => io::Error::other("the simulated disk failed"),
        Failure::Missing => ErrorKind::NotFound.into(),
    }
}
