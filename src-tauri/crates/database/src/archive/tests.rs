//! Archives of a small ledger on a real disk.

use super::*;
use crate::backup::tests::{Shop, moment};
use crate::disk::SystemDisk;

/// Stands for the terminal's key.
const KEY: [u8; 32] = [9; 32];

fn sign(message: &[u8]) -> Result<([u8; 32], [u8; 64]), DatabaseError> {
    assert!(message.starts_with(b"tkpr-head-1"));
    Ok((KEY, [message[message.len() - 1]; 64]))
}

fn archive(shop: &Shop, days: i64) -> Option<Archive> {
    let folder = shop.data_dir().join(FOLDER);
    shop.database().archive(&folder, &moment(days), &sign, &mut || true).unwrap()
}

fn count(path: &Path, query: &str) -> i64 {
    let file = connect(&SystemDisk, path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    file.query_row(query, [], |row| row.get(0)).unwrap()
}

#[test]
fn each_month_that_is_over_becomes_a_chain_that_goes_on_where_the_one_before_ends() {
    let shop = Shop::new();
    let folder = shop.data_dir().join(FOLDER);
    shop.happen(20, 0);
    assert_eq!(archive(&shop, 29), None, "March is not over");
    // Nothing in May; June is the month it is.
    shop.happen(30, 31);
    shop.happen(10, 95);
    let march = archive(&shop, 95).unwrap();
    let april = archive(&shop, 95).unwrap();
    assert_eq!(archive(&shop, 95), None);
    assert_eq!((march.month.as_str(), march.facts, march.last_arrival), ("2026-03", 21, 21));
    assert_eq!((april.month.as_str(), april.facts, april.last_arrival), ("2026-04", 30, 51));
    assert_eq!(archives(&SystemDisk, &folder).unwrap(), [april.clone(), march.clone()]);
    let april = folder.join(april.file);
    assert_eq!(count(&april, "select min(seq) from fact"), 22);
    assert_eq!(count(&april, "select before_seq from archive_log"), 21);
    let joined = connect(&SystemDisk, &april, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let before: Hash = joined.query_row("select before_hash from archive_log", [], |row| row.get(0)).unwrap();
    let march = connect(&SystemDisk, &folder.join(march.file), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let end: Hash = march.query_row("select head_hash from log", [], |row| row.get(0)).unwrap();
    assert_eq!(before, end);
}

#[test]
fn its_end_is_signed_by_a_key_that_was_introduced_and_by_no_other() {
    let shop = Shop::new();
    let folder = shop.data_dir().join(FOLDER);
    shop.happen(5, 0);
    shop.happen(1, 31);
    let march = folder.join(archive(&shop, 40).unwrap().file);
    assert_eq!(count(&march, "select count(*) from signed_head"), 0, "no key was introduced");
    shop.database()
        .write(crate::Durability::Durable, moment(32), |tx: &mut crate::LedgerTx<'_>| {
            tx.sign_head(KEY, |_| [1; 64])
        })
        .unwrap();
    shop.happen(3, 33);
    shop.happen(1, 62);
    let april = folder.join(archive(&shop, 62).unwrap().file);
    assert_eq!(count(&april, "select count(*) from signed_head"), 2);
    assert_eq!(count(&april, "select max(seq) = (select head_seq from log) from signed_head"), 1);
}

#[test]
fn a_clock_that_was_wrong_loses_no_fact_and_no_month() {
    let shop = Shop::new();
    shop.happen(5, 0);
    // An hour in 2030, and one in 2020.
    shop.happen(2, 1_500);
    shop.happen(2, 1);
    shop.happen(2, -2_200);
    shop.happen(1, 31);
    let march = archive(&shop, 31).unwrap();
    // Jumps are facts too: all that arrived before April.
    let before_april = march.facts;
    assert!((12..=16).contains(&before_april), "{before_april}");
    assert_eq!(archive(&shop, 31), None);
    shop.happen(1, 62);
    assert_eq!(archive(&shop, 62).unwrap().month, "2026-04");
}

#[test]
fn an_archive_is_carried_and_a_torn_one_is_made_again() {
    let shop = Shop::new();
    let folder = shop.data_dir().join(FOLDER);
    shop.happen(5, 0);
    let march = archive(&shop, 31).unwrap();
    let stick = shop.dir.path().join("stick");
    carry(&SystemDisk, &folder, &stick, &mut || true).unwrap();
    assert_eq!(archives(&SystemDisk, &stick).unwrap(), std::slice::from_ref(&march));
    let path = folder.join(&march.file);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(archives(&SystemDisk, &folder).unwrap(), []);
    assert_eq!(archive(&shop, 31).unwrap().facts, march.facts);
    remove(&SystemDisk, &folder, &march).unwrap();
    assert_eq!(archives(&SystemDisk, &folder).unwrap(), []);
}
