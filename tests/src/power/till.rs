//! A till on a simulated disk, whose workers take a step when told.

use crate::surroundings::{ScriptClock, SeededIds};
use devices::transport::{CloseError, Closed, ReadError, WriteError};
use devices::{Devices, Found, OpenError as LineError, ScannerPort, SimulatedDevices, Sound, Transport};
use domain::device::{PrinterSettings, ScannerSettings};
use serde::de::DeserializeOwned;
use serde_json::Value;
use simulated_disk::{Migration, SimulatedDisk};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tempfile::TempDir;
use terminal::hub_link::NoHub;
use terminal::key::NoKeyStore;
use terminal::mail_link::NoNetwork;
use terminal::workers::Next;
use terminal::workers::backup::BackupKeeper;
use terminal::workers::folder::Folder;
use terminal::workers::guard::GuardKeeper;
use terminal::workers::import::Importer;
use terminal::workers::room::RoomKeeper;
use terminal::workers::signer::HeadSigner;
use terminal::workers::spooler::Spooler;
use terminal::{Caller, OpenError, Options, Surroundings, Terminal};
use wire::envelope::Envelope;

/// Where a till lies: the simulated disk has files of these names. Pictures and
/// files that were uploaded are no part of it and lie there in truth.
pub struct Ground {
    _dir: TempDir,
    /// The data directory.
    pub data: PathBuf,
    /// The directory of the guards.
    pub guard: PathBuf,
}

impl Ground {
    /// A fresh one.
    ///
    /// # Errors
    /// When no directory can be made.
    pub fn new() -> Result<Self, String> {
        let dir = TempDir::new().map_err(|error| error.to_string())?;
        let data = dir.path().join("data");
        std::fs::create_dir(&data).map_err(|error| error.to_string())?;
        let guard = dir.path().join("guard");
        Ok(Self { _dir: dir, data, guard })
    }
}

/// Which program works on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The one that is there.
    Released,
    /// A later one, with other tables.
    Newer,
}

impl Program {
    fn migrations(self) -> &'static [Migration] {
        match self {
            Self::Released => &[],
            Self::Newer => &MIGRATIONS,
        }
    }
}

/// What the newer program brings the files to: tables that are filled, and columns and indexes of those that are there.
/// Nothing else asks for them.
const MIGRATIONS: [Migration; 2] = [
    Migration {
        file: "ledger.db",
        name: "V9001__every_envelope_twice",
        sql: "create table envelope_copy (arrival integer primary key, envelope blob not null) strict;
              insert into table_class (name, class) values ('envelope_copy', 'working');
              insert into envelope_copy (arrival, envelope) select arrival, envelope from fact order by arrival;
              create index envelope_copy_order on envelope_copy (envelope);
              alter table print_job add column place text;",
    },
    Migration {
        file: "catalog.db",
        name: "V9001__codes_by_length",
        sql: "create index code_by_length on code (length(code));",
    },
];

/// What is kept free for a full disk: little, since it lies in memory.
const RESERVE_BYTES: u64 = 4_096;

/// What a printer was sent, and after which operation of the disk.
pub type Sheet = (u64, Vec<u8>);

/// A printer that notes when it prints.
pub struct Paper {
    disk: SimulatedDisk,
    others: SimulatedDevices,
    sheets: Mutex<Vec<Sheet>>,
}

impl Paper {
    /// What was printed so far.
    pub fn sheets(&self) -> Vec<Sheet> {
        self.sheets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The devices hold the paper, so that the line to it can.
struct Desk(Arc<Paper>);

impl Devices for Desk {
    fn open_printer(&self, _settings: &PrinterSettings) -> Result<Box<dyn Transport>, LineError> {
        Ok(Box::new(Line(Arc::clone(&self.0))))
    }

    fn open_scanner(&self, settings: &ScannerSettings) -> Result<Box<dyn ScannerPort>, LineError> {
        self.0.others.open_scanner(settings)
    }

    fn open_drawer(&self, port: &str, baud: u32) -> Result<Box<dyn Transport>, LineError> {
        self.0.others.open_drawer(port, baud)
    }

    fn found(&self) -> Vec<Found> {
        self.0.others.found()
    }

    fn sound(&self, sound: Sound) {
        self.0.others.sound(sound);
    }

    fn serial_ports(&self) -> Vec<String> {
        Vec::new()
    }
}

struct Line(Arc<Paper>);

impl Transport for Line {
    fn write(&mut self, bytes: &[u8], _deadline: Instant) -> Result<(), WriteError> {
        let sheet = (self.0.disk.operations(), bytes.to_vec());
        self.0.sheets.lock().unwrap_or_else(PoisonError::into_inner).push(sheet);
        Ok(())
    }

    fn read(&mut self, _buffer: &mut [u8], _deadline: Instant) -> Result<usize, ReadError> {
        Ok(0)
    }

    fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
        Ok(Closed::Drained)
    }
}

/// A till that runs on a simulated disk.
pub struct PowerTill {
    /// The terminal.
    pub terminal: Arc<Terminal>,
    /// Its disk.
    pub disk: SimulatedDisk,
    /// Its time.
    pub clock: Arc<ScriptClock>,
    /// Its printer.
    pub paper: Arc<Paper>,
    spooler: Spooler,
    folder: Folder,
    keeper: GuardKeeper,
    signer: HeadSigner,
    room: RoomKeeper,
    backup: BackupKeeper,
    importer: Importer,
}

impl PowerTill {
    /// Starts the till: the `boot`th run of the machine, so long after the beginning of the day.
    ///
    /// # Errors
    /// What keeps it from opening.
    pub fn start(
        ground: &Ground,
        disk: &SimulatedDisk,
        program: Program,
        boot: u64,
        passed_ms: i64,
    ) -> Result<Self, OpenError> {
        disk.migrate(program.migrations());
        let clock = Arc::new(ScriptClock::new(boot, passed_ms));
        let paper =
            Arc::new(Paper { disk: disk.clone(), others: SimulatedDevices::new(), sheets: Mutex::default() });
        let surroundings = Surroundings {
            clock: Arc::clone(&clock) as _,
            ids: Arc::new(SeededIds::new(boot)),
            devices: Arc::new(Desk(Arc::clone(&paper))),
            hub: Arc::new(NoHub),
            mail: Arc::new(NoNetwork),
            disk: Arc::new(disk.clone()),
            keys: Arc::new(NoKeyStore),
            machine: "the till of the day".to_owned(),
        };
        let options =
            Options { data_dir: ground.data.clone(), guard_dir: Some(ground.guard.clone()), demo: false };
        let terminal = Terminal::open(options, surroundings)?;
        Ok(Self {
            spooler: Spooler::new(Arc::clone(&terminal)),
            folder: Folder::new(Arc::clone(&terminal)),
            keeper: GuardKeeper::new(Arc::clone(&terminal)),
            signer: HeadSigner::new(Arc::clone(&terminal)),
            backup: BackupKeeper::new(Arc::clone(&terminal), Arc::default()),
            importer: Importer::new(Arc::clone(&terminal)),
            room: RoomKeeper::with_reserve(Arc::clone(&terminal), RESERVE_BYTES),
            terminal,
            disk: disk.clone(),
            clock,
            paper,
        })
    }

    /// Sends a call and reads its answer.
    ///
    /// # Errors
    /// What the till refused.
    pub fn send<A: DeserializeOwned>(&self, caller: &Arc<Caller>, envelope: &Envelope) -> Result<A, String> {
        let operation = &envelope.operation;
        let answer = self.terminal.call(caller, envelope).map_err(|body| format!("{operation}: {body}"))?;
        serde_json::from_str(answer.get()).map_err(|error| format!("{operation}: {error}"))
    }

    /// Asks a question.
    ///
    /// # Errors
    /// What the till refused.
    pub fn ask(&self, caller: &Arc<Caller>, operation: &str, request: &Value) -> Result<Value, String> {
        let payload = serde_json::value::to_raw_value(request).map_err(|error| error.to_string())?;
        let envelope = Envelope {
            request_id: None,
            operation: operation.to_owned(),
            payload,
            approval: None,
            screen: None,
        };
        self.send(caller, &envelope)
    }

    /// Prints what waits.
    pub fn print(&mut self) {
        while self.spooler.step() == Next::Again {}
    }

    /// Folds what waits.
    pub fn fold(&mut self) {
        while self.folder.step() == Next::Again {}
    }

    /// Lets the guard remember.
    pub fn guard(&mut self) {
        self.keeper.step();
    }

    /// Makes the backup that somebody asked for.
    pub fn back_up(&mut self) {
        while self.backup.step() == Next::Again {}
    }

    /// Checks or makes the import that somebody asked for.
    pub fn import(&mut self) {
        while self.importer.step() == Next::Again {}
    }

    /// Looks whether there is room on the disk, and keeps some free.
    pub fn keep_room(&mut self) {
        self.room.step();
    }

    /// Signs the head, two seconds after the last fact.
    pub fn sign(&mut self) {
        self.signer.step();
        self.clock.pass(3_000);
        self.signer.step();
    }
}
