//! Products and categories in the catalogue: found by code, by words, by category.

mod list;

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use crate::search::typed::Typed;
use crate::search::{self, near};
use domain::code::Code;
use domain::ids::{CategoryId, PriceListId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::pricing::PriceAt;
use domain::product::{Category, Deposit, Pack, PriceFrom, Product, Status, VariantOption};
use domain::quantity::{Quantity, Unit};
use domain::time::{BusinessDay, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;
use wire::record::{Fields, fields};

pub use list::{ListKey, ListLimits, ListOrder, ListPlace, ListStretch, ListWay, ListedProduct};

/// A product with what a tile or a row of results shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProduct {
    /// Which.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// What its quantity counts.
    pub unit: Unit,
    /// The content hash of its picture.
    pub picture: Option<String>,
    /// Whether it is sold.
    pub status: Status,
    /// Its price on the day and by the list asked for.
    pub price: Option<Price>,
}

/// A product with what a line is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellableProduct {
    /// Which.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// What its quantity counts.
    pub unit: Unit,
    /// How it is taxed.
    pub tax_category: TaxCategoryId,
    /// Whether it is sold.
    pub status: Status,
    /// What is rung up with it.
    pub deposit: Option<Deposit>,
    /// The age in years a customer must have.
    pub age_min: Option<u8>,
    /// The product it was found to be.
    pub merged_into: Option<ProductId>,
    /// The pack it was found by, when the code was that of one.
    pub pack: Option<Pack>,
    /// Its prices of every list that began by the day asked for.
    pub prices: Vec<PriceFrom>,
}

/// The columns of a [`FoundProduct`]: `?1` is the day, `?2` the list of the price.
macro_rules! columns {
    () => {
        "select p.product, p.name, p.unit, p.picture, p.status,
                    coalesce(
                        (select micros from price
                         where price.product = p.id and list = ?2 and from_day <= ?1
                         order by from_day desc limit 1),
                        (select micros from price
                         where price.product = p.id and list = x'' and from_day <= ?1
                         order by from_day desc limit 1)),
                    p.id"
    };
}

mod add;
pub(crate) use add::NewProducts;
mod family;
pub use family::Watched;
mod merged;

/// A statement that finds products.
macro_rules! found {
    ($rest:literal) => {
        concat!(columns!(), " from ", $rest)
    };
}

fn found(row: &Row<'_>) -> Result<(FoundProduct, i64), DatabaseError> {
    let price: Option<i64> = row.get(5)?;
    let product = FoundProduct {
        product: ProductId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        unit: parse(text(row, 2)?)?,
        picture: row.get(3)?,
        status: parse(text(row, 4)?)?,
        price: price.map(price_of).transpose()?,
    };
    Ok((product, row.get(6)?))
}

/// The columns of a [`SellableProduct`] without its prices, from a product `p`; before them those of the code it was found
/// by.
macro_rules! sellable {
    ($code:literal, $rest:literal) => {
        concat!(
            "select ",
            $code,
            ", p.product, p.name, p.unit, p.tax_category, p.status, p.deposit, p.deposit_thousandths,
                    p.age_min, p.merged_into, p.id
             from ",
            $rest
        )
    };
}

fn sellable(
    connection: &Connection,
    mut rows: rusqlite::Rows<'_>,
    day: BusinessDay,
) -> Result<Vec<SellableProduct>, DatabaseError> {
    let mut products = Vec::new();
    while let Some(row) = rows.next()? {
        products.push(SellableProduct {
            pack: pack_of(row)?,
            product: ProductId::from_bytes(row.get(4)?),
            name: row.get(5)?,
            unit: parse(text(row, 6)?)?,
            tax_category: TaxCategoryId::from_bytes(row.get(7)?),
            status: parse(text(row, 8)?)?,
            deposit: deposit_of(row.get(9)?, row.get(10)?)?,
            age_min: row.get(11)?,
            merged_into: row.get::<_, Option<[u8; 16]>>(12)?.map(ProductId::from_bytes),
            prices: prices(connection, row.get(13)?, day.unix_day())?,
        });
    }
    Ok(products)
}

/// The pack of a row of codes, `None` when the code is the product's own: code, contents, name, price.
fn pack_of(row: &Row<'_>) -> Result<Option<Pack>, DatabaseError> {
    let Some(thousandths) = row.get::<_, Option<i64>>(1)? else { return Ok(None) };
    let code: String = row.get(0)?;
    let code = Code::parse(&code).ok_or_else(|| DatabaseError::Value(format!("{code} is no code")))?;
    let price: Option<i64> = row.get(3)?;
    Ok(Some(Pack {
        code,
        quantity: quantity_of(thousandths)?,
        name: row.get(2)?,
        price: price.map(price_of).transpose()?,
    }))
}

fn deposit_of(product: Option<[u8; 16]>, thousandths: Option<i64>) -> Result<Option<Deposit>, DatabaseError> {
    let Some((product, thousandths)) = product.zip(thousandths) else { return Ok(None) };
    Ok(Some(Deposit { product: ProductId::from_bytes(product), quantity: quantity_of(thousandths)? }))
}

fn price_of(micros: i64) -> Result<Price, DatabaseError> {
    Price::micros(micros).map_err(|error| DatabaseError::Value(error.to_string()))
}

fn quantity_of(thousandths: i64) -> Result<Quantity, DatabaseError> {
    Quantity::thousandths(thousandths).map_err(|error| DatabaseError::Value(error.to_string()))
}

/// The prices of a product's row that begin by a day, of every list, by list and day.
fn prices(connection: &Connection, row: i64, by_day: i32) -> Result<Vec<PriceFrom>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select list, from_day, micros from price where product = ?1 and from_day <= ?2
         order by list, from_day",
    )?;
    let mut rows = statement.query(params![row, by_day])?;
    let mut prices = Vec::new();
    while let Some(row) = rows.next()? {
        let list = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        let list = match list {
            [] => None,
            bytes => Some(PriceListId::from_bytes(
                bytes.try_into().map_err(|_| DatabaseError::Value("the id of a price list".to_owned()))?,
            )),
        };
        let from = BusinessDay::from_unix_day(row.get(1)?);
        prices.push(PriceFrom { from, price: price_of(row.get(2)?)?, list });
    }
    Ok(prices)
}

/// A column as SQLite has it: nothing is copied.
fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, DatabaseError> {
    Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}

/// Reads the code of an enum as it stands in JSON without its quotes.
pub(crate) fn parse<T: DeserializeOwned>(code: &str) -> Result<T, DatabaseError> {
    let code: StrDeserializer<'_, serde_json::Error> = StrDeserializer::new(code);
    Ok(T::deserialize(code)?)
}

/// Writes an enum as its code in JSON without quotes.
pub(crate) fn code_of<T: Serialize>(value: &T) -> Result<String, DatabaseError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(code) => Ok(code),
        other => Err(DatabaseError::Value(format!("{other} is not the code of an enum"))),
    }
}

/// Where a page of products begins: after this name and row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The name of the last product of the page before, as the order goes by it.
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
    ) -> Result<Vec<SellableProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(BY_CODE)?;
        sellable(&self.catalog, statement.query(params![key, max])?, day)
    }

    /// The product with this SKU, in the case it was written in.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn product_by_sku(
        &self,
        sku: &str,
        day: BusinessDay,
    ) -> Result<Option<SellableProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(BY_SKU)?;
        Ok(sellable(&self.catalog, statement.query([sku])?, day)?.pop())
    }

    /// The product with this id.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn product(&self, id: ProductId, day: BusinessDay) -> Result<Option<SellableProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(BY_ID)?;
        Ok(sellable(&self.catalog, statement.query([id.bytes()])?, day)?.pop())
    }

    /// A page of products of this code that are sold, for a search: at most `max`.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn active_by_code(
        &self,
        key: &str,
        at: PriceAt,
        max: u32,
    ) -> Result<Vec<FoundProduct>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(found!(
            "code c join product p on p.id = c.product
             where c.key = ?3 and p.status = 'active' order by p.id limit ?4"
        ))?;
        let mut rows = statement.query(params![at.day.unix_day(), list_of(at), key, max])?;
        let mut products = Vec::new();
        while let Some(row) = rows.next()? {
            products.push(found(row)?.0);
        }
        Ok(products)
    }

    /// A page of active products by name, by its first letter or digit; of one category, or all. Variants are found behind what they are variants of.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn products_by_name(
        &self,
        category: Option<CategoryId>,
        after: Option<&After>,
        at: PriceAt,
        max: u32,
    ) -> Result<ProductPage, DatabaseError> {
        let (name, row) = after.map_or(("", 0), |after| (after.name.as_str(), after.row));
        let (day, list) = (at.day.unix_day(), list_of(at));
        let mut statement;
        let mut rows = match category {
            Some(category) => {
                statement = self.catalog.prepare_cached(concat!(
                    columns!(),
                    ", p.list_name from product p
                     where p.status = 'active' and p.category = ?6 and (p.list_name, p.id) > (?3, ?4)
                       and p.variant_of is null
                     order by p.list_name, p.id limit ?5"
                ))?;
                statement.query(params![day, list, name, row, max, category.bytes()])?
            }
            None => {
                statement = self.catalog.prepare_cached(concat!(
                    columns!(),
                    ", p.list_name from product p
                     where p.status = 'active' and (p.list_name, p.id) > (?3, ?4)
                       and p.variant_of is null
                     order by p.list_name, p.id limit ?5"
                ))?;
                statement.query(params![day, list, name, row, max])?
            }
        };
        let (mut products, mut last) = (Vec::new(), None);
        while let Some(row) = rows.next()? {
            let (product, id) = found(row)?;
            last = Some(After { name: row.get("list_name")?, row: id });
            products.push(product);
        }
        let full = u32::try_from(products.len()).is_ok_and(|length| length == max);
        Ok((products, last.filter(|_| full)))
    }

    /// A page of active products by what was typed, those sold most first.
    ///
    /// They are the products that have every finished word and a word that begins like the last; when there are none,
    /// those in which every word begins so; and when there are none of those either, what was typed is taken for mistyped,
    /// and they are a page of what is near to it. Whoever finds something is not made to wait for what else there might be.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn products_by_words(
        &self,
        text: &str,
        after: Option<WordsAfter>,
        at: PriceAt,
        max: u32,
    ) -> Result<(Vec<FoundProduct>, Option<WordsAfter>), DatabaseError> {
        let Some(typed) = Typed::parse(text) else { return Ok((Vec::new(), None)) };
        let mut found = Vec::new();
        let begins = |way| match after {
            Some(after) if after.way == way => Some(after.row),
            Some(_) => None,
            None => Some(0),
        };
        if let Some(row) = begins(Way::AsTyped) {
            let last = self.matching(&typed.as_typed(), row, at, max, &mut found)?;
            if after.is_some() || !found.is_empty() {
                let next = last.map(|row| WordsAfter { way: Way::AsTyped, row });
                return Ok((products(found), next));
            }
        }
        if let (Some(row), Some(query)) = (begins(Way::AsBeginnings), typed.as_beginnings()) {
            let last = self.matching(&query, row, at, max, &mut found)?;
            if after.is_some() || !found.is_empty() {
                let next = last.map(|row| WordsAfter { way: Way::AsBeginnings, row });
                return Ok((products(found), next));
            }
        }
        self.near(&typed, at, max, &mut found)?;
        Ok((products(found), None))
    }

    /// Adds the next products of a query of the index behind a row that are not found yet, until there are `max`. Returns
    /// the last row when there may be more.
    fn matching(
        &self,
        query: &str,
        after: i64,
        at: PriceAt,
        max: u32,
        found: &mut Vec<(FoundProduct, i64)>,
    ) -> Result<Option<i64>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(WORDS)?;
        let mut rows = statement.query(params![at.day.unix_day(), list_of(at), query, after, max])?;
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
        at: PriceAt,
        max: u32,
        found: &mut Vec<(FoundProduct, i64)>,
    ) -> Result<(), DatabaseError> {
        let mut candidates = found.clone();
        let queries = [near::corrected(&self.catalog, typed)?, near::but_one(typed)];
        for query in queries.into_iter().flatten() {
            self.matching(&query, 0, at, NEAR_MAX, &mut candidates)?;
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

    /// How many active variants a product has.
    ///
    /// # Errors
    /// `Disk`.
    pub fn variant_count(&self, id: ProductId) -> Result<u32, DatabaseError> {
        let mut statement = self
            .catalog
            .prepare_cached("select count(*) from product where variant_of = ?1 and status = 'active'")?;
        Ok(statement.query_row([id.bytes()], |row| row.get(0))?)
    }

    /// What the shop should have of a product, in thousandths of its unit; below zero when more was sold than is known to
    /// have come.
    ///
    /// # Errors
    /// `Disk`.
    pub fn on_hand(&self, id: ProductId) -> Result<i64, DatabaseError> {
        on_hand(&self.ledger, id)
    }

    /// The row of a product, which pages go on from.
    ///
    /// # Errors
    /// `Disk`.
    pub fn product_row(&self, id: ProductId) -> Result<Option<i64>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached("select id from product where product = ?1")?;
        Ok(statement.query_row([id.bytes()], |row| row.get(0)).optional()?)
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

    /// The categories that are offered, or the archived ones, by their place.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn categories(&self, status: Status) -> Result<Vec<(CategoryId, u64, Category)>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(
            "select category, version, name, position, status from category
             where status = ?1 order by position, name",
        )?;
        let mut rows = statement.query([code_of(&status)?])?;
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

impl LedgerTx<'_> {
    /// What the shop should have of a product as this transaction sees it, in thousandths of its unit.
    ///
    /// # Errors
    /// `Disk`.
    pub fn on_hand(&self, id: ProductId) -> Result<i64, DatabaseError> {
        on_hand(self.connection, id)
    }
}

fn on_hand(ledger: &Connection, id: ProductId) -> Result<i64, DatabaseError> {
    let mut statement = ledger.prepare_cached("select thousandths from on_hand where product = ?1")?;
    Ok(statement.query_row([id.bytes()], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// The bytes of the list a price is asked by; null is none.
fn list_of(at: PriceAt) -> Option<[u8; 16]> {
    at.list.map(|list| list.bytes())
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

/// Saves a price of a product.
const SAVE_PRICE: &str =
    "insert or replace into price (product, list, from_day, micros) values (?1, ?2, ?3, ?4)";
/// Saves a code of a product.
const SAVE_CODE: &str =
    "insert or ignore into code (key, product, code, pack_thousandths, pack_name, pack_micros)
         values (?1, ?2, ?3, ?4, ?5, ?6)";

/// Products near to what was typed among which the nearest are picked.
const NEAR_MAX: u32 = 400;

/// Products by the key of a code.
const BY_CODE: &str = sellable!(
    "c.code, c.pack_thousandths, c.pack_name, c.pack_micros",
    "code c join product p on p.id = c.product where c.key = ?1 order by c.product limit ?2"
);
/// A product by its SKU.
const BY_SKU: &str = sellable!("null, null, null, null", "product p where p.sku = ?1 order by p.id limit 1");
/// A product by its id.
const BY_ID: &str = sellable!("null, null, null, null", "product p where p.product = ?1");

/// Products by a query of the index: its rows stand in the order of the answer.
const WORDS: &str = concat!(
    columns!(),
    ", search.rowid from search join product p on p.id = search.rowid & 1099511627775
     where search match ?3 and search.rowid > ?4
     order by search.rowid limit ?5"
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
        "select id, version, name, sku, brand, unit, tax_category, category, picture, variant_of, options,
                deposit, deposit_thousandths, age_min, low_stock, merged_into, status
         from product where product = ?1",
    )?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let rowid: i64 = row.get(0)?;
    let (codes, packs) = codes(connection, rowid)?;
    let options: Option<String> = row.get(10)?;
    let other = |column| -> Result<_, DatabaseError> {
        Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(ProductId::from_bytes))
    };
    let product = Product {
        name: row.get(2)?,
        sku: row.get(3)?,
        brand: row.get(4)?,
        codes,
        packs,
        unit: parse(&row.get::<_, String>(5)?)?,
        prices: prices(connection, rowid, i32::MAX)?,
        tax_category: TaxCategoryId::from_bytes(row.get(6)?),
        category: row.get::<_, Option<[u8; 16]>>(7)?.map(CategoryId::from_bytes),
        picture: row.get(8)?,
        variant_of: other(9)?,
        options: parse_options(options)?,
        deposit: deposit_of(row.get(11)?, row.get(12)?)?,
        age_min: row.get(13)?,
        low_stock: row.get::<_, Option<i64>>(14)?.map(quantity_of).transpose()?,
        merged_into: other(15)?,
        status: parse(&row.get::<_, String>(16)?)?,
    };
    Ok(Some((row.get::<_, i64>(1)?.cast_unsigned(), product)))
}

/// What tells a variant from the others, as it is stored.
fn parse_options(options: Option<String>) -> Result<Vec<VariantOption>, DatabaseError> {
    Ok(options.map(|options| serde_json::from_str(&options)).transpose()?.unwrap_or_default())
}

/// The codes of a product's row, and its packs, by their keys.
fn codes(connection: &Connection, row: i64) -> Result<(Vec<Code>, Vec<Pack>), DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select code, pack_thousandths, pack_name, pack_micros from code where product = ?1 order by key",
    )?;
    let mut rows = statement.query([row])?;
    let (mut codes, mut packs) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        match pack_of(row)? {
            Some(pack) => packs.push(pack),
            None => codes.extend(Code::parse(&row.get::<_, String>(0)?)),
        }
    }
    Ok((codes, packs))
}

pub(crate) fn load_product_fields(
    connection: &Connection,
    id: [u8; 16],
) -> Result<Option<Fields>, DatabaseError> {
    Ok(load_product(connection, id)?.map(|(_, product)| fields(&product)))
}

/// Saves a product in the version a change brought it to, and when that was.
pub(crate) fn save_product(
    connection: &Connection,
    id: [u8; 16],
    version: (u64, Timestamp),
    product: &Product,
) -> Result<(), DatabaseError> {
    let rowid = save_row(connection, id, version, product)?;
    connection.prepare_cached("delete from code where product = ?1")?.execute([rowid])?;
    save_codes(connection, rowid, product)?;
    connection.prepare_cached("delete from price where product = ?1")?.execute([rowid])?;
    save_prices(connection, rowid, product)?;
    search::save(connection, rowid, text_of(connection, product)?.as_deref())
}

/// Saves what a product has one of. Returns its row.
fn save_row(
    connection: &Connection,
    id: [u8; 16],
    (version, at): (u64, Timestamp),
    product: &Product,
) -> Result<i64, DatabaseError> {
    let options = match product.options.as_slice() {
        [] => None,
        options => Some(serde_json::to_string(options)?),
    };
    let row = connection
        .prepare_cached(
            "insert into product (product, version, name, sku, brand, unit, tax_category, category, picture,
                 variant_of, options, deposit, deposit_thousandths, age_min, low_stock, merged_into, status, changed)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             on conflict (product) do update set
                 version = excluded.version, name = excluded.name, sku = excluded.sku, brand = excluded.brand,
                 unit = excluded.unit, tax_category = excluded.tax_category, category = excluded.category,
                 picture = excluded.picture, variant_of = excluded.variant_of, options = excluded.options,
                 deposit = excluded.deposit, deposit_thousandths = excluded.deposit_thousandths,
                 age_min = excluded.age_min, low_stock = excluded.low_stock,
                 merged_into = excluded.merged_into, status = excluded.status, changed = excluded.changed
             returning id",
        )?
        .query_row(
            params![
                id,
                version.cast_signed(),
                product.name,
                product.sku,
                product.brand,
                code_of(&product.unit)?,
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
                code_of(&product.status)?,
                at.0,
            ],
            |row| row.get(0),
        )?;
    Ok(row)
}

fn save_prices(connection: &Connection, rowid: i64, product: &Product) -> Result<(), DatabaseError> {
    let mut save_price = connection.prepare_cached(SAVE_PRICE)?;
    for price in &product.prices {
        let list = price.list.map_or_else(Vec::new, |list| list.bytes().to_vec());
        save_price.execute(params![rowid, list, price.from.unix_day(), price.price.as_micros()])?;
    }
    Ok(())
}

fn save_codes(connection: &Connection, row: i64, product: &Product) -> Result<(), DatabaseError> {
    let mut save = connection.prepare_cached(SAVE_CODE)?;
    for code in &product.codes {
        save.execute(params![code.key(), row, code.as_str(), None::<i64>, None::<String>, None::<i64>])?;
    }
    for pack in &product.packs {
        save.execute(params![
            pack.code.key(),
            row,
            pack.code.as_str(),
            pack.quantity.as_thousandths(),
            pack.name,
            pack.price.map(Price::as_micros),
        ])?;
    }
    Ok(())
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

#[cfg(test)]
mod plans;
