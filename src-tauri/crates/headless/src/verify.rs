//! `headless verify`: says whether a till's books are whole, and what is wrong if not.

use domain::currency::Currency;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use terminal::verify::{self, LogReport, Report};

/// Faults that are told one by one; `--json` has more.
const TOLD_MAX: usize = 10;

/// Checks what is at `path` and tells it. Exit codes: 0 whole, 1 damaged, 2 nothing to check there.
pub fn verify(path: &Path, guards: Option<&Path>, json: bool) -> ExitCode {
    let report = match verify::check(path, guards) {
        Ok(report) => report,
        Err(error) => {
            drop(writeln!(io::stderr(), "headless: {} cannot be checked: {error}", path.display()));
            return ExitCode::from(2);
        }
    };
    let told = if json { tell_json(path, &report) } else { tell(path, guards, &report) };
    if let Err(error) = told {
        drop(writeln!(io::stderr(), "headless: {error}"));
    }
    if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell_json(path: &Path, report: &Report) -> io::Result<()> {
    let mut line = serde_json::json!({ "file": path.display().to_string(), "whole": report.is_whole() });
    if let (Some(line), serde_json::Value::Object(report)) =
        (line.as_object_mut(), serde_json::to_value(report)?)
    {
        line.extend(report);
    }
    writeln!(io::stdout(), "{line}")
}

fn tell(path: &Path, guards: Option<&Path>, report: &Report) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match report.faults.first() {
        None => {
            write!(out, "{}: whole", path.display())?;
            match &report.archive {
                Some(month) => writeln!(out, ", the archive of {month}")?,
                None => writeln!(out)?,
            }
        }
        Some(first) => {
            writeln!(out, "{}: DAMAGED", path.display())?;
            writeln!(out, "  {first} ({})", first.problem.code())?;
            for fault in report.faults.iter().skip(1).take(TOLD_MAX - 1) {
                writeln!(out, "  {fault} ({})", fault.problem.code())?;
            }
            let more = report.faults.len().saturating_sub(TOLD_MAX) as u64 + report.faults_more;
            if more > 0 {
                writeln!(out, "  and {more} more")?;
            }
        }
    }
    for log in &report.logs {
        tell_log(&mut out, log)?;
    }
    writeln!(out, "in all: {} facts, {} sales{}", report.facts, report.sales, Totals(&report.totals))?;
    let (kept, erased) = (report.personal_values, report.erased_values);
    writeln!(out, "personal values: {kept} kept, {erased} erased")?;
    if let Some(beside) = &report.beside {
        writeln!(
            out,
            "compared with the facts: {} rows of {} tables, {} pictures, {} archives, {} change-sets",
            beside.rows, beside.tables, beside.pictures, beside.archives, beside.change_sets
        )?;
        match guards {
            Some(_) => writeln!(out, "guards that agree: {}", beside.guards)?,
            None => writeln!(out, "guards: not asked (--guard-dir)")?,
        }
    }
    out.flush()
}

fn tell_log(out: &mut impl Write, log: &LogReport) -> io::Result<()> {
    let training = if log.training { ", to train on" } else { "" };
    write!(out, "log {} (series {}{training}): {} facts", log.id, log.series, log.facts)?;
    if log.first_place > 1 {
        write!(out, " from place {} on", log.first_place)?;
    }
    match log.sales {
        0 => write!(out, ", no sales")?,
        sales => {
            let first = log.first_number.unwrap_or(1);
            let last = first.saturating_add(sales - 1);
            write!(out, ", {sales} sales numbered {first} to {last}{}", Totals(&log.totals))?;
        }
    }
    match log.signed_to {
        Some(place) => writeln!(out, ", signed up to fact {place}"),
        None => writeln!(out, ", not signed"),
    }
}

/// Sums by currency, as a person reads them.
struct Totals<'t>(&'t BTreeMap<String, i128>);

impl fmt::Display for Totals<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (code, minor) in self.0 {
            let decimals = Currency::parse(code).map_or(0, |currency| currency.decimals() as usize);
            let sign = if *minor < 0 { "-" } else { "" };
            let digits = format!("{:0>width$}", minor.unsigned_abs(), width = decimals + 1);
            let (whole, rest) = digits.split_at(digits.len() - decimals);
            let point = if rest.is_empty() { "" } else { "." };
            write!(f, ", {code} {sign}{whole}{point}{rest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_in_the_decimals_of_their_currency() {
        let totals =
            BTreeMap::from([("EUR".to_owned(), -5), ("JPY".to_owned(), 1_234), ("TND".to_owned(), 12_345)]);
        assert_eq!(Totals(&totals).to_string(), ", EUR -0.05, JPY 1234, TND 12.345");
    }
}
