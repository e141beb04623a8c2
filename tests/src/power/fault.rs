//! Lets the disk fail at every operation of some busy minutes that begin from saved moments of a day: the till never says
//! that something is saved which is not, never loses what it said was saved, and sells again once the disk does what it
//! is told, without being switched off.

use super::day::COLA;
use super::history::{Day, Who};
use super::recovery::{Clerks, Ledger, envelope, receipt_number};
use super::sweep::{Past, Tally, on_every_core, without_panic};
use super::till::{PowerTill, Program};
use crate::progress::Progress;
use database::Purpose;
use domain::error::Class;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use simulated_disk::{Fault, FaultKind, Image, SimulatedDisk, State};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use terminal::{Caller, Door};
use wire::envelope::Envelope;
use wire::fact::header::Hash;

/// Where the busy minutes begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// On an empty disk: the till starts for the first time and is set up.
    Nothing,
    /// After this many of the day's commands.
    Commands(usize),
    /// Where the part of the day that is cut begins.
    Part,
    /// Where a newer program is started for the first time: it brings the files to its version.
    NewerProgram,
    /// After this many of the day's commands: a backup is made, and takes the ledger's place.
    Restore(usize),
}

/// What came of the faults.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Faults {
    /// As for cuts.
    pub tally: Tally,
    /// Faults that were met: the others come after the last operation that asks for what is missing.
    pub struck: u64,
    /// Calls that were answered with a fault.
    pub refused: u64,
    /// Starts that the fault prevented.
    pub prevented: u64,
}

/// Fails at every operation after each beginning: in one way each, rotating, or in `every_way`. Goes on with the beginning
/// at which it was interrupted; ends with the one at which something was wrong.
///
/// # Errors
/// When the day cannot be played, or nobody can sign on; when the progress cannot be read or written.
pub fn run(
    play: fn() -> Result<Day, String>,
    beginnings: &[Beginning],
    every_way: bool,
    progress: &Progress,
) -> Result<Faults, String> {
    let mut done: Vec<Faults> = progress.done().map_err(|error| error.to_string())?;
    for beginning in beginnings.iter().skip(done.len()) {
        let faults = after(play, *beginning, every_way)?;
        let clean = faults.tally.faults.is_empty();
        done.push(faults);
        if !clean {
            break;
        }
        progress.note(&done).map_err(|error| error.to_string())?;
    }
    let mut all = Faults::default();
    for faults in done {
        all.tally.recoveries += faults.tally.recoveries;
        all.tally.faults.extend(faults.tally.faults);
        all.struck += faults.struck;
        all.refused += faults.refused;
        all.prevented += faults.prevented;
    }
    Ok(all)
}

fn after(play: fn() -> Result<Day, String>, beginning: Beginning, every_way: bool) -> Result<Faults, String> {
    let faults = Mutex::new(Faults::default());
    on_every_core(|turn, threads| {
        let day = play()?;
        let clerks = Clerks::of(&day)?;
        let state = beginning.state(&day)?;
        let minutes = Minutes { day: &day, clerks: &clerks, beginning };
        let length = minutes.play(state.clone(), None)?.operations;
        for at in (1..=length).skip(turn).step_by(threads) {
            let ways = FaultKind::ALL.len();
            let rotating = usize::try_from(at).unwrap_or(0) / threads % ways;
            for way in (0..ways).filter(|way| every_way || *way == rotating) {
                let fault = Fault { at, kind: FaultKind::ALL[way] };
                let mut seen = Seen::default();
                let checked = without_panic(|| {
                    seen = minutes.play(state.clone(), Some(fault))?;
                    Ok(())
                });
                let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
                faults.tally.note(checked, || format!("{beginning:?}, {:?} at {at}", fault.kind));
                faults.struck += u64::from(seen.struck);
                faults.refused += seen.refused;
                faults.prevented += u64::from(seen.prevented);
            }
        }
        Ok(())
    })?;
    Ok(faults.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Beginning {
    fn state(self, day: &Day) -> Result<State, String> {
        match self {
            Self::Nothing => Ok(State::default()),
            Self::Part => Ok(day.before.clone()),
            Self::NewerProgram => {
                let mut past = Past::of(day);
                past.go_to(day.newer_from.ok_or("the day has no newer program")? + 1);
                Ok(past.state)
            }
            Self::Commands(count) | Self::Restore(count) => {
                let call = count.checked_sub(1).and_then(|index| day.calls.get(index));
                let mut past = Past::of(day);
                past.go_to(call.ok_or("the day has fewer commands")?.to + 1);
                Ok(past.state)
            }
        }
    }
}

/// What was seen of some minutes.
#[derive(Debug, Default)]
struct Seen {
    operations: u64,
    struck: bool,
    refused: u64,
    prevented: bool,
}

/// Some busy minutes.
struct Minutes<'d> {
    day: &'d Day,
    clerks: &'d Clerks,
    beginning: Beginning,
}

impl Minutes<'_> {
    /// Plays them on a disk that fails, mends the disk, goes on, cuts the power, and looks whether every promise was kept.
    fn play(&self, state: State, fault: Option<Fault>) -> Result<Seen, String> {
        let disk = SimulatedDisk::of(state);
        disk.fail(fault);
        let caller = self.clerks.caller(Who::Ana).ok_or("nobody is there")?;
        let mut shop = Busy {
            minutes: self,
            disk: disk.clone(),
            till: None,
            starts: 0,
            caller: Arc::clone(caller),
            promised: Vec::new(),
            unanswered: Vec::new(),
            sheets: Vec::new(),
            put_back: false,
            refused: 0,
            prevented: false,
            struck: false,
            requests: 1 << 90,
        };
        shop.start()?;
        match self.beginning {
            Beginning::Nothing => {
                shop.caller = shop.till().terminal.connect(Door::Script);
                shop.set_up();
            }
            Beginning::Commands(_) | Beginning::Part | Beginning::NewerProgram => shop.work(),
            Beginning::Restore(_) => shop.put_back()?,
        }
        let operations = disk.operations();
        shop.struck |= disk.has_failed();
        disk.fail(None);
        shop.till().keep_room();
        shop.go_on()?;
        if self.beginning != Beginning::Nothing {
            shop.sell_once_more()?;
        }
        self.look(&mut shop)?;
        Ok(Seen { operations, struck: shop.struck, refused: shop.refused, prevented: shop.prevented })
    }

    fn start(&self, disk: &SimulatedDisk, boot: u64) -> Result<PowerTill, String> {
        let program = match self.beginning {
            Beginning::NewerProgram => Program::Newer,
            Beginning::Nothing | Beginning::Commands(_) | Beginning::Part | Beginning::Restore(_) => {
                Program::Released
            }
        };
        let passed_ms = self.day.passed_ms + 3_600_000 * i64::try_from(boot).unwrap_or(1);
        let till = PowerTill::start(&self.day.ground, disk, program, 20_000 + boot, passed_ms);
        till.map_err(|error| error.to_string())
    }

    /// Only what is durable is left; all that was promised is there, or in what a backup took the place of.
    fn look(&self, shop: &mut Busy<'_>) -> Result<(), String> {
        let sheets = shop.sheets();
        let till = self.after_a_cut(&shop.disk, Image::Nothing)?;
        if let Some((reason, _)) = till.terminal.started().reincarnated {
            return Err(format!("a new log begins after it: {reason:?}"));
        }
        let (ledger, asides) = (Ledger::read(&till)?, Ledger::asides(&till)?);
        if shop.put_back && asides.is_empty() {
            return Err("a backup was said to take the ledger's place, and did not".to_owned());
        }
        let lost = |hash: &Hash| {
            !ledger.hashes.contains(hash) && !asides.iter().any(|aside| aside.hashes.contains(hash))
        };
        if let Some((what, _)) = shop.promised.iter().find(|(_, hash)| lost(hash)) {
            return Err(format!("{what} was answered for and is lost"));
        }
        let mut once = BTreeSet::new();
        for bytes in &sheets {
            let Some(number) = receipt_number(bytes) else { continue };
            if !ledger.receipts.contains(&number)
                && !asides.iter().any(|aside| aside.receipts.contains(&number))
            {
                return Err(format!("{number} was printed and is not in the ledger"));
            }
            if !once.insert(bytes) {
                return Err(format!("{number} was printed twice"));
            }
        }
        Ok(())
    }

    /// The till that starts if the power goes now.
    fn after_a_cut(&self, disk: &SimulatedDisk, image: Image) -> Result<PowerTill, String> {
        let disk = SimulatedDisk::of(disk.state().survivor(image, 0));
        self.start(&disk, 90).map_err(|error| format!("after it: {error}"))
    }
}

/// A shop on a disk that may fail.
struct Busy<'m> {
    minutes: &'m Minutes<'m>,
    disk: SimulatedDisk,
    /// `None` only while it is started again.
    till: Option<PowerTill>,
    starts: u64,
    caller: Arc<Caller>,
    /// What was answered for, and the head of the ledger then.
    promised: Vec<(String, Hash)>,
    /// What was answered with a fault.
    unanswered: Vec<Envelope>,
    /// What was printed before the till was started again.
    sheets: Vec<Vec<u8>>,
    /// Whether a backup was said to take the ledger's place.
    put_back: bool,
    refused: u64,
    prevented: bool,
    struck: bool,
    requests: u128,
}

/// How often a call is sent to a till whose disk was mended. The first may still find what is left of the fault.
const TRIES: usize = 3;

impl Busy<'_> {
    fn till(&mut self) -> &mut PowerTill {
        self.till.as_mut().expect("it is there whenever it is not being started")
    }

    /// Starts the till, again if it runs; on a mended disk if it does not start on this one.
    fn start(&mut self) -> Result<(), String> {
        self.sheets = self.sheets();
        self.till = None;
        self.starts += 1;
        let till = self.minutes.start(&self.disk, self.starts).or_else(|_| {
            self.prevented = true;
            self.struck |= self.disk.has_failed();
            self.disk.fail(None);
            self.starts += 1;
            let till = self.minutes.start(&self.disk, self.starts);
            till.map_err(|error| format!("not even on a mended disk: {error}"))
        });
        self.till = Some(till?);
        Ok(())
    }

    /// All that was printed.
    fn sheets(&self) -> Vec<Vec<u8>> {
        let here = self.till.as_ref().map(|till| till.paper.sheets()).unwrap_or_default();
        self.sheets.iter().cloned().chain(here.into_iter().map(|(_, bytes)| bytes)).collect()
    }

    /// Sends a command; `None` when it was not answered.
    fn call(&mut self, operation: &str, request: &Value) -> Option<Value> {
        self.requests += 1;
        let envelope = envelope(operation, request, self.requests);
        self.till().clock.pass(1_000);
        match self.send(&envelope) {
            Ok(answer) => Some(answer),
            Err(Class::Refusal) => None,
            Err(Class::Fault | Class::Bug) => {
                self.refused += 1;
                self.unanswered.push(envelope);
                None
            }
        }
    }

    fn send(&mut self, envelope: &Envelope) -> Result<Value, Class> {
        let caller = Arc::clone(&self.caller);
        let answer = self.till().terminal.call(&caller, envelope).map_err(|body| body.class)?;
        let is_draft = wire::operations::find(&envelope.operation).is_some_and(|known| known.draft);
        if !is_draft && let Ok(Some(head)) = self.till().terminal.database().head(Purpose::Selling) {
            self.promised.push((envelope.operation.clone(), head.hash));
        }
        Ok(serde_json::from_str(answer.get()).unwrap_or_default())
    }

    fn sell(&mut self, codes: &[&str]) -> Option<Value> {
        let mut view = Value::Null;
        for code in codes {
            view = self.call("sale.scan", &json!({ "code": code }))?;
        }
        let cash = json!([{ "kind": "cash", "amount": null }]);
        let request = json!({ "sale": view["sale"], "tenders": cash, "total": view["totals"]["total"] });
        let completed = self.call("sale.complete", &request);
        self.till().print();
        completed
    }

    fn rest(&mut self) {
        let till = self.till();
        till.clock.pass(400);
        // What it is asked for here, a till does by itself; what fails is looked at by the next command.
        drop(till.terminal.database().settle());
        till.fold();
        till.guard();
        till.keep_room();
    }

    /// A shop that sells, takes back, changes a rate, cancels, and rests in between.
    fn work(&mut self) {
        self.sell(&[COLA, COLA]);
        self.rest();
        let tax = json!({ "name": "New", "rates": [{ "from": "2020-01-01", "rate": 100_000 }] });
        self.call("tax_category.save", &json!({ "tax_category": tax }));
        self.call("sale.arm", &json!({ "armed": { "quantity": null, "return_next": true } }));
        self.sell(&[COLA]);
        if let Some(view) = self.call("sale.scan", &json!({ "code": COLA })) {
            self.rest();
            self.call("sale.cancel", &json!({ "sale": view["sale"] }));
        }
        self.till().sign();
        self.till().guard();
        self.sell(&[COLA]);
        self.rest();
    }

    /// The first command of a till.
    fn set_up(&mut self) {
        let Some(set_up) = self.minutes.day.calls.first() else { return };
        if self.send(&set_up.envelope).is_err() {
            self.refused += 1;
            self.unanswered.push(set_up.envelope.clone());
        }
    }

    /// A shop that sells, has a backup made, sells, and has it take the ledger's place. Whoever is told that nothing came
    /// of it finds nothing of it after a power cut.
    fn put_back(&mut self) -> Result<(), String> {
        self.sell(&[COLA]);
        self.call("backup.make", &json!({}));
        self.till().back_up();
        self.sell(&[COLA]);
        let caller = Arc::clone(&self.caller);
        let Ok(list) = self.till().ask(&caller, "backup.list", &json!({})) else { return Ok(()) };
        let answered = self.call("backup.restore", &json!({ "path": list["backups"][0]["path"] }));
        if !self.till().terminal.is_restarting() {
            if answered.is_some() {
                return Err("a backup is said to take the ledger's place, and does not".to_owned());
            }
            for image in [Image::Nothing, Image::Everything] {
                let till = self.minutes.after_a_cut(&self.disk, image)?;
                if till.terminal.started().reincarnated.is_some() {
                    return Err("a backup took the ledger's place, and was said not to".to_owned());
                }
            }
        }
        self.put_back = answered.is_some();
        self.start()?;
        self.sell(&[COLA]);
        self.rest();
        Ok(())
    }

    /// The disk does what it is told again: what was not answered is sent again.
    fn go_on(&mut self) -> Result<(), String> {
        for envelope in std::mem::take(&mut self.unanswered) {
            self.insist(&envelope)?;
            if self.till().terminal.is_restarting() {
                self.start()?;
            }
        }
        Ok(())
    }

    fn insist(&mut self, envelope: &Envelope) -> Result<Option<Value>, String> {
        for _ in 0..TRIES {
            match self.send(envelope) {
                Ok(answer) => return Ok(Some(answer)),
                Err(Class::Refusal) => return Ok(None),
                Err(Class::Fault | Class::Bug) => {}
            }
        }
        let caller = Arc::clone(&self.caller);
        let said = match self.till().terminal.call(&caller, envelope) {
            Ok(_) => "an answer at last".to_owned(),
            Err(body) => body.to_string(),
        };
        Err(format!("{} on a mended disk: {said}", envelope.operation))
    }

    fn sell_once_more(&mut self) -> Result<(), String> {
        self.requests += 2;
        let scan = envelope("sale.scan", &json!({ "code": COLA }), self.requests);
        let view = self.insist(&scan)?.ok_or("a scan was refused on a mended disk")?;
        let cash = json!([{ "kind": "cash", "amount": null }]);
        let request = json!({ "sale": view["sale"], "tenders": cash, "total": view["totals"]["total"] });
        let complete = envelope("sale.complete", &request, self.requests + 1);
        self.insist(&complete)?.ok_or("a sale was refused on a mended disk")?;
        self.till().print();
        self.rest();
        Ok(())
    }
}
