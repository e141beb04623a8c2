//! Corrections of what completed sales were paid with, found again by their sale.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::project::Stored;
use crate::reader::Reader;
use domain::ids::{OperatorId, SaleId};
use domain::time::Timestamp;
use rusqlite::Connection;
use wire::fact::{Fact, PaymentCorrected};

/// A correction, with when it was made and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What it says.
    pub fact: PaymentCorrected,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub operator: OperatorId,
}

fn corrections(connection: &Connection, sale: SaleId) -> Result<Vec<Correction>, DatabaseError> {
    let mut statement = connection
        .prepare_cached("select arrival from payment_correction where sale = ?1 order by arrival")?;
    let places = statement.query_map([sale.bytes()], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    let mut corrections = Vec::new();
    for arrival in places {
        let Some((stored, _)) = Stored::at(connection, arrival)? else { continue };
        let (at, operator) = (stored.placed.header.moment.wall, stored.placed.header.actor);
        if let Fact::PaymentCorrected(fact) = stored.fact {
            corrections.push(Correction { fact, at, operator });
        }
    }
    Ok(corrections)
}

impl Reader {
    /// The corrections of a completed sale's tenders, the first first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn payment_corrections(&self, sale: SaleId) -> Result<Vec<Correction>, DatabaseError> {
        corrections(&self.ledger, sale)
    }
}

impl LedgerTx<'_> {
    /// The corrections of a completed sale's tenders, the first first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn payment_corrections(&self, sale: SaleId) -> Result<Vec<Correction>, DatabaseError> {
        corrections(self.connection, sale)
    }
}
