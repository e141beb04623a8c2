//! What was sold in each hour of the day.

use super::Asked;
use super::sums::{SalesSum, of_hours, table};
use super::table::{Of, Table};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use std::collections::BTreeMap;
use wire::report::CellValue;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut hours: BTreeMap<(Of, Currency), SalesSum> = BTreeMap::new();
    of_hours(reader, asked, |hour| {
        hours.entry((Of::Number(hour.hour), hour.currency)).or_default().add(&hour.sum);
        Ok(())
    })?;
    table("hour", hours, |of| match of {
        Of::Number(hour) => Ok(i8::try_from(*hour).map_or(CellValue::Empty, CellValue::Hour)),
        Of::Day(_) | Of::Id(_) | Of::IdWord(..) | Of::Word(_) => Ok(CellValue::Empty),
    })
}
