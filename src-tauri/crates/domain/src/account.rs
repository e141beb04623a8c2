//! A customer's account with the shop: how much they may owe it for what they took along.

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
}
