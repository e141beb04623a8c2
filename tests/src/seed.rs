//! Shops of any size from a seed: the same plan makes the same facts, byte for byte. They are written through the
//! database's own `append`, in large transactions, and kept for the next time.

pub(crate) mod catalogue;
pub mod desk;
pub mod draw;
mod drawing;
mod sales;
mod words;

use crate::surroundings::SeededIds;
use catalogue::{RATES_PPM, categories, products, shelves};
use database::disk::SystemDisk;
use database::error::DatabaseError;
use database::{Durability, LedgerTx};
use desk::Desk;
use devices::SimulatedDevices;
use domain::ids::OperatorId;
use domain::product::Status;
use domain::tax::{RateFrom, TaxCategory, TaxRate};
use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
use sales::{Days, Happening, What};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use terminal::blob::{BeginUpload, BlobError, UploadKind};
use terminal::hub_link::NoHub;
use terminal::key::NoKeyStore;
use terminal::mail_link::NoNetwork;
use terminal::{Clock, Options, Surroundings, Terminal};
use uuid::Uuid;
use wire::fact::{
    Fact, SaleCancelledFact, SaleCompletedFact, SignedIn, SignedOut, SoldLine, SoldTax, SoldTender,
};
use wire::record::{Entity, changes, seal};

/// The PIN of every operator of a seeded shop.
pub const PIN: &str = "1234";
/// The owner of a seeded shop.
pub const OWNER: &str = words::PEOPLE[0];

/// Minutes east of UTC where seeded shops are.
pub const ZONE_MIN: i16 = 60;

/// Midnight after the last day: Monday, 2 March 2026, in the shop's zone.
const ENDS_MS: i64 = 1_772_406_000_000;
const DAY_MS: i64 = 86_400_000;

/// What a shop is to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Products in its catalogue.
    pub products: u32,
    /// Sales completed.
    pub sales: u32,
    /// Years they happened in; they end on 1 March 2026.
    pub years: u32,
    /// Another seed, another shop.
    pub seed: u64,
}

/// Streams of random draws.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Shelves = 10,
    Products = 11,
    Popularity = 12,
    Sales = 13,
}

impl Plan {
    /// Days with sales, or at least the time for them.
    pub fn days(&self) -> u64 {
        u64::from(self.years.max(1)) * 365
    }

    /// When the shop was set up: at eight on the day before the first sale.
    pub fn opened(&self) -> Moment {
        let days = i64::try_from(self.days()).unwrap_or(i64::MAX / DAY_MS) + 1;
        Moment {
            wall: Timestamp(ENDS_MS - days * DAY_MS + 8 * 3_600_000),
            zone_min: ZONE_MIN,
            boot: 1,
            mono_ms: 600_000,
            quality: ClockQuality::Unknown,
        }
    }

    /// The day the shop was set up.
    pub fn opened_day(&self) -> BusinessDay {
        BusinessDay::of(&self.opened())
    }

    /// The folder of this shop among kept ones. The form of the files is part of it: a shop of an older form is left.
    ///
    /// # Errors
    /// When the migrations cannot be read.
    pub fn folder(&self) -> Result<String, String> {
        let Self { products, sales, years, seed } = self;
        Ok(format!("{products}-products-{sales}-sales-{years}-years-seed-{seed}-form-{}", form()?))
    }
}

/// Eight digits that change with the migrations and with what this module makes.
fn form() -> Result<String, String> {
    /// Goes up when the same plan makes another shop.
    const MAKING: u8 = 2;
    let mut hash = Sha256::new();
    hash.update([MAKING]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/terminal");
    for half in ["ledger", "catalog"] {
        let entries = fs::read_dir(folder.join(half)).map_err(|error| format!("migrations: {error}"))?;
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        files.sort();
        for file in files {
            hash.update(fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
        }
    }
    let digest = hash.finalize();
    Ok(digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect())
}

/// The time while a shop is made: it stands still, sales bring their own.
struct StoppedClock(Moment);

impl Clock for StoppedClock {
    fn now(&self) -> Moment {
        self.0
    }
}

/// Makes the shop of a plan in a folder that does not exist yet. `told` hears how far it is.
///
/// # Errors
/// When the folder cannot be written, or the till refuses what was planned.
pub fn make(plan: Plan, into: &Path, told: &mut dyn FnMut(&str)) -> Result<(), String> {
    if into.exists() {
        return Err(format!("{} exists already", into.display()));
    }
    let terminal = open(plan, into)?;
    let (owner, operators) = set_up(&terminal)?;
    told("the shop is set up");
    let products = products(&plan)?;
    write_catalogue(&terminal, plan, owner, &products)?;
    told(&format!("{} products", products.len()));
    write_sales(&terminal, Days::new(plan, &products, operators)?, told)?;
    while terminal.database().fold(10_000, plan.opened()).map_err(said)? {}
    terminal.database().settle().map_err(said)
}

/// The folder of the plan's shop below `kept`, making it when it is not there.
///
/// # Errors
/// As [`make`].
pub fn kept(plan: Plan, kept: &Path, told: &mut dyn FnMut(&str)) -> Result<PathBuf, String> {
    let folder = kept.join(plan.folder()?);
    if folder.exists() {
        return Ok(folder);
    }
    fs::create_dir_all(kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    // Made beside its place and moved there: a folder that is there is whole.
    let making = kept.join(format!(".making-{}", std::process::id()));
    if making.exists() {
        fs::remove_dir_all(&making).map_err(|error| error.to_string())?;
    }
    make(plan, &making, told)?;
    fs::rename(&making, &folder).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn said(error: DatabaseError) -> String {
    error.to_string()
}

fn open(plan: Plan, into: &Path) -> Result<Arc<Terminal>, String> {
    let surroundings = Surroundings {
        clock: Arc::new(StoppedClock(plan.opened())),
        ids: Arc::new(SeededIds::new(plan.seed)),
        devices: Arc::new(SimulatedDevices::new()),
        hub: Arc::new(NoHub),
        mail: Arc::new(NoNetwork),
        disk: Arc::new(SystemDisk),
        keys: Arc::new(NoKeyStore),
        machine: "a till of the bench".to_owned(),
    };
    let options = Options { data_dir: into.to_owned(), guard_dir: Some(into.join("guard")), demo: false };
    Terminal::open(options, surroundings).map_err(|error| error.to_string())
}

/// Sets the shop up as its owner would, and hires the others. Returns the owner and everybody.
fn set_up(terminal: &Arc<Terminal>) -> Result<(OperatorId, Vec<OperatorId>), String> {
    let mut desk = Desk::new(terminal, 1);
    let shop = json!({
        "name": "Seeded Shop", "address": ["12 Long Lane", "1000 Seedtown"], "tax_number": "BE 0123.456.789",
        "currency": "EUR", "language": "en", "tax_policy": sales::TAX_POLICY,
        "receipt_header": [], "receipt_footer": ["Thank you", "See you soon"], "logo": null, "till_name": "1",
    });
    let set_up = json!({ "shop": shop, "owner_name": OWNER, "owner_pin": PIN });
    desk.call::<serde_json::Value>("shop.set_up", &set_up)?;
    let owner = desk.sign_in(OWNER, PIN)?;
    let roles: wire::people::RoleList = desk.call("role.list", &json!({}))?;
    let role = roles.roles.first().ok_or("a new shop has roles")?.id;
    for name in &words::PEOPLE[1..] {
        let save = json!({ "name": name, "role": role, "pin": PIN, "status": Status::Active });
        desk.call::<serde_json::Value>("operator.save", &save)?;
    }
    let blobs = terminal.blobs().of(desk.caller());
    for place in 0..words::GOODS.len() {
        let picture = drawing::picture_of(place);
        let said = |error: BlobError| error.to_string();
        let upload = blobs.begin(BeginUpload::of(UploadKind::Picture, &picture)).map_err(said)?.upload;
        blobs.append(upload, 0, &picture).map_err(said)?;
        blobs.finish(upload).map_err(said)?;
    }
    desk.call::<serde_json::Value>("session.sign_out", &json!({}))?;
    let mut operators: Vec<OperatorId> = desk.operators()?.into_iter().map(|(_, id)| id).collect();
    operators.sort();
    Ok((owner, operators))
}

/// Facts in one transaction at most.
const BATCH: usize = 2_000;

fn write_catalogue(
    terminal: &Arc<Terminal>,
    plan: Plan,
    owner: OperatorId,
    products: &[catalogue::Listed],
) -> Result<(), String> {
    let shelves = shelves(&plan);
    let mut facts = Vec::new();
    let mut tell = |entity, id: Uuid, record: &dyn ErasedRecord| facts.push(record.fact(entity, id));
    for ((id, ppm), name) in shelves.taxes.iter().zip(RATES_PPM).zip(["Standard", "Reduced"]) {
        let rate = TaxRate::ppm(ppm).map_err(|error| error.to_string())?;
        let rates = vec![RateFrom { from: plan.opened_day(), rate }];
        tell(Entity::TaxCategory, id.0, &TaxCategory { name: name.to_owned(), rates, takeaway: None });
    }
    for (id, category) in shelves.categories.iter().zip(categories()) {
        tell(Entity::Category, id.0, &category);
    }
    for listed in products {
        tell(Entity::Product, listed.id.0, &listed.product);
    }
    let mut facts = facts.into_iter().peekable();
    while facts.peek().is_some() {
        let batch: Vec<Fact> = facts.by_ref().take(BATCH).collect();
        write(terminal, plan.opened(), move |tx| {
            batch.iter().try_for_each(|fact| tx.append(owner, fact, &[]).map(|_| ()))
        })?;
    }
    terminal.database().apply_catalog().map_err(said)
}

/// A record of any kind as the fact that made it.
trait ErasedRecord {
    fn fact(&self, entity: Entity, id: Uuid) -> Fact;
}

impl<T: Serialize> ErasedRecord for T {
    fn fact(&self, entity: Entity, id: Uuid) -> Fact {
        // None of these records has a personal field, so that no salt is asked for.
        let (fact, _) = seal(entity, id, 0, changes(None, self), || [0; 16]);
        Fact::RecordChanged(fact)
    }
}

fn write_sales(
    terminal: &Arc<Terminal>,
    mut days: Days<'_>,
    told: &mut dyn FnMut(&str),
) -> Result<(), String> {
    let mut batch: Vec<Happening> = Vec::new();
    let mut written = 0;
    loop {
        let day = days.next_day()?;
        let ended = day.is_none();
        batch.extend(day.into_iter().flatten());
        if batch.len() < BATCH && !ended {
            continue;
        }
        let Some(moment) = batch.first().map(|first| first.moment) else { return Ok(()) };
        let happenings = std::mem::take(&mut batch);
        written += happenings.iter().filter(|one| matches!(one.what, What::Sold(_))).count();
        write(terminal, moment, move |tx| happenings.into_iter().try_for_each(|one| append(tx, one)))?;
        terminal.database().settle().map_err(said)?;
        told(&format!("{written} sales"));
        if ended {
            return Ok(());
        }
    }
}

fn write(
    terminal: &Arc<Terminal>,
    moment: Moment,
    job: impl FnOnce(&mut LedgerTx<'_>) -> Result<(), DatabaseError> + Send + 'static,
) -> Result<(), String> {
    terminal.database().write(Durability::Durable, moment, job).map_err(said)
}

fn append(tx: &mut LedgerTx<'_>, happening: Happening) -> Result<(), DatabaseError> {
    let Happening { moment, operator, what } = happening;
    tx.happens_at(moment);
    let door = "window".to_owned();
    let fact = match what {
        What::SignedIn => Fact::SignedIn(SignedIn { door }),
        What::SignedOut => Fact::SignedOut(SignedOut { door }),
        What::Sold(sold) => {
            let number = tx.next_number("receipt")?;
            Fact::SaleCompleted(Box::new(SaleCompletedFact {
                sale: sold.open.id,
                number,
                receipt_number: format!("{}-{number:06}", tx.series()),
                business_day: sold.day,
                opened_at: sold.open.opened_at,
                shop_version: 1,
                currency: sold.open.currency,
                tax_policy: sold.open.tax_policy,
                lines: sold.lines.into_iter().map(|line| SoldLine::of(line, sold.open.operator)).collect(),
                discount: None,
                reverses: None,
                customer: None,
                takeaway: false,
                exempt: None,
                drawer: 1,
                notes: wire::fact::Notes::default(),
                taxes: sold.totals.taxes.iter().map(SoldTax::of).collect(),
                total: sold.totals.total.minor(),
                tenders: sold.settlement.tenders.iter().map(SoldTender::of).collect(),
                cash_rounding: sold.settlement.cash_rounding.minor(),
                repaid: Vec::new(),
                credit_left: None,
                owed: None,
                trail: sold.trail,
            }))
        }
        What::Cancelled(sold) => Fact::SaleCancelled(SaleCancelledFact {
            reason: None,
            sale: sold.open.id,
            drawer: 1,
            opened_at: sold.open.opened_at,
            total: sold.totals.total.minor(),
            currency: sold.open.currency,
            lines: sold.lines.into_iter().map(|line| SoldLine::of(line, sold.open.operator)).collect(),
            trail: sold.trail,
            business_day: Some(sold.day),
        }),
    };
    tx.append(operator, &fact, &[]).map(|_| ())
}

#[cfg(test)]
mod tests;
