//! Small pictures: what a list or a tile shows of a photograph of many megabytes. They are made when they are first asked
//! for, or when a picture comes in, and lie in `thumbnails/ab/<hash>`: a cache, which anybody may delete.

use super::shelf::shelved;
use super::{BlobHash, PictureKind};
use devices::picture::{Coloured, PictureError};
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Dots of the longer side of a thumbnail at most: a tile on a screen with two dots where others have one.
pub const SIDE_MAX: usize = 320;
/// Bytes of a picture that is shown as it is.
const BYTES_AS_IT_IS: usize = 24 * 1024;
/// How good a photograph is kept, of a hundred.
const QUALITY: u8 = 80;

/// The thumbnails of a data directory.
pub struct Thumbnails {
    folder: PathBuf,
    /// One picture is unpacked at a time: each may take as much memory as all the rest of the till.
    one_at_a_time: Mutex<()>,
}

impl Thumbnails {
    /// Those of a data directory.
    pub fn of(data_dir: &Path) -> Self {
        Self { folder: data_dir.join("thumbnails"), one_at_a_time: Mutex::new(()) }
    }

    /// The bytes of a thumbnail that is here already.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn read(&self, hash: BlobHash) -> io::Result<Option<Vec<u8>>> {
        match fs::read(shelved(&self.folder, hash)) {
            // What the power cut while it was written is made anew.
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| PictureKind::of(bytes).is_some())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes the thumbnail of a picture, and keeps it. A picture that is small already has none.
    ///
    /// # Errors
    /// `Picture` when the bytes are none that can be read; `Disk`.
    pub fn make(&self, hash: BlobHash, picture: &[u8]) -> Result<Option<Vec<u8>>, ThumbnailError> {
        let small = {
            let _one = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
            // The readers are other people's, and what they read is anybody's.
            catch_unwind(AssertUnwindSafe(|| small(picture)))
                .unwrap_or_else(|_| Err(PictureError::Damaged("its reader gave up".to_owned())))?
        };
        if let Some(small) = &small {
            self.keep(hash, small)?;
        }
        Ok(small)
    }

    fn keep(&self, hash: BlobHash, bytes: &[u8]) -> io::Result<()> {
        let place = shelved(&self.folder, hash);
        let shelf = place.parent().expect("a thumbnail lies in a folder of the directory");
        fs::create_dir_all(shelf)?;
        let new = place.with_extension("new");
        fs::write(&new, bytes)?;
        fs::rename(&new, &place)
    }
}

/// Why there is no thumbnail.
#[derive(Debug, thiserror::Error)]
pub enum ThumbnailError {
    /// The bytes are no picture that can be read.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// It could not be kept.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// The small form of a picture: a JPEG, or a PNG where something is transparent. `None` of a picture that is small.
fn small(picture: &[u8]) -> Result<Option<Vec<u8>>, PictureError> {
    let coloured = Coloured::read(picture, SIDE_MAX)?;
    let size = (coloured.width(), coloured.height());
    if picture.len() <= BYTES_AS_IT_IS {
        return Ok(None);
    }
    let bytes = if coloured.is_opaque() { jpeg(&coloured, size) } else { png(&coloured, size) }?;
    Ok(Some(bytes).filter(|bytes| bytes.len() < picture.len()))
}

fn jpeg(coloured: &Coloured, (width, height): (usize, usize)) -> Result<Vec<u8>, PictureError> {
    let side = |side: usize| u16::try_from(side).map_err(|_| PictureError::TooLarge);
    let mut file = Vec::new();
    jpeg_encoder::Encoder::new(&mut file, QUALITY)
        .encode(&coloured.rgb(), side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb)
        .map_err(|error| PictureError::Damaged(error.to_string()))?;
    Ok(file)
}

fn png(coloured: &Coloured, (width, height): (usize, usize)) -> Result<Vec<u8>, PictureError> {
    let side = |side: usize| u32::try_from(side).map_err(|_| PictureError::TooLarge);
    let damaged = |error: png::EncodingError| PictureError::Damaged(error.to_string());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side(width)?, side(height)?);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().map_err(damaged)?;
    writer.write_image_data(&coloured.rgba()).map_err(damaged)?;
    writer.finish().map_err(damaged)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture whose dots nobody can foretell, so that it stays large.
    fn noise(side: u32, opacity: u8) -> Vec<u8> {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_le_bytes()[3]
        };
        let dots: Vec<u8> = (0..side * side).flat_map(|_| [next(), next(), next(), opacity]).collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, side, side);
        encoder.set_color(png::ColorType::Rgba);
        encoder.write_header().unwrap().write_image_data(&dots).unwrap();
        file
    }

    #[test]
    fn a_large_picture_is_kept_small_and_a_small_one_needs_nothing() {
        let data = tempfile::tempdir().unwrap();
        let thumbnails = Thumbnails::of(data.path());
        let photograph = noise(640, 255);
        let hash = BlobHash::of(&photograph);
        assert!(thumbnails.read(hash).unwrap().is_none());
        let made = thumbnails.make(hash, &photograph).unwrap().unwrap();
        assert_eq!(PictureKind::of(&made), Some(PictureKind::Jpeg));
        assert!(made.len() * 10 < photograph.len(), "{} of {}", made.len(), photograph.len());
        let read = Coloured::read(&made, 10_000).unwrap();
        assert_eq!((read.width(), read.height()), (SIDE_MAX, SIDE_MAX));
        assert_eq!(thumbnails.read(hash).unwrap(), Some(made));

        let glass = noise(400, 100);
        let made = thumbnails.make(BlobHash::of(&glass), &glass).unwrap().unwrap();
        assert_eq!(PictureKind::of(&made), Some(PictureKind::Png));

        let icon = noise(32, 255);
        assert_eq!(thumbnails.make(BlobHash::of(&icon), &icon).unwrap(), None);
        assert!(thumbnails.read(BlobHash::of(&icon)).unwrap().is_none());
    }

    #[test]
    fn half_a_thumbnail_is_none_and_what_is_no_picture_is_told() {
        let data = tempfile::tempdir().unwrap();
        let thumbnails = Thumbnails::of(data.path());
        let photograph = noise(640, 255);
        let hash = BlobHash::of(&photograph);
        thumbnails.keep(hash, b"").unwrap();
        assert!(thumbnails.read(hash).unwrap().is_none());
        let half = &photograph[..photograph.len() / 2];
        for wrong in [half, b"\x89PNG\r\n\x1a\n", b"<svg>", b""] {
            assert!(matches!(thumbnails.make(hash, wrong), Err(ThumbnailError::Picture(_))));
        }
    }
}
