//! Cells of a file that is made: what a spreadsheet would take for a formula is marked as text, and reads back as it was.

use std::borrow::Cow;

/// What a cell begins with that a spreadsheet computes (OWASP, "CSV Injection"). The mark itself is among them, so that
/// what is read back is what was written.
const MARKED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A cell as it is written.
pub fn marked(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(MARKED) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell as it was meant.
pub fn unmarked(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(MARKED) => rest,
        _ => cell,
    }
}
