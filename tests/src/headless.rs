//! The till as the program `headless`: started on the directories of a shop, called over HTTP by one sign-on or several,
//! and what memory and time it takes.

use crate::shop::{OWNER, PIN, Place};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use uuid::Uuid;

/// How long a call may take on a slow machine.
const CALL_MAX: Duration = Duration::from_secs(120);

/// Bytes of a file that are sent at once.
const CHUNK: usize = 4 << 20;

/// The running program, with one who calls it. Dropped it is killed.
pub struct Headless {
    process: Child,
    client: Client,
}

/// One who calls the program.
pub struct Client {
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
        let mut till = Self { process, client: Client::of(String::new(), 0) };
        let address = line.trim_end().strip_prefix("listening on http://");
        till.client.address =
            address.ok_or_else(|| format!("{} says `{line}`", program.display()))?.to_owned();
        Ok(till)
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// What the till refused, and where the program does not answer.
    pub fn call(&mut self, operation: &str, payload: &Value) -> Result<Value, String> {
        self.client.call(operation, payload)
    }

    /// Signs the owner on.
    ///
    /// # Errors
    /// What the till refused.
    pub fn sign_in(&mut self) -> Result<(), String> {
        self.client.sign_in()
    }

    /// The one who calls by [`Headless::call`].
    pub fn signed_on(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Another who calls it, who is not signed on. Two need different `number`s above 0: request ids come from it.
    pub fn client(&self, number: u32) -> Client {
        Client::of(self.client.address.clone(), number)
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

    /// The most memory it ever had, its own and all it shares, in KiB (`VmHWM` of proc_pid_status(5)).
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn most_memory_kib(&self) -> Result<u64, String> {
        line_of(&format!("/proc/{}/status", self.process.id()), "VmHWM:")
    }

    /// The time it has worked, in all its threads, in milliseconds.
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn worked_ms(&self) -> Result<u64, String> {
        let path = format!("/proc/{}/stat", self.process.id());
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        // Behind the name, which may hold anything: proc_pid_stat(5), fields 14 and 15, in hundredths of a second.
        let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
        let ticks: Vec<u64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
        if ticks.len() == 2 { Ok((ticks[0] + ticks[1]) * 10) } else { Err(format!("{path} tells no time")) }
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

impl Client {
    fn of(address: String, number: u32) -> Self {
        Self { address, cookie: String::new(), requests: u128::from(number) << 64 }
    }

    /// Signs the owner on.
    ///
    /// # Errors
    /// What the till refused.
    pub fn sign_in(&mut self) -> Result<(), String> {
        let greeting = self.call("shop.greeting", &json!({}))?;
        let operators = greeting["operators"].as_array().ok_or("nobody works here")?;
        let owner = operators.iter().find(|known| known["name"] == OWNER).ok_or("there is no owner")?;
        self.call("session.sign_in", &json!({ "operator": owner["id"], "pin": PIN })).map(drop)
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// What the till refused, and where the program does not answer.
    pub fn call(&mut self, operation: &str, payload: &Value) -> Result<Value, String> {
        self.requests += 1;
        let body = json!({ "request_id": Uuid::from_u128(self.requests), "payload": payload }).to_string();
        self.ask("POST", operation, body.as_bytes())
    }

    /// Sends a file by the blob door, and returns the name it has there.
    ///
    /// # Errors
    /// What the till refused, and where the program does not answer.
    pub fn upload(&mut self, bytes: &[u8]) -> Result<String, String> {
        let sha256 = Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let begin = json!({ "length": bytes.len(), "sha256": sha256, "kind": "data" }).to_string();
        let upload = self.ask("POST", "blobs", begin.as_bytes())?;
        let upload = upload["upload"].as_str().ok_or("an upload without a name")?.to_owned();
        for (number, chunk) in bytes.chunks(CHUNK).enumerate() {
            self.ask("PUT", &format!("blobs/{upload}?offset={}", number * CHUNK), chunk)?;
        }
        let finished = self.ask("POST", &format!("blobs/{upload}/finish"), b"")?;
        finished["hash"].as_str().map(str::to_owned).ok_or_else(|| format!("not finished: {finished}"))
    }

    fn ask(&mut self, method: &str, what: &str, body: &[u8]) -> Result<Value, String> {
        let answer = self.send(method, what, body).map_err(|error| format!("{what}: {error}"))?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("{what}: half an answer"))?;
        let set = head.lines().find(|line| line.to_ascii_lowercase().starts_with("set-cookie:"));
        if let Some((_, cookie)) = set.and_then(|line| line.split_once(": ")) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        if head.split(' ').nth(1) != Some("200") {
            return Err(format!("{what}: {body}"));
        }
        serde_json::from_str(body).map_err(|error| format!("{what}: {error}"))
    }

    fn send(&self, method: &str, what: &str, body: &[u8]) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(CALL_MAX))?;
        let Self { address, cookie, .. } = self;
        let mut request = format!(
            "{method} /api/{what} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nCookie: {cookie}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        stream.write_all(&request)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
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
    line_of(&format!("/proc/{process}/smaps_rollup"), what)
}

/// The number of a line of what the system tells.
fn line_of(path: &str, what: &str) -> Result<u64, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(what));
    let number = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse().ok());
    number.ok_or_else(|| format!("{path} does not tell {what}"))
}
