//! Why the till does not run, told to whoever started it.

use domain::error::{Code, Coded};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use terminal::OpenError;
use terminal::demo::DemoError;

/// Why the till does not run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The user has no home directory to keep data in.
    #[error("this user has no home directory; name a data directory with --data-dir")]
    NoHome,
    /// There is nothing to open a window on.
    #[error("there is no display to open a window on; `headless` runs a till without one")]
    NoDisplay,
    /// Another process uses the data directory.
    #[error("this till is open already; {directory} is in use")]
    InUse {
        /// The data directory.
        directory: PathBuf,
    },
    /// The terminal did not open.
    #[error("cannot open {directory}: {source}")]
    Open {
        /// The data directory.
        directory: PathBuf,
        /// Why.
        source: OpenError,
    },
    /// The demo shop could not be filled in.
    #[error("cannot fill in the demo shop: {0}")]
    Demo(#[from] DemoError),
    /// The window did not open.
    #[error("cannot open the window: {0}")]
    Window(#[from] tauri::Error),
    /// Threads, signals or a new start failed.
    #[error(transparent)]
    System(#[from] io::Error),
}

impl Failure {
    /// The terminal did not open.
    pub fn open(directory: PathBuf, source: OpenError) -> Self {
        if source.code() == Code::LedgerInUse {
            Self::InUse { directory }
        } else {
            Self::Open { directory, source }
        }
    }

    /// 3 when another process uses the data directory, otherwise 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::InUse { .. } => ExitCode::from(3),
            Self::NoHome
            | Self::NoDisplay
            | Self::Open { .. }
            | Self::Demo(_)
            | Self::Window(_)
            | Self::System(_) => ExitCode::FAILURE,
        }
    }

    /// Says it on standard error, and in a message on the screen when nobody reads that: a till is started by a click.
    pub fn tell(&self) {
        // When standard error is gone too there is nobody left to tell.
        drop(writeln!(io::stderr(), "tillkeeper: {self}"));
        if !io::stderr().is_terminal() {
            show(&self.to_string());
        }
    }
}

/// A message of the toolkit that is here anyway, on the thread that has it.
#[cfg(target_os = "linux")]
fn show(text: &str) {
    use gtk::prelude::{DialogExt, GtkWindowExt};
    if !gtk::is_initialized() {
        return;
    }
    let (none, kind, button) = (gtk::DialogFlags::empty(), gtk::MessageType::Error, gtk::ButtonsType::Ok);
    let message = gtk::MessageDialog::new(None::<&gtk::Window>, none, kind, button, text);
    message.set_title("Tillkeeper");
    message.set_position(gtk::WindowPosition::Center);
    message.run();
}

#[cfg(not(target_os = "linux"))]
fn show(text: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Tillkeeper")
        .set_description(text)
        .set_buttons(rfd::MessageButtons::Ok)
        .show();
}
