//! Products: found, shown and changed.

mod change_many;
mod list;
mod low_stock;
mod merge;

pub use change_many::{change_many, preview_many};
pub use list::list;
pub(crate) use list::page_of;
pub use low_stock::low_stock;
pub use merge::merge;

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::{CallError, Error};
use crate::record::{self, Saved, append, fields_of, wanted};
use database::Reader;
use database::product::{After, FoundProduct, Way, WordsAfter};
use domain::code::Code;
use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::product::{Product, ProductError, Status};
use std::sync::PoisonError;
use wire::envelope::Topic;
use wire::product::{
    FindProducts, GetProduct, ListTiles, ProductView, SaveProduct, Tile, TilePage, VariantRow,
};
use wire::record::{Entity, Fields};

/// Products of a page at most.
const PAGE: u32 = 60;

/// `product.tiles`
pub fn tiles(ask: &Ask<'_>, request: ListTiles) -> Result<TilePage, Error> {
    let after = request.after.as_deref().map(parse_after).transpose()?;
    let (products, next) =
        ask.reader.products_by_name(request.category, after.as_ref(), ask.price_at()?, PAGE)?;
    Ok(TilePage {
        tiles: products.into_iter().map(tile).collect(),
        next: next.map(|after| format!("{}:{}", after.row, after.name)),
    })
}

fn parse_after(text: &str) -> Result<After, CallError> {
    let invalid = || CallError::PayloadInvalid { problem: "`after` is not the `next` of a page".to_owned() };
    let (row, name) = text.split_once(':').ok_or_else(invalid)?;
    Ok(After { row: row.parse().map_err(|_| invalid())?, name: name.to_owned() })
}

/// `product.find`
pub fn find(ask: &Ask<'_>, request: FindProducts) -> Result<TilePage, Error> {
    let after = request.after.as_deref().map(parse_words_after).transpose()?;
    let at = ask.price_at()?;
    let mut tiles: Vec<Tile> = Vec::new();
    if after.is_none()
        && let Some(code) = Code::parse(&request.text)
    {
        let exact = ask.reader.active_by_code(&code.key(), at, PAGE)?;
        tiles.extend(exact.into_iter().map(tile));
    }
    let (products, next) = ask.reader.products_by_words(&request.text, after, at, PAGE)?;
    for product in products {
        if !tiles.iter().any(|tile| tile.product == product.product) {
            tiles.push(tile(product));
        }
    }
    Ok(TilePage { tiles, next: next.map(words_after) })
}

/// The ways of looking as they stand in a `next`.
const WAYS: [(&str, Way); 2] = [("typed", Way::AsTyped), ("beginnings", Way::AsBeginnings)];

fn words_after(after: WordsAfter) -> String {
    let way = WAYS.iter().find(|(_, way)| *way == after.way).map_or("", |(word, _)| word);
    format!("{way}:{}", after.row)
}

fn parse_words_after(text: &str) -> Result<WordsAfter, CallError> {
    let invalid = || CallError::PayloadInvalid { problem: "`after` is not the `next` of a page".to_owned() };
    let (word, row) = text.split_once(':').ok_or_else(invalid)?;
    let (_, way) = WAYS.iter().find(|(known, _)| *known == word).ok_or_else(invalid)?;
    Ok(WordsAfter { way: *way, row: row.parse().map_err(|_| invalid())? })
}

/// A product as a tile.
pub(crate) fn tile(product: FoundProduct) -> Tile {
    Tile {
        product: product.product,
        name: product.name,
        price: product.price,
        unit: product.unit,
        picture: product.picture,
    }
}

/// `product.export`
pub use crate::export::products as export;

/// `product.get`
pub fn get(ask: &Ask<'_>, request: GetProduct) -> Result<ProductView, Error> {
    let (version, product) = ask.reader.product_record(request.id)?.ok_or(ProductError::Unknown {})?;
    view(ask, request.id, version, product)
}

/// Variants that a product is shown with at most.
const VARIANTS_MAX: u32 = 100;

/// A product with what a screen shows beside it.
fn view(ask: &Ask<'_>, id: ProductId, version: u64, product: Product) -> Result<ProductView, Error> {
    let name_of = |other: Option<ProductId>| -> Result<Option<String>, Error> {
        let other = other.map(|other| ask.reader.product_record(other)).transpose()?.flatten();
        Ok(other.map(|(_, other)| other.name))
    };
    let category = product.category.map(|category| ask.reader.category(category)).transpose()?.flatten();
    let mut variants = Vec::new();
    for (variant, options) in ask.reader.variants(id, ask.price_at()?, VARIANTS_MAX)? {
        let on_hand = ask.reader.on_hand_if_known(variant.product)?;
        variants.push(VariantRow { tile: tile(variant), options, on_hand });
    }
    Ok(ProductView {
        id,
        version,
        on_hand: ask.reader.on_hand_if_known(id)?,
        category_name: category.map(|(_, category)| category.name),
        variant_of_name: name_of(product.variant_of)?,
        deposit_name: name_of(product.deposit.map(|deposit| deposit.product))?,
        merged_into_name: name_of(product.merged_into)?,
        variants,
        product,
    })
}

/// `product.save`
pub fn save(act: &Act<'_>, request: SaveProduct) -> Result<Saved<ProductView>, Error> {
    let mut product = request.product;
    product.name = product.name.trim().to_owned();
    product.sku = product.sku.map(|sku| sku.trim().to_owned()).filter(|sku| !sku.is_empty());
    product.brand = product.brand.map(|brand| brand.trim().to_owned()).filter(|brand| !brand.is_empty());
    product.check()?;
    check_picture(act, &product)?;
    let id = act.id_or_new(request.id.map(|id| id.0));
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    act.terminal.database.apply_catalog()?;
    let stored = act.read(|reader| {
        if let Some(sku) = &product.sku
            && reader.sku_taken(sku, ProductId(id))?
        {
            return Err(ProductError::SkuTaken { sku: sku.clone() }.into());
        }
        refuse_unknown(reader, Some(product.tax_category), product.category)?;
        check_references(reader, ProductId(id), &product)?;
        Ok(reader.product_record(ProductId(id))?)
    })?;
    if request.id.is_some() && stored.is_none() {
        return Err(ProductError::Unknown {}.into());
    }
    // Where a double leads is said by the merge alone, and it stays archived: its stock is the other's.
    product.merged_into = stored.as_ref().and_then(|(_, stored)| stored.merged_into);
    if product.merged_into.is_some() && product.status == Status::Active {
        return Err(ProductError::MergeInvalid {}.into());
    }
    let current = stored.map_or((0, Fields::new()), |(version, product)| (version, fields_of(&product)));
    let actor = act.operator;
    let wanted = wanted(request.base.as_ref(), &product);
    act.commit(move |tx| {
        append(tx, actor, Entity::Product, id, current, wanted)?;
        Ok(Saved::new(id))
    })
}

/// Checks what a product says of price lists and other products.
fn check_references(reader: &Reader, id: ProductId, product: &Product) -> Result<(), Error> {
    for list in product.prices.iter().filter_map(|price| price.list) {
        if reader.record(Entity::PriceList, list.0)?.is_none() {
            return Err(ProductError::PriceListUnknown {}.into());
        }
    }
    if let Some(parent) = product.variant_of {
        // One step and no further: a product with variants is none itself.
        let stands_alone = match reader.product_record(parent)? {
            Some((_, parent)) => parent.variant_of.is_none(),
            None => false,
        };
        if parent == id || !stands_alone || reader.variant_count(id)? > 0 {
            return Err(ProductError::VariantInvalid {}.into());
        }
    }
    if let Some(deposit) = product.deposit
        && (deposit.product == id || reader.product_record(deposit.product)?.is_none())
    {
        return Err(ProductError::DepositInvalid {}.into());
    }
    Ok(())
}

/// Refuses a tax category or a category that is not there.
fn refuse_unknown(
    reader: &Reader,
    tax_category: Option<TaxCategoryId>,
    category: Option<CategoryId>,
) -> Result<(), Error> {
    if let Some(tax_category) = tax_category
        && reader.record(Entity::TaxCategory, tax_category.0)?.is_none()
    {
        return Err(ProductError::TaxCategoryUnknown {}.into());
    }
    if let Some(category) = category
        && reader.category(category)?.is_none()
    {
        return Err(ProductError::CategoryUnknown {}.into());
    }
    Ok(())
}

fn check_picture(act: &Act<'_>, product: &Product) -> Result<(), Error> {
    let Some(picture) = &product.picture else { return Ok(()) };
    let held = BlobHash::parse(picture).is_some_and(|hash| act.terminal.blobs.holds(hash));
    if held { Ok(()) } else { Err(ProductError::PictureInvalid {}.into()) }
}

impl Effect for Saved<ProductView> {
    type Answer = ProductView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Product)
    }

    fn in_catalog(&self) -> bool {
        true
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ProductView, Error> {
        let id = ProductId(self.id);
        let (version, product) =
            ask.reader.product_record(id)?.ok_or_else(|| record::missing("product", self.id))?;
        view(ask, id, version, product)
    }
}
