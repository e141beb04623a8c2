//! Network printers against a listener on this machine: printed, stalled, reset, refused, unknown.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use devices::transport::tcp::Tcp;
use devices::{Closed, LineFault, OpenError, Transport};
use domain::device::DeviceReason;

fn within(milliseconds: u64) -> Instant {
    Instant::now() + Duration::from_millis(milliseconds)
}

/// A printer that does `serve` with its one connection.
fn printer<T: Send + 'static>(
    serve: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (u16, thread::JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (port, thread::spawn(move || serve(listener.accept().unwrap().0)))
}

#[test]
fn a_receipt_arrives_and_the_printer_hangs_up() {
    let (port, printed) = printer(|mut stream| {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        all
    });
    let mut line = Box::new(Tcp::connect("127.0.0.1", port, within(2_000)).unwrap());
    line.write(&[b'a'; 100_000], within(2_000)).unwrap();
    assert_eq!(line.close(within(2_000)), Ok(Closed::Drained));
    assert_eq!(printed.join().unwrap(), [b'a'; 100_000]);
}

#[test]
fn a_host_is_found_by_its_name() {
    let (port, printed) = printer(|mut stream| {
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        all
    });
    let mut line = Box::new(Tcp::connect("localhost", port, within(2_000)).unwrap());
    line.write(b"by name", within(2_000)).unwrap();
    line.close(within(2_000)).unwrap();
    assert_eq!(printed.join().unwrap(), "by name");
}

#[test]
fn a_printer_that_never_hangs_up_is_unconfirmed_at_the_deadline() {
    let (done, until_done) = mpsc::channel::<()>();
    let (port, printed) = printer(move |stream| {
        // Holds the connection without a word until the test is over.
        let _ = until_done.recv();
        drop(stream);
    });
    let mut line = Box::new(Tcp::connect("127.0.0.1", port, within(2_000)).unwrap());
    line.write(b"RECEIPT", within(1_000)).unwrap();
    let started = Instant::now();
    assert_eq!(line.close(within(300)), Ok(Closed::Unconfirmed));
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_millis(1_500), "{took:?}");
    drop(done);
    printed.join().unwrap();
}

#[test]
fn a_stalled_printer_is_given_up_at_the_deadline_with_the_exact_count() {
    let (go_on, gone_on) = mpsc::channel::<()>();
    let (port, printed) = printer(move |mut stream| {
        gone_on.recv().unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        all
    });
    let bytes: Vec<u8> = (0..64_000_000_u32).map(|index| index.to_le_bytes()[0]).collect();
    let mut line = Box::new(Tcp::connect("127.0.0.1", port, within(2_000)).unwrap());
    let started = Instant::now();
    let error = line.write(&bytes, within(500)).unwrap_err();
    let took = started.elapsed();
    assert_eq!(error.fault, LineFault::Stalled);
    assert!(took >= Duration::from_millis(500) && took < Duration::from_millis(2_000), "{took:?}");
    assert!(error.accepted > 0 && error.accepted < bytes.len());
    go_on.send(()).unwrap();
    line.close(within(5_000)).unwrap();
    assert!(printed.join().unwrap() == bytes[..error.accepted], "what was accepted is what arrived");
}

#[test]
fn a_connection_reset_before_everything_was_read_is_never_drained() {
    let (port, printed) = printer(|mut stream| {
        // Takes a little and goes away with the rest unread, which resets the connection.
        stream.read_exact(&mut [0; 10]).unwrap();
        stream.peek(&mut [0; 1]).unwrap();
    });
    let mut line = Box::new(Tcp::connect("127.0.0.1", port, within(2_000)).unwrap());
    line.write(&[b'a'; 10_000], within(2_000)).unwrap();
    printed.join().unwrap();
    assert_eq!(line.close(within(2_000)).unwrap_err().0, LineFault::Gone);
}

#[test]
fn writing_to_a_connection_that_was_reset_fails() {
    let (port, printed) = printer(|mut stream| stream.read_exact(&mut [0; 10]).unwrap());
    let mut line = Tcp::connect("127.0.0.1", port, within(2_000)).unwrap();
    line.write(&[b'a'; 10_000], within(2_000)).unwrap();
    printed.join().unwrap();
    // The kernel may take one more write before it hears of the reset.
    let faults: Vec<_> = (0..50)
        .filter_map(|_| line.write(&[b'b'; 10_000], within(500)).err())
        .map(|error| error.fault)
        .collect();
    assert!(faults.contains(&LineFault::Gone), "{faults:?}");
}

#[test]
fn a_printer_that_is_off_is_unreachable() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = Tcp::connect("127.0.0.1", port, within(2_000)).err().unwrap();
    assert_eq!(error.reason(), DeviceReason::Unreachable, "{error}");
}

#[test]
fn a_name_nobody_has_is_unreachable_in_time() {
    let started = Instant::now();
    let error = Tcp::connect("no-such-printer.invalid", 9100, within(1_000)).err().unwrap();
    assert_eq!(error.reason(), DeviceReason::Unreachable, "{error}");
    assert!(started.elapsed() < Duration::from_millis(2_000));
}

#[test]
fn settings_that_name_nothing_are_invalid() {
    for (host, port) in [("", 9100), ("printer", 0)] {
        let error = Tcp::connect(host, port, within(100)).err().unwrap();
        assert!(matches!(error, OpenError::ConfigInvalid(_)), "{error}");
    }
}

#[test]
fn answers_are_read_and_silence_is_not_an_error() {
    let (port, printed) = printer(|mut stream| {
        let mut request = [0; 3];
        stream.read_exact(&mut request).unwrap();
        std::io::Write::write_all(&mut stream, &[0x12]).unwrap();
        request
    });
    let mut line = Tcp::connect("127.0.0.1", port, within(2_000)).unwrap();
    let mut buffer = [0; 8];
    assert_eq!(line.read(&mut buffer, within(50)), Ok(0));
    line.write(&[0x10, 0x04, 0x01], within(1_000)).unwrap();
    assert_eq!(line.read(&mut buffer, within(1_000)), Ok(1));
    assert_eq!(buffer[0], 0x12);
    printed.join().unwrap();
    assert_eq!(line.read(&mut buffer, within(1_000)).unwrap_err().0, LineFault::Gone);
}
