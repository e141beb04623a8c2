//! Counters of the ledger's writer: what was committed how, for tests and benches that judge by counting.

use std::sync::atomic::{AtomicU64, Ordering};

/// Commits that waited for the disk.
pub static DURABLE_COMMITS: AtomicU64 = AtomicU64::new(0);
/// Commits of drafts, that did not.
pub static DRAFT_COMMITS: AtomicU64 = AtomicU64::new(0);
/// Commits that only carried drafts to the disk, while idle.
pub static DRAFT_MARKS: AtomicU64 = AtomicU64::new(0);
/// Checkpoints, while idle.
pub static CHECKPOINTS: AtomicU64 = AtomicU64::new(0);
/// Small drafts after a checkpoint, that take the sync of the log's new header from the next sale.
pub static LOG_RESTARTS: AtomicU64 = AtomicU64::new(0);

pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
