//! What a cell says: numbers as people write them, codes, units.

use domain::code::Code;
use domain::price::Price;
use domain::product::Status;
use domain::quantity::{Quantity, Unit};
use domain::tax::TaxRate;
use wire::import::DecimalMark;

/// A decimal number as it is written, in units of ten to the power of −`decimals`: with a sign or word of a currency
/// before or behind it, and groups of thousands. `None` for what is none, is negative, or has more decimals that count.
pub fn decimal(text: &str, mark: DecimalMark, decimals: u32) -> Option<i64> {
    let (point, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let text = text.trim_matches(|c: char| !c.is_ascii_digit() && c != '-' && c != '+' && c != point);
    let text = text.strip_prefix('+').unwrap_or(text);
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let mut value: i64 = 0;
    let mut any = false;
    // Groups are of three digits: "1.50" with a comma for the mark is a mistake and not 150.
    let mut groups = whole.split(|c: char| c == group || c == '\'' || c == '’' || c.is_whitespace());
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = !rest.is_empty();
    if is_grouped && (first.is_empty() || first.len() > 3 || rest.iter().any(|group| group.len() != 3)) {
        return None;
    }
    for digit in first.chars().chain(rest.iter().flat_map(|group| group.chars())) {
        value = value.checked_mul(10)?.checked_add(i64::from(digit.to_digit(10)?))?;
        any = true;
    }
    let kept = fraction.trim_end_matches('0');
    if kept.len() > decimals as usize {
        return None;
    }
    for place in 0..decimals as usize {
        let digit = match kept.as_bytes().get(place) {
            Some(digit) => i64::from(char::from(*digit).to_digit(10)?),
            None => 0,
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    any |= !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    any.then_some(value)
}

/// A price for one unit.
pub fn price(text: &str, mark: DecimalMark) -> Option<Price> {
    Price::micros(decimal(text, mark, 6)?).ok()
}

/// A quantity.
pub fn quantity(text: &str, mark: DecimalMark) -> Option<Quantity> {
    Quantity::thousandths(decimal(text, mark, 3)?).ok()
}

/// A tax rate as it is written: `20 %`, `5.5`, `0,055` is not taken for one.
pub fn rate(text: &str, mark: DecimalMark) -> Option<TaxRate> {
    let number = text.trim().trim_end_matches('%').trim();
    if !number.starts_with(|c: char| c.is_ascii_digit()) || !number.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    TaxRate::ppm(decimal(number, mark, 4)?).ok()
}

/// The codes of a cell; `None` when one of them is none.
pub fn codes(text: &str) -> Option<Vec<Code>> {
    let separators = |c: char| c == ';' || c == '|' || c.is_whitespace();
    // One code that has a space in it is one code, unless every part is a number.
    let parts: Vec<&str> = text.split(separators).filter(|part| !part.is_empty()).collect();
    let several = parts.len() > 1
        && (text.contains([';', '|'])
            || parts.iter().all(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_digit())));
    if several { parts.into_iter().map(Code::parse).collect() } else { Some(vec![Code::parse(text)?]) }
}

/// The names of what things are sold by, in the languages people write them.
const UNITS: &[(Unit, &[&str])] = &[
    (
        Unit::Each,
        &[
            "each", "piece", "pieces", "pc", "pcs", "ea", "unit", "unité", "pièce", "stk", "stück", "ud",
            "unidad", "pz", "st",
        ],
    ),
    (Unit::Kilogram, &["kg", "kilo", "kilogram", "kilogramme", "kilogramm", "кг", "كغ"]),
    (Unit::Litre, &["l", "litre", "liter", "litro", "л"]),
    (Unit::Metre, &["m", "metre", "meter", "mètre", "metro", "м"]),
];

/// What something is sold by.
pub fn unit(text: &str) -> Option<Unit> {
    let word = text.trim().trim_end_matches('.').to_lowercase();
    UNITS.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(unit, _)| *unit)
}

/// The words for whether something is in use, in the languages people write them.
const STATUSES: &[(Status, &[&str])] = &[
    (Status::Active, &["active", "in use", "yes", "actif", "active", "aktiv", "activo", "attivo", "ativo"]),
    (Status::Archived, &["archived", "inactive", "no", "archivé", "archiviert", "archivado", "archiviato"]),
];

/// Whether something is in use.
pub fn status(text: &str) -> Option<Status> {
    let word = text.trim().to_lowercase();
    STATUSES.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(status, _)| *status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn a_price_is_read_as_it_is_written() {
        for (text, mark, micros) in [
            ("1.5", Point, Some(1_500_000)),
            ("1,5", Comma, Some(1_500_000)),
            ("€ 1.234,56", Comma, Some(1_234_560_000)),
            ("1,234.56 USD", Point, Some(1_234_560_000)),
            ("1 234,5", Comma, Some(1_234_500_000)),
            ("1\u{a0}234,50 €", Comma, Some(1_234_500_000)),
            ("1'234.50", Point, Some(1_234_500_000)),
            (".5", Point, Some(500_000)),
            ("12", Comma, Some(12_000_000)),
            ("0.0375", Point, Some(37_500)),
            ("1.5000000000", Point, Some(1_500_000)),
            ("1.0000001", Point, None),
            ("1.50", Comma, None),
            ("1,50", Point, None),
            ("-1.50", Point, None),
            ("free", Point, None),
            ("", Point, None),
            ("1.2.3", Point, None),
            ("99999999999999999999", Point, None),
        ] {
            assert_eq!(price(text, mark).map(Price::as_micros), micros, "{text:?} {mark:?}");
        }
    }

    #[test]
    fn rates_codes_and_units_are_read_as_they_are_written() {
        for (text, ppm) in
            [("20 %", Some(200_000)), ("5.5", Some(55_000)), ("0", Some(0)), ("food", None), ("101", None)]
        {
            assert_eq!(rate(text, Point).map(TaxRate::as_ppm), ppm, "{text:?}");
        }
        let read = |text| codes(text).map(|codes| codes.iter().map(|c| c.as_str().to_owned()).collect());
        let some = |codes: &[&str]| Some(codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>());
        assert_eq!(read("5449000000996"), some(&["5449000000996"]));
        assert_eq!(read("5449000000996; 3017620422003"), some(&["5449000000996", "3017620422003"]));
        assert_eq!(read("5449000000996 3017620422003"), some(&["5449000000996", "3017620422003"]));
        assert_eq!(read("AB 12"), some(&["AB 12"]));
        assert_eq!(read("a\u{7}b"), None);
        assert_eq!((unit("Stk."), unit("KG"), unit("dozen")), (Some(Unit::Each), Some(Unit::Kilogram), None));
    }
}
