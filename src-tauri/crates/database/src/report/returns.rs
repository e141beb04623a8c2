//! What customers brought back, line by line, by the operator who took it.

use super::Asked;
use super::acts::{Said, table};
use super::table::Table;
use crate::error::DatabaseError;
use crate::project::rollup::act;
use crate::reader::Reader;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    table(reader, asked, &[act::RETURN], Said::Act, "amount")
}
