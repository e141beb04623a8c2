//! Whether the process runs and whether it can sell, for whoever started it.

use crate::{Shared, answer};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// How the till is.
#[derive(Serialize)]
struct Health {
    /// Whether it takes calls.
    ready: bool,
}

/// `GET /health/live`: the process answers.
pub async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// `GET /health/ready`: the terminal takes calls.
pub async fn ready(State(shared): State<Shared>) -> Response {
    let ready = shared.terminal.is_ready();
    let mut response = answer::value(&Health { ready }).into_response();
    if !ready {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}
