//! One thread per file owns its connection and runs jobs in the order they come; between them it does what can wait.

use crate::error::DatabaseError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// What a writer thread owns.
pub trait WriterState: Send + 'static {
    /// How long the thread may sleep before [`WriterState::idle`] has something to do; `None` for as long as it likes.
    fn idle_in(&self) -> Option<Duration>;

    /// Does what must not wait for a pause; the job before it has been answered.
    fn after_job(&mut self);

    /// Does what can wait and is due.
    fn idle(&mut self);

    /// Leaves the file as it should be found.
    fn close(&mut self);
}

type Job<S> = Box<dyn FnOnce(&mut S) + Send>;

/// The door to a writer thread.
pub struct Writer<S> {
    jobs: Option<Sender<Job<S>>>,
    thread: Option<JoinHandle<()>>,
}

impl<S: WriterState> Writer<S> {
    /// Starts the thread.
    pub fn start(name: &str, mut state: S) -> Self {
        let (jobs, queue) = mpsc::channel::<Job<S>>();
        let body = move || {
            loop {
                let next = match state.idle_in() {
                    Some(wait) => queue.recv_timeout(wait),
                    None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                };
                match next {
                    // A job that panics has rolled back; the caller is told by its dropped channel.
                    Ok(job) => {
                        drop(catch_unwind(AssertUnwindSafe(|| job(&mut state))));
                        state.after_job();
                    }
                    Err(RecvTimeoutError::Timeout) => state.idle(),
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            state.close();
        };
        let thread = std::thread::Builder::new()
            .name(format!("{name}-writer"))
            .spawn(body)
            .expect("a till that cannot start a thread cannot start");
        Self { jobs: Some(jobs), thread: Some(thread) }
    }

    /// Runs a job on the thread and waits for its result.
    ///
    /// # Errors
    /// `Stopped` when the thread is gone, `Panicked` when the job did.
    pub fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut S) -> T + Send + 'static,
    ) -> Result<T, DatabaseError> {
        let (answer, result) = mpsc::sync_channel(1);
        let job: Job<S> = Box::new(move |state| {
            // A caller that went away does not undo what was committed.
            let _ = answer.send(job(state));
        });
        self.jobs.as_ref().ok_or(DatabaseError::Stopped)?.send(job).map_err(|_| DatabaseError::Stopped)?;
        result.recv().map_err(|_| DatabaseError::Panicked)
    }
}

impl<S> Drop for Writer<S> {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a writer thread had panicked");
        }
    }
}
