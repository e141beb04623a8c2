//! `backup` and `sale.during_backup`: a backup against a plain copy of the same file, and the sales beside it against a
//! loop of bare syncs beside such a copy.

use super::figures::{Row, median, micros, percentile};
use super::files::{FRAME_BYTES, copy, log_frames};
use super::ours::basket;
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{OWNER, PIN, kept};
use crate::surroundings::ScriptClock;
use database::backup::{Making, finish, write};
use domain::backup::BackupReason;
use domain::code::Code;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use terminal::workers::backup::BackupKeeper;
use terminal::{Clock, Terminal};
use wire::sale::SaleView;

/// A backup against a synced copy at most.
const MOST: f64 = 2.0;
/// The slowest sales beside a backup against the slowest syncs beside a copy at most.
const MOST_BESIDE: f64 = 2.0;
/// Bytes a plain copy moves at once, and after which it syncs: what a backup does too.
const CHUNK: usize = 1 << 20;
const SYNC_CHUNKS: usize = 4;
/// Writes of the loop after which it begins at the front again, as a log that is reused does.
const PLACES: usize = 64;

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Measures the row `backup`.
///
/// # Errors
/// When the till or the disk fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("backup"))?;
    let (terminal, clock) = till::open(&folder, 1)?;
    terminal.database().settle().map_err(text)?;
    let (ledger, shelf) = (folder.join("ledger.db"), folder.join("backups"));
    let quiet = size.wait();
    let (mut rounds, mut checks, mut bytes) = (Vec::new(), Vec::new(), 0);
    for round in 0..=size.rounds {
        let making = Making { moment: clock.now(), reason: BackupReason::Asked, pepper: Some([7; 32]) };
        let bare = |to: &Path| -> Result<u64, String> {
            let started = Instant::now();
            plain_copy(&ledger, to, &|| true).map_err(text)?;
            Ok(nanos(started))
        };
        let ours = || -> Result<(u64, u64, u64), String> {
            let started = Instant::now();
            let written = write(terminal.database(), &shelf, &making, &mut || true).map_err(text)?;
            let wrote = nanos(started);
            let started = Instant::now();
            let made = finish(terminal.database(), written).map_err(text)?;
            Ok((wrote, nanos(started), made.bytes))
        };
        let plain = programs.work.join("backup-plain");
        // Who goes first changes with every round.
        let (theirs, (wrote, checked, length)) = if round % 2 == 0 {
            (bare(&plain)?, ours()?)
        } else {
            let ours = ours()?;
            (bare(&plain)?, ours)
        };
        std::fs::remove_file(&plain).map_err(text)?;
        bytes = length;
        if round > 0 {
            rounds.push((vec![wrote], vec![theirs]));
            checks.push(checked as f64 / 1_000_000.0);
        }
    }
    let against = "a plain copy of the same file, synced as often";
    let mut row = Row::of_rounds("backup", against, &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("bytes", bytes as f64);
    row.count("read_back_and_checked_ms", median(&checks));
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    Ok(row)
}

/// Copies a file as a backup does, and waits until it is on the disk. Stops where `on` says no.
fn plain_copy(from: &Path, to: &Path, on: &dyn Fn() -> bool) -> std::io::Result<()> {
    let (mut from, mut to) = (File::open(from)?, File::create(to)?);
    let mut buffer = vec![0; CHUNK];
    let mut chunks = 0;
    while on() {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        to.write_all(&buffer[..count])?;
        chunks += 1;
        if chunks % SYNC_CHUNKS == 0 {
            to.sync_all()?;
        }
    }
    to.sync_all()
}

/// Measures the row `sale.during_backup`.
///
/// # Errors
/// When the till or the disk fails.
pub fn measure_beside(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("beside"))?;
    let codes = till::codes(&size.shop)?;
    let (terminal, clock) = till::open(&folder, 1)?;
    let mut desk = Desk::new(&terminal, 1);
    desk.sign_in(OWNER, PIN)?;
    let mut draw = Draw::new(size.shop.seed, 79);
    let quiet = size.wait();
    let ledger = folder.join("ledger.db");
    let frames = sale_frames(&mut desk, &clock, &ledger, &mut draw, &codes)?;
    let (mut rounds, mut backups) = (Vec::new(), 0);
    for round in 0..=size.rounds {
        let bare = bare_syncs(programs, &ledger, frames, size.sales)?;
        let (ours, made) = sales_beside(&mut desk, &clock, &mut draw, &codes, size.sales)?;
        if round > 0 {
            backups += made;
            rounds.push((ours, bare));
        }
    }
    let against = "as many bytes written and synced in a loop, beside a plain copy";
    let mut row = Row::of_rounds("sale.during_backup", against, &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("log_bytes", f64::from(frames) * f64::from(FRAME_BYTES));
    row.count("backups_made_meanwhile", f64::from(backups));
    let theirs: Vec<u64> = rounds.iter().flat_map(|(_, bare)| bare.iter().copied()).collect();
    row.count("bare_p50_us", micros(percentile(&theirs, 50)));
    row.count("bare_p99_us", micros(percentile(&theirs, 99)));
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p99", ratio.p99, MOST_BESIDE);
    }
    Ok(row)
}

/// One sale of five lines; how long its completion took.
pub(super) fn sell(
    desk: &mut Desk,
    clock: &ScriptClock,
    draw: &mut Draw,
    codes: &[Code],
) -> Result<u64, String> {
    clock.pass(1_000);
    let mut sale = None;
    for code in basket(draw, codes, super::ours::LINES) {
        let view: SaleView = desk.call("sale.scan", &json!({ "code": code }))?;
        sale = Some((view.sale, view.totals.total));
    }
    let (sale, total) = sale.ok_or("a sale without lines")?;
    desk.terminal().database().settle().map_err(text)?;
    let request = json!({ "sale": sale, "tenders": [{ "kind": "cash", "amount": null }], "total": total });
    let envelope = desk.envelope("sale.complete", &request)?;
    let started = Instant::now();
    desk.send(&envelope)?;
    Ok(nanos(started))
}

/// The frames the completion of a sale adds to the log, on average.
fn sale_frames(
    desk: &mut Desk,
    clock: &ScriptClock,
    ledger: &Path,
    draw: &mut Draw,
    codes: &[Code],
) -> Result<u32, String> {
    const SALES: u32 = 5;
    let mut frames = 0;
    for _ in 0..SALES {
        let before = log_frames(ledger);
        sell(desk, clock, draw, codes)?;
        // All that a sale writes, drafts too: the loop it is held against writes no less.
        frames += log_frames(ledger).saturating_sub(before);
    }
    Ok((frames / SALES).max(1))
}

/// Times of sales while one backup after the other is made, and how many were.
fn sales_beside(
    desk: &mut Desk,
    clock: &Arc<ScriptClock>,
    draw: &mut Draw,
    codes: &[Code],
    sales: usize,
) -> Result<(Vec<u64>, u32), String> {
    let terminal: Arc<Terminal> = Arc::clone(desk.terminal());
    let stopping = Arc::new(AtomicBool::new(false));
    let mut keeper = BackupKeeper::new(terminal, Arc::clone(&stopping));
    let mut asker =
        Desk::new(desk.terminal(), 0x00BA_0000 + u32::try_from(clock.passed_ms() / 1_000).unwrap_or(0));
    asker.sign_in(OWNER, PIN)?;
    let keep = std::thread::spawn({
        let stopping = Arc::clone(&stopping);
        move || -> Result<u32, String> {
            let mut made = 0;
            while !stopping.load(Ordering::Acquire) {
                asker.call::<Value>("backup.make", &json!({}))?;
                keeper.step();
                made += 1;
            }
            Ok(made)
        }
    });
    let times = (0..sales).map(|_| sell(desk, clock, draw, codes)).collect::<Result<Vec<u64>, String>>();
    stopping.store(true, Ordering::Release);
    let made = keep.join().map_err(|_| "the thread of the backups panicked")??;
    Ok((times?, made))
}

/// Times of bare syncs while one plain copy after the other is made.
fn bare_syncs(programs: &Programs, ledger: &Path, frames: u32, syncs: usize) -> Result<Vec<u64>, String> {
    let place = |name: &str| -> PathBuf { programs.work.join(name) };
    let stopping = Arc::new(AtomicBool::new(false));
    let copying = std::thread::spawn({
        let (stopping, from, to) = (Arc::clone(&stopping), ledger.to_owned(), place("beside-plain"));
        move || -> std::io::Result<()> {
            // Once at least, and be it only begun: on a busy machine the syncs may be over before this thread runs.
            loop {
                plain_copy(&from, &to, &|| !stopping.load(Ordering::Acquire))?;
                if stopping.load(Ordering::Acquire) {
                    return std::fs::remove_file(to);
                }
            }
        }
    });
    let bytes = vec![7; usize::try_from(frames * FRAME_BYTES).map_err(text)?];
    let path = place("beside-log");
    let mut log = OpenOptions::new().create(true).truncate(true).write(true).open(&path).map_err(text)?;
    // A log that is reused allocates nothing.
    log.write_all(&vec![0; bytes.len() * PLACES]).map_err(text)?;
    log.sync_all().map_err(text)?;
    let mut times = Vec::with_capacity(syncs);
    for turn in 0..syncs {
        let started = Instant::now();
        log.seek(SeekFrom::Start((turn % PLACES * bytes.len()) as u64)).map_err(text)?;
        log.write_all(&bytes).map_err(text)?;
        log.sync_data().map_err(text)?;
        times.push(nanos(started));
    }
    stopping.store(true, Ordering::Release);
    copying.join().map_err(|_| "the thread of the copies panicked")?.map_err(text)?;
    std::fs::remove_file(&path).map_err(text)?;
    Ok(times)
}
