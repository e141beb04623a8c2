//! Accounts of customers in a shop from a seed: what comes back goes to their credit, sales take from it as far as it goes,
//! and the rest is owed now and then, paid in part, and written off in part.

use super::{How, Shop};
use database::LedgerTx;
use database::error::DatabaseError;
use domain::account::{WriteOffReason, printed_number};
use domain::currency::Currency;
use domain::ids::{CustomerId, OperatorId};
use domain::sale::line::Direction;
use domain::tender::{TenderDirection, TenderKind};
use domain::time::BusinessDay;
use uuid::Uuid;
use wire::fact::{AccountPaid, DebtWrittenOff, Fact, SaleCompletedFact, SoldTender};

/// Goods without a receipt come back to somebody's credit, and somebody buys on account.
pub fn happen(shop: &mut Shop, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
    for direction in [Direction::Return, Direction::Sale] {
        let mut lines = shop.lines();
        lines.truncate(1);
        lines[0].direction = direction;
        // Something of it is left to owe, whatever there is of credit.
        lines[0].amount += if direction == Direction::Sale { 1_000_000 } else { 100 };
        shop.complete_of(tx, operator, lines, How { returnable: true, by_account: true, owed: true })?;
    }
    pay(shop, tx, operator)?;
    write_off(shop, tx, operator)
}

/// Somebody who owes is let off a part of it.
fn write_off(shop: &mut Shop, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
    let owes = shop.owed.iter().filter(|(_, owed)| **owed > 2);
    let Some((whose, owed)) = owes.map(|(whose, owed)| (whose.clone(), *owed)).next() else { return Ok(()) };
    let Some(currency) = Currency::parse(&whose.1) else { return Ok(()) };
    let amount = owed / 3;
    shop.owed.insert(whose.clone(), owed - amount);
    let reasons = [WriteOffReason::Bankrupt, WriteOffReason::Goodwill, WriteOffReason::Other];
    let fact = DebtWrittenOff {
        write_off: shop.id(),
        drawer: tx.chosen_drawer(operator)?,
        customer: whose.0,
        amount,
        currency,
        owed: owed - amount,
        reason: *shop.draw.one(&reasons),
        business_day: BusinessDay::of(&shop.moment()),
    };
    shop.happen(tx, operator, &Fact::DebtWrittenOff(fact))
}

/// Somebody who owes pays a part of it.
fn pay(shop: &mut Shop, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
    let owes = shop.owed.iter().filter(|(_, owed)| **owed > 1);
    let Some((whose, owed)) = owes.map(|(whose, owed)| (whose.clone(), *owed)).next() else { return Ok(()) };
    let Some(currency) = Currency::parse(&whose.1) else { return Ok(()) };
    let number = tx.next_number("account")?;
    let amount = owed / 2;
    shop.owed.insert(whose.clone(), owed - amount);
    let fact = AccountPaid {
        payment: shop.id(),
        number,
        slip_number: printed_number(tx.series(), number),
        drawer: tx.chosen_drawer(operator)?,
        customer: whose.0,
        kind: if shop.draw.happens(500) { TenderKind::Cash } else { TenderKind::Card },
        amount,
        currency,
        owed: owed - amount,
        reference: None,
        business_day: BusinessDay::of(&shop.moment()),
    };
    shop.happen(tx, operator, &Fact::AccountPaid(fact))
}

/// Settles a sale by the accounts of one of two customers: what comes back is theirs, and what they have pays as far as it
/// goes. The rest is cash, or `owed`.
pub fn settle(shop: &mut Shop, sale: &mut SaleCompletedFact, owed: bool) {
    let customer = CustomerId(Uuid::from_u128(u128::from(shop.draw.between(1, 2))));
    let whose = (customer, sale.currency.code().to_owned());
    let tender = |kind, tendered: i64| SoldTender {
        kind,
        direction: if sale.total < 0 { TenderDirection::Given } else { TenderDirection::Taken },
        tendered,
        change: 0,
        tip: 0,
        reference: None,
        payment: None,
    };
    let credit = shop.credit.entry(whose.clone()).or_default();
    let moved = if sale.total < 0 { sale.total } else { sale.total.min(*credit) };
    let rest = sale.total - moved;
    let mut tenders = Vec::new();
    if moved != 0 {
        *credit -= moved;
        tenders.push(tender(TenderKind::StoreCredit, moved.abs()));
        sale.credit_left = Some(*credit);
    }
    if rest != 0 && owed {
        let owes = shop.owed.entry(whose).or_default();
        *owes += rest;
        tenders.push(tender(TenderKind::OnAccount, rest));
        sale.owed = Some(*owes);
    } else if moved == 0 {
        return;
    } else if rest != 0 {
        tenders.push(tender(TenderKind::Cash, rest));
    }
    sale.tenders = tenders;
    sale.cash_rounding = 0;
    sale.customer = Some(customer);
}
