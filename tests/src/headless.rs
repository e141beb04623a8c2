//! The till as the program `headless`: started on the directories of a shop, called over HTTP by one sign-on, and what
//! memory it takes.

use crate::shop::Place;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use uuid::Uuid;

/// How long a call may take on a slow machine.
const CALL_MAX: Duration = Duration::from_secs(120);

/// The running program. Dropped it is killed.
pub struct Headless {
    process: Child,
    address: String,
    cookie: String,
    requests: u128,
}

impl Headless {
    /// Starts it and waits until it has told its address.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(program: &Path, place: &Place) -> Result<Self, String> {
        let mut command = Command::new(program);
        command.arg("--data-dir").arg(&place.data).arg("--guard-dir").arg(&place.guard);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut line = String::new();
        let said = process.stdout.take().ok_or("a program without an output")?;
        BufReader::new(said)
            .read_line(&mut line)
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let mut till = Self { process, address: String::new(), cookie: String::new(), requests: 0 };
        let address = line.trim_end().strip_prefix("listening on http://");
        till.address = address.ok_or_else(|| format!("{} says `{line}`", program.display()))?.to_owned();
        Ok(till)
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// What the till refused, and where the program does not answer.
    pub fn call(&mut self, operation: &str, payload: &Value) -> Result<Value, String> {
        self.requests += 1;
        let body = json!({ "request_id": Uuid::from_u128(self.requests), "payload": payload }).to_string();
        let answer = self.send(operation, &body).map_err(|error| format!("{operation}: {error}"))?;
        let (head, body) =
            answer.split_once("\r\n\r\n").ok_or_else(|| format!("{operation}: half an answer"))?;
        let set = head.lines().find(|line| line.to_ascii_lowercase().starts_with("set-cookie:"));
        if let Some((_, cookie)) = set.and_then(|line| line.split_once(": ")) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        if head.split(' ').nth(1) != Some("200") {
            return Err(format!("{operation}: {body}"));
        }
        serde_json::from_str(body).map_err(|error| format!("{operation}: {error}"))
    }

    fn send(&self, operation: &str, body: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(CALL_MAX))?;
        let Self { address, cookie, .. } = self;
        write!(
            stream,
            "POST /api/{operation} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nCookie: {cookie}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// The memory it has for itself and its part of what it shares, in KiB (`Pss` of proc_pid_smaps(5)).
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn memory_kib(&self) -> Result<u64, String> {
        memory_kib(self.process.id())
    }

    /// The part of it that stands in no file, in KiB (`Pss_Anon`): what other programs share does not move it.
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn own_memory_kib(&self) -> Result<u64, String> {
        told(self.process.id(), "Pss_Anon:")
    }

    /// Ends it as the system does when it shuts down.
    ///
    /// # Errors
    /// When it does not end well.
    pub fn end(mut self) -> Result<(), String> {
        let number = self.process.id().to_string();
        let told = Command::new("kill").args(["-s", "TERM", &number]).status();
        told.map_err(|error| format!("kill: {error}"))?;
        let status = self.process.wait().map_err(|error| error.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("it ended with {status}")) }
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        // After a good end there is nothing left to kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The memory of a process, in KiB: its own, and its part of what it shares.
///
/// # Errors
/// Where the system does not tell.
pub fn memory_kib(process: u32) -> Result<u64, String> {
    told(process, "Pss:")
}

fn told(process: u32, what: &str) -> Result<u64, String> {
    let path = format!("/proc/{process}/smaps_rollup");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(what));
    let number = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse().ok());
    number.ok_or_else(|| format!("{path} tells no share"))
}
