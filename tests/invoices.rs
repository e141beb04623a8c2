//! An invoice says what its sale says, to the cent: whatever was sold, at whatever rates, with whatever was taken off.

use database::disk::SystemDisk;
use domain::document::{Block, Document};
use domain::ids::SaleId;
use domain::tax::TaxMode;
use scenarios::seed::draw::Draw;
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use wire::fact::SaleCompletedFact;
use wire::sale::{SaleCompleted, SaleView};

/// Sales that are drawn and invoiced; with everything tried, as many as the issue of a till's life.
const SALES: u64 = 2_000;
const SALES_DEEP: u64 = 100_000;
/// Tax rates of the shop in parts per million: none, and some that leave odd cents.
const RATES: [i64; 4] = [0, 55_000, 77_000, 200_000];

/// How a shop reckons its tax.
const POLICIES: [(&str, &str, &str); 5] = [
    ("included", "document", "half_up"),
    ("included", "line", "half_even"),
    ("included", "line", "down"),
    ("added", "document", "half_up"),
    ("added", "line", "half_up"),
];

/// A shop that reckons its tax in this way, and its tax categories.
fn shop(place: &Place, (mode, scope, rounding): (&str, &str, &str)) -> (Till, Vec<Value>) {
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let settings: Value = till.desk.call("shop.settings", &json!({})).unwrap();
    let mut shop = settings["shop"].clone();
    shop["tax_policy"] = json!({ "mode": mode, "scope": scope, "rounding": rounding });
    till.desk
        .call::<Value>("shop.save_settings", &json!({ "base": settings["shop"], "shop": shop }))
        .unwrap();
    let categories = RATES.iter().map(|rate| {
        let rates = json!([{ "from": "2026-01-01", "rate": rate }]);
        let save = json!({ "tax_category": { "name": format!("Rate {rate}"), "rates": rates } });
        till.desk.call::<Value>("tax_category.save", &save).unwrap()["id"].clone()
    });
    let categories = categories.collect();
    (till, categories)
}

/// Rings something up and settles it.
fn sell(till: &mut Till, categories: &[Value], draw: &mut Draw) -> SaleId {
    till.clock.pass(1_000);
    let mut view: Option<SaleView> = None;
    for line in 1..=draw.between(1, 4) {
        // Prices are finer than cents: amounts are rounded.
        let item = json!({
            "name": format!("Thing {line}"), "price": draw.between(1, 40_000_000),
            "tax_category": draw.one(categories), "quantity": draw.between(1, 5) * 1_000,
        });
        let now: SaleView = till.desk.call("sale.add_open_item", &item).unwrap();
        if draw.happens(250) && now.totals.total.minor() > 100 {
            let by = json!({ "by": "part", "ppm": draw.between(1, 50) * 10_000 });
            let off = json!({ "sale": now.sale, "line": line, "by": by, "reason": "goodwill" });
            till.desk.call::<SaleView>("sale.discount", &off).unwrap();
        }
        view = Some(now);
    }
    let view = view.unwrap();
    let sale = view.sale;
    // Of goods that all come to less than half a cent nothing can be taken off.
    if draw.happens(300) && !view.totals.total.is_zero() {
        let by = json!({ "by": "part", "ppm": draw.between(1, 30) * 10_000 });
        till.desk
            .call::<SaleView>("sale.discount", &json!({ "sale": sale, "by": by, "reason": "staff" }))
            .unwrap();
    }
    let pay = json!({ "sale": sale, "tenders": [{ "kind": "cash", "amount": null }] });
    till.desk.call::<SaleCompleted>("sale.complete", &pay).unwrap().sale
}

/// Cents as they stand on paper: `-1,234.50`.
fn cents(text: &str) -> i64 {
    let digits: String = text.trim().chars().filter(|sign| *sign != ',' && *sign != '.').collect();
    digits.parse().unwrap_or_else(|_| panic!("{text:?} is no amount"))
}

/// What stands on the paper: the amounts of the lines, the total, and by rate net, tax and gross.
struct Sums {
    lines: i64,
    total: i64,
    taxes: Vec<[i64; 3]>,
}

fn on_paper(document: &Document) -> Sums {
    let mut sums = Sums { lines: 0, total: 0, taxes: Vec::new() };
    let rows = document.blocks.iter().filter_map(|block| match block {
        Block::Row { cells, .. } => Some(cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>()),
        _ => None,
    });
    for row in rows {
        match row[..] {
            ["TOTAL", amount] => sums.total = cents(amount.strip_suffix(" EUR").unwrap()),
            [name, amount] if name.starts_with("Thing ") => sums.lines += cents(amount),
            [rate, net, tax, gross] if rate.ends_with(" %") => {
                sums.taxes.push([net, tax, gross].map(cents));
            }
            _ => {}
        }
    }
    sums
}

fn assert_says_what_its_sale_says(sale: &SaleCompletedFact, paper: &Sums) {
    let taxes: Vec<[i64; 3]> = sale.taxes.iter().map(|row| [row.net, row.tax, row.net + row.tax]).collect();
    assert_eq!((paper.total, &paper.taxes), (sale.total, &taxes), "{}", sale.receipt_number);
    let net: i64 = sale.taxes.iter().map(|row| row.net).sum();
    let lines = if sale.tax_policy.mode == TaxMode::Included { sale.total } else { net };
    assert_eq!(paper.lines, lines, "{}", sale.receipt_number);
}

#[test]
fn an_invoice_says_what_its_sale_says_on_thousands_of_drawn_sales() {
    let deep = std::env::var_os("TILLKEEPER_DEEP").is_some();
    let each = if deep { SALES_DEEP } else { SALES } / POLICIES.len() as u64;
    let mut seen = 0;
    for (seed, policy) in POLICIES.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let (mut till, categories) = shop(&Place::below(folder.path()), policy);
        let mut draw = Draw::new(seed as u64, 3);
        for number in 1..=each {
            let sale = sell(&mut till, &categories, &mut draw);
            let issue = json!({ "sale": sale, "buyer": { "name": "Café des Arts" } });
            till.desk.call::<Value>("invoice.issue", &issue).unwrap();
            let preview: wire::receipt::ReceiptPreview =
                till.desk.call("invoice.preview", &json!({ "sale": sale })).unwrap();
            let (sold, invoice) = till
                .terminal
                .database()
                .read(|reader| {
                    let invoice = reader.invoice(sale)?.unwrap();
                    Ok::<_, database::error::DatabaseError>((reader.completed_sale(sale)?.unwrap(), invoice))
                })
                .unwrap();
            assert_eq!(invoice.fact.number, number);
            assert!(invoice.fact.agrees_with(&sold.fact), "{:?}", invoice.fact);
            assert_says_what_its_sale_says(&sold.fact, &on_paper(&preview.document));
            seen += 1;
        }
    }
    println!("{seen} invoices, each as its sale");
}

/// Sells something and writes its invoice; the sale and the invoice's number.
fn sell_and_invoice(till: &mut Till) -> (SaleId, String) {
    till.sell(500).unwrap();
    let list: Value = till.desk.call("sale.list", &json!({})).unwrap();
    let sale = list["sales"][0]["sale"].clone();
    let issue = json!({ "sale": sale, "buyer": { "name": "Café des Arts" } });
    let issued: Value = till.desk.call("invoice.issue", &issue).unwrap();
    let number = issued["issued"]["invoice_number"].as_str().unwrap().to_owned();
    (serde_json::from_value(sale).unwrap(), number)
}

#[test]
fn a_new_life_gives_no_invoice_number_twice_and_knows_the_invoices_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let (sale, first) = sell_and_invoice(&mut till);
    till.rest().unwrap();
    drop(till);
    let old: Vec<_> = ["ledger.db", "catalog.db"]
        .into_iter()
        .map(|name| (name, std::fs::read(place.data.join(name)).unwrap()))
        .collect();
    let mut till = place.start(2).unwrap();
    till.sign_in().unwrap();
    let (_, second) = sell_and_invoice(&mut till);
    assert_eq!([first.as_str(), second.as_str()], ["A-I000001", "A-I000002"], "over a restart");
    till.rest().unwrap();
    drop(till);
    // Somebody puts yesterday's files back: what was given since is not known here.
    for (name, bytes) in old {
        std::fs::write(place.data.join(name), bytes).unwrap();
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(place.data.join(format!("{name}{ending}")));
        }
    }
    let mut till = place.start(3).unwrap();
    till.sign_in().unwrap();
    let (_, third) = sell_and_invoice(&mut till);
    assert!(third.starts_with('B') && third.ends_with("-I000001"), "{third}");
    let again = json!({ "sale": sale, "buyer": { "name": "Somebody else" } });
    let refused = till.desk.call::<Value>("invoice.issue", &again).unwrap_err();
    assert!(refused.contains("invoice.already_issued"), "{refused}");
    till.rest().unwrap();
    drop(till);
    let report = database::verify::directory(&SystemDisk, &place.data, None).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
}
