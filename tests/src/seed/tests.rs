//! The same plan is the same shop, its chain holds, and its projections are what its facts say.

use super::{Plan, make};
use database::Database;
use database::error::DatabaseError;
use database::fact::StoredFact;
use std::path::Path;
use wire::fact::Fact;
use wire::fact::header::{Header, payload_hash};

const SMALL: Plan = Plan { products: 120, sales: 300, years: 1, seed: 5 };

fn made(plan: Plan) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    make(plan, &folder.path().join("shop"), &mut |_| {}).unwrap();
    folder
}

fn open(folder: &Path) -> Database {
    Database::open(
        &folder.join("shop"),
        std::sync::Arc::new(database::disk::SystemDisk),
        Box::new(|| [0; 16]),
    )
    .unwrap()
}

fn facts(folder: &Path) -> Vec<StoredFact> {
    open(folder).read(|reader| reader.facts_after(0, 100_000)).map_err(|error: DatabaseError| error).unwrap()
}

#[test]
fn the_same_plan_is_the_same_shop_to_the_byte() {
    let (one, two) = (made(SMALL), made(SMALL));
    let first = facts(one.path());
    assert!(first == facts(two.path()), "two runs of one plan differ");
    let other = made(Plan { seed: 6, ..SMALL });
    assert!(first != facts(other.path()), "another seed makes the same shop");
}

#[test]
fn a_seeded_shop_is_a_whole_chain_with_every_sale_of_its_plan() {
    let folder = made(SMALL);
    let mut previous = [0; 32];
    let (mut sales, mut last_wall) = (0, i64::MIN);
    for (index, stored) in facts(folder.path()).iter().enumerate() {
        let header = Header::decode(&stored.envelope).unwrap();
        assert_eq!(header.seq, index as u64 + 1, "the log has no gap");
        assert_eq!(header.previous, previous, "fact {} continues the chain", header.seq);
        let salt = stored.salt.clone().try_into().unwrap();
        assert_eq!(header.payload_hash, payload_hash(&salt, &stored.payload));
        assert!(header.moment.wall.0 >= last_wall, "fact {} goes back in time", header.seq);
        (previous, last_wall) = (header.hash(), header.moment.wall.0);
        let fact = Fact::parse(&header.kind, header.kind_version, &stored.payload).unwrap();
        if let Fact::SaleCompleted(sale) = fact {
            sales += 1;
            assert_eq!(sale.number, sales);
            let settled: i64 =
                sale.tenders().unwrap().iter().map(|tender| tender.signed().unwrap().minor()).sum();
            assert_eq!(settled, sale.total, "{}", sale.receipt_number);
        }
    }
    assert_eq!(sales, u64::from(SMALL.sales));
}

#[test]
fn every_picture_that_a_product_names_is_there() {
    let folder = made(SMALL);
    let blobs = folder.path().join("shop/blobs");
    let listed = super::catalogue::products(&SMALL).unwrap();
    let named: Vec<String> = listed.into_iter().filter_map(|listed| listed.product.picture).collect();
    assert!(named.len() > 20);
    for hash in named {
        assert!(blobs.join(&hash[..2]).join(&hash).is_file(), "{hash}");
    }
}

#[test]
fn a_seeded_shop_equals_its_rebuild() {
    let folder = made(SMALL);
    let database = open(folder.path());
    let dir = folder.path().join("shop");
    let before = database::dump::projections(&dir).unwrap();
    for table in
        ["sale", "number", "drawer", "on_hand", "sales_by_day", "tax_by_day", "product", "price", "code"]
    {
        assert!(!before[table].is_empty(), "{table} is part of the test");
    }
    database.rebuild(SMALL.opened()).unwrap();
    for (table, rows) in database::dump::projections(&dir).unwrap() {
        assert!(before[&table] == rows, "{table} is not what the facts say");
    }
}
