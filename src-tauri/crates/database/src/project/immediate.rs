//! What is true the moment a fact is: heads, numbers, found-again sales, drawer, stock, small records.

use super::shared::{Shared, tender_code};
use super::{Placed, account};
use crate::account::ACCOUNT;
use crate::error::DatabaseError;
use crate::invoice::INVOICE;
use crate::record::{load_fields, save_fields};
use domain::stock::movement;
use rusqlite::{Connection, params};
use uuid::Uuid;
use wire::fact::header::Hash;
use wire::fact::{Fact, RecordErased, SaleCompletedFact, SoldLine};
use wire::record::{Detached, Entity, apply};

/// The series of receipts.
pub const RECEIPT: &str = "receipt";
/// The series of the reports that close shifts.
pub const Z: &str = "z";

pub fn project(
    connection: &Connection,
    shared: &mut impl Shared,
    placed: &Placed,
    fact: &Fact,
    detached: &[Detached],
) -> Result<(), DatabaseError> {
    match fact {
        // What happens in training counts nowhere but in its own numbers.
        Fact::SaleCompleted(sale) if placed.is_training() => {
            take_number(shared, placed, sale)?;
            connection
                .prepare_cached("insert or ignore into training_sale (sale, arrival) values (?1, ?2)")?
                .execute(params![sale.sale.bytes(), placed.arrival])?;
        }
        _ if placed.is_training() && !matches!(fact, Fact::LedgerOpened(_)) => {}
        Fact::LedgerOpened(opened) => {
            connection
                .prepare_cached(
                    "insert into log (id, organisation, store, terminal, incarnation, series, training, head_seq, head_hash, head_hlc)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, zeroblob(32), 0)",
                )?
                .execute(params![
                    placed.log,
                    opened.organisation.bytes(),
                    opened.store.bytes(),
                    opened.terminal.bytes(),
                    opened.incarnation.bytes(),
                    opened.series,
                    placed.is_training(),
                ])?;
        }
        Fact::SaleCompleted(sale) => complete(connection, shared, placed, sale)?,
        Fact::SaleCancelled(sale) => {
            connection
                .prepare_cached("insert or ignore into sale_cancelled (sale, arrival) values (?1, ?2)")?
                .execute(params![sale.sale.bytes(), placed.arrival])?;
        }
        Fact::RecordChanged(change) if !change.entity.in_catalog() => {
            let id = change.id.into_bytes();
            let mut fields =
                load_fields(connection, change.entity, id)?.map_or_else(Default::default, |r| r.fields);
            apply(&mut fields, change, detached);
            save_fields(connection, change.entity, id, change.version, &fields)?;
            if change.entity == Entity::Shop {
                connection
                    .prepare_cached(
                        "insert or replace into record_version (entity, id, version, fields) values (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![
                        change.entity.code(),
                        id,
                        change.version.cast_signed(),
                        serde_json::to_string(&fields)?
                    ])?;
            }
        }
        Fact::PaymentCorrected(correction) => {
            connection
                .prepare_cached("insert into payment_correction (sale, arrival) values (?1, ?2)")?
                .execute(params![correction.sale.bytes(), placed.arrival])?;
            shared.cash(correction.drawer, correction.currency, correction.cash())?;
        }
        Fact::ReceiptReprinted(reprint) => {
            connection
                .prepare_cached("update sale set copies = max(copies, ?2) where sale = ?1")?
                .execute(params![reprint.sale.bytes(), reprint.copy])?;
        }
        Fact::ReceiptMailed(mailed) => {
            connection
                .prepare_cached("update sale set copies = max(copies, ?2) where sale = ?1")?
                .execute(params![mailed.sale.bytes(), mailed.copy])?;
        }
        Fact::RecordErased(erased) => erase(connection, erased)?,
        Fact::StockCounted(count) => shared.counted(count.product, count.counted.as_thousandths())?,
        Fact::ProductMerged(merge) => shared.merged(merge.kept, merge.merged)?,
        Fact::ShiftOpened(opened) => {
            found_again(connection, placed, opened.shift.0, opened.drawer, fact.kind().0, None)?;
            shared.cash(opened.drawer, opened.currency, opened.float.saturating_sub(opened.assumed))?;
        }
        Fact::CashMoved(moved) => {
            found_again(connection, placed, moved.movement, moved.drawer, fact.kind().0, None)?;
            let cash = if moved.kind.comes_in() { moved.amount } else { moved.amount.saturating_neg() };
            shared.cash(moved.drawer, moved.currency, cash)?;
        }
        Fact::ShiftCounted(count) => {
            found_again(connection, placed, count.count, count.drawer, fact.kind().0, None)?;
        }
        Fact::ShiftClosed(closed) => {
            let number = Some(closed.z_number.as_str());
            found_again(connection, placed, closed.shift.0, closed.drawer, fact.kind().0, number)?;
            shared.number(placed.log, Z, closed.number.cast_signed())?;
            // What is held for open sales was in neither sum: it is no part of what the till sold.
            shared.cash(closed.drawer, closed.currency, closed.left.saturating_sub(closed.expected))?;
        }
        Fact::ShiftRead(read) => {
            found_again(connection, placed, read.reading, read.drawer, fact.kind().0, None)?;
        }
        Fact::ShiftReprinted(reprint) => {
            connection
                .prepare_cached("update shift_fact set copies = max(copies, ?2) where id = ?1")?
                .execute(params![reprint.paper.into_bytes(), reprint.copy])?;
        }
        Fact::InvoiceIssued(issued) => {
            shared.number(placed.log, INVOICE, issued.number.cast_signed())?;
            connection
                .prepare_cached("insert into invoice (sale, arrival, number) values (?1, ?2, ?3)")?
                .execute(params![issued.sale.bytes(), placed.arrival, issued.invoice_number])?;
        }
        Fact::InvoiceGiven(given) => {
            connection
                .prepare_cached("update invoice set given = max(given, ?2) where sale = ?1")?
                .execute(params![given.sale.bytes(), given.copy.saturating_add(1)])?;
        }
        Fact::AccountPaid(paid) => {
            let number = Some(paid.slip_number.as_str());
            found_again(connection, placed, paid.payment, paid.drawer, fact.kind().0, number)?;
            shared.number(placed.log, ACCOUNT, paid.number.cast_signed())?;
            shared.cash(paid.drawer, paid.currency, paid.cash())?;
            account::paid(connection, placed, paid)?;
        }
        Fact::DebtWrittenOff(off) => account::written_off(connection, placed, off)?,
        Fact::DrawerChosen(chosen) => {
            connection
                .prepare_cached("insert or replace into drawer_choice (operator, drawer) values (?1, ?2)")?
                .execute(params![placed.header.actor.bytes(), chosen.drawer])?;
        }
        Fact::RecordChanged(_)
        | Fact::RecordImported(_)
        | Fact::RecordExported(_)
        | Fact::SignedIn(_)
        | Fact::SignedOut(_)
        | Fact::KeyIntroduced(_)
        | Fact::ReceiptConfirmed(_)
        | Fact::ReportMailed(_)
        | Fact::StatementMailed(_)
        | Fact::ReceiptGivenUp(_)
        | Fact::DrawerOpened(_)
        | Fact::PaymentBegun(_)
        | Fact::PaymentEnded(_)
        | Fact::AuditExported(_)
        | Fact::BackupAsked(_)
        | Fact::ClockJumped(_)
        | Fact::CallRefused(_)
        | Fact::FaultRecorded(_)
        | Fact::BundleMade(_)
        | Fact::Unknown { .. } => {}
    }
    Ok(())
}

/// Keeps where a fact of a drawer is found again by its id.
fn found_again(
    connection: &Connection,
    placed: &Placed,
    id: Uuid,
    drawer: u8,
    kind: &str,
    number: Option<&str>,
) -> Result<(), DatabaseError> {
    connection
        .prepare_cached(
            "insert into shift_fact (arrival, id, drawer, kind, at, number) values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            placed.arrival,
            id.into_bytes(),
            drawer,
            kind,
            placed.header.moment.wall.0,
            number
        ])?;
    Ok(())
}

/// Advances the head of a log to a fact with this hash.
pub fn advance(connection: &Connection, placed: &Placed, hash: &Hash) -> Result<(), DatabaseError> {
    connection
        .prepare_cached("update log set head_seq = ?2, head_hash = ?3, head_hlc = ?4 where id = ?1")?
        .execute(params![
        placed.log,
        placed.header.seq.cast_signed(),
        hash,
        placed.header.hlc.0.cast_signed()
    ])?;
    Ok(())
}

/// Empties personal values of a record as it stands. Their values in history are emptied where they lie
/// (`database::erasure`), so that a rebuild does not bring them back.
fn erase(connection: &Connection, erased: &RecordErased) -> Result<(), DatabaseError> {
    let id = erased.id.into_bytes();
    if let Some(mut record) = load_fields(connection, erased.entity, id)? {
        for field in &erased.fields {
            record.fields.insert(field.clone(), serde_json::Value::Null);
        }
        save_fields(connection, erased.entity, id, record.version, &record.fields)?;
    }
    Ok(())
}

fn take_number(
    shared: &mut impl Shared,
    placed: &Placed,
    sale: &SaleCompletedFact,
) -> Result<(), DatabaseError> {
    shared.number(placed.log, RECEIPT, sale.number.cast_signed())
}

fn complete(
    connection: &Connection,
    shared: &mut impl Shared,
    placed: &Placed,
    sale: &SaleCompletedFact,
) -> Result<(), DatabaseError> {
    take_number(shared, placed, sale)?;
    connection
        .prepare_cached(
            "insert into sale (sale, arrival, receipt_number, completed_at, total, currency)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            sale.sale.bytes(),
            placed.arrival,
            sale.receipt_number,
            placed.header.moment.wall.0,
            sale.total,
            sale.currency.code(),
        ])?;
    let cash = sale.cash();
    if cash != 0 {
        shared.cash(sale.drawer, sale.currency, cash)?;
    }
    for (line, of) in sale.lines.iter().filter_map(|line| line.of.as_ref().map(|of| (line, of))) {
        connection
            .prepare_cached(
                "insert into returned (sale, line, thousandths) values (?1, ?2, ?3)
                 on conflict (sale, line) do update set thousandths = thousandths + excluded.thousandths",
            )?
            .execute(params![of.sale.bytes(), of.line, line.quantity.as_thousandths()])?;
    }
    for part in &sale.repaid {
        connection
            .prepare_cached(
                "insert into repaid (sale, kind, minor) values (?1, ?2, ?3)
                 on conflict (sale, kind) do update set minor = minor + excluded.minor",
            )?
            .execute(params![part.sale.bytes(), tender_code(part.kind)?, part.amount])?;
    }
    account::sold(connection, placed, sale)?;
    // What comes back and cannot be sold again is lost.
    let is_there = |line: &&SoldLine| line.of.as_ref().is_none_or(|of| of.restock);
    let moved = |line: &SoldLine| movement(line.product, line.direction, line.quantity, line.pack);
    shared.stock(sale.lines.iter().filter(is_there).filter_map(moved))
}
