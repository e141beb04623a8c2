//! How the files are opened: on which disk, and with the pragmas every connection needs.

use crate::catalog::generation;
use crate::disk::Disk;
use crate::error::DatabaseError;
use refinery::Runner;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

mod ledger_migrations {
    refinery::embed_migrations!("../../../migrations/terminal/ledger");
}

mod catalog_migrations {
    refinery::embed_migrations!("../../../migrations/terminal/catalog");
}

/// One of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseFile {
    /// `ledger.db`
    Ledger,
    /// `catalog.db`, or a later generation of it (`catalog/generation.rs`).
    Catalog,
}

impl DatabaseFile {
    /// Its name in the data directory; of the catalogue, that of the first generation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ledger => "ledger.db",
            Self::Catalog => "catalog.db",
        }
    }

    fn runner(self, disk: &dyn Disk) -> Runner {
        let runner = match self {
            Self::Ledger => ledger_migrations::migrations::runner(),
            Self::Catalog => catalog_migrations::migrations::runner(),
        };
        with_test_migrations(runner, disk, self)
    }
}

/// A program that is released knows its own migrations only.
#[cfg(not(debug_assertions))]
fn with_test_migrations(runner: Runner, _disk: &dyn Disk, _file: DatabaseFile) -> Runner {
    runner
}

/// A test brings files to a newer version, to stop the program in the middle of it: every real migration is short while
/// there is no older release.
#[cfg(debug_assertions)]
fn with_test_migrations(runner: Runner, disk: &dyn Disk, file: DatabaseFile) -> Runner {
    let added = disk.test_migrations(file.name());
    if added.is_empty() {
        return runner;
    }
    let mut migrations = runner.get_migrations().clone();
    for (name, sql) in added {
        let added = refinery::Migration::unapplied(&name, &sql).expect("the test named it as it has to be");
        migrations.push(added);
    }
    Runner::new(&migrations)
}

/// Prepared statements a connection keeps: more than there are statements.
const STATEMENTS_MAX: usize = 256;

/// Kibibytes of pages a reader keeps of a file: enough for the upper levels of every tree of a large catalogue. The system
/// keeps the files in memory anyway, and there are several readers: with SQLite's own two mebibytes for each, a till's
/// memory would grow with its catalogue until all of them are full.
const fn reader_cache_kib(file: DatabaseFile) -> i64 {
    match file {
        DatabaseFile::Ledger => 512,
        DatabaseFile::Catalog => 1_024,
    }
}

/// The directory the files are in, on its disk.
#[derive(Clone)]
pub struct Files {
    pub dir: PathBuf,
    pub disk: Arc<dyn Disk>,
    /// The generation of the catalogue that counts.
    catalog: Arc<AtomicU64>,
}

impl Files {
    /// The files of a directory.
    ///
    /// # Errors
    /// `Directory` when it cannot be listed.
    pub fn of(dir: &Path, disk: Arc<dyn Disk>) -> Result<Self, DatabaseError> {
        let catalog = generation::current(disk.as_ref(), dir).map_err(DatabaseError::directory)?;
        Ok(Self { dir: dir.to_owned(), disk, catalog: Arc::new(catalog.into()) })
    }

    /// The generation of the catalogue that counts.
    pub fn generation(&self) -> u64 {
        self.catalog.load(Ordering::Acquire)
    }

    /// Lets another generation count, for all who have these files.
    pub fn set_generation(&self, generation: u64) {
        self.catalog.store(generation, Ordering::Release);
    }

    /// Opens the file of a new generation of the catalogue, to fill it while nobody else knows it. What a power cut leaves
    /// of it is removed.
    ///
    /// # Errors
    /// `Disk`, `Full`, `Migration`.
    pub fn open_new_catalog(&self, path: &Path) -> Result<Connection, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = connect(self.disk.as_ref(), path, flags)?;
        connection.execute_batch(
            "pragma journal_mode = off;
             pragma synchronous = off;
             pragma trusted_schema = off;
             pragma cache_size = -32768;
             pragma mmap_size = 0;",
        )?;
        keep_plans(&connection)?;
        DatabaseFile::Catalog.runner(self.disk.as_ref()).set_grouped(true).run(&mut connection)?;
        Ok(connection)
    }

    /// Where a file is.
    pub fn path(&self, file: DatabaseFile) -> PathBuf {
        match file {
            DatabaseFile::Ledger => self.dir.join(file.name()),
            DatabaseFile::Catalog => self.dir.join(generation::name(self.generation())),
        }
    }

    /// Opens a file for its writer and migrates it.
    ///
    /// # Errors
    /// `NewerVersion`, `Migration`, `Disk`, `Full`.
    pub fn open_writer(&self, file: DatabaseFile) -> Result<Connection, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = self.connect(file, flags)?;
        // A WAL that is reused costs no block allocation; the writer checkpoints when idle, never on the sale's path.
        begin_log(&connection)?;
        connection.execute_batch(
            "pragma synchronous = full;
         pragma wal_autocheckpoint = 0;
         pragma foreign_keys = on;
         pragma cell_size_check = on;
         pragma trusted_schema = off;
         pragma mmap_size = 0;
         pragma busy_timeout = 5000;
         pragma fullfsync = on;
         pragma checkpoint_fullfsync = on;",
        )?;
        keep_plans(&connection)?;
        file.runner(self.disk.as_ref()).set_grouped(true).run(&mut connection)?;
        // SQLite makes the name of a log durable only when it made the file itself: one that a till left that was killed
        // before its first sync could be gone after a power cut, with all that was synced into it since.
        self.disk.sync_dir(&self.dir).map_err(DatabaseError::directory)?;
        Ok(connection)
    }

    /// Opens a file to read beside its writer.
    ///
    /// # Errors
    /// `Disk`.
    pub fn open_reader(&self, file: DatabaseFile) -> Result<Connection, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = self.connect(file, flags)?;
        connection.execute_batch(
            "pragma query_only = on;
         pragma trusted_schema = off;
         pragma mmap_size = 0;
         pragma busy_timeout = 5000;",
        )?;
        connection.pragma_update(None, "cache_size", -reader_cache_kib(file))?;
        keep_plans(&connection)?;
        Ok(connection)
    }

    /// Opens a file that nobody has open, to look at it before its writer does. Not to read only: what a power cut left
    /// half done, SQLite sets right first, and for that it has to write.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn open_as_it_is(&self, file: DatabaseFile) -> Result<Connection, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = self.connect(file, flags)?;
        // The log stays the writer's.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(connection)
    }

    fn connect(&self, file: DatabaseFile, flags: OpenFlags) -> Result<Connection, DatabaseError> {
        connect(self.disk.as_ref(), &self.path(file), flags)
    }
}

/// Opens a file of SQLite on its disk.
///
/// # Errors
/// `Disk`.
pub fn connect(disk: &dyn Disk, path: &Path, flags: OpenFlags) -> Result<Connection, DatabaseError> {
    Ok(match disk.vfs() {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs)?,
        None => Connection::open_with_flags(path, flags)?,
    })
}

/// Gives an empty file the tables of a ledger.
///
/// # Errors
/// `Migration`, `Disk`, `Full`.
pub fn migrate_ledger(disk: &dyn Disk, connection: &mut Connection) -> Result<(), DatabaseError> {
    DatabaseFile::Ledger.runner(disk).set_grouped(true).run(connection)?;
    Ok(())
}

/// The version of its tables a ledger has; `None` for a file without any.
///
/// # Errors
/// `Disk`.
pub fn ledger_version(connection: &Connection) -> Result<Option<i64>, DatabaseError> {
    let named = "select count(*) from sqlite_schema where name = 'refinery_schema_history'";
    if connection.query_row(named, [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(None);
    }
    Ok(connection.query_row("select max(version) from refinery_schema_history", [], |row| row.get(0))?)
}

/// The version of its tables this program brings a ledger to.
pub fn ledger_version_known(disk: &dyn Disk) -> i64 {
    let migrations = DatabaseFile::Ledger.runner(disk);
    let versions = migrations.get_migrations().iter().map(|migration| i64::from(migration.version()));
    versions.max().unwrap_or(0)
}

/// Lets a file have a log. SQLite does not call it an error when there can be none, and answers before it has tried: only
/// the step after the answer writes. Without the log a commit would not be durable when it returns.
fn begin_log(connection: &Connection) -> Result<(), DatabaseError> {
    let mut statement = connection.prepare("pragma journal_mode = wal")?;
    let journals = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    if journals == ["wal"] { Ok(()) } else { Err(DatabaseError::NoLog) }
}

/// Keeps every statement and its plan. Without the plan's stability SQLite prepares a statement anew whenever a value
/// that might have changed its plan is bound, such as the one behind `limit`.
fn keep_plans(connection: &Connection) -> Result<(), DatabaseError> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}
