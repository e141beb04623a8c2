//! The line a system keeps to a USB printer (`/dev/usb/lp0` on Linux): a file that is both written and read, never
//! waited for.

use super::OpenError;

#[cfg(unix)]
pub use unix::UsbPort;

/// The lines there are, in order.
pub(crate) fn ports() -> Vec<String> {
    // Without the directory there is no such printer.
    let Ok(entries) = std::fs::read_dir("/dev/usb") else { return Vec::new() };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| entry.ok()?.path().to_str().map(str::to_owned))
        .filter(|path| path.starts_with("/dev/usb/lp"))
        .collect();
    paths.sort();
    paths
}

#[cfg(unix)]
mod unix {
    use std::fs::{File, OpenOptions};
    use std::io::{self, ErrorKind, Read, Write};
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
    use std::time::{Duration, Instant};

    use nix::fcntl::OFlag;
    use nix::poll::{PollFd, PollFlags, poll};

    use super::OpenError;
    use crate::transport::{CloseError, Closed, LineFault, ReadError, Transport, WriteError, left, pause};

    /// The system's driver takes no more at once.
    const CHUNK: usize = 4_096;
    /// How long an empty packet is followed by a look at something else.
    const EMPTY_PAUSE: Duration = Duration::from_millis(10);

    /// An open line.
    #[derive(Debug)]
    pub struct UsbPort {
        file: File,
    }

    impl UsbPort {
        /// Opens the line at a path.
        ///
        /// # Errors
        /// When it is not there, not allowed, in use, or no line.
        pub fn open(path: &str) -> Result<Self, OpenError> {
            let found = std::fs::metadata(path).map_err(|error| open_error(path, &error))?;
            let kind = found.file_type();
            if !kind.is_char_device() && !kind.is_fifo() {
                return Err(OpenError::ConfigInvalid(format!("{path} is no line to a printer")));
            }
            let mut options = OpenOptions::new();
            options.read(true).write(true).custom_flags(OFlag::O_NONBLOCK.bits());
            let file = options.open(path).map_err(|error| open_error(path, &error))?;
            Ok(Self { file })
        }

        /// Waits until the line is ready; `false` at the deadline.
        fn is_ready(&self, wanted: PollFlags, deadline: Instant) -> io::Result<bool> {
            let Some(wait) = left(deadline) else { return Ok(false) };
            let milliseconds = i32::try_from(wait.as_millis().max(1)).unwrap_or(i32::MAX);
            let mut line = [PollFd::new(self.file.as_raw_fd(), wanted)];
            match poll(&mut line, milliseconds) {
                Ok(0) => Ok(false),
                Ok(_) => match line[0].revents() {
                    Some(events) if events.intersects(wanted) => Ok(true),
                    _ => Err(ErrorKind::BrokenPipe.into()),
                },
                Err(nix::errno::Errno::EINTR) => Ok(true),
                Err(error) => Err(error.into()),
            }
        }
    }

    impl Transport for UsbPort {
        fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
            let mut accepted = 0;
            while accepted < bytes.len() {
                match self.is_ready(PollFlags::POLLOUT, deadline) {
                    Ok(true) => {}
                    Ok(false) => return Err(WriteError { accepted, fault: LineFault::Stalled }),
                    Err(error) => return Err(WriteError { accepted, fault: line_fault(&error) }),
                }
                let end = bytes.len().min(accepted + CHUNK);
                match self.file.write(&bytes[accepted..end]) {
                    Ok(0) => return Err(WriteError { accepted, fault: LineFault::Gone }),
                    Ok(count) => accepted += count,
                    Err(error) if not_now(&error) => {}
                    Err(error) => return Err(WriteError { accepted, fault: line_fault(&error) }),
                }
            }
            Ok(())
        }

        fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError> {
            loop {
                match self.is_ready(PollFlags::POLLIN, deadline) {
                    Ok(true) => {}
                    Ok(false) => return Ok(0),
                    Err(error) => return Err(ReadError(line_fault(&error))),
                }
                match self.file.read(buffer) {
                    // The driver has nothing although it said so: some printers answer an empty packet.
                    Ok(0) if left(deadline).is_none() => return Ok(0),
                    Ok(0) => pause(EMPTY_PAUSE),
                    Ok(count) => return Ok(count),
                    Err(error) if not_now(&error) => {}
                    Err(error) => return Err(ReadError(line_fault(&error))),
                }
            }
        }

        fn close(self: Box<Self>, deadline: Instant) -> Result<Closed, CloseError> {
            // Ready for more is all the driver says of what it had.
            match self.is_ready(PollFlags::POLLOUT, deadline) {
                Ok(true) => Ok(Closed::Drained),
                Ok(false) => Err(CloseError(LineFault::Stalled)),
                Err(error) => Err(CloseError(line_fault(&error))),
            }
        }
    }

    fn not_now(error: &io::Error) -> bool {
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
    }

    /// An unplugged printer gives `ENODEV` or `EIO`: everything means that the line is gone.
    fn line_fault(error: &io::Error) -> LineFault {
        match LineFault::of(error) {
            LineFault::Stalled => LineFault::Stalled,
            LineFault::Gone | LineFault::Other(_) => LineFault::Gone,
        }
    }

    fn open_error(path: &str, error: &io::Error) -> OpenError {
        let text = format!("{path}: {error}");
        match error.kind() {
            ErrorKind::PermissionDenied => OpenError::PermissionDenied(text),
            ErrorKind::ResourceBusy => OpenError::InUse(text),
            _ => OpenError::Unreachable(text),
        }
    }
}

#[cfg(not(unix))]
pub use elsewhere::UsbPort;

#[cfg(not(unix))]
mod elsewhere {
    use std::time::Instant;

    use super::OpenError;
    use crate::transport::{CloseError, Closed, ReadError, Transport, WriteError};

    /// This system has no such line.
    #[derive(Debug)]
    pub enum UsbPort {}

    impl UsbPort {
        /// Says that there is none.
        ///
        /// # Errors
        /// Always.
        pub fn open(path: &str) -> Result<Self, OpenError> {
            Err(OpenError::ConfigInvalid(format!("{path}: this system has no such line")))
        }
    }

    impl Transport for UsbPort {
        fn write(&mut self, _bytes: &[u8], _deadline: Instant) -> Result<(), WriteError> {
            match *self {}
        }

        fn read(&mut self, _buffer: &mut [u8], _deadline: Instant) -> Result<usize, ReadError> {
            match *self {}
        }

        fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
            match *self {}
        }
    }
}
