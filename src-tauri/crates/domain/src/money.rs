//! Money: whole minor units of one currency. There is no float and no unchecked sum here.

use crate::currency::Currency;
use crate::rounding::{Rounding, divide};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in minor units of its currency. `|minor|` is at most 2⁵³ − 1, so that JavaScript holds it exactly.
///
/// ```
/// use domain::{currency::Currency, money::Money};
/// let euro = Currency::parse("EUR").unwrap();
/// let price = Money::new(1_250, euro).unwrap();
/// assert_eq!(price.to_string(), "12.50");
/// assert_eq!(price.negated().to_string(), "-12.50");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Amount", into = "Amount")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(as = "Amount"), schemars(with = "Amount"))]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Money as it is written: minor units beside the currency.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(rename = "Money"), schemars(rename = "Money"))]
struct Amount {
    /// Minor units of the currency.
    amount: i64,
    /// ISO 4217 code.
    currency: Currency,
}

/// Why money could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result is beyond what a till can hold.
    #[error("the amount is too large")]
    OutOfRange,
    /// Two currencies met in one sum.
    #[error("{0} and {1} cannot be added")]
    CurrencyMismatch(Currency, Currency),
}

/// The largest amount: the largest integer JavaScript holds exactly.
pub const MINOR_MAX: i64 = 9_007_199_254_740_991;

impl Money {
    /// An amount of `minor` units.
    ///
    /// # Errors
    /// `OutOfRange` beyond ±(2⁵³ − 1).
    pub fn new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if (-MINOR_MAX..=MINOR_MAX).contains(&minor) {
            Ok(Self { minor, currency })
        } else {
            Err(MoneyError::OutOfRange)
        }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether nothing is owed either way.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The same amount the other way.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { minor: self.minor.saturating_neg(), currency: self.currency }
    }

    /// The amount without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self { minor: self.minor.saturating_abs(), currency: self.currency }
    }

    /// The sum.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `OutOfRange`.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        Self::new(self.minor.checked_add(other.minor).ok_or(MoneyError::OutOfRange)?, self.currency)
    }

    /// The difference.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `OutOfRange`.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(other.negated())
    }

    /// `self × numerator ÷ denominator`, rounded as told.
    ///
    /// # Errors
    /// `OutOfRange`, also when the denominator is zero.
    pub fn ratio(self, numerator: i64, denominator: i64, rounding: Rounding) -> Result<Self, MoneyError> {
        let product =
            i128::from(self.minor).checked_mul(i128::from(numerator)).ok_or(MoneyError::OutOfRange)?;
        let minor = divide(product, i128::from(denominator), rounding).ok_or(MoneyError::OutOfRange)?;
        Self::new(i64::try_from(minor).map_err(|_| MoneyError::OutOfRange)?, self.currency)
    }

    /// Splits the amount in proportion to `weights` so that the parts sum to the whole: each part gets its floor,
    /// and the units left over go to the largest remainders, ties to the earlier part (Hamilton's method).
    ///
    /// Weights are not negative. When all are zero the whole goes to the first part; without weights there are no
    /// parts.
    ///
    /// # Errors
    /// `OutOfRange` when a weight is negative or a product does not fit.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        if weights.iter().any(|weight| *weight < 0) {
            return Err(MoneyError::OutOfRange);
        }
        if weights.is_empty() {
            return Ok(Vec::new());
        }
        let mut total: i128 = 0;
        for weight in weights {
            total = total.checked_add(i128::from(*weight)).ok_or(MoneyError::OutOfRange)?;
        }
        if total == 0 {
            let mut parts = vec![Self::zero(self.currency); weights.len()];
            parts[0] = self;
            return Ok(parts);
        }
        let whole = i128::from(self.minor.unsigned_abs());
        let mut floors = Vec::with_capacity(weights.len());
        let mut left = whole;
        for (index, weight) in weights.iter().enumerate() {
            let product = whole.checked_mul(i128::from(*weight)).ok_or(MoneyError::OutOfRange)?;
            let floor = product.checked_div(total).ok_or(MoneyError::OutOfRange)?;
            let remainder = product.checked_rem(total).ok_or(MoneyError::OutOfRange)?;
            left = left.checked_sub(floor).ok_or(MoneyError::OutOfRange)?;
            floors.push((index, floor, remainder));
        }
        floors.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for entry in &mut floors {
            if left == 0 {
                break;
            }
            entry.1 = entry.1.checked_add(1).ok_or(MoneyError::OutOfRange)?;
            left = left.checked_sub(1).ok_or(MoneyError::OutOfRange)?;
        }
        floors.sort_by_key(|entry| entry.0);
        floors
            .into_iter()
            .map(|(_, part, _)| {
                let minor = i64::try_from(part).map_err(|_| MoneyError::OutOfRange)?;
                let part = Self::new(minor, self.currency)?;
                Ok(if self.is_negative() { part.negated() } else { part })
            })
            .collect()
    }
}

impl TryFrom<Amount> for Money {
    type Error = MoneyError;

    fn try_from(written: Amount) -> Result<Self, MoneyError> {
        Self::new(written.amount, written.currency)
    }
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { amount: money.minor, currency: money.currency }
    }
}

impl fmt::Display for Money {
    /// Plain digits with the decimals of the currency and a point: `-1234.50`. Screens and paper format for people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let per_major = self.currency.minor_per_major().unsigned_abs();
        let size = self.minor.unsigned_abs();
        let major = size.checked_div(per_major).unwrap_or(size);
        let rest = size.checked_rem(per_major).unwrap_or(0);
        match self.currency.decimals() {
            0 => write!(f, "{sign}{major}"),
            2 => write!(f, "{sign}{major}.{rest:02}"),
            _ => write!(f, "{sign}{major}.{rest:03}"),
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()
    }

    #[test]
    fn shows_the_decimals_of_its_currency() {
        let show = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).unwrap().to_string();
        assert_eq!(show(-5, "EUR"), "-0.05");
        assert_eq!(show(1234567, "JPY"), "1234567");
        assert_eq!(show(1500, "TND"), "1.500");
    }

    #[test]
    fn currencies_do_not_mix() {
        let yen = Money::new(1, Currency::parse("JPY").unwrap()).unwrap();
        assert!(matches!(euro(1).plus(yen), Err(MoneyError::CurrencyMismatch(..))));
    }

    #[test]
    fn an_amount_javascript_cannot_hold_is_refused() {
        let currency = Currency::parse("EUR").unwrap();
        assert_eq!(Money::new(MINOR_MAX + 1, currency), Err(MoneyError::OutOfRange));
        assert!(serde_json::from_str::<Money>(r#"{"amount":9007199254740992,"currency":"EUR"}"#).is_err());
    }

    #[test]
    fn ten_euro_among_three_gives_the_cent_to_the_first() {
        let parts = euro(1_000).allocate(&[1, 1, 1]).unwrap();
        assert_eq!(parts, [euro(334), euro(333), euro(333)]);
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(minor in -1_000_000_000i64..1_000_000_000, weights in prop::collection::vec(0i64..1_000_000, 1..40)) {
            let parts = euro(minor).allocate(&weights).unwrap();
            prop_assert_eq!(parts.iter().map(|part| part.minor()).sum::<i64>(), minor);
        }

        #[test]
        fn no_part_is_off_by_a_whole_unit(minor in 0i64..1_000_000_000, weights in prop::collection::vec(1i64..1_000_000, 1..40)) {
            let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            for (part, weight) in euro(minor).allocate(&weights).unwrap().iter().zip(&weights) {
                let exact = i128::from(minor) * i128::from(*weight);
                prop_assert!((i128::from(part.minor()) * total - exact).abs() < total);
            }
        }

        /// Whoever got a unit more had no smaller a remainder than whoever got none, and of equal ones the earlier does.
        #[test]
        fn what_is_left_over_goes_to_the_largest_remainders(minor in 0i64..10_000, weights in prop::collection::vec(0i64..50, 1..12)) {
            let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            prop_assume!(total > 0);
            let parts = euro(minor).allocate(&weights).unwrap();
            let seen: Vec<(i128, bool)> = parts.iter().zip(&weights).map(|(part, weight)| {
                let exact = i128::from(minor) * i128::from(*weight);
                (exact % total, i128::from(part.minor()) > exact / total)
            }).collect();
            for (at, (remainder, more)) in seen.iter().enumerate() {
                for (other_at, (other, other_more)) in seen.iter().enumerate() {
                    if *more && !other_more {
                        prop_assert!(remainder > other || (remainder == other && at < other_at), "{seen:?}");
                    }
                }
            }
        }

        #[test]
        fn a_debt_is_allocated_as_its_mirror(minor in 0i64..1_000_000, weights in prop::collection::vec(0i64..1_000, 1..20)) {
            let debt: Vec<Money> = euro(-minor).allocate(&weights).unwrap();
            let mirror: Vec<Money> = euro(minor).allocate(&weights).unwrap().into_iter().map(Money::negated).collect();
            prop_assert_eq!(debt, mirror);
        }
    }
}
