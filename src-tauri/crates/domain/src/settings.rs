//! How this shop works.

use crate::currency::Currency;
use crate::ids::PriceListId;
use crate::receipt::ReceiptLayout;
use crate::shift::{DAY_TURNS_AT_MAX, ShiftRules};
use crate::tax::TaxPolicy;
use crate::tender::{CashRounding, TenderKind, TenderPolicy};
use serde::{Deserialize, Serialize};

/// The shop: what stands on the receipt, and how tax and money work here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Shop {
    /// The name on the receipt.
    pub name: String,
    /// The address as printed, one line each.
    pub address: Vec<String>,
    /// The tax number as printed; empty where the shop has none.
    pub tax_number: String,
    /// The currency of all prices and sales.
    pub currency: Currency,
    /// The language of screens and receipts: `en`, `fr` or `ar` (receipt only).
    pub language: Language,
    /// How tax is computed.
    pub tax_policy: TaxPolicy,
    /// Printed under the address, one line each.
    pub receipt_header: Vec<String>,
    /// Printed at the end, one line each.
    pub receipt_footer: Vec<String>,
    /// How receipts look.
    #[serde(default)]
    pub receipt_layout: ReceiptLayout,
    /// The content hash (hexadecimal SHA-256) of the logo.
    pub logo: Option<String>,
    /// The name of this till on the receipt.
    pub till_name: String,
    /// The price list whose prices hold before the ordinary ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub price_list: Option<PriceListId>,
    /// Which tenders the shop takes, and how.
    #[serde(default)]
    pub tenders: TenderPolicy,
    /// How the drawer and the day are kept.
    #[serde(default)]
    pub shift: ShiftRules,
    /// Minutes without a key, a tap or a scan after which the till locks itself; `None` leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub lock_after_min: Option<u16>,
}

/// A language the till speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Arabic: on paper, and in the names of device faults.
    Ar,
}

impl Language {
    /// The language tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ar => "ar",
        }
    }
}

/// Why settings were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum SettingsError {
    /// The shop has not been set up: it has no name, no currency and nobody who could sign on.
    #[error("the shop is not set up yet")]
    NotSetUp {},
    /// A text is missing or too long.
    #[error("{field} has to have 1 to {max} characters")]
    TextInvalid {
        /// The field.
        field: &'static str,
        /// Characters at most.
        max: usize,
    },
    /// There are more lines than a receipt can carry.
    #[error("{field} has at most {max} lines")]
    TooManyLines {
        /// The field.
        field: &'static str,
        /// Lines at most.
        max: usize,
    },
    /// There is no such price list.
    #[error("there is no such price list")]
    PriceListUnknown {},
    /// A rule for numbers with a weight or price in them cannot be read.
    #[error("the layout {layout} says nothing")]
    CodeLayoutInvalid {
        /// The layout.
        layout: String,
    },
    /// The day cannot turn at this hour, or a difference is below nothing.
    #[error("the day turns between midnight and {max} o'clock, and a difference is not below nothing")]
    ShiftRulesInvalid {
        /// The latest hour.
        max: u8,
    },
    /// The currency is fixed once something was sold in it.
    #[error("the currency cannot change after the first sale")]
    CurrencyFixed {},
    /// This is not the demo shop.
    #[error("this is not the demo shop")]
    NotDemo {},
    /// The shop takes nothing, or cash is rounded to what is no coin.
    #[error("a shop takes at least one tender, and rounds cash to 2 to 10,000 minor units")]
    TendersInvalid {},
}

/// Characters of one line of text on a receipt at most.
const TEXT_MAX: usize = 120;
/// Lines of an address, header or footer at most.
const TEXT_LINES_MAX: usize = 12;

impl Shop {
    /// Checks what a receipt needs.
    ///
    /// # Errors
    /// `TextInvalid`, `TooManyLines`, `TendersInvalid`, `ShiftRulesInvalid`.
    pub fn check(&self) -> Result<(), SettingsError> {
        for (field, text) in [("name", &self.name), ("till_name", &self.till_name)] {
            let length = text.trim().chars().count();
            if length == 0 || length > TEXT_MAX {
                return Err(SettingsError::TextInvalid { field, max: TEXT_MAX });
            }
        }
        let blocks = [
            ("address", &self.address),
            ("receipt_header", &self.receipt_header),
            ("receipt_footer", &self.receipt_footer),
        ];
        for (field, lines) in blocks {
            if lines.len() > TEXT_LINES_MAX {
                return Err(SettingsError::TooManyLines { field, max: TEXT_LINES_MAX });
            }
            if lines.iter().any(|line| line.chars().count() > TEXT_MAX) {
                return Err(SettingsError::TextInvalid { field, max: TEXT_MAX });
            }
        }
        if self.shift.day_turns_at > DAY_TURNS_AT_MAX || self.shift.difference_free < 0 {
            return Err(SettingsError::ShiftRulesInvalid { max: DAY_TURNS_AT_MAX });
        }
        if self.tax_number.chars().count() > TEXT_MAX {
            return Err(SettingsError::TextInvalid { field: "tax_number", max: TEXT_MAX });
        }
        let takes_something = TenderKind::ALL.iter().any(|kind| self.tenders.accepts(*kind));
        if !takes_something || !self.tenders.cash_rounding.as_ref().is_none_or(CashRounding::is_sound) {
            return Err(SettingsError::TendersInvalid {});
        }
        Ok(())
    }
}
