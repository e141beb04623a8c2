//! Printers, drawers, scanners: encoders (pure), transports, simulated twins. No threads of its own but those that
//! spare a caller a wait without an end: whoever opens a device owns it, on a thread of its own.

use std::time::{Duration, Instant};

use domain::device::{Connection, PrinterSettings, ScannerConnection, ScannerSettings};

pub mod bitmap;
pub mod byte_log;
pub mod calibration;
pub mod code_page;
pub mod discovery;
pub mod drawer;
pub mod escpos;
pub mod font;
pub mod layout;
pub mod pdf;
pub mod picture;
pub mod press;
pub mod printer;
pub mod profile;
pub mod raster;
pub mod scanner;
pub mod simulated;
pub mod sound;
pub mod status;
pub mod symbol;
pub mod transport;

pub use byte_log::{ByteLog, Exchange};
pub use discovery::Found;
pub use layout::{Layout, LayoutLine, layout, plain_text};
pub use press::{Pictures, Press};
pub use printer::{Outcome, Printed, Printer, Told};
pub use profile::{Confirmation, Profile};
pub use scanner::{ScanFrame, ScannerError, ScannerPort};
pub use simulated::{
    Misbehaviour, NetworkPrinter, SimulatedDevices, SimulatedPrinter, SimulatedScanner, Slack,
};
pub use sound::Sound;
pub use status::PrinterStatus;
pub use transport::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError};

/// How long opening a network printer may take, name and connection together.
pub const CONNECT_WAIT: Duration = Duration::from_secs(2);

/// The devices a till can reach. A till has the system's, a test simulated ones.
pub trait Devices: Send + Sync {
    /// Opens a line to a printer; the drawer hangs on the printer. Takes at most [`CONNECT_WAIT`].
    ///
    /// # Errors
    /// When it cannot be reached or used, or its profile is unknown.
    fn open_printer(&self, settings: &PrinterSettings) -> Result<Box<dyn Transport>, OpenError>;

    /// Opens the serial line of a drawer.
    ///
    /// # Errors
    /// When it cannot be reached or used.
    fn open_drawer(&self, port: &str, baud: u32) -> Result<Box<dyn Transport>, OpenError>;

    /// Opens a scanner.
    ///
    /// # Errors
    /// When it cannot be reached or used.
    fn open_scanner(&self, settings: &ScannerSettings) -> Result<Box<dyn ScannerPort>, OpenError>;

    /// Makes a sound. Returns at once and never fails: a till without a loudspeaker is a quiet till.
    fn sound(&self, sound: Sound);

    /// The serial ports the system knows of. Any other may be named by hand.
    fn serial_ports(&self) -> Vec<String>;

    /// What is plugged in or set up in the system and may be a device of a till. Takes up to a few seconds.
    fn found(&self) -> Vec<Found>;
}

/// The devices of this machine.
#[derive(Debug, Default)]
pub struct SystemDevices {
    simulated: SimulatedPrinter,
    /// The scanner behind [`ScannerConnection::Simulated`].
    scanner: SimulatedScanner,
    speaker: sound::Speaker,
}

impl SystemDevices {
    /// The devices of this machine, none of them open.
    pub fn new() -> Self {
        Self::default()
    }

    /// The printer behind [`Connection::Simulated`], which keeps its paper in memory.
    pub const fn simulated_printer(&self) -> &SimulatedPrinter {
        &self.simulated
    }
}

impl Devices for SystemDevices {
    fn open_printer(&self, settings: &PrinterSettings) -> Result<Box<dyn Transport>, OpenError> {
        check_profile(settings)?;
        match &settings.connection {
            Connection::Serial { port, baud } => Ok(Box::new(transport::serial::Serial::open(port, *baud)?)),
            Connection::Tcp { host, port } => {
                Ok(Box::new(transport::tcp::Tcp::connect(host, *port, Instant::now() + CONNECT_WAIT)?))
            }
            Connection::UsbPort { path } => Ok(Box::new(transport::usb_port::UsbPort::open(path)?)),
            Connection::Usb { vendor, product, serial } => {
                Ok(Box::new(transport::usb::Usb::open(*vendor, *product, serial.as_deref())?))
            }
            Connection::Queue { name } => Ok(Box::new(transport::queue::Queue::open(name)?)),
            Connection::File { path } => Ok(Box::new(transport::file::File::open(path)?)),
            Connection::Simulated { fault } => {
                self.simulated.set_fault(*fault);
                Ok(Box::new(self.simulated.open()?))
            }
        }
    }

    fn open_drawer(&self, port: &str, baud: u32) -> Result<Box<dyn Transport>, OpenError> {
        Ok(Box::new(transport::serial::Serial::open(port, baud)?))
    }

    fn open_scanner(&self, settings: &ScannerSettings) -> Result<Box<dyn ScannerPort>, OpenError> {
        match &settings.connection {
            ScannerConnection::Serial { port, baud } => scanner::open_serial(port, *baud),
            ScannerConnection::Hid { vendor, product, serial } => {
                scanner::open_hid(*vendor, *product, serial.as_deref())
            }
            ScannerConnection::Simulated => self.scanner.open(),
        }
    }

    fn sound(&self, sound: Sound) {
        self.speaker.play(sound);
    }

    fn serial_ports(&self) -> Vec<String> {
        transport::serial::ports()
    }

    fn found(&self) -> Vec<Found> {
        discovery::found()
    }
}

/// Bytes for an unknown profile cannot be made, so a printer with one is not opened.
fn check_profile(settings: &PrinterSettings) -> Result<(), OpenError> {
    match Profile::of(settings) {
        Some(_) => Ok(()),
        None => Err(OpenError::ConfigInvalid(format!("there is no printer profile {:?}", settings.profile))),
    }
}
