//! What a rebuild costs at least: the tables of what is derived emptied, and their rows inserted.

use crate::record::{Table, tables};
use crate::{Done, open};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::path::Path;
use std::time::Instant;

/// Takes the rows of all projections into memory, then empties the tables and inserts the rows in one transaction. Says
/// how many nanoseconds that took, without the taking, and how many rows it were.
pub fn insert(ledger: &Path) -> Done {
    let connection = open(ledger)?;
    let derived: Vec<String> = connection
        .prepare("select name from table_class where class in ('immediate', 'deferred')")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut taken = Vec::new();
    for table in tables(&connection)?.into_iter().filter(|table| derived.contains(&table.name)) {
        let rows = rows(&connection, &table)?;
        taken.push((table, rows));
    }
    let started = Instant::now();
    connection.execute_batch("begin immediate")?;
    for (table, _) in &taken {
        connection.execute(&format!("delete from \"{}\"", table.name), [])?;
    }
    let mut inserted = 0_usize;
    for (table, rows) in &taken {
        let marks = (1..=table.columns.len()).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
        let mut statement =
            connection.prepare(&format!("insert into \"{}\" values ({marks})", table.name))?;
        for row in rows {
            inserted += statement.execute(params_from_iter(row))?;
        }
    }
    connection.execute_batch("commit")?;
    let nanos = started.elapsed().as_nanos();
    println!("[{nanos}, {inserted}]");
    Ok(())
}

fn rows(connection: &Connection, table: &Table) -> rusqlite::Result<Vec<Vec<Value>>> {
    let names = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>();
    let mut statement =
        connection.prepare(&format!("select {} from \"{}\"", names.join(", "), table.name))?;
    let width = table.columns.len();
    let rows = statement.query_map([], |row| (0..width).map(|at| row.get(at)).collect())?;
    rows.collect()
}
