//! The catalogue as whoever looks after it changes it: what runs low, what was counted, what a change would make of prices,
//! how a number would be read, and what is still in use.

use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use tempfile::TempDir;

struct Shop {
    _folder: TempDir,
    till: Till,
    tax: Value,
}

impl Shop {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut till = Place::below(folder.path()).start(1).unwrap();
        till.set_up().unwrap();
        let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
        Self { _folder: folder, till, tax: taxes["tax_categories"][0]["id"].clone() }
    }

    fn call(&mut self, operation: &str, request: &Value) -> Result<Value, String> {
        self.till.desk.call(operation, request)
    }

    /// Adds a product with a price in millionths and a low-stock mark in thousandths.
    fn product(&mut self, name: &str, price: i64, low_stock: Option<i64>) -> Value {
        let prices = if price == 0 { json!([]) } else { json!([{ "from": "2020-01-01", "price": price }]) };
        let product = json!({
            "name": name, "sku": null, "codes": [], "unit": "each", "category": null, "picture": null,
            "status": "active", "prices": prices, "tax_category": self.tax, "low_stock": low_stock,
        });
        self.call("product.save", &json!({ "product": product })).unwrap()["id"].clone()
    }

    fn listed(&mut self, request: &Value) -> Vec<(String, bool)> {
        let list = self.call("product.list", request).unwrap();
        let row = |row: &Value| (row["name"].as_str().unwrap().to_owned(), row["is_low"] == true);
        list["rows"].as_array().unwrap().iter().map(row).collect()
    }
}

#[test]
fn what_is_counted_is_compared_first_and_said_at_once_and_what_runs_low_is_marked() {
    let mut shop = Shop::open();
    let apples = shop.product("Apples", 1_000_000, Some(5_000));
    let bread = shop.product("Bread", 2_000_000, Some(2_000));
    let cola = shop.product("Cola", 3_000_000, None);
    let counts = |apples_counted: i64, bread_counted: i64| {
        json!({
            "counts": [
                { "product": apples, "counted": apples_counted },
                { "product": bread, "counted": bread_counted },
            ],
            "reason": "stocktake",
        })
    };
    let rows = |answer: &Value| -> Vec<[i64; 3]> {
        let number = |row: &Value, field: &str| row[field].as_i64().unwrap();
        let row = |row: &Value| ["expected", "counted", "difference"].map(|field| number(row, field));
        answer["rows"].as_array().unwrap().iter().map(row).collect()
    };
    shop.call("stock.count_many", &counts(8_000, 3_000)).unwrap();
    let compared = shop.call("stock.compare", &counts(5_000, 4_000)).unwrap();
    assert_eq!(rows(&compared), [[8_000, 5_000, -3_000], [3_000, 4_000, 1_000]]);
    assert_eq!(rows(&shop.call("stock.compare", &counts(8_000, 3_000)).unwrap())[0], [8_000, 8_000, 0]);
    assert_eq!(rows(&shop.call("stock.count_many", &counts(5_000, 4_000)).unwrap()), rows(&compared));

    // A product stands in a count once; nothing of such a count is said.
    let twice = json!({ "counts": [
        { "product": bread, "counted": 1_000 }, { "product": bread, "counted": 2_000 },
    ], "reason": "stocktake" });
    let refused = shop.call("stock.count_many", &twice).unwrap_err();
    assert!(refused.contains("call.payload_invalid"), "{refused}");
    assert_eq!(shop.call("product.get", &json!({ "id": bread })).unwrap()["on_hand"], 4_000);

    // Five of five are low, four of two are not, and what has no mark never is.
    let all = [("Apples", true), ("Bread", false), ("Cola", false)];
    let all = all.map(|(name, low)| (name.to_owned(), low));
    assert_eq!(shop.listed(&json!({})), all);
    let low = json!({ "filter": { "low": true } });
    assert_eq!(shop.listed(&low), all[..1]);
    assert_eq!(shop.listed(&json!({ "text": "bre", "filter": { "low": true } })), []);
    let taken = json!({ "counts": [{ "product": bread, "counted": 0 }], "reason": "loss" });
    shop.call("stock.count_many", &taken).unwrap();
    assert_eq!(shop.listed(&low).len(), 2);
    assert_eq!(shop.listed(&json!({ "text": "bre", "filter": { "low": true } })).len(), 1);
    assert!(shop.call("product.get", &json!({ "id": cola })).unwrap()["on_hand"].is_null());
}

#[test]
fn a_change_of_prices_is_shown_before_it_is_made_and_comes_out_as_shown() {
    let mut shop = Shop::open();
    let apples = shop.product("Apples", 1_990_000, None);
    let free = shop.product("Nothing yet", 0, None);
    let request = |by_ppm: i64| json!({ "products": [apples, free], "change": { "price": { "by_ppm": by_ppm, "from": "2020-06-01" } } });
    let shown = shop.call("product.preview_many", &request(50_000)).unwrap();
    assert_eq!(shown["prices"][0]["before"], 1_990_000);
    assert_eq!(shown["prices"][0]["after"], 2_090_000);
    assert_eq!(shown["prices"].as_array().unwrap().len(), 1);
    assert_eq!(shown["outcome"], json!({ "changed": 1, "same": 1, "unpriced": 1 }));
    let unchanged = shop.call("product.get", &json!({ "id": apples })).unwrap();
    assert_eq!(unchanged["product"]["prices"].as_array().unwrap().len(), 1, "nothing is changed by looking");
    assert_eq!(shop.call("product.change_many", &request(50_000)).unwrap(), shown["outcome"]);
    let changed = shop.call("product.get", &json!({ "id": apples })).unwrap();
    assert_eq!(changed["product"]["prices"][1], json!({ "from": "2020-06-01", "price": 2_090_000 }));
}

#[test]
fn a_number_is_read_by_rules_that_are_not_saved() {
    let mut shop = Shop::open();
    let rules = json!({ "rules": [
        { "layout": "20IIII", "holds": "price", "decimals": 2 },
        { "layout": "23IIIIIIVVVVC", "holds": "weight", "decimals": 3 },
    ] });
    let mut read =
        |code: &str| shop.call("code.read_sample", &json!({ "rules": rules, "code": code })).unwrap();
    let weighed = read("2388888812341");
    assert_eq!(weighed["sound"], json!([false, true]));
    assert_eq!(
        (&weighed["rule"], &weighed["quantity"], &weighed["unit"]),
        (&json!(1), &json!(1_234), &json!("kilogram"))
    );
    assert_eq!(weighed["item"], "888888");
    for (code, why) in [("2388888812342", "misread"), ("4006381333931", "of no rule"), ("", "nothing")] {
        assert!(read(code)["rule"].is_null(), "{why}");
    }
    assert_eq!(shop.call("code.rules", &json!({})).unwrap()["rules"]["rules"], json!([]));
}

#[test]
fn a_price_list_that_somebody_has_is_not_archived_and_an_archived_one_is_given_to_nobody() {
    let mut shop = Shop::open();
    let club = json!({ "name": "Club", "status": "active" });
    let gone = json!({ "name": "Club", "status": "archived" });
    let id = shop.call("price_list.save", &json!({ "price_list": club })).unwrap()["id"].clone();
    let archive = json!({ "id": id, "base": club, "price_list": gone });
    let ana = |list: &Value| {
        json!({ "name": "Ana", "number": null, "email": null, "phone": null, "address": null, "note": null,
            "price_list": list, "status": "active" })
    };
    let saved = shop.call("customer.save", &json!({ "customer": ana(&id) })).unwrap();
    let refused = shop.call("price_list.save", &archive).unwrap_err();
    assert!(refused.contains("product.price_list_in_use"), "{refused}");
    let none = json!({ "id": saved["id"], "base": saved["customer"], "customer": ana(&Value::Null) });
    shop.call("customer.save", &none).unwrap();

    let view = shop.call("shop.settings", &json!({})).unwrap()["shop"].clone();
    let mut with_list = view.clone();
    with_list["price_list"] = id.clone();
    shop.call("shop.save_settings", &json!({ "base": view, "shop": with_list })).unwrap();
    assert!(shop.call("price_list.save", &archive).unwrap_err().contains("product.price_list_in_use"));
    shop.call("shop.save_settings", &json!({ "base": with_list, "shop": view })).unwrap();

    shop.call("price_list.save", &archive).unwrap();
    let refused = shop.call("customer.save", &json!({ "customer": ana(&id) })).unwrap_err();
    assert!(refused.contains("customer.price_list_unknown"), "{refused}");
}
