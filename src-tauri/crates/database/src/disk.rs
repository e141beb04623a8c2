//! The disk as the ledger sees it: where SQLite's files and the files beside them (guard, backups, change-sets) are
//! kept. It comes in from outside, so that a test can cut its power at any operation.

use std::any::Any;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A disk. What a method wrote is durable only after [`DiskFile::sync`], a name only after [`Disk::sync_dir`].
pub trait Disk: Send + Sync {
    /// The name of the SQLite VFS that works on this disk; `None` for SQLite's own.
    fn vfs(&self) -> Option<&str>;

    /// Makes a directory and those above it, durably; one that is there is no error.
    ///
    /// # Errors
    /// What the operating system answers, as for every method here.
    fn create_dir(&self, dir: &Path) -> io::Result<()>;

    /// The files of a directory, by name, without the directories in it. A directory that is missing has none.
    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;

    /// Whether there is a file of this name.
    fn exists(&self, path: &Path) -> io::Result<bool>;

    /// Opens a file.
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>>;

    /// Gives a file another name, in place of what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a directory durable.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Bytes an ordinary user can still write where `dir` is.
    fn free_bytes(&self, dir: &Path) -> io::Result<u64>;

    /// Lets the system forget what it keeps of a file in memory, so that it is read from the disk next; where it cannot
    /// be asked, nothing happens.
    fn forget(&self, path: &Path) -> io::Result<()> {
        let _ = path;
        Ok(())
    }

    /// What tells this file from a copy of it at another place: device and inode, where the system has them; else 0.
    fn file_mark(&self, path: &Path) -> io::Result<u64>;

    /// Takes a directory for this process, as long as the result lives. `None` when another process has it.
    fn lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Any + Send + Sync>>>;

    /// What a test adds to the migrations of a file, each its name and its statements: the program that works on this disk
    /// is then a newer one.
    #[cfg(debug_assertions)]
    fn test_migrations(&self, file: &str) -> Vec<(String, String)> {
        let _ = file;
        Vec::new()
    }

    /// Reads a file whole.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut file = self.open(path, Open::Read)?;
        let length = usize::try_from(file.length()?).map_err(|_| ErrorKind::FileTooLarge)?;
        let mut bytes = vec![0; length];
        file.read_at(0, &mut bytes)?;
        Ok(bytes)
    }

    /// Writes a file whole or not at all: beside it first, synced, then renamed, and its name made durable. Only its
    /// owner can read it.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let temporary = path.with_extension("new");
        let mut file = self.open(&temporary, Open::Create)?;
        file.truncate(0)?;
        file.write_at(0, bytes)?;
        file.sync()?;
        drop(file);
        self.rename(&temporary, path)?;
        self.sync_dir(path.parent().unwrap_or(path))
    }
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// To read only.
    Read,
    /// To read and write; it has to be there.
    Write,
    /// To read and write; made when it is missing.
    Create,
}

/// An open file of a [`Disk`].
pub trait DiskFile: Send {
    /// Fills `bytes` from `offset` on.
    ///
    /// # Errors
    /// What the operating system answers, as for every method here; `UnexpectedEof` when the file ends before.
    fn read_at(&mut self, offset: u64, bytes: &mut [u8]) -> io::Result<()>;

    /// Writes `bytes` at `offset`.
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts or extends the file to `length` bytes.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Its length in bytes.
    fn length(&self) -> io::Result<u64>;

    /// Waits until everything written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// Names the folder of migrations that a test adds to those of the ledger.
#[cfg(debug_assertions)]
const TEST_MIGRATIONS: &str = "TILLKEEPER_TEST_MIGRATIONS";

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn vfs(&self) -> Option<&str> {
        None
    }

    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        let dir = std::path::absolute(dir)?;
        let missing: Vec<&Path> = dir.ancestors().take_while(|dir| !dir.is_dir()).collect();
        std::fs::create_dir_all(&dir)?;
        // Without this a power cut may take a directory and all that was synced in it.
        missing.iter().filter_map(|dir| dir.parent()).try_for_each(|parent| self.sync_dir(parent))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = match std::fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                files.push(entry.path());
            }
        }
        files.sort();
        Ok(files)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        path.try_exists()
    }

    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.read(true).write(how != Open::Read).create(how == Open::Create).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Box::new(SystemFile(options.open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        // Elsewhere a name is durable with its file.
        #[cfg(unix)]
        File::open(dir)?.sync_all()?;
        #[cfg(not(unix))]
        let _ = dir;
        Ok(())
    }

    fn free_bytes(&self, dir: &Path) -> io::Result<u64> {
        fs4::available_space(dir)
    }

    #[cfg(target_os = "linux")]
    fn forget(&self, path: &Path) -> io::Result<()> {
        let file = File::open(path)?;
        // Only what is on the disk can be forgotten.
        file.sync_data()?;
        Ok(rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?)
    }

    fn file_mark(&self, path: &Path) -> io::Result<u64> {
        let metadata = std::fs::metadata(path)?;
        #[cfg(unix)]
        let mark = {
            use std::os::unix::fs::MetadataExt;
            metadata.dev().rotate_left(32) ^ metadata.ino()
        };
        #[cfg(not(unix))]
        let mark = {
            let _ = metadata;
            0
        };
        Ok(mark)
    }

    fn lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        let path = dir.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    #[cfg(debug_assertions)]
    fn test_migrations(&self, file: &str) -> Vec<(String, String)> {
        let folder = std::env::var_os(TEST_MIGRATIONS).filter(|_| file == "ledger.db");
        let Some(folder) = folder else { return Vec::new() };
        let files = std::fs::read_dir(folder).expect("the test made the folder");
        let read = |path: PathBuf| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("the test wrote the file"))
        };
        files.map(|file| read(file.expect("the test reads its folder").path())).collect()
    }
}

struct SystemFile(File);

impl DiskFile for SystemFile {
    fn read_at(&mut self, offset: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(offset))?;
        self.0.read_exact(bytes)
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(offset))?;
        self.0.write_all(bytes)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}
