//! The power goes at every operation of a till's day, and the disk fails at every one: what was acknowledged is there,
//! once, and the till goes on selling.

use scenarios::power::day::{play, play_checkpoint};
use scenarios::power::fault::{self, Beginning};
use scenarios::power::{Day, Which, lie, sweep};
use scenarios::progress::Progress;
use simulated_disk::Operation;
use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;

/// What the disk did, without the bytes: SQLite fills some with chance, and the guard knows where it lies.
fn shape(day: &Day) -> Vec<String> {
    let name = |path: &Path| path.file_name().map(OsStr::to_owned);
    let shape = day.operations.iter().map(|operation| match operation {
        Operation::Write { file, offset, bytes } => format!("{file:?} {offset} {}", bytes.len()),
        Operation::Create { path, .. } => format!("create {:?}", name(path)),
        Operation::Remove { path } => format!("remove {:?}", name(path)),
        Operation::Rename { to, .. } => format!("rename {:?}", name(to)),
        Operation::SyncDir { dir } => format!("sync {:?}", name(dir)),
        Operation::Truncate { .. } | Operation::Sync { .. } | Operation::SyncLost { .. } => {
            format!("{operation:?}")
        }
    });
    shape.collect()
}

#[test]
fn the_day_is_the_same_every_time() {
    let (one, other) = (play().unwrap(), play().unwrap());
    assert_eq!(shape(&one), shape(&other));
    assert_eq!(one.first, other.first);
    assert_eq!(one.restore, other.restore);
    assert_eq!(one.stands, other.stands);
    let syncs = one.operations.iter().filter(|operation| matches!(operation, Operation::Sync { .. })).count();
    println!(
        "{} operations of the disk, {syncs} syncs, {} calls, {} facts and {} in the restored ledger, {} sheets of paper",
        one.operations.len(),
        one.calls.len(),
        one.first.len(),
        one.facts(Which::Restored).len(),
        one.printed.len()
    );
    let restore = one.restore.as_ref().unwrap();
    assert_eq!(restore.facts[..restore.kept], one.first[..restore.kept], "what was backed up is in both");
    assert!(restore.kept + 2 < one.first.len() && restore.kept + 2 < restore.facts.len());
    assert!(one.operations.len() <= 3_000, "{}", one.operations.len());
}

/// How a day is played.
type Played = fn() -> Result<Day, String>;

/// Whether everything is tried, not a part of it.
fn is_deep() -> bool {
    std::env::var_os("TILLKEEPER_DEEP").is_some()
}

/// How far the test of a name has come on this very program and this very day.
fn progress(name: &str, day: &Day) -> Progress {
    let this_program = std::env::current_exe().unwrap();
    Progress::of(name, &[&this_program], (shape(day), is_deep())).unwrap()
}

fn assert_clean(name: &str, tally: &sweep::Tally, started: Instant) {
    println!("{name}: {} recoveries in {} s", tally.recoveries, started.elapsed().as_secs());
    assert!(tally.faults.is_empty(), "{name}:\n{}", tally.faults.join("\n"));
}

#[test]
fn the_power_goes_at_every_operation_and_nothing_is_lost() {
    for (name, play, pairs) in
        [("day", play as Played, 2_200), ("checkpoint", play_checkpoint as Played, 800)]
    {
        let day = play().unwrap();
        let started = Instant::now();
        let cuts = if is_deep() { sweep::all_kinds(&day, 2) } else { sweep::one_each(&day) };
        let progress = progress(&format!("power-{name}"), &day);
        let tally = sweep::go_on(play, &cuts, &progress).unwrap();
        assert_clean(&format!("{name}, {} operations", day.operations.len()), &tally, started);
        assert_eq!(tally.recoveries, cuts.len() as u64);
        let started = Instant::now();
        let tally = sweep::run(play, &sweep::anywhere(&day, pairs, 11)).unwrap();
        assert_clean(&format!("{name}, anywhere"), &tally, started);
    }
}

#[test]
fn a_disk_that_lies_about_syncs_is_found_out() {
    let started = Instant::now();
    let every = if is_deep() { 1 } else { 5 };
    let lies = lie::run(play, every, 5).unwrap();
    assert_clean("a disk that lies", &lies.tally, started);
    println!("{} losses noticed, {} that the guard had not heard of", lies.noticed, lies.within_the_lag);
    assert!(lies.noticed > 50, "{}", lies.noticed);
}

#[test]
fn the_disk_fails_at_every_operation_and_the_till_neither_lies_nor_loses() {
    let mut runs = 0;
    for (name, play, beginnings) in [
        (
            "day",
            play as Played,
            &[
                Beginning::Nothing,
                Beginning::Commands(8),
                Beginning::Commands(20),
                Beginning::Commands(34),
                Beginning::NewerProgram,
                Beginning::Restore(36),
            ][..],
        ),
        ("checkpoint", play_checkpoint as Played, &[Beginning::Part]),
    ] {
        let started = Instant::now();
        let progress = progress(&format!("faults-{name}"), &play().unwrap());
        let faults = fault::run(play, beginnings, is_deep(), &progress).unwrap();
        println!(
            "{name}: {} faults met, {} calls answered with one, {} starts prevented",
            faults.struck, faults.refused, faults.prevented
        );
        assert_clean(&format!("{name}, faults"), &faults.tally, started);
        runs += faults.struck;
    }
    assert!(runs > 300, "{runs} faults were met");
}
