//! Currencies of ISO 4217 and how many decimals each has.

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// A currency by its ISO 4217 alphabetic code.
///
/// ```
/// use domain::currency::Currency;
/// assert_eq!(Currency::parse("TND").unwrap().decimals(), 3);
/// assert_eq!(Currency::parse("JPY").unwrap().decimals(), 0);
/// assert!(Currency::parse("EURO").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "string"), schemars(with = "String"))]
pub struct Currency([u8; 3]);

/// Active codes of ISO 4217 (list one, 2024) that have 0, 2 or 3 decimals, in alphabetical order as in the other lists.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ \
    GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL \
    LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD \
    TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Codes without a minor unit in ISO 4217.
const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

/// Codes whose minor unit is a thousandth in ISO 4217.
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";

impl Currency {
    /// The currency with this code, or `None` when ISO 4217 does not list it with 0, 2 or 3 decimals.
    pub fn parse(code: &str) -> Option<Self> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        lists(CODES, code).then_some(Self(code))
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only codes of the list above are stored, and they are ASCII")
    }

    /// Decimals of the minor unit: 0, 2 or 3.
    pub fn decimals(&self) -> u32 {
        if lists(NO_DECIMALS, self.0) {
            0
        } else if lists(THREE_DECIMALS, self.0) {
            3
        } else {
            2
        }
    }

    /// Minor units in one major unit: 1, 100 or 1,000.
    pub fn minor_per_major(&self) -> i64 {
        match self.decimals() {
            0 => 1,
            3 => 1_000,
            _ => 100,
        }
    }
}

/// Whether a list has this code: three letters and a space each, in alphabetical order. Every amount that is read asks.
fn lists(list: &str, code: [u8; 3]) -> bool {
    let (all_but_last, last) = list.as_bytes().as_chunks::<4>();
    all_but_last.binary_search_by(|[a, b, c, _]| [*a, *b, *c].cmp(&code)).is_ok() || last == code
}

// Every amount is written and read with its currency: the three letters are not copied into a text of their own for it.
impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(CodeVisitor)
    }
}

/// Takes a code from wherever it stands.
struct CodeVisitor;

impl de::Visitor<'_> for CodeVisitor {
    type Value = Currency;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a currency's code")
    }

    fn visit_str<E: de::Error>(self, code: &str) -> Result<Currency, E> {
        Currency::parse(code).ok_or_else(|| E::custom(format_args!("{code} is not a currency of ISO 4217")))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_code_is_found_and_no_other() {
        for list in [CODES, NO_DECIMALS, THREE_DECIMALS] {
            let codes: Vec<&str> = list.split_ascii_whitespace().collect();
            assert!(codes.is_sorted(), "{list}");
            assert_eq!(codes.join(" "), list);
            for code in codes {
                assert_eq!(Currency::parse(code).unwrap().code(), code);
            }
        }
        for other in ["", "EU", "EURO", "eur", "AAA", "ZZZ", "ED ", " AE", "XXX"] {
            assert!(Currency::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_currency_is_its_code_in_json_and_nothing_else_is_one() {
        let euro: Currency = serde_json::from_str(r#""EUR""#).unwrap();
        assert_eq!(serde_json::to_string(&euro).unwrap(), r#""EUR""#);
        assert_eq!(serde_json::from_value::<Currency>(serde_json::json!("EUR")).unwrap(), euro);
        for other in [r#""EURO""#, r#""eur""#, "978", "null"] {
            assert!(serde_json::from_str::<Currency>(other).is_err(), "{other}");
        }
    }

    #[test]
    fn decimals_are_those_of_the_lists() {
        let decimals = |code| Currency::parse(code).unwrap().decimals();
        assert_eq!(["BIF", "XPF", "EUR", "USD", "BHD", "TND"].map(decimals), [0, 0, 2, 2, 3, 3]);
    }
}
