//! How the program is told from outside to stop.

use std::io;

/// Waits for SIGTERM or SIGINT; neither ends the program by itself from here on.
///
/// # Errors
/// When the operating system refuses to tell.
#[cfg(unix)]
pub async fn told() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
    Ok(())
}

/// Waits for Ctrl+C. The closing of the window is told by the window.
///
/// # Errors
/// When the operating system refuses to tell.
#[cfg(windows)]
pub async fn told() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
