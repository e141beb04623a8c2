//! The way to the central server. It may be gone for weeks: no operation waits for it, and what waits for it is counted.

use std::sync::atomic::{AtomicU64, Ordering};

/// Facts on their way to the hub, as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The arrival of the first.
    pub from: i64,
    /// The envelopes, in order.
    pub envelopes: Vec<Vec<u8>>,
}

/// Why the hub did not take a batch. Nothing is lost by it: the batch goes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// Nobody answers.
    #[error("the hub cannot be reached")]
    Unreachable,
    /// The answer did not come in time: nobody knows whether the batch arrived.
    #[error("the hub did not answer in time")]
    NoAnswer,
}

/// A way to the hub.
pub trait HubLink: Send + Sync {
    /// Whether this terminal has a hub at all.
    fn is_configured(&self) -> bool;

    /// Sends a batch; returns when it is durably stored there.
    ///
    /// # Errors
    /// `HubError`; the batch stays waiting.
    fn push(&self, batch: &Batch) -> Result<(), HubError>;
}

/// A terminal without a hub.
pub struct NoHub;

impl HubLink for NoHub {
    fn is_configured(&self) -> bool {
        false
    }

    fn push(&self, _: &Batch) -> Result<(), HubError> {
        Err(HubError::Unreachable)
    }
}

/// A hub that is switched off: every connection is refused at once. Counts the calls.
#[derive(Default)]
pub struct RefusingHub {
    /// Batches that were refused.
    pub refused: AtomicU64,
}

impl HubLink for RefusingHub {
    fn is_configured(&self) -> bool {
        true
    }

    fn push(&self, _: &Batch) -> Result<(), HubError> {
        self.refused.fetch_add(1, Ordering::Relaxed);
        Err(HubError::Unreachable)
    }
}

/// A hub that takes every batch and never answers. Counts the calls.
#[derive(Default)]
pub struct SwallowingHub {
    /// Batches that were swallowed.
    pub swallowed: AtomicU64,
}

impl HubLink for SwallowingHub {
    fn is_configured(&self) -> bool {
        true
    }

    fn push(&self, _: &Batch) -> Result<(), HubError> {
        self.swallowed.fetch_add(1, Ordering::Relaxed);
        Err(HubError::NoAnswer)
    }
}
