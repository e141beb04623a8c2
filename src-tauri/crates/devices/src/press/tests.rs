//! What a press says of missing letters, and how often it reads a picture.

use std::sync::atomic::{AtomicUsize, Ordering};

use domain::document::Align;

use super::*;

struct Counted(Arc<AtomicUsize>);

impl Pictures for Counted {
    fn file(&self, hash: &str) -> Option<Vec<u8>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        (hash != "gone").then(|| if hash == "broken" { b"GIF89a".to_vec() } else { Bitmap::new(8, 8).png() })
    }
}

fn document(blocks: Vec<Block>) -> Document {
    Document { language: "en".to_owned(), right_to_left: false, blocks }
}

#[test]
fn a_line_before_the_cut_says_that_letters_are_missing() {
    let press = Press::new(Fonts::new(Vec::new()), Box::new(()));
    let plain = document(vec![Block::text("Café خبز"), Block::Cut]);
    assert_eq!(press.drawable(&plain, "note"), plain);
    assert!(press.missing().is_empty());
    let drawable =
        press.drawable(&document(vec![Block::pair("茶", "1.00", Style::default()), Block::Cut]), "note");
    let note = Block::Text { text: "note".to_owned(), align: Align::Center, style: Style::default() };
    assert_eq!(drawable.blocks, [Block::pair("?", "1.00", Style::default()), note, Block::Cut]);
    assert_eq!(press.missing(), BTreeSet::from([MissingLetters::EastAsian]));
}

#[test]
fn a_picture_is_read_once_for_each_width_and_a_broken_one_too() {
    let reads = Arc::new(AtomicUsize::new(0));
    let press = Press::new(Fonts::new(Vec::new()), Box::new(Counted(Arc::clone(&reads))));
    let of =
        |hash: &str| document(vec![Block::Image { picture: hash.to_owned(), size: PictureSize::Medium }]);
    let (wide, narrow) = (Roll::receipt(48, 576), Roll::receipt(32, 384));
    for roll in [wide, wide, narrow, narrow] {
        assert!(press.bitmap(&of("logo"), roll).height() > 0);
    }
    assert_eq!(reads.load(Ordering::SeqCst), 2);
    for _ in 0..2 {
        assert_eq!(press.bitmap(&of("broken"), wide).height(), 0);
    }
    assert_eq!(reads.load(Ordering::SeqCst), 3);
    assert_eq!(press.picture_problem("broken"), Some(PictureError::Unknown));
    // What is not there may come.
    for _ in 0..2 {
        assert_eq!(press.bitmap(&of("gone"), wide).height(), 0);
    }
    assert_eq!(reads.load(Ordering::SeqCst), 5);
}
