//! What a picture is: the first bytes of a file say so.

/// The images a till can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl PictureKind {
    /// How many bytes tell what a file is.
    pub const BYTES_ASKED: u64 = 12;

    /// What the first bytes of a file say it is; what a client says about it is never asked for.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_say_what_a_picture_is() {
        assert_eq!(PictureKind::of(b"RIFF\x10\0\0\0WEBPVP8 "), Some(PictureKind::Webp));
        assert_eq!(PictureKind::of(b"RIFF\x10\0\0\0WAVE"), None);
        assert_eq!(PictureKind::of(b"\xff\xd8\xff\xe0"), Some(PictureKind::Jpeg));
        assert_eq!(PictureKind::of(b"<svg xmlns='http://www.w3.org/2000/svg'>"), None);
        assert_eq!(PictureKind::of(b""), None);
    }
}
