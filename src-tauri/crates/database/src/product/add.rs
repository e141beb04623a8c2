//! New products, many at once, as an import brings them: statements are looked up once and not for each product, and a
//! product that nobody can have before is not looked for.

use super::{code_of, load_category};
use crate::error::DatabaseError;
use crate::search;
use domain::ids::CategoryId;
use domain::price::Price;
use domain::product::{Product, Status};
use domain::quantity::{Quantity, Unit};
use domain::time::Timestamp;
use rusqlite::{CachedStatement, Connection, params};
use std::collections::HashMap;

/// Adds products that are not there, and their rows of the index.
pub(crate) struct NewProducts<'c> {
    connection: &'c Connection,
    product: CachedStatement<'c>,
    code: CachedStatement<'c>,
    price: CachedStatement<'c>,
    rows: search::Rows<'c>,
    /// The names of categories that products were added to.
    categories: HashMap<CategoryId, Option<String>>,
    /// How the last unit and status were written: most products have the same.
    written: Option<(Unit, Status, String, String)>,
}

impl<'c> NewProducts<'c> {
    /// Adds to a catalogue.
    pub fn of(connection: &'c Connection) -> Result<Self, DatabaseError> {
        Ok(Self {
            connection,
            product: connection.prepare_cached(
                "insert into product (product, version, name, sku, brand, unit, tax_category, category, picture,
                     variant_of, options, deposit, deposit_thousandths, age_min, low_stock, merged_into, status, changed)
                 values (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?,
            code: connection.prepare_cached(super::SAVE_CODE)?,
            price: connection.prepare_cached(super::SAVE_PRICE)?,
            rows: search::Rows::of(connection)?,
            categories: HashMap::new(),
            written: None,
        })
    }

    /// Adds a product in its first version.
    pub fn add(&mut self, id: [u8; 16], at: Timestamp, product: &Product) -> Result<(), DatabaseError> {
        let options = match product.options.as_slice() {
            [] => None,
            options => Some(serde_json::to_string(options)?),
        };
        let (unit, status) = match &self.written {
            Some((unit, status, ..)) if (*unit, *status) == (product.unit, product.status) => (None, None),
            _ => (Some(code_of(&product.unit)?), Some(code_of(&product.status)?)),
        };
        if let (Some(unit), Some(status)) = (unit, status) {
            self.written = Some((product.unit, product.status, unit, status));
        }
        let (unit, status) =
            self.written.as_ref().map_or(("", ""), |(.., unit, status)| (unit.as_str(), status.as_str()));
        self.product.execute(params![
            id,
            product.name,
            product.sku,
            product.brand,
            unit,
            product.tax_category.bytes(),
            product.category.map(|category| category.bytes()),
            product.picture,
            product.variant_of.map(|parent| parent.bytes()),
            options,
            product.deposit.map(|deposit| deposit.product.bytes()),
            product.deposit.map(|deposit| deposit.quantity.as_thousandths()),
            product.age_min,
            product.low_stock.map(Quantity::as_thousandths),
            product.merged_into.map(|kept| kept.bytes()),
            status,
            at.0,
        ])?;
        let row = self.connection.last_insert_rowid();
        for code in &product.codes {
            let none = None::<i64>;
            self.code.execute(params![code.key(), row, code.as_str(), none, None::<String>, none])?;
        }
        for pack in &product.packs {
            self.code.execute(params![
                pack.code.key(),
                row,
                pack.code.as_str(),
                pack.quantity.as_thousandths(),
                pack.name,
                pack.price.map(Price::as_micros),
            ])?;
        }
        for price in &product.prices {
            let list = price.list.map(|list| list.bytes());
            let list = list.as_ref().map_or(&[][..], |list| &list[..]);
            self.price.execute(params![row, list, price.from.unix_day(), price.price.as_micros()])?;
        }
        if product.status == Status::Archived {
            return Ok(());
        }
        let category = match product.category {
            Some(id) => self.category(id)?,
            None => None,
        };
        let text = search::text(product, category.as_deref());
        self.rows.add(row, 0, &text)
    }

    fn category(&mut self, id: CategoryId) -> Result<Option<String>, DatabaseError> {
        if let Some(known) = self.categories.get(&id) {
            return Ok(known.clone());
        }
        let name = load_category(self.connection, id.bytes())?.map(|(_, category)| category.name);
        self.categories.insert(id, name.clone());
        Ok(name)
    }

    /// To be called when another record was changed meanwhile: a category may have another name.
    pub fn another_changed(&mut self) {
        self.categories.clear();
    }

    /// Writes the words of all rows.
    pub fn end(self) -> Result<(), DatabaseError> {
        self.rows.end()
    }
}
