//! How SQLite finds rows: by an index in every step, whatever it knows or does not know of the tables. Every statement that
//! the files of a sale's path hold is asked for its plan, so that none is forgotten.

use crate::connection::{DatabaseFile, Files};
use crate::disk::SystemDisk;
use rusqlite::Connection;
use std::sync::Arc;

/// What SQLite says it does for a statement, a step a line.
pub(crate) fn plan(connection: &Connection, sql: &str) -> String {
    let mut statement = connection.prepare(&format!("explain query plan {sql}")).unwrap();
    let parameters = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows =
        statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>(3)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

/// A new file, as a till's writer opens it.
pub(crate) fn opened(file: DatabaseFile) -> (Connection, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::of(dir.path(), Arc::new(SystemDisk)).unwrap();
    (files.open_writer(file).unwrap(), dir)
}

/// A step that looks at every row of a table or index. The index of words is a table of its own making: what it is asked
/// for stands behind its number.
pub(crate) fn scans(plan: &str) -> Vec<&str> {
    let scan = |step: &&str| step.starts_with("SCAN") && !step.contains("VIRTUAL TABLE INDEX");
    plan.lines().filter(scan).collect()
}

/// What a sale reads and writes in the ledger's file, from the first scan to the next customer: open sales, requests,
/// settings and taxes, numbers, stock, drawer, completed sales.
const OF_A_SALE: [(&str, &str); 6] = [
    ("sale.rs", include_str!("sale.rs")),
    ("request.rs", include_str!("request.rs")),
    ("record.rs", include_str!("record.rs")),
    ("ledger.rs", include_str!("ledger.rs")),
    ("project/shared.rs", include_str!("project/shared.rs")),
    ("project/immediate.rs", include_str!("project/immediate.rs")),
];

/// What is no part of a sale, or has a reason, and looks at every row.
const MAY_SCAN: [(&str, &str); 8] = [
    // Whether there is one: it ends at the first.
    ("select 1 from sale limit 1", "SCAN sale"),
    ("select 1 from open_sale limit 1", "SCAN open_sale"),
    // A table of one row.
    ("update draft_mark set marks = marks + 1", "SCAN draft_mark"),
    // As many as there were lives of the till.
    ("from log where training = ?1", "SCAN log"),
    ("from log order by id", "SCAN log"),
    // Off the sale's path: requests of days gone by, two products that are found to be one, lists of what is missing.
    ("delete from request where at < ?1", "SCAN request"),
    ("update on_hand set kept = ?2 where kept = ?1", "SCAN on_hand"),
    ("select change_set from unapplied", "SCAN unapplied"),
];

/// The statements that stand in a source file: its texts that begin like one.
fn statements(source: &str) -> Vec<String> {
    let verbs = ["select ", "insert ", "update ", "delete "];
    let texts = source.split('"').skip(1).step_by(2);
    texts.filter(|text| verbs.iter().any(|verb| text.starts_with(verb))).map(str::to_owned).collect()
}

#[test]
fn every_statement_of_a_sale_goes_by_an_index() {
    let (ledger, _dir) = opened(DatabaseFile::Ledger);
    let (catalog, _dir) = opened(DatabaseFile::Catalog);
    let check = || {
        let mut looked_at = 0;
        for (file, source) in OF_A_SALE {
            for sql in statements(source) {
                let connection = if sql.contains("from unapplied") { &catalog } else { &ledger };
                let plan = plan(connection, &sql);
                let folded = sql.split_whitespace().collect::<Vec<_>>().join(" ");
                let allowed = MAY_SCAN.iter().find(|(part, _)| folded.contains(part));
                let scans = scans(&plan);
                let is_allowed = |scan: &&str| allowed.is_some_and(|(_, step)| scan.starts_with(step));
                assert!(scans.iter().all(is_allowed), "{file}: {folded}\n{plan}");
                assert!(!plan.contains("TEMP B-TREE"), "{file}: it sorts: {folded}\n{plan}");
                looked_at += 1;
            }
        }
        looked_at
    };
    let looked_at = check();
    assert!(looked_at >= 40, "{looked_at} statements were found");
    // What is known of the tables changes no plan.
    ledger.execute_batch("analyze").unwrap();
    assert_eq!(check(), looked_at);
}

#[test]
fn every_scan_that_is_allowed_is_one() {
    let all: String = OF_A_SALE.iter().map(|(_, source)| *source).collect();
    let folded = all.split_whitespace().collect::<Vec<_>>().join(" ");
    for (part, _) in MAY_SCAN {
        assert!(folded.contains(part), "{part} stands nowhere");
    }
}

#[test]
fn the_open_sale_is_found_by_its_keys() {
    let (ledger, _dir) = opened(DatabaseFile::Ledger);
    for (sql, step) in [
        ("select header from open_sale where sale = ?1", "SEARCH open_sale USING PRIMARY KEY (sale=?)"),
        ("select header from open_sale where operator = ?1", "(operator=?)"),
        (
            "select line from open_line where sale = ?1 and number = ?2",
            "SEARCH open_line USING PRIMARY KEY (sale=? AND number=?)",
        ),
        (
            "select line from open_line where sale = ?1 and number < ?2 order by number desc limit ?3",
            "SEARCH open_line USING PRIMARY KEY (sale=? AND number<?)",
        ),
        ("select act from open_trail where sale = ?1 order by entry", "PRIMARY KEY (sale=?)"),
        ("delete from open_line where sale = ?1", "PRIMARY KEY (sale=?)"),
    ] {
        assert!(include_str!("sale.rs").contains(sql), "{sql} stands nowhere");
        let plan = plan(&ledger, sql);
        assert!(plan.contains(step), "{sql}\n{plan}");
    }
}

#[test]
fn a_statement_without_an_index_is_seen() {
    let (catalog, _dir) = opened(DatabaseFile::Catalog);
    assert_eq!(scans(&plan(&catalog, "select name from product where name like ?1")).len(), 1);
}
