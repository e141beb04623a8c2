//! Keeps an eye on the room on the disk, and the reserve whole.

use super::{Next, Worker};
use crate::Terminal;
use crate::health;
use crate::reserve::RESERVE_BYTES;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wire::envelope::Topic;
use wire::health::HealthState;

/// How often the disk is asked.
const EVERY: Duration = Duration::from_secs(10);
/// How soon the reserve grows by the next piece.
const NEXT_PIECE: Duration = Duration::from_millis(500);
/// How long after the start the reserve is left alone: a shop that opens has other work for its disk.
const QUIET: Duration = Duration::from_secs(120);

/// The worker that looks after the disk.
pub struct RoomKeeper {
    terminal: Arc<Terminal>,
    reserve_bytes: u64,
    started: Instant,
    due: Instant,
    told: Option<Vec<HealthState>>,
}

impl Worker for RoomKeeper {
    const NAME: &'static str = "room";

    fn step(&mut self) -> Next {
        // A commit wakes every worker; this one has nothing to do with it.
        let wait = self.due.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            return Next::Within(wait);
        }
        let wait =
            if self.look() && self.started.elapsed() >= QUIET && self.grow() { NEXT_PIECE } else { EVERY };
        self.due = Instant::now() + wait;
        Next::Within(wait)
    }
}

impl RoomKeeper {
    /// A worker of a terminal.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self::with_reserve(terminal, RESERVE_BYTES)
    }

    /// A worker that keeps this many bytes free.
    pub fn with_reserve(terminal: Arc<Terminal>, reserve_bytes: u64) -> Self {
        let now = Instant::now();
        Self { terminal, reserve_bytes, started: now, due: now, told: None }
    }

    /// Looks once, and makes a piece of the reserve where there is room for it.
    pub fn step(&mut self) -> Next {
        Next::Within(if self.look() && self.grow() { NEXT_PIECE } else { EVERY })
    }

    /// Looks, and tells the screens when the till is another than before. Returns whether the reserve could grow.
    fn look(&mut self) -> bool {
        let disk = self.terminal.surroundings.disk.as_ref();
        let could_grow = self.terminal.reserve.look(disk, self.reserve_bytes).unwrap_or_else(|error| {
            tracing::warn!(%error, "the room on the disk is not known");
            false
        });
        match health::states(&self.terminal) {
            Ok(states) => {
                if self.told.as_ref().is_some_and(|told| *told != states) {
                    self.terminal.announce(&[Topic::Health]);
                }
                self.told = Some(states);
            }
            Err(error) => tracing::warn!(%error, "how the till is cannot be told"),
        }
        could_grow
    }

    fn grow(&self) -> bool {
        let disk = self.terminal.surroundings.disk.as_ref();
        self.terminal.reserve.grow(disk, self.reserve_bytes).unwrap_or_else(|error| {
            tracing::warn!(%error, "the reserve could not be made");
            false
        })
    }
}
