//! The catalogue's writer: follows the ledger's record changes and imports.

mod build;
pub mod generation;
mod import;
pub use import::Source;

use crate::connection::{DatabaseFile, Files};
use crate::customer::{load_customer, load_customer_fields, save_customer};
use crate::error::DatabaseError;
use crate::product::{load_category_fields, load_product_fields, save_category, save_product};
use crate::project::{Batch, Placed, Stored};
use crate::search;
use crate::writer::WriterState;
use domain::time::Timestamp;
use rusqlite::Connection;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;
use wire::fact::{Fact, RecordErased, RecordImported};
use wire::record::{Detached, Entity, Fields, RecordChanged, apply, fields, record};

/// Record changes applied in one transaction.
const BATCH: u32 = 500;

/// What the catalogue's writer owns.
pub struct CatalogState {
    files: Files,
    connection: Connection,
    ledger: Connection,
}

impl CatalogState {
    pub fn open(files: &Files) -> Result<Self, DatabaseError> {
        let connection = open_writer(files)?;
        Ok(Self { files: files.clone(), connection, ledger: files.open_reader(DatabaseFile::Ledger)? })
    }

    /// Applies what the ledger holds beyond the watermark.
    pub fn apply(&mut self) -> Result<(), DatabaseError> {
        let source = Source { disk: self.files.disk.as_ref(), data_dir: &self.files.dir, mends: true };
        loop {
            let from: i64 = self
                .connection
                .prepare_cached("select arrival from applied")?
                .query_row([], |row| row.get(0))?;
            let batch = Batch::of_records_after(&self.ledger, from, BATCH)?;
            let Some(last) = batch.last else { return Ok(()) };
            let mut large = None;
            let mut arrival = last;
            let tx = self.connection.transaction()?;
            for (stored, _) in &batch.facts {
                if let Fact::RecordImported(import) = &stored.fact
                    && build::is_large(&tx, import)?
                {
                    large = Some((&stored.placed, import));
                    arrival = stored.placed.arrival - 1;
                    break;
                }
                follow(&tx, source, stored)?;
            }
            tx.prepare_cached("update applied set arrival = ?1")?.execute([arrival])?;
            tx.commit()?;
            if let Some((placed, import)) = large {
                let connection = build(&self.files, &self.connection, source, placed, import)?;
                if let Some(connection) = connection {
                    self.connection = connection;
                }
            }
        }
    }

    /// Makes the catalogue anew when a change-set that it lacks is back.
    pub fn mend(&mut self) -> Result<(), DatabaseError> {
        let source = Source { disk: self.files.disk.as_ref(), data_dir: &self.files.dir, mends: true };
        let lacking: Vec<i64> = self
            .connection
            .prepare("select arrival from unapplied order by arrival")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for arrival in lacking {
            let stored = Stored::at(&self.ledger, arrival)?.map(|(stored, _)| stored.fact);
            if let Some(Fact::RecordImported(fact)) = stored
                && source.check(&fact).is_ok()
            {
                tracing::warn!("a change-set is back: the catalogue is made anew");
                return self.rebuild();
            }
        }
        Ok(())
    }

    /// Empties the catalogue and applies everything.
    pub fn rebuild(&mut self) -> Result<(), DatabaseError> {
        self.connection.execute_batch(&format!(
            "begin;
             delete from product; delete from code; delete from price; delete from category;
             delete from customer; delete from customer_word;
             delete from unapplied; delete from imported_change;
             {}
             update applied set arrival = 0;
             commit;",
            search::EMPTY
        ))?;
        self.apply()
    }

    /// Counts the next sales, so that the search shows first what is sold most. Returns whether more wait.
    pub fn count_sold(&mut self, sales_max: u32) -> Result<bool, DatabaseError> {
        search::sold::count(&self.ledger, &mut self.connection, sales_max)
    }
}

fn open_writer(files: &Files) -> Result<Connection, DatabaseError> {
    let connection = files.open_writer(DatabaseFile::Catalog)?;
    // The catalogue can be rebuilt: a power cut may take its last commits, and the watermark with them. What it keeps in
    // memory is what one step of counting what was sold touches; a large import has a connection of its own.
    connection.execute_batch(
        "pragma synchronous = normal; pragma wal_autocheckpoint = 1000; pragma cache_size = -1024;",
    )?;
    Ok(connection)
}

/// Applies a large import in a new file, which takes the place of the one in use. Returns the writer's connection to it;
/// `None` when the import brings nothing, as its set is missing or damaged, which is noted in the file in use.
fn build(
    files: &Files,
    current: &Connection,
    source: Source<'_>,
    placed: &Placed,
    fact: &RecordImported,
) -> Result<Option<Connection>, DatabaseError> {
    let before = files.generation();
    let path = files.dir.join(generation::new_name(before + 1));
    let filled = match source.check(fact) {
        Ok(()) => build::fill(files, source, &path, placed, fact),
        Err(fault) => Err(fault.into()),
    };
    match filled {
        Ok(()) => {}
        Err(error) => {
            if files.disk.exists(&path).map_err(DatabaseError::of_disk)? {
                files.disk.remove(&path).map_err(DatabaseError::of_disk)?;
            }
            let DatabaseError::Value(problem) = error else { return Err(error) };
            import::note(current, placed.arrival, fact, &problem)?;
            current.execute("update applied set arrival = ?1", [placed.arrival])?;
            return Ok(None);
        }
    }
    let name = files.dir.join(generation::name(before + 1));
    let named = files.disk.rename(&path, &name).and_then(|()| files.disk.sync_dir(&files.dir));
    named.map_err(DatabaseError::of_disk)?;
    files.set_generation(before + 1);
    // The file that was read until now stays until the next start: somebody may still be reading it.
    open_writer(files).map(Some).inspect_err(|_| files.set_generation(before))
}

/// Applies the record changes of a ledger, up to the arrival `applied`, to the empty catalogue in another file.
pub fn replay(
    ledger: &Connection,
    source: Source<'_>,
    into: &Connection,
    applied: i64,
) -> Result<(), DatabaseError> {
    let mut last = 0;
    while last < applied {
        let batch = Batch::of_records_after(ledger, last, BATCH)?;
        let Some(end) = batch.last else { break };
        for (stored, _) in batch.facts.iter().filter(|(stored, _)| stored.placed.arrival <= applied) {
            follow(into, source, stored)?;
        }
        last = end.min(applied);
    }
    into.execute("update applied set arrival = ?1", [last])?;
    Ok(())
}

/// Applies one fact.
fn follow(connection: &Connection, source: Source<'_>, stored: &Stored) -> Result<(), DatabaseError> {
    match &stored.fact {
        Fact::RecordChanged(change) => {
            project(connection, change, &stored.detached, stored.placed.header.moment.wall)
        }
        Fact::RecordImported(fact) => import::import(connection, source, &stored.placed, fact),
        Fact::RecordErased(erased) if erased.entity == Entity::Customer => erase(connection, erased),
        // Not about a record of the catalogue.
        _ => Ok(()),
    }
}

fn project(
    connection: &Connection,
    change: &RecordChanged,
    detached: &[Detached],
    at: Timestamp,
) -> Result<(), DatabaseError> {
    let id = change.id.into_bytes();
    match change.entity {
        Entity::Product => {
            let before = load_product_fields(connection, id)?;
            match changed(before, change, detached)? {
                Some(product) => save_product(connection, id, (change.version, at), &product),
                None => Ok(()),
            }
        }
        Entity::Category => {
            let before = load_category_fields(connection, id)?;
            match changed(before, change, detached)? {
                Some(category) => save_category(connection, id, change.version, &category),
                None => Ok(()),
            }
        }
        Entity::Customer => {
            let before = load_customer_fields(connection, id)?;
            match changed(before, change, detached)? {
                Some(customer) => save_customer(connection, id, change.version, &customer),
                None => Ok(()),
            }
        }
        Entity::Shop
        | Entity::Devices
        | Entity::Backups
        | Entity::CodeRules
        | Entity::Tiles
        | Entity::Role
        | Entity::Operator
        | Entity::TaxCategory
        | Entity::PriceList
        | Entity::Account
        | Entity::Mail => Ok(()),
    }
}

/// Empties personal values of a customer as they stand, in every page of the file that held them.
fn erase(connection: &Connection, erased: &RecordErased) -> Result<(), DatabaseError> {
    let id = erased.id.into_bytes();
    let Some(stored) = load_customer(connection, id)? else { return Ok(()) };
    let mut fields = fields(&stored.customer);
    for field in &erased.fields {
        fields.insert(field.clone(), Value::Null);
    }
    connection.execute_batch("pragma secure_delete = on")?;
    save_customer(connection, id, stored.version, &record(fields)?)
}

/// The record after a change. `None` for one that a change-set made which is missing: what is said of it later is not
/// enough to make it.
fn changed<T: DeserializeOwned>(
    before: Option<Fields>,
    change: &RecordChanged,
    detached: &[Detached],
) -> Result<Option<T>, DatabaseError> {
    let is_known = before.is_some() || change.base_version == 0;
    let mut fields = before.unwrap_or_default();
    apply(&mut fields, change, detached);
    match record(fields) {
        Ok(record) => Ok(Some(record)),
        Err(_) if !is_known => {
            tracing::error!(entity = change.entity.code(), id = %change.id, "a record that is not there was changed");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

impl WriterState for CatalogState {
    fn idle_in(&self) -> Option<Duration> {
        None
    }

    fn idle(&mut self) {}

    fn close(&mut self) {}
}
