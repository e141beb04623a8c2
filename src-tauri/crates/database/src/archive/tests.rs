//! Archives of a small ledger on a real disk.

use super::*;
use crate::backup::tests::{Shop, moment};
use crate::backup::{self, Erasures};
use crate::disk::SystemDisk;
use crate::ledger::LedgerTx;
use crate::restore::{Damage, decide, finish, stage};
use crate::verify::directory;
use crate::{Durability, Purpose};
use domain::ids::OperatorId;
use uuid::Uuid;
use wire::fact::{LedgerOpened, OpenReason};
use wire::record::Entity;

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

/// Which facts an archive holds, and where. The bytes of the file tell when it was made.
fn what(archive: &Archive) -> (&str, &[End], u64) {
    (&archive.file, &archive.ends, archive.facts)
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
        .write(Durability::Durable, moment(32), |tx: &mut LedgerTx<'_>| tx.sign_head(KEY, |_| [1; 64]))
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
    assert_eq!(what(&archive(&shop, 31).unwrap()), what(&march));
    // A power cut came between the file and what stands beside it.
    std::fs::remove_file(folder.join("2026-03.store.json")).unwrap();
    assert_eq!(what(&archive(&shop, 31).unwrap()), what(&march));
    remove(&SystemDisk, &folder, &march).unwrap();
    assert_eq!(archives(&SystemDisk, &folder).unwrap(), []);
}

/// The shop goes on with a backup, in a new life.
fn put_back(shop: &mut Shop, backup: &Path, days: i64) {
    shop.database = None;
    let dir = shop.data_dir();
    stage(&SystemDisk, &dir, backup, Damage::Refused, &mut || true).unwrap();
    decide(&SystemDisk, &dir, "restored", "replaced").unwrap();
    finish(&SystemDisk, &dir).unwrap();
    shop.open();
    let identity = shop.database().head(Purpose::Selling).unwrap().unwrap().identity;
    let opened = LedgerOpened {
        organisation: identity.organisation,
        store: identity.store,
        terminal: identity.terminal,
        incarnation: IncarnationId(Uuid::from_u128(5)),
        series: "B".to_owned(),
        reason: OpenReason::Restored,
        previous: None,
        grand_totals: Vec::new(),
    };
    shop.database().begin_log(opened, moment(days)).unwrap();
}

/// What is wrong with the archives beside the ledger.
fn faults(shop: &Shop) -> Vec<String> {
    shop.database().settle().unwrap();
    let report = directory(&SystemDisk, &shop.data_dir(), None).unwrap();
    let faults = report.faults.iter().filter(|fault| fault.problem.code().starts_with("verify.archive"));
    faults.map(ToString::to_string).collect()
}

#[test]
fn a_life_that_was_put_back_archives_what_no_archive_holds() {
    let mut shop = Shop::new();
    shop.happen(20, 0);
    shop.happen(10, 31);
    let backup = shop.shelf().join(shop.back_up(32).file);
    shop.happen(10, 45);
    shop.happen(1, 62);
    let march = archive(&shop, 62).unwrap();
    let april = archive(&shop, 62).unwrap();
    assert_eq!((march.last_arrival, april.last_arrival), (21, 41));
    put_back(&mut shop, &backup, 63);
    // Arrival counts on from the backup: these are where the archive of April ends in the life that is lost.
    shop.happen(4, 63);
    assert_eq!(archive(&shop, 64), None, "May is not over, and of April nothing is missing");
    shop.happen(1, 95);
    let may = archive(&shop, 95).unwrap();
    assert_eq!((may.file.as_str(), may.facts, may.last_arrival), ("2026-05.store.db", 5, 36));
    assert_eq!(
        may.ends.iter().map(|end| (end.incarnation.0.as_u128(), end.seq)).collect::<Vec<_>>(),
        [(5, 5)]
    );
    assert_eq!(archive(&shop, 95), None);
    assert_eq!(faults(&shop), [""; 0]);
    // The archive of the lost life is all that knows of its last days: it is not made again over it when it is torn.
    let folder = shop.data_dir().join(FOLDER);
    remove(&SystemDisk, &folder, &may).unwrap();
    let torn = folder.join(&april.file);
    std::fs::OpenOptions::new().append(true).open(&torn).unwrap().set_len(april.bytes - 1).unwrap();
    let again = archive(&shop, 95).unwrap();
    assert_eq!((again.file.as_str(), again.facts), ("2026-04b.store.db", 10));
    assert_eq!(std::fs::metadata(torn).unwrap().len(), april.bytes - 1);
    assert_eq!(what(&archive(&shop, 95).unwrap()), what(&may));
}

#[test]
fn what_is_erased_in_the_life_that_was_put_back_is_emptied_in_the_copies_of_the_lost_one_too() {
    let mut shop = Shop::new();
    let (name, id) = ("Zoltan Kovalenko", Uuid::from_u128(77));
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(name.len()).any(|window| window == name.as_bytes())
    };
    shop.employ(id, name, 0);
    let backup = shop.shelf().join(shop.back_up(1).file);
    shop.happen(20, 2);
    shop.happen(1, 31);
    let march = archive(&shop, 31).unwrap();
    let lost = shop.shelf().join(shop.back_up(31).file);
    put_back(&mut shop, &backup, 32);
    let job = move |tx: &mut LedgerTx<'_>| {
        tx.erase(OperatorId::TERMINAL, Entity::Operator, id, &["name", "pin"]).map(|_| ())
    };
    shop.database().write(Durability::Durable, moment(33), job).unwrap();
    // By its arrival the erasing comes before the end of what was lost.
    let erased = "select max(arrival) from fact where kind = 'record.erased'";
    assert!(count(&shop.data_dir().join("ledger.db"), erased) < march.last_arrival);

    let erasures = Erasures::of(shop.database()).unwrap();
    let turn = || {
        let kept = backup::kept(&SystemDisk, &shop.shelf()).unwrap();
        let emptied = kept
            .iter()
            .map(|kept| backup::erase(&SystemDisk, kept, &erasures, moment(34).wall, &mut || true).unwrap());
        let backups = emptied.filter(|emptied| *emptied).count();
        let folder = shop.data_dir().join(FOLDER);
        let archives = archives(&SystemDisk, &folder).unwrap();
        let emptied = archives.iter().map(|archive| {
            backup::erase_in_archive(&SystemDisk, &folder, archive, &erasures, &mut || true).unwrap()
        });
        (backups, emptied.filter(|emptied| *emptied).count())
    };
    assert_eq!(turn(), (2, 1));
    assert!(!holds(&backup) && !holds(&lost) && !holds(&shop.data_dir().join(FOLDER).join(&march.file)));
    assert_eq!(turn(), (0, 0), "once is enough");
}

#[test]
fn archives_of_one_month_by_two_lives_lie_beside_each_other() {
    let [long, short] = [20, 5].map(|facts| {
        let shop = Shop::new();
        shop.happen(facts, 0);
        shop.happen(1, 31);
        (archive(&shop, 31).unwrap(), shop)
    });
    let stick = long.1.dir.path().join("stick");
    for _ in 0..2 {
        for (_, shop) in [&long, &short] {
            carry(&SystemDisk, &shop.data_dir().join(FOLDER), &stick, &mut || true).unwrap();
        }
        let there = archives(&SystemDisk, &stick).unwrap();
        let names: Vec<_> = there.iter().map(|archive| archive.file.as_str()).collect();
        assert_eq!(names, ["2026-03b.store.db", "2026-03.store.db"]);
        assert_eq!((there[0].facts, there[1].facts), (short.0.facts, long.0.facts));
    }
    // The one life is the beginning of the other, so both belong to its ledger.
    let shop = &long.1;
    carry(&SystemDisk, &stick, &shop.data_dir().join(FOLDER), &mut || true).unwrap();
    assert_eq!(archives(&SystemDisk, &shop.data_dir().join(FOLDER)).unwrap().len(), 2);
    assert_eq!(faults(shop), [""; 0]);
}
