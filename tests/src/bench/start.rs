//! `start.first_scan`: from a till's files on a cold disk to the first product in a sale, without the window and
//! without the PIN, whose slowness is meant.

use super::figures::{Row, percentile};
use super::files::{copy, evict};
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::{OWNER, PIN, kept};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The core's start at most, in milliseconds.
const MOST_MS: f64 = 50.0;
/// Ours against the bare program's at most.
const MOST: f64 = 20.0;

/// What one start took, in nanoseconds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Started {
    open: u64,
    sign_in: u64,
    scan: u64,
}

/// Opens the till in a process of its own and scans once. Each start of a folder is another `life`, from 1.
///
/// # Errors
/// What the till refuses.
pub fn once(folder: &Path, code: &str, life: u32) -> Result<Started, String> {
    let started = Instant::now();
    let (terminal, _) = till::open(folder, life)?;
    let open = nanos(started);
    let mut desk = Desk::new(&terminal, life);
    let started = Instant::now();
    desk.sign_in(OWNER, PIN)?;
    let sign_in = nanos(started);
    let envelope = desk.envelope("sale.scan", &json!({ "code": code }))?;
    let started = Instant::now();
    desk.send(&envelope)?;
    let scan = nanos(started);
    let current: Value = desk.call("sale.current", &json!({}))?;
    let sale = current["sale"]["sale"].clone();
    // The next start finds no open sale, as this one did.
    desk.call::<Value>("sale.cancel", &json!({ "sale": sale }))?;
    Ok(Started { open, sign_in, scan })
}

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Measures the row.
///
/// # Errors
/// When a program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let plan = size.start_shop;
    let shop = kept(plan, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("start"))?;
    let bare_folder = copy(&shop, &programs.work.join("start-bare"))?;
    let codes = till::codes(&plan)?;
    let quiet = size.wait();
    let mut rounds = Vec::with_capacity(size.rounds);
    let mut parts = Vec::with_capacity(size.rounds);
    let mut cold = true;
    for round in 0..=size.rounds {
        let code = &codes[(round * 7_919) % codes.len()];
        cold &= evict(&folder)? && evict(&bare_folder)?;
        let mut ours = Command::new(&programs.ours);
        ours.arg("first-scan").arg(&folder).arg(code.as_str()).arg((round + 1).to_string());
        let started: Started = ask(&mut ours)?;
        let mut bare = Command::new(&programs.bare);
        bare.arg("start").arg(bare_folder.join("ledger.db")).arg(bare_folder.join("catalog.db"));
        let bare: u64 = ask(bare.arg(code.key()))?;
        if round > 0 {
            rounds.push((vec![started.open + started.scan], vec![bare]));
            parts.push(started);
        }
    }
    let against = "plain SQLite opening the same files, finding a product and saving one draft";
    let mut row = Row::of_rounds("start.first_scan", against, &rounds);
    row.in_ms();
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    let middle = |part: fn(&Started) -> u64| {
        super::figures::micros(percentile(&parts.iter().map(part).collect::<Vec<_>>(), 50)) / 1_000.0
    };
    row.count("open_ms", middle(|started| started.open));
    row.count("sign_in_ms_not_counted", middle(|started| started.sign_in));
    row.count("scan_ms", middle(|started| started.scan));
    row.count("products", f64::from(plan.products));
    let bare: Vec<u64> = rounds.iter().flat_map(|(_, bare)| bare.iter().copied()).collect();
    row.count("bare_ms", super::figures::micros(percentile(&bare, 50)) / 1_000.0);
    row.at_most("the core's start in ms", row.p50, MOST_MS);
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    if !cold {
        row.misses.push("the files were not cold: this system cannot be asked to forget them".to_owned());
    }
    Ok(row)
}

fn ask<A: for<'d> Deserialize<'d>>(command: &mut Command) -> Result<A, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("{command:?}: {error}"))
}
