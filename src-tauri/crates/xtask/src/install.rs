//! Installs what is missing: Debian packages, the packages of a lock file, cargo-deny. Each is looked for first, and
//! said in words with the exact command when it cannot be installed from here.

use crate::command::Line;
use crate::console::Step;
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A C compiler for SQLite and the libraries of the system.
pub const TO_BUILD: &[&str] = &["build-essential", "pkg-config"];

/// What the window and its sounds are built on.
pub const TO_BUILD_THE_APP: &[&str] = &["libwebkit2gtk-4.1-dev", "libasound2-dev"];

/// What the tests in Rust start: poppler reads the PDF files; the product and invoice files are compressed, and the second verifier of ledgers is in
/// Python.
pub const TO_TEST: &[&str] = &["zstd", "python3", "poppler-utils"];

/// A print server of the tests' own, for the deep ones.
pub const TO_TEST_PRINT_QUEUES: &[&str] = &["cups"];

/// What counts syncs and instructions.
pub const TO_BENCH: &[&str] = &["strace", "valgrind"];

/// A screen that nobody sees, and hands that type on it.
pub const TO_BENCH_THE_WINDOW: &[&str] = &["xvfb", "xdotool", "fonts-noto-core"];

/// A browser, and fonts with the letters the screens may show.
pub const TO_TEST_IN_A_BROWSER: &[&str] = &["chromium", "socat", "fonts-noto-core"];

/// A display without a screen, a session bus, and the driver of the window.
pub const TO_TEST_THE_WINDOW: &[&str] =
    &["webkit2gtk-driver", "xvfb", "dbus-daemon", "xdotool", "socat", "fonts-noto-core"];

const DENY_VERSION: &str = "0.20.2";
const OLDEST_NODE: u32 = 20;
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Where the logs of installations and tests are.
///
/// # Errors
/// When the folder cannot be made.
pub fn log_folder() -> Result<PathBuf> {
    let folder = workspace::target_folder()?.join("xtask");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}

/// Installs those of the Debian packages that are missing. On a system without apt it names them and goes on: the
/// build says what it misses.
///
/// # Errors
/// When packages are missing and cannot be installed: no rights, no network, no such package.
pub fn debian(packages: &[&str]) -> Result<()> {
    if !workspace::has_program("dpkg-query") || !workspace::has_program("apt-get") {
        eprintln!("  this system has no apt; it needs what Debian calls: {}", packages.join(" "));
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let step = Step::begin(&format!("installing {names}"));
    let by_hand = format!("apt-get install -y {names}");
    let rights = match rights()? {
        Some(rights) => rights,
        None => bail!("these packages are missing and only an administrator can install them:\n  {by_hand}"),
    };
    let update = format!("{rights}apt-get update -qq");
    let install =
        format!("{rights}env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends");
    let log = log_folder()?.join("install.log");
    let installed =
        Line::new(&update).log(&log, LIMIT)? && Line::new(&format!("{install} {names}")).log(&log, LIMIT)?;
    if !installed {
        bail!("`{by_hand}` did not succeed; what it said is in {}", log.display());
    }
    step.done();
    Ok(())
}

/// The words that give the rights to install: none for root, `sudo`, or `None` when there is no way.
fn rights() -> Result<Option<&'static str>> {
    if is_root()? {
        return Ok(Some(""));
    }
    if !workspace::has_program("sudo") {
        return Ok(None);
    }
    // In automation nobody is there to type a password.
    Ok(Some(if std::env::var_os("CI").is_some() { "sudo -n " } else { "sudo " }))
}

/// Whether this runs with all rights.
///
/// # Errors
/// When the system does not say.
pub fn is_root() -> Result<bool> {
    let id = Command::new("id").arg("-u").output().context("`id` does not start")?;
    Ok(String::from_utf8_lossy(&id.stdout).trim() == "0")
}

fn is_installed(package: &str) -> bool {
    let status =
        Command::new("dpkg-query").args(["-W", "-f", "${Status}", package]).stderr(Stdio::null()).output();
    status.is_ok_and(|output| {
        output.stdout.ends_with(b" installed") && !output.stdout.ends_with(b"not-installed")
    })
}

/// Installs the packages of a lock file, when it changed since the last time.
///
/// # Errors
/// When Node is missing or too old, there is no lock file, or npm does not succeed.
pub fn node_packages(folder: &'static str) -> Result<()> {
    node()?;
    let path = workspace::root()?.join(folder);
    let lock = std::fs::read(path.join("package-lock.json"))
        .with_context(|| format!("{folder}/package-lock.json"))?;
    // A copy of the lock file beside what was installed from it says whether it is still that.
    let installed = path.join("node_modules/.installed-package-lock.json");
    if std::fs::read(&installed).is_ok_and(|copy| copy == lock) {
        return Ok(());
    }
    let step = Step::begin(&format!("installing the packages of {folder}/package-lock.json"));
    let log = log_folder()?.join("install.log");
    if !Line::new("npm ci --no-audit --no-fund").folder(folder).log(&log, LIMIT)? {
        bail!("`npm ci` in {folder} did not succeed; what it said is in {}", log.display());
    }
    std::fs::create_dir_all(path.join("node_modules"))?;
    std::fs::write(&installed, lock).with_context(|| installed.display().to_string())?;
    step.done();
    Ok(())
}

fn node() -> Result<()> {
    if !workspace::has_program("npm") {
        bail!("Node {OLDEST_NODE} or newer with npm is needed: https://nodejs.org");
    }
    let output = Command::new("node").arg("--version").output().context("`node` does not start")?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if major_version(&said).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node {OLDEST_NODE} or newer is needed, this is {said}: https://nodejs.org");
    }
    Ok(())
}

/// `v20.20.2` → 20.
fn major_version(said: &str) -> Option<u32> {
    said.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Adds rustfmt and clippy to the toolchain where rustup installed it without them.
///
/// # Errors
/// When one is missing and rustup cannot add it, or there is no rustup.
pub fn rust_components() -> Result<()> {
    for (component, program) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
        // rustup leaves a program in its place that only says it is missing, so its answer counts, not its presence.
        if Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success()) {
            continue;
        }
        let step = Step::begin(&format!("adding {component} to the toolchain"));
        let log = log_folder()?.join("install.log");
        if !Line::new("rustup component add").word(component).log(&log, LIMIT)? {
            bail!("`rustup component add {component}` did not succeed; what it said is in {}", log.display());
        }
        step.done();
    }
    Ok(())
}

/// Returns the path of cargo-deny, installing it into the target directory when it is missing (about a minute on
/// two cores: it runs for two seconds, so nothing is gained by optimising it).
///
/// # Errors
/// When it cannot be built.
pub fn cargo_deny() -> Result<PathBuf> {
    let tools = workspace::target_folder()?.join("tools");
    let program = tools.join("bin/cargo-deny");
    if says_version(&program, DENY_VERSION) {
        return Ok(program);
    }
    let step = Step::begin("installing cargo-deny");
    let log = log_folder()?.join("install.log");
    let line = Line::new(&format!(
        "cargo install cargo-deny --locked --version {DENY_VERSION} --debug --force --root"
    ))
    .word(tools.display().to_string())
    .variable("CARGO_PROFILE_DEV_DEBUG", "none");
    if !line.log(&log, LIMIT)? {
        bail!("cargo-deny could not be installed; what cargo said is in {}", log.display());
    }
    step.done();
    Ok(program)
}

fn says_version(program: &Path, version: &str) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim().ends_with(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("nothing"), None);
    }

    #[test]
    fn a_package_that_does_not_exist_is_not_installed() {
        assert!(!is_installed("no-such-package-here"));
    }

    #[test]
    fn a_program_that_does_not_exist_says_no_version() {
        assert!(!says_version(Path::new("no-such-program-here"), "1.0"));
    }
}
