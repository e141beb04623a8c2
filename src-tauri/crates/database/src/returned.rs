//! How much of completed sales came back: never more than was sold.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::SaleId;
use domain::quantity::Quantity;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// How much of each line of a sale came back, by the line's number; lines of which nothing did are not in it.
pub type Returned = BTreeMap<u32, Quantity>;

fn returned(connection: &Connection, sale: SaleId) -> Result<Returned, DatabaseError> {
    let mut statement =
        connection.prepare_cached("select line, thousandths from returned where sale = ?1 order by line")?;
    let mut rows = statement.query([sale.bytes()])?;
    let mut returned = Returned::new();
    while let Some(row) = rows.next()? {
        let quantity = Quantity::thousandths(row.get(1)?)
            .map_err(|_| DatabaseError::Value(format!("what came back of sale {sale} is no quantity")))?;
        returned.insert(row.get(0)?, quantity);
    }
    Ok(returned)
}

impl Reader {
    /// How much of a completed sale came back.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn returned(&self, sale: SaleId) -> Result<Returned, DatabaseError> {
        returned(&self.ledger, sale)
    }

    /// The completed sale with a receipt number as printed.
    ///
    /// # Errors
    /// `Disk`.
    pub fn sale_of_receipt(&self, receipt_number: &str) -> Result<Option<SaleId>, DatabaseError> {
        let found = self
            .ledger
            .prepare_cached("select sale from sale where receipt_number = ?1")?
            .query_row([receipt_number], |row| row.get(0))
            .optional()?;
        Ok(found.map(SaleId::from_bytes))
    }

    /// What stands before the receipt numbers of this till, the newest series first.
    ///
    /// # Errors
    /// `Disk`.
    pub fn receipt_series(&self) -> Result<Vec<String>, DatabaseError> {
        let mut statement =
            self.ledger.prepare_cached("select series from log where training = 0 order by id desc")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl LedgerTx<'_> {
    /// How much of a completed sale came back.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn returned(&self, sale: SaleId) -> Result<Returned, DatabaseError> {
        returned(self.connection, sale)
    }
}
