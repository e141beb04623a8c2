//! Customers' accounts with the shop: what each stands at.

pub mod statement;

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::project::tender_code;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::ids::CustomerId;
use domain::tender::TenderKind;
use rusqlite::{Connection, OptionalExtension, params};

/// The gapless series of payments on accounts.
pub const ACCOUNT: &str = "account";

/// What an account stands at, in minor units: the balance of its last movement.
pub(crate) fn balance(
    connection: &Connection,
    customer: CustomerId,
    kind: TenderKind,
    currency: Currency,
) -> Result<i64, DatabaseError> {
    let balance = connection
        .prepare_cached(
            "select balance
             from account_movement
             where customer = ?1 and kind = ?2 and currency = ?3
             order by arrival desc
             limit 1",
        )?
        .query_row(params![customer.bytes(), tender_code(kind)?, currency.code()], |row| row.get(0))
        .optional()?;
    Ok(balance.unwrap_or(0))
}

impl Reader {
    /// What a customer's account of this kind stands at, in minor units; nothing where it was never used.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn account_balance(
        &self,
        customer: CustomerId,
        kind: TenderKind,
        currency: Currency,
    ) -> Result<i64, DatabaseError> {
        balance(&self.ledger, customer, kind, currency)
    }
}

impl LedgerTx<'_> {
    /// What a customer's account of this kind stands at, in minor units; nothing where it was never used.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn account_balance(
        &self,
        customer: CustomerId,
        kind: TenderKind,
        currency: Currency,
    ) -> Result<i64, DatabaseError> {
        balance(self.connection, customer, kind, currency)
    }
}
