//! Real invoices of a real shop, rung up through the entrance: every total equals the file's.
//!
//! The data: Online Retail, UCI Machine Learning Repository, D. Chen (2015), CC BY 4.0. A stranger's clone replays the
//! excerpt in `tests/data`; with `TILLKEEPER_DATA` the whole file is replayed.

use domain::ids::{ProductId, RequestId, TaxCategoryId};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use terminal::{Caller, Door, Options, Surroundings, Terminal};
use wire::envelope::Envelope;

const FILE: &str = "online-retail-2010-12_2011-05.csv.zst";

/// A line of an invoice. Money is exact: the price in millionths of a pound.
struct Row {
    code: String,
    name: String,
    quantity: i64,
    price_micros: i64,
}

type Invoices = Vec<(String, Vec<Row>)>;

fn parse(csv: impl Read) -> Invoices {
    let mut invoices: Invoices = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in csv::Reader::from_reader(csv).records() {
        let record = record.unwrap();
        let number = record[0].to_owned();
        let (whole, fraction) = record[5].split_once('.').unwrap_or((&record[5], ""));
        let row = Row {
            code: record[1].to_owned(),
            name: record[2].trim().to_owned(),
            quantity: record[3].parse().unwrap(),
            price_micros: format!("{whole}{fraction:0<6}").parse().unwrap(),
        };
        // The lines of an invoice do not all stand together.
        match places.get(&number) {
            Some(place) => invoices[*place].1.push(row),
            None => {
                places.insert(number.clone(), invoices.len());
                invoices.push((number, vec![row]));
            }
        }
    }
    invoices
}

/// What the file says an invoice comes to: the sum of its lines, each rounded half-up to the penny away from zero.
fn expected_pence(rows: &[Row]) -> i64 {
    rows.iter()
        .map(|row| {
            let exact = row.quantity.abs() * row.price_micros; // millionths of a pound
            let pence = (exact + 5_000) / 10_000;
            if row.quantity < 0 { -pence } else { pence }
        })
        .sum()
}

/// A stock write-off: no sale, and left out.
fn is_write_off(number: &str, rows: &[Row]) -> bool {
    !number.starts_with('C') && rows.len() == 1 && rows[0].quantity < 0 && rows[0].price_micros == 0
}

/// Postage, manual, discount, bank charges and the like: no product of the shelf.
fn is_open_item(code: &str) -> bool {
    !code.starts_with(|c: char| c.is_ascii_digit())
}

struct Shop {
    terminal: Arc<Terminal>,
    caller: Arc<Caller>,
    tax: TaxCategoryId,
    products: HashMap<String, ProductId>,
    requests: u128,
    _dir: tempfile::TempDir,
}

impl Shop {
    fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let guard_dir = Some(dir.path().join("guard"));
        let options = Options { data_dir: dir.path().join("data"), guard_dir, demo: false };
        let terminal = Terminal::open(options, Surroundings::system()).unwrap();
        let caller = terminal.connect(Door::Script);
        let mut shop = Self {
            terminal,
            caller,
            tax: TaxCategoryId(uuid::Uuid::nil()),
            products: HashMap::new(),
            requests: 0,
            _dir: dir,
        };
        let greeting = shop.call(
            "shop.set_up",
            json!({
                "shop": {
                    "name": "Gift ware", "address": [], "tax_number": "", "currency": "GBP", "language": "en",
                    "tax_policy": { "mode": "included", "scope": "line", "rounding": "half_up" },
                    "receipt_header": [], "receipt_footer": [], "logo": null, "till_name": "1",
                },
                "owner_name": "Owner", "owner_pin": "1234",
            }),
        );
        shop.call("session.sign_in", json!({ "operator": greeting["operators"][0]["id"], "pin": "1234" }));
        let tax = json!({ "name": "Standard", "rates": [{ "from": "2010-01-01", "rate": 200_000 }] });
        let saved = shop.call("tax_category.save", json!({ "tax_category": tax }));
        shop.tax = serde_json::from_value(saved["id"].clone()).unwrap();
        shop
    }

    fn call(&mut self, operation: &str, request: Value) -> Value {
        self.requests += 1;
        let envelope = Envelope {
            request_id: Some(RequestId(uuid::Uuid::from_u128(self.requests))),
            operation: operation.to_owned(),
            payload: serde_json::value::to_raw_value(&request).unwrap(),
            approval: None,
            screen: None,
        };
        match self.terminal.call(&self.caller, &envelope) {
            Ok(answer) => serde_json::from_str(answer.get()).unwrap(),
            Err(body) => panic!("{operation} {request}: {body}"),
        }
    }

    /// The product of a stock code, listed at the price it is first seen with.
    fn product(&mut self, row: &Row) -> ProductId {
        if let Some(product) = self.products.get(&row.code) {
            return *product;
        }
        let name = if row.name.is_empty() { &row.code } else { &row.name };
        let saved = self.call(
            "product.save",
            json!({ "product": {
                "name": name, "sku": row.code, "codes": [row.code], "unit": "each",
                "prices": [{ "from": "2010-01-01", "price": row.price_micros }],
                "tax_category": self.tax, "category": null, "picture": null, "status": "active",
            }}),
        );
        let product = serde_json::from_value(saved["id"].clone()).unwrap();
        self.products.insert(row.code.clone(), product);
        product
    }

    /// Rings an invoice up and settles it. Returns what it came to, in pence.
    fn ring_up(&mut self, rows: &[Row]) -> i64 {
        let mut sale = Value::Null;
        for row in rows {
            let direction = if row.quantity < 0 { "return" } else { "sale" };
            let quantity = row.quantity.abs() * 1_000;
            let view = if is_open_item(&row.code) {
                let name = if row.name.is_empty() { &row.code } else { &row.name };
                self.call(
                    "sale.add_open_item",
                    json!({
                        "name": name, "price": row.price_micros, "tax_category": self.tax,
                        "quantity": quantity, "direction": direction,
                    }),
                )
            } else {
                let product = self.product(row);
                self.call(
                    "sale.add_product",
                    json!({
                        "product": product, "price": row.price_micros,
                        "quantity": quantity, "direction": direction,
                    }),
                )
            };
            sale = view["sale"].clone();
        }
        let completed = self
            .call("sale.complete", json!({ "sale": sale, "tenders": [{ "kind": "cash", "amount": null }] }));
        completed["totals"]["total"]["amount"].as_i64().unwrap()
    }
}

fn replay(invoices: &Invoices) -> (usize, usize, i64) {
    let mut shop = Shop::open();
    let (mut replayed, mut left_out, mut sum, mut expected_sum) = (0, 0, 0, 0);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, rows) in invoices {
        if is_write_off(number, rows) {
            left_out += 1;
            continue;
        }
        let total = shop.ring_up(rows);
        assert_eq!(total, expected_pence(rows), "invoice {number}");
        sum += total;
        expected_sum += expected_pence(rows);
        replayed += 1;
        *kinds.entry(if number.starts_with('C') { "returns" } else { "sales" }).or_default() += 1;
    }
    assert_eq!(sum, expected_sum);
    println!("{replayed} invoices replayed ({kinds:?}), {left_out} write-offs left out, {sum} pence in all");
    // The drawer and the rollups say the same as the invoices.
    let table =
        shop.call("report.run", json!({ "report": "days", "from": "2000-01-01", "to": "2100-01-01" }));
    let reported: i64 =
        table["rows"].as_array().unwrap().iter().map(|row| row[6]["value"]["amount"].as_i64().unwrap()).sum();
    assert_eq!(reported, sum, "the report of days");
    (replayed, left_out, sum)
}

#[test]
fn the_excerpt_replays_to_the_penny() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/online-retail-excerpt.csv");
    let invoices = parse(std::fs::File::open(path).unwrap());
    let (replayed, left_out, _) = replay(&invoices);
    assert!(replayed >= 40 && left_out >= 1, "{replayed} replayed, {left_out} left out");
}

#[test]
fn all_real_invoices_replay_to_the_penny() {
    let Some(data) = std::env::var_os("TILLKEEPER_DATA").filter(|data| !data.is_empty()) else {
        println!("ABSENT: TILLKEEPER_DATA is not set; only the excerpt of the real invoices was replayed");
        return;
    };
    let started = Instant::now();
    let file = std::fs::File::open(PathBuf::from(data).join(FILE)).unwrap();
    let mut text = Vec::new();
    ruzstd::decoding::StreamingDecoder::new(file).unwrap().read_to_end(&mut text).unwrap();
    let invoices = parse(text.as_slice());
    assert_eq!(invoices.len(), 10_783);
    let (replayed, left_out, _) = replay(&invoices);
    println!("in {} s", started.elapsed().as_secs());
    assert_eq!((replayed, left_out), (10_132, 651));
}
