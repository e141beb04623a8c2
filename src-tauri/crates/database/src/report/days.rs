//! What was sold on each day.

use super::Asked;
use super::sums::{day, of_days, table};
use super::table::{Of, Table};
use crate::error::DatabaseError;
use crate::reader::Reader;
use wire::report::CellValue;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut days = Vec::new();
    of_days(reader, asked, |day, currency, sum| {
        days.push(((Of::Day(day), currency), sum));
        Ok(())
    })?;
    table("day", days, |of| match of {
        Of::Day(stored) => Ok(CellValue::Day(day(*stored)?)),
        Of::Number(_) | Of::Id(_) | Of::IdWord(..) | Of::Word(_) => Ok(CellValue::Empty),
    })
}
