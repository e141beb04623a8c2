//! What a line costs, and why: one pure function for every way a line comes to be, and the trace of a line that did.

mod trace;

pub use trace::{Known, PriceStep, trace};

use crate::code::label::{Label, Listed};
use crate::currency::Currency;
use crate::ids::PriceListId;
use crate::price::Price;
use crate::product::{Pack, PriceFrom};
use crate::quantity::{Quantity, Unit};
use crate::rounding::Rounding;
use crate::sale::SaleError;
use crate::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// When, and by which list, a price is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceAt {
    /// The day.
    pub day: BusinessDay,
    /// The list whose prices go before the ordinary ones.
    pub list: Option<PriceListId>,
}

/// The price in force: of the list if it has one by that day, else the ordinary one; of each the one that began last.
pub fn in_force(prices: &[PriceFrom], at: PriceAt) -> Option<PriceFrom> {
    let latest = |list: Option<PriceListId>| {
        let begun = prices.iter().filter(|price| price.list == list && price.from <= at.day);
        begun.max_by_key(|price| price.from).copied()
    };
    at.list.and_then(|list| latest(Some(list))).or_else(|| latest(None))
}

/// What the code itself said of a line, in the unit of its product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct InCode {
    /// How much of it each piece is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub quantity: Option<Quantity>,
    /// What the whole piece costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub price: Option<Price>,
}

/// What a line is priced from.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'p> {
    /// What the product is called.
    pub name: &'p str,
    /// What its quantity counts.
    pub unit: Unit,
    /// Its prices.
    pub prices: &'p [PriceFrom],
    /// The day, and the list that holds for the sale.
    pub at: PriceAt,
    /// The pack that is sold.
    pub pack: Option<&'p Pack>,
    /// What the code said of the piece.
    pub label: &'p Label,
    /// A price that was typed; it counts where there is none. Over a price, it is an override with its own rule
    /// ([`crate::sale::OpenSale::override_price`]).
    pub typed: Option<Price>,
    /// The currency of the sale.
    pub currency: Currency,
    /// How amounts are rounded.
    pub rounding: Rounding,
}

/// The price of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// Per unit; of a pack, per pack.
    pub price: Price,
    /// What it would have been without the price in the code.
    pub list_price: Option<Price>,
    /// The list the price stands in.
    pub list: Option<PriceListId>,
    /// How much each piece is, when the code said so.
    pub quantity: Option<Quantity>,
    /// What the code said.
    pub in_code: Option<InCode>,
}

/// The price of a line: what the list of the sale says on the day, of a pack its own price or that of what is in it, and
/// before both what the code says ([`Label::on`]).
///
/// # Errors
/// `PriceMissing`, `AmountOutOfRange`; `QuantityInvalid` for a label that says nothing, or another unit.
pub fn price(asked: &Asked<'_>) -> Result<Priced, SaleError> {
    let in_force = in_force(asked.prices, asked.at);
    let (listed, list) = match asked.pack {
        Some(Pack { price: Some(own), .. }) => (Some(*own), None),
        Some(pack) => {
            let of_contents = in_force.map(|listed| listed.price.times(pack.quantity)).transpose();
            let of_contents = of_contents.map_err(|_| SaleError::AmountOutOfRange {})?;
            (of_contents, in_force.and_then(|listed| listed.list))
        }
        None => (in_force.map(|listed| listed.price), in_force.and_then(|listed| listed.list)),
    };
    let missing = || SaleError::PriceMissing { name: asked.name.to_owned() };
    if asked.label.measures.is_empty() && asked.label.price.is_none() {
        let price = listed.or(asked.typed).ok_or_else(missing)?;
        return Ok(Priced { price, list_price: None, list, quantity: None, in_code: None });
    }
    let labelled = asked.label.on(&Listed {
        name: asked.name,
        unit: asked.unit,
        price: listed,
        currency: asked.currency,
        rounding: asked.rounding,
    })?;
    let price = labelled.price.or(listed).or(asked.typed).ok_or_else(missing)?;
    let measure = asked.label.measures.iter().find(|measure| measure.unit == asked.unit);
    let said = InCode { quantity: measure.map(|measure| measure.quantity), price: asked.label.price };
    Ok(Priced {
        price,
        list_price: listed.filter(|listed| labelled.price.is_some() && *listed != price),
        list,
        quantity: labelled.quantity,
        in_code: (said.quantity.is_some() || said.price.is_some()).then_some(said),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use crate::code::label::Measure;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn a_list_goes_before_the_ordinary_price_from_the_day_it_has_one() {
        let list = PriceListId(Uuid::from_u128(1));
        let other = PriceListId(Uuid::from_u128(2));
        let day = |text| BusinessDay::parse(text).unwrap();
        let from = |text, euros: i64, list| {
            let price = Price::micros(euros * 1_000_000).unwrap();
            PriceFrom { from: day(text), price, list }
        };
        let prices = [
            from("2026-03-01", 3, None),
            from("2026-01-01", 1, None),
            from("2026-02-01", 2, Some(list)),
            from("2026-01-01", 9, Some(other)),
        ];
        let euros = |text, list| {
            in_force(&prices, PriceAt { day: day(text), list })
                .map(|price| price.price.as_micros() / 1_000_000)
        };
        assert_eq!(euros("2025-12-31", None), None);
        assert_eq!(euros("2026-01-01", None), Some(1));
        assert_eq!(euros("2026-03-01", None), Some(3));
        assert_eq!(euros("2026-01-31", Some(list)), Some(1), "the list has none yet");
        assert_eq!(euros("2026-03-01", Some(list)), Some(2), "the list goes before the newer price");
        assert_eq!(euros("2025-12-31", Some(list)), None);
    }
    fn micros(micros: i64) -> Price {
        Price::micros(micros).unwrap()
    }

    fn day() -> BusinessDay {
        BusinessDay::parse("2026-03-02").unwrap()
    }

    fn euro() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    fn asked(prices: &[PriceFrom]) -> Asked<'_> {
        static SILENT: Label = Label {
            measures: Vec::new(),
            measure_counts: false,
            price: None,
            unweighed: false,
            imprint: crate::code::label::Imprint {
                lot: None,
                expires: None,
                best_before: None,
                serial: None,
            },
        };
        Asked {
            name: "Cola",
            at: PriceAt { day: day(), list: None },
            prices,
            unit: Unit::Each,
            pack: None,
            label: &SILENT,
            typed: None,
            currency: euro(),
            rounding: Rounding::HalfUp,
        }
    }

    fn listed(price: i64) -> [PriceFrom; 1] {
        [PriceFrom { from: day(), price: micros(price), list: None }]
    }

    #[test]
    fn a_pack_costs_its_own_price_or_that_of_what_is_in_it() {
        let code = Code::parse("15449000000993").unwrap();
        let six = Pack { code, quantity: Quantity::each(6).unwrap(), name: None, price: None };
        let prices = listed(1_500_000);
        let of_contents = price(&Asked { pack: Some(&six), ..asked(&prices) }).unwrap();
        assert_eq!(of_contents.price, micros(9_000_000));
        let own = Pack { price: Some(micros(8_000_000)), ..six.clone() };
        assert_eq!(price(&Asked { pack: Some(&own), ..asked(&[]) }).unwrap().price, micros(8_000_000));
        assert_eq!(
            price(&Asked { pack: Some(&six), ..asked(&[]) }),
            Err(SaleError::PriceMissing { name: "Cola".into() })
        );
    }

    #[test]
    fn a_typed_price_counts_where_there_is_none() {
        let typed = Some(micros(2_000_000));
        assert_eq!(price(&Asked { typed, ..asked(&[]) }).unwrap().price, micros(2_000_000));
        let prices = listed(1_500_000);
        assert_eq!(price(&Asked { typed, ..asked(&prices) }).unwrap().price, micros(1_500_000));
    }

    #[test]
    fn a_price_in_the_code_goes_before_the_list_and_remembers_it() {
        let label = Label { price: Some(micros(4_990_000)), ..Label::default() };
        let prices = listed(5_500_000);
        let priced = price(&Asked { label: &label, ..asked(&prices) }).unwrap();
        assert_eq!((priced.price, priced.list_price), (micros(4_990_000), Some(micros(5_500_000))));
        assert_eq!(priced.in_code, Some(InCode { quantity: None, price: label.price }));
        assert_eq!(price(&Asked { label: &label, ..asked(&[]) }).unwrap().price, micros(4_990_000));
    }

    #[test]
    fn a_weight_in_the_code_is_priced_by_the_list() {
        let quantity = Quantity::thousandths(385).unwrap();
        let measures = vec![Measure { quantity, unit: Unit::Kilogram }];
        let label = Label { measures, measure_counts: true, ..Label::default() };
        let prices = listed(12_990_000);
        let priced = price(&Asked { label: &label, unit: Unit::Kilogram, ..asked(&prices) }).unwrap();
        assert_eq!((priced.price, priced.list_price), (micros(12_990_000), None));
        assert_eq!(priced.quantity, Some(quantity));
        assert_eq!(priced.in_code, Some(InCode { quantity: Some(quantity), price: None }));
        // A weighed price without a price of the day is none.
        let unpriced = price(&Asked { label: &label, unit: Unit::Kilogram, ..asked(&[]) });
        assert!(matches!(unpriced, Err(SaleError::PriceMissing { .. })));
    }

    proptest! {
        #[test]
        fn a_pack_without_a_price_costs_what_its_pieces_cost(
            each in 0i64..1_000_000_000, pieces in 1i64..500,
        ) {
            let code = Code::parse("15449000000993").unwrap();
            let quantity = Quantity::each(pieces).unwrap();
            let pack = Pack { code, quantity, name: None, price: None };
            let prices = listed(each);
            let priced = price(&Asked { pack: Some(&pack), ..asked(&prices) }).unwrap();
            let as_pack = priced.price.extend(Quantity::ONE, euro(), Rounding::HalfUp).unwrap();
            let as_pieces = micros(each).extend(quantity, euro(), Rounding::HalfUp).unwrap();
            prop_assert_eq!(as_pack, as_pieces);
        }
    }
}
