//! The demo shop, filled in through a real terminal and seen through the door.

use crate::till::Till;
use hyper::StatusCode;
use serde_json::{Value, json};
use std::fs;
use terminal::demo::{self, DemoError};

/// Everything of the shop that a second filling could double.
async fn shop(till: &Till) -> Value {
    let (name, pin) = demo::pins().remove(0);
    let mut owner = till.client();
    owner.sign_in(&name, &pin).await;
    let mut products = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = owner.ok("product.tiles", json!({ "category": null, "after": after })).await;
        products.extend(page["tiles"].as_array().unwrap().clone());
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    json!({
        "operators": owner.ok("operator.list", json!({})).await,
        "roles": owner.ok("role.list", json!({})).await,
        "tax_categories": owner.ok("tax_category.list", json!({})).await,
        "categories": owner.ok("category.list", json!({})).await,
        "products": products,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filled_shop_can_be_seen_and_is_filled_once() {
    let till = Till::new().await;
    let terminal = till.terminal.clone();
    tokio::task::spawn_blocking(move || demo::fill(&terminal)).await.unwrap().unwrap();
    let filled = shop(&till).await;
    assert_eq!(filled["operators"]["operators"].as_array().unwrap().len(), demo::pins().len());
    let products = filled["products"].as_array().unwrap();
    assert!(products.len() >= 60, "{}", products.len());

    let (name, pin) = demo::pins().remove(1);
    let mut cashier = till.client();
    cashier.sign_in(&name, &pin).await;
    for product in products {
        assert!(product["price"].is_i64(), "{product}");
        let picture = cashier.get(&format!("/api/blobs/{}", product["picture"].as_str().unwrap())).await;
        assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, Some("image/png")));
    }

    // Interrupted before its end was written down: the next start looks at everything and repeats nothing.
    fs::remove_file(till.terminal.data_dir().join("demo-shop-complete")).unwrap();
    let terminal = till.terminal.clone();
    tokio::task::spawn_blocking(move || demo::fill(&terminal)).await.unwrap().unwrap();
    assert_eq!(shop(&till).await, filled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_shop_is_left_alone() {
    let till = Till::set_up().await;
    let terminal = till.terminal.clone();
    let refused = tokio::task::spawn_blocking(move || demo::fill(&terminal)).await.unwrap();
    assert!(matches!(refused, Err(DemoError::AnotherShop)), "{refused:?}");
    assert_eq!(
        till.owner().await.ok("operator.list", json!({})).await["operators"].as_array().unwrap().len(),
        1
    );
}
