//! Text as the search compares it: case, marks, ligatures and the forms of one letter do not count. Where a script sets
//! no spaces between words, every character is a word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of one product at most; a name has two hundred characters.
const WORDS_MAX: usize = 64;

/// Words that were folded, each once, in the order they came.
#[derive(Debug, Default)]
pub struct Words(Vec<String>);

impl Words {
    /// Adds the words of a text, and beside the parts of a word with an apostrophe or a hyphen in it the whole: `l'or` is
    /// `l`, `or` and `lor`.
    pub fn add(&mut self, text: &str) {
        for piece in pieces(&folded(text)) {
            for part in piece.parts() {
                self.push(part);
            }
            if let Some(whole) = piece.whole() {
                self.push(&whole);
            }
        }
    }

    /// Adds a text as one word, whatever stands between its letters and digits.
    pub fn add_whole(&mut self, text: &str) {
        let whole: String = folded(text).chars().filter(|c| c.is_alphanumeric()).collect();
        self.push(&whole);
    }

    /// The words, set apart by spaces.
    pub fn into_text(self) -> String {
        self.0.join(" ")
    }

    fn push(&mut self, word: &str) {
        if !word.is_empty() && self.0.len() < WORDS_MAX && !self.0.iter().any(|known| known == word) {
            self.0.push(word.to_owned());
        }
    }
}

/// The words of a text, one after the other, without the wholes of [`Words::add`]; and whether the last one may go on.
pub fn words(text: &str) -> (Vec<String>, bool) {
    let folded = folded(text);
    let open = folded.chars().next_back().is_some_and(|last| last.is_alphanumeric() && !stands_alone(last));
    let words = pieces(&folded).iter().flat_map(Piece::parts).map(str::to_owned).collect();
    (words, open)
}

/// A text in the form in which it is compared.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = text.chars().flat_map(char::to_lowercase).nfkd().filter(|c| !is_combining_mark(*c)).nfc();
    let mut folded = String::with_capacity(text.len());
    for c in plain.flat_map(char::to_lowercase) {
        match same_letter(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(plain_digit(c)),
        }
    }
    folded
}

/// Letters that no rule of Unicode takes apart and people write in another way. Latin: as in names without the letter;
/// Greek: the sigma at the end of a word; Arabic and Persian: forms of one letter (alef, yeh, heh, kaf).
const fn same_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'œ' => "oe",
        'æ' => "ae",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ς' => "σ",
        'ٱ' => "ا",
        'ى' | 'ی' => "ي",
        'ة' | 'ہ' | 'ھ' | 'ە' => "ه",
        'ک' => "ك",
        // The tatweel only makes a word longer; so do marks of direction and what joins or does not join letters.
        '\u{640}' | '\u{200C}' | '\u{200D}' | '\u{200E}' | '\u{200F}' | '\u{AD}' => "",
        _ => return None,
    })
}

/// Where the digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, Thai.
const ZEROS: [u32; 5] = [0x660, 0x6F0, 0x966, 0x9E6, 0xE50];

/// A digit of another script as ours; anything else as it is.
fn plain_digit(c: char) -> char {
    let value = u32::from(c);
    let digit = ZEROS.iter().find_map(|zero| value.checked_sub(*zero).filter(|digit| *digit < 10));
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

/// Whether a character is a word by itself: Thai, Lao, Myanmar, Khmer, the kana, the ideographs.
pub(crate) fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x2FDF | 0x3005..=0x3007
        | 0x3040..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Whether a character between two letters joins them.
const fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '-' | '‐' | '‑' | '–' | '.' | '&' | '·')
}

/// A word, or several that something joins.
struct Piece<'t>(Vec<&'t str>);

impl Piece<'_> {
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().copied()
    }

    fn whole(&self) -> Option<String> {
        (self.0.len() > 1).then(|| self.0.concat())
    }
}

/// Cuts folded text.
fn pieces(folded: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut start = None;
    // Where the word before ended, when only a joining character stands between it and what follows.
    let mut joined = false;
    let mut before = ' ';
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_word = c.is_alphanumeric();
        if is_word && !stands_alone(c) {
            start.get_or_insert(at);
        } else {
            if let Some(from) = start.take() {
                push(&mut pieces, &folded[from..at], joined);
            }
            if is_word {
                pieces.push(Piece(vec![&folded[at..at + c.len_utf8()]]));
                joined = false;
            } else {
                let after = chars.peek().map_or(' ', |(_, c)| *c);
                let both_digits = before.is_ascii_digit() && after.is_ascii_digit();
                let between = |c: char| c.is_alphanumeric() && !stands_alone(c);
                joined = joins(c) && between(before) && between(after) && !both_digits;
            }
        }
        before = c;
    }
    if let Some(from) = start {
        push(&mut pieces, &folded[from..], joined);
    }
    pieces
}

fn push<'t>(pieces: &mut Vec<Piece<'t>>, word: &'t str, joined: bool) {
    match pieces.last_mut() {
        Some(last) if joined => last.0.push(word),
        _ => pieces.push(Piece(vec![word])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let mut words = Words::default();
        words.add(text);
        words.into_text()
    }

    #[test]
    fn one_word_is_written_in_many_ways() {
        let same = [
            ("Crème BRÛLÉE", "creme brulee"),
            ("Œufs", "oeufs"),
            ("Straße", "STRASSE"),
            ("Weißbier", "WEISSBIER"),
            ("ﬁne", "fine"),
            ("ΓΆΛΑΣ", "γαλας"),
            ("أرز", "ارز"),
            ("حليب ـــ طازج", "حليب طازج"),
            ("شكولاتة", "شكولاته"),
            ("کره", "كره"),
            ("٥٠٠", "500"),
            ("５００ｇ", "500g"),
            ("Ёжик", "ежик"),
            ("İstanbul", "istanbul"),
            ("Łosoś", "losos"),
            ("ｺｰﾗ", "コーラ"),
        ];
        for (one, other) in same {
            assert_eq!(words(one).0, words(other).0, "{one} {other}");
            assert!(!words(one).0.is_empty(), "{one}");
        }
    }

    #[test]
    fn hangul_stays_whole_and_ideographs_stand_alone() {
        assert_eq!(all("신라면 컵"), "신라면 컵");
        assert_eq!(all("牛奶250ml"), "牛 奶 250ml");
        assert_eq!(words("นม").0.len(), 2);
    }

    #[test]
    fn what_joins_words_leaves_the_parts_and_the_whole() {
        assert_eq!(all("L'Oréal"), "l oreal loreal");
        assert_eq!(all("Coca-Cola"), "coca cola cocacola");
        assert_eq!(all("Dr.Oetker M&M's"), "dr oetker droetker m s mms");
        assert_eq!(all("1.5 l 7-up"), "1 5 l 7 up 7up");
        assert_eq!(all("- a - b-"), "a b");
    }

    #[test]
    fn the_last_word_goes_on_until_something_ends_it() {
        assert_eq!(words("coca co"), (vec!["coca".to_owned(), "co".to_owned()], true));
        assert!(!words("coca ").1);
        assert!(!words("牛").1, "a word of one character is finished");
        assert_eq!(words(" - "), (vec![], false));
    }

    #[test]
    fn folding_again_changes_nothing() {
        for text in ["Œufs ǅ ß İ ﬁ ℃ ½", "حليب أ إ آ", "がぎぐ", "ΐ ΰ ﷺ"] {
            assert_eq!(folded(&folded(text)), folded(text), "{text}");
        }
    }
}
