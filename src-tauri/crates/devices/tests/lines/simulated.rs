//! The simulated twins, and the system's devices where they can be reached without hardware.

use std::time::{Duration, Instant};

use devices::font::Fonts;
use devices::{
    CloseError, Closed, Devices, LineFault, Misbehaviour, Press, Profile, SimulatedDevices, Sound,
    SystemDevices, WriteError,
};
use domain::device::{Connection, DeviceReason, PrinterSettings};
use domain::document::{Block, Document};

fn settings(profile: &str) -> PrinterSettings {
    PrinterSettings {
        profile: profile.to_owned(),
        connection: Connection::Simulated { fault: None },
        code_page: None,
        asks_status: true,
    }
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(1)
}

fn receipt() -> Vec<u8> {
    let document = Document {
        language: "en".to_owned(),
        right_to_left: false,
        blocks: vec![Block::text("Thank you"), Block::Cut],
    };
    Press::new(Fonts::new(Vec::new()), Box::new(())).escpos(&document, Profile::named("generic-80").unwrap())
}

#[test]
fn a_printer_keeps_its_paper_by_job() {
    let devices = SimulatedDevices::new();
    for _ in 0..2 {
        let mut line = devices.open_printer(&settings("generic-80")).unwrap();
        line.write(&receipt(), soon()).unwrap();
        assert_eq!(line.close(soon()), Ok(Closed::Drained));
    }
    assert_eq!(devices.printer().jobs(), [receipt(), receipt()]);
    assert_eq!(devices.printer().tear_off(), [receipt(), receipt()].concat());
    assert_eq!(devices.printer().received(), b"");
}

#[test]
fn an_unknown_profile_is_not_opened() {
    for devices in [&SimulatedDevices::new() as &dyn Devices, &SystemDevices::new()] {
        let error = devices.open_printer(&settings("no-such-printer")).err().unwrap();
        assert_eq!(error.reason(), DeviceReason::ConfigInvalid);
    }
}

#[test]
fn a_printer_misbehaves_as_told() {
    let devices = SimulatedDevices::new();
    let printer = devices.printer();
    for (misbehaviour, reason) in [
        (Misbehaviour::Unreachable, DeviceReason::Unreachable),
        (Misbehaviour::PermissionDenied, DeviceReason::PermissionDenied),
        (Misbehaviour::InUse, DeviceReason::InUse),
    ] {
        printer.misbehave(misbehaviour);
        assert_eq!(devices.open_printer(&settings("generic-80")).err().unwrap().reason(), reason);
    }
    for (misbehaviour, fault) in
        [(Misbehaviour::StallAfter(7), LineFault::Stalled), (Misbehaviour::ResetAfter(7), LineFault::Gone)]
    {
        printer.tear_off();
        printer.misbehave(misbehaviour);
        let mut line = devices.open_printer(&settings("generic-80")).unwrap();
        line.write(b"12345", soon()).unwrap();
        assert_eq!(line.write(b"67890", soon()), Err(WriteError { accepted: 2, fault }));
        assert_eq!(printer.received(), b"1234567");
    }
    printer.behave();
    let mut line = devices.open_printer(&settings("generic-80")).unwrap();
    line.write(b"whole", soon()).unwrap();
    assert_eq!(line.close(soon()), Ok(Closed::Drained));
}

#[test]
fn a_script_is_one_misbehaviour_for_each_connection() {
    let devices = SimulatedDevices::new();
    devices.printer().script([
        Misbehaviour::Unreachable,
        Misbehaviour::LostAtClose,
        Misbehaviour::SilentAtClose,
    ]);
    assert!(devices.open_printer(&settings("generic-80")).is_err());
    let close = || {
        let mut line = devices.open_printer(&settings("generic-80")).unwrap();
        line.write(b"receipt", soon()).unwrap();
        line.close(soon())
    };
    assert_eq!(close(), Err(CloseError(LineFault::Gone)));
    assert_eq!(close(), Ok(Closed::Unconfirmed));
    assert_eq!(close(), Ok(Closed::Drained));
    assert_eq!(devices.printer().times_opened(), 4);
}

#[test]
fn a_till_without_a_printer_can_have_a_simulated_one() {
    let devices = SystemDevices::new();
    let mut line = devices.open_printer(&settings("epson-tm-t20")).unwrap();
    line.write(&receipt(), soon()).unwrap();
    line.close(soon()).unwrap();
    assert_eq!(devices.simulated_printer().received(), receipt());
    let network = Connection::Tcp { host: "127.0.0.1".to_owned(), port: 1 };
    let refused = PrinterSettings {
        profile: "generic-80".to_owned(),
        connection: network,
        code_page: None,
        asks_status: true,
    };
    assert_eq!(devices.open_printer(&refused).err().unwrap().reason(), DeviceReason::Unreachable);
}

#[test]
fn sounds_are_noted_and_never_wait() {
    let devices = SimulatedDevices::new();
    devices.sound(Sound::Added);
    devices.sound(Sound::Refused);
    assert_eq!(devices.sounds(), [Sound::Added, Sound::Refused]);
    // The real thing, also on a machine without a sound card: far more sounds than could be played in this time.
    let system = SystemDevices::new();
    let started = Instant::now();
    for _ in 0..1_000 {
        system.sound(Sound::Attention);
    }
    assert!(started.elapsed() < Duration::from_secs(1));
}
