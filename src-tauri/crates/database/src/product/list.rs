//! The list of products in one of its orders: read along an index from a place on, so that a page costs what is on it and
//! not what is before it.

use super::parse;
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::product::Status;
use domain::quantity::{Quantity, Unit};
use domain::time::{BusinessDay, Timestamp};
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{OptionalExtension, Row, ToSql, params};

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrder {
    /// The name from its first letter or digit on; small and capital letters are the same.
    Name,
    /// The SKU; none is before all.
    Sku,
    /// The price of the day; products without one are left out.
    Price,
    /// The last change.
    Changed,
}

/// What the order goes by, of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKey {
    /// A name or a SKU.
    Text(String),
    /// A price in millionths, or a time in milliseconds.
    Number(i64),
}

/// A place in a list: of one product, by its key and row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPlace {
    /// Its key.
    pub key: ListKey,
    /// Its row.
    pub row: i64,
}

/// A way through the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWay {
    /// In which order.
    pub order: ListOrder,
    /// From the largest to the smallest.
    pub descending: bool,
    /// Sold or archived ones.
    pub status: Status,
    /// Behind this place; `None` begins at the end of the list it comes from.
    pub from: Option<ListPlace>,
}

/// A product of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedProduct {
    /// Where it stands.
    pub place: ListPlace,
    /// Which.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// The merchant's own number.
    pub sku: Option<String>,
    /// What its quantity counts.
    pub unit: Unit,
    /// How it is taxed.
    pub tax_category: TaxCategoryId,
    /// Its reporting group.
    pub category: Option<CategoryId>,
    /// The content hash of its picture.
    pub picture: Option<String>,
    /// Whether it is sold.
    pub status: Status,
    /// Its ordinary price on the day asked for.
    pub price: Option<Price>,
    /// When it was changed last.
    pub changed: Option<Timestamp>,
    /// The quantity at which it is to be ordered.
    pub low_stock: Option<Quantity>,
}

/// What was found on a way.
pub struct ListStretch {
    /// The products that were wanted, in order.
    pub products: Vec<ListedProduct>,
    /// Where the look ended; `None` at the end of the list.
    pub next: Option<ListPlace>,
}

/// How much one look takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLimits {
    /// Products wanted at most.
    pub wanted: usize,
    /// Products looked at at most.
    pub looked_at: usize,
}

impl ListOrder {
    /// What the order goes by.
    const fn key(self) -> &'static str {
        match self {
            Self::Name => "p.list_name",
            Self::Sku => "p.list_sku",
            Self::Price => "r.micros",
            Self::Changed => "p.changed",
        }
    }

    /// The row that stands behind the key in its index.
    const fn row(self) -> &'static str {
        match self {
            Self::Name | Self::Sku | Self::Changed => "p.id",
            Self::Price => "r.product",
        }
    }

    /// Where the products come from. A price that holds is the last that began.
    const fn source(self) -> &'static str {
        match self {
            Self::Name | Self::Sku | Self::Changed => "product p where p.status = ?2",
            Self::Price => {
                "price r cross join product p on p.id = r.product
                 where p.status = ?2 and r.list = x'' and r.from_day <= ?1
                   and not exists (
                       select 1 from price later
                       where later.product = r.product and later.list = r.list
                         and later.from_day > r.from_day and later.from_day <= ?1
                   )"
            }
        }
    }

    /// The statement that goes along the order: `?1` the day, `?2` the status, `?3` how many, `?4` and `?5` the place.
    fn statement(self, descending: bool, from: bool) -> String {
        let (key, row, source) = (self.key(), self.row(), self.source());
        let (way, beyond) = if descending { ("desc", "<") } else { ("asc", ">") };
        let behind = if from { format!("and ({key}, {row}) {beyond} (?4, ?5)") } else { String::new() };
        format!("select {key}, {COLUMNS} from {source} {behind} order by {key} {way}, {row} {way} limit ?3")
    }
}

/// The columns of a [`ListedProduct`] behind its key; `?1` is the day of the price.
const COLUMNS: &str =
    "p.id, p.product, p.name, p.sku, p.unit, p.tax_category, p.category, p.picture, p.status,
    (select micros from price
     where price.product = p.id and list = x'' and from_day <= ?1
     order by from_day desc limit 1), p.changed, p.low_stock";

impl ToSql for ListKey {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(text) => text.to_sql(),
            Self::Number(number) => number.to_sql(),
        }
    }
}

fn listed(row: &Row<'_>) -> Result<ListedProduct, DatabaseError> {
    let key = match row.get::<_, Value>(0)? {
        Value::Text(text) => ListKey::Text(text),
        Value::Integer(number) => ListKey::Number(number),
        other => return Err(DatabaseError::Value(format!("{other:?} is no key of a list"))),
    };
    let price: Option<i64> = row.get(10)?;
    let changed: i64 = row.get(11)?;
    Ok(ListedProduct {
        place: ListPlace { key, row: row.get(1)? },
        product: ProductId::from_bytes(row.get(2)?),
        name: row.get(3)?,
        sku: row.get(4)?,
        unit: parse(&row.get::<_, String>(5)?)?,
        tax_category: TaxCategoryId::from_bytes(row.get(6)?),
        category: row.get::<_, Option<[u8; 16]>>(7)?.map(CategoryId::from_bytes),
        picture: row.get(8)?,
        status: parse(&row.get::<_, String>(9)?)?,
        price: price
            .map(Price::micros)
            .transpose()
            .map_err(|error| DatabaseError::Value(error.to_string()))?,
        changed: (changed != 0).then_some(Timestamp(changed)),
        low_stock: row.get::<_, Option<i64>>(12)?.map(super::quantity_of).transpose()?,
    })
}

impl Reader {
    /// Goes along the list from a place on and takes the products that are wanted, until there are enough or enough were
    /// looked at.
    ///
    /// # Errors
    /// `Disk`, `Value`; those of `wanted`.
    pub fn products_listed(
        &self,
        way: &ListWay,
        day: BusinessDay,
        limits: ListLimits,
        wanted: impl Fn(&ListedProduct) -> Result<bool, DatabaseError>,
    ) -> Result<ListStretch, DatabaseError> {
        let text = way.order.statement(way.descending, way.from.is_some());
        let mut statement = self.catalog.prepare_cached(&text)?;
        // One more than are looked at says whether the list goes on.
        let most = i64::try_from(limits.looked_at.saturating_add(1)).unwrap_or(i64::MAX);
        let (day, status) = (day.unix_day(), super::code_of(&way.status)?);
        let mut rows = match &way.from {
            Some(place) => statement.query(params![day, status, most, place.key, place.row])?,
            None => statement.query(params![day, status, most])?,
        };
        let mut stretch = ListStretch { products: Vec::new(), next: None };
        let (mut looked_at, mut last) = (0, None);
        while let Some(row) = rows.next()? {
            if looked_at == limits.looked_at || stretch.products.len() == limits.wanted {
                stretch.next = last;
                break;
            }
            let product = listed(row)?;
            looked_at += 1;
            last = Some(product.place.clone());
            if wanted(&product)? {
                stretch.products.push(product);
            }
        }
        Ok(stretch)
    }

    /// A product as it stands in a list by name; `None` when there is none.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn product_listed(
        &self,
        id: ProductId,
        day: BusinessDay,
    ) -> Result<Option<ListedProduct>, DatabaseError> {
        let text = format!("select p.name, {COLUMNS} from product p where p.product = ?2");
        let mut statement = self.catalog.prepare_cached(&text)?;
        let mut rows = statement.query(params![day.unix_day(), id.bytes()])?;
        rows.next()?.map(listed).transpose()
    }

    /// Whether a product has a code to be scanned by. The row is that of its place.
    ///
    /// # Errors
    /// `Disk`.
    pub fn has_code(&self, row: i64) -> Result<bool, DatabaseError> {
        let mut statement = self.catalog.prepare_cached("select 1 from code where product = ?1")?;
        Ok(statement.exists([row])?)
    }

    /// How many products there are of a status, counted up to `most`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn products_counted(&self, status: Status, most: u32) -> Result<u32, DatabaseError> {
        let mut statement = self
            .catalog
            .prepare_cached("select count(*) from (select 1 from product where status = ?1 limit ?2)")?;
        Ok(statement.query_row(params![super::code_of(&status)?, most], |row| row.get(0))?)
    }

    /// How much of a product there is, in thousandths of its unit; `None` while nothing moved.
    ///
    /// # Errors
    /// `Disk`.
    pub fn on_hand_if_known(&self, product: ProductId) -> Result<Option<i64>, DatabaseError> {
        let mut statement =
            self.ledger.prepare_cached("select thousandths from on_hand where product = ?1")?;
        Ok(statement.query_row([product.bytes()], |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
mod tests;
