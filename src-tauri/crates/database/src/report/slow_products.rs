//! The products that sold least, of all that were ever sold or counted and are still offered: those that did not sell
//! at all come first, of them the ones there is most of.

use super::Asked;
use super::products::{ProductSum, sums};
use super::table::{Key, Of, Row, Table};
use crate::error::DatabaseError;
use crate::product::parse;
use crate::reader::Reader;
use domain::ids::CategoryId;
use rusqlite::OptionalExtension;
use std::cmp::Reverse;
use std::collections::HashMap;
use wire::report::CellValue;

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut sold: HashMap<[u8; 16], ProductSum> = HashMap::new();
    for ((product, _), sum) in sums(reader, asked.from, asked.to)? {
        sold.entry(product).or_default().add(&sum);
    }
    let mut statement = reader.ledger.prepare_cached(include_str!("slow_products.sql"))?;
    let mut found = statement.query([])?;
    let mut products: Vec<([u8; 16], i64, ProductSum)> = Vec::new();
    while let Some(row) = found.next()? {
        let product = row.get(0)?;
        products.push((product, row.get(1)?, sold.get(&product).copied().unwrap_or_default()));
    }
    products.sort_unstable_by_key(|(product, there, sum)| (sum.thousandths, Reverse(*there), *product));
    let mut statement = reader.catalog.prepare_cached(
        "select name, unit, category from product where product = ?1 and status = 'active'",
    )?;
    let mut rows = Vec::new();
    for (product, there, sum) in products {
        if rows.len() == asked.rows_max {
            break;
        }
        let listed: Option<(String, String, Option<[u8; 16]>)> =
            statement.query_row([product], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((name, unit, category)) = listed else { continue };
        if asked.category.is_some_and(|asked| category.map(CategoryId::from_bytes) != Some(asked)) {
            continue;
        }
        let unit = parse(&unit)?;
        let cells = vec![
            CellValue::Text(name),
            CellValue::Quantity { thousandths: sum.thousandths, unit },
            CellValue::Count(sum.lines),
            CellValue::Quantity { thousandths: there, unit },
        ];
        rows.push(Row { key: Key { currency: None, of: Of::Id(product) }, cells });
    }
    Ok(Table::new(&["product", "quantity", "lines", "on_hand"], "quantity", rows))
}
