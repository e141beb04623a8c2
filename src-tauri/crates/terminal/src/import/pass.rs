//! One pass over the rows of a file: what each is about, what is wrong with it, and the change-set that would be imported.

use super::problem::Problems;
use super::{customer, product};
use crate::Terminal;
use crate::error::Error;
use crate::import::table::Form;
use csv::StringRecord;
use database::Reader;
use database::change_set::NewSet;
use database::error::DatabaseError;
use domain::ids::TaxCategoryId;
use domain::tax::TaxCategory;
use domain::time::BusinessDay;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use uuid::Uuid;
use wire::change_set::SetText;
use wire::fact::header::Salt;
use wire::import::{ImportCounts, ImportField, ImportKind, ImportMapping, ImportProblemKind};

/// How far a pass is, and whether it is to go on.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes: AtomicU64,
    /// Set when it is given up.
    pub cancelled: AtomicBool,
}

/// What a pass is made with.
pub struct Pass<'p> {
    pub terminal: &'p Terminal,
    pub reader: &'p Reader,
    pub kind: ImportKind,
    pub mapping: &'p ImportMapping,
    pub today: BusinessDay,
    /// The id of the first record that is made.
    pub base: Uuid,
    pub progress: &'p Progress,
}

/// What came of a pass.
pub struct Passed {
    /// The set, without its name.
    pub set: Option<(NewSet, SetText)>,
    /// Tax categories that have to be made with it.
    pub tax_categories: Vec<(TaxCategoryId, TaxCategory)>,
    /// What would become of the rows.
    pub counts: ImportCounts,
    /// What is wrong with them.
    pub problems: Problems,
    /// Up to which place among the facts the catalogue had followed when it was asked.
    pub applied: i64,
}

/// A row of the file, by the fields that its columns are.
pub struct RowCells<'r> {
    pub row: u64,
    cells: &'r StringRecord,
    columns: &'r [Option<usize>],
}

impl<'r> RowCells<'r> {
    /// What the row says of a field, without white space around it; nothing where the column is missing.
    pub fn get(&self, field: ImportField) -> &'r str {
        let column = self.columns[usize::from(field as u8)];
        column.and_then(|column| self.cells.get(column)).unwrap_or("").trim()
    }

    /// The column of a field, from 1.
    pub fn column(&self, field: ImportField) -> Option<u32> {
        self.columns[usize::from(field as u8)].and_then(|column| u32::try_from(column + 1).ok())
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A new record.
    Created,
    /// A change of one.
    Updated,
    /// Nothing: it says what is so.
    Unchanged,
    /// It is left out, for its errors.
    Skipped,
}

/// Texts that were met, by a hash of 64 bits under a key of this pass: that two of a million different ones meet is less
/// likely than a bit that flips.
pub struct Met {
    hasher: RandomState,
    rows: HashMap<u64, (u32, u32)>,
}

/// How a text met an earlier one of the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// It is the first.
    First,
    /// The earlier row says the same.
    Same(u64),
    /// The earlier row has another form of it.
    Alike(u64),
}

impl Met {
    pub fn new() -> Self {
        Self { hasher: RandomState::new(), rows: HashMap::new() }
    }

    /// Notes a text of a row under its key.
    pub fn meet(&mut self, key: &str, text: &str, row: u64) -> Meeting {
        let own = (self.hasher.hash_one(text) & u64::from(u32::MAX)) as u32;
        match self.rows.entry(self.hasher.hash_one(key)) {
            Entry::Vacant(place) => {
                place.insert((u32::try_from(row).unwrap_or(u32::MAX), own));
                Meeting::First
            }
            Entry::Occupied(place) => match *place.get() {
                (earlier, there) if there == own => Meeting::Same(earlier.into()),
                (earlier, _) => Meeting::Alike(earlier.into()),
            },
        }
    }
}

impl Pass<'_> {
    /// Reads every row of a file.
    ///
    /// # Errors
    /// `ImportError` when the file cannot be read; `Stopped` when it is given up; `Disk`, `Full`.
    pub fn file(&self, file: &mut File, form: Form) -> Result<Passed, Error> {
        let mut columns = vec![None; ImportField::Status as usize + 1];
        for (column, field) in self.mapping.columns.iter().enumerate() {
            if let Some(field) = field {
                columns[usize::from(*field as u8)].get_or_insert(column);
            }
        }
        let mut made = self.begin()?;
        let mut products = product::Products::begin(self)?;
        let mut customers = customer::Customers::new(self);
        form.rows(file, self.mapping.decimal, |row, bytes, cells| -> Result<bool, Error> {
            if row % 256 == 0 {
                self.progress.bytes.store(bytes, Ordering::Relaxed);
                if self.progress.cancelled.load(Ordering::Relaxed) {
                    return Err(DatabaseError::Stopped.into());
                }
            }
            if row == 1 && self.mapping.header || cells.iter().all(|cell| cell.trim().is_empty()) {
                return Ok(true);
            }
            let cells = RowCells { row, cells, columns: &columns };
            let becomes = match self.kind {
                ImportKind::Products => products.row(&cells, &mut made)?,
                ImportKind::Customers => customers.row(&cells, &mut made)?,
            };
            made.count(becomes);
            made.flush()?;
            Ok(true)
        })?;
        made.tax_categories = products.tax_categories();
        Ok(made.passed(self.reader.catalog_applied()?))
    }

    /// What a pass makes, as it begins.
    pub fn begin(&self) -> Result<Made, Error> {
        Ok(Made {
            set: self.terminal.database.new_set()?,
            text: SetText::new(self.base),
            tax_categories: Vec::new(),
            counts: ImportCounts::default(),
            problems: Problems::default(),
        })
    }

    /// A salt for a personal value.
    pub fn salt(&self) -> Salt {
        self.terminal.surroundings.ids.salt()
    }
}

/// What a pass makes.
pub struct Made {
    set: NewSet,
    pub text: SetText,
    tax_categories: Vec<(TaxCategoryId, TaxCategory)>,
    pub counts: ImportCounts,
    pub problems: Problems,
}

impl Made {
    /// Notes what is wrong with a cell. Returns whether the row is lost for it.
    pub fn problem(
        &mut self,
        cells: &RowCells<'_>,
        field: Option<ImportField>,
        kind: ImportProblemKind,
        other: Option<u64>,
    ) -> bool {
        let column = field.and_then(|field| cells.column(field));
        let text = field.map_or("", |field| cells.get(field));
        self.problems.add(cells.row, column, kind, text, other);
        if kind.is_warning() {
            self.counts.warnings += 1;
        } else {
            self.counts.errors += 1;
        }
        !kind.is_warning()
    }

    /// Counts what becomes of a row.
    pub fn count(&mut self, becomes: Becomes) {
        self.counts.rows += 1;
        match becomes {
            Becomes::Created => self.counts.created += 1,
            Becomes::Updated => self.counts.updated += 1,
            Becomes::Unchanged => self.counts.unchanged += 1,
            Becomes::Skipped => self.counts.skipped += 1,
        }
    }

    /// Takes what was written to the disk, once it is worth it.
    pub fn flush(&mut self) -> Result<(), Error> {
        Ok(self.set.take(&mut self.text).map_err(DatabaseError::of_disk)?)
    }

    /// The end of a pass.
    pub fn passed(self, applied: i64) -> Passed {
        Passed {
            set: Some((self.set, self.text)),
            tax_categories: self.tax_categories,
            counts: self.counts,
            problems: self.problems,
            applied,
        }
    }
}
