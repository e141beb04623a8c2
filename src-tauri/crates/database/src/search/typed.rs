//! What was typed, as queries of the index.

use super::fold;

/// Words a search looks for at most.
pub(crate) const WORDS_MAX: usize = 12;

/// What was typed: the finished words, and the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Words that something follows.
    pub finished: Vec<String>,
    /// The word that is being typed.
    pub begun: Option<String>,
}

impl Typed {
    /// Reads what was typed; `None` when there is no word in it.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut finished, open) = fold::words(text);
        finished.truncate(WORDS_MAX);
        let begun = if open { finished.pop() } else { None };
        (!finished.is_empty() || begun.is_some()).then_some(Self { finished, begun })
    }

    /// All words, and whether each is only the beginning of one.
    pub fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        let finished = self.finished.iter().map(|word| (word.as_str(), false));
        finished.chain(self.begun.iter().map(|word| (word.as_str(), true)))
    }

    /// Finished words as they are, and the last one as a beginning.
    pub fn as_typed(&self) -> String {
        and(self.words().map(|(word, begun)| term(word, begun)))
    }

    /// Every word as a beginning; `None` where that is the same.
    pub fn as_beginnings(&self) -> Option<String> {
        (!self.finished.is_empty()).then(|| and(self.words().map(|(word, _)| term(word, true))))
    }
}

/// A word of a query. Folded words are letters and digits alone; the quotes keep `and`, `or` and `not` words.
pub(crate) fn term(word: &str, begun: bool) -> String {
    if begun { format!("\"{word}\"*") } else { format!("\"{word}\"") }
}

/// All of these.
pub(crate) fn and(terms: impl Iterator<Item = String>) -> String {
    terms.collect::<Vec<_>>().join(" AND ")
}

/// Any of these.
pub(crate) fn or(terms: impl Iterator<Item = String>) -> String {
    format!("({})", terms.collect::<Vec<_>>().join(" OR "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finished_words_are_exact_and_the_last_is_a_beginning() {
        let typed = Typed::parse("Crème fraî").unwrap();
        assert_eq!(typed.as_typed(), "\"creme\" AND \"frai\"*");
        assert_eq!(typed.as_beginnings().unwrap(), "\"creme\"* AND \"frai\"*");
        assert_eq!(Typed::parse("not ").unwrap().as_typed(), "\"not\"");
        assert_eq!(Typed::parse("\"* -"), None);
        assert_eq!(Typed::parse("and").unwrap().as_beginnings(), None);
    }
}
