//! Scans over real numbers: every product is found through each form of its number, what looks like a weight sells as
//! itself, and what coincides is the cashier's to pick.

use database::error::DatabaseError;
use domain::code::Code;
use domain::code::gtin::{compressed, expanded};
use domain::code::restricted::NATIONAL;
use domain::time::BusinessDay;
use scenarios::goods::{Stocked, looks_weighed, plain};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Numbers that are rung up through the entrance, of each kind; in a deep test all that look like a weight.
const RUNG_UP: usize = 500;
/// Lines of a sale that is closed then.
const LINES_OF_A_SALE: usize = 500;
/// What each product costs.
const PRICE_MINOR: usize = 250;

/// The numbers that stand for the same article: with and without zeros before it, as far as a GTIN has digits, and the
/// short and long form of a UPC: eight digits stand for twelve, and twelve for eight.
fn forms(code: &str) -> Vec<String> {
    let bare = plain(code);
    let mut forms: Vec<String> = (bare.len().max(1)..=14).map(|length| format!("{bare:0>length$}")).collect();
    forms.extend(compressed(code));
    if code.len() == 8 {
        forms.extend(expanded(code).filter(|long| compressed(long).as_deref() == Some(code)));
    }
    forms
}

#[test]
fn every_number_is_found_through_each_of_its_equal_forms() {
    let Stocked { till, goods, ids, .. } = &Stocked::open(&mut |told| println!("{told}")).unwrap();
    let day = BusinessDay::parse("2026-11-20").unwrap();
    let (mut asked, mut short) = (0_u64, 0_u64);
    let read: Result<(), DatabaseError> = till.terminal.database().read(|reader| {
        for (good, id) in goods.iter().zip(ids) {
            for form in forms(&good.code) {
                let code = Code::parse(&form).unwrap();
                let mut found = reader.products_by_code(&code.key(), day, 20)?;
                if !found.iter().any(|product| product.product == *id) {
                    // The whole number goes before another form of it, which another product may have.
                    for key in code.other_keys() {
                        found.extend(reader.products_by_code(&key, day, 20)?);
                    }
                    short += 1;
                }
                assert!(found.iter().any(|product| product.product == *id), "{good:?} by {form}");
                asked += 1;
            }
        }
        Ok(())
    });
    read.unwrap();
    println!("{} numbers in {asked} forms, {short} by the other form of a UPC", goods.len());
    assert!(asked >= 2 * goods.len() as u64 && short > 0);
}

#[test]
fn what_looks_like_a_weight_sells_as_itself_and_what_coincides_is_picked() {
    let mut stocked = Stocked::open(&mut |told| println!("{told}")).unwrap();
    let mut by_number: HashMap<String, usize> = HashMap::new();
    for good in &stocked.goods {
        *by_number.entry(plain(&good.code).to_owned()).or_default() += 1;
    }
    // Under rules that read most numbers that begin with 2.
    let rules: Vec<Value> = ["SE", "DE"]
        .iter()
        .filter_map(|country| NATIONAL.iter().find(|national| national.country == *country))
        .flat_map(|national| national.rules().rules)
        .map(|rule| serde_json::to_value(rule).unwrap())
        .collect();
    let saved = json!({ "base": { "rules": [] }, "rules": { "rules": rules } });
    stocked.till.desk.call::<Value>("code.save_rules", &saved).unwrap();

    let goods = stocked.goods.clone();
    let alone = |code: &str| by_number[plain(code)] == 1;
    let weighed: Vec<_> =
        goods.iter().filter(|good| looks_weighed(&good.code) && alone(&good.code)).collect();
    let deep = std::env::var_os("TILLKEEPER_DEEP").is_some();
    let step = if deep { 1 } else { (weighed.len() / RUNG_UP).max(1) };
    let (mut sold, mut open) = (0, 0);
    let mut sales = 0;
    for good in weighed.iter().step_by(step) {
        let found: Value = stocked.till.desk.call("code.find", &json!({ "code": good.code })).unwrap();
        let products = found["products"].as_array().unwrap();
        assert_eq!(products.len(), 1, "{good:?}");
        assert_eq!(products[0]["tile"]["name"], good.name.as_str());
        assert!(products[0]["quantity"].is_null() && products[0]["price"].is_null(), "{good:?}: {found}");
        let view: Value = stocked.till.desk.call("sale.scan", &json!({ "code": good.code })).unwrap();
        let line = view["changed_lines"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(line["name"], good.name.as_str());
        assert_eq!((&line["quantity"], &line["price"]), (&json!(1_000), &json!(2_500_000)), "{good:?}");
        sold += 1;
        open += 1;
        if open == LINES_OF_A_SALE {
            pay_exactly(&mut stocked, &view["sale"], open);
            sales += 1;
            open = 0;
        }
    }
    if open > 0 {
        let current: Value = stocked.till.desk.call("sale.current", &json!({})).unwrap();
        pay_exactly(&mut stocked, &current["sale"]["sale"], open);
        sales += 1;
    }

    let coincide: Vec<_> = goods.iter().filter(|good| !alone(&good.code)).collect();
    for good in &coincide {
        let found: Value = stocked.till.desk.call("code.find", &json!({ "code": good.code })).unwrap();
        let products = found["products"].as_array().unwrap();
        assert_eq!(products.len(), by_number[plain(&good.code)], "{good:?}");
        assert!(products.iter().any(|product| product["tile"]["name"] == good.name.as_str()), "{good:?}");
    }
    for good in coincide.iter().take(RUNG_UP / 5) {
        let refused =
            stocked.till.desk.call::<Value>("sale.scan", &json!({ "code": good.code })).unwrap_err();
        assert!(refused.contains("products have the code"), "{refused}");
    }
    println!(
        "{sold} of {} numbers that look like a weight rung up as themselves in {sales} sales, {} numbers that coincide",
        weighed.len(),
        coincide.len()
    );
    if stocked.of_file {
        // All of them are in every part of the file (880 and 38,848 of the 818,233).
        assert_eq!(coincide.len(), 880);
        let all = goods.iter().filter(|good| looks_weighed(&good.code)).count();
        assert_eq!(all, 38_848);
    }
    assert!(sold > 50 && coincide.len() > 20);
    assert!(!deep || sold == weighed.len());
}

/// Closes a sale by exact cash: it is worth what so many lines of one piece are.
fn pay_exactly(stocked: &mut Stocked, sale: &Value, lines: usize) {
    let total = json!({ "amount": lines * PRICE_MINOR, "currency": "EUR" });
    let cash = [json!({ "kind": "cash", "amount": null })];
    let pay = json!({ "sale": sale, "tenders": cash, "total": total });
    let paid: Value = stocked.till.desk.call("sale.complete", &pay).unwrap();
    assert_eq!(paid["totals"]["total"], total);
}
