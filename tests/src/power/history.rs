//! What was seen of a day from outside: what was called and answered, what was printed, and when, counted in operations
//! of the disk.

use super::till::{Ground, PowerTill, Program};
use database::error::DatabaseError;
use domain::ids::{OperatorId, SaleId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use simulated_disk::{Operation, SimulatedDisk, State};
use std::sync::Arc;
use terminal::Caller;
use wire::envelope::Envelope;
use wire::fact::header::{Hash, envelope_hash};

/// A command of the day.
#[derive(Clone)]
pub struct Called {
    /// Operations before it.
    pub from: u64,
    /// Operations when it was answered.
    pub to: u64,
    /// Which ledger there was then.
    pub which: Which,
    /// How many facts it held.
    pub facts: u64,
    /// Who called.
    pub who: Who,
    /// What.
    pub envelope: Envelope,
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The owner at the window.
    Ana,
    /// A cashier.
    Ben,
}

/// Which of the ledgers of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one it begins with.
    First,
    /// The one that a backup put in its place.
    Restored,
}

/// How many facts a ledger held when something was answered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Operations until then.
    pub after: u64,
    /// Which ledger.
    pub which: Which,
    /// Its facts.
    pub facts: u64,
}

/// A backup took the place of the day's first ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restore {
    /// Operations before somebody asked for it.
    pub from: u64,
    /// Operations when the till had answered.
    pub to: u64,
    /// Operations when it had started again.
    pub started: u64,
    /// How many facts of the first ledger the backup holds.
    pub kept: usize,
    /// The hashes of the facts of the ledger that went on, life after life.
    pub facts: Vec<Hash>,
}

/// Something that was printed.
#[derive(Debug, Clone)]
pub struct Printed {
    /// Operations before it.
    pub at: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// An open sale that is durable: as it stands or further, or it became a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub sale: SaleId,
    /// How often it was changed.
    pub revision: u64,
}

/// A day that was played.
pub struct Day {
    /// Where its till lies.
    pub ground: Ground,
    /// The disk before the part of it that is cut.
    pub before: State,
    /// How many operations there were until then.
    pub skipped: u64,
    /// What its disk did from there to the end.
    pub operations: Vec<Operation>,
    /// The hashes of the facts of its first ledger; the first has place 1.
    pub first: Vec<Hash>,
    /// The ledger that took the place of the first one.
    pub restore: Option<Restore>,
    /// Operations before the till started with a newer program for the first time.
    pub newer_from: Option<u64>,
    /// How many facts its ledger held when the list had come in, and the code of a product in it.
    pub imported: Option<(u64, &'static str)>,
    /// What was answered for.
    pub stands: Vec<Stand>,
    /// After how many operations which open sale of the owner was durable, if there was one.
    pub drafts: Vec<(u64, Option<Draft>)>,
    /// Its commands.
    pub calls: Vec<Called>,
    /// What was printed.
    pub printed: Vec<Printed>,
    /// How long it was, in milliseconds.
    pub passed_ms: i64,
}

impl Day {
    /// The number of the last operation.
    pub fn last(&self) -> u64 {
        self.skipped + self.operations.len() as u64
    }

    /// The facts of a ledger.
    pub fn facts(&self, which: Which) -> &[Hash] {
        match (which, &self.restore) {
            (Which::Restored, Some(restore)) => &restore.facts,
            (Which::First, _) | (_, None) => &self.first,
        }
    }

    /// How many facts of a ledger were answered for before the operation of a number began.
    pub fn answered_for(&self, which: Which, number: u64) -> u64 {
        let before = self.stands_of(which).filter(|stand| stand.after < number);
        before.map(|stand| stand.facts).max().unwrap_or(0)
    }

    /// How many facts can have been written before the operation of a number: those of the next answer, or at the end all.
    pub fn under_way(&self, which: Which, number: u64) -> u64 {
        let next = self.stands_of(which).find(|stand| stand.after >= number);
        next.map_or(self.facts(which).len() as u64, |stand| stand.facts)
    }

    fn stands_of(&self, which: Which) -> impl Iterator<Item = &Stand> {
        self.stands.iter().filter(move |stand| stand.which == which)
    }

    /// The program that starts after the power went at an operation: the newer one, once it had started.
    pub fn program_at(&self, number: u64) -> Program {
        match self.newer_from {
            Some(from) if number > from => Program::Newer,
            Some(_) | None => Program::Released,
        }
    }

    /// The command that was under way at an operation.
    pub fn call_at(&self, number: u64) -> Option<&Called> {
        self.calls.iter().find(|call| call.from < number && number <= call.to)
    }

    /// The last command that was answered before an operation.
    pub fn call_before(&self, number: u64) -> Option<&Called> {
        self.calls.iter().rfind(|call| call.to < number)
    }

    /// The open sale that has to be there if the power goes at an operation.
    pub fn draft_before(&self, number: u64) -> Option<&Draft> {
        self.drafts.iter().rfind(|(after, _)| *after < number)?.1.as_ref()
    }
}

/// Plays a day and keeps what is seen of it.
pub(super) struct Recorder {
    pub till: Option<PowerTill>,
    pub disk: SimulatedDisk,
    pub day: Day,
    pub ana: Option<Arc<Caller>>,
    pub ben: Option<Arc<Caller>>,
    /// The owner, once there is one.
    pub owner: OperatorId,
    /// The program that is started next.
    program: Program,
    /// The ledger that is there.
    which: Which,
    boots: u64,
    requests: u128,
}

impl Recorder {
    pub fn new() -> Result<Self, String> {
        let disk = SimulatedDisk::new();
        disk.record();
        let day = Day {
            ground: Ground::new()?,
            before: State::default(),
            skipped: 0,
            operations: Vec::new(),
            first: Vec::new(),
            restore: None,
            newer_from: None,
            imported: None,
            stands: Vec::new(),
            drafts: Vec::new(),
            calls: Vec::new(),
            printed: Vec::new(),
            passed_ms: 0,
        };
        Ok(Self {
            till: None,
            disk,
            day,
            ana: None,
            ben: None,
            owner: OperatorId::TERMINAL,
            program: Program::Released,
            which: Which::First,
            boots: 0,
            requests: 0,
        })
    }

    pub fn till(&mut self) -> Result<&mut PowerTill, String> {
        self.till.as_mut().ok_or_else(|| "the till is off".to_owned())
    }

    /// Switches the till on.
    pub fn start(&mut self) -> Result<(), String> {
        self.boots += 1;
        let till =
            PowerTill::start(&self.day.ground, &self.disk, self.program, self.boots, self.day.passed_ms);
        let till = till.map_err(|error| error.to_string())?;
        self.ana.get_or_insert_with(|| till.terminal.connect(terminal::Door::Window));
        self.ben.get_or_insert_with(|| till.terminal.connect(terminal::Door::Http));
        self.till = Some(till);
        Ok(())
    }

    /// Switches it off, as at the end of a day.
    pub fn stop(&mut self) -> Result<(), String> {
        self.note_paper()?;
        let till = self.till.take().ok_or("the till is off")?;
        self.day.passed_ms = till.clock.passed_ms() + 60_000;
        Ok(())
    }

    /// Puts a newer program on the disk, which brings the files to its version when it starts.
    pub fn renew_program(&mut self) {
        self.program = Program::Newer;
        self.day.newer_from = Some(self.disk.operations());
    }

    /// Puts a backup of the first ledger in its place, when it held so many facts, and starts again with it.
    pub fn restore(&mut self, backup: &str, kept: u64) -> Result<(), String> {
        let from = self.disk.operations();
        self.command::<Value>(Who::Ana, "backup.restore", &json!({ "path": backup }))?;
        let to = self.disk.operations();
        self.day.first = self.hashes()?;
        self.which = Which::Restored;
        self.day.stands.push(Stand { after: to, which: self.which, facts: kept });
        self.day.drafts.push((to, None));
        self.stop()?;
        self.start()?;
        let kept = usize::try_from(kept).unwrap_or(usize::MAX);
        let started = self.disk.operations();
        self.day.restore = Some(Restore { from, to, started, kept, facts: Vec::new() });
        Ok(())
    }

    /// Lets the workers work after a command.
    pub fn work(&mut self) -> Result<(), String> {
        self.till()?.print();
        Ok(())
    }

    /// Signs the head, and lets the guard remember it at once.
    pub fn sign(&mut self) -> Result<(), String> {
        let till = self.till()?;
        till.sign();
        till.guard();
        Ok(())
    }

    /// Lets the till be idle: what lies in memory is made durable, the rollups follow, the guard remembers.
    pub fn rest(&mut self) -> Result<(), String> {
        let till = self.till()?;
        till.clock.pass(400);
        till.terminal.database().settle().map_err(|error| error.to_string())?;
        self.note_draft()?;
        let till = self.till()?;
        till.fold();
        till.guard();
        till.keep_room();
        Ok(())
    }

    /// Leaves out of the part that is cut what was so far.
    pub fn skip(&mut self) {
        self.day.before = self.disk.state();
        self.day.skipped = self.disk.operations();
        self.disk.record();
    }

    pub fn command<A: DeserializeOwned>(
        &mut self,
        who: Who,
        operation: &str,
        request: &Value,
    ) -> Result<A, String> {
        self.requests += 1;
        let payload = serde_json::value::to_raw_value(request).map_err(|error| error.to_string())?;
        let envelope = Envelope {
            request_id: Some(domain::ids::RequestId(uuid::Uuid::from_u128(self.requests))),
            operation: operation.to_owned(),
            payload,
            approval: None,
            screen: None,
        };
        let caller = match who {
            Who::Ana => self.ana.clone(),
            Who::Ben => self.ben.clone(),
        };
        let caller = caller.ok_or("nobody is there")?;
        let from = self.disk.operations();
        let till = self.till()?;
        till.clock.pass(1_000);
        let answer = till.send(&caller, &envelope)?;
        let to = self.disk.operations();
        // What an open sale's answer promises is noted when it rests.
        let is_draft = wire::operations::find(operation).is_some_and(|known| known.draft);
        let facts = if is_draft { self.hashes()?.len() as u64 } else { self.note_stand()? };
        self.day.calls.push(Called { from, to, which: self.which, facts, who, envelope });
        Ok(answer)
    }

    /// How many facts the ledger holds, which somebody was told of.
    pub fn note_stand(&mut self) -> Result<u64, String> {
        let after = self.disk.operations();
        let facts = self.hashes()?.len() as u64;
        self.day.stands.push(Stand { after, which: self.which, facts });
        Ok(facts)
    }

    /// The hashes of the facts of the ledger that is there.
    fn hashes(&mut self) -> Result<Vec<Hash>, String> {
        let facts = self.till()?.terminal.database().read(|reader| reader.facts_after(0, 10_000));
        let facts = facts.map_err(|error: DatabaseError| error.to_string())?;
        Ok(facts.iter().map(|fact| envelope_hash(&fact.envelope)).collect())
    }

    fn note_draft(&mut self) -> Result<(), String> {
        let after = self.disk.operations();
        let owner = self.owner;
        let draft = draft(self.till()?, owner)?;
        self.day.drafts.push((after, draft));
        Ok(())
    }

    fn note_paper(&mut self) -> Result<(), String> {
        let sheets = self.till()?.paper.sheets();
        self.day.printed.extend(sheets.into_iter().map(|(at, bytes)| Printed { at, bytes }));
        Ok(())
    }

    /// The day as it was.
    pub fn finish(mut self) -> Result<Day, String> {
        let facts = self.hashes()?;
        match &mut self.day.restore {
            Some(restore) => restore.facts = facts,
            None => self.day.first = facts,
        }
        self.stop()?;
        self.day.operations = self.disk.recorded();
        Ok(self.day)
    }
}

/// The open sale of an operator.
pub(super) fn draft(till: &PowerTill, operator: OperatorId) -> Result<Option<Draft>, String> {
    let found = till.terminal.database().read(|reader| reader.open_sale_of(operator));
    let found = found.map_err(|error: DatabaseError| error.to_string())?;
    Ok(found.map(|sale| Draft { sale: sale.id, revision: sale.revision }))
}
