//! How SQLite finds products: by an index in every step, whatever it knows or does not know of the tables.

use super::{BY_CODE, BY_ID, BY_SKU, WORDS};
use crate::connection::{DatabaseFile, Files};
use crate::disk::SystemDisk;
use rusqlite::Connection;
use std::sync::Arc;

/// What SQLite says it does for a statement, a step a line.
fn plan(connection: &Connection, sql: &str) -> String {
    let mut statement = connection.prepare(&format!("explain query plan {sql}")).unwrap();
    let parameters = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows =
        statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>(3)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

fn catalog() -> (Connection, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::of(dir.path(), Arc::new(SystemDisk)).unwrap();
    (files.open_writer(DatabaseFile::Catalog).unwrap(), dir)
}

/// A step that looks at every row of a table or index. The index of words is a table of its own making: what it is asked
/// for stands behind its number.
fn scans(plan: &str) -> Vec<&str> {
    let scan = |step: &&str| step.starts_with("SCAN") && !step.contains("VIRTUAL TABLE INDEX");
    plan.lines().filter(scan).collect()
}

#[test]
fn every_hot_statement_goes_by_an_index() {
    let (connection, _dir) = catalog();
    let check = || {
        for (sql, steps) in [
            (
                BY_CODE,
                ["SEARCH c USING PRIMARY KEY (key=?)", "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"]
                    .as_slice(),
            ),
            (BY_SKU, &["SEARCH p USING INDEX", "(sku=?)"]),
            (BY_ID, &["SEARCH p USING INDEX", "(product=?)"]),
            (WORDS, &["SCAN search VIRTUAL TABLE INDEX", "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"]),
        ] {
            let plan = plan(&connection, sql);
            assert!(scans(&plan).is_empty(), "{sql}\n{plan}");
            for step in steps {
                assert!(plan.contains(step), "{step} is not in\n{plan}");
            }
            assert!(!plan.contains("TEMP B-TREE"), "it sorts\n{plan}");
        }
    };
    check();
    // What is known of the tables changes no plan.
    connection.execute_batch("analyze").unwrap();
    check();
}

#[test]
fn a_statement_without_an_index_is_seen() {
    let (connection, _dir) = catalog();
    assert_eq!(scans(&plan(&connection, "select name from product where name like ?1")).len(), 1);
}
