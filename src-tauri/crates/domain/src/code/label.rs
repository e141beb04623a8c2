//! What a code says of the piece it is on: how much of the product it is, what it costs, its lot and its dates. And what
//! becomes of that on a line.

use crate::currency::Currency;
use crate::price::Price;
use crate::quantity::{Quantity, Unit};
use crate::rounding::{Rounding, divide};
use crate::sale::SaleError;
use crate::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// What a code says beside which product it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// How much it is, in each unit it is said in.
    pub measures: Vec<Measure>,
    /// Whether the product has to be sold by one of those units. A weighed article may also say its weight although it is
    /// sold by the piece; a label of the shop's own scale may not.
    pub measure_counts: bool,
    /// What the whole piece costs.
    pub price: Option<Price>,
    /// Whether nothing was on the scale, on a number that is a product's own: how much it is has to be typed.
    pub unweighed: bool,
    /// What is printed on the piece itself.
    pub imprint: Imprint,
}

/// How much of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// How much.
    pub quantity: Quantity,
    /// Of what.
    pub unit: Unit,
}

/// What tells one piece of a product from another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Imprint {
    /// The batch it was made in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// The last day on which it may be sold and used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<BusinessDay>,
    /// The day until which it is at its best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_before: Option<BusinessDay>,
    /// Its own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
}

impl Imprint {
    /// Whether nothing is printed on it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How much of a product a label makes of a line, and at which price per unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled {
    /// How much; `None` where the label does not say it.
    pub quantity: Option<Quantity>,
    /// Per unit; `None` where the label does not say it.
    pub price: Option<Price>,
}

/// A product as a label finds it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'p> {
    /// What it is called.
    pub name: &'p str,
    /// What it is sold by.
    pub unit: Unit,
    /// Its price today.
    pub price: Option<Price>,
    /// The currency of the sale.
    pub currency: Currency,
    /// How amounts are rounded.
    pub rounding: Rounding,
}

impl Label {
    /// Whether it says that there is nothing.
    pub fn is_of_nothing(&self) -> bool {
        self.measures.iter().any(|measure| measure.quantity.is_zero())
    }

    /// What the label makes of a line of this product. The amount of the line is what the label says: where only that is
    /// said of something sold by weight, the weight is the one at which the listed price gives the amount, and where
    /// there is none, the price is the one that gives it.
    ///
    /// # Errors
    /// `QuantityInvalid` for nothing, or a measure the product is not sold by; `PriceMissing` where a weight cannot be
    /// found without a price; `AmountOutOfRange`.
    pub fn on(&self, product: &Listed<'_>) -> Result<Labelled, SaleError> {
        let measure = self.measures.iter().find(|measure| measure.unit == product.unit);
        let refused = measure.filter(|measure| measure.quantity.is_zero());
        let refused = refused.or(self.measures.first().filter(|_| self.measure_counts && measure.is_none()));
        if let Some(refused) = refused {
            return Err(SaleError::QuantityInvalid { quantity: refused.quantity, unit: product.unit });
        }
        let quantity = measure.map(|measure| measure.quantity);
        let Some(whole) = self.price else { return Ok(Labelled { quantity, price: None }) };
        let quantity = match (quantity, product.unit) {
            (Some(quantity), _) => quantity,
            (None, Unit::Each) => Quantity::ONE,
            (None, Unit::Kilogram | Unit::Litre | Unit::Metre) => weighed(whole, product)?,
        };
        let amount = whole.extend(Quantity::ONE, product.currency, product.rounding)?;
        let listed = product.price.filter(|listed| {
            listed.extend(quantity, product.currency, product.rounding).is_ok_and(|listed| listed == amount)
        });
        let price = match listed {
            Some(listed) => listed,
            None => per_unit(whole, quantity)?,
        };
        Ok(Labelled { quantity: Some(quantity), price: Some(price) })
    }
}

/// The quantity at which the listed price comes to `whole`, or nearly.
fn weighed(whole: Price, product: &Listed<'_>) -> Result<Quantity, SaleError> {
    let out_of_range = || SaleError::AmountOutOfRange {};
    let listed = product.price.filter(|price| *price != Price::FREE);
    let listed = listed.ok_or_else(|| SaleError::PriceMissing { name: product.name.to_owned() })?;
    let thousandths = i128::from(whole.as_micros()).checked_mul(1_000).ok_or_else(out_of_range)?;
    let near =
        divide(thousandths, i128::from(listed.as_micros()), Rounding::HalfUp).ok_or_else(out_of_range)?;
    let near = i64::try_from(near).map_err(|_| out_of_range())?;
    let amount = whole.extend(Quantity::ONE, product.currency, product.rounding)?;
    let gives = |thousandths: i64| {
        let quantity = Quantity::thousandths(thousandths).ok().filter(|quantity| !quantity.is_zero())?;
        let extended = listed.extend(quantity, product.currency, product.rounding).ok()?;
        (extended == amount).then_some(quantity)
    };
    let exact = [0, -1, 1].iter().find_map(|off| gives(near.checked_add(*off)?));
    match exact {
        Some(quantity) => Ok(quantity),
        None => Quantity::thousandths(near.max(1)).map_err(|_| out_of_range()),
    }
}

/// The price per unit at which a quantity comes to `whole`.
fn per_unit(whole: Price, quantity: Quantity) -> Result<Price, SaleError> {
    let out_of_range = || SaleError::AmountOutOfRange {};
    let scaled = i128::from(whole.as_micros()).checked_mul(1_000).ok_or_else(out_of_range)?;
    let micros =
        divide(scaled, i128::from(quantity.as_thousandths()), Rounding::HalfUp).ok_or_else(out_of_range)?;
    Price::micros(i64::try_from(micros).map_err(|_| out_of_range())?).map_err(|_| out_of_range())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(unit: Unit, micros: Option<i64>) -> Listed<'static> {
        let price = micros.map(|micros| Price::micros(micros).unwrap());
        let currency = Currency::parse("EUR").unwrap();
        Listed { name: "Comté", unit, price, currency, rounding: Rounding::HalfUp }
    }

    fn priced(cents: i64) -> Label {
        Label { price: Some(Price::micros(cents * 10_000).unwrap()), ..Label::default() }
    }

    fn weighing(grams: i64) -> Label {
        let quantity = Quantity::thousandths(grams).unwrap();
        let measures = vec![Measure { quantity, unit: Unit::Kilogram }];
        Label { measures, measure_counts: true, ..Label::default() }
    }

    #[test]
    fn a_weight_is_the_quantity() {
        let made = weighing(385).on(&listed(Unit::Kilogram, Some(12_990_000))).unwrap();
        assert_eq!(made, Labelled { quantity: Some(Quantity::thousandths(385).unwrap()), price: None });
    }

    #[test]
    fn a_weight_of_nothing_and_a_weight_of_pieces_are_refused() {
        assert!(weighing(0).on(&listed(Unit::Kilogram, Some(1))).is_err());
        assert!(weighing(385).on(&listed(Unit::Each, Some(1))).is_err());
        let also = Label { measure_counts: false, ..weighing(385) };
        assert_eq!(also.on(&listed(Unit::Each, Some(1))).unwrap().quantity, None, "it is only said");
    }

    #[test]
    fn the_price_of_a_piece_is_its_price() {
        let made = priced(499).on(&listed(Unit::Each, Some(3_000_000))).unwrap();
        assert_eq!(made.quantity, Some(Quantity::ONE));
        assert_eq!(made.price.unwrap().as_micros(), 4_990_000);
    }

    #[test]
    fn what_a_scale_made_of_whole_grams_comes_back_at_the_listed_price() {
        let euro = Currency::parse("EUR").unwrap();
        for micros in [990_000, 2_490_000, 12_990_000, 39_900_000, 189_000_000] {
            let product = listed(Unit::Kilogram, Some(micros));
            let price = product.price.unwrap();
            for grams in (2..4_000).step_by(7) {
                let weight = Quantity::thousandths(grams).unwrap();
                let amount = price.extend(weight, euro, Rounding::HalfUp).unwrap();
                if amount.minor() == 0 {
                    continue;
                }
                let made = priced(amount.minor()).on(&product).unwrap();
                assert_eq!(made.price, Some(price), "{grams} g at {price}");
                let again = price.extend(made.quantity.unwrap(), euro, Rounding::HalfUp).unwrap();
                assert_eq!(again, amount, "{grams} g at {price}");
            }
        }
    }

    #[test]
    fn a_label_from_before_a_change_of_price_keeps_its_amount() {
        let euro = Currency::parse("EUR").unwrap();
        let product = listed(Unit::Kilogram, Some(189_000_000));
        for cents in 1..3_000 {
            let made = priced(cents).on(&product).unwrap();
            let amount = made.price.unwrap().extend(made.quantity.unwrap(), euro, Rounding::HalfUp).unwrap();
            assert_eq!(amount.minor(), cents);
        }
    }

    #[test]
    fn without_a_listed_price_there_is_no_weight() {
        let refused = priced(499).on(&listed(Unit::Kilogram, None));
        assert!(matches!(refused, Err(SaleError::PriceMissing { .. })), "{refused:?}");
        assert_eq!(priced(499).on(&listed(Unit::Each, None)).unwrap().price.unwrap().as_micros(), 4_990_000);
    }
}
