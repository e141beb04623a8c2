//! Writes recorded changes with prepared statements, a group as one transaction, and says how long each took.

use crate::record::{Column, Table, tables};
use crate::{Done, answer_lines, open, open_to_read};
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, params, params_from_iter};
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::time::Instant;

/// What the till did at once.
struct Group {
    label: String,
    /// What came of it, in order.
    steps: Vec<Step>,
    /// The code that was looked up before, when one was.
    code: Option<String>,
}

/// One thing that was done to the file.
enum Step {
    /// A transaction that is on disk when it ends.
    Full(Vec<Change>),
    /// A transaction that is not.
    Draft(Vec<Change>),
    /// The log is copied into the file.
    Checkpoint,
}

/// One statement that changes rows.
struct Change {
    statement: usize,
    values: Vec<Value>,
    rows: usize,
}

/// One recorded change of a row.
struct Recorded {
    place: String,
    act: String,
    new: Vec<Value>,
    old: Vec<Value>,
}

/// Texts of the statements, each once.
#[derive(Default)]
struct Statements {
    texts: Vec<String>,
    places: HashMap<String, usize>,
}

impl Statements {
    fn place(&mut self, text: String) -> usize {
        let next = self.texts.len();
        let place = *self.places.entry(text.clone()).or_insert(next);
        if place == next {
            self.texts.push(text);
        }
        place
    }
}

/// The lookup of a scanned code: one prepared join.
const LOOKUP: &str = "\
select p.product, p.name, p.unit, p.tax_category, p.status,
       (select micros from price where price.product = p.id and from_day <= ?2 order by from_day desc limit 1)
from code join product p on p.id = code.product where code.key = ?1";

/// Loads the recording, says `ready`, and replays as many groups as each line says. The answer is JSON: a list of
/// `{label, ns, rows}`.
pub fn replay(ledger: &Path, catalog: &Path, recording: &Path) -> Done {
    let mut statements = Statements::default();
    let mut groups = load(&open_to_read(recording)?, &mut statements)?;
    let catalog = open_to_read(catalog)?;
    let connection = open(ledger)?;
    connection.set_prepared_statement_cache_capacity(statements.texts.len() + 16);
    let mut bare = Bare {
        prepared: statements
            .texts
            .iter()
            .map(|text| connection.prepare_cached(text))
            .collect::<Result<_, _>>()?,
        begin: connection.prepare_cached("begin immediate")?,
        commit: connection.prepare_cached("commit")?,
        lookup: catalog.prepare_cached(LOOKUP)?,
        connection: &connection,
        is_full: true,
    };
    println!("ready {}", groups.len());
    answer_lines(|line| {
        let count: usize = line.parse()?;
        let mut answers = Vec::with_capacity(count);
        for _ in 0..count {
            let group = groups.pop_front().ok_or("the recording is over")?;
            answers.push(bare.run(&group)?);
        }
        Ok(serde_json::to_string(&answers)?)
    })
}

struct Bare<'c> {
    connection: &'c Connection,
    prepared: Vec<CachedStatement<'c>>,
    begin: CachedStatement<'c>,
    commit: CachedStatement<'c>,
    lookup: CachedStatement<'c>,
    is_full: bool,
}

impl Bare<'_> {
    fn run(&mut self, group: &Group) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
        let mut nanos = 0;
        let mut rows = 0;
        for step in &group.steps {
            let (changes, full) = match step {
                Step::Full(changes) => (changes, true),
                Step::Draft(changes) => (changes, false),
                Step::Checkpoint => {
                    self.connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()))?;
                    continue;
                }
            };
            if self.is_full != full {
                let durability = if full { "full" } else { "normal" };
                self.connection.execute_batch(&format!("pragma synchronous = {durability}"))?;
                self.is_full = full;
            }
            let started = Instant::now();
            if let Some(code) = &group.code {
                self.look_up(code)?;
            }
            self.write(changes)?;
            nanos += u64::try_from(started.elapsed().as_nanos())?;
            rows += changes.iter().map(|change| change.rows).sum::<usize>();
        }
        Ok(serde_json::json!({ "label": group.label, "ns": nanos, "rows": rows }))
    }

    /// Finds a product by its code and takes what selling needs of it.
    fn look_up(&mut self, code: &str) -> Result<(), Box<dyn std::error::Error>> {
        // The day is far in the future: the last price counts.
        let mut rows = self.lookup.query(params![code, 1_000_000])?;
        let row = rows.next()?.ok_or("the code is not in the catalogue")?;
        let found: ([u8; 16], String, String, [u8; 16], String, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        std::hint::black_box(found);
        Ok(())
    }

    /// One transaction.
    fn write(&mut self, changes: &[Change]) -> Result<(), Box<dyn std::error::Error>> {
        self.begin.execute([])?;
        for change in changes {
            let changed = self.prepared[change.statement].execute(params_from_iter(&change.values))?;
            if changed != change.rows {
                return Err(format!("a statement changed {changed} rows and not {}", change.rows).into());
            }
        }
        self.commit.execute([])?;
        Ok(())
    }
}

fn load(
    recording: &Connection,
    statements: &mut Statements,
) -> Result<VecDeque<Group>, Box<dyn std::error::Error>> {
    let tables: HashMap<String, Table> =
        tables(recording)?.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut select = recording.prepare("select * from recorded order by id")?;
    let columns = (select.column_count() - 3) / 2;
    let mut rows = select.query([])?;
    let mut groups = VecDeque::new();
    let mut changed: Vec<Recorded> = Vec::new();
    while let Some(row) = rows.next()? {
        let (place, act): (String, String) = (row.get(1)?, row.get(2)?);
        if act == "mark" {
            let (commits, code): (String, String) = (row.get(3)?, row.get(4)?);
            let changed = std::mem::take(&mut changed);
            let code = (!code.is_empty()).then_some(code);
            groups.push_back(Group {
                steps: steps(&commits, changed, &tables, statements)?,
                label: place,
                code,
            });
            continue;
        }
        let width = tables.get(&place).ok_or("a recorded table is gone")?.columns.len();
        let values =
            |from: usize| (from..from + width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>();
        changed.push(Recorded { place, act, new: values(3)?, old: values(3 + columns)? });
    }
    if !changed.is_empty() {
        return Err(format!("{} changes belong to no group", changed.len()).into());
    }
    Ok(groups)
}

/// The changes of a group as its transactions. One transaction has them all; of several each has one row, as when a
/// print job moves from state to state.
fn steps(
    commits: &str,
    changed: Vec<Recorded>,
    tables: &HashMap<String, Table>,
    statements: &mut Statements,
) -> Result<Vec<Step>, Box<dyn std::error::Error>> {
    let words: Vec<&str> = commits.split('+').filter(|word| !word.is_empty()).collect();
    let transactions = words.iter().filter(|word| **word != "checkpoint").count();
    if transactions > 1 && transactions != changed.len() || transactions == 0 && !changed.is_empty() {
        return Err(
            format!("{} rows in {transactions} transactions cannot be told apart", changed.len()).into()
        );
    }
    let mut changed = VecDeque::from(changed);
    let mut steps = Vec::new();
    for word in words {
        let take = if transactions == 1 { changed.len() } else { 1 };
        steps.push(match word {
            "checkpoint" => Step::Checkpoint,
            "full" => Step::Full(changes(changed.drain(..take), tables, statements)),
            "draft" => Step::Draft(changes(changed.drain(..take), tables, statements)),
            other => return Err(format!("`{other}` is no commit").into()),
        });
    }
    Ok(steps)
}

fn changes(
    recorded: impl Iterator<Item = Recorded>,
    tables: &HashMap<String, Table>,
    statements: &mut Statements,
) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for row in recorded {
        let table = &tables[&row.place];
        let change = match row.act.as_str() {
            "insert" => insert(table, row, statements),
            "update" => update(table, row, statements),
            _ => delete(table, row, statements),
        };
        match changes.last_mut() {
            // Rows of one document go with one statement.
            Some(last) if last.statement == change.statement && deletes_same(last, &change, statements) => {
                last.rows += 1;
            }
            _ => changes.push(change),
        }
    }
    changes
}

fn deletes_same(last: &Change, next: &Change, statements: &Statements) -> bool {
    last.values == next.values && statements.texts[last.statement].starts_with("delete")
}

fn insert(table: &Table, row: Recorded, statements: &mut Statements) -> Change {
    let names =
        table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ");
    let marks = (1..=table.columns.len()).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
    let statement = statements.place(format!("insert into \"{}\" ({names}) values ({marks})", table.name));
    Change { statement, values: row.new, rows: 1 }
}

fn update(table: &Table, row: Recorded, statements: &mut Statements) -> Change {
    let differs = |at: &usize| row.new[*at] != row.old[*at];
    let mut places: Vec<usize> = (0..table.columns.len()).filter(differs).collect();
    if places.is_empty() {
        // A row that was written as it stood is written as it stands.
        places.extend(table.columns.iter().position(|column| column.key == 0));
    }
    let mut values: Vec<Value> = places.iter().map(|at| row.new[*at].clone()).collect();
    let set = places.iter().enumerate();
    let set: Vec<String> =
        set.map(|(n, at)| format!("\"{}\" = ?{}", table.columns[*at].name, n + 1)).collect();
    let mut only = Vec::new();
    for (at, column) in key(table) {
        values.push(row.old[at].clone());
        only.push(format!("\"{}\" = ?{}", column.name, values.len()));
    }
    let text = format!("update \"{}\" set {} where {}", table.name, set.join(", "), only.join(" and "));
    Change { statement: statements.place(text), values, rows: 1 }
}

fn delete(table: &Table, row: Recorded, statements: &mut Statements) -> Change {
    // All rows of a document go at once, by the first column of their key.
    let first = key(table).next();
    let (at, column) = first.expect("a recorded table has a primary key");
    let text = format!("delete from \"{}\" where \"{}\" = ?1", table.name, column.name);
    Change { statement: statements.place(text), values: vec![row.old[at].clone()], rows: 1 }
}

/// The columns of the primary key with their places, in the key's order.
fn key(table: &Table) -> impl Iterator<Item = (usize, &Column)> {
    let mut key: Vec<(usize, &Column)> =
        table.columns.iter().enumerate().filter(|(_, c)| c.key > 0).collect();
    key.sort_by_key(|(_, column)| column.key);
    key.into_iter()
}
