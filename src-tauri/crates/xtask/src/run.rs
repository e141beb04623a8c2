//! `cargo xtask run`: from a fresh clone to an open till on the demo shop.

use crate::command::Line;
use crate::console::Step;
use crate::{Outcome, asks_for_help, install, misused, workspace};
use anyhow::Result;

const USAGE: &str = "\
Builds everything and opens the till on the demo shop. Installs what is missing first.
Where there is no display it starts the till without a window instead, and shows its address for a browser.
The demo shop lives in target/demo and nowhere else; delete that folder to begin again.

Usage: cargo xtask run [--headless]

  --headless   without a window, also where there is a display

Examples:
  cargo xtask run
  cargo xtask run --headless
";

/// Builds and starts the till, and waits until it ends.
///
/// # Errors
/// When something is missing and cannot be installed, or a build does not succeed.
pub fn run(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, USAGE) {
        return Ok(Outcome::Fine);
    }
    if let Some(unknown) = words.iter().find(|word| **word != "--headless") {
        return Ok(misused(&format!("`{unknown}` is not understood"), USAGE));
    }
    let windowed = !words.contains(&"--headless") && has_display() && workspace::has_package("tillkeeper")?;

    install::debian(install::TO_BUILD)?;
    if windowed {
        install::debian(install::TO_BUILD_THE_APP)?;
    }
    install::node_packages("ui")?;

    let step = Step::begin("building the screens");
    Line::new("npm run --silent build").folder("ui").must()?;
    step.done();

    let package = if windowed { "tillkeeper" } else { "headless" };
    let step = Step::begin("building the till (some minutes the first time)");
    Line::new("cargo build --package").word(package).must()?;
    step.done();

    let demo = workspace::target_folder()?.join("demo");
    let path = |name: &str| demo.join(name).display().to_string();
    println!("· opening the demo shop in {}", demo.display());
    // The guard stands beside the demo's data, so that deleting the folder leaves nothing behind.
    let mut line = Line::new("cargo run --quiet --package")
        .word(package)
        .word("--")
        .word("--demo")
        .word("--data-dir")
        .word(path("data"))
        .word("--guard-dir")
        .word(path("guard"));
    if !windowed {
        println!("  without a window; Ctrl+C ends it");
        line = line.word("--listen").word("127.0.0.1:0");
    }
    Ok(if line.show()?.success() { Outcome::Fine } else { Outcome::Failed })
}

/// Whether a window could be shown.
fn has_display() -> bool {
    if cfg!(any(target_os = "windows", target_os = "macos")) {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_misused() {
        assert!(matches!(run(&["--nonsense"]), Ok(Outcome::Misused)));
    }
}
