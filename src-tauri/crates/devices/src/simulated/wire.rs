//! A simulated printer at the end of a real line: a socket, a pseudo-terminal. Whoever prints there meets the same paper
//! and the same faults as in memory.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::printer::{Memory, SimulatedPrinter};
use crate::transport::{LineFault, Transport, WriteError};

/// How often it is looked whether it is to end, and what the printer has to say by itself.
const LOOK: Duration = Duration::from_millis(20);

/// A printer on the network of this machine. It serves one connection at a time, as most do, and ends when dropped.
pub struct NetworkPrinter {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl NetworkPrinter {
    /// Puts a printer behind a port that the system chooses.
    ///
    /// # Errors
    /// What the system answers.
    pub fn start(printer: &SimulatedPrinter) -> io::Result<Self> {
        Self::listen(printer, "127.0.0.1:0")
    }

    /// Puts a printer behind an address.
    ///
    /// # Errors
    /// What the system answers.
    pub fn listen(printer: &SimulatedPrinter, address: &str) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let (printer, stops) = (printer.clone(), Arc::clone(&stopping));
        let serve = move || {
            while !stops.load(Ordering::Acquire) {
                match listener.accept() {
                    Ok((stream, _)) => serve_stream(&printer, stream, &stops),
                    Err(_) => crate::transport::pause(LOOK),
                }
            }
        };
        let thread = thread::Builder::new().name("network-printer".to_owned()).spawn(serve)?;
        Ok(Self { address, stopping, thread: Some(thread) })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for NetworkPrinter {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has printed no more; what it printed is on the paper.
            drop(thread.join());
        }
    }
}

/// One connection, from its beginning to its end.
fn serve_stream(printer: &SimulatedPrinter, mut stream: TcpStream, stopping: &AtomicBool) {
    let Ok(mut line) = printer.open() else { return };
    let is_ready = stream.set_nonblocking(false).and_then(|()| stream.set_read_timeout(Some(LOOK)));
    if is_ready.is_err() || stream.set_nodelay(true).is_err() {
        return;
    }
    serve(&mut line, &mut stream, &|| stopping.load(Ordering::Acquire));
    // What the other side had still to say is left unread when the line broke: that resets the connection.
}

/// Lets a printer listen and answer on a line that was opened, until the line ends, breaks, or `is_over`. A read that
/// waits has to end by itself now and then.
pub fn serve(line: &mut Memory, stream: &mut (impl Read + Write), is_over: &impl Fn() -> bool) {
    let mut byte = [0];
    let mut question = Vec::new();
    while !is_over() {
        match stream.read(&mut byte) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) if is_silence(&error) => {
                if !question.is_empty() && !take(line, &mut question, stream, is_over) {
                    return;
                }
                if say(line, stream).is_err() {
                    return;
                }
                continue;
            }
            Err(_) => return,
        }
        question.push(byte[0]);
        // Questions in real time are handed over whole, everything else at once.
        if matches!(question.as_slice(), [0x10] | [0x10, 0x04]) {
            continue;
        }
        if !take(line, &mut question, stream, is_over) {
            return;
        }
    }
}

/// Hands bytes to the printer; whether the line still stands.
fn take(
    line: &mut Memory,
    bytes: &mut Vec<u8>,
    stream: &mut (impl Read + Write),
    is_over: &impl Fn() -> bool,
) -> bool {
    let mut rest = std::mem::take(bytes);
    while !is_over() {
        match line.write(&rest, Instant::now()) {
            Ok(()) => return say(line, stream).is_ok(),
            // It takes no more and says nothing: nothing is read from the line until it does.
            Err(WriteError { fault: LineFault::Stalled, accepted }) => {
                rest.drain(..accepted);
                crate::transport::pause(LOOK);
            }
            Err(_) => return false,
        }
    }
    false
}

fn say(line: &mut Memory, stream: &mut (impl Read + Write)) -> Result<(), io::Error> {
    let mut answer = [0; 256];
    loop {
        match line.read(&mut answer, Instant::now()) {
            Ok(0) => return Ok(()),
            Ok(count) => stream.write_all(&answer[..count])?,
            Err(_) => return Err(io::ErrorKind::ConnectionReset.into()),
        }
    }
}

fn is_silence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}
