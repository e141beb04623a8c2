//! The pulse that opens a drawer: through a printer's socket, in the order of its data or at once, or as bytes to a
//! drawer that has a serial line of its own.

use std::time::{Duration, Instant};

use domain::device::DrawerPins;

use crate::profile::Profile;
use crate::transport::{Transport, WriteError};

/// How long a drawer may take its few bytes.
const KICK_WAIT: Duration = Duration::from_secs(1);

/// `ESC p`, once for each pin. The times count in units of 2 ms; without them the printer would take the next two bytes
/// of text for times.
pub fn pulse(profile: &Profile, pins: DrawerPins) -> Vec<u8> {
    let units = |milliseconds: u16| u8::try_from(milliseconds / 2).unwrap_or(u8::MAX);
    let (on, off) = (units(profile.drawer.on_ms), units(profile.drawer.off_ms));
    connectors(profile, pins).iter().flat_map(|connector| [0x1B, b'p', *connector, on, off]).collect()
}

/// `DLE DC4 1`, once for each pin: also without paper, with an open cover, and while it prints. The time counts in units
/// of 100 ms, 1 to 8.
pub fn pulse_at_once(profile: &Profile, pins: DrawerPins) -> Vec<u8> {
    let on = u8::try_from(profile.drawer.on_ms.div_ceil(100)).unwrap_or(8).clamp(1, 8);
    connectors(profile, pins).iter().flat_map(|connector| [0x10, 0x14, 1, *connector, on]).collect()
}

/// The connectors of the printer's socket that these pins are: 0 for pin 2, 1 for pin 5.
pub fn connectors(profile: &Profile, pins: DrawerPins) -> &'static [u8] {
    match (pins, profile.drawer.pin) {
        (DrawerPins::Profile, 5) | (DrawerPins::Five, _) => &[1],
        (DrawerPins::Profile, _) | (DrawerPins::Two, _) => &[0],
        (DrawerPins::Both, _) => &[0, 1],
    }
}

/// Opens a drawer on a line of its own.
///
/// # Errors
/// When the line does not take the bytes, with how many it took.
pub fn kick(mut line: Box<dyn Transport>, bytes: &[u8]) -> Result<(), WriteError> {
    line.write(bytes, Instant::now() + KICK_WAIT)?;
    match line.close(Instant::now() + KICK_WAIT) {
        Ok(_) => Ok(()),
        Err(error) => Err(WriteError { accepted: bytes.len(), fault: error.0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulse_always_has_its_times() {
        let profile = Profile::named("generic-80").unwrap();
        assert_eq!(pulse(profile, DrawerPins::Profile), [0x1B, b'p', 0, 25, 250]);
        assert_eq!(pulse(profile, DrawerPins::Five), [0x1B, b'p', 1, 25, 250]);
        assert_eq!(pulse(profile, DrawerPins::Both), [0x1B, b'p', 0, 25, 250, 0x1B, b'p', 1, 25, 250]);
        assert_eq!(pulse_at_once(profile, DrawerPins::Both), [0x10, 0x14, 1, 0, 1, 0x10, 0x14, 1, 1, 1]);
    }
}
