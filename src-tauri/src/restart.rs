//! Ends the program so that it starts over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Runtime};

/// Whether the program is to start over once it has ended in order.
#[derive(Debug, Clone, Default)]
pub struct Restart(Arc<AtomicBool>);

impl Restart {
    /// Ends the program in order; then it starts over.
    pub fn request<R: Runtime>(&self, app: &AppHandle<R>) {
        self.0.store(true, Ordering::Release);
        app.exit(0);
    }

    /// Whether it was asked for.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
