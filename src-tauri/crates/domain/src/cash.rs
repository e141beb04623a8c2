//! Cash as people hand it over: which amounts to offer as quick keys for a total.

pub mod denomination;

use crate::money::Money;

/// Quick amounts offered beside the exact one at most.
pub const QUICK_AMOUNTS_MAX: usize = 4;

/// A step this many times smaller than the total is not offered.
const SMALL_BESIDE: i64 = 60;

/// Amounts a customer is likely to hand over for `total`, rising, each above the total: the total rounded up to a small
/// coin, to a whole unit and to each of the usual notes. Steps that are small beside the total are left out: nobody hands
/// over 170.70 for 170.65. Nothing for a total of zero or below.
///
/// The steps are the 1-2-5 series every currency's coins and notes follow, from a tenth of the major unit up (for
/// currencies without decimals, from ten).
///
/// ```
/// use domain::{cash::quick_amounts, currency::Currency, money::Money};
/// let total = Money::new(526, Currency::parse("EUR").unwrap()).unwrap();
/// let quick: Vec<_> = quick_amounts(total).iter().map(|money| money.to_string()).collect();
/// assert_eq!(quick, ["5.30", "6.00", "10.00", "20.00"]);
///
/// let total = Money::new(17_065, Currency::parse("EUR").unwrap()).unwrap();
/// let quick: Vec<_> = quick_amounts(total).iter().map(|money| money.to_string()).collect();
/// assert_eq!(quick, ["175.00", "180.00", "200.00", "500.00"]);
/// ```
pub fn quick_amounts(total: Money) -> Vec<Money> {
    let currency = total.currency();
    let base = match currency.minor_per_major() {
        1 => 10,
        per_major => per_major.checked_div(10).unwrap_or(1),
    };
    let steps = [1_i64, 10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000];
    let mut amounts: Vec<Money> = Vec::with_capacity(QUICK_AMOUNTS_MAX);
    if total.is_negative() || total.is_zero() {
        return amounts;
    }
    for step in steps {
        let Some(size) = base.checked_mul(step) else { break };
        if size.saturating_mul(SMALL_BESIDE) < total.minor() {
            continue;
        }
        let rounded = Some(size).and_then(|size| {
            let over = total.minor().checked_rem(size)?;
            if over == 0 { Some(total.minor()) } else { total.minor().checked_sub(over)?.checked_add(size) }
        });
        let Some(Ok(amount)) = rounded.map(|minor| Money::new(minor, currency)) else { break };
        if amount != total && amounts.last() != Some(&amount) {
            amounts.push(amount);
        }
        if amounts.len() == QUICK_AMOUNTS_MAX {
            break;
        }
    }
    amounts
}
