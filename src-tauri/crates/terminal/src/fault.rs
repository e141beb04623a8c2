//! Faults and bugs on their way into the ledger. The log has them at once; the fact is written beside the answers, since
//! what broke may have been the ledger itself.

use crate::Terminal;
use crate::caller::Caller;
use crate::error::Error;
use domain::error::{Class, Code};
use domain::ids::OperatorId;
use domain::time::Moment;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use wire::error::ErrorBody;
use wire::fact::FaultRecorded;

/// How long the same code of the same operation is not written again, milliseconds.
const SAME_MS: u64 = 60_000;
/// Faults that wait for the ledger at most; what comes after them stands in the log only.
const WAITING_MAX: usize = 64;

/// Faults that are not in the ledger yet.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Noted>);

#[derive(Default)]
struct Noted {
    waiting: VecDeque<Fault>,
    /// When each was last noted, on the clock that never goes back.
    last: BTreeMap<(Code, &'static str), u64>,
}

impl Noted {
    fn is_repeated(&self, key: (Code, &'static str), now: Moment) -> bool {
        self.last.get(&key).is_some_and(|last| now.mono_ms < last.saturating_add(SAME_MS))
    }
}

/// Where something broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the answer to a call.
    Operation(&'static str),
    /// In what the till does by itself, or at a door.
    Beside(&'static str),
}

/// A fault, and who it happened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub actor: OperatorId,
    pub fact: FaultRecorded,
}

impl Faults {
    /// Whether something that broke at `what` was noted within the last minute.
    fn is_known(&self, what: &'static str, now: Moment) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.last.keys().any(|(code, place)| *place == what && noted.is_repeated((*code, what), now))
    }

    /// Notes a fault or bug that was answered or logged with its reference. Returns whether it waits to be written.
    fn note(&self, body: &ErrorBody, place: Place, actor: OperatorId, now: Moment) -> bool {
        match body.class {
            Class::Refusal => return false,
            Class::Fault | Class::Bug => {}
        }
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, operation) = match place {
            Place::Operation(name) => ((body.code, name), Some(name)),
            Place::Beside(what) => ((body.code, what), None),
        };
        if noted.is_repeated(key, now) || noted.waiting.len() >= WAITING_MAX {
            return false;
        }
        noted.last.insert(key, now.mono_ms);
        let fact = FaultRecorded {
            reference: body.reference.clone(),
            code: body.code.text().to_owned(),
            operation: operation.map(str::to_owned),
            at: now.wall,
        };
        noted.waiting.push_back(Fault { actor, fact });
        true
    }

    /// Those that wait, the oldest first.
    pub fn waiting(&self) -> Vec<Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).waiting.iter().cloned().collect()
    }

    /// Forgets the oldest `count`: they are in the ledger.
    pub fn written(&self, count: usize) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = count.min(noted.waiting.len());
        noted.waiting.drain(..count);
    }
}

impl Terminal {
    /// Lets a failure be written into the ledger, if it is one that belongs there.
    pub(crate) fn note_fault(&self, body: &ErrorBody, place: Place, caller: Option<&Caller>) {
        let actor = caller.and_then(Caller::sign_on).map_or(OperatorId::TERMINAL, |sign_on| sign_on.operator);
        if self.faults.note(body, place, actor, self.now()) {
            self.wake.all();
        }
    }

    /// Says that something broke which the till does by itself: in the log, and as a fact. What is tried again and again
    /// is said once a minute.
    pub(crate) fn broke(&self, what: &'static str, error: &Error) {
        if self.faults.is_known(what, self.now()) {
            return;
        }
        let body = error.body(&self.surroundings);
        tracing::error!(reference = body.reference, what, "broke");
        self.note_fault(&body, Place::Beside(what), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::{ClockQuality, Timestamp};

    fn at(mono_ms: u64) -> Moment {
        let wall = Timestamp(1_772_438_400_000 + i64::try_from(mono_ms).unwrap());
        Moment { wall, zone_min: 60, boot: 1, mono_ms, quality: ClockQuality::Unknown }
    }

    fn body(code: Code, reference: &str) -> ErrorBody {
        ErrorBody {
            code,
            class: code.class(),
            message: String::new(),
            details: serde_json::Value::Null,
            reference: reference.to_owned(),
        }
    }

    #[test]
    fn the_same_fault_is_noted_once_a_minute_and_another_at_once() {
        let faults = Faults::default();
        let note = |code, reference: &str, operation, mono_ms| {
            faults.note(
                &body(code, reference),
                Place::Operation(operation),
                OperatorId::TERMINAL,
                at(mono_ms),
            )
        };
        assert!(note(Code::LedgerDiskFault, "A", "sale.scan", 5));
        assert!(!note(Code::LedgerDiskFault, "B", "sale.scan", 60_004));
        assert!(note(Code::LedgerDiskFault, "C", "sale.complete", 60_004));
        assert!(note(Code::TillBug, "D", "sale.scan", 60_004));
        assert!(note(Code::LedgerDiskFault, "E", "sale.scan", 60_005));
        assert!(!note(Code::SaleEmpty, "F", "sale.complete", 60_006), "a refusal is none");
        let references =
            || faults.waiting().iter().map(|fault| fault.fact.reference.clone()).collect::<String>();
        assert_eq!(references(), "ACDE");
        faults.written(3);
        assert_eq!(references(), "E");
    }

    #[test]
    fn what_waits_has_a_limit() {
        let faults = Faults::default();
        for round in 0..200 {
            faults.note(
                &body(Code::TillBug, "R"),
                Place::Beside("a test"),
                OperatorId::TERMINAL,
                at(round * SAME_MS),
            );
        }
        assert_eq!(faults.waiting().len(), WAITING_MAX);
    }
}
