//! The index of the audit: which fact, and which entry of a sale's trail, is whose, and what was done.

use super::Placed;
use crate::error::DatabaseError;
use domain::ids::OperatorId;
use domain::sale::TrailAct;
use domain::time::BusinessDay;
use rusqlite::{Connection, params};
use wire::fact::{Fact, Origin, TrailEntry};

/// Projects a fact and its trail.
pub fn project(
    connection: &Connection,
    placed: &Placed,
    fact: &Fact,
    origin: Option<&Origin>,
) -> Result<(), DatabaseError> {
    let day = BusinessDay::of(&placed.header.moment).unix_day();
    let operation = origin.map_or(fact.kind().0, |origin| &origin.operation);
    let mut insert = connection.prepare_cached(
        "insert into audit (arrival, part, day, operator, operation) values (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut note = |part: usize, operator: OperatorId, operation: &str| {
        insert.execute(params![placed.arrival, part as i64, day, operator.bytes(), operation])
    };
    note(0, placed.header.actor, operation)?;
    for (part, entry) in trail(fact).iter().enumerate() {
        note(part + 1, entry.operator, trail_operation(&entry.act))?;
    }
    Ok(())
}

/// The trail of a sale; empty for other facts.
pub fn trail(fact: &Fact) -> &[TrailEntry] {
    match fact {
        Fact::SaleCompleted(sale) => &sale.trail,
        Fact::SaleCancelled(sale) => &sale.trail,
        _ => &[],
    }
}

/// The operation an entry of a trail came from.
pub const fn trail_operation(act: &TrailAct) -> &'static str {
    match act {
        TrailAct::LineVoided { .. } => "sale.void_line",
        TrailAct::QuantityChanged { .. } => "sale.set_quantity",
        TrailAct::PriceOverridden { .. } => "sale.override_price",
        TrailAct::CustomerSet { .. } => "sale.set_customer",
        TrailAct::TakeawaySet { .. } => "sale.take_away",
        TrailAct::TaxExempted { .. } => "sale.exempt_tax",
        TrailAct::SellerSet { .. } => "sale.set_seller",
        TrailAct::Undone { .. } => "sale.undo",
        TrailAct::Suspended {} => "sale.suspend",
        TrailAct::Resumed { .. } => "sale.resume",
        TrailAct::TakenBack { .. } => "sale.take_back",
        TrailAct::Reversed { .. } => "sale.reverse",
        TrailAct::Discounted { .. } => "sale.discount",
        TrailAct::AgeConfirmed { .. } => "sale.confirm_age",
        TrailAct::TenderTaken { .. } => "sale.take_tender",
        TrailAct::TenderReturned { .. } => "sale.return_tender",
    }
}
