//! The shell: the till with its window. Here its parts are put together; nothing else in the repository knows Tauri.
//!
//! Exit codes: 0 closed or stopped as told, or the window that is open already came to the front, 1 could not start,
//! 2 wrong arguments, 3 the data directory is used by another process that has no window.

mod arguments;
pub use arguments::Arguments;
mod environment;
mod failure;
mod front;
mod ipc;
mod picture;
mod restart;
mod stop;
mod windows;

use environment::Start;
use failure::Failure;
use ipc::WindowDoor;
use restart::Restart;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tauri::{App, Builder, Context, Runtime};
use terminal::{Surroundings, Terminal, demo};

/// Calls that wait for a disk or for their turn at once at most.
const CALLS_MAX: usize = 64;
/// How long calls under way may take to finish once the window is closed.
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// Opens the till and its window, and comes back when both are closed.
pub fn start(arguments: &Arguments) -> ExitCode {
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            failure.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Start::of_this_process()?;
    start.with_environment()?;
    let options = arguments.options().ok_or(Failure::NoHome)?;
    terminal::log::start(&options.data_dir, arguments.log);
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| Failure::NoDisplay)?;

    let directory = options.data_dir.clone();
    let opened = Terminal::open(options, Surroundings::system())
        .map_err(|source| Failure::open(directory.clone(), source));
    if matches!(opened, Err(Failure::InUse { .. })) && front::knock(&directory) {
        return Ok(());
    }
    let terminal = opened?;
    if terminal.is_demo() {
        demo::fill(&terminal)?;
    }
    let workers = terminal.start_workers();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(CALLS_MAX)
        .enable_all()
        .build()?;
    tauri::async_runtime::set(runtime.handle().clone());

    let restart = Restart::default();
    let app = compose(Builder::default(), &terminal).build(context())?;
    open(&app, &terminal, arguments, &directory, &restart)?;
    app.run_return(|_, _| {});
    // In this order: nothing calls any more, then nothing works any more, then the last hand on the terminal lets go
    // and its files close.
    runtime.shutdown_timeout(DRAIN_MAX);
    workers.stop();
    drop(terminal);
    if restart.is_requested() { Err(start.over().into()) } else { Ok(()) }
}

/// What was fixed when the program was built: its configuration, its rights and its screens.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Gives an app the doors of a terminal.
pub fn compose<R: Runtime>(builder: Builder<R>, terminal: &Arc<Terminal>) -> Builder<R> {
    builder
        .manage(WindowDoor::new(terminal))
        .invoke_handler(tauri::generate_handler![ipc::call])
        .register_asynchronous_uri_scheme_protocol(picture::SCHEME, picture::respond)
}

fn open<R: Runtime>(
    app: &App<R>,
    terminal: &Arc<Terminal>,
    arguments: &Arguments,
    data_dir: &Path,
    restart: &Restart,
) -> Result<(), Failure> {
    windows::open_main(app, arguments, terminal.is_demo(), data_dir, restart)?;
    ipc::push_changes(terminal, app.handle().clone())?;
    let (handle, knocked_at) = (app.handle().clone(), data_dir.to_owned());
    tauri::async_runtime::spawn(async move {
        if let Err(error) = front::answer_knocks(&knocked_at, handle).await {
            tracing::warn!(%error, "a second start on this data will not bring the window to the front");
        }
    });
    let (handle, over) = (app.handle().clone(), restart.clone());
    terminal.when_restarting(move || over.request(&handle))?;
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        match stop::told().await {
            Ok(()) => handle.exit(0),
            Err(error) => tracing::error!(%error, "signals will end the till without closing it"),
        }
    });
    Ok(())
}
