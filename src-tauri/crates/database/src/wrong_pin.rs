//! Wrong PINs in a row, kept over restarts.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::OperatorId;
use domain::time::Timestamp;
use rusqlite::params;

/// How often in a row an operator's PIN was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPins {
    /// Whose.
    pub operator: OperatorId,
    /// How often.
    pub wrong: u32,
    /// When it was wrong last.
    pub at: Timestamp,
}

impl Reader {
    /// Everybody whose last PIN was wrong.
    ///
    /// # Errors
    /// `Disk`.
    pub fn wrong_pins(&self) -> Result<Vec<WrongPins>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached("select operator, wrong, at from wrong_pin")?;
        let rows = statement.query_map([], |row| {
            Ok(WrongPins {
                operator: OperatorId::from_bytes(row.get(0)?),
                wrong: row.get(1)?,
                at: Timestamp(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl LedgerTx<'_> {
    /// Keeps how often in a row a PIN was wrong.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn keep_wrong_pins(&self, wrong: &WrongPins) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("insert or replace into wrong_pin (operator, wrong, at) values (?1, ?2, ?3)")?
            .execute(params![wrong.operator.bytes(), wrong.wrong, wrong.at.0])?;
        Ok(())
    }

    /// Forgets them: the PIN was right.
    ///
    /// # Errors
    /// `Disk`.
    pub fn forget_wrong_pins(&self, operator: OperatorId) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("delete from wrong_pin where operator = ?1")?
            .execute([operator.bytes()])?;
        Ok(())
    }
}
