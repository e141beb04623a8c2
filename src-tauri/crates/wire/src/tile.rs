//! The pages of tiles that a shop lays out for its sell screen.

use crate::product::Tile;
use domain::tile::{TileColor, TileLayout, TileTarget};

shapes! {
    /// The pages as they can be edited.
    pub struct TileLayoutView {
        /// The version to change from.
        pub version: u64,
        /// The pages.
        pub layout: TileLayout,
    }

    /// Changes the pages.
    pub struct SaveTileLayout {
        /// What the screen showed.
        pub base: TileLayout,
        /// As they should be.
        pub layout: TileLayout,
    }

    /// Asks for the tiles of a page.
    pub struct GetTilePage {
        /// What it is called.
        pub page: String,
    }

    /// The tiles of a page, all of them, in their order.
    pub struct LaidTiles {
        /// The tiles; none when there is no such page.
        pub tiles: Vec<LaidTile>,
    }

    /// A tile of a page.
    pub struct LaidTile {
        /// What it is for.
        pub target: TileTarget,
        /// Its colour.
        pub color: Option<TileColor>,
        /// What the product or category is called; empty when there is none any more.
        pub name: String,
        /// The product as a tile; `None` of a category.
        pub tile: Option<Tile>,
        /// Whether it can be sold: what is archived stays in its place, and the sell screen leaves it out.
        pub offered: bool,
    }
}
