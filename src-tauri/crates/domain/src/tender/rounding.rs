//! Cash where the smallest coins are gone: what is due in cash is rounded, and nothing else. Prices, taxes and what is
//! paid any other way stay as they are. Canada Revenue Agency, "Phasing out the penny": only cash payments are rounded,
//! on the total after taxes, to the nearest five cents. Belgium (FPS Economy, 1 December 2019) and Finland round likewise,
//! the Netherlands by custom; Switzerland's smallest coin is five centimes.

use crate::currency::Currency;
use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// The largest step in minor units: ten of a currency's unit.
pub const STEP_MAX: i64 = 10_000;

/// How cash is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CashRounding {
    /// The smallest coin in minor units: 5 for five cents.
    pub step: i64,
    /// Where an amount in the middle goes.
    pub tie: CashTie,
}

/// Where an amount goes that lies in the middle between two that can be paid in cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CashTie {
    /// To the larger.
    Up,
    /// To the smaller.
    Down,
}

impl CashRounding {
    /// How cash is rounded where this currency is used, as far as all shops do alike: euro countries differ, and decide
    /// themselves. Krona and krone round to whole ones, five and fifty go up; New Zealand's shops mostly round five cents
    /// down.
    pub fn usual(currency: Currency) -> Option<Self> {
        let (step, tie) = match currency.code() {
            "CHF" | "CAD" | "AUD" => (5, CashTie::Up),
            "NZD" => (10, CashTie::Down),
            "DKK" => (50, CashTie::Up),
            "SEK" | "NOK" | "CZK" => (100, CashTie::Up),
            "HUF" => (500, CashTie::Up),
            _ => return None,
        };
        Some(Self { step, tie })
    }

    /// Whether it can be used.
    pub fn is_sound(&self) -> bool {
        (2..=STEP_MAX).contains(&self.step)
    }

    /// The nearest amount that can be paid in cash; symmetric around zero, so that a refund gives back what was taken.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn round(&self, amount: Money) -> Result<Money, MoneyError> {
        let size = amount.magnitude();
        let over = size.minor().checked_rem(self.step).ok_or(MoneyError::OutOfRange)?;
        let missing = self.step.checked_sub(over).ok_or(MoneyError::OutOfRange)?;
        let up = match self.tie {
            CashTie::Up => over >= missing,
            CashTie::Down => over > missing,
        };
        let down = size.minor().checked_sub(over).ok_or(MoneyError::OutOfRange)?;
        let minor =
            if up && over != 0 { down.checked_add(self.step).ok_or(MoneyError::OutOfRange)? } else { down };
        let rounded = Money::new(minor, amount.currency())?;
        Ok(if amount.is_negative() { rounded.negated() } else { rounded })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(code: &str, minor: i64) -> i64 {
        let currency = Currency::parse(code).unwrap();
        let rounding = CashRounding::usual(currency).unwrap();
        rounding.round(Money::new(minor, currency).unwrap()).unwrap().minor()
    }

    #[test]
    fn cents_go_to_the_nearest_five_as_canada_says() {
        // Canada Revenue Agency, "Phasing out the penny": 1 and 2 down, 3 and 4 up, 6 and 7 down, 8 and 9 up.
        let cents = (1_000..=1_010).map(|minor| rounded("CAD", minor)).collect::<Vec<_>>();
        assert_eq!(cents, [1_000, 1_000, 1_000, 1_005, 1_005, 1_005, 1_005, 1_005, 1_010, 1_010, 1_010]);
        assert_eq!(rounded("CAD", -1_003), -1_005);
    }

    #[test]
    fn the_middle_goes_where_the_country_says() {
        assert_eq!([rounded("NZD", 1_005), rounded("NZD", 1_006)], [1_000, 1_010]);
        assert_eq!([rounded("NOK", 1_049), rounded("NOK", 1_050)], [1_000, 1_100]);
        assert_eq!(
            [rounded("DKK", 1_024), rounded("DKK", 1_025), rounded("DKK", 1_075)],
            [1_000, 1_050, 1_100]
        );
        assert_eq!(CashRounding::usual(Currency::parse("EUR").unwrap()), None);
    }
}
