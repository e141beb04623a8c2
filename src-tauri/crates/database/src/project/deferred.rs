//! Rollups for reports and the histories of records: folded behind the facts, so that a sale does not pay for them.

use super::Placed;
use super::found;
use super::rollup::Rollups;
use super::shared::Shared;
use super::shift;
use crate::error::DatabaseError;
use rusqlite::{Connection, params};
use uuid::Uuid;
use wire::fact::Fact;
use wire::record::Entity;

pub fn project(
    connection: &Connection,
    shared: &mut impl Shared,
    rollups: &mut Rollups,
    placed: &Placed,
    fact: &Fact,
) -> Result<(), DatabaseError> {
    match fact {
        Fact::SaleCompleted(sale) => {
            rollups.complete(placed, sale)?;
            found::completed(connection, placed, sale)?;
            shift::sold(shared, placed.header.moment.wall, sale)
        }
        Fact::SaleCancelled(sale) => {
            rollups.cancel(placed, sale)?;
            shift::cancelled(shared, sale.drawer)
        }
        Fact::PaymentCorrected(correction) => {
            rollups.correct(correction)?;
            shift::corrected(shared, placed.header.moment.wall, correction)
        }
        Fact::DrawerOpened(opened) => {
            rollups.open_drawer(placed, opened)?;
            shift::no_sale(shared, opened.drawer)
        }
        Fact::ReceiptReprinted(again) => rollups.reprint(placed, again),
        Fact::RecordChanged(change) => note_change(connection, placed, change.entity, change.id),
        Fact::RecordErased(erased) => note_change(connection, placed, erased.entity, erased.id),
        Fact::ShiftOpened(opened) => shift::opened(shared, placed.header.moment.wall, opened),
        Fact::CashMoved(moved) => shift::moved(shared, placed.header.moment.wall, moved),
        Fact::AccountPaid(paid) => shift::account_paid(shared, placed.header.moment.wall, paid),
        Fact::DebtWrittenOff(off) => shift::written_off(shared, placed.header.moment.wall, off),
        Fact::ShiftCounted(count) => shift::counted(shared, count.drawer),
        Fact::ShiftClosed(closed) => {
            shared.shift_ended(closed.drawer, closed.left.saturating_sub(closed.held))
        }
        Fact::LedgerOpened(_)
        | Fact::RecordImported(_)
        | Fact::RecordExported(_)
        | Fact::SignedIn(_)
        | Fact::SignedOut(_)
        | Fact::KeyIntroduced(_)
        | Fact::ReceiptMailed(_)
        | Fact::ReportMailed(_)
        | Fact::StatementMailed(_)
        | Fact::ReceiptConfirmed(_)
        | Fact::ReceiptGivenUp(_)
        | Fact::PaymentBegun(_)
        | Fact::PaymentEnded(_)
        | Fact::AuditExported(_)
        | Fact::BackupAsked(_)
        | Fact::ClockJumped(_)
        | Fact::CallRefused(_)
        | Fact::FaultRecorded(_)
        | Fact::BundleMade(_)
        | Fact::StockCounted(_)
        | Fact::ProductMerged(_)
        | Fact::ShiftRead(_)
        | Fact::ShiftReprinted(_)
        | Fact::InvoiceIssued(_)
        | Fact::InvoiceGiven(_)
        | Fact::DrawerChosen(_)
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
