//! Bytes read back by an independent renderer, and by a reader that knows our own commands only.

use domain::document::{Align, Block, Cell, Document, Style, Symbology, Width};
use escpost_profiles::PrinterProfile;
use escpost_render::{DecodedCommand, DeviceEvent, TracedRenderResult, render_with_trace};
use proptest::prelude::*;

use super::{ESC, FS, GS, LF, printable, text};
use crate::code_page::CodePage;
use crate::font::Fonts;
use crate::layout::{LayoutLine, layout, plain_text};
use crate::press::Press;
use crate::profile::{Cutter, Profile};
use std::sync::OnceLock;

/// The bytes of a document, made with the shipped fonts and no others.
fn encode(document: &Document, profile: &Profile) -> Vec<u8> {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new(Fonts::new(Vec::new()), Box::new(()))).escpos(document, profile)
}

const PLAIN: Style = Style { bold: false, large: false };
const LARGE: Style = Style { bold: true, large: true };

fn document(blocks: Vec<Block>) -> Document {
    Document { language: "fr".to_owned(), right_to_left: false, blocks }
}

fn generic() -> &'static Profile {
    Profile::named("generic-80").unwrap()
}

fn epson() -> &'static Profile {
    Profile::named("epson-tm-t20").unwrap()
}

/// The renderer's printer, with the code pages where the real one has them.
fn renderer() -> PrinterProfile {
    let mut profile = escpost_profiles::resolver::resolve("TM-T20II").unwrap().clone();
    // Its entry forgets the cutter, which would make every cut a warning.
    let reference = escpost_profiles::resolver::resolve("REFERENCE").unwrap();
    profile.cutter = reference.cutter.clone();
    profile.features = reference.features.clone();
    profile
}

fn rendered(bytes: &[u8]) -> TracedRenderResult {
    let decoded = render_with_trace(bytes, &renderer()).unwrap();
    assert_eq!(decoded.render.warnings, []);
    decoded
}

/// The text of the renderer's command trace, in lines; each byte read by the page the renderer has selected.
fn text_of(decoded: &TracedRenderResult) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut page = CodePage::numbered(437).unwrap();
    for command in decoded.trace.sheets.iter().flat_map(|sheet| &sheet.commands) {
        match &command.command {
            DecodedCommand::TextByte(byte) => {
                lines.last_mut().unwrap().push(page.decode(*byte).expect("a byte of the page"));
            }
            DecodedCommand::LineFeed => lines.push(String::new()),
            DecodedCommand::SelectCodeTable { table, .. } => {
                let encoding = renderer().code_pages[table].clone();
                page = CodePage::numbered(encoding.trim_start_matches("CP").parse().unwrap()).unwrap();
            }
            _ => {}
        }
    }
    lines.pop();
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

fn receipt() -> Document {
    document(vec![
        Block::centered("Chez Amélie", LARGE),
        Block::centered("12, rue de l’Hôtel-de-Ville · ŒUVRE", PLAIN),
        Block::Space { lines: 1 },
        Block::pair("Ticket T1-000042", "20/11/2026 09:14", PLAIN),
        Block::Rule,
        Block::pair("Café crème glacé avec une très longue désignation, 25 cl", "1\u{202F}234,50", PLAIN),
        Block::pair("Ökologischer Žlutý kůň", "3,60 €", PLAIN),
        Block::pair("Хлеб ржаной", "2,10", PLAIN),
        Block::text("  2 x 1,80"),
        Block::Rule,
        Block::pair("Total", "1 240,20 EUR", LARGE),
        Block::Row {
            cells: vec![
                Cell { text: "20 %".to_owned(), width: Width::Rest, align: Align::Start },
                Cell { text: format!("{:>10}", "1033,50"), width: Width::Text, align: Align::End },
            ],
            style: Style { bold: true, large: false },
        },
        Block::Cut,
    ])
}

/// What the layout shows, without what has no text on paper, with spaces as the printer has them.
fn shown(document: &Document, profile: &Profile) -> Vec<String> {
    let layout = layout(&printable(document, profile), profile.columns);
    let mut lines = Vec::new();
    for line in &layout.lines {
        if let LayoutLine::Text { pieces, .. } = line {
            let mut text = String::new();
            for piece in pieces {
                text.extend(std::iter::repeat_n(' ', piece.column - text.chars().count()));
                text.push_str(&piece.text.replace('\u{A0}', " "));
            }
            lines.push(text.trim_end().to_owned());
        } else if *line == LayoutLine::Rule {
            lines.push("-".repeat(profile.columns));
        }
    }
    lines
}

#[test]
fn an_independent_renderer_reads_the_receipt_as_it_was_laid_out() {
    let decoded = rendered(&encode(&receipt(), epson()));
    let lines = text_of(&decoded);
    assert_eq!(lines, shown(&receipt(), epson()));
    // The layout is not the only witness: these are on paper, letter by letter.
    assert!(lines.iter().any(|line| line.trim() == "Chez Amélie"));
    assert!(lines.iter().any(|line| line.starts_with("Café crème glacé") && line.ends_with(" 1 234,50")));
    assert!(lines.iter().any(|line| line.starts_with("Ökologischer Žlutý kůň") && line.ends_with("3,60 €")));
    assert!(lines.iter().any(|line| line.starts_with("Хлеб ржаной")));
    // One sheet, cut once, and no drawer.
    assert_eq!(decoded.render.sheets.len(), 1);
    assert_eq!(decoded.render.device_events, []);
}

#[test]
fn the_generic_printer_leaves_chinese_mode_and_prints_the_same_text() {
    let bytes = encode(&receipt(), generic());
    let kanji_off = [FS, b'.'];
    let at = bytes.windows(2).position(|pair| pair == kanji_off).unwrap();
    // The renderer knows no Chinese mode, so it is not shown that one command.
    let without: Vec<u8> = [&bytes[..at], &bytes[at + 2..]].concat();
    assert_eq!(text_of(&rendered(&without)), shown(&receipt(), generic()));
}

#[test]
fn a_style_ends_with_its_line() {
    let decoded = rendered(&encode(
        &document(vec![Block::centered("A", LARGE), Block::text("b"), Block::Cut]),
        epson(),
    ));
    let mut sizes = Vec::new();
    let mut style = None;
    for command in decoded.trace.sheets.iter().flat_map(|sheet| &sheet.commands) {
        style = command.style.clone().or(style);
        if let (DecodedCommand::TextByte(byte @ (b'A' | b'b')), Some(style)) = (&command.command, &style) {
            sizes.push((
                char::from(*byte),
                style.width_magnification,
                style.height_magnification,
                style.emphasized,
            ));
        }
    }
    assert_eq!(sizes, [('A', 2, 2, true), ('b', 1, 1, false)]);
}

#[test]
fn the_drawer_command_is_whole() {
    let mut bytes = crate::drawer::pulse(epson(), domain::device::DrawerPins::Profile);
    assert_eq!(bytes, [0x1B, 0x70, 0, 25, 250]);
    // Text right behind it is printed, not taken for pulse times.
    bytes.extend(b"HELLO\n");
    let decoded = rendered(&bytes);
    assert_eq!(text_of(&decoded), ["HELLO"]);
    assert_eq!(
        decoded.render.device_events,
        [DeviceEvent::CashDrawerPulse { connector: 0, on_time_units: 25, off_time_units: 250 }]
    );
    let mut pin_5 = epson().clone();
    pin_5.drawer.pin = 5;
    assert_eq!(crate::drawer::pulse(&pin_5, domain::device::DrawerPins::Profile)[2], 1);
}

#[test]
fn the_cut_feeds_first_and_follows_the_cutter() {
    let end = |profile: &Profile| {
        let bytes = encode(&document(vec![Block::text("a"), Block::Cut]), profile);
        bytes[bytes.iter().rposition(|byte| *byte == LF).unwrap() + 1..].to_vec()
    };
    let mut profile = generic().clone();
    assert_eq!(end(&profile), [ESC, b'd', 1, GS, b'V', b'B', 0]);
    profile.cutter = Cutter::Full;
    assert_eq!(end(&profile), [ESC, b'd', 1, GS, b'V', b'A', 0]);
    profile.cutter = Cutter::None;
    profile.feed_before_cut = 5;
    assert_eq!(end(&profile), [ESC, b'd', 5]);
    // Two sheets, two cuts, as the renderer sees them.
    let two = document(vec![Block::text("a"), Block::Cut, Block::text("b"), Block::Cut]);
    assert_eq!(rendered(&encode(&two, epson())).render.sheets.len(), 2);
}

fn barcode(symbology: Symbology, data: &str) -> Vec<u8> {
    encode(&document(vec![Block::Barcode { symbology, data: data.to_owned() }, Block::Cut]), epson())
}

fn printed_barcodes(bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let decoded = rendered(bytes);
    let commands = decoded.trace.sheets.iter().flat_map(|sheet| &sheet.commands);
    commands
        .filter_map(|command| match &command.command {
            DecodedCommand::PrintBarcode { system, data } => Some((*system, data.clone())),
            DecodedCommand::QrCode(data) => Some((0, data.clone())),
            _ => None,
        })
        .collect()
}

/// Reads the data of `GS k 73` back, as a printer does.
fn code_128_text(data: &[u8]) -> String {
    let mut text = String::new();
    let mut pairs = false;
    let mut rest = data;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (*first, tail) {
            (b'{', [set @ (b'B' | b'C'), after @ ..]) => {
                pairs = *set == b'C';
                rest = after;
            }
            (b'{', [b'{', after @ ..]) if !pairs => {
                text.push('{');
                rest = after;
            }
            (byte, _) if pairs => text.push_str(&format!("{byte:02}")),
            (byte, _) => text.push(char::from(byte)),
        }
    }
    text
}

/// The data of the one `GS k` among the bytes.
fn bar_data(bytes: &[u8]) -> Option<&[u8]> {
    let start = bytes.windows(3).position(|three| three == [GS, b'k', 73])?;
    Some(&bytes[start + 4..start + 4 + usize::from(bytes[start + 3])])
}

#[test]
fn code_128_is_printed_by_the_printer() {
    for (data, coded) in [
        ("T1-000042", &b"{BT1-000042"[..]),
        ("A12", b"{BA12"),
        ("a{b", b"{Ba{{b"),
        // The most that fits in modules of two dots, one character a symbol.
        ("123456789012345678901", b"{B123456789012345678901"),
    ] {
        assert_eq!(printed_barcodes(&barcode(Symbology::Code128, data)), [(73, coded.to_vec())], "{data}");
        assert_eq!(code_128_text(coded), data);
    }
}

#[test]
fn a_long_number_is_printed_in_pairs() {
    // The renderer takes pairs for ASCII digits, unlike the printers, so these bytes are read by hand: as in the
    // manuals' example, `No.` in set B and 12 34 56 in set C, here with a number too long for set B.
    let bytes = barcode(Symbology::Code128, "No.12345678901234567890123456");
    let data = bar_data(&bytes).unwrap();
    assert_eq!(data[..9], [0x7B, 0x42, b'N', b'o', b'.', 0x7B, 0x43, 12, 34]);
    assert_eq!(code_128_text(data), "No.12345678901234567890123456");
    // An odd run keeps its last digit in set B.
    let odd = barcode(Symbology::Code128, "1234567890123456789012345");
    assert!(bar_data(&odd).unwrap().ends_with(b"{B5"));
}

#[test]
fn a_number_cannot_open_the_drawer_from_inside_a_bar_code() {
    // As digit pairs this would hold DLE DC4 1 0 5, which printers obey at once, even inside data.
    let bytes = barcode(Symbology::Code128, "162001000516200100051620010005");
    assert!(!bytes.windows(2).any(|pair| pair == [0x10, 0x14]));
    assert_eq!(bar_data(&bytes), None);
    assert_eq!(text_of(&rendered(&bytes))[0].trim(), "162001000516200100051620010005");
}

#[test]
fn ean_13_and_qr_are_printed_by_the_printer() {
    assert_eq!(
        printed_barcodes(&barcode(Symbology::Ean13, "4006381333931")),
        [(67, b"4006381333931".to_vec())]
    );
    let link = "https://example.com/r/é?n=42";
    let printed = printed_barcodes(&barcode(Symbology::Qr, link));
    assert_eq!(printed, [(0, link.as_bytes().to_vec())]);
}

#[test]
fn what_no_bar_code_can_carry_is_printed_as_text() {
    for (symbology, data, text) in [
        (Symbology::Ean13, "4006381333930", "4006381333930"),
        (Symbology::Code128, "Nº 7", "Nº 7"),
        (Symbology::Qr, "A\u{1B}@B", "A@B"),
    ] {
        let bytes = barcode(symbology, data);
        assert_eq!(printed_barcodes(&bytes), [], "{data}");
        assert_eq!(text_of(&rendered(&bytes))[0].trim(), text);
    }
    // Wider than the paper.
    let long = "A-".repeat(40);
    assert_eq!(printed_barcodes(&barcode(Symbology::Code128, &long)), []);
}

#[test]
fn what_no_page_carries_is_written_otherwise() {
    let mut narrow = epson().clone();
    narrow.code_pages.retain(|slot| slot.page.number == 437);
    for (text, paper) in [
        ("Œuf œ 3 €", "OEuf oe 3 EUR"),
        ("‘a’ “b” – …", "'a' \"b\" - ..."),
        ("Žluťoučký kůň", "Zlutoucky kun"),
        ("cafe\u{301}", "café"),
        ("1\u{202F}234\u{A0}€", "1\u{A0}234\u{A0}EUR"),
        ("خبز", "???"),
        ("抹茶", "????"),
        ("a\u{200F}b\u{2066}c\u{2069}", "abc"),
    ] {
        assert_eq!(text::printable_text(text, &narrow, false), paper, "{text}");
    }
    // Where a page carries it, it stays.
    assert_eq!(text::printable_text("œ 3 €", epson(), false), "œ 3 €");
}

#[test]
fn control_bytes_in_names_yield_no_command() {
    let clean = document(vec![Block::pair("AB@V", "1.00", PLAIN), Block::Cut]);
    let dirty =
        document(vec![Block::pair("A\u{1B}B\u{10}\u{14}\u{1D}@V\0\u{7F}\u{9B}", "1.00", PLAIN), Block::Cut]);
    assert_eq!(encode(&dirty, epson()), encode(&clean, epson()));
}

#[test]
fn what_is_shown_is_what_is_printed() {
    let document = receipt();
    let preview = plain_text(&layout(&printable(&document, epson()), epson().columns));
    assert!(preview.iter().any(|line| line.ends_with("3,60 €")), "{preview:#?}");
}

/// Reads our own commands; `Err` with the place of any other control byte.
fn own_commands(bytes: &[u8]) -> Result<Vec<Vec<u8>>, usize> {
    let mut commands = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = match &bytes[at..] {
            [ESC, b'@' | b'2', ..] => 2,
            [FS, b'.', ..] => 2,
            [ESC, b'R' | b'!' | b't' | b'a' | b'd' | b'3', _, ..] => 3,
            [ESC, b'*', _, low, high, ..] => 5 + usize::from(*low) + 256 * usize::from(*high),
            [GS, b'H' | b'f' | b'h' | b'w', _, ..] => 3,
            [GS, b'v', b'0', _, xl, xh, yl, yh, ..] => {
                let number = |low: &u8, high: &u8| usize::from(*low) + 256 * usize::from(*high);
                8 + number(xl, xh) * number(yl, yh)
            }
            [GS, b'V', b'B', _, ..] => 4,
            [GS, b'k', _, count, ..] => 4 + usize::from(*count),
            [GS, b'(', b'k', low, high, ..] => 5 + usize::from(*low) + 256 * usize::from(*high),
            [0x0A | 0x20..=0x7E | 0x80.., ..] => {
                at += 1;
                continue;
            }
            _ => return Err(at),
        };
        commands.push(bytes[at..at + length].to_vec());
        at += length;
    }
    Ok(commands)
}

proptest! {
    /// Whatever names, values and codes say: no control byte but in our own commands, one initialisation, one cut.
    #[test]
    fn data_never_becomes_a_command(
        name in "\\PC*|[\\x00-\\x20\\x7F-\\xA0@VpdA-Z]{0,40}",
        value in "[\\x00-\\xFF]{0,20}",
        code in "[ -~]{0,40}|[0-9]{0,24}|[\\x00-\\x7F]{0,20}",
        printer in 0..Profile::all().len(),
    ) {
        let text = document(vec![
            Block::centered(name.clone(), LARGE),
            Block::pair(name, value, PLAIN),
            Block::Barcode { symbology: Symbology::Code128, data: code.clone() },
            Block::Barcode { symbology: Symbology::Qr, data: code.clone() },
            Block::Barcode { symbology: Symbology::Ean13, data: code },
            Block::Cut,
        ]);
        let profile = &Profile::all()[printer];
        let bytes = encode(&text, profile);
        let commands = own_commands(&bytes).map_err(|at| TestCaseError::fail(format!("byte {at}: {bytes:02X?}")))?;
        let count = |start: &[u8]| commands.iter().filter(|command| command.starts_with(start)).count();
        prop_assert_eq!(count(&[ESC, b'@']), 1);
        prop_assert_eq!(count(&[GS, b'V']), usize::from(profile.cutter != Cutter::None));
        // Nothing in it is obeyed at once, inside a bar code or across anything.
        let real_time = bytes.windows(3).any(|three| {
            matches!(three, [0x10, 0x04, 1..=8] | [0x10, 0x05, 0..=3] | [0x10, 0x14, 1 | 2 | 8])
        });
        prop_assert!(!real_time, "{bytes:02X?}");
    }

    /// Printable text is one byte and one column for each character, so that what is laid out meets on paper.
    #[test]
    fn printable_text_is_one_column_a_character(text in "\\PC{0,60}|[À-ž€œ\u{300}-\u{310}א-ת\u{A0}\u{AD}]{0,60}") {
        for profile in Profile::all() {
            let printable = text::printable_text(&text, profile, false);
            prop_assert_eq!(crate::layout::width(&printable), printable.chars().count());
        }
    }

    /// A code reads back as it was, whatever code sets were chosen.
    #[test]
    fn code_128_reads_back(data in "[ -~]{1,14}|[0-9]{1,34}|[A-Z]{1,3}[0-9]{1,28}") {
        let bytes = barcode(Symbology::Code128, &data);
        if let Some(coded) = bar_data(&bytes) {
            prop_assert_eq!(code_128_text(coded), data);
        } else {
            prop_assert!(data.len() > 21, "{data}");
        }
    }
}
