//! Bar codes as printer commands. What a code cannot carry, or what is wider than the paper, is `None`: then it is
//! printed as text, because a receipt is never refused for its bar code.

use std::cell::RefCell;

use domain::document::Symbology;
use escpos::driver::Driver;
use escpos::printer::Printer;
use escpos::utils::{Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption};

use super::GS;
use crate::symbol;

/// Height of the bars in dots, as where they are drawn.
const HEIGHT: u8 = symbol::BARS_HEIGHT as u8;

/// The commands that print a bar code on paper this many dots wide.
pub(super) fn encode(symbology: Symbology, data: &str, dots: usize) -> Option<Vec<u8>> {
    match symbology {
        Symbology::Code128 => code_128(data, dots),
        Symbology::Ean13 => ean_13(data, dots),
        Symbology::Qr => qr(data, dots),
    }
}

/// Bars with their text under them: `GS k` in the form that counts its bytes.
fn bars(system: u8, data: &[u8], modules: usize, dots: usize) -> Option<Vec<u8>> {
    let count = u8::try_from(data.len()).ok()?;
    // Wider modules survive worn print heads; two dots are the least the command allows.
    let width = [3_u8, 2].into_iter().find(|width| modules * usize::from(*width) <= dots)?;
    let mut bytes = vec![GS, b'H', 2, GS, b'f', 0, GS, b'h', HEIGHT, GS, b'w', width];
    bytes.extend([GS, b'k', system, count]);
    bytes.extend(data);
    Some(bytes)
}

fn code_128(data: &str, dots: usize) -> Option<Vec<u8>> {
    if data.is_empty() || !data.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    // Printed one character a symbol if that fits: every printer agrees on it. Digit pairs are sent as bytes from 0 to
    // 99 (manuals give `{B N o . {C 12 34 56` for "No.123456"), which some printers' makers misread as ASCII, and some
    // of which would read as a command that printers obey at once, even inside data: then the code is not printed.
    let plain = Code128::of(data.as_bytes(), false);
    plain.bars(dots).or_else(|| {
        let paired = Code128::of(data.as_bytes(), true);
        if has_real_time_command(&paired.bytes) { None } else { paired.bars(dots) }
    })
}

/// Data of `GS k 73`: code sets are chosen by `{B` and `{C`.
struct Code128 {
    bytes: Vec<u8>,
    /// Start, shifts and characters, without check symbol and stop.
    symbols: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CodeSet {
    /// Printable ASCII, one character a symbol.
    B,
    /// Two digits a symbol.
    C,
}

impl Code128 {
    /// Chooses code sets: pairs for long runs of digits (four at an end, six in between, where the change pays).
    fn of(data: &[u8], pairs: bool) -> Self {
        let mut coded = Self { bytes: Vec::new(), symbols: 0 };
        let mut set = None;
        let mut rest = data;
        while let [first, tail @ ..] = rest {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let pays = match set {
                Some(CodeSet::C) => digits >= 2,
                Some(CodeSet::B) => digits >= 6 || (digits >= 4 && digits == rest.len()),
                None => digits >= 4,
            };
            // An odd run loses its first digit to set B before the change, unless the code starts with it.
            let even = set != Some(CodeSet::B) || digits.is_multiple_of(2);
            if pairs && pays && even {
                coded.select(CodeSet::C, &mut set);
                let [tens, ones, tail @ ..] = rest else { break };
                coded.push(&[(tens - b'0') * 10 + (ones - b'0')]);
                rest = tail;
            } else {
                coded.select(CodeSet::B, &mut set);
                // The brace announces a code set, so it is doubled where it is meant.
                coded.push(if *first == b'{' { b"{{" } else { std::slice::from_ref(first) });
                rest = tail;
            }
        }
        coded
    }

    fn bars(&self, dots: usize) -> Option<Vec<u8>> {
        // The check symbol, a stop of 13 modules, and quiet zones of 10 on both sides.
        bars(73, &self.bytes, 11 * (self.symbols + 1) + 13 + 20, dots)
    }

    fn select(&mut self, wanted: CodeSet, set: &mut Option<CodeSet>) {
        if *set != Some(wanted) {
            *set = Some(wanted);
            self.push(match wanted {
                CodeSet::B => b"{B",
                CodeSet::C => b"{C",
            });
        }
    }

    fn push(&mut self, symbol: &[u8]) {
        self.bytes.extend(symbol);
        self.symbols += 1;
    }
}

/// Whether the bytes hold the beginning of a real-time command (`DLE EOT`, `DLE ENQ`, `DLE DC4`).
fn has_real_time_command(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]))
}

fn ean_13(data: &str, dots: usize) -> Option<Vec<u8>> {
    if !symbol::is_ean_13(data) {
        return None;
    }
    // 95 modules and quiet zones of 11 and 7.
    bars(67, data.as_bytes(), 113, dots)
}

fn qr(data: &str, dots: usize) -> Option<Vec<u8>> {
    if !symbol::is_for_qr(data) {
        return None;
    }
    // At most 500 bytes at level M are version 16, 81 modules and 8 of quiet zone.
    let size = if data.len() <= 120 { 6 } else { 4 };
    if 89 * 4 > dots || (size == 6 && 57 * 6 > dots) {
        return None;
    }
    built(|printer| {
        printer
            .qrcode_option(data, QRCodeOption::new(QRCodeModel::Model2, size, QRCodeCorrectionLevel::M))?;
        Ok(())
    })
}

/// Keeps what the library would have sent.
#[derive(Clone, Default)]
struct Capture {
    bytes: std::rc::Rc<RefCell<Vec<u8>>>,
}

impl Driver for Capture {
    fn name(&self) -> String {
        "capture".to_owned()
    }

    fn write(&self, data: &[u8]) -> escpos::errors::Result<()> {
        self.bytes.borrow_mut().extend(data);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

/// The bytes of commands built by the library, which never does I/O here. `None` where it refuses the data.
fn built(build: impl FnOnce(&mut Printer<Capture>) -> escpos::errors::Result<()>) -> Option<Vec<u8>> {
    let capture = Capture::default();
    let mut printer = Printer::new(capture.clone(), Protocol::default(), None);
    build(&mut printer).ok()?;
    printer.print().ok()?;
    drop(printer);
    Some(capture.bytes.take())
}
