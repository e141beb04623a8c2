//! What was given back of what completed sales were paid with.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use domain::ids::SaleId;
use domain::tender::TenderKind;

impl LedgerTx<'_> {
    /// How much of each kind of tender of a completed sale was given back, in minor units.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn repaid(&self, sale: SaleId) -> Result<Vec<(TenderKind, i64)>, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("select kind, minor from repaid where sale = ?1 order by kind")?;
        let mut rows = statement.query([sale.bytes()])?;
        let mut repaid = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = serde_json::from_value(serde_json::Value::String(row.get(0)?))?;
            repaid.push((kind, row.get(1)?));
        }
        Ok(repaid)
    }
}
