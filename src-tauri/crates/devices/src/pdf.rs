//! A document as a PDF file: the same layout as on paper, with letters that can be searched and copied, of fonts that are
//! in the file as far as they are used.

use std::collections::BTreeMap;

use cosmic_text::fontdb::{ID, Weight};
use domain::document::{Document, Style, Symbology};
use printpdf::font::{FontMetrics, ParsedFont, PdfFontMetricsStub};
use printpdf::{
    Codepoint, FontId, Mm, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    RawImage, RawImageData, RawImageFormat, Rect, TextItem, TextMatrix, XObject, XObjectId, XObjectTransform,
};
use subsetter::GlyphRemapper;

use crate::bitmap::Bitmap;
use crate::font::{Face, Fonts, Shaped, Type};
use crate::layout::{LayoutLine, Piece, layout};
use crate::raster::{Drawing, dots, placed};
use crate::symbol::Symbol;

/// Points of a millimetre.
const MM: f32 = 72.0 / 25.4;
/// Dots of a picture or code: 203 of an inch, as thermal paper has them.
const DOT: f32 = 72.0 / 203.0;
/// Where letters stand in their line, from its top.
const BASELINE: f32 = 0.76;
/// A line is so many columns high.
const LINE_COLUMNS: f32 = 2.5;

/// What a PDF is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// One page as long as the receipt, on paper 58 mm wide.
    Roll58,
    /// One page as long as the receipt, on paper 80 mm wide.
    Roll80,
    /// Pages of 210 × 297 mm.
    A4,
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A font was there when the text was laid out and is not any more.
    #[error("a font cannot be read")]
    FontGone,
    /// A font cannot be taken apart.
    #[error("a font cannot be embedded: {0}")]
    Font(String),
}

struct Measures {
    width_mm: f32,
    /// `None` for a page as long as what is on it.
    height_mm: Option<f32>,
    margin_mm: f32,
    columns: usize,
    /// Dots of a line where something is drawn in dots.
    dots: usize,
    face: Face,
}

impl Sheet {
    /// Columns of plain text per line.
    pub const fn columns(self) -> usize {
        self.measures().columns
    }

    const fn measures(self) -> Measures {
        match self {
            Self::Roll58 => roll_of(58.0, 5.0, 32, 384),
            Self::Roll80 => roll_of(80.0, 4.0, 48, 576),
            Self::A4 => Measures {
                width_mm: 210.0,
                height_mm: Some(297.0),
                margin_mm: 18.0,
                columns: 96,
                dots: 1390,
                face: Face::Sans,
            },
        }
    }
}

/// Writes a document as PDF.
///
/// # Errors
/// When a font cannot be read or embedded.
pub fn write(
    document: &Document,
    sheet: Sheet,
    title: &str,
    drawing: &mut Drawing<'_>,
) -> Result<Vec<u8>, PdfError> {
    let measures = sheet.measures();
    let laid = layout(document, measures.columns);
    let mut pages = Pages::of(measures);
    for line in &laid.lines {
        match line {
            LayoutLine::Text { pieces, style } => pages.text(drawing, pieces, *style, laid.right_to_left),
            LayoutLine::Rule => pages.rule(),
            LayoutLine::Image { picture, size } => {
                if let Some(drawn) = (drawing.pictures)(picture, *size, pages.measures.dots) {
                    pages.picture(&drawn);
                }
            }
            LayoutLine::Barcode { symbology, data } => pages.code(drawing, *symbology, data),
            // A file has no knife.
            LayoutLine::Cut => {}
        }
    }
    pages.finish(title, drawing)
}

/// One letter's picture in its place on a page.
struct Placed {
    font: (ID, Weight),
    size: f32,
    glyph: u16,
    x: f32,
    y: f32,
    /// What it is copied as; the first picture of a cluster has all its letters.
    letters: String,
}

struct Pages {
    measures: Measures,
    column: f32,
    /// From the top of the page to where the next line begins.
    down: f32,
    /// What is on each page, its places counted from the top until its height is known.
    pages: Vec<Page>,
}

#[derive(Default)]
struct Page {
    letters: Vec<Placed>,
    /// Left, top, width, height of what is filled black.
    blocks: Vec<[f32; 4]>,
    pictures: Vec<(Bitmap, f32, f32)>,
}

impl Pages {
    fn of(measures: Measures) -> Self {
        let room = (measures.width_mm - 2.0 * measures.margin_mm) * MM;
        let column = room / dots(measures.columns);
        let down = measures.margin_mm * MM;
        Self { measures, column, down, pages: vec![Page::default()] }
    }

    fn line_height(&self, scale: f32) -> f32 {
        self.column * LINE_COLUMNS * scale
    }

    /// Makes room for something so high, on another page if need be. Returns the page and the top of the room.
    fn room(&mut self, height: f32) -> (&mut Page, f32) {
        let margin = self.measures.margin_mm * MM;
        if let Some(page) = self.measures.height_mm
            && self.down + height > page * MM - margin
            && self.down > margin
        {
            self.pages.push(Page::default());
            self.down = margin;
        }
        let top = self.down;
        self.down += height;
        let last = self.pages.len() - 1;
        (&mut self.pages[last], top)
    }

    fn text(&mut self, drawing: &mut Drawing<'_>, pieces: &[Piece], style: Style, right_to_left: bool) {
        let scale = if style.large { 2.0 } else { 1.0 };
        let column = self.column * scale;
        let kind =
            Type { face: self.measures.face, bold: style.bold, size: column / self.measures.face.advance() };
        let margin = self.measures.margin_mm * MM;
        let height = self.line_height(scale);
        let (page, top) = self.room(height);
        for piece in pieces {
            let (shaped, left) = placed(drawing.fonts, piece, kind, column, right_to_left);
            page.put(drawing.fonts, &shaped, &piece.text, (margin + left, top + height * BASELINE));
        }
    }

    fn rule(&mut self) {
        let (margin, width) = (self.measures.margin_mm * MM, self.column * dots(self.measures.columns));
        let height = self.line_height(1.0);
        let (page, top) = self.room(height);
        page.blocks.push([margin, top + height / 2.0, width, 0.6]);
    }

    fn picture(&mut self, picture: &Bitmap) {
        let width = self.measures.width_mm * MM;
        let gap = self.line_height(0.5);
        let (page, top) = self.room(dots(picture.height()) * DOT + gap);
        page.pictures.push((picture.clone(), (width - dots(picture.width()) * DOT) / 2.0, top));
    }

    fn code(&mut self, drawing: &mut Drawing<'_>, symbology: Symbology, data: &str) {
        let width = self.measures.width_mm * MM;
        let symbol = Symbol::of(symbology, data);
        let fitting = symbol.and_then(|symbol| {
            let module = symbol.module_dots(self.measures.dots)?;
            Some((symbol, dots(module) * DOT))
        });
        let drawn = fitting.is_some();
        if let Some((symbol, module)) = fitting {
            let rows = if symbol.height == 1 { dots(crate::symbol::BARS_HEIGHT) * DOT } else { module };
            let left = (width - dots(symbol.width) * module) / 2.0;
            let (page, top) = self.room(dots(symbol.height) * rows);
            for (y, row) in symbol.modules.chunks_exact(symbol.width).enumerate() {
                for (x, length) in runs(row) {
                    let place = [left + dots(x) * module, top + dots(y) * rows];
                    page.blocks.push([place[0], place[1], dots(length) * module, rows]);
                }
            }
        }
        if symbology != Symbology::Qr || !drawn {
            let text: String = data.chars().filter(|c| !c.is_control()).take(self.measures.columns).collect();
            let wide = crate::layout::width(&text).min(self.measures.columns);
            let column = (self.measures.columns - wide) / 2;
            let align = domain::document::Align::Center;
            let piece = Piece { column, width: wide, align, text };
            self.text(drawing, &[piece], Style::default(), false);
        }
    }

    fn finish(self, title: &str, drawing: &mut Drawing<'_>) -> Result<Vec<u8>, PdfError> {
        let measures = &self.measures;
        let height_mm = measures.height_mm.unwrap_or(self.down / MM + measures.margin_mm);
        let mut document = PdfDocument::new(title);
        let mut fonts = FontUse::default();
        for page in &self.pages {
            for letter in &page.letters {
                fonts.take(letter);
            }
        }
        let fonts = fonts.embed(drawing, &mut document)?;
        let mut pages = Vec::new();
        for page in &self.pages {
            let ops = page.ops(height_mm * MM, &fonts, &mut document);
            pages.push(PdfPage::new(Mm(measures.width_mm), Mm(height_mm), ops));
        }
        document.with_pages(pages);
        let mut warnings = Vec::new();
        Ok(document.save(&PdfSaveOptions::default(), &mut warnings))
    }
}

impl Page {
    fn put(&mut self, fonts: &mut Fonts, shaped: &Shaped, text: &str, (left, baseline): (f32, f32)) {
        let mut said = None;
        for glyph in &shaped.glyphs {
            // The pictures of one cluster stand together; its letters are said once.
            let first = said.as_ref() != Some(&glyph.letters);
            let letters = if first { text.get(glyph.letters.clone()).unwrap_or_default() } else { "" };
            said = Some(glyph.letters.clone());
            let font = (glyph.font, glyph.weight);
            let (x, y) = (left + glyph.x, baseline - glyph.y);
            let placed = |glyph: u16, x: f32, letters: String| Placed {
                font,
                size: shaped.size,
                glyph,
                x,
                y,
                letters,
            };
            let mut from_right = letters.chars().rev();
            if letters.chars().count() < 2 || !is_right_to_left(letters) {
                self.letters.push(placed(glyph.glyph, x, letters.to_owned()));
                continue;
            }
            // One picture of two Arabic letters (لا): readers of files turn around what they see, letter by letter, so the
            // letters have to stand side by side as well. The picture is copied as the left one, blanks as the others.
            let last = from_right.next().map(String::from).unwrap_or_default();
            self.letters.push(placed(glyph.glyph, x, last));
            let parts = dots(letters.chars().count());
            if let Some(blank) = fonts.blank(glyph.font, glyph.weight) {
                for (part, letter) in from_right.enumerate() {
                    let x = x + glyph.width * dots(part + 1) / parts;
                    self.letters.push(placed(blank, x, letter.to_string()));
                }
            }
        }
    }

    fn ops(&self, height: f32, fonts: &Embedded, document: &mut PdfDocument) -> Vec<Op> {
        let mut ops = Vec::new();
        for (picture, left, top) in &self.pictures {
            let id = XObjectId(format!("P{}", document.resources.xobjects.map.len()));
            document.resources.xobjects.map.insert(id.clone(), XObject::Image(image(picture)));
            let low = height - top - dots(picture.height()) * DOT;
            let transform = XObjectTransform {
                translate_x: Some(Pt(*left)),
                translate_y: Some(Pt(low)),
                dpi: Some(203.0),
                ..XObjectTransform::default()
            };
            ops.push(Op::UseXobject { id, transform });
        }
        for [left, top, width, high] in &self.blocks {
            let mut rectangle = Rect::from_xywh(Pt(*left), Pt(height - top - high), Pt(*width), Pt(*high));
            rectangle.mode = Some(PaintMode::Fill);
            ops.push(Op::DrawRectangle { rectangle });
        }
        ops.push(Op::StartTextSection);
        let mut font = None;
        for letter in &self.letters {
            let Some((id, glyph)) = fonts.get(letter) else { continue };
            if font != Some((id, letter.size)) {
                let size = Pt(letter.size);
                ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size });
                font = Some((id, letter.size));
            }
            let matrix = TextMatrix::Translate(Pt(letter.x), Pt(height - letter.y));
            ops.push(Op::SetTextMatrix { matrix });
            let shown = Codepoint::with_cid(glyph, 0.0, letter.letters.clone());
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![shown])] });
        }
        ops.push(Op::EndTextSection);
        ops
    }
}

/// A font, how heavy it is, and how often it was begun anew before.
type FontTurn = ((ID, u16), usize);

/// Which pictures of which fonts are used, and what each is copied as. A PDF knows one text for a picture; fonts build
/// letters of parts (the same bow with other dots is ب or ت), so a picture that means something else at another place is
/// taken into the file a second time, in a font of its own.
#[derive(Default)]
struct FontUse {
    fonts: BTreeMap<FontTurn, BTreeMap<u16, String>>,
}

/// The fonts in the file: by font and turn, its name there and the new number of each picture.
struct Embedded {
    fonts: BTreeMap<FontTurn, (FontId, BTreeMap<u16, u16>)>,
    texts: BTreeMap<FontTurn, BTreeMap<u16, String>>,
}

/// More meanings of one picture than this share one: no text has them.
const TURNS_MAX: usize = 8;

impl FontUse {
    fn take(&mut self, letter: &Placed) {
        let key = (letter.font.0, letter.font.1.0);
        for turn in 0..TURNS_MAX {
            let glyphs = self.fonts.entry((key, turn)).or_default();
            match glyphs.get(&letter.glyph) {
                Some(text) if *text != letter.letters && turn + 1 < TURNS_MAX => {}
                Some(_) => return,
                None => {
                    glyphs.insert(letter.glyph, letter.letters.clone());
                    return;
                }
            }
        }
    }

    fn embed(self, drawing: &mut Drawing<'_>, document: &mut PdfDocument) -> Result<Embedded, PdfError> {
        let mut fonts = BTreeMap::new();
        for (number, (key, glyphs)) in self.fonts.iter().enumerate() {
            let ((font, weight), _) = *key;
            let (file, index) = drawing.fonts.file(font).ok_or(PdfError::FontGone)?;
            let mut remapper = GlyphRemapper::new();
            let numbers: BTreeMap<u16, u16> =
                glyphs.keys().map(|glyph| (*glyph, remapper.remap(*glyph))).collect();
            let subset = subsetter::subset(&file, index, &remapper)
                .map_err(|error| PdfError::Font(error.to_string()))?;
            let mut widths = BTreeMap::new();
            let mut units = 1000;
            for (glyph, new) in &numbers {
                let (of_em, advance) = drawing.fonts.advance(font, Weight(weight), *glyph);
                units = of_em;
                widths.insert(*new, advance);
            }
            let name = format!("Tillkeeper{number}");
            let (ascent, descent) = vertical(units);
            let mut parsed = ParsedFont::with_glyph_data(
                subset,
                0,
                Some(name),
                BTreeMap::new(),
                widths,
                units,
                FontMetrics { ascent, descent },
            );
            let box_of = |share: i32| i16::try_from(i32::from(units) * share / 100).unwrap_or(i16::MAX);
            parsed.pdf_font_metrics = PdfFontMetricsStub {
                units_per_em: units,
                x_min: box_of(-50),
                y_min: descent,
                x_max: box_of(200),
                y_max: ascent,
                us_weight_class: weight,
                ..PdfFontMetricsStub::default()
            };
            let id = FontId(format!("F{number}"));
            document.resources.fonts.map.insert(id.clone(), PdfFont::new(parsed));
            fonts.insert(*key, (id, numbers));
        }
        Ok(Embedded { fonts, texts: self.fonts })
    }
}

impl Embedded {
    /// The font and the picture in the file that show this letter and are copied as it.
    fn get(&self, letter: &Placed) -> Option<(&FontId, u16)> {
        let key = (letter.font.0, letter.font.1.0);
        let says = |turn: &usize| {
            self.texts.get(&(key, *turn)).and_then(|glyphs| glyphs.get(&letter.glyph))
                == Some(&letter.letters)
        };
        let turn = (0..TURNS_MAX).find(says).unwrap_or(TURNS_MAX - 1);
        let (id, numbers) = self.fonts.get(&(key, turn))?;
        Some((id, *numbers.get(&letter.glyph)?))
    }
}

/// Whether a cluster is of a script that runs from right to left.
fn is_right_to_left(letters: &str) -> bool {
    letters.chars().any(|letter| matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FEFC}'))
}

/// Height above and depth below the line: those of the Noto fonts, in units of the font.
fn vertical(units: u16) -> (i16, i16) {
    let of = |share: i32| i16::try_from(i32::from(units) * share / 1000).unwrap_or(i16::MAX);
    (of(1069), of(-293))
}

fn image(picture: &Bitmap) -> RawImage {
    let (width, height) = (picture.width(), picture.height());
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let greys = places.map(|(x, y)| if picture.is_black(x, y) { 0 } else { u8::MAX });
    RawImage {
        pixels: RawImageData::U8(greys.collect()),
        width,
        height,
        data_format: RawImageFormat::R8,
        tag: Vec::new(),
    }
}

/// Where black modules begin and how many follow one another.
fn runs(row: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, _) in row.iter().enumerate().filter(|(_, black)| **black) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

const fn roll_of(width_mm: f32, margin_mm: f32, columns: usize, dots: usize) -> Measures {
    Measures { width_mm, height_mm: None, margin_mm, columns, dots, face: Face::Mono }
}
