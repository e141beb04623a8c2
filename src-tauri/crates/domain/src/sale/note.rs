//! Notes: on a line, printed under it, and on the whole sale.

use super::line::Line;
use super::{OpenSale, SaleError};

/// Characters of a note at most.
pub const NOTE_MAX: usize = 200;

impl OpenSale {
    /// Writes a note on a line, or on the sale where there is none, in place of the one it has; one that says nothing
    /// takes it away.
    ///
    /// # Errors
    /// `NoteInvalid` when it is too long, `LineUnknown` when the line is out.
    pub fn set_note(&mut self, line: Option<&mut Line>, text: &str) -> Result<(), SaleError> {
        let note = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.chars().count() > NOTE_MAX || note.chars().any(char::is_control) {
            return Err(SaleError::NoteInvalid { max: NOTE_MAX });
        }
        let note = (!note.is_empty()).then_some(note);
        match line {
            Some(line) => {
                self.expect_active(line)?;
                self.touch();
                line.note = note;
                line.revision = self.revision;
            }
            None => {
                self.note = note;
                self.touch();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Unit;
    use crate::sale::line::Direction;
    use crate::sale::tests::{grants, item, open};

    #[test]
    fn a_note_is_one_line_of_words_and_an_empty_one_takes_it_away() {
        let mut sale = open();
        let mut line = sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
        sale.set_note(Some(&mut line), "  no\tonions\n please ").unwrap();
        assert_eq!(line.note.as_deref(), Some("no onions please"));
        assert_eq!(line.revision, sale.revision);
        sale.set_note(None, "for the office").unwrap();
        assert_eq!(sale.note.as_deref(), Some("for the office"));
        sale.set_note(Some(&mut line), " ").unwrap();
        sale.set_note(None, "").unwrap();
        assert_eq!((line.note, sale.note), (None, None));
    }

    #[test]
    fn a_note_has_its_length_and_no_signs_of_a_printer() {
        let mut sale = open();
        assert_eq!(sale.set_note(None, &"é".repeat(NOTE_MAX)), Ok(()));
        let refused = Err(SaleError::NoteInvalid { max: NOTE_MAX });
        assert_eq!(sale.set_note(None, &"é".repeat(NOTE_MAX + 1)), refused);
        assert_eq!(sale.set_note(None, "\u{1b}p\u{0}"), refused);
    }

    #[test]
    fn what_has_a_note_stands_alone_and_what_is_out_gets_none() {
        let mut sale = open();
        let bread = || item(1_000_000, 1_000, Unit::Each);
        let mut line = sale.add(bread(), Direction::Sale, &grants(None)).unwrap();
        assert!(line.takes(&bread(), Direction::Sale));
        sale.set_note(Some(&mut line), "sliced").unwrap();
        assert!(!line.takes(&bread(), Direction::Sale));
        sale.void_line(&mut line).unwrap();
        assert_eq!(sale.set_note(Some(&mut line), "x"), Err(SaleError::LineUnknown { line: 1 }));
    }
}
