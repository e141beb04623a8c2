//! A program with a window that was started on a screen: what it says, and its end.

use super::screen::{LIMIT, Screen};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

/// The running program. Dropped without [`Started::end`] it is killed.
pub struct Started {
    process: Child,
    lines: Receiver<(Instant, String)>,
}

impl Started {
    /// Starts it on a screen.
    ///
    /// # Errors
    /// When it does not start.
    pub fn new(mut command: Command, screen: &Screen) -> Result<Self, String> {
        screen.lend(&mut command);
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut process = spawned.map_err(|error| format!("{command:?}: {error}"))?;
        let said = process.stderr.take().ok_or("a program without an output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                // Whoever started it may have stopped listening.
                if sender.send((Instant::now(), line)).is_err() {
                    return;
                }
            }
        });
        Ok(Self { process, lines })
    }

    /// Waits until it says a line that contains `words`, and says when that was.
    ///
    /// # Errors
    /// When it never does, or ends.
    pub fn said(&mut self, words: &str) -> Result<Instant, String> {
        let deadline = Instant::now() + LIMIT;
        let mut last = String::new();
        while let Ok((at, line)) = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if line.contains(words) {
                return Ok(at);
            }
            last = line;
        }
        Err(format!("the program never said {words}; last it said `{last}`"))
    }

    /// The number of its process.
    pub fn number(&self) -> u32 {
        self.process.id()
    }

    /// Ends it as the system does when it shuts down.
    ///
    /// # Errors
    /// When it cannot be told, or has ended already.
    pub fn end(mut self) -> Result<(), String> {
        if let Some(status) = self.process.try_wait().map_err(|error| error.to_string())? {
            return Err(format!("the program ended unasked with {status}"));
        }
        let number = i32::try_from(self.process.id()).map_err(|error| error.to_string())?;
        kill(Pid::from_raw(number), Signal::SIGTERM).map_err(|error| error.to_string())?;
        self.process.wait().map(|_| ()).map_err(|error| error.to_string())
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // After a good end there is nothing left to kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
