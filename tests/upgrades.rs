//! A till is upgraded in the middle of a shift: whatever version its ledger had, what is summed behind the facts is what
//! the facts say, and none of them counts twice.
//!
//! The files of earlier versions are made of the migrations up to theirs and of what a till of today wrote, as far as
//! their tables had a place for it.

use database::Database;
use database::disk::SystemDisk;
use refinery::{Runner, Target, load_sql_migrations};
use rusqlite::Connection;
use scenarios::player::{Hub, Player};
use scenarios::script::parse;
use scenarios::seed::draw::Draw;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Days that end while their shift runs: money that moved without a sale, returns, and how sales were paid put right.
const DAYS: [&str; 3] = ["sale/discount.till", "sale/return_from_receipt.till", "sale/correct_tender.till"];

/// What is summed behind the facts. Tables that follow at once hold, in a file of an earlier version, nothing of what only
/// later programs could do.
const SUMS: [&str; 13] = [
    "shift_sum",
    "shift_tax",
    "shift_tender",
    "sales_by_day",
    "sales_by_hour",
    "tax_by_day",
    "tender_by_day",
    "product_by_day",
    "product_by_month",
    "act_by_day",
    "sale_mark",
    "audit",
    "record_change",
];

fn migrations() -> Vec<refinery::Migration> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../migrations/terminal/ledger");
    load_sql_migrations(folder).unwrap()
}

/// The columns of the tables of `schema`, but for what the migrations themselves fill in.
fn columns(connection: &Connection, schema: &str) -> Vec<(String, BTreeSet<String>)> {
    let listed = format!(
        "select name from {schema}.sqlite_schema
         where type = 'table' and name not like 'sqlite_%' and name not like 'refinery_%' and name <> 'table_class'
         order by name"
    );
    let names: Vec<String> = connection
        .prepare(&listed)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let of = |name: &String| {
        connection
            .prepare("select name from pragma_table_info(?1, ?2)")
            .unwrap()
            .query_map([name.as_str(), schema], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    };
    names.iter().map(|name| (name.clone(), of(name))).collect()
}

/// Makes of the ledger in `dir` one of an earlier version.
#[expect(clippy::disallowed_methods, reason = "the till is not in this file yet")]
fn set_back(dir: &Path, version: i32) {
    let (today, earlier) = (dir.join("ledger.db"), dir.join("earlier.db"));
    let mut connection = Connection::open(&earlier).unwrap();
    Runner::new(&migrations()).set_target(Target::Version(version)).run(&mut connection).unwrap();
    connection.execute("attach database ?1 as today", [today.to_str().unwrap()]).unwrap();
    let known = columns(&connection, "today");
    for (table, places) in columns(&connection, "main") {
        let Some((_, written)) = known.iter().find(|(name, _)| *name == table) else { continue };
        let shared: Vec<&str> = places.intersection(written).map(String::as_str).collect();
        let shared = shared.join("\", \"");
        // What an earlier version could not hold, such as a paper without a sale, is not in its file.
        let copy = format!(
            "insert or ignore into main.\"{table}\" (\"{shared}\") select \"{shared}\" from today.\"{table}\""
        );
        connection.execute(&copy, []).unwrap_or_else(|error| panic!("{table} at V{version}: {error}"));
    }
    connection.execute_batch("detach database today").unwrap();
    drop(connection);
    for tail in ["-wal", "-shm"] {
        let _absent = std::fs::remove_file(dir.join(format!("ledger.db{tail}")));
    }
    std::fs::rename(earlier, today).unwrap();
}

/// The tables that are folded behind the facts, but for the one that says how far.
#[expect(clippy::disallowed_methods, reason = "a look beside the till")]
fn folded(dir: &Path) -> BTreeSet<String> {
    Connection::open(dir.join("ledger.db"))
        .unwrap()
        .prepare("select name from table_class where class = 'deferred' and name <> 'watermark'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_ledger_of_every_earlier_version_sums_a_running_shift_once() {
    let newest = migrations().iter().map(refinery::Migration::version).max().unwrap();
    let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut summed = BTreeSet::new();
    for script in DAYS {
        let folder = tempfile::tempdir().unwrap();
        let mut player = Player::new(Hub::None, 7).unwrap();
        player.play(&parse(&std::fs::read_to_string(scripts.join(script)).unwrap()).unwrap()).unwrap();
        let till = player.terminal().unwrap();
        let original = till.data_dir().to_owned();
        assert_eq!(folded(&original), SUMS.into_iter().map(str::to_owned).collect(), "each is looked at");
        // Everything is folded, so that a migration that only forgets how far would have it counted twice.
        crate::ledger::before_and_after_a_rebuild(till.database(), &original);
        for version in 1..newest {
            let dir = folder.path().join(version.to_string());
            copy(&original, &dir);
            set_back(&dir, version);
            let mut salts = Draw::new(7, 2);
            let salts = move || salts.uuid(0).into_bytes();
            let database = Database::open(&dir, Arc::new(SystemDisk), Box::new(salts)).unwrap();
            let [before, after] = crate::ledger::before_and_after_a_rebuild(&database, &dir);
            for table in SUMS {
                assert_eq!(before[table], after[table], "{script} from V{version}: {table}");
                if !after[table].is_empty() {
                    summed.insert(table);
                }
            }
        }
    }
    assert_eq!(summed.len(), SUMS.len(), "each sum is part of the test: {summed:?}");
}

#[test]
fn what_moved_an_account_has_its_day_whatever_version_wrote_it() {
    // The first version with accounts.
    const ACCOUNTS: i32 = 16;
    let newest = migrations().iter().map(refinery::Migration::version).max().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let script =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/customer/statement.till"))
            .unwrap();
    let mut player = Player::new(Hub::None, 7).unwrap();
    player.play(&parse(&script).unwrap()).unwrap();
    let till = player.terminal().unwrap();
    let original = till.data_dir().to_owned();
    crate::ledger::before_and_after_a_rebuild(till.database(), &original);
    for version in ACCOUNTS..newest {
        let dir = folder.path().join(version.to_string());
        copy(&original, &dir);
        set_back(&dir, version);
        let mut salts = Draw::new(7, 2);
        let salts = move || salts.uuid(0).into_bytes();
        let database = Database::open(&dir, Arc::new(SystemDisk), Box::new(salts)).unwrap();
        let [before, after] = crate::ledger::before_and_after_a_rebuild(&database, &dir);
        assert!(!after["account_movement"].is_empty());
        assert_eq!(before["account_movement"], after["account_movement"], "from V{version}");
    }
}
