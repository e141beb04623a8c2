//! Draws the lines of a layout as black dots: for printers that lack the letters, and for pictures of a receipt. Every
//! piece stands in the columns the layout gave it, so a drawn line meets a printed one.

use std::sync::Arc;

use domain::document::{Align, PictureSize, Style, Symbology};

use crate::bitmap::Bitmap;
use crate::font::{Face, Fonts, Shaped, Type};
use crate::layout::{Layout, LayoutLine, Piece};
use crate::symbol::Symbol;

/// A line is this many halves of a column high: room for the marks of Arabic and Thai above and below.
const LINE_HALF_COLUMNS: usize = 5;
/// Where letters stand, in hundredths of the line's height from its top: as high as printers put their own, so that drawn
/// and printed lines are evenly apart.
const BASELINE_PERCENT: usize = 72;

/// Paper on a roll: how many columns of how many dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roll {
    /// Columns of a line.
    pub columns: usize,
    /// Dots of a line.
    pub dots: usize,
    /// The letters of Europe.
    pub face: Face,
}

impl Roll {
    /// A sheet of A4 as a screen shows it.
    pub const A4: Self = Self { columns: 96, dots: 1152, face: Face::Sans };

    /// Paper of a receipt printer.
    pub const fn receipt(columns: usize, dots: usize) -> Self {
        Self { columns, dots, face: Face::Mono }
    }

    /// Dots of a column. What is left over stays white at the right.
    pub const fn column(&self) -> usize {
        self.dots / self.columns
    }

    /// Dots from a line of text to the next.
    pub const fn line(&self) -> usize {
        self.column() * LINE_HALF_COLUMNS / 2
    }
}

/// Finds pictures of the shop by hash, size and width of the paper in dots.
pub type FindPicture<'a> = &'a dyn Fn(&str, PictureSize, usize) -> Option<Arc<Bitmap>>;

/// What lines are drawn with.
pub struct Drawing<'a> {
    /// Letters.
    pub fonts: &'a mut Fonts,
    /// Pictures by hash, size and width of the paper.
    pub pictures: FindPicture<'a>,
}

impl Drawing<'_> {
    /// The whole layout on one strip of paper. A cut inside is a broken line, the one at the end is nothing.
    pub fn layout(&mut self, layout: &Layout, roll: Roll) -> Bitmap {
        let mut paper = Bitmap::new(roll.dots, 0);
        for (index, line) in layout.lines.iter().enumerate() {
            let drawn = match line {
                LayoutLine::Text { pieces, style } => self.text(pieces, *style, layout.right_to_left, roll),
                LayoutLine::Rule => rule(roll),
                LayoutLine::Image { picture, size } => match self.picture(picture, *size, roll) {
                    Some(drawn) => drawn,
                    None => continue,
                },
                LayoutLine::Barcode { symbology, data } => self.barcode(*symbology, data, roll),
                LayoutLine::Cut if index + 1 < layout.lines.len() => cut(roll),
                LayoutLine::Cut => continue,
            };
            paper.append(&drawn);
        }
        paper
    }

    /// One line of text.
    pub fn text(&mut self, pieces: &[Piece], style: Style, right_to_left: bool, roll: Roll) -> Bitmap {
        let scale = if style.large { 2 } else { 1 };
        let mut line = Bitmap::new(roll.dots, roll.line() * scale);
        let column = dots(roll.column() * scale);
        let baseline = dots(roll.line() * scale * BASELINE_PERCENT / 100);
        for piece in pieces {
            let kind = Type { face: roll.face, bold: style.bold, size: column / roll.face.advance() };
            let (shaped, left) = placed(self.fonts, piece, kind, column, right_to_left);
            self.fonts.draw(&shaped, &mut line, (left, baseline));
        }
        line
    }

    /// A picture in the middle of the paper; `None` when it is not there.
    pub fn picture(&mut self, hash: &str, size: PictureSize, roll: Roll) -> Option<Bitmap> {
        let picture = (self.pictures)(hash, size, roll.dots)?;
        let mut drawn = Bitmap::new(roll.dots, picture.height() + roll.line() / 2);
        drawn.put(&picture, ((roll.dots.saturating_sub(picture.width())) / 2, 0));
        Some(drawn)
    }

    /// A bar code in the middle of the paper with its text under it; the text alone where the code cannot be.
    pub fn barcode(&mut self, symbology: Symbology, data: &str, roll: Roll) -> Bitmap {
        let symbol = Symbol::of(symbology, data);
        let drawn = symbol.and_then(|symbol| Some(symbol.draw(symbol.module_dots(roll.dots)?)));
        let mut paper = Bitmap::new(roll.dots, 0);
        if let Some(code) = &drawn {
            let mut centred = Bitmap::new(roll.dots, code.height());
            centred.put(code, ((roll.dots - code.width()) / 2, 0));
            paper.append(&centred);
        }
        if symbology != Symbology::Qr || drawn.is_none() {
            let text: String = data.chars().filter(|c| !c.is_control()).take(roll.columns).collect();
            let width = crate::layout::width(&text).min(roll.columns);
            let column = (roll.columns - width) / 2;
            let piece = Piece { column, width, align: Align::Center, text };
            paper.append(&self.text(&[piece], Style::default(), false, roll));
        }
        paper
    }
}

/// A piece's letters, and where their left edge is. They may pass the piece's columns by half a column on both sides,
/// as letters of other scripts have widths of their own; more is drawn smaller.
pub(crate) fn placed(
    fonts: &mut Fonts,
    piece: &Piece,
    kind: Type,
    column: f32,
    right_to_left: bool,
) -> (Shaped, f32) {
    let room = dots(piece.width) * column;
    let shaped = fonts.shape(&piece.text, kind, Some(room + column / 2.0));
    let free = room - shaped.width;
    let shift = match (piece.align, right_to_left) {
        (Align::Center, _) => free / 2.0,
        (Align::Start, false) | (Align::End, true) => 0.0,
        (Align::End, false) | (Align::Start, true) => free,
    };
    let left = dots(piece.column) * column + shift;
    (shaped, left.max(0.0))
}

/// A line across the paper, as high as a line of text so that what is under it stays in place.
fn rule(roll: Roll) -> Bitmap {
    let mut line = Bitmap::new(roll.dots, roll.line());
    line.fill((0, roll.line() / 2 - 1), (roll.columns * roll.column(), 2));
    line
}

fn cut(roll: Roll) -> Bitmap {
    let mut line = Bitmap::new(roll.dots, roll.line());
    for dash in 0..roll.columns / 2 {
        line.fill((dash * 2 * roll.column(), roll.line() / 2), (roll.column(), 2));
    }
    line
}

/// Counts of dots and columns are far below where a float stops being exact.
pub(crate) fn dots(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests;
