//! Lets the disk fail at every operation of some busy minutes that begin from saved moments of a day: the till never says
//! that something is saved which is not, never loses what it said was saved, and sells again once the disk does what it
//! is told, without being switched off.

use super::day::COLA;
use super::history::{Day, Who};
use super::recovery::{Clerks, Ledger, envelope, receipt_number};
use super::sweep::{Past, Tally, on_every_core, without_panic};
use super::till::PowerTill;
use database::Purpose;
use domain::error::Class;
use serde_json::{Value, json};
use simulated_disk::{Fault, FaultKind, Image, SimulatedDisk, State};
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
}

/// What came of the faults.
#[derive(Debug, Default)]
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

/// Fails at every operation after each beginning: in one way each, rotating, or in `every_way`.
///
/// # Errors
/// When the day cannot be played, or nobody can sign on.
pub fn run(
    play: fn() -> Result<Day, String>,
    beginnings: &[Beginning],
    every_way: bool,
) -> Result<Faults, String> {
    let faults = Mutex::new(Faults::default());
    on_every_core(|turn, threads| {
        let day = play()?;
        let clerks = Clerks::of(&day)?;
        for beginning in beginnings {
            let state = beginning.state(&day)?;
            let minutes = Minutes { day: &day, clerks: &clerks, beginning: *beginning };
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
            Self::Commands(count) => {
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
        let mut seen = Seen::default();
        let till = match self.start(&disk, 1) {
            Ok(till) => till,
            Err(_) => {
                seen.prevented = true;
                seen.struck = disk.has_failed();
                disk.fail(None);
                self.start(&disk, 2).map_err(|error| format!("not even on a mended disk: {error}"))?
            }
        };
        let caller = match self.beginning {
            Beginning::Nothing => till.terminal.connect(Door::Script),
            Beginning::Commands(_) | Beginning::Part => {
                Arc::clone(self.clerks.caller(Who::Ana).ok_or("nobody is there")?)
            }
        };
        let mut shop = Busy { till, caller, promised: Vec::new(), unanswered: Vec::new(), requests: 1 << 90 };
        match self.beginning {
            Beginning::Nothing => shop.set_up(self.day),
            Beginning::Commands(_) | Beginning::Part => shop.work(),
        }
        seen.operations = disk.operations();
        seen.refused = shop.unanswered.len() as u64;
        seen.struck |= disk.has_failed();
        disk.fail(None);
        shop.till.keep_room();
        shop.go_on()?;
        if self.beginning != Beginning::Nothing {
            shop.sell_once_more()?;
        }
        self.look(&shop, &disk)?;
        Ok(seen)
    }

    fn start(&self, disk: &SimulatedDisk, boot: u64) -> Result<PowerTill, String> {
        let passed_ms = self.day.passed_ms + 3_600_000 * i64::try_from(boot).unwrap_or(1);
        PowerTill::start(&self.day.ground, disk, 20_000 + boot, passed_ms).map_err(|error| error.to_string())
    }

    /// Only what is durable is left; all that was promised is there.
    fn look(&self, shop: &Busy, disk: &SimulatedDisk) -> Result<(), String> {
        let disk = SimulatedDisk::of(disk.state().survivor(Image::Nothing, 0));
        let till = self.start(&disk, 9).map_err(|error| format!("after it: {error}"))?;
        let started = till.terminal.started();
        if let Some((reason, _)) = started.reincarnated {
            return Err(format!("a new log begins after it: {reason:?}"));
        }
        let ledger = Ledger::read(&till)?;
        if let Some((what, _)) = shop.promised.iter().find(|(_, hash)| !ledger.hashes.contains(hash)) {
            return Err(format!("{what} was answered for and is lost"));
        }
        for (_, bytes) in shop.till.paper.sheets() {
            if let Some(number) = receipt_number(&bytes).filter(|number| !ledger.receipts.contains(number)) {
                return Err(format!("{number} was printed and is not in the ledger"));
            }
        }
        Ok(())
    }
}

/// A shop on a disk that may fail.
struct Busy {
    till: PowerTill,
    caller: Arc<Caller>,
    /// What was answered for, and the head of the ledger then.
    promised: Vec<(String, Hash)>,
    /// What was answered with a fault.
    unanswered: Vec<Envelope>,
    requests: u128,
}

/// How often a call is sent to a till whose disk was mended. The first may still find what is left of the fault.
const TRIES: usize = 3;

impl Busy {
    /// Sends a command; `None` when it was not answered.
    fn call(&mut self, operation: &str, request: &Value) -> Option<Value> {
        self.requests += 1;
        let envelope = envelope(operation, request, self.requests);
        self.till.clock.pass(1_000);
        match self.send(&envelope) {
            Ok(answer) => Some(answer),
            Err(Class::Refusal) => None,
            Err(Class::Fault | Class::Bug) => {
                self.unanswered.push(envelope);
                None
            }
        }
    }

    fn send(&mut self, envelope: &Envelope) -> Result<Value, Class> {
        let answer = self.till.terminal.call(&self.caller, envelope).map_err(|body| body.class)?;
        let is_draft = wire::operations::find(&envelope.operation).is_some_and(|known| known.draft);
        if !is_draft && let Ok(Some(head)) = self.till.terminal.database().head(Purpose::Selling) {
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
        self.till.print();
        completed
    }

    fn rest(&mut self) {
        self.till.clock.pass(400);
        // What it is asked for here, a till does by itself; what fails is looked at by the next command.
        drop(self.till.terminal.database().settle());
        self.till.fold();
        self.till.guard();
        self.till.keep_room();
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
        self.till.sign();
        self.till.guard();
        self.sell(&[COLA]);
        self.rest();
    }

    /// The first command of a till.
    fn set_up(&mut self, day: &Day) {
        let Some(set_up) = day.calls.first() else { return };
        if self.send(&set_up.envelope).is_err() {
            self.unanswered.push(set_up.envelope.clone());
        }
    }

    /// The disk does what it is told again: what was not answered is sent again.
    fn go_on(&mut self) -> Result<(), String> {
        for envelope in std::mem::take(&mut self.unanswered) {
            self.insist(&envelope)?;
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
        let said = match self.till.terminal.call(&self.caller, envelope) {
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
        self.till.print();
        self.rest();
        Ok(())
    }
}
