//! `receipt.search`: receipts of a year looked for by amount, product, operator and hour through the till, against the
//! same rows asked of the same index by plain SQLite, turn by turn.

use super::Size;
use super::figures::{Row, percentile};
use super::files::copy;
use super::program::Programs;
use super::till;
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{OWNER, PIN, kept};
use domain::time::BusinessDay;
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use terminal::Clock;
use uuid::Uuid;

/// Ours against the bare query's at most, where that takes longer than [`BARE_MIN_NS`].
const MOST: f64 = 3.0;
/// Below, a call costs more than all rows that are read.
const BARE_MIN_NS: f64 = 50_000.0;
/// How long a search may take at most where there is less to read: milliseconds.
const MOST_MS: f64 = 1.0;
/// The last day of a seeded shop, and the first of its last year.
const YEAR: [&str; 2] = ["2025-03-02", "2026-03-01"];
/// Sales of a page.
const PAGE: u32 = 60;
/// Questions of each kind in a round.
const QUESTIONS: usize = 20;

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// What is asked: of the till, and of the file: the way, what is looked for, and the hours.
struct Question {
    kind: &'static str,
    asked: Value,
    way: i64,
    value: Stored,
    hours: Option<[i64; 2]>,
}

/// Measures the row.
///
/// # Errors
/// When a shop cannot be made, or the till refuses.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("receipts"))?;
    let (terminal, clock) = till::open(&folder, 1)?;
    while terminal.database().fold(10_000, clock.now()).map_err(text)? {}
    terminal.database().settle().map_err(text)?;
    let mut desk = Desk::new(&terminal, 1);
    desk.sign_in(OWNER, PIN)?;
    while terminal.database().fold(10_000, clock.now()).map_err(text)? {}
    let bare = Bare::open(&folder.join("ledger.db"))?;
    let quiet = size.wait();
    let mut draw = Draw::new(size.shop.seed, 97);
    let mut of_kind: BTreeMap<&str, (Vec<u64>, Vec<u64>)> = BTreeMap::new();
    let (mut rounds, mut rows) = (Vec::new(), 0);
    for round in 0..=size.rounds {
        let mut times = (Vec::new(), Vec::new());
        for number in 0..QUESTIONS {
            for question in bare.draw(&mut draw)? {
                let envelope = desk.envelope("sale.find", &question.asked)?;
                let ask = || {
                    let started = Instant::now();
                    desk.send(&envelope).map(|_| nanos(started))
                };
                // Whoever comes second finds the pages in memory: they take turns.
                let (ours, (theirs, found)) = if number % 2 == 0 {
                    let ours = ask()?;
                    (ours, bare.ask(&question)?)
                } else {
                    let theirs = bare.ask(&question)?;
                    (ask()?, theirs)
                };
                // The first round warms the file.
                if round > 0 {
                    times.0.push(ours);
                    times.1.push(theirs);
                    rows += found;
                    let both = of_kind.entry(question.kind).or_default();
                    both.0.push(ours);
                    both.1.push(theirs);
                }
            }
        }
        if round > 0 {
            rounds.push(times);
        }
    }
    let mut row = Row::of_rounds("receipt.search", "the same rows asked of the same index", &rounds);
    (row.load, row.noisy) = (quiet.load, quiet.noisy);
    row.count("rows_read", f64::from(rows));
    if rows == 0 {
        return Err("nothing was found".to_owned());
    }
    for (kind, (ours, bare)) in of_kind {
        let (mine, theirs) = (percentile(&ours, 50) as f64, percentile(&bare, 50) as f64);
        row.count(&format!("bare_us, by {kind}"), theirs / 1e3);
        if theirs >= BARE_MIN_NS {
            row.at_most(&format!("by {kind}, ratio"), mine / theirs, MOST);
        } else {
            row.at_most(&format!("by {kind}, ms"), mine / 1e6, MOST_MS);
        }
    }
    Ok(row)
}

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// A program that knows nothing but the index.
struct Bare {
    ledger: Connection,
    days: [i32; 2],
}

impl Bare {
    fn open(path: &Path) -> Result<Self, String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let [first, last] = YEAR.map(|day| BusinessDay::parse(day).map(BusinessDay::unix_day));
        let days = [first.ok_or("a day is none")?, last.ok_or("a day is none")?];
        Ok(Self { ledger: Connection::open_with_flags(path, flags).map_err(text)?, days })
    }

    /// One question of each kind, about a sale of the year.
    fn draw(&self, draw: &mut Draw) -> Result<Vec<Question>, String> {
        let [first, last] = self.days;
        let mut read = || -> rusqlite::Result<(i64, i64)> {
            // A sale of a day of the year, or the next one there is.
            let day = first + i32::try_from(draw.below(u64::from(last.abs_diff(first)) + 1)).unwrap_or(0);
            let mut some = self.ledger.prepare_cached(
                "select day, sale from sale_mark where way = 0 and value = x'' and day >= ?1
                 order by day, sale limit 1 offset ?2",
            )?;
            let offset = i64::try_from(draw.below(40)).unwrap_or(0);
            let place = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            match some.query_row(params![day, offset], place).optional()? {
                Some(found) => Ok(found),
                None => some.query_row(params![first, 0], place),
            }
        };
        let (day, sale) = read().map_err(text)?;
        let mut marks = self
            .ledger
            .prepare_cached("select way, value from sale_mark where day = ?1 and sale = ?2 and way > 0")
            .map_err(text)?;
        let found: Vec<(i64, Stored)> = marks
            .query_map(params![day, sale], |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect)
            .map_err(text)?;
        let asked = |more: Value| {
            let mut asked = json!({ "from": YEAR[0], "to": YEAR[1] });
            if let (Some(asked), Value::Object(more)) = (asked.as_object_mut(), more) {
                asked.extend(more);
            }
            asked
        };
        let hour = i64::try_from(draw.between(8, 18)).unwrap_or(8);
        let mut questions = vec![Question {
            kind: "hour",
            asked: asked(json!({ "hours": { "from": hour, "to": hour } })),
            way: 0,
            value: Stored::Blob(Vec::new()),
            hours: Some([hour, hour]),
        }];
        for (way, value) in found {
            if questions.iter().any(|question| question.way == way) {
                continue;
            }
            let id = |value: &Stored| match value {
                Stored::Blob(bytes) => Uuid::from_slice(bytes).map_err(text),
                other => Err(format!("{other:?} is no id")),
            };
            let (kind, more) = match (way, &value) {
                (1, Stored::Integer(minor)) => {
                    ("amount", json!({ "text": format!("{}.{:02}", minor / 100, minor % 100) }))
                }
                (2, value) => ("operator", json!({ "operator": id(value)? })),
                (4, value) => ("product", json!({ "product": id(value)? })),
                _ => continue,
            };
            questions.push(Question { kind, asked: asked(more), way, value, hours: None });
        }
        Ok(questions)
    }

    fn ask(&self, question: &Question) -> Result<(u64, u32), String> {
        let started = Instant::now();
        let [from, to] = question.hours.unwrap_or([i64::MIN, i64::MAX]);
        let read = || -> rusqlite::Result<u32> {
            let mut statement = self.ledger.prepare_cached(
                "select s.sale, s.receipt_number, s.completed_at, s.total, s.currency
                 from sale_mark m cross join sale s on s.id = m.sale
                 where m.way = ?1 and m.value = ?2 and m.day between ?3 and ?4
                   and (m.hour is null or m.hour between ?5 and ?6)
                 order by m.day desc, m.sale desc limit ?7",
            )?;
            let [first, last] = self.days;
            let mut rows =
                statement.query(params![question.way, question.value, first, last, from, to, PAGE])?;
            let (mut found, mut bytes) = (0, 0);
            while let Some(row) = rows.next()? {
                bytes += row.get_ref(0)?.as_blob()?.len() + row.get_ref(1)?.as_str()?.len();
                found += 1;
            }
            std::hint::black_box(bytes);
            Ok(found)
        };
        let found = read().map_err(text)?;
        Ok((nanos(started), found))
    }
}
