//! One writer per file: a state that owns the file's only writing connection, lent to one job at a time, and a thread
//! that does between jobs what can wait.
//!
//! A job runs on the thread of whoever asks, under the state's lock: handing it to another thread and waking up again
//! for the answer costs more than most jobs do (measured: 15 µs of work came to 62 µs).

use crate::error::DatabaseError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What a writer owns.
pub trait WriterState: Send + 'static {
    /// How long from now it may be before [`WriterState::idle`] has something to do; `None` for as long as nobody asks for work.
    fn idle_in(&self) -> Option<Duration>;

    /// Does what can wait and is due.
    fn idle(&mut self);

    /// Leaves the file as it should be found.
    fn close(&mut self);
}

/// The door to a file's writer.
pub struct Writer<S> {
    shared: Arc<Shared<S>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared<S> {
    desk: Mutex<Desk<S>>,
    /// Told when the idle thread has to look again.
    worked: Condvar,
}

struct Desk<S> {
    state: S,
    /// Whether the idle thread sleeps without a time to wake up at: then the next job has to wake it.
    sleeps: bool,
    stopping: bool,
}

impl<S> Shared<S> {
    /// The desk. A job that panicked left no poison: its transaction rolled back while the panic passed.
    fn desk(&self) -> MutexGuard<'_, Desk<S>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: WriterState> Writer<S> {
    /// Takes the state and starts its idle thread.
    pub fn start(name: &str, state: S) -> Self {
        let desk = Mutex::new(Desk { state, sleeps: false, stopping: false });
        let shared = Arc::new(Shared { desk, worked: Condvar::new() });
        let idle = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(format!("{name}-writer"))
            .spawn(move || idle.keep())
            .expect("a till that cannot start a thread cannot start");
        Self { shared, thread: Some(thread) }
    }

    /// Runs a job with the state, after those that came before it, and returns its result.
    ///
    /// # Errors
    /// `Stopped` when the writer is closed, `Panicked` when the job did; nothing of it was saved then.
    pub fn run<T>(&self, job: impl FnOnce(&mut S) -> T) -> Result<T, DatabaseError> {
        let mut desk = self.shared.desk();
        if desk.stopping {
            return Err(DatabaseError::Stopped);
        }
        let result = catch_unwind(AssertUnwindSafe(|| job(&mut desk.state)));
        let wake = desk.sleeps && desk.state.idle_in().is_some();
        drop(desk);
        if wake {
            self.shared.worked.notify_one();
        }
        result.map_err(|_| DatabaseError::Panicked)
    }
}

impl<S: WriterState> Shared<S> {
    /// Does what is due between jobs, until the writer is closed.
    fn keep(&self) {
        let mut desk = self.desk();
        while !desk.stopping {
            let wait = desk.state.idle_in();
            match wait {
                Some(wait) if wait.is_zero() => desk.state.idle(),
                Some(wait) => {
                    desk = self.worked.wait_timeout(desk, wait).unwrap_or_else(PoisonError::into_inner).0;
                }
                None => {
                    desk.sleeps = true;
                    desk = self.worked.wait(desk).unwrap_or_else(PoisonError::into_inner);
                    desk.sleeps = false;
                }
            }
        }
        desk.state.close();
    }
}

impl<S> Drop for Writer<S> {
    fn drop(&mut self) {
        self.shared.desk().stopping = true;
        self.shared.worked.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a writer thread had panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Sender, channel};
    use std::time::Instant;

    /// Counts; has idle work after a job that asks for it, and tells when it was done.
    struct Tally {
        count: u32,
        due: Option<Instant>,
        told: Sender<&'static str>,
    }

    impl WriterState for Tally {
        fn idle_in(&self) -> Option<Duration> {
            self.due.map(|due| due.saturating_duration_since(Instant::now()))
        }

        fn idle(&mut self) {
            self.due = None;
            self.told.send("idle").unwrap();
        }

        fn close(&mut self) {
            self.told.send("closed").unwrap();
        }
    }

    #[test]
    fn a_job_that_panics_is_told_of_and_the_next_one_runs() {
        let (told, _heard) = channel();
        let writer = Writer::start("test", Tally { count: 0, due: None, told });
        assert!(matches!(writer.run(|_| panic!("on purpose")), Err::<(), _>(DatabaseError::Panicked)));
        assert_eq!(writer.run(|tally| std::mem::replace(&mut tally.count, 7)).unwrap(), 0);
        assert_eq!(writer.run(|tally| tally.count).unwrap(), 7);
    }

    #[test]
    fn a_thread_that_sleeps_without_a_time_is_woken_for_idle_work_and_closes_the_file() {
        let (told, heard) = channel();
        let writer = Writer::start("test", Tally { count: 0, due: None, told });
        let long = Duration::from_secs(30);
        for _ in 0..20 {
            writer.run(|tally| tally.due = Some(Instant::now() + Duration::from_millis(2))).unwrap();
            assert_eq!(heard.recv_timeout(long), Ok("idle"));
        }
        drop(writer);
        assert_eq!(heard.recv_timeout(long), Ok("closed"));
    }
}
