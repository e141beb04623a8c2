//! The files as anybody with plain SQLite sees them: for tests, and for people who check the books.

use crate::connection::{DatabaseFile, Files};
use crate::disk::SystemDisk;
use crate::error::DatabaseError;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const FILES: [DatabaseFile; 2] = [DatabaseFile::Ledger, DatabaseFile::Catalog];

fn open(dir: &Path, file: DatabaseFile, flags: OpenFlags) -> Result<Connection, DatabaseError> {
    let files = Files::of(dir, Arc::new(SystemDisk))?;
    Ok(Connection::open_with_flags(files.path(file), flags)?)
}

/// Every row of every projection of both files, as text in the order of its columns, by table. The search index is left
/// out: its segments depend on the order it was written in.
///
/// # Errors
/// `Disk`.
pub fn projections(dir: &Path) -> Result<BTreeMap<String, Vec<String>>, DatabaseError> {
    let mut tables = BTreeMap::new();
    for file in FILES {
        let connection = open(dir, file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let names: Vec<String> = connection
            .prepare(
                "select name from table_class
                 where class in ('immediate', 'deferred') and name not like 'search%' order by name",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for name in names {
            // The name comes from our own migration.
            let mut statement = connection.prepare(&format!("select * from \"{name}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            let mut texts = Vec::new();
            while let Some(row) = rows.next()? {
                let mut text = String::new();
                for column in 0..columns {
                    text.push_str(&show(row.get_ref(column)?));
                    text.push('|');
                }
                texts.push(text);
            }
            texts.sort();
            tables.insert(name, texts);
        }
    }
    Ok(tables)
}

/// A value as text.
pub(crate) fn show(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(integer) => integer.to_string(),
        ValueRef::Real(real) => real.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// Tables of both files that have no row in `table_class`.
///
/// # Errors
/// `Disk`.
pub fn tables_without_class(dir: &Path) -> Result<Vec<String>, DatabaseError> {
    let mut missing = Vec::new();
    for file in FILES {
        let connection = open(dir, file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = connection.prepare(
            "select name from sqlite_schema
             where type = 'table' and name not like 'sqlite_%'
               and name not in (select name from table_class) order by name",
        )?;
        let names = statement.query_map([], |row| row.get::<_, String>(0))?;
        for name in names {
            missing.push(format!("{}: {}", file.name(), name?));
        }
    }
    Ok(missing)
}

/// Runs a statement on the ledger as somebody with plain SQLite could.
///
/// # Errors
/// What SQLite answers.
pub fn try_statement(dir: &Path, statement: &str) -> Result<usize, rusqlite::Error> {
    let path = dir.join(DatabaseFile::Ledger.name());
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?.execute(statement, [])
}

/// Runs statements on a ledger as somebody with plain SQLite could who wants to hide something: first what refuses it
/// is taken away, then everything is one transaction.
///
/// # Errors
/// What SQLite answers.
pub fn run_statements(file: &Path, statements: &str) -> Result<(), rusqlite::Error> {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?.execute_batch(&format!(
        "pragma synchronous = off;
         begin;
         drop trigger if exists fact_is_not_updated;
         drop trigger if exists fact_is_not_deleted;
         {statements};
         commit;"
    ))
}
