//! The file of a picture as dots of bytes, whichever of three kinds it is, and never more of them than a till has room for.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::PictureError;

/// Dots of a picture at most: more would take memory the till needs.
const DOTS_MAX: usize = 40_000_000;

/// What is wanted of a picture. A file that has more than greys may give more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// How dark it is.
    Greys,
    /// Its colours.
    Colours,
}

/// A picture as its file has it.
pub struct PictureFile {
    pub width: usize,
    pub height: usize,
    /// Bytes of a dot: 1 (grey), 2 (grey, opacity), 3 (colours) or 4 (colours, opacity).
    pub channels: usize,
    /// The dots, row by row; all of them are there.
    pub bytes: Vec<u8>,
    /// How it is to be turned to stand upright, from 1 to 8 (Exif 2.32, tag 274); 1 is as it is.
    pub orientation: u32,
}

impl PictureFile {
    /// Reads the file of a picture.
    ///
    /// # Errors
    /// When it is none, is damaged, or is too large.
    pub fn read(file: &[u8], wanted: Wanted) -> Result<Self, PictureError> {
        if file.starts_with(b"\x89PNG\r\n\x1a\n") {
            read_png(file)
        } else if file.starts_with(b"\xff\xd8\xff") {
            read_jpeg(file, wanted)
        } else if file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP") {
            read_webp(file)
        } else {
            Err(PictureError::Unknown)
        }
    }

    fn of(
        (width, height): (usize, usize),
        bytes: Vec<u8>,
        channels: usize,
        orientation: u32,
    ) -> Result<Self, PictureError> {
        let is_whole = width > 0 && height > 0 && channels > 0 && bytes.len() >= width * height * channels;
        if is_whole {
            Ok(Self { width, height, channels, bytes, orientation })
        } else {
            Err(PictureError::Damaged("it ends before its last row".to_owned()))
        }
    }
}

fn check(width: usize, height: usize) -> Result<(), PictureError> {
    match width.checked_mul(height) {
        Some(dots) if dots <= DOTS_MAX => Ok(()),
        _ => Err(PictureError::TooLarge),
    }
}

fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged(error.to_string())
}

fn read_png(file: &[u8]) -> Result<PictureFile, PictureError> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    // Palettes, sixteen bits and transparent colours become bytes of grey or colour.
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    check(width, height)?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or(PictureError::TooLarge)?];
    let frame = reader.next_frame(&mut bytes).map_err(damaged)?;
    PictureFile::of((width, height), bytes, frame.color_type.samples(), 1)
}

fn read_jpeg(file: &[u8], wanted: Wanted) -> Result<PictureFile, PictureError> {
    let space = match wanted {
        Wanted::Greys => ColorSpace::Luma,
        Wanted::Colours => ColorSpace::RGB,
    };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or(PictureError::Unknown)?;
    check(width, height)?;
    let bytes = decoder.decode().map_err(damaged)?;
    let channels = bytes.len() / (width * height).max(1);
    let orientation = decoder.exif().map_or(1, |exif| orientation(exif));
    PictureFile::of((width, height), bytes, channels, orientation)
}

/// How a camera was held. What it says is not worth losing a picture for: one that cannot be read stays as it is.
fn orientation(exif: &[u8]) -> u32 {
    let Ok(exif) = exif::Reader::new().read_raw(exif.to_vec()) else { return 1 };
    let field = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY);
    field.and_then(|field| field.value.get_uint(0)).filter(|turn| (1..=8).contains(turn)).unwrap_or(1)
}

fn read_webp(file: &[u8]) -> Result<PictureFile, PictureError> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(file)).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = (width as usize, height as usize);
    check(width, height)?;
    let mut bytes = vec![0; decoder.output_buffer_size().ok_or(PictureError::TooLarge)?];
    decoder.read_image(&mut bytes).map_err(damaged)?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    PictureFile::of((width, height), bytes, channels, 1)
}
