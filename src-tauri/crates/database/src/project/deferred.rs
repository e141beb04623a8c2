//! Rollups for reports and the histories of records: folded behind the facts, so that a sale does not pay for them.

use super::Placed;
use super::shared::{DaySum, Shared};
use crate::error::DatabaseError;
use rusqlite::{Connection, params};
use uuid::Uuid;
use wire::fact::{Fact, SaleCompletedFact};
use wire::record::Entity;

pub fn project(
    connection: &Connection,
    shared: &mut impl Shared,
    placed: &Placed,
    fact: &Fact,
) -> Result<(), DatabaseError> {
    match fact {
        Fact::SaleCompleted(sale) => complete(shared, sale),
        Fact::RecordChanged(change) => note_change(connection, placed, change.entity, change.id),
        Fact::RecordErased(erased) => note_change(connection, placed, erased.entity, erased.id),
        Fact::LedgerOpened(_)
        | Fact::SaleCancelled(_)
        | Fact::RecordImported(_)
        | Fact::RecordExported(_)
        | Fact::SignedIn(_)
        | Fact::SignedOut(_)
        | Fact::ReceiptReprinted(_)
        | Fact::KeyIntroduced(_)
        | Fact::ReceiptConfirmed(_)
        | Fact::ReceiptGivenUp(_)
        | Fact::DrawerOpened(_)
        | Fact::AuditExported(_)
        | Fact::BackupAsked(_)
        | Fact::ClockJumped(_)
        | Fact::CallRefused(_)
        | Fact::FaultRecorded(_)
        | Fact::BundleMade(_)
        | Fact::StockCounted(_)
        | Fact::ProductMerged(_)
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

fn complete(shared: &mut impl Shared, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
    let day = i64::from(sale.business_day.unix_day());
    let sum = DaySum {
        sales: 1,
        lines: sale.lines.len() as i64,
        net: sale.taxes.iter().map(|row| row.net).sum(),
        tax: sale.taxes.iter().map(|row| row.tax).sum(),
        total: sale.total,
    };
    shared.day(day, sale.currency, sum)?;
    for row in &sale.taxes {
        shared.tax(day, sale.currency, row.rate.as_ppm(), [row.net, row.tax])?;
    }
    Ok(())
}
