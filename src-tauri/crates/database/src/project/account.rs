//! What facts move on customers' accounts with the shop, and what each stands at after it.

use super::Placed;
use super::shared::tender_code;
use crate::account::balance;
use crate::error::DatabaseError;
use domain::currency::Currency;
use domain::ids::CustomerId;
use domain::tender::TenderKind;
use domain::time::BusinessDay;
use rusqlite::{Connection, params};
use wire::fact::{AccountPaid, DebtWrittenOff, SaleCompletedFact};

/// Takes down what a completed sale moved on the accounts of its customer: what they have of store credit, and what they
/// owe. A sale that is paid otherwise touches nothing.
pub fn sold(connection: &Connection, placed: &Placed, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
    let Some(customer) = sale.customer else { return Ok(()) };
    if let Some(minor) = sale.account_change(TenderKind::StoreCredit) {
        let credit = Movement { customer, kind: TenderKind::StoreCredit, currency: sale.currency, minor };
        moved(connection, placed, sale.business_day, &credit)?;
    }
    if let Some(minor) = sale.owed_change() {
        let owed = Movement { customer, kind: TenderKind::OnAccount, currency: sale.currency, minor };
        moved(connection, placed, sale.business_day, &owed)?;
    }
    Ok(())
}

/// Takes down what a customer paid of what they owe.
pub fn paid(connection: &Connection, placed: &Placed, paid: &AccountPaid) -> Result<(), DatabaseError> {
    let minor = paid.amount.saturating_neg();
    let (kind, currency) = (TenderKind::OnAccount, paid.currency);
    moved(connection, placed, paid.business_day, &Movement { customer: paid.customer, kind, currency, minor })
}

/// Takes down what a customer was let off.
pub fn written_off(
    connection: &Connection,
    placed: &Placed,
    off: &DebtWrittenOff,
) -> Result<(), DatabaseError> {
    let minor = off.amount.saturating_neg();
    let (kind, currency) = (TenderKind::OnAccount, off.currency);
    moved(connection, placed, off.business_day, &Movement { customer: off.customer, kind, currency, minor })
}

/// What a fact moves: whose account, of which kind, and by how much.
struct Movement {
    customer: CustomerId,
    kind: TenderKind,
    currency: Currency,
    minor: i64,
}

fn moved(
    connection: &Connection,
    placed: &Placed,
    day: BusinessDay,
    movement: &Movement,
) -> Result<(), DatabaseError> {
    let &Movement { customer, kind, currency, minor } = movement;
    let before = balance(connection, customer, kind, currency)?;
    connection
        .prepare_cached(
            "insert into account_movement (customer, kind, currency, arrival, minor, balance, day)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            customer.bytes(),
            tender_code(kind)?,
            currency.code(),
            placed.arrival,
            minor,
            before.saturating_add(minor),
            day.unix_day(),
        ])?;
    Ok(())
}
