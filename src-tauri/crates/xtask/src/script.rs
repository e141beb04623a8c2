//! `cargo xtask script`: plays till scripts.

use crate::command::Line;
use crate::{Outcome, asks_for_help, misused, workspace};
use anyhow::{Context, Result};

const USAGE: &str = "\
Plays till scripts against a till with its own clock, devices and data directory, and shows what happened.

Usage: cargo xtask script FILE…

Examples:
  cargo xtask script tests/scenarios/sale/cash_sale.till
  cargo xtask script tests/scenarios/sale/*.till
";

/// Plays the scripts named.
///
/// # Errors
/// When the player cannot be built or started.
pub fn script(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, USAGE) {
        return Ok(Outcome::Fine);
    }
    if words.is_empty() {
        return Ok(misused("say which script", USAGE));
    }
    // The player starts in the repository's folder; the files are named from where the person stands.
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    let mut line = Line::new("cargo run --quiet --package scenarios --bin script --");
    for file in words {
        let path = here.join(file);
        let from_root = path.strip_prefix(workspace::root()?).unwrap_or(&path).to_path_buf();
        line = line.word(from_root.display().to_string());
    }
    Ok(if line.show()?.success() { Outcome::Fine } else { Outcome::Failed })
}
