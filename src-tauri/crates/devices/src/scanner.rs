//! Scanners on a serial line: cuts what comes in into codes. A code ends with CR, LF, TAB or with silence; none is
//! dropped silently. Those that are USB HID are in `scanner/hid.rs`, what was learnt about one in `scanner/learnt.rs`.

use std::time::{Duration, Instant};

use domain::device::DeviceReason;

use crate::transport::serial::Serial;
use crate::transport::{LineFault, OpenError};

pub mod hid;
pub mod learnt;

/// Bytes kept of one code. The longest QR code carries 7089 digits; nothing a till sells is near that.
pub const FRAME_BYTES_MAX: usize = 4096;
/// A scanner that sends no end is done when it has been silent for this long. Measured scanners pause 7 to 16 ms.
pub const SILENCE: Duration = Duration::from_millis(80);

/// What a scanner has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanFrame {
    /// A code, without its end and without control characters but the group separator of GS1 symbols.
    Code(String),
    /// More than [`FRAME_BYTES_MAX`] bytes: no code a till can know. It is to be refused and counted.
    TooLong {
        /// How many bytes it had.
        bytes: usize,
    },
}

/// A scanner that cannot be read any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScannerError(
    /// Why.
    pub LineFault,
);

impl ScannerError {
    /// What a cashier reads.
    pub const fn reason(self) -> DeviceReason {
        self.0.reason()
    }
}

/// An open scanner. One thread owns it and reads it all the time: silence is measured between reads.
pub trait ScannerPort: Send {
    /// The next code, or `None` when none was complete within `wait`. What was received of one is kept.
    ///
    /// # Errors
    /// When the scanner is gone; it has to be opened again.
    fn read(&mut self, wait: Duration) -> Result<Option<ScanFrame>, ScannerError>;
}

/// Where a scanner's bytes come from.
pub(crate) trait ByteSource: Send {
    /// Reads what there is, waiting for the first byte for at most `wait`; `Ok(0)` means silence.
    fn read_some(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LineFault>;
}

impl ByteSource for Serial {
    fn read_some(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LineFault> {
        Self::read_some(self, buffer, wait).map_err(|error| crate::transport::serial::line_fault(&error))
    }
}

/// Opens the scanner on a serial port.
///
/// # Errors
/// As [`Serial::open`].
pub fn open_serial(port: &str, baud: u32) -> Result<Box<dyn ScannerPort>, OpenError> {
    Ok(Box::new(FramedScanner::new(Serial::open(port, baud)?)))
}

/// Opens a scanner that is USB HID of a point of sale.
///
/// # Errors
/// As [`hid::HidScanner::open`].
pub fn open_hid(vendor: u16, product: u16, serial: Option<&str>) -> Result<Box<dyn ScannerPort>, OpenError> {
    Ok(Box::new(hid::HidScanner::open(vendor, product, serial)?))
}

/// Cuts the bytes of a source into codes.
pub(crate) struct FramedScanner<S> {
    source: S,
    /// Received, not yet looked at.
    pending: Vec<u8>,
    frame: Framer,
    last_byte: Option<Instant>,
}

impl<S: ByteSource> FramedScanner<S> {
    pub(crate) fn new(source: S) -> Self {
        Self { source, pending: Vec::new(), frame: Framer::default(), last_byte: None }
    }

    /// The first complete code among the bytes received; bytes behind it wait for the next call.
    fn framed(&mut self) -> Option<ScanFrame> {
        for (index, byte) in self.pending.iter().enumerate() {
            if let Some(code) = self.frame.push(*byte) {
                self.pending.drain(..=index);
                return Some(code);
            }
        }
        self.pending.clear();
        None
    }
}

impl<S: ByteSource> ScannerPort for FramedScanner<S> {
    fn read(&mut self, wait: Duration) -> Result<Option<ScanFrame>, ScannerError> {
        let until = Instant::now() + wait;
        let mut buffer = [0; 512];
        loop {
            if let Some(code) = self.framed() {
                return Ok(Some(code));
            }
            let now = Instant::now();
            let left = until.saturating_duration_since(now);
            // With half a code at hand the wait ends at its silence, if that comes first.
            let silent_at = self.last_byte.filter(|_| !self.frame.is_empty()).map(|last| last + SILENCE);
            let silent_in = silent_at.map(|at| at.saturating_duration_since(now));
            let count =
                match self.source.read_some(&mut buffer, silent_in.map_or(left, |silent| silent.min(left))) {
                    Ok(count) => count,
                    Err(fault) => {
                        // What a scanner sent before it was unplugged is still a code; the fault comes with the next call.
                        if let Some(code) = self.frame.end() {
                            return Ok(Some(code));
                        }
                        return Err(ScannerError(fault));
                    }
                };
            if count > 0 {
                self.pending.extend_from_slice(&buffer[..count]);
                self.last_byte = Some(Instant::now());
                continue;
            }
            let now = Instant::now();
            if silent_at.is_some_and(|at| at <= now)
                && let Some(code) = self.frame.end()
            {
                return Ok(Some(code));
            }
            if now >= until {
                return Ok(None);
            }
        }
    }
}

/// Collects the bytes of one code.
#[derive(Debug, Default)]
pub struct Framer {
    bytes: Vec<u8>,
    /// Bytes beyond [`FRAME_BYTES_MAX`].
    beyond: usize,
}

impl Framer {
    fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Takes a byte; gives the code it ends. A lone end (the LF of CR LF) ends nothing.
    pub fn push(&mut self, byte: u8) -> Option<ScanFrame> {
        match byte {
            b'\r' | b'\n' | b'\t' => self.end(),
            // NULs from the line's noise, STX and ETX around a code: never part of it. GS stands between the elements of
            // a GS1 symbol.
            0..=0x1C | 0x1E..=0x1F | 0x7F => None,
            _ => {
                if self.bytes.len() < FRAME_BYTES_MAX {
                    self.bytes.push(byte);
                } else {
                    self.beyond += 1;
                }
                None
            }
        }
    }

    /// Ends the code at hand, if there is one.
    pub fn end(&mut self) -> Option<ScanFrame> {
        if self.bytes.is_empty() {
            return None;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let beyond = std::mem::take(&mut self.beyond);
        if beyond > 0 {
            return Some(ScanFrame::TooLong { bytes: bytes.len() + beyond });
        }
        // Nothing but separators and controls of the upper half is as empty as no byte.
        Some(decode(bytes)).filter(|code| code.contains(|c| c != GS)).map(ScanFrame::Code)
    }
}

/// The group separator, as which scanners send the FNC1 of a GS1 symbol: the one control character a code may have.
const GS: char = '\u{1D}';

/// Reads a code as UTF-8; what is not is Latin-1, where every byte is a character. C1 controls are dropped.
fn decode(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    let is_dropped = |c: char| c.is_control() && c != GS;
    if text.contains(is_dropped) { text.chars().filter(|c| !is_dropped(*c)).collect() } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives its pieces one by one, then is unplugged.
    struct Pieces(std::vec::IntoIter<Vec<u8>>);

    impl ByteSource for Pieces {
        fn read_some(&mut self, buffer: &mut [u8], _wait: Duration) -> Result<usize, LineFault> {
            let piece = self.0.next().ok_or(LineFault::Gone)?;
            buffer[..piece.len()].copy_from_slice(&piece);
            Ok(piece.len())
        }
    }

    fn codes(pieces: Vec<Vec<u8>>) -> Vec<ScanFrame> {
        let mut port = FramedScanner::new(Pieces(pieces.into_iter()));
        let mut codes = Vec::new();
        while let Ok(code) = port.read(Duration::from_secs(60)) {
            codes.extend(code);
        }
        codes
    }

    proptest! {
        /// However the bytes arrive, the codes are the same, and none is lost.
        #[test]
        fn pieces_do_not_matter(
            sent in prop::collection::vec("[0-9A-Za-z]{1,20}", 0..8),
            ends in prop::collection::vec(prop::sample::select(vec!["\r", "\n", "\r\n", "\t", "\0\r"]), 8),
            size in 1_usize..40,
        ) {
            let line: String = sent.iter().zip(ends).flat_map(|(code, end)| [code.as_str(), end]).collect();
            let pieces = line.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
            let expected: Vec<_> = sent.into_iter().map(ScanFrame::Code).collect();
            prop_assert_eq!(codes(pieces), expected);
        }

        /// Any noise at all: no code holds a control character, and none is empty.
        #[test]
        fn noise_makes_no_empty_code(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for frame in codes(bytes.chunks(7).map(<[u8]>::to_vec).collect()) {
                match frame {
                    ScanFrame::Code(code) => {
                        let control = code.contains(|c: char| c.is_control() && c != GS);
                        prop_assert!(code.contains(|c| c != GS) && !control);
                    }
                    ScanFrame::TooLong { .. } => prop_assert!(false, "200 bytes are not too long"),
                }
            }
        }
    }
}
