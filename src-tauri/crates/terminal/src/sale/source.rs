//! What a line is made from: a product, its tax rate and what goes with it, read beside the writer; priced within the
//! transaction, by the list of the sale it goes into.

use crate::act::Act;
use crate::error::Error;
use database::Reader;
use database::error::DatabaseError;
use database::product::SellableProduct;
use domain::code::Code;
use domain::code::label::{Imprint, Label};
use domain::ids::TaxCategoryId;
use domain::people::{Grants, Permission};
use domain::price::Price;
use domain::pricing::{Asked, PriceAt, in_force, price};
use domain::quantity::{Quantity, Unit};
use domain::sale::line::Item;
use domain::sale::taxed::PlaceRates;
use domain::sale::{OpenSale, SaleError};
use domain::tax::{TaxCategory, TaxRate};
use domain::time::BusinessDay;
use wire::record::Entity;

/// Steps from a double to the product that was kept, at most.
const MERGES_MAX: u32 = 8;

/// A product that can be sold, with everything its line takes from the records.
pub struct Source {
    found: SellableProduct,
    code: Option<Code>,
    label: Label,
    rates: Rates,
    deposit: Option<(Quantity, SellableProduct, Rates)>,
}

/// How something is taxed today.
#[derive(Clone, Copy)]
pub struct Rates {
    /// The rate of its tax category.
    pub usual: TaxRate,
    /// Its rates here and taken away, where they differ.
    pub places: Option<PlaceRates>,
}

/// What becomes a line, and the line that goes with it.
pub struct Priced {
    /// The line, of one.
    pub item: Item,
    /// How much there is, when the code said so.
    pub quantity: Option<Quantity>,
    /// Whether the label said that nothing was on the scale: then it has to be typed.
    pub unweighed: bool,
    /// So much for each unit of the line.
    pub deposit: Option<(Quantity, Item)>,
}

impl Source {
    /// Reads what a product's line is made from; `code` is what was scanned, `label` what it said of the piece.
    pub fn of(
        act: &Act<'_>,
        found: SellableProduct,
        code: Option<Code>,
        label: Label,
    ) -> Result<Self, Error> {
        let rates = rates(act, found.tax_category, &found.name)?;
        let deposit = match found.deposit {
            None => None,
            Some(deposit) => {
                let product = act.read(|reader| {
                    let product = reader.product(deposit.product, act.day())?;
                    Ok(product.map(|product| kept(reader, product, act.day())).transpose()?)
                })?;
                let rated = product.map(|product| {
                    let rates = self::rates(act, product.tax_category, &product.name)?;
                    Ok::<_, Error>((deposit.quantity, product, rates))
                });
                rated.transpose()?
            }
        };
        Ok(Self { found, code, label, rates, deposit })
    }

    /// The line of one, and what goes with it. A product without a price today can only be sold at a typed one, by
    /// somebody who may type prices.
    pub fn priced(
        self,
        sale: &OpenSale,
        day: BusinessDay,
        typed: Option<Price>,
        grants: &Grants,
    ) -> Result<Priced, Error> {
        let deposit = match self.deposit {
            None => None,
            Some((per_unit, product, rates)) => {
                let (item, _) = item(product, &Label::default(), rates, sale, day, None)?;
                Some((per_unit, item))
            }
        };
        let has_price = self.label.price.is_some()
            || self.found.pack.as_ref().is_some_and(|pack| pack.price.is_some())
            || in_force(&self.found.prices, PriceAt { day, list: sale.list() }).is_some();
        if !has_price && typed.is_some() {
            grants.require(Permission::OverridePrice)?;
        }
        let (mut item, quantity) = item(self.found, &self.label, self.rates, sale, day, typed)?;
        item.code = self.code.map(String::from);
        item.imprint = self.label.imprint;
        Ok(Priced { item, quantity, unweighed: self.label.unweighed, deposit })
    }
}

/// A product as a line of one, by the list of the sale.
fn item(
    found: SellableProduct,
    label: &Label,
    rates: Rates,
    sale: &OpenSale,
    day: BusinessDay,
    typed: Option<Price>,
) -> Result<(Item, Option<Quantity>), Error> {
    // Packs are counted, whatever is in them.
    let unit = if found.pack.is_some() { Unit::Each } else { found.unit };
    let priced = price(&Asked {
        name: &found.name,
        unit,
        prices: &found.prices,
        at: PriceAt { day, list: sale.list() },
        pack: found.pack.as_ref(),
        label,
        typed,
        currency: sale.currency,
        rounding: sale.tax_policy.rounding,
    })?;
    let item = Item {
        product: Some(found.product),
        code: None,
        quantity: Quantity::ONE,
        unit,
        price: priced.price,
        list_price: priced.list_price,
        tax_rate: sale.rate_of(rates.usual, rates.places),
        places: rates.places,
        pack: found.pack.as_ref().map(|pack| pack.quantity),
        price_list: priced.list,
        in_code: priced.in_code,
        age_min: found.age_min,
        imprint: Imprint::default(),
        name: match &found.pack {
            Some(pack) => pack.name_of(&found.name),
            None => found.name,
        },
    };
    Ok((item, priced.quantity))
}

/// The rates of a tax category today; `name` is what would be sold.
pub fn rates(act: &Act<'_>, category: TaxCategoryId, name: &str) -> Result<Rates, Error> {
    let read = |id: TaxCategoryId| -> Result<Option<TaxCategory>, Error> {
        let stored = act.read(|reader| Ok(reader.record_as(Entity::TaxCategory, id.0)?))?;
        Ok(stored.map(|(_, category)| category))
    };
    let missing = || SaleError::TaxRateMissing { name: name.to_owned() };
    let category = read(category)?.ok_or_else(missing)?;
    let here = category.rate_on(act.day()).ok_or_else(missing)?;
    let away = match category.takeaway {
        Some(takeaway) => read(takeaway)?.and_then(|takeaway| takeaway.rate_on(act.day())),
        None => None,
    };
    let places = away.filter(|away| *away != here).map(|away| PlaceRates { here, away });
    Ok(Rates { usual: here, places })
}

/// The product that was kept, when the one that was found had been entered twice.
pub fn kept(
    reader: &Reader,
    mut found: SellableProduct,
    day: BusinessDay,
) -> Result<SellableProduct, DatabaseError> {
    for _ in 0..MERGES_MAX {
        let Some(kept) = found.merged_into else { break };
        match reader.product(kept, day)? {
            Some(kept) => found = kept,
            None => break,
        }
    }
    Ok(found)
}
