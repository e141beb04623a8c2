//! Division that names its rounding. Every place where a fraction becomes a whole number goes through here.

use serde::{Deserialize, Serialize};

/// How a quotient that is not whole becomes whole. All modes are symmetric around zero, so that a refund rounds to
/// exactly the negative of the sale it reverses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Rounding {
    /// To the nearest; a tie goes away from zero (IEEE 754 `roundTiesToAway`, "commercial rounding").
    HalfUp,
    /// To the nearest; a tie goes to the even neighbour (IEEE 754 `roundTiesToEven`, "banker's rounding").
    HalfEven,
    /// Towards zero.
    Down,
}

/// Divides `numerator` by `denominator` and rounds the quotient as told.
///
/// Returns `None` when `denominator` is zero or the quotient does not fit.
///
/// ```
/// use domain::rounding::{divide, Rounding};
/// assert_eq!(divide(5, 2, Rounding::HalfUp), Some(3));
/// assert_eq!(divide(-5, 2, Rounding::HalfUp), Some(-3));
/// assert_eq!(divide(5, 2, Rounding::HalfEven), Some(2));
/// assert_eq!(divide(5, 2, Rounding::Down), Some(2));
/// ```
pub fn divide(numerator: i128, denominator: i128, rounding: Rounding) -> Option<i128> {
    let quotient = numerator.checked_div(denominator)?;
    let remainder = numerator.checked_rem(denominator)?;
    if remainder == 0 {
        return Some(quotient);
    }
    let away = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    let twice = remainder.checked_abs()?.checked_mul(2)?;
    let size = denominator.checked_abs()?;
    let step = match rounding {
        Rounding::Down => false,
        Rounding::HalfUp => twice >= size,
        Rounding::HalfEven => twice > size || (twice == size && quotient.checked_rem(2)? != 0),
    };
    if step { quotient.checked_add(away) } else { Some(quotient) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_symmetric_around_zero(n in -1_000_000i128..1_000_000, d in 1i128..10_000) {
            for rounding in [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down] {
                prop_assert_eq!(divide(-n, d, rounding).unwrap(), -divide(n, d, rounding).unwrap());
            }
        }

        #[test]
        fn misses_by_less_than_one(n in -1_000_000i128..1_000_000, d in 1i128..10_000) {
            for rounding in [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down] {
                let q = divide(n, d, rounding).unwrap();
                prop_assert!((n - q * d).abs() < d);
                if rounding != Rounding::Down {
                    prop_assert!(2 * (n - q * d).abs() <= d);
                }
            }
        }
    }

    #[test]
    fn division_by_zero_is_no_answer() {
        assert_eq!(divide(1, 0, Rounding::HalfUp), None);
    }
}
