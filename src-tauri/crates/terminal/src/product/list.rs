//! The list of products: filtered, in an order, page by page in both directions.

use crate::ask::Ask;
use crate::error::{CallError, Error};
use database::product::{ListKey, ListLimits, ListOrder, ListPlace, ListStretch, ListWay, ListedProduct};
use domain::product::Status;
use wire::product::{
    FindProducts, Lacking, ListProducts, ProductFilter, ProductList, ProductRow, ProductSort, ProductTotal,
};
use wire::stock::ListLowStock;

/// Products of a page at most.
const PAGE: usize = 60;
/// Products one answer looks at: a filter that few pass is answered in steps, each of them short.
const LOOK_MAX: usize = 20_000;
/// Pages of a search one answer looks at.
const SEARCH_PAGES_MAX: usize = 20;
/// Products that are counted at most.
const COUNT_MAX: u32 = 10_000;

/// `product.list`
pub fn list(ask: &Ask<'_>, request: ListProducts) -> Result<ProductList, Error> {
    let mut list = page_of(ask, &request, PAGE)?;
    for row in &mut list.rows {
        row.on_hand = ask.reader.on_hand_if_known(row.product)?;
        let mark = row.low_stock.filter(|_| row.status == Status::Active);
        row.is_low = mark.is_some_and(|mark| row.on_hand.unwrap_or(0) <= mark.as_thousandths());
    }
    Ok(list)
}

/// A page of so many, without how much there is of each.
pub fn page_of(ask: &Ask<'_>, request: &ListProducts, size: usize) -> Result<ProductList, Error> {
    if request.filter.low {
        low(ask, request, size)
    } else if request.text.trim().is_empty() {
        along(ask, request, size)
    } else if request.filter.status == Status::Archived {
        archived_named(ask, request, size)
    } else {
        found(ask, request, size)
    }
}

/// A page along one of the orders.
fn along(ask: &Ask<'_>, request: &ListProducts, size: usize) -> Result<ProductList, Error> {
    let filter = &request.filter;
    let stretch = look(ask, request, size, |listed| passes(ask, filter, listed))?;
    let mut list = page(request, stretch);
    let is_plain = *filter == ProductFilter { status: filter.status, ..ProductFilter::default() };
    if is_plain && request.from.is_none() && request.sort != ProductSort::Price {
        let counted = ask.reader.products_counted(filter.status, COUNT_MAX.saturating_add(1))?;
        list.total = Some(ProductTotal { count: counted.min(COUNT_MAX), more: counted > COUNT_MAX });
    }
    Ok(list)
}

/// What runs low, by name: found among the products with a mark, which are few beside the others.
fn low(ask: &Ask<'_>, request: &ListProducts, size: usize) -> Result<ProductList, Error> {
    let mut rows = Vec::new();
    let mut from = request.from.clone();
    let text = request.text.trim().to_lowercase();
    for _ in 0..SEARCH_PAGES_MAX {
        let page = super::low_stock(ask, ListLowStock { after: from })?;
        for found in page.rows {
            let Some(listed) = ask.reader.product_listed(found.tile.product, ask.day())? else { continue };
            if listed.name.to_lowercase().contains(&text) && passes(ask, &request.filter, &listed)? {
                rows.push(row(listed));
            }
        }
        from = page.next;
        if from.is_none() || rows.len() >= size {
            break;
        }
    }
    Ok(ProductList { rows, before: None, after: from, total: None })
}

/// A page of archived products whose name has what was typed: the search knows only what is sold.
fn archived_named(ask: &Ask<'_>, request: &ListProducts, size: usize) -> Result<ProductList, Error> {
    let text = request.text.trim().to_lowercase();
    let stretch = look(ask, request, size, |listed| {
        let is_named = listed.name.to_lowercase().contains(&text)
            || listed.sku.as_ref().is_some_and(|sku| sku.to_lowercase().contains(&text));
        Ok(is_named && passes(ask, &request.filter, listed)?)
    })?;
    Ok(page(request, stretch))
}

fn look(
    ask: &Ask<'_>,
    request: &ListProducts,
    size: usize,
    wanted: impl Fn(&ListedProduct) -> Result<bool, database::error::DatabaseError>,
) -> Result<ListStretch, Error> {
    let order = match request.sort {
        ProductSort::Name => ListOrder::Name,
        ProductSort::Sku => ListOrder::Sku,
        ProductSort::Price => ListOrder::Price,
        ProductSort::Changed => ListOrder::Changed,
    };
    let way = ListWay {
        order,
        descending: request.descending != request.backward,
        status: request.filter.status,
        from: request.from.as_deref().map(|from| parse_place(order, from)).transpose()?,
    };
    let limits = ListLimits { wanted: size, looked_at: LOOK_MAX };
    Ok(ask.reader.products_listed(&way, ask.day(), limits, wanted)?)
}

/// A stretch as a page, in the order asked for whichever way it was gone.
fn page(request: &ListProducts, stretch: ListStretch) -> ProductList {
    let ListStretch { mut products, next } = stretch;
    // Where this page was asked from is the edge towards where one came from.
    let near = request.from.as_ref().map(|from| {
        let first = products.first().map(|listed| written(&listed.place));
        first.unwrap_or_else(|| from.clone())
    });
    let far = next.as_ref().map(written);
    let (before, after) = if request.backward { (far, near) } else { (near, far) };
    if request.backward {
        products.reverse();
    }
    ProductList { rows: products.into_iter().map(row).collect(), before, after, total: None }
}

/// What a search finds, in its order.
fn found(ask: &Ask<'_>, request: &ListProducts, size: usize) -> Result<ProductList, Error> {
    let mut rows = Vec::new();
    let mut from = request.from.clone();
    for _ in 0..SEARCH_PAGES_MAX {
        let tiles = super::find(ask, FindProducts { text: request.text.clone(), after: from })?;
        for tile in tiles.tiles {
            let Some(listed) = ask.reader.product_listed(tile.product, ask.day())? else { continue };
            if listed.status == Status::Active && passes(ask, &request.filter, &listed)? {
                rows.push(row(listed));
            }
        }
        from = tiles.next;
        if from.is_none() || rows.len() >= size {
            break;
        }
    }
    Ok(ProductList { rows, before: None, after: from, total: None })
}

fn passes(
    ask: &Ask<'_>,
    filter: &ProductFilter,
    listed: &ListedProduct,
) -> Result<bool, database::error::DatabaseError> {
    if filter.category.is_some_and(|category| listed.category != Some(category))
        || filter.tax_category.is_some_and(|tax| listed.tax_category != tax)
    {
        return Ok(false);
    }
    match filter.lacking {
        None => Ok(true),
        Some(Lacking::Price) => Ok(listed.price.is_none()),
        Some(Lacking::Category) => Ok(listed.category.is_none()),
        Some(Lacking::Code) => Ok(!ask.reader.has_code(listed.place.row)?),
    }
}

fn row(listed: ListedProduct) -> ProductRow {
    ProductRow {
        product: listed.product,
        name: listed.name,
        sku: listed.sku,
        price: listed.price,
        unit: listed.unit,
        category: listed.category,
        tax_category: listed.tax_category,
        picture: listed.picture,
        status: listed.status,
        on_hand: None,
        low_stock: listed.low_stock,
        is_low: false,
        changed: listed.changed,
    }
}

/// A place as a client holds it.
fn written(place: &ListPlace) -> String {
    match &place.key {
        ListKey::Text(text) => format!("{}:{text}", place.row),
        ListKey::Number(number) => format!("{}:{number}", place.row),
    }
}

fn parse_place(order: ListOrder, text: &str) -> Result<ListPlace, CallError> {
    let invalid = || CallError::PayloadInvalid { problem: "`from` is not the edge of a page".to_owned() };
    let (row, key) = text.split_once(':').ok_or_else(invalid)?;
    let key = match order {
        ListOrder::Name | ListOrder::Sku => ListKey::Text(key.to_owned()),
        ListOrder::Price | ListOrder::Changed => ListKey::Number(key.parse().map_err(|_| invalid())?),
    };
    Ok(ListPlace { key, row: row.parse().map_err(|_| invalid())? })
}
