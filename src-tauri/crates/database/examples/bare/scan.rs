//! What a report costs at least: every column of every row of a stretch of a rollup, read once.

use crate::{Done, open_to_read};
use rusqlite::types::ValueRef;
use std::path::Path;
use std::time::Instant;

/// Reads the rows of a table whose column lies between two numbers, so many times. Says the nanoseconds of each, and how
/// many rows it were. The names come from the bench, not from outside.
pub fn scan(ledger: &Path, table: &str, column: &str, between: (i64, i64), rounds: usize) -> Done {
    let connection = open_to_read(ledger)?;
    let sql = format!("select * from \"{table}\" where \"{column}\" between ?1 and ?2");
    let mut statement = connection.prepare(&sql)?;
    let width = statement.column_count();
    let (mut nanos, mut read, mut sum) = (Vec::with_capacity(rounds), 0_u64, 0_i64);
    for _ in 0..rounds {
        let started = Instant::now();
        let mut rows = statement.query([between.0, between.1])?;
        read = 0;
        while let Some(row) = rows.next()? {
            read += 1;
            for at in 0..width {
                // What is read is used, or nothing would have to be read.
                sum = sum.wrapping_add(match row.get_ref(at)? {
                    ValueRef::Integer(number) => number,
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len() as i64,
                    ValueRef::Null | ValueRef::Real(_) => 0,
                });
            }
        }
        nanos.push(started.elapsed().as_nanos());
    }
    println!("{{\"nanos\":{nanos:?},\"rows\":{read},\"sum\":{sum}}}");
    Ok(())
}
