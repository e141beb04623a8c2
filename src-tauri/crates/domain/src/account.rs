//! A customer's account with the shop: how much they may owe it for what they took along, and how a debt gets smaller.

use crate::customer::CustomerError;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What the shop agreed with a customer. It stands beside the customer, as somebody else decides about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Account {
    /// How much they may owe; without it they buy nothing on account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub limit: Option<Money>,
}

impl Account {
    /// Checks what somebody asks for.
    ///
    /// # Errors
    /// `AccountLimitInvalid` for a limit below nothing.
    pub fn check(&self) -> Result<(), CustomerError> {
        match self.limit {
            Some(limit) if limit.is_negative() => Err(CustomerError::AccountLimitInvalid {}),
            Some(_) | None => Ok(()),
        }
    }
}

/// Why the shop gives up what a customer owes. A list, and no text: a text would hold names, and facts hold none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum WriteOffReason {
    /// They are bankrupt.
    Bankrupt,
    /// They cannot be found.
    NotFound,
    /// The shop lets them off.
    Goodwill,
    /// It was never owed: something was put on the account by mistake.
    Mistake,
    /// Something else.
    Other,
}

/// What a customer owes, in minor units, once `amount` of `owed` was paid or written off; `None` where it is nothing or
/// less, of another currency, or more than they owe.
///
/// ```
/// use domain::account::owed_after;
/// use domain::{currency::Currency, money::Money};
/// let euro = |minor| Money::new(minor, Currency::parse("EUR").unwrap()).unwrap();
/// assert_eq!(owed_after(euro(900), euro(500)), Some(400));
/// assert_eq!(owed_after(euro(900), euro(901)), None);
/// ```
pub fn owed_after(owed: Money, amount: Money) -> Option<i64> {
    let fits = amount.currency() == owed.currency() && amount.minor() > 0 && amount.minor() <= owed.minor();
    owed.minor().checked_sub(amount.minor()).filter(|_| fits)
}

/// The number of a payment on an account as it is printed: the series of the till's log, `-P`, and at least six digits.
pub fn printed_number(series: &str, number: u64) -> String {
    format!("{series}-P{number:06}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    #[test]
    fn a_limit_is_nothing_or_more() {
        let limit =
            |minor| Account { limit: Some(Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()) };
        assert_eq!(Account::default().check(), Ok(()));
        assert_eq!(limit(0).check(), Ok(()));
        assert_eq!(limit(-1).check(), Err(CustomerError::AccountLimitInvalid {}));
    }

    #[test]
    fn a_debt_shrinks_by_something_and_never_below_nothing() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).unwrap();
        for (owed, amount, after) in [
            (900, 900, Some(0)),
            (900, 1, Some(899)),
            (900, 901, None),
            (900, 0, None),
            (900, -1, None),
            (0, 1, None),
            // The shop owes them: nothing is left to pay or to write off.
            (-500, 1, None),
        ] {
            assert_eq!(owed_after(money(owed, "EUR"), money(amount, "EUR")), after, "{amount} of {owed}");
        }
        assert_eq!(owed_after(money(900, "EUR"), money(100, "USD")), None);
    }
}
