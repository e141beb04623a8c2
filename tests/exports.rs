//! Exports: what is made for a spreadsheet holds no formula, and reads back as what the shop has.

use crate::imports::Shop;
use database::Purpose;
use scenarios::seed::desk::Desk;
use scenarios::shop::Place;
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::sync::Arc;
use terminal::Terminal;
use terminal::blob::BlobHash;
use terminal::workers::Next;
use terminal::workers::export::Exporter;
use wire::export::{ExportState, ExportView};
use wire::import::ImportState;

/// What a spreadsheet computes when a cell begins with it.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn work(shop: &Shop) {
    let mut exporter = Exporter::new(Arc::clone(&shop.till.terminal));
    while exporter.step() == Next::Again {}
}

/// Makes a file to its end.
fn made(shop: &mut Shop, operation: &str, request: &Value) -> ExportView {
    let begun = shop.call(operation, request).unwrap();
    work(shop);
    let view = shop.call("export.show", &json!({ "export": begun["export"] })).unwrap();
    serde_json::from_value(view).unwrap()
}

/// The bytes of a file, as whoever asked for it fetches them.
fn fetched(shop: &Shop, view: &ExportView) -> Vec<u8> {
    assert_eq!(view.state, ExportState::Done, "{view:?}");
    let blobs = shop.till.terminal.blobs().of(shop.till.desk.caller());
    blobs.read(BlobHash::parse(&view.file.as_ref().unwrap().blob).unwrap()).unwrap().whole().unwrap().bytes
}

fn rows(csv: &[u8]) -> Vec<Vec<String>> {
    let text = csv.strip_prefix(b"\xef\xbb\xbf").expect("it says that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn sheet(xlsx: &[u8]) -> String {
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).unwrap();
    let mut text = String::new();
    book.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn tax(shop: &mut Shop) -> Value {
    shop.call("tax_category.list", &json!({})).unwrap()["tax_categories"][0]["id"].clone()
}

fn category(shop: &mut Shop, name: &str, status: &str) -> Value {
    let category = json!({ "name": name, "position": 1, "status": status });
    shop.call("category.save", &json!({ "category": category })).unwrap()["id"].clone()
}

/// A till on which both were made into files.
pub fn both_made(place: &Place) -> Arc<Terminal> {
    let mut shop = Shop::open(place);
    made(&mut shop, "product.export", &json!({ "form": "csv" }));
    made(&mut shop, "customer.export", &json!({ "form": "csv" }));
    shop.till.terminal
}

/// A shop of products whose fields are as odd as they may be.
fn odd_shop(place: &Place) -> Shop {
    let mut shop = Shop::open(place);
    let tax = tax(&mut shop);
    // Two of one name, and one that is not in use any more.
    let twins = [category(&mut shop, "=Fresh", "active"), category(&mut shop, "=fresh", "active")];
    let old = category(&mut shop, "Old", "archived");
    let list =
        shop.call("price_list.save", &json!({ "price_list": { "name": "Staff", "status": "active" } }));
    let list = list.unwrap()["id"].clone();
    let price = |micros: i64| json!([{ "from": "2000-01-01", "price": micros }]);
    let odd = [
        json!({ "name": "=1+1", "sku": "007", "codes": ["0000000000017"], "prices": price(1_500_000), "category": twins[0] }),
        json!({ "name": "-5 °C Eis", "sku": "=A1", "codes": ["5449000000996", "017"], "prices": price(37_500), "category": twins[1] }),
        json!({ "name": "@home, \"big\"", "codes": ["AB 12"], "prices": [], "unit": "kilogram", "brand": "+Plus" }),
        json!({ "name": "'n Beetje", "codes": [], "prices": price(0), "category": old, "unit": "litre" }),
        json!({ "name": "＠全角", "codes": ["0000000000017"], "prices": price(999_999_999_999), "age_min": 18 }),
        json!({ "name": "'=quoted", "codes": ["A;B", "5012345678900"], "low_stock": 2_500, "prices": [
            { "from": "2000-01-01", "price": 2_000_000 },
            { "from": "2100-01-01", "price": 3_000_000 },
            { "from": "2000-01-01", "price": 1_000_000, "list": list },
        ]}),
        json!({ "name": "Gone", "sku": "12345678901234567890", "codes": [], "prices": price(1), "status": "archived" }),
        json!({ "name": "Öl\u{a0}½ l – السعر", "sku": "1e5", "codes": ["2012345000002"], "prices": price(7_000_000) }),
    ];
    for product in odd {
        let mut whole = json!({
            "sku": null, "unit": "each", "tax_category": tax, "category": null, "picture": null, "status": "active",
        });
        whole.as_object_mut().unwrap().extend(product.as_object().unwrap().clone());
        shop.call("product.save", &json!({ "product": whole })).unwrap();
    }
    shop
}

/// Imports a file of what was exported: nothing is wrong with it, and nothing changes.
fn says_what_is_so(shop: &mut Shop, bytes: &[u8], kind: &str, count: u64) {
    let view = shop.begin(bytes, kind).unwrap();
    assert!(view.mapping.columns.iter().all(Option::is_some), "{:?}", view.mapping);
    let checked = shop.check(&view, |_| {});
    let counts = &checked.counts;
    assert_eq!((counts.errors, counts.warnings), (0, 0), "{:?}", checked.problems);
    assert_eq!((counts.rows, counts.unchanged), (count, count), "{counts:?}");
    assert_eq!(shop.commit(&view, false).unwrap().state, ImportState::Done);
    assert_eq!(shop.imports().imports.len(), 0, "an import of nothing is none");
}

#[test]
fn products_go_to_a_spreadsheet_and_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = odd_shop(&Place::below(folder.path()));
    for (form, status, count) in
        [("csv", "active", 7), ("xlsx", "active", 7), ("csv", "archived", 1), ("xlsx", "archived", 1)]
    {
        let request = json!({ "form": form, "filter": { "status": status } });
        let view = made(&mut shop, "product.export", &request);
        assert_eq!(u64::from(view.rows), count);
        let bytes = fetched(&shop, &view);
        if form == "csv" {
            for cell in rows(&bytes).iter().flatten() {
                assert!(!cell.trim_start().starts_with(FORMULAS), "{cell:?} is computed");
            }
        } else {
            let sheet = sheet(&bytes);
            assert!(!sheet.contains("<f>"), "{sheet}");
            // Numbers with zeros before them, and long ones, are text.
            let zeros = if status == "active" { "0000000000017" } else { "12345678901234567890" };
            assert!(sheet.contains(&format!("<is><t>{zeros}</t></is>")), "{sheet}");
        }
        says_what_is_so(&mut shop, &bytes, "products", count);
    }
    // As spreadsheets of many countries read it: semicolons, and commas in numbers.
    let view = made(&mut shop, "product.export", &json!({ "form": "csv_semicolon" }));
    let bytes = fetched(&shop, &view);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("\u{feff}name;sku;barcode;price;"), "{text}");
    assert!(text.contains(";1,50;") && text.contains(";2,5;") && !text.contains(";1.50;"), "{text}");
    says_what_is_so(&mut shop, &bytes, "products", 7);
    // What is changed in the file changes the product it names, whatever else is the same.
    let view = made(&mut shop, "product.export", &json!({ "form": "csv" }));
    let text = String::from_utf8(fetched(&shop, &view)).unwrap();
    assert!(text.contains("'-5 °C Eis"), "{text}");
    let changed = text.replace("'-5 °C Eis", "-6 °C Eis").replace("'＠全角", "全角");
    let done = shop.import(&changed);
    assert_eq!((done.counts.updated, done.counts.unchanged), (2, 5), "{:?}", done.problems);
    assert_eq!(shop.found("eis"), ["-6 °C Eis"]);
}

#[test]
fn an_export_holds_what_the_list_shows_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = odd_shop(&Place::below(folder.path()));
    let names = |shop: &mut Shop, request: Value| -> Vec<String> {
        let view = made(shop, "product.export", &request);
        rows(&fetched(shop, &view)).into_iter().map(|row| row[0].clone()).collect()
    };
    assert_eq!(names(&mut shop, json!({ "form": "csv", "text": "beetje" })), ["''n Beetje"]);
    // All that the code leads to, in whichever form they have it.
    let found = names(&mut shop, json!({ "form": "csv", "text": "0000000000017" }));
    assert_eq!(found, ["'=1+1", "'-5 °C Eis", "'＠全角"]);
    let lacking = names(&mut shop, json!({ "form": "csv", "filter": { "lacking": "price" } }));
    assert_eq!(lacking, ["'@home, \"big\""]);
    assert_eq!(names(&mut shop, json!({ "form": "csv", "text": "nothing of it" })), [] as [String; 0]);
}

#[test]
fn customers_go_to_a_spreadsheet_and_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    for customer in [
        json!({ "number": "007", "name": "=cmd|' /C calc'!A0", "phone": "+33 1 23 45", "status": "active" }),
        json!({ "name": "Zoë", "address": "1, rue\nde la \"Paix\"", "note": "-", "status": "active" }),
        json!({ "name": "Zoë", "email": "@zoe", "status": "active" }),
        json!({ "number": "8", "name": "李", "status": "archived" }),
    ] {
        shop.call("customer.save", &json!({ "customer": customer })).unwrap();
    }
    for (form, status, count) in
        [("csv", "active", 3), ("xlsx", "active", 3), ("csv", "archived", 1), ("xlsx", "archived", 1)]
    {
        let view = made(&mut shop, "customer.export", &json!({ "form": form, "status": status }));
        let bytes = fetched(&shop, &view);
        if form == "csv" {
            let rows = rows(&bytes);
            assert!(rows.iter().flatten().all(|cell| !cell.starts_with(FORMULAS)), "{rows:?}");
        }
        says_what_is_so(&mut shop, &bytes, "customers", count);
    }
    let view = made(&mut shop, "customer.export", &json!({ "form": "csv", "text": "zoë" }));
    assert_eq!(view.rows, 2);
    // Who was erased is not among them.
    let page = shop.call("customer.list", &json!({ "status": "archived" })).unwrap();
    shop.call("customer.erase", &json!({ "id": page["customers"][0]["id"] })).unwrap();
    assert_eq!(made(&mut shop, "customer.export", &json!({ "form": "csv", "status": "archived" })).rows, 0);
}

#[test]
fn a_file_is_told_of_in_the_ledger_and_given_only_to_who_may_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    let request = json!({ "customer": { "name": "Ana", "status": "active" } });
    shop.call("customer.save", &request).unwrap();
    let before = shop.till.terminal.database().head(Purpose::Selling).unwrap().unwrap().seq;
    let view = made(&mut shop, "customer.export", &json!({ "form": "xlsx" }));
    let after = shop.till.terminal.database().head(Purpose::Selling).unwrap().unwrap().seq;
    assert_eq!(after - before, 1, "one fact, and nothing else of the ledger");
    let audit = shop.call("audit.list", &json!({ "operation": "customer.export" })).unwrap();
    assert_eq!(audit["entries"][0]["changes"][0]["after"], "1", "{audit}");
    // Somebody who may look after products only.
    let stranger = Desk::new(&shop.till.terminal, 9);
    let hash = BlobHash::parse(&view.file.as_ref().unwrap().blob).unwrap();
    let blobs = shop.till.terminal.blobs();
    assert!(blobs.of(stranger.caller()).read(hash).is_err());
    assert!(blobs.of(shop.till.desk.caller()).read(hash).is_ok());
    // The next one takes its place, also on the disk; and none outlives the till.
    made(&mut shop, "product.export", &json!({ "form": "csv" }));
    assert!(blobs_gone(&shop, hash));
    assert_eq!(fs::read_dir(place.data.join("made")).unwrap().count(), 1);
    shop.till.rest().unwrap();
    drop((shop, stranger));
    let again = place.start(2).unwrap();
    assert!(!place.data.join("made").exists());
    drop(again);
}

fn blobs_gone(shop: &Shop, hash: BlobHash) -> bool {
    shop.till.terminal.blobs().of(shop.till.desk.caller()).read(hash).is_err()
}

#[test]
fn an_export_can_be_given_up_and_another_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    let begun = shop.call("product.export", &json!({ "form": "csv" })).unwrap();
    let refused = shop.call("customer.export", &json!({ "form": "csv" })).unwrap_err();
    assert!(refused.contains("export.busy"), "{refused}");
    shop.call("export.cancel", &json!({ "export": begun["export"] })).unwrap();
    work(&shop);
    let view = shop.call("export.show", &json!({ "export": begun["export"] })).unwrap();
    assert_eq!((view["state"].as_str(), view["file"].is_null()), (Some("cancelled"), true));
    made(&mut shop, "customer.export", &json!({ "form": "csv" }));
    let refused = shop.call("export.show", &json!({ "export": begun["export"] })).unwrap_err();
    assert!(refused.contains("export.unknown"), "{refused}");
}
