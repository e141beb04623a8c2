//! Completed sales, looked for.

use super::SaleRow;
use crate::report::HourRange;
use domain::ids::{CustomerId, OperatorId, ProductId};
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};

shapes! {
    /// Looks for completed sales. What is left out narrows nothing.
    #[derive(Default)]
    pub struct FindSales {
        /// What is typed or scanned: a receipt's number, an amount, or words of what to narrow to.
        #[serde(default)]
        pub text: String,
        /// The first business day.
        #[serde(default)]
        pub from: Option<BusinessDay>,
        /// The last business day.
        #[serde(default)]
        pub to: Option<BusinessDay>,
        /// Only what was completed within these hours; the first may be the later one: over midnight.
        #[serde(default)]
        pub hours: Option<HourRange>,
        /// Who completed it.
        #[serde(default)]
        pub operator: Option<OperatorId>,
        /// Whom it was for.
        #[serde(default)]
        pub customer: Option<CustomerId>,
        /// What was in it, sold or taken back.
        #[serde(default)]
        pub product: Option<ProductId>,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// Completed sales that were looked for.
    pub struct FoundSales {
        /// At most sixty: the one whose number was typed, then the newest first.
        pub sales: Vec<SaleRow>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<String>,
        /// What the text may mean that sales can be narrowed to.
        pub hints: Vec<SaleHint>,
    }
}

/// Something that sales can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum SaleHint {
    /// Sales a product was in.
    Product {
        /// Which.
        id: ProductId,
        /// What it is called.
        name: String,
    },
    /// Sales for a customer.
    Customer {
        /// Who.
        id: CustomerId,
        /// What they are called.
        name: String,
    },
    /// Sales somebody completed.
    Operator {
        /// Who.
        id: OperatorId,
        /// What they are called.
        name: String,
    },
}
