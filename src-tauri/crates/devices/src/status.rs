//! What a printer says of itself, byte by byte. The kinds of answer differ in fixed bits (Epson ESC/POS: `DLE EOT`
//! `0xx1xx10`, automatic status `0xx1xx00`, `GS r` `0xx0xxxx`); whatever fits none is no answer of a printer, and never
//! means that one is there.

use domain::device::DeviceReason;

/// The byte a printer sends when it can take more, or wants a pause: part of no answer.
const XON: u8 = 0x11;
const XOFF: u8 = 0x13;

/// How a printer is, as it says itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PrinterStatus {
    /// It does not print, for whatever reason.
    pub offline: bool,
    /// Its cover is open.
    pub cover_open: bool,
    /// There is no paper.
    pub paper_out: bool,
    /// The paper will not last.
    pub paper_low: bool,
    /// The knife is stuck.
    pub cutter_stuck: bool,
    /// It waits until its head has cooled.
    pub overheated: bool,
    /// Something in it is broken.
    pub broken: bool,
    /// The third pin of the drawer's socket is high. What that means is a matter of the drawer.
    pub drawer_pin_high: bool,
}

impl PrinterStatus {
    /// Why it cannot print, the most useful reason first; `None` when it can.
    pub const fn reason(self) -> Option<DeviceReason> {
        match self {
            Self { cover_open: true, .. } => Some(DeviceReason::CoverOpen),
            Self { paper_out: true, .. } => Some(DeviceReason::PaperOut),
            Self { cutter_stuck: true, .. } => Some(DeviceReason::CutterStuck),
            Self { overheated: true, .. } => Some(DeviceReason::Overheated),
            Self { broken: true, .. } => Some(DeviceReason::Broken),
            Self { offline: true, .. } => Some(DeviceReason::Offline),
            _ => None,
        }
    }

    /// Takes in the answer to `DLE EOT 1` to `4`. Bits that other questions answer stay as they are.
    pub(crate) fn take(&mut self, question: Question, answer: u8) {
        let has = |bits: u8| answer & bits != 0;
        match question {
            Question::Printer => {
                self.drawer_pin_high = has(0x04);
                self.offline = has(0x08);
            }
            Question::Offline => {
                self.cover_open = has(0x04);
                self.paper_out |= has(0x20);
            }
            Question::Error => {
                self.cutter_stuck = has(0x08);
                self.broken = has(0x20);
                self.overheated = has(0x40);
            }
            Question::Paper => {
                self.paper_low = has(0x0C);
                self.paper_out |= has(0x60);
            }
        }
    }
}

/// What can be asked at any time, by its number in `DLE EOT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Question {
    /// Whether it is online; the drawer's pin.
    Printer = 1,
    /// Why it is offline.
    Offline = 2,
    /// What is wrong.
    Error = 3,
    /// How much paper there is.
    Paper = 4,
}

impl Question {
    /// The question as a printer is asked it.
    pub const fn bytes(self) -> [u8; 3] {
        [0x10, 0x04, self as u8]
    }
}

/// What a byte that comes from a printer is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The answer to `DLE EOT`.
    RealTime(u8),
    /// Flow control, or a status sent unasked: nothing was answered.
    Unasked,
    /// Nothing a printer says.
    Garbage,
}

/// Tells answers in real time from what a printer says unasked, which may stand before and after them.
#[derive(Debug, Default)]
pub struct Listener {
    /// Bytes that still belong to a status sent unasked.
    automatic: u8,
}

impl Listener {
    /// What this byte is, after the ones before it.
    pub const fn hear(&mut self, byte: u8) -> Said {
        if byte == XON || byte == XOFF {
            return Said::Unasked;
        }
        if self.automatic > 0 {
            self.automatic -= 1;
            if byte & 0b1001_0000 == 0 {
                return Said::Unasked;
            }
            self.automatic = 0;
        }
        match byte & 0b1001_0011 {
            0b0001_0010 => Said::RealTime(byte),
            0b0001_0000 => {
                self.automatic = 3;
                Said::Unasked
            }
            _ => Said::Garbage,
        }
    }
}

/// Whether a byte can be the answer to `DLE EOT 4`: bits that are set together. An old answer to another question has
/// the same fixed bits, and shows itself here.
pub(crate) fn can_be_paper(answer: u8) -> bool {
    let pair = |bits: u8| answer & bits == 0 || answer & bits == bits;
    pair(0x0C) && pair(0x60)
}

/// Whether a byte can be the answer to `GS r 1`: its fixed bits, and pairs that are set together.
pub fn is_paper_status(byte: u8) -> bool {
    let pair = |bits: u8| byte & bits == 0 || byte & bits == bits;
    byte & 0b1001_0000 == 0 && pair(0x03) && pair(0x0C)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_server_is_no_printer() {
        // The first byte decides; of a word whose first byte would fit, the others are too many.
        for word in ["HTTP/1.1 400 Bad Request", "{}", "SSH-2.0", "-ERR", "\u{1b}[0m"] {
            assert_eq!(Listener::default().hear(word.as_bytes()[0]), Said::Garbage, "{word}");
        }
        assert!(!is_paper_status(b'H') && !is_paper_status(b'T'));
    }

    #[test]
    fn every_byte_is_one_thing() {
        let kinds = |wanted: Said| {
            (0..=u8::MAX)
                .filter(|byte| match Listener::default().hear(*byte) {
                    Said::RealTime(_) => wanted == Said::RealTime(0),
                    said => said == wanted,
                })
                .count()
        };
        // Four free bits each; flow control fits neither pattern.
        assert_eq!((kinds(Said::RealTime(0)), kinds(Said::Unasked)), (16, 16 + 2));
        assert_eq!(kinds(Said::Garbage), 256 - 34);
    }

    #[test]
    fn a_status_sent_unasked_is_passed_over() {
        let mut listener = Listener::default();
        let heard: Vec<_> = [0x14, 0x00, 0x0C, 0x0F, 0x12].map(|byte| listener.hear(byte)).into();
        assert_eq!(heard[..4], [Said::Unasked; 4]);
        assert_eq!(heard[4], Said::RealTime(0x12));
        // Cut short, it does not swallow the answer behind it.
        let mut listener = Listener::default();
        assert_eq!([0x10, 0x00, 0x1A].map(|byte| listener.hear(byte))[2], Said::RealTime(0x1A));
    }

    #[test]
    fn the_reason_that_helps_most_comes_first() {
        let mut status = PrinterStatus::default();
        status.take(Question::Printer, 0x1A);
        assert_eq!(status.reason(), Some(DeviceReason::Offline));
        status.take(Question::Paper, 0x7E);
        assert_eq!(status.reason(), Some(DeviceReason::PaperOut));
        status.take(Question::Offline, 0x36);
        assert_eq!(status.reason(), Some(DeviceReason::CoverOpen));
        let mut low = PrinterStatus::default();
        low.take(Question::Paper, 0x1E);
        assert_eq!((low.paper_low, low.reason()), (true, None));
    }
}
