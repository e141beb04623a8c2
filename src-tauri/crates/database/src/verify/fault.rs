//! What can be wrong with a ledger: a stable code, the rule it breaks, and words for the person who owns the shop.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;

/// Faults that are listed; more are counted.
const FAULTS_MAX: usize = 1_000;

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The row of the log; `None` when it belongs to none.
    pub log: Option<i64>,
    /// The place in that log; `None` when it has none.
    pub seq: Option<i64>,
    /// What.
    pub problem: Problem,
}

/// What can be wrong. The texts are for a person; a program reads [`Problem::code`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// SQLite cannot read the file, or finds its pages out of order.
    #[error("the file {file} is damaged: {problem}")]
    FileMalformed {
        /// Its name.
        file: String,
        /// What SQLite says.
        problem: String,
    },
    /// The row of a fact cannot be read, though others can.
    #[error("the fact cannot be read: {problem}")]
    FactUnreadable {
        /// What SQLite says.
        problem: String,
    },
    /// Rule 1: the envelope.
    #[error("the fact's envelope cannot be read: {problem}")]
    EnvelopeUnreadable {
        /// Why.
        problem: String,
    },
    /// Rule 1: the column `kind`.
    #[error("the row says {column:?}, and the fact itself says {envelope:?}")]
    KindDiffers {
        /// What the column says.
        column: String,
        /// What the envelope says.
        envelope: String,
    },
    /// Rule 2: a gap.
    #[error("{}", if *.places == 1 { "the fact is missing".to_owned() } else { format!("{places} facts are missing from here on") })]
    PlaceMissing {
        /// How many places in a row.
        places: u64,
    },
    /// Rule 2: a row whose place is taken, or none.
    #[error("there is a second fact at this place, or the place is none")]
    PlaceTwice,
    /// Rule 2: the column and the envelope.
    #[error("the fact was written at place {written} of its log and not here")]
    PlaceDiffers {
        /// The place in the envelope.
        written: u64,
    },
    /// Rule 2: another log's fact.
    #[error("the fact names another {field} than the first one of its log")]
    IdentityDiffers {
        /// Which id.
        field: &'static str,
    },
    /// Rule 3.
    #[error("the chain is broken: the fact was not written after the one that stands before it")]
    ChainBroken,
    /// Rule 4: the hash.
    #[error("what happened is not what was written: the content was changed afterwards")]
    PayloadChanged,
    /// Rule 4: no JSON.
    #[error("the content cannot be read")]
    PayloadUnreadable,
    /// Rule 5: the first fact.
    #[error("the log does not begin as a log does")]
    OpeningMissing,
    /// Rule 5: the first fact's ids.
    #[error("the first fact names another {field} in its content than in its envelope")]
    OpeningDiffers {
        /// Which id.
        field: &'static str,
    },
    /// Rule 5: the flag.
    #[error("{}", if *.log_trains { "the fact counts, but its log is one to train on" } else { "the fact is one of training, but its log counts" })]
    TrainingDiffers {
        /// Whether the log is one to train on.
        log_trains: bool,
    },
    /// Rule 5: no row in `log`.
    #[error("the list of logs does not name this one")]
    LogRowMissing,
    /// Rule 5: the row in `log`.
    #[error("the list of logs has another {field} for this one than its first fact")]
    LogRowDiffers {
        /// Which column.
        field: &'static str,
    },
    /// Rule 6.
    #[error("the log's clock does not go forward here")]
    ClockBack,
    /// Rule 7: the number.
    #[error("receipt number {expected} was to follow, and {found} is there")]
    NumberDiffers {
        /// The next one.
        expected: u64,
        /// What the sale says.
        found: u64,
    },
    /// Rule 16: the number of a close.
    #[error("the close of a shift was to have number {expected}, and {found} is there")]
    ZNumberDiffers {
        /// The next one.
        expected: u64,
        /// What the close says.
        found: u64,
    },
    /// Rule 16: a report that is none.
    #[error("the report of the drawer cannot be read")]
    ShiftUnreadable,
    /// Rule 16: the figures.
    #[error("the report of the drawer has another {field} than the facts it sums up")]
    ShiftDiffers {
        /// What of it.
        field: &'static str,
    },
    /// Rule 7: the printed number.
    #[error("the receipt was to be numbered {expected:?}, and says {found:?}")]
    ReceiptNumberDiffers {
        /// Series and number.
        expected: String,
        /// What the sale says.
        found: String,
    },
    /// Rule 7: none.
    #[error("the sale has no receipt number that can be read")]
    NumberUnreadable,
    /// Rule 8: taxes.
    #[error("net and tax come to {found}, and the total is {total}")]
    TaxesDiffer {
        /// The sale's total in minor units.
        total: i64,
        /// The sum.
        found: i128,
    },
    /// Rule 8: tenders.
    #[error("the payments come to {found}, and the total is {total}")]
    TendersDiffer {
        /// The sale's total in minor units.
        total: i64,
        /// The sum.
        found: i128,
    },
    /// Rule 8: lines.
    #[error("the lines come to {found}, and were to come to {expected}")]
    LinesDiffer {
        /// The total, or the net where prices are without tax, in minor units.
        expected: i128,
        /// The sum.
        found: i128,
    },
    /// Rule 8: no sums.
    #[error("the amounts of the sale cannot be read")]
    AmountsUnreadable,
    /// Rule 9.
    #[error("the list of logs has another {field} than the log's last fact")]
    HeadDiffers {
        /// Which column.
        field: &'static str,
    },
    /// Rule 10: no fact, or another.
    #[error("a fact was signed at this place, and another one or none is there")]
    SignedFactDiffers,
    /// Rule 10: the key.
    #[error("the place was signed with a key that this log did not introduce")]
    KeyForeign,
    /// Rule 10: the signature.
    #[error("the signature does not hold")]
    SignatureWrong,
    /// Rule 11.
    #[error("the personal value {field:?} is not the one that was written")]
    PersonalValueChanged {
        /// The field.
        field: String,
    },
    /// Rule 11: no commitment.
    #[error("the personal value {field:?} belongs to no fact")]
    PersonalValueForeign {
        /// The field.
        field: String,
    },
    /// Rule 12: logs.
    #[error("log {other} is the same life of the same till")]
    IncarnationTwice {
        /// The earlier log.
        other: i64,
    },
    /// Rule 12: sales.
    #[error("the same sale was completed before")]
    SaleTwice,
    /// Rule 17: what came back of a sale.
    #[error("what it takes back does not follow from the sale it was of: {field}")]
    ReturnDiffers {
        /// What is not as it has to be.
        field: &'static str,
    },
    /// Rule 19: customers' accounts.
    #[error("what it says of the customer's account does not follow from the sales before: {field}")]
    AccountDiffers {
        /// What is not as it has to be.
        field: &'static str,
    },
    /// Rule 12: no id.
    #[error("the sale has no id that can be read")]
    SaleUnreadable,
    /// Rule 12: receipt numbers.
    #[error("log {other} has the same receipt numbers")]
    ReceiptNumberTwice {
        /// The earlier log.
        other: i64,
    },
    /// Rule 5 in an archive: no row in `archive_log`.
    #[error("the archive does not say where the log begins in it")]
    ArchiveBeginMissing,
    /// Rule 13: the row in `archive`.
    #[error("the archive does not hold the facts that it says")]
    ArchiveDiffers,
    /// Rule 13: the signatures.
    #[error("the log's last fact in the archive is not signed")]
    EndUnsigned,
    /// An archive in the data directory breaks a rule.
    #[error("the archive {file} is damaged: {problem}")]
    ArchiveDamaged {
        /// Its name.
        file: String,
        /// Its first fault.
        problem: String,
    },
    /// An archive does not go on from the one before.
    #[error(
        "the archive {file} begins with fact {place} of the log {series}, and the one before it ends elsewhere"
    )]
    ArchiveGap {
        /// Its name.
        file: String,
        /// The series of the log.
        series: String,
        /// The first place in it.
        place: i64,
    },
    /// An archive holds another fact than the ledger.
    #[error("the archive {file} has another fact {place} of the log {series} than the ledger")]
    ArchiveForeign {
        /// Its name.
        file: String,
        /// The series of the log.
        series: String,
        /// The place.
        place: i64,
    },
    /// Rule 18: the number.
    #[error("the invoice should have the number {expected}; there is {found}")]
    InvoiceNumberDiffers {
        /// What should follow.
        expected: u64,
        /// What is there.
        found: u64,
    },
    /// Rule 18: what an invoice needs.
    #[error("the invoice cannot be read")]
    InvoiceUnreadable,
    /// Rule 18: what it says.
    #[error("the invoice does not follow from what was sold: its {field}")]
    InvoiceDiffers {
        /// What about it.
        field: &'static str,
    },
    /// Rule 18: two of one sale.
    #[error("the sale of this invoice has another one")]
    InvoiceTwice,
    /// Rule 15: no set.
    #[error("the change-set {set} is missing: what this import brought is not known")]
    ChangeSetMissing {
        /// Its name: the SHA-256 of its bytes.
        set: String,
    },
    /// Rule 15: another set.
    #[error("the change-set {set} is damaged: its bytes are not those that were written")]
    ChangeSetChanged {
        /// Its name: the SHA-256 of its bytes.
        set: String,
    },
    /// Rule 15: its lines.
    #[error("the change-set {set} is as it was written, but not in order: {problem}")]
    ChangeSetUnreadable {
        /// Its name.
        set: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Rule 15: the personal values beside it.
    #[error("beside the change-set {set} the personal value {field:?} is not the one that was written")]
    ChangeSetValueChanged {
        /// Its name.
        set: String,
        /// The field.
        field: String,
    },
    /// A projection has a row that does not follow from the facts, lacks one, or has another.
    #[error("in the table {table} of {file} {} what follows from the facts: {row}", difference.words())]
    ProjectionDiffers {
        /// The name of the file.
        file: &'static str,
        /// The table.
        table: String,
        /// The row's key.
        row: String,
        /// How it differs.
        difference: Difference,
    },
    /// The projections could not be computed anew.
    #[error("what follows from the facts cannot be computed: {problem}")]
    ProjectionsUnknown {
        /// Why.
        problem: String,
    },
    /// The guard remembers a place the ledger does not have.
    #[error(
        "the guard remembers fact {remembered}: the end of the log was lost, or an older copy was put back"
    )]
    GuardAhead {
        /// The place it remembers.
        remembered: i64,
    },
    /// The guard remembers another fact.
    #[error("the guard remembers another fact at place {remembered}: the log was written twice from there")]
    GuardDiffers {
        /// The place it remembers.
        remembered: i64,
    },
    /// The guard cannot be read.
    #[error("the guard cannot be read")]
    GuardUnreadable,
    /// One of the guard's two slots is damaged.
    #[error("half of the guard is damaged; the other half still says how far the log went")]
    GuardTorn,
    /// A picture is gone.
    #[error("the picture {hash} is missing")]
    PictureMissing {
        /// Its name: the SHA-256 of its bytes.
        hash: String,
    },
    /// A picture is another.
    #[error("the picture {hash} is damaged")]
    PictureChanged {
        /// Its name: the SHA-256 of its bytes.
        hash: String,
    },
}

/// How a row of a projection differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// It is there and does not follow.
    Unfounded,
    /// Its columns have other values.
    Other,
}

impl Difference {
    fn words(self) -> &'static str {
        match self {
            Self::Missing => "a row is missing of",
            Self::Unfounded => "a row is none of",
            Self::Other => "a row is not",
        }
    }
}

impl Problem {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        self.code_and_rule().0
    }

    /// The rule of `docs/ledger-format.md` that it breaks; `None` for what the page does not speak of.
    pub const fn rule(&self) -> Option<u8> {
        match self.code_and_rule().1 {
            0 => None,
            rule => Some(rule),
        }
    }

    const fn code_and_rule(&self) -> (&'static str, u8) {
        match self {
            Self::FileMalformed { .. } => ("verify.file_malformed", 0),
            Self::FactUnreadable { .. } => ("verify.fact_unreadable", 0),
            Self::EnvelopeUnreadable { .. } => ("verify.envelope_unreadable", 1),
            Self::KindDiffers { .. } => ("verify.kind_differs", 1),
            Self::PlaceMissing { .. } => ("verify.place_missing", 2),
            Self::PlaceTwice => ("verify.place_twice", 2),
            Self::PlaceDiffers { .. } => ("verify.place_differs", 2),
            Self::IdentityDiffers { .. } => ("verify.identity_differs", 2),
            Self::ChainBroken => ("verify.chain_broken", 3),
            Self::PayloadChanged => ("verify.payload_changed", 4),
            Self::PayloadUnreadable => ("verify.payload_unreadable", 4),
            Self::OpeningMissing => ("verify.opening_missing", 5),
            Self::OpeningDiffers { .. } => ("verify.opening_differs", 5),
            Self::TrainingDiffers { .. } => ("verify.training_differs", 5),
            Self::LogRowMissing => ("verify.log_row_missing", 5),
            Self::LogRowDiffers { .. } => ("verify.log_row_differs", 5),
            Self::ClockBack => ("verify.clock_back", 6),
            Self::ZNumberDiffers { .. } => ("verify.z_number_differs", 16),
            Self::ShiftUnreadable => ("verify.shift_unreadable", 16),
            Self::ShiftDiffers { .. } => ("verify.shift_differs", 16),
            Self::ReturnDiffers { .. } => ("verify.return_differs", 17),
            Self::InvoiceNumberDiffers { .. } => ("verify.invoice_number_differs", 18),
            Self::InvoiceUnreadable => ("verify.invoice_unreadable", 18),
            Self::InvoiceDiffers { .. } => ("verify.invoice_differs", 18),
            Self::InvoiceTwice => ("verify.invoice_twice", 18),
            Self::AccountDiffers { .. } => ("verify.account_differs", 19),
            Self::NumberDiffers { .. } => ("verify.number_differs", 7),
            Self::ReceiptNumberDiffers { .. } => ("verify.receipt_number_differs", 7),
            Self::NumberUnreadable => ("verify.number_unreadable", 7),
            Self::TaxesDiffer { .. } => ("verify.taxes_differ", 8),
            Self::TendersDiffer { .. } => ("verify.tenders_differ", 8),
            Self::LinesDiffer { .. } => ("verify.lines_differ", 8),
            Self::AmountsUnreadable => ("verify.amounts_unreadable", 8),
            Self::HeadDiffers { .. } => ("verify.head_differs", 9),
            Self::SignedFactDiffers => ("verify.signed_fact_differs", 10),
            Self::KeyForeign => ("verify.key_foreign", 10),
            Self::SignatureWrong => ("verify.signature_wrong", 10),
            Self::PersonalValueChanged { .. } => ("verify.personal_value_changed", 11),
            Self::PersonalValueForeign { .. } => ("verify.personal_value_foreign", 11),
            Self::IncarnationTwice { .. } => ("verify.incarnation_twice", 12),
            Self::SaleTwice => ("verify.sale_twice", 12),
            Self::SaleUnreadable => ("verify.sale_unreadable", 12),
            Self::ReceiptNumberTwice { .. } => ("verify.receipt_number_twice", 12),
            Self::ArchiveBeginMissing => ("verify.archive_begin_missing", 5),
            Self::ArchiveDiffers => ("verify.archive_differs", 13),
            Self::EndUnsigned => ("verify.end_unsigned", 13),
            Self::ArchiveDamaged { .. } => ("verify.archive_damaged", 0),
            Self::ArchiveGap { .. } => ("verify.archive_gap", 0),
            Self::ArchiveForeign { .. } => ("verify.archive_foreign", 0),
            Self::ChangeSetMissing { .. } => ("verify.change_set_missing", 15),
            Self::ChangeSetChanged { .. } => ("verify.change_set_changed", 15),
            Self::ChangeSetUnreadable { .. } => ("verify.change_set_unreadable", 15),
            Self::ChangeSetValueChanged { .. } => ("verify.change_set_value_changed", 15),
            Self::ProjectionDiffers { .. } => ("verify.projection_differs", 0),
            Self::ProjectionsUnknown { .. } => ("verify.projections_unknown", 0),
            Self::GuardAhead { .. } => ("verify.guard_ahead", 0),
            Self::GuardDiffers { .. } => ("verify.guard_differs", 0),
            Self::GuardUnreadable => ("verify.guard_unreadable", 0),
            Self::GuardTorn => ("verify.guard_torn", 0),
            Self::PictureMissing { .. } => ("verify.picture_missing", 0),
            Self::PictureChanged { .. } => ("verify.picture_changed", 0),
        }
    }

    /// Which part it belongs to: the file as a whole, the ledger, or what lies beside it.
    const fn part(&self) -> u8 {
        match self {
            Self::FileMalformed { .. } => 0,
            Self::ArchiveDamaged { .. }
            | Self::ArchiveGap { .. }
            | Self::ArchiveForeign { .. }
            | Self::ChangeSetMissing { .. }
            | Self::ChangeSetChanged { .. }
            | Self::ChangeSetUnreadable { .. }
            | Self::ChangeSetValueChanged { .. }
            | Self::ProjectionDiffers { .. }
            | Self::ProjectionsUnknown { .. }
            | Self::GuardAhead { .. }
            | Self::GuardDiffers { .. }
            | Self::GuardUnreadable
            | Self::GuardTorn
            | Self::PictureMissing { .. }
            | Self::PictureChanged { .. } => 2,
            _ => 1,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.log, self.seq) {
            (Some(log), Some(seq)) => write!(f, "log {log}, place {seq}: {}", self.problem),
            (Some(log), None) => write!(f, "log {log}: {}", self.problem),
            (None, _) => write!(f, "{}", self.problem),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fault = serializer.serialize_struct("Fault", 5)?;
        fault.serialize_field("rule", &self.problem.rule())?;
        fault.serialize_field("code", self.problem.code())?;
        fault.serialize_field("log", &self.log)?;
        fault.serialize_field("seq", &self.seq)?;
        fault.serialize_field("words", &self.problem.to_string())?;
        fault.end()
    }
}

/// The faults found so far: the first ones are kept.
#[derive(Default)]
pub struct Faults {
    kept: Vec<Fault>,
    more: u64,
}

impl Faults {
    /// A fault of the file, or of something beside the ledger.
    pub fn file(&mut self, problem: Problem) {
        self.add(Fault { log: None, seq: None, problem });
    }

    /// A fault of a log as a whole.
    pub fn log(&mut self, log: i64, problem: Problem) {
        self.add(Fault { log: Some(log), seq: None, problem });
    }

    /// A fault at a place.
    pub fn place(&mut self, log: i64, seq: i64, problem: Problem) {
        self.add(Fault { log: Some(log), seq: Some(seq), problem });
    }

    /// Whether none was found.
    pub const fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Takes over what another part found.
    pub fn take(&mut self, other: Self) {
        self.more += other.more;
        other.kept.into_iter().for_each(|fault| self.add(fault));
    }

    fn add(&mut self, fault: Fault) {
        self.kept.push(fault);
        if self.kept.len() == 2 * FAULTS_MAX {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        // What has no log or no place comes behind what has.
        self.kept.sort_by_key(|fault| {
            let Fault { log, seq, problem } = fault;
            (problem.part(), log.is_none(), *log, seq.is_none(), *seq, problem.rule())
        });
        let over = self.kept.len().saturating_sub(FAULTS_MAX);
        self.kept.truncate(FAULTS_MAX);
        self.more += over as u64;
    }

    /// The first faults in order, and how many there are beyond them.
    pub fn in_order(mut self) -> (Vec<Fault>, u64) {
        self.shorten();
        (self.kept, self.more)
    }
}
