//! `scan.line.500`: a line into a sale of five hundred against a line into a sale of one, in one till, turn by turn.

use super::figures::Row;
use super::files::copy;
use super::ours::basket;
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{PIN, kept};
use domain::code::Code;
use domain::ids::SaleId;
use serde_json::{Value, json};
use std::time::Instant;
use wire::sale::SaleView;

/// The lines the long sale has before anything is timed.
pub const LONG: usize = 500;
/// A line into the long one against one into the short one at most.
const MOST: f64 = 1.15;

/// Measures the row.
///
/// # Errors
/// What the till refuses.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("long-sale"))?;
    let codes = till::codes(&size.shop)?;
    let (terminal, clock) = till::open(&folder, 1)?;
    let people = Desk::new(&terminal, 9).operators()?;
    let [(first, _), (second, _), ..] = &people[..] else {
        return Err("the shop has one operator".to_owned());
    };
    let (mut long, mut short) = (Desk::new(&terminal, 1), Desk::new(&terminal, 2));
    long.sign_in(first, PIN)?;
    short.sign_in(second, PIN)?;
    let mut draw = Draw::new(size.shop.seed, 78);
    let mut last = None;
    for _ in 0..LONG {
        scan(&mut long, &next(&mut draw, &codes, &mut last))?;
    }
    let quiet = size.wait();
    let mut rounds = Vec::with_capacity(size.rounds);
    for round in 0..=size.rounds {
        let (mut into_long, mut into_short) = (Vec::new(), Vec::new());
        for _ in 0..size.sales.min(60) {
            clock.pass(1_000);
            let pair = basket(&mut draw, &codes, 2);
            // The first scan of the short sale opens it, and takes what the cancelled one before left to both that count.
            let (_, sale) = scan(&mut short, &pair[0])?;
            into_long.push(scan(&mut long, &next(&mut draw, &codes, &mut last))?.0);
            into_short.push(scan(&mut short, &pair[1])?.0);
            short.call::<Value>("sale.cancel", &json!({ "sale": sale }))?;
        }
        terminal.database().settle().map_err(|error| error.to_string())?;
        if round > 0 {
            rounds.push((into_long, into_short));
        }
    }
    let mut row = Row::of_rounds("scan.line.500", "a line into a sale of one", &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    Ok(row)
}

/// Another code than the last: the same one again would be counted on its line.
pub(super) fn next(draw: &mut Draw, codes: &[Code], last: &mut Option<Code>) -> Code {
    let pair = basket(draw, codes, 2);
    let code = if last.as_ref() == Some(&pair[0]) { pair[1].clone() } else { pair[0].clone() };
    *last = Some(code.clone());
    code
}

fn scan(desk: &mut Desk, code: &Code) -> Result<(u64, SaleId), String> {
    let envelope = desk.envelope("sale.scan", &json!({ "code": code }))?;
    let started = Instant::now();
    let answer = desk.send(&envelope)?;
    let nanos = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let view: SaleView = serde_json::from_str(answer.get()).map_err(|error| error.to_string())?;
    Ok((nanos, view.sale))
}
