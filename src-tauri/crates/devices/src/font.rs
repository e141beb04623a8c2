//! The letters paper is drawn with: shipped fonts, the same on every till, and for Chinese, Japanese and Korean a font
//! file that may be installed. Text is shaped (letters joined, directions mixed) by cosmic-text; no other font of the
//! system is ever used, so that the same text gives the same dots everywhere.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use cosmic_text::fontdb::{Database, ID, Source, Weight};
use cosmic_text::skrifa::{FontRef, MetadataProvider};
use cosmic_text::{
    Attrs, AttrsList, CacheKey, CacheKeyFlags, Fallback, Family, FontSystem, Hinting, ShapeLine, Shaping,
    SwashCache, Wrap,
};
use unicode_script::Script;

use crate::bitmap::Bitmap;

/// The shipped fonts (SIL Open Font License 1.1; `assets/fonts/README.md` says where from and which letters).
const SHIPPED: [&[u8]; 12] = [
    include_bytes!("../../../../assets/fonts/NotoSansMono-Condensed.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansMono-CondensedBold.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansHebrew-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansThai-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/NotoSansSymbols2-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/NotoEmoji-Regular.ttf"),
];

const MONO: &str = "Noto Sans Mono Condensed";
const SANS: &str = "Noto Sans";

/// Families that carry Chinese, Japanese and Korean, by the names their files give: Debian's fonts-noto-cjk first.
const EAST_ASIAN: [&str; 9] = [
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans CJK TC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "SimSun",
    "PingFang SC",
    "Hiragino Sans GB",
];

/// A font is scaled down to this share at most, so that a text fits its place; what is wider then is cut off.
const SCALE_LEAST: f32 = 0.5;
/// Darkness (of 255) from which a dot is black. Below half: thin strokes must not break on thermal paper.
const DARK: u8 = 104;

/// Which letters of Europe: those of one width line up in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Letters of one width, for receipts.
    Mono,
    /// Letters of their own widths, for sheets of A4.
    Sans,
}

impl Face {
    /// How wide a column is, in the size of its letters: in [`Face::Mono`] exactly one letter, in [`Face::Sans`] one of
    /// the wider ones, so that words stay in their columns.
    pub const fn advance(self) -> f32 {
        match self {
            Self::Mono => 0.53,
            Self::Sans => 0.58,
        }
    }
}

/// A kind of letters no font at hand has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingLetters {
    /// Chinese, Japanese or Korean: a font for them can be installed.
    EastAsian,
    /// Any others.
    Other,
}

/// The font files for Chinese, Japanese and Korean that systems have, besides those of the program's own folder.
pub fn optional_fonts() -> Vec<PathBuf> {
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "C:\\Windows\\Fonts\\msyh.ttc",
        "C:\\Windows\\Fonts\\simsun.ttc",
        "/System/Library/Fonts/PingFang.ttc",
        "/System/Library/Fonts/Hiragino Sans GB.ttc",
    ]
    .map(PathBuf::from)
    .into()
}

/// The fonts, and what was drawn with them before.
pub struct Fonts {
    system: FontSystem,
    drawn: SwashCache,
    covered: BTreeSet<char>,
    /// Where a font for Chinese, Japanese and Korean may be; read when a text first needs one.
    optional: Vec<PathBuf>,
}

/// A text whose letters are chosen and placed.
#[derive(Debug, Clone)]
pub struct Shaped {
    /// From left to right.
    pub glyphs: Vec<Glyph>,
    /// From its left edge to its right, in the unit of its size.
    pub width: f32,
    /// The size of its letters (one em), scaled if it was too wide.
    pub size: f32,
}

/// One picture of a letter, in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Of which font.
    pub font: ID,
    /// How heavy.
    pub weight: Weight,
    /// Which picture.
    pub glyph: u16,
    /// From the left edge of the text.
    pub x: f32,
    /// Above the line the letters stand on.
    pub y: f32,
    /// From it to the next one.
    pub width: f32,
    /// The letters it stands for, by their bytes in the text. Pictures of one cluster share them.
    pub letters: std::ops::Range<usize>,
}

/// How text is shaped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// The letters of Europe.
    pub face: Face,
    /// Heavier.
    pub bold: bool,
    /// One em.
    pub size: f32,
}

struct Ours;

impl Fallback for Ours {
    fn common_fallback(&self) -> &[&'static str] {
        const ALL: [&str; 16] = [
            MONO,
            SANS,
            "Noto Sans Arabic",
            "Noto Sans Hebrew",
            "Noto Sans Thai",
            "Noto Sans Symbols2",
            "Noto Emoji",
            EAST_ASIAN[0],
            EAST_ASIAN[1],
            EAST_ASIAN[2],
            EAST_ASIAN[3],
            EAST_ASIAN[4],
            EAST_ASIAN[5],
            EAST_ASIAN[6],
            EAST_ASIAN[7],
            EAST_ASIAN[8],
        ];
        &ALL
    }

    fn forbidden_fallback(&self) -> &[&'static str] {
        &[]
    }

    fn script_fallback(&self, script: Script, _: &str) -> &[&'static str] {
        match script {
            Script::Arabic => &["Noto Sans Arabic"],
            Script::Hebrew => &["Noto Sans Hebrew"],
            Script::Thai => &["Noto Sans Thai"],
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
                &EAST_ASIAN
            }
            _ => &[],
        }
    }
}

impl Fonts {
    /// The shipped fonts; the first of `optional` that is there is read when a text needs it.
    pub fn new(optional: Vec<PathBuf>) -> Self {
        let mut database = Database::new();
        for font in SHIPPED {
            // As they lie in the program: a copy would be memory of this till's own.
            database.load_font_source(Source::Binary(Arc::new(font)));
        }
        let mut fonts = Self {
            system: FontSystem::new_with_locale_and_db_and_fallback("en".to_owned(), database, Ours),
            drawn: SwashCache::new(),
            covered: BTreeSet::new(),
            optional,
        };
        fonts.read_coverage();
        fonts
    }

    /// Reads which letters the fonts have. No font is opened for shaping before a text needs it: that takes memory for
    /// each, and a font of East Asia is ten of them.
    fn read_coverage(&mut self) {
        let Self { system, covered, .. } = self;
        let faces: Vec<ID> = system.db().faces().map(|face| face.id).collect();
        for id in faces {
            // What cannot be read has no letters.
            let _ = system.db().with_face_data(id, |data, index| {
                let Ok(font) = FontRef::from_index(data, index) else { return };
                covered.extend(font.charmap().mappings().filter_map(|(code, _)| char::from_u32(code)));
            });
        }
    }

    /// The text as it can be drawn, and what kinds of letters are missing: each of them is a question mark.
    pub fn drawable(&mut self, text: &str) -> (String, BTreeSet<MissingLetters>) {
        let mut missing = BTreeSet::new();
        let mut drawable = String::with_capacity(text.len());
        for letter in text.chars() {
            if self.has(letter) {
                drawable.push(letter);
                continue;
            }
            // From the radicals to the last of the Han, with their marks, the Korean syllables and the wide forms.
            let kind = match letter {
                '\u{1100}'..='\u{11FF}'
                | '\u{2E80}'..='\u{A4CF}'
                | '\u{A960}'..='\u{A97F}'
                | '\u{AC00}'..='\u{D7FF}'
                | '\u{F900}'..='\u{FAFF}'
                | '\u{FE30}'..='\u{FE4F}'
                | '\u{FF00}'..='\u{FFEF}'
                | '\u{20000}'..='\u{3FFFF}' => MissingLetters::EastAsian,
                _ => MissingLetters::Other,
            };
            missing.insert(kind);
            drawable.push('?');
        }
        (drawable, missing)
    }

    fn has(&mut self, letter: char) -> bool {
        // Control characters are never drawn: the layout takes them out.
        if letter <= '~' || letter.is_control() || self.covered.contains(&letter) || is_invisible(letter) {
            return true;
        }
        self.read_optional();
        self.covered.contains(&letter)
    }

    /// Reads the first optional font that is there; once, as a font that was not there is not looked for at each letter.
    fn read_optional(&mut self) {
        for path in std::mem::take(&mut self.optional) {
            if path.is_file() && self.system.db_mut().load_font_file(&path).is_ok() {
                self.read_coverage();
                return;
            }
        }
    }

    /// Chooses and places the letters of one line of text, no wider than `room` if that is given.
    pub fn shape(&mut self, text: &str, kind: Type, room: Option<f32>) -> Shaped {
        for letter in text.chars() {
            // A letter of an optional font brings it in; what no font has was made a question mark before.
            self.has(letter);
        }
        let family = match kind.face {
            Face::Mono => MONO,
            Face::Sans => SANS,
        };
        let weight = if kind.bold { Weight::BOLD } else { Weight::NORMAL };
        let attrs = AttrsList::new(&Attrs::new().family(Family::Name(family)).weight(weight));
        let line = ShapeLine::new(&mut self.system, text, &attrs, Shaping::Advanced, 8);
        // Without a width nothing is wrapped. `Wrap::None` would say so, but loses a number at the start of Arabic.
        let lines = line.layout(kind.size, None, Wrap::Word, None, None, Hinting::Disabled);
        let mut shaped = Shaped { glyphs: Vec::new(), width: 0.0, size: kind.size };
        // Without wrapping it is one line.
        for line in lines {
            shaped.width = line.glyphs.iter().map(|glyph| glyph.x + glyph.w).fold(shaped.width, f32::max);
            shaped.glyphs.extend(line.glyphs.iter().map(|glyph| Glyph {
                font: glyph.font_id,
                weight: glyph.font_weight,
                glyph: glyph.glyph_id,
                x: glyph.x + glyph.font_size * glyph.x_offset,
                y: glyph.font_size * glyph.y_offset - glyph.y,
                width: glyph.w,
                letters: glyph.start..glyph.end,
            }));
        }
        match room {
            Some(room) if shaped.width > room && shaped.width > 0.0 => {
                shaped.scale((room / shaped.width).max(SCALE_LEAST));
            }
            _ => {}
        }
        shaped
    }

    /// Draws shaped text: its left edge at `left`, its letters standing on row `baseline`.
    pub fn draw(&mut self, shaped: &Shaped, paper: &mut Bitmap, (left, baseline): (f32, f32)) {
        for glyph in &shaped.glyphs {
            // Whole dots: a stem between two dots would be one dot here and two there.
            let at = ((left + glyph.x).round(), (baseline - glyph.y).round());
            let flags = CacheKeyFlags::DISABLE_HINTING;
            let (key, x, y) = CacheKey::new(glyph.font, glyph.glyph, shaped.size, at, glyph.weight, flags);
            if let Some(image) = self.drawn.get_image(&mut self.system, key) {
                let placement = image.placement;
                let (x, y) = (x + placement.left, y - placement.top);
                let width = placement.width as usize;
                for (index, dark) in image.data.iter().enumerate() {
                    if *dark < DARK {
                        continue;
                    }
                    let column = i32::try_from(index % width).unwrap_or(i32::MAX);
                    let row = i32::try_from(index / width).unwrap_or(i32::MAX);
                    if let (Ok(x), Ok(y)) = (usize::try_from(x + column), usize::try_from(y + row)) {
                        paper.blacken(x, y);
                    }
                }
            }
        }
    }

    /// The file of a font, and which of the fonts in it. `None` when it cannot be read any more.
    pub(crate) fn file(&self, font: ID) -> Option<(Vec<u8>, u32)> {
        self.system.db().with_face_data(font, |data, index| (data.to_vec(), index))
    }

    /// The picture of a space, which shows nothing.
    pub(crate) fn blank(&mut self, font: ID, weight: Weight) -> Option<u16> {
        let glyph = self.system.get_font(font, weight)?.as_swash().charmap().map(' ');
        (glyph != 0).then_some(glyph)
    }

    /// Units of a font in one em, and how wide one of its glyphs is in them.
    pub(crate) fn advance(&mut self, font: ID, weight: Weight, glyph: u16) -> (u16, u16) {
        let Some(font) = self.system.get_font(font, weight) else { return (1000, 0) };
        let metrics = font.as_swash().metrics(&[]);
        // The units of a font are whole numbers below 16384.
        let advance = font.as_swash().glyph_metrics(&[]).advance_width(glyph);
        (metrics.units_per_em, advance.round().clamp(0.0, f32::from(u16::MAX)) as u16)
    }
}

impl Shaped {
    fn scale(&mut self, by: f32) {
        self.size *= by;
        self.width *= by;
        for glyph in &mut self.glyphs {
            glyph.x *= by;
            glyph.y *= by;
            glyph.width *= by;
        }
    }
}

/// Marks that steer shaping and are never drawn.
pub(crate) const fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests;
