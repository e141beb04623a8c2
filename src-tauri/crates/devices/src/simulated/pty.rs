//! A serial line made of software, under a name of the test's choice: a pseudo-terminal. The till opens it as it opens any
//! serial port; pulling the plug and plugging in again is another line under the same name.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::fcntl::OFlag;
use serialport::{SerialPort, TTYPort};

use super::printer::SimulatedPrinter;
use super::wire::serve;

/// How long a read at the device's end waits at most.
const LOOK: Duration = Duration::from_millis(20);

/// A line, from the device's end. What was sent and not read is lost when it is dropped.
pub struct SerialLine {
    far: TTYPort,
    /// Held open, the line stays when the till lets go of it and takes it up again.
    _near: File,
    name: PathBuf,
}

impl SerialLine {
    /// Lays a line that the till finds under this name.
    ///
    /// # Errors
    /// When the system has no pseudo-terminals, or there is something under the name.
    pub fn lay(name: &Path) -> io::Result<Self> {
        let (mut far, near) = TTYPort::pair()?;
        far.set_timeout(LOOK)?;
        let path = near.name().ok_or(io::ErrorKind::NotFound)?;
        let flags = (OFlag::O_NOCTTY | OFlag::O_NONBLOCK).bits();
        let held = OpenOptions::new().read(true).write(true).custom_flags(flags).open(&path)?;
        symlink(&path, name)?;
        Ok(Self { far, _near: held, name: name.to_owned() })
    }
}

impl Read for SerialLine {
    /// Waits for a few milliseconds at most.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.far.read(buffer)
    }
}

impl Write for SerialLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.far.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for SerialLine {
    fn drop(&mut self) {
        // A name that is gone already names nothing any more, which is what is wanted.
        let (Ok(()) | Err(_)) = std::fs::remove_file(&self.name);
    }
}

/// A printer on a serial line. It is unplugged when dropped; what it has printed stays on its paper.
pub struct SerialPrinter {
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl SerialPrinter {
    /// Plugs a printer in under this name.
    ///
    /// # Errors
    /// As [`SerialLine::lay`].
    pub fn plug(printer: &SimulatedPrinter, name: &Path) -> io::Result<Self> {
        let mut line = SerialLine::lay(name)?;
        let mut memory = printer.open().map_err(io::Error::other)?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stops = Arc::clone(&stopping);
        let run = move || {
            let is_over = || stops.load(Ordering::Acquire);
            serve(&mut memory, &mut line, &is_over);
        };
        let thread = thread::Builder::new().name("serial-printer".to_owned()).spawn(run)?;
        Ok(Self { stopping, thread: Some(thread) })
    }
}

impl Drop for SerialPrinter {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has printed no more; what it printed is on the paper.
            drop(thread.join());
        }
    }
}
