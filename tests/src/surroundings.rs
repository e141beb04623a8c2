//! A clock that moves when told, and randomness from a seed: a script plays the same every time.

use domain::time::{ClockQuality, Moment, Timestamp};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use std::sync::{Mutex, MutexGuard, PoisonError};
use terminal::{Clock, IdSource};
use uuid::Uuid;
use wire::fact::header::Salt;

/// Where every script begins: Monday, 2 March 2026, 09:00 in Paris.
const BEGIN_MS: i64 = 1_772_438_400_000;
/// Paris in winter.
const ZONE_MIN: i16 = 60;

/// A clock that moves when told.
pub struct ScriptClock {
    passed_ms: Mutex<i64>,
    /// What the wall clock shows beyond the time that passed.
    set_ms: Mutex<i64>,
    boot: u64,
}

impl ScriptClock {
    /// A clock in its `boot`th run of the machine, `passed_ms` after the beginning.
    pub fn new(boot: u64, passed_ms: i64) -> Self {
        Self { passed_ms: Mutex::new(passed_ms), set_ms: Mutex::default(), boot }
    }

    /// Lets time pass.
    pub fn pass(&self, ms: i64) {
        *self.lock() += ms;
    }

    /// Sets the wall clock so far ahead of the time that passed, or behind it; the clock that never goes back runs on.
    pub fn set_wall(&self, ms: i64) {
        *self.set_ms.lock().unwrap_or_else(PoisonError::into_inner) = ms;
    }

    /// Milliseconds since the beginning.
    pub fn passed_ms(&self) -> i64 {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, i64> {
        self.passed_ms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ScriptClock {
    fn now(&self) -> Moment {
        let passed = *self.lock();
        Moment {
            wall: Timestamp(BEGIN_MS + passed + *self.set_ms.lock().unwrap_or_else(PoisonError::into_inner)),
            zone_min: ZONE_MIN,
            boot: self.boot,
            mono_ms: passed.unsigned_abs(),
            quality: ClockQuality::Unknown,
        }
    }
}

/// Ids and randomness from a seed, one stream for each kind.
pub struct SeededIds {
    ids: Mutex<ChaCha8Rng>,
    salts: Mutex<ChaCha8Rng>,
    secrets: Mutex<ChaCha8Rng>,
}

impl SeededIds {
    /// The streams of a seed.
    pub fn new(seed: u64) -> Self {
        let stream = |number: u64| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(number);
            Mutex::new(rng)
        };
        Self { ids: stream(1), salts: stream(2), secrets: stream(3) }
    }
}

fn fill(stream: &Mutex<ChaCha8Rng>, bytes: &mut [u8]) {
    stream.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
}

impl IdSource for SeededIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        fill(&self.ids, &mut random);
        uuid::Builder::from_unix_timestamp_millis(now.0.unsigned_abs(), &random).into_uuid()
    }

    fn salt(&self) -> Salt {
        let mut salt = [0; 16];
        fill(&self.salts, &mut salt);
        salt
    }

    fn secret(&self, bytes: &mut [u8]) {
        fill(&self.secrets, bytes);
    }
}
