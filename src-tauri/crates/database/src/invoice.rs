//! Invoices of completed sales, found again by their sale or by their number.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::project::Stored;
use crate::reader::Reader;
use domain::ids::{OperatorId, SaleId};
use domain::invoice::issue::Buyer;
use domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use wire::fact::{Fact, InvoiceIssued};

/// The series of invoices and credit notes.
pub const INVOICE: &str = "invoice";

/// An invoice as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInvoice {
    /// What it says.
    pub fact: InvoiceIssued,
    /// Whom it is for, as far as that was not erased.
    pub buyer: Buyer,
    /// When it was written.
    pub at: Timestamp,
    /// Minutes east of UTC at that moment.
    pub zone_min: i16,
    /// Who wrote it.
    pub operator: OperatorId,
    /// How often it was given out.
    pub given: u32,
}

fn load(connection: &Connection, sale: SaleId) -> Result<Option<StoredInvoice>, DatabaseError> {
    let row: Option<(i64, u32)> = connection
        .prepare_cached("select arrival, given from invoice where sale = ?1")?
        .query_row([sale.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((arrival, given)) = row else { return Ok(None) };
    let found = Stored::at(connection, arrival)?.map(|(stored, _)| stored);
    let Some(Stored { placed, fact: Fact::InvoiceIssued(fact), .. }) = found else {
        return Err(DatabaseError::Value(format!("the invoice of sale {sale} does not lead to its fact")));
    };
    Ok(Some(StoredInvoice {
        fact: *fact,
        buyer: buyer(connection, arrival)?,
        at: placed.header.moment.wall,
        zone_min: placed.header.moment.zone_min,
        operator: placed.header.actor,
        given,
    }))
}

/// The words beside an invoice's fact.
fn buyer(connection: &Connection, arrival: i64) -> Result<Buyer, DatabaseError> {
    let mut statement = connection
        .prepare_cached("select field, value from detached where arrival = ?1 and value is not null")?;
    let mut rows = statement.query([arrival])?;
    let mut buyer = Buyer::default();
    while let Some(row) = rows.next()? {
        let text = serde_json::from_slice(&row.get::<_, Vec<u8>>(1)?)?;
        match row.get::<_, String>(0)?.as_str() {
            InvoiceIssued::NAME => buyer.name = text,
            InvoiceIssued::ADDRESS => buyer.address = text,
            InvoiceIssued::TAX_NUMBER => buyer.tax_number = text,
            other => return Err(DatabaseError::Value(format!("no buyer has a {other}"))),
        }
    }
    Ok(buyer)
}

impl Reader {
    /// The invoice of a completed sale; `None` while there is none.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn invoice(&self, sale: SaleId) -> Result<Option<StoredInvoice>, DatabaseError> {
        load(&self.ledger, sale)
    }
}

impl Reader {
    /// The sale whose invoice has this number as printed.
    ///
    /// # Errors
    /// `Disk`.
    pub fn sale_of_invoice(&self, number: &str) -> Result<Option<SaleId>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached("select sale from invoice where number = ?1")?;
        Ok(statement.query_row([number], |row| row.get(0)).optional()?.map(SaleId::from_bytes))
    }
}

impl LedgerTx<'_> {
    /// The invoice of a completed sale; `None` while there is none.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn invoice(&self, sale: SaleId) -> Result<Option<StoredInvoice>, DatabaseError> {
        load(self.connection, sale)
    }
}
