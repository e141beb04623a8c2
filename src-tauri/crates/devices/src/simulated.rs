//! Twins of the devices for tests and demonstrations: a printer that keeps its paper, a scanner that reads what it is
//! told to, and a list instead of a loudspeaker. Handles are shared, so that a test holds what the till uses.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::device::{Connection, PrinterSettings, ScannerSettings};

use crate::scanner::{ByteSource, FramedScanner, ScannerPort};
use crate::sound::Sound;
use crate::transport::{LineFault, OpenError, Transport};
use crate::{Devices, Found, check_profile};

mod paper;
mod printer;
#[cfg(unix)]
mod pty;
pub mod wire;

pub use paper::{Done, command_ends};
pub use printer::{Memory, Misbehaviour, SimulatedPrinter, Slack};
#[cfg(unix)]
pub use pty::{SerialLine, SerialPrinter};
pub use wire::NetworkPrinter;

/// Devices made of software. Whatever the settings say, there is one printer, one scanner and one drawer with a line of
/// its own; a printer of the kind [`Connection::File`] is a second one.
#[derive(Debug, Clone, Default)]
pub struct SimulatedDevices {
    printer: SimulatedPrinter,
    backup: SimulatedPrinter,
    scanner: SimulatedScanner,
    drawer: SimulatedPrinter,
    sounds: Arc<Mutex<Vec<Sound>>>,
}

impl SimulatedDevices {
    /// Devices that work.
    pub fn new() -> Self {
        Self::default()
    }

    /// The printer, to see its paper and to make it misbehave.
    pub const fn printer(&self) -> &SimulatedPrinter {
        &self.printer
    }

    /// The second printer.
    pub const fn backup(&self) -> &SimulatedPrinter {
        &self.backup
    }

    /// The drawer with a line of its own: what it was sent stands on its paper.
    pub const fn drawer(&self) -> &SimulatedPrinter {
        &self.drawer
    }

    /// The scanner, to make it read.
    pub const fn scanner(&self) -> &SimulatedScanner {
        &self.scanner
    }

    /// What was to be heard so far.
    pub fn sounds(&self) -> Vec<Sound> {
        locked(&self.sounds).clone()
    }
}

impl Devices for SimulatedDevices {
    fn open_printer(&self, settings: &PrinterSettings) -> Result<Box<dyn Transport>, OpenError> {
        check_profile(settings)?;
        let printer = match settings.connection {
            Connection::File { .. } => &self.backup,
            _ => &self.printer,
        };
        Ok(Box::new(printer.open()?))
    }

    fn open_drawer(&self, _port: &str, _baud: u32) -> Result<Box<dyn Transport>, OpenError> {
        Ok(Box::new(self.drawer.open()?))
    }

    fn open_scanner(&self, _settings: &ScannerSettings) -> Result<Box<dyn ScannerPort>, OpenError> {
        self.scanner.open()
    }

    fn sound(&self, sound: Sound) {
        locked(&self.sounds).push(sound);
    }

    fn serial_ports(&self) -> Vec<String> {
        vec!["SIM1".to_owned()]
    }

    fn found(&self) -> Vec<Found> {
        vec![Found::SerialPort { port: "SIM1".to_owned(), name: String::new() }]
    }
}

/// A simulated scanner: clones are the same scanner.
#[derive(Debug, Clone, Default)]
pub struct SimulatedScanner {
    state: Arc<Mutex<ScannerState>>,
}

#[derive(Debug, Default)]
struct ScannerState {
    /// To the port that has it open.
    line: Option<Sender<Vec<u8>>>,
    /// What was read while nobody had it open; a real line would lose it, a test should not.
    unheard: Vec<Vec<u8>>,
    fault: Option<OpenError>,
}

impl SimulatedScanner {
    /// Reads a code, as a scanner set to end with CR sends it.
    pub fn scan(&self, code: &str) {
        self.bytes(format!("{code}\r").as_bytes());
    }

    /// Sends bytes as they are: half a code, two at once, noise.
    pub fn bytes(&self, bytes: &[u8]) {
        let mut state = locked(&self.state);
        let unsent = match &state.line {
            Some(line) => line.send(bytes.to_vec()).err().map(|unsent| unsent.0),
            None => Some(bytes.to_vec()),
        };
        if let Some(unsent) = unsent {
            state.line = None;
            state.unheard.push(unsent);
        }
    }

    /// Pulls the plug: the port that has it open fails, and opening it says `fault` until [`plug`](Self::plug).
    pub fn unplug(&self, fault: OpenError) {
        let mut state = locked(&self.state);
        state.line = None;
        state.fault = Some(fault);
    }

    /// Plugs it in again.
    pub fn plug(&self) {
        locked(&self.state).fault = None;
    }

    pub(crate) fn open(&self) -> Result<Box<dyn ScannerPort>, OpenError> {
        let mut state = locked(&self.state);
        if let Some(fault) = &state.fault {
            return Err(fault.clone());
        }
        let (line, bytes) = mpsc::channel();
        for unheard in state.unheard.drain(..) {
            // The receiver is right here, so this cannot fail.
            drop(line.send(unheard));
        }
        state.line = Some(line);
        Ok(Box::new(FramedScanner::new(Line { bytes, rest: Vec::new() })))
    }
}

/// The port's end of a simulated scanner.
struct Line {
    bytes: Receiver<Vec<u8>>,
    rest: Vec<u8>,
}

impl ByteSource for Line {
    fn read_some(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LineFault> {
        if self.rest.is_empty() {
            match self.bytes.recv_timeout(wait) {
                Ok(bytes) => self.rest = bytes,
                Err(RecvTimeoutError::Timeout) => return Ok(0),
                Err(RecvTimeoutError::Disconnected) => return Err(LineFault::Gone),
            }
        }
        let count = buffer.len().min(self.rest.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

/// A panic of another holder leaves lists of bytes as they are: they stay readable.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
