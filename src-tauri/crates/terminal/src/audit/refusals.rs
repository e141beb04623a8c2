//! Calls that were refused, counted until they become a fact: at most one for each operator, operation and minute, so
//! that somebody who tries a thousand PINs does not fill the ledger.

use domain::ids::OperatorId;
use domain::time::Moment;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use wire::fact::CallRefused;

/// How long refusals are counted together.
const TOGETHER_MS: u64 = 60_000;
/// Counters kept at once; beyond them only known ones count on. More operators and operations than a shop has.
const COUNTERS_MAX: usize = 1_000;

/// The counters.
#[derive(Default)]
pub(crate) struct Refusals(Mutex<HashMap<(OperatorId, &'static str), Counter>>);

struct Counter {
    fact: CallRefused,
    since_mono_ms: u64,
}

impl Refusals {
    /// Counts a refusal.
    pub fn count(&self, operator: OperatorId, operation: &'static str, code: &str, now: Moment) {
        let mut counters = self.lock();
        if counters.len() >= COUNTERS_MAX && !counters.contains_key(&(operator, operation)) {
            return;
        }
        let counter = counters.entry((operator, operation)).or_insert_with(|| Counter {
            fact: CallRefused {
                operation: operation.to_owned(),
                code: String::new(),
                count: 0,
                since: now.wall,
            },
            since_mono_ms: now.mono_ms,
        });
        code.clone_into(&mut counter.fact.code);
        counter.fact.count = counter.fact.count.saturating_add(1);
    }

    /// Takes those whose minute is over, or all; and how many milliseconds it is until the next one.
    pub fn take(&self, now: Moment, all: bool) -> (Vec<(OperatorId, CallRefused)>, Option<u64>) {
        let mut counters = self.lock();
        let mut due = Vec::new();
        let mut left = None;
        counters.retain(|(operator, _), counter| {
            let age = now.mono_ms.saturating_sub(counter.since_mono_ms);
            if all || age >= TOGETHER_MS {
                due.push((*operator, counter.fact.clone()));
                return false;
            }
            let wait = TOGETHER_MS - age;
            left = Some(left.map_or(wait, |left: u64| left.min(wait)));
            true
        });
        due.sort_by(|a, b| (a.0, &a.1.operation).cmp(&(b.0, &b.1.operation)));
        (due, left)
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, waiting: Vec<(OperatorId, CallRefused)>, now: Moment) {
        let mut counters = self.lock();
        for (operator, fact) in waiting {
            let Some(operation) = wire::operations::find(&fact.operation) else { continue };
            let counter = counters.entry((operator, operation.name)).or_insert_with(|| Counter {
                fact: CallRefused { count: 0, ..fact.clone() },
                since_mono_ms: now.mono_ms,
            });
            counter.fact.count = counter.fact.count.saturating_add(fact.count);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(OperatorId, &'static str), Counter>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
