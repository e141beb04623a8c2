//! `/api`: the page that shows and tries every operation, made in the browser from `/api/openapi.json`.

use crate::screen::PAGE_POLICY;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The list of operations as OpenAPI 3.1, as it is committed; a test holds it against the list.
pub const OPENAPI: &[u8] = include_bytes!("../../../../docs/openapi.json");

/// `GET /api`.
pub async fn page() -> Response {
    send("text/html; charset=utf-8", include_bytes!("page/reference.html"))
}

/// `GET /api/reference.css`.
pub async fn style() -> Response {
    send("text/css; charset=utf-8", include_bytes!("page/reference.css"))
}

/// `GET /api/reference.js`.
pub async fn script() -> Response {
    send("text/javascript; charset=utf-8", include_bytes!("page/reference.js"))
}

/// `GET /api/openapi.json`.
pub async fn openapi() -> Response {
    send("application/json", OPENAPI)
}

fn send(media_type: &'static str, bytes: &'static [u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    ];
    (headers, bytes).into_response()
}
