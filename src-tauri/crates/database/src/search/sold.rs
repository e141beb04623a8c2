//! What is sold most stands first: lines sold are counted behind the sale, and a product whose rank rises moves.

use super::{Rows, rank, remove};
use crate::error::DatabaseError;
use crate::product::search_text;
use crate::project::Batch;
use domain::sale::line::Direction;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use wire::fact::Fact;

/// The rank of a product, as far as its sales have been counted.
pub(crate) fn rank_of(connection: &Connection, product: i64) -> Result<i64, DatabaseError> {
    let lines = connection
        .prepare_cached("select lines from search_sold where product = ?1")?
        .query_row([product], |row| row.get(0))
        .optional()?;
    Ok(rank(lines.unwrap_or(0)))
}

/// Counts the lines of the next sales, at most `sales_max`, and moves the products whose rank rose. Returns whether more
/// sales wait.
pub(crate) fn count(
    ledger: &Connection,
    connection: &mut Connection,
    sales_max: u32,
) -> Result<bool, DatabaseError> {
    let from: i64 =
        connection.prepare_cached("select arrival from search_counted")?.query_row([], |row| row.get(0))?;
    let batch = Batch::sales_after(ledger, from, sales_max)?;
    let Some(arrival) = batch.last else { return Ok(false) };
    let mut sold: BTreeMap<[u8; 16], i64> = BTreeMap::new();
    for (stored, _) in batch.facts.iter().filter(|(stored, _)| !stored.placed.is_training()) {
        let Fact::SaleCompleted(sale) = &stored.fact else { continue };
        let lines = sale.lines.iter().filter(|line| line.direction == Direction::Sale);
        for product in lines.filter_map(|line| line.product) {
            *sold.entry(product.bytes()).or_default() += 1;
        }
    }
    let tx = connection.transaction()?;
    let mut moved = Vec::new();
    for (product, lines) in sold {
        let id: Option<i64> = tx
            .prepare_cached("select id from product where product = ?1")?
            .query_row([product], |row| row.get(0))
            .optional()?;
        let Some(id) = id else { continue };
        let after: i64 = tx
            .prepare_cached(
                "insert into search_sold (product, lines) values (?1, ?2)
                 on conflict (product) do update set lines = lines + excluded.lines
                 returning lines",
            )?
            .query_row(params![id, lines], |row| row.get(0))?;
        let (before, after) = (rank(after - lines), rank(after));
        if before != after {
            moved.push((after, id, before));
        }
    }
    // The index is written fastest in the order of its rows.
    moved.sort_unstable_by(|(one_rank, one, _), (rank, id, _)| (rank, one).cmp(&(one_rank, id)));
    let mut rows = Rows::of(&tx)?;
    for (rank, id, before) in moved {
        remove(&tx, id, before)?;
        if let Some(text) = search_text(&tx, id)? {
            rows.add(id, rank, &text)?;
        }
    }
    rows.end()?;
    tx.prepare_cached("update search_counted set arrival = ?1")?.execute([arrival])?;
    tx.commit()?;
    Ok(batch.read == sales_max)
}
