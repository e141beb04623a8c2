//! What was sold at each tax rate.

use super::Asked;
use super::table::{Key, Of, Row, Table, currency, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::tax::TaxRate;
use wire::report::CellValue;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut statement = reader.ledger.prepare_cached(include_str!("taxes.sql"))?;
    let mut found = statement.query([asked.from.unix_day(), asked.to.unix_day()])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let currency = currency(&row.get::<_, String>(0)?)?;
        let ppm: i64 = row.get(1)?;
        let rate = TaxRate::ppm(ppm).map_err(|error| DatabaseError::Value(error.to_string()))?;
        let (net, tax): (i64, i64) = (row.get(2)?, row.get(3)?);
        let cells = vec![
            CellValue::Rate(rate),
            money(net, currency)?,
            money(tax, currency)?,
            money(net.saturating_add(tax), currency)?,
        ];
        rows.push(Row { key: Key { currency: Some(currency), of: Of::Number(ppm) }, cells });
    }
    Table::new(&["rate", "net", "tax", "gross"], "gross", rows).with_totals(&["net", "tax", "gross"])
}
