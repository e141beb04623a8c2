//! How often the drawer was opened without a sale, by operator and reason.

use super::Asked;
use super::acts::{Said, table};
use super::table::Table;
use crate::error::DatabaseError;
use crate::project::rollup::act;
use crate::reader::Reader;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    table(reader, asked, &[act::NO_SALE], Said::Detail, "times")
}
