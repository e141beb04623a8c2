//! `/api/{operation}`: a call of the list of operations.

use crate::refusal::DoorError;
use crate::session::Sender;
use crate::{Shared, answer};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::ids::RequestId;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use wire::envelope::{Approval, Envelope};
use wire::operations::{Kind, find};

/// Bytes of a call at most.
pub const CALL_BYTES_MAX: usize = 1024 * 1024;

/// A call without the name of its operation, which stands in the path.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(default)]
    request_id: Option<RequestId>,
    #[serde(default = "nothing")]
    payload: Box<RawValue>,
    #[serde(default)]
    approval: Option<Approval>,
    #[serde(default)]
    screen: Option<String>,
}

fn nothing() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).expect("an empty object is JSON")
}

/// `POST /api/{operation}` with `{request_id?, payload, approval?, screen?}`.
pub async fn command_or_query(
    State(shared): State<Shared>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match json_body(&headers, body) {
        Ok(Body { request_id, payload, approval, screen }) => {
            call(shared, &headers, Envelope { request_id, operation, payload, approval, screen }).await
        }
        Err(refused) => answer::refused(&shared.terminal, &refused),
    }
}

/// `GET /api/{operation}`, for queries whose request has no fields.
pub async fn query_without_arguments(
    State(shared): State<Shared>,
    Path(operation): Path<String>,
    headers: HeaderMap,
) -> Response {
    // What is no operation at all is refused by the terminal, as everywhere.
    if find(&operation).is_some_and(|known| known.kind != Kind::Query || known.request != "Nothing") {
        let mut response = answer::refused(&shared.terminal, &DoorError::CalledWithGet { operation });
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    let envelope = Envelope { request_id: None, operation, payload: nothing(), approval: None, screen: None };
    call(shared, &headers, envelope).await
}

/// Calls the terminal as the sender of these headers. The call runs to its end even if the client goes away: what it
/// changed is changed, and the same request id will be answered with it.
async fn call(shared: Shared, headers: &HeaderMap, envelope: Envelope) -> Response {
    let sender = shared.sessions.sender(&shared.terminal, headers);
    let called = tokio::task::spawn_blocking({
        let shared = shared.clone();
        move || {
            let result = shared.terminal.call(&sender.caller, &envelope);
            let cookie = settle(&shared, &sender);
            (result, cookie)
        }
    });
    let (result, cookie) = match called.await {
        Ok(called) => called,
        Err(error) => {
            return answer::refused(&shared.terminal, &DoorError::Bug { problem: error.to_string() });
        }
    };
    let mut response = match &result {
        Ok(answer) => answer::raw(answer),
        Err(error) => answer::error(error),
    };
    match cookie {
        Ok(None) => {}
        Ok(Some(cookie)) => {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        Err(refused) => return answer::refused(&shared.terminal, &refused),
    }
    response
}

/// Remembers or forgets the sign-on the call left behind.
fn settle(shared: &Shared, sender: &Sender) -> Result<Option<HeaderValue>, DoorError> {
    let cookie =
        shared.sessions.settle(sender).map_err(|error| DoorError::Bug { problem: error.to_string() })?;
    if cookie.is_some() {
        shared.pushes.sign_ons_changed();
    }
    Ok(cookie)
}

/// Reads the body of a request that has to be JSON. A form cannot send this content type, and a script of another page
/// cannot without asking first, which nobody here answers.
pub fn json_body<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<T, DoorError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).map(str::trim);
    if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")) {
        return Err(DoorError::NotJson {});
    }
    let too_large = DoorError::CallTooLarge { max_bytes: CALL_BYTES_MAX };
    let body = body.map_err(|rejection| unread(&rejection, too_large))?;
    serde_json::from_slice(&body).map_err(|error| DoorError::PayloadInvalid { problem: error.to_string() })
}

/// Why a body could not be read: it was too large, or the client went away.
pub fn unread(rejection: &BytesRejection, too_large: DoorError) -> DoorError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large
    } else {
        DoorError::PayloadInvalid { problem: rejection.body_text() }
    }
}
