//! The terminal's SQLite: the only crate that knows SQL on a terminal.
//!
//! [`Database::write`] is the one write door: one closure, one transaction. [`Database::read`] runs beside it on
//! read-only connections. Each file has one writer that owns its connection.

pub mod account;
pub mod archive;
pub mod backup;
pub mod error;

mod connection;
pub mod disk;
pub mod guard;
mod writer;
pub mod wrong_pin;

mod ledger;
pub use ledger::{Appended, Durability, Head, LedgerTx, Purpose};

mod reader;
pub use reader::Reader;

pub mod audit;
pub mod change_set;
pub mod counters;
pub mod customer;
pub mod dump;
mod erasure;
pub mod fact;
pub mod health;
pub mod history;
pub mod import;
pub mod invoice;
pub mod mail;
pub mod payment;
pub mod print_queue;
pub mod product;
pub mod record;
mod repaid;
pub mod report;
pub mod request;
pub mod restore;
pub mod returned;
pub mod sale;
pub mod search;
pub mod shift;
mod signature;
pub mod soundness;
pub mod suspended;
pub mod tail;
mod training;
pub mod verify;

mod catalog;
mod project;

#[cfg(test)]
mod plans;

use backup::{BackupFailure, Pepper};
use catalog::CatalogState;
use connection::{DatabaseFile, Files};
use disk::Disk;
use domain::ids::TerminalId;
use domain::time::Moment;
use error::DatabaseError;
use ledger::LedgerState;
use reader::Readers;
use std::any::Any;
use std::path::Path;
use std::sync::Arc;
use wire::fact::LedgerOpened;
use wire::fact::header::Salt;
use writer::Writer;

/// Makes a fresh salt for each payload and personal value.
pub type Salts = Box<dyn FnMut() -> Salt + Send>;

/// The files of a terminal, open.
pub struct Database {
    files: Files,
    readers: Readers,
    catalog: Writer<CatalogState>,
    ledger: Writer<LedgerState>,
    // Held until everything above is closed: one process per data directory.
    _lock: Box<dyn Any + Send + Sync>,
}

impl Database {
    /// Opens the files in `dir`, creating and migrating them as needed, and brings the catalogue up to the ledger.
    ///
    /// # Errors
    /// As [`Database::open_with`].
    pub fn open(dir: &Path, disk: Arc<dyn Disk>, salts: Salts) -> Result<Self, DatabaseError> {
        Self::open_with(dir, disk, &|_| None, salts)
    }

    /// The same. A restore that was decided is finished first; a ledger that is going to be migrated is backed up first,
    /// with what `pepper` answers for its terminal.
    ///
    /// # Errors
    /// `InUse` when another process has the directory; `NewerVersion`; `NotBackedUp`; `Disk`, `Full`.
    pub fn open_with(
        dir: &Path,
        disk: Arc<dyn Disk>,
        pepper: &dyn Fn(TerminalId) -> Option<Pepper>,
        salts: Salts,
    ) -> Result<Self, DatabaseError> {
        disk.create_dir(dir).map_err(DatabaseError::directory)?;
        let lock = disk.lock(dir).map_err(DatabaseError::directory)?.ok_or(DatabaseError::InUse)?;
        restore::finish(disk.as_ref(), dir).map_err(DatabaseError::directory)?;
        let files = Files::of(dir, disk)?;
        catalog::generation::clear(files.disk.as_ref(), dir, files.generation())
            .map_err(DatabaseError::of_disk)?;
        backup::before_migration(&files, &dir.join(backup::FOLDER), pepper)
            .map_err(BackupFailure::before_migration)?;
        let ledger = LedgerState::open(&files, salts)?;
        let catalog = CatalogState::open(&files)?;
        let database = Self {
            readers: Readers::new(&files),
            files,
            catalog: Writer::new(catalog),
            ledger: Writer::new(ledger),
            _lock: lock,
        };
        change_set::clear(database.files.disk.as_ref(), &database.files.dir)
            .map_err(DatabaseError::of_disk)?;
        database.apply_catalog()?;
        database.catalog.run(CatalogState::mend)??;
        Ok(database)
    }

    /// Where the log of a purpose stands, or `None` before [`Database::begin_log`].
    ///
    /// # Errors
    /// `Stopped` after a crash of the writer.
    pub fn head(&self, purpose: Purpose) -> Result<Option<Head>, DatabaseError> {
        self.ledger.run(move |state| state.head(purpose))
    }

    /// Where the log that counts stands on the disk for certain: it may lag behind [`Database::head`], and is `None` until
    /// a commit has waited for the disk.
    ///
    /// # Errors
    /// `Stopped` after a crash of the writer.
    pub fn durable_head(&self) -> Result<Option<Head>, DatabaseError> {
        self.ledger.run(|state| state.durable_head())
    }

    /// Begins a log with its first fact; the one that counts, or with the reason `training` the other.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn begin_log(&self, opened: LedgerOpened, moment: Moment) -> Result<(), DatabaseError> {
        self.ledger.run(move |state| state.begin_log(opened, moment))?
    }

    /// Goes on with what the file holds after [`DatabaseError::HeadLost`]. A new log has to begin next.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn accept_loss(&self) -> Result<(), DatabaseError> {
        self.ledger.run(LedgerState::accept_loss)?
    }

    /// Refuses every write from here on, since another ledger is about to take this one's place.
    ///
    /// # Errors
    /// `Stopped` after a crash of the writer.
    pub fn seal(&self) -> Result<(), DatabaseError> {
        self.ledger.run(|state| state.seal(true))
    }

    /// Takes [`Database::seal`] back: the other ledger did not come.
    ///
    /// # Errors
    /// `Stopped` after a crash of the writer.
    pub fn unseal(&self) -> Result<(), DatabaseError> {
        self.ledger.run(|state| state.seal(false))
    }

    /// What tells `ledger.db` from a copy of it ([`Disk::file_mark`]).
    ///
    /// # Errors
    /// `Directory`.
    pub fn file_mark(&self) -> Result<u64, DatabaseError> {
        let path = self.files.dir.join(DatabaseFile::Ledger.name());
        self.files.disk.file_mark(&path).map_err(DatabaseError::directory)
    }

    /// Runs `job` in one transaction of the ledger. When it returns `Ok`, everything it did is committed, and on disk if
    /// `durability` says so; when it returns `Err`, nothing of it happened.
    ///
    /// # Errors
    /// What `job` returns; `Disk`, `Full` when the commit fails.
    pub fn write<T, E>(
        &self,
        durability: Durability,
        moment: Moment,
        job: impl FnOnce(&mut LedgerTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        self.write_for(Purpose::Selling, durability, moment, job)
    }

    /// As [`Database::write`], into the log of a purpose.
    ///
    /// # Errors
    /// As [`Database::write`]; `Value` before that log has begun.
    pub fn write_for<T, E>(
        &self,
        purpose: Purpose,
        durability: Durability,
        moment: Moment,
        job: impl FnOnce(&mut LedgerTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        let written = self.ledger.run(move |state| state.write(purpose, durability, moment, job))?;
        if written.is_err() {
            // After a disk fault the writer opens its file anew; a reader that lingers would keep the old log alive.
            self.readers.close();
        }
        written
    }

    /// As [`Database::write`], into the log to train on.
    ///
    /// # Errors
    /// As [`Database::write_for`].
    pub fn train<T, E>(
        &self,
        moment: Moment,
        job: impl FnOnce(&mut LedgerTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        self.write_for(Purpose::Training, Durability::Durable, moment, job)
    }

    /// Runs `job` on a read-only connection that sees the last commit.
    ///
    /// # Errors
    /// What `job` returns; `Disk` when no connection can be opened.
    pub fn read<T, E: From<DatabaseError>>(&self, job: impl FnOnce(&Reader) -> Result<T, E>) -> Result<T, E> {
        self.readers.with(job)
    }

    /// Applies the ledger's record changes to the catalogue, to the last one. A record's command waits for this.
    ///
    /// # Errors
    /// `Disk`, `Full`; `Payload` when a fact cannot be read.
    pub fn apply_catalog(&self) -> Result<(), DatabaseError> {
        let before = self.files.generation();
        self.catalog.run(CatalogState::apply)??;
        if self.files.generation() != before {
            self.readers.close();
        }
        Ok(())
    }

    /// Counts the lines of at most `sales_max` sales that were not counted yet, so that the search shows first what is sold
    /// most. Returns whether more wait.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn count_sold(&self, sales_max: u32) -> Result<bool, DatabaseError> {
        self.catalog.run(move |state| state.count_sold(sales_max))?
    }

    /// Folds at most `facts_max` facts into the deferred projections. Returns whether more wait.
    ///
    /// # Errors
    /// `Disk`, `Full`; `Payload` when a fact cannot be read.
    pub fn fold(&self, facts_max: u32, moment: Moment) -> Result<bool, DatabaseError> {
        self.write(Durability::Draft, moment, move |tx| tx.fold(facts_max))
    }

    /// Empties every projection and writes it anew from the facts, in arrival order.
    ///
    /// # Errors
    /// `Disk`, `Full`; `Payload` when a fact cannot be read.
    pub fn rebuild(&self, moment: Moment) -> Result<(), DatabaseError> {
        self.rebuild_ledger(moment)?;
        self.catalog.run(CatalogState::rebuild)?
    }

    /// Empties the projections that stand beside the facts, in one transaction, and writes them anew.
    ///
    /// # Errors
    /// As [`Database::rebuild`].
    pub fn rebuild_ledger(&self, moment: Moment) -> Result<(), DatabaseError> {
        self.write(Durability::Durable, moment, |tx: &mut LedgerTx<'_>| -> Result<(), DatabaseError> {
            tx.rebuild()
        })
    }

    /// Lets the writers do by themselves what can wait, on threads of their own. Without it that is done when asked
    /// ([`Database::settle`]), so that a test decides when.
    pub fn keep(&self) {
        self.catalog.keep("catalog");
        self.ledger.keep("ledger");
    }

    /// Does now what the ledger's writer does when idle: makes drafts durable and checkpoints.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn settle(&self) -> Result<(), DatabaseError> {
        self.ledger.run(LedgerState::settle)?
    }
}
