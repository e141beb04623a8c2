//! Whom sales are for.

use crate::ids::PriceListId;
use crate::money::Money;
use crate::people::erased_is_empty;
use crate::product::Status;
use crate::receipt::left_to_right;
use crate::settings::Language;
use serde::{Deserialize, Serialize};

/// Somebody a sale is for. What tells who they are is personal: facts carry it detached, and it can be erased. A field
/// that is left out of what is stored is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Customer {
    /// The shop's own number or card code for them, unique in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub number: Option<String>,
    /// What they are called. Empty once it was erased.
    #[serde(default, deserialize_with = "erased_is_empty")]
    pub name: String,
    /// Where mail reaches them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub email: Option<String>,
    /// Where they can be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub phone: Option<String>,
    /// Where they live, as written on a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub address: Option<String>,
    /// What the shop wants to remember of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub note: Option<String>,
    /// The price list that holds for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub price_list: Option<PriceListId>,
    /// Whether they are still offered.
    pub status: Status,
}

/// Why a customer was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum CustomerError {
    /// There is no such customer.
    #[error("there is no such customer")]
    Unknown {},
    /// A text is missing or too long.
    #[error("{field} has at most {max} characters, and a name at least one")]
    TextInvalid {
        /// The field.
        field: &'static str,
        /// Characters at most.
        max: usize,
    },
    /// Another customer has this number.
    #[error("another customer has the number {number}")]
    NumberTaken {
        /// The number both claim.
        number: String,
    },
    /// There is no such price list.
    #[error("there is no such price list")]
    PriceListUnknown {},
    /// Somebody who is not archived cannot be erased.
    #[error("a customer in use cannot be erased")]
    StillActive {},
    /// Nobody may owe less than nothing.
    #[error("what a customer may owe is nothing or more")]
    AccountLimitInvalid {},
    /// Nobody pays more than they owe, nor nothing.
    #[error("only {owed} is owed")]
    PaidTooMuch {
        /// What they owe.
        owed: Money,
    },
    /// Nobody is let off more than they owe, nor nothing.
    #[error("no more than {owed} can be written off")]
    WrittenOffTooMuch {
        /// What they owe.
        owed: Money,
    },
    /// A statement begins before it ends, and says when.
    #[error("a statement needs a first and a last day, in this order")]
    DaysInvalid {},
    /// Who owes something is not put aside unsaid, and not erased: the shop could not tell any more from whom it has to come.
    #[error("the customer still owes {owed}")]
    StillOwes {
        /// What they owe.
        owed: Money,
    },
    /// Who has something in the shop is not put aside unsaid.
    #[error("the customer still has {credit} in the shop")]
    StillHas {
        /// What they have: store credit, or what the shop owes them.
        credit: Money,
    },
}

/// Characters of a customer's name, number, mail address or telephone number at most.
pub const TEXT_MAX: usize = 200;
/// Characters of an address or a note at most.
pub const LONG_TEXT_MAX: usize = 2_000;

impl Customer {
    /// The customer without white space around its texts, and without texts that say nothing.
    #[must_use]
    pub fn tidied(self) -> Self {
        let trim =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            number: trim(self.number),
            name: self.name.trim().to_owned(),
            email: trim(self.email),
            phone: trim(self.phone),
            address: trim(self.address),
            note: trim(self.note),
            price_list: self.price_list,
            status: self.status,
        }
    }

    /// How a receipt names them: "Ada Lovelace, K-17"; `None` once they were erased.
    pub fn on_receipt(&self, language: Language) -> Option<String> {
        if self.name.is_empty() {
            return None;
        }
        let number = self.number.as_ref().map(|number| left_to_right(number, language));
        Some(number.map_or_else(|| self.name.clone(), |number| format!("{}, {number}", self.name)))
    }

    /// Checks what a customer must have.
    ///
    /// # Errors
    /// `TextInvalid`.
    pub fn check(&self) -> Result<(), CustomerError> {
        let texts = [
            ("number", self.number.as_deref(), TEXT_MAX),
            ("name", Some(self.name.as_str()), TEXT_MAX),
            ("email", self.email.as_deref(), TEXT_MAX),
            ("phone", self.phone.as_deref(), TEXT_MAX),
            ("address", self.address.as_deref(), LONG_TEXT_MAX),
            ("note", self.note.as_deref(), LONG_TEXT_MAX),
        ];
        for (field, text, max) in texts {
            let length = text.map(|text| text.trim().chars().count());
            if length.is_some_and(|length| length == 0 || length > max) {
                return Err(CustomerError::TextInvalid { field, max });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Customer {
        let none = || None;
        Customer {
            number: none(),
            name: name.into(),
            email: none(),
            phone: none(),
            address: none(),
            note: none(),
            price_list: None,
            status: Status::Active,
        }
    }

    #[test]
    fn a_customer_has_a_name_and_texts_that_say_something() {
        assert_eq!(named("Ana").check(), Ok(()));
        assert_eq!(named("").check(), Err(CustomerError::TextInvalid { field: "name", max: TEXT_MAX }));
        let tidied =
            Customer { email: Some("  ".into()), note: Some(" x ".into()), ..named(" Ana ") }.tidied();
        assert_eq!(tidied, Customer { note: Some("x".into()), ..named("Ana") });
        let long = Customer { note: Some("x".repeat(LONG_TEXT_MAX + 1)), ..named("Ana") };
        assert_eq!(long.check(), Err(CustomerError::TextInvalid { field: "note", max: LONG_TEXT_MAX }));
    }

    #[test]
    fn an_erased_customer_still_reads() {
        let erased = r#"{"number":"7","name":null,"email":null,"status":"archived"}"#;
        let read: Customer = serde_json::from_str(erased).unwrap();
        assert_eq!((read.name.as_str(), read.number.as_deref()), ("", Some("7")));
    }
}
