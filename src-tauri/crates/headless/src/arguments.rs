//! The command line of `headless`.

use clap::{Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;
use terminal::{Options, places};
use tracing_subscriber::filter::LevelFilter;

/// A till without a window, reached over HTTP on this machine.
#[derive(Debug, Parser)]
#[command(
    name = "headless",
    version,
    after_help = "\
Examples:
  headless --demo                              try the demo shop
  headless --data-dir /srv/till --listen 127.0.0.1:8080
  headless restore /media/stick/2026-03-02T1800-A-000123.store.db --data-dir /srv/till
  headless verify /srv/till --guard-dir /srv/guard
"
)]
pub struct Arguments {
    /// What to do instead of being a till.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The directory that holds the till's data; made if it is missing. One process at a time may use it
    /// [default: `till` in the user's data directory, with --demo `demo` beside it]
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// The directory of the guard file, which notices a restored or copied data directory. Best on another disk
    /// [default: the user's state directory]
    #[arg(long, value_name = "DIR", global = true)]
    pub guard_dir: Option<PathBuf>,

    /// The address to listen at: one of this machine alone. Port 0 takes a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:0", value_parser = loopback)]
    pub listen: SocketAddr,

    /// How much to tell on standard error: off, error, warn, info (a line for each call), debug or trace
    #[arg(long, value_name = "LEVEL", default_value = "warn", global = true)]
    pub log: LevelFilter,

    /// Fill an empty data directory with the demo shop, and show its operators and their PINs
    #[arg(long)]
    pub demo: bool,
}

/// What `headless` does besides being a till.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Puts a backup in the place of a till's data, which is kept aside
    ///
    /// The backup is checked first; when it is damaged nothing changes. The till must not be running. Its next start
    /// begins a new log with receipt numbers of its own, since sales after the backup may have used the old ones.
    Restore {
        /// The backup: a file whose name ends in .store.db
        backup: PathBuf,

        /// This machine goes on in place of the one that made the backup, which must not be used any more
        #[arg(long)]
        replace: bool,

        /// Take a backup that is a true copy of a ledger with a damaged fact: when there is none from before it
        #[arg(long)]
        despite_damage: bool,
    },
    /// Gives somebody a new PIN, when the till says that PINs cannot be checked any more
    ///
    /// The file they are checked with is damaged or gone then, and no backup has it. The PIN is read from standard input.
    /// Everybody else needs a new one too. While PINs can be checked nothing is changed. The till must not be running.
    NewPin {
        /// The name of an operator who manages people
        name: String,
    },
    /// Makes everything anew that follows from the facts: stock, drawer, reports, catalogue
    ///
    /// For what `verify` found in them. The facts are read and stay as they are. The till must not be running.
    Rebuild,
    /// Says whether a till's books are whole, and if not, what is wrong and where
    ///
    /// Nothing is changed, and the till may be running. Of a data directory everything is checked: each fact, the chain,
    /// signatures, receipt numbers, sums, and whether stock, drawer, reports and catalogue follow from the facts. Of a
    /// file (a backup, a copied ledger.db) the ledger is. Exit codes: 0 whole, 1 damaged, 2 nothing to check.
    Verify {
        /// A data directory, or the file of a ledger [default: the till's own data directory]
        path: Option<PathBuf>,

        /// Everything as one JSON object
        #[arg(long)]
        json: bool,
    },
}

/// Reads an address and refuses what other machines can reach: the door speaks plain HTTP, where PINs and sign-ons
/// could be read along the way.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    let address: SocketAddr = numeric.parse().map_err(|_| "write it like 127.0.0.1:8080".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("other machines could reach it; a till listens at 127.0.0.1 or [::1] only".to_owned())
    }
}

impl Arguments {
    /// How the terminal is opened. `None` when no data directory is named and the user has no home.
    pub fn options(&self) -> Option<Options> {
        places::options(self.data_dir.clone(), self.guard_dir.clone(), self.demo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_listened_to() {
        assert_eq!(loopback("127.0.0.1:8080"), Ok("127.0.0.1:8080".parse().unwrap()));
        assert_eq!(loopback("localhost:0"), Ok("127.0.0.1:0".parse().unwrap()));
        assert_eq!(loopback("[::1]:80"), Ok("[::1]:80".parse().unwrap()));
        for address in ["0.0.0.0:80", "[::]:80", "192.168.1.2:80", "127.0.0.1", "till.example:80", ""] {
            assert!(loopback(address).is_err(), "{address}");
        }
    }

    #[test]
    fn the_demo_never_shares_a_directory_with_the_real_till() {
        let data_dir = |words: &[&str]| {
            let arguments = Arguments::try_parse_from([&["headless"], words].concat()).unwrap();
            arguments.options().unwrap().data_dir
        };
        assert_ne!(data_dir(&[]), data_dir(&["--demo"]));
        assert_eq!(data_dir(&["--demo", "--data-dir", "/tmp/shop"]), PathBuf::from("/tmp/shop"));
    }
}
