//! The window's door to the terminal: the one command `call`, and the push `changed`. It translates, and decides
//! nothing.

use domain::error::Code;
use serde_json::Value;
use serde_json::value::RawValue;
use std::io;
use std::sync::{Arc, Weak};
use tauri::{AppHandle, Emitter, Runtime, State};
use terminal::{Caller, Door, Terminal};
use wire::envelope::Envelope;
use wire::error::ErrorBody;

use crate::windows::MAIN;

/// The event that says what changed.
const CHANGED: &str = "changed";

/// The window as one who calls. The window lives as long as the program, and so does its sign-on: a page that is loaded
/// again finds the operator where they were.
pub struct WindowDoor {
    /// Weak, so that the terminal's files close when the program says so, whatever the window still holds.
    terminal: Weak<Terminal>,
    caller: Arc<Caller>,
}

impl WindowDoor {
    /// Connects the window.
    pub fn new(terminal: &Arc<Terminal>) -> Self {
        Self { terminal: Arc::downgrade(terminal), caller: terminal.connect(Door::Window) }
    }

    /// The terminal and the window's caller; `None` while the till closes.
    pub fn open(&self) -> Option<(Arc<Terminal>, Arc<Caller>)> {
        self.terminal.upgrade().map(|terminal| (terminal, Arc::clone(&self.caller)))
    }
}

/// Does what an envelope asks for. It may wait for the disk or for its turn, so it does not run where the window is
/// drawn. It runs to its end even if the page goes away meanwhile.
#[tauri::command]
pub async fn call(door: State<'_, WindowDoor>, envelope: Envelope) -> Result<Box<RawValue>, ErrorBody> {
    let Some((terminal, caller)) = door.open() else {
        return Err(refusal(Code::CallShuttingDown, "the till closes"));
    };
    tauri::async_runtime::spawn_blocking(move || terminal.call(&caller, &envelope))
        .await
        .unwrap_or_else(|error| Err(refusal(Code::TillBug, &format!("the call did not end: {error}"))))
}

/// The body of a failure outside the terminal, which could not write its reference into the log any more.
fn refusal(code: Code, message: &str) -> ErrorBody {
    ErrorBody {
        code,
        class: code.class(),
        message: message.to_owned(),
        details: Value::Object(serde_json::Map::new()),
        reference: "-".to_owned(),
    }
}

/// Tells the window what changed after each commit, until the terminal is closed.
///
/// # Errors
/// When the thread cannot start.
pub fn push_changes<R: Runtime>(terminal: &Terminal, app: AppHandle<R>) -> io::Result<()> {
    let changes = terminal.subscribe();
    std::thread::Builder::new().name("window-events".into()).spawn(move || {
        for changed in changes {
            // A push that is lost does no harm: the page reads everything again when it is loaded.
            if let Err(error) = app.emit_to(MAIN, CHANGED, changed) {
                tracing::warn!(%error, "the window could not be told what changed");
            }
        }
    })?;
    Ok(())
}
