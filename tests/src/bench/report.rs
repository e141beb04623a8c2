//! `report.standard` and `sale.during_reports`: every report over a year of a long past against reading the rows of its own
//! rollup, and the sales beside reports against the same till's sales without any.

use super::backup::sell;
use super::figures::{Row, median, micros, percentile};
use super::files::copy;
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{OWNER, PIN, kept};
use domain::time::BusinessDay;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use terminal::Clock;

/// A report against a scan of its rollup at most, where that scan takes longer than [`SCAN_MIN_NS`].
const MOST: f64 = 3.0;
/// Below, a call costs more than all rows of the rollup.
const SCAN_MIN_NS: f64 = 1_000_000.0;
/// How long a report may take at most where its rollup is small: milliseconds.
const MOST_MS: f64 = 10.0;
/// The slowest sales beside reports against the slowest without at most.
const MOST_BESIDE: f64 = 2.0;
/// The last day of a seeded shop.
const LAST_DAY: &str = "2026-03-01";
/// Days of a report over a year, and over what falls into no whole month.
const PERIODS: [(&str, i32); 2] = [("year", 364), ("days", 24)];

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// A stretch of a rollup: table, column, first and last.
type Stretch = (&'static str, &'static str, i32, i32);

/// The rollup a report reads, between two days.
fn rollup(report: &str, from: BusinessDay, to: BusinessDay) -> Vec<Stretch> {
    let days = |table| vec![(table, "day", from.unix_day(), to.unix_day())];
    match report {
        "days" | "weekdays" | "low_days" => days("sales_by_day"),
        "hours" | "operators" => days("sales_by_hour"),
        "taxes" => days("tax_by_day"),
        "tenders" => days("tender_by_day"),
        "categories" | "products" | "slow_products" => products(from, to),
        _ => days("act_by_day"),
    }
}

/// The days before the first whole month, the whole months, and the days behind them.
fn products(from: BusinessDay, to: BusinessDay) -> Vec<Stretch> {
    let day =
        |first: BusinessDay, last: BusinessDay| ("product_by_day", "day", first.unix_day(), last.unix_day());
    let first = if from == from.month().first_day() { from.month() } else { from.month().following() };
    let behind = if to.plus_days(1).month() == to.month() { to.month() } else { to.month().following() };
    if first.number() >= behind.number() {
        return vec![day(from, to)];
    }
    vec![
        day(from, first.first_day().plus_days(-1)),
        ("product_by_month", "month", first.number(), behind.number() - 1),
        day(behind.first_day(), to),
    ]
}

/// What the bare program says of a scan.
#[derive(Deserialize)]
struct Scanned {
    nanos: Vec<u64>,
    rows: u64,
}

/// Lets the bare program read stretches of tables. Returns how long that took in each round, and how many rows there were.
///
/// # Errors
/// When it fails.
pub fn scan(
    programs: &Programs,
    ledger: &Path,
    stretches: &[Stretch],
    rounds: usize,
) -> Result<(Vec<u64>, u64), String> {
    let (mut sums, mut rows) = (vec![0; rounds], 0);
    for (table, column, first, last) in stretches {
        let output = Command::new(&programs.bare)
            .arg("scan")
            .arg(ledger)
            .args([table, column])
            .args([first, last].map(i32::to_string))
            .arg(rounds.to_string())
            .output()
            .map_err(text)?;
        let scanned: Scanned = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
        sums.iter_mut().zip(scanned.nanos).for_each(|(sum, nanos)| *sum += nanos);
        rows += scanned.rows;
    }
    Ok((sums, rows))
}

/// Measures `report.standard`.
///
/// # Errors
/// When the till or the bare program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.long_past, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("reports"))?;
    let (terminal, clock) = till::open(&folder, 1)?;
    while terminal.database().fold(10_000, clock.now()).map_err(text)? {}
    terminal.database().settle().map_err(text)?;
    terminal.database().apply_catalog().map_err(text)?;
    let mut desk = Desk::new(&terminal, 1);
    desk.sign_in(OWNER, PIN)?;
    while terminal.database().fold(10_000, clock.now()).map_err(text)? {}
    let to = BusinessDay::parse(LAST_DAY).ok_or("the last day is one")?;
    let quiet = size.wait();
    let (mut all, mut rows_read, mut over) = (Vec::new(), 0, Vec::new());
    for (period, days) in PERIODS {
        let from = to.plus_days(-days);
        for report in database::report::REPORTS {
            let request = json!({ "report": report.name, "from": from, "to": to });
            let (mut ours, mut found) = (Vec::new(), 0);
            for round in 0..=size.rounds {
                let envelope = desk.envelope("report.run", &request)?;
                let started = Instant::now();
                let answer = desk.send(&envelope)?;
                // The first warms the file.
                if round > 0 {
                    ours.push(nanos(started));
                }
                found = answer.get().len();
            }
            let stretches = rollup(report.name, from, to);
            let (theirs, rows) = scan(programs, &folder.join("ledger.db"), &stretches, size.rounds)?;
            let (mine, bare) = (percentile(&ours, 50) as f64, percentile(&theirs, 50) as f64);
            rows_read += rows;
            over.push((format!("{} of a {period}", report.name), mine, bare, found));
            all.push((ours, theirs));
        }
    }
    let mut row =
        Row::of_rounds("report.standard", "reading every column of the same rows of the rollups", &all);
    row.in_ms();
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("rows_read", rows_read as f64);
    row.count("bare_ms", median(&over.iter().map(|(_, _, bare, _)| bare / 1e6).collect::<Vec<_>>()));
    for (name, mine, bare, found) in over {
        if found == 0 {
            return Err(format!("{name} said nothing"));
        }
        if bare >= SCAN_MIN_NS {
            row.at_most(&format!("{name}, ratio"), mine / bare, MOST);
        } else {
            row.at_most(&format!("{name}, ms"), mine / 1e6, MOST_MS);
        }
    }
    Ok(row)
}

/// Measures `sale.during_reports`.
///
/// # Errors
/// When the till fails.
pub fn measure_beside(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("beside-reports"))?;
    let codes = till::codes(&size.shop)?;
    let (terminal, clock) = till::open(&folder, 1)?;
    let mut desk = Desk::new(&terminal, 1);
    desk.sign_in(OWNER, PIN)?;
    let mut draw = Draw::new(size.shop.seed, 83);
    let quiet = size.wait();
    let (mut rounds, mut reports) = (Vec::new(), 0);
    for round in 0..=size.rounds {
        let alone = (0..size.sales)
            .map(|_| sell(&mut desk, &clock, &mut draw, &codes))
            .collect::<Result<Vec<_>, _>>()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let number = 0x00CA_0000 + u32::try_from(round).unwrap_or(0);
        let mut asker = Desk::new(&terminal, number);
        asker.sign_in(OWNER, PIN)?;
        let asking = std::thread::spawn({
            let stopping = Arc::clone(&stopping);
            move || -> Result<u32, String> {
                let mut made = 0;
                for report in database::report::REPORTS.iter().cycle() {
                    if stopping.load(Ordering::Acquire) {
                        break;
                    }
                    let request = json!({ "report": report.name, "from": "2025-03-01", "to": LAST_DAY });
                    asker.call::<Value>("report.run", &request)?;
                    made += 1;
                }
                Ok(made)
            }
        });
        let beside = (0..size.sales)
            .map(|_| sell(&mut desk, &clock, &mut draw, &codes))
            .collect::<Result<Vec<_>, _>>();
        stopping.store(true, Ordering::Release);
        let made = asking.join().map_err(|_| "the thread of the reports panicked")??;
        if round > 0 {
            reports += made;
            rounds.push((beside?, alone));
        }
    }
    let mut row =
        Row::of_rounds("sale.during_reports", "the same till's sales while nobody reads reports", &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("reports_meanwhile", f64::from(reports));
    let alone: Vec<u64> = rounds.iter().flat_map(|(_, alone)| alone.iter().copied()).collect();
    row.count("alone_p50_us", micros(percentile(&alone, 50)));
    row.count("alone_p99_us", micros(percentile(&alone, 99)));
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p99", ratio.p99, MOST_BESIDE);
    }
    Ok(row)
}
