//! Whatever another page in the same browser can send is refused, for every operation.

use crate::till::{Client, Till, request_id};
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HOST, ORIGIN};
use hyper::{Method, Request, StatusCode};
use serde_json::json;
use wire::operations::{Need, OPERATIONS};

/// What may be called without a sign-on. An operation is added here by somebody who has thought about it.
const OPEN_TO_ALL: [&str; 8] = [
    "shop.greeting",
    "shop.set_up",
    "session.sign_in",
    "session.sign_in_badge",
    "session.recover",
    "session.current",
    "backup.find",
    "backup.adopt",
];

fn body() -> Full<hyper::body::Bytes> {
    Full::from(json!({ "request_id": request_id(), "payload": {} }).to_string())
}

fn post(client: &Client, operation: &str) -> hyper::http::request::Builder {
    client.request(Method::POST, &format!("/api/{operation}")).header(CONTENT_TYPE, "application/json")
}

async fn refused(client: &Client, request: Request<Full<hyper::body::Bytes>>, operation: &str) {
    let answer = client.send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{operation}: {}", answer.text());
    assert_eq!(answer.code(), "call.origin_refused", "{operation}");
    let cors = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
    assert_eq!(cors, None, "{operation}: no answer may be read by another page");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_refuses_a_foreign_origin() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    for operation in OPERATIONS {
        let name = operation.name;
        for origin in ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"] {
            refused(&owner, post(&owner, name).header(ORIGIN, origin).body(body()).unwrap(), name).await;
        }
        let cross_site = post(&owner, name).header("Sec-Fetch-Site", "cross-site").body(body()).unwrap();
        refused(&owner, cross_site, name).await;
    }
    assert_eq!(owner.ok("session.current", json!({})).await["session"]["name"], "Ana", "nothing happened");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_refuses_a_foreign_host() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    for operation in OPERATIONS {
        for host in ["evil.example", &format!("evil.example:{}", till.address.port()), "127.0.0.1"] {
            let mut request = post(&owner, operation.name).body(body()).unwrap();
            request.headers_mut().insert(HOST, host.parse().unwrap());
            refused(&owner, request, operation.name).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_path_refuses_a_foreign_host() {
    let till = Till::new().await;
    let client = till.client();
    for path in
        ["/", "/api", "/api/openapi.json", "/api/events", "/api/blobs/x", "/health/ready", "/health/live"]
    {
        let mut request = client.request(Method::GET, path).body(Full::default()).unwrap();
        request.headers_mut().insert(HOST, "evil.example".parse().unwrap());
        refused(&client, request, path).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_refuses_what_a_form_can_send() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    for operation in OPERATIONS {
        let types =
            ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""];
        for content_type in types {
            let request = owner
                .request(Method::POST, &format!("/api/{}", operation.name))
                .header(CONTENT_TYPE, content_type)
                .body(body())
                .unwrap();
            let answer = owner.send(request).await;
            assert_eq!(
                answer.status,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "{} {content_type}",
                operation.name
            );
            assert_eq!(answer.code(), "call.payload_invalid", "{} {content_type}", operation.name);
        }
    }
    let unsaid = owner.request(Method::POST, "/api/session.sign_out").body(body()).unwrap();
    assert_eq!(owner.send(unsaid).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(owner.ok("session.current", json!({})).await["session"]["name"], "Ana", "nothing happened");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_refuses_who_is_not_signed_on() {
    let till = Till::set_up().await;
    let client = till.client();
    for operation in OPERATIONS {
        let open = OPEN_TO_ALL.contains(&operation.name);
        assert_eq!(open, operation.need == Need::Nobody, "{}", operation.name);
        if !open {
            let answer = client.call(operation.name, json!({})).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}: {}", operation.name, answer.text());
            assert_eq!(answer.code(), "people.not_signed_on", "{}", operation.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_tills_way_to_go_on_with_a_backup_is_closed_once_the_shop_is_set_up() {
    let till = Till::set_up().await;
    let client = till.client();
    let found = client.call("backup.find", json!({ "at": "/" })).await;
    assert_eq!(found.code(), "people.needs_approval", "{}", found.text());
    let adopted = client.call("backup.adopt", json!({ "path": "/etc/passwd" })).await;
    assert_eq!(adopted.code(), "people.already_set_up", "{}", adopted.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tills_own_page_may_call() {
    let till = Till::set_up().await;
    let client = till.client();
    let own = post(&client, "shop.greeting")
        .header(ORIGIN, format!("http://{}", till.address))
        .header("Sec-Fetch-Site", "same-origin")
        .body(Full::from(r#"{"payload":{}}"#))
        .unwrap();
    let answer = client.send(own).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["shop_name"], "Corner Shop");
}
