//! Notes of a sale. While it is open they stand with it; its fact commits to them, and their words stand beside it, where
//! they can be erased (invariant 16).

use super::{SaleChanged, changed, open_sale};
use crate::act::Act;
use crate::error::Error;
use database::LedgerTx;
use domain::sale::line::Line;
use domain::sale::undo::{Kept, SaleAct};
use domain::sale::{OpenSale, SaleError};
use serde_json::Value;
use wire::fact::Notes;
use wire::record::{Detached, commit};
use wire::sale::SetNote;

/// `sale.note`
pub fn note(act: &Act<'_>, request: SetNote) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        let mut line = match request.line {
            Some(number) => {
                let line = tx.open_line(sale.id, number)?;
                Some(line.ok_or(SaleError::LineUnknown { line: number })?)
            }
            None => None,
        };
        let kept = Kept { said: sale.said(), lines: line.iter().cloned().collect(), added: Vec::new() };
        sale.set_note(line.as_mut(), &request.note)?;
        tx.keep_act(&mut sale, SaleAct::Noted, &kept)?;
        tx.save_open_sale(&sale)?;
        if let Some(line) = &line {
            tx.save_open_line(sale.id, line)?;
        }
        changed(&sale, line.as_slice())
    })
}

/// The notes of a sale that is settled, as its fact commits to them, and their words.
pub fn seal(tx: &mut LedgerTx<'_>, sale: &OpenSale, lines: &[Line]) -> (Notes, Vec<Detached>) {
    let of_lines = lines.iter().filter_map(|line| Some((Notes::of_line(line.number), line.note.clone()?)));
    let of_sale = sale.note.clone().map(|note| (Notes::SALE.to_owned(), note));
    let mut notes = Notes::default();
    let mut detached = Vec::new();
    for (field, note) in of_lines.chain(of_sale) {
        let (committed, kept) = commit(field.clone(), &Value::String(note), tx.salt());
        notes.0.insert(field, committed);
        detached.push(kept);
    }
    (notes, detached)
}
