//! Who sells: said for a line, or for what is rung up from now on.

use super::{Opening, SaleChanged, changed};
use crate::act::Act;
use crate::error::Error;
use domain::ids::OperatorId;
use domain::people::{Operator, PeopleError};
use domain::product::Status;
use domain::sale::SaleError;
use domain::sale::undo::{Kept, SaleAct};
use wire::fact::TrailEntry;
use wire::record::Entity;
use wire::sale::SetSeller;

/// `sale.set_seller`
pub fn set_seller(act: &Act<'_>, request: SetSeller) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    let seller = request.seller.filter(|seller| *seller != operator);
    if let Some(seller) = seller {
        expect_colleague(act, seller)?;
    }
    let opening = Opening::of(act)?;
    act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        let mut lines = Vec::new();
        if let Some(number) = request.line {
            let line = tx.open_line(sale.id, number)?;
            lines.push(line.ok_or(SaleError::LineUnknown { line: number })?);
            // What goes with a line stands right behind it.
            let next = tx.open_line(sale.id, number.saturating_add(1))?;
            lines.extend(next.filter(|next| next.with.is_some_and(|with| with.line == number)));
        }
        let kept = Kept { said: sale.said(), lines: lines.clone(), added: Vec::new() };
        let act = sale.set_seller(lines.first_mut(), seller)?;
        for linked in lines.iter_mut().skip(1).filter(|linked| !linked.voided) {
            sale.sell_by(linked, seller)?;
        }
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        tx.keep_act(&mut sale, SaleAct::SellerSet, &kept)?;
        tx.save_open_sale(&sale)?;
        for line in &lines {
            tx.save_open_line(sale.id, line)?;
        }
        changed(&sale, &lines)
    })
}

/// Checks that somebody works here.
fn expect_colleague(act: &Act<'_>, seller: OperatorId) -> Result<(), Error> {
    let found: Option<(u64, Operator)> =
        act.read(|reader| Ok(reader.record_as(Entity::Operator, seller.0)?))?;
    match found {
        Some((_, person)) if person.status == Status::Active => Ok(()),
        Some(_) | None => Err(PeopleError::OperatorUnknown {}.into()),
    }
}
