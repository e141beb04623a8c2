//! The pages of tiles that a shop lays out for its sell screen: favourites in an order and colours of its own. A shop that
//! lays out none is shown its categories.

use crate::ids::{CategoryId, ProductId};
use crate::product::ProductError;
use serde::{Deserialize, Serialize};

/// Pages at most.
pub const PAGES_MAX: usize = 24;
/// Tiles of a page at most.
pub const TILES_MAX: usize = 120;
/// Characters of a page's name at most.
pub const PAGE_NAME_MAX: usize = 40;

/// The colours a tile may have. A screen knows a light and a dark one of each that words can be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TileColor {
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
    /// Grey.
    Grey,
}

/// What a tile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TileTarget {
    /// It rings up a product.
    Product(ProductId),
    /// It shows the products of a category.
    Category(CategoryId),
}

/// A tile in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PlacedTile {
    /// What it is for.
    pub target: TileTarget,
    /// Its colour; `None` is that of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub color: Option<TileColor>,
}

/// A page of tiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct LaidPage {
    /// What it is called; no other page is called so.
    pub name: String,
    /// Its tiles, in their order.
    pub tiles: Vec<PlacedTile>,
}

/// All pages, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TileLayout {
    /// The pages; none leaves the sell screen to the categories.
    pub pages: Vec<LaidPage>,
}

impl TileLayout {
    /// Checks what pages must be, as far as they alone can say.
    ///
    /// # Errors
    /// `NameInvalid`; `TilesInvalid` for too many pages or tiles, a name that stands twice, or a tile that stands twice on
    /// a page.
    pub fn check(&self) -> Result<(), ProductError> {
        let invalid = ProductError::TilesInvalid { pages: PAGES_MAX, tiles: TILES_MAX };
        if self.pages.len() > PAGES_MAX {
            return Err(invalid);
        }
        for (index, page) in self.pages.iter().enumerate() {
            let length = page.name.chars().count();
            if page.name.trim() != page.name || !(1..=PAGE_NAME_MAX).contains(&length) {
                return Err(ProductError::NameInvalid { max: PAGE_NAME_MAX });
            }
            let is_named_twice = self.pages.iter().take(index).any(|other| other.name == page.name);
            let has_twice =
                page.tiles.iter().enumerate().any(|(place, tile)| {
                    page.tiles.iter().take(place).any(|other| other.target == tile.target)
                });
            if is_named_twice || has_twice || page.tiles.len() > TILES_MAX {
                return Err(invalid);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn page(name: &str, products: &[u128]) -> LaidPage {
        let tile = |id: &u128| PlacedTile {
            target: TileTarget::Product(ProductId(Uuid::from_u128(*id))),
            color: None,
        };
        LaidPage { name: name.into(), tiles: products.iter().map(tile).collect() }
    }

    #[test]
    fn pages_have_names_of_their_own_and_a_tile_stands_once_on_each() {
        let check = |pages: Vec<LaidPage>| TileLayout { pages }.check();
        assert_eq!(check(Vec::new()), Ok(()));
        assert_eq!(check(vec![page("Hot", &[1, 2]), page("Cold", &[1])]), Ok(()));
        let invalid = |pages| matches!(check(pages), Err(ProductError::TilesInvalid { .. }));
        assert!(invalid(vec![page("Hot", &[1]), page("Hot", &[2])]), "two pages of one name");
        assert!(invalid(vec![page("Hot", &[1, 2, 1])]), "one tile twice");
        assert!(invalid((0..=PAGES_MAX).map(|n| page(&n.to_string(), &[])).collect()), "too many pages");
        assert!(invalid(vec![page("Hot", &(0..=TILES_MAX as u128).collect::<Vec<_>>())]), "too many tiles");
        for name in ["", " ", " Hot", &"x".repeat(PAGE_NAME_MAX + 1)] {
            assert_eq!(check(vec![page(name, &[])]), Err(ProductError::NameInvalid { max: PAGE_NAME_MAX }));
        }
    }

    #[test]
    fn a_tile_is_written_as_what_it_is_for() {
        let text = serde_json::to_string(&page("Hot", &[7])).unwrap();
        assert_eq!(
            text,
            r#"{"name":"Hot","tiles":[{"target":{"product":"00000000-0000-0000-0000-000000000007"}}]}"#
        );
    }
}
