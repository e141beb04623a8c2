//! What an import asks the files: which record a row is about, which imports there were, what one brought.

use crate::Database;
use crate::change_set::{self, FOLDER, NewSet, SetFault};
use crate::error::DatabaseError;
use crate::project::Stored;
use crate::reader::Reader;
use domain::code::Code;
use domain::ids::{CustomerId, OperatorId, ProductId};
use domain::time::Timestamp;
use rusqlite::{OptionalExtension, params};
use std::sync::Arc;
use uuid::Uuid;
use wire::change_set::SetRow;
use wire::fact::{Fact, RecordImported};
use wire::record::Detached;

/// Which products of the shop a code leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeMatch {
    /// None.
    None,
    /// One that has it as it is written; the first, where several do.
    Same(ProductId),
    /// One that has it in another form: with zeros before it, or without.
    Alike,
}

/// An import that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeImport {
    /// What its fact says.
    pub fact: RecordImported,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub operator: OperatorId,
}

impl Reader {
    /// Up to which place among the facts this reader's catalogue has followed.
    ///
    /// # Errors
    /// `Disk`.
    pub fn catalog_applied(&self) -> Result<i64, DatabaseError> {
        let mut statement = self.catalog.prepare_cached("select arrival from applied")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Whether there is any product, or any customer.
    ///
    /// # Errors
    /// `Disk`.
    pub fn has_records(&self) -> Result<bool, DatabaseError> {
        let mut statement = self
            .catalog
            .prepare_cached("select exists (select 1 from product) or exists (select 1 from customer)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The product with this SKU. One that was merged into another leads there.
    ///
    /// # Errors
    /// `Disk`.
    pub fn product_with_sku(&self, sku: &str) -> Result<Option<ProductId>, DatabaseError> {
        let id: Option<[u8; 16]> = self
            .catalog
            .prepare_cached(
                "select ifnull(merged_into, product) from product where sku = ?1 order by id limit 1",
            )?
            .query_row([sku], |row| row.get(0))
            .optional()?;
        Ok(id.map(ProductId::from_bytes))
    }

    /// The product with this code; a pack's code is one of its product.
    ///
    /// # Errors
    /// `Disk`.
    pub fn product_with_code(&self, code: &Code) -> Result<CodeMatch, DatabaseError> {
        let found: Option<([u8; 16], bool)> = self
            .catalog
            .prepare_cached(
                "select ifnull(p.merged_into, p.product), code.code = ?2
                 from code join product p on p.id = code.product
                 where code.key = ?1 order by code.code = ?2 desc, p.id limit 1",
            )?
            .query_row(params![code.key(), code.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(match found {
            None => CodeMatch::None,
            Some((id, true)) => CodeMatch::Same(ProductId::from_bytes(id)),
            Some((_, false)) => CodeMatch::Alike,
        })
    }

    /// The customer with this number.
    ///
    /// # Errors
    /// `Disk`.
    pub fn customer_with_number(&self, number: &str) -> Result<Option<CustomerId>, DatabaseError> {
        let id: Option<[u8; 16]> = self
            .catalog
            .prepare_cached("select customer from customer where number = ?1 order by id limit 1")?
            .query_row([number], |row| row.get(0))
            .optional()?;
        Ok(id.map(CustomerId::from_bytes))
    }

    /// The imports that were made, the newest first, at most `max`.
    ///
    /// # Errors
    /// `Disk`, `Payload`.
    pub fn imports(&self, max: u32) -> Result<Vec<MadeImport>, DatabaseError> {
        let arrivals: Vec<i64> = self
            .ledger
            .prepare_cached(
                "select arrival from fact where kind = 'record.imported' order by arrival desc limit ?1",
            )?
            .query_map([max], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut imports = Vec::new();
        for arrival in arrivals {
            if let Some((stored, _)) = Stored::at(&self.ledger, arrival)?
                && let Fact::RecordImported(fact) = stored.fact
            {
                let header = stored.placed.header;
                imports.push(MadeImport { fact, at: header.moment.wall, operator: header.actor });
            }
        }
        Ok(imports)
    }

    /// An import that was made.
    ///
    /// # Errors
    /// `Disk`, `Payload`.
    pub fn import(&self, import: Uuid) -> Result<Option<MadeImport>, DatabaseError> {
        // Imports are few: somebody made each by hand.
        Ok(self.imports(u32::MAX)?.into_iter().find(|made| made.fact.import == import))
    }
}

impl Database {
    /// Begins a change-set; one at a time is written.
    ///
    /// # Errors
    /// `Directory`, `Full`.
    pub fn new_set(&self) -> Result<NewSet, DatabaseError> {
        NewSet::begin(Arc::clone(&self.files.disk), &self.files.dir).map_err(DatabaseError::of_disk)
    }

    /// Reads the set of an import row by row, each with the personal values that are kept for it.
    ///
    /// # Errors
    /// What `each` returns; `Value` when the set is missing, damaged or cannot be read; `Directory`.
    pub fn rows_of<E: From<DatabaseError>>(
        &self,
        fact: &RecordImported,
        each: impl FnMut(&SetRow<'_>, &[Detached]) -> Result<(), E>,
    ) -> Result<(), E> {
        let disk = self.files.disk.as_ref();
        let checked: Result<(), SetFault> = change_set::check_or_mend(disk, &self.files.dir, fact);
        checked.map_err(|fault| E::from(fault.into()))?;
        change_set::rows(disk, &self.files.dir.join(FOLDER), &fact.set, each)
    }
}
