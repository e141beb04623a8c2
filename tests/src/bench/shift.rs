//! `shift.x` and `shift.z`: the report within a shift of five thousand sales, and the one that closes it, against reading the
//! rows of these sales. Neither may read them: both are said from running sums.

use super::figures::{Row, percentile};
use super::files::copy;
use super::program::Programs;
use super::report::scan;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::{OWNER, PIN, kept};
use serde_json::{Value, json};
use std::time::Instant;
use terminal::Clock;

/// A report against reading the rows of its sales at most, where that takes longer than [`SCAN_MIN_NS`].
const MOST: f64 = 3.0;
/// Below, a call costs more than the rows.
const SCAN_MIN_NS: f64 = 1_000_000.0;
/// How long a report may take at most where there are few sales: milliseconds.
const MOST_MS: f64 = 10.0;

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Measures both rows.
///
/// # Errors
/// When the till or the bare program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Vec<Row>, String> {
    let shop = kept(size.shift, &programs.shops, &mut |_| {})?;
    let quiet = size.wait();
    let (mut reads, mut closes, mut bare, mut rows) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for round in 0..=size.rounds {
        // A shift is closed once: each round has a shop of its own.
        let folder = copy(&shop, &programs.work.join(format!("shift-{round}")))?;
        let (terminal, clock) = till::open(&folder, 1)?;
        while terminal.database().fold(10_000, clock.now()).map_err(text)? {}
        terminal.database().settle().map_err(text)?;
        let mut desk = Desk::new(&terminal, 1);
        desk.sign_in(OWNER, PIN)?;
        let envelope = desk.envelope("shift.preview", &json!({}))?;
        let started = Instant::now();
        desk.send(&envelope)?;
        let read = nanos(started);
        let view: Value = desk.call("shift.show", &json!({}))?;
        if view["sales"] != json!(size.shift.sales) {
            return Err(format!("the shift has {} sales", view["sales"]));
        }
        let counted = json!({ "counted": view["expected"], "denominations": [] });
        desk.call::<Value>("shift.count", &counted)?;
        let envelope = desk.envelope("shift.close", &json!({ "reason": null, "left": null }))?;
        let started = Instant::now();
        desk.send(&envelope)?;
        let closed = nanos(started);
        drop(desk);
        drop(terminal);
        let everything = [("sale", "arrival", 0, i32::MAX)];
        let (theirs, found) = scan(programs, &folder.join("ledger.db"), &everything, 1)?;
        std::fs::remove_dir_all(&folder).map_err(text)?;
        // The first warms the files.
        if round > 0 {
            reads.push(read);
            closes.push(closed);
            bare.extend(theirs);
            rows = found;
        }
    }
    let row = |name: &str, ours: Vec<u64>| {
        let (mine, scanned) = (percentile(&ours, 50) as f64, percentile(&bare, 50) as f64);
        let mut row =
            Row::of_rounds(name, "reading every column of the rows of its sales", &[(ours, bare.clone())]);
        row.in_ms();
        (row.load, row.noisy) = (quiet.load, quiet.noisy);
        row.count("rows_read", rows as f64);
        if scanned >= SCAN_MIN_NS {
            row.at_most("ratio", mine / scanned, MOST);
        } else {
            row.at_most("ms", mine / 1e6, MOST_MS);
        }
        row
    };
    Ok(vec![row("shift.x", reads), row("shift.z", closes)])
}
