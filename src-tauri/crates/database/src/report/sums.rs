//! What sales add up to, by whatever they are grouped: the columns that the reports of days, hours and operators share.

use super::Asked;
use super::table::{Key, Of, Row, Table, currency, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::money::Money;
use domain::rounding::Rounding;
use domain::time::BusinessDay;
use rusqlite::params;
use std::collections::BTreeMap;
use wire::report::CellValue;

/// The columns behind the one that names a row.
pub const COLUMNS: [&str; 6] = ["sales", "items", "average", "net", "tax", "total"];
/// Those of them that are added up.
pub const SUMMED: [&str; 5] = ["sales", "items", "net", "tax", "total"];

/// How many sales, their pieces, and their money in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SalesSum {
    pub sales: i64,
    pub items: i64,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
}

impl SalesSum {
    /// Adds another. Rollups hold sums that a file could hold, and there are not enough of them to leave that.
    pub fn add(&mut self, more: &Self) {
        self.sales = self.sales.saturating_add(more.sales);
        self.items = self.items.saturating_add(more.items);
        self.net = self.net.saturating_add(more.net);
        self.tax = self.tax.saturating_add(more.tax);
        self.total = self.total.saturating_add(more.total);
    }

    /// What a sale came to, on average; `None` without sales.
    ///
    /// # Errors
    /// `Value` when it is no amount.
    pub fn average(&self, currency: Currency) -> Result<Option<Money>, DatabaseError> {
        average(self.total, self.sales, currency)
    }

    /// Its cells.
    ///
    /// # Errors
    /// `Value` when an amount is none.
    pub fn cells(&self, currency: Currency) -> Result<[CellValue; 6], DatabaseError> {
        Ok([
            CellValue::Count(self.sales),
            CellValue::Count(self.items),
            self.average(currency)?.map_or(CellValue::Empty, CellValue::Money),
            money(self.net, currency)?,
            money(self.tax, currency)?,
            money(self.total, currency)?,
        ])
    }
}

/// An amount divided by a count, to the nearest minor unit; `None` when the count is nothing.
///
/// # Errors
/// `Value` when it is no amount.
pub fn average(minor: i64, count: i64, currency: Currency) -> Result<Option<Money>, DatabaseError> {
    if count == 0 {
        return Ok(None);
    }
    let value = |error: domain::money::MoneyError| DatabaseError::Value(error.to_string());
    let whole = Money::new(minor, currency).map_err(value)?;
    whole.ratio(1, count, Rounding::HalfUp).map(Some).map_err(value)
}

/// A stored day.
///
/// # Errors
/// `Value` when it is none.
pub fn day(stored: i64) -> Result<BusinessDay, DatabaseError> {
    let day = i32::try_from(stored).map_err(|_| DatabaseError::Value(format!("{stored} is no day")))?;
    Ok(BusinessDay::from_unix_day(day))
}

/// Reads the days asked for, one after the other, each with its currency. What is asked of an operator or of some hours
/// is read from the rollup of hours.
///
/// # Errors
/// `Disk`, `Value`, and what `each` answers.
pub fn of_days(
    reader: &Reader,
    asked: &Asked,
    mut each: impl FnMut(i64, Currency, SalesSum) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    if asked.operator.is_none() && asked.hours.is_none() {
        let mut statement = reader.ledger.prepare_cached(include_str!("days.sql"))?;
        let mut rows = statement.query([asked.from.unix_day(), asked.to.unix_day()])?;
        while let Some(row) = rows.next()? {
            let sum = SalesSum {
                sales: row.get(2)?,
                items: row.get(3)?,
                net: row.get(4)?,
                tax: row.get(5)?,
                total: row.get(6)?,
            };
            each(row.get(0)?, currency(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?, sum)?;
        }
        return Ok(());
    }
    let mut days: BTreeMap<(i64, Currency), SalesSum> = BTreeMap::new();
    of_hours(reader, asked, |hour| {
        days.entry((hour.day, hour.currency)).or_default().add(&hour.sum);
        Ok(())
    })?;
    days.into_iter().try_for_each(|((day, currency), sum)| each(day, currency, sum))
}

/// An hour of a day of an operator.
pub struct Hour {
    pub day: i64,
    pub hour: i64,
    pub operator: [u8; 16],
    pub currency: Currency,
    pub sum: SalesSum,
}

/// Reads the hours asked for.
///
/// # Errors
/// `Disk`, `Value`, and what `each` answers.
pub fn of_hours(
    reader: &Reader,
    asked: &Asked,
    mut each: impl FnMut(Hour) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    let mut statement = reader.ledger.prepare_cached(include_str!("hours.sql"))?;
    let operator = asked.operator.map(|operator| operator.bytes());
    let (from, to) = asked.hours.map_or((0, 23), |hours| (hours.from, hours.to));
    let mut rows =
        statement.query(params![asked.from.unix_day(), asked.to.unix_day(), operator, from, to])?;
    while let Some(row) = rows.next()? {
        each(Hour {
            day: row.get(0)?,
            hour: row.get(1)?,
            operator: row.get(2)?,
            currency: currency(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?,
            sum: SalesSum {
                sales: row.get(4)?,
                items: row.get(5)?,
                net: row.get(6)?,
                tax: row.get(7)?,
                total: row.get(8)?,
            },
        })?;
    }
    Ok(())
}

/// A table of groups: `named` makes the first cell of each.
///
/// # Errors
/// `Value` when an amount is none, and what `named` answers.
pub fn table(
    name: &'static str,
    groups: impl IntoIterator<Item = ((Of, Currency), SalesSum)>,
    mut named: impl FnMut(&Of) -> Result<CellValue, DatabaseError>,
) -> Result<Table, DatabaseError> {
    let mut rows = Vec::new();
    for ((of, currency), sum) in groups {
        let mut cells = vec![named(&of)?];
        cells.extend(sum.cells(currency)?);
        rows.push(Row { key: Key { currency: Some(currency), of }, cells });
    }
    let columns: Vec<&'static str> = std::iter::once(name).chain(COLUMNS).collect();
    let mut table = Table::new(&columns, "total", rows).with_totals(&SUMMED)?;
    // The average of all is that of all sales, not a sum of averages.
    if let [_, CellValue::Count(sales), _, average_cell, _, _, CellValue::Money(total)] =
        table.totals.as_mut_slice()
        && let Some(money) = average(total.minor(), *sales, total.currency())?
    {
        *average_cell = CellValue::Money(money);
    }
    Ok(table)
}
