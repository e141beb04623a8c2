//! What comes out of a printer, against the layout: text letter by letter, pictures dot by dot, codes by a reader.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use devices::bitmap::Bitmap;
use devices::escpos::printable;
use devices::font::{Fonts, MissingLetters};
use devices::layout::{LayoutLine, layout};
use devices::picture::Grey;
use devices::profile::{Cutter, Profile, RasterMode};
use devices::raster::Drawing;
use devices::{Pictures, Press};
use domain::document::{Document, PictureSize};
use rxing::BarcodeFormat;

use super::contact_sheet;
use super::renderer::{Part, print};
use super::varied::{COUNT, NOTE, SEED, Varied, receipt};

/// A logo of greys: a disc that gets lighter to the right.
pub fn logo() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 240, 120);
    encoder.set_color(png::ColorType::Grayscale);
    let grey = |place: u32| {
        let (x, y) = (place % 240, place / 240);
        let inside = (x as i32 - 120).pow(2) / 4 + (y as i32 - 60).pow(2) < 3_000;
        if inside { u8::try_from(x).unwrap() } else { 255 }
    };
    let dots: Vec<u8> = (0..240 * 120).map(grey).collect();
    encoder.write_header().unwrap().write_image_data(&dots).unwrap();
    file
}

struct Logo;

impl Pictures for Logo {
    fn file(&self, hash: &str) -> Option<Vec<u8>> {
        (hash == "logo").then(logo)
    }
}

fn sample_font() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/paper/cjk-sample.otf")
}

/// A press; with a font for Chinese or without.
pub fn press(chinese: bool) -> Press {
    let optional = if chinese { vec![sample_font()] } else { Vec::new() };
    Press::new(Fonts::new(optional), Box::new(Logo))
}

/// The parts a receipt should come out as.
struct Expecting {
    fonts: Fonts,
    logos: BTreeMap<usize, Arc<Bitmap>>,
}

impl Expecting {
    fn new(chinese: bool) -> Self {
        let optional = if chinese { vec![sample_font()] } else { Vec::new() };
        Self { fonts: Fonts::new(optional), logos: BTreeMap::new() }
    }

    fn parts(&mut self, document: &Document, profile: &Profile) -> Vec<Part> {
        let dots = profile.dots;
        let logo = self.logos.entry(dots).or_insert_with(|| {
            let grey = Grey::read(&logo()).unwrap();
            Arc::new(grey.dithered(PictureSize::Medium.of(dots), dots / 2))
        });
        let logo = Arc::clone(logo);
        let pictures = move |_: &str, _: PictureSize, _: usize| Some(Arc::clone(&logo));
        let mut drawing = Drawing { fonts: &mut self.fonts, pictures: &pictures };
        let laid = layout(&printable(document, profile), profile.columns);
        let roll = profile.roll();
        let mut parts: Vec<Part> = Vec::new();
        let mut drawn: Option<Bitmap> = None;
        for line in &laid.lines {
            let (part, picture) = match line {
                LayoutLine::Text { pieces, .. }
                    if pieces.iter().all(|piece| carried(&piece.text, profile)) =>
                {
                    let mut text = String::new();
                    for piece in pieces {
                        text.extend(std::iter::repeat_n(' ', piece.column - text.chars().count()));
                        text.push_str(&piece.text.replace('\u{A0}', " "));
                    }
                    (Some(Part::Text(text.trim_end().to_owned())), None)
                }
                LayoutLine::Text { pieces, style } => {
                    (None, Some(drawing.text(pieces, *style, laid.right_to_left, roll)))
                }
                LayoutLine::Rule => (Some(Part::Text("-".repeat(profile.columns))), None),
                LayoutLine::Image { picture, size } => (None, drawing.picture(picture, *size, roll)),
                LayoutLine::Barcode { data, .. } if profile.codes => (Some(Part::Code(data.clone())), None),
                LayoutLine::Barcode { symbology, data } => {
                    (None, Some(drawing.barcode(*symbology, data, roll)))
                }
                LayoutLine::Cut => ((profile.cutter != Cutter::None).then_some(Part::Cut), None),
            };
            if let Some(picture) = picture {
                match &mut drawn {
                    Some(drawn) => drawn.append(&picture),
                    None => drawn = Some(picture),
                }
            }
            if let Some(part) = part {
                parts.extend(drawn.take().map(|picture| dots_of(&picture, profile)));
                parts.push(part);
            }
        }
        parts.extend(drawn.take().map(|picture| dots_of(&picture, profile)));
        parts
    }
}

fn carried(text: &str, profile: &Profile) -> bool {
    text.chars().all(|c| {
        let right_to_left = matches!(c, '\u{590}'..='\u{8FF}');
        matches!(c, ' '..='~' | '\u{A0}')
            || !right_to_left && profile.code_pages.iter().any(|slot| slot.page.encode(c).is_some())
    })
}

fn dots_of(picture: &Bitmap, profile: &Profile) -> Part {
    let row = |y: usize| -> Vec<bool> { (0..picture.width()).map(|x| picture.is_black(x, y)).collect() };
    let rows: Vec<Vec<bool>> = (0..picture.height()).map(row).collect();
    if profile.raster == RasterMode::Rows {
        return Part::Dots(rows);
    }
    // Needles: two rows are one, and bands are whole.
    let mut needles: Vec<Vec<bool>> = rows
        .chunks(profile.rows_per_dot)
        .map(|rows| (0..picture.width()).map(|x| rows.iter().any(|row| row[x])).collect())
        .collect();
    needles.resize(needles.len().next_multiple_of(8), vec![false; picture.width()]);
    Part::Dots(needles)
}

/// Compares pictures; returns dots that are black in both, and those taken out because they read like a command.
fn compare(number: usize, expected: &[Vec<bool>], actual: &[Vec<bool>]) -> (usize, usize) {
    assert_eq!(expected.len(), actual.len(), "receipt {number}: rows of a picture");
    let (mut same, mut taken) = (0, 0);
    for (y, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        for (x, expected) in expected.iter().enumerate() {
            match (expected, actual.get(x).copied().unwrap_or(false)) {
                (true, true) => same += 1,
                (true, false) => taken += 1,
                (false, true) => panic!("receipt {number}: dot {x} of row {y} is black and should not be"),
                (false, false) => {}
            }
        }
    }
    (same, taken)
}

#[derive(Debug, Default)]
struct Counts {
    receipts: usize,
    lines_as_text: usize,
    pictures: usize,
    black_dots: usize,
    dots_taken_out: usize,
    codes_in_bytes: usize,
    codes_read: usize,
    cuts: usize,
    bytes: usize,
}

#[test]
fn two_hundred_receipts_come_out_as_they_were_laid_out() {
    let presses = [press(false), press(true)];
    let mut expecting = [Expecting::new(false), Expecting::new(true)];
    let mut counts = Counts::default();
    let mut sheets = Vec::new();
    for number in 0..COUNT {
        let varied = receipt(number);
        let profile = &Profile::all()[number % Profile::all().len()];
        let chinese = number % 2;
        let document = presses[chinese].drawable(&varied.document, NOTE);
        let bytes = presses[chinese].escpos(&document, profile);
        let printed = print(&bytes, profile);
        let expected = expecting[chinese].parts(&document, profile);
        same_parts(&varied, &expected, &printed.parts, &mut counts);
        counts.receipts += 1;
        counts.bytes += bytes.len();
        if let Some(code) = &varied.code
            && profile.raster == RasterMode::Rows
        {
            assert_eq!(
                read_code(printed.sheets.last().unwrap()).as_ref(),
                Some(code),
                "receipt {number} on {}",
                profile.name
            );
            counts.codes_read += 1;
        }
        if number % 8 < 3 && varied.names.len() < 20 {
            sheets.push(printed.sheets[0].clone());
        }
    }
    println!("seed {SEED}: {counts:#?}");
    let path = contact_sheet::write("printed", &sheets);
    println!("contact sheet: {}", path.display());
    assert_eq!(counts.receipts, 200);
    // Both ways of printing were used, and few dots had to go.
    assert!(counts.lines_as_text > 2_000 && counts.pictures > 200, "{counts:?}");
    assert!(counts.dots_taken_out * 10_000 < counts.black_dots, "{counts:?}");
    assert!(counts.codes_read > 80, "{counts:?}");
    assert_eq!(presses[0].missing().into_iter().collect::<Vec<_>>(), [MissingLetters::EastAsian]);
    assert!(presses[1].missing().is_empty());
}

fn same_parts(varied: &Varied, expected: &[Part], actual: &[Part], counts: &mut Counts) {
    let number = varied.number;
    let mut actual = actual.iter();
    for part in expected {
        match (part, actual.next()) {
            (Part::Dots(expected), Some(Part::Dots(actual))) => {
                let (same, taken) = compare(number, expected, actual);
                counts.black_dots += same;
                counts.dots_taken_out += taken;
                counts.pictures += 1;
            }
            (expected, Some(actual)) => {
                assert_eq!(expected, actual, "receipt {number}");
                match expected {
                    Part::Text(_) => counts.lines_as_text += 1,
                    Part::Code(_) => counts.codes_in_bytes += 1,
                    Part::Cut => counts.cuts += 1,
                    Part::Dots(_) => {}
                }
            }
            (expected, None) => panic!("receipt {number} ends before {expected:?}"),
        }
    }
    assert_eq!(actual.next(), None, "receipt {number} goes on");
}

/// Reads the code at the end of a sheet, as a scanner sees it: with white around it.
pub fn read_code(sheet: &Bitmap) -> Option<String> {
    const WHITE: usize = 30;
    let height = sheet.height().min(460);
    let end = sheet.rows(sheet.height() - height, height);
    // Every dot is two by two: readers want more than a camera's single dot.
    let (wide, high) = ((end.width() + 2 * WHITE) * 2, (height + 2 * WHITE) * 2);
    let mut luma = vec![255_u8; wide * high];
    for y in 0..height * 2 {
        for x in (0..end.width() * 2).filter(|x| end.is_black(x / 2, y / 2)) {
            luma[(y + 2 * WHITE) * wide + x + 2 * WHITE] = 0;
        }
    }
    let size = (u32::try_from(wide).unwrap(), u32::try_from(high).unwrap());
    [BarcodeFormat::QR_CODE, BarcodeFormat::CODE_128].into_iter().find_map(|format| {
        rxing::helpers::detect_in_luma(luma.clone(), size.0, size.1, Some(format))
            .ok()
            .map(|read| read.getText().to_owned())
    })
}
