//! Products, categories, tax categories and price lists.

mod list;

pub use list::*;

use domain::ids::{CategoryId, PriceListId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::product::{Category, PriceList, Product, Status, VariantOption};
use domain::quantity::Unit;
use domain::tax::TaxCategory;

shapes! {
    /// All tax categories.
    pub struct TaxCategoryList {
        /// By name.
        pub tax_categories: Vec<TaxCategoryView>,
    }

    /// A tax category.
    pub struct TaxCategoryView {
        /// Which.
        pub id: TaxCategoryId,
        /// The version to change from.
        pub version: u64,
        /// Its name and rates.
        pub tax_category: TaxCategory,
    }

    /// Adds or changes a tax category.
    pub struct SaveTaxCategory {
        /// Which to change; `None` adds one.
        #[serde(default)]
        pub id: Option<TaxCategoryId>,
        /// What the screen showed; `None` for a new one.
        #[serde(default)]
        pub base: Option<TaxCategory>,
        /// As it should be.
        pub tax_category: TaxCategory,
    }

    /// All price lists.
    pub struct PriceListList {
        /// By name.
        pub price_lists: Vec<PriceListView>,
    }

    /// A price list.
    pub struct PriceListView {
        /// Which.
        pub id: PriceListId,
        /// The version to change from.
        pub version: u64,
        /// Its name.
        pub price_list: PriceList,
    }

    /// Adds or changes a price list.
    pub struct SavePriceList {
        /// Which to change; `None` adds one.
        #[serde(default)]
        pub id: Option<PriceListId>,
        /// What the screen showed; `None` for a new one.
        #[serde(default)]
        pub base: Option<PriceList>,
        /// As it should be.
        pub price_list: PriceList,
    }

    /// Asks for categories.
    #[derive(Copy)]
    pub struct ListCategories {
        /// Those that are offered, or the archived ones.
        #[serde(default)]
        pub status: Status,
    }

    /// Categories.
    pub struct CategoryList {
        /// By their place.
        pub categories: Vec<CategoryView>,
    }

    /// A category.
    pub struct CategoryView {
        /// Which.
        pub id: CategoryId,
        /// The version to change from.
        pub version: u64,
        /// Its name and place.
        pub category: Category,
    }

    /// Adds or changes a category.
    pub struct SaveCategory {
        /// Which to change; `None` adds one.
        #[serde(default)]
        pub id: Option<CategoryId>,
        /// What the screen showed; `None` for a new one.
        #[serde(default)]
        pub base: Option<Category>,
        /// As it should be.
        pub category: Category,
    }

    /// Asks for a page of tiles.
    pub struct ListTiles {
        /// Of which category; `None` is every product, by name.
        #[serde(default)]
        pub category: Option<CategoryId>,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// Searches products.
    pub struct FindProducts {
        /// What was typed.
        pub text: String,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A page of products.
    pub struct TilePage {
        /// At most sixty.
        pub tiles: Vec<Tile>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<String>,
    }

    /// A product as a tile or a row of results.
    pub struct Tile {
        /// What to ring up.
        pub product: ProductId,
        /// Its name.
        pub name: String,
        /// Its price today; `None` when it has none.
        pub price: Option<Price>,
        /// What the price is for.
        pub unit: Unit,
        /// The content hash of its picture.
        pub picture: Option<String>,
    }

    /// Asks for one product.
    pub struct GetProduct {
        /// Which.
        pub id: ProductId,
    }

    /// A product as it can be edited.
    pub struct ProductView {
        /// Which.
        pub id: ProductId,
        /// The version to change from.
        pub version: u64,
        /// The product.
        pub product: Product,
        /// How much of it is there, in thousandths of its unit; below zero when more was sold than is known of. `None`
        /// while nothing was counted or sold.
        pub on_hand: Option<i64>,
        /// What its category is called.
        pub category_name: Option<String>,
        /// What the product it is a variant of is called.
        pub variant_of_name: Option<String>,
        /// What its deposit is called.
        pub deposit_name: Option<String>,
        /// What the product it was merged into is called.
        pub merged_into_name: Option<String>,
        /// Its variants that are sold, by name: at most a hundred.
        pub variants: Vec<VariantRow>,
    }

    /// A variant of a product.
    pub struct VariantRow {
        /// As a tile.
        pub tile: Tile,
        /// What tells it from the others.
        pub options: Vec<VariantOption>,
        /// How much of it is there, in thousandths; `None` while nothing was counted or sold.
        pub on_hand: Option<i64>,
    }

    /// Adds or changes a product.
    pub struct SaveProduct {
        /// Which to change; `None` adds one.
        #[serde(default)]
        pub id: Option<ProductId>,
        /// What the screen showed; `None` for a new one.
        #[serde(default)]
        pub base: Option<Product>,
        /// As it should be.
        pub product: Product,
    }
}
