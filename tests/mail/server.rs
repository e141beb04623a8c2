//! A small mail server on a real socket: it takes letters, and misbehaves at the place it is told to.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

/// The one who signed the server's certificate.
pub const AUTHORITY: &[u8] = include_bytes!("../data/mail/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("../data/mail/server.pem");
const KEY: &[u8] = include_bytes!("../data/mail/server.key");

/// Who may sign on, and how they say it (RFC 4616, in base64).
pub const USER: &str = "till";
pub const PASSWORD: &str = "sesame";
const SIGN_ON: &str = "AUTH PLAIN AHRpbGwAc2VzYW1l";

/// A place in the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    Greeting,
    Hello,
    From,
    To,
    Data,
    /// The whole letter is there.
    End,
}

/// What it does there instead of what it should.
#[derive(Debug, Clone, Copy)]
pub enum Does {
    Says(&'static str),
    Closes,
    Falls,
}

/// How a line to it is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Open,
    Starttls,
    Tls,
}

/// A letter it took, or had when it fell silent.
#[derive(Debug, Clone)]
pub struct Taken {
    pub from: String,
    pub to: String,
    pub text: String,
}

#[derive(Default)]
struct State {
    does: Mutex<BTreeMap<At, Does>>,
    taken: Mutex<Vec<Taken>>,
    told: Condvar,
    released: Condvar,
    stops: AtomicBool,
}

/// The server, until it is dropped.
pub struct Server {
    pub port: u16,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start(line: Line) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), line)
    }

    pub fn on(listener: TcpListener, line: Line) -> Self {
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State::default());
        let its = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if its.stops.load(Ordering::Acquire) {
                    return;
                }
                // A line that breaks is what some tests want.
                drop(attend(stream.unwrap(), line, &its));
            }
        });
        Self { port, state, thread: Some(thread) }
    }

    /// From now on it does this there; `None`: what it should.
    pub fn at(&self, at: At, does: Option<Does>) {
        let mut all = self.state.does.lock().unwrap();
        match does {
            Some(does) => all.insert(at, does),
            None => all.remove(&at),
        };
        self.state.released.notify_all();
    }

    /// The letters it has.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.taken.lock().unwrap().clone()
    }

    /// Waits until it has so many letters.
    pub fn wait_for(&self, letters: usize) {
        let taken = self.state.taken.lock().unwrap();
        drop(self.state.told.wait_while(taken, |taken| taken.len() < letters).unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stops.store(true, Ordering::Release);
        self.state.does.lock().unwrap().clear();
        self.state.released.notify_all();
        // Whoever waits for somebody to call is called.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn attend(stream: TcpStream, line: Line, state: &State) -> io::Result<()> {
    match line {
        Line::Tls => talk(encrypted(stream), false, true, state).map(drop),
        Line::Open => talk(stream, false, true, state).map(drop),
        Line::Starttls => match talk(stream, true, true, state)? {
            Some(stream) => talk(encrypted(stream), false, false, state).map(drop),
            None => Ok(()),
        },
    }
}

fn encrypted(stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream)
}

/// Talks until the line ends; gives it back where it is to be encrypted.
fn talk<S: Read + Write>(mut line: S, offers: bool, greets: bool, state: &State) -> io::Result<Option<S>> {
    if greets && !say(&mut line, At::Greeting, "220 mail.example.com ready", state)? {
        return Ok(None);
    }
    let (mut from, mut to) = (String::new(), String::new());
    loop {
        let command = read_line(&mut line)?;
        let goes_on = match command.get(..4).unwrap_or_default() {
            "EHLO" if offers => {
                say(&mut line, At::Hello, "250-mail.example.com\r\n250-8BITMIME\r\n250 STARTTLS", state)?
            }
            "EHLO" => say(
                &mut line,
                At::Hello,
                "250-mail.example.com\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
                state,
            )?,
            "STAR" => {
                write_line(&mut line, "220 go ahead")?;
                return Ok(Some(line));
            }
            "AUTH" if command == SIGN_ON => {
                write_line(&mut line, "235 welcome")?;
                true
            }
            "AUTH" => {
                write_line(&mut line, "535 5.7.8 who are you")?;
                true
            }
            "MAIL" => {
                from = command;
                say(&mut line, At::From, "250 ok", state)?
            }
            "RCPT" => {
                to = command;
                say(&mut line, At::To, "250 ok", state)?
            }
            "DATA" => {
                if say(&mut line, At::Data, "354 go ahead", state)? {
                    let refuses = matches!(state.does.lock().unwrap().get(&At::Data), Some(Does::Says(_)));
                    if refuses { true } else { take(&mut line, &from, &to, state)? }
                } else {
                    false
                }
            }
            "QUIT" => {
                write_line(&mut line, "221 goodbye")?;
                false
            }
            _ => {
                write_line(&mut line, "500 what?")?;
                true
            }
        };
        if !goes_on {
            return Ok(None);
        }
    }
}

fn take(line: &mut (impl Read + Write), from: &str, to: &str, state: &State) -> io::Result<bool> {
    let mut text = String::new();
    loop {
        let next = read_line(line)?;
        if next == "." {
            break;
        }
        text.push_str(next.strip_prefix('.').unwrap_or(&next));
        text.push('\n');
    }
    // What it refuses it does not keep.
    let refuses = matches!(state.does.lock().unwrap().get(&At::End), Some(Does::Says(_)));
    if !refuses {
        state.taken.lock().unwrap().push(Taken { from: from.to_owned(), to: to.to_owned(), text });
        state.told.notify_all();
    }
    say(line, At::End, "250 2.0.0 queued as 7", state)
}

/// Says what it should, or does what it was told. Whether the talk goes on.
fn say(line: &mut (impl Read + Write), at: At, should: &str, state: &State) -> io::Result<bool> {
    let does = state.does.lock().unwrap().get(&at).copied();
    match does {
        None => write_line(line, should)?,
        Some(Does::Says(text)) => write_line(line, text)?,
        Some(Does::Closes) => return Ok(false),
        Some(Does::Falls) => {
            // Until it is told otherwise, or the test is over.
            let falls = |does: &mut BTreeMap<At, Does>| matches!(does.get(&at), Some(Does::Falls));
            drop(state.released.wait_while(state.does.lock().unwrap(), falls).unwrap());
            return Ok(false);
        }
    }
    Ok(true)
}

fn write_line(line: &mut impl Write, text: &str) -> io::Result<()> {
    line.write_all(format!("{text}\r\n").as_bytes())?;
    line.flush()
}

fn read_line(line: &mut impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n") {
        line.read_exact(&mut byte)?;
        bytes.push(byte[0]);
    }
    bytes.truncate(bytes.len() - 2);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
