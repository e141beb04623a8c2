//! Checks and makes imports, beside the sales.

use super::{Next, Worker};
use crate::Terminal;
use std::sync::Arc;

/// The worker that imports.
pub struct Importer {
    terminal: Arc<Terminal>,
}

impl Worker for Importer {
    const NAME: &'static str = "import";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl Importer {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal }
    }

    /// Does what an import under way waits for.
    pub fn step(&mut self) -> Next {
        if self.terminal.import_once() { Next::Again } else { Next::WhenWoken }
    }
}
