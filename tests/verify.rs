//! A till's data is checked from outside: whole it is whole, beside a running till too; whatever is damaged is named;
//! and no damage makes the check itself fail.

use database::disk::SystemDisk;
use database::dump::run_statements;
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use terminal::blob::{BeginUpload, BlobHash, UploadKind};
use terminal::verify::{Report, check};

/// A shop with a picture, that sold three things, took a product in, and rested.
fn shop(place: &Place) -> (Till, BlobHash) {
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let picture = picture(&till);
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let product = json!({
        "name": "Cola", "sku": null, "codes": ["5449000000996"], "unit": "each",
        "prices": [{ "from": "2026-01-01", "price": 1_500_000 }], "tax_category": taxes["tax_categories"][0]["id"],
        "category": null, "picture": picture, "status": "active",
    });
    till.desk.call::<Value>("product.save", &json!({ "product": product })).unwrap();
    for cents in [350, 1_250, 99] {
        till.sell(cents).unwrap();
    }
    till.rest().unwrap();
    (till, picture)
}

fn picture(till: &Till) -> BlobHash {
    let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 400]].concat();
    let blobs = till.terminal.blobs().of(till.desk.caller());
    let begin = BeginUpload::of(UploadKind::Picture, &bytes);
    let upload = blobs.begin(begin).unwrap();
    let upload = blobs.append(upload.upload, 0, &bytes).unwrap();
    blobs.finish(upload.upload).unwrap();
    BlobHash::of(&bytes)
}

fn checked(place: &Place) -> Report {
    check(&place.data, Some(&place.guard)).unwrap()
}

/// The code of the first fault, and where it is.
fn first(report: &Report) -> Option<(&'static str, Option<i64>)> {
    report.faults.first().map(|fault| (fault.problem.code(), fault.seq))
}

fn names(dir: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names
}

fn flip(path: &Path, at: usize, bit: u32) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1 << bit;
    fs::write(path, bytes).unwrap();
}

fn place_of(path: &Path, text: &[u8]) -> usize {
    let bytes = fs::read(path).unwrap();
    bytes.windows(text.len()).rposition(|window| window == text).unwrap()
}

#[test]
fn a_tills_data_is_whole_while_it_runs_and_when_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, _) = shop(&place);
    till.sell(500).unwrap();
    // Its log is beside the file, and the guard lags behind.
    let running = checked(&place);
    assert!(running.is_whole(), "{:?}", running.faults);
    assert_eq!((running.sales, running.totals.get("EUR")), (4, Some(&2_199)));
    drop(till);
    let before = names(&place.data);
    let stopped = checked(&place);
    assert!(stopped.is_whole(), "{:?}", stopped.faults);
    assert_eq!(stopped.sales, 4);
    let beside = stopped.beside.unwrap();
    assert!(beside.tables >= 10 && beside.rows > 10, "{beside:?}");
    assert_eq!((beside.pictures, beside.guards), (1, 1));
    assert!(stopped.logs[0].signed_to.is_some());
    assert_eq!(names(&place.data), before, "nothing is left behind");
}

/// What is done to which file, and how.
type Case<'c> = (&'c str, &'c Path, Box<dyn Fn() + 'c>);

#[test]
fn whatever_is_damaged_beside_the_facts_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (till, picture) = shop(&place);
    drop(till);
    let ledger = place.data.join("ledger.db");
    let catalog = place.data.join("catalog.db");
    let name = picture.to_string();
    let blob = place.data.join("blobs").join(&name[..2]).join(&name);
    let guard = fs::read_dir(&place.guard).unwrap().next().unwrap().unwrap().path();
    let guard =
        names(&guard).into_iter().find(|path| path.extension().is_some_and(|e| e == "guard")).unwrap();
    let statement = |file: &Path, sql: &str| run_statements(file, sql).unwrap();
    let cases: Vec<Case<'_>> = vec![
        (
            "verify.projection_differs",
            &ledger,
            Box::new(|| statement(&ledger, "update drawer set cash = cash + 1")),
        ),
        (
            "verify.projection_differs",
            &ledger,
            Box::new(|| statement(&ledger, "delete from sale where id = 2")),
        ),
        (
            "verify.projection_differs",
            &ledger,
            Box::new(|| {
                statement(&ledger, "insert into drawer (drawer, currency, cash) values (1, 'JPY', 5)");
            }),
        ),
        (
            "verify.projection_differs",
            &catalog,
            Box::new(|| statement(&catalog, "update price set micros = micros + 1")),
        ),
        ("verify.file_malformed", &catalog, Box::new(|| fs::write(&catalog, b"nothing").unwrap())),
        ("verify.guard_torn", &guard, Box::new(|| flip(&guard, 40, 3))),
        (
            "verify.guard_unreadable",
            &guard,
            Box::new(|| {
                flip(&guard, 40, 3);
                flip(&guard, 552, 3);
            }),
        ),
        ("verify.picture_changed", &blob, Box::new(|| flip(&blob, 100, 0))),
        ("verify.picture_missing", &blob, Box::new(|| fs::remove_file(&blob).unwrap())),
    ];
    for (code, path, damage) in cases {
        let whole = fs::read(path).unwrap();
        damage();
        let report = checked(&place);
        assert_eq!(first(&report), Some((code, None)), "{:?}", report.faults);
        fs::write(path, whole).unwrap();
    }
    assert!(checked(&place).is_whole());
}

#[test]
fn a_flipped_bit_in_a_fact_and_a_lost_tail_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    drop(shop(&place));
    let yesterday = fs::read(place.data.join("ledger.db")).unwrap();
    let mut till = place.start(2).unwrap();
    till.sign_in().unwrap();
    till.sell(700).unwrap();
    till.rest().unwrap();
    drop(till);
    let ledger = place.data.join("ledger.db");
    let today = fs::read(&ledger).unwrap();
    // The facts that came since are gone; what the guard remembers is not there any more.
    fs::write(&ledger, &yesterday).unwrap();
    let codes = |report: &Report| report.faults.iter().map(|f| f.problem.code()).collect::<Vec<_>>();
    let lost = checked(&place);
    assert!(codes(&lost).contains(&"verify.guard_ahead"), "{:?}", lost.faults);
    // The next start notices too, and says so in the log it begins: from then on it is told, and no fault.
    drop(place.start(3).unwrap());
    let told = checked(&place);
    assert!(told.is_whole() && told.logs.len() == 2, "{:?}", told.faults);
    fs::write(&ledger, &today).unwrap();
    flip(&ledger, place_of(&ledger, b"\"receipt_number\":\"A-000003\"") + 20, 1);
    let report = checked(&place);
    let (code, seq) = first(&report).unwrap();
    assert_eq!(code, "verify.payload_changed");
    assert!(seq.is_some());
    assert_eq!(codes(&report).iter().filter(|code| **code == "verify.payload_changed").count(), 1);
}

#[test]
fn no_damage_of_a_file_makes_the_check_fail() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    drop(shop(&place));
    let ledger = place.data.join("ledger.db");
    let whole = fs::read(&ledger).unwrap();
    let (mut found, mut tried) = (0, 0);
    let mut check_file = |bytes: &[u8]| {
        fs::write(&ledger, bytes).unwrap();
        let report = database::verify::file(&SystemDisk, &ledger).unwrap();
        tried += 1;
        found += u32::from(!report.is_whole());
        report.is_whole()
    };
    // Everywhere: headers, trees, rows, free space. The steps share no factor with a page.
    for at in (0..whole.len()).step_by(997) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        check_file(&bytes);
    }
    // The first pages, where everything hangs on, byte by byte.
    for at in (0..100).chain(100..4_096).step_by(13) {
        let mut bytes = whole.clone();
        bytes[at] = bytes[at].wrapping_add(0x55);
        check_file(&bytes);
    }
    for part in 0..20 {
        assert!(!check_file(&whole[..whole.len() * part / 20]), "cut at {part}/20");
        let mut bytes = whole.clone();
        let page = (whole.len() / 4_096) * part / 20;
        bytes[page * 4_096..(page + 1) * 4_096].fill(0);
        assert!(!check_file(&bytes), "page {page} is empty");
    }
    // Most of so small a file is free space in the pages of tables that are empty.
    println!("{found} of {tried} damages found");
    assert!(found > 50, "{found} of {tried}");
    // The deep check stands the same.
    for at in (0..whole.len()).step_by(7_919) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&ledger, bytes).unwrap();
        checked(&place);
    }
    fs::write(&ledger, &whole).unwrap();
    assert!(checked(&place).is_whole());
}
