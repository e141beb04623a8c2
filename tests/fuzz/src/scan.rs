//! What a scanner sends: the codes in it are the same however they are asked for, each can be looked up, and what it says
//! beside the code is of a size a line can carry.

use devices::scanner::{Framer, ScanFrame};
use domain::code::label::{Label, Listed};
use domain::code::reading::read as read_code;
use domain::code::restricted::{CodeRule, CodeRules, Holds, NATIONAL};
use domain::code::{CODE_LENGTH_MAX, Code, gs1};
use domain::currency::Currency;
use domain::price::Price;
use domain::quantity::Unit;
use domain::rounding::Rounding;
use domain::time::BusinessDay;

/// Cuts bytes into codes and reads each.
pub fn read(data: &[u8]) {
    let mut framer = Framer::default();
    let mut frames: Vec<ScanFrame> = data.iter().filter_map(|byte| framer.push(*byte)).collect();
    frames.extend(framer.end());
    assert!(framer.end().is_none(), "a code came twice");
    let printable = data.iter().filter(|byte| **byte > 0x1f && **byte != 0x7f).count();
    assert!(frames.len() <= printable, "a code of nothing");
    for frame in frames {
        let ScanFrame::Code(text) = frame else { continue };
        let is_other_control = |c: char| c.is_control() && c != gs1::SEPARATOR;
        assert!(!text.is_empty() && !text.contains(is_other_control), "{text:?}");
        let Some(reading) = BusinessDay::parse("2026-11-20").and_then(|today| read_code(&text, today)) else {
            continue;
        };
        look(&reading.code);
        rung_up(&reading.label);
    }
}

/// A code is its own key, in every form.
fn look(code: &Code) {
    assert!(code.as_str().chars().count() <= CODE_LENGTH_MAX && !code.as_str().contains(char::is_control));
    let key = Code::parse(&code.key());
    // A letter may become two in upper case; what still fits is its own key.
    assert!(key.is_none_or(|key| key.key() == code.key()), "{code:?}");
    for other in code.other_keys() {
        let back = Code::parse(&other).map(|other| other.key());
        assert_eq!(back, Some(other), "{code:?}");
    }
    for national in NATIONAL {
        if let Some(restricted) = national.rules().read(code) {
            assert!(restricted.keys.iter().all(|key| key.len() == 14));
            rung_up(&restricted.label);
        }
    }
    // A layout comes from a screen: the code itself is one as good as any.
    let layout = code.as_str().to_owned();
    let rules = CodeRules { rules: vec![CodeRule { layout, holds: Holds::Price, decimals: 2 }] };
    assert!(rules.check().is_ok() || rules.read(code).is_none());
}

/// Whatever a label says, it becomes a line or is refused.
fn rung_up(label: &Label) {
    let (Some(currency), Ok(price)) = (Currency::parse("EUR"), Price::micros(24_900_000)) else { return };
    for unit in [Unit::Each, Unit::Kilogram, Unit::Litre, Unit::Metre] {
        for price in [None, Some(Price::FREE), Some(price)] {
            let listed = Listed { name: "x", unit, price, currency, rounding: Rounding::HalfUp };
            if let Ok(labelled) = label.on(&listed) {
                assert!(labelled.quantity.is_none_or(|quantity| !quantity.is_zero()), "{label:?}");
            }
        }
    }
}
