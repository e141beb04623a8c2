//! What the last acts on an open sale changed, as it was before, so that they can be taken back.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use domain::ids::SaleId;
use domain::sale::OpenSale;
use domain::sale::undo::{Done, Kept, SaleAct};
use rusqlite::{OptionalExtension, params};

impl LedgerTx<'_> {
    /// Keeps what an act changed. The first of too many acts is forgotten for it.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn keep_act(&self, sale: &mut OpenSale, act: SaleAct, kept: &Kept) -> Result<(), DatabaseError> {
        // Every act has a revision of its own.
        let key = sale.revision;
        self.connection
            .prepare_cached("insert into open_act (sale, key, kept) values (?1, ?2, ?3)")?
            .execute(params![sale.id.bytes(), key.cast_signed(), serde_json::to_string(kept)?])?;
        self.note_act(sale, Done { act, key })
    }

    /// Notes an act that keeps nothing. The first of too many is forgotten for it.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn note_act(&self, sale: &mut OpenSale, done: Done) -> Result<(), DatabaseError> {
        match sale.acts.add(done) {
            Some(first) if first.act.is_kept() => self.forget_act(sale.id, first.key),
            Some(_) | None => Ok(()),
        }
    }

    /// What an act changed, which is not kept any more then.
    ///
    /// # Errors
    /// `Disk`, `Full`, `Value`.
    pub fn take_act(&self, sale: SaleId, key: u64) -> Result<Option<Kept>, DatabaseError> {
        let kept: Option<String> = self
            .connection
            .prepare_cached("select kept from open_act where sale = ?1 and key = ?2")?
            .query_row(params![sale.bytes(), key.cast_signed()], |row| row.get(0))
            .optional()?;
        self.forget_act(sale, key)?;
        Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
    }

    fn forget_act(&self, sale: SaleId, key: u64) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("delete from open_act where sale = ?1 and key = ?2")?
            .execute(params![sale.bytes(), key.cast_signed()])?;
        Ok(())
    }
}
