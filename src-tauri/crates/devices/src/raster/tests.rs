//! Drawn lines, against the columns they should stand in.

use super::*;

const ROLL: Roll = Roll::receipt(48, 576);
const PLAIN: Style = Style { bold: false, large: false };

fn with_drawing<T>(use_it: impl FnOnce(&mut Drawing<'_>) -> T) -> T {
    let mut fonts = Fonts::new(Vec::new());
    let pictures = |hash: &str, size: PictureSize, dots: usize| {
        (hash == "square").then(|| {
            let mut square = Bitmap::new(size.of(dots), 20);
            square.fill((0, 0), (size.of(dots), 20));
            Arc::new(square)
        })
    };
    use_it(&mut Drawing { fonts: &mut fonts, pictures: &pictures })
}

fn piece(column: usize, align: Align, text: &str) -> Piece {
    Piece { column, width: crate::layout::width(text), align, text: text.to_owned() }
}

/// The first and the last column of dots that are black.
fn edges(drawn: &Bitmap) -> (usize, usize) {
    let black = |x: &usize| (0..drawn.height()).any(|y| drawn.is_black(*x, y));
    let columns: Vec<usize> = (0..drawn.width()).filter(black).collect();
    (columns[0], columns[columns.len() - 1])
}

#[test]
fn a_piece_stands_in_its_columns() {
    for (column, text) in [(0, "HHHH"), (10, "Жажда"), (44, "ΗΗΗΗ")] {
        let (first, last) =
            edges(&with_drawing(|d| d.text(&[piece(column, Align::Start, text)], PLAIN, false, ROLL)));
        assert!(first >= column * 12 && first < column * 12 + 4, "{text} begins at {first}");
        let end = (column + text.chars().count()) * 12;
        assert!(last < end && last >= end - 4, "{text} ends at {last}, its columns at {end}");
    }
}

#[test]
fn what_ends_a_line_ends_at_its_edge_in_any_script() {
    // Arabic letters have widths of their own.
    let (_, last) = edges(&with_drawing(|d| d.text(&[piece(40, Align::End, "المجموع")], PLAIN, false, ROLL)));
    assert!((47 * 12 - 4..47 * 12 + 4).contains(&last), "{last}");
    // In a document that runs from right to left, starts and ends change places.
    let (first, _) = edges(&with_drawing(|d| d.text(&[piece(40, Align::End, "المجموع")], PLAIN, true, ROLL)));
    assert!((480..486).contains(&first), "{first}");
}

#[test]
fn large_text_is_twice_as_large() {
    let size = |style: Style| {
        let drawn = with_drawing(|d| d.text(&[piece(0, Align::Start, "HH")], style, false, ROLL));
        (drawn.height(), edges(&drawn).1)
    };
    let (plain, large) = (size(PLAIN), size(Style { bold: false, large: true }));
    assert_eq!((plain.0, large.0), (30, 60));
    assert!(large.1.abs_diff(plain.1 * 2) < 5, "{plain:?} {large:?}");
}

#[test]
fn a_picture_is_in_the_middle_and_one_that_is_gone_is_nothing() {
    let drawn = with_drawing(|d| d.picture("square", PictureSize::Medium, ROLL)).unwrap();
    assert_eq!((edges(&drawn), drawn.black()), ((144, 431), 288 * 20));
    assert_eq!(with_drawing(|d| d.picture("gone", PictureSize::Medium, ROLL)), None);
}

#[test]
fn a_code_wider_than_the_paper_is_its_text() {
    let drawn = with_drawing(|d| d.barcode(Symbology::Code128, &"A-".repeat(30), ROLL));
    assert_eq!(drawn.height(), ROLL.line());
    assert!(drawn.black() > 200);
}
