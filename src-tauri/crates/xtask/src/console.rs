//! What a person sees while commands work: plain lines with the time each step took. No colours, no spinners: the same
//! text reads well in a terminal and in a log.

use std::time::{Duration, Instant};

/// One step in words. Says its name at once and the time it took at the end.
pub struct Step {
    started: Instant,
}

impl Step {
    /// Says what begins now.
    pub fn begin(what: &str) -> Step {
        println!("· {what}");
        Step { started: Instant::now() }
    }

    /// Says how long it took.
    pub fn done(self) {
        println!("  done in {}", in_words(self.started.elapsed()));
    }
}

/// A duration as people say it: seconds up to a minute, then minutes with one decimal.
pub fn in_words(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    if tenths < 600 {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    let tenths_of_minutes = duration.as_secs() / 6;
    format!("{}.{} min", tenths_of_minutes / 10, tenths_of_minutes % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_seconds_then_minutes() {
        for (milliseconds, words) in
            [(0, "0.0 s"), (1_250, "1.2 s"), (59_990, "59.9 s"), (60_000, "1.0 min"), (754_000, "12.5 min")]
        {
            assert_eq!(in_words(Duration::from_millis(milliseconds)), words);
        }
    }
}
