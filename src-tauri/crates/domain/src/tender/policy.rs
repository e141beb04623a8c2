//! Which tenders a shop uses, and how it takes them.

use super::{CashRounding, TenderKind};
use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// Which tenders a shop uses, and how it takes them. Frozen on a sale when it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TenderPolicy {
    /// Notes and coins.
    pub cash: bool,
    /// Cards on a card reader that stands by itself.
    pub card: bool,
    /// Vouchers.
    pub voucher: bool,
    /// Whether a voucher that is worth more than is due gives change in cash.
    pub voucher_change: bool,
    /// What the shop owes its customers: refunds may go there, and sales be paid from it.
    pub store_credit: bool,
    /// What customers owe the shop, up to what each may.
    pub on_account: bool,
    /// Whether customers may give a tip with what they pay.
    pub tips: bool,
    /// How cash is rounded; `None` takes every cent.
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub cash_rounding: Option<CashRounding>,
}

impl Default for TenderPolicy {
    fn default() -> Self {
        Self {
            cash: true,
            card: true,
            voucher: false,
            voucher_change: false,
            store_credit: false,
            on_account: false,
            tips: false,
            cash_rounding: None,
        }
    }
}

impl TenderPolicy {
    /// Whether it is what a shop has that said nothing.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the shop takes this kind.
    pub const fn accepts(&self, kind: TenderKind) -> bool {
        match kind {
            TenderKind::Cash => self.cash,
            TenderKind::Card => self.card,
            TenderKind::Voucher => self.voucher,
            TenderKind::StoreCredit => self.store_credit,
            TenderKind::OnAccount => self.on_account,
        }
    }

    /// Whether more than is due may be handed over in this kind.
    pub const fn gives_change(&self, kind: TenderKind) -> bool {
        kind.rules().gives_change
            || match kind {
                TenderKind::Voucher => self.voucher_change,
                TenderKind::Cash | TenderKind::Card | TenderKind::StoreCredit | TenderKind::OnAccount => {
                    false
                }
            }
    }

    /// What is to be paid in cash where so much is due.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn cash_due(&self, due: Money) -> Result<Money, MoneyError> {
        self.cash_rounding.map_or(Ok(due), |rounding| rounding.round(due))
    }
}
