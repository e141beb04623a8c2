//! The rows of products, in columns that an import knows again.

use super::Making;
use crate::error::Error;
use crate::import::cell;
use crate::product::page_of;
use crate::spreadsheet::Cell;
use domain::code::Code;
use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::product::{Product, Status};
use domain::quantity::Unit;
use domain::tax::TaxCategory;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use wire::export::ExportProducts;
use wire::product::{ListProducts, ProductSort};
use wire::record::Entity;

/// The names of the columns.
pub const HEAD: [&str; 12] = [
    "name",
    "sku",
    "barcode",
    "price",
    "unit",
    "category",
    "brand",
    "tax category",
    "minimum age",
    "low stock",
    "status",
    "tillkeeper id",
];

/// Products of one look.
const PAGE: usize = 500;

/// What categories and tax categories are called, as far as they were asked for.
#[derive(Default)]
struct Names {
    categories: HashMap<CategoryId, String>,
    taxes: HashMap<TaxCategoryId, String>,
}

/// Writes a row for each product that is asked for.
pub fn rows(making: &mut Making<'_>, request: &ExportProducts) -> Result<(), Error> {
    let mut names = Names::default();
    // Who is found by a code comes first, and may come again by a word.
    let mut first: HashSet<ProductId> = HashSet::new();
    let mut from = None;
    loop {
        let is_first = from.is_none();
        let asked = ListProducts {
            text: request.text.clone(),
            filter: request.filter.clone(),
            sort: ProductSort::Name,
            descending: false,
            from,
            backward: false,
        };
        let (products, next) = making.look(|ask| {
            let page = page_of(ask, &asked, PAGE)?;
            let mut products = Vec::new();
            for row in page.rows {
                // One that was found to be another is no product of its own any more.
                let stored = ask.reader.product_record(row.product)?;
                let Some((_, product)) = stored.filter(|(_, product)| product.merged_into.is_none()) else {
                    continue;
                };
                names.learn(ask, &product)?;
                products.push((row.product, row.price, product));
            }
            Ok((products, page.after))
        })?;
        for (id, price, product) in products {
            let is_new = if is_first { first.insert(id) } else { !first.contains(&id) };
            if is_new {
                row(making, &names, id, price, &product)?;
            }
        }
        if request.text.trim().is_empty() {
            first.clear();
        }
        from = next;
        if from.is_none() {
            return Ok(());
        }
    }
}

impl Names {
    fn learn(&mut self, ask: &crate::ask::Ask<'_>, product: &Product) -> Result<(), Error> {
        if let Some(id) = product.category
            && let Entry::Vacant(place) = self.categories.entry(id)
        {
            let name = ask.reader.category(id)?.map(|(_, category)| category.name);
            place.insert(name.unwrap_or_default());
        }
        if let Entry::Vacant(place) = self.taxes.entry(product.tax_category) {
            let tax = ask.reader.record_as::<TaxCategory>(Entity::TaxCategory, product.tax_category.0)?;
            place.insert(tax.map(|(_, tax)| tax.name).unwrap_or_default());
        }
        Ok(())
    }
}

fn row(
    making: &mut Making<'_>,
    names: &Names,
    id: ProductId,
    price: Option<Price>,
    product: &Product,
) -> Result<(), Error> {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let (sku, brand, codes) = (given(&product.sku), given(&product.brand), codes(&product.codes));
    let price = price.map(|price| price.to_string()).unwrap_or_default();
    let age = product.age_min.map(|age| age.to_string()).unwrap_or_default();
    let low_stock = product.low_stock.map(|quantity| quantity.to_string()).unwrap_or_default();
    let category = product.category.and_then(|id| names.categories.get(&id));
    let tax = names.taxes.get(&product.tax_category);
    making.row(&[
        Cell::Text(&product.name),
        Cell::Text(&sku),
        Cell::Text(&codes),
        Cell::Number(&price),
        Cell::Text(unit(product.unit)),
        Cell::Text(category.map_or("", String::as_str)),
        Cell::Text(&brand),
        Cell::Text(tax.map_or("", String::as_str)),
        Cell::Text(&age),
        Cell::Number(&low_stock),
        Cell::Text(status(product.status)),
        Cell::Text(&id.0.to_string()),
    ])
}

/// The codes as one cell. One with a separator in it, that would read back as others, is left out: an import adds codes
/// and takes none away.
fn codes(codes: &[Code]) -> String {
    let joined = |codes: &[&Code]| codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("; ");
    let all: Vec<&Code> = codes.iter().collect();
    let text = joined(&all);
    if cell::codes(&text).is_some_and(|read| read == codes) {
        return text;
    }
    let is_plain = |code: &&Code| !code.as_str().contains([';', '|', ' ']);
    joined(&all.into_iter().filter(is_plain).collect::<Vec<_>>())
}

/// The word of a unit that an import reads.
const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Each => "each",
        Unit::Kilogram => "kg",
        Unit::Litre => "l",
        Unit::Metre => "m",
    }
}

/// The word of a status that an import reads.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Archived => "archived",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_as_they_are_or_are_left_out() {
        let of = |texts: &[&str]| texts.iter().map(|text| Code::parse(text).unwrap()).collect::<Vec<_>>();
        for (codes_of, written) in [
            (of(&[]), ""),
            (of(&["0000000000017"]), "0000000000017"),
            (of(&["5449000000996", "017"]), "5449000000996; 017"),
            (of(&["AB 12"]), "AB 12"),
            (of(&["AB 12", "017"]), "017"),
            (of(&["A;B"]), ""),
        ] {
            let text = codes(&codes_of);
            assert_eq!(text, written);
            assert!(
                text.is_empty() || cell::codes(&text).unwrap().iter().all(|code| codes_of.contains(code))
            );
        }
    }

    #[test]
    fn every_unit_and_status_is_a_word_that_an_import_reads() {
        for each in [Unit::Each, Unit::Kilogram, Unit::Litre, Unit::Metre] {
            assert_eq!(cell::unit(unit(each)), Some(each));
        }
        for each in [Status::Active, Status::Archived] {
            assert_eq!(cell::status(status(each)), Some(each));
        }
    }
}
