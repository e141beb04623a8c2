//! Leaving the demo shop: the program starts again on an empty shop, and the demo shop stays where it is.

use super::process::{Running, headless};
use serde_json::{Value, json};

#[test]
fn the_demo_shop_is_left_for_ones_own_and_stays_where_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let mut till = Running::start(headless(&data).arg("--demo"));
    let owner = till.greeting()["operators"][0].clone();
    let sign_in = json!({
        "request_id": "01920000-0000-7000-8000-000000000001",
        "payload": { "operator": owner["id"], "pin": owner["demo_pin"] },
    });
    let cookie = till.send("POST", "/api/session.sign_in", "", &sign_in.to_string()).cookie();
    let leave = json!({ "request_id": "01920000-0000-7000-8000-000000000002", "payload": {} }).to_string();
    assert_ne!(till.send("POST", "/api/shop.leave_demo", "", &leave).status, 200, "not by a stranger");
    let left = till.send("POST", "/api/shop.leave_demo", &cookie, &leave);
    assert_eq!(left.status, 200, "{}", left.body);
    let left: Value = serde_json::from_str(&left.body).unwrap();
    assert_eq!(left["kept_in"], json!(data.display().to_string()));
    till.wait_for_restart();
    assert_eq!((&till.greeting()["set_up"], &till.greeting()["demo"]), (&json!(false), &json!(false)));
    assert!(data.join("ledger.db").exists() && data.join("demo-shop-complete").exists());
    // Whoever starts it as before is in their own shop.
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
    let till = Running::start(headless(&data).arg("--demo"));
    assert_eq!((&till.greeting()["set_up"], &till.greeting()["demo"]), (&json!(false), &json!(false)));
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}
