//! What a terminal does: one function per operation, and the workers that keep promises made by committed rows.
//!
//! [`Terminal::call`] is the one entrance, whatever the door. Read `wire::operations` for what can be called, then the
//! module of the noun: `sale.complete` is `sale::complete`.

pub mod surroundings;
pub use surroundings::{Clock, IdSource, Surroundings};

pub mod hub_link;
pub mod mail_link;

mod act;
mod ask;
mod call;
pub mod caller;
pub use caller::{Caller, Door};
mod dispatch;
mod entrance;
mod error;
mod fallback;
pub use error::{Error, OpenError};
mod fault;

pub mod log;

pub mod key;

mod pin;
pub mod places;
mod texts;
mod tile;

mod backup;
pub use database::backup::BackupFailure;
mod account;
mod audit;
mod category;
mod code;
mod customer;
mod device;
mod drawer;
mod export;
mod health;
mod import;
mod invoice;
mod made_file;
mod mail;
pub use made_file::MadeFile;
pub mod new_pin;
mod operator;
mod payment;
mod press;
mod price_list;
mod print_job;
mod product;
pub mod rebuild;
mod receipt;
mod record;
mod report;
mod reserve;
pub mod restore;
pub use reserve::DiskLow;
mod role;
mod sale;
mod scanner;
mod session;
mod settings;
mod shift;
mod shop;
mod spreadsheet;
mod start;
mod stock;
mod tail;
pub use start::{REPLACED_MARK, RESTORED_MARK, Started};
mod tax_category;
mod training;

pub mod blob;
pub mod demo;
pub mod verify;

pub mod workers;
pub use workers::Workers;

use blob::Blobs;
use database::error::DatabaseError;
use database::{Database, Durability, Purpose, Reader};
use domain::error::Coded;
use domain::ids::{StoreId, TerminalId};
use domain::time::{BusinessDay, Moment};
use pin::Pins;
use serde::Serialize;
use start::Start;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use wire::envelope::{Changed, Topic};
use wire::error::ErrorBody;
use wire::fact::OpenReason;
use wire::record::Entity;

/// How a terminal is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where its files are.
    pub data_dir: PathBuf,
    /// Where what must not lie beside them is (the pepper of the PINs), in a folder for each terminal; `None` is the
    /// user's state directory.
    pub guard_dir: Option<PathBuf>,
    /// Whether this is the demo shop, whose PINs are no secret.
    pub demo: bool,
}

/// One selling station, open.
pub struct Terminal {
    options: Options,
    surroundings: Surroundings,
    database: Database,
    blobs: Blobs,
    pins: Pins,
    pin_guard: session::PinGuard,
    id: TerminalId,
    store: StoreId,
    guards: PathBuf,
    started: Mutex<Started>,
    tail: tail::TailCheck,
    key: key::HeadKey,
    refusals: audit::Refusals,
    listeners: Mutex<Vec<Sender<Changed>>>,
    people_version: std::sync::atomic::AtomicU64,
    /// The hour at which the business day turns, as the shop's settings say: every call asks.
    day_turns_at: std::sync::atomic::AtomicU8,
    /// Whether the head is to be signed without waiting for quiet: a shift was closed.
    sign_due: std::sync::atomic::AtomicBool,
    /// Held while a record of the catalogue is judged and changed: its state is in another file than its facts.
    catalog_changes: Mutex<()>,
    scanner: caller::ScannerOwner,
    devices: device::Statuses,
    faults: fault::Faults,
    reserve: reserve::Reserve,
    backups: backup::Backups,
    imports: import::Imports,
    exports: export::Exports,
    press: press::LazyPress,
    mail: mail::Mail,
    settings: settings::KeptSettings,
    wake: workers::Wake,
}

impl Terminal {
    /// Opens a terminal's files, creating them for a new one.
    ///
    /// # Errors
    /// `ledger.in_use`, `ledger.newer_version`, `ledger.disk_fault`, `ledger.disk_full`.
    pub fn open(options: Options, surroundings: Surroundings) -> Result<Arc<Self>, OpenError> {
        let guards = options.guard_dir.clone().or_else(places::guard_dir).ok_or(OpenError::NoHome)?;
        let pepper = |id| {
            Pins::found(surroundings.disk.as_ref(), &start::guard_dir(&guards, id))
                .inspect_err(|error| tracing::warn!(%error, "the pepper cannot be read"))
                .ok()
                .flatten()
        };
        let now = surroundings.clock.now();
        let (database, started) = fallback::open_or_mend(&options.data_dir, &surroundings, || {
            let (ids, disk) = (Arc::clone(&surroundings.ids), Arc::clone(&surroundings.disk));
            let salts = Box::new(move || ids.salt());
            let database = Database::open_with(&options.data_dir, disk, &pepper, salts)?;
            let start = Start {
                database: &database,
                surroundings: &surroundings,
                data_dir: &options.data_dir,
                guards: &guards,
                now,
            };
            let started = start.settle()?;
            Ok((database, started))
        })?;
        let head = database.head(Purpose::Selling)?.ok_or(DatabaseError::HeadLost)?;
        let (id, store) = (head.identity.terminal, head.identity.store);
        let old = now.wall.plus_ms(-KEPT_MS);
        database.write(Durability::Draft, now, move |tx| {
            tx.forget_requests(old)?;
            tx.forget_print_jobs(old)?;
            tx.forget_letters(old)
        })?;
        let (disk, ids) = (surroundings.disk.as_ref(), surroundings.ids.as_ref());
        if let Some(pepper) = database::restore::staged_pepper(disk, &options.data_dir)? {
            Pins::place(disk, &start::guard_dir(&guards, id), &pepper)?;
            database::restore::pepper_is_placed(disk, &options.data_dir)?;
        }
        let has_people = !database.read(|reader: &Reader| reader.records(Entity::Operator))?.is_empty();
        let pins = Pins::open(disk, &start::guard_dir(&guards, id), ids, has_people, || {
            backup::newest_pepper(&options.data_dir, disk, &database, id)
        })?;
        let pin_guard = session::PinGuard::of(&database, now)?;
        let blobs = Blobs::open(&options.data_dir, Arc::clone(&surroundings.disk))?;
        let reserve = reserve::Reserve::of(&options.data_dir);
        let terminal = Self {
            options,
            surroundings,
            database,
            blobs,
            pins,
            pin_guard,
            id,
            store,
            guards,
            started: Mutex::new(started),
            tail: tail::TailCheck::default(),
            key: key::HeadKey::default(),
            refusals: audit::Refusals::default(),
            listeners: Mutex::default(),
            people_version: 1.into(),
            day_turns_at: 0.into(),
            sign_due: false.into(),
            catalog_changes: Mutex::default(),
            scanner: caller::ScannerOwner::default(),
            devices: device::Statuses::default(),
            faults: fault::Faults::default(),
            reserve,
            backups: backup::Backups::default(),
            imports: import::Imports::default(),
            exports: export::Exports::default(),
            press: press::LazyPress::default(),
            mail: mail::Mail::default(),
            settings: settings::KeptSettings::default(),
            wake: workers::Wake::default(),
        };
        terminal.read_day();
        Ok(Arc::new(terminal))
    }

    /// A new caller that is not signed on: one for each window, cookie or script.
    pub fn connect(&self, door: Door) -> Arc<Caller> {
        let caller = Arc::new(Caller::new(door));
        if door == Door::Window {
            self.scanner.claim(&caller);
        }
        caller
    }

    /// Makes the body of an error found at a door, with a reference that stands in the log too.
    pub fn refusal<E: Coded + Serialize>(&self, error: &E) -> ErrorBody {
        let body = error::body(error, error, &self.surroundings);
        self.note_fault(&body, fault::Place::Beside("a door"), None);
        body
    }

    /// Tells what changed, after each commit, until the receiver is dropped.
    pub fn subscribe(&self) -> Receiver<Changed> {
        let (sender, receiver) = channel();
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// Starts the threads that print, scan, fold and sync.
    pub fn start_workers(self: &Arc<Self>) -> Workers {
        Workers::start(self)
    }

    /// Where the files are.
    pub fn data_dir(&self) -> &Path {
        &self.options.data_dir
    }

    /// Whether calls can be answered: the files are open and the writer runs.
    pub fn is_ready(&self) -> bool {
        self.database.head(Purpose::Selling).is_ok()
    }

    /// The pictures.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// Whether this is the demo shop.
    pub fn is_demo(&self) -> bool {
        self.options.demo
    }

    /// Names and PINs of the demo shop's operators; none in a real shop.
    pub fn demo_pins(&self) -> Vec<(String, String)> {
        if self.options.demo { demo::pins() } else { Vec::new() }
    }

    /// The files, for tests and benches that look underneath.
    pub fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) fn announce(&self, topics: &[Topic]) {
        if topics.is_empty() {
            return;
        }
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(Changed { topics: topics.to_vec() }).is_ok());
    }

    /// The business day of a moment in this shop.
    pub(crate) fn day_of(&self, moment: &Moment) -> BusinessDay {
        BusinessDay::turning_at(self.day_turns_at.load(Ordering::Relaxed), moment)
    }

    /// Reads anew when this shop's day turns. A shop that is not set up has no day yet.
    pub(crate) fn read_day(&self) {
        match self.database.read(|reader| ask::shop(self, reader)) {
            Ok((_, shop)) => self.day_turns_at.store(shop.shift.day_turns_at, Ordering::Relaxed),
            Err(Error::Settings(_)) => {}
            Err(error) => self.broke("the shop's day could not be read", &error),
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.surroundings.clock.now()
    }

    /// What was found at the start, or when the disk failed since.
    pub fn started(&self) -> Started {
        self.started.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn start(&self) -> Start<'_> {
        Start {
            database: &self.database,
            surroundings: &self.surroundings,
            data_dir: &self.options.data_dir,
            guards: &self.guards,
            now: self.now(),
        }
    }

    /// Begins a new log because the one on disk can no longer be continued, and goes on selling.
    pub(crate) fn reincarnate(&self, reason: OpenReason) -> Result<(), OpenError> {
        let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
        *started = self.start().reincarnate(reason)?;
        Ok(())
    }
}

/// How long a request is answered again and a done print job is remembered: 30 days, longer than any client retries.
const KEPT_MS: i64 = 30 * 86_400_000;
