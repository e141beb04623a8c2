//! What was seen of a day from outside: what was called and answered, what was printed, and when, counted in operations
//! of the disk.

use super::till::{Ground, PowerTill};
use database::Purpose;
use database::error::DatabaseError;
use domain::ids::{OperatorId, SaleId};
use serde::de::DeserializeOwned;
use serde_json::Value;
use simulated_disk::{Operation, SimulatedDisk, State};
use std::sync::Arc;
use terminal::Caller;
use wire::envelope::Envelope;
use wire::fact::header::{Hash, Header};

/// A command of the day.
#[derive(Clone)]
pub struct Called {
    /// Operations before it.
    pub from: u64,
    /// Operations when it was answered.
    pub to: u64,
    /// The place of the last fact then.
    pub seq: u64,
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
    /// The hashes of its facts; the first has place 1.
    pub facts: Vec<Hash>,
    /// After how many operations which place was answered for.
    pub heads: Vec<(u64, u64)>,
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

    /// The place of the last fact that was answered for before the operation of a number began.
    pub fn answered_for(&self, number: u64) -> u64 {
        self.heads.iter().filter(|(after, _)| *after < number).map(|(_, seq)| *seq).max().unwrap_or(0)
    }

    /// The place of the last fact that can have been written before the operation of a number: that of the next answer.
    pub fn under_way(&self, number: u64) -> u64 {
        let next = self.heads.iter().find(|(after, _)| *after >= number);
        next.or(self.heads.last()).map_or(0, |(_, seq)| *seq)
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
            facts: Vec::new(),
            heads: Vec::new(),
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
        let till = PowerTill::start(&self.day.ground, &self.disk, self.boots, self.day.passed_ms);
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
        let seq = self.note_head()?;
        self.day.calls.push(Called { from, to, seq, who, envelope });
        Ok(answer)
    }

    pub fn note_head(&mut self) -> Result<u64, String> {
        let after = self.disk.operations();
        let head = self.till()?.terminal.database().head(Purpose::Selling);
        let head = head.map_err(|error| error.to_string())?.ok_or("the log has begun")?;
        self.day.heads.push((after, head.seq));
        Ok(head.seq)
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
        let facts = self.till()?.terminal.database().read(|reader| reader.facts_after(0, 10_000));
        let facts = facts.map_err(|error: DatabaseError| error.to_string())?;
        for fact in facts {
            let header = Header::decode(&fact.envelope).map_err(|error| error.to_string())?;
            self.day.facts.push(header.hash());
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
