//! The groups of tests: what each needs installed, which programs it runs, and who counts their tests.

use crate::command::Line;
use crate::count::Runner;
use crate::{deep, install, workspace};
use anyhow::{Context, Result};

/// The programs the tests of browser and window start. What cargo builds for one package alone has another set of
/// features than the whole workspace with its tests, down to the toolkit of the window: most of it would be built a
/// second time. Naming the examples is how cargo is told to count the tests' own dependencies in.
const PROGRAMS: &str = "cargo build --workspace --bins --examples";

/// A group of tests that is run, counted and timed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everything compiles.
    Build,
    /// Form, lints, documentation, licences.
    Lint,
    /// All tests in Rust, tidy and till scripts among them, without those of the next two groups.
    Rust,
    /// The power goes, and the disk fails, at every operation of a day.
    Power,
    /// The program is killed.
    Kill,
    /// What comes from outside, in any form.
    Fuzz,
    /// The screens without a till.
    Ui,
    /// The screens in a browser on a real till without a window.
    Browser,
    /// The window itself.
    Desktop,
}

/// One program of a group.
pub struct Step {
    /// What is started.
    pub line: Line,
    /// Who counts its tests. `None`: it only prepares, and counts when it fails.
    pub runner: Option<Runner>,
}

impl Group {
    /// All groups, in the order they run.
    pub const ALL: [Group; 9] = [
        Group::Build,
        Group::Lint,
        Group::Rust,
        Group::Power,
        Group::Kill,
        Group::Fuzz,
        Group::Ui,
        Group::Browser,
        Group::Desktop,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Group::Build => "build",
            Group::Lint => "lint",
            Group::Rust => "rust",
            Group::Power => "power",
            Group::Kill => "kill",
            Group::Fuzz => "fuzz",
            Group::Ui => "ui",
            Group::Browser => "browser",
            Group::Desktop => "desktop",
        }
    }

    /// The group of this name.
    pub fn named(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }

    /// Whether it needs neither a browser nor a window, nor minutes for a single question.
    pub fn is_quick(self) -> bool {
        !matches!(self, Group::Power | Group::Kill | Group::Fuzz | Group::Browser | Group::Desktop)
    }

    /// Whether this repository has it: the window's tests come with the window.
    ///
    /// # Errors
    /// When the repository is not found.
    pub fn exists(self) -> Result<bool> {
        Ok(match self {
            Group::Desktop => workspace::root()?.join("tests/desktop/package.json").is_file(),
            Group::Build
            | Group::Lint
            | Group::Rust
            | Group::Power
            | Group::Kill
            | Group::Fuzz
            | Group::Ui
            | Group::Browser => true,
        })
    }

    /// Installs what it needs, and with `deep` what only the deep tests need.
    ///
    /// # Errors
    /// When something is missing and cannot be installed. The group has failed then: nothing is left out silently.
    pub fn install(self, deep: bool) -> Result<()> {
        if self != Group::Ui {
            install::debian(install::TO_BUILD)?;
            if workspace::has_package("tillkeeper")? {
                install::debian(install::TO_BUILD_THE_APP)?;
            }
        }
        match self {
            Group::Build | Group::Fuzz | Group::Ui => {}
            Group::Lint => {
                install::rust_components()?;
                install::cargo_deny()?;
            }
            Group::Rust | Group::Power | Group::Kill => install::debian(install::TO_TEST)?,
            Group::Browser => {
                install::debian(install::TO_TEST_IN_A_BROWSER)?;
                install::node_packages("tests/browser")?;
            }
            Group::Desktop => {
                install::debian(install::TO_TEST_THE_WINDOW)?;
                install::node_packages("tests/desktop")?;
            }
        }
        if deep && self == Group::Rust {
            install::debian(install::TO_TEST_PRINT_QUEUES)?;
        }
        install::node_packages("ui")
    }

    /// Its programs, in order. `deep` tries far more random cases, and the package a till is installed from.
    ///
    /// # Errors
    /// When cargo, cargo-deny or this program are not found.
    pub fn steps(self, deep: bool) -> Result<Vec<Step>> {
        let mut steps = self.own_steps(deep)?;
        // The window does not compile without screens; which ones does not matter there.
        let needs_screens = matches!(self, Group::Lint | Group::Rust | Group::Power | Group::Kill);
        if needs_screens && !workspace::root()?.join("ui/dist/index.html").is_file() {
            steps.insert(0, Step { line: screens(), runner: None });
        }
        Ok(steps)
    }

    fn own_steps(self, deep: bool) -> Result<Vec<Step>> {
        let prepare = |line| Step { line, runner: None };
        let counted = |runner, line| Step { line, runner: Some(runner) };
        let check = |words: &str| counted(Runner::Step, Line::new(words));
        Ok(match self {
            // The HTTP door and the window carry the built screens, so they come first. All that the other groups run
            // is built here, tests too.
            Group::Build => {
                vec![counted(Runner::Step, screens()), check("cargo build --workspace --all-targets")]
            }
            Group::Lint => vec![
                check("cargo fmt --all --check"),
                check("cargo clippy --workspace --all-targets -- -D warnings"),
                counted(
                    Runner::Step,
                    Line::new("cargo doc --workspace --no-deps").variable("RUSTDOCFLAGS", "-D warnings"),
                ),
                counted(
                    Runner::Step,
                    Line::new("")
                        .word(install::cargo_deny()?.display().to_string())
                        .word("check")
                        .word("bans")
                        .word("licenses")
                        .word("sources"),
                ),
            ],
            Group::Rust => {
                let words =
                    "cargo test --workspace --no-fail-fast -- --skip power:: --skip kill:: --show-output";
                let mut line = Line::new(words);
                if deep {
                    line = line.variable("PROPTEST_CASES", "10000").variable("TILLKEEPER_DEEP", "1");
                }
                vec![counted(Runner::Cargo, line)]
            }
            Group::Power => vec![counted(Runner::Cargo, long(self, "scenarios -- power::", deep)?)],
            Group::Kill => vec![counted(Runner::Cargo, long(self, "program -- kill::", deep)?)],
            Group::Fuzz => fuzz(deep)?,
            Group::Ui => vec![
                counted(Runner::Step, Line::new("npm run check").folder("ui")),
                counted(Runner::Vitest, Line::new("npm test").folder("ui")),
            ],
            Group::Browser => {
                let mut line = ours("tests/browser", "headless")?;
                if deep {
                    line = line.variable("TILLKEEPER_DEEP", "1").word("--once");
                }
                vec![prepare(screens()), prepare(Line::new(PROGRAMS)), counted(Runner::Ours, line)]
            }
            Group::Desktop => {
                let mut steps = vec![
                    prepare(screens()),
                    prepare(Line::new(PROGRAMS)),
                    counted(Runner::Ours, ours("tests/desktop", "tillkeeper")?),
                ];
                if deep {
                    let this_program = std::env::current_exe().context("this program is nowhere")?;
                    let line = Line::new("").word(this_program.display().to_string());
                    steps.push(counted(Runner::Ours, line.word("release").word("--try")));
                }
                steps
            }
        })
    }
}

/// Long tests of one binary, which go on where they were when they are deep.
fn long(group: Group, tests: &str, deep: bool) -> Result<Line> {
    // What they counted, and their seeds, are for whoever reads the log.
    let line = Line::new(&format!("cargo test --workspace --test {tests} --show-output"));
    Ok(match deep {
        true => line
            .variable("TILLKEEPER_DEEP", "1")
            .variable("TILLKEEPER_KILL_ROUNDS", "100")
            .variable("TILLKEEPER_PROGRESS", deep::folder(group)?.display().to_string()),
        false => line,
    })
}

/// What is fuzzed: each name is one in `tests/fuzz`, with a corpus of its own.
const FUZZED: [&str; 6] = ["envelope", "payload", "opener", "archive", "request", "scan"];
/// Seconds each is fuzzed.
const FUZZ_S: u32 = 20;
/// The same, with the deep tests.
const FUZZ_DEEP_S: u32 = 1_200;

/// Builds the program that is fuzzed, and runs it on each target: one test each. What it finds out goes into a folder of
/// its own; the kept corpus is only read.
fn fuzz(deep: bool) -> Result<Vec<Step>> {
    let (root, target) = (workspace::root()?, workspace::target_folder()?);
    let wrapper = root.join("tests/fuzz/instrumented.sh").display().to_string();
    let build = Line::new("cargo build --workspace --bin fuzz").variable("RUSTC_WORKSPACE_WRAPPER", wrapper);
    let mut steps = vec![Step { line: build, runner: None }];
    for name in FUZZED {
        let found = target.join("fuzz").join(name);
        std::fs::create_dir_all(&found).with_context(|| found.display().to_string())?;
        let seconds = if deep { FUZZ_DEEP_S } else { FUZZ_S };
        let line = Line::new("")
            .word(target.join("debug/fuzz").display().to_string())
            .word(format!("-max_total_time={seconds}"))
            .word("-max_len=8192")
            .word("-timeout=60")
            .word("-print_final_stats=1")
            .word(format!("-artifact_prefix={}/found-", target.join("fuzz").display()))
            .word(found.display().to_string())
            .word(format!("tests/fuzz/corpus/{name}"))
            .variable("TILLKEEPER_FUZZ_TARGET", name);
        steps.push(Step { line, runner: Some(Runner::Step) });
    }
    Ok(steps)
}

/// Builds the screens.
fn screens() -> Line {
    Line::new("npm run build").folder("ui")
}

/// One of our own runners, told where the program it tests is.
fn ours(folder: &'static str, program: &str) -> Result<Line> {
    let built = workspace::target_folder()?.join("debug").join(program);
    Ok(Line::new("node run.mjs").folder(folder).word(built.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_found_by_its_name() {
        for group in Group::ALL {
            assert_eq!(Group::named(group.name()), Some(group));
        }
        assert_eq!(Group::named("nonsense"), None);
    }

    #[test]
    fn cargo_always_builds_for_the_whole_workspace() {
        for group in [Group::Build, Group::Rust, Group::Power, Group::Kill, Group::Browser, Group::Desktop] {
            let lines: Vec<String> =
                group.steps(true).unwrap().iter().map(|step| step.line.shown()).collect();
            let cargo: Vec<&String> = lines.iter().filter(|line| line.starts_with("cargo ")).collect();
            assert!(!cargo.is_empty(), "{lines:?}");
            assert!(cargo.iter().all(|line| line.contains(" --workspace ")), "{cargo:?}");
        }
    }

    #[test]
    fn the_package_is_tried_only_when_asked_for_the_deep_tests() {
        let tries = |deep| {
            let steps = Group::Desktop.steps(deep).unwrap();
            steps.iter().any(|step| step.line.shown().ends_with(" release --try"))
        };
        assert!(tries(true) && !tries(false));
    }
}
