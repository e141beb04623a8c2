//! `sale.commit` and `scan.line`: the same sales by the till and by the bare program, turn by turn in one run.

use super::figures::Row;
use super::files::{FRAME_BYTES, copy};
use super::ours::{ACTS_OF_A_SALE, Act, Done};
use super::program::{GROUPS_BEFORE, Programs};
use super::record::record;
use super::{Size, fsyncs, instructions, till};
use crate::seed::{Plan, kept};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What the bare program says of a group.
#[derive(Debug, Clone, Deserialize)]
pub struct Replayed {
    /// As recorded.
    pub label: String,
    /// How long it took, in nanoseconds.
    pub ns: u64,
    /// Rows it changed.
    pub rows: usize,
}

/// Copies of one shop: what the till works on, what the bare program works on, what the recording is in.
#[derive(Debug, Clone)]
pub struct Copies {
    /// The shop as everybody begins with it.
    pub base: PathBuf,
    /// Where changes were recorded.
    pub recorded: PathBuf,
    /// The till's.
    pub ours: PathBuf,
    /// The bare program's.
    pub bare: PathBuf,
}

/// Makes the shop, its copies and the recording of so many sales.
///
/// # Errors
/// When the shop cannot be made or a program fails.
pub fn prepare(programs: &Programs, plan: Plan, sales: usize) -> Result<Copies, String> {
    let shop = kept(plan, &programs.shops, &mut |_| {})?;
    let place = |name: &str| programs.work.join(name);
    let base = copy(&shop, &place("base"))?;
    till::set_up_printer(&base)?;
    let recorded = till::settled_copy(&base, &place("recorded"))?;
    record(programs, &recorded, &plan, GROUPS_BEFORE + sales * ACTS_OF_A_SALE.len())?;
    let ours = till::settled_copy(&base, &place("ours"))?;
    let bare = till::settled_copy(&base, &place("bare"))?;
    Ok(Copies { ours, bare, base, recorded })
}

/// One round: times by label of both, what the till said, rows of one sale.
struct Round {
    ours: Vec<Done>,
    bare: Vec<Replayed>,
}

impl Round {
    fn times(&self, act: Act) -> (Vec<u64>, Vec<u64>) {
        let ours = self.ours.iter().filter(|done| done.label == act.label()).map(|done| done.ns);
        let bare = self.bare.iter().filter(|done| done.label == act.label()).map(|done| done.ns);
        (ours.collect(), bare.collect())
    }
}

/// Measures both rows.
///
/// # Errors
/// When a program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Vec<Row>, String> {
    let plan = size.shop;
    let copies = prepare(programs, plan, (size.rounds + 1) * size.sales)?;
    let quiet = size.wait();
    let rounds = rounds(programs, size, &copies)?;
    let times = |act| rounds.iter().map(|round| round.times(act)).collect::<Vec<_>>();
    let against = "plain SQLite writing the same rows, FULL, log reused";
    let mut sale = Row::of_rounds("sale.commit", against, &times(Act::Complete));
    let against = "one prepared join and plain SQLite saving the same rows without a sync";
    let mut scan = Row::of_rounds("scan.line", against, &times(Act::Scan));
    for row in [&mut sale, &mut scan] {
        row.load = quiet.load;
        row.noisy = quiet.noisy;
    }
    count_rounds(&rounds, Act::Complete, &mut sale);
    count_rounds(&rounds, Act::Scan, &mut scan);
    if let Some(ratio) = sale.ratio {
        sale.at_most("ratio p50", ratio.p50, 1.3);
        sale.at_most("ratio p99", ratio.p99, 2.0);
    }
    if let Some(ratio) = scan.ratio {
        scan.at_most("ratio p50", ratio.p50, 3.0);
        scan.at_most("ratio p99", ratio.p99, 5.0);
    }
    fsyncs::count(programs, &copies, &plan, size.counted_sales, (&mut sale, &mut scan))?;
    instructions::count(programs, &copies, &plan, size.instruction_sales, (&mut sale, &mut scan))?;
    Ok(vec![sale, scan])
}

fn rounds(programs: &Programs, size: &Size, copies: &Copies) -> Result<Vec<Round>, String> {
    let mut ours = programs.start_ours(&[], &copies.ours, &size.shop, false)?;
    let mut bare = programs.start_bare(&[], &copies.bare, &copies.recorded)?;
    ours.run::<Done>(GROUPS_BEFORE)?;
    bare.run::<Replayed>(GROUPS_BEFORE)?;
    let acts = size.sales * ACTS_OF_A_SALE.len();
    let mut rounds = Vec::with_capacity(size.rounds);
    for round in 0..=size.rounds {
        // Who goes first changes with every round.
        let done = if round % 2 == 0 {
            let ours = ours.run(acts)?;
            Round { ours, bare: bare.run(acts)? }
        } else {
            let bare = bare.run(acts)?;
            Round { ours: ours.run(acts)?, bare }
        };
        // The first round warms both up and lets both logs grow.
        if round > 0 {
            rounds.push(done);
        }
    }
    ours.end()?;
    bare.end()?;
    Ok(rounds)
}

/// What the till and the bare program did for one act on average.
fn count_rounds(rounds: &[Round], act: Act, row: &mut Row) {
    let label = act.label();
    let ours: Vec<&Done> =
        rounds.iter().flat_map(|round| &round.ours).filter(|done| done.label == label).collect();
    let bare = rounds.iter().flat_map(|round| &round.bare).filter(|done| done.label == label);
    let count = ours.len().max(1) as f64;
    let commits = |word: &str| {
        ours.iter().flat_map(|done| done.commits.split('+')).filter(|commit| *commit == word).count() as f64
    };
    let frames: u32 = ours.iter().map(|done| done.frames).sum();
    row.count("log_bytes", f64::from(frames) * f64::from(FRAME_BYTES) / count);
    row.count("commits_durable", commits("full") / count);
    row.count("commits_draft", commits("draft") / count);
    row.count("rows_changed", bare.map(|done| done.rows).sum::<usize>() as f64 / count);
    let theirs: Vec<u64> = rounds.iter().flat_map(|round| round.times(act).1).collect();
    row.count("bare_p50_us", super::figures::micros(super::figures::percentile(&theirs, 50)));
    row.count("bare_p99_us", super::figures::micros(super::figures::percentile(&theirs, 99)));
}

/// Whether the till and the bare program left the same rows behind: every projection, and with the heads of the logs
/// among them every fact.
///
/// # Errors
/// The table in which they differ, or what keeps one from reading.
pub fn compare(ours: &Path, bare: &Path) -> Result<(), String> {
    let text = |error: database::error::DatabaseError| error.to_string();
    let ours = database::dump::projections(ours).map_err(text)?;
    let bare = database::dump::projections(bare).map_err(text)?;
    for (table, rows) in &ours {
        // How far the catalogue has followed is noted by a till that opens; the bare program only reads it.
        if table != "applied" && bare.get(table) != Some(rows) {
            return Err(format!("{table} has other rows in the bare program's file"));
        }
    }
    Ok(())
}
