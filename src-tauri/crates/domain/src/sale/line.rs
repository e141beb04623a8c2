//! One line of a sale: a quantity of something at a price, sold or taken back.

use crate::code::label::Imprint;
use crate::ids::{PriceListId, ProductId};
use crate::money::Money;
use crate::price::Price;
use crate::pricing::InCode;
use crate::quantity::{Quantity, QuantityError, Unit};
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
    pub list_price: Option<Price>,
    /// Price × quantity, without sign.
    pub amount: Money,
    /// The rate in force when it was added.
    pub tax_rate: TaxRate,
    /// The tax of `amount` rounded on this line, without sign.
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
    /// Whether it was taken out.
    pub voided: bool,
    /// The revision of the sale at which it last changed.
    pub revision: u64,
}

impl Line {
    /// The amount with its sign: returns are negative.
    pub fn signed(&self) -> Money {
        match self.direction {
            Direction::Sale => self.amount,
            Direction::Return => self.amount.negated(),
        }
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
    /// whole pieces, both sold, of the same lot and with the same dates.
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
            && self.tax_rate == item.tax_rate
            && self.imprint == item.imprint
    }
}
