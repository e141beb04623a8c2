//! Plays till scripts on a fresh data directory and prints what happens, act by act.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use scenarios::player::{Hub, Player};
use scenarios::script::{parse, write};
use std::process::ExitCode;

/// The seed of every script: the same ids each time.
const SEED: u64 = 1;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("script FILE…: plays till scripts; says at the end where one differs from what it expects");
        return ExitCode::from(2);
    }
    let mut as_expected = true;
    for file in &files {
        match play(file) {
            Ok(same) => as_expected &= same,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn play(file: &str) -> Result<bool, String> {
    let source = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let parts = parse(&source)?;
    let happened = Player::new(Hub::None, SEED)?.play(&parts)?;
    let transcript = write(&parts, &happened);
    print!("{transcript}");
    let same = transcript == source;
    if !same {
        println!("# {file} expects something else; UPDATE=1 cargo test -p scenarios scripts accepts this");
    }
    Ok(same)
}
