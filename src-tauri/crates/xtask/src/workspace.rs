//! Where things are in this repository and which packages it has.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the repository. Every path of the other files is relative to it.
///
/// # Errors
/// When the program was moved away from the folder it was built in.
pub fn root() -> Result<PathBuf> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder.ancestors().nth(3).context("xtask lives in src-tauri/crates/xtask")?;
    if !root.join("Cargo.lock").is_file() {
        bail!("{} is no longer the repository; call `cargo xtask` from inside it", root.display());
    }
    Ok(root.to_path_buf())
}

/// The folder cargo builds into.
///
/// # Errors
/// When `cargo metadata` does not work.
pub fn target_folder() -> Result<PathBuf> {
    let metadata = metadata()?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
    Ok(PathBuf::from(folder))
}

/// Whether the workspace has a package of this name.
///
/// # Errors
/// When `cargo metadata` does not work.
pub fn has_package(name: &str) -> Result<bool> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    Ok(packages.iter().any(|package| package["name"] == name))
}

fn metadata() -> Result<serde_json::Value> {
    let output = Command::new(cargo())
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root()?)
        .output()
        .context("cargo does not start")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata answered no JSON")
}

/// The cargo that started this program, so that a chosen toolchain stays chosen.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Whether a program of this name can be started.
pub fn has_program(name: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
