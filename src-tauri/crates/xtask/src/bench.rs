//! `cargo xtask bench`: builds what is measured as it is shipped, and measures it.

use crate::command::Line;
use crate::console::Step;
use crate::{Outcome, asks_for_help, install, misused, seed, workspace};
use anyhow::Result;
use std::time::Duration;

const USAGE: &str = "\
Measures the till through its own entrance, against a bare program that writes the same rows under the same durability,
turn by turn in one run. Ratios and counters judge; times only inform. A missed goal is shown and is no failure.

Usage: cargo xtask bench [ROW…] [--json] [--small]

  sale.commit        a cash sale of five lines with receipt and kick
  scan.line          a scanned product into an open sale, the sale saved
  scan.line.500      a line into a sale of five hundred against a line into a sale of one
  start.first_scan   from a till's files on a cold disk to the first product in a sale

  --json    one object {\"rows\": [...]} and nothing else on standard output
  --small   a small shop and few rounds: shows that it works, says little

Before each row it waits for a quiet machine, up to two and a half minutes, and then measures anyway and marks the row.
All rows take at most 20 minutes. It needs strace and valgrind to count.

Examples:
  cargo xtask bench
  cargo xtask bench sale.commit --json
";

/// The rows, in the order they are measured.
const ROWS: [&str; 4] = ["sale.commit", "scan.line", "scan.line.500", "start.first_scan"];

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
    build(words.contains(&"--json"))?;
    let target = workspace::target_folder()?;
    let place = |path: &str| target.join(path).display().to_string();
    let mut line = Line::new("")
        .word(place("release/bench"))
        .word("--bare")
        .word(place("release/examples/bare"))
        .word("--shops")
        .word(seed::folder()?.display().to_string())
        .word("--work")
        .word(place("bench"));
    for word in words {
        line = line.word(*word);
    }
    Ok(if line.show()?.success() { Outcome::Fine } else { Outcome::Failed })
}

/// Builds both programs with everything said into a log, so that nothing but the answer is on standard output.
fn build(silent: bool) -> Result<()> {
    let step = (!silent).then(|| Step::begin("building as shipped"));
    if let Err(error) = install::debian(install::TO_BENCH) {
        // What cannot be counted is said in its row.
        eprintln!("  {error:#}");
    }
    let log = install::log_folder()?.join("bench.log");
    for words in [
        "cargo build --release --package scenarios --bin bench",
        "cargo build --release --package database --example bare",
    ] {
        if !Line::new(words).log(&log, BUILD_LIMIT)? {
            anyhow::bail!("`{words}` did not succeed; what it said is in {}", log.display());
        }
    }
    if let Some(step) = step {
        step.done();
    }
    Ok(())
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
