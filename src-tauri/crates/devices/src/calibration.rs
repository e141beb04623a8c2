//! Finds out how a printer counts its code pages, with a person's eyes: the same words under every number, in the three
//! ways western printers write them. Whoever reads the paper says which line and which of the three is right.

use crate::code_page::CodePage;
use crate::profile::{Cutter, Profile, Slot};

/// Numbers that printers select pages by: above, only makers' own pages were seen (escpos-printer-db).
pub const SLOTS: std::ops::RangeInclusive<u8> = 0..=53;

/// The ways a line is written in: the letter it is called by, the page, and the words that look right in that page only.
/// 850 and 858 differ in the euro, 437 has no Ø.
pub const WAYS: [(char, u16, &str); 3] =
    [('A', 1252, "é à ç œ €"), ('B', 858, "é à ç Ø €"), ('C', 850, "é à ç Ø ı")];

/// The page that prints the letters, for a printer of this profile, headed by two lines of plain words.
pub fn page(profile: &Profile, title: &str, question: &str) -> Vec<u8> {
    // Initialise; the character set of the USA; out of Chinese mode.
    let mut bytes = vec![0x1B, b'@', 0x1B, b'R', 0];
    if profile.starts_in_kanji {
        bytes.extend([0x1C, b'.']);
    }
    for line in [title, question, ""] {
        bytes.extend(
            line.chars().map(|c| u8::try_from(c).ok().filter(|b| matches!(b, b' '..=b'~')).unwrap_or(b'?')),
        );
        bytes.push(b'\n');
    }
    for (letter, _, words) in WAYS {
        // What is right cannot be printed before it is known: it is described.
        bytes.extend(format!("{letter}: {}\n", described(words)).bytes());
    }
    bytes.push(b'\n');
    for slot in SLOTS {
        bytes.extend(format!("{slot:>2}").bytes());
        bytes.extend([0x1B, b't', slot]);
        for (letter, page, words) in WAYS {
            bytes.extend(format!("  {letter} ").bytes());
            let page = CodePage::numbered(page);
            bytes.extend(words.chars().map(|c| page.and_then(|page| page.encode(c)).unwrap_or(b'?')));
        }
        bytes.extend([0x1B, b't', 0, b'\n']);
    }
    bytes.extend([0x1B, b'd', profile.feed_before_cut.max(1)]);
    match profile.cutter {
        Cutter::None => {}
        Cutter::Partial => bytes.extend([0x1D, b'V', b'B', 0]),
        Cutter::Full => bytes.extend([0x1D, b'V', b'A', 0]),
    }
    bytes
}

/// The page somebody found under a number. `None` where the number or the page was not on the paper.
pub fn found(slot: u8, page: u16) -> Option<Slot> {
    let asked = SLOTS.contains(&slot) && WAYS.iter().any(|(_, known, _)| *known == page);
    let page = CodePage::numbered(page)?;
    asked.then_some(Slot { number: slot, page })
}

/// Words in ASCII for letters outside of it.
fn described(words: &str) -> String {
    let words = words.split(' ').map(|word| match word {
        "é" => "e'",
        "à" => "a`",
        "ç" => "c,",
        "œ" => "oe",
        "€" => "EUR",
        "Ø" => "O/",
        "ı" => "i without dot",
        other => other,
    });
    words.collect::<Vec<_>>().join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_line_can_be_read_on_every_printer() {
        for profile in Profile::all() {
            let bytes = page(profile, "Code pages", "Which line is right?");
            // A printer of this profile shows the words of its own pages where its own numbers are.
            for (letter, page, words) in WAYS {
                let Some(slot) = profile.code_pages.iter().find(|slot| slot.page.number == page) else {
                    continue;
                };
                let line = line_of(&bytes, slot.number);
                let encoded: Vec<u8> = words.chars().map(|c| slot.page.encode(c).unwrap()).collect();
                let shown = [&[b' ', letter as u8, b' '][..], &encoded].concat();
                assert!(line.windows(shown.len()).any(|part| part == shown), "{} {letter}", profile.name);
                assert_eq!(found(slot.number, page), Some(*slot));
            }
        }
    }

    /// What is printed under a number.
    fn line_of(bytes: &[u8], slot: u8) -> Vec<u8> {
        let start = bytes.windows(3).position(|three| three == [0x1B, b't', slot] && slot != 0);
        let start = start.or_else(|| bytes.windows(6).position(|six| six == b" 0\x1Bt\0 "));
        let rest = &bytes[start.unwrap()..];
        rest[..rest.iter().position(|byte| *byte == b'\n').unwrap()].to_vec()
    }

    #[test]
    fn no_two_ways_look_alike_in_one_page() {
        for (_, page, words) in WAYS {
            let page = CodePage::numbered(page).unwrap();
            for (_, other, other_words) in WAYS.iter().filter(|way| way.1 != page.number) {
                let other = CodePage::numbered(*other).unwrap();
                let misread: String =
                    other_words.chars().filter_map(|c| page.decode(other.encode(c).unwrap())).collect();
                assert_ne!(misread, *other_words, "{} shows {} well", page.number, other.number);
            }
            assert!(words.chars().all(|c| page.encode(c).is_some()));
        }
    }

    #[test]
    fn what_was_not_on_the_paper_cannot_be_found() {
        assert_eq!(found(54, 1252), None);
        assert_eq!(found(16, 437), None);
        assert_eq!(found(16, 1252).map(|slot| slot.number), Some(16));
    }
}
