//! Many receipts on one picture, for a person to look at.

use std::path::PathBuf;

use devices::bitmap::Bitmap;

/// Receipts side by side.
const COLUMNS: usize = 6;
/// Dots of a column and rows of a receipt; what is longer is cut off.
const SIZE: (usize, usize) = (600, 1_100);
/// Rows of receipts at most.
const ROWS_MAX: usize = 4;

/// Writes a contact sheet below the target folder. Returns where.
pub fn write(name: &str, printed: &[Bitmap]) -> PathBuf {
    let rows = printed.len().div_ceil(COLUMNS).min(ROWS_MAX);
    let mut sheet = Bitmap::new(COLUMNS * SIZE.0, rows * SIZE.1);
    for (index, receipt) in printed.iter().take(COLUMNS * rows).enumerate() {
        let (left, top) = (index % COLUMNS * SIZE.0, index / COLUMNS * SIZE.1);
        sheet.put(&receipt.rows(0, SIZE.1 - 20), (left, top));
        sheet.fill((left + SIZE.0 - 8, top), (2, SIZE.1));
    }
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("contact-sheet-{name}.png"));
    std::fs::write(&path, sheet.png()).unwrap();
    path
}
