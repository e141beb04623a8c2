//! How a store is opened by somebody who must not change it, and whether SQLite finds its pages in order.

use super::fault::{Faults, Problem};
use crate::disk::Disk;
use crate::error::DatabaseError;
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// How much of a file SQLite looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Its pages and rows.
    Quick,
    /// Also whether every index leads to the rows it should.
    Full,
}

/// A store, open to be read.
pub struct Store<'d> {
    /// The connection everything is read by.
    pub connection: Connection,
    /// Where it is.
    pub place: Place<'d>,
}

/// Where a store is, and how it is opened.
#[derive(Clone)]
pub struct Place<'d> {
    /// The disk.
    pub disk: &'d dyn Disk,
    /// The file.
    path: PathBuf,
    /// Whether nobody had the file open: then it is read without leaving files beside it.
    is_alone: bool,
}

impl<'d> Store<'d> {
    /// Opens a file.
    ///
    /// # Errors
    /// `Directory` when it is not there; `Disk`.
    pub fn open(disk: &'d dyn Disk, path: &Path) -> Result<Self, DatabaseError> {
        if !disk.exists(path).map_err(DatabaseError::directory)? {
            let nothing = std::io::Error::new(ErrorKind::NotFound, "there is no ledger");
            return Err(DatabaseError::directory(nothing));
        }
        let is_alone = !disk.exists(&log_of(path)).map_err(DatabaseError::directory)?;
        let place = Place { disk, path: path.to_owned(), is_alone };
        Ok(Self { connection: place.connect()?, place })
    }

    /// Whether a till began to write the file while it was read as if nobody would.
    pub fn is_overtaken(&self) -> bool {
        // A disk that does not say leaves the report as it is.
        self.place.is_alone && self.place.disk.exists(&log_of(&self.place.path)).unwrap_or(false)
    }

    /// Everything read from here on is of one moment.
    ///
    /// # Errors
    /// What SQLite answers.
    pub fn hold_still(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch("begin")
    }

    /// Notes what SQLite answered where it should have read.
    pub fn unreadable(&self, error: &rusqlite::Error, faults: &mut Faults) {
        let problem = one_line(&error.to_string());
        faults.file(Problem::FileMalformed { file: name_of(&self.place.path), problem });
    }
}

impl Place<'_> {
    /// Lets SQLite look whether the file is whole, on a connection of its own.
    pub fn structure(&self, depth: Depth) -> Vec<Problem> {
        let check = || -> Result<Vec<String>, DatabaseError> {
            let connection = self.connect()?;
            let pragma = match depth {
                Depth::Quick => "pragma quick_check(5)",
                Depth::Full => "pragma integrity_check(5)",
            };
            let mut statement = connection.prepare(pragma)?;
            let lines = statement.query_map([], |row| row.get(0))?;
            Ok(lines.collect::<Result<_, _>>()?)
        };
        let file = name_of(&self.path);
        match check() {
            Ok(lines) => lines
                .into_iter()
                .filter(|line| line != "ok")
                .map(|line| Problem::FileMalformed { file: file.clone(), problem: one_line(&line) })
                .collect(),
            Err(error) => vec![Problem::FileMalformed { file, problem: one_line(&error.to_string()) }],
        }
    }

    fn connect(&self) -> Result<Connection, DatabaseError> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let uri = uri(&self.path, self.is_alone)?;
        let connection = match self.disk.vfs() {
            Some(vfs) => Connection::open_with_flags_and_vfs(uri, flags, vfs)?,
            None => Connection::open_with_flags(uri, flags)?,
        };
        connection.execute_batch(
            "pragma query_only = on;
             pragma trusted_schema = off;
             pragma cell_size_check = on;
             pragma mmap_size = 0;
             pragma busy_timeout = 5000;",
        )?;
        Ok(connection)
    }
}

/// The name of a file without its directory.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// SQLite tells some things in several lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The log that lies beside a file while somebody has it open.
fn log_of(path: &Path) -> PathBuf {
    let mut log = OsString::from(path);
    log.push("-wal");
    log.into()
}

/// A path as SQLite's URI. A reader of a file in WAL mode leaves two files beside it, except when it says that nobody
/// writes (`immutable`).
fn uri(path: &Path, is_alone: bool) -> Result<String, DatabaseError> {
    let path = std::path::absolute(path).map_err(DatabaseError::directory)?;
    let mut uri = String::from("file:");
    #[cfg(windows)]
    uri.push('/');
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b':' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    if is_alone {
        uri.push_str("?immutable=1");
    }
    Ok(uri)
}
