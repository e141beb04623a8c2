//! Open sales as they are worked on, and completed ones as they are found again.

mod find;
mod undo;

pub use find::{SaleFilter, SalePlace};

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::{OperatorId, SaleId};
use domain::sale::line::Line;
use domain::sale::undo::Acts;
use domain::sale::{OpenSale, SaleError};
use domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use wire::fact::{Fact, Notes, SaleCompletedFact, SoldLine, TrailEntry};

/// A completed sale as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletedSale {
    /// When it completed, as this terminal's clock saw it.
    pub completed_at: Timestamp,
    /// Minutes east of UTC at that moment.
    pub zone_min: i16,
    /// Who completed it.
    pub operator: OperatorId,
    /// Duplicates printed so far.
    pub copies: u32,
    /// What was noted, by the fields of [`Notes`], as far as it was not erased.
    pub notes: BTreeMap<String, String>,
    /// Whether it was completed in training: it counts nowhere.
    pub training: bool,
    /// Everything else.
    pub fact: SaleCompletedFact,
}

impl CompletedSale {
    /// One of its lines, with what was noted on it.
    ///
    /// # Errors
    /// `AmountOutOfRange` when a stored amount is none.
    pub fn line(&self, sold: &SoldLine) -> Result<Line, SaleError> {
        let note = self.notes.get(&Notes::of_line(sold.line)).cloned();
        Ok(Line { note, ..sold.line(self.fact.currency)? })
    }
}

/// What became of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaleState {
    /// It is still open.
    Open(Box<OpenSale>),
    /// It was put aside.
    Suspended(Box<OpenSale>),
    /// It is completed, under this receipt number.
    Completed(String),
    /// It was given up.
    Cancelled,
    /// Nobody knows it.
    Unknown,
}

/// A completed sale in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleSummary {
    /// Its row: the next page begins before it.
    pub row: i64,
    /// Which.
    pub sale: SaleId,
    /// As printed.
    pub receipt_number: String,
    /// When.
    pub completed_at: Timestamp,
    /// Minor units.
    pub total: i64,
    /// ISO 4217 code.
    pub currency: String,
}

fn open_sale(
    connection: &Connection,
    column: &str,
    key: [u8; 16],
) -> Result<Option<OpenSale>, DatabaseError> {
    let statement = match column {
        "sale" => "select header from open_sale where sale = ?1",
        _ => "select header from open_sale where operator = ?1",
    };
    let header: Option<String> =
        connection.prepare_cached(statement)?.query_row([key], |row| row.get(0)).optional()?;
    Ok(header.map(|header| serde_json::from_str(&header)).transpose()?)
}

fn sale_state(connection: &Connection, sale: SaleId) -> Result<SaleState, DatabaseError> {
    if let Some(open) = open_sale(connection, "sale", sale.bytes())? {
        return Ok(SaleState::Open(Box::new(open)));
    }
    if let Some(open) = crate::suspended::suspended(connection, sale)? {
        return Ok(SaleState::Suspended(Box::new(open)));
    }
    let number: Option<String> = connection
        .prepare_cached("select receipt_number from sale where sale = ?1")?
        .query_row([sale.bytes()], |row| row.get(0))
        .optional()?;
    if let Some(number) = number {
        return Ok(SaleState::Completed(number));
    }
    if let Some(trained) = completed(connection, sale)? {
        return Ok(SaleState::Completed(trained.fact.receipt_number));
    }
    let cancelled =
        connection.prepare_cached("select 1 from sale_cancelled where sale = ?1")?.exists([sale.bytes()])?;
    Ok(if cancelled { SaleState::Cancelled } else { SaleState::Unknown })
}

fn line(connection: &Connection, sale: SaleId, number: u32) -> Result<Option<Line>, DatabaseError> {
    let line: Option<String> = connection
        .prepare_cached("select line from open_line where sale = ?1 and number = ?2")?
        .query_row(params![sale.bytes(), number], |row| row.get(0))
        .optional()?;
    Ok(line.map(|line| serde_json::from_str(&line)).transpose()?)
}

fn open_trail(connection: &Connection, sale: SaleId) -> Result<Vec<TrailEntry>, DatabaseError> {
    let mut statement =
        connection.prepare_cached("select act from open_trail where sale = ?1 order by entry")?;
    let mut rows = statement.query([sale.bytes()])?;
    let mut trail = Vec::new();
    while let Some(row) = rows.next()? {
        trail.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
    }
    Ok(trail)
}

fn read_lines(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Line>, DatabaseError> {
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
    }
    Ok(lines)
}

fn completed(connection: &Connection, sale: SaleId) -> Result<Option<CompletedSale>, DatabaseError> {
    let row: Option<(Vec<u8>, Vec<u8>, u32, i64)> = connection
        .prepare_cached(
            "select fact.envelope, fact.payload, sale.copies, sale.arrival from sale join fact on fact.arrival = sale.arrival
             where sale.sale = ?1",
        )?
        .query_row([sale.bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let row = match row {
        Some(row) => Some(row),
        None => connection
            .prepare_cached(
                "select fact.envelope, fact.payload, 0, sale.arrival from training_sale as sale
                 join fact on fact.arrival = sale.arrival
                 where sale.sale = ?1",
            )?
            .query_row([sale.bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?,
    };
    let Some((envelope, payload, copies, arrival)) = row else { return Ok(None) };
    let header = wire::fact::header::Header::decode(&envelope)?;
    match Fact::parse(&header.kind, header.kind_version, &payload)? {
        Fact::SaleCompleted(fact) => Ok(Some(CompletedSale {
            completed_at: header.moment.wall,
            zone_min: header.moment.zone_min,
            operator: header.actor,
            copies,
            notes: if fact.notes.is_empty() { BTreeMap::new() } else { notes(connection, arrival)? },
            training: header.flags & wire::fact::header::FLAG_TRAINING != 0,
            fact: *fact,
        })),
        _ => Err(DatabaseError::Value(format!("sale {sale} does not lead to its fact"))),
    }
}

/// A completed sale in a list, from its first six columns.
fn summary(row: &rusqlite::Row<'_>) -> rusqlite::Result<SaleSummary> {
    Ok(SaleSummary {
        row: row.get(0)?,
        sale: SaleId::from_bytes(row.get(1)?),
        receipt_number: row.get(2)?,
        completed_at: Timestamp(row.get(3)?),
        total: row.get(4)?,
        currency: row.get(5)?,
    })
}

/// The words of the notes beside a sale's fact.
fn notes(connection: &Connection, arrival: i64) -> Result<BTreeMap<String, String>, DatabaseError> {
    let mut statement = connection
        .prepare_cached("select field, value from detached where arrival = ?1 and value is not null")?;
    let mut rows = statement.query([arrival])?;
    let mut notes = BTreeMap::new();
    while let Some(row) = rows.next()? {
        notes.insert(row.get(0)?, serde_json::from_slice(&row.get::<_, Vec<u8>>(1)?)?);
    }
    Ok(notes)
}

impl Reader {
    /// The open sale of an operator, or `None`.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_sale_of(&self, operator: OperatorId) -> Result<Option<OpenSale>, DatabaseError> {
        open_sale(&self.ledger, "operator", operator.bytes())
    }

    /// Whether an operator has an open sale.
    ///
    /// # Errors
    /// `Disk`.
    pub fn has_open_sale(&self, operator: OperatorId) -> Result<bool, DatabaseError> {
        let mut statement = self.ledger.prepare_cached("select 1 from open_sale where operator = ?1")?;
        Ok(statement.exists([operator.bytes()])?)
    }

    /// What became of a sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn sale_state(&self, sale: SaleId) -> Result<SaleState, DatabaseError> {
        sale_state(&self.ledger, sale)
    }

    /// The lines of an open sale that changed at `revision` or later, by number.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_lines_since(
        &self,
        sale: SaleId,
        revision: u64,
        max: u32,
    ) -> Result<Vec<Line>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select line from open_line where sale = ?1 and revision >= ?2 order by number desc limit ?3",
        )?;
        let mut lines = read_lines(statement.query(params![sale.bytes(), revision.cast_signed(), max])?)?;
        lines.reverse();
        Ok(lines)
    }

    /// One line of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_line(&self, sale: SaleId, number: u32) -> Result<Option<Line>, DatabaseError> {
        line(&self.ledger, sale, number)
    }

    /// The last lines of an open sale with a number below `before`, by number.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_lines_before(&self, sale: SaleId, before: u32, max: u32) -> Result<Vec<Line>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select line from open_line where sale = ?1 and number < ?2 order by number desc limit ?3",
        )?;
        let mut lines = read_lines(statement.query(params![sale.bytes(), before, max])?)?;
        lines.reverse();
        Ok(lines)
    }

    /// The first lines of an open sale that count, by number.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_lines_first(&self, sale: SaleId, max: u32) -> Result<Vec<Line>, DatabaseError> {
        let mut statement = self
            .ledger
            .prepare_cached("select line from open_line where sale = ?1 order by number limit ?2")?;
        let mut lines = read_lines(statement.query(params![sale.bytes(), max])?)?;
        lines.retain(|line| !line.voided);
        Ok(lines)
    }

    /// The trail of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_trail(&self, sale: SaleId) -> Result<Vec<TrailEntry>, DatabaseError> {
        open_trail(&self.ledger, sale)
    }

    /// A completed sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn completed_sale(&self, sale: SaleId) -> Result<Option<CompletedSale>, DatabaseError> {
        completed(&self.ledger, sale)
    }

    /// Completed sales, the newest first, from before a row.
    ///
    /// # Errors
    /// `Disk`.
    pub fn sales_before(&self, row: Option<i64>, max: u32) -> Result<Vec<SaleSummary>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select id, sale, receipt_number, completed_at, total, currency from sale
             where id < ?1 order by id desc limit ?2",
        )?;
        let rows = statement.query_map(params![row.unwrap_or(i64::MAX), max], summary)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Completed sales of one operator, the newest first, from before a row; and where to go on, when there is more. At most
    /// `looked_at` sales of anybody are read for it.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn sales_of_before(
        &self,
        operator: OperatorId,
        row: Option<i64>,
        max: u32,
        looked_at: u32,
    ) -> Result<(Vec<SaleSummary>, Option<i64>), DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select sale.id, sale.sale, sale.receipt_number, sale.completed_at, sale.total, sale.currency,
                    fact.envelope
             from sale join fact on fact.arrival = sale.arrival
             where sale.id < ?1 order by sale.id desc limit ?2",
        )?;
        let mut rows = statement.query(params![row.unwrap_or(i64::MAX), looked_at])?;
        let (mut found, mut looked, mut last) = (Vec::new(), 0, None);
        while let Some(row) = rows.next()? {
            looked += 1;
            last = Some(row.get(0)?);
            let envelope = row.get_ref(6)?.as_blob().map_err(rusqlite::Error::from)?;
            if wire::fact::header::Header::decode(envelope)?.actor == operator {
                found.push(summary(row)?);
            }
            if u32::try_from(found.len()).is_ok_and(|length| length == max) {
                return Ok((found, last));
            }
        }
        Ok((found, last.filter(|_| looked == looked_at)))
    }

    /// A completed sale in short, or `None`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn sale_summary(&self, sale: SaleId) -> Result<Option<SaleSummary>, DatabaseError> {
        let found = self
            .ledger
            .prepare_cached(
                "select id, sale, receipt_number, completed_at, total, currency from sale where sale = ?1",
            )?
            .query_row([sale.bytes()], summary)
            .optional()?;
        Ok(found)
    }

    /// Whether anything was sold or is being sold.
    ///
    /// # Errors
    /// `Disk`.
    pub fn has_sales(&self) -> Result<bool, DatabaseError> {
        let any = self.ledger.prepare_cached("select 1 from sale limit 1")?.exists([])?;
        let open = self.ledger.prepare_cached("select 1 from open_sale limit 1")?.exists([])?;
        Ok(any || open || self.suspended_count()? > 0)
    }
}

impl LedgerTx<'_> {
    /// The open sale of an operator, or `None`.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_sale_of(&self, operator: OperatorId) -> Result<Option<OpenSale>, DatabaseError> {
        open_sale(self.connection, "operator", operator.bytes())
    }

    /// What became of a sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn sale_state(&self, sale: SaleId) -> Result<SaleState, DatabaseError> {
        sale_state(self.connection, sale)
    }

    /// One line of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_line(&self, sale: SaleId, number: u32) -> Result<Option<Line>, DatabaseError> {
        line(self.connection, sale, number)
    }

    /// All lines of an open sale that count, by number.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_lines(&self, sale: SaleId) -> Result<Vec<Line>, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("select line from open_line where sale = ?1 order by number")?;
        let mut lines = read_lines(statement.query([sale.bytes()])?)?;
        lines.retain(|line| !line.voided);
        Ok(lines)
    }

    /// The trail of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_trail(&self, sale: SaleId) -> Result<Vec<TrailEntry>, DatabaseError> {
        open_trail(self.connection, sale)
    }

    /// Saves the header of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn save_open_sale(&self, sale: &OpenSale) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached(
                "insert into open_sale (sale, operator, header) values (?1, ?2, ?3)
                 on conflict (sale) do update set header = excluded.header",
            )?
            .execute(params![sale.id.bytes(), sale.operator.bytes(), serde_json::to_string(sale)?])?;
        Ok(())
    }

    /// Saves one line of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn save_open_line(&self, sale: SaleId, line: &Line) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached(
                "insert into open_line (sale, number, revision, line) values (?1, ?2, ?3, ?4)
                 on conflict (sale, number) do update set revision = excluded.revision, line = excluded.line",
            )?
            .execute(params![
                sale.bytes(),
                line.number,
                line.revision.cast_signed(),
                serde_json::to_string(line)?
            ])?;
        Ok(())
    }

    /// Adds an entry to the trail of an open sale.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn add_open_trail(&self, sale: &OpenSale, entry: &TrailEntry) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("insert into open_trail (sale, entry, act) values (?1, ?2, ?3)")?
            .execute(params![sale.id.bytes(), sale.revision.cast_signed(), serde_json::to_string(entry)?])?;
        Ok(())
    }

    /// Forgets an open sale that became a fact. Few sales have a `trail`, or something to take back: the others do not pay
    /// for forgetting it.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn remove_open_sale(
        &self,
        sale: SaleId,
        acts: &Acts,
        trail: &[TrailEntry],
    ) -> Result<(), DatabaseError> {
        let forget = |statement: &str| self.connection.prepare_cached(statement)?.execute([sale.bytes()]);
        if acts.any_kept() {
            forget("delete from open_act where sale = ?1")?;
        }
        forget("delete from open_line where sale = ?1")?;
        if !trail.is_empty() {
            forget("delete from open_trail where sale = ?1")?;
        }
        forget("delete from open_sale where sale = ?1")?;
        Ok(())
    }

    /// A completed sale.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn completed_sale(&self, sale: SaleId) -> Result<Option<CompletedSale>, DatabaseError> {
        completed(self.connection, sale)
    }
}
