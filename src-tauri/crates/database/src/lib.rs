//! The terminal's SQLite: the only crate that knows SQL on a terminal.
//!
//! [`Database::write`] is the one write door: one closure, one transaction. [`Database::read`] runs beside it on
//! read-only connections. Each file has one writer that owns its connection.

pub mod error;

mod connection;
mod writer;

mod ledger;
pub use ledger::{Appended, Durability, LedgerTx};

mod reader;
pub use reader::Reader;

pub mod counters;
pub mod dump;
pub mod fact;
pub mod print_queue;
pub mod product;
pub mod record;
pub mod report;
pub mod request;
pub mod sale;

mod catalog;
mod project;

use catalog::CatalogState;
use domain::time::Moment;
use error::DatabaseError;
use ledger::LedgerState;
use reader::Readers;
use std::fs::File;
use std::path::Path;
use wire::fact::header::{LogIdentity, Salt};
use writer::Writer;

/// Makes a fresh salt for each payload and personal value.
pub type Salts = Box<dyn FnMut() -> Salt + Send>;

/// The files of a terminal, open.
pub struct Database {
    readers: Readers,
    catalog: Writer<CatalogState>,
    ledger: Writer<LedgerState>,
    // Held until everything above is closed: one process per data directory.
    _lock: File,
}

impl Database {
    /// Opens the files in `dir`, creating and migrating them as needed, and brings the catalogue up to the ledger.
    ///
    /// # Errors
    /// `InUse` when another process has the directory; `NewerVersion`; `Disk`, `Full`.
    pub fn open(dir: &Path, salts: Salts) -> Result<Self, DatabaseError> {
        std::fs::create_dir_all(dir).map_err(DatabaseError::directory)?;
        let lock = connection::lock(dir)?;
        let ledger = LedgerState::open(dir, salts)?;
        let catalog = CatalogState::open(dir)?;
        let readers = Readers::new(dir);
        let database = Self {
            readers,
            catalog: Writer::start("catalog", catalog),
            ledger: Writer::start("ledger", ledger),
            _lock: lock,
        };
        database.apply_catalog()?;
        Ok(database)
    }

    /// The log that is written, or `None` before [`Database::begin_log`].
    ///
    /// # Errors
    /// `Stopped` after a crash of the writer.
    pub fn log(&self) -> Result<Option<LogIdentity>, DatabaseError> {
        self.ledger.run(LedgerState::identity)
    }

    /// Begins the log of a new terminal with its first fact.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn begin_log(
        &self,
        identity: LogIdentity,
        series: String,
        moment: Moment,
    ) -> Result<(), DatabaseError> {
        self.ledger.run(move |state| state.begin_log(identity, &series, moment))?
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
        self.ledger.run(move |state| state.write(durability, moment, job))?
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
        self.catalog.run(CatalogState::apply)?
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
        self.write(Durability::Durable, moment, |tx: &mut LedgerTx<'_>| -> Result<(), DatabaseError> {
            tx.rebuild()
        })?;
        self.catalog.run(CatalogState::rebuild)?
    }

    /// Does now what the ledger's writer does when idle: makes drafts durable and checkpoints.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn settle(&self) -> Result<(), DatabaseError> {
        self.ledger.run(LedgerState::settle)?
    }
}
