//! The devices of a till: what is set up, and the words for how they are. How they work is the business of the crate
//! `devices`.

use crate::shift::{FIRST_DRAWER, SECOND_DRAWER};
use serde::{Deserialize, Serialize};

/// The devices of a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Devices {
    /// Prints receipts and, where the drawer has no line of its own, opens the drawer.
    pub receipt_printer: Option<PrinterSettings>,
    /// Prints what the receipt printer cannot.
    #[serde(default)]
    pub backup_printer: Option<PrinterSettings>,
    /// How the drawer is opened. Without it: through the receipt printer, as its profile says.
    #[serde(default)]
    pub drawer: Option<DrawerSettings>,
    /// How the second drawer is opened; without it the till has one. There are two at most, as many as a printer's socket
    /// drives. Where both hang on the printer none says that it is open: their switches share a pin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_drawer: Option<DrawerConnection>,
    /// Reads codes. A keyboard wedge works without.
    #[serde(default)]
    pub scanner: Option<ScannerSettings>,
    /// What was learnt of a scanner that acts as a keyboard; without it, it is set to the American layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<KeyboardScanner>,
}

impl Devices {
    /// Whether there is anything to print receipts on.
    pub const fn prints(&self) -> bool {
        self.receipt_printer.is_some() || self.backup_printer.is_some()
    }

    /// How many drawers the till has, 1 or 2. One that nothing opens counts too: cash is put into it all the same.
    pub const fn drawers(&self) -> u8 {
        if self.second_drawer.is_some() { SECOND_DRAWER } else { FIRST_DRAWER }
    }

    /// How a drawer is opened; `None` where nothing opens it.
    pub fn opens(&self, drawer: u8) -> Option<&DrawerConnection> {
        let connection = match drawer {
            SECOND_DRAWER => self.second_drawer.as_ref()?,
            _ => self.drawer.as_ref().map_or(&DrawerConnection::USUAL, |drawer| &drawer.connection),
        };
        match connection {
            DrawerConnection::Printer { .. } if self.receipt_printer.is_none() => None,
            DrawerConnection::Printer { .. } | DrawerConnection::Serial { .. } => Some(connection),
        }
    }
}

/// A printer.
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
    /// Whether it is asked how it is, where its profile says that it answers. A few printers stop when they are asked.
    #[serde(default = "yes")]
    pub asks_status: bool,
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

const fn yes() -> bool {
    true
}

/// A drawer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DrawerSettings {
    /// How it is opened.
    pub connection: DrawerConnection,
    /// Whether it says that it is open, through the printer it hangs on.
    #[serde(default)]
    pub sensor: Option<DrawerSensor>,
}

/// How a drawer is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "via", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DrawerConnection {
    /// Through the receipt printer.
    Printer {
        /// Which pins of its socket.
        pins: DrawerPins,
    },
    /// On a serial line of its own.
    Serial {
        /// The port's path or name.
        port: String,
        /// Bits per second.
        baud: u32,
        /// What opens it, hexadecimal: `07` for most.
        bytes: String,
    },
}

impl DrawerConnection {
    /// That of a drawer nobody said anything about.
    const USUAL: Self = Self::Printer { pins: DrawerPins::Profile };
}

/// The pins of a printer's socket that the drawer's coil hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DrawerPins {
    /// Those of the printer's profile.
    Profile,
    /// Pin 2.
    Two,
    /// Pin 5.
    Five,
    /// Both: two drawers, or nobody knows.
    Both,
}

/// What pin 3 of the printer's socket says while the drawer is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DrawerSensor {
    /// High.
    OpenWhenHigh,
    /// Low.
    OpenWhenLow,
}

/// A scanner that does not act as a keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ScannerSettings {
    /// How its codes come in.
    pub connection: ScannerConnection,
    /// What it puts before each code; taken off where it stands.
    #[serde(default)]
    pub prefix: String,
    /// What it puts behind each code beside the end of the line; taken off where it stands.
    #[serde(default)]
    pub suffix: String,
    /// The same code again within so many milliseconds is the same read. 0: never.
    #[serde(default)]
    pub same_within_ms: u16,
}

/// A scanner that acts as a keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct KeyboardScanner {
    /// What it means by its keys.
    pub layout: KeyboardLayout,
    /// What it puts before each code; taken off where it stands.
    #[serde(default)]
    pub prefix: String,
    /// What it puts behind each code beside the key it ends with; taken off where it stands.
    #[serde(default)]
    pub suffix: String,
}

/// The keyboard that a scanner is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum KeyboardLayout {
    /// The American one, as most scanners are, whatever layout the computer has.
    American,
    /// The same as the computer: a key is what the system makes of it.
    System,
    /// The French one, at a computer with another.
    French,
    /// The German one, at a computer with another.
    German,
}

/// How codes come in from a scanner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "via", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ScannerConnection {
    /// A serial line, also over USB.
    Serial {
        /// The port's path or name.
        port: String,
        /// Bits per second.
        baud: u32,
    },
    /// USB, as a scanner of a till (USB HID point of sale usage tables, page 8C).
    Hid {
        /// The maker's number.
        vendor: u16,
        /// The model's.
        product: u16,
        /// Its own, where it has one and there are two of a model.
        #[serde(default)]
        serial: Option<String>,
    },
    /// A scanner made of software, for demonstrations and tests.
    Simulated,
}

/// How bytes reach a printer.
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
    /// The system's own line to a USB printer: `/dev/usb/lp0`.
    UsbPort {
        /// Its path.
        path: String,
    },
    /// A USB printer that the system has no line to.
    Usb {
        /// The maker's number.
        vendor: u16,
        /// The model's.
        product: u16,
        /// Its own, where it has one and there are two of a model.
        #[serde(default)]
        serial: Option<String>,
    },
    /// A print queue of the system that passes bytes on as they are. What comes of them it does not tell.
    Queue {
        /// The queue's name.
        name: String,
    },
    /// A file that receipts are added to, for other programs.
    File {
        /// Its path.
        path: String,
    },
    /// A printer made of software, for demonstrations, training and tests.
    Simulated {
        /// What it does wrong.
        #[serde(default)]
        fault: Option<SimulatedFault>,
    },
}

/// What a simulated printer does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum SimulatedFault {
    /// There is no paper.
    PaperOut,
    /// The paper will not last.
    PaperLow,
    /// The cover is open.
    CoverOpen,
    /// The knife is stuck.
    CutterStuck,
    /// It stops in the middle of a receipt.
    Stall,
    /// The line breaks in the middle of a receipt.
    Reset,
    /// It prints and says nothing.
    Mute,
    /// It answers what no printer answers.
    Garbage,
    /// Its first answer is an old one.
    StaleStatus,
    /// It is not there.
    Unplugged,
}

/// What a device does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DeviceRole {
    /// Prints receipts.
    ReceiptPrinter,
    /// Prints what the receipt printer cannot.
    BackupPrinter,
    /// Holds the cash: the first of them where there are two.
    Drawer,
    /// Holds the cash of those who use it.
    SecondDrawer,
    /// Reads codes.
    Scanner,
}

impl DeviceRole {
    /// What a drawer of this number is.
    pub const fn drawer(number: u8) -> Self {
        if number == SECOND_DRAWER { Self::SecondDrawer } else { Self::Drawer }
    }
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
    /// It works, and there is something to be done; the reason says what.
    Degraded,
    /// It is at work.
    Busy,
    /// It cannot work; the reason says why.
    NotReady,
}

/// What is to be said about a device. Each has a text and one next step.
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
    /// There is no paper.
    PaperOut,
    /// The paper will not last.
    PaperLow,
    /// Its cover is open.
    CoverOpen,
    /// The knife is stuck.
    CutterStuck,
    /// Its head has to cool.
    Overheated,
    /// It says that something in it is broken.
    Broken,
    /// It says that it does not print, and not why.
    Offline,
    /// What answers there is no such device.
    BadReply,
    /// It prints and does not say whether anything came out.
    Silent,
    /// The drawer was left open.
    DrawerOpen,
    /// The backup printer prints instead.
    Replaced,
    /// A print could not be made.
    NotMade,
}

/// Why a drawer is opened without a sale. No words of one's own: they might name somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum NoSaleReason {
    /// Somebody wants their money changed.
    GiveChange,
    /// Change given before was wrong, or forgotten.
    CorrectChange,
    /// The money is looked at or counted.
    Count,
    /// To see whether it opens.
    Try,
    /// Something else.
    Other,
}
