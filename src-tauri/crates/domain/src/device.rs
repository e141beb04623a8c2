//! The devices of a till: what is set up, and the words for how they are. How they work is the business of the crate
//! `devices`.

use serde::{Deserialize, Serialize};

/// The devices of a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Devices {
    /// Prints receipts and opens the drawer.
    pub receipt_printer: Option<PrinterSettings>,
    /// Reads codes. A keyboard wedge needs no entry.
    #[serde(default)]
    pub scanner: Option<ScannerSettings>,
}

/// A receipt printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PrinterSettings {
    /// The name of its profile in `assets/printers`.
    pub profile: String,
    /// How bytes reach it.
    pub connection: Connection,
    /// The code page somebody found on it; `None` for those of its profile.
    #[serde(default)]
    pub code_page: Option<FoundCodePage>,
}

/// A code page of a printer, found by printing a calibration page and reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct FoundCodePage {
    /// The number the printer selects it by.
    pub slot: u8,
    /// The page: 850, 858 or 1252.
    pub page: u16,
}

/// A scanner on a serial line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ScannerSettings {
    /// The port's path or name.
    pub port: String,
    /// Bits per second.
    pub baud: u32,
}

/// How bytes reach a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "via", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Connection {
    /// A serial port.
    Serial {
        /// The port's path or name.
        port: String,
        /// Bits per second.
        baud: u32,
    },
    /// A raw network socket, usually port 9100.
    Tcp {
        /// Name or address.
        host: String,
        /// Port.
        port: u16,
    },
    /// A printer made of software, for demonstrations and tests.
    Simulated,
}

/// What a device does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DeviceRole {
    /// Prints receipts.
    ReceiptPrinter,
    /// Holds the cash.
    Drawer,
    /// Reads codes.
    Scanner,
}

/// How a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DeviceState {
    /// None is set up.
    Absent,
    /// It can work.
    Ready,
    /// It is at work.
    Busy,
    /// It cannot work; the reason says why.
    NotReady,
}

/// Why a device is not ready. Each has a text and one next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DeviceReason {
    /// Nobody answers at its port or address.
    Unreachable,
    /// The system does not let this program use it.
    PermissionDenied,
    /// Another program uses it.
    InUse,
    /// It stopped taking bytes.
    Stalled,
    /// Its settings cannot work.
    ConfigInvalid,
}
