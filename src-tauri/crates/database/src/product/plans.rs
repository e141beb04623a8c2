//! How SQLite finds products: by an index in every step, whatever it knows or does not know of the tables.

use super::{BY_CODE, BY_ID, BY_SKU, WORDS};
use crate::connection::DatabaseFile;
use crate::plans::{opened, plan, scans};

#[test]
fn every_hot_statement_goes_by_an_index() {
    let (connection, _dir) = opened(DatabaseFile::Catalog);
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
