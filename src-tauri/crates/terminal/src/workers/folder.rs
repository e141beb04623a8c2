//! Folds facts into the rollups, behind the sale.

use super::{Next, Worker};
use crate::Terminal;
use std::sync::Arc;
use std::time::Duration;

/// How long after a commit the rollups may lag: several sales are folded in one transaction.
const LAG: Duration = Duration::from_millis(400);

/// The worker that folds.
pub struct Folder {
    terminal: Arc<Terminal>,
    due: bool,
}

impl Worker for Folder {
    const NAME: &'static str = "folder";

    fn step(&mut self) -> Next {
        // Woken by a commit it waits a little; the next step folds.
        self.due = !self.due;
        if self.due { Next::Within(LAG) } else { self.step() }
    }
}

impl Folder {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, due: false }
    }

    /// Folds one batch.
    pub fn step(&mut self) -> Next {
        match crate::report::fold_once(&self.terminal) {
            Ok(true) => Next::Again,
            Ok(false) => Next::WhenWoken,
            Err(error) => {
                self.terminal.broke("the rollups could not be folded", &error);
                Next::Within(LAG)
            }
        }
    }
}
