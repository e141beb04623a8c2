//! The terminal without a window: it opens the data directory, serves the HTTP door, and closes both in order when it
//! is told to stop.
//!
//! The first line on standard output is the address. Exit codes: 0 stopped as told, 1 could not start or serve, 2 wrong
//! arguments, 3 the data directory is used by another process.

mod arguments;
mod stop;

use arguments::Arguments;
use clap::Parser;
use domain::error::{Code, Coded};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use stop::StopSignals;
use terminal::demo::{self, DemoError};
use terminal::{OpenError, Surroundings, Terminal};
use tokio::net::TcpListener;

/// Calls that wait for a disk or for their turn at once at most.
const CALLS_MAX: usize = 64;

/// Why the till does not run.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The user has no home directory to keep data in.
    #[error("this user has no home directory; name a data directory with --data-dir")]
    NoHome,
    /// The terminal did not open.
    #[error("cannot open {directory}: {source}")]
    Open { directory: PathBuf, source: OpenError },
    /// The demo shop could not be filled in.
    #[error("cannot fill in the demo shop: {0}")]
    Demo(#[from] DemoError),
    /// The address is taken, or serving failed.
    #[error("cannot serve at {address}: {source}")]
    Serve { address: SocketAddr, source: io::Error },
    /// Signals, threads or standard output failed.
    #[error(transparent)]
    System(#[from] io::Error),
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Open { source, .. } if source.code() == Code::LedgerInUse => ExitCode::from(3),
            Self::NoHome | Self::Open { .. } | Self::Demo(_) | Self::Serve { .. } | Self::System(_) => {
                ExitCode::FAILURE
            }
        }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // When standard error is gone too there is nobody left to tell.
            drop(writeln!(io::stderr(), "headless: {failure}"));
            failure.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let options = arguments.options().ok_or(Failure::NoHome)?;
    terminal::log::start(&options.data_dir, arguments.log);
    let directory = options.data_dir.clone();
    let terminal = Terminal::open(options, Surroundings::system())
        .map_err(|source| Failure::Open { directory, source })?;
    if arguments.demo {
        demo::fill(&terminal)?;
    }
    let workers = terminal.start_workers();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(CALLS_MAX)
        .enable_all()
        .build()?;
    let served = runtime.block_on(serve(&terminal, arguments));
    // In this order: nothing calls any more, then nothing works any more, then the last hand on the terminal lets go
    // and its files close.
    runtime.shutdown_timeout(http::DRAIN_MAX);
    workers.stop();
    drop(terminal);
    served
}

async fn serve(terminal: &Arc<Terminal>, arguments: &Arguments) -> Result<(), Failure> {
    let address = arguments.listen;
    let failed = |source| Failure::Serve { address, source };
    // Before the address is told: whoever reads it may stop us at once.
    let signals = StopSignals::listen()?;
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    announce(listener.local_addr().map_err(failed)?, arguments.demo)?;
    http::serve(Arc::clone(terminal), listener, signals.told()).await.map_err(failed)
}

fn announce(address: SocketAddr, demo: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    if demo {
        for (name, pin) in demo::pins() {
            writeln!(out, "{name} signs on with PIN {pin}")?;
        }
    }
    out.flush()
}
