//! `/api/blobs`: pictures and data files in chunks, and pictures to show.

use crate::call::{json_body, unread};
use crate::refusal::DoorError;
use crate::{Shared, answer};
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read};
use terminal::blob::{BlobError, BlobHash, CallerBlobs, Given};

/// Bytes of one chunk at most.
#[expect(clippy::as_conversions, reason = "a constant that fits every usize")]
pub const CHUNK_BYTES_MAX: usize = terminal::blob::CHUNK_BYTES_MAX as usize;

/// Bytes of a file that are read at once while it is given out.
const PIECE_BYTES: u64 = 256 * 1024;

/// Where a chunk belongs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// Bytes from the beginning.
    offset: u64,
}

/// `POST /api/blobs {length, sha256, kind}` begins an upload.
pub async fn begin(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match json_body(&headers, body) {
        Ok(begin) => answer(&shared, &headers, move |blobs| blobs.begin(begin)).await,
        Err(refused) => answer::refused(&shared.terminal, &refused),
    }
}

/// `PUT /api/blobs/{upload}?offset=N` takes a chunk.
pub async fn append(
    State(shared): State<Shared>,
    Path(upload): Path<String>,
    offset: Result<Query<Offset>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Some(upload) = BlobHash::parse(&upload) else { return refuse(&shared, &BlobError::Unknown {}) };
    let offset = match offset {
        Ok(Query(Offset { offset })) => offset,
        Err(error) => {
            let refused = DoorError::PayloadInvalid { problem: error.body_text() };
            return answer::refused(&shared.terminal, &refused);
        }
    };
    let chunk = match body {
        Ok(chunk) => chunk,
        Err(rejection) => {
            let too_large = DoorError::ChunkTooLarge { max_bytes: CHUNK_BYTES_MAX };
            return answer::refused(&shared.terminal, &unread(&rejection, too_large));
        }
    };
    answer(&shared, &headers, move |blobs| blobs.append(upload, offset, &chunk)).await
}

/// `POST /api/blobs/{upload}/finish` checks the whole and keeps it.
pub async fn finish(
    State(shared): State<Shared>,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(upload) = BlobHash::parse(&upload) else { return refuse(&shared, &BlobError::Unknown {}) };
    answer(&shared, &headers, move |blobs| blobs.finish(upload)).await
}

/// `GET /api/blobs/{hash}` shows a picture, or hands out a bundle.
pub async fn read(State(shared): State<Shared>, Path(hash): Path<String>, headers: HeaderMap) -> Response {
    let Some(hash) = BlobHash::parse(&hash) else { return refuse(&shared, &BlobError::Unknown {}) };
    match with_blobs(&shared, &headers, move |blobs| blobs.read(hash)).await {
        Ok(Ok(given)) => picture(given),
        Ok(Err(error)) => refuse(&shared, &error),
        Err(refused) => answer::refused(&shared.terminal, &refused),
    }
}

/// `GET /api/blobs/{hash}/small` shows a picture as a list does.
pub async fn small(State(shared): State<Shared>, Path(hash): Path<String>, headers: HeaderMap) -> Response {
    let Some(hash) = BlobHash::parse(&hash) else { return refuse(&shared, &BlobError::Unknown {}) };
    match with_blobs(&shared, &headers, move |blobs| blobs.thumbnail(hash)).await {
        Ok(Ok(blob)) => picture(Given::Whole(blob)),
        Ok(Err(error)) => refuse(&shared, &error),
        Err(refused) => answer::refused(&shared.terminal, &refused),
    }
}

/// A picture or a bundle, and nothing else, whatever its bytes try to be: its type comes from its first bytes, browsers may not
/// guess another, and if one is opened as a page it has no rights at all. Its name is its content, so it never changes.
fn picture(given: Given) -> Response {
    let (kind, body, length) = match given {
        Given::Whole(blob) => (blob.kind, Body::from(blob.bytes), None),
        Given::File { kind, file, length } => (kind, pieces(file), Some(length)),
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(kind.disposition()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// A file piece by piece, read where the disk may be waited for.
fn pieces(file: File) -> Body {
    Body::from_stream(try_unfold(file, |file| async move {
        let read = tokio::task::spawn_blocking(move || -> io::Result<(Vec<u8>, File)> {
            let mut piece = Vec::new();
            (&file).take(PIECE_BYTES).read_to_end(&mut piece)?;
            Ok((piece, file))
        });
        let (piece, file) = read.await.map_err(io::Error::other)??;
        Ok::<_, io::Error>(if piece.is_empty() { None } else { Some((Bytes::from(piece), file)) })
    }))
}

async fn answer<T: Serialize + Send + 'static>(
    shared: &Shared,
    headers: &HeaderMap,
    act: impl FnOnce(CallerBlobs<'_>) -> Result<T, BlobError> + Send + 'static,
) -> Response {
    match with_blobs(shared, headers, act).await {
        Ok(Ok(value)) => answer::value(&value),
        Ok(Err(error)) => refuse(shared, &error),
        Err(refused) => answer::refused(&shared.terminal, &refused),
    }
}

/// Runs `act` on the blobs of the sender, where it may wait for the disk.
async fn with_blobs<T: Send + 'static>(
    shared: &Shared,
    headers: &HeaderMap,
    act: impl FnOnce(CallerBlobs<'_>) -> Result<T, BlobError> + Send + 'static,
) -> Result<Result<T, BlobError>, DoorError> {
    let sender = shared.sessions.sender(&shared.terminal, headers);
    let terminal = shared.terminal.clone();
    tokio::task::spawn_blocking(move || act(terminal.blobs().of(&sender.caller)))
        .await
        .map_err(|error| DoorError::Bug { problem: error.to_string() })
}

fn refuse(shared: &Shared, error: &BlobError) -> Response {
    answer::error(&shared.terminal.refusal(error))
}
