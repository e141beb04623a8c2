//! What a completed sale has to say: its receipt number (rule 7), its sums (rule 8), its id (rule 12).

use super::fault::Problem;
use domain::sale::line::Direction;
use domain::tax::TaxMode;
use domain::tender::TenderDirection;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use uuid::Uuid;

/// What is taken from a sale's fact.
#[derive(Default)]
pub struct SaleRead<'p> {
    pub number: Option<u64>,
    pub sale: Option<Uuid>,
    pub total: Option<(Cow<'p, str>, i64)>,
}

#[derive(Deserialize)]
struct Sale<'p> {
    sale: Uuid,
    number: u64,
    #[serde(borrow)]
    receipt_number: Cow<'p, str>,
    #[serde(borrow)]
    currency: Cow<'p, str>,
    tax_policy: Policy,
    lines: Vec<Line>,
    taxes: Vec<Tax>,
    total: i64,
    tenders: Vec<Tender>,
}

#[derive(Deserialize)]
struct Numbers {
    number: u64,
    receipt_number: String,
}

#[derive(Deserialize)]
struct Amounts {
    currency: String,
    tax_policy: Policy,
    lines: Vec<Line>,
    taxes: Vec<Tax>,
    total: i64,
    tenders: Vec<Tender>,
}

#[derive(Deserialize)]
struct Policy {
    mode: TaxMode,
}

#[derive(Deserialize)]
struct Line {
    direction: Direction,
    amount: i64,
}

#[derive(Deserialize)]
struct Tax {
    net: i64,
    tax: i64,
}

#[derive(Deserialize)]
struct Tender {
    direction: TenderDirection,
    tendered: i64,
    change: i64,
}

/// Checks the payload of a completed sale; `expected` is the number that is to follow where that is known, `series` that of
/// its log.
pub fn check<'p>(
    text: &'p str,
    series: Option<&str>,
    expected: Option<u64>,
    mut fault: impl FnMut(Problem),
) -> SaleRead<'p> {
    if let Ok(sale) = serde_json::from_str::<Sale<'p>>(text) {
        check_number(sale.number, &sale.receipt_number, series, expected, &mut fault);
        check_sums(sale.tax_policy.mode, &sale.lines, &sale.taxes, sale.total, &sale.tenders, &mut fault);
        return SaleRead {
            number: Some(sale.number),
            sale: Some(sale.sale),
            total: Some((sale.currency, sale.total)),
        };
    }
    in_parts(text, series, expected, fault)
}

/// Checks a payload that is not one of a sale, to say what about it is not.
fn in_parts<'p>(
    text: &str,
    series: Option<&str>,
    expected: Option<u64>,
    mut fault: impl FnMut(Problem),
) -> SaleRead<'p> {
    let mut read = SaleRead::default();
    let Ok(object @ Value::Object(_)) = serde_json::from_str::<Value>(text) else {
        fault(Problem::PayloadUnreadable);
        return read;
    };
    match Numbers::deserialize(&object) {
        Ok(numbers) => {
            check_number(numbers.number, &numbers.receipt_number, series, expected, &mut fault);
            read.number = Some(numbers.number);
        }
        Err(_) => fault(Problem::NumberUnreadable),
    }
    match Amounts::deserialize(&object) {
        Ok(Amounts { currency, tax_policy, lines, taxes, total, tenders }) => {
            check_sums(tax_policy.mode, &lines, &taxes, total, &tenders, &mut fault);
            read.total = Some((Cow::Owned(currency), total));
        }
        Err(_) => fault(Problem::AmountsUnreadable),
    }
    match object.get("sale").map(Uuid::deserialize) {
        Some(Ok(sale)) => read.sale = Some(sale),
        Some(Err(_)) | None => fault(Problem::SaleUnreadable),
    }
    read
}

fn check_number(
    number: u64,
    receipt_number: &str,
    series: Option<&str>,
    expected: Option<u64>,
    fault: &mut impl FnMut(Problem),
) {
    // Numbers begin with 1, wherever a file begins.
    let expected = expected.unwrap_or(number.max(1));
    if number != expected {
        fault(Problem::NumberDiffers { expected, found: number });
    }
    let Some(series) = series else { return };
    let rest = receipt_number.strip_prefix(series).and_then(|rest| rest.strip_prefix('-'));
    if rest.is_none_or(|digits| !is_number(digits, number)) {
        let expected = format!("{series}-{number:06}");
        fault(Problem::ReceiptNumberDiffers { expected, found: receipt_number.to_owned() });
    }
}

/// Whether digits are a number as it is printed: at least six, and no zero more than it needs.
fn is_number(digits: &str, number: u64) -> bool {
    let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    plain
        && digits.parse() == Ok(number)
        && (digits.len() == 6 || digits.len() > 6 && !digits.starts_with('0'))
}

fn check_sums(
    mode: TaxMode,
    lines: &[Line],
    taxes: &[Tax],
    total: i64,
    tenders: &[Tender],
    fault: &mut impl FnMut(Problem),
) {
    let net: i128 = taxes.iter().map(|row| i128::from(row.net)).sum();
    let taxed = net + taxes.iter().map(|row| i128::from(row.tax)).sum::<i128>();
    let wide = i128::from(total);
    if taxed != wide {
        fault(Problem::TaxesDiffer { total, found: taxed });
    }
    let paid: i128 = tenders
        .iter()
        .map(|tender| {
            let kept = i128::from(tender.tendered) - i128::from(tender.change);
            match tender.direction {
                TenderDirection::Taken => kept,
                TenderDirection::Given => -kept,
            }
        })
        .sum();
    if paid != wide {
        fault(Problem::TendersDiffer { total, found: paid });
    }
    let sold: i128 = lines
        .iter()
        .map(|line| match line.direction {
            Direction::Sale => i128::from(line.amount),
            Direction::Return => -i128::from(line.amount),
        })
        .sum();
    let expected = match mode {
        TaxMode::Included => wide,
        TaxMode::Added => net,
    };
    if sold != expected {
        fault(Problem::LinesDiffer { expected, found: sold });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<&'static str> {
        let mut codes = Vec::new();
        check(text, Some("A"), Some(7), |problem| codes.push(problem.code()));
        codes
    }

    /// A return of one line without tax, paid out in cash.
    const WHOLE: &str = r#"{"sale":"00000000-0000-0000-0000-000000000009","number":7,"receipt_number":"A-000007",
        "currency":"EUR","tax_policy":{"mode":"included","scope":"line","rounding":"half_up"},
        "lines":[{"line":1,"direction":"return","amount":250,"tax":0}],"taxes":[{"rate":0,"net":-250,"tax":0}],
        "total":-250,"tenders":[{"kind":"cash","direction":"given","tendered":250,"change":0}]}"#;

    #[test]
    fn each_sum_of_a_sale_is_held_against_its_total() {
        assert_eq!(problems(WHOLE), [""; 0]);
        for (from, to, codes) in [
            ("\"number\":7", "\"number\":8", vec!["verify.number_differs", "verify.receipt_number_differs"]),
            ("A-000007", "A-0000007", vec!["verify.receipt_number_differs"]),
            ("A-000007", "A-7", vec!["verify.receipt_number_differs"]),
            ("\"net\":-250", "\"net\":-249", vec!["verify.taxes_differ"]),
            ("\"tendered\":250", "\"tendered\":260", vec!["verify.tenders_differ"]),
            ("\"change\":0", "\"change\":250", vec!["verify.tenders_differ"]),
            ("\"amount\":250", "\"amount\":251", vec!["verify.lines_differ"]),
            ("\"direction\":\"return\"", "\"direction\":\"sale\"", vec!["verify.lines_differ"]),
            ("\"total\":-250", "\"total\":-250.0", vec!["verify.amounts_unreadable"]),
            ("\"number\":7", "\"number\":\"7\"", vec!["verify.number_unreadable"]),
            ("-000000000009", "-00000000000x", vec!["verify.sale_unreadable"]),
            ("{\"sale\"", "\"sale\"", vec!["verify.payload_unreadable"]),
        ] {
            assert!(WHOLE.contains(from), "{from}");
            assert_eq!(problems(&WHOLE.replacen(from, to, 1)), codes, "{from} → {to}");
        }
        // With tax on top the lines come to the net.
        let added = WHOLE.replace("included", "added");
        assert_eq!(problems(&added), [""; 0]);
        assert_eq!(
            problems(&added.replace("\"net\":-250,\"tax\":0", "\"net\":-240,\"tax\":-10")),
            ["verify.lines_differ"]
        );
    }
}
