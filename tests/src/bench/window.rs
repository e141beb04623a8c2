//! `start.window`: from starting the program of the till until its window shows the first product of a sale, against a
//! window of the same Tauri with an empty page. Both are looked at from outside, on a screen that nobody sees: a thing
//! is there when it stands on the screen. Signing on is left out, since a person takes longer than the till.

pub mod memory;
mod screen;
mod started;

use super::figures::{Row, micros, percentile};
use super::files::{copy, evict};
use super::program::{Programs, exists};
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::{OWNER, PIN, kept};
use domain::code::Code;
use screen::{Screen, Sight};
use serde_json::{Value, json};
use serialport::{SerialPort, TTYPort};
use started::Started;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// The colour of the blank window's page.
const BLANK_COLOUR: u32 = 0x0020_50a0;
/// What the till's log says once its page has asked who it is.
const GREETED: &str = "operation=\"shop.greeting\" door=\"window\"";
/// Ours against the blank window at most.
const MOST: f64 = 2.0;

/// What one start of the till took, in nanoseconds.
#[derive(Debug, Clone, Copy)]
struct Times {
    /// Until the screen asks who is there.
    asks: u64,
    /// From there until somebody is signed on.
    sign_in: u64,
    /// From there until a scan is answered.
    answered: u64,
    /// And until it is seen.
    seen: u64,
}

/// What the till shows on its way.
struct Sights {
    who_are_you: Sight,
    first_line: Sight,
}

/// Measures the row; where there is no screen to measure on, the row says so.
///
/// # Errors
/// When a program fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let mut row = Row::of_rounds("start.window", "a window of the same Tauri with an empty page", &[]);
    row.unit = "ms".to_owned();
    if let Some(missing) = missing(programs) {
        row.ratio = None;
        row.misses.push(format!("not measured: {missing}"));
        return Ok(row);
    }
    let mut counter = Counter::open(programs, size)?;
    let sights = counter.learn()?;
    let quiet = size.wait();
    let mut rounds = Vec::with_capacity(size.rounds);
    let mut parts = Vec::with_capacity(size.rounds);
    for round in 0..=size.rounds {
        let (ours, blank) = if round % 2 == 0 {
            let ours = counter.start_till(&sights)?;
            (ours, counter.start_blank()?)
        } else {
            let blank = counter.start_blank()?;
            (counter.start_till(&sights)?, blank)
        };
        // The first round warms both up.
        if round > 0 {
            rounds.push((vec![ours.asks + ours.seen], vec![blank]));
            parts.push(ours);
        }
    }
    let against = row.against.take();
    row = Row::of_rounds("start.window", &against.unwrap_or_default(), &rounds);
    row.in_ms();
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    let middle = |times: Vec<u64>| micros(percentile(&times, 50)) / 1_000.0;
    let part = |of: fn(&Times) -> u64| middle(parts.iter().map(of).collect());
    row.count("asks_who_is_there_ms", part(|times| times.asks));
    row.count("sign_in_ms_not_counted", part(|times| times.sign_in));
    row.count("first_scan_answered_ms", part(|times| times.answered));
    row.count("first_scan_seen_ms", part(|times| times.seen));
    row.count("blank_ms", middle(rounds.iter().flat_map(|(_, blank)| blank.iter().copied()).collect()));
    row.count("products", f64::from(size.start_shop.products));
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    Ok(row)
}

/// What keeps the row from being measured here.
fn missing(programs: &Programs) -> Option<String> {
    let program = ["Xvfb", "xdotool"].into_iter().find(|name| !exists(name));
    let built = [&programs.till, &programs.blank].into_iter().find(|path| !path.is_file());
    program
        .map(|name| format!("there is no {name}"))
        .or(built.map(|path| format!("{} is not built", path.display())))
}

/// A counter in a shop: the screen, the till's files, and the far end of its scanner.
struct Counter<'p> {
    programs: &'p Programs,
    screen: Screen,
    folder: PathBuf,
    scanner: TTYPort,
    code: Code,
}

impl<'p> Counter<'p> {
    fn open(programs: &'p Programs, size: &Size) -> Result<Self, String> {
        let shop = kept(size.start_shop, &programs.shops, &mut |_| {})?;
        let folder = copy(&shop, &programs.work.join("window"))?;
        let code = till::codes(&size.start_shop)?.swap_remove(0);
        let (scanner, near) = TTYPort::pair().map_err(|error| format!("a serial line: {error}"))?;
        let port = near.name().ok_or("a serial line without a name")?;
        let (terminal, _) = till::open(&folder, 1)?;
        let mut desk = Desk::new(&terminal, 1);
        desk.sign_in(OWNER, PIN)?;
        let view: Value = desk.call("device.settings", &json!({}))?;
        let mut devices = view["devices"].clone();
        devices["scanner"] = json!({ "connection": { "via": "serial", "port": port, "baud": 9600 } });
        let save = json!({ "base": view["devices"], "devices": devices });
        desk.call::<Value>("device.save_settings", &save)?;
        Ok(Self { programs, screen: Screen::open()?, folder, scanner, code })
    }

    /// Finds out what the till shows, by waiting at each step until nothing changes any more.
    fn learn(&mut self) -> Result<Sights, String> {
        // The first start on files that come from elsewhere begins a log of its own and may say so.
        let mut till = self.till()?;
        till.said(GREETED)?;
        till.end()?;
        let dark = self.screen.rested()?;
        let mut till = self.till()?;
        till.said(GREETED)?;
        let asks = self.screen.rested()?;
        self.sign_on(&mut till)?;
        let empty = self.screen.rested()?;
        self.scan()?;
        till.said("operation=\"sale.scan\"")?;
        let sold = self.screen.rested()?;
        self.pay(&mut till)?;
        till.end()?;
        Ok(Sights {
            who_are_you: Sight::new("the question who is there", &dark, &asks)?,
            first_line: Sight::new("the first line", &empty, &sold)?,
        })
    }

    fn start_till(&mut self, sights: &Sights) -> Result<Times, String> {
        evict(&self.folder)?;
        let started = Instant::now();
        let mut till = self.till()?;
        let asks = self.screen.await_sight(&sights.who_are_you)?;
        let signed_on = self.sign_on(&mut till)?;
        self.scan()?;
        let seen = self.screen.await_sight(&sights.first_line)?;
        let answered = till.said("operation=\"sale.scan\"")?;
        self.pay(&mut till)?;
        till.end()?;
        Ok(Times {
            asks: nanos(started, asks),
            sign_in: nanos(asks, signed_on),
            answered: nanos(signed_on, answered),
            seen: nanos(signed_on, seen),
        })
    }

    fn start_blank(&self) -> Result<u64, String> {
        let started = Instant::now();
        let blank = self.blank()?;
        let shown = self.screen.await_sight(&self.screen.filled(BLANK_COLOUR))?;
        blank.end()?;
        Ok(nanos(started, shown))
    }

    fn blank(&self) -> Result<Started, String> {
        let mut command = Command::new(&self.programs.blank);
        // What the till finds out for itself: the window stays blank in some places otherwise.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LANG", "en_US.UTF-8");
        Started::new(command, &self.screen)
    }

    fn till(&self) -> Result<Started, String> {
        let mut command = Command::new(&self.programs.till);
        command.arg("--data-dir").arg(&self.folder).arg("--guard-dir").arg(self.folder.join("guard"));
        command.args(["--log", "debug"]);
        Started::new(command, &self.screen)
    }

    /// Types the PIN of whom the screen proposes. Returns when it was accepted.
    fn sign_on(&self, till: &mut Started) -> Result<Instant, String> {
        let mut words =
            vec!["search", "--onlyvisible", "--name", "^Tillkeeper$", "windowfocus", "key", "--delay", "0"];
        words.extend(PIN.split("").filter(|digit| !digit.is_empty()));
        words.push("Return");
        self.screen.xdotool(&words)?;
        till.said("operation=\"session.sign_in\" door=\"window\"")
    }

    fn scan(&mut self) -> Result<(), String> {
        let line = format!("{}\r", self.code.as_str());
        self.scanner.write_all(line.as_bytes()).map_err(|error| format!("the scanner: {error}"))
    }

    /// Takes the exact cash, so that the next start finds no open sale either.
    fn pay(&self, till: &mut Started) -> Result<(), String> {
        self.screen.xdotool(&["key", "F12"])?;
        till.said("operation=\"sale.complete\" door=\"window\"").map(|_| ())
    }
}

fn nanos(from: Instant, to: Instant) -> u64 {
    u64::try_from(to.saturating_duration_since(from).as_nanos()).unwrap_or(u64::MAX)
}
