//! Stock is derived from facts: what a sale line moves, and nothing else is stored twice.

use crate::ids::ProductId;
use crate::quantity::Quantity;
use crate::sale::line::Direction;

/// A change of the quantity on hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockMovement {
    /// What moved.
    pub product: ProductId,
    /// Thousandths of the product's unit, negative when it left the shop.
    pub thousandths: i64,
}

/// What a line that counts in a completed sale moves; of a pack, what is in it. Open items move nothing; negative stock is allowed, because the goods
/// are on the counter whatever the books say.
pub fn movement(
    product: Option<ProductId>,
    direction: Direction,
    quantity: Quantity,
    pack: Option<Quantity>,
) -> Option<StockMovement> {
    // A pack beyond what a quantity can hold moves the most there is: books that are wrong are counted anew.
    let moved = pack.map_or(Ok(quantity), |pack| quantity.times(pack)).unwrap_or(Quantity::MAX);
    let thousandths = moved.as_thousandths();
    product.map(|product| StockMovement {
        product,
        thousandths: match direction {
            Direction::Sale => thousandths.saturating_neg(),
            Direction::Return => thousandths,
        },
    })
}
