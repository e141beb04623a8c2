//! One pass over the rows of a file: what each is about, what is wrong with it, and the change-set that would be imported.

use super::archive::Pictures;
use super::problem::Problems;
use super::{customer, product};
use crate::Terminal;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::import::table::Form;
use csv::StringRecord;
use database::Reader;
use database::change_set::NewSet;
use database::error::DatabaseError;
use domain::ids::TaxCategoryId;
use domain::tax::TaxCategory;
use domain::time::BusinessDay;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use uuid::Uuid;
use wire::change_set::SetText;
use wire::fact::header::Salt;
use wire::import::{ImportCounts, ImportError, ImportField, ImportKind, ImportMapping, ImportProblemKind};

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
    /// The archive that the file came in.
    pub archive: Option<BlobHash>,
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
    /// Pictures of the archive that the set names, each with its place there.
    pub pictures: Vec<(usize, BlobHash)>,
    /// Up to which place among the facts the catalogue had followed when it was asked.
    pub applied: i64,
}

/// A row of the file, by the fields that its columns are.
pub struct RowCells<'r> {
    pub row: u64,
    cells: &'r StringRecord,
    columns: &'r [Option<usize>],
    /// Every column that is a code: the only field that may stand in several.
    codes: &'r [usize],
}

impl<'r> RowCells<'r> {
    /// What the row says of a field, without white space around it; nothing where the column is missing.
    pub fn get(&self, field: ImportField) -> &'r str {
        let column = self.columns[usize::from(field as u8)];
        column.and_then(|column| self.cells.get(column)).unwrap_or("").trim()
    }

    /// What the row says in the columns that are codes, each with its column from 1; those that say something.
    pub fn codes(&self) -> impl Iterator<Item = (Option<u32>, &'r str)> {
        let (cells, columns) = (self.cells, self.codes);
        let said = columns
            .iter()
            .map(|column| (u32::try_from(column + 1).ok(), cells.get(*column).unwrap_or("").trim()));
        said.filter(|(_, text)| !text.is_empty())
    }

    /// The column of a field, from 1; of the first of several.
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
        let mut codes = Vec::new();
        for (column, field) in self.mapping.columns.iter().enumerate() {
            if let Some(field) = field {
                columns[usize::from(*field as u8)].get_or_insert(column);
                if *field == ImportField::Code {
                    codes.push(column);
                }
            }
        }
        let mut made = self.begin()?;
        let mut products = product::Products::begin(self)?;
        let mut customers = customer::Customers::new(self);
        let mut header_width = None;
        form.rows(file, self.mapping.decimal, |row, bytes, cells| -> Result<bool, Error> {
            if row % 256 == 0 {
                self.progress.bytes.store(bytes, Ordering::Relaxed);
                if self.progress.cancelled.load(Ordering::Relaxed) {
                    return Err(DatabaseError::Stopped.into());
                }
            }
            if row == 1 && self.mapping.header {
                header_width = (0..cells.len())
                    .rfind(|index| cells.get(*index).is_some_and(|cell| !cell.trim().is_empty()))
                    .map(|last| last + 1);
                return Ok(true);
            }
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                return Ok(true);
            }
            let cells = RowCells { row, cells, columns: &columns, codes: &codes };
            let becomes = match self.kind {
                ImportKind::Products => products.row(&cells, &mut made)?,
                ImportKind::Customers => customers.row(&cells, &mut made)?,
            };
            made.beyond(&cells, self.mapping, header_width);
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
            pictures: BTreeMap::new(),
        })
    }

    /// The pictures of the archive that the file came in.
    ///
    /// # Errors
    /// `FileMissing`, `FileUnreadable`.
    pub fn pictures(&self) -> Result<Option<Pictures<'_>>, Error> {
        let Some(archive) = self.archive else { return Ok(None) };
        let file = self.terminal.blobs.data(archive).map_err(|_| ImportError::FileMissing {})?;
        Ok(Some(Pictures::open(self.terminal, file)?))
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
    /// Pictures that the set names, by their places in the archive.
    pub pictures: BTreeMap<usize, BlobHash>,
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
        self.problem_in(cells, (column, text), kind, other)
    }

    /// As [`Made::problem`], of the cell in a column from 1 that says so.
    pub fn problem_in(
        &mut self,
        cells: &RowCells<'_>,
        (column, text): (Option<u32>, &str),
        kind: ImportProblemKind,
        other: Option<u64>,
    ) -> bool {
        self.problems.add(cells.row, column, kind, text, other);
        if kind.is_warning() {
            self.counts.warnings += 1;
        } else {
            self.counts.errors += 1;
        }
        !kind.is_warning()
    }

    /// Notes the first cell of a row that says something where no column has a name: a row longer than the first one.
    fn beyond(&mut self, cells: &RowCells<'_>, mapping: &ImportMapping, header_width: Option<usize>) {
        let width = header_width.unwrap_or(mapping.columns.len());
        if cells.cells.len() <= width {
            return;
        }
        let is_lost = |index: &usize| {
            mapping.columns.get(*index).copied().flatten().is_none()
                && cells.cells.get(*index).is_some_and(|cell| !cell.trim().is_empty())
        };
        if let Some(index) = (width..cells.cells.len()).find(is_lost) {
            let (column, text) = (u32::try_from(index + 1).ok(), cells.cells.get(index).unwrap_or_default());
            self.problems.add(cells.row, column, ImportProblemKind::CellBeyondColumns, text.trim(), None);
            self.counts.warnings += 1;
        }
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
            pictures: self.pictures.into_iter().collect(),
            applied,
        }
    }
}
