//! Small records as they stand: shop settings, devices, roles, operators, tax categories.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;
use uuid::Uuid;
use wire::record::{Entity, Fields, record};

/// A record as its fields, with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Which.
    pub id: Uuid,
    /// Goes up with every change.
    pub version: u64,
    /// Its fields.
    pub fields: Fields,
}

impl StoredRecord {
    /// The record as its struct.
    ///
    /// # Errors
    /// `Value` when a field is missing or has another form.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, DatabaseError> {
        Ok(record(self.fields)?)
    }
}

pub(crate) fn load_fields(
    connection: &Connection,
    entity: Entity,
    id: [u8; 16],
) -> Result<Option<StoredRecord>, DatabaseError> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("select version, fields from record where entity = ?1 and id = ?2")?
        .query_row(params![entity.code(), id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(version, fields)| {
        let fields = serde_json::from_str(&fields)?;
        Ok(StoredRecord { id: Uuid::from_bytes(id), version: version.cast_unsigned(), fields })
    })
    .transpose()
}

/// A record straight as its struct: what every sale reads is not taken apart into fields first.
fn load_as<T: DeserializeOwned>(
    connection: &Connection,
    entity: Entity,
    id: Uuid,
) -> Result<Option<(u64, T)>, DatabaseError> {
    let mut statement =
        connection.prepare_cached("select version, fields from record where entity = ?1 and id = ?2")?;
    let mut rows = statement.query(params![entity.code(), id.into_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let fields = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(Some((row.get::<_, i64>(0)?.cast_unsigned(), serde_json::from_str(fields)?)))
}

pub(crate) fn save_fields(
    connection: &Connection,
    entity: Entity,
    id: [u8; 16],
    version: u64,
    fields: &Fields,
) -> Result<(), DatabaseError> {
    connection
        .prepare_cached(
            "insert or replace into record (entity, id, version, fields) values (?1, ?2, ?3, ?4)",
        )?
        .execute(params![entity.code(), id, version.cast_signed(), serde_json::to_string(fields)?])?;
    Ok(())
}

fn list(connection: &Connection, entity: Entity) -> Result<Vec<StoredRecord>, DatabaseError> {
    let mut statement =
        connection.prepare_cached("select id, version, fields from record where entity = ?1 order by id")?;
    let mut rows = statement.query([entity.code()])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let fields: String = row.get(2)?;
        records.push(StoredRecord {
            id: Uuid::from_bytes(row.get(0)?),
            version: row.get::<_, i64>(1)?.cast_unsigned(),
            fields: serde_json::from_str(&fields)?,
        });
    }
    Ok(records)
}

impl Reader {
    /// The change-sets that the catalogue lacks: they were missing or damaged when they were to be applied.
    ///
    /// # Errors
    /// `Disk`.
    pub fn unapplied(&self) -> Result<Vec<String>, DatabaseError> {
        let mut statement =
            self.catalog.prepare_cached("select change_set from unapplied order by arrival")?;
        let sets = statement.query_map([], |row| row.get(0))?;
        Ok(sets.collect::<Result<_, _>>()?)
    }

    /// A small record, or `None`.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn record(&self, entity: Entity, id: Uuid) -> Result<Option<StoredRecord>, DatabaseError> {
        load_fields(&self.ledger, entity, id.into_bytes())
    }

    /// A small record as its struct, with its version, or `None`.
    ///
    /// # Errors
    /// `Disk`; `Value` when a field is missing or has another form.
    pub fn record_as<T: DeserializeOwned>(
        &self,
        entity: Entity,
        id: Uuid,
    ) -> Result<Option<(u64, T)>, DatabaseError> {
        load_as(&self.ledger, entity, id)
    }

    /// All small records of a kind, by id.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn records(&self, entity: Entity) -> Result<Vec<StoredRecord>, DatabaseError> {
        list(&self.ledger, entity)
    }

    /// The record as it was at a version; kept for shop settings.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn record_at(&self, entity: Entity, id: Uuid, version: u64) -> Result<Option<Fields>, DatabaseError> {
        let fields: Option<String> = self
            .ledger
            .prepare_cached(
                "select fields from record_version where entity = ?1 and id = ?2 and version = ?3",
            )?
            .query_row(params![entity.code(), id.into_bytes(), version.cast_signed()], |row| row.get(0))
            .optional()?;
        Ok(fields.map(|fields| serde_json::from_str(&fields)).transpose()?)
    }
}

impl LedgerTx<'_> {
    /// A small record as this transaction sees it, or `None`.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn record(&self, entity: Entity, id: Uuid) -> Result<Option<StoredRecord>, DatabaseError> {
        load_fields(self.connection, entity, id.into_bytes())
    }

    /// A small record as its struct as this transaction sees it, with its version, or `None`.
    ///
    /// # Errors
    /// `Disk`; `Value` when a field is missing or has another form.
    pub fn record_as<T: DeserializeOwned>(
        &self,
        entity: Entity,
        id: Uuid,
    ) -> Result<Option<(u64, T)>, DatabaseError> {
        load_as(self.connection, entity, id)
    }

    /// The version a small record is at, or `None`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn record_version(&self, entity: Entity, id: Uuid) -> Result<Option<u64>, DatabaseError> {
        let version: Option<i64> = self
            .connection
            .prepare_cached("select version from record where entity = ?1 and id = ?2")?
            .query_row(params![entity.code(), id.into_bytes()], |row| row.get(0))
            .optional()?;
        Ok(version.map(i64::cast_unsigned))
    }

    /// All small records of a kind as this transaction sees them, by id.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn records(&self, entity: Entity) -> Result<Vec<StoredRecord>, DatabaseError> {
        list(self.connection, entity)
    }
}
