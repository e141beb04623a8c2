//! Pages and what goes with them: the reference, the screens, the headers, the health.

use crate::till::{Answer, Till};
use http_body_util::Full;
use hyper::{Method, StatusCode};
use serde_json::Value;
use std::path::Path;
use wire::operations::{Kind, OPERATIONS};

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    object-src 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."))
}

fn has_page_headers(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    for (name, value) in [
        ("content-security-policy", PAGE_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_openapi_document_is_the_committed_one_and_has_every_operation() {
    let till = Till::new().await;
    let answer = till.client().get("/api/openapi.json").await;
    assert_eq!(answer.body, std::fs::read(repository().join("docs/openapi.json")).unwrap());
    let document = answer.json();
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), OPERATIONS.len());
    for operation in OPERATIONS {
        let methods = &paths[&format!("/api/{}", operation.name)];
        assert_eq!(methods["post"]["operationId"], operation.name);
        let plain_read = operation.kind == Kind::Query && operation.request == "Nothing";
        assert_eq!(methods.get("get").is_some(), plain_read, "{}", operation.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_page_needs_nothing_from_elsewhere() {
    let till = Till::new().await;
    let page = till.client().get("/api").await;
    has_page_headers(&page);
    for path in ["/api/reference.css", "/api/reference.js"] {
        assert!(page.text().contains(path));
        let part = till.client().get(path).await;
        has_page_headers(&part);
        assert!(!part.text().contains("://"), "{path} names another host");
    }
    assert!(!page.text().contains("://"), "the page names another host");
    assert!(
        !page.text().contains(" style=") && !page.text().contains(" onclick="),
        "inline parts would not run"
    );
}

/// In a debug build the screens are read from the disk, so that the test knows what to expect.
#[tokio::test(flavor = "multi_thread")]
async fn the_screens_come_with_their_policy_or_it_says_how_to_build_them() {
    let till = Till::new().await;
    let client = till.client();
    let page = client.get("/").await;
    assert_eq!(client.get("/assets/no-such-file.js").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/api/no/such/path").await.code(), "call.operation_unknown");
    let Ok(built) = std::fs::read(repository().join("ui/dist/index.html")) else {
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text().contains("npm run build"));
        return;
    };
    has_page_headers(&page);
    assert_eq!(page.body, built);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(client.get("/some/path/of/the/script").await.body, built);
    for path in ["/../Cargo.toml", "/..%2F..%2FCargo.toml", "/%2e%2e/%2e%2e/Cargo.toml"] {
        assert_eq!(client.get(path).await.body, built, "{path}");
    }

    let known = client.request(Method::GET, "/").header("if-none-match", page.header("etag").unwrap());
    let unchanged = client.send(known.body(Full::default()).unwrap()).await;
    assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0));

    let mut parts = std::fs::read_dir(repository().join("ui/dist/assets")).unwrap();
    let part = parts.next().unwrap().unwrap();
    let answer = client.get(&format!("/assets/{}", part.file_name().to_str().unwrap())).await;
    has_page_headers(&answer);
    assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
}

#[tokio::test(flavor = "multi_thread")]
async fn health_says_live_and_ready() {
    let till = Till::new().await;
    assert_eq!(till.client().get("/health/live").await.status, StatusCode::NO_CONTENT);
    let ready = till.client().get("/health/ready").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (StatusCode::OK, &Value::Bool(true)));
    assert_eq!(till.client().get("/health/other").await.status, StatusCode::NOT_FOUND);
}
