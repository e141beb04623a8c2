//! Scanners over real pseudo-terminals: how bytes become codes.

use std::io::Write;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use devices::scanner::{FRAME_BYTES_MAX, SILENCE, open_serial};
use devices::{Devices, LineFault, OpenError, ScanFrame, ScannerPort, SimulatedDevices};
use domain::device::{ScannerConnection, ScannerSettings};
use serialport::{SerialPort, TTYPort};

const WAIT: Duration = Duration::from_secs(2);

/// The scanner's end of a line, and the till's.
fn scanner() -> (TTYPort, Box<dyn ScannerPort>) {
    let (far, near) = TTYPort::pair().unwrap();
    let path = near.name().unwrap();
    drop(near);
    (far, open_serial(&path, 9_600).unwrap())
}

fn code(text: &str) -> ScanFrame {
    ScanFrame::Code(text.to_owned())
}

/// Waits without sleeping: nobody ever sends on this channel.
fn pause(time: Duration) {
    let (_silent, never) = mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}

#[test]
fn every_end_of_a_code_is_known() {
    let (mut far, mut port) = scanner();
    far.write_all(b"4006381333931\r5000112637922\n87654321\r\n20001\tLAST\r").unwrap();
    for expected in ["4006381333931", "5000112637922", "87654321", "20001", "LAST"] {
        assert_eq!(port.read(WAIT), Ok(Some(code(expected))));
    }
    assert_eq!(port.read(Duration::from_millis(150)), Ok(None));
}

#[test]
fn a_code_in_pieces_is_one_code() {
    let (mut far, mut port) = scanner();
    let sender = thread::spawn(move || {
        for piece in [&b"4006"[..], b"381333", b"931\r"] {
            far.write_all(piece).unwrap();
            pause(SILENCE / 16);
        }
        far
    });
    assert_eq!(port.read(WAIT), Ok(Some(code("4006381333931"))));
    sender.join().unwrap();
}

#[test]
fn silence_ends_a_code_and_not_earlier() {
    let (mut far, mut port) = scanner();
    far.write_all(b"87654321").unwrap();
    let started = Instant::now();
    assert_eq!(port.read(WAIT), Ok(Some(code("87654321"))));
    let took = started.elapsed();
    assert!(took >= SILENCE && took < WAIT / 2, "{took:?}");
}

#[test]
fn half_a_code_is_kept_between_reads() {
    let (mut far, mut port) = scanner();
    far.write_all(b"8765").unwrap();
    assert_eq!(port.read(SILENCE / 16), Ok(None));
    far.write_all(b"4321\r").unwrap();
    assert_eq!(port.read(WAIT), Ok(Some(code("87654321"))));
}

#[test]
fn noise_is_no_part_of_a_code() {
    let (mut far, mut port) = scanner();
    far.write_all(b"\0\0\x0287\x00654\x1B321\x03\r\n\r\n").unwrap();
    assert_eq!(port.read(WAIT), Ok(Some(code("87654321"))));
    assert_eq!(port.read(Duration::from_millis(150)), Ok(None));
}

#[test]
fn text_is_utf_8_or_else_latin_1() {
    let (mut far, mut port) = scanner();
    far.write_all("caf\u{E9}\r".as_bytes()).unwrap();
    far.write_all(b"caf\xE9\r").unwrap();
    assert_eq!(port.read(WAIT), Ok(Some(code("café"))));
    assert_eq!(port.read(WAIT), Ok(Some(code("café"))));
}

#[test]
fn what_is_too_long_is_counted_and_the_next_code_is_whole() {
    let (mut far, mut port) = scanner();
    let sender = thread::spawn(move || {
        far.write_all(&vec![b'9'; FRAME_BYTES_MAX]).unwrap();
        far.write_all(b"\r").unwrap();
        far.write_all(&vec![b'9'; FRAME_BYTES_MAX + 1_000]).unwrap();
        far.write_all(b"\r87654321\r").unwrap();
        far
    });
    assert_eq!(port.read(WAIT), Ok(Some(code(&"9".repeat(FRAME_BYTES_MAX)))));
    assert_eq!(port.read(WAIT), Ok(Some(ScanFrame::TooLong { bytes: FRAME_BYTES_MAX + 1_000 })));
    assert_eq!(port.read(WAIT), Ok(Some(code("87654321"))));
    sender.join().unwrap();
}

#[test]
fn an_unplugged_scanner_says_so() {
    let (far, mut port) = scanner();
    drop(far);
    assert_eq!(port.read(WAIT).unwrap_err().0, LineFault::Gone);
}

#[test]
fn a_simulated_scanner_reads_what_it_is_told() {
    let devices = SimulatedDevices::new();
    let settings = ScannerSettings {
        connection: ScannerConnection::Simulated,
        prefix: String::new(),
        suffix: String::new(),
        same_within_ms: 0,
    };
    devices.scanner().scan("BEFORE");
    let mut port = devices.open_scanner(&settings).unwrap();
    devices.scanner().scan("4006381333931");
    devices.scanner().bytes(b"ONE\rTWO");
    for expected in ["BEFORE", "4006381333931", "ONE", "TWO"] {
        assert_eq!(port.read(WAIT), Ok(Some(code(expected))));
    }
    devices.scanner().unplug(OpenError::Unreachable("unplugged".to_owned()));
    assert_eq!(port.read(WAIT).unwrap_err().0, LineFault::Gone);
    assert!(devices.open_scanner(&settings).is_err());
    devices.scanner().plug();
    devices.scanner().scan("AGAIN");
    assert_eq!(devices.open_scanner(&settings).unwrap().read(WAIT), Ok(Some(code("AGAIN"))));
}
