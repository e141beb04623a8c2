//! The acts of the script language, from words to requests.

/// The words of an act: split at spaces, `"…"` holds one together.
///
/// # Errors
/// A quote that is not closed.
pub fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let mut begun = false;
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            _ => {
                word.push(c);
                begun = true;
            }
        }
    }
    if quoted {
        return Err(format!("a quote is not closed in: {text}"));
    }
    if begun {
        words.push(word);
    }
    Ok(words)
}

/// A decimal number in units of 10^-`decimals`, exactly.
///
/// # Errors
/// Anything but digits with at most that many decimals.
pub fn decimal(text: &str, decimals: usize) -> Result<i64, String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > decimals {
        return Err(format!("{text} is not a number with at most {decimals} decimals"));
    }
    format!("{whole}{fraction:0<decimals$}").parse().map_err(|_| format!("{text} is too large"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words(r#"product "Rye bread" 3.40"#).unwrap(), ["product", "Rye bread", "3.40"]);
        assert!(words("a \"b").is_err());
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("1.5", 6), Ok(1_500_000));
        assert_eq!(decimal("12", 2), Ok(1_200));
        assert!(decimal("1.234", 2).is_err());
        assert!(decimal("-1", 2).is_err());
    }
}
