//! Numbers that a shop, or a scale in it, makes for itself: with a weight, a price or a count among their digits. Which
//! digits are which differs from country to country and from shop to shop, so it is a table the shop can change.
//!
//! A rule never beats a product that has the whole number as its code.

use super::Code;
use super::gtin::{check_digit, is_checked, value_check_digit};
use super::label::{Label, Measure};
use crate::price::Price;
use crate::quantity::{Quantity, Unit};
use crate::settings::SettingsError;
use serde::{Deserialize, Serialize};

/// The rules of a shop, asked in order; the first that fits counts. One record for the store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CodeRules {
    /// The rules.
    pub rules: Vec<CodeRule>,
}

/// How one kind of number is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CodeRule {
    /// One character for each digit of the number. A digit stands for itself, `I` for a digit of the article, `V` for one
    /// of the value, `K` for the value's own check digit, `C` for the check digit of the number (the last one), and `X`
    /// for any digit.
    pub layout: String,
    /// What the value is.
    pub holds: Holds,
    /// How many digits of the value stand behind the point.
    pub decimals: u8,
}

/// What the value in a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Holds {
    /// Kilograms.
    Weight,
    /// What the piece costs, in the shop's currency.
    Price,
    /// Pieces.
    Count,
}

/// A number that a rule could read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restricted {
    /// The keys its product may be found by, in order: the number with a value of nothing, with and without check digits;
    /// prefix and article; the article alone.
    pub keys: Vec<String>,
    /// What it says of the piece.
    pub label: Label,
}

/// Rules of a shop at most.
pub const RULES_MAX: usize = 40;
/// Digits of a value at most.
const VALUE_DIGITS_MAX: usize = 6;
/// Lengths of the numbers that rules read: RCN-8 and RCN-13 (an RCN-12 gets a zero before it).
const LENGTHS: [usize; 2] = [8, 13];

impl CodeRules {
    /// Reads a number by the first rule that fits.
    pub fn read(&self, code: &Code) -> Option<Restricted> {
        if !code.is_number() {
            return None;
        }
        let digits = code.as_str();
        let thirteen = format!("{digits:0>13}");
        self.rules.iter().find_map(|rule| match rule.layout.len() {
            8 if digits.len() == 8 => rule.read(digits),
            13 if digits.len() == 12 || digits.len() == 13 => rule.read(&thirteen),
            _ => None,
        })
    }

    /// Checks that every rule can be read.
    ///
    /// # Errors
    /// `CodeLayoutInvalid`, `TooManyLines`.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.rules.len() > RULES_MAX {
            return Err(SettingsError::TooManyLines { field: "rules", max: RULES_MAX });
        }
        match self.rules.iter().find(|rule| !rule.is_sound()) {
            Some(rule) => Err(SettingsError::CodeLayoutInvalid { layout: rule.layout.clone() }),
            None => Ok(()),
        }
    }
}

impl CodeRule {
    fn read(&self, digits: &str) -> Option<Restricted> {
        let fits = self.layout.chars().zip(digits.chars()).all(|(place, digit)| match place {
            '0'..='9' => place == digit,
            _ => digit.is_ascii_digit(),
        });
        if !self.is_sound() || !fits || (self.layout.ends_with('C') && !is_checked(digits)) {
            return None;
        }
        let value = self.of(digits, |place| place == 'V');
        let check = self.of(digits, |place| place == 'K');
        // A number whose inner check digit is another's was not read right.
        if !check.is_empty() && value_check_digit(&value).map(String::from) != Some(check) {
            return None;
        }
        let label = self.label(value.parse().ok()?)?;
        let mut keys = Vec::new();
        for number in [self.emptied(digits, true)?, self.emptied(digits, false)?] {
            keys.push(format!("{number:0>14}"));
        }
        for number in [
            self.of(digits, |place| place == 'I' || place.is_ascii_digit()),
            self.of(digits, |place| place == 'I'),
        ] {
            keys.push(format!("{number:0>14}"));
        }
        keys.dedup();
        Some(Restricted { keys, label })
    }

    /// The digits at the places asked for.
    fn of(&self, digits: &str, asked: impl Fn(char) -> bool) -> String {
        let places = self.layout.chars().zip(digits.chars());
        places.filter(|(place, _)| asked(*place)).map(|(_, digit)| digit).collect()
    }

    /// The number with a value of nothing; with its check digits, or with zeros for them.
    fn emptied(&self, digits: &str, checked: bool) -> Option<String> {
        let zeros = self.of(digits, |place| place == 'V').len();
        let inner = value_check_digit(&"0".repeat(zeros)).filter(|_| checked).unwrap_or('0');
        let places = self.layout.chars().zip(digits.chars());
        let mut number: String = places
            .map(|(place, digit)| match place {
                'V' | 'C' => '0',
                'K' => inner,
                _ => digit,
            })
            .collect();
        if checked && self.layout.ends_with('C') {
            number.pop();
            let last = check_digit(&number)?;
            number.push(last);
        }
        Some(number)
    }

    fn label(&self, value: i64) -> Option<Label> {
        let scaled = |digits: u32| {
            let places = digits.checked_sub(u32::from(self.decimals))?;
            value.checked_mul(10_i64.checked_pow(places)?)
        };
        let measured = |quantity: Quantity, unit: Unit| Label {
            measures: vec![Measure { quantity, unit }],
            measure_counts: true,
            ..Label::default()
        };
        Some(match self.holds {
            Holds::Weight => measured(Quantity::thousandths(scaled(3)?).ok()?, Unit::Kilogram),
            Holds::Count => measured(Quantity::thousandths(scaled(3)?).ok()?, Unit::Each),
            Holds::Price => Label { price: Some(Price::micros(scaled(6)?).ok()?), ..Label::default() },
        })
    }

    /// Whether the layout has its parts: an article, one value of at most six digits in a row, check digits where they can
    /// be; and the decimals fit.
    pub fn is_sound(&self) -> bool {
        let count = |asked: char| self.layout.chars().filter(|place| *place == asked).count();
        let known = self.layout.chars().all(|place| matches!(place, '0'..='9' | 'I' | 'V' | 'K' | 'C' | 'X'));
        let in_a_row =
            self.layout.trim_start_matches(|place| place != 'V').trim_end_matches(|place| place != 'V');
        let value = count('V');
        known
            && LENGTHS.contains(&self.layout.len())
            && count('I') > 0
            && (1..=VALUE_DIGITS_MAX).contains(&value)
            && in_a_row.len() == value
            && (count('K') == 0 || (count('K') == 1 && (value == 4 || value == 5)))
            && (count('C') == 0 || (count('C') == 1 && self.layout.ends_with('C')))
            && self.decimals
                <= match self.holds {
                    Holds::Weight | Holds::Price => 3,
                    Holds::Count => 0,
                }
    }
}

/// The rules that hold in a country, as its GS1 organisation says them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NationalRules {
    /// ISO 3166-1.
    pub country: &'static str,
    /// Where they are written down.
    pub source: &'static str,
    rules: &'static [(&'static str, Holds, u8)],
}

impl NationalRules {
    /// The rules.
    pub fn rules(&self) -> CodeRules {
        let rule = |(layout, holds, decimals): &(&str, Holds, u8)| CodeRule {
            layout: (*layout).to_owned(),
            holds: *holds,
            decimals: *decimals,
        };
        CodeRules { rules: self.rules.iter().map(rule).collect() }
    }
}

const NORDIC_WEIGHTS: &[(&str, Holds, u8)] = &[
    ("23IIIIIIVVVVC", Holds::Weight, 3),
    ("24IIIIIIVVVVC", Holds::Weight, 2),
    ("25IIIIIIVVVVC", Holds::Weight, 1),
];

const SWEDISH: &[(&str, Holds, u8)] = &[
    ("20IIIIIIVVVVC", Holds::Price, 2),
    ("21IIIIIIVVVVC", Holds::Price, 1),
    ("22IIIIIIVVVVC", Holds::Price, 0),
    ("23IIIIIIVVVVC", Holds::Weight, 3),
    ("24IIIIIIVVVVC", Holds::Weight, 2),
    ("25IIIIIIVVVVC", Holds::Weight, 1),
];

/// Rules a shop can begin with. The facts are those of PyPI's `biip` 5.2.0, which names the same sources, and for the
/// United States GS1 General Specifications §2.1.12.2 (price in a UPC-A of number system 2).
pub const NATIONAL: &[NationalRules] = &[
    NationalRules {
        country: "DE",
        source: "https://san.gs1-germany.de/SAN-4-Konzept",
        rules: &[
            ("22IIIIKVVVVVC", Holds::Price, 2),
            ("23IIIIKVVVVVC", Holds::Price, 2),
            ("25IIIIKVVVVVC", Holds::Count, 0),
            ("26IIIIKVVVVVC", Holds::Count, 0),
            ("28IIIIKVVVVVC", Holds::Weight, 3),
            ("29IIIIKVVVVVC", Holds::Weight, 3),
        ],
    },
    NationalRules {
        country: "DK",
        source: "https://www.gs1.dk/om-gs1/overblik-over-gs1-standarder/gtin-13-vaegt",
        rules: &[
            ("21IIIIVVVVVVC", Holds::Price, 2),
            ("22IIIIVVVVVVC", Holds::Price, 2),
            ("23IIIIVVVVVVC", Holds::Price, 2),
            ("24IIIIVVVVVVC", Holds::Price, 2),
            ("26IIIIVVVVVVC", Holds::Weight, 3),
            ("27IIIIIVVVVVC", Holds::Weight, 3),
            ("28IIIIVVVVVVC", Holds::Weight, 3),
        ],
    },
    NationalRules {
        country: "EE",
        source: "https://gs1lv.org/img/upload/ENG.Variable%20measure_in_Latvia.pdf",
        rules: NORDIC_WEIGHTS,
    },
    NationalRules {
        country: "FI",
        source: "https://gs1.fi/en/instructions/gs1-company-prefix/how-identify-product-gtin",
        rules: NORDIC_WEIGHTS,
    },
    NationalRules {
        country: "GB",
        source: "https://www.gs1uk.org/how-to-barcode-variable-measure-items",
        rules: &[("20IIIIIKVVVVC", Holds::Price, 2)],
    },
    NationalRules {
        country: "LT",
        source: "https://gs1lv.org/img/upload/ENG.Variable%20measure_in_Latvia.pdf",
        rules: NORDIC_WEIGHTS,
    },
    NationalRules {
        country: "LV",
        source: "https://gs1lv.org/img/upload/ENG.Variable%20measure_in_Latvia.pdf",
        rules: NORDIC_WEIGHTS,
    },
    NationalRules {
        country: "NO",
        source: "https://gs1.se/en/support/how-do-i-create-my-variable-weight-numbers/",
        rules: SWEDISH,
    },
    NationalRules {
        country: "SE",
        source: "https://gs1.se/en/support/how-do-i-create-my-variable-weight-numbers/",
        rules: SWEDISH,
    },
    NationalRules {
        country: "US",
        source: "https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications",
        rules: &[("02IIIIIKVVVVC", Holds::Price, 2)],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(layout: &str, holds: Holds, decimals: u8) -> CodeRules {
        CodeRules { rules: vec![CodeRule { layout: layout.into(), holds, decimals }] }
    }

    fn read(rules: &CodeRules, code: &str) -> Option<Restricted> {
        rules.read(&Code::parse(code).unwrap())
    }

    /// A number with its check digit.
    fn checked(payload: &str) -> String {
        format!("{payload}{}", check_digit(payload).unwrap())
    }

    #[test]
    fn a_weight_stands_among_the_digits() {
        let swedish = rules("23IIIIIIVVVVC", Holds::Weight, 3);
        let found = read(&swedish, &checked("238888881234")).unwrap();
        assert_eq!(found.label.measures[0].quantity.as_thousandths(), 1_234);
        let empty = checked("238888880000");
        assert_eq!(found.keys[0], format!("0{empty}"));
        assert_eq!(found.keys[2], "00000023888888");
        assert_eq!(found.keys[3], "00000000888888");
        assert_eq!(read(&swedish, "2388888812340"), None, "the check digit is wrong: it was misread");
        assert_eq!(read(&swedish, &checked("248888881234")), None, "another prefix");
    }

    #[test]
    fn a_price_has_a_check_digit_of_its_own() {
        let british = NATIONAL.iter().find(|rules| rules.country == "GB").unwrap().rules();
        let inner = value_check_digit("0499").unwrap();
        let found = read(&british, &checked(&format!("2012345{inner}0499"))).unwrap();
        assert_eq!(found.label.price.unwrap().as_micros(), 4_990_000);
        let wrong = char::from_digit((inner.to_digit(10).unwrap() + 1) % 10, 10).unwrap();
        assert_eq!(read(&british, &checked(&format!("2012345{wrong}0499"))), None);
    }

    #[test]
    fn twelve_digits_are_read_as_thirteen() {
        let american = NATIONAL.iter().find(|rules| rules.country == "US").unwrap().rules();
        let inner = value_check_digit("1250").unwrap();
        let upc = checked(&format!("212345{inner}1250"));
        assert_eq!(upc.len(), 12);
        assert_eq!(read(&american, &upc), read(&american, &format!("0{upc}")));
        assert_eq!(read(&american, &upc).unwrap().label.price.unwrap().as_micros(), 12_500_000);
    }

    #[test]
    fn national_rules_are_sound() {
        for national in NATIONAL {
            assert_eq!(national.rules().check(), Ok(()), "{}", national.country);
        }
    }

    #[test]
    fn a_layout_that_says_nothing_is_refused() {
        for layout in [
            "",
            "23IIIIIIVVVV",
            "23XXXXXXVVVVC",
            "23IIIIIIXXXXC",
            "23IVIIIIVVVIC",
            "2IIIIIVVVVVVVC",
            "C3IIIIIIVVVV1",
            "23IIIIIKVVVKC",
            "23IIIIIéVVVVC",
        ] {
            let bad = rules(layout, Holds::Weight, 3);
            assert!(bad.check().is_err(), "{layout}");
            assert_eq!(read(&bad, &checked("238888881234")), None, "{layout}");
        }
        assert!(rules("23IIIIIIVVVVC", Holds::Count, 1).check().is_err(), "half a piece");
        assert!(rules("23IIIIIIVVVVC", Holds::Weight, 4).check().is_err(), "a tenth of a gram");
    }
}
