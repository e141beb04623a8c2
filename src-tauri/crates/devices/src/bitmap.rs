//! A picture of black dots, as paper knows it: one bit a dot, rows packed from the left, the highest bit first. That is
//! also how `GS v 0` and one-bit PNG carry it.

/// Black dots on white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Bitmap {
    /// White paper of this many dots.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![0; width.div_ceil(8) * height] }
    }

    /// Dots in a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// Bytes of a row; the bits behind the width are white.
    pub const fn row_bytes(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// All rows, one after the other.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a dot is black. Outside it is not.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bytes[y * self.row_bytes() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Blackens a dot; what is outside is cut off.
    pub fn blacken(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.height {
            let place = y * self.row_bytes() + x / 8;
            self.bytes[place] |= 0x80 >> (x % 8);
        }
    }

    /// Blackens a rectangle; what is outside is cut off.
    pub fn fill(&mut self, (left, top): (usize, usize), (width, height): (usize, usize)) {
        for y in top..(top + height).min(self.height) {
            for x in left..(left + width).min(self.width) {
                self.blacken(x, y);
            }
        }
    }

    /// Puts another picture's black dots on this one; what is outside is cut off.
    pub fn put(&mut self, picture: &Self, (left, top): (usize, usize)) {
        for y in 0..picture.height {
            for x in 0..picture.width {
                if picture.is_black(x, y) {
                    self.blacken(left + x, top + y);
                }
            }
        }
    }

    /// Adds the rows of a picture of the same width below.
    ///
    /// # Panics
    /// When the widths differ: a mistake of the caller.
    pub fn append(&mut self, below: &Self) {
        assert_eq!(self.width, below.width, "pictures of one paper have its width");
        self.bytes.extend_from_slice(&below.bytes);
        self.height += below.height;
    }

    /// Its rows from `top` on, `height` of them or as many as there are.
    pub fn rows(&self, top: usize, height: usize) -> Self {
        let (from, to) = (top.min(self.height), (top + height).min(self.height));
        let bytes = self.bytes[from * self.row_bytes()..to * self.row_bytes()].to_vec();
        Self { width: self.width, height: to - from, bytes }
    }

    /// Black dots in all.
    pub fn black(&self) -> usize {
        self.bytes.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// The file of the picture: a PNG of one bit a dot.
    pub fn png(&self) -> Vec<u8> {
        // In a grey picture of one bit, 1 is white.
        let white: Vec<u8> = self.bytes.iter().map(|byte| !byte).collect();
        png_file(self.width, self.height, &white)
            .expect("a picture written into memory has room and its own size")
    }
}

fn png_file(width: usize, height: usize, rows: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let size = |dots: usize| u32::try_from(dots).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, size(width), size(height));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rows)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stand_where_they_were_put_and_nowhere_else() {
        let mut paper = Bitmap::new(10, 4);
        paper.blacken(9, 3);
        paper.blacken(10, 0);
        paper.blacken(0, 4);
        paper.fill((2, 1), (2, 9));
        assert_eq!(paper.black(), 7);
        assert!(
            paper.is_black(9, 3) && paper.is_black(2, 1) && paper.is_black(3, 3) && !paper.is_black(4, 1)
        );
        assert_eq!(paper.rows(3, 9).bytes(), [0b0011_0000, 0b0100_0000]);
        let mut longer = paper.rows(0, 1);
        longer.append(&paper);
        assert_eq!((longer.height(), longer.black(), longer.is_black(9, 4)), (5, 7, true));
    }

    #[test]
    fn its_file_is_read_back_dot_by_dot() {
        let mut paper = Bitmap::new(13, 3);
        paper.fill((1, 1), (11, 1));
        let file = paper.png();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut rows = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rows).unwrap();
        assert_eq!(rows, [0xFF, 0xFF, 0x80, 0x0F, 0xFF, 0xFF].map(|byte| byte), "{rows:02x?}");
    }
}
