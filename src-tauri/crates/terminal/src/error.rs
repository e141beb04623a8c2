//! Every failure of a call, and the body a client is told it by.

use crate::Surroundings;
use crate::blob::BlobError;
use crate::reserve::DiskLow;
use database::backup::BackupFailure;
use database::error::DatabaseError;
use domain::customer::CustomerError;
use domain::error::{Class, Code, Coded};
use domain::invoice::issue::InvoiceError;
use domain::mail::MailError;
use domain::people::{NeedsApproval, PeopleError};
use domain::product::ProductError;
use domain::registrar::RecordError;
use domain::sale::SaleError;
use domain::settings::SettingsError;
use domain::shift::ShiftError;
use serde::Serialize;
use serde_json::Value;
use wire::backup::BackupError;
use wire::device::DeviceError;
use wire::error::ErrorBody;
use wire::export::ExportError;
use wire::import::ImportError;
use wire::report::ReportError;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Selling said no.
    #[error(transparent)]
    Sale(#[from] SaleError),
    /// The catalogue said no.
    #[error(transparent)]
    Product(#[from] ProductError),
    /// The customers said no.
    #[error(transparent)]
    Customer(#[from] CustomerError),
    /// People and rights said no.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The settings said no.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The drawer said no.
    #[error(transparent)]
    Shift(#[from] ShiftError),
    /// The invoices said no.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// The outbox said no.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The registrar said no.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A device call was refused.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// A report was refused.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A picture was refused.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The disk has no room for another sale.
    #[error(transparent)]
    DiskLow(#[from] DiskLow),
    /// A backup was refused.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// An import was refused.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// An export was refused.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The call itself was wrong.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The files failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A new log had to begin, and could not.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Another call with the same request id was faster; the entrance answers with its result.
    #[error("the request was done already")]
    Repeated,
}

/// Why a call never reached its operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum CallError {
    /// There is no such operation.
    #[error("there is no operation {operation}")]
    OperationUnknown {
        /// What was asked for.
        operation: String,
    },
    /// The request is not what the operation takes.
    #[error("the request is not what the operation takes: {problem}")]
    PayloadInvalid {
        /// What is wrong.
        problem: String,
    },
    /// The request id was used for another request.
    #[error("the request id was used for another request")]
    RequestIdReused {},
    /// Something broke an invariant inside.
    #[error("the till made a mistake")]
    Bug {},
}

impl Coded for CallError {
    fn code(&self) -> Code {
        match self {
            Self::OperationUnknown { .. } => Code::CallOperationUnknown,
            Self::PayloadInvalid { .. } => Code::CallPayloadInvalid,
            Self::RequestIdReused {} => Code::CallRequestIdReused,
            Self::Bug {} => Code::TillBug,
        }
    }
}

impl From<BackupFailure> for Error {
    fn from(failure: BackupFailure) -> Self {
        match failure {
            BackupFailure::Refused(error) => Self::Backup(error),
            BackupFailure::Database(error) => Self::Database(error),
        }
    }
}

impl From<NeedsApproval> for Error {
    fn from(needed: NeedsApproval) -> Self {
        Self::People(PeopleError::NeedsApproval(needed))
    }
}

impl Error {
    /// The body a client is told it by. Faults and bugs are logged with the body's reference; refusals are not.
    pub(crate) fn body(&self, surroundings: &Surroundings) -> ErrorBody {
        match self {
            Self::Sale(error) => body(error, error, surroundings),
            Self::Product(error) => body(error, error, surroundings),
            Self::Customer(error) => body(error, error, surroundings),
            Self::People(error) => body(error, error, surroundings),
            Self::Settings(error) => body(error, error, surroundings),
            Self::Shift(error) => body(error, error, surroundings),
            Self::Invoice(error) => body(error, error, surroundings),
            Self::Mail(error) => body(error, error, surroundings),
            Self::Record(error) => body(error, error, surroundings),
            Self::Device(error) => body(error, error, surroundings),
            Self::Report(error) => body(error, error, surroundings),
            Self::Blob(error) => body(error, error, surroundings),
            Self::DiskLow(error) => body(error, error, surroundings),
            Self::Backup(error) => body(error, error, surroundings),
            Self::Import(error) => body(error, error, surroundings),
            Self::Export(error) => body(error, error, surroundings),
            Self::Call(error) => body(error, error, surroundings),
            Self::Database(error) => body(error, &error.details(), surroundings),
            Self::Open(error) => body(error, &(), surroundings),
            Self::Repeated => body(&CallError::Bug {}, &(), surroundings),
        }
    }
}

pub(crate) fn body(error: &dyn Coded, details: &impl Serialize, surroundings: &Surroundings) -> ErrorBody {
    let code = error.code();
    let reference = reference(surroundings);
    match code.class() {
        Class::Refusal => {}
        Class::Fault => tracing::error!(code = code.text(), %reference, %error, "fault"),
        Class::Bug => tracing::error!(code = code.text(), %reference, %error, "bug"),
    }
    let details = match serde_json::to_value(details) {
        Ok(Value::Object(fields)) => Value::Object(fields),
        _ => Value::Object(serde_json::Map::new()),
    };
    ErrorBody { code, class: code.class(), message: error.to_string(), details, reference }
}

/// Eight letters and digits without the ones people mix up, in two groups.
fn reference(surroundings: &Surroundings) -> String {
    let mut random = [0; 5];
    surroundings.ids.secret(&mut random);
    let text = data_encoding::BASE32_DNSCURVE.encode(&random).to_uppercase();
    format!("{}-{}", &text[..4], &text[4..])
}

/// Why a terminal did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The files.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The user has no home for what must not lie beside the data.
    #[error("this user has no home directory; name a guard directory")]
    NoHome,
    /// A directory or a secret beside them.
    #[error("the directory cannot be used: {0}")]
    Directory(#[from] std::io::Error),
}

impl Coded for OpenError {
    fn code(&self) -> Code {
        match self {
            Self::Database(error) => error.code(),
            Self::NoHome | Self::Directory(_) => Code::LedgerDiskFault,
        }
    }
}
