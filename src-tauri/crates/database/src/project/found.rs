//! Where a completed sale is found again by those who do not know its number: by day and hour, amount, operator,
//! customer and product. Folded behind the sale.

use super::Placed;
use crate::error::DatabaseError;
use domain::ids::ProductId;
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use wire::fact::SaleCompletedFact;

/// The ways a sale can be looked for, as they are stored.
pub mod way {
    /// All sales; their `value` is nothing.
    pub const ALL: i64 = 0;
    /// What it came to or gave back, in minor units, without sign.
    pub const AMOUNT: i64 = 1;
    /// Who completed it.
    pub const OPERATOR: i64 = 2;
    /// Whom it was for.
    pub const CUSTOMER: i64 = 3;
    /// What was in it, sold or taken back.
    pub const PRODUCT: i64 = 4;
}

/// An id as it is looked for.
pub fn id(bytes: [u8; 16]) -> Value {
    Value::Blob(bytes.to_vec())
}

/// What stands where nothing but the day is looked for.
pub const fn nothing() -> Value {
    Value::Blob(Vec::new())
}

/// Notes a completed sale.
///
/// # Errors
/// What the file answers.
pub fn completed(
    connection: &Connection,
    placed: &Placed,
    sale: &SaleCompletedFact,
) -> Result<(), DatabaseError> {
    let row: i64 = connection
        .prepare_cached("select id from sale where sale = ?1")?
        .query_row([sale.sale.bytes()], |row| row.get(0))?;
    let day = sale.business_day.unix_day();
    let mut insert = connection
        .prepare_cached("insert into sale_mark (way, value, day, sale, hour) values (?1, ?2, ?3, ?4, ?5)")?;
    let mut mark =
        |way: i64, value: Value, hour: Option<i8>| insert.execute(params![way, value, day, row, hour]);
    mark(way::ALL, nothing(), Some(placed.header.moment.local().hour()))?;
    mark(way::AMOUNT, Value::Integer(sale.total.saturating_abs()), None)?;
    mark(way::OPERATOR, id(placed.header.actor.bytes()), None)?;
    if let Some(customer) = sale.customer {
        mark(way::CUSTOMER, id(customer.bytes()), None)?;
    }
    let products: BTreeSet<ProductId> = sale.lines.iter().filter_map(|line| line.product).collect();
    for product in products {
        mark(way::PRODUCT, id(product.bytes()), None)?;
    }
    Ok(())
}
