//! A simulated printer at an address of this machine, for programs of others that print: says where it is, then does wrong what each
//! line of standard input says (`fine`, `paper-out`, `cover-open`, `mute`), and says `done`. `paper` shows its paper.

#![allow(clippy::print_stdout, reason = "it is a command")]

use devices::{Misbehaviour, NetworkPrinter, SimulatedPrinter};
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let printer = SimulatedPrinter::new();
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let network = NetworkPrinter::listen(&printer, &address)?;
    let mut out = io::stdout();
    writeln!(out, "{}", network.address())?;
    for line in io::stdin().lock().lines() {
        match line?.trim() {
            "fine" => printer.behave(),
            "paper-out" => printer.misbehave(Misbehaviour::PaperOut),
            "cover-open" => printer.misbehave(Misbehaviour::CoverOpen),
            "mute" => printer.misbehave(Misbehaviour::Mute),
            "paper" => {
                for line in printer.paper() {
                    writeln!(out, "{line}")?;
                }
            }
            other => return Err(io::Error::new(io::ErrorKind::InvalidInput, other.to_owned())),
        }
        writeln!(out, "done")?;
        out.flush()?;
    }
    Ok(())
}
