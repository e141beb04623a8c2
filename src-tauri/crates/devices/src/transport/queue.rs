//! A print queue of the system that passes bytes on as they are (CUPS). The system takes a job whole and tells nothing of
//! paper: a line of last resort.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError, left, pause};

/// How long the system may take to say what it knows of its queues.
const ANSWER_WAIT: Duration = Duration::from_secs(2);
/// How often it is looked whether a command has ended.
const LOOK: Duration = Duration::from_millis(5);

/// A queue that exists and takes jobs.
#[derive(Debug)]
pub struct Queue {
    name: String,
}

impl Queue {
    /// Looks a queue up.
    ///
    /// # Errors
    /// When there is none of this name, it takes no jobs, or the system has no queues.
    pub fn open(name: &str) -> Result<Self, OpenError> {
        if name.is_empty() || name.starts_with('-') || name.contains(char::is_whitespace) {
            return Err(OpenError::ConfigInvalid(format!("{name:?} is no name of a queue")));
        }
        let mut command = Command::new("lpstat");
        command.env("LC_ALL", "C").args(["-a", name]);
        match run(command, &[], Instant::now() + ANSWER_WAIT) {
            Ran::Ended(output) if output.status.success() => {
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                if said.contains(" not accepting ") {
                    return Err(OpenError::Unreachable(format!("the queue {name} takes no jobs")));
                }
                Ok(Self { name: name.to_owned() })
            }
            Ran::Ended(output) => {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                Err(OpenError::Unreachable(format!("{name}: {}", said.trim())))
            }
            Ran::Late => Err(OpenError::Unreachable(format!("{name}: the system's print server is silent"))),
            Ran::Failed => Err(OpenError::ConfigInvalid("this system has no print queues".to_owned())),
        }
    }
}

impl Transport for Queue {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        let mut command = Command::new("lp");
        command.env("LC_ALL", "C").args(["-d", &self.name, "-o", "raw", "-s"]);
        match run(command, bytes, deadline) {
            Ran::Ended(output) if output.status.success() => Ok(()),
            // A job is taken whole or not at all.
            Ran::Ended(_) | Ran::Failed => Err(WriteError { accepted: 0, fault: LineFault::Gone }),
            // It may have been taken just then.
            Ran::Late => Err(WriteError { accepted: bytes.len(), fault: LineFault::Stalled }),
        }
    }

    fn read(&mut self, _buffer: &mut [u8], _deadline: Instant) -> Result<usize, ReadError> {
        Ok(0)
    }

    fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
        Ok(Closed::Unconfirmed)
    }
}

/// The queues of the system, in order; none where it has none.
pub(crate) fn queues() -> Vec<String> {
    let mut command = Command::new("lpstat");
    command.env("LC_ALL", "C").arg("-e");
    let Ran::Ended(output) = run(command, &[], Instant::now() + ANSWER_WAIT) else { return Vec::new() };
    let mut names: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    names.sort();
    names
}

/// How a command ended.
enum Ran {
    Ended(Output),
    /// It was stopped at the deadline.
    Late,
    /// It could not be started.
    Failed,
}

/// Runs a command with `input` until `deadline`. What it says is short, so that the pipes hold it.
fn run(mut command: Command, input: &[u8], deadline: Instant) -> Ran {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = pipes.spawn() else { return Ran::Failed };
    if let Some(mut stdin) = child.stdin.take() {
        let input = input.to_vec();
        let feed = move || {
            // A program that ends early reads no further; how it ended says the rest.
            drop(stdin.write_all(&input));
        };
        if thread::Builder::new().name("print-queue".to_owned()).spawn(feed).is_err() {
            return stopped(child, Ran::Failed);
        }
    }
    loop {
        match child.try_wait() {
            Ok(Some(_)) => break child.wait_with_output().map_or(Ran::Failed, Ran::Ended),
            Ok(None) if left(deadline).is_some() => pause(LOOK),
            Ok(None) => break stopped(child, Ran::Late),
            Err(_) => break stopped(child, Ran::Failed),
        }
    }
}

/// Ends a command that is of no use any more.
fn stopped(mut child: Child, ran: Ran) -> Ran {
    // It has ended by itself, or ends here; either way nothing of it is left to wait for.
    drop(child.kill());
    drop(child.wait());
    ran
}
