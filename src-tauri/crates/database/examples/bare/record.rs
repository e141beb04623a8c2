//! Records every change of a row while a till works on the same file: triggers copy old and new values into a table of
//! the file itself, in the till's own transactions, and this program marks where one group of changes ends.

use crate::{Done, answer_lines, open};
use rusqlite::{Connection, params};
use std::path::Path;

/// Columns of a recorded table at most.
pub const COLUMNS_MAX: usize = 32;

/// A table of the till.
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// A column.
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its place in the primary key from 1; 0 when it is not part of it.
    pub key: i64,
}

/// Prepares the file, says `ready`, and marks a group at each line `LABEL COMMITS ARGUMENT`. `COMMITS` are the words
/// `full`, `draft` and `checkpoint` with `+` between them, in their order; `ARGUMENT` may be empty.
pub fn record(ledger: &Path) -> Done {
    let connection = open(ledger)?;
    // The marks may be lost with the power; the recording is used at once.
    connection.execute_batch("pragma synchronous = off")?;
    prepare(&connection)?;
    println!("ready");
    let mut mark =
        connection.prepare("insert into recorded (place, act, n0, n1) values (?1, 'mark', ?2, ?3)")?;
    answer_lines(|line| {
        let mut words = line.splitn(3, ' ');
        let label = words.next().unwrap_or_default();
        let commits = words.next().unwrap_or_default();
        mark.execute(params![label, commits, words.next().unwrap_or_default()])?;
        Ok("marked".to_owned())
    })
}

fn prepare(connection: &Connection) -> Done {
    let values =
        |letter: char| (0..COLUMNS_MAX).map(|at| format!("{letter}{at}")).collect::<Vec<_>>().join(", ");
    // Without a declared type a column keeps the type of every value.
    connection.execute_batch(&format!(
        "create table recorded (id integer primary key, place, act, {}, {})",
        values('n'),
        values('o')
    ))?;
    for table in tables(connection)? {
        for (act, letters) in [("insert", "n"), ("update", "no"), ("delete", "o")] {
            connection.execute_batch(&trigger(&table, act, letters))?;
        }
    }
    Ok(())
}

fn trigger(table: &Table, act: &str, letters: &str) -> String {
    let Table { name, columns } = table;
    let mut into = Vec::new();
    let mut from = Vec::new();
    for letter in letters.chars() {
        let row = if letter == 'n' { "new" } else { "old" };
        for (at, column) in columns.iter().enumerate() {
            into.push(format!("{letter}{at}"));
            from.push(format!("{row}.\"{}\"", column.name));
        }
    }
    format!(
        "create trigger recorded_{act}_{name} after {act} on \"{name}\" begin
             insert into recorded (place, act, {}) values ('{name}', '{act}', {});
         end",
        into.join(", "),
        from.join(", ")
    )
}

/// The till's tables, as the file itself describes them.
pub fn tables(connection: &Connection) -> Result<Vec<Table>, Box<dyn std::error::Error>> {
    let names: Vec<String> = connection
        .prepare(
            "select name from sqlite_schema
             where type = 'table' and name not like 'sqlite_%' and name <> 'recorded'
               and name not in (select name from table_class where class = 'schema') order by name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut tables = Vec::new();
    for name in names {
        let columns: Vec<Column> = connection
            .prepare("select name, pk from pragma_table_info(?1) order by cid")?
            .query_map([&name], |row| Ok(Column { name: row.get(0)?, key: row.get(1)? }))?
            .collect::<Result<_, _>>()?;
        if columns.len() > COLUMNS_MAX || columns.iter().all(|column| column.key == 0) {
            return Err(format!("the table {name} has too many columns or no primary key").into());
        }
        tables.push(Table { name, columns });
    }
    Ok(tables)
}
