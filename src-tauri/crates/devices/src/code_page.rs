//! Code pages: one byte per character, as printers hold them. The tables are those of `oem_cp` and `encoding_rs`, held
//! against a second source by a test.

use std::sync::OnceLock;

use encoding_rs::Encoding;

/// The upper half of a code page; the lower half is ASCII in all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePage {
    /// Its number: 437, 850, 1252 …
    pub number: u16,
    /// What the bytes from 0x80 on stand for.
    upper: [Option<char>; 128],
    /// The same by character, in order: letters are looked up far more often than bytes.
    bytes: Vec<(char, u8)>,
}

impl CodePage {
    /// A page by its number, where this crate knows it. Page 864 is not offered: it is no superset of ASCII.
    pub fn numbered(number: u16) -> Option<&'static Self> {
        all().iter().find(|page| page.number == number)
    }

    /// The byte for a printable character.
    pub fn encode(&self, character: char) -> Option<u8> {
        if matches!(character, ' '..='~') {
            return u8::try_from(character).ok();
        }
        let place = self.bytes.binary_search_by_key(&character, |(of, _)| *of).ok()?;
        self.bytes.get(place).map(|(_, byte)| *byte)
    }

    /// The printable character for a byte.
    pub fn decode(&self, byte: u8) -> Option<char> {
        match byte {
            b' '..=b'~' => Some(char::from(byte)),
            0x80.. => self.upper[usize::from(byte - 0x80)],
            _ => None,
        }
    }
}

const OEM: [u16; 17] = [437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 865, 866, 869, 874];

fn all() -> &'static [CodePage] {
    static PAGES: OnceLock<Vec<CodePage>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let oem = OEM.iter().filter_map(|number| {
            let table = oem_cp::code_table::DECODING_TABLE_CP_MAP.get(number)?;
            Some(page(*number, |byte| table.decode_char_checked(byte)))
        });
        let windows = [
            (1250, encoding_rs::WINDOWS_1250),
            (1251, encoding_rs::WINDOWS_1251),
            (1252, encoding_rs::WINDOWS_1252),
            (1253, encoding_rs::WINDOWS_1253),
            (1254, encoding_rs::WINDOWS_1254),
            (1257, encoding_rs::WINDOWS_1257),
        ];
        let windows = windows.iter().map(|(number, encoding)| page(*number, |byte| single(encoding, byte)));
        oem.chain(windows).collect()
    })
}

fn page(number: u16, decode: impl Fn(u8) -> Option<char>) -> CodePage {
    let mut upper = [None; 128];
    for (byte, place) in (0x80..=0xFF_u8).zip(&mut upper) {
        // The web's tables fill holes with C1 controls; a printer has nothing there.
        *place = decode(byte).filter(|c| !c.is_control());
    }
    let mut bytes: Vec<(char, u8)> =
        upper.iter().zip(0x80..=0xFF_u8).filter_map(|(upper, byte)| upper.map(|of| (of, byte))).collect();
    // Where a page has a character twice, its first byte is the one it is printed with.
    bytes.sort_unstable();
    bytes.dedup_by_key(|(of, _)| *of);
    CodePage { number, upper, bytes }
}

fn single(encoding: &'static Encoding, byte: u8) -> Option<char> {
    let bytes = [byte];
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    text.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `code_page/python.txt` was written by Python 3.11's codecs, which come from the Unicode consortium's and
    /// Microsoft's tables: per page its number and 128 code points, `-` where there is none.
    #[test]
    fn every_page_agrees_with_pythons() {
        let mut checked = 0;
        for line in include_str!("code_page/python.txt").lines() {
            let mut words = line.split(' ');
            let number: u16 = words.next().and_then(|word| word.parse().ok()).expect("a page number");
            let page = CodePage::numbered(number).expect("a known page");
            for (byte, word) in (0x80..=0xFF_u8).zip(words.by_ref()) {
                let python = u32::from_str_radix(word, 16).ok().and_then(char::from_u32);
                assert_eq!(page.decode(byte), python, "page {number}, byte {byte:02X}");
                if let Some(character) = python {
                    assert_eq!(page.encode(character), Some(byte), "page {number}, {character}");
                }
                checked += 1;
            }
        }
        assert_eq!(checked, all().len() * 128);
    }

    #[test]
    fn controls_are_on_no_page() {
        for page in all() {
            for code in (0..0x20).chain(0x7F..0xA0) {
                assert_eq!(char::from_u32(code).and_then(|c| page.encode(c)), None);
            }
        }
    }
}
