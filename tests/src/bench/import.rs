//! `import` and `sale.during_import`: real products imported by the program itself through the screen's own path (sent by
//! the blob door, columns guessed, every row checked, imported), against a bare program that reads the same list and inserts
//! the same rows; and the sales beside it against bare syncs in turn with them, beside the same import.

use super::Size;
use super::figures::{Row, median, micros, percentile, rounded};
use super::files::FRAME_BYTES;
use super::program::Programs;
use crate::goods::{self, Good};
use crate::headless::{Client, Headless};
use crate::shop::Place;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Ours against the bare import at most.
const MOST: f64 = 1.6;
/// The slowest sales beside an import against the slowest bare syncs beside it at most.
const MOST_BESIDE: f64 = 2.0;
/// Memory of the program at most, in MiB.
const MOST_MIB: f64 = 200.0;
/// Rounds that count: one takes half a minute.
const ROUNDS_MAX: usize = 3;
/// Products that are sold while the others come in.
const SOLD: usize = 50;
/// Scans of a sale.
const SCANS: usize = 3;
/// Sales that are made however soon an import is done.
const SALES_LEAST: usize = 5;
/// Frames that a sale of so many lines adds to the log: what the bare syncs write.
const FRAMES: u32 = 6;
/// Writes of the loop after which it begins at the front again, as a log that is reused does.
const PLACES: u64 = 64;
/// How often it is asked how far an import is.
const ASK_EVERY: Duration = Duration::from_millis(20);

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// What one import took.
struct Import {
    /// From the first byte sent until it is done, in nanoseconds.
    all: u64,
    /// Of that, until every row was checked.
    checked: u64,
    /// What the program worked meanwhile, in milliseconds.
    worked: u64,
    /// The most memory it had, in KiB.
    most: u64,
    /// Bytes of the change-set.
    set: u64,
    created: u64,
}

/// What was done beside an import.
#[derive(Default)]
struct Beside {
    /// Completions of sales, in nanoseconds.
    sales: Vec<u64>,
    /// Scans, in nanoseconds.
    scans: Vec<u64>,
    /// Bare syncs.
    syncs: Vec<u64>,
    /// What was refused: there is to be nothing.
    refused: Vec<String>,
    /// Changes of a record.
    records: Vec<u64>,
}

/// What the bare program says.
struct Bare {
    all: u64,
    worked: u64,
}

/// Measures both rows.
///
/// # Errors
/// When a program fails. A refused scan is one.
pub fn measure(programs: &Programs, size: &Size) -> Result<Vec<Row>, String> {
    let against = "a bare program that reads the same list and inserts the same rows, in a new file, synced";
    let beside = "as many bytes written and synced in turn with the sales, beside the same import";
    if !cfg!(target_os = "linux") || !programs.headless.is_file() {
        let not = |name, against| {
            let mut row = Row::of_rounds(name, against, &[]);
            row.ratio = None;
            row.misses
                .push(format!("not measured: {} is not built, or no Linux", programs.headless.display()));
            row
        };
        return Ok(vec![not("import", against), not("sale.during_import", beside)]);
    }
    let goods = clean(size.import_products)?;
    let list = list(&goods);
    let file = programs.work.join("import.csv");
    fs::write(&file, &list).map_err(text)?;
    let folder = programs.work.join("import");
    let quiet = size.wait();
    let (mut rounds, mut ours, mut bares) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=size.rounds.min(ROUNDS_MAX) {
        let place = shop(&folder)?;
        let mut till = Headless::start(&programs.headless, &place)?;
        till.sign_in()?;
        let import = import(&mut till, list.as_bytes(), &place)?;
        till.end()?;
        let bare = bare(programs, &file, &place)?;
        // The first round warms both up.
        if round > 0 {
            rounds.push((vec![import.all], vec![bare.all]));
            ours.push(import);
            bares.push(bare);
        }
    }
    let (import, beside_it) = while_selling(programs, &folder, list.as_bytes())?;
    let mut row = Row::of_rounds("import", against, &rounds);
    row.in_ms();
    let of = |what: fn(&Import) -> u64| median(&ours.iter().map(|one| what(one) as f64).collect::<Vec<_>>());
    let of_bare =
        |what: fn(&Bare) -> u64| median(&bares.iter().map(|one| what(one) as f64).collect::<Vec<_>>());
    row.count("products", goods.len() as f64);
    row.count("products_made", of(|one| one.created));
    row.count("checked_ms", of(|one| one.checked) / 1_000_000.0);
    row.count("bare_ms", of_bare(|one| one.all) / 1_000_000.0);
    row.count("worked_ms", of(|one| one.worked));
    row.count("bare_worked_ms", of_bare(|one| one.worked));
    row.count("worked_ratio", of(|one| one.worked) / of_bare(|one| one.worked).max(1.0));
    row.count("list_bytes", list.len() as f64);
    row.count("set_bytes", of(|one| one.set));
    let most = ours.iter().map(|one| one.most).max().unwrap_or(0).max(import.most) as f64 / 1_024.0;
    row.count("most_mib", most);
    row.at_most("MiB at most", rounded(most), MOST_MIB);
    if let Some(ratio) = row.ratio {
        row.at_most("ratio p50", ratio.p50, MOST);
    }
    let mut sale =
        Row::of_rounds("sale.during_import", beside, &[(beside_it.sales, beside_it.syncs.clone())]);
    sale.count("bare_p50_us", micros(percentile(&beside_it.syncs, 50)));
    sale.count("bare_p99_us", micros(percentile(&beside_it.syncs, 99)));
    sale.count("scans", beside_it.scans.len() as f64);
    sale.count("scan_p50_us", micros(percentile(&beside_it.scans, 50)));
    sale.count("scan_p99_us", micros(percentile(&beside_it.scans, 99)));
    sale.count("import_ms", import.all as f64 / 1_000_000.0);
    sale.count("record_changes", beside_it.records.len() as f64);
    sale.count("record_change_longest_ms", micros(percentile(&beside_it.records, 100)) / 1_000.0);
    if let Some(ratio) = sale.ratio {
        sale.at_most("ratio p99", ratio.p99, MOST_BESIDE);
    }
    let mut rows = vec![row, sale];
    for row in &mut rows {
        (row.load, row.noisy) = (quiet.load, quiet.noisy);
    }
    Ok(rows)
}

/// So many real products at most, from all over the file, without those that an import leaves out for what is wrong with
/// them: the bare program looks at nothing.
fn clean(most: usize) -> Result<Vec<Good>, String> {
    let all = match goods::file() {
        Some(path) => goods::all(&path)?,
        None => goods::excerpt()?,
    };
    let mut seen = HashSet::new();
    let mut is_clean = |good: &Good| {
        let is_named = !good.name.is_empty() && good.name.chars().count() <= 200;
        let is_number = (1..=14).contains(&good.code.len()) && good.code.bytes().all(|b| b.is_ascii_digit());
        is_named && is_number && seen.insert(good.code.clone())
    };
    let step = (all.len() / most).max(1);
    Ok(all.iter().step_by(step).filter(|good| is_clean(good)).take(most).cloned().collect())
}

/// The products as a list with prices, which the file lacks: made from the number.
pub fn list(goods: &[Good]) -> String {
    let mut text = String::from("barcode,name,price\n");
    for good in goods {
        let cents = 50 + good.code.bytes().fold(0_u64, |sum, byte| sum * 7 % 1_999 + u64::from(byte));
        let name = good.name.replace('"', "\"\"");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{},\"{name}\",{}.{:02}", good.code, cents / 100, cents % 100);
    }
    text
}

/// The codes of what is sold while the others come in.
fn codes() -> Vec<String> {
    (0..SOLD).map(|number| format!("99{number:011}")).collect()
}

/// A shop that sells a few products, made anew.
fn shop(folder: &Path) -> Result<Place, String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(text)?;
    }
    let place = Place::below(folder);
    let mut till = place.start(1)?;
    till.set_up()?;
    let few: Vec<Good> = codes()
        .into_iter()
        .enumerate()
        .map(|(number, code)| Good { code, name: format!("Of old {number}") })
        .collect();
    goods::fill(&mut till, &place.data, &few)?;
    till.rest()?;
    Ok(place)
}

/// Imports a list as the screen does.
fn import(till: &mut Headless, list: &[u8], place: &Place) -> Result<Import, String> {
    let before = till.worked_ms()?;
    let started = Instant::now();
    let client = till.signed_on();
    let blob = client.upload(list)?;
    let begin = json!({ "blob": blob, "file": "products.csv", "kind": "products" });
    let view = client.call("import.begin", &begin)?;
    let check = json!({ "import": view["import"], "mapping": view["mapping"] });
    client.call("import.check", &check)?;
    until(client, &view, "checked")?;
    let checked = nanos(started);
    let commit = json!({ "import": view["import"], "accept_warnings": true, "skip_errors": true });
    client.call("import.commit", &commit)?;
    let done = until(client, &view, "done")?;
    let all = nanos(started);
    let counts = |what: &str| done["counts"][what].as_u64().unwrap_or(0);
    Ok(Import {
        all,
        checked,
        worked: till.worked_ms()? - before,
        most: till.most_memory_kib()?,
        set: largest(&place.data.join("changes"))?,
        created: counts("created"),
    })
}

/// Waits until an import is where it is to be.
fn until(client: &mut Client, import: &Value, state: &str) -> Result<Value, String> {
    // A channel nobody sends on is a wait with a deadline.
    let (_silent, pause) = mpsc::channel::<()>();
    loop {
        let view = client.call("import.show", &json!({ "import": import["import"] }))?;
        match view["state"].as_str() {
            Some(now) if now == state => return Ok(view),
            Some("failed" | "cancelled") | None => return Err(format!("the import ended: {view}")),
            Some(_) => {}
        }
        if pause.recv_timeout(ASK_EVERY) == Err(mpsc::RecvTimeoutError::Disconnected) {
            return Err("nobody waits".to_owned());
        }
    }
}

/// The length of the longest file of a folder.
fn largest(folder: &Path) -> Result<u64, String> {
    let mut most = 0;
    for entry in fs::read_dir(folder).map_err(text)? {
        match entry.and_then(|entry| entry.metadata()) {
            Ok(file) => most = most.max(file.len()),
            // The till puts its files in place, and removes old ones, while this looks.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(text(error)),
        }
    }
    Ok(most)
}

/// The same list by the bare program, into a new file, as the catalogue of the place has it.
fn bare(programs: &Programs, list: &Path, place: &Place) -> Result<Bare, String> {
    let like = super::search::catalog(&place.data)?;
    let output = Command::new(&programs.bare)
        .arg("import")
        .arg(list)
        .arg(&like)
        .arg((SOLD + 1).to_string())
        .arg(bare_file(programs))
        .output()
        .map_err(text)?;
    let (all, worked, _): (u64, u64, u64) = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(Bare { all, worked })
}

fn bare_file(programs: &Programs) -> PathBuf {
    programs.work.join("import-bare.db")
}

/// The import once more, while a cashier scans and sells in turn with bare syncs, and somebody changes a product.
fn while_selling(programs: &Programs, folder: &Path, list: &[u8]) -> Result<(Import, Beside), String> {
    let place = shop(folder)?;
    let mut till = Headless::start(&programs.headless, &place)?;
    till.sign_in()?;
    let (mut cashier, mut editor) = (till.client(1), till.client(2));
    cashier.sign_in()?;
    editor.sign_in()?;
    let log = folder.join("bare-log");
    let done = AtomicBool::new(false);
    let (imported, sold, changed) = std::thread::scope(|scope| {
        let sold = scope.spawn(|| sell(&mut cashier, &log, &done));
        let changed = scope.spawn(|| change(&mut editor, &done));
        let imported = import(&mut till, list, &place);
        done.store(true, Ordering::Release);
        (imported, sold.join(), changed.join())
    });
    let mut beside = sold.map_err(|_| "the cashier's thread panicked")??;
    beside.records = changed.map_err(|_| "the editor's thread panicked")??;
    till.end()?;
    if let Some(refused) = beside.refused.first() {
        return Err(format!("{} scans were lost, the first: {refused}", beside.refused.len()));
    }
    Ok((imported?, beside))
}

/// Scans and sells until told to stop, and after each sale writes and syncs as many bytes in a file beside.
fn sell(client: &mut Client, log: &Path, done: &AtomicBool) -> Result<Beside, String> {
    let codes = codes();
    let bytes = vec![7; usize::try_from(FRAMES * FRAME_BYTES).map_err(text)?];
    let mut file: File =
        OpenOptions::new().create(true).truncate(true).write(true).open(log).map_err(text)?;
    // A log that is reused allocates nothing.
    for _ in 0..PLACES {
        file.write_all(&bytes).map_err(text)?;
    }
    file.sync_all().map_err(text)?;
    let mut beside = Beside::default();
    while !done.load(Ordering::Acquire) || beside.sales.len() < SALES_LEAST {
        let mut view = Value::Null;
        for _ in 0..SCANS {
            let code = &codes[beside.scans.len() % codes.len()];
            let started = Instant::now();
            match client.call("sale.scan", &json!({ "code": code })) {
                Ok(answer) => view = answer,
                Err(refused) => beside.refused.push(refused),
            }
            beside.scans.push(nanos(started));
        }
        let total = &view["totals"]["total"];
        let request =
            json!({ "sale": view["sale"], "tenders": [{ "kind": "cash", "amount": total }], "total": total });
        let started = Instant::now();
        client.call("sale.complete", &request)?;
        beside.sales.push(nanos(started));
        let place = beside.sales.len() as u64 % PLACES * bytes.len() as u64;
        let started = Instant::now();
        file.seek(SeekFrom::Start(place)).map_err(text)?;
        file.write_all(&bytes).map_err(text)?;
        file.sync_data().map_err(text)?;
        beside.syncs.push(nanos(started));
    }
    Ok(beside)
}

/// Changes a product over and over from when an import is being made until told to stop. Each answer waits until the
/// catalogue has followed.
fn change(client: &mut Client, done: &AtomicBool) -> Result<Vec<u64>, String> {
    let mut times = Vec::new();
    let (_silent, pause) = mpsc::channel::<()>();
    while !done.load(Ordering::Acquire) {
        let list = client.call("import.list", &json!({}))?;
        if list["current"]["state"] != "importing" {
            // Nobody sends: it only waits.
            let _ = pause.recv_timeout(ASK_EVERY);
            continue;
        }
        let found = client.call("product.find", &json!({ "text": "old" }))?;
        let id = &found["tiles"][0]["product"];
        let view = client.call("product.get", &json!({ "id": id }))?;
        let mut product = view["product"].clone();
        product["sku"] = json!(format!("D{}", times.len()));
        let save = json!({ "id": id, "base": view["product"], "product": product });
        let started = Instant::now();
        client.call("product.save", &save)?;
        times.push(nanos(started));
    }
    Ok(times)
}
