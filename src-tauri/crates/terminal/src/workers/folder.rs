//! Folds facts into the rollups, behind the sale.

use super::{Next, Worker};
use crate::Terminal;
use std::sync::Arc;
use std::time::Duration;

/// How long after a commit the rollups may lag: several sales are folded in one transaction.
const LAG: Duration = Duration::from_millis(400);

/// Sales counted in one transaction of the catalogue: a change of a product that comes meanwhile waits for at most these.
const COUNT_BATCH: u32 = 50;

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
            Ok(false) => self.count_sold(),
            Err(error) => {
                self.terminal.broke("the rollups could not be folded", &error);
                Next::Within(LAG)
            }
        }
    }

    /// When the rollups are folded: counts what was sold, for the order of what a search finds.
    fn count_sold(&self) -> Next {
        match self.terminal.database.count_sold(COUNT_BATCH) {
            Ok(true) => Next::Again,
            Ok(false) => Next::WhenWoken,
            Err(error) => {
                self.terminal.broke("what was sold could not be counted", &error.into());
                Next::Within(LAG)
            }
        }
    }
}
