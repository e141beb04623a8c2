//! Pushes: who hears what, and when a stream ends.

use crate::till::{Client, Till};
use http_body_util::{BodyExt, Full};
use hyper::Method;
use hyper::body::Incoming;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::timeout;

/// A stream of events as a browser reads it.
struct Stream {
    body: Incoming,
    text: String,
}

impl Stream {
    async fn open(client: &Client) -> Self {
        let response =
            client.open(client.request(Method::GET, "/api/events").body(Full::default()).unwrap()).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let mut stream = Self { body: response.into_body(), text: String::new() };
        // The first piece says that the stream is open: whatever changes from here on will be told.
        assert!(stream.piece().await.unwrap().contains("retry:"));
        stream
    }

    /// The next piece up to an empty line, or `None` at the end of the stream.
    async fn piece(&mut self) -> Option<String> {
        loop {
            if let Some((piece, rest)) = self.text.split_once("\n\n") {
                let (piece, rest) = (piece.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(piece);
            }
            let frame = timeout(Duration::from_secs(10), self.body.frame()).await.expect("something comes");
            self.text.push_str(std::str::from_utf8(&frame?.unwrap().into_data().unwrap()).unwrap());
        }
    }

    /// Reads until `topic` is told of, and returns every topic told of on the way. What happened just before the
    /// stream opened may come first.
    async fn until(&mut self, topic: &str) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        while !told.contains(topic) {
            let piece = self.piece().await.expect("the stream goes on");
            if let Some(data) = piece.strip_prefix("event: changed\ndata: ") {
                let changed: Value = serde_json::from_str(data).unwrap();
                told.extend(
                    changed["topics"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|topic| topic.as_str().unwrap().to_owned()),
                );
            }
        }
        told
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_after_it_can_be_read() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let mut stream = Stream::open(&owner).await;
    let category = json!({ "name": "Bread", "position": 1, "status": "active" });
    owner.ok("category.save", json!({ "category": category })).await;
    stream.until("products").await;
    let categories = owner.ok("category.list", json!({})).await;
    assert_eq!(categories["categories"][0]["category"]["name"], "Bread");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_signed_on_hears_of_the_shop_only_and_reconnects_after_a_sign_on() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let mut stream = Stream::open(&till.client()).await;
    let category = json!({ "name": "Bread", "position": 1, "status": "active" });
    owner.ok("category.save", json!({ "category": category })).await;
    let shop = owner.ok("shop.settings", json!({})).await["shop"].clone();
    let mut renamed = shop.clone();
    renamed["name"] = json!("New Name");
    owner.ok("shop.save_settings", json!({ "base": shop, "shop": renamed })).await;
    assert!(!stream.until("shop").await.contains("products"), "the category changed before the shop");

    // The sign-on gives its browser a cookie; the stream ends so that the browser opens it again with it.
    till.owner().await;
    while let Some(piece) = stream.piece().await {
        assert!(!piece.contains("products"), "{piece}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_off_silences_the_stream_it_had() {
    let till = Till::set_up().await;
    let (owner, other) = (till.owner().await, till.owner().await);
    let mut stream = Stream::open(&other).await;
    other.ok("session.sign_out", json!({})).await;
    let category = json!({ "name": "Bread", "position": 1, "status": "active" });
    owner.ok("category.save", json!({ "category": category })).await;
    while let Some(piece) = stream.piece().await {
        assert!(!piece.contains("products"), "{piece}");
    }
}
