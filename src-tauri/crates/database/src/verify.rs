//! Checks a ledger from outside: whether everything holds that `docs/ledger-format.md` says has to hold, and for a data
//! directory also whether what lies beside the facts is what follows from them. Only reads, needs no writer, may run
//! beside a till, and stands every kind of damage: whatever it finds is a fault in the report.
//!
//! Memory does not grow with the history: facts are read one by one in the order they arrived.

mod account;
mod archive;
mod archives;
mod begin;
mod beside;
mod change_sets;
mod content;
mod facts;
mod fault;
mod heads;
mod invoice;
mod log;
mod once;
mod open;
mod personal;
mod projections;
mod returned;
mod sale;
mod shift;
mod value;

pub use fault::{Fault, Problem};

use crate::connection::DatabaseFile;
use crate::disk::Disk;
use crate::error::DatabaseError;
use domain::ids::{IncarnationId, TerminalId};
use fault::Faults;
use open::Store;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wire::fact::header::Hash;

/// What a ledger holds, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The month of an archive; `None` of a ledger.
    pub archive: Option<String>,
    /// The logs, by id.
    pub logs: Vec<LogReport>,
    /// Facts in all logs.
    pub facts: u64,
    /// Completed sales in the logs that count.
    pub sales: u64,
    /// What these sales come to in minor units, by the code of the currency.
    pub totals: BTreeMap<String, i128>,
    /// Personal values that are kept beside their facts.
    pub personal_values: u64,
    /// Personal values that were erased.
    pub erased_values: u64,
    /// What beside the ledger was compared with the facts; `None` where only the ledger's file was looked at.
    pub beside: Option<BesideReport>,
    /// What is wrong, in the order of `docs/ledger-format.md`: the first is the one to look at.
    pub faults: Vec<Fault>,
    /// Faults beyond those listed.
    pub faults_more: u64,
}

/// What one log holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogReport {
    /// Its row.
    pub id: i64,
    /// Which life of the terminal; `None` when no fact of it can be read.
    pub incarnation: Option<IncarnationId>,
    /// What stands before its receipt numbers.
    pub series: String,
    /// Whether it is one to train on: nothing in it counts.
    pub training: bool,
    /// Its facts.
    pub facts: u64,
    /// The first place: 1, except in an archive.
    pub first_place: i64,
    /// Its completed sales; as many receipt numbers were taken.
    pub sales: u64,
    /// The first of these numbers.
    pub first_number: Option<u64>,
    /// What they come to in minor units, by currency.
    pub totals: BTreeMap<String, i128>,
    /// The last place that a signed head vouches for.
    pub signed_to: Option<i64>,
    /// What the next archive goes on from.
    #[serde(skip)]
    end: End,
}

/// Between what a log stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    before: begin::Begin,
    hash: Option<Hash>,
    key: Option<[u8; 32]>,
}

/// What was compared beside the ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BesideReport {
    /// Tables that were computed anew from the facts and compared row by row.
    pub tables: u64,
    /// Rows in them.
    pub rows: u64,
    /// Pictures that are named, and are there as they were stored.
    pub pictures: u64,
    /// Guards that remember nothing the ledger does not hold.
    pub guards: u64,
    /// Archives that are whole.
    pub archives: u64,
    /// Change-sets that facts name, and that are as they were written.
    pub change_sets: u64,
}

impl LogReport {
    /// The last place of a log that is whole.
    fn end_place(&self) -> i64 {
        self.first_place + self.facts.cast_signed() - 1
    }
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    fn finish(mut self, faults: Faults) -> Self {
        (self.faults, self.faults_more) = faults.in_order();
        self
    }
}

/// How often a file is looked at when a till begins to write it meanwhile. It does so at its start only.
const LOOKS_MAX: u32 = 3;

/// Checks the file of a ledger: `ledger.db`, a backup of it, or an archive.
///
/// # Errors
/// `Directory` when there is no such file, `Disk` when it cannot be opened. A file that is no ledger is a fault.
pub fn file(disk: &dyn Disk, path: &Path) -> Result<Report, DatabaseError> {
    look(disk, path, |store| {
        let (mut report, mut faults) = (Report::default(), Faults::default());
        facts::check(store, open::Depth::Quick, &mut report, &mut faults);
        Ok(report.finish(faults))
    })
}

/// Checks a data directory: its ledger, every projection against one computed anew, the catalogue, the pictures that
/// are named, its archives, and the guards of its logs where `guard_dir` says in which directory those of a terminal lie.
///
/// # Errors
/// As [`file()`]; `Disk` or `Directory` when there is no room to compute the projections anew.
pub fn directory(
    disk: &dyn Disk,
    dir: &Path,
    guard_dir: Option<&dyn Fn(TerminalId) -> PathBuf>,
) -> Result<Report, DatabaseError> {
    look(disk, &dir.join(DatabaseFile::Ledger.name()), |store| {
        let (mut report, mut faults) = (Report::default(), Faults::default());
        let mut beside = BesideReport::default();
        // Guards and catalogue are never ahead of the ledger: whoever reads them first finds no till's haste in them.
        let remembered =
            guard_dir.map(|guard_dir| beside::remembered(store, guard_dir, &mut faults)).unwrap_or_default();
        let catalog = projections::Catalog::open(disk, dir, &mut faults);
        let read = facts::check(store, open::Depth::Full, &mut report, &mut faults);
        beside::guards(store, &remembered, &mut beside, &mut faults);
        change_sets::check(store, dir, &mut report, &mut beside, &mut faults);
        projections::compare(store, dir, catalog.as_ref(), read, &mut beside, &mut faults)?;
        beside::pictures(store, dir, catalog.as_ref(), &mut beside, &mut faults);
        archives::check(store, dir, &mut beside, &mut faults)?;
        report.beside = Some(beside);
        Ok(report.finish(faults))
    })
}

fn look(
    disk: &dyn Disk,
    path: &Path,
    check: impl Fn(&Store<'_>) -> Result<Report, DatabaseError>,
) -> Result<Report, DatabaseError> {
    let mut looks = 1;
    loop {
        let store = Store::open(disk, path)?;
        let report = check(&store)?;
        if looks == LOOKS_MAX || !store.is_overtaken() {
            return Ok(report);
        }
        looks += 1;
    }
}
