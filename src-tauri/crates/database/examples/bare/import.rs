//! What an import costs at least: the list read once, each row inserted into plain tables as it comes, the search index
//! and the words with it, the indexes made then, the file synced. Nothing is checked, hashed, named or kept beside.

use crate::{Done, open_to_read};
use csv::StringRecord;
use database::search::fold::Words;
use database::search::is_corrected;
use rusqlite::{Connection, OpenFlags, params};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

/// What products of an import have in common, and where their rows begin.
struct Same {
    id: u128,
    unit: String,
    tax_category: [u8; 16],
    status: String,
    changed: i64,
    from_day: i64,
}

/// Reads a list of the columns code, name and price, and fills a new file with the rows that a till's catalogue has of it
/// from the product of row `first` on. Says how many nanoseconds that took, how many milliseconds of them it worked, and
/// how many rows it were.
pub fn import(csv: &Path, like: &Path, first: &str, new: &Path) -> Done {
    let first: i64 = first.parse()?;
    let like = open_to_read(like)?;
    let same = like.query_row(
        "select product, unit, tax_category, status, changed,
                (select from_day from price where price.product = id)
         from product where id = ?1",
        [first],
        |row| {
            Ok(Same {
                id: u128::from_be_bytes(row.get(0)?),
                unit: row.get(1)?,
                tax_category: row.get(2)?,
                status: row.get(3)?,
                changed: row.get(4)?,
                from_day: row.get(5)?,
            })
        },
    )?;
    let tables = statements(&like, "table")?;
    let indexes = statements(&like, "index")?;
    if new.exists() {
        fs::remove_file(new)?;
    }
    let started = Instant::now();
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(new, flags)?;
    // The fastest there is: a file that is not whole is thrown away.
    connection.execute_batch(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32768; begin",
    )?;
    tables.iter().try_for_each(|sql| connection.execute_batch(sql))?;
    let rows = fill(&connection, csv, first, &same)?;
    indexes.iter().try_for_each(|sql| connection.execute_batch(sql))?;
    connection.execute_batch("commit")?;
    connection.close().map_err(|(_, error)| error)?;
    File::open(new)?.sync_all()?;
    let nanos = started.elapsed().as_nanos();
    println!("[{nanos}, {}, {rows}]", worked_ms()?);
    Ok(())
}

/// How tables or indexes are made; not those that others make.
fn statements(like: &Connection, kind: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = like.prepare(
        "select sql from sqlite_schema where type = ?1 and sql is not null and name not like 'sqlite_%'
           and name not in (select name from pragma_table_list where type = 'shadow')",
    )?;
    statement.query_map([kind], |row| row.get(0))?.collect()
}

fn fill(
    connection: &Connection,
    csv: &Path,
    first: i64,
    same: &Same,
) -> Result<i64, Box<dyn std::error::Error>> {
    let mut product = connection.prepare(
        "insert into product (id, product, version, name, unit, tax_category, status, changed)
         values (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut code = connection.prepare("insert into code (key, product, code) values (?1, ?2, ?3)")?;
    let mut price =
        connection.prepare("insert into price (product, list, from_day, micros) values (?1, x'', ?2, ?3)")?;
    let mut search = connection.prepare("insert into search (rowid, text) values (?1, ?2)")?;
    let mut words: BTreeSet<Box<str>> = BTreeSet::new();
    let mut reader = csv::Reader::from_path(csv)?;
    let mut cells = StringRecord::new();
    let mut row = first;
    while reader.read_record(&mut cells)? {
        let (number, name) = (cells[0].trim(), cells[1].trim());
        let id = (same.id + u128::try_from(row - first)?).to_be_bytes();
        product.execute(params![row, id, name, same.unit, same.tax_category, same.status, same.changed])?;
        code.execute(params![format!("{number:0>14}"), row, number])?;
        let (units, cents) = cells[2].split_once('.').ok_or("a price without cents")?;
        let micros = units.parse::<i64>()? * 1_000_000 + cents.parse::<i64>()? * 10_000;
        price.execute(params![row, same.from_day, micros])?;
        let mut text = Words::default();
        text.add(name);
        text.add(number);
        text.add_whole(number);
        text.add(number.trim_start_matches('0'));
        let text = text.into_text();
        search.execute(params![(64_i64 << 40) | row, text])?;
        for word in text.split(' ').filter(|word| is_corrected(word)) {
            if !words.contains(word) {
                words.insert(word.into());
            }
        }
        row += 1;
    }
    let mut forwards = connection.prepare("insert into search_word (word) values (?1)")?;
    let mut backwards: Vec<String> = Vec::with_capacity(words.len());
    for word in &words {
        forwards.execute([word])?;
        backwards.push(word.chars().rev().collect());
    }
    backwards.sort_unstable();
    let mut statement = connection.prepare("insert into search_word_backwards (word) values (?1)")?;
    backwards.iter().try_for_each(|word| statement.execute([word]).map(drop))?;
    Ok(row - first)
}

/// How long this program has worked, in milliseconds (proc_pid_stat(5), fields 14 and 15, in hundredths of a second).
fn worked_ms() -> Result<u64, Box<dyn std::error::Error>> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let fields = text.rsplit_once(')').ok_or("a process without a name")?.1.split_whitespace();
    let ticks = fields.skip(11).take(2).map(str::parse::<u64>).collect::<Result<Vec<_>, _>>()?;
    Ok(ticks.iter().sum::<u64>() * 10)
}
