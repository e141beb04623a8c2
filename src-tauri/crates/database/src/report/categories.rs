//! What was sold of each category, as the products are in them today: a product that is moved takes its past along.

use super::Asked;
use super::products::{Categories, ProductSum, sums};
use super::table::{Key, Of, Row, Table, money};
use crate::error::DatabaseError;
use crate::project::rollup::OPEN_ITEM;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::ids::CategoryId;
use std::cmp::Reverse;
use std::collections::HashMap;
use wire::report::CellValue;

/// What stands for the products of no category.
const NO_CATEGORY: [u8; 16] = [0xff; 16];

pub fn run(reader: &Reader, asked: &Asked) -> Result<Table, DatabaseError> {
    let mut groups: HashMap<([u8; 16], Currency), (i64, ProductSum)> = HashMap::new();
    let mut categories = Categories::of(reader)?;
    for ((product, currency), sum) in sums(reader, asked.from, asked.to)? {
        let category = match product == OPEN_ITEM.bytes() {
            true => product,
            false => categories.of_product(product)?.map_or(NO_CATEGORY, |category| category.bytes()),
        };
        let (products, to) = groups.entry((category, currency)).or_default();
        *products += 1;
        to.add(&sum);
    }
    let mut sorted: Vec<_> = groups.into_iter().collect();
    sorted.sort_unstable_by_key(|((category, currency), (_, sum))| {
        (Reverse(sum.total()), *category, *currency)
    });
    let mut rows = Vec::new();
    for ((category, currency), (products, sum)) in sorted {
        let cells = vec![
            name(reader, category)?,
            CellValue::Count(products),
            CellValue::Count(sum.lines),
            money(sum.net, currency)?,
            money(sum.tax, currency)?,
            money(sum.total(), currency)?,
        ];
        rows.push(Row { key: Key { currency: Some(currency), of: Of::Id(category) }, cells });
    }
    let columns = ["category", "products", "lines", "net", "tax", "total"];
    Table::new(&columns, "total", rows).with_totals(&columns[1..])
}

fn name(reader: &Reader, category: [u8; 16]) -> Result<CellValue, DatabaseError> {
    if category == OPEN_ITEM.bytes() {
        return Ok(CellValue::Word("open_item".to_owned()));
    }
    let found = reader.category(CategoryId::from_bytes(category))?;
    Ok(found
        .map_or(CellValue::Word("no_category".to_owned()), |(_, category)| CellValue::Text(category.name)))
}
