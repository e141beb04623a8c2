//! What the shop should have of its products.

use crate::product::Tile;
use domain::ids::ProductId;
use domain::quantity::{Quantity, Unit};
use domain::stock::CountReason;

shapes! {
    /// Says how much of a product was found on the shelf.
    #[derive(Copy)]
    pub struct CountStock {
        /// Of which product.
        pub product: ProductId,
        /// How much there is.
        pub counted: Quantity,
        /// Why it was counted.
        pub reason: CountReason,
    }

    /// What was found.
    pub struct StockCount {
        /// Of which product.
        pub product: ProductId,
        /// What it is called.
        pub name: String,
        /// What its quantity counts.
        pub unit: Unit,
        /// How much should have been there, in thousandths; below zero when more was sold than is known to have come.
        pub expected: i64,
        /// How much there was, in thousandths.
        pub counted: i64,
        /// Counted less expected, in thousandths.
        pub difference: i64,
    }

    /// Says of products how much was found on the shelf.
    pub struct CountManyStock {
        /// Each product once; at most 500.
        pub counts: Vec<CountedProduct>,
        /// Why they were counted.
        pub reason: CountReason,
    }

    /// How much of a product was found.
    #[derive(Copy)]
    pub struct CountedProduct {
        /// Of which product.
        pub product: ProductId,
        /// How much there is.
        pub counted: Quantity,
    }

    /// What was found of each product.
    pub struct StockCounts {
        /// In the order they were given.
        pub rows: Vec<StockCount>,
    }

    /// Asks for products that run low.
    pub struct ListLowStock {
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A page of products that run low.
    pub struct LowStockPage {
        /// At most sixty, by name. There may be fewer although others follow: one answer looks at a limited number of
        /// products.
        pub rows: Vec<LowStockRow>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<String>,
    }

    /// A product that runs low.
    pub struct LowStockRow {
        /// The product.
        pub tile: Tile,
        /// How much is there, in thousandths; below zero when more was sold than is known to have come.
        pub on_hand: i64,
        /// The quantity at which it is to be ordered.
        pub low_stock: Quantity,
    }

    /// Makes one product of two that are the same.
    #[derive(Copy)]
    pub struct MergeProducts {
        /// The one that stays.
        pub keep: ProductId,
        /// The one that was entered twice: archived, its codes, packs and stock go to the other.
        pub merge: ProductId,
    }
}
