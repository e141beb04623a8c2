//! What to do when the process that draws the page has died: load the page again a few times, then start over.
//!
//! Nothing is lost by either: the open sale is in the till, and a command sent twice is done once.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Loads within [`WINDOW`] at most.
const RELOADS_MAX: usize = 3;
/// The time looked back on.
const WINDOW: Duration = Duration::from_secs(60);

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Load the page again.
    Reload,
    /// It does not help: start the program over.
    StartOver,
}

/// The deaths so far.
#[derive(Debug, Default)]
pub struct Recovery {
    reloads: VecDeque<Instant>,
}

impl Recovery {
    /// Decides about a death at `now`.
    pub fn remedy(&mut self, now: Instant) -> Remedy {
        while self.reloads.front().is_some_and(|reload| now.saturating_duration_since(*reload) >= WINDOW) {
            self.reloads.pop_front();
        }
        if self.reloads.len() >= RELOADS_MAX {
            return Remedy::StartOver;
        }
        self.reloads.push_back(now);
        Remedy::Reload
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedies(seconds: &[u64]) -> Vec<Remedy> {
        let start = Instant::now();
        let mut recovery = Recovery::default();
        seconds.iter().map(|second| recovery.remedy(start + Duration::from_secs(*second))).collect()
    }

    #[test]
    fn the_fourth_death_in_a_minute_is_one_too_many() {
        use Remedy::{Reload, StartOver};
        assert_eq!(remedies(&[0, 10, 20, 59]), [Reload, Reload, Reload, StartOver]);
        assert_eq!(remedies(&[0, 10, 20, 60]), [Reload; 4]);
        assert_eq!(remedies(&[0, 10, 20, 60, 61]), [Reload, Reload, Reload, Reload, StartOver]);
        assert_eq!(remedies(&[0, 3600, 7200, 10_800]), [Reload; 4]);
    }
}
