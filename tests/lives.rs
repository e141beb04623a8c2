//! The lives of a till: what it does when its data was put back, copied, cut or damaged. It always goes on selling, a
//! receipt number is never given twice, and what happened before is kept and named.

use database::disk::SystemDisk;
use scenarios::shop::{OWNER, Place, Till};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use terminal::Surroundings;
use terminal::new_pin::{self, NewPinError};
use terminal::restore::{Restore, restore};
use terminal::verify::check;
use terminal::workers::backup::BackupKeeper;
use wire::fact::header::Header;
use wire::fact::{Fact, OpenReason};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// A shop that sold three things and rested, with the numbers it gave.
fn shop(place: &Place) -> (Till, Vec<String>) {
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let numbers = [350, 1_250, 99].map(|cents| till.sell(cents).unwrap()).to_vec();
    till.rest().unwrap();
    (till, numbers)
}

/// Starts the till again and sells; the reason of its new life and the number of the new sale.
fn goes_on(place: &Place, boot: u32) -> (Option<OpenReason>, String) {
    let mut till = place.start(boot).unwrap();
    till.sign_in().unwrap();
    let number = till.sell(500).unwrap();
    till.rest().unwrap();
    (till.terminal.started().reincarnated.map(|(reason, _)| reason), number)
}

/// Every sale in the ledger, by receipt number, as `verify` would find them: straight from the facts.
fn sold(place: &Place, boot: u32) -> Vec<String> {
    let till = place.start(boot).unwrap();
    let facts = till
        .terminal
        .database()
        .read(|reader| reader.facts_after(0, 10_000))
        .unwrap_or_else(|error: database::error::DatabaseError| panic!("{error}"));
    facts
        .iter()
        .filter_map(|stored| {
            let header = Header::decode(&stored.envelope).ok()?;
            match Fact::parse(&header.kind, header.kind_version, &stored.payload) {
                Ok(Fact::SaleCompleted(sale)) => Some(sale.receipt_number),
                Ok(_) | Err(_) => None,
            }
        })
        .collect()
}

fn all_differ(numbers: &[String]) {
    let different: BTreeSet<_> = numbers.iter().collect();
    assert_eq!(different.len(), numbers.len(), "a number was given twice: {numbers:?}");
}

#[test]
fn a_till_that_was_stopped_or_cut_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, mut numbers) = shop(&place);
    // The guard lags behind this one.
    numbers.push(till.sell(75).unwrap());
    drop(till);
    let (reason, number) = goes_on(&place, 2);
    assert_eq!(reason, None);
    numbers.push(number);
    assert_eq!(numbers, ["A-000001", "A-000002", "A-000003", "A-000004", "A-000005"]);
    assert_eq!(sold(&place, 3), numbers);
}

#[test]
fn yesterdays_data_put_back_begins_a_new_life_and_gives_no_number_twice() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, _) = shop(&place);
    till.terminal.database().settle().unwrap();
    drop(till);
    let yesterday = folder.path().join("yesterday");
    copy(&place.data, &yesterday);
    let mut till = place.start(2).unwrap();
    till.sign_in().unwrap();
    let today = [till.sell(100).unwrap(), till.sell(200).unwrap()];
    till.rest().unwrap();
    drop(till);
    // Written over the files that are there, as many backup programs do: path and file are the same ones.
    for name in ["ledger.db", "catalog.db"] {
        std::fs::write(place.data.join(name), std::fs::read(yesterday.join(name)).unwrap()).unwrap();
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(place.data.join(format!("{name}{ending}")));
        }
    }
    let (reason, number) = goes_on(&place, 3);
    assert_eq!(reason, Some(OpenReason::RolledBack));
    assert!(!today.contains(&number) && number.starts_with("B") && number.ends_with("-000001"), "{number}");
    let till = place.start(4).unwrap();
    let started = till.terminal.started();
    assert_eq!(started.reincarnated, None, "the new life goes on");
    drop(till);
    // Replaced as a whole: another file, or one that took the old one's place on the disk.
    std::fs::remove_dir_all(&place.data).unwrap();
    copy(&yesterday, &place.data);
    let (reason, other) = goes_on(&place, 5);
    assert!(matches!(reason, Some(OpenReason::Copied | OpenReason::RolledBack)), "{reason:?}");
    all_differ(&[number, other, today[0].clone(), today[1].clone()]);
}

#[test]
fn a_copy_at_another_path_and_its_original_never_share_a_number() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, mut numbers) = shop(&place);
    drop(till);
    let copied = Place { data: folder.path().join("copied"), ..place.clone() };
    copy(&place.data, &copied.data);
    let (reason, number) = goes_on(&copied, 2);
    assert_eq!(reason, Some(OpenReason::Copied));
    numbers.push(number);
    let (reason, number) = goes_on(&place, 3);
    assert_eq!(reason, None, "the original is undisturbed");
    numbers.push(number);
    let second = Place { data: folder.path().join("second"), ..place.clone() };
    copy(&place.data, &second.data);
    numbers.push(goes_on(&second, 4).1);
    all_differ(&numbers);
}

#[test]
fn another_machine_and_a_lost_guard_begin_a_new_life() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, mut numbers) = shop(&place);
    drop(till);
    // A disk cloned with its guard, in another machine.
    let other = Place { machine: "another machine".to_owned(), ..place.clone() };
    let (reason, number) = goes_on(&other, 2);
    assert_eq!(reason, Some(OpenReason::Copied));
    numbers.push(number);
    // The guard is gone; the pepper of the PINs, which lies beside it, is not.
    for entry in walk(&place.guard) {
        if entry.extension().is_some_and(|ending| ending == "guard") {
            std::fs::remove_file(entry).unwrap();
        }
    }
    let (reason, number) = goes_on(&other, 3);
    assert_eq!(reason, Some(OpenReason::GuardLost));
    numbers.push(number);
    all_differ(&numbers);
    let (reason, _) = goes_on(&other, 4);
    assert_eq!(reason, None);
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn a_flipped_bit_in_the_guard_is_named_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, _) = shop(&place);
    till.sell(10).unwrap();
    till.rest().unwrap();
    drop(till);
    let guard = walk(&place.guard).into_iter().find(|path| path.extension().is_some_and(|e| e == "guard"));
    let guard = guard.unwrap();
    for slot in [0, 512] {
        let mut bytes = std::fs::read(&guard).unwrap();
        bytes[slot + 60] ^= 4;
        std::fs::write(&guard, bytes).unwrap();
        let till = place.start(2).unwrap();
        let started = till.terminal.started();
        assert!(started.guard_damaged && started.reincarnated.is_none(), "slot {slot}: {started:?}");
        drop(till);
        let till = place.start(3).unwrap();
        assert!(!till.terminal.started().guard_damaged, "it was mended");
    }
}

#[test]
fn a_log_cut_below_the_guards_head_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, mut numbers) = shop(&place);
    till.terminal.database().settle().unwrap();
    let before = std::fs::read(place.data.join("ledger.db")).unwrap();
    let wal_before = std::fs::read(place.data.join("ledger.db-wal")).unwrap();
    numbers.push(till.sell(10).unwrap());
    till.keeper.step();
    let wal = std::fs::read(place.data.join("ledger.db-wal")).unwrap();
    let ledger = std::fs::read(place.data.join("ledger.db")).unwrap();
    drop(till);
    assert_eq!(before.len(), ledger.len());
    // The disk lost the end of the log that it had said was written: the frames of the last sale are no more.
    std::fs::write(place.data.join("ledger.db"), ledger).unwrap();
    let _ = std::fs::remove_file(place.data.join("ledger.db-shm"));
    let mut cut = wal;
    let same = cut.iter().zip(&wal_before).take_while(|(now, then)| now == then).count();
    let last_whole = 32 + (same - 32) / 4_120 * 4_120;
    cut[last_whole + 8] ^= 0xff;
    std::fs::write(place.data.join("ledger.db-wal"), cut).unwrap();
    let (reason, number) = goes_on(&place, 2);
    assert_eq!(reason, Some(OpenReason::RolledBack));
    numbers.push(number);
    all_differ(&numbers);
}

/// Flips one bit of the only place in a file where these bytes stand.
fn flip(path: &Path, bytes: &[u8], at: usize) {
    let mut file = std::fs::read(path).unwrap();
    let places: Vec<usize> = file
        .windows(bytes.len())
        .enumerate()
        .filter(|(_, window)| *window == bytes)
        .map(|(at, _)| at)
        .collect();
    let [place] = places[..] else { panic!("the bytes stand at {places:?}") };
    file[place + at] ^= 1;
    std::fs::write(path, file).unwrap();
}

#[test]
fn a_flipped_bit_in_a_fact_of_the_tail_ends_its_log_and_both_histories_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, mut numbers) = shop(&place);
    // Not yet folded into the reports when it is damaged.
    till.terminal.database().settle().unwrap();
    drop(till);
    flip(&place.data.join("ledger.db"), b"\"receipt_number\":\"A-000003\"", 25);
    let mut till = place.start(2).unwrap();
    assert_eq!(till.terminal.started().reincarnated, None, "the start does not wait for the check");
    till.sign_in().unwrap();
    let (reason, previous) = till.terminal.started().reincarnated.unwrap();
    assert_eq!(reason, OpenReason::Damaged);
    assert!(previous.seq > 0);
    numbers.push(till.sell(500).unwrap());
    all_differ(&numbers);
    // Reports pass the fact that cannot be read and go on behind it.
    let report: Value = till
        .desk
        .call("report.run", &json!({ "report": "days", "from": "2026-03-02", "to": "2026-03-02" }))
        .unwrap();
    assert!(report["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "{report}");
    drop(till);
    assert_eq!(sold(&place, 3).len(), 4, "the facts of the damaged log are kept as they are");
}

#[test]
fn training_counts_nowhere_and_has_numbers_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, _) = shop(&place);
    let database = till.terminal.database();
    let now = terminal::Clock::now(till.clock.as_ref());
    // What is sold is folded, so that what training adds to anything is seen.
    while database.fold(100, now).unwrap() {}
    let before = database::dump::projections(&place.data).unwrap();
    let head = database.head(database::Purpose::Selling).unwrap().unwrap();
    let opened = wire::fact::LedgerOpened {
        organisation: head.identity.organisation,
        store: head.identity.store,
        terminal: head.identity.terminal,
        incarnation: domain::ids::IncarnationId(uuid::Uuid::from_u128(99)),
        series: "T".to_owned(),
        reason: OpenReason::Training,
        previous: None,
        grand_totals: Vec::new(),
    };
    database.begin_log(opened, now).unwrap();
    let sale = database
        .read(|reader| reader.facts_after(0, 10_000))
        .unwrap_or_else(|error: database::error::DatabaseError| panic!("{error}"))
        .into_iter()
        .find_map(|stored| {
            let header = Header::decode(&stored.envelope).unwrap();
            let fact = Fact::parse(&header.kind, header.kind_version, &stored.payload).unwrap();
            matches!(fact, Fact::SaleCompleted(_)).then_some(fact)
        })
        .unwrap();
    database
        .train(now, move |tx| -> Result<(), database::error::DatabaseError> {
            assert_eq!((tx.series(), tx.next_number("receipt")?), ("T", 1));
            tx.append(domain::ids::OperatorId::TERMINAL, &sale, &[])?;
            assert_eq!(tx.next_number("receipt")?, 2);
            Ok(())
        })
        .unwrap();
    while database.fold(100, now).unwrap() {}
    let after = database::dump::projections(&place.data).unwrap();
    for (table, rows) in &before {
        if !["audit", "log", "number", "record_change", "training_sale", "watermark"]
            .contains(&table.as_str())
        {
            assert_eq!(&after[table], rows, "{table}");
        }
    }
    assert_eq!(
        database.head(database::Purpose::Selling).unwrap().unwrap(),
        head,
        "the log that counts stands still"
    );
    let sales: i64 =
        after["sales_by_day"].iter().map(|row| row.split('|').nth(2).unwrap().parse::<i64>().unwrap()).sum();
    assert_eq!(sales, 3, "the rollups know no training");
}

#[test]
fn what_was_sold_in_training_gives_nobody_money_at_the_till_that_counts() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, _) = shop(&place);
    till.desk.call::<Value>("training.start", &json!({})).unwrap();
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let item =
        json!({ "name": "Thing", "price": 3_500_000, "tax_category": taxes["tax_categories"][0]["id"] });
    let open: Value = till.desk.call("sale.add_open_item", &item).unwrap();
    let pay = json!({ "sale": open["sale"], "tenders": [{ "kind": "cash", "amount": null }], "total": null });
    let trained: Value = till.desk.call("sale.complete", &pay).unwrap();
    till.desk.call::<Value>("training.stop", &json!({})).unwrap();
    let head = |till: &Till| till.terminal.database().head(database::Purpose::Selling).unwrap().unwrap().seq;
    let (sale, before) = (&trained["sale"], head(&till));
    let tries = [
        (
            "sale.take_back",
            json!({
                "from": sale, "lines": [{ "line": 1, "quantity": 1_000 }], "restock": true, "reason": "mistake",
            }),
        ),
        ("sale.reverse", json!({ "sale": sale, "reason": "mistake" })),
        ("payment.correct", json!({ "sale": sale, "tender": 1, "kind": "card", "reason": "wrong_key" })),
        ("invoice.issue", json!({ "sale": sale, "buyer": { "name": "Nobody" } })),
    ];
    for (operation, request) in tries {
        let refused = till.desk.call::<Value>(operation, &request).unwrap_err();
        assert!(refused.contains("sale.unknown"), "{operation}: {refused}");
    }
    let current: Value = till.desk.call("sale.current", &json!({})).unwrap();
    assert!(current["sale"].is_null(), "{current}");
    assert_eq!(head(&till), before, "nothing of it stands in the log that counts");
}

#[test]
fn a_clock_that_was_set_is_recorded_before_the_next_fact() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, _) = shop(&place);
    till.clock.set_wall(-7_200_000);
    till.sell(10).unwrap();
    till.sell(20).unwrap();
    drop(till);
    // The machine starts with a clock from the year before.
    let mut till = place.start_with_clock_off_by(2, -365 * 86_400_000).unwrap();
    till.sign_in().unwrap();
    drop(till);
    let till = place.start(3).unwrap();
    let facts = till
        .terminal
        .database()
        .read(|reader| reader.facts_after(0, 10_000))
        .unwrap_or_else(|error: database::error::DatabaseError| panic!("{error}"));
    let mut jumps = Vec::new();
    let mut hlc = 0;
    for stored in facts {
        let header = Header::decode(&stored.envelope).unwrap();
        assert!(header.hlc.0 > hlc, "the logical clock never goes back");
        hlc = header.hlc.0;
        if let Fact::ClockJumped(jump) =
            Fact::parse(&header.kind, header.kind_version, &stored.payload).unwrap()
        {
            jumps.push((jump.shown.0 - jump.expected.0, jump.running));
        }
    }
    assert_eq!(jumps.len(), 2, "{jumps:?}");
    assert_eq!(jumps[0], (-7_200_000, true));
    assert!(jumps[1].0 < -300 * 86_400_000 && !jumps[1].1, "{jumps:?}");
}

/// A shop with a product and a backup of it.
fn shop_with_a_backup(place: &Place) -> Vec<String> {
    let (mut till, numbers) = shop(place);
    let tax: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let product = json!({
        "name": "Milk", "sku": null, "codes": ["5449000000996"], "category": null, "unit": "each", "picture": null,
        "tax_category": tax["tax_categories"][0]["id"], "prices": [{ "from": "2026-01-01", "price": 1_000_000 }],
        "status": "active",
    });
    till.desk.call::<Value>("product.save", &json!({ "product": product })).unwrap();
    till.desk.call::<Value>("backup.make", &json!({})).unwrap();
    let mut keeper = BackupKeeper::new(Arc::clone(&till.terminal), Arc::default());
    for _ in 0..20 {
        till.clock.pass(60_000);
        keeper.step();
    }
    let list: Value = till.desk.call("backup.list", &json!({})).unwrap();
    assert!(!list["backups"].as_array().unwrap().is_empty(), "{list}");
    till.rest().unwrap();
    numbers
}

#[test]
fn a_ledger_that_sqlite_cannot_read_is_set_aside_and_the_newest_backup_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut numbers = shop_with_a_backup(&place);
    let path = place.data.join("ledger.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..100].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    let (reason, number) = goes_on(&place, 2);
    assert_eq!(reason, Some(OpenReason::Restored));
    numbers.push(number);
    all_differ(&numbers);
    let aside = std::fs::read_dir(&place.data).unwrap().map(|entry| entry.unwrap().path());
    let aside =
        aside.into_iter().find(|path| path.is_dir() && path.display().to_string().contains("replaced-"));
    assert_eq!(
        std::fs::read(aside.unwrap().join("ledger.db")).unwrap(),
        bytes,
        "what was there is kept as it was"
    );
    assert_eq!(sold(&place, 3), numbers, "every sale of before and the new one");
}

#[test]
fn pages_that_cannot_be_read_are_met_by_a_call_and_mended_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut numbers = shop_with_a_backup(&place);
    // Every page of a table of facts is struck but the first pages, which the start needs.
    let path = place.data.join("ledger.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let pages: Vec<usize> = (0..bytes.len() / 4_096)
        .filter(|page| bytes[page * 4_096..][..4_096].windows(4).any(|window| window == b"TKPR"))
        .collect();
    for page in pages {
        bytes[page * 4_096] = 0x77;
    }
    std::fs::write(&path, bytes).unwrap();
    let mut starts = 0;
    let number = loop {
        starts += 1;
        assert!(starts < 4, "the till does not find out of it");
        let mut till = match place.start(1 + starts) {
            Ok(till) => till,
            Err(error) => {
                println!("start {starts}: {error}");
                continue;
            }
        };
        match till.sign_in().and_then(|()| till.sell(500)) {
            Ok(number) => break number,
            Err(error) => assert!(error.contains("ledger.malformed"), "{error}"),
        }
    };
    assert!(place.data.join("ledger.db").exists());
    numbers.push(number);
    all_differ(&numbers);
}

#[test]
fn a_catalogue_that_cannot_be_read_is_made_anew_from_the_facts() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    shop_with_a_backup(&place);
    let path = place.data.join("catalog.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..100].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(place.data.join(format!("catalog.db{ending}")));
    }
    let mut till = place.start(2).unwrap();
    assert_eq!(till.terminal.started().reincarnated, None, "the ledger goes on as it is");
    till.sign_in().unwrap();
    let view: Value = till.desk.call("sale.scan", &json!({ "code": "5449000000996" })).unwrap();
    assert_eq!(view["changed_lines"][0]["name"], json!("Milk"), "{view}");
}

#[test]
fn a_changed_row_of_a_projection_is_named_by_a_check_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    shop_with_a_backup(&place);
    let guards = |terminal: domain::ids::TerminalId| place.guard.join(terminal.to_string());
    let check = || database::verify::directory(place.disk.as_ref(), &place.data, Some(&guards)).unwrap();
    assert!(check().is_whole(), "{:?}", check().faults);
    database::dump::try_statement(&place.data, "update drawer set cash = cash + 1").unwrap();
    let faults = check().faults;
    assert!(faults.iter().any(|fault| fault.to_string().contains("drawer")), "{faults:?}");
    let done = terminal::rebuild::rebuild(&place.data, place.disk.clone(), &now()).unwrap();
    assert_eq!(done, ["drawer"]);
    assert!(check().is_whole(), "{:?}", check().faults);
}

fn now() -> domain::time::Moment {
    terminal::Clock::now(&scenarios::surroundings::ScriptClock::new(9, 0))
}

/// Lets the till look after its backups and archives for a while.
fn keep(till: &mut Till) {
    let mut keeper = BackupKeeper::new(Arc::clone(&till.terminal), Arc::default());
    for _ in 0..20 {
        till.clock.pass(60_000);
        keeper.step();
    }
    till.rest().unwrap();
}

#[test]
fn what_a_till_sells_after_an_old_backup_was_put_back_is_archived_too() {
    const DAY_MS: i64 = 86_400_000;
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    shop_with_a_backup(&place);
    let backups = place.data.join(database::backup::FOLDER);
    let march = database::backup::kept(&SystemDisk, &backups).unwrap().remove(0).path;
    let april = {
        let mut till = place.start_with_clock_off_by(2, 31 * DAY_MS).unwrap();
        till.sign_in().unwrap();
        (0..20).for_each(|_| drop(till.sell(100).unwrap()));
        till.clock.pass(30 * 86_400_000);
        till.sell(100).unwrap();
        keep(&mut till);
        archives(&place)
    };
    assert_eq!(
        april.iter().map(|archive| archive.month.as_str()).collect::<Vec<_>>(),
        ["2026-04", "2026-03"]
    );

    let surroundings = Surroundings { machine: place.machine.clone(), ..Surroundings::system() };
    let restoring = Restore { data_dir: &place.data, backup: &march, replace: false, despite_damage: false };
    restore(&restoring, &surroundings).unwrap();
    let mut till = place.start_with_clock_off_by(3, 63 * DAY_MS).unwrap();
    assert_eq!(till.terminal.started().reincarnated.map(|(reason, _)| reason), Some(OpenReason::Restored));
    till.sign_in().unwrap();
    let sold: Vec<String> = (0..3).map(|_| till.sell(100).unwrap()).collect();
    till.clock.pass(31 * 86_400_000);
    till.sell(100).unwrap();
    keep(&mut till);
    let all = archives(&place);
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[1..], april, "the archives of the life that is lost stay");
    assert_eq!(all[0].month, "2026-05");
    let file = place.data.join(database::archive::FOLDER).join(&all[0].file);
    let archived = std::fs::read(&file).unwrap();
    for number in &sold {
        let holds = archived.windows(number.len()).any(|bytes| bytes == number.as_bytes());
        assert!(holds, "{number} is in no archive");
    }
    drop(till);
    let report = check(&place.data, Some(&place.guard)).unwrap();
    assert_eq!(report.faults, []);
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify_ledger.py");
    let theirs = std::process::Command::new("python3").arg(program).arg(&place.data).output().unwrap();
    assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stdout));
}

fn archives(place: &Place) -> Vec<database::archive::Archive> {
    database::archive::archives(&SystemDisk, &place.data.join(database::archive::FOLDER)).unwrap()
}

/// The pepper of a till's PINs, where it lies.
fn pepper(place: &Place) -> std::path::PathBuf {
    walk(&place.guard).into_iter().find(|path| path.ends_with("pepper")).unwrap()
}

#[test]
fn a_damaged_pepper_is_taken_from_a_backup_and_the_shop_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    shop_with_a_backup(&place);
    let path = pepper(&place);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..7]).unwrap();
    let key_store = |boot| {
        let mut till = place.start(boot).unwrap();
        till.sign_in().unwrap();
        till.sell(100).unwrap();
        let health: Value = till.desk.call("health.show", &json!({})).unwrap();
        let items = health["items"].as_array().unwrap().clone();
        items.into_iter().find(|item| item["area"] == "key_store").unwrap()["reason"].clone()
    };
    assert_eq!(key_store(2), json!("pins_restored"));
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(key_store(3), json!("pins_restored"), "one that is gone too");
    assert_ne!(key_store(4), json!("pins_restored"));
}

#[test]
fn without_any_pepper_the_till_says_so_and_whoever_has_its_files_gives_a_new_pin() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, _) = shop(&place);
    assert!(matches!(new_pin::give(&till.terminal, OWNER, "9876"), Err(NewPinError::NotLost)));
    // Who is signed on sells on whatever becomes of the file.
    let path = pepper(&place);
    std::fs::write(&path, b"").unwrap();
    till.sell(100).unwrap();
    till.rest().unwrap();
    drop(till);
    let mut till = place.start(2).unwrap();
    for _ in 0..2 {
        let refused = till.sign_in().unwrap_err();
        assert!(refused.contains("people.pins_lost"), "{refused}");
    }
    let unknown = new_pin::give(&till.terminal, "Nobody", "9876").unwrap_err();
    assert_eq!(unknown.to_string(), "there is no such operator");
    new_pin::give(&till.terminal, " ana ", "9876").unwrap();
    till.rest().unwrap();
    drop(till);
    let mut till = place.start(3).unwrap();
    assert!(till.sign_in().unwrap_err().contains("people.pin_wrong"), "the old one is lost");
    till.desk.sign_in(OWNER, "9876").unwrap();
    till.sell(100).unwrap();
    till.rest().unwrap();
    drop(till);
    let report = check(&place.data, Some(&place.guard)).unwrap();
    assert_eq!(report.faults, []);
}

#[test]
fn a_second_backup_is_not_made_ready_beside_the_first_and_the_first_answers_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    shop_with_a_backup(&place);
    let mut till = place.start(2).unwrap();
    till.sign_in().unwrap();
    let list: Value = till.desk.call("backup.list", &json!({})).unwrap();
    let wanted = json!({ "path": list["backups"][0]["path"] });
    let first = till.desk.envelope("backup.restore", &wanted).unwrap();
    let answer = till.desk.send(&first).unwrap();
    let busy = till.desk.call::<Value>("backup.restore", &wanted).unwrap_err();
    assert!(busy.contains("backup.busy"), "{busy}");
    assert_eq!(till.desk.send(&first).unwrap().get(), answer.get(), "its answer was lost on the way");
    drop(till);
    let (reason, _) = goes_on(&place, 3);
    assert_eq!(reason, Some(OpenReason::Restored));
}
