//! Products and categories in the catalogue: found by code, by words, by category.

use crate::error::DatabaseError;
use crate::reader::Reader;
use crate::search::typed::Typed;
use crate::search::{self, near};
use domain::code::Code;
use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::product::{Category, PriceFrom, Product, Status};
use domain::quantity::Unit;
use domain::time::BusinessDay;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::record::{Fields, fields};

/// A product with what selling needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProduct {
    /// Which.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// What its quantity counts.
    pub unit: Unit,
    /// How it is taxed.
    pub tax_category: TaxCategoryId,
    /// The content hash of its picture.
    pub picture: Option<String>,
    /// Whether it is sold.
    pub status: Status,
    /// Its price on the day asked for.
    pub price: Option<Price>,
}

/// The columns of a [`FoundProduct`]; `?1` is the day of the price.
macro_rules! columns {
    () => {
        "select p.product, p.name, p.unit, p.tax_category, p.picture, p.status,
                (select micros from price
                 where price.product = p.id and from_day <= ?1
                 order by from_day desc limit 1),
                p.id"
    };
}

/// A statement that finds products.
macro_rules! found {
    ($rest:literal) => {
        concat!(columns!(), " from ", $rest)
    };
}

fn found(row: &Row<'_>) -> Result<(FoundProduct, i64), DatabaseError> {
    let price: Option<i64> = row.get(6)?;
    let product = FoundProduct {
        product: ProductId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        unit: parse(&row.get::<_, String>(2)?)?,
        tax_category: TaxCategoryId::from_bytes(row.get(3)?),
        picture: row.get(4)?,
        status: parse(&row.get::<_, String>(5)?)?,
        price: price
            .map(Price::micros)
            .transpose()
            .map_err(|error| DatabaseError::Value(error.to_string()))?,
    };
    Ok((product, row.get(7)?))
}

/// Reads the code of an enum as it stands in JSON without its quotes.
fn parse<T: DeserializeOwned>(code: &str) -> Result<T, DatabaseError> {
    Ok(serde_json::from_value(serde_json::Value::String(code.to_owned()))?)
}

/// Writes an enum as its code in JSON without quotes.
fn code_of<T: Serialize>(value: &T) -> Result<String, DatabaseError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(code) => Ok(code),
        other => Err(DatabaseError::Value(format!("{other} is not the code of an enum"))),
    }
}

/// Where a page of products begins: after this name and row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The name of the last product of the page before.
    pub name: String,
    /// Its row.
    pub row: i64,
}

/// A page of products, and where the next begins.
pub type ProductPage = (Vec<FoundProduct>, Option<After>);

impl Reader {
    /// The products with this code, at most `max`. The key is [`Code::key`].
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn products_by_code(
        &self,
        key: &str,
        day: BusinessDay,
        max: u32,
    ) -> Result<Vec<FoundProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(found!(
            "code join product p on p.id = code.product where code.key = ?2 order by p.id limit ?3"
        ))?;
        let mut rows = statement.query(params![day.unix_day(), key, max])?;
        let mut products = Vec::new();
        while let Some(row) = rows.next()? {
            products.push(found(row)?.0);
        }
        Ok(products)
    }

    /// The product with this SKU, in the case it was written in.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn product_by_sku(&self, sku: &str, day: BusinessDay) -> Result<Option<FoundProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(found!("product p where p.sku = ?2"))?;
        let mut rows = statement.query(params![day.unix_day(), sku])?;
        rows.next()?.map(|row| found(row).map(|(product, _)| product)).transpose()
    }

    /// The product with this id.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn product(&self, id: ProductId, day: BusinessDay) -> Result<Option<FoundProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(found!("product p where p.product = ?2"))?;
        let mut rows = statement.query(params![day.unix_day(), id.bytes()])?;
        rows.next()?.map(|row| found(row).map(|(product, _)| product)).transpose()
    }

    /// A page of active products by name; of one category, or all.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn products_by_name(
        &self,
        category: Option<CategoryId>,
        after: Option<&After>,
        day: BusinessDay,
        max: u32,
    ) -> Result<ProductPage, DatabaseError> {
        let (name, row) = after.map_or(("", 0), |after| (after.name.as_str(), after.row));
        let day = day.unix_day();
        match category {
            Some(category) => {
                let mut statement = self.catalog.prepare_cached(found!(
                    "product p where p.status = 'active' and p.category = ?5 and (p.name, p.id) > (?2, ?3)
                     order by p.name, p.id limit ?4"
                ))?;
                page(statement.query(params![day, name, row, max, category.bytes()])?, max)
            }
            None => {
                let mut statement = self.catalog.prepare_cached(found!(
                    "product p where p.status = 'active' and (p.name, p.id) > (?2, ?3)
                     order by p.name, p.id limit ?4"
                ))?;
                page(statement.query(params![day, name, row, max])?, max)
            }
        }
    }

    /// A page of active products by what was typed, those sold most first.
    ///
    /// First come the products that have every finished word and a word that begins like the last; when they end, those
    /// in which every word begins so. When that leads to fewer than a few, what was typed is taken for mistyped, and a page
    /// of what is near to it follows.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn products_by_words(
        &self,
        text: &str,
        after: Option<WordsAfter>,
        day: BusinessDay,
        max: u32,
    ) -> Result<(Vec<FoundProduct>, Option<WordsAfter>), DatabaseError> {
        let Some(typed) = Typed::parse(text) else { return Ok((Vec::new(), None)) };
        let after = after.unwrap_or(WordsAfter { way: Way::AsTyped, row: 0 });
        let mut found = Vec::new();
        if after.way == Way::AsTyped {
            let last = self.matching(&typed.as_typed(), after.row, day, max, &mut found)?;
            if let Some(row) = last {
                return Ok((products(found), Some(WordsAfter { way: Way::AsTyped, row })));
            }
        }
        if let Some(query) = typed.as_beginnings() {
            let row = if after.way == Way::AsBeginnings { after.row } else { 0 };
            let last = self.matching(&query, row, day, max, &mut found)?;
            if let Some(row) = last {
                return Ok((products(found), Some(WordsAfter { way: Way::AsBeginnings, row })));
            }
        }
        if after.row == 0 && found.len() < NEAR_BELOW {
            self.near(&typed, day, max, &mut found)?;
        }
        Ok((products(found), None))
    }

    /// Adds the next products of a query of the index behind a row that are not found yet, until there are `max`. Returns
    /// the last row when there may be more.
    fn matching(
        &self,
        query: &str,
        after: i64,
        day: BusinessDay,
        max: u32,
        found: &mut Vec<(FoundProduct, i64)>,
    ) -> Result<Option<i64>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(WORDS)?;
        let mut rows = statement.query(params![day.unix_day(), query, after, max])?;
        let (mut last, mut count) = (after, 0);
        while let Some(row) = rows.next()? {
            let (product, id) = self::found(row)?;
            last = row.get("rowid")?;
            count += 1;
            if !found.iter().any(|(_, known)| *known == id) {
                found.push((product, id));
            }
        }
        Ok((count == max).then_some(last))
    }

    /// Adds what is near to what was typed, the nearest first.
    fn near(
        &self,
        typed: &Typed,
        day: BusinessDay,
        max: u32,
        found: &mut Vec<(FoundProduct, i64)>,
    ) -> Result<(), DatabaseError> {
        let mut candidates = found.clone();
        let queries = [near::corrected(&self.catalog, typed)?, near::but_one(typed)];
        for query in queries.into_iter().flatten() {
            self.matching(&query, 0, day, NEAR_MAX, &mut candidates)?;
            if candidates.len() > found.len() {
                break;
            }
        }
        let mut near = candidates.split_off(found.len());
        near.sort_by_cached_key(|(product, _)| near::distance(&product.name, typed));
        near.truncate(usize::try_from(max).unwrap_or(usize::MAX));
        found.append(&mut near);
        Ok(())
    }

    /// A product as it can be edited, with its version.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn product_record(&self, id: ProductId) -> Result<Option<(u64, Product)>, DatabaseError> {
        load_product(&self.catalog, id.bytes())
    }

    /// Whether another product has this SKU.
    ///
    /// # Errors
    /// `Disk`.
    pub fn sku_taken(&self, sku: &str, by_other_than: ProductId) -> Result<bool, DatabaseError> {
        let mut statement =
            self.catalog.prepare_cached("select 1 from product where sku = ?1 and product <> ?2")?;
        Ok(statement.exists(params![sku, by_other_than.bytes()])?)
    }

    /// The categories that are offered, by their place.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn categories(&self) -> Result<Vec<(CategoryId, u64, Category)>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(
            "select category, version, name, position, status from category
             where status = 'active' order by position, name",
        )?;
        let mut rows = statement.query([])?;
        let mut categories = Vec::new();
        while let Some(row) = rows.next()? {
            let (version, category) = category_of(row)?;
            categories.push((CategoryId::from_bytes(row.get(0)?), version, category));
        }
        Ok(categories)
    }

    /// A category, with its version.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn category(&self, id: CategoryId) -> Result<Option<(u64, Category)>, DatabaseError> {
        load_category(&self.catalog, id.bytes())
    }
}

fn page(mut rows: rusqlite::Rows<'_>, max: u32) -> Result<ProductPage, DatabaseError> {
    let mut products = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let (product, id) = found(row)?;
        last = Some(After { name: product.name.clone(), row: id });
        products.push(product);
    }
    let full = u32::try_from(products.len()).is_ok_and(|length| length == max);
    Ok((products, last.filter(|_| full)))
}

/// Where a page of found products begins: by which way of looking, and after which row of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordsAfter {
    /// The way of looking.
    pub way: Way,
    /// The row.
    pub row: i64,
}

/// How words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Finished words exactly, the last one as a beginning.
    AsTyped,
    /// Every word as a beginning.
    AsBeginnings,
}

/// Products found by what was typed; with fewer, what is near to it is looked for too.
const NEAR_BELOW: usize = 3;
/// Products near to what was typed among which the nearest are picked.
const NEAR_MAX: u32 = 400;

/// Products by a query of the index: its rows stand in the order of the answer.
const WORDS: &str = concat!(
    columns!(),
    ", search.rowid from search join product p on p.id = search.rowid & 1099511627775
     where search match ?2 and search.rowid > ?3
     order by search.rowid limit ?4"
);
const _: () = assert!(search::ID_MASK == 1_099_511_627_775);

fn products(found: Vec<(FoundProduct, i64)>) -> Vec<FoundProduct> {
    found.into_iter().map(|(product, _)| product).collect()
}

/// The words of a product's row in the index; `None` for one that is archived, or is not there.
pub(crate) fn search_text(connection: &Connection, id: i64) -> Result<Option<String>, DatabaseError> {
    let product: Option<[u8; 16]> = connection
        .prepare_cached("select product from product where id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(product) = product else { return Ok(None) };
    match load_product(connection, product)? {
        Some((_, product)) => text_of(connection, &product),
        None => Ok(None),
    }
}

/// The words of a product's row in the index; `None` for one that is archived.
fn text_of(connection: &Connection, product: &Product) -> Result<Option<String>, DatabaseError> {
    if product.status == Status::Archived {
        return Ok(None);
    }
    let category = match product.category {
        Some(category) => load_category(connection, category.bytes())?.map(|(_, category)| category.name),
        None => None,
    };
    Ok(Some(search::text(product, category.as_deref())))
}

fn load_product(connection: &Connection, id: [u8; 16]) -> Result<Option<(u64, Product)>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select id, version, name, sku, unit, tax_category, category, picture, status from product where product = ?1",
    )?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let rowid: i64 = row.get(0)?;
    let codes = connection
        .prepare_cached("select code from code where product = ?1 order by key")?
        .query_map([rowid], |row| row.get::<_, String>(0))?
        .filter_map(|code| code.map(|code| Code::parse(&code)).transpose())
        .collect::<Result<_, _>>()?;
    let prices = connection
        .prepare_cached("select from_day, micros from price where product = ?1 order by from_day")?
        .query_map([rowid], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, i64>(1)?)))?
        .map(|price| {
            let (day, micros) = price?;
            let price = Price::micros(micros).map_err(|error| DatabaseError::Value(error.to_string()))?;
            Ok(PriceFrom { from: BusinessDay::from_unix_day(day), price })
        })
        .collect::<Result<_, DatabaseError>>()?;
    let product = Product {
        name: row.get(2)?,
        sku: row.get(3)?,
        codes,
        unit: parse(&row.get::<_, String>(4)?)?,
        prices,
        tax_category: TaxCategoryId::from_bytes(row.get(5)?),
        category: row.get::<_, Option<[u8; 16]>>(6)?.map(CategoryId::from_bytes),
        picture: row.get(7)?,
        status: parse(&row.get::<_, String>(8)?)?,
    };
    Ok(Some((row.get::<_, i64>(1)?.cast_unsigned(), product)))
}

pub(crate) fn load_product_fields(
    connection: &Connection,
    id: [u8; 16],
) -> Result<Option<Fields>, DatabaseError> {
    Ok(load_product(connection, id)?.map(|(_, product)| fields(&product)))
}

pub(crate) fn save_product(
    connection: &Connection,
    id: [u8; 16],
    version: u64,
    product: &Product,
) -> Result<(), DatabaseError> {
    let rowid: i64 = connection
        .prepare_cached(
            "insert into product (product, version, name, sku, unit, tax_category, category, picture, status)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             on conflict (product) do update set
                 version = excluded.version, name = excluded.name, sku = excluded.sku, unit = excluded.unit,
                 tax_category = excluded.tax_category, category = excluded.category,
                 picture = excluded.picture, status = excluded.status
             returning id",
        )?
        .query_row(
            params![
                id,
                version.cast_signed(),
                product.name,
                product.sku,
                code_of(&product.unit)?,
                product.tax_category.bytes(),
                product.category.map(|category| category.bytes()),
                product.picture,
                code_of(&product.status)?,
            ],
            |row| row.get(0),
        )?;
    connection.prepare_cached("delete from code where product = ?1")?.execute([rowid])?;
    for code in &product.codes {
        connection
            .prepare_cached("insert or ignore into code (key, product, code) values (?1, ?2, ?3)")?
            .execute(params![code.key(), rowid, code.as_str()])?;
    }
    connection.prepare_cached("delete from price where product = ?1")?.execute([rowid])?;
    for price in &product.prices {
        connection
            .prepare_cached("insert or replace into price (product, from_day, micros) values (?1, ?2, ?3)")?
            .execute(params![rowid, price.from.unix_day(), price.price.as_micros()])?;
    }
    search::save(connection, rowid, text_of(connection, product)?.as_deref())
}

fn category_of(row: &Row<'_>) -> Result<(u64, Category), DatabaseError> {
    let category =
        Category { name: row.get(2)?, position: row.get(3)?, status: parse(&row.get::<_, String>(4)?)? };
    Ok((row.get::<_, i64>(1)?.cast_unsigned(), category))
}

fn load_category(connection: &Connection, id: [u8; 16]) -> Result<Option<(u64, Category)>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select category, version, name, position, status from category where category = ?1",
    )?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(category_of).transpose()
}

pub(crate) fn load_category_fields(
    connection: &Connection,
    id: [u8; 16],
) -> Result<Option<Fields>, DatabaseError> {
    Ok(load_category(connection, id)?.map(|(_, category)| fields(&category)))
}

pub(crate) fn save_category(
    connection: &Connection,
    id: [u8; 16],
    version: u64,
    category: &Category,
) -> Result<(), DatabaseError> {
    let before = load_category(connection, id)?.map(|(_, category)| category.name);
    connection
        .prepare_cached(
            "insert or replace into category (category, version, name, position, status) values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            id,
            version.cast_signed(),
            category.name,
            category.position,
            code_of(&category.status)?
        ])?;
    if before.as_ref() == Some(&category.name) {
        return Ok(());
    }
    // Products are found by the name of their category.
    let mut named =
        connection.prepare_cached("select id from product where category = ?1 and status = 'active'")?;
    let named: Vec<i64> = named.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for product in named {
        search::save(connection, product, search_text(connection, product)?.as_deref())?;
    }
    Ok(())
}
