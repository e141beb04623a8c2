//! The press: fonts and pictures at hand, documents made into what paper, screens and files want. One is enough for a
//! till; it is made when first needed, off the sale's path, and remembers what it drew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::document::{Block, Document, PictureSize, Style};

use crate::bitmap::Bitmap;
use crate::escpos;
use crate::font::{Fonts, MissingLetters};
use crate::layout::layout;
use crate::pdf::{self, PdfError, Sheet};
use crate::picture::{Grey, PictureError};
use crate::profile::Profile;
use crate::raster::{Drawing, Roll};

/// Where the files of pictures are.
pub trait Pictures: Send + Sync {
    /// The file with this content hash, if it is there.
    fn file(&self, hash: &str) -> Option<Vec<u8>>;
}

/// A shop without pictures.
impl Pictures for () {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// Pictures kept as they were dithered: a shop has one logo, in a size or two while somebody chooses.
const KEPT_PICTURES: usize = 16;

type Dithered = BTreeMap<(String, usize), Result<Arc<Bitmap>, PictureError>>;

/// Fonts and pictures at hand.
pub struct Press {
    fonts: Mutex<Fonts>,
    pictures: Box<dyn Pictures>,
    dithered: Mutex<Dithered>,
    missing: Mutex<BTreeSet<MissingLetters>>,
}

impl Press {
    /// A press with these fonts and pictures.
    pub fn new(fonts: Fonts, pictures: Box<dyn Pictures>) -> Self {
        Self {
            fonts: Mutex::new(fonts),
            pictures,
            dithered: Mutex::new(BTreeMap::new()),
            missing: Mutex::new(BTreeSet::new()),
        }
    }

    /// The document as the fonts can draw it: letters none of them has become question marks, and before the paper is
    /// cut `note` says so. Nothing else of it changes.
    pub fn drawable(&self, document: &Document, note: &str) -> Document {
        let mut missing = BTreeSet::new();
        let mut fonts = lock(&self.fonts);
        let mut text = |text: &str| {
            let (drawable, lacking) = fonts.drawable(text);
            missing.extend(lacking);
            drawable
        };
        let mut blocks: Vec<Block> =
            document.blocks.iter().map(|block| block.with_words(&mut text)).collect();
        if !missing.is_empty() {
            let end = blocks.iter().rposition(|block| *block == Block::Cut).unwrap_or(blocks.len());
            blocks.insert(end, Block::centered(note, Style::default()));
            lock(&self.missing).extend(missing);
        }
        Document { language: document.language.clone(), right_to_left: document.right_to_left, blocks }
    }

    /// The kinds of letters that were asked for since the start and no font had.
    pub fn missing(&self) -> BTreeSet<MissingLetters> {
        lock(&self.missing).clone()
    }

    /// A document as bytes for a printer of this profile; see [`escpos::encode`].
    pub fn escpos(&self, document: &Document, profile: &Profile) -> Vec<u8> {
        self.with_drawing(|drawing| escpos::encode(document, profile, drawing))
    }

    /// A document as a strip of paper in dots.
    pub fn bitmap(&self, document: &Document, roll: Roll) -> Bitmap {
        let layout = layout(document, roll.columns);
        self.with_drawing(|drawing| drawing.layout(&layout, roll))
    }

    /// A document as the file of a picture (PNG, one bit a dot).
    pub fn png(&self, document: &Document, roll: Roll) -> Vec<u8> {
        self.bitmap(document, roll).png()
    }

    /// A document as a PDF file.
    ///
    /// # Errors
    /// When a font cannot be read or embedded.
    pub fn pdf(&self, document: &Document, sheet: Sheet, title: &str) -> Result<Vec<u8>, PdfError> {
        self.with_drawing(|drawing| pdf::write(document, sheet, title, drawing))
    }

    /// Why a picture cannot be drawn, if it was asked for and cannot.
    pub fn picture_problem(&self, hash: &str) -> Option<PictureError> {
        let dithered = lock(&self.dithered);
        dithered.iter().find(|((known, _), _)| known == hash).and_then(|(_, drawn)| drawn.clone().err())
    }

    fn with_drawing<T>(&self, draw: impl FnOnce(&mut Drawing<'_>) -> T) -> T {
        let mut fonts = lock(&self.fonts);
        let pictures = |hash: &str, size: PictureSize, dots: usize| self.picture(hash, size, dots);
        draw(&mut Drawing { fonts: &mut fonts, pictures: &pictures })
    }

    /// A picture in dots: read and dithered once for each width.
    fn picture(&self, hash: &str, size: PictureSize, dots: usize) -> Option<Arc<Bitmap>> {
        let key = (hash.to_owned(), size.of(dots));
        let mut dithered = lock(&self.dithered);
        if let Some(known) = dithered.get(&key) {
            return known.clone().ok();
        }
        // What is not there may come: an upload, or a backup that is put back.
        let file = self.pictures.file(hash)?;
        let drawn = Grey::read(&file).map(|grey| Arc::new(grey.dithered(size.of(dots), dots / 2)));
        if dithered.len() >= KEPT_PICTURES {
            dithered.clear();
        }
        dithered.insert(key, drawn.clone());
        drawn.ok()
    }
}

/// What a panicking holder left is still whole: fonts and drawn pictures are only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
