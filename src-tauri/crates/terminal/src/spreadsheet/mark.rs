//! Cells of a file that is made: what a spreadsheet would take for a formula is marked as text, and reads back as it was.

use std::borrow::Cow;

/// What a cell begins with that a spreadsheet computes, in both widths of East Asian keyboards (OWASP, "CSV Injection").
/// The mark itself is among them, so that what is read back is what was written.
const MARKED: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'];

/// A cell as it is written.
pub fn marked(cell: &str) -> Cow<'_, str> {
    if is_marked(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell as it was meant.
pub fn unmarked(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_marked(rest) => rest,
        _ => cell,
    }
}

/// White space before a formula does not keep every program from computing it.
fn is_marked(cell: &str) -> bool {
    cell.starts_with(MARKED) || cell.trim_start().starts_with(MARKED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_it_begins_with_and_reads_back_as_it_was() {
        for (cell, written) in [
            ("plain", "plain"),
            ("a=b", "a=b"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("+33 1 23", "'+33 1 23"),
            ("-5 °C", "'-5 °C"),
            ("@home", "'@home"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("＠x", "'＠x"),
            ("'n Beetje", "''n Beetje"),
            ("''", "'''"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(marked(cell), written, "{cell:?}");
            assert_eq!(unmarked(written), cell, "{written:?}");
        }
        // Whoever writes an apostrophe before plain words meant it.
        assert_eq!(unmarked("'t Hof"), "'t Hof");
    }
}
