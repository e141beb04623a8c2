//! `verify`: the check of a ledger's file against a program that only reads every fact and computes its two hashes.

use super::Size;
use super::figures::{Row, median, micros};
use super::files::copy;
use super::program::Programs;
use crate::seed::kept;
use database::disk::SystemDisk;
use database::verify;
use std::process::Command;
use std::time::Instant;

/// The check against the bare reading at most.
const MOST: f64 = 2.0;

/// Measures the row.
///
/// # Errors
/// When a program fails, or the ledger is not whole.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("verify"))?;
    let ledger = folder.join("ledger.db");
    let quiet = size.wait();
    let (mut rounds, mut facts, mut bares) = (Vec::new(), 0, Vec::new());
    for round in 0..=size.rounds {
        let started = Instant::now();
        let report = verify::file(&SystemDisk, &ledger).map_err(|error| error.to_string())?;
        let ours = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if let Some(fault) = report.faults.first() {
            return Err(format!("the shop is not whole: {fault}"));
        }
        facts = report.facts;
        let output = Command::new(&programs.bare).arg("read").arg(&ledger).output();
        let output = output.map_err(|error| error.to_string())?;
        let bare: u64 = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
        // The first round warms the file for both.
        if round > 0 {
            rounds.push((vec![ours], vec![bare]));
            bares.push(micros(bare) / 1_000.0);
        }
    }
    let against = "plain SQLite reading every fact, with SHA-256 of its envelope and of its payload";
    let mut row = Row::of_rounds("verify", against, &rounds);
    row.in_ms();
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("facts", facts as f64);
    row.count("bare_ms", median(&bares));
    row.count("us_a_fact", row.p50 * 1_000.0 / (facts as f64).max(1.0));
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    Ok(row)
}
