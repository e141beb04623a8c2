//! How a sale is taxed beside its goods: eaten here or taken away, and not at all where the customer is exempt.

use super::{Opening, SaleChanged, changed_many, discount};
use crate::act::Act;
use crate::error::Error;
use domain::people::Grants;
use domain::sale::undo::{Kept, SaleAct};
use domain::sale::{OpenSale, SaleError, TrailAct};
use wire::fact::TrailEntry;
use wire::sale::{ExemptTax, TakeAway};

/// `sale.take_away`
pub fn take_away(act: &Act<'_>, request: TakeAway) -> Result<SaleChanged, Error> {
    change(act, SaleAct::TakeawaySet, move |sale, _| Ok(sale.set_takeaway(request.takeaway)))
}

/// `sale.exempt_tax`
pub fn exempt_tax(act: &Act<'_>, request: ExemptTax) -> Result<SaleChanged, Error> {
    change(act, SaleAct::TaxExempted, move |sale, grants| sale.exempt_tax(request.reason, grants))
}

/// Changes how the open sale is taxed; its lines follow.
fn change(
    act: &Act<'_>,
    what: SaleAct,
    change: impl FnOnce(&mut OpenSale, &Grants) -> Result<TrailAct, SaleError> + Send + 'static,
) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    let grants = act.grants.clone();
    let opening = Opening::of(act)?;
    let effect = act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        // Taxed as before, its lines are as they were: none is kept.
        let kept = Kept { said: sale.said(), lines: Vec::new(), added: Vec::new() };
        let act = change(&mut sale, &grants)?;
        tx.keep_act(&mut sale, what, &kept)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        let mut lines = Vec::new();
        for mut line in tx.open_lines(sale.id)? {
            if sale.retax(&mut line)? {
                lines.push(line);
            }
        }
        discount::save(tx, &mut sale, &mut lines)?;
        changed_many(&sale, &lines)
    })?;
    act.caller.desk(|desk| desk.completed = None);
    Ok(effect)
}
