//! A rebuild: every fact again, in the order of arrival, into empty projections. What a fact says is read beside the
//! connections, on threads of its own, while the facts before it are projected: that is most of the work.

use super::rollup::Rollups;
use super::shared::{AtOnce, Summed};
use super::{Placed, advance, deferred, detached, immediate, remember};
use crate::error::DatabaseError;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use wire::fact::header::{Header, envelope_hash};
use wire::fact::{Fact, Origin};

/// Facts that are handed over at once.
const BATCH: u32 = 256;
/// Threads that read at most.
const READERS_MAX: usize = 2;
/// Batches that wait for a thread, or to be projected, at most.
const WAITING_MAX: usize = 2;

/// A fact as it is stored.
struct Raw {
    arrival: i64,
    log: i64,
    envelope: Vec<u8>,
    payload: Vec<u8>,
}

/// A fact that was read.
struct Read {
    placed: Placed,
    fact: Fact,
    origin: Option<Origin>,
    envelope: Vec<u8>,
}

/// A thread that reads, and what it has read, in order.
struct Reader {
    todo: SyncSender<Vec<Raw>>,
    done: Receiver<Vec<Read>>,
}

/// Projects all facts of one file into the empty projections of a file, which may be the same; into the rollups those up
/// to the arrival `folded`. A fact that was damaged is passed over, as everywhere.
///
/// # Errors
/// What either file answers.
pub fn replay(from: &Connection, into: &Connection, folded: i64) -> Result<(), DatabaseError> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let last = thread::scope(|scope| {
        let readers: Vec<Reader> = (0..cores.min(READERS_MAX)).map(|_| Reader::start(scope)).collect();
        project_all(&readers, from, into, folded)
    })?;
    match last.min(folded) {
        0 => Ok(()),
        folded => remember(into, folded),
    }
}

/// Lets the readers read ahead and projects what they have read. Returns the last arrival.
fn project_all(
    readers: &[Reader],
    from: &Connection,
    into: &Connection,
    folded: i64,
) -> Result<i64, DatabaseError> {
    let (mut heads, mut shared, mut rollups) = (BTreeMap::new(), Summed::default(), Rollups::default());
    let (mut last, mut is_end) = (0, false);
    // Each in its turn: so they come back in the order they went.
    let (mut turns, mut under_way) = (readers.iter().cycle(), VecDeque::new());
    loop {
        while !is_end && under_way.len() < readers.len() * WAITING_MAX {
            let batch = raw_after(from, last)?;
            let Some(end) = batch.last() else {
                is_end = true;
                break;
            };
            last = end.arrival;
            let Some(reader) = turns.next() else { return Err(DatabaseError::Panicked) };
            reader.todo.send(batch).map_err(|_| DatabaseError::Panicked)?;
            under_way.push_back(reader);
        }
        let Some(reader) = under_way.pop_front() else { break };
        for read in reader.done.recv().map_err(|_| DatabaseError::Panicked)? {
            let Read { placed, fact, origin, envelope } = read;
            let detached = detached(from, placed.arrival, &fact)?;
            immediate::project(into, &mut shared, &placed, &fact, &detached)?;
            if placed.arrival <= folded {
                deferred(into, &mut shared, &mut rollups, &placed, &fact, origin.as_ref())?;
            }
            // Only where a log ends does anybody ask for its head.
            heads.insert(placed.log, (placed, envelope));
        }
        rollups.write_when_full(into)?;
    }
    shared.write(&mut AtOnce(into))?;
    rollups.write(into)?;
    for (placed, envelope) in heads.values() {
        advance(into, placed, &envelope_hash(envelope))?;
    }
    Ok(last)
}

fn raw_after(from: &Connection, arrival: i64) -> Result<Vec<Raw>, DatabaseError> {
    let mut statement = from.prepare_cached(
        "select arrival, log, envelope, payload from fact where arrival > ?1 order by arrival limit ?2",
    )?;
    let rows = statement.query_map(params![arrival, BATCH], |row| {
        Ok(Raw { arrival: row.get(0)?, log: row.get(1)?, envelope: row.get(2)?, payload: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Reader {
    fn start<'s>(scope: &'s thread::Scope<'s, '_>) -> Self {
        let (todo, todo_here) = sync_channel::<Vec<Raw>>(WAITING_MAX);
        let (done_here, done) = sync_channel(WAITING_MAX);
        scope.spawn(move || {
            for batch in todo_here {
                // Whoever gave it up does not want the rest either.
                if done_here.send(batch.into_iter().filter_map(read).collect()).is_err() {
                    return;
                }
            }
        });
        Self { todo, done }
    }
}

fn read(raw: Raw) -> Option<Read> {
    let Raw { arrival, log, envelope, payload } = raw;
    let header = Header::decode(&envelope)
        .inspect_err(|error| tracing::error!(arrival, %error, "a fact cannot be read"))
        .ok()?;
    let fact = Fact::parse(&header.kind, header.kind_version, &payload)
        .inspect_err(|error| tracing::error!(arrival, %error, "a fact cannot be read"))
        .ok()?;
    let origin = Origin::of(&payload);
    Some(Read { placed: Placed { arrival, log, header }, fact, origin, envelope })
}
