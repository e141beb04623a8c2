//! Open sales that were given up, lines that were taken out, and receipts printed again, by operator.

use super::Asked;
use super::acts::{Said, table};
use super::table::Table;
use crate::error::DatabaseError;
use crate::project::rollup::act;
use crate::reader::Reader;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    table(reader, asked, &[act::CANCEL, act::VOID_LINE, act::REPRINT], Said::Act, "times")
}
