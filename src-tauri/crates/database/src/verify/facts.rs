//! Reads all facts of a ledger once, whatever state the file is in, and has every log checked.

use super::fault::{Faults, Problem};
use super::log::{Log, LogRow, Row, load_rows};
use super::once::Once;
use super::open::{Depth, Store};
use super::{LogReport, Report, heads, personal};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::thread;

/// The logs of a ledger, by id.
pub type Logs = BTreeMap<i64, Log>;

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
    let (mut logs, mut once, read) = match as_they_arrived(connection, &rows, faults) {
        Ok((logs, once)) => (logs, once, Read::Whole),
        // In a whole file the places of a log follow each other as they arrived. This one is read by place.
        Err(Interrupted::Disorder) => match by_place(connection, &rows, faults) {
            Ok((logs, once)) => (logs, once, Read::Whole),
            Err(_) => one_by_one(connection, &rows, faults)?,
        },
        Err(Interrupted::Unreadable) => one_by_one(connection, &rows, faults)?,
    };
    for (id, row) in &rows {
        logs.entry(*id).or_insert_with(|| Log::new(*id, Some(row.clone())));
    }
    for log in logs.values() {
        log.finish(faults);
    }
    twice(&logs, faults);
    match once.twice() {
        Ok(twice) => twice.into_iter().for_each(|(log, seq)| faults.place(log, seq, Problem::SaleTwice)),
        Err(error) => faults.file(Problem::FileMalformed {
            file: "the temporary directory".to_owned(),
            problem: error.to_string(),
        }),
    }
    let signed = heads::check(connection, &logs, faults)?;
    personal::check(connection, report, faults)?;
    for (id, log) in &logs {
        report.facts += log.facts;
        if !log.trains() {
            report.sales += log.sales;
            for (currency, total) in &log.totals {
                *report.totals.entry(currency.clone()).or_default() += total;
            }
        }
        report.logs.push(LogReport {
            id: *id,
            incarnation: log.identity.map(|identity| identity.incarnation),
            series: log.series().to_owned(),
            training: log.trains(),
            facts: log.facts,
            sales: log.sales,
            totals: log.totals.clone(),
            signed_to: signed.get(id).copied(),
        });
    }
    Ok(read)
}

/// Rule 12 as far as logs go. Sales have different receipt numbers when their logs have different series: the numbers
/// within a log are checked one by one (rule 7).
fn twice(logs: &Logs, faults: &mut Faults) {
    for (id, log) in logs {
        let earlier = || logs.range(..id);
        if let Some(identity) = log.identity
            && let Some((other, _)) = earlier()
                .find(|(_, other)| other.identity.is_some_and(|o| o.incarnation == identity.incarnation))
        {
            faults.place(*id, 1, Problem::IncarnationTwice { other: *other });
        }
        let Some(first) = log.first_sale.filter(|_| !log.trains()) else { continue };
        let same_numbers =
            |other: &Log| !other.trains() && other.first_sale.is_some() && other.series() == log.series();
        if let Some((other, _)) = earlier().find(|(_, other)| same_numbers(other)) {
            faults.place(*id, first, Problem::ReceiptNumberTwice { other: *other });
        }
    }
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

type Rows = BTreeMap<i64, LogRow>;

/// Reads the table from its beginning to its end, which no index can lead astray. Faults count once it is through.
fn as_they_arrived(
    connection: &Connection,
    rows: &Rows,
    faults: &mut Faults,
) -> Result<(Logs, Once), Interrupted> {
    let (mut logs, mut once, mut found) = (Logs::new(), Once::default(), Faults::default());
    let mut statement = connection
        .prepare("select log, seq, kind, envelope, salt, payload from fact not indexed order by arrival")?;
    let mut facts = statement.query([])?;
    while let Some(fact) = facts.next()? {
        let row = row(fact)?;
        let log = log_of(&mut logs, rows, row.log);
        if row.seq != log.next_place() {
            return Err(Interrupted::Disorder);
        }
        log.check(&row, &mut once, &mut found);
    }
    faults.take(found);
    Ok((logs, once))
}

/// Reads the facts in the order of logs and places.
fn by_place(connection: &Connection, rows: &Rows, faults: &mut Faults) -> rusqlite::Result<(Logs, Once)> {
    let (mut logs, mut once, mut found) = (Logs::new(), Once::default(), Faults::default());
    let mut statement = connection
        .prepare("select log, seq, kind, envelope, salt, payload from fact order by log, seq, arrival")?;
    let mut facts = statement.query([])?;
    while let Some(fact) = facts.next()? {
        let row = row(fact)?;
        log_of(&mut logs, rows, row.log).check(&row, &mut once, &mut found);
    }
    faults.take(found);
    Ok((logs, once))
}

/// Reads a damaged table fact by fact: the index knows what there was to read.
fn one_by_one(
    connection: &Connection,
    rows: &Rows,
    faults: &mut Faults,
) -> rusqlite::Result<(Logs, Once, Read)> {
    let (mut logs, mut once) = (Logs::new(), Once::default());
    let mut places = connection
        .prepare("select log, seq, arrival from fact indexed by fact_identity order by log, seq, arrival")?;
    let mut select =
        connection.prepare("select log, seq, kind, envelope, salt, payload from fact where arrival = ?1")?;
    let mut places = places.query([])?;
    loop {
        let place = match places.next() {
            Ok(Some(place)) => place,
            Ok(None) => break,
            Err(error) => {
                faults.file(Problem::FactUnreadable {
                    problem: format!("the list of facts ends here: {error}"),
                });
                break;
            }
        };
        let (log, seq, arrival): (i64, i64, i64) = (place.get(0)?, place.get(1)?, place.get(2)?);
        let state = log_of(&mut logs, rows, log);
        let mut found = select.query(params![arrival])?;
        let problem = match found.next() {
            Ok(Some(fact)) => {
                // Where the row itself stands is what the index says of it.
                let row = Row { log, seq, ..row(fact)? };
                state.check(&row, &mut once, faults);
                continue;
            }
            Ok(None) => "its row is not there".to_owned(),
            Err(error) => error.to_string(),
        };
        state.skip(seq, faults);
        faults.place(log, seq, Problem::FactUnreadable { problem });
    }
    Ok((logs, once, Read::InPart))
}

fn log_of<'l>(logs: &'l mut Logs, rows: &Rows, id: i64) -> &'l mut Log {
    logs.entry(id).or_insert_with(|| Log::new(id, rows.get(&id).cloned()))
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

fn integer(value: ValueRef<'_>) -> i64 {
    match value {
        ValueRef::Integer(integer) => integer,
        // A damaged file may hold anything; no log and no place has this number.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => i64::MIN,
    }
}

/// The bytes of a value; of one that has none, nothing, which is no envelope and has no hash.
pub fn bytes(value: ValueRef<'_>) -> &[u8] {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => &[],
    }
}
