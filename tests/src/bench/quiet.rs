//! Whether the machine is quiet enough to tell times.

use std::fs;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The load average of the last minute below which times are believed.
const LOAD_QUIET: f64 = 1.2;
/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// The load when a measurement began.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quiet {
    /// The load average of the last minute, where the system tells it.
    pub load: Option<f64>,
    /// Whether it was too high, or nobody knows.
    pub noisy: bool,
}

/// Waits until the machine is quiet, for `longest` at most, and says how it is then.
pub fn wait(longest: Duration) -> Quiet {
    let started = Instant::now();
    // A channel nobody sends on is a wait with a deadline.
    let (_silent, pause) = mpsc::channel::<()>();
    loop {
        let load = load();
        let noisy = load.is_none_or(|load| load > LOAD_QUIET);
        if !noisy || load.is_none() || started.elapsed() >= longest {
            return Quiet { load, noisy };
        }
        if pause.recv_timeout(LOOK_EVERY) == Err(mpsc::RecvTimeoutError::Disconnected) {
            return Quiet { load, noisy };
        }
    }
}

fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}
