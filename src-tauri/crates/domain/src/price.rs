//! What one unit costs. Not [`Money`]: a price has six decimals, and becomes money only times a quantity.

use crate::currency::Currency;
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::rounding::{Rounding, divide};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A price per unit in millionths of the currency's major unit, not negative.
///
/// ```
/// use domain::{currency::Currency, price::Price, quantity::Quantity, rounding::Rounding};
/// let pound = Currency::parse("GBP").unwrap();
/// let price = Price::micros(2_553_000).unwrap(); // 2.553 a piece
/// let six = Quantity::each(6).unwrap();
/// assert_eq!(price.extend(six, pound, Rounding::HalfUp).unwrap().to_string(), "15.32");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "number"), schemars(with = "i64"))]
pub struct Price(i64);

/// The price was below zero or beyond what a till can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a price lies between 0 and 9,000,000,000")]
pub struct PriceError;

/// The dearest unit price: nine milliards, so that its millionths fit JavaScript's integers.
const MICROS_MAX: i64 = 9_000_000_000_000_000;

impl Price {
    /// Free of charge.
    pub const FREE: Self = Self(0);

    /// A price in millionths of the major unit.
    ///
    /// # Errors
    /// `PriceError` below zero or above nine milliards.
    pub fn micros(micros: i64) -> Result<Self, PriceError> {
        if (0..=MICROS_MAX).contains(&micros) { Ok(Self(micros)) } else { Err(PriceError) }
    }

    /// The price that equals this amount of money for one unit.
    ///
    /// # Errors
    /// `PriceError` when the amount is negative or too large.
    pub fn from_money(money: Money) -> Result<Self, PriceError> {
        let factor = 1_000_000_i64.checked_div(money.currency().minor_per_major()).ok_or(PriceError)?;
        Self::micros(money.minor().checked_mul(factor).ok_or(PriceError)?)
    }

    /// Millionths of the major unit.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Plain digits with at least `decimals` decimals and as many more as the price has: `160`, `1.50`, `0.0375`.
    pub fn plain(self, decimals: usize) -> String {
        let whole = self.0.checked_div(1_000_000).unwrap_or(0);
        let rest = format!("{:06}", self.0.checked_rem(1_000_000).unwrap_or(0));
        let shown = rest.trim_end_matches('0').len().max(decimals.min(rest.len()));
        if shown == 0 { whole.to_string() } else { format!("{whole}.{}", &rest[..shown]) }
    }

    /// The price of so much as one: of what is in a pack, to the nearest millionth.
    ///
    /// # Errors
    /// `PriceError` when it is too large.
    pub fn times(self, quantity: Quantity) -> Result<Self, PriceError> {
        let product =
            i128::from(self.0).checked_mul(i128::from(quantity.as_thousandths())).ok_or(PriceError)?;
        let micros = divide(product, 1_000, Rounding::HalfUp).ok_or(PriceError)?;
        Self::micros(i64::try_from(micros).map_err(|_| PriceError)?)
    }

    /// What `quantity` costs: price × quantity, rounded once to the minor unit.
    ///
    /// # Errors
    /// `OutOfRange` when the amount is too large.
    pub fn extend(
        self,
        quantity: Quantity,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Money, MoneyError> {
        // micros/1e6 major × thousandths/1e3 units × minor_per_major = minor
        let product = i128::from(self.0)
            .checked_mul(i128::from(quantity.as_thousandths()))
            .and_then(|n| n.checked_mul(i128::from(currency.minor_per_major())))
            .ok_or(MoneyError::OutOfRange)?;
        let minor = divide(product, 1_000_000_000, rounding).ok_or(MoneyError::OutOfRange)?;
        Money::new(i64::try_from(minor).map_err(|_| MoneyError::OutOfRange)?, currency)
    }
}

impl TryFrom<i64> for Price {
    type Error = PriceError;

    fn try_from(micros: i64) -> Result<Self, PriceError> {
        Self::micros(micros)
    }
}

impl From<Price> for i64 {
    fn from(price: Price) -> Self {
        price.0
    }
}

impl fmt::Display for Price {
    /// Major units with at least two decimals: `1.50`, `0.0375`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain(2))
    }
}

impl fmt::Debug for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extends_in_every_kind_of_currency() {
        let check = |micros, thousandths, code, expect| {
            let currency = Currency::parse(code).unwrap();
            let quantity = Quantity::thousandths(thousandths).unwrap();
            let amount = Price::micros(micros).unwrap().extend(quantity, currency, Rounding::HalfUp).unwrap();
            assert_eq!(amount.to_string(), expect, "{micros} x {thousandths} {code}");
        };
        check(1_500_000, 2_000, "EUR", "3.00");
        check(1_995_000, 1_000, "EUR", "2.00");
        check(12_990_000, 385, "EUR", "5.00"); // 12.99 × 0.385 = 5.00115
        check(250_000_000, 3_000, "JPY", "750");
        check(1_250_000, 1_500, "TND", "1.875");
        check(0, 9_999_999_999, "EUR", "0.00");
    }

    #[test]
    fn shows_at_least_two_decimals() {
        let show = |micros| Price::micros(micros).unwrap().to_string();
        assert_eq!(show(1_500_000), "1.50");
        assert_eq!(show(37_500), "0.0375");
        assert_eq!(show(2_000_000), "2.00");
        assert_eq!(Price::micros(160_000_000).unwrap().plain(0), "160");
        assert_eq!(Price::micros(250_000).unwrap().plain(3), "0.250");
    }

    #[test]
    fn money_becomes_a_price_and_back() {
        for code in ["JPY", "EUR", "TND"] {
            let currency = Currency::parse(code).unwrap();
            let money = Money::new(1_234, currency).unwrap();
            let back = Price::from_money(money).unwrap().extend(Quantity::ONE, currency, Rounding::HalfUp);
            assert_eq!(back.unwrap(), money);
        }
    }
}
