//! Answers and errors as HTTP responses.

use crate::refusal::DoorError;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::error::{Class, Code};
use serde::Serialize;
use serde_json::value::RawValue;
use terminal::Terminal;
use wire::error::ErrorBody;

/// JSON that was written already.
pub fn raw(answer: &RawValue) -> Response {
    json_text(StatusCode::OK, answer.get().to_owned())
}

/// A value as JSON.
pub fn value(answer: &impl Serialize) -> Response {
    json_text(StatusCode::OK, text(answer))
}

/// A failure, with the status that fits its code.
pub fn error(error: &ErrorBody) -> Response {
    json_text(status(error.code), text(error))
}

/// What the door refuses by itself.
pub fn refused(terminal: &Terminal, refused: &DoorError) -> Response {
    let error = terminal.refusal(refused);
    json_text(refused.status().unwrap_or_else(|| status(error.code)), text(&error))
}

/// The HTTP status of an error code. Clients decide by the code; the status is for what stands between.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::PeopleNotSignedOn => StatusCode::UNAUTHORIZED,
        Code::PeopleNeedsApproval | Code::CallOriginRefused => StatusCode::FORBIDDEN,
        Code::CallOperationUnknown | Code::BlobUnknown => StatusCode::NOT_FOUND,
        Code::BlobTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::CallShuttingDown => StatusCode::SERVICE_UNAVAILABLE,
        other => match other.class() {
            Class::Refusal => StatusCode::UNPROCESSABLE_ENTITY,
            Class::Fault => StatusCode::SERVICE_UNAVAILABLE,
            Class::Bug => StatusCode::INTERNAL_SERVER_ERROR,
        },
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what crosses the boundary is made of strings, integers and lists")
}

fn json_text(status: StatusCode, text: String) -> Response {
    let mut response = (status, Body::from(text)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
