//! What is shaped, drawn and missing.

use super::*;

const PLAIN: Type = Type { face: Face::Mono, bold: false, size: 20.0 };

fn fonts() -> Fonts {
    Fonts::new(Vec::new())
}

/// The letters of a text as they stand on paper, from left to right.
fn seen(text: &str) -> String {
    let mut glyphs = fonts().shape(text, PLAIN, None).glyphs;
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    glyphs.dedup_by(|a, b| a.letters == b.letters);
    let seen: String = glyphs.into_iter().map(|glyph| text[glyph.letters].to_owned()).collect();
    seen.replace('\u{200E}', "")
}

#[test]
fn words_of_both_directions_stand_where_readers_look_for_them() {
    for (text, paper) in [
        ("a 12 b", "a 12 b"),
        ("خبز", "زبخ"),
        // Also with a number first, which the shaper forgets when it is told not to wrap.
        ("12 نهج", "جهن 12"),
        ("وصل T1-02", "T1-02 لصو"),
        ("Café خبز 2", "Café 2 زبخ"),
        ("-4.200", "-4.200"),
        ("رقم \u{200E}12/A/00\u{200E}", "12/A/00 مقر"),
    ] {
        assert_eq!(seen(text), paper, "{text}");
    }
}

#[test]
fn letters_that_join_are_joined() {
    // The four forms of one letter are four pictures.
    let joined = fonts().shape("ههه ه", PLAIN, None).glyphs;
    let pictures: BTreeSet<u16> = joined.iter().map(|glyph| glyph.glyph).collect();
    assert_eq!(pictures.len(), 5, "{joined:?}");
    let lam_alef = fonts().shape("لا", PLAIN, None);
    assert_eq!(lam_alef.glyphs.len(), 1, "two letters, one picture: {lam_alef:?}");
}

#[test]
fn what_is_too_wide_is_drawn_smaller_and_never_below_half() {
    let wide = fonts().shape("Ελαιόλαδο", PLAIN, None);
    let fitted = fonts().shape("Ελαιόλαδο", PLAIN, Some(wide.width * 0.8));
    assert!(
        (fitted.width - wide.width * 0.8).abs() < 0.01 && (fitted.size - 16.0).abs() < 0.01,
        "{fitted:?}"
    );
    assert!((fonts().shape("Ελαιόλαδο", PLAIN, Some(1.0)).size - 10.0).abs() < 0.01);
}

#[test]
fn letters_no_font_has_become_question_marks_and_are_told() {
    let mut fonts = fonts();
    assert_eq!(fonts.drawable("Café خبز ข้าว ☕ ★ עוגה").1, BTreeSet::new());
    assert_eq!(fonts.drawable("茶 2"), ("? 2".to_owned(), BTreeSet::from([MissingLetters::EastAsian])));
    assert_eq!(fonts.drawable("ー"), ("?".to_owned(), BTreeSet::from([MissingLetters::EastAsian])));
    assert_eq!(fonts.drawable("ⴰ𐎀"), ("??".to_owned(), BTreeSet::from([MissingLetters::Other])));
    // What steers and is not drawn is not missing.
    assert_eq!(fonts.drawable("❤\u{FE0F}\u{200D}").1, BTreeSet::new());
}

#[test]
fn a_font_that_is_installed_is_found_when_it_is_needed() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/paper/cjk-sample.otf");
    let mut fonts = Fonts::new(vec!["/no/such/font.ttc".into(), sample.into()]);
    assert_eq!(fonts.optional.len(), 2, "nothing is read before a text needs it");
    assert_eq!(fonts.drawable("Café").1, BTreeSet::new());
    assert_eq!(fonts.optional.len(), 2);
    assert_eq!(fonts.drawable("绿茶 コーヒー 김치").1, BTreeSet::new());
    let mut paper = Bitmap::new(100, 30);
    let shaped = fonts.shape("绿茶", PLAIN, None);
    fonts.draw(&shaped, &mut paper, (0.0, 22.0));
    assert!(paper.black() > 150, "{}", paper.black());
    // A folder or a file that is no font is passed over.
    let mut none = Fonts::new(vec![env!("CARGO_MANIFEST_DIR").into(), file!().into()]);
    assert_eq!(none.drawable("茶").0, "?");
}

#[test]
fn the_same_text_gives_the_same_dots_whatever_was_drawn_before() {
    let drawn = |fonts: &mut Fonts| {
        let mut paper = Bitmap::new(300, 40);
        let shaped = fonts.shape("Thé خبز 🍕", PLAIN, None);
        fonts.draw(&shaped, &mut paper, (3.0, 28.0));
        paper
    };
    let mut used = fonts();
    for text in ["שוקולד", "خبز", "ข้าว", "abc"] {
        used.shape(text, Type { bold: true, ..PLAIN }, None);
    }
    assert_eq!(drawn(&mut used), drawn(&mut fonts()));
    assert!(drawn(&mut used).black() > 300);
}
