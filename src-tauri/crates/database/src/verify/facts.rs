//! Reads all facts of a ledger once, whatever state the file is in, and has every log checked.

use super::archive::{self, Archive};
use super::begin::Begin;
use super::content::{Content, Contents};
use super::fault::{Faults, Problem};
use super::log::{Log, LogRow, Logs, Row, load_rows};
use super::once::{Found as Told, Once};
use super::open::{Depth, Store};
use super::value::{bytes, integer};
use super::{End, LogReport, Report, account, heads, invoice, personal, returned};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use wire::fact::header::Header;

/// Bytes of contents that are handed over at once, and how many such wait at most.
const BATCH_BYTES: usize = 1 << 18;
const BATCHES_MAX: usize = 4;

/// Whether everything could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// Every fact was read.
    Whole,
    /// Some could not be read.
    InPart,
}

/// Checks the file of a ledger: its structure, its facts, its signed heads and personal values.
pub fn check(store: &Store<'_>, depth: Depth, report: &mut Report, faults: &mut Faults) -> Read {
    // SQLite looks at the pages while the facts are read.
    let (structure, read) = thread::scope(|scope| {
        let place = store.place.clone();
        let structure = scope.spawn(move || place.structure(depth));
        let read = facts(store, report, faults);
        (structure.join(), read)
    });
    let problems = structure.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let is_sound = problems.is_empty();
    problems.into_iter().for_each(|problem| faults.file(problem));
    read.unwrap_or_else(|error| {
        if is_sound {
            store.unreadable(&error, faults);
        }
        Read::InPart
    })
}

fn facts(store: &Store<'_>, report: &mut Report, faults: &mut Faults) -> rusqlite::Result<Read> {
    store.hold_still()?;
    let connection = &store.connection;
    let rows = load_rows(connection)?;
    let archive = archive::load(connection)?;
    let known = Known { rows: &rows, archive: archive.as_ref() };
    let (found, read) = match reading(known, |reading| as_they_arrived(connection, reading)) {
        Ok(found) => (found, Read::Whole),
        // In a whole file the places of a log follow each other as they arrived. This one is read by place.
        Err(Interrupted::Disorder) => match reading(known, |reading| by_place(connection, reading)) {
            Ok(found) => (found, Read::Whole),
            Err(_) => (reading(known, |reading| one_by_one(connection, reading))?, Read::InPart),
        },
        Err(Interrupted::Unreadable) => {
            (reading(known, |reading| one_by_one(connection, reading))?, Read::InPart)
        }
    };
    let Found { mut logs, mut contents, mut once, faults: of_facts } = found;
    faults.take(of_facts);
    let begun = archive.iter().flat_map(|archive| archive.begins.keys());
    for id in rows.keys().chain(begun) {
        logs.entry(*id).or_insert_with(|| known.log(*id));
    }
    for id in logs.keys() {
        contents.entry(*id).or_insert_with(|| known.content(*id));
    }
    for log in logs.values() {
        log.finish(faults);
    }
    twice(connection, &logs, &contents, faults)?;
    let signed = heads::check(connection, &logs, &contents, faults)?;
    personal::check(connection, report, faults)?;
    if let Some(archive) = &archive {
        archive::check(connection, archive, &logs, &contents, &signed, faults)?;
        report.archive = Some(archive.row.as_ref().map_or_else(String::new, |row| row.month.clone()));
    }
    // Rules 17 to 19 ask about sales of which nothing else is wrong, and of which all are here.
    let asks = archive.is_none()
        && read == Read::Whole
        && faults.is_empty()
        && contents.values().all(|content| !content.unread_sales);
    let mut of_sales = Faults::default();
    if asks {
        let by_account =
            contents.iter().flat_map(|(log, content)| content.by_account.iter().map(|seq| (*log, *seq)));
        let paid =
            contents.iter().flat_map(|(log, content)| content.account_paid.iter().map(|seq| (*log, *seq)));
        let written_off =
            contents.iter().flat_map(|(log, content)| content.written_off.iter().map(|seq| (*log, *seq)));
        account::check(connection, by_account, paid, written_off, &mut of_sales);
    }
    let mut is_once = true;
    let merged = once.merge(|found| match found {
        Told::Twice((log, seq)) => {
            is_once = false;
            faults.place(log, seq, Problem::SaleTwice);
        }
        Told::TakenBack { sold, by } if asks => returned::check(connection, sold, by, &mut of_sales),
        Told::Invoiced { sold, by } if asks => invoice::check_sale(connection, sold, by, &mut of_sales),
        Told::TakenBack { .. } | Told::Invoiced { .. } => {}
    });
    if let Err(error) = merged {
        let file = "the temporary directory".to_owned();
        faults.file(Problem::FileMalformed { file, problem: error.to_string() });
    }
    if is_once {
        faults.take(of_sales);
    }
    for ((id, log), content) in logs.iter().zip(contents.values()) {
        report.facts += log.facts;
        if !content.trains() {
            report.sales += content.sales;
            for (currency, total) in &content.totals {
                *report.totals.entry(currency.clone()).or_default() += total;
            }
        }
        report.logs.push(LogReport {
            id: *id,
            incarnation: log.identity.map(|identity| identity.incarnation),
            series: content.series().to_owned(),
            training: content.trains(),
            facts: log.facts,
            first_place: known.begin(*id).first(),
            sales: content.sales,
            first_number: content.numbers.map(|(lowest, _)| lowest),
            totals: content.totals.clone(),
            signed_to: signed.get(id).copied(),
            end: End { before: known.begin(*id), hash: log.end(), key: content.key_at(log.last_place()) },
        });
    }
    Ok(read)
}

/// Rule 12 as far as logs go. Receipt numbers of logs with different series are different, and so are those within a log,
/// which are checked one by one (rule 7).
fn twice(
    connection: &Connection,
    logs: &Logs,
    contents: &Contents,
    faults: &mut Faults,
) -> rusqlite::Result<()> {
    for (id, log) in logs {
        let Some(identity) = log.identity else { continue };
        let same = |other: &Log| other.identity.is_some_and(|o| o.incarnation == identity.incarnation);
        if let Some((other, _)) = logs.range(..id).find(|(_, other)| same(other)) {
            faults.place(*id, log.first_place(), Problem::IncarnationTwice { other: *other });
        }
    }
    let mut sale = connection.prepare(
        "select seq from fact where log = ?1 and kind = 'sale.completed' order by seq limit 1 offset ?2",
    )?;
    for (id, content) in contents {
        let Some((lowest, highest)) = content.numbers.filter(|_| !content.trains()) else { continue };
        let shared =
            contents.range(..id).filter(|(_, other)| !other.trains() && other.series() == content.series());
        // The lowest number of this log that is one of the other's too.
        let shared = shared.filter_map(|(other, content)| {
            let (from, to) = content.numbers?;
            (from <= highest && to >= lowest).then_some((from.max(lowest), *other))
        });
        if let Some((number, other)) = shared.min() {
            let behind = (number - lowest).cast_signed();
            let place = sale.query_row(params![id, behind], |row| row.get(0)).optional()?;
            // Where numbers are missing too, the first sale stands for the one that has it.
            let place = place.or(content.first_sale).unwrap_or(1);
            faults.place(*id, place, Problem::ReceiptNumberTwice { other });
        }
    }
    Ok(())
}

/// Why a reading ended early.
enum Interrupted {
    /// A place does not follow the one before it.
    Disorder,
    /// SQLite cannot go on. What it cannot read is named when the rest is read fact by fact.
    Unreadable,
}

impl From<rusqlite::Error> for Interrupted {
    fn from(_: rusqlite::Error) -> Self {
        Self::Unreadable
    }
}

/// What a file says of its logs before a fact is read.
#[derive(Clone, Copy)]
struct Known<'r> {
    rows: &'r BTreeMap<i64, LogRow>,
    archive: Option<&'r Archive>,
}

impl Known<'_> {
    fn begin(&self, id: i64) -> Begin {
        self.archive.and_then(|archive| archive.begins.get(&id).copied()).unwrap_or(Begin::LOG)
    }

    fn log(&self, id: i64) -> Log {
        Log::new(id, self.rows.get(&id).cloned(), self.begin(id))
    }

    fn content(&self, id: i64) -> Content {
        Content::new(id, self.rows.get(&id).cloned(), self.begin(id))
    }
}

/// What a reading found.
struct Found {
    logs: Logs,
    contents: Contents,
    once: Once,
    faults: Faults,
}

/// A reading of all facts: envelopes and hashes are checked as they are read, what the facts say on another thread.
struct Reading<'r> {
    known: Known<'r>,
    logs: Logs,
    faults: Faults,
    batch: Batch,
    contents: SyncSender<Batch>,
}

/// Facts whose contents are to be checked.
#[derive(Default)]
struct Batch {
    facts: Vec<(i64, i64, Header, Range<usize>)>,
    bytes: Vec<u8>,
}

fn reading<E>(known: Known<'_>, read: impl FnOnce(&mut Reading<'_>) -> Result<(), E>) -> Result<Found, E> {
    thread::scope(|scope| {
        let (contents, batches) = sync_channel(BATCHES_MAX);
        let checking = scope.spawn(move || check_contents(known, &batches));
        let (logs, faults, batch) = (Logs::new(), Faults::default(), Batch::default());
        let mut reading = Reading { known, logs, faults, batch, contents };
        let read = read(&mut reading);
        reading.hand_over();
        let Reading { logs, mut faults, contents, .. } = reading;
        // Without a sender the other side is done.
        drop(contents);
        let (contents, once, found) =
            checking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        faults.take(found);
        read.map(|()| Found { logs, contents, once, faults })
    })
}

fn check_contents(known: Known<'_>, batches: &Receiver<Batch>) -> (Contents, Once, Faults) {
    let (mut contents, mut once, mut faults) = (Contents::new(), Once::default(), Faults::default());
    for Batch { facts, bytes } in batches {
        for (log, seq, header, place) in facts {
            let content = contents.entry(log).or_insert_with(|| known.content(log));
            let text = bytes.get(place).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
            content.check(&header, seq, text, &mut once, &mut faults);
        }
    }
    (contents, once, faults)
}

impl Reading<'_> {
    fn log(&mut self, id: i64) -> &mut Log {
        self.logs.entry(id).or_insert_with(|| self.known.log(id))
    }

    fn check(&mut self, row: &Row<'_>) {
        let log = self.logs.entry(row.log).or_insert_with(|| self.known.log(row.log));
        let Some(header) = log.check(row, &mut self.faults) else { return };
        let from = self.batch.bytes.len();
        self.batch.bytes.extend_from_slice(row.payload);
        self.batch.facts.push((row.log, row.seq, header, from..self.batch.bytes.len()));
        if self.batch.bytes.len() >= BATCH_BYTES {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        // A receiver that is gone panicked; its panic goes on where it is joined.
        drop(self.contents.send(std::mem::take(&mut self.batch)));
    }
}

/// Reads the table from its beginning to its end, which no index can lead astray.
fn as_they_arrived(connection: &Connection, reading: &mut Reading<'_>) -> Result<(), Interrupted> {
    let mut statement = connection
        .prepare("select log, seq, kind, envelope, salt, payload from fact not indexed order by arrival")?;
    let mut facts = statement.query([])?;
    while let Some(fact) = facts.next()? {
        let row = row(fact)?;
        if row.seq != reading.log(row.log).next_place() {
            return Err(Interrupted::Disorder);
        }
        reading.check(&row);
    }
    Ok(())
}

/// Reads the facts in the order of logs and places.
fn by_place(connection: &Connection, reading: &mut Reading<'_>) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare("select log, seq, kind, envelope, salt, payload from fact order by log, seq, arrival")?;
    let mut facts = statement.query([])?;
    while let Some(fact) = facts.next()? {
        reading.check(&row(fact)?);
    }
    Ok(())
}

/// Reads a damaged table fact by fact: the index knows what there was to read.
fn one_by_one(connection: &Connection, reading: &mut Reading<'_>) -> rusqlite::Result<()> {
    let mut places = connection
        .prepare("select log, seq, arrival from fact indexed by fact_identity order by log, seq, arrival")?;
    let mut select =
        connection.prepare("select log, seq, kind, envelope, salt, payload from fact where arrival = ?1")?;
    let mut places = places.query([])?;
    loop {
        let place = match places.next() {
            Ok(Some(place)) => place,
            Ok(None) => return Ok(()),
            Err(error) => {
                let problem = format!("the list of facts ends here: {error}");
                reading.faults.file(Problem::FactUnreadable { problem });
                return Ok(());
            }
        };
        let (log, seq, arrival): (i64, i64, i64) = (place.get(0)?, place.get(1)?, place.get(2)?);
        let mut found = select.query(params![arrival])?;
        let problem = match found.next() {
            Ok(Some(fact)) => {
                // Where the row itself stands is what the index says of it.
                reading.check(&Row { log, seq, ..row(fact)? });
                continue;
            }
            Ok(None) => "its row is not there".to_owned(),
            Err(error) => error.to_string(),
        };
        let mut faults = std::mem::take(&mut reading.faults);
        reading.log(log).skip(seq, &mut faults);
        faults.place(log, seq, Problem::FactUnreadable { problem });
        reading.faults = faults;
    }
}

fn row<'r>(row: &'r rusqlite::Row<'_>) -> rusqlite::Result<Row<'r>> {
    Ok(Row {
        log: integer(row.get_ref(0)?),
        seq: integer(row.get_ref(1)?),
        kind: bytes(row.get_ref(2)?),
        envelope: bytes(row.get_ref(3)?),
        salt: bytes(row.get_ref(4)?),
        payload: bytes(row.get_ref(5)?),
    })
}
