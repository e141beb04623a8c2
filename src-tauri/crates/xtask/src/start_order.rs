//! The functions a first start of the till runs, put beside each other in the program as it is shipped.
//!
//! A system brings a program into memory by pieces of 64 KiB around what is run. The functions of a start lie all over the
//! program, so that most of it comes in; beside each other they are read at once, and what is never run stays on the disk. The
//! order is recorded from a start and given to the linker (<https://lld.llvm.org/>, `--symbol-ordering-file`); a name that a
//! later program no longer has is passed over there.

use crate::command::Line;
use crate::{install, workspace};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What tells `src-tauri/build.rs` where the order is.
const VARIABLE: &str = "TILLKEEPER_START_ORDER";
/// Whether the linker is Rust's own, which takes an order.
pub const ORDERED: bool = cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"));
/// How long a start is watched: by `callgrind` it takes a minute, and twice that on a busy machine.
const WATCHED: Duration = Duration::from_secs(150);
/// What ending it may take: a till that is watched closes its ledger as slowly as it opened it.
const ENDING: Duration = Duration::from_secs(60);
/// What the watching itself may take beside.
const ASIDE: Duration = Duration::from_secs(30);
/// How many functions of the till a start that came to its page has run, at least; about three thousand.
const LEAST: usize = 1_500;

/// Where the order is kept.
///
/// # Errors
/// When cargo does not say where it builds.
fn file() -> Result<PathBuf> {
    Ok(workspace::target_folder()?.join("release/start-order.txt"))
}

/// A command line that links the till by the order, once there is one.
///
/// # Errors
/// As [`file()`].
pub fn linked(line: Line) -> Result<Line> {
    Ok(if ORDERED { line.variable(VARIABLE, file()?.display().to_string()) } else { line })
}

/// Forgets the order, if other dependencies came since: their functions have other names then.
///
/// # Errors
/// When it is there and stays.
pub fn forget_old() -> Result<()> {
    let changed = |path: &Path| Ok::<_, anyhow::Error>(fs::metadata(path)?.modified()?);
    let file = file()?;
    if file.exists() && changed(&file)? < changed(&workspace::root()?.join("Cargo.lock"))? {
        return forget();
    }
    Ok(())
}

/// Forgets the order: the program has changed.
///
/// # Errors
/// When it is there and stays.
pub fn forget() -> Result<()> {
    let file = file()?;
    if file.exists() {
        fs::remove_file(&file).with_context(|| format!("{} cannot be removed", file.display()))?;
    }
    Ok(())
}

/// Records the order from a start of the demo shop with the till just built, unless it is there. Returns whether it did:
/// then the till is to be linked once more.
///
/// # Errors
/// When the till or what watches it does not start, or it did not come as far as its page.
pub fn record(log: &Path) -> Result<bool> {
    let file = file()?;
    if !ORDERED || file.exists() {
        return Ok(false);
    }
    install::debian(&["valgrind", "xvfb"])?;
    let target = workspace::target_folder()?;
    let folder = target.join("start-order");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let place = |name: &str| folder.join(name).display().to_string();
    // The page is drawn by programs of WebKit's, which are not ours to order.
    let watch = Line::new("xvfb-run --auto-servernum timeout --signal=TERM")
        .word(format!("--kill-after={}", ENDING.as_secs()))
        .word(WATCHED.as_secs().to_string())
        .word("valgrind")
        .word("--tool=callgrind")
        .word(format!("--callgrind-out-file={}", place("calls.%p")))
        .word("--compress-strings=no")
        .word("--demangle=no")
        .word("--trace-children=yes")
        .word("--trace-children-skip=*WebKit*,*bwrap*,*dbus*")
        .word(target.join("release/tillkeeper").display().to_string())
        .word("--demo")
        .word("--data-dir")
        .word(place("data"))
        .word("--guard-dir")
        .word(place("guard"));
    // It is ended from outside, and says so.
    watch.log(log, WATCHED + ENDING + ASIDE)?;

    let mut run = BTreeSet::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("calls.")) {
            let calls = BufReader::new(File::open(&path)?);
            for line in functions(calls, "/release/tillkeeper") {
                run.insert(line?);
            }
        }
    }
    if run.len() < LEAST {
        bail!("the till did not start while it was watched; what it said is in {}", log.display());
    }
    fs::write(&file, run.into_iter().collect::<Vec<_>>().join("\n") + "\n")?;
    fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// The functions of one object that callgrind saw run, as the linker names them. In its file `ob=` says of which object the
/// functions are that follow, and `fn=` names one
/// (<https://valgrind.org/docs/manual/cl-format.html>).
fn functions(calls: impl BufRead, object: &str) -> impl Iterator<Item = std::io::Result<String>> {
    let mut inside = false;
    calls.split(b'\n').filter_map(move |line| {
        let line = match line {
            Ok(line) => line,
            Err(error) => return Some(Err(error)),
        };
        let line = String::from_utf8_lossy(&line);
        if let Some(of) = line.strip_prefix("ob=") {
            inside = of.ends_with(object);
        }
        // A function that calls itself is told again with the depth behind it.
        let name = line.strip_prefix("fn=").filter(|_| inside)?;
        Some(Ok(name.split('\'').next().unwrap_or(name).to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_program_itself_ran_is_ordered() {
        let calls = "version: 1\nevents: Ir\n\nob=/lib/libc.so.6\nfn=malloc\n12 3\n\nob=/x/release/tillkeeper\nfn=_RNv4main\n\
                     1 2\ncob=/lib/libc.so.6\ncfn=free\ncalls=1 0\n3 4\n\nfn=sqlite3_step'2\n1 1\nob=/lib/libc.so.6\nfn=puts\nob=/x/release/tillkeeper\nfn=last\n";
        let found: Vec<String> =
            functions(calls.as_bytes(), "/release/tillkeeper").map(Result::unwrap).collect();
        assert_eq!(found, ["_RNv4main", "sqlite3_step", "last"]);
    }
}
