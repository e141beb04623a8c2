//! What has to be true of a till that starts after its power was cut: it holds every fact it answered for, once and in
//! its place; nothing was printed that it does not hold; a call that is sent again does no harm; and it sells.

use super::day::{CASHIER, COLA, OWNER};
use super::history::{Called, Day, Who, draft};
use super::lie::Loss;
use super::till::{Ground, PowerTill};
use database::Purpose;
use database::error::DatabaseError;
use database::fact::StoredFact;
use database::guard::{Found, Guard};
use domain::error::Class;
use domain::ids::{OperatorId, RequestId};
use serde_json::{Value, json};
use simulated_disk::{SimulatedDisk, State};
use std::collections::BTreeSet;
use std::sync::Arc;
use terminal::{Caller, Door};
use wire::envelope::Envelope;
use wire::error::ErrorBody;
use wire::fact::header::{Hash, Header, payload_hash};
use wire::fact::{Fact, OpenReason};
use wire::sale::SaleCompleted;

/// Those who stand at the till again. They were signed on once and stay it: a PIN is checked slowly on purpose.
pub struct Clerks {
    ana: Arc<Caller>,
    owner: OperatorId,
    ben: Option<Arc<Caller>>,
}

impl Clerks {
    /// Signs them on at the end of a day.
    ///
    /// # Errors
    /// What the till refused.
    pub fn of(day: &Day) -> Result<Self, String> {
        let mut last = day.before.clone();
        day.operations.iter().for_each(|operation| last.apply(operation));
        let till = start(&day.ground, last, 9_000, day.passed_ms)?;
        let ana = till.terminal.connect(Door::Script);
        let greeting = till.ask(&ana, "shop.greeting", &json!({}))?;
        let sign_in = |caller: &Arc<Caller>, (name, pin): (&str, &str), request: u128| {
            let operators = greeting["operators"].as_array()?;
            let operator = operators.iter().find(|tile| tile["name"] == name)?;
            let request_body = json!({ "operator": operator["id"], "pin": pin });
            Some(till.terminal.call(caller, &envelope("session.sign_in", &request_body, request)).is_ok())
        };
        if sign_in(&ana, OWNER, FRESH_REQUESTS) != Some(true) {
            return Err("the owner cannot sign on".to_owned());
        }
        let ben = till.terminal.connect(Door::Script);
        let ben = (sign_in(&ben, CASHIER, FRESH_REQUESTS + 1) == Some(true)).then_some(ben);
        let operators = greeting["operators"].as_array().map(Vec::as_slice).unwrap_or_default();
        let owner = operators.iter().find(|tile| tile["name"] == OWNER.0).map(|tile| tile["id"].clone());
        let owner = serde_json::from_value(owner.unwrap_or_default()).map_err(|error| error.to_string())?;
        Ok(Self { ana, owner, ben })
    }

    /// One of them.
    pub(super) fn caller(&self, who: Who) -> Option<&Arc<Caller>> {
        match who {
            Who::Ana => Some(&self.ana),
            Who::Ben => self.ben.as_ref(),
        }
    }
}

/// Request ids no day has used.
const FRESH_REQUESTS: u128 = 1 << 100;

pub(super) fn envelope(operation: &str, request: &Value, id: u128) -> Envelope {
    Envelope {
        request_id: Some(RequestId(uuid::Uuid::from_u128(id))),
        operation: operation.to_owned(),
        payload: serde_json::value::to_raw_value(request).expect("a JSON value is JSON"),
        approval: None,
        screen: None,
    }
}

fn start(ground: &Ground, state: State, boot: u64, passed_ms: i64) -> Result<PowerTill, String> {
    let disk = SimulatedDisk::of(state);
    PowerTill::start(ground, &disk, boot, passed_ms).map_err(|error| format!("it does not start: {error}"))
}

/// One start after a cut.
pub struct Recovery<'d> {
    /// The day that was cut.
    pub day: &'d Day,
    /// Who goes on.
    pub clerks: &'d Clerks,
    /// The operation at which the power went.
    pub number: u64,
}

impl Recovery<'_> {
    /// Starts from what survived and looks at everything.
    ///
    /// # Errors
    /// What is not as it has to be.
    pub fn check(&self, survivor: State) -> Result<(), String> {
        let day = self.day;
        // An hour after the day: whenever it was cut, no clock goes back.
        let mut till = start(&day.ground, survivor, 10_000 + self.number, day.passed_ms + 3_600_000)?;
        let started = till.terminal.started();
        if let Some((reason, _)) = started.reincarnated {
            return Err(format!("an honest disk is taken for another one: {reason:?}"));
        }
        let ledger = Ledger::read(&till)?;
        self.check_facts(&ledger)?;
        self.check_guard(&till, &ledger)?;
        self.check_paper(&ledger)?;
        check_files(&till)?;
        if !self.knows("shop.set_up", &ledger) {
            return self.begin_anew(&till);
        }
        self.check_draft(&till)?;
        self.repeat(&till)?;
        till.print();
        self.check_printed_once(&till)?;
        if self.knows("product.save", &ledger) {
            self.sell(&mut till)?;
        }
        Ledger::read(&till).map(drop)
    }

    /// Starts from what a disk left that had only said that it synced. Facts may be gone; then the guard tells of it, or
    /// had not heard of them.
    ///
    /// # Errors
    /// What is not as it has to be.
    pub(super) fn check_after_lies(&self, survivor: State) -> Result<Loss, String> {
        let day = self.day;
        let mut till = start(&day.ground, survivor, 10_000 + self.number, day.passed_ms + 3_600_000)?;
        let reason = till.terminal.started().reincarnated.map(|(reason, _)| reason);
        let ledger = Ledger::read(&till)?;
        let old = ledger.hashes.len() - (ledger.lives - 1);
        let answered_for = usize::try_from(day.answered_for(self.number)).unwrap_or(usize::MAX);
        let is_fresh = old == 1 && ledger.hashes.first() != day.facts.first();
        if !is_fresh && ledger.hashes[..old] != day.facts[..old] {
            return Err("the old log is not what was written".to_owned());
        }
        let loss = match reason {
            Some(OpenReason::RolledBack) => Loss::Noticed,
            Some(reason) => return Err(format!("taken for {reason:?}")),
            None if old < answered_for || is_fresh => Loss::WithinTheLag,
            None => Loss::None,
        };
        if loss != Loss::WithinTheLag || !is_fresh {
            self.check_guard(&till, &ledger)?;
        }
        if self.knows("product.save", &ledger) && !is_fresh {
            let before = head(&till)?;
            self.sell(&mut till)?;
            if head(&till)?.seq <= before.seq {
                return Err("a sale left no fact".to_owned());
            }
        }
        Ledger::read(&till).map(|_| loss)
    }

    /// Whether what the first call of an operation did is in the ledger.
    fn knows(&self, operation: &str, ledger: &Ledger) -> bool {
        let call = self.day.calls.iter().find(|call| call.envelope.operation == operation);
        // Each life after the first has begun with a fact of its own.
        let of_the_day = ledger.hashes.len() + 1 - ledger.lives;
        call.is_some_and(|call| of_the_day as u64 >= call.seq)
    }

    fn check_facts(&self, ledger: &Ledger) -> Result<(), String> {
        let (found, all) = (ledger.hashes.len() as u64, &self.day.facts);
        let answered_for = self.day.answered_for(self.number);
        if answered_for == 0 && found == 1 {
            // Nothing had been promised: it may be another first log.
            return Ok(());
        }
        if found < answered_for {
            return Err(format!("{found} facts, but it answered for {answered_for}"));
        }
        if found > self.day.under_way(self.number) {
            return Err(format!("{found} facts, more than were written"));
        }
        let same = ledger.hashes.iter().zip(all).all(|(found, written)| found == written);
        if same { Ok(()) } else { Err("a fact is not the one that was written".to_owned()) }
    }

    fn check_guard(&self, till: &PowerTill, ledger: &Ledger) -> Result<(), String> {
        let head = head(till)?;
        let dir = self.day.ground.guard.join(head.identity.terminal.to_string());
        let guard = Guard::of(&till.disk, &dir, head.identity.incarnation).find();
        match guard.map_err(|error| error.to_string())? {
            Found::Remembered { remembered, .. } if remembered.seq == 0 => Ok(()),
            Found::Remembered { remembered, .. } => {
                let same = ledger.hash_at(remembered.seq) == Some(&remembered.hash);
                if same {
                    Ok(())
                } else {
                    Err("the guard remembers what the ledger does not hold".to_owned())
                }
            }
            found @ (Found::Nothing | Found::Unreadable) => Err(format!("the guard: {found:?}")),
        }
    }

    /// Printed means stored.
    fn check_paper(&self, ledger: &Ledger) -> Result<(), String> {
        for printed in self.day.printed.iter().filter(|printed| printed.at < self.number) {
            if let Some(number) = receipt_number(&printed.bytes)
                && !ledger.receipts.contains(&number)
            {
                return Err(format!("{number} was printed and is not in the ledger"));
            }
        }
        Ok(())
    }

    /// What came out before the cut does not come out again without a word on it.
    fn check_printed_once(&self, till: &PowerTill) -> Result<(), String> {
        let before: BTreeSet<&[u8]> = self
            .day
            .printed
            .iter()
            .filter(|printed| printed.at < self.number && receipt_number(&printed.bytes).is_some())
            .map(|printed| printed.bytes.as_slice())
            .collect();
        let again = till.paper.sheets().into_iter().find(|(_, bytes)| before.contains(bytes.as_slice()));
        match again.and_then(|(_, bytes)| receipt_number(&bytes)) {
            Some(number) => Err(format!("{number} was printed twice")),
            None => Ok(()),
        }
    }

    /// An open sale that was durable is there as it was, or further, unless it was completed or cancelled since.
    fn check_draft(&self, till: &PowerTill) -> Result<(), String> {
        let Some(kept) = self.day.draft_before(self.number) else { return Ok(()) };
        let ends = |call: &&Called| {
            let ends = matches!(call.envelope.operation.as_str(), "sale.complete" | "sale.cancel");
            ends && call.envelope.payload.get().contains(&kept.sale.to_string())
        };
        let end = self.day.calls.iter().filter(|call| call.from < self.number).find(ends);
        let found = draft(till, self.clerks.owner)?;
        let there = found.as_ref().is_some_and(|found| found.sale == kept.sale);
        match (end, there) {
            (Some(end), true) if end.to < self.number => Err("a completed sale is open again".to_owned()),
            (None, false) => Err("an open sale that was durable is gone".to_owned()),
            (None, true) if found.is_some_and(|found| found.revision < kept.revision) => {
                Err("an open sale lost lines that were durable".to_owned())
            }
            (Some(_) | None, _) => Ok(()),
        }
    }

    /// The page sends again what it has no answer to, and once more what it has one to.
    fn repeat(&self, till: &PowerTill) -> Result<(), String> {
        if let Some(call) = self.day.call_at(self.number) {
            self.send_again(till, call)?;
        }
        let Some(call) = self.day.call_before(self.number) else { return Ok(()) };
        let before = head(till)?;
        let is_draft = wire::operations::find(&call.envelope.operation).is_some_and(|known| known.draft);
        self.send_again(till, call)?;
        if !is_draft && head(till)? != before {
            return Err(format!("{} was done twice", call.envelope.operation));
        }
        Ok(())
    }

    fn send_again(&self, till: &PowerTill, call: &Called) -> Result<(), String> {
        let operation = &call.envelope.operation;
        let by_nobody = operation.starts_with("session.") || operation == "shop.set_up";
        let Some(caller) = self.clerks.caller(call.who).filter(|_| !by_nobody) else { return Ok(()) };
        match till.terminal.call(caller, &call.envelope) {
            Ok(_) => Ok(()),
            // What a sale was changed to may have lain in memory only; then there is nothing to change or complete.
            Err(ErrorBody { class: Class::Refusal, .. })
                if operation.starts_with("sale.") && call.to >= self.number =>
            {
                Ok(())
            }
            Err(ErrorBody { class: Class::Refusal, .. })
                if operation.starts_with("sale.") && is_draft(call) =>
            {
                Ok(())
            }
            Err(body) => Err(format!("{operation} sent again: {body}")),
        }
    }

    /// A sale is rung up, completed and printed, with the next number.
    fn sell(&self, till: &mut PowerTill) -> Result<(), String> {
        let ledger = Ledger::read(till)?;
        let ana = &self.clerks.ana;
        let scan = envelope("sale.scan", &json!({ "code": COLA }), FRESH_REQUESTS + 10);
        let view: Value = till.send(ana, &scan)?;
        let request = json!({
            "sale": view["sale"], "tenders": [{ "kind": "cash", "amount": null }], "total": view["totals"]["total"],
        });
        let complete = envelope("sale.complete", &request, FRESH_REQUESTS + 11);
        let completed: SaleCompleted = till.send(ana, &complete)?;
        till.print();
        till.guard();
        let series = head(till)?.series;
        let expected = format!("{series}-{:06}", ledger.receipts_of_this_life + 1);
        if completed.receipt_number != expected {
            return Err(format!("the next receipt is {}, not {expected}", completed.receipt_number));
        }
        Ok(())
    }

    /// A till that was never set up is set up now; every eighth time, since it takes its time.
    fn begin_anew(&self, till: &PowerTill) -> Result<(), String> {
        let caller = till.terminal.connect(Door::Script);
        till.ask(&caller, "shop.greeting", &json!({}))?;
        let set_up = self.day.calls.iter().find(|call| call.envelope.operation == "shop.set_up");
        let Some(set_up) = set_up.filter(|_| self.number.is_multiple_of(8)) else { return Ok(()) };
        till.send::<Value>(&caller, &set_up.envelope).map(drop)
    }
}

fn is_draft(call: &Called) -> bool {
    wire::operations::find(&call.envelope.operation).is_some_and(|known| known.draft)
}

fn head(till: &PowerTill) -> Result<database::Head, String> {
    let head = till.terminal.database().head(Purpose::Selling).map_err(|error| error.to_string())?;
    head.ok_or_else(|| "there is no log".to_owned())
}

/// SQLite finds both files whole.
fn check_files(till: &PowerTill) -> Result<(), String> {
    use database::disk::Disk;
    for name in ["ledger.db", "catalog.db"] {
        let path = till.terminal.data_dir().join(name);
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let vfs = till.disk.vfs().unwrap_or_default();
        let check = || -> rusqlite::Result<String> {
            let connection = rusqlite::Connection::open_with_flags_and_vfs(path, flags, vfs)?;
            connection.query_row("pragma quick_check", [], |row| row.get(0))
        };
        match check() {
            Ok(found) if found == "ok" => {}
            Ok(found) => return Err(format!("{name}: {found}")),
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
    Ok(())
}

/// A ledger whose chain is whole.
pub(super) struct Ledger {
    /// The hashes of its facts in their places, life after life.
    pub hashes: Vec<Hash>,
    /// The numbers of its receipts, in order.
    pub receipts: Vec<String>,
    /// How many of them the life that goes on has.
    pub receipts_of_this_life: u64,
    /// The lives of its log.
    pub lives: usize,
    /// How many facts there were before the life that goes on.
    before_this_life: usize,
}

impl Ledger {
    /// Reads it and checks chain, places, payloads and numbers.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(till: &PowerTill) -> Result<Self, String> {
        let facts = till.terminal.database().read(|reader| reader.facts_after(0, 100_000));
        let facts = facts.map_err(|error: DatabaseError| error.to_string())?;
        let mut ledger = Self {
            hashes: Vec::new(),
            receipts: Vec::new(),
            receipts_of_this_life: 0,
            lives: 0,
            before_this_life: 0,
        };
        let mut last: Option<Header> = None;
        let mut sales = BTreeSet::new();
        let mut number = 0;
        for fact in &facts {
            let header = Header::decode(&fact.envelope).map_err(|error| error.to_string())?;
            let continues = last.as_ref().filter(|last| last.log == header.log);
            let (seq, previous) = continues.map_or((0, [0; 32]), |last| (last.seq, last.hash()));
            if continues.is_none() {
                ledger.lives += 1;
                ledger.before_this_life = ledger.hashes.len();
                number = 0;
            }
            if header.seq != seq + 1 || header.previous != previous {
                return Err(format!("fact {} does not follow fact {seq}", header.seq));
            }
            check_payload(fact, &header)?;
            if header.kind == "sale.completed" {
                let parsed = Fact::parse(&header.kind, header.kind_version, &fact.payload);
                let Ok(Fact::SaleCompleted(sale)) = parsed else {
                    return Err("a sale cannot be read".into());
                };
                number += 1;
                if sale.number != number {
                    return Err(format!("receipt {} comes where {number} is due", sale.number));
                }
                if !sales.insert(sale.sale) {
                    return Err(format!("{} is a sale that was completed before", sale.receipt_number));
                }
                ledger.receipts.push(sale.receipt_number.clone());
            }
            ledger.hashes.push(header.hash());
            ledger.receipts_of_this_life = number;
            last = Some(header);
        }
        Ok(ledger)
    }

    /// The hash at a place of the life that goes on.
    fn hash_at(&self, seq: u64) -> Option<&Hash> {
        let index = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.hashes.get(self.before_this_life + index)
    }
}

fn check_payload(fact: &StoredFact, header: &Header) -> Result<(), String> {
    let salt = fact.salt.clone().try_into().map_err(|_| "a salt has another length")?;
    let same = payload_hash(&salt, &fact.payload) == header.payload_hash;
    if same { Ok(()) } else { Err(format!("the payload of fact {} is another one", header.seq)) }
}

/// The number of the receipt on a sheet of the first life; a kick of the drawer has none.
pub(super) fn receipt_number(bytes: &[u8]) -> Option<String> {
    let at = bytes.windows(2).position(|two| two == b"A-")?;
    let digits = bytes.get(at + 2..at + 8)?;
    digits.iter().all(u8::is_ascii_digit).then(|| format!("A-{}", String::from_utf8_lossy(digits)))
}
