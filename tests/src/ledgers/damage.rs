//! Known ways to damage a ledger: by a disk that forgets, and by somebody who wants the books to say something else and
//! computes every hash anew.

use super::{Archived, Failure, Plan, Written};
use crate::seed::draw::Draw;
use database::dump::run_statements;
use domain::time::Hlc;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use uuid::Uuid;
use wire::fact::header::{FLAG_TRAINING, Header, Salt, head_message, payload_hash};

/// A way to damage a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// One bit of an envelope.
    EnvelopeBit,
    /// Another format in an envelope.
    EnvelopeFormat,
    /// The column `kind`.
    KindColumn,
    /// One bit of a salt.
    SaltBit,
    /// One bit of a payload.
    PayloadBit,
    /// Half a payload, with the hashes of it.
    PayloadCut,
    /// A fact in the middle is gone.
    FactRemoved,
    /// The first fact is gone.
    FirstRemoved,
    /// The last fact is gone.
    LastRemoved,
    /// The last fact stands in a log of its own.
    LastMoved,
    /// Two facts changed places.
    FactsSwapped,
    /// A fact stands there twice.
    FactTwice,
    /// A fact of another life, chained into this one.
    OtherIncarnation,
    /// The first fact names another shop.
    OpeningStore,
    /// A fact of training in a log that counts.
    TrainingFlag,
    /// The logical clock stands still.
    ClockStands,
    /// A receipt has a later number.
    Renumbered,
    /// A receipt has the number of the one before.
    NumberTwice,
    /// The printed number alone.
    ReceiptNumber,
    /// The total.
    Total,
    /// The total is a text.
    TotalText,
    /// The total is not there.
    TotalMissing,
    /// What was paid.
    Tender,
    /// What was sold.
    Line,
    /// The tax.
    Tax,
    /// More came back than was sold.
    ReturnTooMuch,
    /// What came back before.
    ReturnBefore,
    /// The tax of what came back.
    ReturnTax,
    /// An invoice has a later number.
    InvoiceRenumbered,
    /// An invoice says something else than its sale.
    InvoiceTotal,
    /// A sale has two invoices.
    InvoiceTwice,
    /// Store credit is nobody's.
    CreditOfNobody,
    /// What there is of store credit after a sale.
    CreditLeft,
    /// What is owed after a sale.
    Owed,
    /// What is owed after a payment.
    AccountOwed,
    /// A payment on account is of a cent more, and the reports of its shift with it.
    AccountAmount,
    /// A payment on account has a later number.
    AccountRenumbered,
    /// A cent more was written off, and the reports of the shift say so.
    WriteOffAmount,
    /// What is owed after a write-off.
    WriteOffOwed,
    /// A sale was completed twice.
    SaleTwice,
    /// Two lives have the same receipt numbers.
    SeriesTwice,
    /// Something no rule of a single fact speaks of: only a signature tells.
    NameForged,
    /// The key a log introduces.
    KeyReplaced,
    /// One bit of a signature.
    SignatureBit,
    /// A head signed by another key.
    KeyForeign,
    /// The hash that was signed.
    SignedHash,
    /// A signed head behind the log's end.
    SignedNothing,
    /// The place in the log's row.
    RowSeq,
    /// The hash in the log's row.
    RowHash,
    /// The clock in the log's row.
    RowHlc,
    /// The series in the log's row.
    RowSeries,
    /// The incarnation in the log's row.
    RowIncarnation,
    /// Whether the log's row says that it is one to train on.
    RowTraining,
    /// The log's row is gone.
    RowMissing,
    /// A personal value.
    PersonalValue,
    /// The salt of a personal value.
    PersonalSalt,
    /// A personal value beside a fact that does not commit to it.
    PersonalForeign,
    /// A personal value beside no fact.
    PersonalNowhere,
    /// Where an archive says that a log begins.
    BeforeSeq,
    /// The hash it says the log goes on from.
    BeforeHash,
    /// The key it says had been introduced.
    BeforeKey,
    /// An archive does not say where a log begins.
    BeforeMissing,
    /// Which facts an archive says it holds.
    ArchiveRow,
    /// The end of a log in an archive is not signed.
    EndUnsigned,
    /// A log is gone from an archive, but for its beginning.
    LogDropped,
}

impl Damage {
    /// Those of archives alone.
    pub const ARCHIVE: [Self; 7] = [
        Self::BeforeSeq,
        Self::BeforeHash,
        Self::BeforeKey,
        Self::BeforeMissing,
        Self::ArchiveRow,
        Self::EndUnsigned,
        Self::LogDropped,
    ];

    /// Those of a ledger alone: an archive may lack what they need, or the rule that they break is not asked of it.
    pub const LEDGER: [Self; 14] = [
        Self::ReturnTooMuch,
        Self::ReturnBefore,
        Self::ReturnTax,
        Self::InvoiceRenumbered,
        Self::InvoiceTotal,
        Self::InvoiceTwice,
        Self::CreditOfNobody,
        Self::CreditLeft,
        Self::Owed,
        Self::AccountOwed,
        Self::AccountAmount,
        Self::AccountRenumbered,
        Self::WriteOffAmount,
        Self::WriteOffOwed,
    ];

    /// Those of every file.
    pub const ALL: [Self; 44] = [
        Self::EnvelopeBit,
        Self::EnvelopeFormat,
        Self::KindColumn,
        Self::SaltBit,
        Self::PayloadBit,
        Self::PayloadCut,
        Self::FactRemoved,
        Self::FirstRemoved,
        Self::LastRemoved,
        Self::LastMoved,
        Self::FactsSwapped,
        Self::FactTwice,
        Self::OtherIncarnation,
        Self::OpeningStore,
        Self::TrainingFlag,
        Self::ClockStands,
        Self::Renumbered,
        Self::NumberTwice,
        Self::ReceiptNumber,
        Self::Total,
        Self::TotalText,
        Self::TotalMissing,
        Self::Tender,
        Self::Line,
        Self::Tax,
        Self::SaleTwice,
        Self::SeriesTwice,
        Self::NameForged,
        Self::KeyReplaced,
        Self::SignatureBit,
        Self::KeyForeign,
        Self::SignedHash,
        Self::SignedNothing,
        Self::RowSeq,
        Self::RowHash,
        Self::RowHlc,
        Self::RowSeries,
        Self::RowIncarnation,
        Self::RowTraining,
        Self::RowMissing,
        Self::PersonalValue,
        Self::PersonalSalt,
        Self::PersonalForeign,
        Self::PersonalNowhere,
    ];

    /// The plan with what this damage needs.
    pub fn plan(self, mut plan: Plan) -> Plan {
        if self == Self::SeriesTwice {
            plan.lives = plan.lives.max(2);
        }
        plan
    }
}

/// The first fault there is after a damage: rule, log and place.
pub type Expected = (u8, Option<i64>, Option<i64>);

/// Damages the file of a ledger, where and how by a seed. Returns what its first fault is, where that does not depend on which bit it was.
///
/// # Errors
/// What SQLite answers; a ledger without what this damage needs.
pub fn apply(damage: Damage, file: &Path, written: &Written, seed: u64) -> Result<Option<Expected>, Failure> {
    let mut book = Book::read(written, None)?;
    let (sql, expected) = book.damage(damage, &mut Draw::new(seed, 9))?;
    run_statements(file, &sql)?;
    Ok(expected)
}

/// The same with an archive. `None` when it has not what this damage needs.
///
/// # Errors
/// What SQLite answers.
pub fn apply_to_archive(
    damage: Damage,
    archive: &Archived,
    written: &Written,
    seed: u64,
) -> Result<Option<Option<Expected>>, Failure> {
    let mut book = Book::read(written, Some(archive))?;
    if !book.suits(damage) {
        return Ok(None);
    }
    let (sql, expected) = book.damage(damage, &mut Draw::new(seed, 9))?;
    run_statements(&archive.file, &sql)?;
    Ok(Some(expected))
}

/// A fact that is about to be forged.
struct Entry {
    arrival: i64,
    log: i64,
    header: Header,
    salt: Salt,
    payload: Vec<u8>,
}

impl Entry {
    fn seq(&self) -> i64 {
        self.header.seq.cast_signed()
    }

    fn place(&self) -> (Option<i64>, Option<i64>) {
        (Some(self.log), Some(self.seq()))
    }

    fn content(&self) -> Result<Value, Failure> {
        Ok(serde_json::from_slice(&self.payload)?)
    }
}

/// The facts of a file, and who signed it.
struct Book<'w> {
    entries: Vec<Entry>,
    /// The log that is damaged.
    log: i64,
    key: &'w SigningKey,
    signed: Vec<(i64, u64)>,
}

fn blob(bytes: &[u8]) -> String {
    let mut text = String::from("x'");
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\'');
    text
}

fn flipped(bytes: &[u8], draw: &mut Draw) -> String {
    let mut bytes = bytes.to_vec();
    let index = draw.index(bytes.len());
    bytes[index] ^= 1 << draw.below(8);
    blob(&bytes)
}

impl<'w> Book<'w> {
    fn read(written: &'w Written, archive: Option<&Archived>) -> Result<Self, Failure> {
        let mut lives = Vec::new();
        let mut entries = Vec::new();
        for stored in &written.facts {
            let header = Header::decode(&stored.envelope)?;
            let life = header.log.incarnation;
            let index = lives.iter().position(|known| *known == life).unwrap_or_else(|| {
                lives.push(life);
                lives.len() - 1
            });
            let salt = stored.salt.as_slice().try_into()?;
            let payload = stored.payload.clone();
            // Logs are numbered as they begin.
            entries.push(Entry {
                arrival: stored.arrival,
                log: i64::try_from(index)? + 1,
                header,
                salt,
                payload,
            });
        }
        let mut signed = written.signed.clone();
        let mut log = 1;
        if let Some(archive) = archive {
            entries.retain(|entry| archive.arrivals.contains(&entry.arrival));
            signed.retain(|place| entries.iter().any(|entry| (entry.log, entry.header.seq) == *place));
            let mut ends: BTreeMap<i64, u64> = BTreeMap::new();
            let mut counting: BTreeMap<i64, u64> = BTreeMap::new();
            for entry in &entries {
                ends.insert(entry.log, entry.header.seq);
                if entry.header.flags & FLAG_TRAINING == 0 {
                    *counting.entry(entry.log).or_default() += 1;
                }
            }
            for end in ends {
                if !signed.contains(&end) {
                    signed.push(end);
                }
            }
            log = counting.into_iter().max_by_key(|(_, facts)| *facts).map_or(1, |(log, _)| log);
        }
        Ok(Self { entries, log, key: &written.key, signed })
    }

    /// Whether a part of a ledger has what a damage needs.
    fn suits(&self, damage: Damage) -> bool {
        let (all, sales) = (self.first_log(""), self.first_log("sale.completed"));
        let keys = self.first_log("key.introduced");
        let enough = all.len() >= 3 && sales.len() >= 2;
        let begins = all.first().is_some_and(|first| self.entries[*first].seq() == 1);
        enough
            && match damage {
                Damage::OpeningStore => begins,
                Damage::KeyReplaced => !keys.is_empty(),
                Damage::BeforeKey => keys.is_empty() && !begins,
                Damage::PersonalValue | Damage::PersonalSalt => self.person().is_ok(),
                Damage::SeriesTwice => self.shared_series().is_ok(),
                _ => true,
            }
    }

    /// Facts of the log that is damaged of a kind, or of all kinds; by their index.
    fn first_log(&self, kind: &str) -> Vec<usize> {
        (0..self.entries.len())
            .filter(|index| {
                let entry = &self.entries[*index];
                entry.log == self.log && (kind.is_empty() || entry.header.kind == kind)
            })
            .collect()
    }

    /// One of them that is neither the first nor the last of its log.
    fn middle(&self, draw: &mut Draw) -> usize {
        let all = self.first_log("");
        *draw.one(&all[1..all.len() - 1])
    }

    fn sale(&self, draw: &mut Draw) -> usize {
        *draw.one(&self.first_log("sale.completed"))
    }

    /// The first payment on an account in the log.
    fn account_paid(&self) -> Result<usize, Failure> {
        self.first_log("account.paid").into_iter().next().ok_or_else(|| "nobody paid on account".into())
    }

    /// The first write-off in the log.
    fn written_off(&self) -> Result<usize, Failure> {
        self.first_log("account.written_off")
            .into_iter()
            .next()
            .ok_or_else(|| "nothing was written off".into())
    }

    /// The invoices of the log.
    fn invoices(&self) -> Vec<usize> {
        self.first_log("invoice.issued")
    }

    /// A sale of the log that takes something back: the first.
    fn returning(&self) -> Result<usize, Failure> {
        let mut sales = self.first_log("sale.completed").into_iter();
        let takes_back = |index: &usize| {
            self.entries[*index].content().is_ok_and(|content| content["lines"][0]["of"].is_object())
        };
        sales.find(takes_back).ok_or_else(|| "nothing came back".into())
    }

    /// A sale of the log that goes by an account, and says so in this field: the first.
    fn by_account(&self, field: &str) -> Result<usize, Failure> {
        let mut sales = self.first_log("sale.completed").into_iter();
        let by_account =
            |index: &usize| self.entries[*index].content().is_ok_and(|content| content[field].is_number());
        sales.find(by_account).ok_or_else(|| format!("no sale says {field}").into())
    }

    /// Two sales of the log, the earlier first.
    fn two_sales(&self, draw: &mut Draw) -> (usize, usize) {
        let sales = self.first_log("sale.completed");
        let later = 1 + draw.index(sales.len() - 1);
        (sales[later - 1], sales[later])
    }

    /// A person's record whose values are kept: the shop's first.
    fn person(&self) -> Result<usize, Failure> {
        let changed = self.first_log("record.changed").into_iter();
        let mut committed = changed
            .filter(|index| String::from_utf8_lossy(&self.entries[*index].payload).contains("commitment"));
        committed.next().ok_or_else(|| "there is no person".into())
    }

    /// Computes the chain of a log anew, and everything that follows from it.
    fn chained(&mut self, log: i64, signs: bool) -> String {
        let mut sql = String::new();
        let first = self.entries.iter().find(|entry| entry.log == log);
        let mut previous = first.map_or([0; 32], |entry| entry.header.previous);
        let mut head = (0, [0; 32], Hlc(0));
        for entry in self.entries.iter_mut().filter(|entry| entry.log == log) {
            entry.header.previous = previous;
            entry.header.payload_hash = payload_hash(&entry.salt, &entry.payload);
            previous = entry.header.hash();
            head = (entry.seq(), previous, entry.header.hlc);
            // Writing to a string cannot fail.
            let _ = writeln!(
                sql,
                "update fact set kind = '{}', envelope = {}, payload = {} where arrival = {};",
                entry.header.kind,
                blob(&entry.header.encode()),
                blob(&entry.payload),
                entry.arrival,
            );
            if signs {
                let place = (log, entry.header.seq);
                if self.signed.contains(&place) {
                    let message = head_message(entry.header.log.incarnation, entry.header.seq, &previous);
                    let _ = writeln!(
                        sql,
                        "update signed_head set hash = {}, signature = {} where log = {log} and seq = {};",
                        blob(&previous),
                        blob(&self.key.sign(&message).to_bytes()),
                        entry.header.seq,
                    );
                }
            }
        }
        let _ = writeln!(
            sql,
            "update log set head_seq = {}, head_hash = {}, head_hlc = {} where id = {log};",
            head.0,
            blob(&head.1),
            head.2.0.cast_signed(),
        );
        sql
    }

    /// Lets a sale say something else, with all hashes; `signs` when its head is signed anew too.
    fn forge(
        &mut self,
        index: usize,
        rule: u8,
        signs: bool,
        change: impl FnOnce(&mut Value),
    ) -> Result<(String, Option<Expected>), Failure> {
        let mut content = self.entries[index].content()?;
        change(&mut content);
        self.entries[index].payload = serde_json::to_vec(&content)?;
        let (log, seq) = self.entries[index].place();
        Ok((self.chained(self.entries[index].log, signs), Some((rule, log, seq))))
    }

    /// Lets a payment or a write-off be of a cent more, and the reports of its shift with it: only the account itself tells.
    fn forge_amount(&mut self, index: usize) -> Result<(String, Option<Expected>), Failure> {
        let (log, kind) = (self.entries[index].log, self.entries[index].header.kind.clone());
        let is_cash = self.entries[index].content()?["kind"] == json!("cash");
        let sums: &[&str] = match kind.as_str() {
            "account.paid" if is_cash => &["/figures/cash/account", "/expected"],
            "account.paid" => &["/figures/account_card"],
            _ => &["/figures/account_written_off"],
        };
        let add = |content: &mut Value, path: &str, more: i64| {
            if let Some(amount) = content.pointer_mut(path) {
                *amount = json!(amount.as_i64().unwrap_or(0) + more);
            }
        };
        for entry in self.entries[index + 1..].iter_mut().filter(|entry| entry.log == log) {
            let kind = entry.header.kind.as_str();
            let mut content = entry.content()?;
            // Of the other drawer.
            if content["drawer"].is_number() {
                continue;
            }
            if kind == "shift.opened" && content["afresh"] == json!(true) {
                break;
            }
            if !["shift.read", "shift.closed"].contains(&kind) {
                continue;
            }
            for path in sums {
                add(&mut content, path, 1);
            }
            if sums.contains(&"/expected") {
                add(&mut content, "/over_short", -1);
            }
            let is_over = kind == "shift.closed";
            entry.payload = serde_json::to_vec(&content)?;
            if is_over {
                break;
            }
        }
        self.forge(index, 19, true, |content| add(content, "/amount", 1))
    }

    fn damage(&mut self, damage: Damage, draw: &mut Draw) -> Result<(String, Option<Expected>), Failure> {
        let signs = draw.happens(500);
        let all = self.first_log("");
        let (first, last) = (all[0], all[all.len() - 1]);
        let any = *draw.one(&all);
        let update = |index: usize, column: &str, value: &str| {
            format!("update fact set {column} = {value} where arrival = {}", self.entries[index].arrival)
        };
        let at = |index: usize, rule: u8| {
            let (log, seq) = self.entries[index].place();
            Some((rule, log, seq))
        };
        let (signed_log, signed_seq) = *draw.one(&self.signed);
        let signed_at = Some((10, Some(signed_log), Some(signed_seq.cast_signed())));
        let sign = |columns: String| {
            format!("update signed_head set {columns} where log = {signed_log} and seq = {signed_seq}")
        };
        let signed = self
            .entries
            .iter()
            .find(|entry| (entry.log, entry.header.seq) == (signed_log, signed_seq))
            .ok_or("a head was signed")?;
        let log = self.log;
        let row = |columns: &str, place: Option<i64>, rule: u8| {
            (format!("update log set {columns} where id = {log}"), Some((rule, Some(log), place)))
        };
        let first_seq = self.entries[first].seq();
        let cents = |content: &mut Value, path: &str| {
            if let Some(amount) = content.pointer_mut(path) {
                *amount = json!(amount.as_i64().unwrap_or(0) + 1);
            }
        };
        Ok(match damage {
            Damage::EnvelopeBit => {
                let envelope = self.entries[any].header.encode();
                (update(any, "envelope", &flipped(&envelope, draw)), None)
            }
            Damage::EnvelopeFormat => {
                let mut envelope = self.entries[any].header.encode();
                envelope[4] = 2;
                (update(any, "envelope", &blob(&envelope)), at(any, 1))
            }
            Damage::KindColumn => (update(any, "kind", "'sale.complete'"), at(any, 1)),
            Damage::SaltBit => (update(any, "salt", &flipped(&self.entries[any].salt, draw)), at(any, 4)),
            Damage::PayloadBit => {
                (update(any, "payload", &flipped(&self.entries[any].payload, draw)), at(any, 4))
            }
            Damage::PayloadCut => {
                let expected = at(any, 4);
                let half = self.entries[any].payload.len() / 2;
                self.entries[any].payload.truncate(half);
                (self.chained(self.log, signs), expected)
            }
            Damage::FactRemoved => {
                let index = self.middle(draw);
                let arrival = self.entries[index].arrival;
                (format!("delete from fact where arrival = {arrival}"), at(index, 2))
            }
            Damage::FirstRemoved => {
                (format!("delete from fact where arrival = {}", self.entries[first].arrival), at(first, 2))
            }
            // The last one was signed.
            Damage::LastRemoved => {
                (format!("delete from fact where arrival = {}", self.entries[last].arrival), at(last, 10))
            }
            Damage::LastMoved => (update(last, "log", "70"), at(last, 10)),
            Damage::FactsSwapped => {
                let (one, other) = self.two_sales(draw);
                let (low, high) = (&self.entries[one], &self.entries[other]);
                let sql = format!(
                    "update fact set seq = -1 where arrival = {}; update fact set seq = {} where arrival = {};
                     update fact set seq = {} where arrival = {}",
                    low.arrival,
                    low.seq(),
                    high.arrival,
                    high.seq(),
                    low.arrival,
                );
                (sql, at(one, 2))
            }
            Damage::FactTwice => {
                let arrival = self.entries[any].arrival;
                let sql = format!(
                    "drop index fact_identity;
                     insert into fact (log, seq, kind, envelope, salt, payload)
                     select log, seq, kind, envelope, salt, payload from fact where arrival = {arrival}"
                );
                (sql, at(any, 2))
            }
            Damage::OtherIncarnation => {
                let index = self.middle(draw);
                let expected = at(index, 2);
                self.entries[index].header.log.incarnation.0 = Uuid::from_u128(99);
                (self.chained(self.log, signs), expected)
            }
            Damage::OpeningStore => {
                self.forge(first, 5, signs, |content| content["store"] = json!(Uuid::from_u128(99)))?
            }
            Damage::TrainingFlag => {
                let expected = at(any, 5);
                self.entries[any].header.flags |= FLAG_TRAINING;
                (self.chained(self.log, signs), expected)
            }
            Damage::ClockStands => {
                let index = self.middle(draw);
                let expected = at(index, 6);
                let before = all[all.iter().position(|one| *one == index).unwrap_or(1) - 1];
                self.entries[index].header.hlc = self.entries[before].header.hlc;
                (self.chained(self.log, signs), expected)
            }
            Damage::Renumbered => {
                // Where a log goes on, the first number is any.
                let index = if first_seq == 1 { self.sale(draw) } else { self.two_sales(draw).1 };
                self.forge(index, 7, signs, |content| {
                    let number = content["number"].as_u64().unwrap_or(0) + 1;
                    content["number"] = json!(number);
                    content["receipt_number"] = json!(format!("{}-{number:06}", series_of(content)));
                })?
            }
            Damage::NumberTwice => {
                let (one, other) = self.two_sales(draw);
                let before = self.entries[one].content()?;
                self.forge(other, 7, signs, |content| {
                    content["number"] = before["number"].clone();
                    content["receipt_number"] = before["receipt_number"].clone();
                })?
            }
            Damage::ReceiptNumber => {
                let index = self.sale(draw);
                self.forge(index, 7, signs, |content| content["receipt_number"] = json!("A-0000001"))?
            }
            Damage::Total => {
                let index = self.sale(draw);
                self.forge(index, 8, signs, |content| cents(content, "/total"))?
            }
            Damage::TotalText => {
                let index = self.sale(draw);
                self.forge(index, 8, signs, |content| content["total"] = json!(content["total"].to_string()))?
            }
            Damage::TotalMissing => {
                let index = self.sale(draw);
                self.forge(index, 8, signs, |content| {
                    if let Some(object) = content.as_object_mut() {
                        object.remove("total");
                    }
                })?
            }
            Damage::Tender => {
                let index = self.sale(draw);
                self.forge(index, 8, signs, |content| {
                    let tender = json!({ "kind": "cash", "direction": "taken", "tendered": 1, "change": 0 });
                    if let Some(tenders) = content["tenders"].as_array_mut() {
                        tenders.push(tender);
                    }
                })?
            }
            Damage::Line => {
                let index = self.sale(draw);
                self.forge(index, 8, signs, |content| cents(content, "/lines/0/amount"))?
            }
            Damage::Tax => {
                let index = self.sale(draw);
                self.forge(index, 8, signs, |content| cents(content, "/taxes/0/tax"))?
            }
            Damage::ReturnTooMuch => {
                let index = self.returning()?;
                self.forge(index, 17, true, |content| content["lines"][0]["quantity"] = json!(9_000_000))?
            }
            Damage::ReturnBefore => {
                let index = self.returning()?;
                self.forge(index, 17, true, |content| content["lines"][0]["of"]["before"] = json!(123_000))?
            }
            Damage::ReturnTax => {
                let index = self.returning()?;
                self.forge(index, 17, true, |content| cents(content, "/lines/0/tax"))?
            }
            Damage::InvoiceRenumbered => {
                let index = self.invoices()[0];
                self.forge(index, 18, signs, |content| {
                    let series = series_of(content);
                    let number = content["number"].as_u64().unwrap_or(0) + 1;
                    content["number"] = json!(number);
                    content["invoice_number"] = json!(format!("{series}-I{number:06}"));
                })?
            }
            Damage::InvoiceTotal => {
                let index = self.invoices()[0];
                self.forge(index, 18, true, |content| {
                    cents(content, "/total");
                    cents(content, "/taxes/0/net");
                })?
            }
            Damage::InvoiceTwice => {
                let [one, other, ..] = self.invoices()[..] else {
                    return Err("two sales have invoices".into());
                };
                let before = self.entries[one].content()?;
                self.forge(other, 18, true, |content| {
                    for field in ["sale", "receipt_number", "currency", "total", "taxes"] {
                        content[field] = before[field].clone();
                    }
                })?
            }
            Damage::CreditOfNobody => {
                let index = self.by_account("credit_left")?;
                self.forge(index, 19, true, |content| {
                    if let Some(object) = content.as_object_mut() {
                        object.remove("customer");
                    }
                })?
            }
            Damage::CreditLeft => {
                let index = self.by_account("credit_left")?;
                self.forge(index, 19, true, |content| cents(content, "/credit_left"))?
            }
            Damage::Owed => {
                let index = self.by_account("owed")?;
                self.forge(index, 19, true, |content| cents(content, "/owed"))?
            }
            Damage::AccountOwed => {
                let index = self.account_paid()?;
                self.forge(index, 19, true, |content| cents(content, "/owed"))?
            }
            Damage::AccountAmount => self.forge_amount(self.account_paid()?)?,
            Damage::WriteOffAmount => self.forge_amount(self.written_off()?)?,
            Damage::WriteOffOwed => {
                let index = self.written_off()?;
                self.forge(index, 19, true, |content| cents(content, "/owed"))?
            }
            Damage::AccountRenumbered => {
                let index = self.account_paid()?;
                self.forge(index, 19, signs, |content| {
                    let number = content["number"].as_u64().unwrap_or(0);
                    let printed = content["slip_number"].as_str().unwrap_or("");
                    let printed = printed.replace(&format!("-P{number:06}"), &format!("-P{:06}", number + 1));
                    content["number"] = json!(number + 1);
                    content["slip_number"] = json!(printed);
                })?
            }
            Damage::SaleTwice => {
                let (one, other) = self.two_sales(draw);
                let before = self.entries[one].content()?;
                self.forge(other, 12, true, |content| content["sale"] = before["sale"].clone())?
            }
            Damage::SeriesTwice => self.same_series()?,
            Damage::NameForged => {
                let index = self.sale(draw);
                let seq = self.entries[index].header.seq;
                let vouched = self.signed.iter().filter(|(of, place)| *of == log && *place >= seq);
                let place = vouched.map(|(_, place)| place.cast_signed()).min();
                let (sql, _) = self.forge(index, 10, false, |content| {
                    content["lines"][0]["name"] = json!("Something else");
                })?;
                (sql, Some((10, Some(log), place)))
            }
            Damage::KeyReplaced => {
                let key = *self.first_log("key.introduced").first().ok_or("a key was introduced")?;
                let place = self.signed.iter().filter(|(of, _)| *of == log).map(|(_, place)| *place).min();
                let (sql, _) = self.forge(key, 10, signs, |content| {
                    content["public_key"] = json!("11".repeat(32));
                })?;
                (sql, Some((10, Some(log), place.map(u64::cast_signed))))
            }
            Damage::SignatureBit => {
                let message = head_message(signed.header.log.incarnation, signed_seq, &signed.header.hash());
                let signature = self.key.sign(&message).to_bytes();
                (sign(format!("signature = {}", flipped(&signature, draw))), signed_at)
            }
            Damage::KeyForeign => {
                let other = SigningKey::from_bytes(&[7; 32]);
                let message = head_message(signed.header.log.incarnation, signed_seq, &signed.header.hash());
                let columns = format!(
                    "public_key = {}, signature = {}",
                    blob(other.verifying_key().as_bytes()),
                    blob(&other.sign(&message).to_bytes()),
                );
                (sign(columns), signed_at)
            }
            Damage::SignedHash => {
                (sign(format!("hash = {}", flipped(&signed.header.hash(), draw))), signed_at)
            }
            Damage::SignedNothing => {
                let behind = self.entries[last].seq() + 3;
                let sql = format!(
                    "insert into signed_head (log, seq, hash, public_key, signature)
                     select log, {behind}, hash, public_key, signature from signed_head
                     where log = {log} order by seq desc limit 1"
                );
                (sql, Some((10, Some(log), Some(behind))))
            }
            Damage::RowSeq => row("head_seq = head_seq - 1", None, 9),
            Damage::RowHash => row("head_hash = zeroblob(32)", None, 9),
            Damage::RowHlc => row("head_hlc = head_hlc + 1", None, 9),
            Damage::RowSeries if first_seq > 1 => {
                // Nothing else in this file says what the series is.
                let kinds = [("sale.completed", 7), ("shift.closed", 16), ("invoice.issued", 18)];
                let firsts = kinds.into_iter().filter_map(|(kind, rule)| {
                    let index = *self.first_log(kind).first()?;
                    Some((self.entries[index].seq(), rule))
                });
                let (seq, rule) = firsts.min().ok_or("something has a number")?;
                row("series = 'Z'", Some(seq), rule)
            }
            Damage::RowSeries => row("series = 'Z'", Some(1), 5),
            Damage::RowIncarnation => row("incarnation = zeroblob(16)", Some(first_seq), 5),
            Damage::RowTraining => row("training = 1", Some(first_seq), 5),
            Damage::RowMissing => {
                (format!("delete from log where id = {log}"), Some((5, Some(log), Some(first_seq))))
            }
            Damage::PersonalValue | Damage::PersonalSalt => {
                let index = self.person()?;
                let column = if damage == Damage::PersonalValue { "value" } else { "salt" };
                let arrival = self.entries[index].arrival;
                let sql = format!("update detached set {column} = x'2241227d' where arrival = {arrival}");
                (sql, at(index, 11))
            }
            Damage::PersonalForeign => {
                let index = self.sale(draw);
                let arrival = self.entries[index].arrival;
                let sql = format!(
                    "insert into detached (arrival, field, salt, value) values ({arrival}, 'name', zeroblob(16), x'22')"
                );
                (sql, at(index, 11))
            }
            Damage::PersonalNowhere => {
                let sql = "insert into detached (arrival, field, salt, value)
                           values (9999, 'name', zeroblob(16), x'22')";
                (sql.to_owned(), Some((11, None, None)))
            }
            Damage::BeforeSeq => {
                let sql = format!("update archive_log set before_seq = before_seq + 1 where log = {log}");
                (sql, at(first, 2))
            }
            Damage::BeforeHash => {
                let other = blob(&[0x11; 32]);
                (format!("update archive_log set before_hash = {other} where log = {log}"), at(first, 3))
            }
            Damage::BeforeKey => {
                let place = self.signed.iter().filter(|(of, _)| *of == log).map(|(_, place)| *place).min();
                let other = blob(SigningKey::from_bytes(&[7; 32]).verifying_key().as_bytes());
                let sql = format!("update archive_log set before_key = {other} where log = {log}");
                (sql, Some((10, Some(log), place.map(u64::cast_signed))))
            }
            Damage::BeforeMissing => {
                let rule = if first_seq == 1 { 5 } else { 2 };
                (format!("delete from archive_log where log = {log}"), Some((rule, Some(log), Some(1))))
            }
            Damage::ArchiveRow => {
                let column = *draw.one(&["first_arrival", "last_arrival"]);
                (format!("update archive set {column} = {column} + 1"), Some((13, None, None)))
            }
            Damage::EndUnsigned => {
                let end = self.entries[last].seq();
                let sql = format!("delete from signed_head where log = {log} and seq = {end}");
                (sql, Some((13, Some(log), None)))
            }
            Damage::LogDropped => {
                let sql = format!(
                    "delete from detached where arrival in (select arrival from fact where log = {log});
                     delete from signed_head where log = {log};
                     delete from fact where log = {log};
                     delete from log where id = {log}"
                );
                (sql, at(first, 2))
            }
        })
    }

    /// The second life of the log that counts, and its first sale whose number the first life has given too.
    fn shared_series(&self) -> Result<(i64, i64), Failure> {
        let life = self
            .entries
            .iter()
            .find(|entry| entry.header.kind == "ledger.opened" && entry.log > 1 && entry.header.flags == 0)
            .ok_or("there is a second life")?;
        let numbers = |log: i64| -> Result<Vec<(u64, i64)>, Failure> {
            let sales = self.entries.iter().filter(|entry| entry.log == log);
            let sales = sales.filter(|entry| entry.header.kind == "sale.completed");
            sales.map(|entry| Ok((entry.content()?["number"].as_u64().unwrap_or(0), entry.seq()))).collect()
        };
        let given: Vec<u64> = numbers(1)?.into_iter().map(|(number, _)| number).collect();
        let shared = numbers(life.log)?.into_iter().find(|(number, _)| given.contains(number));
        let (_, seq) = shared.ok_or("the two lives have no number in common")?;
        Ok((life.log, seq))
    }

    /// The second life of the log that counts takes the series of the first, with all hashes and signatures.
    fn same_series(&mut self) -> Result<(String, Option<Expected>), Failure> {
        let (log, shared) = self.shared_series()?;
        for entry in self.entries.iter_mut().filter(|entry| entry.log == log) {
            let mut content = entry.content()?;
            match entry.header.kind.as_str() {
                "ledger.opened" => content["series"] = json!("A"),
                "sale.completed" => {
                    let number = content["number"].as_u64().unwrap_or(0);
                    content["receipt_number"] = json!(format!("A-{number:06}"));
                }
                "invoice.issued" => {
                    let number = content["number"].as_u64().unwrap_or(0);
                    content["invoice_number"] = json!(format!("A-I{number:06}"));
                }
                "account.paid" => {
                    let number = content["number"].as_u64().unwrap_or(0);
                    content["slip_number"] = json!(format!("A-P{number:06}"));
                }
                _ => continue,
            }
            entry.payload = serde_json::to_vec(&content)?;
        }
        let sql = format!("{}; update log set series = 'A' where id = {log}", self.chained(log, true));
        Ok((sql, Some((12, Some(log), Some(shared)))))
    }
}

/// The series in the receipt number of a sale.
fn series_of(content: &Value) -> String {
    let receipt_number = content["receipt_number"].as_str().unwrap_or("");
    receipt_number.rsplit_once('-').map_or("", |(series, _)| series).to_owned()
}
