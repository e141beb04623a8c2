//! One writer per file: a state that owns the file's only writing connection, lent to one job at a time, and once it is
//! asked for a thread that does between jobs what can wait.
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
pub struct Writer<S: WriterState> {
    shared: Arc<Shared<S>>,
    thread: Mutex<Option<JoinHandle<()>>>,
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
    /// Takes the state.
    pub fn new(state: S) -> Self {
        let desk = Mutex::new(Desk { state, sleeps: false, stopping: false });
        Self { shared: Arc::new(Shared { desk, worked: Condvar::new() }), thread: Mutex::new(None) }
    }

    /// Starts the thread that does what can wait, unless it runs.
    pub fn keep(&self, name: &str) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if thread.is_none() {
            let idle = Arc::clone(&self.shared);
            let started = std::thread::Builder::new()
                .name(format!("{name}-writer"))
                .spawn(move || idle.keep())
                .expect("a till that cannot start a thread cannot start");
            *thread = Some(started);
        }
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
    }
}

impl<S: WriterState> Drop for Writer<S> {
    fn drop(&mut self) {
        self.shared.desk().stopping = true;
        self.shared.worked.notify_one();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("a writer thread had panicked");
        }
        self.shared.desk().state.close();
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
        let writer = Writer::new(Tally { count: 0, due: None, told });
        assert!(matches!(writer.run(|_| panic!("on purpose")), Err::<(), _>(DatabaseError::Panicked)));
        assert_eq!(writer.run(|tally| std::mem::replace(&mut tally.count, 7)).unwrap(), 0);
        assert_eq!(writer.run(|tally| tally.count).unwrap(), 7);
    }

    #[test]
    fn a_thread_that_sleeps_without_a_time_is_woken_for_idle_work_and_closes_the_file() {
        let (told, heard) = channel();
        let writer = Writer::new(Tally { count: 0, due: None, told });
        writer.keep("test");
        let long = Duration::from_secs(30);
        for _ in 0..20 {
            writer.run(|tally| tally.due = Some(Instant::now() + Duration::from_millis(2))).unwrap();
            assert_eq!(heard.recv_timeout(long), Ok("idle"));
        }
        drop(writer);
        assert_eq!(heard.recv_timeout(long), Ok("closed"));
    }

    #[test]
    fn without_its_thread_nothing_is_done_unasked_and_the_file_is_closed() {
        let (told, heard) = channel();
        let writer = Writer::new(Tally { count: 0, due: None, told });
        writer.run(|tally| tally.due = Some(Instant::now())).unwrap();
        drop(writer);
        assert_eq!(heard.iter().collect::<Vec<_>>(), ["closed"]);
    }
}
