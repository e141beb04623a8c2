//! Erasing personal values: their copies beside every fact that committed to them are emptied. The facts and their chain
//! stay as they are (invariant 16).

use crate::Database;
use crate::change_set;
use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use domain::ids::OperatorId;
use rusqlite::{Connection, params};
use uuid::Uuid;
use wire::fact::{Fact, RecordErased};
use wire::record::Entity;

impl LedgerTx<'_> {
    /// Erases fields of a record: in the record as it stands and beside every fact of its history; of a
    /// customer also what was noted on their sales and who they are on their invoices. What SQLite frees is
    /// overwritten. Returns how many values were emptied.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn erase(
        &mut self,
        actor: OperatorId,
        entity: Entity,
        id: Uuid,
        fields: &[&str],
    ) -> Result<usize, DatabaseError> {
        self.connection.execute_batch("pragma secure_delete = on")?;
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        let mut erased = 0;
        for field in &fields {
            erased += self
                .connection
                .prepare_cached(
                    "update detached set value = null
                     where field = ?1 and value is not null and arrival in (
                         select arrival from fact where kind = 'record.changed'
                         and json_extract(cast(payload as text), '$.entity') = ?2
                         and json_extract(cast(payload as text), '$.id') = ?3)",
                )?
                .execute(params![field, entity.code(), id.to_string()])?;
        }
        if entity == Entity::Customer {
            erased += erase_beside(self.connection, id)?;
        }
        self.append(actor, &Fact::RecordErased(RecordErased { entity, id, fields }), &[])?;
        Ok(erased)
    }
}

/// Empties what was noted on the sales to a customer, as a note is about whom it was written for, and the buyer of their
/// invoices. Returns how many values were.
pub(crate) fn erase_beside(connection: &Connection, customer: Uuid) -> Result<usize, DatabaseError> {
    // Few facts have something beside them: from those to the facts is the short way.
    let erased = connection
        .prepare_cached(
            "update detached set value = null
             where value is not null and exists (
                 select 1 from fact where fact.arrival = detached.arrival and fact.kind in ('sale.completed', 'invoice.issued')
                 and json_extract(cast(fact.payload as text), '$.customer') = ?1)",
        )?
        .execute([customer.to_string()])?;
    Ok(erased + crate::mail::forget_customer(connection, customer)?)
}

impl Database {
    /// Empties in the change-sets what was ever erased. It may be done again at any time, and has to be after a backup
    /// brought sets back. Returns how many values were emptied.
    ///
    /// # Errors
    /// `Disk`, `Directory`, `Full`; `Payload`, `Value` for an erasure or a set that cannot be read.
    pub fn erase_in_sets(&self) -> Result<u64, DatabaseError> {
        let erased = self.read(|reader| -> Result<Vec<RecordErased>, DatabaseError> {
            let mut statement = reader
                .ledger
                .prepare_cached("select payload from fact where kind = 'record.erased' order by arrival")?;
            let mut rows = statement.query([])?;
            let mut erased = Vec::new();
            while let Some(row) = rows.next()? {
                let payload: Vec<u8> = row.get(0)?;
                if let Fact::RecordErased(one) = Fact::parse("record.erased", 1, &payload)? {
                    erased.push(one);
                }
            }
            Ok(erased)
        })?;
        if erased.is_empty() {
            return Ok(0);
        }
        change_set::erase(self.files.disk.as_ref(), &self.files.dir, &erased)
    }
}
