//! The commands of this project: `cargo xtask <command>`. Knows how to build, start and test; knows nothing of what a
//! till does.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program talks to a person")]

mod bench;
mod command;
mod console;
mod count;
mod deep;
mod excerpt;
mod group;
mod install;
mod release;
mod run;
mod script;
mod seed;
mod start_order;
mod test;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
The commands of Tillkeeper.

Usage: cargo xtask <command> [--help]

  run       builds everything and opens the till on the demo shop
  test      every test, in groups
  check     the tests to run before each commit: build, lint, rust, ui
  script    plays till scripts and shows what happened
  seed      makes a shop of any size, the same for the same seed
  bench     measures the till against a bare program that writes the same rows
  release   builds the Debian package a till is installed from

Examples:
  cargo xtask run
  cargo xtask test rust ui
  cargo xtask script tests/scenarios/sale/cash_sale.till
";

/// What a command ends with, besides an error: whether all went well.
enum Outcome {
    /// Everything asked for was done and is as it should be.
    Fine,
    /// Something that was checked is not as it should be; it has been shown.
    Failed,
    /// The command line made no sense; the usage has been shown.
    Misused,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"run", rest)) => run::run(rest),
        Some((&"test", rest)) => test::test(rest),
        Some((&"check", rest)) => test::check(rest),
        Some((&"script", rest)) => script::script(rest),
        Some((&"release", rest)) => release::release(rest),
        Some((&"seed", rest)) => seed::seed(rest),
        Some((&"bench", rest)) => bench::bench(rest),
        Some((&("help" | "--help" | "-h"), _)) => {
            print!("{USAGE}");
            Ok(Outcome::Fine)
        }
        Some((unknown, _)) => Ok(misused(&format!("there is no command `{unknown}`"), USAGE)),
        None => Ok(misused("say which command", USAGE)),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Ok(Outcome::Misused) => ExitCode::from(2),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Shows what was wrong with the command line and how it is meant.
fn misused(problem: &str, usage: &str) -> Outcome {
    eprint!("xtask: {problem}\n\n{usage}");
    Outcome::Misused
}

/// Whether the words ask for help; shows the usage when they do.
fn asks_for_help(words: &[&str], usage: &str) -> bool {
    let asked = words.iter().any(|word| matches!(*word, "--help" | "-h"));
    if asked {
        print!("{usage}");
    }
    asked
}
