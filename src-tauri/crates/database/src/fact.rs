//! Facts as they are stored, for those who carry them elsewhere or check them.

use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use rusqlite::{OptionalExtension, params};
use wire::fact::GrandTotal;
use wire::fact::header::{Hash, envelope_hash};

/// A fact as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFact {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// The bytes that are hashed and chained.
    pub envelope: Vec<u8>,
    /// The salt of its payload's hash.
    pub salt: Vec<u8>,
    /// UTF-8 JSON exactly as written.
    pub payload: Vec<u8>,
}

impl Reader {
    /// The facts that arrived after `arrival`, in order, at most `max`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn facts_after(&self, arrival: i64, max: u32) -> Result<Vec<StoredFact>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select arrival, envelope, salt, payload from fact where arrival > ?1 order by arrival limit ?2",
        )?;
        let facts = statement.query_map(params![arrival, max], |row| {
            Ok(StoredFact {
                arrival: row.get(0)?,
                envelope: row.get(1)?,
                salt: row.get(2)?,
                payload: row.get(3)?,
            })
        })?;
        Ok(facts.collect::<Result<_, _>>()?)
    }

    /// The hash of the fact at a place of a log, computed from its envelope; `None` when there is none.
    ///
    /// # Errors
    /// `Disk`.
    pub fn hash_at(&self, log: i64, seq: u64) -> Result<Option<Hash>, DatabaseError> {
        let envelope: Option<Vec<u8>> = self
            .ledger
            .prepare_cached("select envelope from fact where log = ?1 and seq = ?2")?
            .query_row(params![log, seq.cast_signed()], |row| row.get(0))
            .optional()?;
        Ok(envelope.map(|envelope| envelope_hash(&envelope)))
    }

    /// How many logs that count this file holds.
    ///
    /// # Errors
    /// `Disk`.
    pub fn lives(&self) -> Result<u64, DatabaseError> {
        let lives: i64 =
            self.ledger.query_row("select count(*) from log where training = 0", [], |row| row.get(0))?;
        Ok(lives.cast_unsigned())
    }

    /// What all completed sales come to, by currency. Reads every sale: for the rare beginning of a log.
    ///
    /// # Errors
    /// `Disk`; `Value` for a currency this version does not know.
    pub fn grand_totals(&self) -> Result<Vec<GrandTotal>, DatabaseError> {
        let mut statement = self
            .ledger
            .prepare("select currency, count(*), sum(total) from sale group by currency order by currency")?;
        let mut rows = statement.query([])?;
        let mut totals = Vec::new();
        while let Some(row) = rows.next()? {
            let code: String = row.get(0)?;
            let currency =
                Currency::parse(&code).ok_or_else(|| DatabaseError::Value(format!("the currency {code}")))?;
            let sales: i64 = row.get(1)?;
            totals.push(GrandTotal { currency, sales: sales.cast_unsigned(), total: row.get(2)? });
        }
        Ok(totals)
    }
}
