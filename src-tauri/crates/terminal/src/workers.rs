//! The threads that keep promises made by committed rows. Each worker has a `step()`: production loops it, tests call
//! it.

pub mod backup;
pub mod drawer;
pub mod export;
pub mod fault;
pub mod folder;
pub mod guard;
pub mod import;
pub mod mail;
pub mod refusal;
pub mod room;
pub mod scanner;
pub mod signer;
pub mod spooler;
pub mod sync;

use crate::Terminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What a worker does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// There is more to do at once.
    Again,
    /// Nothing before this long, or before something was committed.
    Within(Duration),
    /// Nothing before something was committed.
    WhenWoken,
}

/// Wakes workers after a commit: those somebody waits for at once, all others a moment later. A dozen threads that wake
/// together are in each other's way, and in the way of the answer.
#[derive(Default)]
pub struct Wake {
    commits: Mutex<u64>,
    committed: Condvar,
    settled: Condvar,
}

impl Wake {
    /// Something was committed.
    pub fn all(&self) {
        *self.commits.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.committed.notify_all();
    }

    /// Nobody sleeps on.
    fn stop(&self) {
        self.all();
        self.settled.notify_all();
    }

    /// Wakes those that come later, until `stopping`.
    fn pass_on(&self, stopping: &AtomicBool) {
        while !stopping.load(Ordering::Acquire) {
            let seen = self.seen();
            self.wait_on(&self.committed, seen, None, stopping);
            self.wait_on(&self.settled, self.seen(), Some(SETTLES_IN), stopping);
            self.settled.notify_all();
        }
    }

    /// How many commits there were.
    fn seen(&self) -> u64 {
        *self.commits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there were more commits than `seen`, for `longest` at most, or until `stopping`.
    fn wait(&self, seen: u64, longest: Option<Duration>, stopping: &AtomicBool) {
        self.wait_on(&self.settled, seen, longest, stopping);
    }

    fn wait_on(&self, told: &Condvar, seen: u64, longest: Option<Duration>, stopping: &AtomicBool) {
        let started = Instant::now();
        let mut commits = self.commits.lock().unwrap_or_else(PoisonError::into_inner);
        while *commits == seen && !stopping.load(Ordering::Acquire) {
            let wait = match longest {
                Some(longest) => longest.saturating_sub(started.elapsed()),
                None => Duration::MAX,
            };
            if wait.is_zero() {
                return;
            }
            let (guard, _) =
                told.wait_timeout(commits, wait.min(WAIT_LONGEST)).unwrap_or_else(PoisonError::into_inner);
            commits = guard;
        }
    }
}

/// A worker.
trait Worker: Send + 'static {
    /// Its name in logs.
    const NAME: &'static str;
    /// Whether somebody stands and waits for what it does: then it is woken at once.
    const AWAITED: bool = false;

    /// Does what is due.
    fn step(&mut self) -> Next;
}

/// The running workers.
pub struct Workers {
    terminal: Arc<Terminal>,
    stopping: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// How long after a commit the workers nobody waits for are woken.
const SETTLES_IN: Duration = Duration::from_millis(20);

/// The longest single wait: condition variables do not take every duration.
const WAIT_LONGEST: Duration = Duration::from_secs(3_600);

impl Workers {
    pub(crate) fn start(terminal: &Arc<Terminal>) -> Self {
        let mut workers = Self {
            terminal: Arc::clone(terminal),
            stopping: Arc::new(AtomicBool::new(false)),
            threads: Vec::new(),
        };
        terminal.database.keep();
        workers.spawn(spooler::Spooler::new(Arc::clone(terminal)));
        workers.spawn(drawer::DrawerKicker::new(Arc::clone(terminal)));
        workers.spawn(scanner::ScannerWorker::new(Arc::clone(terminal)));
        workers.spawn(folder::Folder::new(Arc::clone(terminal)));
        workers.spawn(sync::Sync::new(Arc::clone(terminal)));
        workers.spawn(fault::FaultRecorder::new(Arc::clone(terminal)));
        workers.spawn(room::RoomKeeper::new(Arc::clone(terminal)));
        workers.spawn(guard::GuardKeeper::new(Arc::clone(terminal)));
        workers.spawn(signer::HeadSigner::new(Arc::clone(terminal)));
        let stopping = Arc::clone(&workers.stopping);
        workers.spawn(backup::BackupKeeper::new(Arc::clone(terminal), Arc::clone(&stopping)));
        workers.spawn(mail::MailCarrier::new(Arc::clone(terminal), stopping));
        workers.spawn(import::Importer::new(Arc::clone(terminal)));
        workers.spawn(export::Exporter::new(Arc::clone(terminal)));
        workers.spawn(refusal::RefusalRecorder::new(Arc::clone(terminal)));
        workers.pass_on();
        workers.check_tail();
        workers
    }

    fn spawn<W: Worker>(&mut self, mut worker: W) {
        let terminal = Arc::clone(&self.terminal);
        let stopping = Arc::clone(&self.stopping);
        let body = move || {
            while !stopping.load(Ordering::Acquire) {
                let seen = terminal.wake.seen();
                let longest = match worker.step() {
                    Next::Again => continue,
                    Next::Within(wait) => Some(wait),
                    Next::WhenWoken => None,
                };
                let wake = &terminal.wake;
                let told = if W::AWAITED { &wake.committed } else { &wake.settled };
                wake.wait_on(told, seen, longest, &stopping);
            }
        };
        self.thread(W::NAME, body);
    }

    fn thread(&mut self, name: &str, body: impl FnOnce() + Send + 'static) {
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(body)
            .expect("a till that cannot start a thread cannot start");
        self.threads.push(thread);
    }

    /// Wakes the workers nobody waits for.
    fn pass_on(&mut self) {
        let (terminal, stopping) = (Arc::clone(&self.terminal), Arc::clone(&self.stopping));
        self.thread("wake", move || terminal.wake.pass_on(&stopping));
    }

    /// Checks the ledger's tail beside the start.
    fn check_tail(&mut self) {
        let terminal = Arc::clone(&self.terminal);
        let check = move || {
            if let Err(error) = terminal.check_tail() {
                // The first command that writes checks again, and tells whoever called it.
                terminal.note_malformed(&error.body(&terminal.surroundings));
                tracing::error!(%error, "the ledger's tail could not be checked");
            }
        };
        self.thread("tail-check", check);
    }

    /// Lets every worker finish its step and stop.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        self.terminal.imports.stop();
        self.terminal.exports.stop();
        self.terminal.wake.stop();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a worker had panicked");
            }
        }
    }
}
