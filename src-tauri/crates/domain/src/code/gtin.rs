//! Numbers of trade items: check digits, and the short form of a UPC. All of it is on digits as text.

/// Digits of a number of trade items at most.
pub const DIGITS_MAX: usize = 14;

/// Digits of a number of trade items: GTIN-8, -12, -13 and -14.
const LENGTHS: [usize; 4] = [8, 12, 13, 14];

/// The check digit of a number without it: from the right the digits count three times and once in turn
/// (GS1 General Specifications §7.9.1). `None` when there is anything but digits.
///
/// ```
/// assert_eq!(domain::code::gtin::check_digit("400638133393"), Some('1'));
/// ```
pub fn check_digit(payload: &str) -> Option<char> {
    let mut sum: u32 = 0;
    for (index, c) in payload.chars().rev().enumerate() {
        let weight = if index.checked_rem(2) == Some(0) { 3 } else { 1 };
        sum = sum.checked_add(c.to_digit(10)?.checked_mul(weight)?)?;
    }
    let over = sum.checked_rem(10)?;
    char::from_digit(10_u32.checked_sub(over)?.checked_rem(10)?, 10)
}

/// Whether the last digit is the check digit of the others.
pub fn is_checked(digits: &str) -> bool {
    let Some((at, last)) = digits.char_indices().next_back() else { return false };
    check_digit(&digits[..at]) == Some(last)
}

/// What the last digit of a typed number should be, when it has the length of a GTIN and is not one. Shops sell many
/// articles whose number is wrong, so this is for a hint and never a refusal.
///
/// ```
/// use domain::code::gtin::expected_check_digit;
/// assert_eq!(expected_check_digit("4006381333932"), Some('1'));
/// assert_eq!(expected_check_digit("4006381333931"), None);
/// assert_eq!(expected_check_digit("4011"), None);
/// ```
pub fn expected_check_digit(code: &str) -> Option<char> {
    if !LENGTHS.contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) || is_checked(code) {
        return None;
    }
    check_digit(code.get(..code.len().checked_sub(1)?)?)
}

/// The UPC-A (12 digits) of a UPC-E: of six digits, of seven with the number system before them, or of eight with the
/// check digit behind (GS1 General Specifications §5.2.2.4.2). `None` for what is no UPC-E.
pub fn expanded(short: &str) -> Option<String> {
    if !short.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (system, six, check) = match short.len() {
        6 => ("0", short, None),
        7 => (short.get(..1)?, short.get(1..)?, None),
        8 => (short.get(..1)?, short.get(1..7)?, short.get(7..)),
        _ => return None,
    };
    if system != "0" && system != "1" {
        return None;
    }
    let (body, last) = (six.get(..5)?, six.get(5..)?);
    let payload = match last {
        "0" | "1" | "2" => format!("{system}{}{last}0000{}", body.get(..2)?, body.get(2..)?),
        "3" => format!("{system}{}00000{}", body.get(..3)?, body.get(3..)?),
        "4" => format!("{system}{}00000{}", body.get(..4)?, body.get(4..)?),
        _ => format!("{system}{body}0000{last}"),
    };
    let digit = check_digit(&payload)?;
    let long = format!("{payload}{digit}");
    check.is_none_or(|check| long.ends_with(check)).then_some(long)
}

/// The UPC-E of eight digits of a UPC-A, with or without zeros before it. `None` for what has none, and for a number with
/// a wrong check digit: a short form is only told from other numbers by it.
pub fn compressed(long: &str) -> Option<String> {
    if !long.bytes().all(|byte| byte.is_ascii_digit()) || long.len() > DIGITS_MAX {
        return None;
    }
    let long = format!("{long:0>14}");
    if !is_checked(&long) {
        return None;
    }
    let long = long.strip_prefix("00")?;
    let (system, maker, item, check) = (long.get(..1)?, long.get(1..6)?, long.get(6..11)?, long.get(11..)?);
    if system != "0" && system != "1" {
        return None;
    }
    let six = if matches!(maker.get(2..)?, "000" | "100" | "200") && item.starts_with("00") {
        format!("{}{}{}", maker.get(..2)?, item.get(2..)?, maker.get(2..3)?)
    } else if maker.ends_with("00") && item.starts_with("000") {
        format!("{}{}3", maker.get(..3)?, item.get(3..)?)
    } else if maker.ends_with('0') && item.starts_with("0000") {
        format!("{}{}4", maker.get(..4)?, item.get(4..)?)
    } else if item.starts_with("0000") && matches!(item.get(4..)?, "5" | "6" | "7" | "8" | "9") {
        format!("{maker}{}", item.get(4..)?)
    } else {
        return None;
    };
    Some(format!("{system}{six}{check}"))
}

/// The check digit of a price or weight of four or five digits inside a number (GS1 General Specifications §7.9.2 to
/// §7.9.4). `None` for another length.
///
/// ```
/// use domain::code::gtin::value_check_digit;
/// assert_eq!(value_check_digit("2875"), Some('9'));
/// assert_eq!(value_check_digit("14685"), Some('6'));
/// ```
pub fn value_check_digit(value: &str) -> Option<char> {
    const TWO_MINUS: &[u8; 10] = b"0246891357";
    const THREE: &[u8; 10] = b"0369258147";
    const FIVE_PLUS: &[u8; 10] = b"0516273849";
    const FIVE_MINUS: &[u8; 10] = b"0594837261";
    let weights: &[&[u8; 10]] = match value.len() {
        4 => &[TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS],
        5 => &[FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS],
        _ => return None,
    };
    let mut sum: u32 = 0;
    for (weight, digit) in weights.iter().zip(value.chars()) {
        let place = usize::try_from(digit.to_digit(10)?).ok()?;
        sum = sum.checked_add(char::from(*weight.get(place)?).to_digit(10)?)?;
    }
    if value.len() == 4 {
        return char::from_digit(sum.checked_mul(3)?.checked_rem(10)?, 10);
    }
    let rest = char::from_digit(10_u32.checked_sub(sum.checked_rem(10)?)?.checked_rem(10)?, 10)?;
    let digit = FIVE_MINUS.iter().position(|weighted| char::from(*weighted) == rest)?;
    char::from_digit(u32::try_from(digit).ok()?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_every_length() {
        for good in ["96385074", "012345678905", "4006381333931", "00012345678905", "10012345678902"] {
            assert!(is_checked(good), "{good}");
            assert_eq!(expected_check_digit(good), None, "{good}");
        }
        assert!(!is_checked("4006381333932"));
        assert!(!is_checked(""));
        assert_eq!(check_digit("40a"), None);
    }

    #[test]
    fn a_upc_e_is_its_upc_a_and_back() {
        // One of each rule: the last digit says how many zeros were left out.
        for (short, long) in [
            ("01234505", "012000003455"),
            ("01234514", "012100003454"),
            ("01234523", "012200003453"),
            ("01234531", "012300000451"),
            ("01234543", "012340000053"),
            ("01234558", "012345000058"),
            ("01234596", "012345000096"),
            ("04252614", "042100005264"),
        ] {
            assert_eq!(expanded(short).as_deref(), Some(long), "{short}");
            assert_eq!(compressed(long).as_deref(), Some(short), "{long}");
            assert_eq!(compressed(&format!("00{long}")).as_deref(), Some(short));
            assert_eq!(expanded(&short[..7]).as_deref(), Some(long));
            assert_eq!(expanded(&short[1..7]).as_deref(), Some(long));
        }
        assert_eq!(expanded("04252615"), None, "the check digit is another's");
        assert_eq!(expanded("96385074"), None, "an EAN-8");
        assert_eq!(compressed("4006381333931"), None);
    }

    #[test]
    fn every_short_form_comes_back() {
        for number in (0..1_000_000_u32).step_by(7) {
            let six = format!("{number:06}");
            let long = expanded(&six).unwrap();
            let short = compressed(&long).unwrap();
            // Some articles have two short forms; the shorter rule is written.
            assert_eq!(expanded(&short), Some(long), "{six}");
        }
    }
}
