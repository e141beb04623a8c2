//! One line of a sale: a quantity of something at a price, sold or taken back.

use crate::code::label::Imprint;
use crate::discount::Discounted;
use crate::ids::{OperatorId, PriceListId, ProductId};
use crate::money::{Money, MoneyError};
use crate::price::Price;
use crate::pricing::InCode;
use crate::quantity::{Quantity, QuantityError, Unit};
use crate::sale::returned::ReturnOf;
use crate::sale::taxed::{Exempted, PlaceRates};
use crate::tax::TaxRate;
use serde::{Deserialize, Serialize};

/// Which way the goods go. Amounts are not negative; this carries the sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Direction {
    /// To the customer.
    Sale,
    /// Back to the shop.
    Return,
}

/// Which line another goes with: the deposit with its bottle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Linked {
    /// The number of the line it goes with.
    pub line: u32,
    /// How much of it for each unit of that one.
    pub per_unit: Quantity,
}

/// What a line is made of, as the catalogue or the cashier gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The product, or `None` for an open item.
    pub product: Option<ProductId>,
    /// The code that was scanned or typed.
    pub code: Option<String>,
    /// What it is called.
    pub name: String,
    /// How much of it.
    pub quantity: Quantity,
    /// What the quantity counts.
    pub unit: Unit,
    /// Per unit.
    pub price: Price,
    /// The listed price, when `price` is another.
    pub list_price: Option<Price>,
    /// The rate in force.
    pub tax_rate: TaxRate,
    /// What the code said of this piece.
    pub imprint: Imprint,
    /// How much of the product one of the quantity is, when a pack is sold.
    pub pack: Option<Quantity>,
    /// The price list the price stands in; `None` for the ordinary price.
    pub price_list: Option<PriceListId>,
    /// What the code itself said.
    pub in_code: Option<InCode>,
    /// The age in years a customer must have.
    pub age_min: Option<u8>,
    /// Its rates here and taken away, where they differ.
    pub places: Option<PlaceRates>,
}

/// One line of a sale. Name, price and rate are frozen when it is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its place, from 1; never used again in the sale.
    pub number: u32,
    /// Sold or taken back.
    pub direction: Direction,
    /// The product, or `None` for an open item.
    pub product: Option<ProductId>,
    /// The code that was scanned or typed.
    pub code: Option<String>,
    /// What it is called.
    pub name: String,
    /// How much of it.
    pub quantity: Quantity,
    /// What the quantity counts.
    pub unit: Unit,
    /// Per unit.
    pub price: Price,
    /// The listed price, when `price` was typed over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Price>,
    /// Price × quantity less what was taken off, without sign.
    #[serde(serialize_with = "pair")]
    pub amount: Money,
    /// The rate in force when it was added.
    pub tax_rate: TaxRate,
    /// The tax of `amount` rounded on this line, without sign.
    #[serde(serialize_with = "pair")]
    pub tax: Money,
    /// What the code said of this piece.
    #[serde(default, skip_serializing_if = "Imprint::is_empty")]
    pub imprint: Imprint,
    /// How much of the product one of the quantity is, when a pack was sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<Quantity>,
    /// The price list the price stands in; `None` for the ordinary price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<PriceListId>,
    /// What the code itself said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_code: Option<InCode>,
    /// The age in years a customer must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_min: Option<u8>,
    /// The line this one goes with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Linked>,
    /// The discount on it, and what that comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discounted>,
    /// Its part of the sale's discount: minor units, without sign.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub share: i64,
    /// The line of a completed sale it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ReturnOf>,
    /// Its rates here and taken away, where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<PlaceRates>,
    /// The tax it does not bear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<Exempted>,
    /// Who sold it, where that is not whoever completes the sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<OperatorId>,
    /// What somebody noted on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it was taken out.
    #[serde(default, skip_serializing_if = "is_not")]
    pub voided: bool,
    /// The revision of the sale at which it last changed.
    pub revision: u64,
}

/// Money as a pair, which is read as well as its usual form: every line of a sale is read again when it is paid.
fn pair<S: serde::Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    (money.minor(), money.currency()).serialize(serializer)
}

/// Whether something is as it mostly is, and not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this form")]
const fn is_not(is: &bool) -> bool {
    !*is
}

impl Line {
    /// The amount with its sign: returns are negative.
    pub fn signed(&self) -> Money {
        match self.direction {
            Direction::Sale => self.amount,
            Direction::Return => self.amount.negated(),
        }
    }

    /// What it comes to before its part of the sale's discount, without sign.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn before_share(&self) -> Result<Money, MoneyError> {
        self.amount.plus(Money::new(self.share, self.amount.currency())?)
    }

    /// The rate it has, or would have if it bore tax.
    pub fn rate(&self) -> TaxRate {
        self.exempt.map_or(self.tax_rate, |exempted| exempted.rate)
    }

    /// What it comes to before any discount, without sign: price × quantity.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn before_discounts(&self) -> Result<Money, MoneyError> {
        let own = match self.exempt {
            Some(exempted) => self.before_share()?.plus(Money::new(exempted.off, self.amount.currency())?)?,
            None => self.before_share()?,
        };
        self.discount.map_or(Ok(own), |discounted| own.plus(discounted.amount))
    }

    /// How many pieces it is: a line by weight or measure is one.
    pub fn pieces(&self) -> i64 {
        match self.unit {
            Unit::Each => self.quantity.as_thousandths().checked_div(1_000).unwrap_or(0),
            Unit::Kilogram | Unit::Litre | Unit::Metre => 1,
        }
    }

    /// How much of a line goes with this one: so much for each piece of the product. A weight or a measure is one.
    ///
    /// # Errors
    /// `QuantityError` when it does not fit.
    pub fn linked_quantity(&self, per_unit: Quantity) -> Result<Quantity, QuantityError> {
        match self.unit {
            Unit::Each => {
                let units = self.quantity.times(self.pack.unwrap_or(Quantity::ONE))?;
                per_unit.times(units)
            }
            Unit::Kilogram | Unit::Litre | Unit::Metre => Ok(per_unit),
        }
    }

    /// Whether one more scan of `item` can be counted on this line: the same product at the same price and rate, in
    /// whole pieces, both sold, of the same lot and with the same dates, and nothing noted on the line.
    pub fn takes(&self, item: &Item, direction: Direction) -> bool {
        !self.voided
            && item.product.is_some()
            && self.product == item.product
            && self.direction == direction
            && self.unit == Unit::Each
            && item.quantity == Quantity::ONE
            && self.pack == item.pack
            && self.price_list == item.price_list
            && self.in_code == item.in_code
            && self.with.is_none()
            && self.price == item.price
            && self.list_price == item.list_price
            && self.discount.is_none()
            && self.of.is_none()
            && self.note.is_none()
            && self.rate() == item.tax_rate
            && self.imprint == item.imprint
    }
}

/// Whether a sum is nothing: then it is not written.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(crate) const fn is_nothing(minor: &i64) -> bool {
    *minor == 0
}
