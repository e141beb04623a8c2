//! Codes as another library reads them: what PyPI's `biip` makes of the same symbols and numbers stands in
//! `data/codes/scans.jsonl`, written by the script beside it.

use domain::code::Code;
use domain::code::gs1::{date, elements};
use domain::code::gtin;
use domain::code::reading::read;
use domain::code::restricted::{NATIONAL, Restricted};
use domain::time::BusinessDay;
use serde_json::Value;

fn scans(kind: &str) -> Vec<Value> {
    let lines = include_str!("data/codes/scans.jsonl").lines();
    let scans: Vec<Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    scans.into_iter().filter(|scan| scan["kind"] == kind).collect()
}

fn today() -> BusinessDay {
    BusinessDay::parse("2026-11-20").unwrap()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap()
}

/// A decimal as a whole number of its millionths.
fn millionths(decimal: &str) -> i64 {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    format!("{whole}{fraction:0<6}").parse().unwrap()
}

#[test]
fn gs1_symbols_say_what_another_library_reads() {
    let scans = scans("gs1");
    let (mut read_by_both, mut dates, mut measures, mut ours_alone) = (0, 0, 0, 0);
    for scan in &scans {
        let symbol = text(scan, "scan");
        let ours = elements(symbol);
        let Some(theirs) = scan["says"].as_array() else {
            // A value with a character that stands in no symbol, or of another length: theirs is strict about what a lot
            // may look like, a till is not.
            ours_alone += usize::from(ours.is_some());
            continue;
        };
        let ours = ours.unwrap_or_else(|| panic!("{symbol:?} is read by the other library"));
        let pairs = theirs.iter().map(|said| (text(said, "ai"), text(said, "value")));
        // What says nothing is no element to us.
        let pairs: Vec<(&str, &str)> = pairs.filter(|(_, value)| !value.is_empty()).collect();
        assert_eq!(ours.iter().map(|said| (said.ai, said.value)).collect::<Vec<_>>(), pairs, "{symbol:?}");
        read_by_both += 1;
        let reading = read(&format!("]C1{symbol}"), today()).unwrap();
        assert_eq!(reading.code.as_str(), pairs[0].1);
        let said = theirs.iter().filter(|said| said["decimal"].is_string());
        let said = said.filter(|said| ["310", "315"].contains(&&text(said, "ai")[..3]));
        let thousandths: Vec<i64> =
            said.map(|said| (millionths(text(said, "decimal")) + 500) / 1_000).collect();
        let ours = reading.label.measures.iter().map(|measure| measure.quantity.as_thousandths());
        let ours: Vec<i64> = ours.collect();
        assert!(
            thousandths.iter().all(|quantity| ours.contains(quantity)),
            "{symbol:?} {thousandths:?} {ours:?}"
        );
        measures += thousandths.len();
        for said in theirs.iter().filter(|said| said["date"].is_string()) {
            if ["11", "15", "17"].contains(&text(said, "ai")) {
                let day = date(text(said, "value"), today()).map(|day| day.to_string());
                assert_eq!(day.as_deref(), Some(text(said, "date")), "{symbol:?}");
                dates += 1;
            }
        }
    }
    println!(
        "{read_by_both} symbols alike, {dates} dates, {measures} measures; {ours_alone} of {} by us alone",
        scans.len()
    );
    assert!(read_by_both > 600 && dates > 200 && measures > 150 && ours_alone < 100);
}

#[test]
fn numbers_with_a_value_say_what_another_library_reads() {
    let (mut with_value, mut without) = (0, 0);
    for scan in scans("rcn") {
        let code = text(&scan, "code");
        let national = NATIONAL.iter().find(|national| national.country == text(&scan, "country"));
        let ours = national.unwrap().rules().read(&Code::parse(code).unwrap());
        match (&scan["says"], ours) {
            (Value::Null, None) => without += 1,
            (said @ Value::Object(_), Some(ours)) => {
                same(said, &ours);
                with_value += 1;
            }
            (said, ours) => panic!("{code} in {}: {said} and {ours:?}", text(&scan, "country")),
        }
    }
    println!("{with_value} numbers with the same value, {without} with none");
    assert!(with_value > 150 && without > 100);
}

fn same(said: &Value, ours: &Restricted) {
    let measured = ours.label.measures.first().map(|measure| measure.quantity.as_thousandths() * 1_000);
    if let Some(weight) = said["weight"].as_str().or(said["count"].as_str()) {
        assert_eq!(measured, Some(millionths(weight)), "{said}");
    }
    if let Some(price) = said["price"].as_str() {
        assert_eq!(ours.label.price.map(domain::price::Price::as_micros), Some(millionths(price)), "{said}");
    }
    assert_eq!(ours.keys[0], format!("0{}", text(said, "emptied")));
}

#[test]
fn check_digits_and_short_forms_are_those_of_another_library() {
    let (gtins, shorts) = (scans("gtin"), scans("upc_e"));
    for scan in &gtins {
        let code = text(scan, "code");
        assert_eq!(gtin::expected_check_digit(code).is_none(), scan["valid"].as_bool().unwrap(), "{code}");
    }
    for scan in &shorts {
        let code = text(scan, "code");
        assert_eq!(gtin::expanded(code).as_deref(), scan["upc_a"].as_str(), "{code}");
    }
    assert!(gtins.len() >= 300 && shorts.len() >= 300);
}
