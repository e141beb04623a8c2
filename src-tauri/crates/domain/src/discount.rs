//! A discount: so much less on a line or on a whole sale, and why it was given.

use crate::money::{Money, MoneyError};
use crate::rounding::Rounding;
use serde::{Deserialize, Serialize};

/// One whole, in parts per million.
const MILLION: i64 = 1_000_000;

/// How much less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DiscountBy {
    /// A part of what it would cost.
    Part {
        /// Parts per million: 10 % is 100,000.
        #[cfg_attr(feature = "contract", ts(type = "number"))]
        ppm: i64,
    },
    /// An amount.
    Amount {
        /// Minor units of the sale's currency.
        #[cfg_attr(feature = "contract", ts(type = "number"))]
        minor: i64,
    },
}

/// Why it costs less. Facts carry no free words about customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DiscountReason {
    /// To please a customer.
    Goodwill,
    /// The goods are faulty.
    Faulty,
    /// The goods do not keep much longer.
    ShortDated,
    /// Somebody else sells it for less.
    PriceMatch,
    /// Somebody of the staff buys it.
    Staff,
    /// Something else.
    Other,
}

/// A discount as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// How much less.
    pub by: DiscountBy,
    /// Why.
    pub reason: DiscountReason,
    /// How far whoever gave it may go, in parts per million: an amount shrinks with what it is taken from, so that it
    /// never comes to more than was allowed. `None` is without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
}

/// A discount and what it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discounted {
    /// As it was given.
    pub discount: Discount,
    /// What it comes to, without sign.
    pub amount: Money,
}

impl DiscountBy {
    /// Whether it is one: more than nothing, and no more than everything.
    pub const fn is_valid(self) -> bool {
        match self {
            Self::Part { ppm } => ppm > 0 && ppm <= MILLION,
            Self::Amount { minor } => minor > 0,
        }
    }

    /// What it takes from `base`, which is not negative; never more than all of it.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn off(self, base: Money, rounding: Rounding) -> Result<Money, MoneyError> {
        match self {
            Self::Part { ppm } => base.ratio(ppm, MILLION, rounding),
            Self::Amount { minor } => Money::new(minor.min(base.minor()), base.currency()),
        }
    }

    /// How large a part of `base` it is, in parts per million, rounded up: a limit is never passed by rounding. A part of
    /// nothing is everything.
    pub fn reach_ppm(self, base: Money) -> i64 {
        match self {
            Self::Part { ppm } => ppm,
            Self::Amount { minor } => {
                let (off, base) = (i128::from(minor.min(base.minor())), i128::from(base.minor()));
                let scaled = off.saturating_mul(i128::from(MILLION)).saturating_add(base.saturating_sub(1));
                scaled.checked_div(base).and_then(|ppm| i64::try_from(ppm).ok()).unwrap_or(MILLION)
            }
        }
    }
}

impl Discount {
    /// What it takes from `base`, which is not negative: no more than was allowed.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn off(&self, base: Money, rounding: Rounding) -> Result<Money, MoneyError> {
        let off = self.by.off(base, rounding)?;
        match (self.by, self.limit) {
            (DiscountBy::Amount { .. }, Some(limit)) => {
                let most = base.ratio(limit, MILLION, Rounding::Down)?;
                Ok(if off.minor() > most.minor() { most } else { off })
            }
            (DiscountBy::Amount { .. }, None) | (DiscountBy::Part { .. }, _) => Ok(off),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use proptest::prelude::*;

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()
    }

    #[test]
    fn a_part_and_an_amount_come_off() {
        let off = |by: DiscountBy, base| by.off(euro(base), Rounding::HalfUp).unwrap().minor();
        assert_eq!(off(DiscountBy::Part { ppm: 100_000 }, 345), 35);
        assert_eq!(off(DiscountBy::Part { ppm: 1_000_000 }, 345), 345);
        assert_eq!(off(DiscountBy::Amount { minor: 100 }, 345), 100);
        assert_eq!(off(DiscountBy::Amount { minor: 400 }, 345), 345, "no more than everything");
        for wrong in [0, -1, 1_000_001] {
            assert!(!DiscountBy::Part { ppm: wrong }.is_valid());
        }
        assert!(!DiscountBy::Amount { minor: 0 }.is_valid());
    }

    #[test]
    fn an_amount_reaches_as_far_as_the_part_it_is() {
        let reach = |minor, base| DiscountBy::Amount { minor }.reach_ppm(euro(base));
        assert_eq!(reach(100, 1_000), 100_000);
        assert_eq!(reach(100, 999), 100_101, "rounded up");
        assert_eq!(reach(2_000, 1_000), 1_000_000);
        assert_eq!(reach(1, 0), 1_000_000);
    }

    proptest! {
        /// An amount that may be given stays as it is while what it is taken from is there, and never passes the limit
        /// when some of that is gone.
        #[test]
        fn an_amount_never_passes_its_limit(minor in 1i64..100_000, base in 1i64..100_000, left in 0i64..100_000, limit in 1i64..=1_000_000) {
            let by = DiscountBy::Amount { minor };
            let discount = Discount { by, reason: DiscountReason::Other, limit: Some(limit) };
            let off = discount.off(euro(base), Rounding::HalfUp).unwrap();
            if by.reach_ppm(euro(base)) <= limit {
                prop_assert_eq!(off.minor(), minor.min(base));
            }
            let later = discount.off(euro(left), Rounding::HalfUp).unwrap();
            prop_assert!(i128::from(later.minor()) * 1_000_000 <= i128::from(left) * i128::from(limit));
        }
    }
}
