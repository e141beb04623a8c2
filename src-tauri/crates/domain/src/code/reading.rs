//! What came from a scanner or a keypad: which code it is, and what it says beside it.

use super::gs1::{self, SEPARATOR};
use super::label::{Label, Measure};
use super::{CODE_LENGTH_MAX, Code};
use crate::price::Price;
use crate::quantity::{Quantity, Unit};
use crate::rounding::{Rounding, divide};
use crate::time::BusinessDay;

/// Characters of what a scanner reads at most: the longest GS1 symbol on an article has fewer.
pub const READING_LENGTH_MAX: usize = 512;

/// A code, and what it says of the piece it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What the product is found by.
    pub code: Code,
    /// What it says beside it.
    pub label: Label,
}

/// Symbols that carry GS1 elements, by the symbology identifier a scanner may send before what it read (ISO/IEC 15424):
/// GS1-128, GS1 DataBar and composites, GS1 DataMatrix, GS1 QR Code, GS1 DotCode.
const GS1_SYMBOLS: [&str; 6] = ["C1", "e0", "e1", "d2", "Q3", "J1"];

/// Reads what came in. `None` when it is no code: nothing, too long, or with control characters that separate no elements.
///
/// Only what is marked as GS1, by the symbol or by a separator in it, is taken apart: digits alone are never guessed to be
/// elements.
///
/// ```
/// use domain::code::reading::read;
/// use domain::time::BusinessDay;
/// let today = BusinessDay::parse("2026-11-20").unwrap();
/// let read = read("]C1010950600013435231030012501726123110AB", today).unwrap();
/// assert_eq!(read.code.as_str(), "09506000134352");
/// assert_eq!(read.label.imprint.lot.as_deref(), Some("AB"));
/// assert_eq!(read.label.measures[0].quantity.to_string(), "1.25");
/// ```
pub fn read(text: &str, today: BusinessDay) -> Option<Reading> {
    let text = text.trim_matches(|c: char| c.is_whitespace());
    if text.chars().count() > READING_LENGTH_MAX {
        return None;
    }
    let (symbol, text) = symbology(text);
    if symbol.is_some_and(|symbol| GS1_SYMBOLS.contains(&symbol)) || text.contains(SEPARATOR) {
        let elements = gs1::elements(text).unwrap_or_default();
        let said = elements.iter().map(|element| (element.ai, element.value));
        if let Some(reading) = of_elements(said, today) {
            return Some(reading);
        }
    } else if let Some(elements) = gs1::digital_link(text) {
        let said = elements.iter().map(|(ai, value)| (ai.as_str(), value.as_str()));
        if let Some(reading) = of_elements(said, today) {
            return Some(reading);
        }
    }
    let plain: String = text.chars().filter(|c| *c != SEPARATOR).collect();
    Some(Reading { code: Code::parse(&plain)?, label: Label::default() })
}

/// The symbology identifier before what was read, and the rest: `]`, a letter and another character.
fn symbology(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = text.strip_prefix(']') else { return (None, text) };
    let Some((symbol, data)) = rest.split_at_checked(2) else { return (None, text) };
    let is_symbol = symbol.starts_with(|c: char| c.is_ascii_alphabetic()) && symbol.is_ascii();
    if is_symbol && !data.is_empty() { (Some(symbol), data) } else { (None, text) }
}

/// What elements say of an article; `None` when they are about none. Of elements that stand twice the first counts.
fn of_elements<'t>(
    elements: impl Iterator<Item = (&'t str, &'t str)>,
    today: BusinessDay,
) -> Option<Reading> {
    let mut article = None;
    let mut label = Label::default();
    for (ai, value) in elements {
        let imprint = &mut label.imprint;
        match ai {
            "01" => article = article.or_else(|| Code::parse(value)),
            "10" => imprint.lot = imprint.lot.take().or_else(|| printed(value)),
            "21" => imprint.serial = imprint.serial.take().or_else(|| printed(value)),
            "15" => imprint.best_before = imprint.best_before.or_else(|| gs1::date(value, today)),
            "17" => imprint.expires = imprint.expires.or_else(|| gs1::date(value, today)),
            "30" => {
                let quantity = value.parse().ok().and_then(|count| Quantity::each(count).ok());
                label.measures.extend(quantity.map(|quantity| Measure { quantity, unit: Unit::Each }));
            }
            _ => {
                label.measures.extend(measure(ai, value));
                if let Some(places) = ai.strip_prefix("392") {
                    label.price = label.price.or_else(|| amount(value, places));
                }
            }
        }
    }
    Some(Reading { code: article?, label })
}

/// A lot or serial number that a line can carry.
fn printed(value: &str) -> Option<String> {
    (value.chars().count() <= CODE_LENGTH_MAX).then(|| value.to_owned())
}

/// The net weight, length or volume that an element says: 310n kilograms, 311n metres, 315n litres, 320n pounds. The last
/// digit of the identifier says how many decimals it has.
fn measure(ai: &str, value: &str) -> Option<Measure> {
    let (kind, places) = ai.split_at_checked(3)?;
    let (unit, per_unit) = match kind {
        "310" => (Unit::Kilogram, 1_000_000_000),
        "311" => (Unit::Metre, 1_000_000_000),
        "315" => (Unit::Litre, 1_000_000_000),
        // A pound is exactly 0.45359237 kg (international yard and pound agreement of 1959).
        "320" => (Unit::Kilogram, 453_592_370),
        _ => return None,
    };
    let decimals: u32 = places.parse().ok().filter(|decimals| *decimals <= 6)?;
    let value: i128 = value.parse().ok()?;
    let divisor = 1_000_000_i128.checked_mul(10_i128.checked_pow(decimals)?)?;
    let thousandths = divide(value.checked_mul(per_unit)?, divisor, Rounding::HalfUp)?;
    let quantity = Quantity::thousandths(i64::try_from(thousandths).ok()?).ok()?;
    Some(Measure { quantity, unit })
}

/// The amount of 392n, in the currency of the place: the last digit of the identifier says how many decimals it has.
fn amount(value: &str, places: &str) -> Option<Price> {
    let decimals: u32 = places.parse().ok().filter(|decimals| *decimals <= 6)?;
    let scale = 10_i64.checked_pow(6_u32.checked_sub(decimals)?)?;
    Price::micros(value.parse::<i64>().ok()?.checked_mul(scale)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Option<Reading> {
        read(text, BusinessDay::parse("2026-11-20").unwrap())
    }

    #[test]
    fn a_plain_code_stays_one_whatever_symbol_it_came_from() {
        for text in ["4006381333931", "]E04006381333931", " ]C04006381333931\u{20}", "]A04006381333931"] {
            let read = reading(text).unwrap();
            assert_eq!((read.code.as_str(), read.label), ("4006381333931", Label::default()), "{text}");
        }
        // It begins like an element and is not marked as one.
        assert_eq!(reading("0109506000134352").unwrap().code.as_str(), "0109506000134352");
        assert_eq!(reading("]x").unwrap().code.as_str(), "]x");
    }

    #[test]
    fn weight_price_lot_and_dates_are_read() {
        let text = "]d20109506000134352392299\u{1D}320100010021S1\u{1D}15261201";
        let read = reading(text).unwrap();
        assert_eq!(read.label.price.unwrap().as_micros(), 990_000);
        assert_eq!(
            read.label.measures,
            [Measure { quantity: Quantity::thousandths(4_536).unwrap(), unit: Unit::Kilogram }]
        );
        assert_eq!(read.label.imprint.serial.as_deref(), Some("S1"));
        assert_eq!(read.label.imprint.best_before, BusinessDay::parse("2026-12-01"));
    }

    #[test]
    fn what_is_marked_and_says_no_article_is_a_plain_code() {
        assert_eq!(reading("]C110AB").unwrap().code.as_str(), "10AB");
        assert_eq!(reading("ab\u{1D}cd").unwrap().code.as_str(), "abcd");
        assert_eq!(reading("a\u{7}b"), None);
        assert_eq!(reading(""), None);
        assert_eq!(reading("]C1").unwrap().code.as_str(), "]C1");
        assert_eq!(reading(&"9".repeat(600)), None);
    }
}
