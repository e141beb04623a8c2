//! Remembers the ledger's head in the guard, off the sale's path: at most once within the lag, and after the commit.

use super::{Next, Worker};
use crate::Terminal;
use crate::error::{Error, OpenError};
use crate::start::{self, guard_dir};
use database::Head;
use database::guard::{Guard, Place};
use std::sync::Arc;
use std::time::Duration;

/// How long the guard may lag behind the ledger: several sales are remembered at once.
const LAG: Duration = Duration::from_millis(700);

/// The worker that keeps the guard.
pub struct GuardKeeper {
    terminal: Arc<Terminal>,
    due: bool,
    place: Option<Place>,
    kept: Option<Head>,
}

impl Worker for GuardKeeper {
    const NAME: &'static str = "guard";

    fn step(&mut self) -> Next {
        // Woken by a commit it waits a little; the next step writes.
        self.due = !self.due;
        if self.due { Next::Within(LAG) } else { self.step() }
    }
}

impl GuardKeeper {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, due: false, place: None, kept: None }
    }

    /// Writes the guard if the head has moved.
    pub fn step(&mut self) -> Next {
        match self.keep() {
            Ok(()) => Next::WhenWoken,
            Err(error) => {
                self.terminal.broke("the guard could not be written", &error);
                Next::Within(LAG)
            }
        }
    }

    fn keep(&mut self) -> Result<(), Error> {
        let head = self.terminal.database.durable_head()?;
        let Some(head) = head.filter(|head| self.kept.as_ref() != Some(head)) else { return Ok(()) };
        let place = match self.place {
            Some(place) => place,
            None => self.terminal.start().place()?,
        };
        self.place = Some(place);
        let disk = self.terminal.surroundings.disk.as_ref();
        let dir = guard_dir(&self.terminal.guards, head.identity.terminal);
        Guard::of(disk, &dir, head.identity.incarnation)
            .remember(&start::remembered(&head, place))
            .map_err(OpenError::Directory)?;
        self.kept = Some(head);
        Ok(())
    }
}

impl Drop for GuardKeeper {
    fn drop(&mut self) {
        if let Err(error) = self.keep() {
            tracing::error!(%error, "the guard could not be written at the end");
        }
    }
}
