//! `cargo xtask test` and `cargo xtask check`: the groups one after the other, counted and timed.

use crate::console::in_words;
use crate::count::{Count, Runner, count};
use crate::deep::{self, Deep};
use crate::excerpt;
use crate::group::Group;
use crate::{Outcome, asks_for_help, install, misused, workspace};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

const TEST_USAGE: &str = "\
Every test, in groups, each with its minutes; the last line is `N passed, N failed`.
Installs what the tests need. From nothing cached, building included, it takes at most 60 minutes on two cores.

Usage: cargo xtask test [GROUP…] [--deep]

  build     the screens and the workspace compile
  lint      form, lints, documentation, licences
  rust      all tests in Rust: rules, SQL, bytes, till scripts, tidy
  power     the power goes, and the disk fails, at every operation of a till's day
  kill      the program is killed while it sells, checkpoints, backs up, restores, migrates
  fuzz      what comes from outside in any form: six places, 20 seconds each
  ui        types, lints and tests of the screens
  browser   the screens in a browser on a real till without a window
  desktop   the window itself, without a screen

  --deep    far more random cases per property, cuts, kills and minutes of fuzzing; the package is built, installed in a
            clean Debian and opened there, which only root can do; no limit of 60 minutes. A run that is interrupted
            goes on where it was, as long as nothing in the tree changes

A program that only succeeds or not (a build, a lint) counts as one test.
What the programs say is in target/xtask/GROUP.log.

Examples:
  cargo xtask test
  cargo xtask test rust
  cargo xtask test power --deep
  sudo cargo xtask test desktop --deep
";

const CHECK_USAGE: &str = "\
The tests to run before each commit, without browser, window, power cuts and kills: build, lint, rust, ui.

Usage: cargo xtask check [--deep]

Examples:
  cargo xtask check
";

const BUDGET: Duration = Duration::from_secs(60 * 60);
/// Bytes that everything built and every test's files came to, rounded up (measured on a fresh clone).
const ROOM: u64 = 20_000_000_000;
const BUDGET_DEEP: Duration = Duration::from_secs(12 * 60 * 60);

/// Runs the groups named, or all.
///
/// # Errors
/// When a log cannot be written. A test that fails is no error but the outcome.
pub fn test(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, TEST_USAGE) {
        return Ok(Outcome::Fine);
    }
    let mut groups = Vec::new();
    for word in words.iter().filter(|word| **word != "--deep") {
        match Group::named(word) {
            Some(group) if group.exists()? => groups.push(group),
            Some(group) => return Ok(misused(&format!("there is no {} yet", group.name()), TEST_USAGE)),
            None => return Ok(misused(&format!("there is no group `{word}`"), TEST_USAGE)),
        }
    }
    if groups.is_empty() {
        groups = existing()?;
    }
    run(&groups, words.contains(&"--deep"))
}

/// Runs the groups that are quick.
///
/// # Errors
/// As [`test()`].
pub fn check(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, CHECK_USAGE) {
        return Ok(Outcome::Fine);
    }
    if let Some(unknown) = words.iter().find(|word| **word != "--deep") {
        return Ok(misused(&format!("`{unknown}` is not understood"), CHECK_USAGE));
    }
    let groups: Vec<Group> = existing()?.into_iter().filter(|group| group.is_quick()).collect();
    run(&groups, words.contains(&"--deep"))
}

fn existing() -> Result<Vec<Group>> {
    let mut groups = Vec::new();
    for group in Group::ALL {
        if group.exists()? {
            groups.push(group);
        }
    }
    Ok(groups)
}

fn run(groups: &[Group], deep: bool) -> Result<Outcome> {
    let started = Instant::now();
    let budget = if deep { BUDGET_DEEP } else { BUDGET };
    let logs = install::log_folder()?;
    say_disk("before")?;
    let mut total = Count::default();
    let mut done = BTreeSet::new();
    let mut told = Vec::new();
    for &group in groups {
        let began = Instant::now();
        let log = logs.join(format!("{}.log", group.name()));
        let mut counted = match run_group(
            group,
            deep,
            &log,
            budget.saturating_sub(started.elapsed()),
            &mut done,
            &mut told,
        ) {
            Ok(counted) => counted,
            Err(error) => {
                eprintln!("  {}: {error:#}", group.name());
                Count { failed: 1, ..Count::default() }
            }
        };
        if counted.passed + counted.failed == 0 {
            eprintln!("  {}: it ran no test", group.name());
            counted.failed = 1;
        }
        println!("{}", group_line(group.name(), counted, began.elapsed()));
        total += counted;
    }
    if deep && total.failed == 0 {
        groups.iter().try_for_each(|group| deep::forget(*group))?;
    }
    // Once more at the end, where whoever looks at a long log looks first.
    for line in &told {
        println!("{line}");
    }
    say_disk("after")?;
    println!("{} of {}", in_words(started.elapsed()), in_words(budget));
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { Outcome::Fine } else { Outcome::Failed })
}

/// Says how much room the disk has: a full one looks like many tests that fail, each in its own way.
fn say_disk(when: &str) -> Result<()> {
    let target = workspace::target_folder()?;
    let free = fs4::available_space(&target).with_context(|| target.display().to_string())?;
    println!("{} free for {} {when} the tests", gigabytes(free), target.display());
    if when == "before" && free < ROOM {
        println!(
            "  from nothing built they take about {}: if there is too little, remove what is old there",
            gigabytes(ROOM)
        );
    }
    Ok(())
}

/// `12.3 GB`
fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000_000;
    format!("{}.{} GB", tenths / 10, tenths % 10)
}

/// `rust      312 passed, 0 failed, 1 left out · 4.2 min`
fn group_line(name: &str, count: Count, took: Duration) -> String {
    let left_out = if count.left_out == 0 { String::new() } else { format!(", {} left out", count.left_out) };
    format!("{name:<9} {} passed, {} failed{left_out} · {}", count.passed, count.failed, in_words(took))
}

/// Runs the programs of one group; all of them, unless one that prepares the others fails. What only prepares is left
/// out when an earlier group has `done` it: fresh screens would have the window compiled anew. What failed or was unsteady
/// is `told` in a line each.
fn run_group(
    group: Group,
    deep: bool,
    log: &Path,
    limit: Duration,
    done: &mut BTreeSet<String>,
    told: &mut Vec<String>,
) -> Result<Count> {
    let started = Instant::now();
    std::fs::write(log, "").with_context(|| log.display().to_string())?;
    group.install(deep)?;
    let mut total = Count::default();
    let resumed = if deep { Some(Deep::of(group, &workspace::root()?)?) } else { None };
    for step in group.steps(deep)? {
        let shown = step.line.shown();
        if let (Some(resumed), Some(_)) = (&resumed, step.runner)
            && let Some(counted) = resumed.done(&shown)
        {
            eprintln!("· {}: {shown}: done before", group.name());
            total += counted;
            continue;
        }
        if step.runner.is_none() && done.contains(&step.line.shown()) {
            continue;
        }
        eprintln!("· {}: {}", group.name(), step.line.shown());
        let before = std::fs::metadata(log)?.len();
        let succeeded = step.line.log(log, limit.saturating_sub(started.elapsed()))?;
        let bytes = std::fs::read(log)?;
        let from = usize::try_from(before).unwrap_or(usize::MAX).min(bytes.len());
        let said = String::from_utf8_lossy(&bytes[from..]);
        let counted = match step.runner {
            Some(runner) => count(runner, &said, succeeded),
            None => Count { passed: 0, ..count(Runner::Step, &said, succeeded) },
        };
        total += counted;
        if let (Some(resumed), Some(_)) = (&resumed, step.runner) {
            resumed.note(&shown, counted)?;
        }
        if succeeded {
            done.insert(step.line.shown());
        }
        let unsteady = excerpt::unsteady(&said);
        told.extend(unsteady.iter().map(|name| format!("passed at the second try: {name}")));
        if counted.failed > 0 {
            let mut named = excerpt::failed(&said);
            named.retain(|line| !unsteady.iter().any(|name| line.starts_with(name)));
            if named.is_empty() {
                named.push(step.line.shown());
            }
            told.extend(named.iter().map(|name| format!("failed: {name}")));
            let shown = log.strip_prefix(workspace::root()?).unwrap_or(log);
            eprint!(
                "  failed: {}\n{}  all of it: {}\n",
                step.line.shown(),
                excerpt::excerpt(&said),
                shown.display()
            );
            if step.runner.is_none() {
                break;
            }
        }
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_one_line_with_its_time() {
        let count = Count { passed: 312, failed: 0, left_out: 0 };
        assert_eq!(
            group_line("rust", count, Duration::from_secs(252)),
            "rust      312 passed, 0 failed · 4.2 min"
        );
        let count = Count { passed: 1, failed: 2, left_out: 3 };
        assert_eq!(
            group_line("ui", count, Duration::from_secs(1)),
            "ui        1 passed, 2 failed, 3 left out · 1.0 s"
        );
    }

    #[test]
    fn nonsense_is_misused() {
        assert!(matches!(test(&["nonsense"]), Ok(Outcome::Misused)));
        assert!(matches!(check(&["rust"]), Ok(Outcome::Misused)));
    }
}
