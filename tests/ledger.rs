//! The ledger keeps what it promises: chain, numbers, projections equal a rebuild, one transaction per sale.

use database::Database;
use database::error::DatabaseError;
use database::fact::StoredFact;
use scenarios::player::{Hub, Player};
use scenarios::script::parse;
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use simulated_disk::{Operation, SimulatedDisk};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use wire::fact::Fact;
use wire::fact::header::{Header, payload_hash};

/// A shop day with a bit of everything that is a fact.
const DAY: &str = "\
> shop EUR included line en
> sign in Ana 1234
> tax Standard 20
> tax Food 5.5
> tax Food 7 from 2026-06-01
> product Cola 5449000000996 1.50 Standard
> product Bread 2900000000018 3.40 Food
> product Bread2 2900000000025 3.45 Food
> operator Ben Cashier 2222
> printer
> scan 5449000000996
> scan 2900000000018
> quantity 1 3
> price 2 3.00
> cash 20
> arm return
> scan 5449000000996
> cash
> reprint
> scan 5449000000996
> cancel
> scan 2900000000018
> open item Ribbon 0.75 Standard x 2
> void 1
> cash
> sign out
> sign in Ben 2222
> scan 5449000000996
> cash
> sign out
> sign in Ana 1234
> report days 2026-03-02 2026-03-02
";

fn played() -> Player {
    let mut player = Player::new(Hub::None, 7).unwrap();
    let happened = player.play(&parse(DAY).unwrap()).unwrap();
    let refused: Vec<_> = happened.iter().flatten().filter(|line| line.starts_with('!')).collect();
    assert!(refused.is_empty(), "the day is one without refusals: {refused:?}");
    player
}

#[test]
fn every_fact_commits_to_the_one_before_it_and_to_its_payload() {
    let player = played();
    let facts = player
        .terminal()
        .unwrap()
        .database()
        .read(|reader| reader.facts_after(0, 10_000))
        .map_err(|error: DatabaseError| error)
        .unwrap();
    assert!(facts.len() > 20);
    let mut previous = [0; 32];
    let mut numbers = Vec::new();
    for (index, stored) in facts.iter().enumerate() {
        let header = Header::decode(&stored.envelope).unwrap();
        assert_eq!(header.seq, index as u64 + 1, "the log has no gap");
        assert_eq!(header.previous, previous, "fact {} continues the chain", header.seq);
        let salt = stored.salt.clone().try_into().unwrap();
        assert_eq!(header.payload_hash, payload_hash(&salt, &stored.payload));
        previous = header.hash();
        if let Fact::SaleCompleted(sale) =
            Fact::parse(&header.kind, header.kind_version, &stored.payload).unwrap()
        {
            numbers.push(sale.number);
        }
    }
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "receipt numbers are gapless");
}

#[test]
fn personal_values_are_in_no_payload() {
    let player = played();
    let facts = player
        .terminal()
        .unwrap()
        .database()
        .read(|reader| reader.facts_after(0, 10_000))
        .map_err(|error: DatabaseError| error)
        .unwrap();
    for stored in facts {
        let text = String::from_utf8(stored.payload).unwrap();
        assert!(!text.contains("Ana") && !text.contains("Ben") && !text.contains("argon2"), "{text}");
    }
}

/// Every row of every projection, by table.
fn projections(dir: &Path) -> BTreeMap<String, Vec<String>> {
    database::dump::projections(dir).unwrap()
}

#[test]
fn projections_equal_a_rebuild_from_the_facts() {
    let player = played();
    let terminal = player.terminal().unwrap();
    // The catalogue follows when it is asked for; its watermark is part of the comparison.
    terminal.database().apply_catalog().unwrap();
    let before = projections(terminal.data_dir());
    for table in ["sale", "number", "drawer", "on_hand", "record", "sales_by_day", "product", "price", "code"]
    {
        assert!(!before[table].is_empty(), "{table} is part of the test");
    }
    equals_a_rebuild(terminal, "the day");
}

/// Every script is a day of its own kind: packs, deposits, stock that is counted, doubles that become one.
#[test]
fn projections_equal_a_rebuild_after_every_script() {
    let mut compared = 0;
    for file in crate::scripts::files() {
        let parts = parse(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let mut player = Player::new(Hub::None, 7).unwrap();
        player.play(&parts).unwrap();
        // Some end with a till that does not open.
        let Ok(terminal) = player.terminal() else { continue };
        equals_a_rebuild(terminal, &file.display().to_string());
        compared += 1;
    }
    assert!(compared >= 20, "{compared} scripts were compared");
}

fn equals_a_rebuild(terminal: &terminal::Terminal, what: &str) {
    let [before, after] = before_and_after_a_rebuild(terminal.database(), terminal.data_dir());
    for (table, rows) in &before {
        assert_eq!(&after[table], rows, "{what}: {table}");
    }
    assert_eq!(after.len(), before.len());
}

/// Every projection once all facts are folded, and as it becomes when it is made anew from them.
pub(crate) fn before_and_after_a_rebuild(
    database: &Database,
    dir: &Path,
) -> [BTreeMap<String, Vec<String>>; 2] {
    database.apply_catalog().unwrap();
    let now = domain::time::Moment {
        wall: domain::time::Timestamp(0),
        zone_min: 0,
        boot: 0,
        mono_ms: 0,
        quality: domain::time::ClockQuality::Unknown,
    };
    while database.fold(1_000, now).unwrap() {}
    let before = projections(dir);
    database.rebuild(now).unwrap();
    [before, projections(dir)]
}

#[test]
fn every_table_has_a_class() {
    let player = Player::new(Hub::None, 1).unwrap();
    let unclassed = database::dump::tables_without_class(player.terminal().unwrap().data_dir()).unwrap();
    assert!(unclassed.is_empty(), "{unclassed:?}");
}

#[test]
fn facts_can_neither_be_changed_nor_removed() {
    let player = played();
    let terminal = player.terminal().unwrap();
    for statement in ["update fact set kind = 'x' where arrival = 1", "delete from fact where arrival = 1"] {
        let refused = database::dump::try_statement(terminal.data_dir(), statement).unwrap_err();
        assert!(refused.to_string().contains("facts are never"), "{refused}");
    }
}

#[test]
fn an_erased_name_is_in_no_file_and_the_chain_holds() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let roles: Value = till.desk.call("role.list", &json!({})).unwrap();
    let role = &roles["roles"][0]["id"];
    let hired = json!({ "name": "Zebulon Quartermain", "role": role, "pin": "9876" });
    let hired: Value = till.desk.call("operator.save", &hired).unwrap();
    let id = &hired["id"];
    till.desk.call::<Value>("operator.save", &json!({ "id": id, "name": "Zebulon Quarterback" })).unwrap();
    let erase = json!({ "id": id });
    let refused = till.desk.call::<Value>("operator.erase", &erase).unwrap_err();
    assert!(refused.contains("people.still_active"), "{refused}");
    till.desk.call::<Value>("operator.save", &json!({ "id": id, "status": "archived" })).unwrap();
    till.rest().unwrap();
    let erased: Value = till.desk.call("operator.erase", &erase).unwrap();
    assert_eq!((&erased["name"], &erased["has_pin"]), (&json!(""), &json!(false)));
    till.sell(100).unwrap();
    till.rest().unwrap();
    let database = till.terminal.database();
    let before = database::dump::projections(&place.data).unwrap();
    database.rebuild(terminal::Clock::now(till.clock.as_ref())).unwrap();
    assert_eq!(before["record"], database::dump::projections(&place.data).unwrap()["record"]);
    drop(till);
    for name in ["ledger.db", "ledger.db-wal", "catalog.db", "catalog.db-wal"] {
        let bytes = std::fs::read(place.data.join(name)).unwrap_or_default();
        assert!(!bytes.windows(7).any(|window| window == b"Zebulon"), "the name is still in {name}");
    }
    let till = place.start(2).unwrap();
    assert_eq!(till.terminal.started().reincarnated, None);
}

#[test]
fn a_line_syncs_nothing_a_sale_once_and_what_was_left_is_carried_when_idle() {
    let disk = SimulatedDisk::new();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::below(Path::new("/till")) };
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    till.sell(100).unwrap();
    till.rest().unwrap();
    let mut syncs = |work: &mut dyn FnMut(&mut Till)| {
        disk.record();
        work(&mut till);
        disk.recorded().iter().filter(|done| matches!(done, Operation::Sync { .. })).count()
    };
    let taxes = |till: &mut Till| till.desk.call::<Value>("tax_category.list", &json!({})).unwrap();
    let mut lines = |till: &mut Till| {
        let tax = taxes(till)["tax_categories"][0]["id"].clone();
        for cents in 1..=40 {
            let item = json!({ "name": "Thing", "price": cents * 10_000, "tax_category": tax });
            till.desk.call::<Value>("sale.add_open_item", &item).unwrap();
        }
    };
    assert_eq!(syncs(&mut lines), 0, "nobody waits for the disk to ring something up");
    assert_eq!(syncs(&mut |till| till.terminal.database().settle().unwrap()), 1);
    let mut pay = |till: &mut Till| {
        let open: Value = till.desk.call("sale.current", &json!({})).unwrap();
        let cash = [json!({ "kind": "cash", "amount": null })];
        let pay = json!({ "sale": open["sale"]["sale"], "tenders": cash, "total": null });
        till.desk.call::<Value>("sale.complete", &pay).unwrap();
    };
    assert_eq!(syncs(&mut pay), 1);
    // With lines that nothing has carried yet, too.
    assert_eq!(syncs(&mut lines) + syncs(&mut pay), 1);
}

#[test]
fn a_sale_goes_by_the_settings_as_they_are_when_it_is_paid() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    let jobs = |till: &mut Till| -> usize {
        let list: Value = till.desk.call("print_job.list", &json!({})).unwrap();
        list["jobs"].as_array().unwrap().len()
    };
    let set_up = |till: &mut Till, change: &dyn Fn(&mut Value)| {
        let view: Value = till.desk.call("device.settings", &json!({})).unwrap();
        let mut devices = view["devices"].clone();
        change(&mut devices);
        till.desk
            .call::<Value>("device.save_settings", &json!({ "base": view["devices"], "devices": devices }))
            .unwrap();
    };
    for _ in 0..2 {
        till.sell(100).unwrap();
    }
    assert_eq!(jobs(&mut till), 0);
    set_up(&mut till, &|devices| {
        devices["receipt_printer"] =
            json!({ "profile": "generic-80", "connection": { "via": "simulated" }, "asks_status": true });
    });
    till.sell(100).unwrap();
    assert_eq!(jobs(&mut till), 2, "a kick and a receipt");
    set_up(&mut till, &|devices| devices["receipt_printer"] = Value::Null);
    till.sell(100).unwrap();
    assert_eq!(jobs(&mut till), 2, "nothing prints any more");

    let versions = |till: &Till| -> Vec<u64> {
        let facts = till.terminal.database().read(|reader| reader.facts_after(0, 1_000));
        let facts = facts.map_err(|error: DatabaseError| error).unwrap();
        let version = |stored: &StoredFact| {
            let header = Header::decode(&stored.envelope).unwrap();
            match Fact::parse(&header.kind, header.kind_version, &stored.payload).unwrap() {
                Fact::SaleCompleted(sale) => Some(sale.shop_version),
                _ => None,
            }
        };
        facts.iter().filter_map(version).collect()
    };
    let shop: Value = till.desk.call("shop.settings", &json!({})).unwrap();
    let mut changed = shop["shop"].clone();
    changed["name"] = json!("Another Name");
    till.desk.call::<Value>("shop.save_settings", &json!({ "base": shop["shop"], "shop": changed })).unwrap();
    till.sell(100).unwrap();
    assert_eq!(versions(&till), [1, 1, 1, 1, 2]);
}
