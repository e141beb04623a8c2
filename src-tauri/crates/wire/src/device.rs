//! Devices: which ones this till uses and how they are.

use domain::device::{DeviceReason, DeviceRole, DeviceState, Devices};
use domain::error::{Code, Coded};
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
    }

    /// How one device is.
    pub struct DeviceStatus {
        /// What it does.
        pub role: DeviceRole,
        /// Ready, at work, or not.
        pub state: DeviceState,
        /// Why it is not ready; one reason, with a text and one next step.
        pub reason: Option<DeviceReason>,
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
}

impl Coded for DeviceError {
    fn code(&self) -> Code {
        match self {
            Self::ConfigInvalid { .. } => Code::DeviceConfigInvalid,
            Self::JobUnknown {} => Code::DeviceJobUnknown,
        }
    }
}
