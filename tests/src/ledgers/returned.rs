//! Goods that come back to a shop from a seed: parts of a line of an earlier sale, for their share of what was paid.

use super::Shop;
use database::LedgerTx;
use database::error::DatabaseError;
use domain::ids::{OperatorId, SaleId};
use domain::quantity::Quantity;
use domain::sale::line::Direction;
use domain::sale::returned::{ReturnOf, ReturnReason, returnables};
use domain::tax::TaxMode;
use domain::tender::{TenderDirection, TenderKind};
use domain::time::{BusinessDay, Timestamp};
use std::collections::BTreeMap;
use wire::fact::{Fact, SaleCompletedFact, SoldLine, SoldTax, SoldTender};

/// A sale that something can come back of.
pub struct Sold {
    /// The sale.
    pub fact: SaleCompletedFact,
    /// What came back of each line, in thousandths.
    pub returned: BTreeMap<u32, i64>,
    /// Whether it has an invoice.
    pub is_invoiced: bool,
}

/// A part of some line of some sale comes back, unless everything has. Where nothing was sold yet, something is.
pub fn happen(shop: &mut Shop, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
    let said = |error: &dyn std::fmt::Display| DatabaseError::Value(error.to_string());
    if shop.sold.is_empty() {
        return shop.complete(tx, operator, true);
    }
    let index = shop.draw.index(shop.sold.len());
    let fact = shop.sold[index].fact.clone();
    let before = shop.sold[index].returned.clone();
    let lines = fact.lines.iter().map(|line| line.line(fact.currency)).collect::<Result<Vec<_>, _>>();
    let back =
        |line: u32| Quantity::thousandths(before.get(&line).copied().unwrap_or(0)).unwrap_or(Quantity::ZERO);
    let all = returnables(lines.map_err(|error| said(&error))?, &fact.tax_policy, back)
        .map_err(|error| said(&error))?;
    let from = shop.draw.one(&all).clone();
    let left = from.left().as_thousandths().unsigned_abs();
    if left == 0 {
        return shop.complete(tx, operator, true);
    }
    let part = shop.draw.between(1, left).cast_signed();
    let quantity = Quantity::thousandths(part).map_err(|error| said(&error))?;
    let (amount, tax) = from.part(quantity).map_err(|error| said(&error))?;
    let (amount, tax) = (amount.minor(), tax.minor());
    let of = ReturnOf {
        sale: fact.sale,
        receipt_number: fact.receipt_number.clone(),
        line: from.line.number,
        before: from.returned,
        restock: true,
        reason: ReturnReason::Unwanted,
    };
    let is_sold = from.line.direction == Direction::Sale;
    let sign = if is_sold { -1 } else { 1 };
    let net = match fact.tax_policy.mode {
        TaxMode::Included => amount - tax,
        TaxMode::Added => amount,
    };
    let total = sign * (net + tax);
    let line = SoldLine {
        line: 1,
        direction: if is_sold { Direction::Return } else { Direction::Sale },
        quantity,
        amount,
        tax,
        exempt: None,
        of: Some(of),
        ..SoldLine::of(from.line.clone(), OperatorId::TERMINAL)
    };
    let given = SoldTender {
        kind: TenderKind::Cash,
        direction: if total < 0 { TenderDirection::Given } else { TenderDirection::Taken },
        tendered: total.abs(),
        change: 0,
        tip: 0,
        reference: None,
        payment: None,
    };
    shop.number += 1;
    let refund = SaleCompletedFact {
        sale: SaleId(shop.id()),
        number: shop.number,
        receipt_number: format!("{}-{:06}", tx.series(), shop.number),
        business_day: BusinessDay::of(&shop.moment()),
        opened_at: Timestamp(shop.now_ms),
        taxes: vec![SoldTax { rate: line.tax_rate, net: sign * net, tax: sign * tax }],
        lines: vec![line],
        total,
        tenders: if total == 0 { Vec::new() } else { vec![given] },
        cash_rounding: 0,
        customer: None,
        credit_left: None,
        owed: None,
        drawer: tx.chosen_drawer(operator)?,
        trail: Vec::new(),
        ..fact
    };
    *shop.sold[index].returned.entry(from.line.number).or_default() += part;
    shop.happen(tx, operator, &Fact::SaleCompleted(Box::new(refund)))
}
