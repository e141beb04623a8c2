//! `rebuild`: what is derived from the facts and stands beside them in the ledger's file made anew, against a program that writes the rows that
//! come of it into emptied tables.

use super::figures::{Row, median, micros};
use super::files::copy;
use super::program::Programs;
use super::{Size, till};
use crate::seed::kept;
use std::process::Command;
use std::time::Instant;
use terminal::Clock;

/// A rebuild against the bare inserts at most.
const MOST: f64 = 3.0;
/// Rounds that count: one takes seconds.
const ROUNDS_MAX: usize = 5;

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Measures the row.
///
/// # Errors
/// When the till or the bare program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("rebuild"))?;
    let (terminal, clock) = till::open(&folder, 1)?;
    let database = terminal.database();
    while database.fold(10_000, clock.now()).map_err(text)? {}
    database.settle().map_err(text)?;
    let quiet = size.wait();
    let bare_folder = programs.work.join("rebuild-bare");
    let (mut rounds, mut rows, mut bares) = (Vec::new(), 0, Vec::new());
    for round in 0..=size.rounds.min(ROUNDS_MAX) {
        let started = Instant::now();
        database.rebuild_ledger(clock.now()).map_err(text)?;
        let ours = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        database.settle().map_err(text)?;
        // What the till has made is what the bare program writes.
        copy(&folder, &bare_folder)?;
        let output = Command::new(&programs.bare).arg("insert").arg(bare_folder.join("ledger.db")).output();
        let output = output.map_err(text)?;
        let (bare, written): (u64, u64) = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
        rows = written;
        // The first round warms the file for both.
        if round > 0 {
            rounds.push((vec![ours], vec![bare]));
            bares.push(micros(bare) / 1_000.0);
        }
    }
    let against = "plain SQLite emptying the same tables and inserting the same rows in one transaction";
    let mut row = Row::of_rounds("rebuild", against, &rounds);
    row.in_ms();
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("rows", rows as f64);
    row.count("bare_ms", median(&bares));
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    Ok(row)
}
