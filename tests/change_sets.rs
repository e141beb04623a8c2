//! Change-sets: what an import brought stands in a file that a fact names. It comes into the catalogue, can be made anew
//! from, and a flipped bit in it is named by both verifiers or mended, while the till goes on selling.

use database::change_set::{self, FOLDER, KeptSet, NewSet};
use database::disk::SystemDisk;
use database::error::DatabaseError;
use database::{Durability, LedgerTx};
use domain::ids::{OperatorId, ProductId};
use domain::registrar::FieldChange;
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use simulated_disk::{Image, SimulatedDisk};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use terminal::Clock;
use terminal::verify::{Report, check};
use uuid::Uuid;
use wire::change_set::{Section, SetText};
use wire::fact::{Fact, RecordErased, RecordImported};
use wire::product::ProductView;
use wire::record::{Entity, Fields};

/// Products of a set that is applied in place, and of one that is worth a new file.
const MADE: u64 = 300;
const MADE_LARGE: u64 = 3_000;

fn base() -> Uuid {
    Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0000)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(base().as_u128() + number)
}

fn code(number: u64) -> String {
    format!("{:013}", 4_000_000_000_000 + number)
}

fn changes(pairs: &[(&str, Value, Value)]) -> BTreeMap<String, FieldChange<Value>> {
    let change = |(field, old, new): &(&str, Value, Value)| {
        ((*field).to_owned(), FieldChange { old: old.clone(), new: new.clone() })
    };
    pairs.iter().map(change).collect()
}

/// Writes a set of so many products, a change of one of them, and three people.
fn write_set(till: &mut Till, place: &Place, made: u64) -> KeptSet {
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let same = json!({
        "unit": "each", "tax_category": taxes["tax_categories"][0]["id"], "status": "active",
        "prices": [{ "from": "2026-01-01", "price": 2_500_000 }],
    });
    let same: Fields = serde_json::from_value(same).unwrap();
    let mut text = SetText::new(base());
    let mut set = NewSet::begin(Arc::clone(&place.disk), &place.data).unwrap();
    text.section(Section::made(Entity::Product, &["codes", "name"], same));
    for number in 0..made {
        assert_eq!(text.made(&([code(number)], format!("Product {number}"))), id(number.into()));
        set.take(&mut text).unwrap();
    }
    let mut salts = 0_u8;
    let mut salt = || {
        salts += 1;
        [salts; 16]
    };
    let renamed = changes(&[("name", json!("Product 7"), json!("Seven"))]);
    text.changed_record(Entity::Product, id(7), 1, &renamed, &mut salt);
    for (number, name) in ["Ana", "Zoë", "李"].into_iter().enumerate() {
        let named = changes(&[("name", json!(null), json!(name))]);
        text.changed_record(Entity::Operator, Uuid::from_u128(1_000 + number as u128), 0, &named, &mut salt);
    }
    assert_eq!(text.rows(), made + 4);
    set.finish(text).unwrap()
}

fn import(till: &Till, set: KeptSet, made: u64) {
    let fact = RecordImported {
        import: base(),
        entity: Entity::Product,
        set: set.sha256,
        bytes: set.bytes,
        rows: made + 4,
        created: made,
        updated: 1,
        skipped: 0,
        file: "products.csv".to_owned(),
        undoes: None,
    };
    append(till, Fact::RecordImported(fact));
}

fn append(till: &Till, fact: Fact) {
    let now = till.clock.now();
    let written = till.terminal.database().write(Durability::Durable, now, move |tx: &mut LedgerTx<'_>| {
        tx.append(OperatorId::TERMINAL, &fact, &[]).map(drop)
    });
    let written: Result<(), DatabaseError> = written;
    written.unwrap();
}

/// A shop that imported the set.
fn shop(place: &Place) -> (Till, PathBuf) {
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let set = write_set(&mut till, place, MADE);
    let path = place.data.join(FOLDER).join(format!("{}.jsonl", set.sha256));
    import(&till, set, MADE);
    till.terminal.database().apply_catalog().unwrap();
    (till, path)
}

fn name_of(till: &mut Till, number: u128) -> Result<String, String> {
    let view: ProductView = till.desk.call("product.get", &json!({ "id": id(number) }))?;
    Ok(view.product.name)
}

fn scan(till: &mut Till, number: u64) -> Result<Value, String> {
    till.desk.call("sale.scan", &json!({ "code": code(number) }))
}

fn checked(place: &Place) -> Report {
    check(&place.data, Some(&place.guard)).unwrap()
}

/// The first fault of both programs: rule and place.
fn found(place: &Place) -> Option<(Option<u8>, Option<i64>)> {
    let report = checked(place);
    let ours = report.faults.first().map(|fault| (fault.problem.rule(), fault.seq));
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify_ledger.py");
    let output = Command::new("python3").arg(&program).arg("--json").arg(&place.data).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let theirs = match &line["fault"] {
        Value::Null => None,
        fault => {
            Some((fault["rule"].as_u64().and_then(|rule| u8::try_from(rule).ok()), fault["seq"].as_i64()))
        }
    };
    assert_eq!(ours, theirs, "{:?} {line}", report.faults);
    ours
}

#[test]
fn what_a_set_says_is_sold_found_and_made_anew_from_the_facts() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, _) = shop(&place);
    assert_eq!(name_of(&mut till, 6).unwrap(), "Product 6");
    assert_eq!(name_of(&mut till, 7).unwrap(), "Seven");
    let sale = scan(&mut till, 299).unwrap();
    assert_eq!(sale["changed_lines"][0]["name"], "Product 299", "{sale}");
    assert_eq!(sale["totals"]["total"]["amount"], 250, "{sale}");
    till.rest().unwrap();
    drop(till);
    assert_eq!(found(&place), None);
    let report = checked(&place);
    assert_eq!((report.beside.unwrap().change_sets, report.personal_values), (1, 3 + 2));
    let now = place.start(2).unwrap().clock.now();
    let differ = terminal::rebuild::rebuild(&place.data, place.disk.clone(), &now).unwrap();
    assert_eq!(differ, Vec::<String>::new());
}

#[test]
fn a_flipped_bit_in_a_set_is_named_or_mended_from_beside_the_backups_and_the_till_goes_on_selling() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, path) = shop(&place);
    till.rest().unwrap();
    drop(till);
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    let damages: [(&str, &dyn Fn()); 3] = [
        ("a flipped bit", &|| fs::write(&path, &flipped).unwrap()),
        ("half a set", &|| fs::write(&path, &whole[..whole.len() / 2]).unwrap()),
        ("no set", &|| fs::remove_file(&path).unwrap()),
    ];
    for (boot, (damage, make)) in damages.iter().enumerate() {
        make();
        let (rule, seq) = found(&place).unwrap();
        assert_eq!((rule, seq.is_some()), (Some(15), true), "{damage}");
        // The catalogue has it; what is made anew lacks it, and says so.
        let mut till = place.start(2 + 2 * u32::try_from(boot).unwrap()).unwrap();
        till.sign_in().unwrap();
        scan(&mut till, 5).unwrap();
        till.rest().unwrap();
        let now = till.clock.now();
        drop(till);
        let differ = terminal::rebuild::rebuild(&place.data, place.disk.clone(), &now).unwrap();
        assert!(
            differ.contains(&"product".to_owned()) && differ.contains(&"unapplied".to_owned()),
            "{differ:?}"
        );
        // It sells all the same.
        let mut till = place.start(3 + 2 * u32::try_from(boot).unwrap()).unwrap();
        till.sign_in().unwrap();
        assert!(scan(&mut till, 6).is_err());
        till.sell(100).unwrap();
        assert_eq!(till.terminal.database().read(database::Reader::unapplied).unwrap().len(), 1);
        till.rest().unwrap();
        drop(till);
        // Beside the backups there is a second copy: the next start brings it back, and with it the products.
        let shelf = place.data.join("backups").join(FOLDER);
        fs::create_dir_all(&shelf).unwrap();
        fs::write(shelf.join(path.file_name().unwrap()), &whole).unwrap();
        let mut till = place.start(10 + u32::try_from(boot).unwrap()).unwrap();
        till.sign_in().unwrap();
        assert_eq!(name_of(&mut till, 6).unwrap(), "Product 6", "{damage}");
        assert_eq!(till.terminal.database().read(database::Reader::unapplied).unwrap(), [] as [String; 0]);
        till.rest().unwrap();
        drop(till);
        assert_eq!(fs::read(&path).unwrap(), whole);
        assert_eq!(found(&place), None, "{damage}");
        fs::remove_dir_all(&shelf).unwrap();
    }
}

#[test]
fn a_personal_value_beside_a_set_is_checked_and_can_be_erased_there_and_in_the_copies() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, path) = shop(&place);
    let personal = path.with_extension("").with_extension("personal.jsonl");
    let text = fs::read_to_string(&personal).unwrap();
    assert!(text.contains("Zoë") && !fs::read_to_string(&path).unwrap().contains("Zoë"), "{text}");
    change_set::keep(&SystemDisk, &place.data, &mut || true).unwrap();
    drop(till);
    for changed in [
        text.replace("Zoë", "Zoé"),
        text.replacen("\"name\"", "\"pin\"", 1),
        format!("{text}{}", text.lines().next().unwrap().to_owned() + "\n"),
        text.trim_end().to_owned(),
        text.replacen('[', "", 1),
    ] {
        fs::write(&personal, &changed).unwrap();
        assert_eq!(found(&place).map(|(rule, _)| rule), Some(Some(15)), "{changed}");
    }
    fs::write(&personal, &text).unwrap();
    assert_eq!(found(&place), None);
    let till = place.start(2).unwrap();
    let erased = RecordErased {
        entity: Entity::Operator,
        id: Uuid::from_u128(1_001),
        fields: vec!["name".to_owned()],
    };
    append(&till, Fact::RecordErased(erased));
    assert_eq!(till.terminal.database().erase_in_sets().unwrap(), 1);
    assert_eq!(till.terminal.database().erase_in_sets().unwrap(), 0, "it is done");
    change_set::keep(&SystemDisk, &place.data, &mut || true).unwrap();
    drop(till);
    let copy = place.data.join("backups").join(FOLDER).join(personal.file_name().unwrap());
    for path in [&personal, &copy] {
        let text = fs::read_to_string(path).unwrap();
        assert!(!text.contains("Zoë") && text.contains("Ana") && text.contains("李"), "{text}");
    }
    assert_eq!(found(&place), None, "an erased value breaks nothing");
    assert_eq!(checked(&place).erased_values, 1);
}

/// The files of the catalogue in a data directory.
fn catalogs(place: &Place) -> Vec<String> {
    let names =
        fs::read_dir(&place.data).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| name.starts_with("catalog") && name.ends_with(".db")).collect();
    names.sort();
    names
}

fn found_by_name(till: &mut Till, text: &str) -> usize {
    let page: Value = till.desk.call("product.find", &json!({ "text": text })).unwrap();
    page["tiles"].as_array().unwrap().len()
}

#[test]
fn a_large_set_fills_a_new_file_and_who_reads_the_old_one_reads_on() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let product = json!({ "product": {
        "name": "Cola of old", "sku": "old", "codes": ["5449000000996"], "unit": "each", "category": null,
        "prices": [{ "from": "2026-01-01", "price": 1_500_000 }], "picture": null, "status": "active",
        "tax_category": taxes["tax_categories"][0]["id"],
    }});
    till.desk.call::<Value>("product.save", &product).unwrap();
    let set = write_set(&mut till, &place, MADE_LARGE);
    import(&till, set, MADE_LARGE);
    let database = till.terminal.database();
    let there = |reader: &database::Reader| reader.product_record(ProductId(id(6)));
    database
        .read(|reader| -> Result<(), DatabaseError> {
            assert!(there(reader)?.is_none());
            std::thread::scope(|scope| scope.spawn(|| database.apply_catalog()).join()).unwrap()?;
            assert!(there(reader)?.is_none(), "a reader stays with what it began to read");
            assert!(database.read(there)?.is_some());
            Ok(())
        })
        .unwrap();
    assert_eq!(catalogs(&place), ["catalog-1.db", "catalog.db"]);
    // What was there is there, and what came can be scanned, searched and changed.
    assert_eq!((found_by_name(&mut till, "cola"), found_by_name(&mut till, "product 2999")), (1, 1));
    assert_eq!((found_by_name(&mut till, "seven"), found_by_name(&mut till, "prodcut 2998") > 0), (1, true));
    scan(&mut till, 2_999).unwrap();
    till.desk.call::<Value>("sale.scan", &json!({ "code": "5449000000996" })).unwrap();
    let view: ProductView = till.desk.call("product.get", &json!({ "id": id(8) })).unwrap();
    let mut changed = view.product.clone();
    changed.name = "Eight".to_owned();
    let save = json!({ "id": view.id, "base": view.product, "product": changed });
    till.desk.call::<Value>("product.save", &save).unwrap();
    assert_eq!(name_of(&mut till, 8).unwrap(), "Eight");
    till.rest().unwrap();
    assert_eq!(found(&place), None, "beside a till that runs");
    drop(till);
    // The old file goes when nobody can read it any more.
    let mut till = place.start(2).unwrap();
    till.sign_in().unwrap();
    assert_eq!(catalogs(&place), ["catalog-1.db"]);
    assert_eq!((name_of(&mut till, 8).unwrap().as_str(), found_by_name(&mut till, "cola")), ("Eight", 1));
    drop(till);
    assert_eq!(found(&place), None);
    let now = place.start(3).unwrap().clock.now();
    let differ = terminal::rebuild::rebuild(&place.data, place.disk.clone(), &now).unwrap();
    assert_eq!(differ, Vec::<String>::new());
    assert_eq!(found(&place), None);
    let mut till = place.start(4).unwrap();
    till.sign_in().unwrap();
    assert_eq!(
        (name_of(&mut till, 8).unwrap().as_str(), found_by_name(&mut till, "product 2999")),
        ("Eight", 1)
    );
}

/// Rows of a set that is just large enough for a file of its own, and how often the power is cut while it is filled in.
const MADE_CUT: u64 = 2_010;
const CUTS: usize = 48;

#[test]
fn a_power_cut_while_a_large_set_comes_in_leaves_the_catalogue_of_before_or_the_whole_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(SimulatedDisk::new());
    let place = Place { disk: Arc::clone(&disk) as _, ..Place::below(folder.path()) };
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let product = json!({ "product": {
        "name": "Cola of old", "sku": null, "codes": ["5449000000996"], "unit": "each", "category": null,
        "prices": [{ "from": "2026-01-01", "price": 1_500_000 }], "picture": null, "status": "active",
        "tax_category": taxes["tax_categories"][0]["id"],
    }});
    till.desk.call::<Value>("product.save", &product).unwrap();
    till.rest().unwrap();
    let mut state = disk.state();
    disk.record();
    let set = write_set(&mut till, &place, MADE_CUT);
    import(&till, set, MADE_CUT);
    till.terminal.database().apply_catalog().unwrap();
    till.terminal.database().settle().unwrap();
    let operations = disk.recorded();
    drop(till);
    let every = (operations.len() / CUTS).max(1);
    let (mut with, mut without) = (0, 0);
    for (number, operation) in operations.iter().enumerate() {
        state.apply(operation);
        // The first bring the set and its fact to the disk, the last give the new file its name: each of these is cut.
        if number % every != 0 && number > 24 && number + 12 < operations.len() {
            continue;
        }
        let image = Image::ALL[number % Image::ALL.len()];
        let survivor = state.survivor(image, number as u64);
        let place = Place { disk: Arc::new(SimulatedDisk::of(survivor)), ..place.clone() };
        let told = format!("{image:?} at {number} of {} ({operation:?})", operations.len());
        let told = told.chars().take(200).collect::<String>();
        let mut till = place.start(2).unwrap_or_else(|error| panic!("{told}: {error}"));
        till.sign_in().unwrap();
        assert_eq!(found_by_name(&mut till, "cola"), 1, "{told}");
        till.desk.call::<Value>("sale.scan", &json!({ "code": "5449000000996" })).unwrap();
        let database = till.terminal.database();
        let imported = database.read(|reader| reader.imports(10)).unwrap().len();
        assert_eq!(database.read(database::Reader::unapplied).unwrap(), [] as [String; 0], "{told}");
        let there = name_of(&mut till, 6).is_ok() && scan(&mut till, MADE_CUT - 1).is_ok();
        assert_eq!(there, imported == 1, "{told}");
        *(if there { &mut with } else { &mut without }) += 1;
    }
    println!(
        "{} operations, cut {} times: {without} without the import, {with} with it",
        operations.len(),
        with + without
    );
    assert!(with > 40 && without > 2, "{with} with it, {without} without");
}
