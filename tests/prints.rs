//! Never two unmarked copies, never none without a job that can be seen: a receipt is cut at every byte, in every way,
//! on a serial line and on a network, and the till is killed at every byte. Afterwards somebody looks at the paper and
//! answers what the till asks.

use devices::transport::{CloseError, Closed, ReadError, WriteError};
use devices::{
    Devices, Found, Misbehaviour, OpenError, ScannerPort, SimulatedDevices, SimulatedPrinter, Slack, Sound,
    Transport,
};
use domain::device::{PrinterSettings, ScannerSettings};
use scenarios::seed::desk::Desk;
use scenarios::shop::Place;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use terminal::workers::Next;
use terminal::workers::spooler::Spooler;
use wire::receipt::{PrintJobKind, PrintJobList, PrintJobState, PrintJobView};

/// What happens at a byte of the receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    /// The printer takes no more.
    Stalls,
    /// The line breaks, and what was under way on it is lost.
    Breaks,
    /// The printer is switched off and on: what it had received and not printed is lost too.
    LosesPower,
    /// The paper ends.
    PaperEnds,
    /// The till is killed.
    Killed,
}

/// What the printer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// It answers and repeats the number of a job.
    Numbers,
    /// It answers at any time, and nothing else.
    Status,
    /// It says nothing, or is not asked.
    None,
}

const CUTS: [Cut; 5] = [Cut::Stalls, Cut::Breaks, Cut::LosesPower, Cut::PaperEnds, Cut::Killed];
const VOICES: [Voice; 3] = [Voice::Numbers, Voice::Status, Voice::None];
const LINES: [(&str, Slack); 2] = [("serial", Slack::SERIAL), ("network", Slack::NETWORK)];

/// Simulated devices on whose printer's line the till can die.
#[derive(Clone, Default)]
struct Deadly {
    devices: SimulatedDevices,
    /// After how many bytes of jobs.
    dies_after: Arc<Mutex<Option<usize>>>,
}

impl Devices for Deadly {
    fn open_printer(&self, settings: &PrinterSettings) -> Result<Box<dyn Transport>, OpenError> {
        let line = self.devices.open_printer(settings)?;
        Ok(Box::new(DeadlyLine { line, sent: 0, dies_after: *self.dies_after.lock().unwrap() }))
    }

    fn open_drawer(&self, port: &str, baud: u32) -> Result<Box<dyn Transport>, OpenError> {
        self.devices.open_drawer(port, baud)
    }

    fn open_scanner(&self, settings: &ScannerSettings) -> Result<Box<dyn ScannerPort>, OpenError> {
        self.devices.open_scanner(settings)
    }

    fn sound(&self, sound: Sound) {
        self.devices.sound(sound);
    }

    fn serial_ports(&self) -> Vec<String> {
        self.devices.serial_ports()
    }

    fn found(&self) -> Vec<Found> {
        self.devices.found()
    }
}

struct DeadlyLine {
    line: Box<dyn Transport>,
    sent: usize,
    dies_after: Option<usize>,
}

/// What a till that dies panics with: nothing runs after it.
struct Dead;

impl Transport for DeadlyLine {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        // Questions in real time are no part of a job.
        if bytes.starts_with(&[0x10, 0x04]) {
            return self.line.write(bytes, deadline);
        }
        if let Some(after) = self.dies_after
            && self.sent + bytes.len() >= after
        {
            let (Ok(()) | Err(_)) = self.line.write(&bytes[..after - self.sent], deadline);
            std::panic::resume_unwind(Box::new(Dead));
        }
        self.sent += bytes.len();
        self.line.write(bytes, deadline)
    }

    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError> {
        self.line.read(buffer, deadline)
    }

    fn close(self: Box<Self>, deadline: Instant) -> Result<Closed, CloseError> {
        self.line.close(deadline)
    }
}

/// A till with one simulated printer.
struct Till {
    _folder: tempfile::TempDir,
    place: Place,
    deadly: Deadly,
    open: Option<(scenarios::shop::Till, Spooler)>,
    boots: u32,
}

impl Till {
    fn new(voice: Voice) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::below(folder.path());
        let mut till = Self { _folder: folder, place, deadly: Deadly::default(), open: None, boots: 0 };
        till.start();
        let shop = &mut till.open.as_mut().unwrap().0;
        shop.set_up().unwrap();
        let settings: Value = shop.desk.call("shop.settings", &json!({})).unwrap();
        let mut wordy = settings["shop"].clone();
        wordy["receipt_footer"] = json!([
            "Open from eight to eight",
            "Keep this receipt: goods come back with it",
            "Thank you, and come again as soon as you like, any day"
        ]);
        let save = json!({ "base": settings["shop"], "shop": wordy });
        shop.desk.call::<Value>("shop.save_settings", &save).unwrap();
        let profile = if voice == Voice::Numbers { "epson-tm-t20" } else { "generic-80" };
        let printer = json!({
            "profile": profile, "connection": { "via": "simulated" }, "asks_status": voice != Voice::None,
        });
        // A drawer of its own, whose worker takes no step here: every job of the printer is a receipt.
        let drawer =
            json!({ "connection": { "via": "serial", "port": "/dev/drawer", "baud": 9600, "bytes": "07" } });
        let base = json!({ "receipt_printer": null });
        let devices = json!({ "receipt_printer": printer, "drawer": drawer });
        shop.desk
            .call::<Value>("device.save_settings", &json!({ "base": base, "devices": devices }))
            .unwrap();
        till
    }

    fn printer(&self) -> &SimulatedPrinter {
        self.deadly.devices.printer()
    }

    /// Starts the till, again after it died.
    fn start(&mut self) {
        self.open = None;
        self.boots += 1;
        let mut shop = self.place.start_with(self.boots, Arc::new(self.deadly.clone())).unwrap();
        if self.boots > 1 {
            shop.sign_in().unwrap();
        }
        let spooler = Spooler::new(Arc::clone(&shop.terminal));
        self.open = Some((shop, spooler));
    }

    fn desk(&mut self) -> &mut Desk {
        &mut self.open.as_mut().unwrap().0.desk
    }

    /// Lets the spooler work until there is nothing to do; whether the till lived.
    fn spool(&mut self) -> bool {
        let spooler = &mut self.open.as_mut().unwrap().1;
        match catch_unwind(AssertUnwindSafe(|| while spooler.step() == Next::Again {})) {
            Ok(()) => true,
            Err(death) => {
                assert!(death.is::<Dead>(), "the spooler panicked by itself");
                false
            }
        }
    }

    fn wait(&mut self, ms: i64) {
        self.open.as_mut().unwrap().0.clock.pass(ms);
    }

    /// The job of a receipt: the last one about it.
    fn job(&mut self, number: &str) -> PrintJobView {
        let list: PrintJobList = self.desk().call("print_job.list", &json!({})).unwrap();
        let is_it = |job: &&PrintJobView| job.kind == PrintJobKind::Receipt && job.receipt_number == number;
        list.jobs.into_iter().chain(list.done).find(|job| is_it(&job)).unwrap()
    }
}

/// What of a receipt is on the paper.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Copies {
    /// Begun, and not marked as a duplicate.
    unmarked: u32,
    /// Begun, marked.
    marked: u32,
    /// Whole, from its head to the cut, marked or not.
    whole: u32,
}

/// Looks at the paper as a person does: a receipt begins with its number; it is whole when what belongs to it follows.
fn looked_at(paper: &[String], number: &str) -> Copies {
    let mut copies = Copies::default();
    let head = format!("Receipt {number} ");
    let mut marked = false;
    let mut inside = false;
    for line in paper {
        if line.contains("DUPLICATE") {
            marked = true;
        } else if line.starts_with(&head) {
            inside = true;
            if marked {
                copies.marked += 1;
            } else {
                copies.unmarked += 1;
            }
        } else if line.starts_with("Receipt ") {
            inside = false;
        } else if line == "[cut]" {
            if inside {
                copies.whole += 1;
            }
            (inside, marked) = (false, false);
        }
    }
    copies
}

/// One receipt, cut at one byte.
fn case(till: &mut Till, cut: Cut, after: usize) -> (PrintJobState, Copies) {
    till.printer().tear_off();
    till.printer().switch_off_and_on();
    till.printer().behave();
    // A line that nothing is known of is asked anew.
    till.wait(61_000);
    till.spool();
    let number = till.open.as_mut().unwrap().0.sell(150).unwrap();
    *till.deadly.dies_after.lock().unwrap() = (cut == Cut::Killed).then_some(after);
    match cut {
        Cut::Stalls => till.printer().misbehave(Misbehaviour::StallAfter(after)),
        Cut::Breaks | Cut::LosesPower => till.printer().misbehave(Misbehaviour::ResetAfter(after)),
        Cut::PaperEnds => till.printer().misbehave(Misbehaviour::PaperOutAfter(after)),
        Cut::Killed => {}
    }
    let lived = till.spool();
    *till.deadly.dies_after.lock().unwrap() = None;
    if cut == Cut::LosesPower {
        till.printer().switch_off_and_on();
    }
    if !lived {
        till.start();
    }
    // What a till does first after a start is to look at what it was about to print.
    let state = match till.job(&number).state {
        PrintJobState::Sending => PrintJobState::Uncertain,
        state => state,
    };
    // Nothing more happens by itself that could print a second one.
    till.wait(120_000);
    till.printer().behave();
    till.spool();
    let job = till.job(&number);
    let seen = looked_at(&till.printer().paper(), &number);
    let context = format!("{cut:?} after {after}: {state:?}, then {:?}, {seen:?}", job.state);
    assert!(seen.unmarked <= 1, "{context}");
    match job.state {
        PrintJobState::Printed => assert_eq!(seen.whole, 1, "{context}"),
        PrintJobState::Uncertain => {
            let answer = json!({ "id": job.id, "came_out": seen.whole > 0 });
            till.desk().call::<Value>("print_job.resolve", &answer).unwrap();
            till.spool();
        }
        // It is shown as one of which nobody knows; whoever has no paper in hand prints it again.
        PrintJobState::Unconfirmed => {
            if seen.whole == 0 {
                let sales: Value = till.desk().call("sale.list", &json!({})).unwrap();
                let again = json!({ "sale": sales["sales"][0]["sale"] });
                till.desk().call::<Value>("receipt.reprint", &again).unwrap();
                till.spool();
            }
        }
        other => panic!("{other:?} is no end: {context}"),
    }
    let copies = looked_at(&till.printer().paper(), &number);
    assert!(copies.unmarked <= 1, "{context}, {copies:?}");
    assert!(copies.whole >= 1, "{context}, {copies:?}");
    (state, copies)
}

/// Which bytes: where a line breaks under a printer that tells most, each; elsewhere some, and with more rounds asked for
/// (`TILLKEEPER_KILL_ROUNDS`) each everywhere. What the conversation with the printer makes of each byte is tried in
/// `devices`, where no ledger is written.
fn step(cut: Cut, voice: Voice) -> usize {
    let is_deep = std::env::var_os("TILLKEEPER_KILL_ROUNDS").is_some();
    match (cut, voice) {
        _ if is_deep => 1,
        (Cut::Breaks, Voice::Numbers) => 1,
        // A kill is a new start of the till each time.
        (Cut::Killed, _) => 31,
        _ => 13,
    }
}

/// Bytes of a receipt as these tills print it.
fn length(voice: Voice) -> usize {
    let mut till = Till::new(voice);
    till.open.as_mut().unwrap().0.sell(150).unwrap();
    till.spool();
    till.printer().jobs().last().unwrap().len()
}

#[test]
fn a_receipt_cut_at_every_byte_is_printed_once_or_asked_about() {
    let started = Instant::now();
    let mut tally: BTreeMap<(Cut, String), u32> = BTreeMap::new();
    let mut cases = 0;
    let mut bytes = 0;
    for voice in VOICES {
        let total = length(voice);
        bytes = bytes.max(total);
        for (_, slack) in LINES {
            for cut in CUTS {
                let mut till = Till::new(voice);
                till.printer().set_slack(slack);
                let step = step(cut, voice);
                for after in (0..=total).step_by(step) {
                    let (state, _) = case(&mut till, cut, after);
                    *tally.entry((cut, format!("{state:?}"))).or_default() += 1;
                    cases += 1;
                }
            }
        }
    }
    println!("{cases} cuts of a receipt of {bytes} bytes in {} s: {tally:?}", started.elapsed().as_secs());
    // Each way to be cut had each outcome it can have, or the test cuts nothing.
    for cut in CUTS {
        let uncertain = tally.get(&(cut, "Uncertain".to_owned())).copied().unwrap_or(0);
        assert!(uncertain > 20, "{cut:?}: {tally:?}");
    }
    assert!(cases > 2_000 && bytes >= 700, "{cases} of {bytes} bytes");
}
