//! What facts move on customers' accounts with the shop, and what each stands at after it.

use super::Placed;
use super::shared::tender_code;
use crate::account::balance;
use crate::error::DatabaseError;
use domain::currency::Currency;
use domain::ids::CustomerId;
use domain::tender::TenderKind;
use rusqlite::{Connection, params};
use wire::fact::{AccountPaid, SaleCompletedFact};

/// Takes down what a completed sale moved on the accounts of its customer: what they have of store credit, and what they
/// owe. A sale that is paid otherwise touches nothing.
pub fn sold(connection: &Connection, placed: &Placed, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
    let Some(customer) = sale.customer else { return Ok(()) };
    if let Some(minor) = sale.account_change(TenderKind::StoreCredit) {
        moved(connection, placed, customer, TenderKind::StoreCredit, sale.currency, minor)?;
    }
    if let Some(minor) = sale.owed_change() {
        moved(connection, placed, customer, TenderKind::OnAccount, sale.currency, minor)?;
    }
    Ok(())
}

/// Takes down what a customer paid of what they owe.
pub fn paid(connection: &Connection, placed: &Placed, paid: &AccountPaid) -> Result<(), DatabaseError> {
    let owes = paid.amount.saturating_neg();
    moved(connection, placed, paid.customer, TenderKind::OnAccount, paid.currency, owes)
}

fn moved(
    connection: &Connection,
    placed: &Placed,
    customer: CustomerId,
    kind: TenderKind,
    currency: Currency,
    minor: i64,
) -> Result<(), DatabaseError> {
    let before = balance(connection, customer, kind, currency)?;
    connection
        .prepare_cached(
            "insert into account_movement (customer, kind, currency, arrival, minor, balance)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            customer.bytes(),
            tender_code(kind)?,
            currency.code(),
            placed.arrival,
            minor,
            before.saturating_add(minor),
        ])?;
    Ok(())
}
