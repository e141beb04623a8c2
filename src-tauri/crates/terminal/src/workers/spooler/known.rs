//! What is known of a printer since it was set up: what it says, whether it fails, what may be half said to it.

use devices::Confirmation;
use domain::device::{Connection, DeviceReason, PrinterSettings};

/// The pause after the first failure; it doubles up to the longest.
const PAUSE_FIRST_MS: u64 = 500;
pub const PAUSE_LONGEST_MS: u64 = 30_000;
/// The pause before a printer is asked again that says what is wrong with it.
const PAUSE_ANSWERING_MS: u64 = 2_000;
/// How long a printer on the network that answered before may keep silent until that is taken for its way: until then it
/// is somebody else's.
const BUSY_MS: u64 = 60_000;

/// What is known of a printer since it was set up.
#[derive(Default)]
pub struct Known {
    /// How it is reached; nothing where none is set up.
    pub settings: Option<PrinterSettings>,
    /// Failures in a row.
    pub failures: u32,
    /// Nothing is sent before this.
    pub pause_until_ms: u64,
    /// What it says.
    pub hearing: Hearing,
    /// A job was cut short: so many of its bytes may be missing.
    pub unsaid: usize,
    /// When it was asked last.
    pub asked_ms: Option<u64>,
    /// Since when it keeps silent although it answered before.
    pub busy_since_ms: Option<u64>,
}

/// What a printer says, as far as it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hearing {
    /// Nothing was asked.
    #[default]
    Unknown,
    /// It answers, and confirms no better than this.
    Speaks(Confirmation),
    /// It was asked and kept silent.
    Silent,
}

impl Known {
    /// How long nothing is sent after a failure.
    pub fn pause_ms(&self, reason: DeviceReason) -> u64 {
        // It answers, and somebody is about to put it right.
        if is_told(reason) {
            PAUSE_ANSWERING_MS
        } else {
            PAUSE_FIRST_MS.saturating_mul(1 << self.failures.min(10)).min(PAUSE_LONGEST_MS)
        }
    }

    /// It answered.
    pub fn answers(&mut self) {
        self.busy_since_ms = None;
        if !matches!(self.hearing, Hearing::Speaks(_)) {
            self.hearing = Hearing::Speaks(Confirmation::ProcessId);
        }
    }

    /// It kept silent. On the network one that answered before serves somebody else: it takes one connection at a time, and
    /// keeps the next one waiting.
    pub fn keeps_silent(&mut self, now_ms: u64) {
        let is_shared = self.settings.as_ref().is_some_and(|printer| match printer.connection {
            Connection::Tcp { .. } => true,
            Connection::Serial { .. }
            | Connection::UsbPort { .. }
            | Connection::Usb { .. }
            | Connection::Queue { .. }
            | Connection::File { .. }
            | Connection::Simulated { .. } => false,
        });
        let since = *self.busy_since_ms.get_or_insert(now_ms);
        if !is_shared || !matches!(self.hearing, Hearing::Speaks(_)) || now_ms >= since + BUSY_MS {
            self.busy_since_ms = None;
            self.hearing = Hearing::Silent;
        }
    }

    /// Whether it serves somebody else.
    pub const fn is_busy(&self) -> bool {
        self.busy_since_ms.is_some()
    }
}

/// Whether a printer that can be spoken to says this of itself.
pub const fn is_told(reason: DeviceReason) -> bool {
    matches!(
        reason,
        DeviceReason::PaperOut
            | DeviceReason::CoverOpen
            | DeviceReason::CutterStuck
            | DeviceReason::Overheated
            | DeviceReason::Offline
    )
}
