//! How the till itself is: one line for each thing a shop depends on, with one reason and one next step. The texts are
//! the screens' own, `assets/i18n/*-health.ftl`, by area and reason.

use domain::device::{DeviceReason, DeviceRole};
use domain::ids::{IncarnationId, OperatorId};
use domain::mail::MailReason;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

shapes! {
    /// How the till is.
    pub struct Health {
        /// The worst of the items.
        pub state: HealthState,
        /// One for each area, in the order of [`HealthArea`].
        pub items: Vec<HealthItem>,
        /// What only somebody who looks after the till needs; `None` for those who may not change its settings.
        pub details: Option<HealthDetails>,
    }

    /// How one thing is.
    pub struct HealthItem {
        /// What.
        pub area: HealthArea,
        /// How.
        pub state: HealthState,
        /// Why, in a word; screens have a text and one next step for each.
        pub reason: HealthReason,
        /// Bytes that are free, where the reason speaks of them.
        pub bytes: Option<u64>,
        /// The moment the reason speaks of.
        pub at: Option<Timestamp>,
        /// How many, where the reason counts.
        pub count: Option<u32>,
        /// The device the reason speaks of, and what is wrong with it.
        pub device: Option<DeviceTrouble>,
        /// Why letters wait or were refused, where the reason speaks of them.
        pub mail: Option<MailReason>,
    }

    /// A device that cannot work.
    pub struct DeviceTrouble {
        /// Which.
        pub role: DeviceRole,
        /// Why.
        pub reason: DeviceReason,
    }

    /// What somebody who looks after the till wants to know.
    pub struct HealthDetails {
        /// The version of the program.
        pub version: String,
        /// The version of SQLite.
        pub sqlite: String,
        /// The operating system and the processor.
        pub system: String,
        /// Where the till's files are.
        pub data_dir: String,
        /// What stands before receipt numbers.
        pub series: String,
        /// The life of this till.
        pub incarnation: IncarnationId,
        /// How many facts its log holds.
        pub facts: u64,
        /// Bytes that are kept free for a full disk.
        pub reserve_bytes: u64,
        /// The faults that were recorded last, the newest first.
        pub faults: Vec<FaultView>,
    }

    /// A fault as the ledger remembers it.
    pub struct FaultView {
        /// The number the cashier read out.
        pub reference: String,
        /// The error code.
        pub code: String,
        /// What was asked for; `None` for what the till does by itself.
        pub operation: Option<String>,
        /// When it broke.
        pub at: Timestamp,
        /// Who had called; nil for the till itself.
        pub operator: OperatorId,
    }

    /// Asks what a reference stands for.
    pub struct FindReference {
        /// As it was read out.
        pub reference: String,
    }

    /// What a reference stands for.
    pub struct FoundReference {
        /// As the till writes it.
        pub reference: String,
        /// The fact in the ledger.
        pub fault: Option<FaultView>,
        /// The lines of the log that carry it, the newest file first.
        pub lines: Vec<String>,
    }

    /// A file for whoever helps, to be fetched by the blob door.
    pub struct HealthBundle {
        /// The content hash (hexadecimal SHA-256) to fetch it by, until the till starts again.
        pub blob: String,
        /// What to call the file.
        pub file_name: String,
        /// Where it was saved already, for the till's own window; `None` for those who fetch it.
        pub saved_at: Option<String>,
        /// Its length.
        pub bytes: u64,
    }
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum HealthState {
    /// There is nothing to do.
    Fine,
    /// Something to know, or to do at leisure.
    Notice,
    /// Something to do today.
    Trouble,
}

/// What a shop depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum HealthArea {
    /// Room on the disk.
    Disk,
    /// The clock.
    Clock,
    /// The ledger.
    Ledger,
    /// The key that signs it.
    KeyStore,
    /// Second copies.
    Backup,
    /// Printers, drawers, scanners.
    Devices,
    /// The central server.
    Hub,
    /// Letters that wait for the mail server.
    Mail,
}

/// Why something is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum HealthReason {
    /// There is room (`bytes`).
    DiskFine,
    /// Less than the reserve is left beside it (`bytes`).
    DiskLow,
    /// The disk is full (`bytes`): open sales can be finished, new ones are refused.
    DiskFull,
    /// The disk does not say how much room there is.
    DiskUnknown,
    /// The clock runs as time does.
    ClockFine,
    /// The clock was set (`at`: to when).
    ClockJumped,
    /// The clock shows an earlier time than the last entry of the ledger (`at`).
    ClockBehind,
    /// The ledger is the one this till left, and whole.
    LedgerFine,
    /// The ledger's end is still being checked.
    LedgerUnchecked,
    /// One half of the guard file could not be read and was written again.
    LedgerGuardDamaged,
    /// A new log began: put back from a backup.
    LedgerRestored,
    /// A new log began: this machine replaces another.
    LedgerReplaced,
    /// A new log began: the files are older than this till remembers.
    LedgerRolledBack,
    /// A new log began: the files were copied from elsewhere.
    LedgerCopied,
    /// A new log began: nothing remembered the old one.
    LedgerGuardLost,
    /// A new log began: another till went on with the same log.
    LedgerForked,
    /// A new log began: the old one is damaged.
    LedgerDamaged,
    /// Change-sets are missing or damaged (`count`): the catalogue lacks what those imports brought.
    LedgerSetsMissing,
    /// Facts wait because the ledger cannot be written.
    LedgerFailing,
    /// The key is in the operating system's key store.
    KeyStored,
    /// The key is in a file: protected by file permissions only.
    KeyInFile,
    /// What PINs are checked with was damaged or gone at the start, and was taken from a backup.
    PinsRestored,
    /// No key was needed since the start.
    KeyUnused,
    /// There is a backup (`at`).
    BackupFine,
    /// The last backup is old (`at`, `count`: days).
    BackupOld,
    /// There is no backup.
    BackupNone,
    /// The last backup failed (`at`).
    BackupFailed,
    /// The folder for second copies is not there.
    BackupPlaceMissing,
    /// Backups are on this disk alone.
    BackupHereOnly,
    /// Every device that is set up works.
    DevicesFine,
    /// No device is set up.
    DevicesNone,
    /// A device cannot work (`device`).
    DevicesNotReady,
    /// Somebody has to say whether receipts came out (`count`).
    DevicesUncertain,
    /// Letters were asked for that no font at hand has.
    DevicesLettersMissing,
    /// There is no central server, and none is needed.
    HubNone,
    /// No mail server is set up.
    MailNone,
    /// No letter has to be looked at.
    MailFine,
    /// Letters wait for the mail server (`count`, `at`: since when, `mail`: why).
    MailWaiting,
    /// Somebody has to say what becomes of letters that may have gone (`count`).
    MailUncertain,
    /// The mail server refused letters (`count`, `mail`: why).
    MailFailed,
}

impl HealthReason {
    /// How bad it is.
    pub const fn state(self) -> HealthState {
        match self {
            Self::DiskFine
            | Self::ClockFine
            | Self::LedgerFine
            | Self::LedgerUnchecked
            | Self::KeyStored
            | Self::KeyUnused
            | Self::BackupFine
            | Self::DevicesFine
            | Self::DevicesNone
            | Self::HubNone
            | Self::MailNone
            | Self::MailFine => HealthState::Fine,
            Self::DiskLow
            | Self::DiskUnknown
            | Self::ClockJumped
            | Self::LedgerGuardDamaged
            | Self::LedgerRestored
            | Self::LedgerReplaced
            | Self::LedgerGuardLost
            | Self::KeyInFile
            | Self::PinsRestored
            | Self::BackupNone
            | Self::BackupHereOnly
            | Self::BackupPlaceMissing
            | Self::DevicesUncertain
            | Self::DevicesLettersMissing
            | Self::MailWaiting
            | Self::MailUncertain
            | Self::MailFailed => HealthState::Notice,
            Self::DiskFull
            | Self::ClockBehind
            | Self::LedgerRolledBack
            | Self::LedgerCopied
            | Self::LedgerForked
            | Self::LedgerDamaged
            | Self::LedgerSetsMissing
            | Self::LedgerFailing
            | Self::BackupOld
            | Self::BackupFailed
            | Self::DevicesNotReady => HealthState::Trouble,
        }
    }
}

impl HealthItem {
    /// An item of this area and reason, without figures.
    pub const fn new(area: HealthArea, reason: HealthReason) -> Self {
        Self {
            area,
            state: reason.state(),
            reason,
            bytes: None,
            at: None,
            count: None,
            device: None,
            mail: None,
        }
    }
}
