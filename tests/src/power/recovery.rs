//! What has to be true of a till that starts after its power was cut: it holds every fact it answered for, once and in
//! its place; nothing was printed that it does not hold; a call that is sent again does no harm; and it sells.

use super::day::{CASHIER, COLA, OWNER, SUSPENDED};
use super::history::{Called, Day, Restore, Which, Who, draft};
use super::lie::Loss;
use super::till::{Ground, PowerTill, Program};
use database::Purpose;
use database::backup;
use database::disk::Disk;
use database::error::DatabaseError;
use database::fact::StoredFact;
use database::guard::{Found, Guard};
use domain::backup::BackupReason;
use domain::error::Class;
use domain::ids::{OperatorId, RequestId, TerminalId};
use serde_json::{Value, json};
use simulated_disk::{SimulatedDisk, State};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
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
        let till = start(&day.ground, last, day.program_at(day.last() + 1), 9_000, day.passed_ms)?;
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

fn start(
    ground: &Ground,
    state: State,
    program: Program,
    boot: u64,
    passed_ms: i64,
) -> Result<PowerTill, String> {
    let disk = SimulatedDisk::of(state);
    PowerTill::start(ground, &disk, program, boot, passed_ms)
        .map_err(|error| format!("it does not start: {error}"))
}

/// The ledger a till was found with.
struct Seen {
    which: Which,
    ledger: Ledger,
    /// How many of its facts this very start has written: the first of a log of its own.
    own: usize,
    /// The ledger that is kept aside, if there is one.
    aside: Option<Ledger>,
}

impl Seen {
    /// The hashes of the facts that were there before the start.
    fn found(&self) -> &[Hash] {
        &self.ledger.hashes[..self.ledger.hashes.len() - self.own]
    }

    /// Whether what a call did can be in the ledger, so many facts after its beginning.
    fn holds(&self, call: &Called) -> bool {
        self.found().len() as u64 >= call.facts
    }
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
        let mut till = self.start(survivor, 0)?;
        let seen = self.look(&till)?;
        self.check_facts(&seen)?;
        self.check_guard(&till, &seen.ledger)?;
        self.check_paper(&seen)?;
        check_files(&till)?;
        self.check_migrated(&till)?;
        if self.number.is_multiple_of(VERIFIED_EVERY) {
            verify(&till, &self.day.ground)?;
        }
        if !self.knows("shop.set_up", &seen) {
            return self.begin_anew(&till);
        }
        self.check_imported(&till, &seen)?;
        self.check_draft(&till, &seen)?;
        self.check_suspended(&till, &seen)?;
        self.repeat(&till, &seen)?;
        till.print();
        self.check_printed_once(&till)?;
        if self.knows("product.save", &seen) {
            self.sell(&mut till)?;
        }
        Ledger::read(&till)?;
        self.restore_after_all(till, &seen)
    }

    /// An hour after the day, and the next one an hour later: whenever it was cut, no clock goes back.
    fn start(&self, state: State, hours: u8) -> Result<PowerTill, String> {
        let day = self.day;
        let boot = 10_000 + self.number + u64::from(hours) * 100_000;
        let passed_ms = day.passed_ms + 3_600_000 * (1 + i64::from(hours));
        start(&day.ground, state, day.program_at(self.number), boot, passed_ms)
    }

    /// Which ledger was found, and whether it may be that one.
    fn look(&self, till: &PowerTill) -> Result<Seen, String> {
        let reason = till.terminal.started().reincarnated.map(|(reason, _)| reason);
        if let Some(reason) = reason.filter(|reason| *reason != OpenReason::Restored) {
            return Err(format!("an honest disk is taken for another one: {reason:?}"));
        }
        let restored = reason.is_some();
        let which = match &self.day.restore {
            Some(restore) if self.number > restore.started && restored => {
                return Err("the same backup took the ledger's place again".to_owned());
            }
            Some(restore) if self.number > restore.to || (self.number > restore.from && restored) => {
                Which::Restored
            }
            Some(_) | None if restored => return Err("a backup nobody asked for took its place".to_owned()),
            Some(_) | None => Which::First,
        };
        let ledger = Ledger::read(till)?;
        let aside = Ledger::asides(till)?.pop();
        Ok(Seen { which, ledger, own: usize::from(restored), aside })
    }

    /// Starts from what a disk left that had only said that it synced. Facts may be gone; then the guard tells of it, or
    /// had not heard of them.
    ///
    /// # Errors
    /// What is not as it has to be.
    pub(super) fn check_after_lies(&self, survivor: State) -> Result<Loss, String> {
        let day = self.day;
        let mut till = self.start(survivor, 0)?;
        let reason = till.terminal.started().reincarnated.map(|(reason, _)| reason);
        let ledger = Ledger::read(&till)?;
        let old = ledger.hashes.len() - (ledger.lives - 1);
        let answered_for = usize::try_from(day.answered_for(Which::First, self.number)).unwrap_or(usize::MAX);
        let is_fresh = old == 1 && ledger.hashes.first() != day.first.first();
        if !is_fresh && ledger.hashes[..old] != day.first[..old] {
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
        let seen = Seen { which: Which::First, own: ledger.lives - 1, ledger, aside: None };
        if self.knows("product.save", &seen) && !is_fresh {
            let before = head(&till)?;
            self.sell(&mut till)?;
            if head(&till)?.seq <= before.seq {
                return Err("a sale left no fact".to_owned());
            }
        }
        Ledger::read(&till).map(|_| loss)
    }

    /// Whether what the first call of an operation did is in the ledger.
    fn knows(&self, operation: &str, seen: &Seen) -> bool {
        let call = self.day.calls.iter().find(|call| call.envelope.operation == operation);
        call.is_some_and(|call| seen.holds(call))
    }

    fn check_facts(&self, seen: &Seen) -> Result<(), String> {
        let (day, found) = (self.day, seen.found());
        if seen.which == Which::First && day.answered_for(Which::First, self.number) == 0 && found.len() == 1
        {
            // Nothing had been promised: it may be another first log.
            return Ok(());
        }
        let answered_for = match (seen.which, &day.restore) {
            // What the backup holds, even if the answer did not come.
            (Which::Restored, Some(restore)) => {
                self.check_aside(seen, restore)?;
                // A log of its own goes on after it, or both would take the same numbers.
                (restore.kept + 1 - seen.own) as u64
            }
            (Which::First, _) | (_, None) => 0,
        };
        let answered_for = answered_for.max(day.answered_for(seen.which, self.number));
        let under_way = day.under_way(seen.which, self.number);
        is_part(found, day.facts(seen.which), answered_for, under_way)
    }

    /// The ledger that a backup took the place of is kept, whole.
    fn check_aside(&self, seen: &Seen, restore: &Restore) -> Result<(), String> {
        let aside = seen.aside.as_ref().ok_or("what a backup took the place of is gone")?;
        let number = self.number.min(restore.to);
        let answered_for = self.day.answered_for(Which::First, number);
        is_part(&aside.hashes, &self.day.first, answered_for, self.day.first.len() as u64)
            .map_err(|problem| format!("kept aside: {problem}"))
    }

    /// A newer program has brought the files to its version, and there is a backup of before.
    fn check_migrated(&self, till: &PowerTill) -> Result<(), String> {
        if self.day.program_at(self.number) == Program::Released || !cfg!(debug_assertions) {
            return Ok(());
        }
        let migrated = |file: &str, name: &str| -> Result<(), String> {
            let connection = connect(till, &till.terminal.data_dir().join(file))?;
            let named = "select count(*) from sqlite_schema where name = ?1";
            let there: i64 =
                connection.query_row(named, [name], |row| row.get(0)).map_err(|error| error.to_string())?;
            if there == 1 { Ok(()) } else { Err(format!("{file} was not brought to the newer version")) }
        };
        migrated("ledger.db", "envelope_copy_order")?;
        migrated("catalog.db", "code_by_length")?;
        let shelf = till.terminal.data_dir().join(backup::FOLDER);
        for kept in backup::kept(&till.disk, &shelf).map_err(|error| error.to_string())? {
            let reason = kept.manifest.as_ref().map(|manifest| manifest.reason);
            if reason == Some(BackupReason::BeforeMigration) {
                let checked = backup::check(&till.disk, &kept.path).map_err(|error| error.to_string())?;
                return match checked.fault {
                    None => Ok(()),
                    Some(fault) => Err(format!("the backup before the migration: {fault}")),
                };
            }
        }
        Err("there is no backup of before the migration".to_owned())
    }

    /// Every second time when the power went while somebody asked for a restore, and nothing came of it, it is asked for
    /// again.
    fn restore_after_all(&self, till: PowerTill, seen: &Seen) -> Result<(), String> {
        let day = self.day;
        let Some(restore) = day.restore.as_ref().filter(|restore| {
            seen.which == Which::First && self.number > restore.from && self.number.is_multiple_of(2)
        }) else {
            return Ok(());
        };
        let call = day.calls.iter().find(|call| call.from == restore.from).ok_or("nobody asked for it")?;
        let before = Ledger::read(&till)?;
        let caller = self.clerks.caller(call.who).ok_or("nobody is there")?;
        till.send::<Value>(caller, &call.envelope)?;
        let state = till.disk.state();
        drop(till);
        let till = self.start(state, 1)?;
        let (ledger, aside) = (Ledger::read(&till)?, Ledger::asides(&till)?.pop());
        if ledger.hashes[..ledger.hashes.len() - 1] != day.first[..restore.kept] {
            return Err("what was put back is not what was backed up".to_owned());
        }
        match aside {
            Some(aside) if aside.hashes == before.hashes => Ok(()),
            Some(_) | None => Err("what it took the place of is not kept whole".to_owned()),
        }
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
    fn check_paper(&self, seen: &Seen) -> Result<(), String> {
        let aside = seen.aside.as_ref().map(|aside| aside.receipts.as_slice()).unwrap_or_default();
        for printed in self.day.printed.iter().filter(|printed| printed.at < self.number) {
            if let Some(number) = receipt_number(&printed.bytes)
                && !seen.ledger.receipts.contains(&number)
                && !aside.contains(&number)
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

    /// What a list brought is there as soon as its fact is, and nothing of it before.
    fn check_imported(&self, till: &PowerTill, seen: &Seen) -> Result<(), String> {
        let Some((facts, code)) = self.day.imported else { return Ok(()) };
        let is_in = seen.found().len() as u64 >= facts;
        let found = till.ask(&self.clerks.ana, "product.find", &json!({ "text": code }))?;
        match found["tiles"].as_array().map_or(0, Vec::len) {
            0 if is_in => Err("what a list brought is gone".to_owned()),
            1 if !is_in => Err("a list came in without its fact".to_owned()),
            0 | 1 => Ok(()),
            more => Err(format!("what a list brought is there {more} times")),
        }
    }

    /// An open sale that was durable is there as it was, or further, unless it was completed or cancelled since.
    fn check_draft(&self, till: &PowerTill, seen: &Seen) -> Result<(), String> {
        let swapped = self.day.restore.as_ref().filter(|_| seen.which == Which::Restored);
        if swapped.is_some_and(|restore| self.number <= restore.to) {
            return Ok(());
        }
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

    /// A sale that was put aside waits, as it was, until it is taken up again.
    fn check_suspended(&self, till: &PowerTill, seen: &Seen) -> Result<(), String> {
        if seen.which == Which::Restored {
            return Ok(());
        }
        let of = |operation: &str| self.day.calls.iter().find(|call| call.envelope.operation == operation);
        let (Some(suspended), Some(resumed)) = (of("sale.suspend"), of("sale.resume")) else { return Ok(()) };
        let list = till.ask(&self.clerks.ana, "sale.suspended", &json!({}))?;
        let waiting = list["sales"].as_array().map_or(0, Vec::len);
        let is_there =
            waiting == 1 && list["sales"][0]["name"] == SUSPENDED && list["sales"][0]["pieces"] == 1;
        let asked = suspended.from < self.number;
        match (suspended.to < self.number, resumed.from < self.number, resumed.to < self.number) {
            (true, false, _) if !is_there => Err("a sale that was put aside is gone".to_owned()),
            (_, _, true) if waiting > 0 => Err("a sale is put aside that was taken up again".to_owned()),
            (_, _, _) if waiting > 0 && !(asked && is_there) => {
                Err("something is put aside that nobody put there".to_owned())
            }
            (_, _, _) => Ok(()),
        }
    }

    /// The page sends again what it has no answer to, and once more what it has one to. A ledger that a backup took the
    /// place of does not know what was asked of the other one.
    fn repeat(&self, till: &PowerTill, seen: &Seen) -> Result<(), String> {
        let of_this_ledger =
            |call: &&Called| call.which == seen.which && call.envelope.operation != "backup.restore";
        if let Some(call) = self.day.call_at(self.number).filter(of_this_ledger) {
            self.send_again(till, call)?;
        }
        let Some(call) = self.day.call_before(self.number).filter(of_this_ledger) else { return Ok(()) };
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
            // An import that was not made yet is remembered in memory only.
            Err(ErrorBody { class: Class::Refusal, .. }) if operation.starts_with("import.") => Ok(()),
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

/// Whether facts are the first ones of all that were written, at least and at most so many.
fn is_part(found: &[Hash], all: &[Hash], least: u64, most: u64) -> Result<(), String> {
    let count = found.len() as u64;
    if count < least {
        return Err(format!("{count} facts, but it answered for {least}"));
    }
    if count > most {
        return Err(format!("{count} facts, more than the {most} that were written"));
    }
    if all.starts_with(found) { Ok(()) } else { Err("a fact is not the one that was written".to_owned()) }
}

/// One start of so many is looked at by everything `headless verify` does: that takes ten times as long as the rest.
const VERIFIED_EVERY: u64 = 4;

/// The check from outside finds nothing: no projection, no guard, no chain.
fn verify(till: &PowerTill, ground: &Ground) -> Result<(), String> {
    let guards = |terminal: TerminalId| ground.guard.join(terminal.to_string());
    let report = database::verify::directory(&till.disk, till.terminal.data_dir(), Some(&guards));
    let report = report.map_err(|error| error.to_string())?;
    match report.faults.first() {
        None => Ok(()),
        Some(fault) => Err(format!("verify: {fault:?}")),
    }
}

/// Opens a file of SQLite beside the till. Not to read only: what a power cut left half done, SQLite sets right first.
fn connect(till: &PowerTill, path: &Path) -> Result<rusqlite::Connection, String> {
    let vfs = till.disk.vfs().unwrap_or_default();
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    rusqlite::Connection::open_with_flags_and_vfs(path, flags, vfs).map_err(|error| error.to_string())
}

/// SQLite finds both files whole.
fn check_files(till: &PowerTill) -> Result<(), String> {
    for name in ["ledger.db", "catalog.db"] {
        let connection = connect(till, &till.terminal.data_dir().join(name))?;
        match connection.query_row("pragma quick_check", [], |row| row.get::<_, String>(0)) {
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
        Self::of(&facts.map_err(|error: DatabaseError| error.to_string())?)
    }

    /// Those that a backup took the place of and that are kept aside, the last one at the end.
    ///
    /// # Errors
    /// What is wrong with one.
    pub fn asides(till: &PowerTill) -> Result<Vec<Self>, String> {
        let data = till.terminal.data_dir();
        let is_aside = |path: &PathBuf| {
            let folder = path.parent().filter(|folder| folder.parent() == Some(data));
            let name = folder.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
            name.starts_with("replaced-") && path.ends_with("ledger.db")
        };
        let paths = till.disk.state().names().into_iter().filter(is_aside);
        paths.map(|path| Self::at(till, &path).map_err(|problem| format!("kept aside: {problem}"))).collect()
    }

    /// The one in a file that no till has open.
    fn at(till: &PowerTill, path: &Path) -> Result<Self, String> {
        let connection = connect(till, path)?;
        let read = || -> rusqlite::Result<Vec<StoredFact>> {
            let mut statement =
                connection.prepare("select arrival, envelope, salt, payload from fact order by arrival")?;
            let fact = |row: &rusqlite::Row<'_>| {
                Ok(StoredFact {
                    arrival: row.get(0)?,
                    envelope: row.get(1)?,
                    salt: row.get(2)?,
                    payload: row.get(3)?,
                })
            };
            statement.query_map([], fact)?.collect()
        };
        Self::of(&read().map_err(|error| error.to_string())?)
    }

    fn of(facts: &[StoredFact]) -> Result<Self, String> {
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
        for fact in facts {
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

/// The number of the receipt on a sheet, with the series before it; a kick of the drawer has none.
pub(super) fn receipt_number(bytes: &[u8]) -> Option<String> {
    let is_series = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let dashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'-').map(|(at, _)| at);
    for at in dashes {
        let series = bytes[..at].iter().rev().take_while(|byte| is_series(byte)).count();
        let digits = bytes.get(at + 1..at + 7).filter(|digits| digits.iter().all(u8::is_ascii_digit));
        if let Some(digits) = digits.filter(|_| series > 0) {
            let series = String::from_utf8_lossy(&bytes[at - series..at]);
            return Some(format!("{series}-{}", String::from_utf8_lossy(digits)));
        }
    }
    None
}
