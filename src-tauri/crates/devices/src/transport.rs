//! How bytes reach a device and come back: the trait all lines share, and its errors. Every call has a deadline, and a
//! failed write says to the byte what was accepted, because the print queue decides by it whether a print is failed
//! (nothing left) or uncertain (something did).

use std::io;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use domain::device::DeviceReason;

pub mod file;
pub mod queue;
pub mod serial;
pub mod tcp;
pub mod usb;
pub mod usb_port;

/// A line to a device. One thread owns it.
pub trait Transport: Send {
    /// Sends all of `bytes` before `deadline`. *Accepted* means handed to the operating system: it is no proof that a
    /// device has acted on them.
    ///
    /// # Errors
    /// When the deadline passes or the line breaks first, with the number of bytes accepted until then.
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError>;

    /// Reads what the device says into `buffer`, waiting for the first byte until `deadline`. `Ok(0)` means that the
    /// deadline passed in silence.
    ///
    /// # Errors
    /// When the line is broken or the other side has hung up.
    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError>;

    /// Ends the conversation: lets what is buffered drain until `deadline`, then hangs up. Never blocks longer. A slow
    /// serial line needs seconds: 4 KiB take 4 s at 9600 bits per second.
    ///
    /// # Errors
    /// When the line broke, or a serial port still held bytes at the deadline: they are lost.
    fn close(self: Box<Self>, deadline: Instant) -> Result<Closed, CloseError>;
}

/// What was learned while hanging up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The other side took every byte: it closed after us, or the port's queue ran empty. Still no proof of paper.
    Drained,
    /// Nothing was heard until the deadline: many network printers never hang up. Bytes may still be under way.
    Unconfirmed,
}

/// Why a line broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// The deadline passed and the device took no more bytes.
    #[error("the device stopped taking bytes")]
    Stalled,
    /// The line is gone: unplugged, reset or closed by the other side.
    #[error("the line broke")]
    Gone,
    /// The operating system reports something else.
    #[error("the line failed: {0:?}")]
    Other(io::ErrorKind),
}

impl LineFault {
    /// What a cashier reads.
    pub const fn reason(self) -> DeviceReason {
        match self {
            Self::Stalled => DeviceReason::Stalled,
            Self::Gone | Self::Other(_) => DeviceReason::Unreachable,
        }
    }

    /// Sorts an error of the operating system.
    pub(crate) fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::TimedOut | Kind::WouldBlock => Self::Stalled,
            Kind::BrokenPipe
            | Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::NotConnected
            | Kind::UnexpectedEof => Self::Gone,
            kind => Self::Other(kind),
        }
    }
}

/// A write that did not finish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{fault} after {accepted} bytes")]
pub struct WriteError {
    /// How many bytes of this call were accepted before it failed.
    pub accepted: usize,
    /// Why.
    pub fault: LineFault,
}

impl WriteError {
    /// What a cashier reads.
    pub const fn reason(self) -> DeviceReason {
        self.fault.reason()
    }
}

/// A read that cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(
    /// Why.
    pub LineFault,
);

impl ReadError {
    /// What a cashier reads.
    pub const fn reason(self) -> DeviceReason {
        self.0.reason()
    }
}

/// The line broke while it drained: accepted bytes may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} before everything was taken")]
pub struct CloseError(
    /// Why.
    pub LineFault,
);

impl CloseError {
    /// What a cashier reads.
    pub const fn reason(self) -> DeviceReason {
        self.0.reason()
    }
}

/// Why a device could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Nobody answers at the port or address.
    #[error("nobody answers: {0}")]
    Unreachable(String),
    /// The system does not let this program use it.
    #[error("not allowed: {0}")]
    PermissionDenied(String),
    /// Another program uses it.
    #[error("in use: {0}")]
    InUse(String),
    /// The settings cannot work.
    #[error("settings cannot work: {0}")]
    ConfigInvalid(String),
}

impl OpenError {
    /// What a cashier reads.
    pub const fn reason(&self) -> DeviceReason {
        match self {
            Self::Unreachable(_) => DeviceReason::Unreachable,
            Self::PermissionDenied(_) => DeviceReason::PermissionDenied,
            Self::InUse(_) => DeviceReason::InUse,
            Self::ConfigInvalid(_) => DeviceReason::ConfigInvalid,
        }
    }
}

/// What is left until a deadline; `None` once it has passed.
pub(crate) fn left(deadline: Instant) -> Option<Duration> {
    deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
}

/// Lets time pass where there is nothing to wait for.
pub(crate) fn pause(wait: Duration) {
    // A channel nobody sends on is a wait with a deadline; that it ends by the deadline is no news.
    let (_nobody, nothing) = mpsc::channel::<()>();
    let (Ok(()) | Err(_)) = nothing.recv_timeout(wait);
}
