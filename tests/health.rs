//! How the till itself is: what a fault leaves behind, what a full disk does, what the health screen is told, and that
//! the file for whoever helps carries nothing about people, goods or money.

use domain::error::{Code, Coded};
use domain::ids::{OperatorId, TaxCategoryId};
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use simulated_disk::{Fault, FaultKind, SimulatedDisk};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use terminal::MadeFile;
use terminal::blob::{BeginUpload, BlobHash, BlobKind, DATA_SPARE_BYTES, UploadKind};
use terminal::workers::fault::FaultRecorder;
use terminal::workers::room::RoomKeeper;
use tracing::Dispatch;
use tracing::subscriber::NoSubscriber;

const MIB: u64 = 1024 * 1024;

/// A till on a disk of its own making, with its log in a real folder.
fn on_a_simulated_disk(folder: &Path) -> (SimulatedDisk, Till) {
    let disk = SimulatedDisk::new();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::below(folder) };
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    (disk, till)
}

/// The reason of every area, by name.
fn reasons(till: &mut Till) -> BTreeMap<String, String> {
    let health: Value = till.desk.call("health.show", &json!({})).unwrap();
    let word = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
    health["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (word(item, "area"), word(item, "reason")))
        .collect()
}

fn item(till: &mut Till) -> Result<Value, String> {
    let list: Value = till.desk.call("tax_category.list", &json!({}))?;
    let tax: TaxCategoryId = serde_json::from_value(list["tax_categories"][0]["id"].clone()).unwrap();
    till.desk.call("sale.add_open_item", &json!({ "name": "Thing", "price": 1_000_000, "tax_category": tax }))
}

fn pay(till: &mut Till, sale: &Value) -> Result<Value, String> {
    let total = &sale["totals"]["total"];
    let tenders = json!([{ "kind": "cash", "amount": total }]);
    till.desk.call("sale.complete", &json!({ "sale": sale["sale"], "tenders": tenders, "total": total }))
}

/// Acts with the log of a data directory written.
fn logging<T>(data_dir: &Path, act: impl FnOnce() -> T) -> T {
    // With one listener alone, tracing asks whichever thread comes first to a place of the program whether anybody
    // listens there, for all threads: a test beside this one would say no. With two it asks them.
    let _other = Dispatch::new(NoSubscriber::new());
    tracing::subscriber::with_default(terminal::log::file_alone(data_dir).unwrap(), act)
}

/// What stands in the brackets at the end of a failure.
fn reference(failure: &str) -> String {
    failure.rsplit_once('(').unwrap().1.trim_end_matches(')').to_owned()
}

#[test]
fn a_fault_has_one_reference_in_the_answer_the_log_and_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, mut till) = on_a_simulated_disk(folder.path());
    let data = till.terminal.data_dir().to_owned();
    logging(&data, || {
        let mut recorder = FaultRecorder::new(Arc::clone(&till.terminal));
        let sale = item(&mut till).unwrap();

        disk.fail(Some(Fault { at: disk.operations(), kind: FaultKind::Dead }));
        let failure = pay(&mut till, &sale).unwrap_err();
        assert!(failure.contains("ledger.disk_fault"), "{failure}");
        let reference = reference(&failure);
        recorder.step();
        till.clock.pass(11_000);

        disk.fail(None);
        let ask = json!({ "reference": reference.to_lowercase().replace('-', " ") });
        let found: Value = till.desk.call("health.find_reference", &ask).unwrap();
        assert_eq!(found["fault"], Value::Null, "a ledger that cannot be written holds no fact");
        assert_eq!(reasons(&mut till)["ledger"], "ledger_failing");

        recorder.step();
        let found: Value = till.desk.call("health.find_reference", &ask).unwrap();
        assert_eq!(found["fault"]["reference"], json!(reference));
        assert_eq!(found["fault"]["code"], json!("ledger.disk_fault"));
        assert_eq!(found["fault"]["operation"], json!("sale.complete"));
        let operator: OperatorId = serde_json::from_value(found["fault"]["operator"].clone()).unwrap();
        assert_ne!(operator, OperatorId::TERMINAL, "it happened to somebody");
        let lines = found["lines"].as_array().unwrap();
        assert!(lines.iter().any(|line| line.as_str().unwrap().contains("ERROR")), "{lines:?}");
        assert!(lines.iter().any(|line| line.as_str().unwrap().contains("sale.complete")), "{lines:?}");
        assert_ne!(reasons(&mut till)["ledger"], "ledger_failing");
        pay(&mut till, &sale).unwrap();

        // The same fault again within a minute stands in the log alone.
        let sale = item(&mut till).unwrap();
        disk.fail(Some(Fault { at: disk.operations(), kind: FaultKind::Dead }));
        pay(&mut till, &sale).unwrap_err();
        disk.fail(None);
        recorder.step();
        let health: Value = till.desk.call("health.show", &json!({})).unwrap();
        assert_eq!(health["details"]["faults"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_full_disk_lets_open_sales_finish_and_refuses_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, mut till) = on_a_simulated_disk(folder.path());
    let mut keeper = RoomKeeper::with_reserve(Arc::clone(&till.terminal), MIB);
    let reserve = till.terminal.data_dir().join("reserve");
    let kept = |disk: &SimulatedDisk| disk.state().read(&reserve).map_or(0, |bytes| bytes.len());

    keeper.step();
    assert_eq!(kept(&disk), 1024 * 1024);
    keeper.step();
    assert_eq!(reasons(&mut till)["disk"], "disk_fine");
    disk.set_free_bytes(MIB / 2);
    keeper.step();
    assert_eq!(reasons(&mut till)["disk"], "disk_low");
    let open = item(&mut till).unwrap();

    disk.set_free_bytes(MIB / 100);
    keeper.step();
    assert_eq!((reasons(&mut till)["disk"].as_str(), kept(&disk)), ("disk_full", 0));
    pay(&mut till, &open).unwrap();
    let refused = item(&mut till).unwrap_err();
    assert!(refused.contains("ledger.disk_low"), "{refused}");

    // On the edge the till does not refuse every other sale.
    disk.set_free_bytes(MIB + MIB / 2);
    keeper.step();
    assert!(item(&mut till).is_err());
    disk.set_free_bytes(2 * MIB);
    keeper.step();
    assert_eq!(kept(&disk), 1024 * 1024);
    let open = item(&mut till).unwrap();
    pay(&mut till, &open).unwrap();
}

#[test]
fn a_data_file_that_would_fill_the_disk_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, till) = on_a_simulated_disk(folder.path());
    let blobs = till.terminal.blobs().of(till.desk.caller());
    let table = BeginUpload { length: 10 * MIB, ..BeginUpload::of(UploadKind::Data, b"") };
    disk.set_free_bytes(DATA_SPARE_BYTES + 10 * MIB - 1);
    let refused = blobs.begin(table).unwrap_err();
    assert_eq!(refused.code(), Code::LedgerDiskFull);
    // A picture is small, and the reserve is for more than it.
    blobs.begin(BeginUpload::of(UploadKind::Picture, b"small")).unwrap();
    disk.set_free_bytes(DATA_SPARE_BYTES + 10 * MIB);
    blobs.begin(table).unwrap();
}

#[test]
fn a_write_that_finds_no_room_takes_the_reserve_and_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, mut till) = on_a_simulated_disk(folder.path());
    RoomKeeper::with_reserve(Arc::clone(&till.terminal), MIB).step();
    let sale = item(&mut till).unwrap();
    disk.fail(Some(Fault { at: disk.operations(), kind: FaultKind::Short }));
    let paid = pay(&mut till, &sale).unwrap();
    assert!(disk.has_failed(), "the disk was full in between");
    assert_eq!(paid["receipt_number"], json!("A-000001"));
    assert!(disk.state().read(&till.terminal.data_dir().join("reserve")).is_none());
    assert!(item(&mut till).unwrap_err().contains("ledger.disk_low"));
}

/// A folder on a file system of its own, so small that it can be filled. Only root may make one.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder.path())
            .status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = std::process::Command::new("umount").arg("-l").arg(self.0.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "a small disk stays behind");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_real_full_disk_the_open_sale_is_paid() {
    let Some(small) = SmallDisk::new("24m") else {
        println!("left out: only root may mount a small disk");
        return;
    };
    let place = Place { guard: small.0.path().join("guard"), ..Place::below(small.0.path()) };
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let mut keeper = RoomKeeper::with_reserve(Arc::clone(&till.terminal), 6 * MIB);
    while std::fs::metadata(till.terminal.data_dir().join("reserve")).map_or(0, |file| file.len()) < 6 * MIB {
        keeper.step();
    }
    keeper.step();
    assert_eq!(reasons(&mut till)["disk"], "disk_fine");
    let mut open = item(&mut till).unwrap();

    // Somebody fills the disk to the last byte.
    let filler = small.0.path().join("film.mp4");
    let mut file = std::fs::File::create(&filler).unwrap();
    let block = vec![7; 64 * 1024];
    let full = std::iter::repeat_with(|| std::io::Write::write_all(&mut file, &block)).find_map(Result::err);
    assert_eq!(full.unwrap().kind(), std::io::ErrorKind::StorageFull);
    for _ in 0..200 {
        open = item(&mut till).unwrap();
    }
    pay(&mut till, &open).unwrap();
    keeper.step();
    assert_eq!(reasons(&mut till)["disk"], "disk_full");
    assert!(item(&mut till).unwrap_err().contains("ledger.disk_low"));

    drop(file);
    std::fs::remove_file(filler).unwrap();
    keeper.step();
    let open = item(&mut till).unwrap();
    pay(&mut till, &open).unwrap();
    drop((till, keeper));
}

#[test]
fn the_till_says_how_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    till.sell(100).unwrap();
    till.rest().unwrap();
    let expected = [
        ("backup", "backup_none"),
        ("clock", "clock_fine"),
        ("devices", "devices_none"),
        ("disk", "disk_unknown"),
        ("hub", "hub_none"),
        ("key_store", "key_in_file"),
        ("ledger", "ledger_fine"),
        ("mail", "mail_none"),
    ];
    let expected: BTreeMap<_, _> =
        expected.into_iter().map(|(area, reason)| (area.to_owned(), reason.to_owned())).collect();
    assert_eq!(reasons(&mut till), expected);
    drop(till);

    // The same data on another machine: a new log, and a clock that is behind what the old one holds.
    let moved = Place { machine: "another".to_owned(), ..place };
    let mut till = moved.start(0).unwrap();
    till.sign_in().unwrap();
    let found = reasons(&mut till);
    assert_eq!((found["ledger"].as_str(), found["clock"].as_str()), ("ledger_copied", "clock_behind"));
}

#[test]
fn a_cashier_sees_how_the_till_is_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let (_disk, mut till) = on_a_simulated_disk(folder.path());
    let all: Value = till.desk.call("health.show", &json!({})).unwrap();
    assert_eq!(all["details"]["data_dir"], json!(till.terminal.data_dir()));
    let roles: Value = till.desk.call("role.list", &json!({})).unwrap();
    let cashier =
        roles["roles"].as_array().unwrap().iter().find(|role| role["role"]["name"] == "Cashier").unwrap();
    let new = json!({ "name": "Ben", "role": cashier["id"], "pin": "2222" });
    till.desk.call::<Value>("operator.save", &new).unwrap();
    till.desk.call::<Value>("session.sign_out", &json!({})).unwrap();
    let nobody = till.desk.call::<Value>("health.show", &json!({})).unwrap_err();
    assert!(nobody.contains("people.not_signed_on"), "{nobody}");
    till.desk.sign_in("Ben", "2222").unwrap();
    let some: Value = till.desk.call("health.show", &json!({})).unwrap();
    assert_eq!((&some["items"], &some["details"]), (&all["items"], &Value::Null));
    for (operation, request) in
        [("health.bundle", json!({})), ("health.find_reference", json!({ "reference": "AB12-CD34" }))]
    {
        let refused = till.desk.call::<Value>(operation, &request).unwrap_err();
        assert!(refused.contains("people.needs_approval"), "{refused}");
    }
}

/// What is known about the people and the goods of this shop, and what nobody may learn.
const PERSONAL: [&str; 13] = [
    "Wilhelmina Quixada",
    "739182640517",
    "Haberdashery Zebulon",
    "17 Nightingale Passage",
    "ZZ998877665",
    "Hotline Xanadu",
    "Farewell Xanadu",
    "Counter Persimmon",
    "Velvet Turban",
    "4006381333931",
    "argon2",
    "printer-of-wilhelmina",
    "Indigo Open Item",
];

#[test]
fn the_bundle_carries_no_secret_and_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut till = place.start(1).unwrap();
    let data = till.terminal.data_dir().to_owned();
    let hash = logging(&data, || {
        let [name, pin, shop, street, tax, header, footer, counter, product, code, _, printer, open] =
            PERSONAL;
        let shop = json!({
            "name": shop, "address": [street], "tax_number": tax, "currency": "EUR", "language": "en",
            "tax_policy": { "mode": "included", "scope": "document", "rounding": "half_up" },
            "receipt_header": [header], "receipt_footer": [footer], "logo": null, "till_name": counter,
        });
        let set_up = json!({ "shop": shop, "owner_name": name, "owner_pin": pin });
        till.desk.call::<Value>("shop.set_up", &set_up).unwrap();
        let operators = till.desk.operators().unwrap();
        let wrong = json!({ "operator": operators[0].1, "pin": "000011112222" });
        till.desk.call::<Value>("session.sign_in", &wrong).unwrap_err();
        till.desk.sign_in(name, pin).unwrap();
        let rates = json!([{ "from": "2026-01-01", "rate": 200_000 }]);
        let save = json!({ "tax_category": { "name": "Standard", "rates": rates } });
        let saved: Value = till.desk.call("tax_category.save", &save).unwrap();
        let new = json!({
            "name": product, "sku": null, "codes": [code], "unit": "each", "category": null,
            "tax_category": saved["id"], "prices": [{ "from": "2026-01-01", "price": 1_000_000 }],
            "picture": null, "status": "active",
        });
        till.desk.call::<Value>("product.save", &json!({ "product": new })).unwrap();
        till.desk.call::<Value>("sale.scan", &json!({ "code": code })).unwrap();
        let item = json!({ "name": open, "price": 1_000_000, "tax_category": saved["id"] });
        let sale: Value = till.desk.call("sale.add_open_item", &item).unwrap();
        let devices = json!({ "receipt_printer": { "profile": "epson-tm-t20", "connection":
            { "via": "tcp", "host": printer, "port": 9100 } }, "scanner": null });
        let none = json!({ "receipt_printer": null, "scanner": null });
        // Whatever the profile is called here: a refusal is in the log as well.
        drop(till.desk.call::<Value>("device.save_settings", &json!({ "base": none, "devices": devices })));
        till.desk.call::<Value>("sale.scan", &json!({ "code": "no such code" })).unwrap_err();
        till.desk.call::<Value>(name, &json!({ "pin": pin })).unwrap_err();
        pay(&mut till, &sale).unwrap();
        let made: Value = till.desk.call("health.bundle", &json!({})).unwrap();
        assert_eq!(made["file_name"], json!("tillkeeper-support.zip"));
        BlobHash::parse(made["blob"].as_str().unwrap()).unwrap()
    });

    let nobody = till.terminal.connect(terminal::Door::Http);
    assert!(
        till.terminal.blobs().of(&nobody).read(hash).is_err(),
        "a bundle is for who may look after the till"
    );
    let blob = till.terminal.blobs().of(till.desk.caller()).read(hash).unwrap().whole().unwrap();
    assert_eq!(blob.kind, BlobKind::Made(MadeFile::SupportBundle));
    let mut zip = zip::ZipArchive::new(Cursor::new(blob.bytes)).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in ["about.json", "health.json", "faults.json", "tables.json", "settings.json", "log/till.log"] {
        assert!(names.iter().any(|known| known == name), "{name} is missing in {names:?}");
    }
    let mut all = Vec::new();
    for index in 0..zip.len() {
        zip.by_index(index).unwrap().read_to_end(&mut all).unwrap();
    }
    let text = String::from_utf8_lossy(&all);
    assert!(text.contains("session.sign_in") && text.contains("people.pin_wrong"), "the log is in it");
    for personal in PERSONAL.into_iter().chain([data.to_str().unwrap()]) {
        assert!(!text.contains(personal), "{personal} is in the bundle");
    }
    for secret in secrets(folder.path()) {
        let hexadecimal: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!all.windows(secret.len()).any(|part| part == secret), "a secret is in the bundle");
        assert!(!text.to_lowercase().contains(&hexadecimal), "a secret is in the bundle, written out");
    }
}

/// The bytes of every file beside the data that only the till may read: the pepper and what seals the key.
fn secrets(folder: &Path) -> Vec<Vec<u8>> {
    let mut secrets = Vec::new();
    for terminal in std::fs::read_dir(folder.join("guard")).unwrap() {
        for file in std::fs::read_dir(terminal.unwrap().path()).unwrap() {
            let file = file.unwrap();
            if !file.file_name().to_string_lossy().contains("guard") {
                secrets.push(std::fs::read(file.path()).unwrap());
            }
        }
    }
    assert!(!secrets.is_empty(), "there is at least the pepper");
    secrets
}
