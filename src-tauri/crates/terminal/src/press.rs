//! The press of a terminal: its fonts, the pictures of its shop, and documents as they can be drawn with them. Made when
//! something is first drawn, on the thread that wants it, never on the sale's path.

use crate::Terminal;
use crate::blob::{BlobHash, picture_in};
use crate::texts::{Key, Texts};
use devices::font::{Fonts, optional_fonts};
use devices::{Pictures, Press};
use domain::document::Document;
use domain::settings::Language;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The press, once it was needed.
#[derive(Default)]
pub struct LazyPress(OnceLock<Press>);

/// The pictures of a data directory.
struct StoredPictures {
    data_dir: PathBuf,
}

impl Pictures for StoredPictures {
    fn file(&self, hash: &str) -> Option<Vec<u8>> {
        let path = picture_in(&self.data_dir, BlobHash::parse(hash)?);
        match std::fs::read(path) {
            Ok(file) => Some(file),
            Err(error) => {
                // The receipt is printed without it.
                tracing::warn!(hash, %error, "a picture cannot be read");
                None
            }
        }
    }
}

impl Terminal {
    /// The press.
    pub(crate) fn press(&self) -> &Press {
        self.press.0.get_or_init(|| {
            let data_dir = self.options.data_dir.clone();
            let mut optional = fonts_in(&data_dir.join("fonts"));
            optional.extend(optional_fonts());
            Press::new(Fonts::new(optional), Box::new(StoredPictures { data_dir }))
        })
    }

    /// Whether letters of Chinese, Japanese or Korean were asked for since the start and there is no font for them.
    pub(crate) fn lacks_letters(&self) -> bool {
        self.press.0.get().is_some_and(|press| !press.missing().is_empty())
    }

    /// A document with what no font can draw told on it, in its language.
    pub(crate) fn drawable(&self, document: &Document, language: Language) -> Document {
        self.press().drawable(document, &Texts::of(language).text(Key::PaperLettersMissing))
    }
}

/// The font files of a folder, in the order of their names; none where there is no folder.
fn fonts_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut fonts: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension().is_some_and(|end| ["ttf", "otf", "ttc"].iter().any(|font| end == *font))
        })
        .collect();
    fonts.sort();
    fonts
}
