//! The days that fell furthest below what their weekday usually came to within the days asked for.

use super::Asked;
use super::compare::change;
use super::sums::{average, day, of_days};
use super::table::{Key, Of, Row, Table, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use std::collections::BTreeMap;
use wire::report::CellValue;

/// Days of one weekday from which on there is a usual one.
const USUAL_MIN: i64 = 2;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut days = Vec::new();
    let mut usual: BTreeMap<(i8, Currency), (i64, i64)> = BTreeMap::new();
    of_days(reader, asked, |stored, currency, sum| {
        let day = day(stored)?;
        let (count, total) = usual.entry((day.weekday(), currency)).or_default();
        *count += 1;
        *total = total.saturating_add(sum.total);
        days.push((stored, day, currency, sum));
        Ok(())
    })?;
    let mut rows = Vec::new();
    for (stored, day, currency, sum) in days {
        let (count, total) = usual[&(day.weekday(), currency)];
        let Some(usual) = average(total, count, currency)?.filter(|_| count >= USUAL_MIN) else { continue };
        let (is, usual) = (money(sum.total, currency)?, CellValue::Money(usual));
        let CellValue::Change(less) = change(&is, &usual) else { continue };
        if less >= 0 {
            continue;
        }
        let key = Key { currency: Some(currency), of: Of::Day(stored) };
        let cells = vec![
            CellValue::Day(day),
            CellValue::Weekday(day.weekday()),
            CellValue::Count(sum.sales),
            is,
            usual,
            CellValue::Change(less),
        ];
        rows.push((less, Row { key, cells }));
    }
    rows.sort_by_key(|(less, _)| *less);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let columns = ["day", "weekday", "sales", "total", "usual", "change"];
    Ok(Table::new(&columns, "total", rows))
}
