//! The bare program that benches are held against: plain SQLite statements that write the rows a till writes, under the
//! same durability and with the same log, and nothing else. Which rows those are it is not told: it records them while
//! a till works ([`record`]), and writes them again itself ([`replay`]).
//!
//! Like every part of a bench it is led by lines on its standard input and answers each with one line.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

mod import;
mod insert;
mod read;
mod record;
mod replay;
mod scan;
mod start;

use rusqlite::{Connection, OpenFlags};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
bare record LEDGER                      records the changes of rows; each line names what they were for
bare replay LEDGER CATALOG RECORDING    writes recorded changes; each line says how many groups
bare start  LEDGER CATALOG KEY          opens the files, finds a product, saves one draft, says the nanoseconds
bare read   LEDGER                      reads and hashes every fact, says the nanoseconds
bare insert LEDGER                      empties what is derived, inserts its rows, says the nanoseconds and rows
bare scan   LEDGER TABLE COLUMN FIRST LAST ROUNDS
                                        reads every column of a stretch of rows, says the nanoseconds of each round
bare import CSV CATALOG FIRST NEW       fills a new catalogue with the rows of a list as another is from a product on,
                                        says the nanoseconds, the milliseconds it worked, and the rows";

/// What a command ends with.
pub type Done = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["record", ledger] => record::record(Path::new(ledger)),
        ["replay", ledger, catalog, recording] => {
            replay::replay(Path::new(ledger), Path::new(catalog), Path::new(recording))
        }
        ["start", ledger, catalog, key] => start::start(Path::new(ledger), Path::new(catalog), key),
        ["read", ledger] => read::read(Path::new(ledger)),
        ["import", csv, like, first, new] => {
            import::import(Path::new(csv), Path::new(like), first, Path::new(new))
        }
        ["scan", ledger, table, column, first, last, rounds] => {
            let between = (first.parse(), last.parse());
            match (between, rounds.parse()) {
                ((Ok(first), Ok(last)), Ok(rounds)) => {
                    scan::scan(Path::new(ledger), table, column, (first, last), rounds)
                }
                _ => Err(USAGE.into()),
            }
        }
        ["insert", ledger] => insert::insert(Path::new(ledger)),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bare: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Opens a file as a till's writer does where durability and log are concerned: WAL, no checkpoint on the way, no mmap.
fn open(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma wal_autocheckpoint = 0;
         pragma mmap_size = 0;
         pragma busy_timeout = 5000;
         pragma fullfsync = on;
         pragma checkpoint_fullfsync = on;",
    )?;
    Ok(connection)
}

/// Opens a file for reading.
fn open_to_read(file: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// Answers each line of standard input with one line, until it ends.
fn answer_lines(mut answer: impl FnMut(&str) -> Result<String, Box<dyn std::error::Error>>) -> Done {
    for line in io::stdin().lock().lines() {
        let answered = answer(&line?)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{answered}")?;
        out.flush()?;
    }
    Ok(())
}
