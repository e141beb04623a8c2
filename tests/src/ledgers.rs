//! Ledgers from a seed, to try those who check ledgers: small, written by the till's own database, with a bit of
//! everything a ledger can hold. [`damage`] then breaks some of them in a known way.

mod account;
pub mod damage;
mod drawer;
mod invoiced;
mod returned;

use crate::seed::draw::Draw;
use database::disk::SystemDisk;
use database::dump::run_statements;
use database::error::DatabaseError;
use database::fact::StoredFact;
use database::{Database, Durability, LedgerTx, Purpose, Reader};
use domain::currency::Currency;
use domain::ids::{
    CustomerId, IncarnationId, OperatorId, OrganisationId, ProductId, SaleId, StoreId, TerminalId,
};
use domain::price::Price;
use domain::quantity::{Quantity, Unit};
use domain::registrar::FieldChange;
use domain::rounding::Rounding;
use domain::sale::TrailAct;
use domain::sale::line::Direction;
use domain::tax::{TaxMode, TaxPolicy, TaxRate, TaxScope};
use domain::tender::{TenderDirection, TenderKind};
use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;
use wire::fact::header::Salt;
use wire::fact::{
    CallRefused, ClockJumped, Fact, KeyIntroduced, LedgerOpened, OpenReason, Origin, PreviousLife,
    ReceiptReprinted, RecordErased, SaleCancelledFact, SaleCompletedFact, SignedIn, SoldLine, SoldTax,
    SoldTender, TrailEntry,
};
use wire::record::{Entity, hex, seal};

/// Where every ledger begins: 2 March 2026, 09:00 in Paris.
const BEGIN_MS: i64 = 1_772_438_400_000;

const DAY_MS: i64 = 86_400_000;

/// An error in words: what comes here is a defect of the test.
pub type Failure = Box<dyn std::error::Error>;

/// What a ledger is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Facts at least; a few more where the last thing that happens makes two.
    pub facts: u64,
    /// Lives of the log that counts, from 1.
    pub lives: u64,
    /// Whether there is a log to train on.
    pub training: bool,
    /// Whether it goes on for months, so that there are archives.
    pub months: bool,
}

impl Plan {
    /// The plan of a seed.
    pub fn of(seed: u64) -> Self {
        let mut draw = Draw::new(seed, 0);
        Self {
            facts: draw.between(20, 44),
            lives: draw.between(1, 3),
            training: draw.happens(400),
            months: false,
        }
    }
}

/// Where empty files are kept, which every ledger begins as: migrations take longer than thirty facts.
pub struct Empty(PathBuf);

impl Empty {
    /// Makes the empty files in a directory.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn make(dir: &Path) -> Result<Self, Failure> {
        let dir = dir.join("empty");
        drop(open(&dir, 0)?);
        Ok(Self(dir))
    }
}

fn open(dir: &Path, seed: u64) -> Result<Database, DatabaseError> {
    let mut salts = Draw::new(seed, 2);
    let salts = move || -> Salt { salts.uuid(0).into_bytes() };
    Database::open(dir, Arc::new(SystemDisk), Box::new(salts))
}

/// What was written.
pub struct Written {
    /// The facts, as they arrived.
    pub facts: Vec<StoredFact>,
    /// The key that signed its heads.
    pub key: SigningKey,
    /// Log and place of the signed heads.
    pub signed: Vec<(i64, u64)>,
}

/// Writes the ledger of a seed and a plan into the directory `dir`, and leaves it closed.
///
/// # Errors
/// What the disk answers.
pub fn write(empty: &Empty, dir: &Path, seed: u64, plan: &Plan) -> Result<Written, Failure> {
    std::fs::create_dir_all(dir)?;
    for name in ["ledger.db", "catalog.db"] {
        std::fs::copy(empty.0.join(name), dir.join(name))?;
    }
    let database = open(dir, seed)?;
    let mut shop = Shop::new(seed);
    shop.months = plan.months;
    let each = plan.facts / (plan.lives + u64::from(plan.training));
    let mut previous = None;
    for life in 0..plan.lives {
        let reason = if life == 0 { OpenReason::New } else { OpenReason::Restored };
        // A series is any text that fits on paper.
        let series = ["A", "B-2", "Caisse Ré"][usize::try_from(life % 3)?];
        begin(&database, &mut shop, series, reason, previous.take())?;
        shop = spend(&database, shop, Purpose::Selling, each)?;
        if plan.training && life == 0 {
            begin(&database, &mut shop, "T", OpenReason::Training, None)?;
            shop = spend(&database, shop, Purpose::Training, each)?;
            // The log that counts goes on behind the training.
            shop = spend(&database, shop, Purpose::Selling, 4)?;
        }
        let head = database.head(Purpose::Selling)?.ok_or("the log has begun")?;
        previous = Some(PreviousLife {
            incarnation: head.identity.incarnation,
            seq: head.seq,
            hash: hex(&head.hash),
            guard_seq: Some(head.seq + 1).filter(|_| life == 1),
        });
    }
    while database.fold(100, shop.moment())? {}
    let facts = database.read(|reader| reader.facts_after(0, 10_000))?;
    drop(database);
    // What erasing leaves behind: the values of every fact about that person are gone.
    let erased: Vec<String> = shop.erased.iter().map(ToString::to_string).collect();
    let erase = format!("update detached set value = null where arrival in ({})", erased.join(", "));
    run_statements(&dir.join("ledger.db"), &erase)?;
    Ok(Written { facts, key: shop.key, signed: shop.signed })
}

/// An archive, and the facts in it by their arrival.
#[derive(Debug, Clone)]
pub struct Archived {
    /// Its file.
    pub file: PathBuf,
    /// From the first fact to the last.
    pub arrivals: RangeInclusive<i64>,
}

/// Makes the archives of a ledger that was written, for every month that is over; the oldest first.
///
/// # Errors
/// What the disk answers.
pub fn archive(dir: &Path, seed: u64, written: &Written) -> Result<Vec<Archived>, Failure> {
    let folder = dir.join(database::archive::FOLDER);
    let database = open(dir, seed)?;
    let sign =
        |message: &[u8]| Ok((written.key.verifying_key().to_bytes(), written.key.sign(message).to_bytes()));
    let now = Moment { wall: Timestamp(BEGIN_MS + 400 * DAY_MS), ..Shop::new(seed).moment() };
    let (mut archives, mut first) = (Vec::new(), 1);
    while let Some(archive) = database.archive(&folder, &now, &sign, &mut || true)? {
        archives.push(Archived { file: folder.join(archive.file), arrivals: first..=archive.last_arrival });
        first = archive.last_arrival + 1;
    }
    Ok(archives)
}

fn begin(
    database: &Database,
    shop: &mut Shop,
    series: &str,
    reason: OpenReason,
    previous: Option<PreviousLife>,
) -> Result<(), Failure> {
    let opened = LedgerOpened {
        organisation: OrganisationId(Uuid::from_u128(1)),
        store: StoreId(Uuid::from_u128(2)),
        terminal: TerminalId(Uuid::from_u128(3)),
        incarnation: IncarnationId(shop.id()),
        series: series.to_owned(),
        reason,
        previous,
        grand_totals: database.read(Reader::grand_totals)?,
    };
    if reason != OpenReason::Training {
        shop.number = 0;
    }
    Ok(database.begin_log(opened, shop.moment())?)
}

/// Lets a log grow by so many facts, and signs its head.
fn spend(database: &Database, mut shop: Shop, purpose: Purpose, facts: u64) -> Result<Shop, Failure> {
    let number = shop.number;
    let moment = shop.moment();
    let trains = purpose == Purpose::Training;
    if trains {
        // It has numbers of its own.
        shop.number = 0;
    }
    let mut shop = if trains {
        database.train(moment, move |tx| shop.live(tx, facts, trains))?
    } else {
        database.write(Durability::Durable, moment, move |tx| shop.live(tx, facts, trains))?
    };
    if trains {
        shop.number = number;
    }
    let head = database.head(purpose)?.ok_or("the log has begun")?;
    let introduced = shop.introduced.take();
    shop.signed.extend(introduced.into_iter().chain([head.seq]).map(|seq| (head.log, seq)));
    Ok(shop)
}

/// An operator's record, as the shop last wrote it.
struct Person {
    id: Uuid,
    version: u64,
    arrivals: Vec<i64>,
}

/// What a sale is to be.
#[derive(Clone, Copy)]
struct How {
    /// Whether some of it may come back.
    returnable: bool,
    /// Whether it goes by its customer's credit, as far as there is some.
    by_account: bool,
    /// Whether the rest of it is owed then.
    owed: bool,
}

/// The shop that lives: time, ids and chances from a seed.
struct Shop {
    draw: Draw,
    now_ms: i64,
    key: SigningKey,
    number: u64,
    /// Receipts that can be printed again.
    receipts: Vec<(SaleId, String)>,
    /// Sales of logs that count, of which something can come back.
    sold: Vec<returned::Sold>,
    /// What customers have of store credit, by currency, in logs that count.
    credit: BTreeMap<(CustomerId, String), i64>,
    /// What they owe.
    owed: BTreeMap<(CustomerId, String), i64>,
    people: Vec<Person>,
    /// Arrivals of facts whose personal values were erased.
    erased: Vec<i64>,
    /// Log and place of the heads it signed.
    signed: Vec<(i64, u64)>,
    /// Where it introduced its key, in what the log lived through last.
    introduced: Option<u64>,
    /// Whether a month passes in the middle of what a log lives through.
    months: bool,
}

impl Shop {
    fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed, 1);
        let mut secret = [0; 32];
        for half in secret.chunks_exact_mut(16) {
            half.copy_from_slice(draw.uuid(0).as_bytes());
        }
        let key = SigningKey::from_bytes(&secret);
        Self {
            draw,
            now_ms: BEGIN_MS,
            key,
            number: 0,
            receipts: Vec::new(),
            sold: Vec::new(),
            credit: BTreeMap::new(),
            owed: BTreeMap::new(),
            people: Vec::new(),
            erased: Vec::new(),
            signed: Vec::new(),
            introduced: None,
            months: false,
        }
    }

    fn id(&mut self) -> Uuid {
        self.draw.uuid(self.now_ms)
    }

    fn moment(&self) -> Moment {
        Moment {
            wall: Timestamp(self.now_ms),
            zone_min: 60,
            boot: 5,
            mono_ms: self.now_ms.abs_diff(BEGIN_MS),
            quality: ClockQuality::Unknown,
        }
    }

    /// Time passes; now and then it does not, and the logical clock counts.
    fn pass(&mut self, tx: &mut LedgerTx<'_>) {
        if !self.draw.happens(200) {
            self.now_ms += i64::try_from(self.draw.below(600_000)).unwrap_or(0);
        }
        tx.happens_at(self.moment());
    }

    fn live(mut self, tx: &mut LedgerTx<'_>, facts: u64, trains: bool) -> Result<Self, DatabaseError> {
        let operator = OperatorId(self.id());
        if self.number == 0 {
            let public_key = hex(self.key.verifying_key().as_bytes());
            let introduced = KeyIntroduced { public_key, kept_in: "file".to_owned() };
            // As a till does: a key is introduced where it signs.
            self.introduced =
                Some(tx.append(OperatorId::TERMINAL, &Fact::KeyIntroduced(introduced), &[])?.seq);
            self.sign(tx)?;
        }
        for fact in 0..facts {
            if self.months && fact == facts / 2 {
                self.now_ms += 31 * DAY_MS;
            }
            self.pass(tx);
            match self.draw.below(20) {
                // Every log has sales, and the log that counts a person.
                _ if fact < 2 => self.complete(tx, operator, !trains)?,
                _ if fact == 2 && !trains => self.employ(tx, operator)?,
                _ if fact == 3 && !trains => {
                    returned::happen(&mut self, tx, operator)?;
                    account::happen(&mut self, tx, operator)?;
                }
                _ if fact == 4 && !trains => {
                    invoiced::happen(&mut self, tx, operator)?;
                    invoiced::happen(&mut self, tx, operator)?;
                }
                0 => self.employ(tx, operator)?,
                1 => self.change(tx, operator)?,
                2 if !self.people.is_empty() => self.erase(tx, operator)?,
                3 => self.happen(tx, operator, &Fact::SignedIn(SignedIn { door: "window".to_owned() }))?,
                4 => self.cancel(tx, operator)?,
                5 if !self.receipts.is_empty() && !trains => self.reprint(tx, operator)?,
                6 => {
                    let (operation, code) = ("sale.complete".to_owned(), "sale.not_allowed".to_owned());
                    let refused = CallRefused { operation, code, count: 2, since: Timestamp(self.now_ms) };
                    self.happen(tx, operator, &Fact::CallRefused(refused))?;
                }
                7 => {
                    let shown = Timestamp(self.now_ms);
                    let jumped = ClockJumped { expected: Timestamp(BEGIN_MS), shown, running: false };
                    self.happen(tx, OperatorId::TERMINAL, &Fact::ClockJumped(jumped))?;
                }
                8 | 9 if !trains => drawer::happen(&mut self, tx, operator)?,
                12 if !trains => invoiced::happen(&mut self, tx, operator)?,
                10 | 11 if !trains => returned::happen(&mut self, tx, operator)?,
                _ => self.complete(tx, operator, !trains)?,
            }
        }
        self.sign(tx)?;
        Ok(self)
    }

    fn sign(&self, tx: &LedgerTx<'_>) -> Result<(), DatabaseError> {
        let public_key = self.key.verifying_key().to_bytes();
        tx.sign_head(public_key, |message| self.key.sign(message).to_bytes())
    }

    fn happen(&mut self, tx: &mut LedgerTx<'_>, actor: OperatorId, fact: &Fact) -> Result<(), DatabaseError> {
        if self.draw.happens(500) {
            let (operation, door) = ("sale.complete".to_owned(), "window".to_owned());
            let screen = self.draw.happens(500).then(|| "sell".to_owned());
            tx.comes_from(Origin { operation, door, screen, approver: None });
        }
        tx.append(actor, fact, &[]).map(drop)
    }

    fn lines(&mut self) -> Vec<SoldLine> {
        let lines = self.draw.between(1, 4);
        let price = Price::micros(1_500_000).expect("one and a half is a price");
        (1..=lines)
            .map(|line| {
                let amount = self.draw.below(5_000);
                let direction = if self.draw.happens(250) { Direction::Return } else { Direction::Sale };
                let names = ["Cola \"0,5\"", "Pain de campagne", "شاي", "寿司", "Tea"];
                SoldLine {
                    line: u32::try_from(line).unwrap_or(1),
                    direction,
                    product: self.draw.happens(800).then(|| ProductId(Uuid::from_u128(u128::from(line)))),
                    code: None,
                    name: (*self.draw.one(&names)).to_owned(),
                    quantity: Quantity::each(self.draw.between(1, 3).cast_signed()).unwrap_or(Quantity::ONE),
                    unit: Unit::Each,
                    price,
                    list_price: None,
                    amount: amount.cast_signed(),
                    tax_rate: TaxRate::ppm(*self.draw.one(&[0, 55_000, 200_000])).unwrap_or(TaxRate::ZERO),
                    tax: 0,
                    imprint: domain::code::label::Imprint::default(),
                    pack: None,
                    price_list: None,
                    in_code: None,
                    with: None,
                    discount: None,
                    share: 0,
                    exempt: None,
                    seller: None,
                    of: None,
                }
            })
            .collect()
    }

    /// Something is sold; `returnable` when some of it may come back.
    fn complete(
        &mut self,
        tx: &mut LedgerTx<'_>,
        operator: OperatorId,
        returnable: bool,
    ) -> Result<(), DatabaseError> {
        let lines = self.lines();
        let by_account = returnable && self.draw.happens(150);
        let owed = by_account && self.draw.happens(500);
        self.complete_of(tx, operator, lines, How { returnable, by_account, owed })
    }

    /// These lines are sold.
    fn complete_of(
        &mut self,
        tx: &mut LedgerTx<'_>,
        operator: OperatorId,
        lines: Vec<SoldLine>,
        how: How,
    ) -> Result<(), DatabaseError> {
        self.number += 1;
        let mode = if self.draw.happens(500) { TaxMode::Included } else { TaxMode::Added };
        let mut by_rate: BTreeMap<i64, i64> = BTreeMap::new();
        for line in &lines {
            let signed = if line.direction == Direction::Return { -line.amount } else { line.amount };
            *by_rate.entry(line.tax_rate.as_ppm()).or_default() += signed;
        }
        let taxes: Vec<SoldTax> = by_rate
            .into_iter()
            .map(|(ppm, sum)| {
                let tax = match mode {
                    TaxMode::Included => sum * ppm / (1_000_000 + ppm),
                    TaxMode::Added => sum * ppm / 1_000_000,
                };
                let net = if mode == TaxMode::Included { sum - tax } else { sum };
                SoldTax { rate: TaxRate::ppm(ppm).unwrap_or(TaxRate::ZERO), net, tax }
            })
            .collect();
        let total: i64 = taxes.iter().map(|row| row.net + row.tax).sum();
        let sale = SaleId(self.id());
        let receipt_number = format!("{}-{:06}", tx.series(), self.number);
        self.receipts.push((sale, receipt_number.clone()));
        let currencies = ["EUR", "JPY", "TND", "USD"].into_iter().filter_map(Currency::parse);
        let currencies: Vec<Currency> = currencies.collect();
        let operator_voided =
            TrailEntry { at: Timestamp(self.now_ms), operator, act: TrailAct::LineVoided { line: 9 } };
        // Now and then the smallest coins are gone.
        let cash_rounding = if total != 0 && self.draw.happens(200) { total.signum() * 2 } else { 0 };
        let tenders = self.tenders(total + cash_rounding);
        let mut completed = SaleCompletedFact {
            sale,
            number: self.number,
            receipt_number,
            business_day: BusinessDay::of(&self.moment()),
            opened_at: Timestamp(self.now_ms - 60_000),
            shop_version: 1,
            currency: *self.draw.one(&currencies),
            tax_policy: TaxPolicy { mode, scope: TaxScope::Document, rounding: Rounding::Down },
            lines,
            discount: None,
            reverses: None,
            customer: None,
            takeaway: false,
            exempt: None,
            drawer: tx.chosen_drawer(operator)?,
            notes: wire::fact::Notes::default(),
            taxes,
            total,
            tenders,
            cash_rounding,
            repaid: Vec::new(),
            credit_left: None,
            owed: None,
            trail: if self.draw.happens(300) { vec![operator_voided] } else { Vec::new() },
        };
        if how.by_account {
            account::settle(self, &mut completed, how.owed);
        }
        if how.returnable {
            self.sold.push(returned::Sold {
                fact: completed.clone(),
                returned: BTreeMap::new(),
                is_invoiced: false,
            });
        }
        self.happen(tx, operator, &Fact::SaleCompleted(Box::new(completed)))
    }

    fn tenders(&mut self, total: i64) -> Vec<SoldTender> {
        let tender = |direction, tendered, change, tip| SoldTender {
            kind: TenderKind::Cash,
            direction,
            tendered,
            change,
            tip,
            reference: None,
            payment: None,
        };
        match total {
            0 => Vec::new(),
            ..0 => vec![tender(TenderDirection::Given, -total, 0, 0)],
            1.. => {
                let first = self.draw.below(total.unsigned_abs()).cast_signed();
                let change = self.draw.below(500).cast_signed();
                let tip = if self.draw.happens(100) { self.draw.below(300).cast_signed() } else { 0 };
                let last = tender(TenderDirection::Taken, total - first + change + tip, change, tip);
                if first == 0 { vec![last] } else { vec![tender(TenderDirection::Taken, first, 0, 0), last] }
            }
        }
    }

    fn cancel(&mut self, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
        let lines = self.lines();
        let cancelled = SaleCancelledFact {
            reason: None,
            drawer: tx.chosen_drawer(operator)?,
            sale: SaleId(self.id()),
            opened_at: Timestamp(self.now_ms),
            total: lines.iter().map(|line| line.amount).sum(),
            currency: Currency::parse("EUR").ok_or_else(|| DatabaseError::Value("EUR".to_owned()))?,
            lines,
            trail: Vec::new(),
            business_day: None,
        };
        self.happen(tx, operator, &Fact::SaleCancelled(cancelled))
    }

    fn reprint(&mut self, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
        let (sale, receipt_number) = self.draw.one(&self.receipts).clone();
        let again = ReceiptReprinted { sale, receipt_number, copy: 1, business_day: None };
        self.happen(tx, operator, &Fact::ReceiptReprinted(again))
    }

    /// A person whose name and PIN stand beside the fact.
    fn employ(&mut self, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
        let id = self.id();
        self.people.push(Person { id, version: 0, arrivals: Vec::new() });
        let last = self.people.len() - 1;
        self.rename(tx, operator, last)
    }

    /// A record without anything personal, or a person who is called something else.
    fn change(&mut self, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
        if !self.people.is_empty() && self.draw.happens(500) {
            let person = self.draw.index(self.people.len());
            return self.rename(tx, operator, person);
        }
        let change = FieldChange { old: json!(null), new: json!("Food") };
        let changes = BTreeMap::from([("name".to_owned(), change)]);
        let (changed, _) = seal(Entity::TaxCategory, self.id(), 0, changes, || [0; 16]);
        self.happen(tx, operator, &Fact::RecordChanged(changed))
    }

    fn rename(
        &mut self,
        tx: &mut LedgerTx<'_>,
        operator: OperatorId,
        person: usize,
    ) -> Result<(), DatabaseError> {
        let name = format!("Zoë {}", self.draw.below(1_000));
        let change = |old: serde_json::Value, new: &str| FieldChange { old, new: json!(new) };
        let old = if self.people[person].version == 0 { json!(null) } else { json!("Zoë") };
        let changes = BTreeMap::from([
            ("name".to_owned(), change(old, &name)),
            ("pin".to_owned(), change(json!(null), "$argon2id$")),
            ("status".to_owned(), change(json!(null), "active")),
        ]);
        let Person { id, version, .. } = self.people[person];
        let (changed, detached) = seal(Entity::Operator, id, version, changes, || tx.salt());
        let appended = tx.append(operator, &Fact::RecordChanged(changed), &detached)?;
        self.people[person].version += 1;
        self.people[person].arrivals.push(appended.arrival);
        Ok(())
    }

    fn erase(&mut self, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
        // The first person stays: somebody has values that can be damaged.
        let person = self.draw.index(self.people.len());
        if person == 0 {
            return self.complete(tx, operator, false);
        }
        let person = self.people.remove(person);
        self.erased.extend(person.arrivals);
        let fields = vec!["name".to_owned(), "pin".to_owned()];
        self.happen(
            tx,
            operator,
            &Fact::RecordErased(RecordErased { entity: Entity::Operator, id: person.id, fields }),
        )
    }
}
