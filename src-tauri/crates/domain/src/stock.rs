//! Stock is derived from facts: what a sale line moves, and nothing else is stored twice.

use crate::ids::ProductId;
use crate::quantity::Quantity;
use crate::sale::line::Direction;
use serde::{Deserialize, Serialize};

/// Why stock was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CountReason {
    /// What is there when the books begin.
    Opening,
    /// Everything is counted.
    #[default]
    Stocktake,
    /// The books were found to be wrong.
    Correction,
    /// Something broke or went off.
    Damage,
    /// Something is missing.
    Loss,
}

/// How much more there is than there should be; below zero when something is missing.
pub fn difference(counted: Quantity, expected: i64) -> i64 {
    counted.as_thousandths().saturating_sub(expected)
}

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
