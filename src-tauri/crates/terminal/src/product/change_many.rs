//! Many products changed in the same way, in one transaction: one fact for each that becomes different.

use super::refuse_unknown;
use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::{CallError, Error};
use crate::record::{self, append, fields_of, wanted};
use database::Reader;
use domain::ids::ProductId;
use domain::price::Price;
use domain::product::{PriceFrom, Product, ProductError};
use domain::rounding::{Rounding, divide};
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::PoisonError;
use wire::envelope::Topic;
use wire::product::{
    ChangePrices, ChangeProducts, PricePreview, ProductsChange, ProductsChanged, ProductsPreviewed,
};
use wire::record::Entity;

/// Products that are changed by one call at most: the sales wait that long.
const PRODUCTS_MAX: usize = 500;
/// Prices that are shown before they are changed.
const PREVIEWED_MAX: usize = 20;

/// `product.change_many`
pub fn change_many(act: &Act<'_>, request: ChangeProducts) -> Result<ManyChanged, Error> {
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    act.terminal.database.apply_catalog()?;
    let planned = act.read(|reader| plan(act.terminal, reader, act.day(), request))?;
    let actor = act.operator;
    act.commit(move |tx| {
        for (id, version, product, wished) in planned.different {
            let current = (version, fields_of(&product));
            append(tx, actor, Entity::Product, id.0, current, wanted(Some(&product), &wished))?;
        }
        Ok(planned.done)
    })
}

/// `product.preview_many`
pub fn preview_many(ask: &Ask<'_>, request: ChangeProducts) -> Result<ProductsPreviewed, Error> {
    let from = request.change.price.as_ref().map(|prices| prices.from.max(ask.day()));
    let planned = plan(ask.terminal, ask.reader, ask.day(), request)?;
    let prices = planned.different.into_iter().filter_map(|(product, _, was, wished)| {
        let (before, after) = (was.price_on(from?)?, wished.price_on(from?)?);
        let preview = PricePreview { product, name: wished.name, unit: wished.unit, before, after };
        (before != after).then_some(preview)
    });
    let prices = prices.take(PREVIEWED_MAX).collect();
    let ManyChanged { changed, same, unpriced } = planned.done;
    Ok(ProductsPreviewed { prices, outcome: ProductsChanged { changed, same, unpriced } })
}

/// What becomes of many products.
struct Planned {
    /// Those that become different: id, version, as they are, as they should be.
    different: Vec<(ProductId, u64, Product, Product)>,
    done: ManyChanged,
}

fn plan(
    terminal: &Terminal,
    reader: &Reader,
    day: BusinessDay,
    request: ChangeProducts,
) -> Result<Planned, Error> {
    let ids: BTreeSet<ProductId> = request.products.into_iter().collect();
    if ids.len() > PRODUCTS_MAX {
        let problem = format!("`products` has more than {PRODUCTS_MAX}");
        return Err(CallError::PayloadInvalid { problem }.into());
    }
    let change = request.change;
    let category = change.category.as_ref().and_then(|category| category.category);
    refuse_unknown(reader, change.tax_category, category)?;
    let currency = crate::ask::shop(terminal, reader)?.1.currency;
    let mut planned =
        Planned { different: Vec::new(), done: ManyChanged { changed: 0, same: 0, unpriced: 0 } };
    for id in ids {
        let (version, product) = reader.product_record(id)?.ok_or(ProductError::Unknown {})?;
        let (mut wished, unpriced) = changed(&product, &change, day, currency.minor_per_major());
        // A double stays archived: its stock is the other's.
        if product.merged_into.is_some() {
            wished.status = product.status;
        }
        planned.done.unpriced += u32::from(unpriced);
        if wished == product {
            planned.done.same += 1;
        } else {
            planned.done.changed += 1;
            planned.different.push((id, version, product, wished));
        }
    }
    Ok(planned)
}

/// The product as it should be, and whether it has no price that could be changed.
fn changed(
    product: &Product,
    change: &ProductsChange,
    day: BusinessDay,
    minor_per_major: i64,
) -> (Product, bool) {
    let mut wished = product.clone();
    if let Some(into) = &change.category {
        wished.category = into.category;
    }
    if let Some(tax_category) = change.tax_category {
        wished.tax_category = tax_category;
    }
    if let Some(status) = change.status {
        wished.status = status;
    }
    let Some(prices) = &change.price else { return (wished, false) };
    let price = product.price_on(prices.from.max(day)).and_then(|price| by(price, prices, minor_per_major));
    let Some(price) = price else { return (wished, true) };
    wished.prices.retain(|entry| entry.from != prices.from || entry.list.is_some());
    wished.prices.push(PriceFrom { from: prices.from, price, list: None });
    wished.prices.sort_by_key(|entry| (entry.list, entry.from));
    (wished, false)
}

/// A price so much higher or lower, to the whole minor unit; `None` for one no till can hold.
fn by(price: Price, change: &ChangePrices, minor_per_major: i64) -> Option<Price> {
    let part = i128::from(change.by_ppm).checked_add(1_000_000)?;
    let step = 1_000_000_i128.checked_div(i128::from(minor_per_major))?;
    let millionths = i128::from(price.as_micros()).checked_mul(part)?;
    let minor = divide(millionths, step.checked_mul(1_000_000)?, Rounding::HalfUp)?;
    Price::micros(i64::try_from(minor.checked_mul(step)?).ok()?).ok()
}

/// Many products were changed.
#[derive(Serialize, Deserialize)]
pub struct ManyChanged {
    changed: u32,
    same: u32,
    unpriced: u32,
}

impl Effect for ManyChanged {
    type Answer = ProductsChanged;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Product)
    }

    fn in_catalog(&self) -> bool {
        true
    }

    fn answer(self, _: &Ask<'_>) -> Result<ProductsChanged, Error> {
        Ok(ProductsChanged { changed: self.changed, same: self.same, unpriced: self.unpriced })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_change_by_a_part_and_stay_whole_minor_units() {
        let check = |micros, by_ppm, per_major, expect| {
            let change = ChangePrices { by_ppm, from: BusinessDay::from_unix_day(20_000) };
            let price = by(Price::micros(micros).unwrap(), &change, per_major);
            assert_eq!(price.map(Price::as_micros), expect, "{micros} by {by_ppm}");
        };
        check(1_990_000, 50_000, 100, Some(2_090_000)); // 1.99 + 5 % = 2.0895
        check(1_000_000, -100_000, 100, Some(900_000));
        check(250_000_000, 30_000, 1, Some(258_000_000)); // 250 yen + 3 % = 257.5
        check(1_250_000, 100_000, 1_000, Some(1_375_000));
        check(0, 500_000, 100, Some(0));
        check(1_000_000, -1_000_000, 100, Some(0));
        check(1_000_000, -2_000_000, 100, None);
    }
}
