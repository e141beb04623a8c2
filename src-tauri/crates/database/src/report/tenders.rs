//! How sales were settled: what stayed of what was handed over, and what customers got back.

use super::Asked;
use super::table::{Key, Of, Row, Table, currency, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use wire::report::CellValue;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut statement = reader.ledger.prepare_cached(include_str!("tenders.sql"))?;
    let mut found = statement.query([asked.from.unix_day(), asked.to.unix_day()])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let currency = currency(&row.get::<_, String>(0)?)?;
        let kind: String = row.get(1)?;
        let (taken, given): (i64, i64) = (row.get(3)?, row.get(5)?);
        let cells = vec![
            CellValue::Word(format!("tender_{kind}")),
            CellValue::Count(row.get(2)?),
            money(taken, currency)?,
            CellValue::Count(row.get(4)?),
            money(given, currency)?,
            money(taken.saturating_sub(given), currency)?,
        ];
        rows.push(Row { key: Key { currency: Some(currency), of: Of::Word(kind) }, cells });
    }
    let columns = ["tender", "taken_times", "taken", "given_times", "given", "total"];
    Table::new(&columns, "total", rows).with_totals(&columns[1..])
}
