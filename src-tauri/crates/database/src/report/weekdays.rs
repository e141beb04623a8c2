//! What was sold on each day of the week: how many days of it had sales, what one of them came to on average, the least
//! and the most.

use super::Asked;
use super::sums::{average, day, of_days};
use super::table::{Key, Of, Row, Table, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use std::collections::BTreeMap;
use wire::report::CellValue;

/// The days of one weekday.
#[derive(Debug, Clone, Copy)]
struct Weekday {
    days: i64,
    sales: i64,
    total: i64,
    least: i64,
    most: i64,
}

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut weekdays: BTreeMap<(i64, Currency), Weekday> = BTreeMap::new();
    of_days(reader, asked, |stored, currency, sum| {
        let weekday = i64::from(day(stored)?.weekday());
        let none = Weekday { days: 0, sales: 0, total: 0, least: i64::MAX, most: i64::MIN };
        let to = weekdays.entry((weekday, currency)).or_insert(none);
        to.days += 1;
        to.sales = to.sales.saturating_add(sum.sales);
        to.total = to.total.saturating_add(sum.total);
        to.least = to.least.min(sum.total);
        to.most = to.most.max(sum.total);
        Ok(())
    })?;
    let mut rows = Vec::new();
    for ((weekday, currency), sum) in weekdays {
        let cells = vec![
            i8::try_from(weekday).map_or(CellValue::Empty, CellValue::Weekday),
            CellValue::Count(sum.days),
            CellValue::Count(sum.sales),
            money(sum.least, currency)?,
            money(sum.most, currency)?,
            average(sum.total, sum.days, currency)?.map_or(CellValue::Empty, CellValue::Money),
            money(sum.total, currency)?,
        ];
        rows.push(Row { key: Key { currency: Some(currency), of: Of::Number(weekday) }, cells });
    }
    let columns = ["weekday", "days_open", "sales", "least", "most", "day_average", "total"];
    Table::new(&columns, "day_average", rows).with_totals(&["days_open", "sales", "total"])
}
