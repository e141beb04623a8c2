//! What can be sold.

use crate::code::Code;
use crate::ids::{CategoryId, TaxCategoryId};
use crate::price::Price;
use crate::quantity::Unit;
use crate::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// Something that can be sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Product {
    /// What it is called on screen and paper.
    pub name: String,
    /// The merchant's own identifier, unique in the organisation.
    pub sku: Option<String>,
    /// The codes it is found by. Two products may claim one code: both stay sellable and the cashier picks.
    pub codes: Vec<Code>,
    /// What its quantity counts.
    pub unit: Unit,
    /// Its prices by the day each begins, in any order.
    pub prices: Vec<PriceFrom>,
    /// How it is taxed.
    pub tax_category: TaxCategoryId,
    /// Its reporting group.
    pub category: Option<CategoryId>,
    /// The content hash (hexadecimal SHA-256) of its picture.
    pub picture: Option<String>,
    /// Whether it can still be sold.
    pub status: Status,
}

/// A price and the day it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PriceFrom {
    /// The first day of the price.
    pub from: BusinessDay,
    /// Per unit.
    pub price: Price,
}

/// Whether a record is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Status {
    /// In use.
    #[default]
    Active,
    /// Kept for the history, not offered any more.
    Archived,
}

/// A reporting group of products; also a page of tiles on the sell screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Category {
    /// What it is called.
    pub name: String,
    /// Its place among the others, the smallest first.
    pub position: i32,
    /// Whether it is offered.
    pub status: Status,
}

impl Product {
    /// The price in force on `day`: the one that began last. `None` before the first.
    pub fn price_on(&self, day: BusinessDay) -> Option<Price> {
        self.prices
            .iter()
            .filter(|entry| entry.from <= day)
            .max_by_key(|entry| entry.from)
            .map(|entry| entry.price)
    }
}

/// Why a record of the catalogue cannot be saved as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ProductError {
    /// There is no such product.
    #[error("there is no such product")]
    Unknown {},
    /// There is no such category.
    #[error("there is no such category")]
    CategoryUnknown {},
    /// There is no such tax category.
    #[error("there is no such tax category")]
    TaxCategoryUnknown {},
    /// The name is missing or too long.
    #[error("a name has 1 to {max} characters")]
    NameInvalid {
        /// Characters at most.
        max: usize,
    },
    /// Another product has this SKU.
    #[error("another product has the SKU {sku}")]
    SkuTaken {
        /// The SKU both claim.
        sku: String,
    },
    /// The picture is not an image a till can show.
    #[error("the picture is not a PNG, JPEG or WebP image")]
    PictureInvalid {},
}

/// Characters of a name at most.
pub const NAME_MAX: usize = 200;

impl Product {
    /// Checks what a product must have.
    ///
    /// # Errors
    /// `NameInvalid`.
    pub fn check(&self) -> Result<(), ProductError> {
        check_name(&self.name)
    }
}

impl Category {
    /// Checks what a category must have.
    ///
    /// # Errors
    /// `NameInvalid`.
    pub fn check(&self) -> Result<(), ProductError> {
        check_name(&self.name)
    }
}

fn check_name(name: &str) -> Result<(), ProductError> {
    let length = name.trim().chars().count();
    if length == 0 || length > NAME_MAX { Err(ProductError::NameInvalid { max: NAME_MAX }) } else { Ok(()) }
}
