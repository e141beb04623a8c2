//! How a shop wants its receipts to look: which lines are on them, and where. What the law wants is there unless somebody
//! takes it out.

use crate::document::PictureSize;
use serde::{Deserialize, Serialize};

/// How a shop's receipts look. A receipt is always laid out as the shop had it when the sale completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ReceiptLayout {
    /// How large the logo is.
    pub logo_size: PictureSize,
    /// Whether the address is on it.
    pub address: bool,
    /// Whether the tax number is on it.
    pub tax_number: bool,
    /// Whether the name of the till is on it.
    pub till_name: bool,
    /// Whether it says who served.
    pub operator: bool,
    /// Whether it says whom the sale was for, by name and number.
    pub customer: bool,
    /// Whether a line of one piece also says what a piece costs.
    pub unit_prices: bool,
    /// Where the taxes stand.
    pub taxes: TaxPlace,
    /// Whether the total is twice as large.
    pub large_total: bool,
    /// What code its number is printed in.
    pub code: ReceiptCode,
}

/// Where the taxes of a receipt stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TaxPlace {
    /// Under what was paid.
    #[default]
    AtEnd,
    /// Over the total.
    BeforeTotal,
    /// Nowhere: for shops whose receipts need none.
    Nowhere,
}

/// What code the number of a receipt is printed in, so that it can be scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReceiptCode {
    /// Bars, for any scanner.
    #[default]
    Code128,
    /// A square, for scanners with a camera.
    Qr,
    /// None.
    None,
}

/// What a receipt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReceiptForm {
    /// The proof of what was bought and paid.
    #[default]
    Sale,
    /// For somebody who was given it as a present: what it is, and not what it cost.
    Gift,
    /// What was sold in training: a proof of nothing, and marked so at both ends.
    Training,
}

impl Default for ReceiptLayout {
    fn default() -> Self {
        Self {
            logo_size: PictureSize::Medium,
            address: true,
            tax_number: true,
            till_name: true,
            operator: true,
            customer: false,
            unit_prices: false,
            taxes: TaxPlace::AtEnd,
            large_total: true,
            code: ReceiptCode::Code128,
        }
    }
}
