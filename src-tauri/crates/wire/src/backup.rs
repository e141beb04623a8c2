//! Backups: what there is, what is made, what is restored.

use domain::backup::{BackupPlan, BackupReason};
use domain::error::{Code, Coded};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

shapes! {
    /// The backups of this till, and what becomes of them.
    pub struct BackupList {
        /// The backups in the data directory, the newest first.
        pub backups: Vec<BackupView>,
        /// The archives of past months, the newest first.
        pub archives: Vec<ArchiveView>,
        /// How they are kept.
        pub plan: BackupPlan,
        /// The folder they are in.
        pub folder: String,
        /// How the folder for second copies is; `None` where none is set.
        pub second_place: Option<SecondPlace>,
        /// What is under way.
        pub work: BackupWork,
        /// Why the last attempt failed; `None` when it did not.
        pub failure: Option<BackupFailed>,
    }

    /// One backup.
    pub struct BackupView {
        /// Where the file is: what to restore.
        pub path: String,
        /// The file's name.
        pub name: String,
        /// What it is and what is known of it; `None` for a file nobody has checked yet.
        pub contents: Option<BackupContents>,
        /// Bytes of the file.
        pub bytes: u64,
        /// Whether the folder for second copies has it too.
        pub at_second_place: bool,
    }

    /// What a checked backup holds.
    pub struct BackupContents {
        /// When it was made.
        pub made_at: Timestamp,
        /// Why.
        pub reason: BackupReason,
        /// When it was last read from the disk and found whole.
        pub checked_at: Timestamp,
        /// The shop's name in it.
        pub shop_name: String,
        /// The till's name in it.
        pub till_name: String,
        /// How many facts of the log that counts it holds.
        pub facts: u64,
        /// Whether it is a true copy of a ledger that is itself damaged.
        pub of_damaged_ledger: bool,
    }

    /// The archive of one month.
    pub struct ArchiveView {
        /// The month, written `YYYY-MM`.
        pub month: String,
        /// Where the file is.
        pub path: String,
        /// Bytes of the file.
        pub bytes: u64,
        /// How many facts it holds.
        pub facts: u64,
    }

    /// Why a backup was not made, or not copied.
    pub struct BackupFailed {
        /// The error's code; its text says what to do.
        pub code: Code,
        /// What the log says about it is found by this.
        pub reference: String,
        /// When.
        pub at: Timestamp,
    }

    /// Changes how backups are kept.
    pub struct SaveBackupPlan {
        /// What the screen showed.
        pub base: BackupPlan,
        /// As it should be.
        pub plan: BackupPlan,
    }

    /// Looks for backups.
    pub struct FindBackups {
        /// A backup, or a folder with some; `None` looks where sticks and disks are put in.
        pub at: Option<String>,
    }

    /// The backups found.
    pub struct FoundBackups {
        /// The newest first.
        pub backups: Vec<BackupView>,
    }

    /// Puts a backup in place of what is here.
    pub struct RestoreBackup {
        /// Where the file is.
        pub path: String,
    }

    /// A backup is checked and stands ready; the till goes on with it when it starts again, which it does by itself.
    pub struct Restoring {
        /// The folder where everything that was here is kept.
        pub kept_in: String,
    }
}

/// How the folder for second copies is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum SecondPlace {
    /// It has the newest backup.
    UpToDate,
    /// It is there, and the newest backup will be copied.
    Behind,
    /// It is not there: the stick is not plugged in, the network is away.
    Missing,
    /// It is there, and copying failed.
    Failed,
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum BackupWork {
    /// Nothing.
    Nothing,
    /// A backup is made, checked or copied.
    Making,
    /// A backup stands ready, and the till starts again to go on with it.
    Restarting,
}

/// Why a call about backups was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum BackupError {
    /// There is no such file.
    #[error("there is no such backup")]
    Unknown {},
    /// The file is no ledger of a till.
    #[error("the file is no backup of a till")]
    Foreign {},
    /// The file is not as it was written.
    #[error("the backup is damaged: {problem}")]
    Damaged {
        /// What was found, in English.
        problem: String,
    },
    /// The file is of another till than the one set up here.
    #[error("the backup is of another till")]
    OtherTill {},
    /// The folder for second copies is not there.
    #[error("the folder is not there")]
    PlaceMissing {},
    /// Another backup or restore is under way.
    #[error("another backup is under way")]
    Busy {},
}

impl Coded for BackupError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown {} => Code::BackupUnknown,
            Self::Foreign {} => Code::BackupForeign,
            Self::Damaged { .. } => Code::BackupDamaged,
            Self::OtherTill {} => Code::BackupOtherTill,
            Self::PlaceMissing {} => Code::BackupPlaceMissing,
            Self::Busy {} => Code::BackupBusy,
        }
    }
}
