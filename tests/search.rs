//! Search over real names: what is typed leads to the product, also with a slip of the finger in it.

use scenarios::goods::Stocked;
use scenarios::seed::draw::Draw;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What a search shows without scrolling.
const SHOWN: usize = 20;
/// Names that are looked at.
const NAMES: usize = 1_000;

struct Shop(Stocked);

impl Shop {
    fn open() -> Self {
        Self(Stocked::open(&mut |told| println!("{told}")).unwrap())
    }

    fn find(&mut self, text: &str) -> Vec<Value> {
        let page: Value = self.0.till.desk.call("product.find", &json!({ "text": text })).unwrap();
        page["tiles"].as_array().unwrap().clone()
    }

    /// The place at which a search shows a product, or one of the same name.
    fn place_of(&mut self, text: &str, good: usize) -> Option<usize> {
        let id = self.0.ids[good].to_string();
        let name = self.0.goods[good].name.clone();
        let tiles = self.find(text);
        tiles.iter().position(|tile| tile["product"] == id.as_str() || tile["name"] == name.as_str())
    }
}

/// Letters of the word in which the slip is.
fn letters(word: &str) -> usize {
    word.chars().count()
}

/// One slip of a finger in one of the words of five letters or more: a letter left out, put in, changed, or two that
/// changed places.
fn slipped(draw: &mut Draw, name: &str) -> Option<String> {
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|at| letters(&words[*at]) >= 5 && words[*at].chars().all(char::is_alphabetic))
        .collect();
    if long.is_empty() {
        return None;
    }
    let word = &mut words[*draw.one(&long)];
    let mut typed: Vec<char> = word.chars().collect();
    let at = usize::try_from(draw.below(typed.len() as u64)).unwrap();
    let letter = typed[usize::try_from(draw.below(typed.len() as u64)).unwrap()];
    match draw.below(4) {
        0 => drop(typed.remove(at)),
        1 => typed.insert(at, letter),
        2 => typed[at] = if typed[at] == letter { 'e' } else { letter },
        _ => {
            let first = at.min(typed.len() - 2);
            typed.swap(first, first + 1);
        }
    }
    let slipped: String = typed.into_iter().collect();
    if slipped == *word {
        return None;
    }
    *word = slipped;
    Some(words.join(" "))
}

#[test]
fn a_slip_of_the_finger_still_leads_to_the_product() {
    let mut shop = Shop::open();
    let mut draw = Draw::new(20260302, 1);
    let (mut asked, mut found, mut missed) = (0, 0, Vec::new());
    let mut slowest = Duration::ZERO;
    while asked < NAMES.min(shop.0.goods.len()) {
        let good = usize::try_from(draw.below(shop.0.goods.len() as u64)).unwrap();
        let Some(typed) = slipped(&mut draw, &shop.0.goods[good].name) else { continue };
        asked += 1;
        let started = Instant::now();
        match shop.place_of(&typed, good) {
            Some(place) if place < SHOWN => found += 1,
            other => missed.push((shop.0.goods[good].name.clone(), typed, other)),
        }
        slowest = slowest.max(started.elapsed());
    }
    for (name, typed, place) in missed.iter().take(60) {
        println!("missed {name:?} by {typed:?}: {place:?}");
    }
    println!(
        "{found} of {asked} names with one slip in {} products, the slowest in {slowest:?}",
        shop.0.goods.len()
    );
    assert!(found * 100 >= asked * 95, "{found} of {asked}");
}
