//! Turns a document into the bytes an ESC/POS printer understands. Text and commands never mix: what comes from data is
//! made printable first, so that no product name can cut the paper or open the drawer. A line goes as text where the
//! printer's code pages carry all of it, as dots where they do not.

use domain::document::{Document, Style};

use crate::bitmap::Bitmap;
use crate::layout::{Layout, LayoutLine, Piece, layout};
use crate::profile::{Cutter, Profile, RasterMode, Slot};
use crate::raster::Drawing;

mod barcode;
mod dots;
mod text;

pub use text::printable;

const ESC: u8 = 0x1B;
const FS: u8 = 0x1C;
const GS: u8 = 0x1D;
const LF: u8 = 0x0A;

/// What a receipt of text takes: room for it is asked for once.
const BYTES_USUAL: usize = 1_024;

/// A document as bytes for a printer of this profile, from its initialisation to its last line or cut. The drawer is
/// not part of it.
pub fn encode(document: &Document, profile: &Profile, drawing: &mut Drawing<'_>) -> Vec<u8> {
    // What the printer cannot show is replaced before the layout, so that columns still meet.
    encode_layout(&layout(&printable(document, profile), profile.columns), profile, drawing)
}

fn encode_layout(layout: &Layout, profile: &Profile, drawing: &mut Drawing<'_>) -> Vec<u8> {
    let roll = profile.roll();
    let mut paper = Paper::start(profile);
    for line in &layout.lines {
        match line {
            LayoutLine::Text { pieces, style } => {
                let carried = pieces.iter().all(|piece| text::is_carried(&piece.text, profile));
                if carried || profile.raster == RasterMode::None {
                    paper.text_line(pieces, *style);
                } else {
                    paper.dots(&drawing.text(pieces, *style, layout.right_to_left, roll));
                }
            }
            LayoutLine::Rule => {
                let rule = "-".repeat(layout.columns);
                let width = layout.columns;
                let piece = Piece { column: 0, width, align: domain::document::Align::Start, text: rule };
                paper.text_line(&[piece], Style::default());
            }
            LayoutLine::Image { picture, size } => {
                if profile.raster != RasterMode::None
                    && let Some(drawn) = drawing.picture(picture, *size, roll)
                {
                    paper.dots(&drawn);
                }
            }
            LayoutLine::Barcode { symbology, data } => {
                let known = profile.codes.then(|| barcode::encode(*symbology, data, profile.dots)).flatten();
                match known {
                    Some(bytes) => paper.barcode(&bytes),
                    None if profile.codes || profile.raster == RasterMode::None => {
                        paper.centered(data, layout.columns);
                    }
                    None => paper.dots(&drawing.barcode(*symbology, data, roll)),
                }
            }
            LayoutLine::Cut => paper.cut(),
        }
    }
    paper.print_dots();
    paper.bytes
}

/// The bytes so far, and the state they leave the printer in.
struct Paper<'a> {
    profile: &'a Profile,
    bytes: Vec<u8>,
    slot: Option<Slot>,
    style: Style,
    /// Lines that were drawn and not yet sent: those under one another are one picture.
    drawn: Option<Bitmap>,
}

impl<'a> Paper<'a> {
    fn start(profile: &'a Profile) -> Self {
        // Initialise; then the character set of the USA, because other sets replace # $ @ [ \ ] and more.
        let mut bytes = Vec::with_capacity(BYTES_USUAL);
        bytes.extend([ESC, b'@', ESC, b'R', 0]);
        if profile.starts_in_kanji {
            bytes.extend([FS, b'.']);
        }
        Self { profile, bytes, slot: None, style: Style::default(), drawn: None }
    }

    fn dots(&mut self, picture: &Bitmap) {
        match &mut self.drawn {
            Some(drawn) => drawn.append(picture),
            None => self.drawn = Some(picture.clone()),
        }
    }

    fn print_dots(&mut self) {
        if let Some(picture) = self.drawn.take() {
            self.bytes.extend(dots::encode(&picture, self.profile));
        }
    }

    fn text_line(&mut self, pieces: &[Piece], style: Style) {
        self.print_dots();
        if !pieces.is_empty() {
            self.style(style);
        }
        let mut column = 0;
        for piece in pieces {
            self.bytes.extend(std::iter::repeat_n(b' ', piece.column.saturating_sub(column)));
            self.text(&piece.text);
            column = piece.column.max(column) + piece.width;
        }
        self.bytes.push(LF);
    }

    /// `ESC !`, which printers with needles know as well; it sets all of a style at once.
    fn style(&mut self, style: Style) {
        if style != self.style {
            let bold = if style.bold { 0x08 } else { 0 };
            let large = if style.large { 0x30 } else { 0 };
            self.bytes.extend([ESC, b'!', bold | large]);
        }
        self.style = style;
    }

    /// Text that was made printable: each character is one byte of some page.
    fn text(&mut self, text: &str) {
        if text::is_ascii(text) {
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        for character in text.chars() {
            let byte = match character {
                ' '..='~' => u8::try_from(character).unwrap_or(b'?'),
                // It kept words together while lines were broken; now it is a space.
                text::NO_BREAK_SPACE => b' ',
                other => self.select_page_for(other),
            };
            self.bytes.push(byte);
        }
    }

    /// The byte of a character in the page at hand, or in the first one that has it, which is selected.
    fn select_page_for(&mut self, character: char) -> u8 {
        if let Some(byte) = self.slot.and_then(|slot| slot.page.encode(character)) {
            return byte;
        }
        for slot in &self.profile.code_pages {
            if let Some(byte) = slot.page.encode(character) {
                self.bytes.extend([ESC, b't', slot.number]);
                self.slot = Some(*slot);
                return byte;
            }
        }
        b'?'
    }

    fn barcode(&mut self, bytes: &[u8]) {
        self.print_dots();
        self.bytes.extend([ESC, b'a', 1]);
        self.bytes.extend(bytes);
        self.bytes.extend([ESC, b'a', 0]);
    }

    /// What no bar code can carry is still readable.
    fn centered(&mut self, data: &str, columns: usize) {
        let printable = text::printable_text(data, self.profile, false);
        let block = domain::document::Block::centered(printable, Style::default());
        let document = Document { language: String::new(), right_to_left: false, blocks: vec![block] };
        for line in layout(&document, columns).lines {
            if let LayoutLine::Text { pieces, style } = line {
                self.text_line(&pieces, style);
            }
        }
    }

    fn cut(&mut self) {
        self.print_dots();
        self.style(Style::default());
        if self.profile.feed_before_cut > 0 {
            self.bytes.extend([ESC, b'd', self.profile.feed_before_cut]);
        }
        // The functions that feed to the knife first: cutting where the paper stands would cut the last lines off.
        match self.profile.cutter {
            Cutter::None => {}
            Cutter::Partial => self.bytes.extend([GS, b'V', b'B', 0]),
            Cutter::Full => self.bytes.extend([GS, b'V', b'A', 0]),
        }
    }
}

#[cfg(test)]
mod tests;
