//! Writes faults and bugs into the ledger, beside the answers; while the ledger cannot be written, they wait.

use super::{Next, Worker};
use crate::Terminal;
use crate::error::Error;
use database::{Durability, LedgerTx};
use std::sync::Arc;
use std::time::Duration;
use wire::fact::Fact;

/// How long after a failed try the ledger is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The worker that records faults.
pub struct FaultRecorder {
    terminal: Arc<Terminal>,
}

impl Worker for FaultRecorder {
    const NAME: &'static str = "faults";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl FaultRecorder {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal }
    }

    /// Writes what waits.
    pub fn step(&mut self) -> Next {
        match self.write() {
            Ok(()) => Next::WhenWoken,
            Err(error) => {
                // The fault itself stands in the log already.
                tracing::warn!(%error, "faults wait for the ledger");
                Next::Within(AGAIN)
            }
        }
    }

    fn write(&self) -> Result<(), Error> {
        let waiting = self.terminal.faults.waiting();
        if waiting.is_empty() {
            return Ok(());
        }
        self.terminal.check_tail()?;
        let count = waiting.len();
        let now = self.terminal.now();
        self.terminal.database.write(Durability::Durable, now, move |tx: &mut LedgerTx<'_>| {
            for fault in waiting {
                tx.append(fault.actor, &Fact::FaultRecorded(fault.fact), &[])?;
            }
            Ok::<(), Error>(())
        })?;
        self.terminal.faults.written(count);
        Ok(())
    }
}

impl Drop for FaultRecorder {
    fn drop(&mut self) {
        if let Err(error) = self.write() {
            tracing::error!(%error, "the last faults stand in the log only");
        }
    }
}
