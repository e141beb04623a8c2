//! A picture in its colours, upright, as small as it is shown.

use super::file::{PictureFile, Wanted};
use super::{PictureError, fit, span};

/// A picture in colours: four bytes a dot, red, green, blue and opacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coloured {
    width: usize,
    height: usize,
    dots: Vec<[u8; 4]>,
}

impl Coloured {
    /// Reads the file of a picture, upright, with no side longer than `side_max`. It is only ever made smaller, and each dot
    /// is the mean of those it stands for.
    ///
    /// # Errors
    /// When it is none, is damaged, or is too large.
    pub fn read(file: &[u8], side_max: usize) -> Result<Self, PictureError> {
        let picture = PictureFile::read(file, Wanted::Colours)?;
        let own = (picture.width, picture.height);
        let side_max = side_max.max(1);
        let (width, height) =
            if own.0 <= side_max && own.1 <= side_max { own } else { fit(own, side_max, side_max) };
        let mut dots = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = span(y, height, own.1);
            for x in 0..width {
                dots.push(mean(&picture, rows.clone(), span(x, width, own.0)));
            }
        }
        Ok(Self { width, height, dots }.turned(picture.orientation))
    }

    /// Dots of a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// Whether every dot hides what is behind it.
    pub fn is_opaque(&self) -> bool {
        self.dots.iter().all(|dot| dot[3] == u8::MAX)
    }

    /// The dots as bytes, row by row, with their opacity.
    pub fn rgba(&self) -> Vec<u8> {
        self.dots.concat()
    }

    /// The dots as bytes, row by row, without their opacity.
    pub fn rgb(&self) -> Vec<u8> {
        self.dots.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect()
    }

    /// Turned as a camera says that it was held (Exif 2.32, tag 274): 2 to 4 in place, 5 to 8 on its side.
    fn turned(self, orientation: u32) -> Self {
        let (width, height) = (self.width, self.height);
        let from = |x: usize, y: usize| match orientation {
            2 => (width - 1 - x, y),
            3 => (width - 1 - x, height - 1 - y),
            4 => (x, height - 1 - y),
            5 => (y, x),
            6 => (y, height - 1 - x),
            7 => (width - 1 - y, height - 1 - x),
            8 => (width - 1 - y, x),
            _ => (x, y),
        };
        let (wide, high) = if orientation >= 5 { (height, width) } else { (width, height) };
        let places = (0..high).flat_map(|y| (0..wide).map(move |x| (x, y)));
        let dots = places.map(|(x, y)| from(x, y)).map(|(x, y)| self.dots[y * width + x]).collect();
        Self { width: wide, height: high, dots }
    }
}

/// The mean of a part of a picture. What is transparent has no colour to give.
fn mean(picture: &PictureFile, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> [u8; 4] {
    let (mut colours, mut opaque, mut count) = ([0_u64; 3], 0_u64, 0_u64);
    for y in rows {
        let line = &picture.bytes[(y * picture.width + columns.start) * picture.channels..];
        for dot in line.chunks_exact(picture.channels).take(columns.len()) {
            let (red, green, blue, opacity) = match *dot {
                [grey] => (grey, grey, grey, u8::MAX),
                [grey, opacity] => (grey, grey, grey, opacity),
                [red, green, blue] => (red, green, blue, u8::MAX),
                [red, green, blue, opacity] => (red, green, blue, opacity),
                _ => (0, 0, 0, 0),
            };
            let opacity = u64::from(opacity);
            for (sum, colour) in colours.iter_mut().zip([red, green, blue]) {
                *sum += u64::from(colour) * opacity;
            }
            opaque += opacity;
            count += 1;
        }
    }
    let byte = |sum: u64, of: u64| u8::try_from((sum + of / 2) / of.max(1)).unwrap_or(u8::MAX);
    let [red, green, blue] = colours.map(|sum| byte(sum, opaque));
    [red, green, blue, byte(opaque, count)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of((width, height): (u32, u32), bytes: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.write_header().unwrap().write_image_data(bytes).unwrap();
        file
    }

    const RED: [u8; 4] = [200, 0, 0, 255];
    const NONE: [u8; 4] = [0, 255, 0, 0];

    #[test]
    fn a_large_picture_is_the_mean_of_its_dots_and_a_small_one_stays() {
        let file = png_of((4, 2), &[RED, RED, NONE, NONE, RED, RED, NONE, RED].concat());
        let small = Coloured::read(&file, 2).unwrap();
        assert_eq!((small.width(), small.height()), (2, 1));
        // What is not there has no colour: the edge is red that one can look through.
        assert_eq!(small.dots, [RED, [200, 0, 0, 64]]);
        assert!(!small.is_opaque());
        let same = Coloured::read(&file, 4).unwrap();
        assert_eq!((same.width(), same.height(), same.dots[2]), (4, 2, [0, 0, 0, 0]));
    }

    #[test]
    fn a_picture_stands_as_the_camera_says_it_was_held() {
        // 1 2 3
        // 4 5 6
        let dots: Vec<[u8; 4]> = (1..=6).map(|dot| [dot, dot, dot, 255]).collect();
        let picture = Coloured { width: 3, height: 2, dots };
        let turned = |orientation| {
            let turned = picture.clone().turned(orientation);
            let row = |row: &[[u8; 4]]| row.iter().map(|dot| dot[0].to_string()).collect::<String>();
            turned.dots.chunks(turned.width).map(row).collect::<Vec<_>>().join(" ")
        };
        for (orientation, expected) in [
            (1, "123 456"),
            (2, "321 654"),
            (3, "654 321"),
            (4, "456 123"),
            (5, "14 25 36"),
            (6, "41 52 63"),
            (7, "63 52 41"),
            (8, "36 25 14"),
        ] {
            assert_eq!(turned(orientation), expected, "{orientation}");
        }
    }
}
