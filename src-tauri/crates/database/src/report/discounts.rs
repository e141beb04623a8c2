//! Discounts, and prices that were typed over listed ones: what they gave away, by operator and reason.

use super::Asked;
use super::acts::{Said, table};
use super::table::Table;
use crate::error::DatabaseError;
use crate::project::rollup::act;
use crate::reader::Reader;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    table(reader, asked, &[act::OVERRIDE, act::DISCOUNT], Said::Both, "amount")
}
