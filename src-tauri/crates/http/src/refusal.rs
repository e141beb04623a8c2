//! What the door itself refuses, in the vocabulary of every other error.

use axum::http::StatusCode;
use domain::error::{Code, Coded};
use serde::Serialize;

/// Why a request did not get through the door.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum DoorError {
    /// The request was sent to another name than this till's, or by a page that is not this till's.
    #[error("the request came from where it may not come: {header}")]
    OriginRefused {
        /// The header that says so.
        header: &'static str,
    },
    /// The request is not what the path takes.
    #[error("{problem}")]
    PayloadInvalid {
        /// What is wrong with it.
        problem: String,
    },
    /// The body is not JSON, or does not say so.
    #[error("the content type has to be application/json")]
    NotJson {},
    /// The call is larger than any operation needs.
    #[error("a call has at most {max_bytes} bytes")]
    CallTooLarge {
        /// Bytes at most.
        max_bytes: usize,
    },
    /// The chunk is larger than any picture.
    #[error("a chunk has at most {max_bytes} bytes")]
    ChunkTooLarge {
        /// Bytes at most.
        max_bytes: usize,
    },
    /// The operation exists, but is not called like this.
    #[error("{operation} is called with POST")]
    CalledWithGet {
        /// The operation.
        operation: String,
    },
    /// There is no such path.
    #[error("there is no such operation")]
    OperationUnknown {},
    /// So many streams of events are open that this looks like a program gone wrong.
    #[error("{max} streams of events are open already")]
    TooManyStreams {
        /// Streams at most.
        max: usize,
    },
    /// The door itself failed.
    #[error("the door failed: {problem}")]
    Bug {
        /// What happened.
        problem: String,
    },
}

impl DoorError {
    /// The HTTP status, where it says more than the code's own.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::NotJson {} => Some(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::CallTooLarge { .. } => Some(StatusCode::PAYLOAD_TOO_LARGE),
            Self::CalledWithGet { .. } => Some(StatusCode::METHOD_NOT_ALLOWED),
            Self::TooManyStreams { .. } => Some(StatusCode::SERVICE_UNAVAILABLE),
            Self::OriginRefused { .. }
            | Self::PayloadInvalid { .. }
            | Self::ChunkTooLarge { .. }
            | Self::OperationUnknown {}
            | Self::Bug { .. } => None,
        }
    }
}

impl Coded for DoorError {
    fn code(&self) -> Code {
        match self {
            Self::OriginRefused { .. } => Code::CallOriginRefused,
            Self::PayloadInvalid { .. }
            | Self::NotJson {}
            | Self::CallTooLarge { .. }
            | Self::CalledWithGet { .. }
            | Self::TooManyStreams { .. } => Code::CallPayloadInvalid,
            Self::ChunkTooLarge { .. } => Code::BlobTooLarge,
            Self::OperationUnknown {} => Code::CallOperationUnknown,
            Self::Bug { .. } => Code::TillBug,
        }
    }
}
