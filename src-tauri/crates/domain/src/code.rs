//! What a scanner or a keypad delivers, and the forms it is looked up by.

pub mod gs1;
pub mod gtin;
pub mod label;
pub mod reading;
pub mod restricted;

use serde::{Deserialize, Serialize};

/// A code as read, trimmed, without control characters; 1 to 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "string"), schemars(with = "String"))]
pub struct Code(String);

/// The longest code that is looked up.
pub const CODE_LENGTH_MAX: usize = 64;

impl Code {
    /// Reads a code: strips white space around it and refuses control characters, nothing, and more than 64
    /// characters.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= CODE_LENGTH_MAX;
        (fits && !text.chars().any(char::is_control)).then(|| Self(text.to_owned()))
    }

    /// The code as read.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form codes are stored and looked up by: a number of up to 14 digits gets leading zeros up to 14, so that
    /// numbers that differ by leading zeros alone are one, as a UPC-A and its EAN-13 are (GS1 General Specifications §2);
    /// anything else in upper case.
    ///
    /// ```
    /// use domain::code::Code;
    /// let upc = Code::parse("012345678905").unwrap();
    /// let ean = Code::parse("0012345678905").unwrap();
    /// assert_eq!(upc.key(), ean.key());
    /// assert_eq!(Code::parse("85123a").unwrap().key(), "85123A");
    /// ```
    pub fn key(&self) -> String {
        if self.is_number() && self.0.len() <= gtin::DIGITS_MAX {
            format!("{:0>14}", self.0)
        } else {
            self.0.to_uppercase()
        }
    }

    /// Keys of other numbers that stand for the same article, to be tried when nobody has [`Code::key`]: a UPC-E for its
    /// UPC-A, and the other way round.
    ///
    /// ```
    /// use domain::code::Code;
    /// let short = Code::parse("04252614").unwrap();
    /// assert_eq!(short.other_keys(), ["00042100005264"]);
    /// ```
    pub fn other_keys(&self) -> Vec<String> {
        if !self.is_number() {
            return Vec::new();
        }
        // Eight digits that would be written shorter in another way are an EAN-8 and no UPC-E.
        let expanded = gtin::expanded(&self.0);
        let expanded =
            expanded.filter(|long| self.0.len() != 8 || gtin::compressed(long).as_ref() == Some(&self.0));
        let mut keys: Vec<String> = expanded.into_iter().chain(gtin::compressed(&self.0)).collect();
        for key in &mut keys {
            *key = format!("{key:0>14}");
        }
        keys.dedup();
        keys.retain(|key| *key != self.key());
        keys
    }

    /// Whether it consists of digits alone.
    pub fn is_number(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl TryFrom<String> for Code {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("a code has 1 to 64 printable characters")
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}
