//! `sale.history` and `start.history`: what a sale and a start cost a till with a long past, against one with a short
//! past, in one run. They are counted, not timed: what grows with the past grows in instructions and in bytes read.

use super::Size;
use super::figures::{Row, micros};
use super::files::copy;
use super::instructions::{self, Program};
use super::ours::Done;
use super::program::{GROUPS_BEFORE, Programs};
use super::till;
use crate::seed::{Plan, kept};
use std::fs;

/// A long past against a short one at most.
const MOST: f64 = 1.15;

/// What was counted of a till with one past.
struct Past {
    program: Program,
    /// Bytes its start asked the system for; `None` where the system does not tell.
    bytes: Option<f64>,
    /// How long opening took, in nanoseconds.
    open_ns: u64,
}

/// Measures both rows.
///
/// # Errors
/// When a shop cannot be made, or a till fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Vec<Row>, String> {
    if !instructions::can_count() {
        let not_measured = |name| {
            let mut row = Row::of_rounds(name, "a till with a short past", &[]);
            row.ratio = None;
            row.misses.push("not measured: there is no valgrind".to_owned());
            row
        };
        return Ok(["sale.history", "start.history"].map(not_measured).into());
    }
    let short = past(programs, size, size.short_past)?;
    let long = past(programs, size, size.long_past)?;
    let against = format!("{} sales behind it, not {}", size.short_past.sales, size.long_past.sales);
    let unit = "instructions";
    let both = (long.program.sale.all, short.program.sale.all);
    let mut sale = Row::of_counts("sale.history", &against, unit, both);
    sale.at_most("instructions of a sale, ratio", both.0 / both.1.max(1.0), MOST);
    let scan = long.program.scan.all / short.program.scan.all.max(1.0);
    sale.count("scan_instructions_ratio", scan);
    sale.at_most("instructions of a scan, ratio", scan, MOST);
    let of_start = |past: &Past| past.program.start.all - past.program.start.pin;
    let both = (of_start(&long), of_start(&short));
    let mut start = Row::of_counts("start.history", &against, unit, both);
    start.at_most("instructions of a start, ratio", both.0 / both.1.max(1.0), MOST);
    if let (Some(long), Some(short)) = (long.bytes, short.bytes) {
        start.count("bytes_read", long);
        start.count("bytes_read_short", short);
        start.at_most("bytes read at a start, ratio", long / short.max(1.0), MOST);
    }
    start.count("open_ms", micros(long.open_ns) / 1_000.0);
    start.count("open_ms_short", micros(short.open_ns) / 1_000.0);
    Ok(vec![sale, start])
}

/// Counts a till with one past. Only one copy lies on the disk at a time: the long one is large.
fn past(programs: &Programs, size: &Size, plan: Plan) -> Result<Past, String> {
    let shop = kept(plan, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("history"))?;
    // This start begins the log of the copy; the ones that count go on with it.
    till::set_up_printer(&folder)?;
    let mut opened = programs.start_ours(&[], &folder, &plan, false)?;
    let before = bytes_read(opened.number());
    let done: Vec<Done> = opened.run(GROUPS_BEFORE)?;
    let bytes = before.zip(bytes_read(opened.number())).map(|(before, after)| after - before);
    opened.end()?;
    let program = instructions::of_till(programs, &folder, &plan, size.instruction_sales)?;
    fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(Past { program, bytes, open_ns: done.first().map_or(0, |open| open.ns) })
}

/// Bytes a program has asked the system to read so far, from a disk or from memory (`rchar` of proc(5)).
fn bytes_read(process: u32) -> Option<f64> {
    let io = fs::read_to_string(format!("/proc/{process}/io")).ok()?;
    io.lines().find_map(|line| line.strip_prefix("rchar:"))?.trim().parse().ok()
}
