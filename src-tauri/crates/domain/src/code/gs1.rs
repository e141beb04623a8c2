//! What a GS1 symbol says of an article beside its number: element strings, and the same in a GS1 Digital Link. Pure, and
//! total: whatever comes in, it gives elements or `None`.
//!
//! An element is an application identifier and its value. Where a value ends is known from the identifier's first two
//! digits, or said by a separator (GS1 General Specifications §7.8.5, figure 7.8.5-2).

use crate::time::BusinessDay;

/// What stands between two elements: the group separator, as which scanners send FNC1.
pub const SEPARATOR: char = '\u{1D}';

/// Elements of one symbol at most.
const ELEMENTS_MAX: usize = 32;
/// Characters of a value of unknown length at most.
const VALUE_MAX: usize = 90;

/// One element: its application identifier and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'t> {
    /// The application identifier.
    pub ai: &'t str,
    /// What it says.
    pub value: &'t str,
}

/// Reads element strings. `None` when some part is none: then nothing of it is to be trusted.
///
/// ```
/// use domain::code::gs1::elements;
/// let read = elements("010950600013435210AB\u{1D}17261231").unwrap();
/// let said: Vec<_> = read.iter().map(|element| (element.ai, element.value)).collect();
/// assert_eq!(said, [("01", "09506000134352"), ("10", "AB"), ("17", "261231")]);
/// ```
pub fn elements(text: &str) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    let mut rest = text.trim_matches(SEPARATOR);
    if !rest.chars().all(|c| c == SEPARATOR || (c.is_ascii() && !c.is_ascii_control())) {
        return None;
    }
    while !rest.is_empty() {
        let (ai, behind) = rest.split_at_checked(identifier_length(rest)?)?;
        if !ai.bytes().all(|byte| byte.is_ascii_digit()) || elements.len() >= ELEMENTS_MAX {
            return None;
        }
        let (value, behind) = match value_length(ai) {
            Some(length) => {
                let (value, behind) = behind.split_at_checked(length)?;
                if !value.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                (value, behind)
            }
            None => behind.split_once(SEPARATOR).unwrap_or((behind, "")),
        };
        if value.len() > VALUE_MAX {
            return None;
        }
        // An element that says nothing, at the end of a symbol that was made carelessly, takes nothing from the others.
        if !value.is_empty() {
            elements.push(Element { ai, value });
        }
        // A separator may stand where none is needed.
        rest = behind.trim_start_matches(SEPARATOR);
    }
    (!elements.is_empty()).then_some(elements)
}

/// Digits of the application identifier that a text begins with. `None` for one that is not assigned.
fn identifier_length(text: &str) -> Option<usize> {
    Some(match text.get(..2)? {
        "00" | "01" | "02" | "03" | "10" | "11" | "12" | "13" | "15" | "16" | "17" | "20" | "21" | "22"
        | "30" | "37" => 2,
        "90" | "91" | "92" | "93" | "94" | "95" | "96" | "97" | "98" | "99" => 2,
        "23" | "24" | "25" | "40" | "41" | "42" | "71" => 3,
        "31" | "32" | "33" | "34" | "35" | "36" | "39" | "43" | "70" | "72" | "80" | "81" | "82" => 4,
        _ => return None,
    })
}

/// Digits of a value whose length its identifier tells; `None` for one that a separator ends.
fn value_length(ai: &str) -> Option<usize> {
    Some(match ai.get(..2)? {
        "00" => 18,
        "01" | "02" | "03" => 14,
        "11" | "12" | "13" | "15" | "16" | "17" => 6,
        "20" => 2,
        "31" | "32" | "33" | "34" | "35" | "36" => 6,
        "41" => 13,
        _ => return None,
    })
}

/// A GS1 Digital Link as its elements, if the text is one: pairs of identifier and value in the path, from the number of
/// an article on, and in the query. Values are decoded from percent signs.
pub fn digital_link(text: &str) -> Option<Vec<(String, String)>> {
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let (address, _) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    let start = steps.iter().position(|step| *step == "01" || *step == "gtin")?;
    let pairs = steps.get(start..)?.chunks(2).map(|pair| match pair {
        ["gtin", value] => Some(("01", *value)),
        [ai, value] => Some((*ai, *value)),
        _ => None,
    });
    let asked = query.split(['&', ';']).filter_map(|pair| pair.split_once('=')).map(Some);
    let mut elements = Vec::new();
    for pair in pairs.chain(asked).take(ELEMENTS_MAX) {
        let (ai, value) = pair?;
        if ai.len() >= 2 && ai.bytes().all(|byte| byte.is_ascii_digit()) {
            let value = decoded(value)?;
            let value = if ai == "01" { format!("{value:0>14}") } else { value };
            elements.push((ai.to_owned(), value));
        }
    }
    let (_, article) = elements.first()?;
    (article.len() == 14 && article.bytes().all(|byte| byte.is_ascii_digit())).then_some(elements)
}

/// A text whose percent signs stand for bytes. `None` when they stand for none.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (high, low) = (char::from(rest.next()?).to_digit(16)?, char::from(rest.next()?).to_digit(16)?);
        bytes.push(u8::try_from(high.checked_mul(16)?.checked_add(low)?).ok()?);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control) && !text.is_empty())
}

/// A date of six digits, `YYMMDD`. A year lies within fifty of `today`'s, and the day `00` is the last of its month
/// (GS1 General Specifications §7.12 and §3.4). `None` for no date.
pub fn date(value: &str, today: BusinessDay) -> Option<BusinessDay> {
    let (year, month, day) = (value.get(..2)?, value.get(2..4)?, value.get(4..6)?);
    let two: i32 = year.parse().ok()?;
    let this_year: i32 = today.to_string().get(..4)?.parse().ok()?;
    let century = this_year.checked_sub(this_year.checked_rem(100)?)?;
    let ahead = two.checked_sub(this_year.checked_rem(100)?)?;
    let shift = match ahead {
        51.. => -100,
        ..=-50 => 100,
        _ => 0,
    };
    let year = century.checked_add(shift)?.checked_add(two)?;
    if day != "00" {
        return BusinessDay::parse(&format!("{year:04}-{month}-{day}"));
    }
    ["31", "30", "29", "28"].iter().find_map(|last| BusinessDay::parse(&format!("{year:04}-{month}-{last}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<Vec<(&str, &str)>> {
        Some(elements(text)?.iter().map(|element| (element.ai, element.value)).collect())
    }

    #[test]
    fn values_end_where_they_should() {
        assert_eq!(
            said("01095060001343523103001250\u{1D}3922599\u{1D}21xyz"),
            Some(vec![("01", "09506000134352"), ("3103", "001250"), ("3922", "599"), ("21", "xyz")])
        );
        assert_eq!(said("\u{1D}01095060001343521726123110L1"), said("01095060001343521726123110L1\u{1D}"));
    }

    #[test]
    fn what_is_no_element_spoils_all() {
        for text in [
            "",
            "\u{1D}",
            "0109506",
            "01095060001343AB",
            "10",
            "10\u{1D}",
            "05x",
            "ab",
            "01é",
            "1",
            "310x001250",
        ] {
            assert_eq!(said(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_link_says_the_same() {
        let link = |text: &str| digital_link(text);
        let pair = |ai: &str, value: &str| (ai.to_owned(), value.to_owned());
        assert_eq!(
            link("https://id.gs1.org/01/09506000134352/10/AB%2F1?17=261231&utm=x"),
            Some(vec![pair("01", "09506000134352"), pair("10", "AB/1"), pair("17", "261231")])
        );
        assert_eq!(
            link("https://shop.example/some/gtin/9506000134352"),
            Some(vec![pair("01", "09506000134352")])
        );
        for other in ["https://example.com/", "ftp://x/01/09506000134352", "https://x/01/abc", "https://x/01"]
        {
            assert_eq!(link(other), None, "{other}");
        }
    }

    #[test]
    fn a_year_lies_near_and_a_month_has_an_end() {
        let today = BusinessDay::parse("2026-11-20").unwrap();
        let day = |value| date(value, today).map(|day| day.to_string());
        assert_eq!(day("261231").as_deref(), Some("2026-12-31"));
        assert_eq!(day("280200").as_deref(), Some("2028-02-29"));
        assert_eq!(day("760101").as_deref(), Some("2076-01-01"));
        assert_eq!(day("770101").as_deref(), Some("1977-01-01"));
        assert_eq!(day("261301"), None);
        assert_eq!(day("2612"), None);
    }
}
