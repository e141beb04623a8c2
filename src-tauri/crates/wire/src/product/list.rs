//! The products as whoever looks after them goes through them: filtered, in an order, page by page; and many changed at
//! once.

use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::product::Status;
use domain::quantity::{Quantity, Unit};
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};

/// The order of a list of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ProductSort {
    /// By name; small and capital letters are the same.
    #[default]
    Name,
    /// By the merchant's own number; those without one come first.
    Sku,
    /// By today's ordinary price; those without one are not in it.
    Price,
    /// By when they were changed last.
    Changed,
}

/// What a product can be without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Lacking {
    /// A price that holds today.
    Price,
    /// A code to be scanned by.
    Code,
    /// A category.
    Category,
}

shapes! {
    /// Asks for a page of the list of products.
    pub struct ListProducts {
        /// Words, a number or a code to be found by; empty is all. What is found comes in the order of the search.
        #[serde(default)]
        pub text: String,
        /// Which of them.
        #[serde(default)]
        pub filter: ProductFilter,
        /// In which order.
        #[serde(default)]
        pub sort: ProductSort,
        /// The last of the order first.
        #[serde(default)]
        pub descending: bool,
        /// The `before` or `after` of a page; `None` is the first page, or backward the last.
        #[serde(default)]
        pub from: Option<String>,
        /// The page before `from`, not the one after it.
        #[serde(default)]
        pub backward: bool,
    }

    /// Which products of a list.
    #[derive(Default)]
    pub struct ProductFilter {
        /// Sold, or archived.
        #[serde(default)]
        pub status: Status,
        /// Of one category.
        #[serde(default)]
        pub category: Option<CategoryId>,
        /// Taxed in one way.
        #[serde(default)]
        pub tax_category: Option<TaxCategoryId>,
        /// Without this.
        #[serde(default)]
        pub lacking: Option<Lacking>,
        /// Only those of which there is no more than their low-stock mark; they come by name.
        #[serde(default)]
        pub low: bool,
    }

    /// A page of products.
    pub struct ProductList {
        /// At most sixty, in the order asked for. There may be fewer although others follow: one answer looks at a
        /// limited number of products.
        pub rows: Vec<ProductRow>,
        /// Asks backward for the page before; `None` at the beginning.
        pub before: Option<String>,
        /// Asks for the page after; `None` at the end.
        pub after: Option<String>,
        /// How many there are; told with the first page of a list that is not filtered.
        pub total: Option<ProductTotal>,
    }

    /// How many there are.
    pub struct ProductTotal {
        /// So many.
        pub count: u32,
        /// And more: they were not counted to the end.
        pub more: bool,
    }

    /// A product in a list.
    pub struct ProductRow {
        /// Which.
        pub product: ProductId,
        /// What it is called.
        pub name: String,
        /// The merchant's own number.
        pub sku: Option<String>,
        /// Its ordinary price today, of no price list; `None` when it has none.
        pub price: Option<Price>,
        /// What the price is for.
        pub unit: Unit,
        /// Its reporting group.
        pub category: Option<CategoryId>,
        /// How it is taxed.
        pub tax_category: TaxCategoryId,
        /// The content hash of its picture.
        pub picture: Option<String>,
        /// Whether it is sold.
        pub status: Status,
        /// How much is there, in thousandths of its unit; below zero when more was sold than is known of. `None` while
        /// nothing was counted or sold.
        pub on_hand: Option<i64>,
        /// The quantity at which it is to be ordered.
        pub low_stock: Option<Quantity>,
        /// Whether there is no more of it than that.
        pub is_low: bool,
        /// When it was changed last; `None` when that is not known.
        pub changed: Option<Timestamp>,
    }

    /// What a change would make of prices.
    pub struct ProductsPreviewed {
        /// Products whose price would be another, the first of them.
        pub prices: Vec<PricePreview>,
        /// How it would end.
        pub outcome: ProductsChanged,
    }

    /// The price of a product before and after.
    pub struct PricePreview {
        /// Which.
        pub product: ProductId,
        /// What it is called.
        pub name: String,
        /// What the price is for.
        pub unit: Unit,
        /// The price that would hold on that day otherwise.
        pub before: Price,
        /// The price that would begin.
        pub after: Price,
    }

    /// Changes many products in the same way.
    pub struct ChangeProducts {
        /// Which; at most 500.
        pub products: Vec<ProductId>,
        /// How they change.
        pub change: ProductsChange,
    }

    /// How products change; what is left out stays.
    #[derive(Default)]
    pub struct ProductsChange {
        /// Into a category, or into none.
        #[serde(default)]
        pub category: Option<IntoCategory>,
        /// Taxed in this way.
        #[serde(default)]
        pub tax_category: Option<TaxCategoryId>,
        /// Sold, or archived.
        #[serde(default)]
        pub status: Option<Status>,
        /// Their ordinary prices, by so many parts of a million.
        #[serde(default)]
        pub price: Option<ChangePrices>,
    }

    /// Where products go.
    pub struct IntoCategory {
        /// The category; `None` takes them out of theirs.
        pub category: Option<CategoryId>,
    }

    /// Prices go up or down together.
    pub struct ChangePrices {
        /// In parts per million of today's price: 50,000 is five per cent more, -100,000 ten per cent less.
        pub by_ppm: i32,
        /// The first day of the new prices.
        pub from: BusinessDay,
    }

    /// Many products were changed.
    pub struct ProductsChanged {
        /// So many became different.
        pub changed: u32,
        /// So many had been as asked for.
        pub same: u32,
        /// So many have no price today that could go up or down; the rest of the change holds for them too.
        pub unpriced: u32,
    }
}
