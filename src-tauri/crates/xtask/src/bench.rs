//! `cargo xtask bench`: builds what is measured as it is shipped, and measures it.

use crate::command::Line;
use crate::console::Step;
use crate::{Outcome, asks_for_help, install, misused, seed, start_order, workspace};
use anyhow::Result;
use std::time::Duration;

const USAGE: &str = "\
Measures the till through its own entrance, against a bare program that writes the same rows under the same durability,
turn by turn in one run. Ratios and counters judge; times only inform. A missed goal is shown and is no failure.

Usage: cargo xtask bench [ROW…] [--json] [--small]

  sale.commit        a cash sale of five lines with receipt and kick
  scan.line          a scanned product into an open sale, the sale saved
  scan.line.500      a line into a sale of five hundred against a line into a sale of one
  sale.history       instructions of a sale after a million sales against a sale after ten thousand
  start.history      instructions and bytes read of a start after as many
  sale.bytes         bytes the ledger's file grows by a sold line, everything counted
  start.first_scan   from a till's files on a cold disk to the first product in a sale
  backup             a backup written to the disk against a plain copy of the same file
  sale.during_backup a sale while a backup is made, against bare syncs beside such a copy
  verify             a check of the whole ledger against a reading of every fact with its hashes
  rebuild            what is derived made anew from the facts against bare inserts of the same rows
  shift.x            a report within a shift of five thousand sales against reading the rows of these sales
  shift.z            the close of the same shift, with its Z
  search.prefix      every keystroke of real names against a bare query of the same words, for each length
  import             all products imported as the screen does, against a bare program that inserts the same rows
  sale.during_import a sale while they come in, against bare syncs beside the same import
  print.text         a receipt of ten lines made into a printer's bytes, against writing the same bytes by hand
  print.dots         the same in Arabic, as dots, against the rasteriser alone
  print.first_byte   from a commit to the first byte on a line, against a thread that only writes
  scan.pty           from a scan on a line to the line of the sale, against a bare read and scan.line
  catalogue.size     instructions of a lookup, a line and a first scan with all products against few
  memory.core        memory of the till without a window after a mixed day, with all products against few
  memory.window      memory of the till with its window and all that belongs to it, against a blank window
  start.window       from the start of the program to the first product on the screen, against a blank window

  --json    one object {\"rows\": [...]} and nothing else on standard output
  --small   a small shop and few rounds: shows that it works, says little

Before each row it waits for a quiet machine, up to two and a half minutes, and then measures anyway and marks the row.
All rows take at most 20 minutes, and once more for the shops, which are kept. It needs strace and valgrind to count, and Xvfb and xdotool for the window.

Examples:
  cargo xtask bench
  cargo xtask bench sale.commit --json
";

/// The rows, in the order they are measured.
const ROWS: [&str; 27] = [
    "sale.commit",
    "scan.line",
    "scan.line.500",
    "sale.history",
    "start.history",
    "sale.bytes",
    "start.first_scan",
    "backup",
    "sale.during_backup",
    "verify",
    "rebuild",
    "report.standard",
    "sale.during_reports",
    "shift.x",
    "shift.z",
    "search.prefix",
    "receipt.search",
    "import",
    "sale.during_import",
    "print.text",
    "print.dots",
    "print.first_byte",
    "scan.pty",
    "catalogue.size",
    "memory.core",
    WINDOW[0],
    WINDOW[1],
];

/// The rows that need the window.
const WINDOW: [&str; 2] = ["memory.window", "start.window"];

/// The till with its window and what it is compared with; one call for both, because they are made of the same parts.
const WINDOWED: &str = "cargo build --release --package tillkeeper --bin tillkeeper --example blank-window";

/// Building both programs from nothing.
const BUILD_LIMIT: Duration = Duration::from_secs(30 * 60);

/// Measures the rows asked for, or all.
///
/// # Errors
/// When the programs cannot be built or do not work. A missed goal is no error.
pub fn bench(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, USAGE) {
        return Ok(Outcome::Fine);
    }
    let known = |word: &&str| ROWS.contains(word) || matches!(*word, "--json" | "--small");
    if let Some(unknown) = words.iter().find(|word| !known(word)) {
        return Ok(misused(&format!("`{unknown}` is not understood"), USAGE));
    }
    let rows = words.iter().any(|word| ROWS.contains(word));
    build(words.contains(&"--json"), !rows || words.iter().any(|word| WINDOW.contains(word)))?;
    let target = workspace::target_folder()?;
    let place = |path: &str| target.join(path).display().to_string();
    let mut line = Line::new("")
        .word(place("release/bench"))
        .word("--bare")
        .word(place("release/examples/bare"))
        .word("--headless")
        .word(place("release/headless"))
        .word("--till")
        .word(place("release/tillkeeper"))
        .word("--blank")
        .word(place("release/examples/blank-window"))
        .word("--shops")
        .word(seed::folder()?.display().to_string())
        .word("--work")
        .word(place("bench"));
    for word in words {
        line = line.word(*word);
    }
    Ok(if line.show()?.success() { Outcome::Fine } else { Outcome::Failed })
}

/// Builds the programs with everything said into a log, so that nothing but the answer is on standard output.
fn build(silent: bool, windowed: bool) -> Result<()> {
    let step = (!silent).then(|| Step::begin("building as shipped"));
    let mut lines = vec![
        Line::new("cargo build --release --package scenarios --bin bench"),
        Line::new("cargo build --release --package database --example bare"),
        Line::new("cargo build --release --package headless --bin headless"),
    ];
    tell(install::debian(install::TO_BENCH));
    // Only there can a screen be looked at from outside.
    if windowed && cfg!(target_os = "linux") {
        install::debian(install::TO_BUILD_THE_APP)?;
        tell(install::debian(install::TO_BENCH_THE_WINDOW));
        install::node_packages("ui")?;
        lines.push(Line::new("npm run build").folder("ui"));
        start_order::forget_old()?;
        lines.push(start_order::linked(Line::new(WINDOWED))?);
    }
    let log = install::log_folder()?.join("bench.log");
    let must = |line: &Line| {
        if !line.log(&log, BUILD_LIMIT)? {
            anyhow::bail!("`{}` did not succeed; what it said is in {}", line.shown(), log.display());
        }
        Ok(())
    };
    lines.iter().try_for_each(must)?;
    if windowed && start_order::record(&log)? {
        must(&start_order::linked(Line::new(WINDOWED))?)?;
    }
    if let Some(step) = step {
        step.done();
    }
    Ok(())
}

/// What cannot be installed is said here, and what it keeps from being measured in its row.
fn tell(installed: Result<()>) {
    if let Err(error) = installed {
        eprintln!("  {error:#}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_misused_before_anything_is_built() {
        assert!(matches!(bench(&["sale.nonsense"]), Ok(Outcome::Misused)));
        assert!(matches!(bench(&["--loud"]), Ok(Outcome::Misused)));
    }
}
