//! Starting other programs: shown to the person, or kept in a log with a deadline.

use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How often a running program is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// One program with its words, as it is shown and started.
#[derive(Debug, Clone)]
pub struct Line {
    words: Vec<String>,
    folder: &'static str,
    environment: Vec<(String, String)>,
}

impl Line {
    /// A program with its words, split at spaces; `cargo` is the cargo that started xtask.
    pub fn new(words: &str) -> Line {
        Line {
            words: words.split_whitespace().map(str::to_owned).collect(),
            folder: ".",
            environment: Vec::new(),
        }
    }

    /// Runs it in this folder of the repository.
    pub fn folder(mut self, folder: &'static str) -> Line {
        self.folder = folder;
        self
    }

    /// Adds one word that may contain spaces.
    pub fn word(mut self, word: impl Into<String>) -> Line {
        self.words.push(word.into());
        self
    }

    /// Sets a variable of its environment.
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Line {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// The words as a person would type them.
    pub fn shown(&self) -> String {
        let words = self.words.join(" ");
        if self.folder == "." { words } else { format!("{words} (in {})", self.folder) }
    }

    fn command(&self) -> Result<Command> {
        let (program, words) = self.words.split_first().context("an empty command line")?;
        let mut command =
            if program == "cargo" { Command::new(workspace::cargo()) } else { Command::new(program) };
        command.args(words).current_dir(workspace::root()?.join(self.folder));
        // What cargo said of this program when it started it is not for what is started now: build scripts that ask for it
        // run anew each time it is another, and all that hangs on them is built again.
        let said = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        for name in said.filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }

    /// Runs it in front of the person and waits.
    ///
    /// # Errors
    /// When it does not start.
    pub fn show(&self) -> Result<ExitStatus> {
        self.command()?.status().with_context(|| format!("`{}` does not start", self.shown()))
    }

    /// Runs it in front of the person; anything but success is an error.
    ///
    /// # Errors
    /// When it does not start or does not succeed.
    pub fn must(&self) -> Result<()> {
        let status = self.show()?;
        if !status.success() {
            bail!("`{}` ended with {status}", self.shown());
        }
        Ok(())
    }

    /// Runs it with everything it says appended to a log, no longer than `limit`. Returns whether it succeeded; a
    /// program that is ended for its length has not, and the log says so.
    ///
    /// # Errors
    /// When it does not start or the log cannot be written.
    pub fn log(&self, log: &Path, limit: Duration) -> Result<bool> {
        let file = File::options().append(true).create(true).open(log).context("the log cannot be opened")?;
        let mut child = self
            .command()?
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never")
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("`{}` does not start", self.shown()))?;
        if let Some(status) = wait(&mut child, limit)? {
            return Ok(status.success());
        }
        child.kill().and_then(|()| child.wait()).context("a program over its time does not end")?;
        let words = format!("\nxtask: ended after {}: over its time\n", crate::console::in_words(limit));
        std::io::Write::write_all(&mut File::options().append(true).open(log)?, words.as_bytes())?;
        Ok(false)
    }
}

/// Waits for a child up to a limit. `None` when it still runs then.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let started = std::time::Instant::now();
    // A channel nobody sends on is a wait with a deadline.
    let (_silent, pause) = mpsc::channel::<()>();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() >= limit {
            return Ok(None);
        }
        if pause.recv_timeout(LOOK_EVERY) == Err(mpsc::RecvTimeoutError::Disconnected) {
            bail!("the waiting channel closed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log_of(name: &str) -> std::path::PathBuf {
        let log = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        std::fs::write(&log, "").expect("a writable temporary folder");
        log
    }

    #[test]
    fn what_a_program_says_is_in_the_log() {
        let log = log_of("says");
        let line = Line::new("sh -c").word("echo out; echo err >&2; exit 3");
        assert!(!line.log(&log, Duration::from_secs(30)).unwrap());
        let said = std::fs::read_to_string(&log).unwrap();
        assert!(said.contains("out") && said.contains("err"), "{said}");
    }

    #[test]
    fn a_program_over_its_time_is_ended_and_has_failed() {
        let log = log_of("over");
        assert!(!Line::new("sleep 60").log(&log, Duration::from_millis(1)).unwrap());
        assert!(std::fs::read_to_string(&log).unwrap().contains("over its time"));
    }

    #[test]
    fn a_program_that_does_not_exist_is_an_error_with_its_name() {
        let error = Line::new("no-such-program-here").show().unwrap_err();
        assert!(error.to_string().contains("no-such-program-here"));
    }
}
