//! A tender on a sale that is still open: taken, or waiting for what the card reader says.

use super::{TenderDirection, TenderKind};
use crate::ids::PaymentId;
use serde::{Deserialize, Serialize};

/// A tender on a sale that is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTender {
    /// What tells it from others of the sale.
    pub number: u32,
    /// The kind.
    pub kind: TenderKind,
    /// Which way it goes.
    pub direction: TenderDirection,
    /// What was handed over, in minor units of the sale's currency.
    pub amount: i64,
    /// What of it is a tip, in minor units.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub tip: i64,
    /// The voucher's number, or what the card reader gave as a proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The payment behind it, once that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// The payment whose answer is not known yet: until then nobody knows whether this is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
}

/// Whether an amount is nothing: then it is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this form")]
const fn is_nothing(minor: &i64) -> bool {
    *minor == 0
}

/// A payment whose answer is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Which.
    pub payment: PaymentId,
    /// What is known of it.
    pub state: PaymentState,
    /// Whether it gives a tender back that was approved before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub returns: bool,
}

/// What is known of a payment that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PaymentState {
    /// It is at the card reader.
    Begun,
    /// Somebody looked and could not tell: the card reader's own list or its bank knows.
    Unknown,
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PaymentResult {
    /// The money moves.
    Approved,
    /// It does not.
    Declined,
    /// Nobody can tell yet; it is asked again.
    Unknown,
}
