//! Pictures of the shop, read from PNG, JPEG or WebP: a logo as black dots, scaled to the paper and dithered by Floyd and
//! Steinberg's rule, which keeps greys apart where a threshold would drown them; a product's picture in its colours.

mod coloured;
pub use coloured::Coloured;
mod file;

use crate::bitmap::Bitmap;
use file::{PictureFile, Wanted};

/// Why a picture cannot be shown or printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither PNG, JPEG nor WebP.
    #[error("this is no picture the till can read")]
    Unknown,
    /// It has more dots than a till reads.
    #[error("the picture is too large")]
    TooLarge,
    /// The file is damaged or of a kind its reader does not know.
    #[error("the picture cannot be read: {0}")]
    Damaged(String),
}

/// A picture in greys: 0 is black, 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

impl Grey {
    /// Reads the file of a picture. What is transparent in it is paper.
    ///
    /// # Errors
    /// When it is none, is damaged, or is too large.
    pub fn read(file: &[u8]) -> Result<Self, PictureError> {
        let PictureFile { width, height, bytes, channels, .. } = PictureFile::read(file, Wanted::Greys)?;
        let dots = bytes.chunks_exact(channels).take(width * height).map(|dot| match *dot {
            [grey] => grey,
            [grey, opacity] => on_paper(grey, opacity),
            [red, green, blue] => luma(red, green, blue),
            [red, green, blue, opacity] => on_paper(luma(red, green, blue), opacity),
            _ => u8::MAX,
        });
        Ok(Self { width, height, dots: dots.collect() })
    }

    /// The picture in black dots, as wide as asked for and at most so high.
    pub fn dithered(&self, width: usize, height_max: usize) -> Bitmap {
        let (width, height) = fit((self.width, self.height), width.max(1), height_max.max(1));
        let scaled = self.scaled(width, height);
        let mut drawn = Bitmap::new(width, height);
        let mut errors = vec![0_i32; width + 2];
        for y in 0..height {
            let mut below = vec![0_i32; width + 2];
            let mut ahead = 0;
            for x in 0..width {
                let grey = i32::from(scaled[y * width + x]) + (ahead + errors[x + 1]) / 16;
                let black = grey < 128;
                if black {
                    drawn.blacken(x, y);
                }
                // What is too dark or too light goes to the neighbours: 7 of 16 parts on, 3, 5 and 1 below.
                let error = grey - if black { 0 } else { 255 };
                ahead = error * 7;
                below[x] += error * 3;
                below[x + 1] += error * 5;
                below[x + 2] += error;
            }
            errors = below;
        }
        drawn
    }

    /// Each dot is the mean of those it stands for.
    fn scaled(&self, width: usize, height: usize) -> Vec<u8> {
        let mut scaled = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = span(y, height, self.height);
            for x in 0..width {
                let columns = span(x, width, self.width);
                let mut sum = 0_u64;
                for row in rows.clone() {
                    let line = &self.dots[row * self.width..][columns.clone()];
                    sum += line.iter().map(|dot| u64::from(*dot)).sum::<u64>();
                }
                let count = (rows.len() * columns.len()) as u64;
                scaled.push(u8::try_from(sum / count).unwrap_or(u8::MAX));
            }
        }
        scaled
    }
}

/// The places of a line of `from` that the place `index` of a line of `to` stands for: at least one.
fn span(index: usize, to: usize, from: usize) -> std::ops::Range<usize> {
    let start = index * from / to;
    let end = ((index + 1) * from / to).max(start + 1).min(from);
    start.min(from - 1)..end
}

fn fit((width, height): (usize, usize), wished: usize, height_max: usize) -> (usize, usize) {
    let high = (height * wished / width).max(1);
    if high <= height_max { (wished, high) } else { ((width * height_max / height).max(1), height_max) }
}

fn luma(red: u8, green: u8, blue: u8) -> u8 {
    // ITU-R BT.601, in thousandths.
    let sum = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
    u8::try_from(sum / 1000).unwrap_or(u8::MAX)
}

fn on_paper(grey: u8, opacity: u8) -> u8 {
    let (grey, opacity) = (u32::from(grey), u32::from(opacity));
    u8::try_from((grey * opacity + 255 * (255 - opacity)) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(color: png::ColorType, (width, height): (u32, u32), bytes: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(color);
        encoder.write_header().unwrap().write_image_data(bytes).unwrap();
        file
    }

    #[test]
    fn a_grey_becomes_as_many_dots_as_it_is_dark() {
        let file = png_of(png::ColorType::Grayscale, (64, 32), &[64; 64 * 32]);
        let drawn = Grey::read(&file).unwrap().dithered(64, 64);
        assert_eq!((drawn.width(), drawn.height()), (64, 32));
        // Three quarters dark, give or take what the edges lose.
        let share = drawn.black() * 100 / (64 * 32);
        assert!((73..=77).contains(&share), "{share} %");
    }

    #[test]
    fn what_is_transparent_is_paper_and_black_stays_black() {
        let file = png_of(png::ColorType::Rgba, (2, 1), &[0, 0, 0, 0, 0, 0, 0, 255]);
        let drawn = Grey::read(&file).unwrap().dithered(8, 8);
        assert_eq!((drawn.width(), drawn.height(), drawn.black()), (8, 4, 16));
        assert!(!drawn.is_black(3, 0) && drawn.is_black(4, 3));
    }

    #[test]
    fn a_high_picture_is_no_higher_than_allowed() {
        let file = png_of(png::ColorType::Grayscale, (10, 100), &[0; 1000]);
        let drawn = Grey::read(&file).unwrap().dithered(300, 150);
        assert_eq!((drawn.width(), drawn.height(), drawn.black()), (15, 150, 15 * 150));
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        assert_eq!(Grey::read(b"<svg>"), Err(PictureError::Unknown));
        let file = png_of(png::ColorType::Grayscale, (8, 8), &[0; 64]);
        for length in 8..file.len() - 12 {
            assert!(Grey::read(&file[..length]).is_err(), "{length}");
        }
        let jpeg = [&b"\xff\xd8\xff\xe0"[..], &[0; 40]].concat();
        assert!(matches!(Grey::read(&jpeg), Err(PictureError::Damaged(_) | PictureError::Unknown)));
        assert!(Grey::read(b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0").is_err());
    }
}
