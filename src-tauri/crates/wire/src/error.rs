//! How a failure travels.

use domain::error::{Class, Code};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a client is told when a call fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ErrorBody {
    /// The stable code; screens have a text and a next step for each.
    pub code: Code,
    /// Refusal, fault or bug.
    pub class: Class,
    /// English, for logs and for clients without texts of their own.
    pub message: String,
    /// The typed fields of the error, by name.
    #[cfg_attr(feature = "contract", ts(type = "Record<string, unknown>"))]
    pub details: Value,
    /// A number the cashier can read out; the same in the log.
    pub reference: String,
}

impl std::fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.code.text(), self.message, self.reference)
    }
}

impl std::error::Error for ErrorBody {}
