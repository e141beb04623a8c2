//! `memory.core`: the memory of the till without a window after a mixed day, in a small and in a large catalogue. It is
//! no time: a busy machine changes nothing about it.

use super::Size;
use super::figures::{Row, rounded};
use super::program::Programs;
use crate::goods::{self, Good};
use crate::headless::Headless;
use crate::seed::Plan;
use crate::seed::catalogue::products;
use crate::seed::draw::Draw;
use crate::shop::Place;
use serde_json::{Value, json};
use std::path::Path;

/// After the day at most, in MiB.
const MOST_MIB: f64 = 48.0;
/// A large catalogue against a small one at most.
pub const MOST_RATIO: f64 = 1.15;
/// Lines of a sale.
const LINES: usize = 5;
/// Every so many sales somebody looks after the shop in between.
const LOOKS_EVERY: usize = 10;
/// Characters typed into the search.
const TYPED: usize = 6;

/// What the memory was, in KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// When somebody had signed on.
    pub morning: u64,
    /// The most of any moment that was looked at.
    pub most: u64,
    /// After the day.
    pub evening: u64,
    /// Of that, what stands in no file and is shared with nobody.
    pub own: u64,
}

/// Measures the row.
///
/// # Errors
/// When a shop cannot be made, or the till refuses something.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let against = "the same day with a small catalogue";
    if !cfg!(target_os = "linux") || !programs.headless.is_file() {
        let mut row = Row::of_rounds("memory.core", against, &[]);
        row.ratio = None;
        row.misses.push(format!("not measured: {} is not built, or no Linux", programs.headless.display()));
        return Ok(row);
    }
    let [few, many] = size.memory_products.map(|most| {
        let goods = real(most)?;
        let place = Place::below(&programs.work.join(format!("memory-{most}")));
        stock(&place, &goods)?;
        Ok::<_, String>((goods.len(), day(&programs.headless, &place, &goods, size.memory_sales)?))
    });
    let ((few, small), (many, large)) = (few?, many?);
    let mib = |kib: u64| kib as f64 / 1_024.0;
    let mut row = Row::of_counts("memory.core", against, "MiB", (mib(large.evening), mib(small.evening)));
    for (products, memory) in [(few, small), (many, large)] {
        row.count(&format!("morning_mib_{products}_products"), mib(memory.morning));
        row.count(&format!("most_mib_{products}_products"), mib(memory.most));
        row.count(&format!("evening_mib_{products}_products"), mib(memory.evening));
        row.at_most(&format!("MiB after a day with {products} products"), mib(memory.evening), MOST_MIB);
    }
    row.at_most("ratio", rounded(mib(large.evening) / mib(small.evening)), MOST_RATIO);
    Ok(row)
}

/// So many real products at most, from all over the file.
fn real(most: usize) -> Result<Vec<Good>, String> {
    let all = match goods::file() {
        Some(path) => goods::all(&path)?,
        None => goods::excerpt()?,
    };
    let step = (all.len() / most).max(1);
    Ok(all.into_iter().step_by(step).take(most).collect())
}

/// So many products with names and codes drawn from a seed, for where the real ones are not at hand.
///
/// # Errors
/// When a drawn value is none that a product may have.
pub fn drawn(most: u32) -> Result<Vec<Good>, String> {
    let listed = products(&Plan { products: most, sales: 0, years: 1, seed: 1 })?;
    let good = |listed: &crate::seed::catalogue::Listed| {
        let code = listed.scanned()?.as_str().to_owned();
        Some(Good { code, name: listed.product.name.clone() })
    };
    Ok(listed.iter().filter_map(good).collect())
}

/// Makes a shop that sells these, where nothing is.
///
/// # Errors
/// What the till refuses.
pub fn stock(place: &Place, goods: &[Good]) -> Result<(), String> {
    for folder in [&place.data, &place.guard] {
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
    }
    let mut till = place.start(1)?;
    till.set_up()?;
    goods::fill(&mut till, &place.data, goods)?;
    till.rest()
}

/// A mixed day of the program on a shop: so many sales of products from all over the catalogue, each with a search as it
/// is typed; in between lists in every order, products opened, their prices changed, reports, receipts and the audit; a
/// backup in the evening.
///
/// # Errors
/// What the till refuses.
pub fn day(program: &Path, place: &Place, goods: &[Good], sales: usize) -> Result<Memory, String> {
    let mut day = Day { till: Headless::start(program, place)?, draw: Draw::new(20_260_302, 92), goods };
    day.till.sign_in()?;
    let morning = day.till.memory_kib()?;
    let mut most = morning;
    for sale in 1..=sales {
        day.search()?;
        let sold = day.sell()?;
        if sale % LOOKS_EVERY == 0 {
            day.look_after_the_shop(&sold)?;
        }
        most = most.max(day.till.memory_kib()?);
    }
    day.back_up()?;
    let (evening, own) = (day.till.memory_kib()?, day.till.own_memory_kib()?);
    day.till.end()?;
    Ok(Memory { morning, most: most.max(evening), evening, own })
}

struct Day<'g> {
    till: Headless,
    draw: Draw,
    goods: &'g [Good],
}

impl Day<'_> {
    /// A name as it is typed, letter by letter.
    fn search(&mut self) -> Result<(), String> {
        let name: Vec<char> = self.draw.one(self.goods).name.chars().take(TYPED).collect();
        for length in 1..=name.len() {
            let typed: String = name[..length].iter().collect();
            self.till.call("product.find", &json!({ "text": typed }))?;
        }
        Ok(())
    }

    /// Sells some products for exact cash, and returns the sale.
    fn sell(&mut self) -> Result<Value, String> {
        let mut sale = Value::Null;
        let mut lines = 0;
        for _ in 0..LINES * 20 {
            let code = self.draw.one(self.goods).code.clone();
            // Some real codes lead to several products, between which only a cashier can choose.
            if let Ok(view) = self.till.call("sale.scan", &json!({ "code": code })) {
                sale = view;
                lines += 1;
            }
            if lines == LINES {
                break;
            }
        }
        let cash =
            json!({ "sale": sale["sale"], "tenders": [{ "kind": "cash", "amount": null }], "total": null });
        self.till.call("sale.complete", &cash)?;
        Ok(sale["sale"].clone())
    }

    fn look_after_the_shop(&mut self, sold: &Value) -> Result<(), String> {
        for sort in ["name", "sku", "price", "changed"] {
            let first = self.till.call("product.list", &json!({ "sort": sort }))?;
            if first["after"].is_string() {
                self.till.call("product.list", &json!({ "sort": sort, "from": first["after"] }))?;
            }
        }
        let word: String = self.draw.one(self.goods).name.chars().take(3).collect();
        let found = self.till.call("product.list", &json!({ "text": word }))?;
        let rows = found["rows"].as_array().ok_or("a list has rows")?;
        let some: Vec<&Value> = rows.iter().take(20).map(|row| &row["product"]).collect();
        if let Some(first) = some.first() {
            let view = self.till.call("product.get", &json!({ "id": first }))?;
            let mut product = view["product"].clone();
            product["sku"] = json!(format!("D{}", self.draw.below(1 << 40)));
            let save = json!({ "id": first, "base": view["product"], "product": product });
            self.till.call("product.save", &save)?;
            let price = json!({ "by_ppm": 10_000, "from": "2026-03-03" });
            let change = json!({ "products": some, "change": { "price": price } });
            self.till.call("product.change_many", &change)?;
        }
        self.till.call("receipt.preview", &json!({ "sale": sold }))?;
        self.till.call("sale.list", &json!({}))?;
        self.till.call("audit.list", &json!({}))?;
        self.till.call("health.show", &json!({}))?;
        let reports = self.till.call("report.list", &json!({}))?;
        for report in reports["reports"].as_array().into_iter().flatten() {
            let run = json!({ "report": report["report"], "from": "2026-03-01", "to": "2026-12-31" });
            self.till.call("report.run", &run)?;
        }
        Ok(())
    }

    /// Makes a backup, which is there when the answer comes.
    fn back_up(&mut self) -> Result<(), String> {
        self.till.call("backup.make", &json!({})).map(drop)
    }
}
