//! Products that run low: those of which there is no more than their mark.

use super::{parse_after, tile};
use crate::ask::Ask;
use crate::error::Error;
use wire::stock::{ListLowStock, LowStockPage, LowStockRow};

/// Products of a page at most.
const PAGE: usize = 60;
/// Products that are looked at together.
const BATCH: u32 = 200;
/// Products one answer looks at: where few run low it is answered in steps, each of them short.
const LOOK_MAX: u32 = 10_000;

/// `product.low_stock`
pub fn low_stock(ask: &Ask<'_>, request: ListLowStock) -> Result<LowStockPage, Error> {
    let mut after = request.after.as_deref().map(parse_after).transpose()?;
    let at = ask.price_at()?;
    let mut rows = Vec::new();
    let mut looked_at = 0;
    while looked_at < LOOK_MAX {
        let (watched, next) = ask.reader.products_watched(after.as_ref(), at, BATCH)?;
        looked_at = looked_at.saturating_add(BATCH);
        let count = watched.len();
        for (index, (product, low_stock)) in watched.into_iter().enumerate() {
            let on_hand = ask.reader.on_hand(product.product)?;
            if on_hand > low_stock.as_thousandths() {
                continue;
            }
            let place = (product.name.clone(), product.product);
            rows.push(LowStockRow { tile: tile(product), on_hand, low_stock });
            if rows.len() == PAGE && (index + 1 < count || next.is_some()) {
                let row = ask.reader.product_row(place.1)?.unwrap_or(i64::MAX);
                return Ok(LowStockPage { rows, next: Some(format!("{row}:{}", place.0)) });
            }
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    Ok(LowStockPage { rows, next: after.map(|after| format!("{}:{}", after.row, after.name)) })
}
