//! The till whose prints are cut: a shop with one simulated printer, on whose line the till itself can die.

use devices::transport::{CloseError, Closed, ReadError, WriteError};
use devices::{Devices, Found, OpenError, ScannerPort, SimulatedDevices, SimulatedPrinter, Sound, Transport};
use domain::device::{PrinterSettings, ScannerSettings};
use scenarios::seed::desk::Desk;
use scenarios::shop::Place;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use terminal::workers::Next;
use terminal::workers::spooler::Spooler;
use wire::receipt::{PrintJobKind, PrintJobList, PrintJobView};

/// What the printer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// It answers and repeats the number of a job.
    Numbers,
    /// It answers at any time, and nothing else.
    Status,
    /// It says nothing, or is not asked.
    None,
}

/// Every voice.
pub const VOICES: [Voice; 3] = [Voice::Numbers, Voice::Status, Voice::None];

/// What stands under a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footer {
    /// Letters of the printer's own.
    Text,
    /// Scripts it has no letters for: they are sent as pictures.
    Raster,
}

impl Footer {
    fn lines(self) -> Value {
        match self {
            Self::Text => json!([
                "Open from eight to eight",
                "Keep this receipt: goods come back with it",
                "Thank you, and come again as soon as you like, any day"
            ]),
            // Lines of text between them, as neighbouring ones are one picture.
            Self::Raster => json!([
                "شكرا لزيارتكم",
                "Open from eight to eight",
                "نفتح من الثامنة إلى الثامنة",
                "Welcome",
                "البضاعة ترد مع هذه الوثيقة"
            ]),
        }
    }
}

/// Simulated devices on whose printer's line the till can die.
#[derive(Clone, Default)]
pub struct Deadly {
    devices: SimulatedDevices,
    /// After how many bytes of jobs.
    pub dies_after: Arc<Mutex<Option<usize>>>,
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
pub struct Till {
    _folder: tempfile::TempDir,
    place: Place,
    /// Its devices.
    pub deadly: Deadly,
    open: Option<(scenarios::shop::Till, Spooler)>,
    boots: u32,
}

impl Till {
    /// Set up, with somebody signed on.
    pub fn new(voice: Voice, footer: Footer) -> Self {
        // The till dies here, never the machine: what it writes need not reach a disk.
        let memory = std::path::Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let place = Place::below(folder.path());
        let mut till = Self { _folder: folder, place, deadly: Deadly::default(), open: None, boots: 0 };
        till.start();
        let shop = &mut till.open.as_mut().unwrap().0;
        shop.set_up().unwrap();
        let settings: Value = shop.desk.call("shop.settings", &json!({})).unwrap();
        let mut wordy = settings["shop"].clone();
        wordy["receipt_footer"] = footer.lines();
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

    /// Its printer.
    pub fn printer(&self) -> &SimulatedPrinter {
        self.deadly.devices.printer()
    }

    /// Starts the till, again after it died.
    pub fn start(&mut self) {
        self.open = None;
        self.boots += 1;
        let mut shop = self.place.start_with(self.boots, Arc::new(self.deadly.clone())).unwrap();
        if self.boots > 1 {
            shop.sign_in().unwrap();
        }
        let spooler = Spooler::new(Arc::clone(&shop.terminal));
        self.open = Some((shop, spooler));
    }

    /// Who is signed on.
    pub fn desk(&mut self) -> &mut Desk {
        &mut self.open.as_mut().unwrap().0.desk
    }

    /// Lets the spooler work until there is nothing to do; whether the till lived.
    pub fn spool(&mut self) -> bool {
        let spooler = &mut self.open.as_mut().unwrap().1;
        match catch_unwind(AssertUnwindSafe(|| while spooler.step() == Next::Again {})) {
            Ok(()) => true,
            Err(death) => {
                assert!(death.is::<Dead>(), "the spooler panicked by itself");
                false
            }
        }
    }

    /// Lets time pass.
    pub fn wait(&mut self, ms: i64) {
        self.open.as_mut().unwrap().0.clock.pass(ms);
    }

    /// The job of a receipt: the last one about it.
    pub fn job(&mut self, number: &str) -> PrintJobView {
        let list: PrintJobList = self.desk().call("print_job.list", &json!({})).unwrap();
        let is_it = |job: &&PrintJobView| job.kind == PrintJobKind::Receipt && job.receipt_number == number;
        list.jobs.into_iter().chain(list.done).find(|job| is_it(&job)).unwrap()
    }

    /// Sells something; the receipt's number.
    pub fn sell(&mut self) -> String {
        self.open.as_mut().unwrap().0.sell(150).unwrap()
    }

    /// The bytes of a receipt as this till prints it.
    pub fn receipt(&mut self) -> Vec<u8> {
        self.sell();
        self.spool();
        self.printer().jobs().pop().unwrap()
    }
}
