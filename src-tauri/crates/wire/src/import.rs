//! Imports: many records from a file of the shop's own, looked at before anything is changed.

use domain::error::{Code, Coded};
use domain::ids::{OperatorId, TaxCategoryId};
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ImportKind {
    /// Products, with their categories.
    Products,
    /// Customers.
    Customers,
}

/// What a column of the file says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ImportField {
    /// The name; of a product or a customer.
    Name,
    /// A product's SKU.
    Sku,
    /// A product's code, or several, set apart by `;`, `|` or white space.
    Code,
    /// A product's price for one unit.
    Price,
    /// Whose make a product is.
    Brand,
    /// The name of a product's category.
    Category,
    /// The name of a product's tax category, or its rate.
    Tax,
    /// What a product is sold by.
    Unit,
    /// The age in years a customer must have to buy it.
    AgeMin,
    /// The quantity on hand at which a product is to be ordered.
    LowStock,
    /// The name of the file of a product's picture, in the archive that the table came in.
    Picture,
    /// A customer's number or card.
    Number,
    /// A customer's mail address.
    Email,
    /// A customer's telephone number.
    Phone,
    /// Where a customer lives.
    Address,
    /// What is remembered of a customer.
    Note,
    /// The till's own id of the record, as an export writes it: it stays the same whatever else changes.
    Id,
    /// Whether the record is in use.
    Status,
}

impl ImportField {
    /// The fields that a kind of record has.
    pub const fn of(kind: ImportKind) -> &'static [Self] {
        match kind {
            ImportKind::Products => &[
                Self::Name,
                Self::Sku,
                Self::Code,
                Self::Price,
                Self::Brand,
                Self::Category,
                Self::Tax,
                Self::Unit,
                Self::AgeMin,
                Self::LowStock,
                Self::Picture,
                Self::Id,
                Self::Status,
            ],
            ImportKind::Customers => &[
                Self::Number,
                Self::Name,
                Self::Email,
                Self::Phone,
                Self::Address,
                Self::Note,
                Self::Id,
                Self::Status,
            ],
        }
    }
}

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TextEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252: what a file is that is nothing else.
    Windows1252,
}

/// Where the decimals of a number begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DecimalMark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ImportState {
    /// The columns are guessed; somebody looks at them.
    Ready,
    /// Every row is being read. Nothing is changed by that.
    Checking,
    /// Every row was read: `counts` and `problems` say what would become of them.
    Checked,
    /// It is being imported. The till sells with what there was.
    Importing,
    /// It is done.
    Done,
    /// It was given up. Nothing was changed.
    Cancelled,
    /// It could not be read or written: `failure` says why. Nothing was changed.
    Failed,
}

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ImportProblemKind {
    /// Error: the row has no name.
    NameMissing,
    /// Error: the text is too long.
    TextTooLong,
    /// Error: the cell is no code: control characters, or too long.
    CodeInvalid,
    /// Error: the cell is no price.
    PriceInvalid,
    /// Error: there is no tax category of this name or rate.
    TaxUnknown,
    /// Error: there is no category of this name.
    CategoryUnknown,
    /// Error: nothing is sold by this.
    UnitUnknown,
    /// Error: the cell is no whole number that fits.
    NumberInvalid,
    /// Error: the cell is no id of a record.
    IdInvalid,
    /// Error: the cell is no status.
    StatusUnknown,
    /// Error: another record of the shop has this SKU or number.
    NumberTaken,
    /// Error: an earlier row (`other`) has the same SKU, code or number.
    DoubleInFile,
    /// Warning: an earlier row (`other`) has the same code in another form: the cashier will have to pick.
    CodeShared,
    /// Warning: a product of the shop has the same code in another form: the cashier will have to pick.
    CodeSharedWithShop,
    /// Warning: the row has no price; what is new cannot be sold before it has one.
    PriceMissing,
    /// Warning: there is no such picture in the archive, or several have this name, or there is no archive.
    PictureMissing,
    /// Warning: the picture is none that a till can show, is damaged, or is too large.
    PictureUnreadable,
    /// Warning: the row is longer than the one that names the columns, so that this cell is not read.
    CellBeyondColumns,
}

impl ImportProblemKind {
    /// Whether the row can be imported all the same.
    pub const fn is_warning(self) -> bool {
        matches!(
            self,
            Self::CodeShared
                | Self::CodeSharedWithShop
                | Self::PriceMissing
                | Self::PictureMissing
                | Self::PictureUnreadable
                | Self::CellBeyondColumns
        )
    }

    /// What is wrong, in English, for the file of all problems.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NameMissing => "the name is missing",
            Self::TextTooLong => "the text is too long",
            Self::CodeInvalid => "this is no code",
            Self::PriceInvalid => "this is no price",
            Self::TaxUnknown => "there is no such tax category",
            Self::CategoryUnknown => "there is no such category",
            Self::UnitUnknown => "nothing is sold by this unit",
            Self::NumberInvalid => "this is no number that fits here",
            Self::IdInvalid => "this is no id of a record",
            Self::StatusUnknown => "this is no status",
            Self::NumberTaken => "another record of the shop has this number",
            Self::DoubleInFile => "an earlier row is the same",
            Self::CodeShared => "an earlier row has the same code in another form",
            Self::CodeSharedWithShop => "a product of the shop has the same code in another form",
            Self::PriceMissing => "there is no price",
            Self::PictureMissing => "there is no such picture in the archive",
            Self::PictureUnreadable => "this picture cannot be shown",
            Self::CellBeyondColumns => "the row is longer than the names of the columns",
        }
    }
}

shapes! {
    /// Begins an import with a file that was uploaded as data.
    pub struct BeginImport {
        /// The hash of the file.
        pub blob: String,
        /// What it is called, as whoever chose it sees it.
        pub file: String,
        /// What is in it.
        pub kind: ImportKind,
    }

    /// Names an import.
    pub struct GetImport {
        /// Which.
        pub import: Uuid,
    }

    /// Reads every row by a mapping and says what would become of it. Nothing is changed.
    pub struct CheckImport {
        /// Which.
        pub import: Uuid,
        /// How the columns are to be read.
        pub mapping: ImportMapping,
    }

    /// Imports what was checked.
    pub struct CommitImport {
        /// Which.
        pub import: Uuid,
        /// Whether it is imported although there are warnings.
        #[serde(default)]
        pub accept_warnings: bool,
        /// Whether rows with errors are left out; else none may have one.
        #[serde(default)]
        pub skip_errors: bool,
    }

    /// How the columns of a file are read.
    pub struct ImportMapping {
        /// What each column is, in their order; `None` is not read.
        pub columns: Vec<Option<ImportField>>,
        /// Whether the first row is the names of the columns.
        pub header: bool,
        /// Where the decimals of a number begin.
        pub decimal: DecimalMark,
        /// The tax category of products whose row says none. New products need one.
        #[serde(default)]
        pub tax_category: Option<TaxCategoryId>,
        /// Whether categories that there are not, and tax categories named by their rate, are made.
        #[serde(default)]
        pub create_missing: bool,
        /// The first day of the prices; `None` is today.
        #[serde(default)]
        pub prices_from: Option<BusinessDay>,
    }

    /// A column of the file.
    pub struct ImportColumn {
        /// What its first row says.
        pub header: String,
        /// What the first rows behind it say.
        pub samples: Vec<String>,
    }

    /// An import under way, or the last one.
    pub struct ImportView {
        /// Which.
        pub import: Uuid,
        /// What is imported.
        pub kind: ImportKind,
        /// What the file is called.
        pub file: String,
        /// The import that this one undoes; `None` for one of a file.
        pub undoes: Option<Uuid>,
        /// Where it stands.
        pub state: ImportState,
        /// The encoding; `None` of a workbook.
        pub encoding: Option<TextEncoding>,
        /// What separates the cells; `None` of a workbook.
        pub separator: Option<String>,
        /// The columns with their first cells.
        pub columns: Vec<ImportColumn>,
        /// How they are read, or would be.
        pub mapping: ImportMapping,
        /// Pictures that came with the table, in an archive.
        pub pictures: u64,
        /// How far it is, in thousandths of the file.
        pub progress: u32,
        /// What became of the rows, or would become.
        pub counts: ImportCounts,
        /// The first problems, by row.
        pub problems: Vec<ImportProblem>,
        /// Why it failed.
        pub failure: Option<ImportFailure>,
    }

    /// What became of rows, or would become.
    #[derive(Default)]
    pub struct ImportCounts {
        /// Rows read.
        pub rows: u64,
        /// Records that are new.
        pub created: u64,
        /// Records that change.
        pub updated: u64,
        /// Rows that say what is so already.
        pub unchanged: u64,
        /// Rows that are left out: those with errors; of an undo, records that were changed since.
        pub skipped: u64,
        /// Problems that keep their row from being imported.
        pub errors: u64,
        /// Problems that do not.
        pub warnings: u64,
    }

    /// What is wrong with a cell.
    pub struct ImportProblem {
        /// The row of the file, from 1, the header among them.
        pub row: u64,
        /// The column, from 1; `None` for the row as a whole.
        pub column: Option<u32>,
        /// What.
        pub kind: ImportProblemKind,
        /// Whether it is only a warning.
        pub warning: bool,
        /// What the cell says, shortened.
        pub text: String,
        /// The earlier row that it meets.
        pub other: Option<u64>,
    }

    /// Why an import failed.
    pub struct ImportFailure {
        /// The code, with a text of its own.
        pub code: Code,
        /// In English.
        pub message: String,
        /// The number that stands in the log too.
        pub reference: String,
    }

    /// A file of all problems, to be fetched by the blob door.
    pub struct ImportProblemFile {
        /// The content hash to fetch it by.
        pub blob: String,
        /// What to call it.
        pub file_name: String,
        /// Where it was saved already, for the till's own window.
        pub saved_at: Option<String>,
    }

    /// The import under way, if any, and those that were made, the newest first.
    pub struct ImportList {
        /// Under way, or the last one since the till started.
        pub current: Option<ImportView>,
        /// Made.
        pub imports: Vec<ImportEntry>,
    }

    /// An import that was made.
    pub struct ImportEntry {
        /// Which.
        pub import: Uuid,
        /// What was imported.
        pub kind: ImportKind,
        /// What the file was called.
        pub file: String,
        /// When.
        pub at: Timestamp,
        /// By whom.
        pub operator: OperatorId,
        /// Records that it made.
        pub created: u64,
        /// Records that it changed.
        pub updated: u64,
        /// Rows that it left out.
        pub skipped: u64,
        /// The import it undid.
        pub undoes: Option<Uuid>,
        /// The import that undid it.
        pub undone_by: Option<Uuid>,
    }
}

/// Why an import did not begin or go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ImportError {
    /// There is no such import.
    #[error("there is no such import")]
    Unknown {},
    /// Another import is under way.
    #[error("another import is under way")]
    Busy {},
    /// The import does not stand where this can be done.
    #[error("this import cannot go on so: look at where it stands")]
    OutOfTurn {},
    /// The file was uploaded too long ago, or never.
    #[error("the file is not here any more")]
    FileMissing {},
    /// The file is no table.
    #[error("the file cannot be read as a table: {problem}")]
    FileUnreadable {
        /// What is wrong, in English.
        problem: String,
        /// The row, from 1, where one can be named.
        row: Option<u64>,
    },
    /// There is nothing in the file.
    #[error("the file has no rows")]
    FileEmpty {},
    /// The file is larger than what a till reads.
    #[error("the file is too large: {limit} at most")]
    FileTooLarge {
        /// What there is too much of, and how much may be.
        limit: String,
    },
    /// The mapping fits no import.
    #[error("the columns cannot be read so: {problem}")]
    MappingInvalid {
        /// What is wrong, in English.
        problem: String,
    },
    /// Rows have errors.
    #[error("{errors} rows have errors")]
    HasErrors {
        /// How many problems.
        errors: u64,
    },
    /// Rows have warnings.
    #[error("{warnings} rows have warnings")]
    HasWarnings {
        /// How many problems.
        warnings: u64,
    },
    /// It was undone before, or is an undo.
    #[error("this import cannot be undone")]
    NotUndoable {},
}

impl Coded for ImportError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown {} => Code::ImportUnknown,
            Self::Busy {} => Code::ImportBusy,
            Self::OutOfTurn {} => Code::ImportOutOfTurn,
            Self::FileMissing {} => Code::ImportFileMissing,
            Self::FileUnreadable { .. } => Code::ImportFileUnreadable,
            Self::FileEmpty {} => Code::ImportFileEmpty,
            Self::FileTooLarge { .. } => Code::ImportFileTooLarge,
            Self::MappingInvalid { .. } => Code::ImportMappingInvalid,
            Self::HasErrors { .. } => Code::ImportHasErrors,
            Self::HasWarnings { .. } => Code::ImportHasWarnings,
            Self::NotUndoable {} => Code::ImportNotUndoable,
        }
    }
}
