//! Where the codes of the till's scanner go: into the sale of the sign-on that owns it, unless a screen of that sign-on
//! wants them. Such a screen holds a lease that it renews by asking; when it stops asking, they go into the sale again.
//! What it was read for and did not take is refused and told of: no code is dropped silently (invariant 15).
//!
//! A lease is of this run and this sign-on: nothing of it is saved.

use crate::ask::Ask;
use crate::device::can_be_around;
use crate::error::Error;
use devices::scanner::learnt::around;
use domain::time::Moment;
use std::collections::VecDeque;
use wire::scanner::{
    AroundCodes, HeardCode, HeardFromScanner, LearnScanner, LearntScanner, LeaveScanner, ListenToScanner,
};
use wire::session::Nothing;

/// How long a screen may be silent before codes go into the sale again.
const LEASE_MS: u64 = 5_000;
/// Codes kept for a screen at most.
const WAITING_MAX: usize = 64;
/// Codes a scanner is learnt from at least.
const LEARNT_FROM_MIN: usize = 2;

/// A screen's hold on the scanner, and what was read for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lease {
    /// When it ends, on the clock that never goes back; `None` when nobody holds it.
    until_ms: Option<u64>,
    waiting: VecDeque<HeardCode>,
    last: u64,
}

impl Lease {
    /// Keeps a code for the screen that holds the lease. `false` when none does, or it has taken none for too long.
    pub fn keep(&mut self, code: &str, now: &Moment) -> bool {
        if self.until_ms.is_none_or(|until| now.mono_ms >= until) || self.waiting.len() >= WAITING_MAX {
            return false;
        }
        self.last += 1;
        self.waiting.push_back(HeardCode { number: self.last, code: code.to_owned() });
        true
    }

    /// Notes which codes were taken. Returns how many.
    fn taken(&mut self, after: u64) -> u64 {
        let before = self.waiting.len();
        self.waiting.retain(|heard| heard.number > after);
        u64::try_from(before - self.waiting.len()).unwrap_or(u64::MAX)
    }

    /// The codes nobody took, once the lease has ended.
    pub fn lapsed(&mut self, now: &Moment) -> Vec<String> {
        match self.until_ms {
            Some(until) if now.mono_ms >= until => self.end(),
            _ => Vec::new(),
        }
    }

    /// Ends the lease. Returns the codes nobody took.
    pub fn end(&mut self) -> Vec<String> {
        self.until_ms = None;
        self.waiting.drain(..).map(|heard| heard.code).collect()
    }
}

/// `scanner.listen`
pub fn listen(ask: &Ask<'_>, request: ListenToScanner) -> Result<HeardFromScanner, Error> {
    let (heard, left) = ask.caller.desk(|desk| {
        let lease = &mut desk.lease;
        // What another screen left lies there untaken.
        let left = match request.after {
            None => lease.end(),
            Some(after) => {
                let left = lease.lapsed(&ask.now);
                desk.scans.taken += lease.taken(after);
                left
            }
        };
        lease.until_ms = Some(ask.now.mono_ms.saturating_add(LEASE_MS));
        let codes = lease.waiting.iter().cloned().collect();
        (HeardFromScanner { codes, last: lease.last, lease_ms: LEASE_MS }, left)
    });
    crate::workers::scanner::not_taken(ask.terminal, ask.caller, left);
    Ok(heard)
}

/// `scanner.leave`
pub fn leave(ask: &Ask<'_>, request: LeaveScanner) -> Result<Nothing, Error> {
    let left = ask.caller.desk(|desk| {
        desk.scans.taken += desk.lease.taken(request.after);
        desk.lease.end()
    });
    crate::workers::scanner::not_taken(ask.terminal, ask.caller, left);
    Ok(Nothing {})
}

/// `scanner.learn`
#[expect(clippy::needless_pass_by_value, reason = "every operation takes its request")]
pub fn learn(_: &Ask<'_>, request: LearnScanner) -> Result<LearntScanner, Error> {
    let LearnScanner { known, read } = &request;
    // One code alone tells nothing: what stands around it may belong to it.
    let is_enough = known.len() >= LEARNT_FROM_MIN && known.len() == read.len();
    let found = if is_enough { around(read, known) } else { None };
    let found = found.filter(|(prefix, suffix)| [prefix, suffix].into_iter().all(|text| can_be_around(text)));
    Ok(LearntScanner { around: found.map(|(prefix, suffix)| AroundCodes { prefix, suffix }) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::{ClockQuality, Timestamp};

    fn at(mono_ms: u64) -> Moment {
        Moment { wall: Timestamp(0), zone_min: 0, boot: 1, mono_ms, quality: ClockQuality::Unknown }
    }

    fn held(until_ms: u64) -> Lease {
        Lease { until_ms: Some(until_ms), ..Lease::default() }
    }

    #[test]
    fn codes_wait_for_the_screen_until_its_lease_ends() {
        let mut lease = held(1_000);
        assert!(lease.keep("a", &at(10)) && lease.keep("b", &at(999)));
        assert!(!lease.keep("c", &at(1_000)), "it goes into the sale");
        assert_eq!(lease.taken(1), 1);
        assert_eq!(lease.lapsed(&at(999)), Vec::<String>::new());
        assert_eq!(lease.lapsed(&at(1_000)), ["b"]);
        assert_eq!(lease.lapsed(&at(2_000)), Vec::<String>::new(), "once");
    }

    #[test]
    fn without_a_lease_nothing_waits() {
        assert!(!Lease::default().keep("a", &at(0)));
    }

    #[test]
    fn a_screen_that_takes_nothing_is_not_given_more_than_it_can_hold() {
        let mut lease = held(1_000);
        let kept = (0..WAITING_MAX + 5).filter(|_| lease.keep("a", &at(1))).count();
        assert_eq!(kept, WAITING_MAX);
        assert_eq!(lease.end().len(), WAITING_MAX);
    }
}
