//! Who is training. What they do goes into a log of its own; this only remembers that they do, over a restart too.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::OperatorId;
use rusqlite::params;

impl Reader {
    /// Whether an operator is training.
    ///
    /// # Errors
    /// `Disk`.
    pub fn is_training(&self, operator: OperatorId) -> Result<bool, DatabaseError> {
        let mut statement = self.ledger.prepare_cached("select 1 from training where operator = ?1")?;
        Ok(statement.exists([operator.bytes()])?)
    }
}

impl LedgerTx<'_> {
    /// Notes that an operator trains from here on.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn begin_training(&self, operator: OperatorId) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("insert or ignore into training (operator, began_at) values (?1, ?2)")?
            .execute(params![operator.bytes(), self.moment().wall.0])?;
        Ok(())
    }

    /// Notes that an operator does not train any more.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn end_training(&self, operator: OperatorId) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("delete from training where operator = ?1")?
            .execute([operator.bytes()])?;
        Ok(())
    }
}
