//! Rollups for reports and the histories of records: folded behind the facts, so that a sale does not pay for them.

use super::Placed;
use crate::error::DatabaseError;
use rusqlite::{Connection, params};
use uuid::Uuid;
use wire::fact::{Fact, SaleCompletedFact};
use wire::record::Entity;

pub fn project(connection: &Connection, placed: &Placed, fact: &Fact) -> Result<(), DatabaseError> {
    match fact {
        Fact::SaleCompleted(sale) => complete(connection, sale),
        Fact::RecordChanged(change) => note_change(connection, placed, change.entity, change.id),
        Fact::RecordErased(erased) => note_change(connection, placed, erased.entity, erased.id),
        Fact::LedgerOpened(_)
        | Fact::SaleCancelled(_)
        | Fact::RecordImported(_)
        | Fact::SignedIn(_)
        | Fact::SignedOut(_)
        | Fact::ReceiptReprinted(_)
        | Fact::KeyIntroduced(_)
        | Fact::ReceiptConfirmed(_)
        | Fact::AuditExported(_)
        | Fact::BackupAsked(_)
        | Fact::ClockJumped(_)
        | Fact::CallRefused(_)
        | Fact::FaultRecorded(_)
        | Fact::BundleMade(_)
        | Fact::Unknown { .. } => Ok(()),
    }
}

/// Notes that a fact is part of a record's history.
fn note_change(
    connection: &Connection,
    placed: &Placed,
    entity: Entity,
    id: Uuid,
) -> Result<(), DatabaseError> {
    connection
        .prepare_cached("insert into record_change (entity, id, arrival) values (?1, ?2, ?3)")?
        .execute(params![entity.code(), id.into_bytes(), placed.arrival])?;
    Ok(())
}

fn complete(connection: &Connection, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
    let day = sale.business_day.unix_day();
    let currency = sale.currency.code();
    let net: i64 = sale.taxes.iter().map(|row| row.net).sum();
    let tax: i64 = sale.taxes.iter().map(|row| row.tax).sum();
    connection
        .prepare_cached(
            "insert into sales_by_day (day, currency, sales, lines, net, tax, total) values (?1, ?2, 1, ?3, ?4, ?5, ?6)
             on conflict (day, currency) do update set
                 sales = sales + 1,
                 lines = lines + excluded.lines,
                 net = net + excluded.net,
                 tax = tax + excluded.tax,
                 total = total + excluded.total",
        )?
        .execute(params![day, currency, sale.lines.len() as i64, net, tax, sale.total])?;
    let mut by_rate = connection.prepare_cached(
        "insert into tax_by_day (day, currency, rate, net, tax) values (?1, ?2, ?3, ?4, ?5)
         on conflict (day, currency, rate) do update set net = net + excluded.net, tax = tax + excluded.tax",
    )?;
    for row in &sale.taxes {
        by_rate.execute(params![day, currency, row.rate.as_ppm(), row.net, row.tax])?;
    }
    Ok(())
}
