//! A serial line. On Unix the descriptor is non-blocking: the library's own timeout does not bind a write, which would
//! otherwise wait for a stalled printer for ever.

use std::io::{self, Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, ErrorKind, SerialPort, SerialPortType};

use super::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError, left};

/// No chunk is longer, so that a deadline is looked at often and what was accepted is known to the byte.
const CHUNK: usize = 512;
/// How often the port is asked whether its queue ran empty; there is no event for that.
const DRAIN_POLL: Duration = Duration::from_millis(10);

#[cfg(unix)]
type Port = serialport::TTYPort;
#[cfg(not(unix))]
type Port = Box<dyn SerialPort>;

/// An open serial port: 8 data bits, no parity, one stop bit, no flow control.
pub struct Serial {
    /// `None` once it was handed to the thread that closes it.
    port: Option<Port>,
}

impl Serial {
    /// Opens a port for this program alone.
    ///
    /// # Errors
    /// When it is not there, is no port, is not allowed, or is open elsewhere.
    pub fn open(path: &str, baud: u32) -> Result<Self, OpenError> {
        if baud == 0 {
            return Err(OpenError::ConfigInvalid(format!("{path}: a line needs a speed")));
        }
        check_path(path)?;
        let builder = serialport::new(path, baud).timeout(Duration::from_millis(100));
        #[cfg(unix)]
        let port = builder.open_native().map_err(|error| open_error(path, &error))?;
        #[cfg(not(unix))]
        let port = builder.open().map_err(|error| open_error(path, &error))?;
        Self::over(port).map_err(|error| OpenError::Unreachable(format!("{path}: {error}")))
    }

    /// Takes over a port that is open already.
    fn over(port: Port) -> io::Result<Self> {
        #[cfg(unix)]
        {
            use std::os::fd::AsRawFd;
            nix::fcntl::fcntl(
                port.as_raw_fd(),
                nix::fcntl::FcntlArg::F_SETFL(nix::fcntl::OFlag::O_NONBLOCK),
            )?;
        }
        Ok(Self { port: Some(port) })
    }

    fn port(&mut self) -> io::Result<&mut Port> {
        self.port.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Writes one chunk, or `Ok(0)` when the port takes nothing before `wait` is over.
    fn write_some(&mut self, bytes: &[u8], wait: Duration) -> io::Result<usize> {
        let port = self.port()?;
        port.set_timeout(wait)?;
        match port.write(bytes) {
            Ok(0) => Err(io::ErrorKind::BrokenPipe.into()),
            Ok(count) => Ok(count),
            Err(error) if not_now(&error) => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Reads what there is, or `Ok(0)` when nothing comes before `wait` is over.
    pub(crate) fn read_some(&mut self, buffer: &mut [u8], wait: Duration) -> io::Result<usize> {
        let port = self.port()?;
        port.set_timeout(wait)?;
        match port.read(buffer) {
            Ok(0) => Err(io::ErrorKind::BrokenPipe.into()),
            Ok(count) => Ok(count),
            Err(error) if not_now(&error) => Ok(0),
            Err(error) => Err(error),
        }
    }
}

impl Transport for Serial {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        let mut accepted = 0;
        while accepted < bytes.len() {
            let Some(wait) = left(deadline) else {
                return Err(WriteError { accepted, fault: LineFault::Stalled });
            };
            let end = bytes.len().min(accepted + CHUNK);
            match self.write_some(&bytes[accepted..end], wait) {
                Ok(count) => accepted += count,
                Err(error) => return Err(WriteError { accepted, fault: line_fault(&error) }),
            }
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError> {
        loop {
            // A signal may end the wait early; silence is only what lasts until the deadline.
            let wait = left(deadline).unwrap_or_default();
            match self.read_some(buffer, wait) {
                Ok(0) if left(deadline).is_some() => {}
                Ok(count) => return Ok(count),
                Err(error) => return Err(ReadError(line_fault(&error))),
            }
        }
    }

    fn close(mut self: Box<Self>, deadline: Instant) -> Result<Closed, CloseError> {
        let mut answer = [0; 64];
        loop {
            let queued = match self.port() {
                Ok(port) => port.bytes_to_write(),
                Err(error) => return Err(CloseError(line_fault(&error))),
            };
            match queued {
                Ok(0) => return Ok(Closed::Drained),
                Ok(_) => {}
                // Some adapters cannot say; then nothing is known, and that is the answer.
                Err(_) => return Ok(Closed::Unconfirmed),
            }
            // What still waits is thrown away when the port is dropped: half a receipt after a minute helps no one.
            let Some(wait) = left(deadline) else { return Err(CloseError(LineFault::Stalled)) };
            // Reading is how this waits: it ends early when the line breaks.
            if let Err(error) = self.read_some(&mut answer, wait.min(DRAIN_POLL)) {
                return Err(CloseError(line_fault(&error)));
            }
        }
    }
}

impl Drop for Serial {
    /// Closing a port with unsent bytes may block in the kernel for half a minute: they are thrown away first, and
    /// where that is not known to have worked a thread of its own waits.
    fn drop(&mut self) {
        let Some(port) = self.port.take() else { return };
        let is_empty = match port.bytes_to_write() {
            Ok(0) => true,
            Ok(_) => port.clear(ClearBuffer::Output).is_ok(),
            // An adapter that cannot say may still be sending: what it has may go out.
            Err(_) => false,
        };
        if !is_empty {
            let close = thread::Builder::new().name("serial-close".to_owned()).spawn(move || drop(port));
            // Without a thread the port was closed right here, which may have waited and lost nothing.
            drop(close);
        }
    }
}

/// Nothing moved in the time given; the line is as good as before.
fn not_now(error: &io::Error) -> bool {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    matches!(error.kind(), WouldBlock | TimedOut | Interrupted)
}

/// A path that is there but is no device can never become a port: that is a setting, not a cable.
#[cfg(unix)]
fn check_path(path: &str) -> Result<(), OpenError> {
    use std::os::unix::fs::FileTypeExt;
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.file_type().is_char_device() => Ok(()),
        Ok(_) => Err(OpenError::ConfigInvalid(format!("{path} is not a serial port"))),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(OpenError::PermissionDenied(format!("{path}: {error}")))
        }
        Err(error) => Err(OpenError::Unreachable(format!("{path}: {error}"))),
    }
}

#[cfg(not(unix))]
fn check_path(path: &str) -> Result<(), OpenError> {
    if path.is_empty() { Err(OpenError::ConfigInvalid("no port is named".to_owned())) } else { Ok(()) }
}

/// The library says `NoDevice` when another program holds the port's lock.
fn open_error(path: &str, error: &serialport::Error) -> OpenError {
    let text = format!("{path}: {error}");
    match error.kind() {
        ErrorKind::NoDevice if cfg!(unix) => OpenError::InUse(text),
        ErrorKind::Io(io::ErrorKind::PermissionDenied) => OpenError::PermissionDenied(text),
        ErrorKind::InvalidInput => OpenError::ConfigInvalid(text),
        ErrorKind::NoDevice | ErrorKind::Unknown | ErrorKind::Io(_) => OpenError::Unreachable(text),
    }
}

/// An unplugged adapter gives `EIO`, which has no kind of its own: on an open serial line everything but a deadline
/// means that the line is gone.
pub(crate) fn line_fault(error: &io::Error) -> LineFault {
    match LineFault::of(error) {
        LineFault::Stalled => LineFault::Stalled,
        LineFault::Gone | LineFault::Other(_) => LineFault::Gone,
    }
}

/// The ports the system lists, in order. A system that cannot list them (no such subsystem) has none to offer; a path
/// named by hand still opens.
pub(crate) fn ports() -> Vec<String> {
    named_ports().into_iter().map(|(port, _)| port).collect()
}

/// The ports with the names of their adapters, where those are known.
pub(crate) fn named_ports() -> Vec<(String, String)> {
    let Ok(found) = serialport::available_ports() else { return Vec::new() };
    let named = |port: serialport::SerialPortInfo| match port.port_type {
        SerialPortType::UsbPort(usb) => {
            let name = [usb.manufacturer, usb.product].into_iter().flatten().collect::<Vec<_>>().join(" ");
            (port.port_name, name)
        }
        _ => (port.port_name, String::new()),
    };
    let mut names: Vec<_> = found.into_iter().map(named).collect();
    names.sort();
    names
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::fd::AsRawFd;

    use nix::fcntl::{FcntlArg, OFlag, fcntl};
    use serialport::TTYPort;

    use super::*;

    /// A pseudo-terminal takes a chunk whole or not at all, so it cannot show the hang of a serial chip with a full
    /// queue: the descriptor itself is looked at.
    #[test]
    fn an_open_port_never_blocks() {
        let (_far, near) = TTYPort::pair().unwrap();
        let mut serial = Serial::open(&near.name().unwrap(), 9_600).unwrap();
        let flags = fcntl(serial.port().unwrap().as_raw_fd(), FcntlArg::F_GETFL).unwrap();
        assert!(OFlag::from_bits_truncate(flags).contains(OFlag::O_NONBLOCK));
    }
}
