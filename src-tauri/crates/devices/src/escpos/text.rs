//! Makes text printable: every character left is one byte of one of the printer's pages, and one column wide.

use domain::document::{Block, Cell, Document};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::layout::width;
use crate::profile::Profile;

/// Keeps words together until lines are broken; printed as a space.
pub const NO_BREAK_SPACE: char = '\u{A0}';

/// The document as a printer of this profile can show it: what none of its code pages carries is written with other
/// letters (`œ` as `oe`) or as `?`. Laid out, it shows line by line what [`encode`](super::encode) prints.
pub fn printable(document: &Document, profile: &Profile) -> Document {
    let text = |text: &str| printable_text(text, profile);
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Text { text: words, align, style } => {
            Block::Text { text: text(words), align: *align, style: *style }
        }
        Block::Row { cells, style } => Block::Row {
            cells: cells
                .iter()
                .map(|cell| Cell { text: text(&cell.text), width: cell.width, align: cell.align })
                .collect(),
            style: *style,
        },
        // A bar code carries its data as it is, or not at all.
        Block::Rule | Block::Space { .. } | Block::Image { .. } | Block::Barcode { .. } | Block::Cut => {
            block.clone()
        }
    });
    Document {
        language: document.language.clone(),
        right_to_left: document.right_to_left,
        blocks: blocks.collect(),
    }
}

/// One text, printable.
pub(super) fn printable_text(text: &str, profile: &Profile) -> String {
    let carries = |c: char| {
        matches!(c, ' '..='~' | NO_BREAK_SPACE)
            || profile.code_pages.iter().any(|slot| slot.page.encode(c).is_some())
    };
    let mut printable = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => printable.push(' '),
            c if c.is_control() => {}
            // Spaces that keep words together stay so until the lines are broken.
            NO_BREAK_SPACE | '\u{202F}' | '\u{2007}' => printable.push(NO_BREAK_SPACE),
            '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => printable.push(' '),
            c if is_invisible(c) => {}
            c if carries(c) => printable.push(c),
            c => replace(c, carries, &mut printable),
        }
    }
    printable
}

/// Marks of direction, joining and breaking: they steer a renderer of pictures and say nothing to a printer.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
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

/// What typists write who do not have the character. ASCII only, so that every printer has it.
const fn letters_for(character: char) -> Option<&'static str> {
    Some(match character {
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
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
