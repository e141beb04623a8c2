//! The terminal without a window: it opens the data directory, serves the HTTP door, and closes both in order when it
//! is told to stop.
//!
//! The first line on standard output is the address. Exit codes: 0 stopped as told, 1 could not start or serve, 2 wrong
//! arguments, 3 the data directory is used by another process.

mod arguments;
mod new_pin;
mod rebuild;
mod restore;
mod stop;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use domain::error::{Code, Coded};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stop::StopSignals;
use terminal::demo::{self, DemoError};
use terminal::new_pin::NewPinError;
use terminal::{BackupFailure, OpenError, Surroundings, Terminal, places};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Calls that wait for a disk or for their turn at once at most.
const CALLS_MAX: usize = 64;
/// How soon a directory that is in use is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

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
    /// The backup was not restored.
    #[error("nothing was restored: {0}")]
    Restore(#[from] BackupFailure),
    /// Nobody got a new PIN.
    #[error("no PIN was changed: {0}")]
    NewPin(#[from] NewPinError),
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
            Self::Restore(failure) if failure.code() == Code::LedgerInUse => ExitCode::from(3),
            Self::Restore(_)
            | Self::NewPin(_)
            | Self::NoHome
            | Self::Open { .. }
            | Self::Demo(_)
            | Self::Serve { .. }
            | Self::System(_) => ExitCode::FAILURE,
        }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(failure) => {
            // When standard error is gone too there is nobody left to tell.
            drop(writeln!(io::stderr(), "headless: {failure}"));
            failure.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let options = arguments.options().ok_or(Failure::NoHome)?;
    match &arguments.command {
        // It leaves nothing behind in the directory it looks at, a log neither.
        Some(Command::Verify { path, json }) => {
            let own = || options.guard_dir.clone().or_else(places::guard_dir);
            return Ok(match path {
                // Another's data, or a copy of our own, need not be what our guard remembers.
                Some(path) => verify::verify(path, arguments.guard_dir.as_deref(), *json),
                None => verify::verify(&options.data_dir, own().as_deref(), *json),
            });
        }
        Some(Command::Restore { backup, replace, despite_damage }) => {
            terminal::log::start(&options.data_dir, arguments.log);
            restore::restore(&options.data_dir, backup, *replace, *despite_damage)?;
        }
        Some(Command::NewPin { name }) => {
            terminal::log::start(&options.data_dir, arguments.log);
            new_pin::give(options, name)?;
        }
        Some(Command::Rebuild) => {
            terminal::log::start(&options.data_dir, arguments.log);
            rebuild::rebuild(&options.data_dir)?;
        }
        None => {
            terminal::log::start(&options.data_dir, arguments.log);
            // A till that was told to go on with a backup starts again at the same address.
            let mut before = serve_once(open(arguments, Duration::ZERO)?, arguments.listen)?;
            while let Some(address) = before {
                before = serve_once(open(arguments, http::DRAIN_MAX)?, address)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the terminal. The till that was here before is given so long to let go: its last thread may still be at it.
fn open(arguments: &Arguments, letting_go: Duration) -> Result<Arc<Terminal>, Failure> {
    let deadline = Instant::now() + letting_go;
    loop {
        let options = arguments.options().ok_or(Failure::NoHome)?;
        let directory = options.data_dir.clone();
        match Terminal::open(options, Surroundings::system()) {
            Err(source) if source.code() == Code::LedgerInUse && Instant::now() < deadline => {
                std::thread::park_timeout(LOOK_AGAIN);
            }
            opened => return opened.map_err(|source| Failure::Open { directory, source }),
        }
    }
}

/// Is a till at an address until it is told to stop, or has to start again: then its address is returned.
fn serve_once(terminal: Arc<Terminal>, address: SocketAddr) -> Result<Option<SocketAddr>, Failure> {
    if terminal.is_demo() {
        demo::fill(&terminal)?;
    }
    let workers = terminal.start_workers();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(CALLS_MAX)
        .enable_all()
        .build()?;
    let served = runtime.block_on(serve(&terminal, address));
    // In this order: nothing calls any more, then nothing works any more, then the last hand on the terminal lets go
    // and its files close.
    runtime.shutdown_timeout(http::DRAIN_MAX);
    workers.stop();
    let again = terminal.is_restarting();
    drop(terminal);
    Ok(Some(served?).filter(|_| again))
}

async fn serve(terminal: &Arc<Terminal>, address: SocketAddr) -> Result<SocketAddr, Failure> {
    let failed = |source| Failure::Serve { address, source };
    // Before the address is told: whoever reads it may stop us at once.
    let signals = StopSignals::listen()?;
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    announce(address, terminal.is_demo())?;
    let (tell, restarting) = oneshot::channel();
    terminal.when_restarting(move || {
        // Nobody listens any more when the till stops anyway.
        tell.send(()).unwrap_or(());
    })?;
    let stopped = async {
        tokio::select! {
            () = signals.told() => {}
            Ok(()) = restarting => {}
        }
    };
    http::serve(Arc::clone(terminal), listener, stopped).await.map_err(failed)?;
    Ok(address)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_till_that_starts_again_waits_for_the_last_hand_on_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let places = ["data", "guard"].map(|name| folder.path().join(name).display().to_string());
        let arguments =
            Arguments::parse_from(["headless", "--data-dir", &places[0], "--guard-dir", &places[1]]);
        let before = open(&arguments, Duration::ZERO).unwrap();
        let in_use = open(&arguments, Duration::ZERO).map(drop).unwrap_err();
        assert_eq!(in_use.exit_code(), ExitCode::from(3));

        let hand = std::thread::spawn(move || {
            std::thread::park_timeout(LOOK_AGAIN * 5);
            drop(before);
        });
        assert!(open(&arguments, http::DRAIN_MAX).is_ok());
        hand.join().unwrap();
    }
}
