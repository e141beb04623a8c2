//! The bare program writes what a till writes, row for row: else the comparison would say nothing. And a bench says
//! something another program can read.

use scenarios::bench::figures::{Report, Row};
use scenarios::bench::instructions::can_count;
use scenarios::bench::ours::{self, ACTS_OF_A_SALE, Act, Done};
use scenarios::bench::program::{GROUPS_BEFORE, Programs, exists};
use scenarios::bench::selling::{Replayed, compare, prepare};
use scenarios::bench::{ROWS, Size, run};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The programs, built if they are not, and a folder of their own. All of the workspace is named, examples too: what cargo
/// builds for some packages alone has another set of features, and nearly everything would be built a second time. So it
/// would if build scripts were told of this package, as cargo tells those it runs for it.
fn programs() -> (Programs, TempDir) {
    let mut build = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    build.args(["build", "--quiet", "--workspace", "--bins", "--examples"]);
    for name in std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()) {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            build.env_remove(name);
        }
    }
    let built = build.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).status().unwrap();
    assert!(built.success(), "the programs of a bench do not build");
    // This test is in target/debug/deps.
    let debug: PathBuf = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
    let folder = TempDir::new().unwrap();
    let programs = Programs {
        ours: debug.join("bench"),
        bare: debug.join("examples/bare"),
        headless: debug.join("headless"),
        // The window is not measured here: it would have to be built, and needs a screen.
        till: folder.path().join("no-till"),
        blank: folder.path().join("no-window"),
        shops: folder.path().join("shops"),
        work: folder.path().join("work"),
    };
    std::fs::create_dir_all(&programs.work).unwrap();
    (programs, folder)
}

#[test]
fn the_bare_program_writes_exactly_the_rows_of_the_till() {
    const SALES: usize = 3;
    let (programs, _folder) = programs();
    let plan = Size::SMALL.shop;
    let copies = prepare(&programs, plan, SALES).unwrap();
    let acts = GROUPS_BEFORE + SALES * ACTS_OF_A_SALE.len();
    let mut till = programs.start_ours(&[], &copies.ours, &plan, false).unwrap();
    let done: Vec<Done> = till.run(acts).unwrap();
    let mut bare = programs.start_bare(&[], &copies.bare, &copies.recorded).unwrap();
    let replayed: Vec<Replayed> = bare.run(acts).unwrap();
    till.end().unwrap();
    bare.end().unwrap();
    let labels = |label: &str| replayed.iter().filter(|group| group.label == label).count();
    assert_eq!(labels(Act::Complete.label()), SALES);
    assert_eq!(labels(Act::Scan.label()), SALES * ours::LINES);
    // A fact, its log's head, a number, the sale, the drawer, five products on hand; six open rows gone; two print jobs
    // and the request: whoever changes what a sale writes is told that the comparison noticed.
    let rows: Vec<usize> = replayed
        .iter()
        .filter(|group| group.label == Act::Complete.label())
        .map(|group| group.rows)
        .collect();
    assert_eq!(rows, [19; SALES]);
    let commits: Vec<&str> = done
        .iter()
        .filter(|one| one.label == Act::Complete.label())
        .map(|one| one.commits.as_str())
        .collect();
    assert_eq!(commits, ["full"; SALES]);
    compare(&copies.ours, &copies.bare).unwrap();
    // The comparison can fail: before the sales the shop was another.
    assert!(compare(&copies.base, &copies.bare).is_err());
}

#[test]
fn a_whole_bench_answers_in_json_that_reads_back() {
    let (programs, _folder) = programs();
    let report = run(&programs, &Size::SMALL, &[], &mut |_| {}).unwrap();
    let names: Vec<&str> = report.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ROWS);
    let (rows, windows) = report.rows.split_at(report.rows.len() - 2);
    for window in windows {
        assert_eq!(window.n, 0);
        assert!(window.misses[0].starts_with("not measured: "), "{window:?}");
    }
    let counts = |row: &&Row| row.n > 0 || can_count();
    // A first byte that is out before the caller has its answer took no time at all.
    let takes_time = |row: &Row| row.name != "print.first_byte";
    for row in rows.iter().filter(counts) {
        assert!(row.n > 0 && row.p99 >= row.p50, "{row:?}");
        let ratio = row.ratio.unwrap_or_else(|| panic!("{row:?}"));
        assert!(ratio.p50_worst >= ratio.p50, "{row:?}");
        assert!(!takes_time(row) || (row.p50 > 0.0 && ratio.p50 > 0.0), "{row:?}");
    }
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    let sale = &report.rows[0];
    if exists("strace") {
        assert_eq!(sale.counters["fsyncs_answering_most"], 1.0, "{sale:?}");
        assert_eq!(sale.counters["fsyncs_answering_least"], 1.0, "{sale:?}");
        assert!(sale.counters["fsyncs_off_path"] <= 6.0, "{sale:?}");
    }
    assert!(run(&programs, &Size::SMALL, &["nonsense".to_owned()], &mut |_| {}).is_err());
}
