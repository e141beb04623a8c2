//! `cargo xtask seed`: a shop of any size, kept for the next time.

use crate::command::Line;
use crate::{Outcome, asks_for_help, misused, workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;

const USAGE: &str = "\
Makes a shop with a catalogue and a past. The same numbers make the same shop, fact for fact. It is kept in
target/shops and found there the next time; its operators are Ana, Benoît, Chidi and Dörte, each with the PIN 1234.

Usage: cargo xtask seed [--products N] [--sales M] [--years Y] [--seed S] [--into DIR]

  --products N   products in the catalogue (10000)
  --sales M      sales completed (100000)
  --years Y      years they happened in, up to 1 March 2026 (3)
  --seed S       another seed, another shop (1)
  --into DIR     make it in this folder, which must not exist yet, instead of target/shops

Examples:
  cargo xtask seed
  cargo xtask seed --products 500 --sales 1000 --years 1 --into /tmp/shop
";

/// The words that take a value.
const OPTIONS: [&str; 5] = ["--products", "--sales", "--years", "--seed", "--into"];

/// Makes the shop asked for and says where it is.
///
/// # Errors
/// When the maker cannot be built or started.
pub fn seed(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, USAGE) {
        return Ok(Outcome::Fine);
    }
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    let mut line = Line::new("cargo run --quiet --release --package scenarios --bin seed -- --kept")
        .word(folder()?.display().to_string());
    for pair in words.chunks(2) {
        match pair {
            // The maker starts in the repository's folder; the folder is named from where the person stands.
            ["--into", value] => line = line.word("--into").word(here.join(value).display().to_string()),
            [option, value] if OPTIONS.contains(option) => line = line.word(*option).word(*value),
            [option] if OPTIONS.contains(option) => {
                return Ok(misused(&format!("{option} needs a value"), USAGE));
            }
            other => return Ok(misused(&format!("`{}` is not understood", other[0]), USAGE)),
        }
    }
    Ok(if line.show()?.success() { Outcome::Fine } else { Outcome::Failed })
}

/// Where seeded shops are kept.
///
/// # Errors
/// When cargo names no target directory.
pub fn folder() -> Result<PathBuf> {
    Ok(workspace::target_folder()?.join("shops"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_misused_before_anything_is_built() {
        for words in [&["--products"][..], &["--colour", "red"], &["12"]] {
            assert!(matches!(seed(words), Ok(Outcome::Misused)), "{words:?}");
        }
    }
}
