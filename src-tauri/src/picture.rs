//! The scheme `till-blob`: pictures and data files in chunks, and pictures to show, with the rights of the window. The
//! same paths and bodies as `/api/blobs` of the HTTP door.
//!
//! The name is ours, because browsers keep `blob` for themselves.

use crate::ipc::WindowDoor;
use crate::windows::{MAIN, is_own_origin};
use domain::error::{Class, Code};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tauri::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL,
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ORIGIN,
};
use tauri::http::{HeaderValue, Method, Request, Response, StatusCode};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};
use terminal::blob::{Blob, BlobError, BlobHash, CallerBlobs};

/// The scheme. Windows shows it as `http://till-blob.localhost`.
pub const SCHEME: &str = "till-blob";

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum Ask {
    Begin,
    Append {
        upload: BlobHash,
        offset: u64,
    },
    Finish {
        upload: BlobHash,
    },
    Read {
        hash: BlobHash,
    },
    Small {
        hash: BlobHash,
    },
    /// The browser asks what it may send.
    Preflight,
}

impl Ask {
    /// `None` when there is nothing under this method and path.
    fn of(method: &Method, path: &str, query: Option<&str>) -> Option<Self> {
        if method == Method::OPTIONS {
            return Some(Self::Preflight);
        }
        let mut parts = path.trim_matches('/').split('/');
        let (name, rest) = (parts.next()?, parts.next());
        if parts.next().is_some() {
            return None;
        }
        if (method, name, rest) == (&Method::POST, "", None) {
            return Some(Self::Begin);
        }
        let hash = BlobHash::parse(name)?;
        if method == Method::GET && rest.is_none() {
            return Some(Self::Read { hash });
        }
        if method == Method::GET && rest == Some("small") {
            return Some(Self::Small { hash });
        }
        if method == Method::POST && rest == Some("finish") {
            return Some(Self::Finish { upload: hash });
        }
        if method == Method::PUT && rest.is_none() {
            let offset = query?.strip_prefix("offset=")?.parse().ok()?;
            return Some(Self::Append { upload: hash, offset });
        }
        None
    }
}

/// Answers a request of the scheme, off the thread the window is drawn on.
pub fn respond<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let is_main = context.webview_label() == MAIN;
    tauri::async_runtime::spawn_blocking(move || {
        let origin = request.headers().get(ORIGIN).cloned();
        let origin = origin.filter(|origin| origin.to_str().is_ok_and(|origin| is_own_origin(&app, origin)));
        let mut response =
            if is_main { answer(&app.state::<WindowDoor>(), request) } else { empty(StatusCode::FORBIDDEN) };
        if let Some(origin) = origin {
            response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        responder.respond(response);
    });
}

fn answer(door: &WindowDoor, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some((terminal, caller)) = door.open() else { return empty(StatusCode::SERVICE_UNAVAILABLE) };
    let blobs = terminal.blobs().of(&caller);
    let ask = Ask::of(request.method(), request.uri().path(), request.uri().query());
    let done = match ask {
        Some(Ask::Preflight) => return preflight(),
        Some(ask) => act(blobs, ask, request.body()),
        None => Err(BlobError::Unknown {}),
    };
    done.unwrap_or_else(|error| {
        let body = terminal.refusal(&error);
        json(status(body.code), &body)
    })
}

fn act(blobs: CallerBlobs<'_>, ask: Ask, body: &[u8]) -> Result<Response<Vec<u8>>, BlobError> {
    Ok(match ask {
        Ask::Begin => match read_json(body) {
            Some(begin) => json(StatusCode::OK, &blobs.begin(begin)?),
            None => empty(StatusCode::BAD_REQUEST),
        },
        Ask::Append { upload, offset } => json(StatusCode::OK, &blobs.append(upload, offset, body)?),
        Ask::Finish { upload } => json(StatusCode::OK, &blobs.finish(upload)?),
        Ask::Read { hash } => picture(blobs.read(hash)?.whole()?),
        Ask::Small { hash } => picture(blobs.thumbnail(hash)?),
        Ask::Preflight => preflight(),
    })
}

fn read_json<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// A picture or a bundle, and nothing else, whatever its bytes try to be. Its name is its content, so it never changes.
fn picture(blob: Blob) -> Response<Vec<u8>> {
    let kind = blob.kind;
    let mut response = Response::new(blob.bytes);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(kind.disposition()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

fn preflight() -> Response<Vec<u8>> {
    let mut response = empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    response
}

fn json(status: StatusCode, value: &impl Serialize) -> Response<Vec<u8>> {
    let body =
        serde_json::to_vec(value).expect("what crosses the boundary is made of strings, integers and lists");
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

/// The status of an error. The page decides by the code; the status makes a picture that is not there none.
fn status(code: Code) -> StatusCode {
    match (code, code.class()) {
        (Code::BlobUnknown, _) => StatusCode::NOT_FOUND,
        (_, Class::Refusal) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, Class::Fault) => StatusCode::SERVICE_UNAVAILABLE,
        (_, Class::Bug) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_one_of_a_few_or_nothing() {
        let hash = BlobHash::of(b"a picture");
        let one = format!("/{hash}");
        let finish = format!("/{hash}/finish");
        let small = format!("/{hash}/small");
        let cases: [(Method, &str, Option<&str>, Option<Ask>); 14] = [
            (Method::GET, &small, None, Some(Ask::Small { hash })),
            (Method::PUT, &small, Some("offset=7"), None),
            (Method::POST, "/", None, Some(Ask::Begin)),
            (Method::POST, "", None, Some(Ask::Begin)),
            (Method::GET, &one, None, Some(Ask::Read { hash })),
            (Method::POST, &finish, None, Some(Ask::Finish { upload: hash })),
            (Method::PUT, &one, Some("offset=7"), Some(Ask::Append { upload: hash, offset: 7 })),
            (Method::OPTIONS, "/", None, Some(Ask::Preflight)),
            (Method::PUT, &one, None, None),
            (Method::PUT, &one, Some("offset=-1"), None),
            (Method::GET, "/../../etc/passwd", None, None),
            (Method::GET, &finish, None, None),
            (Method::DELETE, &one, None, None),
            (Method::POST, &one, None, None),
        ];
        for (method, path, query, expected) in cases {
            assert_eq!(Ask::of(&method, path, query), expected, "{method} {path} {query:?}");
        }
    }
}
