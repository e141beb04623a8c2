//! Makes text printable: every character left is one byte of one of the printer's pages and one column wide, or the line
//! it stands in is drawn.

use domain::document::{Block, Document};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::font::is_invisible;
use crate::layout::width;
use crate::profile::{Profile, RasterMode};

/// Keeps words together until lines are broken; printed as a space.
pub const NO_BREAK_SPACE: char = '\u{A0}';

/// The document as a printer of this profile shows it. A block that its code pages can carry is written with them,
/// typists' marks in place of the typographers' that they lack (`'` for `’`). Any other block stays as it is and is drawn;
/// where the printer cannot draw, its letters are written with others (`r` for `ř`) or as `?`. Laid out, it shows line
/// by line what [`encode`](super::encode) prints.
pub fn printable(document: &Document, profile: &Profile) -> Document {
    let blocks = document.blocks.iter().map(|block| printable_block(block, profile));
    Document {
        language: document.language.clone(),
        right_to_left: document.right_to_left,
        blocks: blocks.collect(),
    }
}

fn printable_block(block: &Block, profile: &Profile) -> Block {
    let mut carried = true;
    let faithful = block.with_words(|text| {
        let text = printable_text(text, profile, true);
        carried = carried && is_carried(&text, profile);
        text
    });
    if carried {
        faithful
    } else if profile.raster == RasterMode::None {
        block.with_words(|text| printable_text(text, profile, false))
    } else {
        block.clone()
    }
}

/// Whether every character is one byte of some page of the printer.
pub(super) fn is_carried(text: &str, profile: &Profile) -> bool {
    is_ascii(text) || text.chars().all(|c| carries(c, profile))
}

/// Letters that run from right to left are drawn even where a page has them: printers put down bytes from left to right,
/// and would print the word backwards.
fn carries(c: char, profile: &Profile) -> bool {
    matches!(c, ' '..='~' | NO_BREAK_SPACE)
        || !matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
            && profile.code_pages.iter().any(|slot| slot.page.encode(c).is_some())
}

/// One text, printable. With `faithful`, letters that would have to become others stay what they are.
pub(super) fn printable_text(text: &str, profile: &Profile, faithful: bool) -> String {
    if is_ascii(text) {
        return text.to_owned();
    }
    let mut printable = String::with_capacity(text.len());
    let mut push = |character| push_printable(character, profile, faithful, &mut printable);
    // Below the first combining mark every letter is composed as far as it can be (UAX #15, quick check).
    if text.chars().all(|character| character < '\u{300}') {
        text.chars().for_each(&mut push);
    } else {
        text.nfc().for_each(&mut push);
    }
    printable
}

/// Whether a text is ASCII without controls: every page has it, and most of a receipt is.
pub(super) fn is_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn push_printable(character: char, profile: &Profile, faithful: bool, into: &mut String) {
    let carries = |c: char| carries(c, profile);
    match character {
        ' '..='~' => into.push(character),
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => into.push(' '),
        c if c.is_control() => {}
        // Spaces that keep words together stay so until the lines are broken.
        NO_BREAK_SPACE | '\u{202F}' | '\u{2007}' => into.push(NO_BREAK_SPACE),
        '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => into.push(' '),
        c if is_invisible(c) => {}
        c if carries(c) => into.push(c),
        c => match marks_for(c) {
            Some(marks) => into.push_str(marks),
            None if faithful => into.push(c),
            None => replace(c, carries, into),
        },
    }
}

/// Writes a character no page carries with letters that some page does.
fn replace(character: char, carries: impl Fn(char) -> bool, into: &mut String) {
    if let Some(letters) = letters_for(character) {
        into.push_str(letters);
        return;
    }
    // ř is r with a mark: better an r than a question mark. A mark alone goes.
    let base: String = character.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    if !base.is_empty() && base.chars().all(&carries) {
        into.push_str(&base);
    } else if !is_combining_mark(character) {
        // As wide as it was, so that what is beside it stays in place.
        into.extend(std::iter::repeat_n('?', width(character.encode_utf8(&mut [0; 4])).max(1)));
    }
}

/// What typists write who lack a mark: it says the same. ASCII only, so that every printer has it.
const fn marks_for(character: char) -> Option<&'static str> {
    Some(match character {
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        '€' => "EUR",
        '£' => "GBP",
        '¥' => "JPY",
        '₺' => "TRY",
        '₽' => "RUB",
        '₹' => "INR",
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '«' => "<<",
        '»' => ">>",
        '‹' => "<",
        '›' => ">",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '•' | '·' => "*",
        '…' => "...",
        '×' => "x",
        '÷' => "/",
        '™' => "TM",
        '©' => "(c)",
        '®' => "(R)",
        '№' => "No.",
        '‰' => "o/oo",
        _ => return None,
    })
}

/// What typists write who lack a letter, where it cannot be drawn.
const fn letters_for(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'ẞ' => "SS",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'þ' => "th",
        'Þ' => "Th",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        _ => return None,
    })
}
