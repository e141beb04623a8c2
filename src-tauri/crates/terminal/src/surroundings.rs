//! Everything the terminal does not decide by itself: time, ids, devices, the hub. They come in from outside, so that
//! tests own them.

use crate::hub_link::{HubLink, NoHub};
use crate::key::{KeyStore, SystemKeyStore};
use crate::mail_link::{MailLink, SmtpLink};
use database::disk::{Disk, SystemDisk};
use devices::{Devices, SystemDevices};
use domain::time::{ClockQuality, Moment, Timestamp};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use uuid::Uuid;
use wire::fact::header::Salt;

/// What a terminal is given.
#[derive(Clone)]
pub struct Surroundings {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<dyn IdSource>,
    /// Printers, scanners, sounds.
    pub devices: Arc<dyn Devices>,
    /// The central server.
    pub hub: Arc<dyn HubLink>,
    /// The way to the shop's mail server.
    pub mail: Arc<dyn MailLink>,
    /// Where files are kept.
    pub disk: Arc<dyn Disk>,
    /// Where secrets of the user are kept.
    pub keys: Arc<dyn KeyStore>,
    /// What tells this machine from others: the operating system's id of the installation.
    pub machine: String,
}

impl Surroundings {
    /// The clock, randomness and devices of this machine; no hub.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock::new()),
            ids: Arc::new(SystemIds),
            devices: Arc::new(SystemDevices::new()),
            hub: Arc::new(NoHub),
            mail: Arc::new(SmtpLink::default()),
            disk: Arc::new(SystemDisk),
            keys: Arc::new(SystemKeyStore),
            // A machine without an id is told from others by the path and the file only.
            machine: machine_uid::get().unwrap_or_default(),
        }
    }
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The moment it is now.
    fn now(&self) -> Moment;
}

/// Makes ids and randomness. Each kind has a stream of its own, so that one more id in a test shifts no salt.
pub trait IdSource: Send + Sync {
    /// A UUIDv7 of the time `now`.
    fn uuid(&self, now: Timestamp) -> Uuid;

    /// A salt.
    fn salt(&self) -> Salt;

    /// Fills a secret.
    fn secret(&self, bytes: &mut [u8]);
}

/// The machine's clock in the machine's zone.
struct SystemClock {
    boot: u64,
    started: Instant,
    /// When it was last looked how far the clock can be trusted, and what was seen.
    looked: Mutex<Option<(Instant, ClockQuality)>>,
}

/// How long a look at the clock's quality holds.
const LOOKED_FOR: Duration = Duration::from_secs(60);

/// A file that systemd's time service touches each time it has set the clock or found it right (systemd-timesyncd(8)).
/// Other systems tell nobody without rights of their own: there the quality stays unknown.
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";

impl SystemClock {
    fn new() -> Self {
        let mut boot = [0; 8];
        fill(&mut boot);
        Self { boot: u64::from_be_bytes(boot), started: Instant::now(), looked: Mutex::default() }
    }
}

impl SystemClock {
    fn quality(&self) -> ClockQuality {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        match *looked {
            Some((at, quality)) if at.elapsed() < LOOKED_FOR => quality,
            Some(_) | None => {
                let quality = quality_at(Path::new(SYNCHRONISED), jiff::Timestamp::now().into());
                *looked = Some((Instant::now(), quality));
                quality
            }
        }
    }
}

/// How far a clock can be trusted whose setting touches this file.
fn quality_at(touched: &Path, now: SystemTime) -> ClockQuality {
    let set = std::fs::metadata(touched).and_then(|metadata| metadata.modified());
    match set.ok().and_then(|set| now.duration_since(set).ok()) {
        Some(age) if age < Duration::from_secs(3_600) => ClockQuality::Hour,
        Some(age) if age < Duration::from_secs(7 * 86_400) => ClockQuality::Week,
        Some(_) | None => ClockQuality::Unknown,
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let now = jiff::Timestamp::now();
        let offset = jiff::tz::TimeZone::system().to_offset(now);
        Moment {
            wall: Timestamp(now.as_millisecond()),
            zone_min: i16::try_from(offset.seconds() / 60).unwrap_or(0),
            boot: self.boot,
            mono_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            quality: self.quality(),
        }
    }
}

/// The machine's randomness.
struct SystemIds;

impl IdSource for SystemIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        fill(&mut random);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &random).into_uuid()
    }

    fn salt(&self) -> Salt {
        let mut salt = [0; 16];
        fill(&mut salt);
        salt
    }

    fn secret(&self, bytes: &mut [u8]) {
        fill(bytes);
    }
}

fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("an operating system without randomness cannot keep a ledger");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_trusted_by_the_age_of_its_last_setting() {
        let dir = tempfile::tempdir().unwrap();
        let touched = dir.path().join("synchronized");
        let now = SystemTime::from(jiff::Timestamp::now());
        assert_eq!(quality_at(&touched, now), ClockQuality::Unknown);
        std::fs::write(&touched, "").unwrap();
        let later = |seconds| quality_at(&touched, now + Duration::from_secs(seconds));
        assert_eq!(later(60), ClockQuality::Hour);
        assert_eq!(later(7_200), ClockQuality::Week);
        assert_eq!(later(8 * 86_400), ClockQuality::Unknown);
        assert_eq!(quality_at(&touched, now - Duration::from_secs(86_400)), ClockQuality::Unknown);
    }
}
