//! Writes refused calls into the ledger, a minute's worth at a time.

use super::{Next, Worker};
use crate::Terminal;
use crate::error::Error;
use database::{Durability, LedgerTx};
use std::sync::Arc;
use std::time::Duration;
use wire::fact::Fact;

/// How long after a failed try the ledger is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The worker that records refusals.
pub struct RefusalRecorder {
    terminal: Arc<Terminal>,
}

impl Worker for RefusalRecorder {
    const NAME: &'static str = "refusals";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl RefusalRecorder {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal }
    }

    /// Writes those whose minute is over.
    pub fn step(&mut self) -> Next {
        match self.write(false) {
            Ok(Some(wait_ms)) => Next::Within(Duration::from_millis(wait_ms)),
            // The first refusal wakes nobody: it is looked for once a minute.
            Ok(None) => Next::Within(Duration::from_secs(60)),
            Err(error) => {
                tracing::warn!(%error, "refusals wait for the ledger");
                Next::Within(AGAIN)
            }
        }
    }

    fn write(&self, all: bool) -> Result<Option<u64>, Error> {
        let now = self.terminal.now();
        let (due, left) = self.terminal.refusals.take(now, all);
        if due.is_empty() {
            return Ok(left);
        }
        let facts = due.clone();
        let written = self.terminal.check_tail().and_then(|()| {
            self.terminal.database.write(Durability::Durable, now, move |tx: &mut LedgerTx<'_>| {
                for (operator, refused) in facts {
                    tx.append(operator, &Fact::CallRefused(refused), &[])?;
                }
                Ok::<(), Error>(())
            })
        });
        match written {
            Ok(()) => Ok(left),
            Err(error) => {
                self.terminal.refusals.put_back(due, now);
                Err(error)
            }
        }
    }
}

impl Drop for RefusalRecorder {
    fn drop(&mut self) {
        if let Err(error) = self.write(true) {
            tracing::error!(%error, "the last refusals were not recorded");
        }
    }
}
