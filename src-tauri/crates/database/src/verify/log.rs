//! One log, fact by fact: rules 1 to 9 of `docs/ledger-format.md`.

use super::facts::bytes;
use super::fault::{Faults, Problem};
use super::once::Once;
use super::sale;
use domain::ids::{IncarnationId, OrganisationId, StoreId, TerminalId};
use rusqlite::Connection;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;
use wire::fact::header::{FLAG_TRAINING, Hash, Header, LogIdentity, envelope_hash};
use wire::fact::{KINDS, OpenReason};

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

/// What the first fact of a log says.
#[derive(Debug, Clone)]
struct Opening {
    series: String,
    trains: bool,
}

/// A log as far as it was read.
#[derive(Debug)]
pub struct Log {
    id: i64,
    row: Option<LogRow>,
    next: i64,
    /// The hash of the fact before the next one; `None` when that one could not be read.
    previous: Option<Hash>,
    opening: Option<Opening>,
    hlc: Option<u64>,
    next_number: u64,
    /// The ids in the first envelope that could be read.
    pub identity: Option<LogIdentity>,
    /// Facts that could be read.
    pub facts: u64,
    /// Completed sales.
    pub sales: u64,
    /// What they come to, by currency.
    pub totals: BTreeMap<String, i128>,
    /// The place of the first completed sale.
    pub first_sale: Option<i64>,
    /// The keys it introduced, and from which place on each signs.
    pub keys: Vec<(i64, Option<[u8; 32]>)>,
}

const IDS: [&str; 4] = ["organisation", "store", "terminal", "incarnation"];

fn ids(identity: &LogIdentity) -> [[u8; 16]; 4] {
    let LogIdentity { organisation, store, terminal, incarnation } = identity;
    [organisation.bytes(), store.bytes(), terminal.bytes(), incarnation.bytes()]
}

impl Log {
    /// A log nothing was read of.
    pub fn new(id: i64, row: Option<LogRow>) -> Self {
        Self {
            id,
            row,
            next: 1,
            previous: Some([0; 32]),
            opening: None,
            hlc: None,
            next_number: 1,
            identity: None,
            facts: 0,
            sales: 0,
            totals: BTreeMap::new(),
            first_sale: None,
            keys: Vec::new(),
        }
    }

    /// The place that is to follow.
    pub fn next_place(&self) -> i64 {
        self.next
    }

    /// What stands before its receipt numbers.
    pub fn series(&self) -> &str {
        self.opening.as_ref().map_or("", |opening| &opening.series)
    }

    /// Whether it is one to train on.
    pub fn trains(&self) -> bool {
        self.opening.as_ref().is_some_and(|opening| opening.trains)
    }

    /// Checks the next fact by rules 1 to 8, and takes the id of a sale down for rule 12.
    pub fn check(&mut self, row: &Row<'_>, once: &mut Once, faults: &mut Faults) {
        self.facts += 1;
        if !self.arrive(row.seq, faults) {
            return;
        }
        let id = self.id;
        let mut fault = |problem| faults.place(id, row.seq, problem);
        let hash = envelope_hash(row.envelope);
        let previous = self.previous.replace(hash);
        let header = match Header::decode(row.envelope) {
            Ok(header) => header,
            Err(error) => {
                fault(Problem::EnvelopeUnreadable { problem: error.to_string() });
                return;
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
        if previous.is_some_and(|previous| previous != header.previous) {
            fault(Problem::ChainBroken);
        }
        let content: Hash = Sha256::new().chain_update(row.salt).chain_update(row.payload).finalize().into();
        if content != header.payload_hash {
            fault(Problem::PayloadChanged);
        }
        let text = std::str::from_utf8(row.payload).unwrap_or("");
        self.content(&header, row.seq, text, once, faults);
        if self.hlc.is_some_and(|hlc| header.hlc.0 <= hlc) {
            faults.place(id, row.seq, Problem::ClockBack);
        }
        self.hlc = Some(header.hlc.0);
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

    /// What the content has to say, by its kind.
    fn content(&mut self, header: &Header, seq: i64, text: &str, once: &mut Once, faults: &mut Faults) {
        let id = self.id;
        if seq == 1 {
            self.open(header, text, faults);
        }
        if let Some(opening) = &self.opening
            && opening.trains != (header.flags & FLAG_TRAINING != 0)
        {
            faults.place(id, seq, Problem::TrainingDiffers { log_trains: opening.trains });
        }
        let kind = (header.kind.as_str(), header.kind_version);
        if kind == ("sale.completed", 1) {
            self.sales += 1;
            self.first_sale.get_or_insert(seq);
            let series = self.opening.as_ref().map(|opening| opening.series.as_str());
            let read = sale::check(text, series, self.next_number, |problem| faults.place(id, seq, problem));
            // One wrong number is one fault: the next sale is to follow the number that is there.
            self.next_number = read.number.unwrap_or(self.next_number).saturating_add(1);
            if let Some(sale) = read.sale {
                once.add(sale, id, seq);
            }
            if let Some((currency, total)) = read.total {
                match self.totals.get_mut(currency.as_ref()) {
                    Some(sum) => *sum += i128::from(total),
                    None => drop(self.totals.insert(currency.into_owned(), i128::from(total))),
                }
            }
            return;
        }
        if kind == ("key.introduced", 1) {
            self.keys.push((seq, public_key(text)));
        }
        if KINDS.contains(&kind) && !is_object(text) {
            faults.place(id, seq, Problem::PayloadUnreadable);
        }
    }

    /// Rule 5 for the first fact and the row in `log`.
    fn open(&mut self, header: &Header, text: &str, faults: &mut Faults) {
        #[derive(Deserialize)]
        struct Opened {
            organisation: Uuid,
            store: Uuid,
            terminal: Uuid,
            incarnation: Uuid,
            series: String,
            reason: OpenReason,
        }
        let mut fault = |problem| faults.place(self.id, 1, problem);
        let opened = match serde_json::from_str::<Opened>(text) {
            Ok(opened) if (header.kind.as_str(), header.kind_version) == ("ledger.opened", 1) => opened,
            Ok(_) | Err(_) => {
                fault(Problem::OpeningMissing);
                return;
            }
        };
        let named = LogIdentity {
            organisation: OrganisationId(opened.organisation),
            store: StoreId(opened.store),
            terminal: TerminalId(opened.terminal),
            incarnation: IncarnationId(opened.incarnation),
        };
        let written = ids(&header.log);
        if let Some(differs) = ids(&named).iter().zip(&written).position(|(one, other)| one != other) {
            fault(Problem::OpeningDiffers { field: IDS[differs] });
        }
        let opening = Opening { series: opened.series, trains: opened.reason == OpenReason::Training };
        match &self.row {
            None => fault(Problem::LogRowMissing),
            Some(row) => {
                if let Some(field) = row.differs(&written, &opening) {
                    fault(Problem::LogRowDiffers { field });
                }
            }
        }
        self.opening = Some(opening);
    }

    /// Rule 9, once the last fact was read; and rule 2 for a log without facts.
    pub fn finish(&self, faults: &mut Faults) {
        let Some(row) = &self.row else { return };
        if self.next == 1 {
            faults.place(self.id, 1, Problem::PlaceMissing { places: 1 });
            return;
        }
        let seq = self.next - 1;
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

    /// The first column that says something else than the first fact.
    fn differs(&self, written: &[[u8; 16]; 4], opening: &Opening) -> Option<&'static str> {
        if let Some(differs) = self.ids.iter().zip(written).position(|(one, other)| one != other) {
            return Some(IDS[differs]);
        }
        if self.series != opening.series.as_bytes() {
            return Some("series");
        }
        (self.training != i64::from(opening.trains)).then_some("training")
    }
}

/// The key that a fact introduces.
fn public_key(text: &str) -> Option<[u8; 32]> {
    #[derive(Deserialize)]
    struct Introduced {
        public_key: String,
    }
    let introduced: Introduced = serde_json::from_str(text).ok()?;
    let digits = introduced.public_key.as_bytes();
    let mut key = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(key)
}

/// Whether a text is one JSON object.
fn is_object(text: &str) -> bool {
    serde_json::from_str::<BTreeMap<IgnoredName, IgnoredAny>>(text).is_ok()
}

/// A field's name that nobody asks for: all are one, so that no map grows.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(from = "IgnoredAny")]
struct IgnoredName;

impl From<IgnoredAny> for IgnoredName {
    fn from(_: IgnoredAny) -> Self {
        Self
    }
}
