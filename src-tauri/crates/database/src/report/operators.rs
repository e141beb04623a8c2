//! What each operator completed.

use super::Asked;
use super::sums::{SalesSum, of_hours, table};
use super::table::{Of, Table};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::ids::OperatorId;
use domain::people::Operator;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use wire::record::Entity;
use wire::report::CellValue;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut operators: BTreeMap<(Of, Currency), SalesSum> = BTreeMap::new();
    of_hours(reader, asked, |hour| {
        operators.entry((Of::Id(hour.operator), hour.currency)).or_default().add(&hour.sum);
        Ok(())
    })?;
    let mut operators: Vec<_> = operators.into_iter().collect();
    operators.sort_by_key(|(_, sum)| Reverse(sum.total));
    table("operator", operators, |of| match of {
        Of::Id(id) => name(reader, *id),
        Of::Day(_) | Of::Number(_) | Of::IdWord(..) | Of::Word(_) => Ok(CellValue::Empty),
    })
}

/// What an operator is called; the till itself, and one who was erased, have a word.
///
/// # Errors
/// `Disk`, `Value`.
pub fn name(reader: &Reader, id: [u8; 16]) -> Result<CellValue, DatabaseError> {
    let id = OperatorId::from_bytes(id);
    if id == OperatorId::TERMINAL {
        return Ok(CellValue::Word("till_itself".to_owned()));
    }
    let person: Option<(u64, Operator)> = reader.record_as(Entity::Operator, id.0)?;
    Ok(match person {
        Some((_, person)) if !person.name.is_empty() => CellValue::Text(person.name),
        Some(_) | None => CellValue::Word("person_erased".to_owned()),
    })
}
