//! Layouts held against what they should look like.

use domain::document::{Align, Block, Cell, Document, PictureSize, Style, Symbology, Width};
use proptest::prelude::*;

use super::*;

const BOLD: Style = Style { bold: true, large: false };
const LARGE: Style = Style { bold: true, large: true };
const PLAIN: Style = Style { bold: false, large: false };

fn document(blocks: Vec<Block>) -> Document {
    Document { language: "en".to_owned(), right_to_left: false, blocks }
}

fn arabic(blocks: Vec<Block>) -> Document {
    Document { language: "ar".to_owned(), right_to_left: true, blocks }
}

fn plain(document: &Document, columns: usize) -> String {
    plain_text(&layout(document, columns)).join("\n")
}

fn figures(rate: &str, net: &str, tax: &str, gross: &str, style: Style) -> Block {
    let cell = |text: String, width, align| Cell { text, width, align };
    Block::Row {
        cells: vec![
            cell(rate.to_owned(), Width::Rest, Align::Start),
            cell(format!("{net:>10}"), Width::Text, Align::End),
            cell(format!("{tax:>9}"), Width::Text, Align::End),
            cell(format!("{gross:>10}"), Width::Text, Align::End),
        ],
        style,
    }
}

fn receipt() -> Document {
    document(vec![
        Block::Image { picture: "00ff".to_owned(), size: PictureSize::Medium },
        Block::centered("Corner Bakery", LARGE),
        Block::centered("12 Mill Lane, Bath", PLAIN),
        Block::Space { lines: 1 },
        Block::pair("Receipt T1-000042", "2026-11-20 09:14", PLAIN),
        Block::Rule,
        Block::pair("Sourdough loaf, stone-ground wholemeal, sliced", "4.20", PLAIN),
        Block::pair("Croissant", "3.60", PLAIN),
        Block::text("  2 x 1.80"),
        Block::Rule,
        Block::pair("Total", "7.80 GBP", LARGE),
        Block::pair("Cash", "10.00", PLAIN),
        figures("Tax", "Net", "Tax", "Gross", BOLD),
        figures("20 %", "6.50", "1.30", "7.80", PLAIN),
        Block::Barcode { symbology: Symbology::Code128, data: "T1-000042".to_owned() },
        Block::Cut,
    ])
}

#[test]
fn a_receipt_on_48_columns() {
    let expected = "
                   [picture]
                Corner Bakery
               12 Mill Lane, Bath

Receipt T1-000042               2026-11-20 09:14
------------------------------------------------
Sourdough loaf, stone-ground wholemeal,     4.20
sliced
Croissant                                   3.60
  2 x 1.80
------------------------------------------------
Total                                   7.80 GBP
Cash                                       10.00
Tax                       Net      Tax     Gross
20 %                     6.50     1.30      7.80
             [Code 128: T1-000042]";
    assert_eq!(format!("\n{}", plain(&receipt(), 48)), expected);
}

#[test]
fn a_receipt_on_24_columns() {
    // What does not fit beside its value stands above it; figures too wide for one line stand under one another.
    let expected = "
       [picture]
         Corner
         Bakery
   12 Mill Lane, Bath

Receipt T1-000042
        2026-11-20 09:14
------------------------
Sourdough loaf,     4.20
stone-ground
wholemeal, sliced
Croissant           3.60
  2 x 1.80
------------------------
Total
                7.80 GBP
Cash               10.00
Tax
                     Net
                     Tax
                   Gross
20 %
                    6.50
                    1.30
                    7.80
 [Code 128: T1-000042]";
    assert_eq!(format!("\n{}", plain(&receipt(), 24)), expected);
}

#[test]
fn large_text_has_half_the_columns() {
    let lines = layout(&document(vec![Block::centered("Corner Bakery", LARGE)]), 20).lines;
    let texts: Vec<_> = lines
        .iter()
        .map(|line| match line {
            LayoutLine::Text { pieces, .. } => (pieces[0].column, pieces[0].text.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, [(2, "Corner"), (2, "Bakery")]);
}

#[test]
fn wide_characters_take_two_columns_and_marks_none() {
    let text = document(vec![Block::pair("抹茶ラテ", "5", PLAIN), Block::pair("Cafe\u{301}", "5", PLAIN)]);
    assert_eq!(plain(&text, 16), "抹茶ラテ       5\nCafe\u{301}           5");
    assert_eq!(wrap("抹茶ラテ", 5), ["抹茶", "ラテ"]);
}

#[test]
fn words_wrap_and_long_ones_break() {
    assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    assert_eq!(wrap("incomprehensibilities", 8), ["incompre", "hensibil", "ities"]);
    assert_eq!(wrap("  2 x 1.80", 20), ["  2 x 1.80"]);
    assert_eq!(wrap("", 5), [""]);
    assert_eq!(wrap("1\u{A0}234 567", 5), ["1\u{A0}234", "567"]);
}

#[test]
fn control_characters_leave_no_trace() {
    let text = document(vec![Block::text("A\nB\u{1B}@C\0\u{9B}")]);
    assert_eq!(plain(&text, 20), "A B@C");
}

#[test]
fn a_right_to_left_document_is_mirrored() {
    let text = arabic(vec![
        Block::pair("خبز", "12.50", PLAIN),
        Block::text("شكرا"),
        figures("20 %", "6.50", "1.30", "7.80", PLAIN),
    ]);
    let expected = "12.50            خبز\n                شكرا";
    assert!(plain(&text, 20).starts_with(expected), "{}", plain(&text, 20));
    let LayoutLine::Text { pieces, .. } = &layout(&text, 48).lines[2] else { panic!("text") };
    let order: Vec<_> = pieces.iter().map(|piece| piece.text.trim()).collect();
    assert_eq!(order, ["7.80", "1.30", "6.50", "20 %"]);
}

#[test]
fn a_cut_inside_is_shown_and_one_at_the_end_is_not() {
    let text = document(vec![Block::text("a"), Block::Cut, Block::text("b"), Block::Cut]);
    assert_eq!(plain(&text, 8), "a\n- - - -\nb");
}

#[test]
fn a_label_that_does_not_fit_beside_its_value_stands_above_it() {
    let text = document(vec![Block::pair("Total to pay", "1,234,567.00 EUR", LARGE)]);
    assert_eq!(plain(&text, 48), "Total to pay\n                                1,234,567.00 EUR");
}

proptest! {
    /// Nothing is lost or invented but spaces and control characters, and no line is wider than the paper.
    #[test]
    fn every_character_is_on_some_line(label in ".{0,80}", value in "[0-9.,]{0,12}", columns in 12_usize..60) {
        let text = document(vec![Block::pair(label.clone(), value.clone(), PLAIN)]);
        let layout = layout(&text, columns);
        let mut seen = String::new();
        for line in &layout.lines {
            let LayoutLine::Text { pieces, .. } = line else { continue };
            let mut end = 0;
            for piece in pieces {
                prop_assert!(piece.column >= end, "{pieces:?}");
                end = piece.column + piece.width;
                prop_assert_eq!(piece.width, width(&piece.text));
            }
            prop_assert!(end <= columns, "{} in {}: {:?}", end, columns, pieces);
            if let Some(piece) = pieces.first().filter(|piece| piece.align == Align::Start) {
                seen.push_str(&piece.text);
            }
        }
        let bare = |text: &str| clean(text).replace(' ', "");
        prop_assert_eq!(bare(&seen), bare(&label));
    }

    /// Whatever the cells say and want: nothing overlaps, nothing is off the paper, every bare character is there.
    #[test]
    fn cells_never_overlap(
        cells in prop::collection::vec((".{0,20}", any::<bool>(), 0..3_usize), 1..5),
        columns in 2_usize..50,
        large: bool,
        right_to_left: bool,
    ) {
        let row: Vec<Cell> = cells
            .iter()
            .map(|(text, rest, align)| Cell {
                text: text.clone(),
                width: if *rest { Width::Rest } else { Width::Text },
                align: [Align::Start, Align::Center, Align::End][*align],
            })
            .collect();
        let style = Style { bold: false, large };
        let text = Document { language: "en".to_owned(), right_to_left, blocks: vec![Block::Row { cells: row, style }] };
        let room = line_columns(columns, style);
        // One column holds no wide character.
        prop_assume!(room >= 2);
        let mut seen = Vec::new();
        for line in layout(&text, columns).lines {
            let LayoutLine::Text { pieces, .. } = line else { continue };
            let mut end = 0;
            for piece in pieces {
                prop_assert!(piece.column >= end);
                end = piece.column + piece.width;
                seen.extend(piece.text.chars().filter(|c| *c != ' '));
            }
            prop_assert!(end <= room, "{end} of {room}");
        }
        let mut said: Vec<char> =
            cells.iter().flat_map(|(text, ..)| clean(text).chars().collect::<Vec<_>>()).filter(|c| *c != ' ').collect();
        seen.sort_unstable();
        said.sort_unstable();
        prop_assert_eq!(seen, said);
    }

    /// What fits is not looked at letter by letter, and is the same.
    #[test]
    fn a_line_that_fits_is_wrapped_as_any_other(
        text in "[ a-é\u{A0}\u{AD}\u{2FF}\u{300}漢]{0,30}",
        room in 1_usize..40,
    ) {
        prop_assert_eq!(wrap(&text, room), wrap_words(&text, room));
    }
}

#[test]
fn what_counts_as_plain_stands_alone_and_takes_one_column() {
    let plain: String =
        ('\0'..='\u{1_0000}').filter(|c| plain_width(c.encode_utf8(&mut [0; 4])).is_some()).collect();
    let count = plain.chars().count();
    assert!(count > 600, "{count}");
    assert!(plain.graphemes(true).all(|cluster| UnicodeWidthStr::width(cluster) == 1));
    assert_eq!(plain.graphemes(true).count(), count);
}
