//! The independent renderer (escpost-render) as the printer of one of our profiles: its code pages are its own, from the
//! public database of printers, not ours.

use devices::bitmap::Bitmap;
use devices::code_page::CodePage;
use devices::profile::{Cutter, Profile};
use escpost_profiles::PrinterProfile;
use escpost_render::{DecodedCommand, Effect, TracedRenderResult, render_with_trace};

/// The printer of the renderer's that stands for a profile of ours.
fn model(profile: &Profile) -> &'static str {
    match profile.name {
        "epson-tm-t20" | "epson-tm-m30" | "epson-tm-u220" => "TM-T20II",
        "epson-tm-t88" => "TM-T88V",
        "star-tsp" => "TSP600",
        "citizen-ct-s" => "CT-S651",
        "bixolon-srp" => "SRP-S300",
        "xprinter-80" => "P822D",
        _ => "POS-5890",
    }
}

/// The renderer's printer, with our paper and everything its entry leaves open switched on.
pub fn printer(profile: &Profile) -> PrinterProfile {
    let mut printer = escpost_profiles::resolver::resolve(model(profile)).unwrap().clone();
    let reference = escpost_profiles::resolver::resolve("REFERENCE").unwrap();
    printer.features = reference.features.clone();
    printer.geometry.printable_width_dots = u32::try_from(profile.dots).unwrap();
    printer.geometry.dpi_x = 203;
    printer.geometry.dpi_y = 203;
    printer.cutter = (profile.cutter != Cutter::None).then(|| reference.cutter.clone()).flatten();
    printer.fonts = reference.fonts.clone();
    printer
}

/// What came out, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A line of text, without spaces at its end.
    Text(String),
    /// Rows of dots, as one picture: width, and the black dots by row.
    Dots(Vec<Vec<bool>>),
    /// A code the printer draws.
    Code(String),
    /// The paper is cut.
    Cut,
}

/// A receipt as the renderer prints it.
pub struct Printed {
    /// From top to bottom.
    pub parts: Vec<Part>,
    /// Its pictures, one a sheet.
    pub sheets: Vec<Bitmap>,
}

/// Prints bytes.
pub fn print(bytes: &[u8], profile: &Profile) -> Printed {
    // The renderer knows no Chinese mode, so it is not shown the command that leaves it.
    let bytes: Vec<u8> = match bytes.windows(2).position(|pair| pair == [0x1C, b'.']) {
        Some(at) => [&bytes[..at], &bytes[at + 2..]].concat(),
        None => bytes.to_vec(),
    };
    let printer = printer(profile);
    let result = render_with_trace(&bytes, &printer).unwrap();
    assert_eq!(result.render.warnings, [], "{}", profile.name);
    assert_eq!(result.render.device_events, [], "{}", profile.name);
    let parts = parts(&result, &printer, &bytes);
    let sheets = result.render.sheets.iter().map(|sheet| {
        let surface = &sheet.surface;
        let mut picture = Bitmap::new(surface.width() as usize, surface.height() as usize);
        for y in 0..surface.height() {
            for x in (0..surface.width()).filter(|x| surface.is_printed(*x, y)) {
                picture.blacken(x as usize, y as usize);
            }
        }
        picture
    });
    Printed { parts, sheets: sheets.collect() }
}

fn parts(result: &TracedRenderResult, printer: &PrinterProfile, bytes: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut band = false;
    let mut page = CodePage::numbered(437).unwrap();
    let mut text = String::new();
    for (sheet, trace) in result.trace.sheets.iter().enumerate() {
        for command in &trace.commands {
            match &command.command {
                DecodedCommand::TextByte(byte) => text.push(page.decode(*byte).expect("a byte of the page")),
                DecodedCommand::SelectBitImageMode { .. } => {
                    // The needles' columns, as they stand behind the command; the renderer says where they begin and end.
                    let columns = &bytes[command.byte_range.clone()][5..];
                    let row =
                        |needle: usize| columns.iter().map(|column| column & (0x80 >> needle) != 0).collect();
                    let rows: Vec<Vec<bool>> = (0..8).map(row).collect();
                    match parts.last_mut() {
                        Some(Part::Dots(dots)) => dots.extend(rows),
                        _ => parts.push(Part::Dots(rows)),
                    }
                    band = true;
                }
                DecodedCommand::LineFeed if band => band = false,
                DecodedCommand::LineFeed => {
                    parts.push(Part::Text(std::mem::take(&mut text).trim_end().to_owned()));
                }
                DecodedCommand::SelectCodeTable { table, .. } => {
                    let encoding = printer.code_pages[table].trim_start_matches("CP").parse().unwrap();
                    page = CodePage::numbered(encoding).unwrap();
                }
                DecodedCommand::RasterImage { width_dots, height_dots, .. } => {
                    let surface = &result.render.sheets[sheet].surface;
                    let top = command.effects.iter().find_map(|effect| match effect {
                        Effect::Paint { bounds } => Some(bounds.y),
                        _ => None,
                    });
                    let row = |y: u32| match top {
                        Some(top) => (0..*width_dots).map(|x| surface.is_printed(x, top + y)).collect(),
                        None => vec![false; usize::try_from(*width_dots).unwrap()],
                    };
                    let rows: Vec<Vec<bool>> = (0..*height_dots).map(row).collect();
                    match parts.last_mut() {
                        Some(Part::Dots(dots)) => dots.extend(rows),
                        _ => parts.push(Part::Dots(rows)),
                    }
                }
                DecodedCommand::SkippedRasterImage => panic!("a picture on a line that has text"),
                DecodedCommand::PrintBarcode { data, .. } => {
                    let data = String::from_utf8(data.clone()).unwrap();
                    parts.push(Part::Code(data.trim_start_matches("{B").to_owned()));
                }
                DecodedCommand::QrCode(data) => {
                    parts.push(Part::Code(String::from_utf8(data.clone()).unwrap()));
                }
                DecodedCommand::CutPaper { .. } => parts.push(Part::Cut),
                DecodedCommand::Unknown(code) => panic!("{code:?} is no command"),
                _ => {}
            }
        }
    }
    parts
}
