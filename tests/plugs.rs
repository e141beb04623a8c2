//! Devices on real lines while they are in use: a plug is pulled and put in again, what a scanner sends comes in pieces
//! and together, two tills print on one network printer. The workers take their steps here; the tills' clocks only move
//! when told.

use devices::simulated::{SerialLine, SerialPrinter};
use devices::{Misbehaviour, NetworkPrinter, SimulatedPrinter, SystemDevices};
use domain::device::{DeviceReason, DeviceRole, DeviceState};
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use terminal::workers::Next;
use terminal::workers::drawer::DrawerKicker;
use terminal::workers::scanner::ScannerWorker;
use terminal::workers::spooler::Spooler;
use wire::device::{DeviceStatus, DeviceStatusList};
use wire::receipt::{PrintJobKind, PrintJobList, PrintJobState, PrintJobView};

/// How long anything may take on a slow machine.
const STEP_MAX: Duration = Duration::from_secs(60);

/// A till with the system's devices.
fn till(folder: &Path, devices: Value) -> Till {
    let mut till = Place::below(folder).start_with(1, Arc::new(SystemDevices::new())).unwrap();
    till.set_up().unwrap();
    let save = json!({ "base": { "receipt_printer": null }, "devices": devices });
    till.desk.call::<Value>("device.save_settings", &save).unwrap();
    till
}

/// Takes steps until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < STEP_MAX, "it never came to this: {what}");
    }
}

fn status(till: &mut Till, role: DeviceRole) -> DeviceStatus {
    let list: DeviceStatusList = till.desk.call("device.status", &json!({})).unwrap();
    list.devices.into_iter().find(|device| device.role == role).unwrap()
}

fn jobs(till: &mut Till, kind: PrintJobKind) -> Vec<PrintJobView> {
    let list: PrintJobList = till.desk.call("print_job.list", &json!({})).unwrap();
    list.jobs.into_iter().chain(list.done).filter(|job| job.kind == kind).collect()
}

/// Lets the spooler work until there is nothing to do.
fn spool(spooler: &mut Spooler) {
    while spooler.step() == Next::Again {}
}

fn serial(name: &Path) -> Value {
    json!({ "via": "serial", "port": name, "baud": 38_400 })
}

/// What the scanner's worker has counted, and the pieces in the open sale.
fn counted(till: &mut Till) -> (u64, u64, u64, i64) {
    let current: Value = till.desk.call("sale.current", &json!({})).unwrap();
    let number = |field: &str| current["scans"][field].as_u64().unwrap();
    (number("read"), number("taken"), number("refused"), current["sale"]["pieces"].as_i64().unwrap_or(0))
}

#[test]
fn a_scanner_sends_in_pieces_and_together_and_is_pulled_out_in_the_middle_of_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("scanner");
    let scanner = json!({ "connection": serial(&name), "prefix": "", "suffix": "", "same_within_ms": 0 });
    let mut till = till(folder.path(), json!({ "receipt_printer": null, "scanner": scanner }));
    let tax: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let product = json!({
        "name": "Milk", "sku": null, "codes": ["5449000000996"], "category": null, "unit": "each", "picture": null,
        "tax_category": tax["tax_categories"][0]["id"], "prices": [{ "from": "2026-01-01", "price": 1_000_000 }],
        "status": "active",
    });
    till.desk.call::<Value>("product.save", &json!({ "product": product })).unwrap();
    let mut worker = ScannerWorker::new(Arc::clone(&till.terminal));

    // Nobody is there yet: that is said, and is no error.
    worker.step();
    let absent = status(&mut till, DeviceRole::Scanner);
    assert_eq!((absent.state, absent.reason), (DeviceState::NotReady, Some(DeviceReason::Unreachable)));

    let mut line = SerialLine::lay(&name).unwrap();
    let mut reads = |till: &mut Till, line: &mut SerialLine, pieces: &[&str], wanted| {
        for piece in pieces {
            line.write_all(piece.as_bytes()).unwrap();
        }
        until(&format!("{pieces:?} come to {wanted:?}"), || {
            worker.step();
            counted(till) == wanted
        });
    };
    reads(&mut till, &mut line, &[], (0, 0, 0, 0));
    // In pieces as small as they come, together, and both: one and a half and a half.
    reads(&mut till, &mut line, &["5", "4490000", "0099", "6", "\r"], (1, 1, 0, 1));
    reads(&mut till, &mut line, &["5449000000996\r5449000000996\r\n5449000000996\t"], (4, 4, 0, 4));
    reads(&mut till, &mut line, &["5449000000996\r54490", "00000996\r"], (6, 6, 0, 6));
    // On nothing: refused, and counted.
    reads(&mut till, &mut line, &["4006381333931\r"], (7, 6, 1, 6));
    assert_eq!(status(&mut till, DeviceRole::Scanner).state, DeviceState::Ready);

    // The plug is pulled in the middle of a code, and put in again: half a code is none, and joins no other.
    line.write_all(b"544900").unwrap();
    drop(line);
    until("the scanner is gone", || {
        worker.step();
        status(&mut till, DeviceRole::Scanner).state == DeviceState::NotReady
    });
    let mut line = SerialLine::lay(&name).unwrap();
    until("the scanner is there again", || {
        worker.step();
        status(&mut till, DeviceRole::Scanner).state == DeviceState::Ready
    });
    line.write_all(b"5449000000996\r").unwrap();
    until("the next code is rung up", || {
        worker.step();
        counted(&mut till).1 == 7
    });
    let (read, taken, refused, pieces) = counted(&mut till);
    assert_eq!((taken, pieces), (7, 7));
    assert_eq!(read, taken + refused);
    let list: DeviceStatusList = till.desk.call("device.status", &json!({})).unwrap();
    assert_eq!((list.scans.read, list.scans.taken, list.scans.refused), (read, taken, refused));
}

#[test]
fn a_drawer_that_is_plugged_in_again_opens_once_and_only_for_what_just_happened() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("drawer");
    let connection = json!({ "via": "serial", "port": name, "baud": 9_600, "bytes": "1b70001932" });
    let mut till =
        till(folder.path(), json!({ "receipt_printer": null, "drawer": { "connection": connection } }));
    let mut worker = DrawerKicker::new(Arc::clone(&till.terminal));
    let mut kick = |till: &mut Till| {
        till.clock.pass(1_000);
        while worker.step() == Next::Again {}
        jobs(till, PrintJobKind::Kick).iter().map(|job| job.state).collect::<Vec<_>>()
    };
    let received = |line: &mut SerialLine, wanted: usize| {
        let (mut all, mut some) = (Vec::<u8>::new(), [0; 64]);
        until("the drawer heard it", || {
            match line.read(&mut some) {
                Ok(count) => all.extend(&some[..count]),
                Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::TimedOut),
            }
            all.len() >= wanted
        });
        all
    };
    const PULSE: [u8; 5] = [0x1B, 0x70, 0, 0x19, 0x32];

    let mut line = SerialLine::lay(&name).unwrap();
    till.sell(150).unwrap();
    assert_eq!(kick(&mut till), [PrintJobState::Printed]);
    assert_eq!(received(&mut line, 5), PULSE);

    // Pulled out: the kick waits for its seconds and says why.
    drop(line);
    till.sell(150).unwrap();
    assert_eq!(kick(&mut till), [PrintJobState::Queued, PrintJobState::Printed]);
    assert_eq!(status(&mut till, DeviceRole::Drawer).reason, Some(DeviceReason::Unreachable));
    let mut line = SerialLine::lay(&name).unwrap();
    assert_eq!(kick(&mut till), [PrintJobState::Printed; 2]);
    assert_eq!(received(&mut line, 5), PULSE);
    assert_eq!(status(&mut till, DeviceRole::Drawer).state, DeviceState::Ready);

    // Plugged in again a minute later: nobody is served by a drawer that springs open then.
    drop(line);
    till.sell(150).unwrap();
    kick(&mut till);
    till.clock.pass(60_000);
    let mut line = SerialLine::lay(&name).unwrap();
    assert_eq!(kick(&mut till), [PrintJobState::Expired, PrintJobState::Printed, PrintJobState::Printed]);
    till.sell(150).unwrap();
    kick(&mut till);
    assert_eq!(received(&mut line, 5), PULSE, "one pulse, for the last sale");
}

#[test]
fn a_printer_that_is_pulled_out_in_the_middle_is_asked_about_and_prints_again_when_plugged_in() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("printer");
    let printer = SimulatedPrinter::new();
    // A drawer of its own, whose worker takes no step here: every job of the printer is a receipt.
    let drawer = json!({ "via": "serial", "port": "/dev/no-drawer", "baud": 9_600, "bytes": "07" });
    let settings = json!({ "profile": "epson-tm-t20", "connection": serial(&name), "asks_status": true });
    let devices = json!({ "receipt_printer": settings, "drawer": { "connection": drawer } });
    let mut till = till(folder.path(), devices);
    let mut spooler = Spooler::new(Arc::clone(&till.terminal));
    let receipts = |till: &mut Till| jobs(till, PrintJobKind::Receipt);
    let cuts = || printer.paper().iter().filter(|line| *line == "[cut]").count();

    let plugged = SerialPrinter::plug(&printer, &name).unwrap();
    till.sell(150).unwrap();
    spool(&mut spooler);
    assert_eq!(receipts(&mut till)[0].state, PrintJobState::Printed);
    assert_eq!(cuts(), 1);

    // It takes three hundred bytes; then somebody stumbles over the cable.
    let before = printer.received().len();
    printer.misbehave(Misbehaviour::StallAfter(before + 300));
    let watched = printer.clone();
    let stumbles = thread::spawn(move || {
        until("the printer is in the middle", || watched.received().len() >= before + 300);
        drop(plugged);
    });
    till.sell(150).unwrap();
    spool(&mut spooler);
    stumbles.join().unwrap();
    let job = receipts(&mut till).remove(0);
    assert_eq!((job.state, job.reason), (PrintJobState::Uncertain, Some(DeviceReason::Unreachable)));
    assert_eq!(cuts(), 1);

    // What is sold meanwhile waits, and comes out once the printer is there again.
    till.clock.pass(2_000);
    till.sell(250).unwrap();
    spool(&mut spooler);
    let waiting = receipts(&mut till).into_iter().find(|job| job.state == PrintJobState::Queued).unwrap();
    assert_eq!(waiting.reason, Some(DeviceReason::Unreachable));
    printer.switch_off_and_on();
    printer.behave();
    let _plugged = SerialPrinter::plug(&printer, &name).unwrap();
    till.clock.pass(60_000);
    spool(&mut spooler);
    let answer = json!({ "id": job.id, "came_out": false });
    till.desk.call::<Value>("print_job.resolve", &answer).unwrap();
    spool(&mut spooler);
    let paper = printer.paper();
    assert_eq!(cuts(), 3, "{paper:?}");
    assert_eq!(paper.iter().filter(|line| line.contains("DUPLICATE")).count(), 1, "{paper:?}");
}

/// A shop's second till, or the only one.
fn network_till(folder: &Path, address: std::net::SocketAddr) -> (Till, Spooler) {
    let connection = json!({ "via": "tcp", "host": "127.0.0.1", "port": address.port() });
    let drawer = json!({ "via": "serial", "port": "/dev/no-drawer", "baud": 9_600, "bytes": "07" });
    let printer = json!({ "profile": "epson-tm-t20", "connection": connection, "asks_status": true });
    let till = till(folder, json!({ "receipt_printer": printer, "drawer": { "connection": drawer } }));
    let spooler = Spooler::new(Arc::clone(&till.terminal));
    (till, spooler)
}

#[test]
fn two_tills_on_one_network_printer_print_whole_receipts_one_after_the_other() {
    const SALES: usize = 8;
    let printer = SimulatedPrinter::new();
    let network = NetworkPrinter::start(&printer).unwrap();
    let address = network.address();
    let tills = [(); 2].map(|()| {
        thread::spawn(move || {
            let folder = tempfile::tempdir().unwrap();
            let (mut till, mut spooler) = network_till(folder.path(), address);
            for _ in 0..SALES {
                till.sell(150).unwrap();
                spool(&mut spooler);
            }
            // What waited while the other was served comes out without anybody's doing.
            until("everything came out", || {
                till.clock.pass(2_000);
                spool(&mut spooler);
                jobs(&mut till, PrintJobKind::Receipt)
                    .iter()
                    .all(|job| matches!(job.state, PrintJobState::Printed | PrintJobState::Unconfirmed))
            });
        })
    });
    for till in tills {
        till.join().unwrap();
    }
    let paper = printer.paper();
    let mut inside = false;
    let (mut heads, mut cuts) = (std::collections::BTreeMap::<String, usize>::new(), 0);
    for line in &paper {
        if line.starts_with("Receipt ") {
            assert!(!inside, "one receipt begins in another: {paper:?}");
            inside = true;
            *heads.entry(line.split(' ').nth(1).unwrap().to_owned()).or_default() += 1;
        } else if line == "[cut]" {
            assert!(inside, "the end of a receipt that has not begun: {paper:?}");
            inside = false;
            cuts += 1;
        }
    }
    assert_eq!((heads.len(), cuts), (SALES, 2 * SALES), "{heads:?}");
    assert!(heads.values().all(|each| *each == 2), "each till printed each of its receipts once: {heads:?}");
    assert!(!paper.iter().any(|line| line.contains("DUPLICATE")));
}

#[test]
fn a_till_waits_while_another_has_the_printer_and_says_why() {
    let printer = SimulatedPrinter::new();
    let network = NetworkPrinter::start(&printer).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut till, mut spooler) = network_till(folder.path(), network.address());
    till.sell(150).unwrap();
    spool(&mut spooler);
    assert_eq!(jobs(&mut till, PrintJobKind::Receipt)[0].state, PrintJobState::Printed);

    // Another till is in the middle of a receipt.
    let mut other = TcpStream::connect(network.address()).unwrap();
    other.write_all(b"Receipt of another till\n").unwrap();
    until("the printer serves the other one", || {
        printer.paper().last().is_some_and(|line| line.contains("another"))
    });
    till.clock.pass(1_000);
    till.sell(250).unwrap();
    spool(&mut spooler);
    let job = jobs(&mut till, PrintJobKind::Receipt).remove(0);
    assert_eq!((job.state, job.reason), (PrintJobState::Queued, Some(DeviceReason::InUse)));
    let status = status(&mut till, DeviceRole::ReceiptPrinter);
    assert_eq!((status.state, status.reason), (DeviceState::NotReady, Some(DeviceReason::InUse)));
    assert_eq!(printer.paper().last().unwrap(), "Receipt of another till");

    // It is done: the receipt comes out, once.
    other.write_all(b"\x1DV\0").unwrap();
    drop(other);
    until("the receipt came out", || {
        till.clock.pass(2_000);
        spool(&mut spooler);
        jobs(&mut till, PrintJobKind::Receipt)[0].state == PrintJobState::Printed
    });
    let paper = printer.paper();
    assert_eq!(paper.iter().filter(|line| *line == "[cut]").count(), 3, "{paper:?}");
}
