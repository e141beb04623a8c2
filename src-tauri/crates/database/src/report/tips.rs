//! What customers gave beside what was due, by whoever completed the sale.

use super::Asked;
use super::acts::{Said, table};
use super::table::Table;
use crate::error::DatabaseError;
use crate::project::rollup::act;
use crate::reader::Reader;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    table(reader, asked, &[act::TIP], Said::Nothing, "amount")
}
