//! The program is killed while a receipt leaves it, at a byte of the seed's choice, towards a printer on a real
//! socket or a pseudo-terminal.
//! Afterwards somebody looks at the paper and answers what the till asks: never two unmarked copies, never none without
//! a job that can be seen.

use super::moment::wait_for;
use super::seller::{Seller, set_up};
use super::till::{Place, STEP_MAX, Starting, Till, pause};
use devices::simulated::wire;
use devices::simulated::{SerialLine, SerialPrinter};
use devices::{NetworkPrinter, SimulatedPrinter};
use scenarios::seed::draw::Draw;
use serde_json::{Value, json};
use std::any::Any;
use std::cell::Cell;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is on the paper of one receipt: begun without the mark of a duplicate, and whole.
fn looked_at(paper: &[String], number: &str) -> (usize, usize) {
    let (mut unmarked, mut whole, mut marked, mut inside) = (0, 0, false, false);
    for line in paper {
        if line.contains("DUPLICATE") {
            marked = true;
        } else if line.starts_with("Receipt ") {
            inside = line.starts_with(&format!("Receipt {number} "));
            unmarked += usize::from(inside && !marked);
        } else if line == "[cut]" {
            whole += usize::from(inside);
            (inside, marked) = (false, false);
        }
    }
    (unmarked, whole)
}

/// A stream that ends after so many bytes of jobs: the printer hears no more of this till.
struct Until<'a, S> {
    stream: &'a mut S,
    printer: &'a SimulatedPrinter,
    before: usize,
    after: usize,
    reached: &'a Cell<bool>,
}

impl<S: Read> Read for Until<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.printer.received().len() - self.before >= self.after {
            self.reached.set(true);
            return Ok(0);
        }
        self.stream.read(&mut buffer[..1])
    }
}

impl<S: Write> Write for Until<'_, S> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// How the printer is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// On a socket.
    Network,
    /// On a pseudo-terminal.
    Serial,
}

/// Where the printer is, in all its lives.
enum Socket {
    Network(SocketAddr),
    Serial(PathBuf),
}

/// The printer's end of what the till is in the middle of. What is left unread is gone with it.
enum Line {
    Listener(TcpListener, Option<TcpStream>),
    Serial(SerialLine),
}

/// Takes an address that may not be free yet: a program that another test starts in this moment has our earlier socket
/// too, until it has become that program.
fn taken<T>(take: impl Fn() -> io::Result<T>) -> T {
    let mut taken = None;
    let is_taken = wait_for(STEP_MAX, || {
        taken = take().ok();
        taken.is_some()
    });
    assert!(is_taken, "somebody else listens on the printer's address");
    taken.unwrap()
}

impl Socket {
    fn of(reached: Reached, folder: &Path) -> Self {
        match reached {
            // An address of this process alone: between two lives of the printer nobody else takes the port.
            Reached::Network => {
                let [_, own @ ..] = std::process::id().to_be_bytes();
                Self::Network(SocketAddr::from(([127, own[0], own[1], own[2]], 9_100)))
            }
            Reached::Serial => Self::Serial(folder.join("printer")),
        }
    }

    fn connection(&self) -> Value {
        match self {
            Self::Network(address) => json!({ "via": "tcp", "host": address.ip(), "port": address.port() }),
            Self::Serial(name) => json!({ "via": "serial", "port": name, "baud": 38_400 }),
        }
    }

    /// A printer that works, until what is returned is dropped.
    fn plug(&self, printer: &SimulatedPrinter) -> Box<dyn Any> {
        match self {
            Self::Network(address) => {
                Box::new(taken(|| NetworkPrinter::listen(printer, &address.to_string())))
            }
            Self::Serial(name) => Box::new(SerialPrinter::plug(printer, name).unwrap()),
        }
    }

    /// A line on which nobody listens yet.
    fn lay(&self) -> Line {
        match self {
            Self::Network(address) => Line::Listener(taken(|| TcpListener::bind(address)), None),
            Self::Serial(name) => Line::Serial(SerialLine::lay(name).unwrap()),
        }
    }
}

impl Line {
    /// Serves the till until so many bytes of a job have arrived: it is in the middle then.
    fn serve_until(&mut self, printer: &SimulatedPrinter, after: usize) {
        let reached = Cell::new(false);
        let before = printer.received().len();
        let started = Instant::now();
        while !reached.get() {
            assert!(started.elapsed() < STEP_MAX, "the till does not print");
            let mut memory = printer.open().unwrap();
            match self {
                Self::Listener(listener, connected) => {
                    let (stream, _) = listener.accept().unwrap();
                    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
                    let stream = connected.insert(stream);
                    let mut until = Until { stream, printer, before, after, reached: &reached };
                    wire::serve(&mut memory, &mut until, &|| reached.get());
                }
                Self::Serial(stream) => {
                    let mut until = Until { stream, printer, before, after, reached: &reached };
                    wire::serve(&mut memory, &mut until, &|| reached.get());
                }
            }
        }
    }
}

/// Asks until the receipt's job is in one of these states.
fn job_in(seller: &mut Seller, till: &Till, number: &str, states: &[&str]) -> Value {
    let started = Instant::now();
    loop {
        let list = seller.call(till, "print_job.list", json!({}));
        let all = list["jobs"].as_array().unwrap().iter().chain(list["done"].as_array().unwrap());
        let mut of_it = all.filter(|job| job["kind"] == "receipt" && job["receipt_number"] == number);
        if let Some(job) = of_it.find(|job| states.iter().any(|state| job["state"] == *state)) {
            return job.clone();
        }
        assert!(started.elapsed() < STEP_MAX, "{number} is never {states:?}: {list}");
        pause(Duration::from_millis(20));
    }
}

/// What the kills came to.
#[derive(Debug, Default)]
pub struct Prints {
    /// Kills.
    pub kills: u32,
    /// Receipts that were asked about and had not come out.
    pub not_out: u32,
    /// Receipts that were asked about and had.
    pub out: u32,
    /// Bytes of a receipt.
    pub bytes: usize,
}

/// Kills the program at these places of a receipt; `None`: at every byte.
pub fn killed_while_it_prints(
    folder: &Path,
    draw: &mut Draw,
    kills: Option<u32>,
    reached: Reached,
) -> Prints {
    let place = Place::below(folder);
    let mut owner = set_up(&place).remove(0);
    let mut prints = Prints::default();
    let printer = SimulatedPrinter::new();
    let socket = Socket::of(reached, folder);
    let plugged = socket.plug(&printer);
    let mut till = Starting::of(&place).listening();
    owner.sign_on(&till);
    let connection = socket.connection();
    let devices = json!({
        "receipt_printer": { "profile": "epson-tm-t20", "connection": connection },
        "drawer": { "connection": { "via": "serial", "port": "/dev/no-drawer", "baud": 9600, "bytes": "07" } },
    });
    let save = json!({ "base": { "receipt_printer": null }, "devices": devices });
    owner.call(&till, "device.save_settings", save);
    let first = sold(&mut owner, &till);
    job_in(&mut owner, &till, &first, &["printed"]);
    prints.bytes = printer.received().len();
    drop(plugged);
    let offsets: Vec<usize> = match kills {
        Some(kills) => {
            let most = u64::try_from(prints.bytes).unwrap();
            (0..kills).map(|_| usize::try_from(draw.between(1, most)).unwrap()).collect()
        }
        None => (1..=prints.bytes).collect(),
    };
    for after in offsets {
        let mut line = socket.lay();
        printer.tear_off();
        printer.switch_off_and_on();
        let number = sold(&mut owner, &till);
        let before = printer.received().len();
        line.serve_until(&printer, after);
        till.kill();
        let arrived = printer.received()[before..].to_vec();
        // What is left unread of the job is gone with the connection.
        drop(line);
        prints.kills += 1;
        printer.switch_off_and_on();

        till = Starting::of(&place).listening();
        owner.sign_on(&till);
        let job = job_in(&mut owner, &till, &number, &["uncertain", "queued", "printed"]);
        let (unmarked, whole) = looked_at(&printer.paper(), &number);
        assert!(unmarked <= 1, "after {after} bytes: {unmarked} unmarked");
        let plugged = socket.plug(&printer);
        match job["state"].as_str() {
            Some("uncertain") => {
                let answer = json!({ "id": job["id"], "came_out": whole > 0 });
                owner.call(&till, "print_job.resolve", answer);
                *(if whole > 0 { &mut prints.out } else { &mut prints.not_out }) += 1;
            }
            // The printer had said so before the till died.
            Some("printed") => assert_eq!(whole, 1, "after {after} bytes"),
            // What arrived ended the job before, which was cut short: of this one nothing had left.
            Some("queued") => {
                assert!(is_fill(&arrived), "after {after} bytes: queued, and {arrived:?} had left");
            }
            other => panic!("after {after} bytes: {other:?}"),
        }
        job_in(&mut owner, &till, &number, &["printed"]);
        drop(plugged);
        let (unmarked, whole) = looked_at(&printer.paper(), &number);
        assert!(unmarked <= 1 && whole >= 1, "after {after} bytes: {unmarked} unmarked, {whole} whole");
    }
    till.stop();
    prints
}

/// Whether these bytes only bring a printer back to its beginning, whatever it was in the middle of.
fn is_fill(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| [0, 0x1B, b'@'].contains(byte))
}

/// Sells one thing; the receipt's number.
fn sold(owner: &mut Seller, till: &Till) -> String {
    owner.sell_once(&till.address).unwrap();
    owner.acknowledged.last().unwrap().receipt_number.clone()
}
