//! The pages of tiles that a shop lays out for its sell screen: one record, changed as a whole.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use domain::pricing::{PriceAt, in_force};
use domain::product::Status;
use domain::tile::{PlacedTile, TileLayout, TileTarget};
use wire::envelope::Topic;
use wire::product::Tile;
use wire::record::Entity;
use wire::session::Nothing;
use wire::tile::{GetTilePage, LaidTile, LaidTiles, SaveTileLayout, TileLayoutView};

/// `tile.layout`
pub fn layout(ask: &Ask<'_>, _: Nothing) -> Result<TileLayoutView, Error> {
    let (version, layout) = stored(ask)?;
    Ok(TileLayoutView { version, layout })
}

/// `tile.page`
pub fn page(ask: &Ask<'_>, request: GetTilePage) -> Result<LaidTiles, Error> {
    let (_, layout) = stored(ask)?;
    let page = layout.pages.into_iter().find(|page| page.name == request.page);
    let tiles = page.map(|page| page.tiles).unwrap_or_default();
    let at = ask.price_at()?;
    Ok(LaidTiles { tiles: tiles.into_iter().map(|placed| laid(ask, at, placed)).collect::<Result<_, _>>()? })
}

fn laid(ask: &Ask<'_>, at: PriceAt, placed: PlacedTile) -> Result<LaidTile, Error> {
    let PlacedTile { target, color } = placed;
    Ok(match target {
        TileTarget::Category(id) => {
            let category = ask.reader.category(id)?.map(|(_, category)| category);
            let offered = category.as_ref().is_some_and(|category| category.status == Status::Active);
            let name = category.map(|category| category.name).unwrap_or_default();
            LaidTile { target, color, name, tile: None, offered }
        }
        TileTarget::Product(id) => {
            let product = ask.reader.product_record(id)?.map(|(_, product)| product);
            let offered = product.as_ref().is_some_and(|product| product.status == Status::Active);
            let tile = product.map(|product| Tile {
                product: id,
                price: in_force(&product.prices, at).map(|price| price.price),
                name: product.name,
                unit: product.unit,
                picture: product.picture,
            });
            let name = tile.as_ref().map(|tile| tile.name.clone()).unwrap_or_default();
            LaidTile { target, color, name, tile, offered }
        }
    })
}

/// `tile.save_layout`
pub fn save_layout(act: &Act<'_>, request: SaveTileLayout) -> Result<Saved<TileLayoutView>, Error> {
    request.layout.check()?;
    let (store, operator) = (act.terminal.store.0, act.operator);
    act.commit(move |tx| {
        let base = tx.record(Entity::Tiles, store)?.map(|_| &request.base);
        change(tx, operator, Entity::Tiles, store, wanted(base, &request.layout))?;
        Ok(Saved::new(store))
    })
}

/// The pages and their version; none until somebody laid some out.
fn stored(ask: &Ask<'_>) -> Result<(u64, TileLayout), Error> {
    Ok(ask.reader.record_as(Entity::Tiles, ask.terminal.store.0)?.unwrap_or_default())
}

impl Effect for Saved<TileLayoutView> {
    type Answer = TileLayoutView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Tiles)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<TileLayoutView, Error> {
        layout(ask, Nothing {})
    }
}
