//! Reads the till's scanner and rings up what it reads, in the turn of the sign-on that owns it. No code is dropped
//! silently: read = taken + refused (invariant 15).

use super::{Next, Worker};
use crate::Terminal;
use crate::caller::Caller;
use crate::error::Error;
use devices::scanner::learnt::Learnt;
use devices::{ScanFrame, ScannerPort, Sound};
use domain::device::{DeviceReason, DeviceRole, DeviceState, ScannerSettings};
use domain::error::Code;
use domain::ids::RequestId;
use domain::people::PeopleError;
use domain::sale::SaleError;
use serde_json::value::to_raw_value;
use std::sync::Arc;
use std::time::Duration;
use wire::envelope::{Envelope, Topic};
use wire::error::ErrorBody;
use wire::sale::{RefusedScan, Scan};
use wire::session::SignInBadge;

/// How long a read waits for a code before looking up.
const READ_WAIT: Duration = Duration::from_millis(100);
/// The pause before a scanner that does not open is tried again.
const PAUSE: Duration = Duration::from_secs(2);

/// The worker that owns the scanner.
pub struct ScannerWorker {
    terminal: Arc<Terminal>,
    open: Option<(ScannerSettings, Box<dyn ScannerPort>)>,
}

impl Worker for ScannerWorker {
    const NAME: &'static str = "scanner";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl ScannerWorker {
    /// A worker whose scanner is not open yet.
    pub fn new(terminal: Arc<Terminal>) -> Self {
        Self { terminal, open: None }
    }

    /// Opens the scanner that is set up, or takes the next code from it.
    pub fn step(&mut self) -> Next {
        let settings = match self.settings() {
            Ok(settings) => settings,
            Err(error) => {
                self.terminal.broke("the scanner's settings cannot be read", &error);
                return Next::Within(PAUSE);
            }
        };
        let Some(settings) = settings else {
            self.open = None;
            return Next::WhenWoken;
        };
        if self.open.as_ref().is_none_or(|(opened, _)| *opened != settings) {
            // Two handles on one port lock each other out.
            self.open = None;
            match self.terminal.surroundings.devices.open_scanner(&settings) {
                Ok(port) => {
                    let port = Box::new(Learnt::new(port, settings.clone()));
                    self.open = Some((settings, port));
                    self.note(DeviceState::Ready, None);
                }
                Err(error) => {
                    self.note(DeviceState::NotReady, Some(error.reason()));
                    return Next::Within(PAUSE);
                }
            }
        }
        self.look_after_lease();
        let Some((_, port)) = &mut self.open else { return Next::Again };
        match port.read(READ_WAIT) {
            Ok(Some(frame)) => self.take(frame),
            Ok(None) => {}
            Err(error) => {
                self.open = None;
                self.note(DeviceState::NotReady, Some(error.reason()));
                return Next::Within(PAUSE);
            }
        }
        Next::Again
    }

    fn settings(&self) -> Result<Option<ScannerSettings>, Error> {
        let read = self.terminal.database.read(|reader| crate::device::settings_of(&self.terminal, reader));
        read.map(|(_, devices)| devices.scanner)
    }

    fn take(&self, frame: ScanFrame) {
        let Some(owner) = self.terminal.scanner.owner() else {
            self.terminal.surroundings.devices.sound(Sound::Refused);
            tracing::warn!("a code was read and nobody is at the till");
            return;
        };
        owner.desk(|desk| desk.scans.read += 1);
        let (code, result) = match frame {
            ScanFrame::Code(code) => {
                let now = self.terminal.now();
                if owner.is_signed_on() && owner.desk(|desk| desk.lease.keep(&code, &now)) {
                    self.terminal.surroundings.devices.sound(Sound::Added);
                    self.terminal.announce(&[Topic::Sale]);
                    return;
                }
                let result = self.ring_up(&owner, &code);
                (code, result)
            }
            ScanFrame::TooLong { bytes } => {
                (format!("({bytes} bytes)"), Err(self.terminal.refusal(&SaleError::CodeInvalid {})))
            }
        };
        match result {
            Ok(()) => {
                owner.desk(|desk| desk.scans.taken += 1);
                self.terminal.surroundings.devices.sound(Sound::Added);
            }
            Err(error) => refuse(&self.terminal, &owner, code, error),
        }
    }

    /// Tells of codes that were read for a screen that went away.
    fn look_after_lease(&self) {
        let Some(owner) = self.terminal.scanner.owner() else { return };
        let now = self.terminal.now();
        let left = owner.desk(|desk| desk.lease.lapsed(&now));
        not_taken(&self.terminal, &owner, left);
    }

    fn ring_up(&self, owner: &Arc<Caller>, code: &str) -> Result<(), ErrorBody> {
        if !owner.is_signed_on() {
            return self.sign_on(owner, code);
        }
        let now = self.terminal.now();
        let envelope = Envelope {
            request_id: Some(RequestId(self.terminal.surroundings.ids.uuid(now.wall))),
            operation: "sale.scan".to_owned(),
            payload: to_raw_value(&Scan { code: code.to_owned() }).expect("a string is JSON"),
            approval: None,
            screen: None,
        };
        self.terminal.call(owner, &envelope).map(drop)
    }

    /// Nobody is signed on: what is read may be a badge. What is none is refused as ever.
    fn sign_on(&self, owner: &Arc<Caller>, code: &str) -> Result<(), ErrorBody> {
        let now = self.terminal.now();
        let envelope = Envelope {
            request_id: Some(RequestId(self.terminal.surroundings.ids.uuid(now.wall))),
            operation: "session.sign_in_badge".to_owned(),
            payload: to_raw_value(&SignInBadge { code: code.to_owned() }).expect("a string is JSON"),
            approval: None,
            screen: None,
        };
        self.terminal.call(owner, &envelope).map(drop).map_err(|body| match body.code {
            Code::PeopleBadgeUnknown | Code::PeopleBadgeInvalid | Code::PeoplePinBlocked => {
                self.terminal.refusal(&PeopleError::NotSignedOn {})
            }
            _ => body,
        })
    }

    fn note(&self, state: DeviceState, reason: Option<DeviceReason>) {
        if self.terminal.devices.set(DeviceRole::Scanner, state, reason, self.terminal.now().wall) {
            self.terminal.announce(&[Topic::Devices]);
        }
    }
}

/// Refuses codes that were read for a screen that did not take them.
pub fn not_taken(terminal: &Terminal, owner: &Caller, codes: Vec<String>) {
    for code in codes {
        let error = terminal.refusal(&SaleError::CodeNotTaken { code: code.clone() });
        refuse(terminal, owner, code, error);
    }
}

fn refuse(terminal: &Terminal, owner: &Caller, code: String, error: ErrorBody) {
    let sound = match error.code {
        // The cashier has to choose or to call somebody, not to scan again.
        Code::SaleCodeAmbiguous | Code::PeopleNeedsApproval => Sound::Attention,
        _ => Sound::Refused,
    };
    owner.desk(|desk| {
        desk.scans.refused += 1;
        let count = desk.refused_scan.as_ref().map_or(0, |refused| refused.count) + 1;
        desk.refused_scan = Some(RefusedScan { code, error, count });
    });
    terminal.surroundings.devices.sound(sound);
    terminal.announce(&[Topic::Sale]);
}
