//! Lays a document out once: blocks become lines of so many columns. What prints, draws or shows them comes after and
//! decides nothing about their shape.

use std::borrow::Cow;

use domain::document::{Align, Block, Cell, Document, PictureSize, Style, Symbology, Width};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A wrapping cell narrower than this gets lines of its own instead.
const REST_MIN: usize = 8;

/// A document in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Columns of plain text per line; large text has half of them.
    pub columns: usize,
    /// Whether the start of a line is its right end. The columns of pieces are mirrored already.
    pub right_to_left: bool,
    /// From top to bottom.
    pub lines: Vec<LayoutLine>,
}

/// One line of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayoutLine {
    /// Text; without pieces an empty line.
    Text {
        /// By column; none overlaps another.
        pieces: Vec<Piece>,
        /// How all of them look. In a large line a column is two wide.
        style: Style,
    },
    /// A line across the paper.
    Rule,
    /// A picture from the blob store, centred.
    Image {
        /// Its content hash.
        picture: String,
        /// How much of the paper it takes.
        size: PictureSize,
    },
    /// A bar code, centred, with its text under it.
    Barcode {
        /// How it is drawn.
        symbology: Symbology,
        /// What it says.
        data: String,
    },
    /// Where the paper is cut.
    Cut,
}

/// A run of text at a place of its line, in logical order (a renderer shapes and orders its letters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// From the left, in columns of its line.
    pub column: usize,
    /// Columns it takes.
    pub width: usize,
    /// Where it stood in its cell, for renderers with other widths than columns.
    pub align: Align,
    /// What it says; no control characters.
    pub text: String,
}

/// Lays a document out in lines of `columns` columns (at least 2).
pub fn layout(document: &Document, columns: usize) -> Layout {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Text { text, align, style } => {
                let room = line_columns(columns, *style);
                for line in wrap(&clean(text), room) {
                    push_text(&mut lines, vec![placed(line, *align, 0, room)], *style);
                }
            }
            Block::Row { cells, style } => {
                for pieces in row(cells, line_columns(columns, *style)) {
                    push_text(&mut lines, pieces, *style);
                }
            }
            Block::Rule => lines.push(LayoutLine::Rule),
            Block::Space { lines: count } => {
                for _ in 0..*count {
                    push_text(&mut lines, Vec::new(), Style::default());
                }
            }
            Block::Image { picture, size } => {
                lines.push(LayoutLine::Image { picture: picture.clone(), size: *size });
            }
            Block::Barcode { symbology, data } => {
                lines.push(LayoutLine::Barcode { symbology: *symbology, data: data.clone() });
            }
            Block::Cut => lines.push(LayoutLine::Cut),
        }
    }
    if document.right_to_left {
        mirror(&mut lines, columns);
    }
    Layout { columns, right_to_left: document.right_to_left, lines }
}

/// The layout as plain lines, for a preview and for scripts. Large text is not enlarged; a cut inside the document is a
/// broken line, a cut at its end is nothing. Right-to-left documents are to be shown left to right: their columns are
/// mirrored already.
pub fn plain_text(layout: &Layout) -> Vec<String> {
    let mut plain = Vec::new();
    for (index, line) in layout.lines.iter().enumerate() {
        match line {
            LayoutLine::Text { pieces, style } => {
                plain.push(plain_line(pieces, *style, layout.right_to_left));
            }
            LayoutLine::Rule => plain.push("-".repeat(layout.columns)),
            LayoutLine::Image { .. } => plain.push(centered("[picture]", layout.columns)),
            LayoutLine::Barcode { symbology, data } => {
                let name = match symbology {
                    Symbology::Code128 => "Code 128",
                    Symbology::Ean13 => "EAN-13",
                    Symbology::Qr => "QR",
                };
                plain.push(centered(&format!("[{name}: {}]", clean(data)), layout.columns));
            }
            LayoutLine::Cut => {
                if index + 1 < layout.lines.len() {
                    plain.push("- ".repeat(layout.columns / 2).trim_end().to_owned());
                }
            }
        }
    }
    plain
}

/// How many columns a text takes on paper: two for wide characters, none for marks that sit on others.
pub(crate) fn width(text: &str) -> usize {
    plain_width(text).unwrap_or_else(|| UnicodeWidthStr::width(text))
}

/// The same, quickly, for a text of which every character stands alone and takes one column, as in most languages of
/// Europe; `None` for any other.
fn plain_width(text: &str) -> Option<usize> {
    let mut width = 0;
    for character in text.chars() {
        if !matches!(character, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}') {
            return None;
        }
        width += 1;
    }
    Some(width)
}

/// Takes control characters out: those that separate words become spaces, the others go.
fn clean(text: &str) -> Cow<'_, str> {
    // Whatever separates words is a control character, but for two.
    if !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

const fn line_columns(columns: usize, style: Style) -> usize {
    if style.large { columns / 2 } else { columns }
}

fn push_text(lines: &mut Vec<LayoutLine>, pieces: Vec<Piece>, style: Style) {
    let pieces = pieces.into_iter().filter(|piece| !piece.text.is_empty()).collect();
    lines.push(LayoutLine::Text { pieces, style });
}

/// Puts a text in its place inside the columns from `start` on, `room` wide.
fn placed(text: String, align: Align, start: usize, room: usize) -> Piece {
    let width = width(&text);
    let free = room.saturating_sub(width);
    let shift = match align {
        Align::Start => 0,
        Align::Center => free / 2,
        Align::End => free,
    };
    Piece { column: start + shift, width, align, text }
}

/// The lines of a row: cells side by side where they fit, under one another where they do not.
fn row(cells: &[Cell], room: usize) -> Vec<Vec<Piece>> {
    let texts: Vec<Cow<'_, str>> = cells.iter().map(|cell| clean(&cell.text)).collect();
    match side_by_side(cells, &texts, room) {
        Some(widths) => beside(cells, &texts, &widths),
        None => stacked(cells, &texts, room),
    }
}

/// The start and width of each cell, or `None` when they do not fit beside one another.
fn side_by_side(cells: &[Cell], texts: &[Cow<'_, str>], room: usize) -> Option<Vec<(usize, usize)>> {
    let gaps: Vec<usize> = (0..cells.len()).map(|index| gap_after(cells, texts, index)).collect();
    let fixed: usize = cells
        .iter()
        .zip(texts)
        .filter(|(cell, _)| cell.width == Width::Text)
        .map(|(_, text)| width(text))
        .sum::<usize>()
        + gaps.iter().sum::<usize>();
    let free = room.checked_sub(fixed)?;
    let rests = cells.iter().filter(|cell| cell.width == Width::Rest).count();
    let share = free.checked_div(rests).unwrap_or(0);
    let crowded =
        |cell: &Cell, text: &str| cell.width == Width::Rest && share < REST_MIN && width(text) > share;
    if cells.iter().zip(texts).any(|(cell, text)| crowded(cell, text)) {
        return None;
    }
    let mut places = Vec::with_capacity(cells.len());
    let mut start = 0;
    // What does not divide evenly goes to the first of them.
    let mut spare = free - share * rests;
    for ((cell, text), gap) in cells.iter().zip(texts).zip(gaps) {
        let cell_width = match cell.width {
            Width::Text => width(text),
            Width::Rest => share + std::mem::take(&mut spare),
        };
        places.push((start, cell_width));
        start += cell_width + gap;
    }
    Some(places)
}

/// One column keeps neighbours apart, unless a text brings its own space (figures padded to stand under one another).
fn gap_after(cells: &[Cell], texts: &[Cow<'_, str>], index: usize) -> usize {
    let (Some(cell), Some(text)) = (cells.get(index), texts.get(index)) else { return 0 };
    let (Some(next_cell), Some(next)) = (cells.get(index + 1), texts.get(index + 1)) else { return 0 };
    let padded = (cell.width == Width::Text && text.ends_with(' '))
        || (next_cell.width == Width::Text && next.starts_with(' '));
    usize::from(!padded && !next.is_empty())
}

fn beside(cells: &[Cell], texts: &[Cow<'_, str>], places: &[(usize, usize)]) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    for ((cell, text), (start, room)) in cells.iter().zip(texts).zip(places) {
        let wrapped = match cell.width {
            Width::Text => vec![text.clone().into_owned()],
            Width::Rest => wrap(text, (*room).max(1)),
        };
        for (index, line) in wrapped.into_iter().enumerate() {
            if lines.len() <= index {
                lines.push(Vec::new());
            }
            lines[index].push(placed(line, cell.align, *start, *room));
        }
    }
    lines
}

/// Cells under one another: those that wrap first take whole lines, the others stand together after them if they fit.
fn stacked(cells: &[Cell], texts: &[Cow<'_, str>], room: usize) -> Vec<Vec<Piece>> {
    let mut lines = Vec::new();
    let (rest, fixed): (Vec<usize>, Vec<usize>) =
        (0..cells.len()).partition(|index| cells[*index].width == Width::Rest);
    for index in rest {
        for line in wrap(&texts[index], room) {
            lines.push(vec![placed(line, cells[index].align, 0, room)]);
        }
    }
    let fixed_cells: Vec<Cell> = fixed.iter().map(|index| cells[*index].clone()).collect();
    let fixed_texts: Vec<Cow<'_, str>> = fixed.iter().map(|index| texts[*index].clone()).collect();
    match side_by_side(&fixed_cells, &fixed_texts, room) {
        Some(places) => {
            // Together they end where the row ends.
            let used = places.last().map_or(0, |(start, width)| start + width);
            let shift = room.saturating_sub(used);
            let shifted: Vec<_> = places.into_iter().map(|(start, width)| (start + shift, width)).collect();
            lines.extend(beside(&fixed_cells, &fixed_texts, &shifted));
        }
        None => {
            for (cell, text) in fixed_cells.iter().zip(&fixed_texts) {
                for line in wrap(text, room) {
                    lines.push(vec![placed(line, cell.align, 0, room)]);
                }
            }
        }
    }
    lines
}

/// Wraps at spaces; a word longer than the room is broken anywhere. The spaces a text begins with indent its first line.
fn wrap(text: &str, room: usize) -> Vec<String> {
    if !text.ends_with(' ') && plain_width(text).is_some_and(|width| width <= room) {
        return vec![text.to_owned()];
    }
    wrap_words(text, room)
}

fn wrap_words(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let mut spaces = 0;
    let mut words_before = false;
    for word in text.split(' ') {
        if word.is_empty() {
            spaces += 1;
            continue;
        }
        let word_width = width(word);
        if words_before && used + spaces + word_width > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else {
            let indent = spaces.min(room.saturating_sub(used + 1));
            line.extend(std::iter::repeat_n(' ', indent));
            used += indent;
        }
        for cluster in word.graphemes(true) {
            let cluster_width = width(cluster);
            if used + cluster_width > room && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += cluster_width;
        }
        spaces = 1;
        words_before = true;
    }
    lines.push(line);
    lines
}

fn mirror(lines: &mut [LayoutLine], columns: usize) {
    for line in lines {
        if let LayoutLine::Text { pieces, style } = line {
            let room = line_columns(columns, *style);
            for piece in pieces.iter_mut() {
                piece.column = room.saturating_sub(piece.column + piece.width);
            }
            pieces.sort_by_key(|piece| piece.column);
        }
    }
}

fn plain_line(pieces: &[Piece], style: Style, right_to_left: bool) -> String {
    let scale = if style.large { 2 } else { 1 };
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces {
        // Where large text would have filled twice its columns, plain text keeps its edge.
        let spare = piece.width * (scale - 1);
        let shift = match (piece.align, right_to_left) {
            (Align::Center, _) => spare / 2,
            (Align::Start, false) | (Align::End, true) => 0,
            (Align::End, false) | (Align::Start, true) => spare,
        };
        let column = piece.column * scale + shift;
        line.extend(std::iter::repeat_n(' ', column.saturating_sub(used)));
        line.push_str(&piece.text);
        used = column.max(used) + piece.width;
    }
    line.truncate(line.trim_end_matches(' ').len());
    line
}

fn centered(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text)) / 2))
}

#[cfg(test)]
mod tests;
