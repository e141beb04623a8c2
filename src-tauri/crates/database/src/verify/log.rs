//! One log, fact by fact, as far as envelopes and hashes go: rules 1, 2, 3, 6 and 9 of `docs/ledger-format.md`, and the
//! hashes of rule 4.

use super::begin::Begin;
use super::fault::{Faults, Problem};
use super::value::bytes;
use domain::ids::{IncarnationId, TerminalId};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use wire::fact::header::{Hash, Header, LogIdentity, envelope_hash};

/// A row of the table `fact`.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    pub log: i64,
    pub seq: i64,
    pub kind: &'r [u8],
    pub envelope: &'r [u8],
    pub salt: &'r [u8],
    pub payload: &'r [u8],
}

/// A row of the table `log`.
#[derive(Debug, Clone)]
pub struct LogRow {
    /// Organisation, store, terminal and incarnation.
    ids: [Vec<u8>; 4],
    series: Vec<u8>,
    training: i64,
    head_seq: i64,
    head_hash: Vec<u8>,
    head_hlc: i64,
}

/// The table `log`, by id.
///
/// # Errors
/// What SQLite answers.
pub fn load_rows(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, LogRow>> {
    let mut statement = connection.prepare(
        "select id, organisation, store, terminal, incarnation, series, training, head_seq, head_hash, head_hlc
         from log order by id",
    )?;
    let rows = statement.query_map([], |row| {
        let blob = |column: usize| row.get_ref(column).map(|value| bytes(value).to_vec());
        // A column of a damaged file may hold anything: -1 is nothing that any of these can be.
        let integer = |column: usize| row.get_ref(column).map(|value| value.as_i64().unwrap_or(-1));
        let row = LogRow {
            ids: [blob(1)?, blob(2)?, blob(3)?, blob(4)?],
            series: blob(5)?,
            training: integer(6)?,
            head_seq: integer(7)?,
            head_hash: blob(8)?,
            head_hlc: integer(9)?,
        };
        Ok((integer(0)?, row))
    })?;
    rows.collect()
}

/// The logs of a ledger, by id.
pub type Logs = BTreeMap<i64, Log>;

/// A log as far as it was read.
#[derive(Debug)]
pub struct Log {
    id: i64,
    row: Option<LogRow>,
    begin: Begin,
    next: i64,
    /// The hash of the fact before the next one; `None` when that one could not be read.
    previous: Option<Hash>,
    hlc: Option<u64>,
    /// The ids in the first envelope that could be read.
    pub identity: Option<LogIdentity>,
    /// Facts that could be read.
    pub facts: u64,
}

/// Organisation, store, terminal and incarnation.
pub type Ids = [[u8; 16]; 4];

/// Their names.
pub const IDS: [&str; 4] = ["organisation", "store", "terminal", "incarnation"];

/// The ids of a log.
pub fn ids(identity: &LogIdentity) -> Ids {
    let LogIdentity { organisation, store, terminal, incarnation } = identity;
    [organisation.bytes(), store.bytes(), terminal.bytes(), incarnation.bytes()]
}

impl Log {
    /// A log nothing was read of.
    pub fn new(id: i64, row: Option<LogRow>, begin: Begin) -> Self {
        let (next, previous) = (begin.first(), begin.before_hash);
        Self { id, row, begin, next, previous, hlc: None, identity: None, facts: 0 }
    }

    /// The place that is to follow.
    pub fn next_place(&self) -> i64 {
        self.next
    }

    /// The first place in this file.
    pub fn first_place(&self) -> i64 {
        self.begin.first()
    }

    /// The hash of the last fact; `None` when it could not be read.
    pub fn end(&self) -> Option<Hash> {
        self.previous
    }

    /// The last place that was read; the one before the first, when there was none.
    pub fn last_place(&self) -> i64 {
        self.next - 1
    }

    /// Checks the next fact as far as its envelope and its hashes go, and returns its envelope when its content can be
    /// looked at.
    pub fn check(&mut self, row: &Row<'_>, faults: &mut Faults) -> Option<Header> {
        self.facts += 1;
        if !self.arrive(row.seq, faults) {
            return None;
        }
        let id = self.id;
        let mut fault = |problem| faults.place(id, row.seq, problem);
        let hash = envelope_hash(row.envelope);
        let previous = self.previous.replace(hash);
        let header = match Header::decode(row.envelope) {
            Ok(header) => header,
            Err(error) => {
                fault(Problem::EnvelopeUnreadable { problem: error.to_string() });
                return None;
            }
        };
        if row.kind != header.kind.as_bytes() {
            let column = String::from_utf8_lossy(row.kind).into_owned();
            fault(Problem::KindDiffers { column, envelope: header.kind.clone() });
        }
        if header.seq.cast_signed() != row.seq {
            fault(Problem::PlaceDiffers { written: header.seq });
        }
        let first = *self.identity.get_or_insert(header.log);
        if header.log != first {
            let differs = ids(&header.log).iter().zip(ids(&first)).position(|(one, other)| *one != other);
            fault(Problem::IdentityDiffers { field: IDS[differs.unwrap_or(0)] });
        }
        let is_unfounded = row.seq == self.begin.first() && self.begin.before_hash.is_none();
        if is_unfounded || previous.is_some_and(|previous| previous != header.previous) {
            fault(Problem::ChainBroken);
        }
        let content: Hash = Sha256::new().chain_update(row.salt).chain_update(row.payload).finalize().into();
        if content != header.payload_hash {
            fault(Problem::PayloadChanged);
        }
        if self.hlc.is_some_and(|hlc| header.hlc.0 <= hlc) {
            faults.place(id, row.seq, Problem::ClockBack);
        }
        self.hlc = Some(header.hlc.0);
        Some(header)
    }

    /// Goes over a fact that cannot be read.
    pub fn skip(&mut self, seq: i64, faults: &mut Faults) {
        self.arrive(seq, faults);
        self.previous = None;
    }

    /// Whether a row stands at a place of its own.
    fn arrive(&mut self, seq: i64, faults: &mut Faults) -> bool {
        if seq < self.next {
            faults.place(self.id, seq, Problem::PlaceTwice);
            return false;
        }
        if seq > self.next {
            faults.place(self.id, self.next, Problem::PlaceMissing { places: seq.abs_diff(self.next) });
            self.previous = None;
        }
        self.next = seq.saturating_add(1);
        true
    }

    /// Rule 9, once the last fact was read; and rule 2 for a log without facts.
    pub fn finish(&self, faults: &mut Faults) {
        if self.next == self.begin.first() {
            faults.place(self.id, self.next, Problem::PlaceMissing { places: 1 });
            return;
        }
        let Some(row) = &self.row else { return };
        let seq = self.last_place();
        let differs = if row.head_seq != seq {
            Some("head_seq")
        } else if self.previous.is_some_and(|hash| row.head_hash != hash) {
            Some("head_hash")
        } else if self.hlc.is_some_and(|hlc| row.head_hlc != hlc.cast_signed()) {
            Some("head_hlc")
        } else {
            None
        };
        if let Some(field) = differs {
            faults.log(self.id, Problem::HeadDiffers { field });
        }
    }
}

impl LogRow {
    /// Whose log it is: terminal and incarnation. `None` when the row does not say.
    pub fn life(&self) -> Option<(TerminalId, IncarnationId)> {
        let id = |index: usize| <[u8; 16]>::try_from(self.ids[index].as_slice()).ok();
        Some((TerminalId::from_bytes(id(2)?), IncarnationId::from_bytes(id(3)?)))
    }

    /// What stands before its receipt numbers, when it is a text.
    pub fn series(&self) -> Option<&str> {
        std::str::from_utf8(&self.series).ok()
    }

    /// Whether it says that the log is one to train on, when it says so or the opposite.
    pub fn trains(&self) -> Option<bool> {
        match self.training {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// The first column that says something else than the first fact.
    pub fn differs(&self, written: &Ids, series: &str, trains: bool) -> Option<&'static str> {
        if let Some(differs) = self.ids.iter().zip(written).position(|(one, other)| one != other) {
            return Some(IDS[differs]);
        }
        if self.series != series.as_bytes() {
            return Some("series");
        }
        (self.training != i64::from(trains)).then_some("training")
    }
}
