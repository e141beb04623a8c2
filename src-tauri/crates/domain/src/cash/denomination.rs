//! The notes and coins of a currency, and what a count of them comes to.

use crate::currency::Currency;
use serde::{Deserialize, Serialize};

/// How many there are of one note or coin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Denominated {
    /// What one of them is worth, in minor units.
    #[cfg_attr(feature = "contract", ts(type = "number"))]
    pub value: i64,
    /// How many there are.
    pub count: u32,
}

/// Kinds of notes and coins of one count at most.
pub const KINDS_MAX: usize = 32;

/// The notes and coins in use, the largest first, in minor units; empty where we know none: then a sum is typed.
///
/// Those of the euro are the fifteen of the European Central Bank's leaflet "The euro banknotes and coins"; the others were
/// compared with the table of the npm package `currency-denominations` (MIT), and where it differed with what the bank
/// that issues them has withdrawn: the Danish note of 1000 and the Indian one of 2000 are left out.
///
/// ```
/// use domain::{cash::denomination::denominations, currency::Currency};
/// let euro = denominations(Currency::parse("EUR").unwrap());
/// assert_eq!((euro.len(), euro[0], euro[14]), (15, 50_000, 1));
/// ```
pub fn denominations(currency: Currency) -> &'static [i64] {
    match currency.code() {
        "EUR" => &[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
        "GBP" => &[5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
        "USD" => &[10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
        "CHF" => &[100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
        "CAD" => &[10_000, 5_000, 2_000, 1_000, 500, 200, 100, 25, 10, 5],
        "AUD" => &[10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
        "NZD" => &[10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
        "JPY" => &[10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
        "KRW" => &[50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10],
        "CNY" => &[10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10],
        "INR" => &[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
        "SEK" => &[100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
        "NOK" => &[100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
        "DKK" => &[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
        "PLN" => &[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
        "CZK" => &[500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
        "HUF" => &[
            2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500,
        ],
        "BRL" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
        "ZAR" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
        "AED" => &[100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 50, 25],
        "MAD" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
        "TND" => &[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
        "XOF" => &[10_000, 5_000, 2_000, 1_000, 500, 250, 200, 100, 50, 25, 10, 5],
        "XAF" => &[10_000, 5_000, 2_000, 1_000, 500, 100, 50, 25, 10, 5, 2, 1],
        _ => &[],
    }
}

/// What counted notes and coins come to, in minor units. `None` when one of them is worth nothing, stands twice, or there
/// are too many.
pub fn sum(counted: &[Denominated]) -> Option<i64> {
    if counted.len() > KINDS_MAX {
        return None;
    }
    let mut total: i64 = 0;
    for (index, row) in counted.iter().enumerate() {
        let before = counted.get(..index)?;
        if row.value <= 0 || before.iter().any(|other| other.value == row.value) {
            return None;
        }
        total = total.checked_add(row.value.checked_mul(i64::from(row.count))?)?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notes_and_coins_of_a_currency_fall_and_none_stands_twice() {
        let mut known = 0;
        for code in [
            "EUR", "GBP", "USD", "CHF", "CAD", "AUD", "NZD", "JPY", "KRW", "CNY", "INR", "SEK", "NOK", "DKK",
            "PLN", "CZK", "HUF", "BRL", "ZAR", "AED", "MAD", "TND", "XOF", "XAF",
        ] {
            let values = denominations(Currency::parse(code).unwrap());
            assert!(values.windows(2).all(|pair| pair[0] > pair[1]), "{code}");
            assert!(values.len() <= KINDS_MAX && values.iter().all(|value| *value > 0), "{code}");
            known += values.len();
        }
        assert_eq!(known, 269);
        assert!(denominations(Currency::parse("ALL").unwrap()).is_empty());
    }

    #[test]
    fn a_count_is_added_up_and_nothing_is_counted_twice() {
        let of = |value, count| Denominated { value, count };
        // 3 × 20.00 + 7 × 0.50 + 4 × 0.02 = 60.00 + 3.50 + 0.08
        assert_eq!(sum(&[of(2_000, 3), of(50, 7), of(2, 4)]), Some(6_358));
        assert_eq!(sum(&[]), Some(0));
        assert_eq!(sum(&[of(2_000, 3), of(2_000, 1)]), None);
        assert_eq!(sum(&[of(0, 3)]), None);
        assert_eq!(sum(&[of(-5, 3)]), None);
        assert_eq!(sum(&[of(i64::MAX, 2)]), None);
        let many: Vec<_> = (1..=33).map(|value| of(value, 1)).collect();
        assert_eq!(sum(&many), None);
    }
}
