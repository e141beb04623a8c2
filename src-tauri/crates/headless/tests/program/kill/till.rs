//! The program under test: started, called over HTTP by callers who see it die, and killed.

use scenarios::seed::draw::Draw;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How long any step may take on a slow machine.
pub const STEP_MAX: Duration = Duration::from_secs(120);

/// The directories of one till, that its lives share.
pub struct Place {
    /// Its data.
    pub data: PathBuf,
    /// Its guards.
    pub guard: PathBuf,
    /// The migrations a test adds to the till's own.
    pub migrations: PathBuf,
}

impl Place {
    /// Below a folder.
    pub fn below(folder: &Path) -> Self {
        let place = Self {
            data: folder.join("data"),
            guard: folder.join("guard"),
            migrations: folder.join("migrations"),
        };
        std::fs::create_dir_all(&place.migrations).unwrap();
        place
    }

    /// The program on these directories, with nothing said yet.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headless"));
        command.arg("--data-dir").arg(&self.data).arg("--guard-dir").arg(&self.guard);
        command.env("TILLKEEPER_TEST_MIGRATIONS", &self.migrations);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
        command
    }

    /// What `headless verify` says of a path: whether it is whole, and everything else.
    pub fn verified(&self, path: &Path) -> Value {
        let mut command = self.command();
        let output = command.arg("verify").arg(path).arg("--json").output().unwrap();
        let told = String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap();
        let report: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"));
        assert!(report["whole"] == true, "{} is not whole: {told}", path.display());
        report
    }
}

/// A process that was started and has not told its address yet.
pub struct Starting(pub Child);

/// A till that has told its address.
pub struct Till {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl Starting {
    /// Starts the till.
    pub fn of(place: &Place) -> Self {
        Self(place.command().spawn().unwrap())
    }

    /// Waits for its address.
    pub fn listening(mut self) -> Till {
        let mut line = String::new();
        BufReader::new(self.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").map(str::to_owned);
        let Some(address) = address else {
            let mut problem = String::new();
            self.0.stderr.take().unwrap().read_to_string(&mut problem).unwrap();
            panic!("no address: {line}{problem}");
        };
        Till { child: self.0, address }
    }

    /// Kills it.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Kills it, and returns what it had said.
    pub fn kill_and_read(mut self) -> String {
        let mut said = String::new();
        let mut out = self.0.stdout.take().unwrap();
        self.kill();
        out.read_to_string(&mut said).unwrap();
        said
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Till {
    /// Kills it: what it has in memory is gone, at this instruction.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits for that.
    pub fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", "TERM", &id]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

/// What came back.
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The cookie it sets, if any.
    pub cookie: Option<String>,
    /// The answer, or what was wrong.
    pub body: Value,
}

/// Sends a call and reads the whole answer. An error: the till died meanwhile, and what became of the call is not known.
pub fn send(address: &str, operation: &str, cookie: &str, body: &Value) -> io::Result<Answer> {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(STEP_MAX))?;
    let length = body.len();
    write!(
        stream,
        "POST /api/{operation} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let cut = || io::Error::new(io::ErrorKind::UnexpectedEof, "half an answer is none");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    };
    let length: usize = header("content-length").and_then(|length| length.parse().ok()).ok_or_else(cut)?;
    if body.len() != length {
        return Err(cut());
    }
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let cookie = header("set-cookie").map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned());
    Ok(Answer { status, cookie, body: serde_json::from_str(body)? })
}

/// Waits: a channel nobody sends on is a wait with a deadline.
pub fn pause(long: Duration) {
    let (_nobody, channel) = mpsc::channel::<()>();
    assert!(channel.recv_timeout(long).is_err());
}

/// Waits a moment that the seed names, down to the microsecond.
pub fn wait_up_to(draw: &mut Draw, longest: Duration) {
    let longest = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX);
    pause(Duration::from_micros(draw.below(longest.max(1))));
}
