//! Wrong PINs in a row, by operator: guessing becomes slow at every door and stays slow over restarts, and one operator's
//! mistakes hold up nobody else.

use database::error::DatabaseError;
use database::wrong_pin::WrongPins;
use database::{Database, Durability, LedgerTx, Reader};
use domain::ids::OperatorId;
use domain::people::{PeopleError, pin_wait_s};
use domain::time::Moment;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Who typed wrong PINs in a row.
#[derive(Default)]
pub struct PinGuard {
    wrong: Mutex<HashMap<OperatorId, Tries>>,
}

/// The wrong tries of one operator.
#[derive(Clone, Copy)]
struct Tries {
    wrong: u32,
    /// When the next one is answered, by the clock that nobody sets.
    until_ms: u64,
}

impl PinGuard {
    /// What the ledger remembers from before this start. Between two starts there is only the clock on the wall: where it
    /// went back, or cannot be right, the whole wait begins anew and no more than that.
    pub fn of(database: &Database, now: Moment) -> Result<Self, DatabaseError> {
        let kept = database.read(|reader: &Reader| reader.wrong_pins())?;
        let tries = |kept: WrongPins| {
            let wait_ms = pin_wait_s(kept.wrong).saturating_mul(1_000);
            let gone_ms = now.wall.0.saturating_sub(kept.at.0);
            let left_ms = if gone_ms < 0 { wait_ms } else { wait_ms.saturating_sub(gone_ms).max(0) };
            let until_ms = now.mono_ms.saturating_add(left_ms.unsigned_abs());
            (kept.operator, Tries { wrong: kept.wrong, until_ms })
        };
        Ok(Self { wrong: Mutex::new(kept.into_iter().map(tries).collect()) })
    }

    /// Lets the next try pass, unless it comes too soon.
    ///
    /// # Errors
    /// `PinBlocked`.
    pub fn check(&self, operator: OperatorId, now: Moment) -> Result<(), PeopleError> {
        let Some(tries) = self.lock().get(&operator).copied() else { return Ok(()) };
        let left_ms = tries.until_ms.saturating_sub(now.mono_ms);
        if left_ms == 0 {
            return Ok(());
        }
        Err(PeopleError::PinBlocked { wait_s: i64::try_from(left_ms.div_ceil(1_000)).unwrap_or(i64::MAX) })
    }

    /// Counts a wrong try. It is on the disk before the answer is given: pulling the plug gives no new tries.
    pub fn wrong(&self, database: &Database, operator: OperatorId, now: Moment) {
        let wrong = {
            let mut all = self.lock();
            let tries = all.entry(operator).or_insert(Tries { wrong: 0, until_ms: 0 });
            tries.wrong = tries.wrong.saturating_add(1);
            let wait_ms = pin_wait_s(tries.wrong).saturating_mul(1_000).unsigned_abs();
            tries.until_ms = now.mono_ms.saturating_add(wait_ms);
            tries.wrong
        };
        let kept = WrongPins { operator, wrong, at: now.wall };
        keep(database, now, move |tx| tx.keep_wrong_pins(&kept));
    }

    /// Forgets the wrong tries of somebody whose PIN was right.
    pub fn right(&self, database: &Database, operator: OperatorId, now: Moment) {
        if self.lock().remove(&operator).is_some() {
            keep(database, now, move |tx| tx.forget_wrong_pins(operator));
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<OperatorId, Tries>> {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes beside the call. A disk that takes nothing keeps nobody out: the count in memory holds until the next start.
fn keep(
    database: &Database,
    now: Moment,
    job: impl FnOnce(&mut LedgerTx<'_>) -> Result<(), DatabaseError> + Send + 'static,
) {
    if let Err(error) = database.write(Durability::Durable, now, job) {
        tracing::error!(%error, "wrong PINs cannot be kept over a restart");
    }
}
