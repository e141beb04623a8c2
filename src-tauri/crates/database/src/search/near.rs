//! What was mistyped: words of the catalogue that one slip of the finger away from a typed one, two in a long one.
//!
//! A slip leaves the beginning or the end of a word as it was. So the candidates are the words that share the first half
//! and, written backwards, those that share the last; each is then compared. The work is bounded.

use super::fold::{self, stands_alone};
use super::typed::{Typed, and, or, term};
use crate::error::DatabaseError;
use rusqlite::{Connection, params};

/// Letters of a word that is corrected at least: in a shorter one every slip is another word.
const LETTERS_MIN: usize = 4;
/// Letters of a word in which two slips are forgiven at least.
const LETTERS_LONG: usize = 9;
/// Letters of a word that is corrected at most.
const LETTERS_MAX: usize = 40;
/// Words that are compared with a typed one at most, from each end.
const CANDIDATES_MAX: u32 = 6_000;
/// Words that stand in for a typed one at most.
const CORRECTIONS_MAX: usize = 40;
/// Words among which one may be left out at most.
const LEAVE_OUT_MAX: usize = 8;

/// Whether a folded word is one of those that are corrected: letters of a script that sets spaces, and enough of them.
pub fn is_corrected(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        if !c.is_alphabetic() || stands_alone(c) {
            return false;
        }
        letters += 1;
    }
    (LETTERS_MIN..=LETTERS_MAX).contains(&letters)
}

/// What was typed, with words near to each: a query, or `None` when there are none.
pub(crate) fn corrected(connection: &Connection, typed: &Typed) -> Result<Option<String>, DatabaseError> {
    let mut groups = Vec::new();
    let mut found = false;
    for (word, begun) in typed.words() {
        let corrections = if is_corrected(word) { corrections(connection, word, begun)? } else { Vec::new() };
        found |= !corrections.is_empty();
        let others = corrections.iter().map(|near| term(near, false));
        groups.push(or(std::iter::once(term(word, begun)).chain(others)));
    }
    Ok(found.then(|| and(groups.into_iter())))
}

/// What was typed without one of its words: a query, or `None` where nothing or too much would be left.
pub(crate) fn but_one(typed: &Typed) -> Option<String> {
    let words: Vec<(&str, bool)> = typed.words().collect();
    if !(3..=LEAVE_OUT_MAX).contains(&words.len()) {
        return None;
    }
    let without = (0..words.len()).map(|out| {
        let left = words.iter().enumerate().filter(|(at, _)| *at != out);
        format!("({})", and(left.map(|(_, (word, begun))| term(word, *begun))))
    });
    Some(or(without))
}

/// How far a name is from what was typed: the fewer words it has that were not typed, the nearer.
pub(crate) fn distance(name: &str, typed: &Typed) -> usize {
    let words = fold::words(name).0;
    let off = |typed: &str| {
        let nearest = words.iter().map(|word| strsim::osa_distance(word, typed)).min();
        nearest.unwrap_or(usize::MAX / 64)
    };
    let slips: usize = typed.words().map(|(word, _)| off(word)).sum();
    slips + 2 * words.len().abs_diff(typed.words().count())
}

/// Words near to a typed one, the nearest first. A word that is still being typed is compared with beginnings.
fn corrections(connection: &Connection, word: &str, begun: bool) -> Result<Vec<String>, DatabaseError> {
    let letters: Vec<char> = word.chars().collect();
    let slips = if letters.len() >= LETTERS_LONG { 2 } else { 1 };
    // Two neighbours that change places touch both halves, unless a letter between the halves is left out.
    let half = letters.len() / 2;
    let head: String = letters[..half].iter().collect();
    let tail: String = letters[half + 1..].iter().rev().collect();
    let mut candidates = sharing(connection, FORWARDS, &head)?;
    let backwards = sharing(connection, BACKWARDS, &tail)?;
    candidates.extend(backwards.into_iter().map(|word| word.chars().rev().collect::<String>()));
    let mut near = Vec::new();
    for candidate in candidates.into_iter().filter(|candidate| candidate != word) {
        let length = candidate.chars().count();
        let distance = if begun {
            distance_begun(word, letters.len(), &candidate)
        } else if length.abs_diff(letters.len()) <= slips {
            strsim::osa_distance(word, &candidate)
        } else {
            continue;
        };
        if distance <= slips {
            near.push((distance, candidate));
        }
    }
    near.sort_unstable();
    near.dedup();
    near.truncate(CORRECTIONS_MAX);
    Ok(near.into_iter().map(|(_, word)| word).collect())
}

/// The distance of a typed beginning of so many letters from the nearest beginning of a word.
fn distance_begun(typed: &str, letters: usize, word: &str) -> usize {
    let cut = |length: usize| word.char_indices().nth(length).map_or(word, |(at, _)| &word[..at]);
    let lengths = letters.saturating_sub(1)..=letters + 1;
    lengths.map(|length| strsim::osa_distance(typed, cut(length))).min().unwrap_or(usize::MAX)
}

const FORWARDS: &str = "select word from search_word where word >= ?1 and word < ?2 limit ?3";
const BACKWARDS: &str = "select word from search_word_backwards where word >= ?1 and word < ?2 limit ?3";

/// The words of a list that begin so.
fn sharing(connection: &Connection, list: &str, head: &str) -> Result<Vec<String>, DatabaseError> {
    let end = format!("{head}\u{10FFFF}");
    let mut statement = connection.prepare_cached(list)?;
    let words = statement.query_map(params![head, end, CANDIDATES_MAX], |row| row.get(0))?;
    Ok(words.collect::<Result<_, _>>()?)
}
