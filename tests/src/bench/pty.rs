//! `print.first_byte` and `scan.pty`: from a commit to the first byte on a serial line, and from a scan on one to the line
//! of the sale, with the till's own threads; against a bare thread that does the same on a line of its own.

use super::figures::Row;
use super::ours::{LINES, basket};
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{OWNER, PIN, kept};
use crate::surroundings::ScriptClock;
use devices::simulated::SerialLine;
use devices::transport::serial::Serial;
use devices::{Devices, Found, OpenError, ScannerPort, Sound, SystemDevices, Transport};
use domain::code::Code;
use domain::device::{PrinterSettings, ScannerSettings};
use domain::time::Moment;
use serde_json::{Value, json};
use std::cell::Cell;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use terminal::Clock;
use wire::receipt::PrintJobList;
use wire::sale::SaleView;

/// Each against the bare thread at most.
const MOST: f64 = 2.0;
/// Scans of a sale.
const SCANS_OF_A_SALE: usize = 20;
/// How long any single step may take.
const STEP_MAX: Duration = Duration::from_secs(20);
const BAUD: u32 = 38_400;

/// Measures the row `print.first_byte`.
///
/// # Errors
/// When there are no pseudo-terminals, or the till refuses something.
pub fn measure_first_byte(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = till::settled_copy(&shop, &programs.work.join("first-byte"))?;
    let (name, bare_name) = (folder.join("printer"), folder.join("bare-printer"));
    let (ours_far, bare_far) = (FarEnd::listen(&name)?, FarEnd::listen(&bare_name)?);
    let bare = Bare::start(&folder.join("bare.db"), &bare_name)?;
    let codes = till::codes(&size.shop)?;
    let (terminal, clock) = till::open_watched(&folder, 2, Arc::new(SystemDevices::new()), Looks::at)?;
    let mut desk = Desk::new(&terminal, 2);
    desk.sign_in(OWNER, PIN)?;
    let printer = json!({
        "profile": "generic-80", "connection": { "via": "serial", "port": name, "baud": BAUD }, "asks_status": false,
    });
    set_up(&mut desk, "receipt_printer", printer)?;
    let workers = terminal.start_workers();
    let quiet = size.wait();
    let mut draw = Draw::new(size.shop.seed, 78);
    let mut rounds = Vec::new();
    for round in 0..=size.rounds {
        let (mut times, mut bare_times) = (Vec::new(), Vec::new());
        for _ in 0..size.sales {
            clock.pass(1_000);
            let sale = fill(&mut desk, basket(&mut draw, &codes, LINES))?;
            let cash = [json!({ "kind": "cash", "amount": null })];
            let pay = json!({ "sale": sale.sale, "tenders": cash, "total": null });
            let envelope = desk.envelope("sale.complete", &pay)?;
            // What the last sale sent has long arrived: a bare turn lies between.
            ours_far.forget();
            desk.send(&envelope)?;
            let committed = LOOKED.get().ok_or("the till does not look at the clock")?;
            times.push(ours_far.first_after(committed)?);
            // Everything has come out before anything else is measured.
            wait_until("the printer is done", || {
                let list: PrintJobList = desk.call("print_job.list", &json!({}))?;
                Ok(list.jobs.is_empty())
            })?;
            bare_far.forget();
            let committed = Instant::now();
            bare.print(committed)?;
            bare_times.push(bare_far.first_after(committed)?);
        }
        if round > 0 {
            rounds.push((times, bare_times));
        }
    }
    drop(workers);
    let against =
        "a bare thread that is woken, commits one row durably, opens a line and writes the same bytes";
    let mut row = Row::of_rounds("print.first_byte", against, &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    judged(row, &folder)
}

/// Measures the row `scan.pty`.
///
/// # Errors
/// When there are no pseudo-terminals, or the till refuses something.
pub fn measure_scan(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = till::settled_copy(&shop, &programs.work.join("scan-pty"))?;
    let (name, bare_name) = (folder.join("scanner"), folder.join("bare-scanner"));
    let fails = |error: std::io::Error| error.to_string();
    let mut line = SerialLine::lay(&name).map_err(fails)?;
    let mut bare_line = SerialLine::lay(&bare_name).map_err(fails)?;
    let codes = till::codes(&size.shop)?;
    let (beeps, beeped) = channel();
    let devices = Beeping { system: SystemDevices::new(), beeps: Mutex::new(beeps) };
    let (terminal, clock) = till::open_with(&folder, 2, Arc::new(devices))?;
    // The scanner belongs to who signed on first; each has a sale of their own.
    let (mut bare_desk, mut desk) = (Desk::new(&terminal, 3), Desk::new(&terminal, 2));
    let others = bare_desk.operators()?;
    let (other, _) = others.iter().find(|(name, _)| name != OWNER).ok_or("there is one operator only")?;
    desk.sign_in(OWNER, PIN)?;
    bare_desk.sign_in(other, PIN)?;
    let connection = json!({ "via": "serial", "port": name, "baud": BAUD });
    let scanner = json!({ "connection": connection, "prefix": "", "suffix": "", "same_within_ms": 0 });
    set_up(&mut desk, "scanner", scanner)?;
    let workers = terminal.start_workers();
    wait_until("the scanner is ready", || {
        let list: Value = desk.call("device.status", &json!({}))?;
        let all = list["devices"].as_array().ok_or("there are no devices")?;
        Ok(all.iter().any(|device| device["role"] == "scanner" && device["state"] == "ready"))
    })?;
    let mut bare = Serial::open(&bare_name.to_string_lossy(), BAUD).map_err(|error| error.to_string())?;
    let quiet = size.wait();
    let mut draw = Draw::new(size.shop.seed, 79);
    let mut rounds = Vec::new();
    for round in 0..=size.rounds {
        let (mut times, mut bare_times) = (Vec::new(), Vec::new());
        while times.len() < size.sales {
            clock.pass(1_000);
            for code in basket(&mut draw, &codes, SCANS_OF_A_SALE) {
                let sent = format!("{}\r", code.as_str());
                let started = Instant::now();
                line.write_all(sent.as_bytes()).map_err(fails)?;
                let (at, sound) = beeped.recv_timeout(STEP_MAX).map_err(|error| error.to_string())?;
                if sound != Sound::Added {
                    return Err(format!("{} was refused", code.as_str()));
                }
                times.push(nanos(at - started));
                let started = Instant::now();
                bare_line.write_all(sent.as_bytes()).map_err(fails)?;
                let heard = read_code(&mut bare)?;
                let envelope = bare_desk.envelope("sale.scan", &json!({ "code": heard }))?;
                bare_desk.send(&envelope)?;
                bare_times.push(nanos(started.elapsed()));
            }
            for desk in [&mut desk, &mut bare_desk] {
                let current: Value = desk.call("sale.current", &json!({}))?;
                let cash = [json!({ "kind": "cash", "amount": null })];
                let pay = json!({ "sale": current["sale"]["sale"], "tenders": cash, "total": null });
                desk.call::<Value>("sale.complete", &pay)?;
            }
        }
        if round > 0 {
            rounds.push((times, bare_times));
        }
    }
    drop(workers);
    let against = "a bare thread that reads the same bytes on a line of its own and calls sale.scan";
    let mut row = Row::of_rounds("scan.pty", against, &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    judged(row, &folder)
}

fn judged(mut row: Row, folder: &Path) -> Result<Row, String> {
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(row)
}

fn set_up(desk: &mut Desk, role: &str, settings: Value) -> Result<(), String> {
    let view: Value = desk.call("device.settings", &json!({}))?;
    let mut devices = view["devices"].clone();
    devices[role] = settings;
    desk.call::<Value>("device.save_settings", &json!({ "base": view["devices"], "devices": devices }))?;
    Ok(())
}

fn fill(desk: &mut Desk, codes: Vec<Code>) -> Result<SaleView, String> {
    let mut view = None;
    for code in codes {
        view = Some(desk.call::<SaleView>("sale.scan", &json!({ "code": code }))?);
    }
    view.ok_or_else(|| "the basket is empty".to_owned())
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> Result<bool, String>) -> Result<(), String> {
    let started = Instant::now();
    while !is_so()? {
        if started.elapsed() > STEP_MAX {
            return Err(format!("it never came to this: {what}"));
        }
    }
    Ok(())
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// Reads up to the end of a code, and nothing else.
fn read_code(line: &mut Serial) -> Result<String, String> {
    let (mut text, mut buffer) = (Vec::new(), [0; 64]);
    let deadline = Instant::now() + STEP_MAX;
    while text.last() != Some(&b'\r') {
        match line.read(&mut buffer, deadline).map_err(|error| error.to_string())? {
            0 => return Err("the bare scanner is silent".to_owned()),
            count => text.extend(&buffer[..count]),
        }
    }
    text.pop();
    String::from_utf8(text).map_err(|error| error.to_string())
}

/// The device's end of a line, where it is noted when bytes come.
struct FarEnd {
    arrivals: Receiver<Instant>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl FarEnd {
    fn listen(name: &Path) -> Result<Self, String> {
        let mut line = SerialLine::lay(name).map_err(|error| error.to_string())?;
        let (arrived, arrivals) = channel();
        let stopping = Arc::new(AtomicBool::new(false));
        let stops = Arc::clone(&stopping);
        let listen = move || {
            let mut buffer = [0; 4_096];
            while !stops.load(Ordering::Acquire) {
                // Silence is no news; a line that ends is one nobody listens to any more.
                if line.read(&mut buffer).is_ok_and(|count| count > 0)
                    && arrived.send(Instant::now()).is_err()
                {
                    return;
                }
            }
        };
        Ok(Self { arrivals, stopping, thread: Some(thread::spawn(listen)) })
    }

    fn forget(&self) {
        while self.arrivals.try_recv().is_ok() {}
    }

    /// How long after this the first byte came, in nanoseconds.
    fn first_after(&self, committed: Instant) -> Result<u64, String> {
        let at = self.arrivals.recv_timeout(STEP_MAX).map_err(|_| "no byte came")?;
        Ok(nanos(at.saturating_duration_since(committed)))
    }
}

impl Drop for FarEnd {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

thread_local! {
    /// When this thread looked at the till's clock last.
    static LOOKED: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// The till's clock, and when it is looked at. The last look of a command is the first thing it does behind its commit: the
/// answer is made as of then.
struct Looks(Arc<ScriptClock>);

impl Looks {
    fn at(clock: Arc<ScriptClock>) -> Arc<dyn Clock> {
        Arc::new(Self(clock))
    }
}

impl Clock for Looks {
    fn now(&self) -> Moment {
        LOOKED.set(Some(Instant::now()));
        self.0.now()
    }
}

/// A thread that prints as the least program does that keeps to the same rule: what leaves is on the disk before.
struct Bare {
    orders: Sender<Instant>,
    done: Receiver<Result<(), String>>,
}

impl Bare {
    #[expect(clippy::disallowed_methods, reason = "it is the bare one, with pragmas of its own")]
    fn start(database: &Path, name: &Path) -> Result<Self, String> {
        let fails = |error: rusqlite::Error| error.to_string();
        let connection = rusqlite::Connection::open(database).map_err(fails)?;
        connection
            .execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; \
                 create table job (id integer primary key, state text); insert into job values (1, 'queued')",
            )
            .map_err(fails)?;
        let (orders, ordered) = channel::<Instant>();
        let (finished, done) = channel();
        let name = name.to_string_lossy().into_owned();
        let work = move || {
            for _ in ordered {
                let printed = connection
                    .execute("update job set state = 'sending' where id = 1", [])
                    .map_err(fails)
                    .and_then(|_| Serial::open(&name, BAUD).map_err(|error| error.to_string()))
                    .and_then(|mut line| {
                        let pulse = [0x1B, b'p', 0, 25, 250];
                        line.write(&pulse, Instant::now() + STEP_MAX).map_err(|error| error.to_string())
                    });
                if finished.send(printed).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("bare".to_owned()).spawn(work).map_err(|error| error.to_string())?;
        Ok(Self { orders, done })
    }

    fn print(&self, at: Instant) -> Result<(), String> {
        self.orders.send(at).map_err(|error| error.to_string())?;
        self.done.recv_timeout(STEP_MAX).map_err(|error| error.to_string())?
    }
}

/// The system's devices, which say when they were to be heard.
struct Beeping {
    system: SystemDevices,
    beeps: Mutex<Sender<(Instant, Sound)>>,
}

impl Devices for Beeping {
    fn open_printer(&self, settings: &PrinterSettings) -> Result<Box<dyn Transport>, OpenError> {
        self.system.open_printer(settings)
    }

    fn open_drawer(&self, port: &str, baud: u32) -> Result<Box<dyn Transport>, OpenError> {
        self.system.open_drawer(port, baud)
    }

    fn open_scanner(&self, settings: &ScannerSettings) -> Result<Box<dyn ScannerPort>, OpenError> {
        self.system.open_scanner(settings)
    }

    fn sound(&self, sound: Sound) {
        if let Ok(beeps) = self.beeps.lock() {
            // When nobody measures any more, nobody listens.
            let (Ok(()) | Err(_)) = beeps.send((Instant::now(), sound));
        }
    }

    fn serial_ports(&self) -> Vec<String> {
        self.system.serial_ports()
    }

    fn found(&self) -> Vec<Found> {
        self.system.found()
    }
}
