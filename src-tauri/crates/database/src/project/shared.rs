//! Rows that many facts add to: the number last given, the drawer, stock. A fact that was just
//! appended adds to them at once. A rebuild adds up in memory, which is most of its writing, and writes each row once.

use super::rollup::add;
use crate::error::DatabaseError;
use domain::currency::Currency;
use domain::ids::ProductId;
use domain::stock::StockMovement;
use domain::tender::TenderKind;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What one fact, or many, add to the running shift of a drawer. Money is in minor units, without sign.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShiftSum {
    /// When it began, as far as this says.
    pub first_at: Option<i64>,
    /// Its float, once it was stated or left there.
    pub float: i64,
    /// Whether somebody stated it.
    pub float_stated: bool,
    /// Cash that customers handed over.
    pub taken: i64,
    /// What they were given back of it.
    pub change: i64,
    /// Cash given out for refunds.
    pub refunded_cash: i64,
    /// Cash that came in without a sale.
    pub paid_in: i64,
    /// Cash that went out without a sale.
    pub paid_out: i64,
    /// What the shop paid in cash.
    pub expenses: i64,
    /// Cash that went to the safe or the bank.
    pub drops: i64,
    /// What corrections of tenders brought, signed.
    pub corrected: i64,
    /// Cash that customers paid of what they owe.
    pub account_cash: i64,
    /// What they paid of it by card.
    pub account_card: i64,
    /// What they were let off.
    pub account_written_off: i64,
    /// Sales that did not come to less than nothing.
    pub sales: i64,
    /// What they came to.
    pub sold: i64,
    /// Sales that did.
    pub refunds: i64,
    /// What these came to.
    pub refunded: i64,
    /// What cash was rounded by, signed.
    pub rounding: i64,
    /// Sales that were given up.
    pub cancelled: i64,
    /// The drawer opened without a sale.
    pub no_sales: i64,
    /// The drawer counted.
    pub counts: i64,
    /// Discounts on lines and on whole sales.
    pub discounts: i64,
    /// What these took off, signed.
    pub discounted: i64,
    /// What customers gave beside what was due.
    pub tips: i64,
}

/// What facts add to the rows they share.
pub trait Shared {
    /// A number of a document was given in a log.
    fn number(&mut self, log: i64, document: &'static str, number: i64) -> Result<(), DatabaseError>;
    /// Cash came into a drawer, or went.
    fn cash(&mut self, drawer: u8, currency: Currency, cash: i64) -> Result<(), DatabaseError>;
    /// Stock came, or went.
    fn stock(&mut self, moved: impl Iterator<Item = StockMovement>) -> Result<(), DatabaseError>;
    /// So much of a product was found: that is what is there.
    fn counted(&mut self, product: ProductId, thousandths: i64) -> Result<(), DatabaseError>;
    /// A product was found to be another: what is there of it, and what moves of it later, is the other's.
    fn merged(&mut self, kept: ProductId, merged: ProductId) -> Result<(), DatabaseError>;
    /// The running shift of a drawer has more; its float is set by [`Shared::shift_float`] alone.
    fn shift(&mut self, drawer: u8, sum: ShiftSum) -> Result<(), DatabaseError>;
    /// It has more of a tax: its rate in parts per million, net and tax.
    fn shift_tax(&mut self, drawer: u8, rate: i64, sum: [i64; 2]) -> Result<(), DatabaseError>;
    /// It has more tenders of a kind: how many, what was kept of them, what was given out.
    fn shift_tender(&mut self, drawer: u8, kind: TenderKind, sum: [i64; 3]) -> Result<(), DatabaseError>;
    /// Its float was stated.
    fn shift_float(&mut self, drawer: u8, at: i64, float: i64) -> Result<(), DatabaseError>;
    /// It ended, and so much stays in the drawer for the next.
    fn shift_ended(&mut self, drawer: u8, left: i64) -> Result<(), DatabaseError>;
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

    fn cash(&mut self, drawer: u8, currency: Currency, cash: i64) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into drawer (drawer, currency, cash) values (?1, ?2, ?3)
                 on conflict (drawer, currency) do update set cash = cash + excluded.cash",
            )?
            .execute(params![drawer, currency.code(), cash])?;
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

    fn shift(&mut self, drawer: u8, sum: ShiftSum) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into shift_sum (drawer, first_at, taken, change, refunded_cash, paid_in, paid_out, expenses,
                     drops, sales, sold, refunds, refunded, cancelled, no_sales, counts, rounding, discounts, discounted,
                     corrected, tips, account_cash, account_card, account_written_off)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                     ?21, ?22, ?23, ?24)
                 on conflict (drawer) do update set
                     first_at = coalesce(first_at, excluded.first_at),
                     taken = taken + excluded.taken,
                     change = change + excluded.change,
                     refunded_cash = refunded_cash + excluded.refunded_cash,
                     paid_in = paid_in + excluded.paid_in,
                     paid_out = paid_out + excluded.paid_out,
                     expenses = expenses + excluded.expenses,
                     drops = drops + excluded.drops,
                     sales = sales + excluded.sales,
                     sold = sold + excluded.sold,
                     refunds = refunds + excluded.refunds,
                     refunded = refunded + excluded.refunded,
                     cancelled = cancelled + excluded.cancelled,
                     no_sales = no_sales + excluded.no_sales,
                     counts = counts + excluded.counts,
                     rounding = rounding + excluded.rounding,
                     discounts = discounts + excluded.discounts,
                     discounted = discounted + excluded.discounted,
                     corrected = corrected + excluded.corrected,
                     tips = tips + excluded.tips,
                     account_cash = account_cash + excluded.account_cash,
                     account_card = account_card + excluded.account_card,
                     account_written_off = account_written_off + excluded.account_written_off",
            )?
            .execute(params![
                drawer,
                sum.first_at,
                sum.taken,
                sum.change,
                sum.refunded_cash,
                sum.paid_in,
                sum.paid_out,
                sum.expenses,
                sum.drops,
                sum.sales,
                sum.sold,
                sum.refunds,
                sum.refunded,
                sum.cancelled,
                sum.no_sales,
                sum.counts,
                sum.rounding,
                sum.discounts,
                sum.discounted,
                sum.corrected,
                sum.tips,
                sum.account_cash,
                sum.account_card,
                sum.account_written_off,
            ])?;
        Ok(())
    }

    fn shift_tax(&mut self, drawer: u8, rate: i64, [net, tax]: [i64; 2]) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into shift_tax (drawer, rate, net, tax) values (?1, ?2, ?3, ?4)
                 on conflict (drawer, rate) do update set net = net + excluded.net, tax = tax + excluded.tax",
            )?
            .execute(params![drawer, rate, net, tax])?;
        Ok(())
    }

    fn shift_tender(
        &mut self,
        drawer: u8,
        kind: TenderKind,
        [count, taken, given]: [i64; 3],
    ) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into shift_tender (drawer, kind, count, taken, given) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (drawer, kind) do update set
                     count = count + excluded.count, taken = taken + excluded.taken, given = given + excluded.given",
            )?
            .execute(params![drawer, tender_code(kind)?, count, taken, given])?;
        Ok(())
    }

    fn shift_float(&mut self, drawer: u8, at: i64, float: i64) -> Result<(), DatabaseError> {
        self.0
            .prepare_cached(
                "insert into shift_sum (drawer, first_at, float, float_stated) values (?1, ?2, ?3, 1)
                 on conflict (drawer) do update set
                     first_at = coalesce(first_at, excluded.first_at), float = excluded.float, float_stated = 1",
            )?
            .execute(params![drawer, at, float])?;
        Ok(())
    }

    fn shift_ended(&mut self, drawer: u8, left: i64) -> Result<(), DatabaseError> {
        self.0.prepare_cached("delete from shift_sum where drawer = ?1")?.execute([drawer])?;
        self.0.prepare_cached("delete from shift_tax where drawer = ?1")?.execute([drawer])?;
        self.0.prepare_cached("delete from shift_tender where drawer = ?1")?.execute([drawer])?;
        self.0
            .prepare_cached("insert into shift_sum (drawer, float) values (?1, ?2)")?
            .execute(params![drawer, left])?;
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
    cash: BTreeMap<(u8, Currency), i64>,
    stock: BTreeMap<ProductId, i64>,
    /// Where products that were merged lead.
    kept: BTreeMap<ProductId, ProductId>,
    shifts: BTreeMap<u8, ShiftSum>,
    shift_taxes: BTreeMap<(u8, i64), [i64; 2]>,
    shift_tenders: BTreeMap<(u8, String), (TenderKind, [i64; 3])>,
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
        for ((drawer, currency), cash) in self.cash {
            rows.cash(drawer, currency, cash)?;
        }
        let moved = |(product, thousandths)| StockMovement { product, thousandths };
        rows.stock(self.stock.into_iter().map(moved))?;
        for (merged, kept) in self.kept {
            rows.lead(kept, merged)?;
        }
        for (drawer, sum) in self.shifts {
            rows.shift_ended(drawer, sum.float)?;
            if let (true, Some(at)) = (sum.float_stated, sum.first_at) {
                rows.shift_float(drawer, at, sum.float)?;
            }
            rows.shift(drawer, sum)?;
        }
        for ((drawer, rate), sum) in self.shift_taxes {
            rows.shift_tax(drawer, rate, sum)?;
        }
        for ((drawer, _), (kind, sum)) in self.shift_tenders {
            rows.shift_tender(drawer, kind, sum)?;
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

    fn cash(&mut self, drawer: u8, currency: Currency, cash: i64) -> Result<(), DatabaseError> {
        add(self.cash.entry((drawer, currency)).or_default(), cash)
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

    fn shift(&mut self, drawer: u8, sum: ShiftSum) -> Result<(), DatabaseError> {
        let to = self.shifts.entry(drawer).or_default();
        to.first_at = to.first_at.or(sum.first_at);
        add(&mut to.taken, sum.taken)?;
        add(&mut to.change, sum.change)?;
        add(&mut to.refunded_cash, sum.refunded_cash)?;
        add(&mut to.paid_in, sum.paid_in)?;
        add(&mut to.paid_out, sum.paid_out)?;
        add(&mut to.expenses, sum.expenses)?;
        add(&mut to.drops, sum.drops)?;
        add(&mut to.sales, sum.sales)?;
        add(&mut to.sold, sum.sold)?;
        add(&mut to.refunds, sum.refunds)?;
        add(&mut to.refunded, sum.refunded)?;
        add(&mut to.cancelled, sum.cancelled)?;
        add(&mut to.no_sales, sum.no_sales)?;
        add(&mut to.counts, sum.counts)?;
        add(&mut to.rounding, sum.rounding)?;
        add(&mut to.discounts, sum.discounts)?;
        add(&mut to.corrected, sum.corrected)?;
        add(&mut to.tips, sum.tips)?;
        add(&mut to.account_cash, sum.account_cash)?;
        add(&mut to.account_card, sum.account_card)?;
        add(&mut to.account_written_off, sum.account_written_off)?;
        add(&mut to.discounted, sum.discounted)
    }

    fn shift_tax(&mut self, drawer: u8, rate: i64, sum: [i64; 2]) -> Result<(), DatabaseError> {
        let to = self.shift_taxes.entry((drawer, rate)).or_default();
        add(&mut to[0], sum[0])?;
        add(&mut to[1], sum[1])
    }

    fn shift_tender(&mut self, drawer: u8, kind: TenderKind, sum: [i64; 3]) -> Result<(), DatabaseError> {
        let (_, to) = self.shift_tenders.entry((drawer, tender_code(kind)?)).or_insert((kind, [0; 3]));
        add(&mut to[0], sum[0])?;
        add(&mut to[1], sum[1])?;
        add(&mut to[2], sum[2])
    }

    fn shift_float(&mut self, drawer: u8, at: i64, float: i64) -> Result<(), DatabaseError> {
        let to = self.shifts.entry(drawer).or_default();
        to.first_at = to.first_at.or(Some(at));
        to.float = float;
        to.float_stated = true;
        Ok(())
    }

    fn shift_ended(&mut self, drawer: u8, left: i64) -> Result<(), DatabaseError> {
        self.shifts.insert(drawer, ShiftSum { float: left, ..ShiftSum::default() });
        self.shift_taxes.retain(|(of, _), _| *of != drawer);
        self.shift_tenders.retain(|(of, _), _| *of != drawer);
        Ok(())
    }
}

/// A kind of tender as it is stored: the word that facts have for it.
pub fn tender_code(kind: TenderKind) -> Result<String, DatabaseError> {
    match serde_json::to_value(kind)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(DatabaseError::Value(format!("{other} is no kind of tender"))),
    }
}
