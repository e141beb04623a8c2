//! What can go wrong with the files.

use domain::error::{Code, Coded};
use serde::Serialize;
use wire::backup::BackupError;
use wire::fact::PayloadError;
use wire::fact::header::HeaderError;

/// Why the database did not do what was asked. Nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Another process has the data directory.
    #[error("the data directory is used by another till")]
    InUse,
    /// The files were written by a newer version.
    #[error("the data was written by a newer version of Tillkeeper")]
    NewerVersion,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The disk or the file failed.
    #[error("the disk failed: {0}")]
    Disk(rusqlite::Error),
    /// SQLite cannot read a file: its pages are damaged.
    #[error("a file of the data cannot be read: {0}")]
    Malformed(rusqlite::Error),
    /// The data directory cannot be used.
    #[error("the data directory cannot be used: {0}")]
    Directory(std::io::Error),
    /// The files could not be brought to this version.
    #[error("the data could not be brought to this version: {0}")]
    Migration(Box<refinery::Error>),
    /// A ledger that has to be brought to this version cannot be backed up before.
    #[error("the data could not be backed up before it is brought to this version: {0}")]
    NotBackedUp(BackupError),
    /// A stored payload cannot be read.
    #[error(transparent)]
    Payload(#[from] PayloadError),
    /// A stored envelope cannot be read.
    #[error("a stored envelope cannot be read: {0}")]
    Envelope(#[from] HeaderError),
    /// A stored value is none that this version writes.
    #[error("a stored value cannot be read: {0}")]
    Value(String),
    /// A commit failed and what it left is not yet known; a reader is still at work.
    #[error("the disk failed and its state is being looked at")]
    Doubtful,
    /// The file does not hold what was committed to it: a new log has to begin.
    #[error("the disk lost what was saved on it")]
    HeadLost,
    /// The disk did not let the log be begun.
    #[error("the disk did not let the log be begun")]
    NoLog,
    /// The writer has stopped.
    #[error("the till is shutting down")]
    Stopped,
    /// A job of the writer panicked; nothing of it was saved.
    #[error("a transaction failed inside")]
    Panicked,
}

impl DatabaseError {
    pub(crate) fn directory(error: std::io::Error) -> Self {
        Self::Directory(error)
    }

    /// What the disk said beside SQLite: that it is full, or that it failed.
    pub fn of_disk(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Directory(error),
        }
    }

    /// The typed fields of the error: none of them is for a cashier.
    pub fn details(&self) -> impl Serialize + use<> {
        #[derive(Serialize)]
        struct None {}
        None {}
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                Self::Malformed(error)
            }
            Some(_) | None => Self::Disk(error),
        }
    }
}

impl From<serde_json::Error> for DatabaseError {
    fn from(error: serde_json::Error) -> Self {
        // Where, and not what: the error's own text may quote a person's name, and this one stands in the log.
        Self::Value(format!("stored JSON at line {}, column {}", error.line(), error.column()))
    }
}

impl From<refinery::Error> for DatabaseError {
    fn from(error: refinery::Error) -> Self {
        match error.kind() {
            // refinery says this when the file knows a migration that this program does not.
            refinery::error::Kind::MissingVersion(_) | refinery::error::Kind::DivergentVersion(..) => {
                Self::NewerVersion
            }
            _ => Self::Migration(Box::new(error)),
        }
    }
}

impl Coded for DatabaseError {
    fn code(&self) -> Code {
        match self {
            Self::InUse => Code::LedgerInUse,
            Self::NewerVersion => Code::LedgerNewerVersion,
            Self::Full => Code::LedgerDiskFull,
            Self::Malformed(_) => Code::LedgerMalformed,
            Self::Disk(_)
            | Self::NotBackedUp(_)
            | Self::Directory(_)
            | Self::Migration(_)
            | Self::Doubtful
            | Self::HeadLost
            | Self::NoLog => Code::LedgerDiskFault,
            Self::Stopped => Code::CallShuttingDown,
            Self::Payload(_) | Self::Envelope(_) | Self::Value(_) | Self::Panicked => Code::TillBug,
        }
    }
}
