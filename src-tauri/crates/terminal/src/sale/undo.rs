//! Takes the last acts on the open sale back, one call each. What was paid is no part of it.

use super::{SaleChanged, discount, open_sale, view};
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use database::LedgerTx;
use domain::sale::line::Line;
use domain::sale::undo::{Done, SaleAct};
use domain::sale::{OpenSale, SaleError, TrailAct};
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::fact::TrailEntry;
use wire::sale::UndoSale;

/// `sale.undo`
pub fn undo(act: &Act<'_>, request: UndoSale) -> Result<SaleUndone, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        let done = sale.acts.take_last().ok_or(SaleError::NothingToUndo {})?;
        let had_discount = sale.discount.is_some();
        let Undone { mut lines, about } = match done.act {
            SaleAct::LineAdded => without(tx, &mut sale, &done)?,
            SaleAct::Counted => one_less(tx, &mut sale, &done)?,
            SaleAct::QuantityChanged
            | SaleAct::PriceOverridden
            | SaleAct::Discounted
            | SaleAct::LineVoided
            | SaleAct::Noted
            | SaleAct::CustomerSet
            | SaleAct::SellerSet
            | SaleAct::AgeConfirmed
            | SaleAct::TakenBack
            | SaleAct::Reversed => as_before(tx, &mut sale, &done)?,
            SaleAct::TakeawaySet | SaleAct::TaxExempted => taxed_as_before(tx, &mut sale, &done)?,
        };
        sale.noted();
        let act = TrailAct::Undone { what: done.act, line: about };
        tx.add_open_trail(&sale, &TrailEntry { at: tx.moment().wall, operator, act })?;
        if had_discount {
            discount::save_spread(tx, &mut sale, &mut lines)?;
        } else {
            discount::save(tx, &mut sale, &mut lines)?;
        }
        let about = lines.iter().find(|line| Some(line.number) == about);
        let name = about.map(|line| line.name.clone());
        let selected = about.filter(|line| !line.voided).map(|line| line.number);
        lines.sort_by_key(|line| line.number);
        Ok(SaleUndone { what: done.act, name, changed: changed(&sale, &lines, selected)? })
    })
}

/// Lines that changed, and the number of the one the act was about.
struct Undone {
    lines: Vec<Line>,
    about: Option<u32>,
}

/// What was rung up goes, with what goes with it.
fn without(tx: &LedgerTx<'_>, sale: &mut OpenSale, done: &Done) -> Result<Undone, Error> {
    let (mut line, linked) = rung_up(tx, sale, done)?;
    sale.take_away_again(&mut line)?;
    followed(sale, line, linked)
}

/// One scan of several goes.
fn one_less(tx: &LedgerTx<'_>, sale: &mut OpenSale, done: &Done) -> Result<Undone, Error> {
    let (mut line, linked) = rung_up(tx, sale, done)?;
    sale.count_less(&mut line)?;
    followed(sale, line, linked)
}

/// Everything is what it was before the act.
fn as_before(tx: &LedgerTx<'_>, sale: &mut OpenSale, done: &Done) -> Result<Undone, Error> {
    let kept = tx.take_act(sale.id, done.key)?.ok_or(SaleError::NothingToUndo {})?;
    let about = kept.lines.first().map(|line| line.number);
    let mut lines = Vec::new();
    for number in kept.added {
        let mut added = line(tx, sale, number)?;
        sale.take_away_again(&mut added)?;
        lines.push(added);
    }
    for before in kept.lines {
        let mut changed = line(tx, sale, before.number)?;
        sale.put_back(&mut changed, before)?;
        lines.push(changed);
    }
    sale.say_again(kept.said)?;
    // What goods came back from, and for whom a sale is, is about all of it.
    let about = match done.act {
        SaleAct::CustomerSet | SaleAct::TakenBack | SaleAct::Reversed => None,
        SaleAct::LineAdded
        | SaleAct::Counted
        | SaleAct::QuantityChanged
        | SaleAct::PriceOverridden
        | SaleAct::Discounted
        | SaleAct::LineVoided
        | SaleAct::Noted
        | SaleAct::SellerSet
        | SaleAct::TakeawaySet
        | SaleAct::TaxExempted
        | SaleAct::AgeConfirmed => about,
    };
    Ok(Undone { lines, about })
}

/// The lines are taxed as they were before.
fn taxed_as_before(tx: &LedgerTx<'_>, sale: &mut OpenSale, done: &Done) -> Result<Undone, Error> {
    let kept = tx.take_act(sale.id, done.key)?.ok_or(SaleError::NothingToUndo {})?;
    sale.say_again(kept.said)?;
    let mut lines = Vec::new();
    for mut line in tx.open_lines(sale.id)? {
        if sale.retax(&mut line)? {
            lines.push(line);
        }
    }
    Ok(Undone { lines, about: None })
}

/// The line that an act rang up or counted on, and the one that goes with it, which stands right behind it.
fn rung_up(tx: &LedgerTx<'_>, sale: &OpenSale, done: &Done) -> Result<(Line, Option<Line>), Error> {
    let number = u32::try_from(done.key).map_err(|_| SaleError::NothingToUndo {})?;
    let linked = tx.open_line(sale.id, number.saturating_add(1))?;
    let linked = linked.filter(|linked| linked.with.is_some_and(|with| with.line == number));
    Ok((line(tx, sale, number)?, linked))
}

fn followed(sale: &mut OpenSale, line: Line, linked: Option<Line>) -> Result<Undone, Error> {
    let about = Some(line.number);
    let mut lines = vec![line];
    if let Some(mut linked) = linked
        && let Some(with) = linked.with
    {
        sale.follow(&lines[0], &mut linked, with)?;
        lines.push(linked);
    }
    Ok(Undone { lines, about })
}

fn line(tx: &LedgerTx<'_>, sale: &OpenSale, number: u32) -> Result<Line, Error> {
    Ok(tx.open_line(sale.id, number)?.ok_or(SaleError::LineUnknown { line: number })?)
}

fn changed(sale: &OpenSale, lines: &[Line], selected: Option<u32>) -> Result<SaleChanged, Error> {
    let revision = lines.iter().map(|line| line.revision).min().unwrap_or(sale.revision);
    let shown = match lines.len() {
        0..=super::LINES_SHOWN => Some(Box::new(view::view(sale, lines, selected)?)),
        _ => None,
    };
    Ok(SaleChanged { sale: sale.id, revision, line: selected, shown })
}

/// The last act was taken back.
#[derive(Serialize, Deserialize)]
pub struct SaleUndone {
    what: SaleAct,
    name: Option<String>,
    changed: SaleChanged,
}

impl Effect for SaleUndone {
    type Answer = wire::sale::SaleUndone;

    const TRANSACTION_ALONE: bool = true;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<wire::sale::SaleUndone, Error> {
        let Self { what, name, changed } = self;
        Ok(wire::sale::SaleUndone { what, name, sale: changed.answer(ask)? })
    }
}
