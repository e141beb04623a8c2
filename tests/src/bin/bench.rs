//! Measures the till, and is the till that is measured.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use scenarios::bench::program::Programs;
use scenarios::bench::{Size, lines, ours, run, start};
use scenarios::seed::Plan;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
bench --bare PROGRAM --headless PROGRAM --till PROGRAM --blank PROGRAM --shops FOLDER --work FOLDER [--small] [--json] [ROW…]
bench ours FOLDER PRODUCTS SALES YEARS SEED [marked]     the till of a measurement, led by standard input
bench lines FOLDER PRODUCTS SALES YEARS SEED             another, that finds products and rings them up
bench first-scan FOLDER CODE LIFE                        one start";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match lead(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn lead(words: &[String]) -> Result<(), String> {
    let short: Vec<&str> = words.iter().map(String::as_str).collect();
    match &short[..] {
        ["ours", folder, products, sales, years, seed, rest @ ..] => {
            let plan = plan([products, sales, years, seed])?;
            ours::work(Path::new(folder), plan, rest.contains(&"marked"))
        }
        ["lines", folder, products, sales, years, seed] => {
            lines::work(Path::new(folder), plan([products, sales, years, seed])?)
        }
        ["first-scan", folder, code, life] => {
            let started = start::once(Path::new(folder), code, number(life)?)?;
            println!("{}", serde_json::to_string(&started).map_err(|error| error.to_string())?);
            Ok(())
        }
        _ => measure(words),
    }
}

fn measure(words: &[String]) -> Result<(), String> {
    let mut folders = [const { None::<PathBuf> }; 6];
    let mut size = Size::FULL;
    let mut json = false;
    let mut rows = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let place = ["--bare", "--headless", "--till", "--blank", "--shops", "--work"]
            .iter()
            .position(|option| option == word);
        match (place, word.as_str()) {
            (Some(place), _) => folders[place] = rest.next().map(PathBuf::from),
            (None, "--small") => size = Size::SMALL,
            (None, "--json") => json = true,
            (None, option) if option.starts_with('-') => {
                return Err(format!("{option} is not understood\n{USAGE}"));
            }
            (None, row) => rows.push(row.to_owned()),
        }
    }
    let [Some(bare), Some(headless), Some(till), Some(blank), Some(shops), Some(work)] = folders else {
        return Err(format!("folders are missing\n{USAGE}"));
    };
    let ours = std::env::current_exe().map_err(|error| error.to_string())?;
    let programs = Programs { ours, bare, headless, till, blank, shops, work };
    let report = run(&programs, &size, &rows, &mut |row| eprintln!("· {row}"))?;
    if json {
        println!("{}", serde_json::to_string(&report).map_err(|error| error.to_string())?);
    } else {
        print!("{}", report.table());
    }
    Ok(())
}

fn plan([products, sales, years, seed]: [&str; 4]) -> Result<Plan, String> {
    Ok(Plan {
        products: number(products)?,
        sales: number(sales)?,
        years: number(years)?,
        seed: number(seed)?,
    })
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number\n{USAGE}"))
}
