//! Black dots as printer commands: rows by `GS v 0`, or bands of eight rows by `ESC *` for printers with needles. Printers
//! obey real-time commands even between the dots of a picture (Epson, TM-U220 and TM-T85 technical references), so no
//! picture may hold one.

use crate::bitmap::Bitmap;
use crate::profile::{Profile, RasterMode};

use super::{ESC, GS, LF};

/// `DLE`, with which real-time commands begin.
const DLE: u8 = 0x10;
/// Rows of a band of needles.
const BAND: usize = 8;

/// The commands that print a picture at the left edge. Its white right edge is not sent.
pub(super) fn encode(picture: &Bitmap, profile: &Profile) -> Vec<u8> {
    match profile.raster {
        RasterMode::Rows => rows(picture, profile.raster_rows),
        RasterMode::Bands => bands(picture, profile.rows_per_dot),
        RasterMode::None => Vec::new(),
    }
}

fn rows(picture: &Bitmap, rows_max: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut top = 0;
    while top < picture.height() {
        let slice = picture.rows(top, rows_max);
        top += slice.height();
        // At least one byte: some printers take a picture without width for a mistake and print what follows as text.
        let width = used_bytes(&slice).max(1);
        let number = |value: usize| u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes();
        bytes.extend([GS, b'v', b'0', 0]);
        bytes.extend(number(width));
        bytes.extend(number(slice.height()));
        let data = bytes.len();
        for row in slice.bytes().chunks_exact(slice.row_bytes()) {
            bytes.extend(&row[..width]);
        }
        scrub(&mut bytes[data..]);
    }
    bytes
}

/// Bytes of a row up to the last one that is not white in every row.
fn used_bytes(picture: &Bitmap) -> usize {
    let used = |row: &[u8]| row.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    picture.bytes().chunks_exact(picture.row_bytes()).map(used).max().unwrap_or(0)
}

/// Double density: eight needles, as many columns as the paper has dots. The needles stand `rows_per_dot` rows apart.
fn bands(picture: &Bitmap, rows_per_dot: usize) -> Vec<u8> {
    let step = rows_per_dot.max(1);
    // Bands meet when the paper moves eight needles: 16 units of 1/144 inch.
    let mut bytes = vec![ESC, b'3', 16];
    let mut top = 0;
    while top < picture.height() {
        let mut columns = vec![0_u8; picture.width()];
        for needle in 0..BAND {
            for row in top + needle * step..top + (needle + 1) * step {
                for (x, column) in columns.iter_mut().enumerate() {
                    if picture.is_black(x, row) {
                        *column |= 0x80 >> needle;
                    }
                }
            }
        }
        let used = columns.iter().rposition(|column| *column != 0).map_or(0, |last| last + 1);
        columns.truncate(used.max(1));
        bytes.extend([ESC, b'*', 1]);
        bytes.extend(u16::try_from(columns.len()).unwrap_or(u16::MAX).to_le_bytes());
        scrub(&mut columns);
        bytes.extend(columns);
        bytes.push(LF);
        top += BAND * step;
    }
    bytes.extend([ESC, b'2']);
    bytes
}

/// Takes one dot out of every place that reads like a real-time command (`DLE EOT`, `DLE ENQ`, `DLE DC4`): `DLE` is a
/// single dot among seven white ones.
pub(super) fn scrub(data: &mut [u8]) {
    for index in 1..data.len() {
        if data[index - 1] == DLE && matches!(data[index], 0x04 | 0x05 | 0x14) {
            data[index - 1] = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn picture(width: usize, rows: &[Vec<u8>]) -> Bitmap {
        let mut picture = Bitmap::new(width, rows.len());
        for (y, row) in rows.iter().enumerate() {
            for x in (0..width).filter(|x| row[x / 8] & (0x80 >> (x % 8)) != 0) {
                picture.blacken(x, y);
            }
        }
        picture
    }

    /// Reads `GS v 0` commands back: the rows, padded to the width.
    fn read_rows(mut bytes: &[u8], width: usize) -> Vec<Vec<u8>> {
        let mut rows = Vec::new();
        while let [GS, b'v', b'0', 0, wide, 0, high, 0, rest @ ..] = bytes {
            let (wide, high) = (usize::from(*wide), usize::from(*high));
            for row in rest[..wide * high].chunks(wide) {
                let mut row = row.to_vec();
                row.resize(width, 0);
                rows.push(row);
            }
            bytes = &rest[wide * high..];
        }
        assert_eq!(bytes, b"", "something else is among the commands");
        rows
    }

    proptest! {
        /// No picture holds a command printers obey at once, and nothing but the dot it began with is gone.
        #[test]
        fn a_picture_is_no_command(
            rows in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![Just(0x10_u8), Just(0x04), Just(0x05), Just(0x14), 0_u8..], 48),
                1..200,
            ),
        ) {
            let generic = Profile::named("generic-58").unwrap();
            let bytes = encode(&picture(384, &rows), generic);
            let obeyed = bytes.windows(2).any(|pair| pair[0] == DLE && matches!(pair[1], 0x04 | 0x05 | 0x14));
            prop_assert!(!obeyed);
            for (sent, drawn) in read_rows(&bytes, 48).iter().zip(&rows) {
                for (sent, drawn) in sent.iter().zip(drawn) {
                    prop_assert!(sent == drawn || (*drawn == DLE && *sent == 0));
                }
            }
            prop_assert_eq!(read_rows(&bytes, 48).len(), rows.len());
        }
    }

    #[test]
    fn white_at_the_right_is_not_sent_and_slices_are_short() {
        let generic = Profile::named("generic-58").unwrap();
        let mut drawn = Bitmap::new(384, 150);
        drawn.blacken(17, 140);
        let bytes = encode(&drawn, generic);
        // Slices of 64, 64 and 22 rows: one byte wide where nothing is, three where the dot is.
        assert_eq!(bytes.len(), 3 * 8 + 64 + 64 + 22 * 3);
        assert_eq!(bytes[8 + 64 + 8 + 64..][..8], [GS, b'v', b'0', 0, 3, 0, 22, 0]);
    }

    #[test]
    fn needles_print_two_rows_as_one() {
        let needles = Profile::named("epson-tm-u220").unwrap();
        let mut drawn = Bitmap::new(400, 17);
        drawn.blacken(0, 1);
        drawn.blacken(2, 15);
        drawn.blacken(1, 16);
        let expected = [
            &[ESC, b'3', 16][..],
            &[ESC, b'*', 1, 3, 0, 0x80, 0, 0x01, LF],
            &[ESC, b'*', 1, 2, 0, 0, 0x80, LF],
            &[ESC, b'2'],
        ];
        assert_eq!(encode(&drawn, needles), expected.concat());
    }
}
