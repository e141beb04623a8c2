//! Everything the terminal does not decide by itself: time, ids, devices, the hub. They come in from outside, so that
//! tests own them.

use crate::hub_link::{HubLink, NoHub};
use crate::key::{KeyStore, SystemKeyStore};
use database::disk::{Disk, SystemDisk};
use devices::{Devices, SystemDevices};
use domain::time::{ClockQuality, Moment, Timestamp};
use std::sync::Arc;
use std::time::Instant;
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
}

impl SystemClock {
    fn new() -> Self {
        let mut boot = [0; 8];
        fill(&mut boot);
        Self { boot: u64::from_be_bytes(boot), started: Instant::now() }
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
            // Nothing here knows when the clock was last set from a trusted source.
            quality: ClockQuality::Unknown,
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
