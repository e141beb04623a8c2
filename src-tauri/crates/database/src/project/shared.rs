//! Rows that many facts add to: the number last given, the drawer, stock, the sums of a day. A fact that was just
//! appended adds to them at once. A rebuild adds up in memory, which is most of its writing, and writes each row once.

use crate::error::DatabaseError;
use domain::currency::Currency;
use domain::ids::ProductId;
use domain::stock::StockMovement;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What one sale, or many, add to a day. Money is in minor units.
#[derive(Debug, Clone, Copy, Default)]
pub struct DaySum {
    /// Sales.
    pub sales: i64,
    /// Their lines.
    pub lines: i64,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
    /// Both.
    pub total: i64,
}

/// What facts add to the rows they share.
pub trait Shared {
    /// A number of a document was given in a log.
    fn number(&mut self, log: i64, document: &'static str, number: i64) -> Result<(), DatabaseError>;
    /// Cash came into the drawer, or went.
    fn cash(&mut self, currency: Currency, cash: i64) -> Result<(), DatabaseError>;
    /// Stock came, or went.
    fn stock(&mut self, moved: impl Iterator<Item = StockMovement>) -> Result<(), DatabaseError>;
    /// So much of a product was found: that is what is there.
    fn counted(&mut self, product: ProductId, thousandths: i64) -> Result<(), DatabaseError>;
    /// A product was found to be another: what is there of it, and what moves of it later, is the other's.
    fn merged(&mut self, kept: ProductId, merged: ProductId) -> Result<(), DatabaseError>;
    /// A day has more sales.
    fn day(&mut self, day: i64, currency: Currency, sum: DaySum) -> Result<(), DatabaseError>;
    /// A day has more of a tax: its rate in parts per million, net and tax.
    fn tax(&mut self, day: i64, currency: Currency, rate: i64, sum: [i64; 2]) -> Result<(), DatabaseError>;
}

/// Writes each as it comes.
pub struct AtOnce<'c>(pub &'c Connection);

impl Shared for AtOnce<'_> {
    fn number(&mut self, log: i64, document: &'static str, number: i64) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into number (log, document, last) values (?1, ?2, ?3)
                 on conflict (log, document) do update set last = max(last, excluded.last)",
            )?
            .execute(params![log, document, number])?;
        Ok(())
    }

    fn cash(&mut self, currency: Currency, cash: i64) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into drawer (currency, cash) values (?1, ?2)
                 on conflict (currency) do update set cash = cash + excluded.cash",
            )?
            .execute(params![currency.code(), cash])?;
        Ok(())
    }

    fn stock(&mut self, moved: impl Iterator<Item = StockMovement>) -> Result<(), DatabaseError> {
        // Of a product that was merged nothing moves here: its row leads to the one it moves on, in one step. That nothing
        // moved is told by the count of rows: `returning` would make a table of its own for every line of a sale.
        let mut statement = self.0.prepare_cached(
            "insert into on_hand (product, thousandths) values (?1, ?2)
             on conflict (product) do update set thousandths = thousandths + excluded.thousandths
             where kept is null",
        )?;
        for StockMovement { product, thousandths } in moved {
            if statement.execute(params![product.bytes(), thousandths])? == 0 {
                self.0
                    .prepare_cached(
                        "insert into on_hand (product, thousandths)
                         select kept, ?2 from on_hand where product = ?1
                         on conflict (product) do update set thousandths = thousandths + excluded.thousandths",
                    )?
                    .execute(params![product.bytes(), thousandths])?;
            }
        }
        Ok(())
    }

    fn counted(&mut self, product: ProductId, thousandths: i64) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into on_hand (product, thousandths) values (?1, ?2)
                 on conflict (product) do update set thousandths = excluded.thousandths",
            )?
            .execute(params![product.bytes(), thousandths])?;
        Ok(())
    }

    fn merged(&mut self, kept: ProductId, merged: ProductId) -> Result<(), DatabaseError> {
        let there: Option<i64> = self
            .0
            .prepare_cached("select thousandths from on_hand where product = ?1")?
            .query_row([merged.bytes()], |row| row.get(0))
            .optional()?;
        if let Some(thousandths) = there {
            self.stock(std::iter::once(StockMovement { product: kept, thousandths }))?;
            self.counted(merged, 0)?;
        }
        self.lead(kept, merged)?;
        // What led to the merged one leads on with it.
        self.0
            .prepare_cached("update on_hand set kept = ?2 where kept = ?1")?
            .execute(params![merged.bytes(), kept.bytes()])?;
        Ok(())
    }

    fn day(&mut self, day: i64, currency: Currency, sum: DaySum) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into sales_by_day (day, currency, sales, lines, net, tax, total)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 on conflict (day, currency) do update set
                     sales = sales + excluded.sales,
                     lines = lines + excluded.lines,
                     net = net + excluded.net,
                     tax = tax + excluded.tax,
                     total = total + excluded.total",
            )?
            .execute(params![day, currency.code(), sum.sales, sum.lines, sum.net, sum.tax, sum.total])?;
        Ok(())
    }

    fn tax(&mut self, day: i64, currency: Currency, rate: i64, sum: [i64; 2]) -> Result<(), DatabaseError> {
        let [net, tax] = sum;
        self.0
            .prepare_cached(
                "insert into tax_by_day (day, currency, rate, net, tax) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (day, currency, rate) do update set net = net + excluded.net, tax = tax + excluded.tax",
            )?
            .execute(params![day, currency.code(), rate, net, tax])?;
        Ok(())
    }
}

impl AtOnce<'_> {
    /// Lets a product's row lead to another's.
    fn lead(&self, kept: ProductId, merged: ProductId) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into on_hand (product, thousandths, kept) values (?1, 0, ?2)
                 on conflict (product) do update set kept = excluded.kept",
            )?
            .execute(params![merged.bytes(), kept.bytes()])?;
        Ok(())
    }
}

/// Adds up, to be written once.
#[derive(Default)]
pub struct Summed {
    numbers: BTreeMap<(i64, &'static str), i64>,
    cash: BTreeMap<Currency, i64>,
    stock: BTreeMap<ProductId, i64>,
    /// Where products that were merged lead.
    kept: BTreeMap<ProductId, ProductId>,
    days: BTreeMap<(i64, Currency), DaySum>,
    taxes: BTreeMap<(i64, Currency, i64), [i64; 2]>,
}

impl Summed {
    /// Writes what was added up.
    ///
    /// # Errors
    /// What the file answers.
    pub fn write(self, rows: &mut AtOnce<'_>) -> Result<(), DatabaseError> {
        for ((log, document), last) in self.numbers {
            rows.number(log, document, last)?;
        }
        for (currency, cash) in self.cash {
            rows.cash(currency, cash)?;
        }
        let moved = |(product, thousandths)| StockMovement { product, thousandths };
        rows.stock(self.stock.into_iter().map(moved))?;
        for (merged, kept) in self.kept {
            rows.lead(kept, merged)?;
        }
        for ((day, currency), sum) in self.days {
            rows.day(day, currency, sum)?;
        }
        for ((day, currency, rate), sum) in self.taxes {
            rows.tax(day, currency, rate, sum)?;
        }
        Ok(())
    }
}

impl Shared for Summed {
    fn number(&mut self, log: i64, document: &'static str, number: i64) -> Result<(), DatabaseError> {
        match self.numbers.entry((log, document)) {
            Entry::Vacant(new) => _ = new.insert(number),
            Entry::Occupied(mut last) => _ = last.insert(number.max(*last.get())),
        }
        Ok(())
    }

    fn cash(&mut self, currency: Currency, cash: i64) -> Result<(), DatabaseError> {
        add(self.cash.entry(currency).or_default(), cash)
    }

    fn stock(&mut self, mut moved: impl Iterator<Item = StockMovement>) -> Result<(), DatabaseError> {
        moved.try_for_each(|moved| {
            let product = self.kept.get(&moved.product).copied().unwrap_or(moved.product);
            add(self.stock.entry(product).or_default(), moved.thousandths)
        })
    }

    fn counted(&mut self, product: ProductId, thousandths: i64) -> Result<(), DatabaseError> {
        self.stock.insert(product, thousandths);
        Ok(())
    }

    fn merged(&mut self, kept: ProductId, merged: ProductId) -> Result<(), DatabaseError> {
        if let Some(thousandths) = self.stock.get(&merged).copied() {
            self.stock(std::iter::once(StockMovement { product: kept, thousandths }))?;
            self.stock.insert(merged, 0);
        }
        for leads_to in self.kept.values_mut().filter(|leads_to| **leads_to == merged) {
            *leads_to = kept;
        }
        self.kept.insert(merged, kept);
        Ok(())
    }

    fn day(&mut self, day: i64, currency: Currency, sum: DaySum) -> Result<(), DatabaseError> {
        let to = self.days.entry((day, currency)).or_default();
        add(&mut to.sales, sum.sales)?;
        add(&mut to.lines, sum.lines)?;
        add(&mut to.net, sum.net)?;
        add(&mut to.tax, sum.tax)?;
        add(&mut to.total, sum.total)
    }

    fn tax(&mut self, day: i64, currency: Currency, rate: i64, sum: [i64; 2]) -> Result<(), DatabaseError> {
        let to = self.taxes.entry((day, currency, rate)).or_default();
        add(&mut to[0], sum[0])?;
        add(&mut to[1], sum[1])
    }
}

/// SQLite would refuse such a sum too.
fn add(to: &mut i64, more: i64) -> Result<(), DatabaseError> {
    *to = to.checked_add(more).ok_or_else(|| DatabaseError::Value("a sum that is too large".into()))?;
    Ok(())
}
