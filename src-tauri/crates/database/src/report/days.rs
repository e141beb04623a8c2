//! What was sold on each day.

use super::{currency, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::time::BusinessDay;
use wire::report::{CellValue, ReportTable};

pub fn run(reader: &Reader, from: BusinessDay, to: BusinessDay) -> Result<ReportTable, DatabaseError> {
    let mut statement = reader.ledger.prepare_cached(include_str!("days.sql"))?;
    let mut found = statement.query([from.unix_day(), to.unix_day()])?;
    let mut rows = Vec::new();
    let mut sums: Option<(domain::currency::Currency, [i64; 5])> = None;
    let mut mixed = false;
    while let Some(row) = found.next()? {
        let currency = currency(&row.get::<_, String>(1)?)?;
        let values: [i64; 5] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
        let (first, sum) = sums.get_or_insert((currency, [0; 5]));
        mixed |= *first != currency;
        for (sum, value) in sum.iter_mut().zip(values) {
            *sum += value;
        }
        rows.push(vec![
            CellValue::Day(BusinessDay::from_unix_day(row.get(0)?)),
            CellValue::Count(values[0]),
            CellValue::Count(values[1]),
            CellValue::Money(money(values[2], currency)?),
            CellValue::Money(money(values[3], currency)?),
            CellValue::Money(money(values[4], currency)?),
        ]);
    }
    let totals = match sums {
        // Two currencies have no sum.
        Some((currency, sum)) if !mixed => vec![
            CellValue::Empty,
            CellValue::Count(sum[0]),
            CellValue::Count(sum[1]),
            CellValue::Money(money(sum[2], currency)?),
            CellValue::Money(money(sum[3], currency)?),
            CellValue::Money(money(sum[4], currency)?),
        ],
        _ => Vec::new(),
    };
    let columns = ["day", "sales", "lines", "net", "tax", "total"];
    Ok(ReportTable { report: "days".into(), columns: columns.map(Into::into).into(), rows, totals })
}
