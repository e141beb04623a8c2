//! Facts of customers' accounts: that somebody paid of what they owe, or was let off it. Amounts are minor units.

use super::shift::{is_only_drawer, only_drawer};
use domain::account::WriteOffReason;
use domain::currency::Currency;
use domain::ids::CustomerId;
use domain::tender::TenderKind;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A customer paid of what they owe. Nothing is sold by it: what they owe was turnover when it was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPaid {
    /// What tells this payment from others.
    pub payment: Uuid,
    /// The gapless number within the till's series of such payments.
    pub number: u64,
    /// The number as printed.
    pub slip_number: String,
    /// Which drawer has the cash; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// Whose account; who that is stands with the customer.
    pub customer: CustomerId,
    /// In cash, or by a card reader that stands by itself.
    pub kind: TenderKind,
    /// How much, without sign.
    pub amount: i64,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What they owe after it.
    pub owed: i64,
    /// What the card reader gave as a proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The day it counts for.
    pub business_day: BusinessDay,
}

/// The shop gave up what a customer owed. No cash moves, and turnover stays what it was when it was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebtWrittenOff {
    /// What tells this write-off from others.
    pub write_off: Uuid,
    /// Which drawer's shift tells of it; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// Whose account; who that is stands with the customer.
    pub customer: CustomerId,
    /// How much, without sign.
    pub amount: i64,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What they owe after it.
    pub owed: i64,
    /// Why.
    pub reason: WriteOffReason,
    /// The day it counts for.
    pub business_day: BusinessDay,
}

impl AccountPaid {
    /// What the drawer gained.
    pub fn cash(&self) -> i64 {
        if self.kind == TenderKind::Cash { self.amount } else { 0 }
    }
}
