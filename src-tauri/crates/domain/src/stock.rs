//! Stock is derived from facts: what a sale line moves, and nothing else is stored twice.

use crate::ids::ProductId;
use crate::sale::line::{Direction, Line};

/// A change of the quantity on hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockMovement {
    /// What moved.
    pub product: ProductId,
    /// Thousandths of the product's unit, negative when it left the shop.
    pub thousandths: i64,
}

/// What a line of a completed sale moves. Open items and voided lines move nothing; negative stock is allowed, because
/// the goods are on the counter whatever the books say.
pub fn movement(line: &Line) -> Option<StockMovement> {
    if line.voided {
        return None;
    }
    let thousandths = line.quantity.as_thousandths();
    line.product.map(|product| StockMovement {
        product,
        thousandths: match line.direction {
            Direction::Sale => thousandths.saturating_neg(),
            Direction::Return => thousandths,
        },
    })
}
