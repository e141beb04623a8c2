//! Serial lines over real pseudo-terminals: what is accepted, and when a write gives up.

use std::io::Read;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use devices::transport::serial::Serial;
use devices::{CloseError, Closed, LineFault, OpenError, Transport, WriteError};
use domain::device::DeviceReason;
use serialport::{SerialPort, TTYPort};

/// The far end of a line, and the path of the near one.
fn line() -> (TTYPort, String) {
    let (far, near) = TTYPort::pair().unwrap();
    let path = near.name().unwrap();
    (far, path)
}

fn within(milliseconds: u64) -> Instant {
    Instant::now() + Duration::from_millis(milliseconds)
}

/// Reads until the line has been silent for 200 ms.
fn drain(far: &mut TTYPort) -> Vec<u8> {
    far.set_timeout(Duration::from_millis(200)).unwrap();
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count) = far.read(&mut buffer) {
        all.extend(&buffer[..count]);
    }
    all
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from(index % 251).unwrap()).collect()
}

#[test]
fn a_receipt_arrives_byte_by_byte() {
    let (mut far, path) = line();
    let mut near = Box::new(Serial::open(&path, 19_200).unwrap());
    let reader = thread::spawn(move || (drain(&mut far), far));
    near.write(&pattern(20_000), within(5_000)).unwrap();
    // A pseudo-terminal forgets what was not read when its near end hangs up; a printer would have it already.
    let (received, _far) = reader.join().unwrap();
    assert_eq!(near.close(within(2_000)), Ok(Closed::Drained));
    assert!(received == pattern(20_000), "{} bytes", received.len());
}

#[test]
fn a_stalled_printer_is_given_up_at_the_deadline_with_the_exact_count() {
    let (mut far, path) = line();
    let mut near = Box::new(Serial::open(&path, 19_200).unwrap());
    let bytes = pattern(65_536);
    // From an odd place on, so that the line is full in the middle of a chunk: a blocking write would wait there.
    near.write(b"odd", within(400)).unwrap();
    let started = Instant::now();
    let WriteError { accepted, fault } = near.write(&bytes, within(400)).unwrap_err();
    let took = started.elapsed();
    assert_eq!(fault, LineFault::Stalled);
    assert_eq!(WriteError { accepted, fault }.reason(), DeviceReason::Stalled);
    assert!(took >= Duration::from_millis(400) && took < Duration::from_millis(1_500), "{took:?}");
    assert!(accepted > 0 && accepted < bytes.len(), "{accepted}");
    assert!(drain(&mut far) == [b"odd", &bytes[..accepted]].concat());
    // It took the rest in the meantime: the line goes on where it stopped.
    near.write(&bytes[accepted..accepted + 100], within(400)).unwrap();
    assert_eq!(drain(&mut far), bytes[accepted..accepted + 100]);
}

#[test]
fn hanging_up_on_a_stalled_printer_does_not_wait_for_it() {
    let (_far, path) = line();
    let mut near = Box::new(Serial::open(&path, 19_200).unwrap());
    near.write(&pattern(65_536), within(100)).unwrap_err();
    let started = Instant::now();
    // A pseudo-terminal keeps what was not read at the far end, so its own queue may be empty.
    let closed = near.close(within(200));
    assert!(matches!(closed, Ok(Closed::Drained) | Err(CloseError(LineFault::Stalled))), "{closed:?}");
    assert!(started.elapsed() < Duration::from_millis(1_000));
    // The port is free again, at once.
    drop(Serial::open(&path, 19_200).unwrap());
}

#[test]
fn a_deadline_that_has_passed_sends_nothing() {
    let (mut far, path) = line();
    let mut near = Serial::open(&path, 19_200).unwrap();
    let error = near.write(b"late", Instant::now()).unwrap_err();
    assert_eq!(error, WriteError { accepted: 0, fault: LineFault::Stalled });
    assert_eq!(drain(&mut far), b"");
}

#[test]
fn an_unplugged_line_is_gone() {
    let (far, path) = line();
    let mut near = Box::new(Serial::open(&path, 19_200).unwrap());
    drop(far);
    let error = near.write(b"HELLO", within(1_000)).unwrap_err();
    assert_eq!(error, WriteError { accepted: 0, fault: LineFault::Gone });
    assert_eq!(error.reason(), DeviceReason::Unreachable);
    assert_eq!(near.read(&mut [0; 8], within(1_000)).unwrap_err().0, LineFault::Gone);
}

#[test]
fn a_line_unplugged_while_it_is_stalled_is_gone_and_not_stalled() {
    let (far, path) = line();
    let mut near = Serial::open(&path, 19_200).unwrap();
    let (unplug, unplugged) = mpsc::channel::<()>();
    let holder = thread::spawn(move || {
        // Holds the far end for 200 ms, unless told to let go earlier.
        let _ = unplugged.recv_timeout(Duration::from_millis(200));
        drop(far);
    });
    let started = Instant::now();
    let error = near.write(&pattern(65_536), within(10_000)).unwrap_err();
    assert_eq!(error.fault, LineFault::Gone);
    assert!(started.elapsed() < Duration::from_millis(5_000));
    drop(unplug);
    holder.join().unwrap();
}

#[test]
fn answers_are_read_and_silence_is_not_an_error() {
    let (mut far, path) = line();
    let mut near = Serial::open(&path, 19_200).unwrap();
    assert_eq!(near.read(&mut [0; 8], within(50)), Ok(0));
    std::io::Write::write_all(&mut far, &[0x12]).unwrap();
    let mut buffer = [0; 8];
    assert_eq!(near.read(&mut buffer, within(1_000)), Ok(1));
    assert_eq!(buffer[0], 0x12);
}

#[test]
fn a_port_belongs_to_one_program() {
    let (_far, path) = line();
    let _first = Serial::open(&path, 19_200).unwrap();
    let error = Serial::open(&path, 19_200).err().unwrap();
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
    assert_eq!(error.reason(), DeviceReason::InUse);
}

#[test]
fn a_port_that_is_not_there_and_a_path_that_is_no_port() {
    let missing = Serial::open("/dev/ttyUSB99", 9_600).err().unwrap();
    assert_eq!(missing.reason(), DeviceReason::Unreachable, "{missing}");
    let file = tempfile::NamedTempFile::new().unwrap();
    let no_port = Serial::open(file.path().to_str().unwrap(), 9_600).err().unwrap();
    assert_eq!(no_port.reason(), DeviceReason::ConfigInvalid, "{no_port}");
    let (_far, path) = line();
    let no_speed = Serial::open(&path, 0).err().unwrap();
    assert_eq!(no_speed.reason(), DeviceReason::ConfigInvalid, "{no_speed}");
}
