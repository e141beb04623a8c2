//! What a fact adds to the running shift of a drawer. A sale pays for none of it: it is folded behind the sale.

use super::rollup::signed;
use super::shared::{Shared, ShiftSum};
use crate::error::DatabaseError;
use domain::shift::CashMovement;
use domain::tender::{TenderDirection, TenderKind};
use domain::time::Timestamp;
use wire::fact::{
    AccountPaid, CashMoved, DebtWrittenOff, PaymentCorrected, SaleCompletedFact, ShiftOpened, SoldTender,
};

/// Adds a completed sale.
pub fn sold(shared: &mut impl Shared, at: Timestamp, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
    let mut sum = ShiftSum {
        first_at: Some(at.0),
        rounding: sale.cash_rounding,
        tips: sale.tip(),
        ..ShiftSum::default()
    };
    if sale.total < 0 {
        sum.refunds = 1;
        sum.refunded = sale.total.saturating_neg();
    } else {
        sum.sales = 1;
        sum.sold = sale.total;
    }
    for tender in &sale.tenders {
        let (taken, given) = both_ways(tender);
        let is_cash = tender.kind == TenderKind::Cash;
        match tender.direction {
            TenderDirection::Taken => {
                let handed = if is_cash { tender.tendered } else { 0 };
                sum.taken = sum.taken.saturating_add(handed);
                // Change is cash, whatever it came back from.
                sum.change = sum.change.saturating_add(tender.change);
            }
            TenderDirection::Given if is_cash => sum.refunded_cash = sum.refunded_cash.saturating_add(given),
            TenderDirection::Given => {}
        }
        shared.shift_tender(sale.drawer, tender.kind, [1, taken, given])?;
    }
    for line in &sale.lines {
        let Some(discount) = &line.discount else { continue };
        sum.discounts = sum.discounts.saturating_add(1);
        sum.discounted = sum.discounted.saturating_add(signed(line, discount.amount));
    }
    if sale.discount.is_some() {
        sum.discounts = sum.discounts.saturating_add(1);
        for line in &sale.lines {
            sum.discounted = sum.discounted.saturating_add(signed(line, line.share));
        }
    }
    for row in &sale.taxes {
        shared.shift_tax(sale.drawer, row.rate.as_ppm(), [row.net, row.tax])?;
    }
    shared.shift(sale.drawer, sum)
}

/// What was kept of a tender, and what was given out.
fn both_ways(tender: &SoldTender) -> (i64, i64) {
    let kept = tender.tendered.saturating_sub(tender.change);
    match tender.direction {
        TenderDirection::Taken => (kept, 0),
        TenderDirection::Given => (0, kept),
    }
}

/// States the float.
pub fn opened(shared: &mut impl Shared, at: Timestamp, opened: &ShiftOpened) -> Result<(), DatabaseError> {
    if opened.afresh {
        shared.shift_ended(opened.drawer, 0)?;
    }
    shared.shift_float(opened.drawer, at.0, opened.float)
}

/// Adds cash that was moved.
pub fn moved(shared: &mut impl Shared, at: Timestamp, moved: &CashMoved) -> Result<(), DatabaseError> {
    let mut sum = ShiftSum { first_at: Some(at.0), ..ShiftSum::default() };
    match moved.kind {
        CashMovement::PaidIn => sum.paid_in = moved.amount,
        CashMovement::PaidOut => sum.paid_out = moved.amount,
        CashMovement::Expense => sum.expenses = moved.amount,
        CashMovement::Drop => sum.drops = moved.amount,
    }
    shared.shift(moved.drawer, sum)
}

/// Moves what was settled in one way to another: how much, and not how often, as nothing more was rung up by it.
pub fn corrected(
    shared: &mut impl Shared,
    at: Timestamp,
    correction: &PaymentCorrected,
) -> Result<(), DatabaseError> {
    for (kind, amount) in [(correction.from, -correction.amount), (correction.to, correction.amount)] {
        let sum = match correction.direction {
            TenderDirection::Taken => [0, amount, 0],
            TenderDirection::Given => [0, 0, amount],
        };
        shared.shift_tender(correction.drawer, kind, sum)?;
    }
    let sum = ShiftSum { first_at: Some(at.0), corrected: correction.cash(), ..ShiftSum::default() };
    shared.shift(correction.drawer, sum)
}

/// Adds what a customer paid of what they owe.
pub fn account_paid(
    shared: &mut impl Shared,
    at: Timestamp,
    paid: &AccountPaid,
) -> Result<(), DatabaseError> {
    let account_cash = paid.cash();
    let account_card = paid.amount.saturating_sub(account_cash);
    shared.shift(
        paid.drawer,
        ShiftSum { first_at: Some(at.0), account_cash, account_card, ..ShiftSum::default() },
    )
}

/// Adds what a customer was let off.
pub fn written_off(
    shared: &mut impl Shared,
    at: Timestamp,
    off: &DebtWrittenOff,
) -> Result<(), DatabaseError> {
    let account_written_off = off.amount;
    shared.shift(off.drawer, ShiftSum { first_at: Some(at.0), account_written_off, ..ShiftSum::default() })
}

/// Adds a count.
pub fn counted(shared: &mut impl Shared, drawer: u8) -> Result<(), DatabaseError> {
    shared.shift(drawer, ShiftSum { counts: 1, ..ShiftSum::default() })
}

/// Adds a sale that was given up.
pub fn cancelled(shared: &mut impl Shared, drawer: u8) -> Result<(), DatabaseError> {
    shared.shift(drawer, ShiftSum { cancelled: 1, ..ShiftSum::default() })
}

/// Adds a drawer that was opened without a sale.
pub fn no_sale(shared: &mut impl Shared, drawer: u8) -> Result<(), DatabaseError> {
    shared.shift(drawer, ShiftSum { no_sales: 1, ..ShiftSum::default() })
}
