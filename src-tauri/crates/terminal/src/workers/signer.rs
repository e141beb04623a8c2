//! Signs the ledger's head when the till is quiet, when a shift was closed, and when it stops. Nobody waits for it.

use super::{Next, Worker};
use crate::Terminal;
use crate::error::Error;
use database::{Head, Purpose};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How long nothing may have happened before a head is signed.
const QUIET_MS: u64 = 2_000;
/// How long a signed head vouches alone: signing each pause of a busy day would grow the ledger for nothing.
const APART_MS: u64 = 600_000;

/// The worker that signs.
pub struct HeadSigner {
    terminal: Arc<Terminal>,
    seen: Option<(Head, u64)>,
    signed: Option<(Head, u64)>,
}

impl Worker for HeadSigner {
    const NAME: &'static str = "signer";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl HeadSigner {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, seen: None, signed: None }
    }

    /// Signs the head if it is due.
    pub fn step(&mut self) -> Next {
        match self.sign_when_due() {
            Ok(next) => next,
            Err(error) => {
                self.terminal.broke("the ledger's head could not be signed", &error);
                Next::Within(Duration::from_millis(APART_MS))
            }
        }
    }

    fn sign_when_due(&mut self) -> Result<Next, Error> {
        let now = self.terminal.now().mono_ms;
        let Some(head) = self.terminal.database.head(Purpose::Selling)? else { return Ok(Next::WhenWoken) };
        if self.signed.as_ref().is_some_and(|(signed, _)| *signed == head) {
            return Ok(Next::WhenWoken);
        }
        if self.terminal.sign_due.swap(false, Ordering::AcqRel) {
            self.sign(now)?;
            return Ok(Next::WhenWoken);
        }
        let since = match &self.seen {
            Some((seen, since)) if *seen == head => *since,
            _ => now,
        };
        self.seen = Some((head, since));
        let signed_at = self.signed.as_ref().map(|(_, at)| *at);
        let due = signed_at.map_or(0, |at| at + APART_MS).max(since + QUIET_MS);
        if now < due {
            return Ok(Next::Within(Duration::from_millis(due - now)));
        }
        self.sign(now)?;
        Ok(Next::WhenWoken)
    }

    fn sign(&mut self, now: u64) -> Result<(), Error> {
        self.terminal.sign_head()?;
        // Introducing the key moved the head.
        self.signed = self.terminal.database.head(Purpose::Selling)?.map(|head| (head, now));
        Ok(())
    }
}

impl Drop for HeadSigner {
    fn drop(&mut self) {
        // Only with a key that is at hand: a till that stops does not wait for a key store.
        if self.terminal.key_kept_in().is_some()
            && let Err(error) = self.terminal.sign_head()
        {
            tracing::error!(%error, "the ledger's head could not be signed at the end");
        }
    }
}
