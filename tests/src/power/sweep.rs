//! Cuts the power of a day, as often as asked, on as many threads as there are cores, and starts the till after each.

use super::history::Day;
use super::recovery::{Clerks, Recovery};
use crate::progress::Progress;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use simulated_disk::{Image, Operation, State};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::PoisonError;

/// A cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// The operation under which the power goes.
    pub number: u64,
    /// Which kind of image survives: its place in [`Image::ALL`].
    pub image: usize,
    /// The luck.
    pub seed: u64,
}

/// A cut at every operation, with one kind of image each, rotating.
pub fn one_each(day: &Day) -> Vec<Cut> {
    let numbers = day.skipped + 1..=day.last();
    numbers.map(|number| Cut { number, image: kind(number), seed: number }).collect()
}

fn kind(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0) % Image::ALL.len()
}

/// Cuts at every operation with every kind of image, so many times with another luck.
pub fn all_kinds(day: &Day, times: u64) -> Vec<Cut> {
    let numbers = day.skipped + 1..=day.last();
    let kinds = |number| {
        let lucks = (0..times).map(move |luck| number + (luck << 32));
        lucks.flat_map(move |seed| (0..Image::ALL.len()).map(move |image| Cut { number, image, seed }))
    };
    numbers.flat_map(kinds).collect()
}

/// Cuts anywhere, with any image and any luck.
pub fn anywhere(day: &Day, count: usize, seed: u64) -> Vec<Cut> {
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let length = day.operations.len() as u64;
    let mut cut = || Cut {
        number: day.skipped + 1 + luck.next_u64() % length,
        image: kind(luck.next_u64()),
        seed: luck.next_u64(),
    };
    let mut cuts: Vec<Cut> = std::iter::repeat_with(&mut cut).take(count).collect();
    cuts.sort();
    cuts
}

/// What came of it.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Tally {
    /// Starts after a cut.
    pub recoveries: u64,
    /// What was wrong, and after which cut; the first few.
    pub faults: Vec<String>,
}

/// Faults that are told of.
const FAULTS_MAX: usize = 20;

/// Makes every cut and starts from what survived. `cuts` go forward. Each thread plays the day on ground of its own: it
/// is the same every time.
///
/// # Errors
/// When the day cannot be played, or nobody can sign on.
pub fn run(play: fn() -> Result<Day, String>, cuts: &[Cut]) -> Result<Tally, String> {
    let tally = Mutex::new(Tally::default());
    on_every_core(|turn, threads| {
        let day = play()?;
        let clerks = Clerks::of(&day)?;
        let mut past = Past::of(&day);
        for cut in cuts.iter().skip(turn).step_by(threads) {
            past.go_to(cut.number);
            let image = Image::ALL[cut.image];
            let recovery = Recovery { day: &day, clerks: &clerks, number: cut.number };
            let survivor = past.under_way().survivor(image, cut.seed);
            let checked = without_panic(|| recovery.check(survivor));
            tally.lock().unwrap_or_else(PoisonError::into_inner).note(checked, || {
                let Cut { number, seed, .. } = cut;
                format!("{image:?} {seed} at {number} ({})", past.describe())
            });
        }
        Ok(())
    })?;
    Ok(tally.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Cuts after which it is noted how far the sweep has come.
const PIECE: usize = 1_200;

/// What of a sweep is done.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Done {
    cuts: usize,
    tally: Tally,
}

/// As [`run`], from where it was when it was interrupted. Ends with the piece in which something was wrong, which is not
/// noted as done.
///
/// # Errors
/// As [`run`]; when the progress cannot be read or written.
pub fn go_on(play: fn() -> Result<Day, String>, cuts: &[Cut], progress: &Progress) -> Result<Tally, String> {
    let mut done: Done = progress.done().map_err(|error| error.to_string())?;
    for piece in cuts.get(done.cuts..).unwrap_or_default().chunks(PIECE) {
        let tally = run(play, piece)?;
        done.cuts += piece.len();
        done.tally.recoveries += tally.recoveries;
        done.tally.faults = tally.faults;
        if !done.tally.faults.is_empty() {
            break;
        }
        progress.note(&done).map_err(|error| error.to_string())?;
    }
    Ok(done.tally)
}

impl Tally {
    /// Counts a start, and keeps what was wrong with it.
    pub(super) fn note(&mut self, checked: Result<(), String>, when: impl FnOnce() -> String) {
        self.recoveries += 1;
        if let Err(fault) = checked
            && self.faults.len() < FAULTS_MAX
        {
            self.faults.push(format!("{}: {fault}", when()));
        }
    }
}

/// Runs something on a thread for each core: its turn, and how many take turns.
pub(super) fn on_every_core(work: impl Fn(usize, usize) -> Result<(), String> + Sync) -> Result<(), String> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let work = &work;
        let started: Vec<_> = (0..threads).map(|turn| scope.spawn(move || work(turn, threads))).collect();
        started.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err("a thread of the sweep panicked".to_owned()))
        })
    })
}

/// A panic is as wrong as anything.
pub(super) fn without_panic(check: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| Err("a panic".to_owned()))
}

/// A day played again from its operations.
pub(super) struct Past<'d> {
    day: &'d Day,
    /// The disk before the operation of this number.
    pub state: State,
    pub number: u64,
}

impl<'d> Past<'d> {
    pub fn of(day: &'d Day) -> Self {
        Self { day, state: day.before.clone(), number: day.skipped + 1 }
    }

    /// Goes on to right before an operation.
    pub fn go_to(&mut self, number: u64) {
        while self.number < number {
            self.state.apply(operation(self.day, self.number));
            self.number += 1;
        }
    }

    /// The disk right before the power goes: what is on its way may still arrive; a sync that did not come back says
    /// nothing.
    pub fn under_way(&self) -> State {
        let mut under_way = self.state.clone();
        match operation(self.day, self.number) {
            Operation::Sync { .. } | Operation::SyncDir { .. } | Operation::SyncLost { .. } => {}
            other => under_way.apply(other),
        }
        under_way
    }

    /// The operation in words, and the call it belongs to.
    pub fn describe(&self) -> String {
        let doing = self.day.call_at(self.number).map_or("no call", |call| &call.envelope.operation);
        format!("{}, in {doing}", describe(&self.state, operation(self.day, self.number)))
    }
}

pub(super) fn operation(day: &Day, number: u64) -> &Operation {
    let index = usize::try_from(number - day.skipped - 1).expect("a day is short");
    &day.operations[index]
}

/// An operation in words.
fn describe(state: &State, operation: &Operation) -> String {
    let name = |path: &std::path::Path| {
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    };
    let file = |file| state.name_of(file).map_or_else(|| "a new file".to_owned(), name);
    match operation {
        Operation::Create { path, .. } => format!("create {}", name(path)),
        Operation::Write { file: written, offset, bytes } => {
            format!("write {} bytes at {offset} of {}", bytes.len(), file(*written))
        }
        Operation::Truncate { file: cut, length } => format!("truncate {} to {length}", file(*cut)),
        Operation::Sync { file: synced } | Operation::SyncLost { file: synced } => {
            format!("sync {}", file(*synced))
        }
        Operation::Remove { path } => format!("remove {}", name(path)),
        Operation::Rename { from, to } => format!("rename {} to {}", name(from), name(to)),
        Operation::SyncDir { dir } => format!("sync the names in {}", name(dir)),
    }
}
