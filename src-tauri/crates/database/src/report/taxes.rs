//! What was sold at each tax rate.

use super::{currency, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::tax::TaxRate;
use domain::time::BusinessDay;
use wire::report::{CellValue, ReportTable};

pub fn run(reader: &Reader, from: BusinessDay, to: BusinessDay) -> Result<ReportTable, DatabaseError> {
    let mut statement = reader.ledger.prepare_cached(include_str!("taxes.sql"))?;
    let mut found = statement.query([from.unix_day(), to.unix_day()])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let currency = currency(&row.get::<_, String>(0)?)?;
        let rate = TaxRate::ppm(row.get(1)?).map_err(|error| DatabaseError::Value(error.to_string()))?;
        let (net, tax): (i64, i64) = (row.get(2)?, row.get(3)?);
        rows.push(vec![
            CellValue::Rate(rate),
            CellValue::Money(money(net, currency)?),
            CellValue::Money(money(tax, currency)?),
            CellValue::Money(money(net + tax, currency)?),
        ]);
    }
    let columns = ["rate", "net", "tax", "gross"];
    Ok(ReportTable {
        report: "taxes".into(),
        columns: columns.map(Into::into).into(),
        rows,
        totals: Vec::new(),
    })
}
