//! A raw network socket, usually port 9100: one connection per job, closed after it drained, because most printers
//! serve one connection at a time.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use super::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError, left};

/// An open socket.
pub struct Tcp {
    stream: TcpStream,
}

impl Tcp {
    /// Connects to a host by name or address before `deadline`, trying each of its addresses.
    ///
    /// # Errors
    /// When the name has no address, nobody answers in time, or the settings name nothing.
    pub fn connect(host: &str, port: u16, deadline: Instant) -> Result<Self, OpenError> {
        if host.is_empty() || port == 0 {
            return Err(OpenError::ConfigInvalid(
                "a printer on the network needs a host and a port".to_owned(),
            ));
        }
        let mut last = OpenError::Unreachable(format!("{host} has no address"));
        for address in resolve(host, port, deadline)? {
            let Some(wait) = left(deadline) else {
                return Err(OpenError::Unreachable(format!("{address} did not answer in time")));
            };
            match TcpStream::connect_timeout(&address, wait) {
                Ok(stream) => {
                    // Without delay: a drawer kick is five bytes that must leave at once.
                    return match stream.set_nodelay(true) {
                        Ok(()) => Ok(Self { stream }),
                        Err(error) => Err(open_error(address, &error)),
                    };
                }
                Err(error) => last = open_error(address, &error),
            }
        }
        Err(last)
    }
}

/// Looks a name up. The system's resolver knows no deadline, so it runs on a thread that is left behind when late.
fn resolve(host: &str, port: u16, deadline: Instant) -> Result<Vec<SocketAddr>, OpenError> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (answer, answers) = mpsc::channel();
    let name = host.to_owned();
    let lookup = move || {
        let found = (name.as_str(), port).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Nobody listens any more when the deadline has passed.
        drop(answer.send(found));
    };
    thread::Builder::new()
        .name("resolve".to_owned())
        .spawn(lookup)
        .map_err(|error| OpenError::Unreachable(format!("{host}: {error}")))?;
    match answers.recv_timeout(left(deadline).unwrap_or_default()) {
        Ok(Ok(addresses)) => Ok(addresses),
        Ok(Err(error)) => Err(OpenError::Unreachable(format!("{host}: {error}"))),
        Err(_) => Err(OpenError::Unreachable(format!("{host}: its address was not found in time"))),
    }
}

fn open_error(address: SocketAddr, error: &io::Error) -> OpenError {
    let text = format!("{address}: {error}");
    match error.kind() {
        io::ErrorKind::PermissionDenied => OpenError::PermissionDenied(text),
        io::ErrorKind::InvalidInput => OpenError::ConfigInvalid(text),
        _ => OpenError::Unreachable(text),
    }
}

impl Transport for Tcp {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        let mut accepted = 0;
        while accepted < bytes.len() {
            let Some(wait) = left(deadline) else {
                return Err(WriteError { accepted, fault: LineFault::Stalled });
            };
            let written = self
                .stream
                .set_write_timeout(Some(wait))
                .and_then(|()| self.stream.write(&bytes[accepted..]));
            match written {
                Ok(0) => return Err(WriteError { accepted, fault: LineFault::Gone }),
                Ok(count) => accepted += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(WriteError { accepted, fault: LineFault::of(&error) }),
            }
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError> {
        loop {
            let Some(wait) = left(deadline) else { return Ok(0) };
            let read = self.stream.set_read_timeout(Some(wait)).and_then(|()| self.stream.read(buffer));
            match read {
                Ok(0) if !buffer.is_empty() => return Err(ReadError(LineFault::Gone)),
                Ok(count) => return Ok(count),
                Err(error) => match LineFault::of(&error) {
                    LineFault::Stalled => return Ok(0),
                    LineFault::Other(io::ErrorKind::Interrupted) => {}
                    fault => return Err(ReadError(fault)),
                },
            }
        }
    }

    fn close(mut self: Box<Self>, deadline: Instant) -> Result<Closed, CloseError> {
        // Closing at once would throw away what the printer has not fetched yet: say that nothing more comes, and
        // wait until it hangs up as well.
        if let Err(error) = self.stream.shutdown(Shutdown::Write) {
            return Err(CloseError(LineFault::of(&error)));
        }
        let mut answer = [0; 256];
        loop {
            if left(deadline).is_none() {
                return Ok(Closed::Unconfirmed);
            }
            match self.stream_end(&mut answer, deadline) {
                Ok(true) => return Ok(Closed::Drained),
                Ok(false) => {}
                Err(ReadError(fault)) => return Err(CloseError(fault)),
            }
        }
    }
}

impl Tcp {
    /// Reads once; whether the other side has hung up in good order.
    fn stream_end(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<bool, ReadError> {
        let Some(wait) = left(deadline) else { return Ok(false) };
        match self.stream.set_read_timeout(Some(wait)).and_then(|()| self.stream.read(buffer)) {
            Ok(count) => Ok(count == 0),
            Err(error) => match LineFault::of(&error) {
                LineFault::Stalled | LineFault::Other(io::ErrorKind::Interrupted) => Ok(false),
                fault => Err(ReadError(fault)),
            },
        }
    }
}
