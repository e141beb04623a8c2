//! How much of something: thousandths of a unit.

use crate::rounding::{Rounding, divide};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A quantity in thousandths of its unit, not negative: the kind of the line says sold or returned.
///
/// ```
/// use domain::quantity::Quantity;
/// assert_eq!(Quantity::each(2).unwrap().to_string(), "2");
/// assert_eq!(Quantity::thousandths(1_250).unwrap().to_string(), "1.25");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "number"), schemars(with = "i64"))]
pub struct Quantity(i64);

/// The quantity was below zero or beyond what a line can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quantity lies between 0 and 9,999,999.999")]
pub struct QuantityError;

/// The largest quantity of one line, in thousandths. The dearest price times this still fits an `i128` with room.
const THOUSANDTHS_MAX: i64 = 9_999_999_999;

impl Quantity {
    /// One unit.
    pub const ONE: Self = Self(1_000);
    /// Nothing of it.
    pub const ZERO: Self = Self(0);

    /// The most a line can hold.
    pub const MAX: Self = Self(THOUSANDTHS_MAX);

    /// A quantity in thousandths of the unit.
    ///
    /// # Errors
    /// `QuantityError` below zero or above 9,999,999.999.
    pub fn thousandths(thousandths: i64) -> Result<Self, QuantityError> {
        if (0..=THOUSANDTHS_MAX).contains(&thousandths) { Ok(Self(thousandths)) } else { Err(QuantityError) }
    }

    /// A whole number of units.
    ///
    /// # Errors
    /// As [`Quantity::thousandths`].
    pub fn each(units: i64) -> Result<Self, QuantityError> {
        Self::thousandths(units.checked_mul(1_000).ok_or(QuantityError)?)
    }

    /// Thousandths of the unit.
    pub const fn as_thousandths(self) -> i64 {
        self.0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is a whole number of units.
    pub fn is_whole(self) -> bool {
        self.0.checked_rem(1_000) == Some(0)
    }

    /// This much, `pieces` times, rounded to the thousandth.
    ///
    /// # Errors
    /// `QuantityError` when it does not fit.
    pub fn times(self, pieces: Self) -> Result<Self, QuantityError> {
        let product = i128::from(self.0).checked_mul(i128::from(pieces.0)).ok_or(QuantityError)?;
        let thousandths = divide(product, 1_000, Rounding::HalfUp).ok_or(QuantityError)?;
        Self::thousandths(i64::try_from(thousandths).map_err(|_| QuantityError)?)
    }

    /// The sum.
    ///
    /// # Errors
    /// `QuantityError` when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, QuantityError> {
        Self::thousandths(self.0.checked_add(other.0).ok_or(QuantityError)?)
    }
}

impl TryFrom<i64> for Quantity {
    type Error = QuantityError;

    fn try_from(thousandths: i64) -> Result<Self, QuantityError> {
        Self::thousandths(thousandths)
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl fmt::Display for Quantity {
    /// Whole units without decimals, else as many of the three decimals as are needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.checked_div(1_000).unwrap_or(0);
        match self.0.checked_rem(1_000).unwrap_or(0) {
            0 => write!(f, "{whole}"),
            rest => write!(f, "{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
        }
    }
}

/// What a quantity counts. Codes follow the products' price tags: per piece, per kilogram, per litre, per metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Unit {
    /// Pieces.
    #[default]
    Each,
    /// Kilograms.
    Kilogram,
    /// Litres.
    Litre,
    /// Metres.
    Metre,
}
