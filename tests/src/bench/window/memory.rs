//! `memory.window`: the memory of the till with its window and all the programs that belong to it, after a few sales in a
//! large catalogue, against a window of the same Tauri with an empty page. It is no time: a busy machine changes little
//! about it.

use super::started::Started;
use super::{Counter, GREETED, missing};
use crate::bench::Size;
use crate::bench::figures::{Row, rounded};
use crate::bench::files::evict_file;
use crate::bench::program::Programs;
use crate::headless::memory_kib;
use std::collections::BTreeSet;
use std::fs;

/// More than a blank window's at most, in MiB.
const MORE_MIB: f64 = 64.0;
/// Sales of one line that are made before it is looked at.
const SALES: usize = 20;

/// Measures the row; where there is no screen to measure on, the row says so.
///
/// # Errors
/// When a program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let against = "a window of the same Tauri with an empty page";
    if let Some(missing) = missing(programs) {
        let mut row = Row::of_rounds("memory.window", against, &[]);
        row.ratio = None;
        row.misses.push(format!("not measured: {missing}"));
        return Ok(row);
    }
    let mut counter = Counter::open(programs, size)?;
    // As after a start of the machine: how much of a program's file stands around what it needs depends on how the file
    // came into memory, and one that was just built stands there whole.
    for program in [&programs.till, &programs.blank] {
        evict_file(program).map_err(|error| format!("{}: {error}", program.display()))?;
    }
    // The first start on files that come from elsewhere begins a log of its own and may say so.
    let mut till = counter.till()?;
    till.said(GREETED)?;
    till.end()?;
    let mut till = counter.till()?;
    till.said(GREETED)?;
    counter.screen.rested()?;
    let greeted = of_tree(&till)?;
    counter.sign_on(&mut till)?;
    for _ in 0..SALES {
        counter.scan()?;
        till.said("operation=\"sale.scan\"")?;
        // The core answers a scanner before the page has drawn the line, and the key is the page's.
        counter.screen.rested()?;
        counter.pay(&mut till)?;
    }
    counter.screen.rested()?;
    let (ours, core) = (of_tree(&till)?, memory_kib(till.number())?);
    till.end()?;
    let blank = counter.blank()?;
    counter.screen.await_sight(&counter.screen.filled(super::BLANK_COLOUR))?;
    counter.screen.rested()?;
    let (theirs, of_blank) = (of_tree(&blank)?, memory_kib(blank.number())?);
    blank.end()?;
    let mib = |kib: u64| kib as f64 / 1_024.0;
    let mut row = Row::of_counts("memory.window", against, "MiB", (mib(ours), mib(theirs)));
    row.count("mib_before_the_first_sign_on", mib(greeted));
    row.count("mib_of_the_program_alone", mib(core));
    row.count("mib_of_the_blank_program_alone", mib(of_blank));
    row.count("products", f64::from(size.start_shop.products));
    row.count("sales", SALES as f64);
    row.at_most("MiB more than a blank window", rounded(mib(ours) - mib(theirs)), MORE_MIB);
    Ok(row)
}

/// The memory of a program and of all that it started, in KiB: their own, and their parts of what they share.
fn of_tree(started: &Started) -> Result<u64, String> {
    let mut tree = BTreeSet::from([started.number()]);
    // Who started whom is read until nothing is new: a child may have a smaller number than its parent.
    loop {
        let before = tree.len();
        for (process, parent) in parents()? {
            if tree.contains(&parent) {
                tree.insert(process);
            }
        }
        if tree.len() == before {
            break;
        }
    }
    // One that ended since takes nothing.
    Ok(tree.iter().filter_map(|process| memory_kib(*process).ok()).sum())
}

/// Every process, and who started it (proc_pid_stat(5), field 4).
fn parents() -> Result<Vec<(u32, u32)>, String> {
    let entries = fs::read_dir("/proc").map_err(|error| format!("/proc: {error}"))?;
    let processes = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parent = |process: u32| -> Option<u32> {
        let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
    };
    Ok(processes.filter_map(|process| Some((process, parent(process)?))).collect())
}
