//! Somebody who sells until the till dies, and remembers what was acknowledged: the whole answer was read.

use super::till::{Answer, Place, Starting, Till, send};
use serde_json::{Value, json};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// A sale whose completion was acknowledged.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// The body of the call that completed it, request id and all.
    pub call: Value,
    /// Which sale.
    pub sale: String,
    /// Its number.
    pub receipt_number: String,
}

/// One operator at their own sign-on.
pub struct Seller {
    /// Who.
    name: &'static str,
    /// What request ids of this seller begin with.
    number: u64,
    requests: u64,
    cookie: String,
    tax: Value,
    /// What was acknowledged, in order.
    pub acknowledged: Vec<Acknowledged>,
    /// The completion that was asked for when the till died: done or not done.
    pub pending: Option<Value>,
}

/// The PIN of everybody.
const PIN: &str = "1234";
/// Who sells: the owner, and one more.
const NAMES: [&str; 2] = ["Ana", "Ben"];

impl Seller {
    /// Somebody who is an operator of the till already.
    pub fn called(name: &'static str, number: u64) -> Self {
        let (cookie, tax) = (String::new(), Value::Null);
        Self { name, number, requests: 0, cookie, tax, acknowledged: Vec::new(), pending: None }
    }

    fn call_of(&mut self, payload: Value) -> Value {
        self.requests += 1;
        let id = format!("00000000-0000-4000-8{:03}-{:012}", self.number, self.requests);
        json!({ "request_id": id, "payload": payload })
    }

    /// Calls a till that lives.
    pub fn call(&mut self, till: &Till, operation: &str, payload: Value) -> Value {
        let body = self.call_of(payload);
        fine(operation, self.send(&till.address, operation, &body).unwrap())
    }

    /// A call to be made by somebody else, who does not mind what becomes of it.
    pub fn prepared(&mut self, operation: &'static str, payload: Value) -> impl Fn(&str) + use<> {
        let (cookie, body) = (self.cookie.clone(), self.call_of(payload));
        // The till is killed meanwhile: there may be no answer.
        move |address| drop(send(address, operation, &cookie, &body))
    }

    fn send(&self, address: &str, operation: &str, body: &Value) -> io::Result<Answer> {
        send(address, operation, &self.cookie, body)
    }

    /// Signs on at a till that was just started.
    pub fn sign_on(&mut self, till: &Till) {
        let greeting = self.call(till, "shop.greeting", json!({}));
        let known = greeting["operators"].as_array().unwrap().iter().find(|one| one["name"] == self.name);
        let body = self.call_of(json!({ "operator": known.unwrap()["id"], "pin": PIN }));
        let answer = send(&till.address, "session.sign_in", "", &body).unwrap();
        self.cookie = answer.cookie.clone().unwrap_or_default();
        fine("session.sign_in", answer);
        let taxes = self.call(till, "tax_category.list", json!({}));
        self.tax = taxes["tax_categories"][0]["id"].clone();
    }

    /// Sells until the till dies or `enough` is set. A refusal is a defect: nothing here gives a reason for one.
    pub fn sell(&mut self, address: &str, enough: &AtomicBool) {
        while !enough.load(Ordering::Relaxed) {
            if self.sell_once(address).is_err() {
                return;
            }
        }
    }

    /// Sells one thing.
    pub fn sell_once(&mut self, address: &str) -> io::Result<()> {
        let cents = 100 + self.requests as i64 % 900;
        let item = json!({ "name": "Thing", "price": cents * 10_000, "tax_category": self.tax });
        let body = self.call_of(item);
        let view = fine("sale.add_open_item", self.send(address, "sale.add_open_item", &body)?);
        let total = &view["totals"]["total"];
        let tenders = json!([{ "kind": "cash", "amount": total }]);
        let call = self.call_of(json!({ "sale": view["sale"], "tenders": tenders, "total": total }));
        self.pending = Some(call.clone());
        let done = self.send(address, "sale.complete", &call)?;
        self.acknowledged.push(acknowledged(call, &fine("sale.complete", done)));
        self.pending = None;
        Ok(())
    }

    /// Sends the call again whose answer was lost: now it is acknowledged.
    pub fn send_pending(&mut self, till: &Till) -> Option<Acknowledged> {
        let call = self.pending.take()?;
        let one = self.again(till, call);
        self.acknowledged.push(one.clone());
        Some(one)
    }

    /// Sends a completion once more, as somebody does who lost the answer.
    pub fn again(&self, till: &Till, call: Value) -> Acknowledged {
        let answer = self.send(&till.address, "sale.complete", &call).unwrap();
        acknowledged(call, &fine("sale.complete", answer))
    }

    /// Every completed sale the till lists, the newest first: id and number. The list ends `before` a series.
    pub fn listed(&mut self, till: &Till, before: Option<&str>) -> Vec<(String, String)> {
        let (mut sales, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = self.call(till, "sale.list", json!({ "after": after }));
            let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
            let rows = page["sales"].as_array().unwrap();
            sales.extend(rows.iter().map(|row| (text(row, "sale"), text(row, "receipt_number"))));
            after = page["next"].clone();
            let ends = sales.iter().position(|(_, number): &(String, String)| {
                before.is_some_and(|series| number.starts_with(series))
            });
            if after.is_null() || ends.is_some() {
                sales.truncate(ends.unwrap_or(sales.len()));
                return sales;
            }
        }
    }
}

fn acknowledged(call: Value, answer: &Value) -> Acknowledged {
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    Acknowledged { call, sale: text("sale"), receipt_number: text("receipt_number") }
}

fn fine(operation: &str, answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    answer.body
}

/// Sets a shop up on an empty place; who sells in it.
pub fn set_up(place: &Place) -> Vec<Seller> {
    let till = Starting::of(place).listening();
    let mut owner = Seller::called(NAMES[0], 0);
    let shop = json!({
        "name": "Corner Shop", "address": [], "tax_number": "", "currency": "EUR", "language": "en",
        "till_name": "Till 1", "logo": null, "receipt_header": [], "receipt_footer": [],
        "tax_policy": { "mode": "included", "scope": "document", "rounding": "half_up" },
    });
    owner.call(&till, "shop.set_up", json!({ "shop": shop, "owner_name": NAMES[0], "owner_pin": PIN }));
    owner.sign_on(&till);
    let rates = json!([{ "from": "2020-01-01", "rate": 200_000 }]);
    owner.call(&till, "tax_category.save", json!({ "tax_category": { "name": "Standard", "rates": rates } }));
    let roles = owner.call(&till, "role.list", json!({}));
    let save = json!({
        "name": NAMES[1], "role": roles["roles"][0]["id"], "pin": PIN, "status": "active",
    });
    owner.call(&till, "operator.save", save);
    till.stop();
    vec![owner, Seller::called(NAMES[1], 1)]
}
