//! A disk that says it has synced and has not: facts can be lost, but the loss is noticed. The guard lies elsewhere and
//! is true.

use super::history::Day;
use super::recovery::{Clerks, Recovery};
use super::sweep::{Past, Tally, on_every_core, operation, without_panic};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use simulated_disk::{Image, Operation, State};
use std::sync::{Mutex, PoisonError};

/// What came of starts on a disk that lied.
#[derive(Debug, Default)]
pub struct Lies {
    /// As for cuts.
    pub tally: Tally,
    /// How often facts were gone that had been answered for, and a new log began because of it.
    pub noticed: u64,
    /// How often some were gone that the guard had not heard of yet.
    pub within_the_lag: u64,
}

/// Lets the disk lie from some operation on, cuts the power at a later one, and starts. `every` so many operations.
///
/// # Errors
/// When the day cannot be played, or nobody can sign on.
pub fn run(play: fn() -> Result<Day, String>, every: u64, seed: u64) -> Result<Lies, String> {
    let lies = Mutex::new(Lies::default());
    on_every_core(|turn, threads| {
        let day = play()?;
        let clerks = Clerks::of(&day)?;
        let mut past = Past::of(&day);
        let mut luck = ChaCha8Rng::seed_from_u64(seed + turn as u64);
        // Until another ledger is put in its place: what the disk loses of that, the guard of the other one tells nobody.
        let last = day.restore.as_ref().map_or(day.last(), |restore| restore.from);
        let numbers = (day.skipped + 1..=last).step_by(usize::try_from(every).unwrap_or(1));
        for number in numbers.skip(turn).step_by(threads) {
            past.go_to(number);
            let until = number + luck.next_u64() % (last - number + 1);
            let survivor = lied(&day, &past.state, number, until).survivor(Image::Nothing, 0);
            let recovery = Recovery { day: &day, clerks: &clerks, number: until };
            let mut found = None;
            let checked =
                without_panic(|| recovery.check_after_lies(survivor).map(|kind| found = Some(kind)));
            let mut lies = lies.lock().unwrap_or_else(PoisonError::into_inner);
            lies.tally.note(checked, || format!("lies from {number}, the power goes at {until}"));
            match found {
                Some(Loss::Noticed) => lies.noticed += 1,
                Some(Loss::WithinTheLag) => lies.within_the_lag += 1,
                Some(Loss::None) | None => {}
            }
        }
        Ok(())
    })?;
    Ok(lies.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// What was lost by a lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// Nothing.
    None,
    /// Facts, and the till noticed.
    Noticed,
    /// Facts the guard had not heard of.
    WithinTheLag,
}

/// The disk at `until`, when nothing in the data directory was synced since `from`.
fn lied(day: &Day, state: &State, from: u64, until: u64) -> State {
    let mut state = state.clone();
    for number in from..until {
        let operation = operation(day, number);
        let pretended = match operation {
            Operation::Sync { file } => {
                state.name_of(*file).is_none_or(|path| path.starts_with(&day.ground.data))
            }
            Operation::SyncDir { dir } => dir.starts_with(&day.ground.data),
            _ => false,
        };
        if !pretended {
            state.apply(operation);
        }
    }
    state
}
