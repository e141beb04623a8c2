//! Instructions of one act, counted by valgrind: they repeat to about one in a hundred on a busy machine.

use super::child::Child;
use super::figures::Row;
use super::ours::{ACTS_OF_A_SALE, Act, Done, LINES};
use super::program::{GROUPS_BEFORE, Programs, exists};
use super::selling::{Copies, Replayed};
use super::till;
use crate::seed::Plan;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Sales before the first counted one: statements are prepared by then.
const WARM: usize = 3;

/// Ours against the bare program's at most, without hashing.
const MOST: f64 = 2.0;

/// What was counted of one act.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Everything.
    pub all: f64,
    /// The part of SHA-256.
    pub hashing: f64,
    /// The part of checking a PIN, whose slowness is meant.
    pub pin: f64,
}

/// What was counted of a program.
pub struct Program {
    /// Opening the files and signing on, which waits for what is checked beside the start.
    pub start: Counted,
    /// The commit of a sale.
    pub sale: Counted,
    /// A scan into it.
    pub scan: Counted,
}

/// Whether instructions can be counted here.
pub fn can_count() -> bool {
    exists("valgrind") && exists("callgrind_control")
}

/// Counts the instructions of a till in a folder.
///
/// # Errors
/// When it fails.
pub fn of_till(programs: &Programs, folder: &Path, plan: &Plan, sales: usize) -> Result<Program, String> {
    let (watcher, out) = watcher(programs, "ours");
    let ours = programs.start_ours(&words(&watcher), folder, plan, false)?;
    of_program::<Done>(ours, &out, sales)
}

/// Counts the instructions of a sale's commit and of a scan, ours and the bare program's.
///
/// # Errors
/// When a program fails.
pub fn count(
    programs: &Programs,
    copies: &Copies,
    plan: &Plan,
    sales: usize,
    (sale, scan): (&mut Row, &mut Row),
) -> Result<(), String> {
    if !can_count() {
        sale.misses.push("instructions were not counted: there is no valgrind".to_owned());
        return Ok(());
    }
    let folder = till::settled_copy(&copies.base, &programs.work.join("instructions"))?;
    let ours = of_till(programs, &folder, plan, sales)?;
    let folder = till::settled_copy(&copies.base, &folder)?;
    let (watcher, out) = watcher(programs, "bare");
    let bare = programs.start_bare(&words(&watcher), &folder, &copies.recorded)?;
    let bare = of_program::<Replayed>(bare, &out, sales)?;
    note(sale, ours.sale, bare.sale, Some(MOST));
    note(scan, ours.scan, bare.scan, None);
    Ok(())
}

fn note(row: &mut Row, ours: Counted, bare: Counted, most: Option<f64>) {
    row.count("instructions", ours.all);
    row.count("instructions_hashing", ours.hashing);
    row.count("instructions_bare", bare.all);
    let ratio = (ours.all - ours.hashing) / bare.all.max(1.0);
    row.count("instructions_ratio_without_hashing", ratio);
    if let Some(most) = most {
        row.at_most("instructions without hashing, ratio", ratio, most);
    }
}

pub(super) fn watcher(programs: &Programs, name: &str) -> (Vec<String>, PathBuf) {
    let out = programs.work.join(format!("instructions-{name}.out"));
    let words = [
        "valgrind",
        "--quiet",
        "--tool=callgrind",
        "--compress-strings=no",
        "--compress-pos=no",
        // Without it a thread that waits for another may be starved.
        "--fair-sched=yes",
    ];
    let mut words: Vec<String> = words.map(str::to_owned).to_vec();
    words.push(format!("--callgrind-out-file={}", out.display()));
    (words, out)
}

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// What its start, a sale's commit and its last scan cost.
fn of_program<A: DeserializeOwned>(mut child: Child, out: &Path, sales: usize) -> Result<Program, String> {
    let of_a_sale = ACTS_OF_A_SALE.len();
    let last_scan = ACTS_OF_A_SALE.iter().rposition(|act| *act == Act::Scan).unwrap_or(LINES);
    let complete = ACTS_OF_A_SALE.iter().position(|act| *act == Act::Complete).unwrap_or(LINES + 2);
    let mut profiles = Profiles::new(&child, out);
    let acts = |count| move |child: &mut Child| child.run::<A>(count).map(drop);
    let start = profiles.of(&mut child, acts(GROUPS_BEFORE))?;
    child.run::<A>(WARM * of_a_sale)?;
    let nothing = profiles.of(&mut child, acts(0))?;
    let (mut scans, mut commits) = (Vec::new(), Vec::new());
    for _ in 0..sales {
        child.run::<A>(last_scan)?;
        scans.push(profiles.of(&mut child, acts(1))?);
        child.run::<A>(complete - last_scan - 1)?;
        commits.push(profiles.of(&mut child, acts(1))?);
        child.run::<A>(of_a_sale - complete - 1)?;
    }
    child.end()?;
    // The least: watched, a till is slow enough to do now and then in between what it does when idle.
    let least = |counted: &[Counted]| {
        let fewer = |one: &&Counted, two: &&Counted| one.all.total_cmp(&two.all);
        let least = counted.iter().min_by(fewer).copied().ok_or("nothing was counted")?;
        // What it costs to be asked and to answer is no part of it.
        Ok::<_, String>(Counted { all: least.all - nothing.all, ..least })
    };
    let start = Counted { all: start.all - nothing.all, ..start };
    Ok(Program { start, sale: least(&commits)?, scan: least(&scans)? })
}

/// Takes one profile after the other from a watched program.
pub(super) struct Profiles {
    number: u32,
    out: PathBuf,
    taken: usize,
}

impl Profiles {
    /// Of a program whose profiles go to a file.
    pub fn new(child: &Child, out: &Path) -> Self {
        Self { number: child.number(), out: out.to_owned(), taken: 0 }
    }

    /// What the program does while `work` leads it, all its threads together.
    ///
    /// # Errors
    /// When it fails, or cannot be watched.
    pub fn of(
        &mut self,
        child: &mut Child,
        work: impl FnOnce(&mut Child) -> Result<(), String>,
    ) -> Result<Counted, String> {
        self.control("--zero")?;
        work(child)?;
        self.control("--dump")?;
        self.taken += 1;
        let mut file = self.out.as_os_str().to_owned();
        file.push(format!(".{}", self.taken));
        let file = PathBuf::from(file);
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        read(&text).ok_or_else(|| format!("{} says no total", file.display()))
    }

    fn control(&self, what: &str) -> Result<(), String> {
        let mut command = Command::new("callgrind_control");
        command.arg(what).arg(self.number.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = command.status().map_err(|error| format!("callgrind_control: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("callgrind_control {what} ended with {status}")) }
    }
}

/// The total of a profile, and the own costs of the functions that hash and that check a PIN (callgrind's format, without
/// compression).
fn read(profile: &str) -> Option<Counted> {
    let mut all = None;
    let (mut hashing, mut pin) = (0.0, 0.0);
    let (mut hashes, mut checks_pin) = (false, false);
    let mut is_call = false;
    for line in profile.lines() {
        if let Some(total) = line.strip_prefix("totals:").or(line.strip_prefix("summary:")) {
            all = total.trim().parse().ok().or(all);
        } else if let Some(name) = line.strip_prefix("fn=") {
            hashes = name.contains("sha2::") || name.contains("sha256") || name.contains("compress256");
            checks_pin = name.contains("argon2") || name.contains("blake2");
        } else if line.starts_with("calls=") {
            is_call = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit()) {
            // The line after `calls=` is what was called, and counted there.
            if (hashes || checks_pin) && !is_call {
                let cost: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
                *if hashes { &mut hashing } else { &mut pin } += cost;
            }
            is_call = false;
        }
    }
    all.map(|all| Counted { all, hashing, pin })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_tells_its_total_and_what_was_hashing() {
        let profile = "\
events: Ir

fn=sha2::sha256::digest
12 500
cfn=memcpy
calls=3 0
12 90
13 7

fn=main
1 20
cfn=sha2::sha256::digest
calls=1 0
1 597

fn=argon2::block::Block::compress
3 40

totals: 657
";
        assert_eq!(read(profile), Some(Counted { all: 657.0, hashing: 507.0, pin: 40.0 }));
        assert_eq!(read("fn=main\n1 2\n"), None);
    }
}
