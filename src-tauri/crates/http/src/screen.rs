//! The built screens of `ui/dist`: inside the program in a release, read from the disk in a debug build.

use crate::refusal::DoorError;
use crate::{Shared, answer};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What a page of this door may do: run and load only what comes from here. Scripts may not turn text into markup,
/// except through the one policy that Svelte's templates use.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    object-src 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

/// The files of the built UI; none where it was not built.
#[derive(RustEmbed)]
#[folder = "../../../ui/dist"]
#[allow_missing = true]
struct Files;

/// Any path that is not another route: a file of the UI, or its page for a path only its script knows.
pub async fn file(State(shared): State<Shared>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_page = !path.starts_with("api/") && !path.starts_with("health/");
    if !is_page || (method != Method::GET && method != Method::HEAD) {
        return answer::refused(&shared.terminal, &DoorError::OperationUnknown {});
    }
    match found(path) {
        Some((path, file)) => send(path, file, &headers),
        None if is_hashed(path) => StatusCode::NOT_FOUND.into_response(),
        None => not_built(),
    }
}

/// The file at `path`, or else the page: the script decides what an unknown path shows. A missing part of the page is
/// missing, since a page in its place would be taken for a script.
fn found(path: &str) -> Option<(&str, EmbeddedFile)> {
    let file = if path.is_empty() { None } else { Files::get(path).map(|file| (path, file)) };
    file.or_else(|| {
        let page = if is_hashed(path) { None } else { Files::get("index.html") };
        page.map(|page| ("index.html", page))
    })
}

/// Whether the name of a file carries the hash of its content.
fn is_hashed(path: &str) -> bool {
    path.starts_with("assets/")
}

fn send(path: &str, file: EmbeddedFile, request: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", wire::record::hex(&file.metadata.sha256_hash()));
    let unchanged =
        request.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data).into_response()
    };
    let cache = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers
        .insert(header::ETAG, HeaderValue::try_from(tag).expect("hexadecimal digits can stand in a header"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::try_from(media_type(path, file.metadata.mimetype()))
            .expect("media types can stand in a header"),
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response
}

/// Text is UTF-8 here, and says so.
fn media_type(path: &str, guessed: &str) -> String {
    let is_text = guessed.starts_with("text/") || path.ends_with(".js");
    if is_text { format!("{guessed}; charset=utf-8") } else { guessed.to_owned() }
}

/// What a developer sees who has not built the UI.
fn not_built() -> Response {
    let text = "The screens are not built into this program.\n\n\
        Build them with `npm ci` and `npm run build` in the folder ui, then build and start this program again.\n\n\
        The API is at /api.\n";
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")],
        text,
    )
        .into_response()
}
