//! Sends facts to the hub. Retry is level-triggered: while something waits, a timer exists (invariant 11).

use super::{Next, Worker};
use crate::Terminal;
use crate::error::Error;
use crate::hub_link::Batch;
use std::sync::Arc;
use std::time::Duration;

/// Facts of one batch at most.
const BATCH: u32 = 500;
/// The pause after the first failure; it doubles up to the longest.
const PAUSE_FIRST: Duration = Duration::from_secs(1);
const PAUSE_LONGEST: Duration = Duration::from_secs(60);

/// The worker that talks to the hub.
pub struct Sync {
    terminal: Arc<Terminal>,
    /// The arrival of the last fact the hub has stored, as far as this run knows. The hub tells a repeated fact by its
    /// hash, so beginning again does no harm.
    stored: i64,
    failures: u32,
    pause_until_ms: u64,
}

impl Worker for Sync {
    const NAME: &'static str = "sync";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl Sync {
    /// A worker that does not know yet what the hub has.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, stored: 0, failures: 0, pause_until_ms: 0 }
    }

    /// Sends one batch, if there is a hub and something waits.
    pub fn step(&mut self) -> Next {
        let hub = Arc::clone(&self.terminal.surroundings.hub);
        if !hub.is_configured() {
            return Next::WhenWoken;
        }
        let now_ms = self.terminal.now().mono_ms;
        if now_ms < self.pause_until_ms {
            return Next::Within(Duration::from_millis(self.pause_until_ms - now_ms));
        }
        let waiting = self.terminal.database.read(|reader| reader.facts_after(self.stored, BATCH));
        let facts = match waiting.map_err(Error::from) {
            Ok(facts) => facts,
            Err(error) => {
                self.terminal.broke("facts for the hub cannot be read", &error);
                return self.pause();
            }
        };
        let (Some(first), Some(last)) = (facts.first(), facts.last()) else { return Next::WhenWoken };
        let last = last.arrival;
        let batch =
            Batch { from: first.arrival, envelopes: facts.into_iter().map(|fact| fact.envelope).collect() };
        match hub.push(&batch) {
            Ok(()) => {
                self.stored = last;
                self.failures = 0;
                Next::Again
            }
            Err(error) => {
                tracing::debug!(%error, "the hub did not take a batch");
                self.pause()
            }
        }
    }

    fn pause(&mut self) -> Next {
        let pause = PAUSE_FIRST.saturating_mul(1 << self.failures.min(6)).min(PAUSE_LONGEST);
        self.failures = self.failures.saturating_add(1);
        let pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        self.pause_until_ms = self.terminal.now().mono_ms.saturating_add(pause_ms);
        Next::Within(pause)
    }
}
