//! Cookies and sign-ons, calls and their repetition.

use crate::till::{Till, request_id};
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, SET_COOKIE};
use hyper::{Method, StatusCode};
use serde_json::json;
use std::io::Write;
use std::time::Duration;
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_strict_and_out_of_reach_of_scripts() {
    let till = Till::set_up().await;
    let client = till.client();
    let greeting = client.call("shop.greeting", json!({})).await;
    assert_eq!(greeting.headers.get(SET_COOKIE), None, "nobody is remembered who is not signed on");

    let operator = greeting.json()["operators"][0]["id"].clone();
    let wrong = client.call("session.sign_in", json!({ "operator": operator, "pin": "0000" })).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "people.pin_wrong"));
    assert_eq!(wrong.headers.get(SET_COOKIE), None);

    let right = client.call("session.sign_in", json!({ "operator": operator, "pin": "1234" })).await;
    let cookie = right.header("set-cookie").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "HttpOnly; SameSite=Strict; Path=/");
    let token = pair.strip_prefix("tillkeeper=").unwrap();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    assert_eq!(right.header("cache-control"), Some("no-store"));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_off_ends_the_session_for_every_copy_of_its_cookie() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let copy = owner.clone();
    let answer = owner.call("session.sign_out", json!({})).await;
    assert_eq!(
        answer.header("set-cookie"),
        Some("tillkeeper=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0")
    );
    assert_eq!(copy.call("report.list", json!({})).await.code(), "people.not_signed_on");
    // Whoever signs on with an old cookie gets a new one: a cookie that was known before is worth nothing.
    let mut again = copy.clone();
    again.sign_in("Ana", "1234").await;
    assert_ne!(again.cookie, copy.cookie);
    assert_eq!(copy.call("report.list", json!({})).await.code(), "people.not_signed_on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_cookie_is_nobody() {
    let till = Till::set_up().await;
    let _owner = till.owner().await;
    for cookie in
        ["tillkeeper=", "tillkeeper=0", &format!("tillkeeper={}", "0".repeat(64)), "tillkeeper=é", ";;="]
    {
        let mut client = till.client();
        client.cookie = Some(cookie.to_owned());
        assert_eq!(client.ok("session.current", json!({})).await["session"], json!(null), "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sign_ons_stand_side_by_side() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let roles = owner.ok("role.list", json!({})).await;
    let role = &roles["roles"][0]["id"];
    owner.ok("operator.save", json!({ "name": "Ben", "role": role, "pin": "5678" })).await;
    let mut other = till.client();
    other.sign_in("Ben", "5678").await;
    assert_ne!(owner.cookie, other.cookie);
    assert_eq!(owner.ok("session.current", json!({})).await["session"]["name"], "Ana");
    assert_eq!(other.ok("session.current", json!({})).await["session"]["name"], "Ben");

    // Each has a sale of their own, and completes it with its own answer.
    let rates = json!([{ "from": "2020-01-01", "rate": 200_000 }]);
    let tax =
        owner.ok("tax_category.save", json!({ "tax_category": { "name": "Full", "rates": rates } })).await;
    let item = |name: &str, price: i64| json!({ "name": name, "price": price, "tax_category": tax["id"] });
    let mine = owner.ok("sale.add_open_item", item("Bread", 4_200_000)).await;
    let theirs = other.ok("sale.add_open_item", item("Rolls", 1_000_000)).await;
    assert_ne!(mine["sale"], theirs["sale"]);
    let current = owner.ok("sale.current", json!({})).await["sale"].clone();
    assert_eq!((&current["sale"], &current["totals"]["total"]["amount"]), (&mine["sale"], &json!(420)));

    let id = request_id();
    let tenders = json!([{ "kind": "cash", "amount": { "amount": 500, "currency": "EUR" } }]);
    let payment = json!({ "request_id": id, "payload": { "sale": mine["sale"], "tenders": tenders } });
    let paid = owner.post("/api/sale.complete", &payment).await;
    assert_eq!(paid.status, StatusCode::OK, "{}", paid.text());
    assert_eq!(paid.json()["change"]["amount"], json!(80));
    let again = owner.post("/api/sale.complete", &payment).await;
    assert_eq!(again.body, paid.body, "paid once, told twice");
    let sales = owner.ok("sale.list", json!({})).await;
    assert_eq!(sales["sales"].as_array().unwrap().len(), 1);

    owner.ok("session.sign_out", json!({})).await;
    assert_eq!(other.ok("session.current", json!({})).await["session"]["name"], "Ben");
    assert_eq!(other.ok("sale.current", json!({})).await["sale"]["sale"], theirs["sale"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_given_again_and_nothing_happens_twice() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let id = request_id();
    let payload = json!({ "category": { "name": "Bread", "position": 1, "status": "active" } });
    let body = json!({ "request_id": id, "payload": payload }).to_string();

    // The first time the connection breaks before the answer is read.
    let mut stream = std::net::TcpStream::connect(till.address).unwrap();
    let head = format!(
        "POST /api/category.save HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: application/json\r\n\
        Content-Length: {}\r\n\r\n{body}",
        till.address,
        owner.cookie.as_ref().unwrap(),
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    drop(stream);

    let repeated = json!({ "request_id": id, "payload": payload });
    let second = owner.post("/api/category.save", &repeated).await;
    let third = owner.post("/api/category.save", &repeated).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text());
    assert_eq!(second.body, third.body);
    let categories = owner.ok("category.list", json!({})).await;
    assert_eq!(categories["categories"].as_array().unwrap().len(), 1);

    let other = json!({ "request_id": id, "payload": { "category": { "name": "Rolls", "position": 1, "status": "active" } } });
    assert_eq!(owner.post("/api/category.save", &other).await.code(), "call.request_id_reused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_call_is_refused_in_the_words_of_every_error() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let send = async |method: Method, path: &str, body: &str| {
        let request = owner.request(method, path).header(CONTENT_TYPE, "application/json; charset=utf-8");
        let answer = owner.send(request.body(Full::from(body.to_owned())).unwrap()).await;
        (answer.status.as_u16(), answer.code())
    };
    let invalid = |status: u16| (status, "call.payload_invalid".to_owned());
    let unknown = (404, "call.operation_unknown".to_owned());
    assert_eq!(send(Method::POST, "/api/sale.steal", "{}").await, unknown);
    assert_eq!(send(Method::GET, "/api/sale.steal", "").await, unknown);
    assert_eq!(send(Method::POST, "/api/sale/scan", "{}").await, unknown);
    assert_eq!(send(Method::POST, "/", "{}").await, unknown);
    assert_eq!(send(Method::POST, "/api/shop.greeting", "").await, invalid(422));
    assert_eq!(send(Method::POST, "/api/shop.greeting", "{").await, invalid(422));
    assert_eq!(send(Method::POST, "/api/shop.greeting", r#"{"payload":{},"more":1}"#).await, invalid(422));
    assert_eq!(send(Method::POST, "/api/product.get", r#"{"payload":{"id":7}}"#).await, invalid(422));
    assert_eq!(send(Method::POST, "/api/session.sign_out", r#"{"payload":{}}"#).await, invalid(422));
    let large = format!(r#"{{"payload":"{}"}}"#, "x".repeat(1024 * 1024));
    assert_eq!(send(Method::POST, "/api/shop.greeting", &large).await, invalid(413));
    assert_eq!(send(Method::GET, "/api/product.get", "").await, invalid(405));
    assert_eq!(send(Method::GET, "/api/session.sign_out", "").await, invalid(405));
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_without_arguments_answer_plain_reads() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    assert_eq!(owner.get("/api/shop.greeting").await.json()["set_up"], json!(true));
    assert_eq!(owner.get("/api/session.current").await.json()["session"]["name"], "Ana");
    let anybody = till.client().get("/api/report.list").await;
    assert_eq!((anybody.status, anybody.code().as_str()), (StatusCode::UNAUTHORIZED, "people.not_signed_on"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_that_closes_ends_its_streams_and_takes_no_more() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let stream = owner.open(owner.request(Method::GET, "/api/events").body(Full::default()).unwrap()).await;
    let address = till.address;
    let closed = tokio::time::timeout(Duration::from_secs(5), till.close()).await;
    let terminal = closed.expect("an open stream of events does not hold the door");
    assert!(terminal.is_ready());
    drop(stream);
    assert!(TcpStream::connect(address).await.is_err());
}
