//! What came back of a sale (rule 17): never more than was sold, each part from where the one before it ended, and for
//! exactly its share of what was paid.

use super::fault::{Faults, Problem};
use super::once::Place;
use domain::quantity::Quantity;
use domain::sale::line::Direction;
use domain::sale::returned::{Returnable, returnables};
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use wire::fact::{SaleCompletedFact, SoldLine};

/// Holds every line that took back of a sale against that sale, in the order in which they arrived. `sold` is where the sale
/// stands, `by` where those stand that took back of it.
pub fn check(connection: &Connection, sold: Place, by: &[Place], faults: &mut Faults) {
    let mut taking: Vec<(Place, Option<(i64, SaleCompletedFact)>)> =
        by.iter().map(|place| (*place, load::<SaleCompletedFact>(connection, *place))).collect();
    taking.sort_by_key(|(place, found)| (found.as_ref().map(|(arrival, _)| *arrival), *place));
    let lines = load::<SaleCompletedFact>(connection, sold).and_then(|(_, fact)| {
        let lines: Option<Vec<_>> = fact.lines.iter().map(|line| line.line(fact.currency).ok()).collect();
        let lines = returnables(lines?, &fact.tax_policy, |_| Quantity::ZERO).ok()?;
        Some((fact.sale, lines))
    });
    let mut returned = BTreeMap::new();
    for ((log, seq), found) in taking {
        let problem = match (&lines, found) {
            (Some((sale, lines)), Some((_, fact))) => fact
                .lines
                .iter()
                .filter(|line| line.of.as_ref().is_some_and(|of| of.sale == *sale))
                .find_map(|line| differs(line, lines, &mut returned)),
            _ => Some("lines"),
        };
        if let Some(field) = problem {
            faults.place(log, seq, Problem::ReturnDiffers { field });
        }
    }
}

/// The first thing about a line that does not follow from the one it takes back. `returned` is what came back before, in
/// thousandths by line.
fn differs(line: &SoldLine, lines: &[Returnable], returned: &mut BTreeMap<u32, i64>) -> Option<&'static str> {
    let of = line.of.as_ref()?;
    let Some(from) = lines.iter().find(|from| from.line.number == of.line) else { return Some("line") };
    let before = returned.entry(of.line).or_default();
    if of.before.as_thousandths() != *before {
        return Some("before");
    }
    *before = before.saturating_add(line.quantity.as_thousandths());
    if *before > from.line.quantity.as_thousandths() {
        return Some("quantity");
    }
    let opposite = match from.line.direction {
        Direction::Sale => Direction::Return,
        Direction::Return => Direction::Sale,
    };
    if line.direction != opposite {
        return Some("direction");
    }
    let at = Returnable { returned: of.before, ..from.clone() };
    match at.part(line.quantity) {
        Ok((amount, _)) if amount.minor() != line.amount => Some("amount"),
        Ok((_, tax)) if tax.minor() != line.tax => Some("tax"),
        Ok(_) => None,
        Err(_) => Some("amount"),
    }
}

/// A completed sale and its arrival; `None` where it cannot be read.
pub fn load<T: DeserializeOwned>(connection: &Connection, (log, seq): Place) -> Option<(i64, T)> {
    let mut statement =
        connection.prepare_cached("select arrival, payload from fact where log = ?1 and seq = ?2").ok()?;
    let row = statement
        .query_row(params![log, seq], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .optional()
        .ok()??;
    Some((row.0, serde_json::from_slice(&row.1).ok()?))
}
