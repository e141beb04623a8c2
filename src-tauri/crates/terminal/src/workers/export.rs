//! Makes files of records, beside the sales.

use super::{Next, Worker};
use crate::Terminal;
use std::sync::Arc;

/// The worker that exports.
pub struct Exporter {
    terminal: Arc<Terminal>,
}

impl Worker for Exporter {
    const NAME: &'static str = "export";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl Exporter {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal }
    }

    /// Makes what an export under way waits for.
    pub fn step(&mut self) -> Next {
        if self.terminal.export_once() { Next::Again } else { Next::WhenWoken }
    }
}
