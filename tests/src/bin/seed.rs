//! Makes a shop of any size from a seed and says where it is.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use scenarios::seed::{Plan, kept, make};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "seed --kept FOLDER --products N --sales M --years Y --seed S [--into DIR]";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(folder) => {
            println!("{}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("seed: {error}\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<PathBuf, String> {
    let mut plan = Plan { products: 10_000, sales: 100_000, years: 3, seed: 1 };
    let mut folder = None;
    let mut into = None;
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let value = rest.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<u32>().map_err(|_| format!("{value} is not a number"));
        match word.as_str() {
            "--products" => plan.products = number()?,
            "--sales" => plan.sales = number()?,
            "--years" => plan.years = number()?,
            "--seed" => plan.seed = value.parse().map_err(|_| format!("{value} is not a number"))?,
            "--kept" => folder = Some(PathBuf::from(value)),
            "--into" => into = Some(PathBuf::from(value)),
            _ => return Err(format!("{word} is not understood")),
        }
    }
    let mut told = |progress: &str| eprintln!("  {progress}");
    match (into, folder) {
        (Some(into), _) => make(plan, &into, &mut told).map(|()| into),
        (None, Some(folder)) => kept(plan, &folder, &mut told),
        (None, None) => Err("say where the shop is to be".to_owned()),
    }
}
