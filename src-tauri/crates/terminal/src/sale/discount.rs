//! Discounts, and what every change of a line owes to one on the whole sale: that it is spread anew.

use super::{SaleChanged, change_line, changed, open_sale};
use crate::act::Act;
use crate::error::Error;
use database::LedgerTx;
use domain::sale::OpenSale;
use domain::sale::line::Line;
use domain::sale::undo::{Kept, SaleAct};
use wire::fact::TrailEntry;
use wire::sale::GiveDiscount;

/// `sale.discount`
pub fn discount(act: &Act<'_>, request: GiveDiscount) -> Result<SaleChanged, Error> {
    let GiveDiscount { sale, line, by, reason } = request;
    if let Some(line) = line {
        return change_line(act, sale, line, SaleAct::Discounted, move |sale, line, grants| {
            sale.discount_line(line, by, reason, grants)
        });
    }
    let operator = act.operator;
    let grants = act.grants.clone();
    act.commit(move |tx| {
        let mut sale = open_sale(tx, sale, operator)?;
        let mut lines = tx.open_lines(sale.id)?;
        let kept = Kept { said: sale.said(), lines: Vec::new(), added: Vec::new() };
        let act = sale.discount(&lines, by, reason, &grants)?;
        tx.keep_act(&mut sale, SaleAct::Discounted, &kept)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        spread(tx, &mut sale, &mut lines)?;
        tx.save_open_sale(&sale)?;
        changed(&sale, &[])
    })
}

/// Saves an open sale and the lines that changed. A sale with a discount on all of it is gone through as a whole: each
/// of its lines may have another share. All others cost what changed.
pub fn save(tx: &LedgerTx<'_>, sale: &mut OpenSale, lines: &mut [Line]) -> Result<(), Error> {
    if sale.discount.is_some() {
        return save_spread(tx, sale, lines);
    }
    tx.save_open_sale(sale)?;
    for line in lines {
        tx.save_open_line(sale.id, line)?;
    }
    Ok(())
}

/// Saves an open sale and the lines that changed, and spreads its discount anew; where it has none any more, what was spread
/// is taken back.
pub fn save_spread(tx: &LedgerTx<'_>, sale: &mut OpenSale, lines: &mut [Line]) -> Result<(), Error> {
    for line in &*lines {
        tx.save_open_line(sale.id, line)?;
    }
    let mut all = tx.open_lines(sale.id)?;
    spread(tx, sale, &mut all)?;
    for line in lines {
        if let Some(spread) = all.iter().find(|spread| spread.number == line.number) {
            line.clone_from(spread);
        }
    }
    Ok(tx.save_open_sale(sale)?)
}

/// Spreads the discount of a sale over all its lines that count, and saves those it changed.
fn spread(tx: &LedgerTx<'_>, sale: &mut OpenSale, lines: &mut [Line]) -> Result<(), Error> {
    let changed = sale.spread(lines)?;
    for line in lines.iter().filter(|line| changed.contains(&line.number)) {
        tx.save_open_line(sale.id, line)?;
    }
    Ok(())
}
