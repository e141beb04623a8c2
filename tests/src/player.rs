//! Plays a script on a real terminal: real SQLite files in a fresh directory, simulated devices, a clock that moves when
//! told. Owns the till and how it is called; what each act means is in `player/acts.rs`, what happens beside the answers
//! in `player/aftermath.rs`.

mod acts;
mod aftermath;
mod backups;
mod baskets;
mod plain;
mod records;
mod shift;

use crate::act::words;
use crate::script::Part;
use crate::surroundings::{ScriptClock, SeededIds};
use crate::transcript;
use aftermath::Aftermath;
use database::disk::SystemDisk;
use devices::SimulatedDevices;
use domain::currency::Currency;
use domain::error::{Code, Coded};
use domain::ids::{CustomerId, OperatorId, PriceListId, ProductId, RequestId, SaleId, TaxCategoryId};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;
use terminal::hub_link::{HubLink, NoHub, RefusingHub, SwallowingHub};
use terminal::key::NoKeyStore;
use terminal::mail_link::NoNetwork;
use terminal::workers::backup::BackupKeeper;
use terminal::workers::drawer::DrawerKicker;
use terminal::workers::scanner::ScannerWorker;
use terminal::workers::spooler::Spooler;
use terminal::workers::sync::Sync;
use terminal::{Caller, Door, Options, Surroundings, Terminal};
use wire::envelope::{Approval, Envelope};
use wire::error::ErrorBody;

/// How often an operation was called, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calls {
    /// Calls that were answered.
    pub answered: u32,
    /// Calls that a rule refused.
    pub refused: u32,
}

/// Which hub the till has. A transcript must not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hub {
    /// None.
    None,
    /// One that refuses every connection.
    Refusing,
    /// One that takes everything and never answers.
    Swallowing,
}

impl Hub {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::None, Self::Refusing, Self::Swallowing];
}

/// A till that plays scripts.
pub struct Player {
    dir: TempDir,
    hub: Hub,
    seed: u64,
    boots: u64,
    till: Option<Till>,
    devices: Arc<SimulatedDevices>,
    operators: BTreeMap<String, OperatorId>,
    tax_categories: BTreeMap<String, TaxCategoryId>,
    products: BTreeMap<String, ProductId>,
    price_lists: BTreeMap<String, PriceListId>,
    customers: BTreeMap<String, CustomerId>,
    currency: Currency,
    requests: u128,
    aftermath: Aftermath,
    last: Option<Envelope>,
    last_completed: Option<SaleId>,
    /// Answers that a script goes back to, by the names it gave them.
    kept: BTreeMap<String, Value>,
    /// By operation.
    calls: RefCell<BTreeMap<String, Calls>>,
    /// The payment that waited last: what is said of it twice is a case worth a script.
    last_payment: Value,
    last_paper: Option<uuid::Uuid>,
    /// Codes of goods that baskets are filled from, and the receipts of what was sold so.
    shelf: Vec<String>,
    receipts: Vec<String>,
}

/// How often a data directory that is in use is tried again, each time giving way to others.
const OPEN_TRIES: u32 = 100_000;

struct Till {
    terminal: Arc<Terminal>,
    caller: Arc<Caller>,
    clock: Arc<ScriptClock>,
    spooler: Spooler,
    drawer: DrawerKicker,
    scanner: ScannerWorker,
    sync: Sync,
    backups: BackupKeeper,
}

/// What an act did: lines of the transcript, or why the script itself is wrong.
type Played = Result<Vec<String>, String>;

impl Player {
    /// A till on a fresh data directory.
    ///
    /// # Errors
    /// When the directory or the till cannot be made.
    pub fn new(hub: Hub, seed: u64) -> Result<Self, String> {
        let mut player = Self {
            dir: TempDir::new().map_err(|error| error.to_string())?,
            hub,
            seed,
            boots: 0,
            till: None,
            devices: Arc::new(SimulatedDevices::new()),
            operators: BTreeMap::new(),
            tax_categories: BTreeMap::new(),
            products: BTreeMap::new(),
            price_lists: BTreeMap::new(),
            customers: BTreeMap::new(),
            currency: Currency::parse("EUR").ok_or("EUR is a currency")?,
            requests: 0,
            aftermath: Aftermath::default(),
            last: None,
            last_completed: None,
            kept: BTreeMap::new(),
            calls: RefCell::default(),
            last_payment: Value::Null,
            last_paper: None,
            shelf: Vec::new(),
            receipts: Vec::new(),
        };
        player.open(0)?;
        let terminal = Arc::clone(player.terminal()?);
        player.aftermath.skip_facts(&terminal)?;
        Ok(player)
    }

    /// Plays every act of a script and returns what happened at each.
    ///
    /// # Errors
    /// The line of an act that cannot be understood, with the reason.
    pub fn play(&mut self, parts: &[Part]) -> Result<Vec<Vec<String>>, String> {
        let mut happened = Vec::new();
        for part in parts {
            if let Part::Act { line, text, .. } = part {
                let answer = self.act(text).map_err(|error| format!("line {line}: {error}"))?;
                happened.push(answer);
            }
        }
        Ok(happened)
    }

    /// The terminal that plays.
    ///
    /// # Errors
    /// When it is off.
    pub fn terminal(&self) -> Result<&Arc<Terminal>, String> {
        Ok(&self.till()?.terminal)
    }

    /// Every operation that was called, and what became of the calls.
    pub fn calls(&self) -> BTreeMap<String, Calls> {
        self.calls.borrow().clone()
    }

    /// Through the window's door, counted.
    fn enter(&self, till: &Till, envelope: &Envelope) -> Result<Box<RawValue>, ErrorBody> {
        let answer = till.terminal.call(&till.caller, envelope);
        let mut calls = self.calls.borrow_mut();
        let counted = calls.entry(envelope.operation.clone()).or_default();
        match answer {
            Ok(_) => counted.answered += 1,
            Err(_) => counted.refused += 1,
        }
        answer
    }

    fn till(&self) -> Result<&Till, String> {
        self.till.as_ref().ok_or_else(|| "the till is off".to_owned())
    }

    fn open(&mut self, passed_ms: i64) -> Result<(), String> {
        self.boots += 1;
        let clock = Arc::new(ScriptClock::new(self.boots, passed_ms));
        let hub: Arc<dyn HubLink> = match self.hub {
            Hub::None => Arc::new(NoHub),
            Hub::Refusing => Arc::new(RefusingHub::default()),
            Hub::Swallowing => Arc::new(SwallowingHub::default()),
        };
        let surroundings = || Surroundings {
            clock: Arc::clone(&clock) as _,
            ids: Arc::new(SeededIds::new(self.seed + self.boots)),
            devices: Arc::clone(&self.devices) as _,
            hub: Arc::clone(&hub),
            mail: Arc::new(NoNetwork),
            disk: Arc::new(SystemDisk),
            keys: Arc::new(NoKeyStore),
            machine: "a till of the scripts".to_owned(),
        };
        let options = || Options {
            data_dir: self.dir.path().join("data"),
            guard_dir: Some(self.dir.path().join("guard")),
            demo: false,
        };
        // Another test may be starting a program just now: until that runs, it shares this one's open files and their locks.
        let mut tries_left = OPEN_TRIES;
        let terminal = loop {
            match Terminal::open(options(), surroundings()) {
                Err(error) if error.code() == Code::LedgerInUse && tries_left > 0 => tries_left -= 1,
                opened => break opened.map_err(|error| error.to_string())?,
            }
            std::thread::yield_now();
        };
        let caller = terminal.connect(Door::Window);
        self.till = Some(Till {
            spooler: Spooler::new(Arc::clone(&terminal)),
            drawer: DrawerKicker::new(Arc::clone(&terminal)),
            scanner: ScannerWorker::new(Arc::clone(&terminal)),
            sync: Sync::new(Arc::clone(&terminal)),
            backups: BackupKeeper::new(Arc::clone(&terminal), Arc::default()),
            terminal,
            caller,
            clock,
        });
        Ok(())
    }

    /// Does one act and what the workers make of it.
    fn act(&mut self, text: &str) -> Played {
        let words = words(text)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.till()?.clock.pass(1_000);
        let mut happened = self.one(&words)?;
        if let Some(till) = self.till.as_mut() {
            happened.extend(self.aftermath.of(till, &self.devices)?);
        }
        Ok(happened)
    }

    fn ask<A: DeserializeOwned>(&self, operation: &str, request: Value) -> Result<A, ErrorBody> {
        let till = self.till().expect("queries are asked of a till that is on");
        let answer = self.enter(till, &envelope(operation, &request, None, None))?;
        Ok(parse(&answer))
    }

    fn query<A: DeserializeOwned>(
        &mut self,
        operation: &str,
        request: Value,
        show: impl FnOnce(A) -> Vec<String>,
    ) -> Played {
        Ok(match self.ask(operation, request) {
            Ok(answer) => show(answer),
            Err(body) => transcript::error(&body),
        })
    }

    fn command<A: DeserializeOwned>(
        &mut self,
        operation: &str,
        request: Value,
        approval: Option<Approval>,
        show: impl FnOnce(A) -> Vec<String>,
    ) -> Played {
        let (played, answer) = self.command_with(operation, request, approval)?;
        Ok(answer.map_or(played, show))
    }

    /// Calls a command; the transcript of a refusal, or the answer.
    fn command_with<A: DeserializeOwned>(
        &mut self,
        operation: &str,
        request: Value,
        approval: Option<Approval>,
    ) -> Result<(Vec<String>, Option<A>), String> {
        // The same request with an approval is the same call.
        let payload = request.to_string();
        let same = self.last.as_ref().filter(|last| {
            approval.is_some() && last.operation == operation && last.payload.get() == payload
        });
        let id = match same {
            Some(last) => last.request_id,
            None => {
                self.requests += 1;
                Some(RequestId(uuid::Uuid::from_u128(self.requests)))
            }
        };
        let envelope = envelope(operation, &request, id, approval);
        self.last = Some(envelope.clone());
        let till = self.till()?;
        Ok(match self.enter(till, &envelope) {
            Ok(answer) => (Vec::new(), Some(parse(&answer))),
            Err(body) => (transcript::error(&body), None),
        })
    }

    /// The last command once more, for the text of its refusal.
    fn last_refusal(&self) -> Vec<String> {
        let (Some(till), Some(envelope)) = (&self.till, &self.last) else { return Vec::new() };
        match self.enter(till, envelope) {
            Ok(_) => vec!["! the second call was not refused".to_owned()],
            Err(body) => transcript::error(&body),
        }
    }
}

fn envelope(operation: &str, request: &Value, id: Option<RequestId>, approval: Option<Approval>) -> Envelope {
    Envelope {
        request_id: id,
        operation: operation.to_owned(),
        payload: to_raw_value(request).expect("a JSON value is JSON"),
        approval,
        screen: None,
    }
}

fn parse<A: DeserializeOwned>(answer: &RawValue) -> A {
    serde_json::from_str(answer.get()).expect("an answer has the form the contract says")
}
