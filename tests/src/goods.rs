//! Real products: what people sell in many countries, as people wrote it down, with all that is wrong in it. A till is
//! filled with them as an import fills it: by one fact that names a file of changes.
//!
//! The data: Open Food Facts through the Lifyzer Database (2019-06-14), Open Database License 1.0. The whole file is read
//! from the folder that `TILLKEEPER_DATA` names; an excerpt is in `tests/data`.

use crate::shop::{Place, Till};
use database::change_set::NewSet;
use database::disk::SystemDisk;
use database::error::DatabaseError;
use database::{Durability, LedgerTx};
use domain::ids::{OperatorId, ProductId};
use ruzstd::decoding::StreamingDecoder;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use terminal::Clock;
use uuid::Uuid;
use wire::change_set::{Section, SetText};
use wire::fact::{Fact, RecordImported};
use wire::record::{Entity, Fields};

const FILE: &str = "products-openfoodfacts.csv.zst";
const EXCERPT: &[u8] = include_bytes!("../data/products-excerpt.csv");

/// A product of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Good {
    /// Its number as it was entered.
    pub code: String,
    /// What it was called.
    pub name: String,
}

/// Every so many of the file's products are in the till of a test that is not deep, with all that are odd.
const EVERY: usize = 20;

/// A till full of real products.
pub struct Stocked {
    /// The till, set up, with its owner signed on.
    pub till: Till,
    /// What is in it.
    pub goods: Vec<Good>,
    /// The products, as `goods`.
    pub ids: Vec<ProductId>,
    /// Whether they are a part of the whole file.
    pub of_file: bool,
    _folder: tempfile::TempDir,
}

impl Stocked {
    /// A till with a part of the file's products; with all of them in a deep test; with the excerpt where there is no file,
    /// and then it says so.
    ///
    /// # Errors
    /// When the file cannot be read, or the till refuses what is in it.
    pub fn open(told: &mut dyn FnMut(&str)) -> Result<Self, String> {
        let file = file();
        let goods = match &file {
            Some(path) if std::env::var_os("TILLKEEPER_DEEP").is_some() => all(path)?,
            Some(path) => sample(all(path)?, EVERY),
            None => {
                told("TILLKEEPER_DATA is not set: only the excerpt of the products is used");
                excerpt()?
            }
        };
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let place = Place::below(folder.path());
        let mut till = place.start(1)?;
        till.set_up()?;
        let ids = fill(&mut till, &place.data, &goods)?;
        Ok(Self { till, goods, ids, of_file: file.is_some(), _folder: folder })
    }
}

/// Where the whole file is; `None` without the folder of data.
pub fn file() -> Option<PathBuf> {
    std::env::var_os("TILLKEEPER_DATA").map(|folder| Path::new(&folder).join(FILE))
}

/// So many products: those the file begins with, or those of the excerpt where there is no file.
///
/// # Errors
/// When it cannot be read, or has fewer.
pub fn first(count: usize) -> Result<Vec<Good>, String> {
    let goods = match file() {
        Some(path) => {
            let told = |error: String| format!("{}: {error}", path.display());
            let file = File::open(&path).map_err(|error| told(error.to_string()))?;
            let text =
                StreamingDecoder::new(BufReader::new(file)).map_err(|error| told(error.to_string()))?;
            read_some(text, count).map_err(told)?
        }
        None => read_some(EXCERPT, count)?,
    };
    if goods.len() < count { Err(format!("there are {} products only", goods.len())) } else { Ok(goods) }
}

/// All products of the file, by number.
///
/// # Errors
/// When it cannot be read.
pub fn all(path: &Path) -> Result<Vec<Good>, String> {
    let told = |error: String| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(|error| told(error.to_string()))?;
    let text = StreamingDecoder::new(BufReader::new(file)).map_err(|error| told(error.to_string()))?;
    read(text).map_err(told)
}

/// The products of the excerpt.
///
/// # Errors
/// When it cannot be read.
pub fn excerpt() -> Result<Vec<Good>, String> {
    read(EXCERPT)
}

fn read(csv: impl Read) -> Result<Vec<Good>, String> {
    read_some(csv, usize::MAX)
}

fn read_some(csv: impl Read, count: usize) -> Result<Vec<Good>, String> {
    let mut goods = Vec::new();
    for row in csv::Reader::from_reader(csv).into_records().take(count) {
        let row = row.map_err(|error| error.to_string())?;
        goods.push(Good { code: row[0].to_owned(), name: row[1].trim().to_owned() });
    }
    Ok(goods)
}

/// Every so many of the file's products, and all that are odd: numbers that coincide but for leading zeros, and numbers
/// that begin with 2 as those with a weight do.
pub fn sample(goods: Vec<Good>, every: usize) -> Vec<Good> {
    let mut seen = std::collections::HashMap::new();
    for good in &goods {
        *seen.entry(plain(&good.code).to_owned()).or_insert(0_u32) += 1;
    }
    let is_odd = |good: &Good| looks_weighed(&good.code) || seen[plain(&good.code)] > 1;
    let kept = goods.into_iter().enumerate().filter(|(at, good)| at % every == 0 || is_odd(good));
    kept.map(|(_, good)| good).collect()
}

/// A number without the zeros before it.
pub fn plain(code: &str) -> &str {
    code.trim_start_matches('0')
}

/// Whether a number looks like one with a weight in it.
pub fn looks_weighed(code: &str) -> bool {
    code.len() == 13 && code.starts_with('2')
}

/// Fills a till that was set up with these products, each at 2.50. Their ids come in their order.
///
/// # Errors
/// What the till refuses.
pub fn fill(till: &mut Till, data: &Path, goods: &[Good]) -> Result<Vec<ProductId>, String> {
    let taxes: Value = till.desk.call("tax_category.list", &json!({}))?;
    let same = json!({
        "unit": "each", "tax_category": taxes["tax_categories"][0]["id"], "status": "active",
        "prices": [{ "from": "2026-01-01", "price": 2_500_000 }],
    });
    let same: Fields = serde_json::from_value(same).map_err(|error| error.to_string())?;
    let base = Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0000);
    let mut text = SetText::new(base);
    text.section(Section::made(Entity::Product, &["codes", "name"], same));
    let mut set = NewSet::begin(Arc::new(SystemDisk), data).map_err(|error| error.to_string())?;
    let mut ids = Vec::with_capacity(goods.len());
    for good in goods {
        ids.push(ProductId(text.made(&([good.code.as_str()], good.name.as_str()))));
        set.take(&mut text).map_err(|error| error.to_string())?;
    }
    let made = text.rows();
    let kept = set.finish(text).map_err(|error| error.to_string())?;
    let fact = Fact::RecordImported(RecordImported {
        import: base,
        entity: Entity::Product,
        set: kept.sha256,
        bytes: kept.bytes,
        rows: made,
        created: made,
        updated: 0,
        skipped: 0,
        file: FILE.to_owned(),
        undoes: None,
    });
    let database = till.terminal.database();
    let now = till.clock.now();
    let written: Result<(), DatabaseError> =
        database.write(Durability::Durable, now, move |tx: &mut LedgerTx<'_>| {
            tx.append(OperatorId::TERMINAL, &fact, &[]).map(drop)
        });
    written.map_err(|error| error.to_string())?;
    database.apply_catalog().map_err(|error| error.to_string())?;
    Ok(ids)
}
