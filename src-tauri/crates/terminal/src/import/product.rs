//! A row of products: which one it is about, what it says of it, and what is wrong with it.

use super::archive::Pictures;
use super::cell;
use super::pass::{Becomes, Made, Meeting, Met, Pass, RowCells};
use crate::blob::BlobHash;
use crate::error::Error;
use crate::spreadsheet::unmarked;
use database::error::DatabaseError;
use database::import::CodeMatch;
use domain::code::Code;
use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::product::{AGE_MAX, NAME_MAX, PriceFrom, Product, Status};
use domain::quantity::{Quantity, Unit};
use domain::tax::{RateFrom, TaxCategory, TaxRate};
use serde::Serialize;
use serde_json::json;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::Ordering;
use uuid::Uuid;
use wire::change_set::Section;
use wire::import::{ImportField, ImportProblemKind};
use wire::record::{Entity, Fields, changes};

/// What a pass knows of products.
pub struct Products<'p> {
    pass: &'p Pass<'p>,
    /// Whether there is anything a row may be about.
    has_records: bool,
    skus: Met,
    codes: Met,
    /// Products of the shop that a row is about.
    touched: HashSet<ProductId>,
    taxes: HashMap<String, TaxCategoryId>,
    rates: BTreeMap<i64, TaxCategoryId>,
    new_taxes: Vec<(TaxCategoryId, TaxCategory)>,
    tax_names: HashMap<TaxCategoryId, String>,
    categories: HashMap<String, CategoryId>,
    /// The names of categories that products of the shop are in, as far as they were asked for.
    category_names: HashMap<CategoryId, String>,
    next_position: i32,
    /// The pictures of the archive that the file came in.
    pictures: Option<Pictures<'p>>,
    /// The fields that a row of new products has, and what all new products have in common.
    section: Section,
    columns: Vec<ImportField>,
}

/// What a row says, read.
struct Said<'r> {
    name: &'r str,
    sku: &'r str,
    brand: &'r str,
    codes: Vec<Code>,
    price: Option<PriceFrom>,
    category: Option<CategoryId>,
    tax_category: Option<TaxCategoryId>,
    unit: Option<Unit>,
    age_min: Option<u8>,
    low_stock: Option<Quantity>,
    id: Option<ProductId>,
    status: Option<Status>,
    /// The name of the picture's content, and the picture's place in the archive.
    picture: Option<(String, usize, BlobHash)>,
}

/// A value of a row of new products.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'r> {
    Text(Option<&'r str>),
    Codes(&'r [Code]),
    Prices(&'r [PriceFrom]),
    Id(Option<Uuid>),
    Unit(Unit),
    Age(Option<u8>),
    Quantity(Option<Quantity>),
    Status(Status),
}

impl<'p> Products<'p> {
    /// Reads what the shop has of categories and tax categories.
    pub fn begin(pass: &'p Pass<'p>) -> Result<Self, Error> {
        let (mut taxes, mut tax_names) = (HashMap::new(), HashMap::new());
        let mut rates = BTreeMap::new();
        for stored in pass.reader.records(Entity::TaxCategory)? {
            let id = TaxCategoryId(stored.id);
            let tax: TaxCategory = stored.read()?;
            if let Some(rate) = tax.rate_on(pass.today) {
                rates.entry(rate.as_ppm()).or_insert(id);
            }
            tax_names.insert(id, tax.name.to_lowercase());
            taxes.insert(tax.name.to_lowercase(), id);
        }
        let stored = pass.reader.categories(Status::Active)?;
        let next_position = stored
            .iter()
            .map(|(_, _, category)| category.position)
            .max()
            .map_or(1, |last| last.saturating_add(1));
        let categories =
            stored.into_iter().map(|(id, _, category)| (category.name.to_lowercase(), id)).collect();
        let mapped = |field: &ImportField| pass.mapping.columns.contains(&Some(*field));
        let columns: Vec<ImportField> = FIELDS.iter().map(|(field, _)| *field).filter(mapped).collect();
        let names: Vec<&str> =
            FIELDS.iter().filter(|(field, _)| columns.contains(field)).map(|(_, name)| *name).collect();
        let mut same = Fields::new();
        let mut default = |field, name: &str, value| {
            if !columns.contains(&field) {
                same.insert(name.to_owned(), value);
            }
        };
        default(ImportField::Code, "codes", json!([]));
        default(ImportField::Price, "prices", json!([]));
        default(ImportField::Unit, "unit", json!(Unit::Each));
        default(ImportField::Status, "status", json!(Status::Active));
        if let Some(tax) = pass.mapping.tax_category {
            default(ImportField::Tax, "tax_category", json!(tax));
        }
        Ok(Self {
            pass,
            has_records: pass.reader.has_records()?,
            skus: Met::new(),
            codes: Met::new(),
            touched: HashSet::new(),
            taxes,
            rates,
            new_taxes: Vec::new(),
            tax_names,
            categories,
            category_names: HashMap::new(),
            next_position,
            pictures: pass.pictures()?,
            section: Section::made(Entity::Product, &names, same),
            columns,
        })
    }

    /// Tax categories that have to be made.
    pub fn tax_categories(self) -> Vec<(TaxCategoryId, TaxCategory)> {
        self.new_taxes
    }

    /// Takes a row.
    pub fn row(&mut self, cells: &RowCells<'_>, made: &mut Made) -> Result<Becomes, Error> {
        let errors = made.counts.errors;
        let mut said = self.read(cells, made);
        said.picture = self.picture_of(cells, made)?;
        let known = self.product_of(&said, cells, made)?;
        let before = match known {
            Some(id) => self.pass.reader.product_record(id)?.map(|(_, product)| product),
            None => None,
        };
        self.read_groups(&mut said, before.as_ref(), cells, made)?;
        if known.is_none() {
            if said.name.is_empty() {
                made.problem(cells, Some(ImportField::Name), ImportProblemKind::NameMissing, None);
            }
            if said.tax_category.is_none() && cells.get(ImportField::Tax).is_empty() {
                made.problem(cells, Some(ImportField::Tax), ImportProblemKind::TaxUnknown, None);
            }
            if said.price.is_none()
                && self.columns.contains(&ImportField::Price)
                && cells.get(ImportField::Price).is_empty()
            {
                made.problem(cells, Some(ImportField::Price), ImportProblemKind::PriceMissing, None);
            }
        }
        if made.counts.errors > errors {
            return Ok(Becomes::Skipped);
        }
        match known {
            Some(id) => self.change(id, &said, cells, made),
            None => {
                self.make(&said, made);
                Ok(Becomes::Created)
            }
        }
    }

    fn read<'r>(&mut self, cells: &RowCells<'r>, made: &mut Made) -> Said<'r> {
        let decimal = self.pass.mapping.decimal;
        let mut text = |field| {
            let text = unmarked(cells.get(field));
            if text.chars().count() > NAME_MAX {
                made.problem(cells, Some(field), ImportProblemKind::TextTooLong, None);
            }
            text
        };
        let (name, sku, brand) = (text(ImportField::Name), text(ImportField::Sku), text(ImportField::Brand));
        let mut said = Said {
            name,
            sku,
            brand,
            codes: Vec::new(),
            price: None,
            category: None,
            tax_category: self.pass.mapping.tax_category,
            unit: None,
            age_min: None,
            low_stock: None,
            id: None,
            status: None,
            picture: None,
        };
        let given = |field| Some(unmarked(cells.get(field))).filter(|text| !text.is_empty());
        for (column, text) in cells.codes() {
            match cell::codes(unmarked(text)) {
                Some(codes) if said.codes.is_empty() => said.codes = codes,
                // The same number in two columns is one code.
                Some(codes) => {
                    let new: Vec<Code> =
                        codes.into_iter().filter(|code| !said.codes.contains(code)).collect();
                    said.codes.extend(new);
                }
                None => {
                    made.problem_in(cells, (column, text), ImportProblemKind::CodeInvalid, None);
                }
            }
        }
        let mut wrong = |field, kind| {
            made.problem(cells, Some(field), kind, None);
        };
        if let Some(text) = given(ImportField::Price) {
            match cell::price(text, decimal) {
                Some(price) => {
                    let from = self.pass.mapping.prices_from.unwrap_or(self.pass.today);
                    said.price = Some(PriceFrom { from, price, list: None });
                }
                None => wrong(ImportField::Price, ImportProblemKind::PriceInvalid),
            }
        }
        if let Some(text) = given(ImportField::Unit) {
            said.unit = cell::unit(text);
            if said.unit.is_none() {
                wrong(ImportField::Unit, ImportProblemKind::UnitUnknown);
            }
        }
        if let Some(text) = given(ImportField::AgeMin) {
            said.age_min = text.parse().ok().filter(|age| (1..=AGE_MAX).contains(age));
            if said.age_min.is_none() {
                wrong(ImportField::AgeMin, ImportProblemKind::NumberInvalid);
            }
        }
        if let Some(text) = given(ImportField::LowStock) {
            said.low_stock = cell::quantity(text, decimal);
            if said.low_stock.is_none() {
                wrong(ImportField::LowStock, ImportProblemKind::NumberInvalid);
            }
        }
        if let Some(text) = given(ImportField::Id) {
            said.id = Uuid::try_parse(text).ok().map(ProductId);
            if said.id.is_none() {
                wrong(ImportField::Id, ImportProblemKind::IdInvalid);
            }
        }
        if let Some(text) = given(ImportField::Status) {
            said.status = cell::status(text);
            if said.status.is_none() {
                wrong(ImportField::Status, ImportProblemKind::StatusUnknown);
            }
        }
        said
    }

    /// Reads how a product is taxed and where it belongs. What it says of itself already is that one, whichever other has
    /// the same name.
    fn read_groups(
        &mut self,
        said: &mut Said<'_>,
        before: Option<&Product>,
        cells: &RowCells<'_>,
        made: &mut Made,
    ) -> Result<(), Error> {
        let text = unmarked(cells.get(ImportField::Tax));
        if !text.is_empty() {
            let own = before.map(|before| before.tax_category);
            said.tax_category = match own.filter(|id| self.tax_names.get(id) == Some(&text.to_lowercase())) {
                Some(own) => Some(own),
                None => self.tax_of(text),
            };
            if said.tax_category.is_none() {
                made.problem(cells, Some(ImportField::Tax), ImportProblemKind::TaxUnknown, None);
            }
        }
        let text = unmarked(cells.get(ImportField::Category));
        if !text.is_empty() {
            let own = before.and_then(|before| before.category);
            said.category = match own {
                Some(own) if self.category_name(own)? == text.to_lowercase() => Some(own),
                Some(_) | None => self.category_of(text, made),
            };
            if said.category.is_none() {
                let too_long = text.chars().count() > NAME_MAX;
                let kind = if too_long {
                    ImportProblemKind::TextTooLong
                } else {
                    ImportProblemKind::CategoryUnknown
                };
                made.problem(cells, Some(ImportField::Category), kind, None);
            }
        }
        Ok(())
    }

    /// The picture that a row names.
    fn picture_of(
        &mut self,
        cells: &RowCells<'_>,
        made: &mut Made,
    ) -> Result<Option<(String, usize, BlobHash)>, Error> {
        let text = unmarked(cells.get(ImportField::Picture));
        if text.is_empty() {
            return Ok(None);
        }
        // Pictures are what takes time.
        if self.pass.progress.cancelled.load(Ordering::Relaxed) {
            return Err(DatabaseError::Stopped.into());
        }
        let named = match &mut self.pictures {
            Some(pictures) => pictures.named(text)?,
            None => Err(ImportProblemKind::PictureMissing),
        };
        Ok(match named {
            Ok((place, hash)) => Some((hash.to_string(), place, hash)),
            Err(kind) => {
                made.problem(cells, Some(ImportField::Picture), kind, None);
                None
            }
        })
    }

    /// The name of a category, archived or not, in lower case.
    fn category_name(&mut self, id: CategoryId) -> Result<&str, Error> {
        Ok(match self.category_names.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let stored = self.pass.reader.category(id)?;
                place.insert(stored.map(|(_, category)| category.name.to_lowercase()).unwrap_or_default())
            }
        })
    }

    /// The tax category of a name or a rate; one of a rate is made where that was asked for.
    fn tax_of(&mut self, text: &str) -> Option<TaxCategoryId> {
        if let Some(id) = self.taxes.get(&text.to_lowercase()) {
            return Some(*id);
        }
        let rate: TaxRate = cell::rate(text, self.pass.mapping.decimal)?;
        if let Some(id) = self.rates.get(&rate.as_ppm()) {
            return Some(*id);
        }
        if !self.pass.mapping.create_missing {
            return None;
        }
        let id = TaxCategoryId(self.pass.terminal.surroundings.ids.uuid(self.pass.terminal.now().wall));
        let name = format!("{} %", text.trim().trim_end_matches('%').trim());
        let rates = vec![RateFrom { from: self.pass.today, rate }];
        self.new_taxes.push((id, TaxCategory { name, rates, takeaway: None }));
        self.rates.insert(rate.as_ppm(), id);
        Some(id)
    }

    /// The category of a name; it is made where that was asked for.
    fn category_of(&mut self, text: &str, made: &mut Made) -> Option<CategoryId> {
        let key = text.to_lowercase();
        if let Some(id) = self.categories.get(&key) {
            return Some(*id);
        }
        if !self.pass.mapping.create_missing || text.chars().count() > NAME_MAX {
            return None;
        }
        let same = Fields::from([("status".to_owned(), json!("active"))]);
        made.text.section(Section::made(Entity::Category, &["name", "position"], same));
        let id = CategoryId(made.text.made(&(text, self.next_position)));
        self.next_position = self.next_position.saturating_add(1);
        self.categories.insert(key, id);
        Some(id)
    }

    /// The product of the shop that a row is about, with what is wrong with its SKU and codes.
    fn product_of(
        &mut self,
        said: &Said<'_>,
        cells: &RowCells<'_>,
        made: &mut Made,
    ) -> Result<Option<ProductId>, Error> {
        let mut problem = |field, kind, other| {
            made.problem(cells, Some(field), kind, other);
        };
        let reader = self.pass.reader;
        // Who says which record it is may share every number with another that says so too.
        let named = match said.id {
            Some(id) if self.has_records => self.kept(id)?,
            Some(_) | None => None,
        };
        if !said.sku.is_empty()
            && let Meeting::Same(other) | Meeting::Alike(other) =
                self.skus.meet(said.sku, said.sku, cells.row)
        {
            problem(ImportField::Sku, ImportProblemKind::DoubleInFile, Some(other));
        }
        let has_already = |code: &Code| named.as_ref().is_some_and(|(_, product)| has_code(product, code));
        for code in &said.codes {
            match self.codes.meet(&code.key(), code.as_str(), cells.row) {
                Meeting::First => {}
                Meeting::Same(_) | Meeting::Alike(_) if has_already(code) => {}
                // Without a SKU the code is all that tells two products apart.
                Meeting::Same(other) if said.sku.is_empty() && named.is_none() => {
                    problem(ImportField::Code, ImportProblemKind::DoubleInFile, Some(other));
                }
                Meeting::Same(other) | Meeting::Alike(other) => {
                    problem(ImportField::Code, ImportProblemKind::CodeShared, Some(other));
                }
            }
        }
        if !self.has_records {
            return Ok(None);
        }
        let mut known = named.as_ref().map(|(id, _)| *id);
        if !said.sku.is_empty()
            && let Some(with_sku) = reader.product_with_sku(said.sku)?
        {
            if known.is_some_and(|known| known != with_sku) {
                problem(ImportField::Sku, ImportProblemKind::NumberTaken, None);
            }
            known.get_or_insert(with_sku);
        }
        for code in &said.codes {
            match reader.product_with_code(code)? {
                CodeMatch::None => {}
                CodeMatch::Same(_) | CodeMatch::Alike if has_already(code) => {}
                CodeMatch::Same(id)
                    if known.is_none() && (said.sku.is_empty() || self.is_without_sku(id)?) =>
                {
                    known = Some(id);
                }
                CodeMatch::Same(id) if known == Some(id) => {}
                CodeMatch::Same(_) | CodeMatch::Alike => {
                    problem(ImportField::Code, ImportProblemKind::CodeSharedWithShop, None);
                }
            }
        }
        if let Some(id) = known
            && !self.touched.insert(id)
        {
            let field = if named.is_some() { ImportField::Id } else { ImportField::Code };
            problem(field, ImportProblemKind::DoubleInFile, None);
        }
        Ok(known)
    }

    /// The product of an id; one that was found to be another leads there. An id of another shop is none here.
    fn kept(&self, id: ProductId) -> Result<Option<(ProductId, Product)>, Error> {
        let reader = self.pass.reader;
        let Some((_, product)) = reader.product_record(id)? else { return Ok(None) };
        Ok(match product.merged_into {
            None => Some((id, product)),
            Some(kept) => reader.product_record(kept)?.map(|(_, product)| (kept, product)),
        })
    }

    fn is_without_sku(&self, id: ProductId) -> Result<bool, Error> {
        let stored = self.pass.reader.product_record(id)?;
        Ok(stored.is_some_and(|(_, product)| product.sku.is_none()))
    }

    fn make(&self, said: &Said<'_>, made: &mut Made) {
        let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
        let values: Vec<Value<'_>> = self
            .columns
            .iter()
            .map(|field| match field {
                ImportField::Sku => Value::Text(given(said.sku)),
                ImportField::Brand => Value::Text(given(said.brand)),
                ImportField::Code => Value::Codes(&said.codes),
                ImportField::Price => Value::Prices(said.price.as_slice()),
                ImportField::Category => Value::Id(said.category.map(|id| id.0)),
                ImportField::Tax => Value::Id(said.tax_category.map(|id| id.0)),
                ImportField::Unit => Value::Unit(said.unit.unwrap_or_default()),
                ImportField::AgeMin => Value::Age(said.age_min),
                ImportField::LowStock => Value::Quantity(said.low_stock),
                ImportField::Status => Value::Status(said.status.unwrap_or_default()),
                ImportField::Picture => Value::Text(said.picture.as_ref().map(|(name, ..)| name.as_str())),
                _ => Value::Text(Some(said.name)),
            })
            .collect();
        made.text.section_of(&self.section);
        made.text.made(&values);
        made.pictures.extend(said.picture.as_ref().map(|(_, place, hash)| (*place, *hash)));
    }

    fn change(
        &self,
        id: ProductId,
        said: &Said<'_>,
        cells: &RowCells<'_>,
        made: &mut Made,
    ) -> Result<Becomes, Error> {
        let Some((version, before)) = self.pass.reader.product_record(id)? else {
            made.problem(cells, None, ImportProblemKind::DoubleInFile, None);
            return Ok(Becomes::Skipped);
        };
        let mut after = before.clone();
        said.put_into(&mut after, cells);
        let changed = changes(Some(&before), &after);
        if changed.is_empty() {
            return Ok(Becomes::Unchanged);
        }
        made.text.changed_record(Entity::Product, id.0, version, &changed, || self.pass.salt());
        if changed.contains_key("picture") {
            made.pictures.extend(said.picture.as_ref().map(|(_, place, hash)| (*place, *hash)));
        }
        Ok(Becomes::Updated)
    }
}

/// The fields of a product that a column may say, in the order of a row.
const FIELDS: [(ImportField, &str); 12] = [
    (ImportField::Code, "codes"),
    (ImportField::Name, "name"),
    (ImportField::Sku, "sku"),
    (ImportField::Brand, "brand"),
    (ImportField::Price, "prices"),
    (ImportField::Category, "category"),
    (ImportField::Tax, "tax_category"),
    (ImportField::Unit, "unit"),
    (ImportField::AgeMin, "age_min"),
    (ImportField::LowStock, "low_stock"),
    (ImportField::Status, "status"),
    (ImportField::Picture, "picture"),
];

impl Said<'_> {
    /// Changes a product to what the row says; a cell that says nothing leaves what there is.
    fn put_into(&self, product: &mut Product, cells: &RowCells<'_>) {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        if let Some(name) = given(self.name) {
            product.name = name;
        }
        product.sku = given(self.sku).or(product.sku.take());
        product.brand = given(self.brand).or(product.brand.take());
        for code in &self.codes {
            if !has_code(product, code) {
                product.codes.push(code.clone());
            }
        }
        if let Some(price) = self.price
            && !is_in_force(product, price)
        {
            product.prices.retain(|known| known.from != price.from || known.list.is_some());
            product.prices.push(price);
        }
        product.category = self.category.or(product.category);
        if !cells.get(ImportField::Tax).is_empty() {
            product.tax_category = self.tax_category.unwrap_or(product.tax_category);
        }
        product.unit = self.unit.unwrap_or(product.unit);
        product.age_min = self.age_min.or(product.age_min);
        product.low_stock = self.low_stock.or(product.low_stock);
        product.status = self.status.unwrap_or_default();
        if let Some((picture, ..)) = &self.picture {
            product.picture = Some(picture.clone());
        }
        // In the order they are kept in, so that an undo knows them again.
        product.codes.sort_by_cached_key(Code::key);
        product.prices.sort_by_key(|price| (price.list.map(|list| list.bytes()), price.from));
    }
}

/// Whether a code, in this form, is one of a product or of its packs.
fn has_code(product: &Product, code: &Code) -> bool {
    product.codes.contains(code) || product.packs.iter().any(|pack| pack.code == *code)
}

/// Whether a product has this price on its first day anyway.
fn is_in_force(product: &Product, price: PriceFrom) -> bool {
    product.price_on(price.from) == Some(price.price)
}
