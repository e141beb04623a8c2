//! Printer profiles: what one model can do and by which numbers, read from `assets/printers`. Code-page numbers differ
//! from model to model, so there is no default anywhere else.

use std::sync::OnceLock;

use domain::device::PrinterSettings;
use serde::Deserialize;

use crate::calibration;
use crate::code_page::CodePage;
use crate::raster::Roll;

/// Every shipped profile, with the name settings know it by.
const SHIPPED: [(&str, &str); 11] = [
    ("generic-80", include_str!("../../../../assets/printers/generic-80.toml")),
    ("generic-58", include_str!("../../../../assets/printers/generic-58.toml")),
    ("epson-tm-t20", include_str!("../../../../assets/printers/epson-tm-t20.toml")),
    ("epson-tm-t88", include_str!("../../../../assets/printers/epson-tm-t88.toml")),
    ("epson-tm-m30", include_str!("../../../../assets/printers/epson-tm-m30.toml")),
    ("epson-tm-u220", include_str!("../../../../assets/printers/epson-tm-u220.toml")),
    ("star-tsp", include_str!("../../../../assets/printers/star-tsp.toml")),
    ("citizen-ct-s", include_str!("../../../../assets/printers/citizen-ct-s.toml")),
    ("bixolon-srp", include_str!("../../../../assets/printers/bixolon-srp.toml")),
    ("xprinter-80", include_str!("../../../../assets/printers/xprinter-80.toml")),
    ("xprinter-58", include_str!("../../../../assets/printers/xprinter-58.toml")),
];

/// What a printer model can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name in settings, and its file's in `assets/printers`.
    pub name: &'static str,
    /// What a person calls it.
    pub title: String,
    /// Columns of plain text per line.
    pub columns: usize,
    /// Dots per line.
    pub dots: usize,
    /// Code pages in order of preference.
    pub code_pages: Vec<Slot>,
    /// How it takes dots.
    pub raster: RasterMode,
    /// Rows of dots in one command at most: printers of little memory stop at more.
    pub raster_rows: usize,
    /// Rows of a picture that one dot is high, where dots are higher than wide.
    pub rows_per_dot: usize,
    /// Whether it draws bar codes and QR codes itself.
    pub codes: bool,
    /// How it cuts.
    pub cutter: Cutter,
    /// Lines to feed before a cut, or up to the tear bar.
    pub feed_before_cut: u8,
    /// Whether bytes from 0x80 on start as halves of Chinese characters until told otherwise.
    pub starts_in_kanji: bool,
    /// How it opens a drawer.
    pub drawer: DrawerKick,
    /// What it says of itself.
    pub status: StatusAbility,
}

/// What a printer says of itself. Nothing here stops a print: a printer that keeps silent is printed on all the same,
/// and what came out of it is then not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusAbility {
    /// Whether it answers `DLE EOT` at any time: paper, cover, errors.
    #[serde(default)]
    pub answers: bool,
    /// How it says that a job was carried out.
    #[serde(default)]
    pub confirms: Confirmation,
    /// Whether it opens the drawer at once on `DLE DC4 1`, also without paper or while it prints.
    #[serde(default)]
    pub kicks_at_once: bool,
}

/// How a printer says that a job was carried out, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// It answers a number after it has printed what stood before it: `GS ( H` function 48.
    ProcessId,
    /// It answers `GS r 1` when it comes to it in the order of the data.
    InOrder,
    /// It says at any time that nothing stops it (`DLE EOT`), and has taken every byte.
    RealTime,
    /// Not at all.
    #[default]
    None,
}

/// A code page of a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The number this printer selects it by.
    pub number: u8,
    /// What it carries.
    pub page: &'static CodePage,
}

/// How a printer takes dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RasterMode {
    /// Row by row, by `GS v 0`.
    Rows,
    /// In bands of eight needles, by `ESC *`.
    Bands,
    /// Not at all: text only.
    None,
}

/// How a printer cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cutter {
    /// Not at all: there is a tear bar.
    None,
    /// Leaving a bridge of paper.
    Partial,
    /// All through.
    Full,
}

/// A pulse to the drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawerKick {
    /// Pin of the drawer socket: 2 or 5.
    pub pin: u8,
    /// How long the current flows, in milliseconds, at most 510.
    pub on_ms: u16,
    /// How long it rests after that, in milliseconds, at most 510.
    pub off_ms: u16,
}

impl Profile {
    /// The shipped profiles, in order of the list a person chooses from.
    pub fn all() -> &'static [Self] {
        static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
        let shipped = |(name, text): &(&'static str, &str)| {
            read(name, text).expect("a test reads every shipped profile")
        };
        PROFILES.get_or_init(|| SHIPPED.iter().map(shipped).collect())
    }

    /// The profile a printer was set up with, with the code page that was found on it. `None` where there is none of
    /// this name, or no such page.
    pub fn of(settings: &PrinterSettings) -> Option<Self> {
        let mut profile = Self::named(&settings.profile)?.clone();
        if let Some(found) = settings.code_page {
            profile.code_pages = vec![calibration::found(found.slot, found.page)?];
        }
        Some(profile)
    }

    /// Its paper.
    pub const fn roll(&self) -> Roll {
        Roll::receipt(self.columns, self.dots)
    }

    /// The profile of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|profile| profile.name == name)
    }
}

/// A profile as its file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    title: String,
    columns: usize,
    dots: usize,
    raster: RasterMode,
    raster_rows: usize,
    rows_per_dot: usize,
    codes: bool,
    cutter: Cutter,
    feed_before_cut: u8,
    starts_in_kanji: bool,
    drawer: DrawerKick,
    #[serde(default)]
    status: StatusAbility,
    code_pages: Vec<SlotFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotFile {
    slot: u8,
    page: u16,
}

/// Reads a profile.
fn read(name: &'static str, text: &str) -> Result<Profile, String> {
    let file: ProfileFile = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut code_pages = Vec::new();
    for slot in file.code_pages {
        let page = CodePage::numbered(slot.page).ok_or_else(|| format!("no code page {}", slot.page))?;
        code_pages.push(Slot { number: slot.slot, page });
    }
    if code_pages.is_empty() {
        return Err("a printer has at least one code page".to_owned());
    }
    if !matches!(file.drawer.pin, 2 | 5) || file.drawer.on_ms > 510 || file.drawer.off_ms > 510 {
        return Err("a drawer hangs on pin 2 or 5 and its pulse times end at 510 ms".to_owned());
    }
    if file.status.confirms == Confirmation::RealTime && !file.status.answers {
        return Err("a printer that confirms in real time answers in real time".to_owned());
    }
    if file.columns < 16 || file.dots < file.columns {
        return Err("the paper is too narrow".to_owned());
    }
    if file.raster_rows == 0 || file.rows_per_dot == 0 {
        return Err("dots come in rows".to_owned());
    }
    Ok(Profile {
        name,
        title: file.title,
        columns: file.columns,
        dots: file.dots,
        code_pages,
        raster: file.raster,
        raster_rows: file.raster_rows,
        rows_per_dot: file.rows_per_dot,
        codes: file.codes,
        cutter: file.cutter,
        feed_before_cut: file.feed_before_cut,
        starts_in_kanji: file.starts_in_kanji,
        drawer: file.drawer,
        status: file.status,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_profile_can_be_read() {
        for (name, text) in SHIPPED {
            assert_eq!(read(name, text).map(|profile| profile.name), Ok(name));
            assert!(Profile::named(name).is_some());
        }
        assert!(Profile::named("no such printer").is_none());
    }

    #[test]
    fn a_profile_that_cannot_work_is_refused() {
        let (name, text) = SHIPPED[0];
        assert!(read(name, &text.replace("pin = 2", "pin = 3")).is_err());
        assert!(read(name, &text.replace("answers = true", "answers = false")).is_err());
        assert!(read(name, &text.replace("page = 437", "page = 1")).is_err());
        assert!(read(name, &format!("surprise = 1\n{text}")).is_err());
    }
}
