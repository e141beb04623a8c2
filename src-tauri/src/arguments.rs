//! The command line of `tillkeeper`.

use clap::Parser;
use std::path::PathBuf;
use terminal::{Options, places};
use tracing_subscriber::filter::LevelFilter;

/// The till that never stops selling.
#[derive(Debug, Parser)]
#[command(
    name = "tillkeeper",
    version,
    after_help = "\
Examples:
  tillkeeper                              the till of this user
  tillkeeper --demo                       try the demo shop
  tillkeeper --kiosk --data-dir /srv/till the whole screen, as a till on a counter
"
)]
pub struct Arguments {
    /// The directory that holds the till's data; made if it is missing. One process at a time may use it
    /// [default: `till` in the user's data directory, with --demo `demo` beside it]
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// The directory of the guard file, which notices a restored or copied data directory. Best on another disk
    /// [default: the user's state directory]
    #[arg(long, value_name = "DIR")]
    pub guard_dir: Option<PathBuf>,

    /// Fill an empty data directory with the demo shop
    #[arg(long)]
    pub demo: bool,

    /// Take the whole screen
    #[arg(long)]
    pub fullscreen: bool,

    /// Take the whole screen, and do not let the window be closed; SIGTERM ends the till
    #[arg(long)]
    pub kiosk: bool,

    /// How much to tell on standard error: off, error, warn, info (a line for each call), debug or trace
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    pub log: LevelFilter,
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

    fn arguments(words: &[&str]) -> Arguments {
        Arguments::try_parse_from([&["tillkeeper"], words].concat()).unwrap()
    }

    #[test]
    fn the_demo_never_shares_a_directory_with_the_real_till() {
        let data_dir = |words: &[&str]| arguments(words).options().unwrap().data_dir;
        assert_ne!(data_dir(&[]), data_dir(&["--demo"]));
        assert_eq!(data_dir(&["--demo", "--data-dir", "/tmp/shop"]), PathBuf::from("/tmp/shop"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(Arguments::try_parse_from(["tillkeeper", "--demonstration"]).is_err());
    }
}
