//! What a completed sale has to say: its receipt number (rule 7), its sums (rule 8), its id (rule 12).

use super::account::OF_ACCOUNT;
use super::fault::Problem;
use domain::sale::line::Direction;
use domain::tax::TaxMode;
use domain::tender::TenderDirection;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::borrow::Cow;
use uuid::Uuid;

/// What is taken from a sale's fact.
#[derive(Default)]
pub struct SaleRead<'p> {
    pub number: Option<u64>,
    pub sale: Option<Uuid>,
    pub total: Option<(Cow<'p, str>, i64)>,
    /// How it was taxed and settled, where all of that can be read.
    pub settled: Option<Settled>,
    /// The sales it took something back of.
    pub takes_back: Vec<Uuid>,
    /// Whether it moved an account of its customer.
    pub by_account: bool,
}

/// How a sale was taxed and settled.
pub struct Settled {
    pub taxes: Vec<Tax>,
    pub tenders: Vec<Tender>,
    pub rounding: i64,
    /// The drawer it went into; `None` where that cannot be read.
    pub drawer: Option<u8>,
    /// How many discounts it had, and what they took off; `None` where that cannot be read.
    pub discounts: Option<(i64, i64)>,
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
    #[serde(default)]
    cash_rounding: i64,
    #[serde(default)]
    discount: Option<IgnoredAny>,
    /// Only reports of the drawer ask for it.
    #[serde(default = "first", deserialize_with = "readable")]
    drawer: Option<u8>,
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
    #[serde(default)]
    cash_rounding: i64,
}

#[derive(Deserialize)]
struct Policy {
    mode: TaxMode,
}

#[derive(Deserialize)]
struct Line {
    direction: Direction,
    amount: i64,
    /// These three no rule of sales needs.
    #[serde(default)]
    discount: Option<Beside<Off>>,
    #[serde(default)]
    share: Option<Beside<i64>>,
    #[serde(default)]
    of: Option<Beside<Of>>,
}

#[derive(Deserialize)]
struct Off {
    amount: i64,
}

/// What a line takes back.
#[derive(Deserialize)]
struct Of {
    sale: Uuid,
}

#[derive(Deserialize)]
pub struct Tax {
    /// Only reports of the drawer ask for it.
    #[serde(default, deserialize_with = "readable")]
    pub rate: Option<i64>,
    pub net: i64,
    pub tax: i64,
}

#[derive(Deserialize)]
pub struct Tender {
    /// Only reports of the drawer ask for it.
    #[serde(default, deserialize_with = "readable")]
    pub kind: Option<String>,
    direction: TenderDirection,
    pub tendered: i64,
    pub change: i64,
    #[serde(default)]
    pub tip: i64,
}

impl Tender {
    /// Whether it came from the customer.
    pub const fn is_taken(&self) -> bool {
        matches!(self.direction, TenderDirection::Taken)
    }
}

impl Line {
    fn takes_back(&self) -> Option<Uuid> {
        match &self.of {
            Some(Beside::Right(of)) => Some(of.sale),
            Some(Beside::Other(_)) | None => None,
        }
    }

    const fn signed(&self, amount: i64) -> i64 {
        match self.direction {
            Direction::Sale => amount,
            Direction::Return => amount.saturating_neg(),
        }
    }
}

/// How many discounts lines and their sale had, and what they took off, where that can be read.
fn discounts(lines: &[Line], on_all: bool) -> Option<(i64, i64)> {
    let (mut count, mut off) = (i64::from(on_all), 0_i64);
    for line in lines {
        match &line.discount {
            None => {}
            Some(Beside::Right(discount)) => {
                count = count.saturating_add(1);
                off = off.saturating_add(line.signed(discount.amount));
            }
            Some(Beside::Other(_)) => return None,
        }
        match &line.share {
            Some(Beside::Right(share)) if on_all => off = off.saturating_add(line.signed(*share)),
            Some(Beside::Other(_)) if on_all => return None,
            Some(_) | None => {}
        }
    }
    Some((count, off))
}

/// A value that no rule of sales needs: of the right type, or whatever is there.
#[derive(Deserialize)]
#[serde(untagged)]
enum Beside<T> {
    Right(T),
    Other(IgnoredAny),
}

/// What is not told of a sale: it went into the first drawer.
const fn first() -> Option<u8> {
    Some(super::shift::FIRST_DRAWER)
}

fn readable<'d, D: Deserializer<'d>, T: Deserialize<'d>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(match Beside::deserialize(deserializer)? {
        Beside::Right(value) => Some(value),
        Beside::Other(_) => None,
    })
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
        let amounts = Amounts {
            currency: String::new(),
            tax_policy: sale.tax_policy,
            lines: sale.lines,
            taxes: sale.taxes,
            total: sale.total,
            tenders: sale.tenders,
            cash_rounding: sale.cash_rounding,
        };
        check_sums(&amounts, &mut fault);
        let mut takes_back: Vec<Uuid> = amounts.lines.iter().filter_map(Line::takes_back).collect();
        takes_back.sort_unstable();
        takes_back.dedup();
        return SaleRead {
            number: Some(sale.number),
            sale: Some(sale.sale),
            total: Some((sale.currency, sale.total)),
            takes_back,
            by_account: amounts
                .tenders
                .iter()
                .any(|tender| tender.kind.as_deref().is_some_and(|kind| OF_ACCOUNT.contains(&kind))),
            settled: Some(Settled {
                discounts: discounts(&amounts.lines, sale.discount.is_some()),
                taxes: amounts.taxes,
                tenders: amounts.tenders,
                rounding: amounts.cash_rounding,
                drawer: sale.drawer,
            }),
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
        Ok(amounts) => {
            check_sums(&amounts, &mut fault);
            read.total = Some((Cow::Owned(amounts.currency), amounts.total));
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

fn check_sums(amounts: &Amounts, fault: &mut impl FnMut(Problem)) {
    let Amounts { tax_policy: Policy { mode }, lines, taxes, total, tenders, cash_rounding, .. } = amounts;
    let total = *total;
    let net: i128 = taxes.iter().map(|row| i128::from(row.net)).sum();
    let taxed = net + taxes.iter().map(|row| i128::from(row.tax)).sum::<i128>();
    let wide = i128::from(total);
    if taxed != wide {
        fault(Problem::TaxesDiffer { total, found: taxed });
    }
    let paid: i128 = tenders
        .iter()
        .map(|tender| {
            let kept = i128::from(tender.tendered) - i128::from(tender.change) - i128::from(tender.tip);
            match tender.direction {
                TenderDirection::Taken => kept,
                TenderDirection::Given => -kept,
            }
        })
        .sum();
    if paid != wide + i128::from(*cash_rounding) {
        fault(Problem::TendersDiffer { total, found: paid });
    }
    let sold: i128 = lines
        .iter()
        .map(|line| match line.direction {
            Direction::Sale => i128::from(line.amount),
            Direction::Return => -i128::from(line.amount),
        })
        .sum();
    let expected = match *mode {
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
            ("\"tendered\":250", "\"tendered\":248", vec!["verify.tenders_differ"]),
            ("\"total\":-250", "\"cash_rounding\":2,\"total\":-250", vec!["verify.tenders_differ"]),
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
        // What cash was rounded by stands between the total and what was paid.
        let rounded = WHOLE.replace("\"tendered\":250", "\"tendered\":248");
        let rounded = rounded.replace("\"total\":-250", "\"total\":-250,\"cash_rounding\":2");
        assert_eq!(problems(&rounded), [""; 0]);
        // A tip is in what was handed over, and no part of the total.
        let tipped = WHOLE.replace("return", "sale").replace("-250", "250").replace("given", "taken");
        let tipped = tipped.replace("\"tendered\":250", "\"tip\":30,\"tendered\":280");
        assert_eq!(problems(&tipped), [""; 0]);
        for (tip, code) in [("31", "tenders_differ"), ("0", "tenders_differ"), ("null", "amounts_unreadable")]
        {
            let changed = tipped.replace("\"tip\":30", &format!("\"tip\":{tip}"));
            assert_eq!(problems(&changed), [format!("verify.{code}")], "{tip}");
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
