//! Devices: which ones this till uses and how they are.

use crate::sale::ScanCount;
use domain::device::{
    Connection, DeviceReason, DeviceRole, DeviceState, Devices, KeyboardScanner, NoSaleReason,
    ScannerConnection,
};
use domain::error::{Code, Coded};
use domain::time::Timestamp;
use serde::Serialize;

shapes! {
    /// How all devices are.
    pub struct DeviceStatusList {
        /// In the order of the strip on the screen.
        pub devices: Vec<DeviceStatus>,
        /// Print jobs that wait.
        pub jobs_waiting: u32,
        /// Print jobs somebody has to look at.
        pub jobs_uncertain: u32,
        /// Codes the till's scanner has read for who owns it since the till started: taken, refused, and those a screen
        /// has not taken yet.
        pub scans: ScanCount,
        /// Which drawer the operator uses; `None` where the till has one.
        pub drawer_in_use: Option<u8>,
        /// What was learnt of a scanner that acts as a keyboard at the page's own computer.
        pub keyboard: Option<KeyboardScanner>,
    }

    /// How one device is.
    pub struct DeviceStatus {
        /// What it does.
        pub role: DeviceRole,
        /// Ready, at work, or not.
        pub state: DeviceState,
        /// What is to be said about it; one reason, with a text and one next step.
        pub reason: Option<DeviceReason>,
        /// Whether the drawer is open; `None` where nothing tells.
        pub is_open: Option<bool>,
    }

    /// Which devices this till uses.
    pub struct DeviceSettingsView {
        /// The version to change from.
        pub version: u64,
        /// The devices.
        pub devices: Devices,
        /// The names of the printer profiles this till knows.
        pub profiles: Vec<String>,
        /// What the three columns of a calibration page are called, and which code page each stands for.
        pub code_page_columns: Vec<CodePageColumn>,
        /// The serial ports the system knows; others may be named by hand.
        pub serial_ports: Vec<String>,
    }

    /// A column of a calibration page.
    pub struct CodePageColumn {
        /// What it is called on the paper.
        pub letter: String,
        /// The code page it is written in.
        pub page: u16,
    }

    /// Tries a device: a printer prints a page, the drawer opens.
    #[derive(Copy)]
    pub struct TestDevice {
        /// Which.
        pub role: DeviceRole,
    }

    /// What may be a device of this till.
    pub struct FoundDevices {
        /// By kind.
        pub devices: Vec<FoundDevice>,
    }

    /// Something that is plugged in, or set up in the system.
    pub struct FoundDevice {
        /// What it can be.
        pub role: DeviceRole,
        /// What it is called; empty where it has no name.
        pub name: String,
        /// How a printer is reached.
        pub printer: Option<Connection>,
        /// How a scanner is reached.
        pub scanner: Option<ScannerConnection>,
    }

    /// Asks for what went to a device and came back.
    #[derive(Copy)]
    pub struct ReadDeviceLog {
        /// Which.
        pub role: DeviceRole,
    }

    /// What went to a device and came back lately, and what went wrong.
    pub struct DeviceLog {
        /// The oldest first.
        pub exchanges: Vec<DeviceExchange>,
        /// What was wrong lately, the newest first.
        pub troubles: Vec<DeviceTroubleAt>,
    }

    /// What went one way at once.
    pub struct DeviceExchange {
        /// When.
        pub at: Timestamp,
        /// Whether the till sent it.
        pub sent: bool,
        /// Its first bytes, hexadecimal.
        pub hex: String,
        /// How many bytes there were.
        pub length: u32,
        /// What went wrong, in the words of the system.
        pub fault: Option<String>,
    }

    /// Something that was wrong with a device.
    #[derive(Copy)]
    pub struct DeviceTroubleAt {
        /// When it was noticed.
        pub at: Timestamp,
        /// What.
        pub reason: DeviceReason,
    }

    /// Opens the drawer without a sale.
    #[derive(Copy)]
    pub struct OpenDrawer {
        /// Why.
        pub reason: NoSaleReason,
    }

    /// Takes a drawer of this till.
    #[derive(Copy)]
    pub struct ChooseDrawer {
        /// Which, from 1.
        pub drawer: u8,
    }

    /// Changes which devices this till uses.
    pub struct SaveDevices {
        /// What the screen showed.
        pub base: Devices,
        /// As it should be.
        pub devices: Devices,
    }
}

/// Why a call about devices was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum DeviceError {
    /// The settings cannot work.
    #[error("the device settings cannot work: {field}")]
    ConfigInvalid {
        /// The field.
        field: &'static str,
    },
    /// There is no such print job, or it is not one to decide about.
    #[error("there is no such print job to decide about")]
    JobUnknown {},
    /// No such device is set up.
    #[error("no such device is set up")]
    Absent {
        /// Which.
        role: DeviceRole,
    },
    /// What opens the second drawer opens the first.
    #[error("both drawers would open")]
    DrawersSame {},
    /// There is cash in the second drawer, or its shift runs: it can neither go nor come.
    #[error("the second drawer is in use")]
    DrawerInUse {},
}

impl Coded for DeviceError {
    fn code(&self) -> Code {
        match self {
            Self::ConfigInvalid { .. } => Code::DeviceConfigInvalid,
            Self::JobUnknown {} => Code::DeviceJobUnknown,
            Self::Absent { .. } => Code::DeviceAbsent,
            Self::DrawersSame {} => Code::DeviceDrawersSame,
            Self::DrawerInUse {} => Code::DeviceDrawerInUse,
        }
    }
}
