//! `print.text` and `print.dots`: a receipt of ten lines made into a printer's bytes, as text against a program that
//! pads and writes the same bytes by hand, and as dots against the rasteriser alone drawing the same words.

use super::Size;
use super::figures::Row;
use cosmic_text::fontdb::Database;
use cosmic_text::{Attrs, Buffer, Color, Family, FontSystem, Metrics, Shaping, SwashCache};
use devices::code_page::CodePage;
use devices::font::Fonts;
use devices::{Press, Profile};
use domain::document::{Block, Document, Style};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

/// Text against the same bytes by hand at most.
const TEXT_MOST: f64 = 5.0;
/// Dots against the bare rasteriser at most.
const DOTS_MOST: f64 = 3.0;
/// Lines of the receipt.
const LINES: usize = 10;

/// Measures a receipt of text.
///
/// # Errors
/// When the bytes by hand are others.
pub fn measure_text(size: &Size) -> Result<Row, String> {
    let profile = Profile::named("epson-tm-t20").ok_or("there is no such profile")?;
    let goods = goods(["Café crème", "Pâté en croûte", "Thé vert à la menthe"]);
    let document = document(&goods, false);
    let press = Press::new(Fonts::new(Vec::new()), Box::new(()));
    let page = CodePage::numbered(1252).ok_or("there is no such page")?;
    if press.escpos(&document, profile) != by_hand(&goods, page) {
        return Err("by hand, other bytes are written".to_owned());
    }
    let ours = || press.escpos(&document, profile);
    let bare = || by_hand(&goods, page);
    let mut row =
        compare("print.text", "padding ten lines and writing the same bytes by hand", size, ours, bare);
    row.count("bytes", by_hand(&goods, page).len() as f64);
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, TEXT_MOST);
    }
    Ok(row)
}

/// Measures a receipt of dots.
///
/// # Errors
/// When the fonts cannot be read.
pub fn measure_dots(size: &Size) -> Result<Row, String> {
    let profile = Profile::named("epson-tm-t20").ok_or("there is no such profile")?;
    let goods = goods(["خبز طابونة", "حليب نصف دسم", "شاي أخضر بالنعناع"]);
    let document = document(&goods, true);
    let press = Press::new(Fonts::new(Vec::new()), Box::new(()));
    let mut rasteriser = Rasteriser::open()?;
    let ours = || press.escpos(&document, profile);
    let bare = || rasteriser.draw(&goods);
    let against = "cosmic-text shaping and drawing the same words, without a layout and without a printer";
    let mut row = compare("print.dots", against, size, ours, bare);
    row.count("bytes", press.escpos(&document, profile).len() as f64);
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, DOTS_MOST);
    }
    Ok(row)
}

/// Ours and the other in turns, each as often in a round as a round has sales.
fn compare<A, B>(
    name: &str,
    against: &str,
    size: &Size,
    mut ours: impl FnMut() -> A,
    mut bare: impl FnMut() -> B,
) -> Row {
    let quiet = size.wait();
    let mut rounds = Vec::new();
    for round in 0..=size.rounds {
        let (mut times, mut bare_times) = (Vec::new(), Vec::new());
        for _ in 0..size.sales {
            times.push(timed(&mut ours));
            bare_times.push(timed(&mut bare));
        }
        // The first round warms what both remember: which letters were drawn before.
        if round > 0 {
            rounds.push((times, bare_times));
        }
    }
    let mut row = Row::of_rounds(name, against, &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row
}

fn timed<T>(act: &mut impl FnMut() -> T) -> u64 {
    let started = Instant::now();
    black_box(act());
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

fn goods(names: [&str; 3]) -> Vec<(String, String)> {
    let line = |number: usize| {
        let name = format!("{} {number}", names[number % names.len()]);
        (name, format!("{}.{:02}", number * 3 + 1, number * 7))
    };
    (0..LINES).map(line).collect()
}

fn document(goods: &[(String, String)], right_to_left: bool) -> Document {
    let blocks = goods.iter().map(|(name, price)| Block::pair(name, price, Style::default()));
    let blocks = blocks.chain([Block::Cut]).collect();
    Document { language: if right_to_left { "ar" } else { "fr" }.to_owned(), right_to_left, blocks }
}

/// What a program that knows this one receipt and this one printer writes.
fn by_hand(goods: &[(String, String)], page: &CodePage) -> Vec<u8> {
    let mut bytes = vec![0x1B, b'@', 0x1B, b'R', 0];
    let mut selected = false;
    for (name, price) in goods {
        for letter in format!("{name:<width$}{price}", width = 48 - price.len()).chars() {
            if !letter.is_ascii() && !selected {
                bytes.extend([0x1B, b't', 16]);
                selected = true;
            }
            bytes.push(if letter.is_ascii() { letter as u8 } else { page.encode(letter).unwrap_or(b'?') });
        }
        bytes.push(b'\n');
    }
    bytes.extend([0x1D, b'V', b'B', 0]);
    bytes
}

/// The library alone, with the fonts that are needed.
struct Rasteriser {
    fonts: FontSystem,
    drawn: SwashCache,
}

impl Rasteriser {
    fn open() -> Result<Self, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/fonts");
        let mut database = Database::new();
        for file in ["NotoSansMono-Condensed.ttf", "NotoSansArabic-Regular.ttf"] {
            database.load_font_file(folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
        }
        let fonts = FontSystem::new_with_locale_and_db("en".to_owned(), database);
        Ok(Self { fonts, drawn: SwashCache::new() })
    }

    /// Draws every word of the goods. Returns how many dots are dark.
    fn draw(&mut self, goods: &[(String, String)]) -> usize {
        let mut dark = 0;
        for text in goods.iter().flat_map(|(name, price)| [name, price]) {
            let mut buffer = Buffer::new(&mut self.fonts, Metrics::new(22.6, 30.0));
            let attrs = Attrs::new().family(Family::Name("Noto Sans Mono Condensed"));
            buffer.set_text(text, &attrs, Shaping::Advanced, None);
            buffer.shape_until_scroll(&mut self.fonts, false);
            buffer.draw(&mut self.fonts, &mut self.drawn, Color::rgb(0, 0, 0), |_, _, _, _, color| {
                dark += usize::from(color.a() > 103);
            });
        }
        dark
    }
}
