//! What was sold of each product, the one that brought most first. Whole months are read from the rollup of months.

use super::Asked;
use super::table::{Key, Of, Row, Table, currency, money};
use crate::error::DatabaseError;
use crate::product::parse;
use crate::project::rollup::OPEN_ITEM;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::ids::CategoryId;
use domain::quantity::Unit;
use domain::time::BusinessDay;
use rusqlite::{CachedStatement, OptionalExtension};
use std::cmp::Reverse;
use std::collections::HashMap;
use wire::report::CellValue;

/// What was sold of a product, less what came back: lines, thousandths of its unit, money in minor units.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProductSum {
    pub lines: i64,
    pub thousandths: i64,
    pub net: i64,
    pub tax: i64,
}

impl ProductSum {
    /// With tax.
    pub fn total(&self) -> i64 {
        self.net.saturating_add(self.tax)
    }

    /// Adds another.
    pub fn add(&mut self, more: &Self) {
        self.lines = self.lines.saturating_add(more.lines);
        self.thousandths = self.thousandths.saturating_add(more.thousandths);
        self.net = self.net.saturating_add(more.net);
        self.tax = self.tax.saturating_add(more.tax);
    }
}

/// Sums by product and currency.
pub type Sums = HashMap<([u8; 16], Currency), ProductSum, foldhash::fast::RandomState>;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut sums = sums(reader, asked.from, asked.to)?;
    if let Some(category) = asked.category {
        let mut of_category = Sums::default();
        let mut categories = Categories::of(reader)?;
        for (key, sum) in sums {
            if categories.of_product(key.0)? == Some(category) {
                of_category.insert(key, sum);
            }
        }
        sums = of_category;
    }
    let mut sorted: Vec<_> = sums.into_iter().collect();
    sorted.sort_unstable_by_key(|((product, currency), sum)| (Reverse(sum.total()), *product, *currency));
    let totals = totals(&sorted)?;
    let row_count = sorted.len();
    let shown = sorted
        .iter()
        .filter(|((product, _), _)| asked.only.as_ref().is_none_or(|only| only.contains(product)))
        .take(asked.rows_max);
    let mut rows = Vec::new();
    for ((product, currency), sum) in shown {
        let (name, unit) = named(reader, *product)?;
        let cells = vec![
            name,
            CellValue::Quantity { thousandths: sum.thousandths, unit },
            CellValue::Count(sum.lines),
            money(sum.net, *currency)?,
            money(sum.tax, *currency)?,
            money(sum.total(), *currency)?,
        ];
        rows.push(Row { key: Key { currency: Some(*currency), of: Of::Id(*product) }, cells });
    }
    let mut table = Table::new(&["product", "quantity", "lines", "net", "tax", "total"], "total", rows);
    (table.totals, table.row_count) = (totals, row_count);
    Ok(table)
}

/// The sums of all products, unless there are two currencies.
fn totals(sorted: &[(([u8; 16], Currency), ProductSum)]) -> Result<Vec<CellValue>, DatabaseError> {
    let Some(((_, first), _)) = sorted.first() else { return Ok(Vec::new()) };
    if sorted.iter().any(|((_, currency), _)| currency != first) {
        return Ok(Vec::new());
    }
    let mut all = ProductSum::default();
    sorted.iter().for_each(|(_, sum)| all.add(sum));
    Ok(vec![
        CellValue::Empty,
        CellValue::Empty,
        CellValue::Count(all.lines),
        money(all.net, *first)?,
        money(all.tax, *first)?,
        money(all.total(), *first)?,
    ])
}

/// What was sold of every product within some days: from the days before the first whole month, the months, and the days
/// behind the last. What was sold of a double counts for the product it was merged into.
///
/// # Errors
/// `Disk`, `Value`.
pub fn sums(reader: &Reader, from: BusinessDay, to: BusinessDay) -> Result<Sums, DatabaseError> {
    let mut sums = Sums::default();
    let whole_from = if from == from.month().first_day() { from.month() } else { from.month().following() };
    let behind = if to.plus_days(1).month() == to.month() { to.month() } else { to.month().following() };
    let days = include_str!("products.sql");
    if whole_from.number() >= behind.number() {
        read(reader, days, (from.unix_day(), to.unix_day()), &mut sums)?;
        follow_merges(reader, &mut sums)?;
        return Ok(sums);
    }
    let before = whole_from.first_day().plus_days(-1);
    read(reader, days, (from.unix_day(), before.unix_day()), &mut sums)?;
    let months = (whole_from.number(), behind.number() - 1);
    read(reader, include_str!("products_of_months.sql"), months, &mut sums)?;
    read(reader, days, (behind.first_day().unix_day(), to.unix_day()), &mut sums)?;
    follow_merges(reader, &mut sums)?;
    Ok(sums)
}

/// Counts what was sold of doubles on the products they were merged into.
fn follow_merges(reader: &Reader, sums: &mut Sums) -> Result<(), DatabaseError> {
    let merged = reader.merged()?;
    if merged.is_empty() {
        return Ok(());
    }
    let doubles: Vec<_> = sums.keys().filter(|(product, _)| merged.has(*product)).copied().collect();
    for (double, currency) in doubles {
        let Some(sum) = sums.remove(&(double, currency)) else { continue };
        sums.entry((merged.kept(double), currency)).or_default().add(&sum);
    }
    Ok(())
}

fn read(
    reader: &Reader,
    sql: &'static str,
    (first, last): (i32, i32),
    sums: &mut Sums,
) -> Result<(), DatabaseError> {
    if first > last {
        return Ok(());
    }
    let mut statement = reader.ledger.prepare_cached(sql)?;
    let mut rows = statement.query([first, last])?;
    // Rows of a shop are of one currency but for the day it changed: its code is read once.
    let mut known: Option<Currency> = None;
    while let Some(row) = rows.next()? {
        let code = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let of = match known {
            Some(known) if known.code() == code => known,
            Some(_) | None => currency(code)?,
        };
        known = Some(of);
        let sum =
            ProductSum { lines: row.get(2)?, thousandths: row.get(3)?, net: row.get(4)?, tax: row.get(5)? };
        sums.entry((row.get(0)?, of)).or_default().add(&sum);
    }
    Ok(())
}

/// What a product is called, and its unit.
///
/// # Errors
/// `Disk`, `Value`.
pub fn named(reader: &Reader, product: [u8; 16]) -> Result<(CellValue, Unit), DatabaseError> {
    if product == OPEN_ITEM.bytes() {
        return Ok((CellValue::Word("open_item".to_owned()), Unit::Each));
    }
    let mut statement = reader.catalog.prepare_cached("select name, unit from product where product = ?1")?;
    let found: Option<(String, String)> =
        statement.query_row([product], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match found {
        Some((name, unit)) => Ok((CellValue::Text(name), parse(&unit)?)),
        // The catalogue may be made anew beside the report.
        None => Ok((CellValue::Word("product_unknown".to_owned()), Unit::Each)),
    }
}

/// The categories that products are in today. The question is prepared once: it is asked of every product that was sold.
pub struct Categories<'r>(CachedStatement<'r>);

impl<'r> Categories<'r> {
    /// # Errors
    /// `Disk`.
    pub fn of(reader: &'r Reader) -> Result<Self, DatabaseError> {
        Ok(Self(reader.catalog.prepare_cached("select category from product where product = ?1")?))
    }

    /// The category of a product.
    ///
    /// # Errors
    /// `Disk`.
    pub fn of_product(&mut self, product: [u8; 16]) -> Result<Option<CategoryId>, DatabaseError> {
        let found: Option<Option<[u8; 16]>> = self.0.query_row([product], |row| row.get(0)).optional()?;
        Ok(found.flatten().map(CategoryId::from_bytes))
    }
}
