//! `headless new-pin`: a new PIN for somebody, where none can be checked any more.

use crate::Failure;
use std::io::{self, Write};
use terminal::{Options, Surroundings, Terminal, new_pin};

/// Reads a PIN from standard input and gives it to the operator of this name.
///
/// # Errors
/// When nothing was changed, and why.
pub fn give(options: Options, name: &str) -> Result<(), Failure> {
    let directory = options.data_dir.clone();
    let terminal = Terminal::open(options, Surroundings::system())
        .map_err(|source| Failure::Open { directory, source })?;
    let mut pin = String::new();
    // On the command line it would stand in the list of processes.
    write!(io::stderr(), "The new PIN of {name}: ")?;
    io::stdin().read_line(&mut pin)?;
    new_pin::give(&terminal, name, pin.trim())?;
    let mut out = io::stdout().lock();
    writeln!(out, "{name} can sign on with it, and gives everybody else a new one")?;
    Ok(out.flush()?)
}
