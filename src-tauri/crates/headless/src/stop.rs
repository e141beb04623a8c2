//! How the process is told to stop.

use std::io;

/// The signals that stop the process.
#[cfg(unix)]
pub struct StopSignals {
    interrupted: tokio::signal::unix::Signal,
    terminated: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignals {
    /// Listens to SIGINT and SIGTERM from here on; neither ends the process by itself any more.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the first of them.
    pub async fn told(mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

/// The signals that stop the process.
#[cfg(windows)]
pub struct StopSignals {
    interrupted: tokio::signal::windows::CtrlC,
    closed: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl StopSignals {
    /// Listens to Ctrl+C and to the closing of the console from here on.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::windows::{ctrl_c, ctrl_close};
        Ok(Self { interrupted: ctrl_c()?, closed: ctrl_close()? })
    }

    /// Waits for the first of them.
    pub async fn told(mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.closed.recv() => {}
        }
    }
}
