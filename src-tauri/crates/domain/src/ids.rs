//! Typed identities. Every id is a UUIDv7 made outside the domain; the types keep a sale from being taken for a product.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident),+ $(,)?) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
        #[cfg_attr(feature = "contract", ts(type = "string"))]
        pub struct $name(pub Uuid);

        impl $name {
            /// The sixteen bytes, as stored.
            pub const fn bytes(&self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// The id with these bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// The business that owns the stores.
    OrganisationId,
    /// A shop.
    StoreId,
    /// One selling station with its own ledger.
    TerminalId,
    /// One life of a terminal's log; a restored or cloned terminal gets a new one.
    IncarnationId,
    /// A sale, from its first line on.
    SaleId,
    /// Something that can be sold.
    ProductId,
    /// A reporting group of products.
    CategoryId,
    /// A group of products that are taxed alike.
    TaxCategoryId,
    /// Prices for certain customers or times.
    PriceListId,
    /// Somebody a sale is for.
    CustomerId,
    /// A person who can sign on.
    OperatorId,
    /// A named set of permissions.
    RoleId,
    /// The talk with a card reader behind a tender.
    PaymentId,
    /// One period of a drawer, from its float to its count.
    ShiftId,
    /// One call of a client; the second call with the same id gets the first answer.
    RequestId,
}

impl OperatorId {
    /// The actor of facts the terminal makes by itself.
    pub const TERMINAL: Self = Self(Uuid::nil());
}
