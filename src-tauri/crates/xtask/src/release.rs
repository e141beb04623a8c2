//! `cargo xtask release`: the package a till is installed from.

use crate::command::Line;
use crate::console::Step;
use crate::{Outcome, asks_for_help, install, misused, start_order, workspace};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

const USAGE: &str = "\
Builds the Debian package a till is installed from, optimised, and shows where it is. About half an hour on two cores.

Usage: cargo xtask release [--try]

  --try   then installs it in a clean Debian of its own and opens the till there; needs root and a network

Examples:
  cargo xtask release
  sudo cargo xtask release --try
";

/// What makes the package; a program of npm, because it is built already.
const BUNDLER: &str = "src-tauri/packaging";

/// Builds the package, and tries it if asked to.
///
/// # Errors
/// When something is missing and cannot be installed, or the build does not succeed.
pub fn release(words: &[&str]) -> Result<Outcome> {
    if asks_for_help(words, USAGE) {
        return Ok(Outcome::Fine);
    }
    if let Some(unknown) = words.iter().find(|word| **word != "--try") {
        return Ok(misused(&format!("`{unknown}` is not understood"), USAGE));
    }
    let tries = words.contains(&"--try");
    if tries && !install::is_root()? {
        bail!("`--try` makes a Debian of its own, which only root can do");
    }
    install::debian(install::TO_BUILD)?;
    install::debian(install::TO_BUILD_THE_APP)?;
    install::node_packages("ui")?;
    install::node_packages(BUNDLER)?;

    let step = Step::begin("building the package");
    let bundler = format!("{BUNDLER}/node_modules/@tauri-apps/cli/tauri.js");
    let build = || start_order::linked(Line::new("node").word(&*bundler).word("build").word("--ci"));
    if start_order::ORDERED {
        start_order::forget()?;
        build()?.word("--no-bundle").must()?;
        start_order::record(&install::log_folder()?.join("release.log"))?;
    }
    build()?.word("--bundles").word("deb").must()?;
    step.done();
    let package = package()?;
    println!("{}", package.display());

    if !tries {
        return Ok(Outcome::Fine);
    }
    install::debian(install::TO_TEST_THE_WINDOW)?;
    install::debian(&["debootstrap"])?;
    let tried = Line::new("node tests/desktop/installed.mjs").word(package.display().to_string()).show()?;
    Ok(if tried.success() { Outcome::Fine } else { Outcome::Failed })
}

/// The package that was just built. The bundler keeps those of other versions beside it.
fn package() -> Result<PathBuf> {
    let folder = workspace::target_folder()?.join("release/bundle/deb");
    let version = concat!("_", env!("CARGO_PKG_VERSION"), "_");
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        let is_package = path.extension().is_some_and(|extension| extension == "deb");
        if is_package && path.to_string_lossy().contains(version) {
            return Ok(path);
        }
    }
    bail!("the bundler left no package of this version in {}", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_misused() {
        assert!(matches!(release(&["--nonsense"]), Ok(Outcome::Misused)));
    }
}
