//! The search index of the catalogue: which words lead to which product, the one sold most often first.
//!
//! Text is folded here before SQLite sees it ([`fold`]), so that what is indexed and what is typed are folded by the same
//! function. A row's number carries its place: how often the product is sold in the high bits, its id in the low ones.

pub mod fold;
pub(crate) mod near;
pub use near::is_corrected;
pub(crate) mod sold;
pub(crate) mod typed;

use crate::error::DatabaseError;
use domain::code::Code;
use domain::product::Product;
use fold::Words;
use rusqlite::{CachedStatement, Connection, params};
use std::collections::BTreeSet;

/// The bits of a row's number that are the product's id.
const ID_BITS: u32 = 40;
/// Those bits, set.
pub(crate) const ID_MASK: i64 = (1 << ID_BITS) - 1;
/// Ranks there are; the highest are the products sold most.
const RANKS: i64 = 64;

/// The words of a product, as a row of the index takes them: those of its name, its SKU, its codes
/// and those of its packs, its brand and its category.
pub fn text(product: &Product, category: Option<&str>) -> String {
    let mut words = Words::default();
    words.add(&product.name);
    let codes = product.codes.iter().chain(product.packs.iter().map(|pack| &pack.code));
    for code in product.sku.iter().map(String::as_str).chain(codes.map(Code::as_str)) {
        words.add(code);
        words.add_whole(code);
        // A number is also typed without the zeros before it.
        words.add(code.trim_start_matches('0'));
    }
    for text in [product.brand.as_deref(), category].into_iter().flatten() {
        words.add(text);
    }
    words.into_text()
}

/// How high a product ranks that was sold in so many lines: twice for every doubling, so that it moves seldom.
pub(crate) fn rank(lines: i64) -> i64 {
    let Some(doublings) = u64::try_from(lines).unwrap_or(0).checked_ilog2() else { return 0 };
    let half = lines >= (1 << doublings) + (1 << doublings) / 2 && doublings > 0;
    (1 + 2 * i64::from(doublings) + i64::from(half)).min(RANKS - 1)
}

/// The row of a product of this rank. The smallest row is shown first.
pub(crate) fn row(product: i64, rank: i64) -> i64 {
    ((RANKS - rank) << ID_BITS) | (product & ID_MASK)
}

/// Writes rows of the index. The vocabulary is written once, in order, when all rows are ([`Rows::end`]).
pub(crate) struct Rows<'c> {
    connection: &'c Connection,
    insert: CachedStatement<'c>,
    words: BTreeSet<Box<str>>,
}

impl<'c> Rows<'c> {
    /// Writes into the index of a catalogue.
    pub fn of(connection: &'c Connection) -> Result<Self, DatabaseError> {
        let insert = connection.prepare_cached("insert into search (rowid, text) values (?1, ?2)")?;
        Ok(Self { connection, insert, words: BTreeSet::new() })
    }

    /// Writes the row of a product that has none, by its text.
    pub fn add(&mut self, product: i64, rank: i64, text: &str) -> Result<(), DatabaseError> {
        self.insert.execute(params![row(product, rank), text])?;
        for word in text.split(' ').filter(|word| is_corrected(word)) {
            if !self.words.contains(word) {
                self.words.insert(word.into());
            }
        }
        Ok(())
    }

    /// Writes the words of all rows.
    pub fn end(self) -> Result<(), DatabaseError> {
        let mut known = self.connection.prepare_cached("select 1 from search_word where word = ?1")?;
        let mut forwards = self.connection.prepare_cached("insert into search_word (word) values (?1)")?;
        let mut new = Vec::new();
        for word in self.words {
            if !known.exists([&*word])? {
                forwards.execute([&*word])?;
                new.push(word.chars().rev().collect::<String>());
            }
        }
        new.sort_unstable();
        let mut backwards =
            self.connection.prepare_cached("insert into search_word_backwards (word) values (?1)")?;
        for word in new {
            backwards.execute([word])?;
        }
        Ok(())
    }
}

/// Writes the row of a product anew, at the rank it has; without a text it has none.
pub(crate) fn save(connection: &Connection, product: i64, text: Option<&str>) -> Result<(), DatabaseError> {
    let rank = sold::rank_of(connection, product)?;
    remove(connection, product, rank)?;
    let Some(text) = text else { return Ok(()) };
    let mut rows = Rows::of(connection)?;
    rows.add(product, rank, text)?;
    rows.end()
}

/// Takes the row of a product away.
pub(crate) fn remove(connection: &Connection, product: i64, rank: i64) -> Result<(), DatabaseError> {
    connection.prepare_cached("delete from search where rowid = ?1")?.execute([row(product, rank)])?;
    Ok(())
}

/// Empties the index, its counts and its words.
pub(crate) const EMPTY: &str = "
    insert into search (search) values ('delete-all');
    delete from search_sold; delete from search_word; delete from search_word_backwards;
    update search_counted set arrival = 0;";

#[cfg(test)]
mod tests;
