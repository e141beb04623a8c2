//! How a call travels: the same envelope through every door.

use domain::ids::{OperatorId, RequestId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Made by the client, a UUID; the second call with the same id is answered with the first result. Queries need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// `noun.verb` of the list.
    pub operation: String,
    /// The request of the operation.
    #[serde(default = "nothing")]
    pub payload: Box<RawValue>,
    /// Another operator's consent to this one act; not part of what makes two calls the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// The screen the call was made on, as the client names it; kept with what happened. Not part of what makes two
    /// calls the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
}

/// Another operator's consent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Approval {
    /// By their PIN.
    Pin {
        /// Who consents.
        operator: OperatorId,
        /// Their PIN.
        pin: String,
    },
    /// By their badge, which tells who they are.
    Badge {
        /// What a scanner or reader read off it.
        badge: String,
    },
}

impl std::fmt::Debug for Approval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pin { operator, .. } => write!(f, "Approval {{ operator: {operator} }}"),
            Self::Badge { .. } => write!(f, "Approval {{ badge }}"),
        }
    }
}

fn nothing() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).expect("an empty object is JSON")
}

shapes! {
    /// A request without fields.
    #[derive(Copy, Default)]
    pub struct Nothing {}
}

/// What a push to the screens says: what changed. They read again what they show; a missed push does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Topic {
    /// The open sale of a sign-on, its last refused code, or its last completed sale.
    Sale,
    /// Who is signed on.
    Session,
    /// The shop's settings.
    Shop,
    /// Operators and roles.
    People,
    /// Products, categories, price lists or tax rates.
    Products,
    /// Customers.
    Customers,
    /// Devices and the print queue.
    Devices,
    /// How the till itself is.
    Health,
    /// Letters and how they leave the till.
    Mail,
}

shapes! {
    /// A push to the screens.
    pub struct Changed {
        /// What to read again.
        pub topics: Vec<Topic>,
    }
}
