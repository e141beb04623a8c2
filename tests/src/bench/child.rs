//! A program that works while the bench asks: one line in, one line out.

use serde::de::DeserializeOwned;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child as Process, ChildStdin, ChildStdout, Command, Stdio};

/// The running program. Dropped without [`Child::end`] it is killed.
pub struct Child {
    process: Process,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    name: String,
}

impl Child {
    /// Starts it and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start, or ends before it is ready.
    pub fn start(name: &str, mut command: Command) -> Result<Self, String> {
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = started.map_err(|error| format!("{name} does not start: {error}"))?;
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().ok_or("a program without an output")?);
        let mut child = Self { process, input, output, name: name.to_owned() };
        let said = child.line()?;
        match said.starts_with("ready") {
            true => Ok(child),
            false => Err(format!("{name} says `{said}` and not that it is ready")),
        }
    }

    /// Says a line and returns the answer.
    ///
    /// # Errors
    /// When it has ended.
    pub fn ask(&mut self, line: &str) -> Result<String, String> {
        let input = self.input.as_mut().ok_or("it was told to end")?;
        writeln!(input, "{line}")
            .and_then(|()| input.flush())
            .map_err(|error| format!("{} does not listen: {error}", self.name))?;
        self.line()
    }

    /// Lets it do so many things and returns what it says of them.
    ///
    /// # Errors
    /// When it has ended, or answers something else.
    pub fn run<A: DeserializeOwned>(&mut self, count: usize) -> Result<Vec<A>, String> {
        let answer = self.ask(&count.to_string())?;
        serde_json::from_str(&answer).map_err(|error| format!("{} answers `{answer}`: {error}", self.name))
    }

    /// The number of its process.
    pub fn number(&self) -> u32 {
        self.process.id()
    }

    /// Lets it end by itself.
    ///
    /// # Errors
    /// When it does not end well.
    pub fn end(mut self) -> Result<(), String> {
        drop(self.input.take());
        let status = self.process.wait().map_err(|error| error.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", self.name)) }
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.output.read_line(&mut line) {
            Ok(0) | Err(_) => Err(format!("{} ended unasked", self.name)),
            Ok(_) => Ok(line.trim_end().to_owned()),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // After a good end there is nothing left to kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
