//! A report under way: rows with what tells them apart, so that the same row of other days is found again.

use crate::error::DatabaseError;
use domain::currency::Currency;
use domain::money::Money;
use std::collections::BTreeSet;
use wire::report::CellValue;

/// What tells a row from the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Its currency: amounts of two are never added.
    pub currency: Option<Currency>,
    /// What it is about.
    pub of: Of,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// A day, counted from 1970.
    Day(i64),
    /// Something else that is counted: an hour, a weekday, a tax rate.
    Number(i64),
    /// Something with an id.
    Id([u8; 16]),
    /// An operator and a word.
    IdWord([u8; 16], String),
    /// A word.
    Word(String),
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What tells it apart.
    pub key: Key,
    /// Its cells, the first of which say what it is about.
    pub cells: Vec<CellValue>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<&'static str>,
    /// The rows, in the order they are shown.
    pub rows: Vec<Row>,
    /// The sums, of all rows; empty where there is none.
    pub totals: Vec<CellValue>,
    /// The column that the report is about.
    pub measure: usize,
    /// How many rows there are, also where not all are in `rows`.
    pub row_count: usize,
}

impl Table {
    /// A report of these rows.
    pub fn new(columns: &[&'static str], measure: &'static str, rows: Vec<Row>) -> Self {
        let measure = columns.iter().position(|column| *column == measure).unwrap_or(0);
        let row_count = rows.len();
        Self { columns: columns.to_vec(), rows, totals: Vec::new(), measure, row_count }
    }

    /// The report with the sums of the columns named, unless its rows are of two currencies: those have no sum.
    ///
    /// # Errors
    /// `Value` when a sum is more than money can be.
    pub fn with_totals(mut self, summed: &[&str]) -> Result<Self, DatabaseError> {
        let mut currencies = self.rows.iter().filter_map(|row| row.key.currency);
        let first = currencies.next();
        if self.rows.is_empty() || currencies.any(|other| Some(other) != first) {
            return Ok(self);
        }
        let mut totals = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            let mut sum = CellValue::Empty;
            if summed.contains(column) {
                for row in &self.rows {
                    sum = plus(sum, &row.cells[index])?;
                }
            }
            totals.push(sum);
        }
        self.totals = totals;
        Ok(self)
    }

    /// Keeps the first rows only. The sums stay those of all.
    pub fn cut(&mut self, rows_max: usize) {
        self.rows.truncate(rows_max);
    }

    /// The ids of the rows, where all have one and no more: then those of other days are looked for by them.
    pub fn ids(&self) -> Option<BTreeSet<[u8; 16]>> {
        let id = |row: &Row| match row.key.of {
            Of::Id(id) => Some(id),
            Of::Day(_) | Of::Number(_) | Of::IdWord(..) | Of::Word(_) => None,
        };
        if self.rows.len() == self.row_count { None } else { self.rows.iter().map(id).collect() }
    }
}

/// Adds a cell to a sum.
fn plus(sum: CellValue, cell: &CellValue) -> Result<CellValue, DatabaseError> {
    let too_large = || DatabaseError::Value("a sum that is too large".to_owned());
    Ok(match (sum, cell) {
        (CellValue::Empty, cell) => cell.clone(),
        (sum, CellValue::Empty) => sum,
        (CellValue::Count(sum), CellValue::Count(more)) => {
            CellValue::Count(sum.checked_add(*more).ok_or_else(too_large)?)
        }
        (CellValue::Money(sum), CellValue::Money(more)) => {
            CellValue::Money(sum.plus(*more).map_err(|_| too_large())?)
        }
        _ => return Err(DatabaseError::Value("a column of two kinds of cells".to_owned())),
    })
}

/// The currency of a stored row.
pub fn currency(code: &str) -> Result<Currency, DatabaseError> {
    Currency::parse(code).ok_or_else(|| DatabaseError::Value(format!("{code} is no currency")))
}

/// An amount of a stored row.
pub fn amount(minor: i64, currency: Currency) -> Result<Money, DatabaseError> {
    Money::new(minor, currency).map_err(|error| DatabaseError::Value(error.to_string()))
}

/// The same as a cell.
pub fn money(minor: i64, currency: Currency) -> Result<CellValue, DatabaseError> {
    amount(minor, currency).map(CellValue::Money)
}
