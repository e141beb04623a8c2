//! Bar codes as modules, black and white: for everything that draws them itself. What a code cannot carry is `None`.

use barcoders::sym::code128::Code128;
use barcoders::sym::ean13::EAN13;
use domain::document::Symbology;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::bitmap::Bitmap;

/// Height of bars in dots: 9 mm at 8 dots per mm, enough for a hand scanner.
pub const BARS_HEIGHT: usize = 72;
/// More bytes make a QR code too dense for thermal paper.
pub const QR_BYTES_MAX: usize = 500;
/// White modules a scanner needs on both sides of bars (ISO/IEC 15417: 10; EAN-13: 11 and 7).
const QUIET_BARS: usize = 10;
const QUIET_EAN: usize = 11;
/// White modules around a QR code (ISO/IEC 18004).
const QUIET_QR: usize = 4;

/// A bar code in modules, with the white it needs around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Modules side by side.
    pub width: usize,
    /// Rows of modules; 1 for bars, which are as high as wanted.
    pub height: usize,
    /// Row by row, `true` for black.
    pub modules: Vec<bool>,
}

impl Symbol {
    /// The modules of a code.
    pub fn of(symbology: Symbology, data: &str) -> Option<Self> {
        match symbology {
            Symbology::Code128 => Self::code_128(data),
            Symbology::Ean13 => Self::ean_13(data),
            Symbology::Qr => Self::qr(data),
        }
    }

    fn code_128(data: &str) -> Option<Self> {
        if data.is_empty() || !data.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return None;
        }
        // The library's letters for code set C (pairs of digits) and B (printable ASCII).
        let digits =
            data.len() >= 4 && data.len().is_multiple_of(2) && data.bytes().all(|b| b.is_ascii_digit());
        let chosen = if digits { format!("\u{106}{data}") } else { format!("\u{181}{data}") };
        Some(Self::bars(&Code128::new(chosen).ok()?.encode(), QUIET_BARS))
    }

    fn ean_13(data: &str) -> Option<Self> {
        if !is_ean_13(data) {
            return None;
        }
        Some(Self::bars(&EAN13::new(data).ok()?.encode(), QUIET_EAN))
    }

    fn qr(data: &str) -> Option<Self> {
        if !is_for_qr(data) {
            return None;
        }
        let code = QrCode::encode_text(data, QrCodeEcc::Medium).ok()?;
        let quiet = i32::try_from(QUIET_QR).unwrap_or(0);
        let places = -quiet..code.size() + quiet;
        let modules = places.clone().flat_map(|y| places.clone().map(move |x| (x, y)));
        let modules: Vec<bool> = modules.map(|(x, y)| code.get_module(x, y)).collect();
        let side = places.count();
        Some(Self { width: side, height: side, modules })
    }

    fn bars(bars: &[u8], quiet: usize) -> Self {
        let white = std::iter::repeat_n(false, quiet);
        let modules: Vec<bool> = white.clone().chain(bars.iter().map(|bar| *bar == 1)).chain(white).collect();
        Self { width: modules.len(), height: 1, modules }
    }

    /// Dots of a module on paper this many dots wide: what scanners read well, less where it would not fit. `None` where
    /// the code is wider than the paper.
    pub fn module_dots(&self, dots: usize) -> Option<usize> {
        let wished = match self.height {
            1 => [3, 2],
            // 37 modules hold some 40 letters; larger codes are printed finer.
            _ if self.width <= 57 => [6, 4],
            _ => [4, 3],
        };
        wished.into_iter().find(|module| self.width * module <= dots)
    }

    /// The code drawn with modules of so many dots.
    pub fn draw(&self, module: usize) -> Bitmap {
        let rows = if self.height == 1 { BARS_HEIGHT } else { module };
        let mut drawn = Bitmap::new(self.width * module, self.height * rows);
        for (index, _) in self.modules.iter().enumerate().filter(|(_, black)| **black) {
            let (x, y) = (index % self.width, index / self.width);
            drawn.fill((x * module, y * rows), (module, rows));
        }
        drawn
    }
}

/// Whether these are the 13 digits of a GTIN with the check digit they should have: printers send wrong ones as they are.
pub(crate) fn is_ean_13(data: &str) -> bool {
    let digits = data.as_bytes();
    if digits.len() != 13 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let weights = [1_u32, 3].into_iter().cycle();
    let weighted: u32 =
        digits.iter().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    // The check digit makes the sum a multiple of ten.
    weighted.is_multiple_of(10)
}

/// Whether a QR code may carry it: line ends, but nothing else a printer could take for a command of its own.
pub(crate) fn is_for_qr(data: &str) -> bool {
    let text = data.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r'));
    !data.is_empty() && data.len() <= QR_BYTES_MAX && text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_code_cannot_carry_is_none() {
        for (symbology, data) in [
            (Symbology::Ean13, "4006381333932"),
            (Symbology::Ean13, "400638133393"),
            (Symbology::Code128, ""),
            (Symbology::Code128, "é"),
            (Symbology::Qr, "a\u{1B}@"),
            (Symbology::Qr, ""),
        ] {
            assert_eq!(Symbol::of(symbology, data), None, "{symbology:?} {data:?}");
        }
        assert_eq!(Symbol::of(Symbology::Ean13, "4006381333931").map(|symbol| symbol.width), Some(95 + 22));
    }

    #[test]
    fn a_code_wider_than_the_paper_is_not_drawn() {
        let symbol = Symbol::of(Symbology::Code128, "T1-000042").unwrap();
        assert_eq!(symbol.module_dots(576), Some(3));
        assert_eq!(symbol.module_dots(symbol.width * 2), Some(2));
        assert_eq!(symbol.module_dots(symbol.width * 2 - 1), None);
    }
}
