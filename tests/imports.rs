//! Imports through the screen's own path: uploaded by the blob door, looked at, checked, made, undone; and files of every
//! kind of wrongness, of which nothing is ever half imported.

use database::Purpose;
use domain::ids::ProductId;
use scenarios::bench::import::list;
use scenarios::goods;
use scenarios::seed::desk::Desk;
use scenarios::shop::{OWNER, PIN, Place, Till};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use terminal::Terminal;
use terminal::blob::{BeginUpload, BlobHash, UploadKind};
use terminal::workers::Next;
use terminal::workers::import::Importer;
use wire::import::{ImportList, ImportState, ImportView};

/// A till with a worker that imports when it is told to.
pub struct Shop {
    pub till: Till,
    importer: Importer,
}

impl Shop {
    pub fn open(place: &Place) -> Self {
        let mut till = place.start(1).unwrap();
        till.set_up().unwrap();
        let importer = Importer::new(Arc::clone(&till.terminal));
        Self { till, importer }
    }

    pub fn call(&mut self, operation: &str, request: &Value) -> Result<Value, String> {
        self.till.desk.call(operation, request)
    }

    pub fn upload(&self, bytes: &[u8]) -> String {
        let blobs = self.till.terminal.blobs().of(self.till.desk.caller());
        let upload = blobs.begin(BeginUpload::of(UploadKind::Data, bytes)).unwrap().upload;
        blobs.append(upload, 0, bytes).unwrap();
        blobs.finish(upload).unwrap().hash.to_string()
    }

    pub fn begin(&mut self, bytes: &[u8], kind: &str) -> Result<ImportView, String> {
        let blob = self.upload(bytes);
        let request = json!({ "blob": blob, "file": "list.csv", "kind": kind });
        self.till.desk.call("import.begin", &request)
    }

    /// Reads every row by the mapping that was guessed, changed by `change`.
    pub fn check(&mut self, view: &ImportView, change: impl FnOnce(&mut Value)) -> ImportView {
        let mut mapping = serde_json::to_value(&view.mapping).unwrap();
        change(&mut mapping);
        let request = json!({ "import": view.import, "mapping": mapping });
        self.call("import.check", &request).unwrap();
        self.work();
        self.show(view)
    }

    pub fn commit(&mut self, view: &ImportView, force: bool) -> Result<ImportView, String> {
        let request = json!({ "import": view.import, "accept_warnings": force, "skip_errors": force });
        self.call("import.commit", &request)?;
        self.work();
        Ok(self.show(view))
    }

    pub fn work(&mut self) {
        while self.importer.step() == Next::Again {}
    }

    pub fn show(&mut self, view: &ImportView) -> ImportView {
        self.till.desk.call("import.show", &json!({ "import": view.import })).unwrap()
    }

    /// Imports a file of products, whatever is told about it.
    pub fn import(&mut self, text: &str) -> ImportView {
        let view = self.begin(text.as_bytes(), "products").unwrap();
        self.check(&view, |mapping| mapping["create_missing"] = json!(true));
        let done = self.commit(&view, true).unwrap();
        assert_eq!(done.state, ImportState::Done, "{done:?}");
        done
    }

    /// The product that a code leads to: name, price and category.
    pub fn scanned(&mut self, code: &str) -> Option<(String, i64)> {
        let view = self.call("sale.scan", &json!({ "code": code })).ok()?;
        let line = view["changed_lines"].as_array()?.last()?.clone();
        Some((line["name"].as_str()?.to_owned(), line["price"].as_i64()?))
    }

    pub fn found(&mut self, text: &str) -> Vec<String> {
        let page = self.call("product.find", &json!({ "text": text })).unwrap();
        page["tiles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tile| tile["name"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn imports(&mut self) -> ImportList {
        self.till.desk.call("import.list", &json!({})).unwrap()
    }
}

/// A till on which a list was imported and taken back.
pub fn made_and_taken_back(place: &Place) -> Arc<Terminal> {
    let mut shop = Shop::open(place);
    let made = shop.import(LIST);
    shop.call("import.undo", &json!({ "import": made.import })).unwrap();
    shop.work();
    shop.till.terminal
}

#[test]
fn codes_may_stand_in_several_columns_and_each_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    let list = "Name;Price;Piece;Box;Old\n\
                Milk;1,25;5449000000996;3017620422003;5449000000996\n\
                Jam;2,10;;3046920028004;not a code\u{7}\n";
    let view = shop.begin(list.as_bytes(), "products").unwrap();
    let three_codes = |mapping: &mut Value| {
        mapping["columns"] = json!(["name", "price", "code", "code", "code"]);
        mapping["create_missing"] = json!(true);
    };
    let checked = shop.check(&view, three_codes);
    // The cell that is wrong is the one that is named, not the first column of codes.
    let problems: Vec<_> = checked.problems.iter().map(|problem| (problem.row, problem.column)).collect();
    assert_eq!(problems, [(3, Some(5))], "{:?}", checked.problems);
    shop.commit(&view, true).unwrap();
    for code in ["5449000000996", "3017620422003"] {
        assert_eq!(shop.scanned(code), Some(("Milk".to_owned(), 1_250_000)), "{code}");
    }
    // Every other field stands in one column.
    let view = shop.begin(list.as_bytes(), "products").unwrap();
    let mapping =
        json!({ "columns": ["name", "name", null, null, null], "decimal": "comma", "header": true });
    let refused =
        shop.call("import.check", &json!({ "import": view.import, "mapping": mapping })).unwrap_err();
    assert!(refused.contains("import.mapping_invalid"), "{refused}");
}

const LIST: &str = "\
SKU;Désignation;Prix;Code-barres;Rayon;TVA;Unité
A-1;Lait entier;1,25;5449000000996;Frais;5,5 %;pièce
A-2;Pommes;2,4;;Fruits;5,5;kg
A-3;« Confiture »;3,999;3017620422003|3017620422010;Épicerie;5,5;
";

#[test]
fn a_list_is_imported_found_sold_changed_by_another_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    let view = shop.begin(LIST.as_bytes(), "products").unwrap();
    assert_eq!((view.separator.as_deref(), view.columns[1].header.as_str()), (Some(";"), "Désignation"));
    assert_eq!(view.columns[1].samples, ["Lait entier", "Pommes", "« Confiture »"]);
    assert!(view.mapping.columns.iter().all(Option::is_some), "{:?}", view.mapping);
    // Without the right to make what is missing, its categories and tax rate are errors.
    let checked = shop.check(&view, |_| {});
    assert_eq!((checked.counts.errors, checked.counts.skipped, checked.counts.created), (6, 3, 0));
    assert_eq!(
        (checked.problems[0].row, checked.problems[0].column, checked.problems[0].text.as_str()),
        (2, Some(6), "5,5 %")
    );
    assert_eq!(shop.found("lait"), [] as [String; 0], "nothing is changed by looking");
    let refused = shop.call("import.commit", &json!({ "import": view.import })).unwrap_err();
    assert!(refused.contains("import.has_errors"), "{refused}");
    let checked = shop.check(&view, |mapping| mapping["create_missing"] = json!(true));
    assert_eq!((checked.counts.errors, checked.counts.created), (0, 3), "{:?}", checked.problems);
    let done = shop.commit(&view, false).unwrap();
    assert_eq!((done.state, done.counts.created), (ImportState::Done, 3));
    assert_eq!(shop.scanned("5449000000996"), Some(("Lait entier".to_owned(), 1_250_000)));
    assert_eq!(shop.scanned("3017620422010"), Some(("« Confiture »".to_owned(), 3_999_000)));
    assert_eq!(shop.found("pommes"), ["Pommes"]);
    assert_eq!(shop.found("épicerie"), ["« Confiture »"]);
    // The same list again says what is so.
    let again = shop.import(LIST);
    assert_eq!((again.counts.unchanged, again.counts.created, again.counts.updated), (3, 0, 0));
    assert_eq!(shop.imports().imports.len(), 1, "an import of nothing is none");
    // Another list changes a price and a name, by SKU and by code.
    let second = shop.import("sku,name,price,barcode\nA-2,Apples,2.80,\n,Whole milk,1.35,5449000000996\n");
    assert_eq!((second.counts.updated, second.counts.created), (2, 0), "{second:?}");
    assert_eq!(shop.scanned("5449000000996"), Some(("Whole milk".to_owned(), 1_350_000)));
    // Somebody changes one of them by hand; then the second import is taken back.
    let apples: Value = shop.call("product.find", &json!({ "text": "apples" })).unwrap();
    let apples: ProductId = serde_json::from_value(apples["tiles"][0]["product"].clone()).unwrap();
    let product = shop.call("product.get", &json!({ "id": apples })).unwrap()["product"].clone();
    let mut renamed = product.clone();
    renamed["name"] = json!("Green apples");
    let save = json!({ "id": apples, "base": product, "product": renamed });
    shop.call("product.save", &save).unwrap();
    let undone = shop.call("import.undo", &json!({ "import": second.import })).unwrap();
    shop.work();
    let undone: ImportView = serde_json::from_value(undone).unwrap();
    let undone = shop.show(&undone);
    assert_eq!((undone.state, undone.counts.updated), (ImportState::Done, 2), "{undone:?}");
    assert_eq!(shop.scanned("5449000000996"), Some(("Lait entier".to_owned(), 1_250_000)));
    // Its name is kept, since it was changed; its price is as it was.
    let kept = shop.call("product.get", &json!({ "id": apples })).unwrap();
    assert_eq!(kept["product"]["name"], "Green apples");
    assert_eq!(kept["product"]["prices"].as_array().unwrap().len(), 1);
    assert_eq!(kept["product"]["prices"][0]["price"], 2_400_000);
    let refused = shop.call("import.undo", &json!({ "import": second.import })).unwrap_err();
    assert!(refused.contains("import.not_undoable"), "{refused}");
    // The first is taken back too: what nobody changed is archived, the rest is left.
    let first = shop.imports().imports.last().unwrap().import;
    shop.call("import.undo", &json!({ "import": first })).unwrap();
    shop.work();
    assert_eq!(shop.found("confiture"), [] as [String; 0]);
    assert_eq!(shop.found("apples"), ["Green apples"]);
    let list = shop.imports();
    assert_eq!(list.imports.iter().filter(|entry| entry.undone_by.is_some()).count(), 2);
    shop.till.rest().unwrap();
    drop(shop);
    let report = terminal::verify::check(&place.data, Some(&place.guard)).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!(report.beside.unwrap().change_sets, 4);
}

/// The history of a record: of each entry what was done, the file, the version, and each change.
fn history(shop: &mut Shop, entity: &str, id: &Value) -> Vec<String> {
    let page = shop.call("record.history", &json!({ "entity": entity, "id": id })).unwrap();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let entry = |entry: &Value| {
        let changes = entry["changes"].as_array().unwrap().iter().map(|change| {
            format!("{}: {} -> {}", text(&change["field"]), text(&change["before"]), text(&change["after"]))
        });
        let told = [text(&entry["operation"]), text(&entry["imported_from"]), text(&entry["version"])];
        told.into_iter().chain(changes).collect::<Vec<_>>().join("; ")
    };
    page["entries"].as_array().unwrap().iter().map(entry).collect()
}

#[test]
fn what_an_import_changed_stands_in_the_history_of_each_record_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    shop.import("sku,name\nA-1,Milk\nA-2,Bread\nA-3,Salt\n");
    let second = shop.import("sku,name\nA-3,Sea salt\nA-2,Bread\nA-1,Whole milk\n");
    shop.call("import.undo", &json!({ "import": second.import })).unwrap();
    shop.work();
    let mut of = |name: &str| {
        let id = shop.call("product.find", &json!({ "text": name })).unwrap()["tiles"][0]["product"].clone();
        history(&mut shop, "product", &id)
    };
    let made = "import.commit; list.csv; null";
    let there_and_back = |one: &str, other: &str| {
        [
            format!("import.undo; list.csv; 3; name: {other} -> {one}"),
            format!("import.commit; list.csv; 2; name: {one} -> {other}"),
            made.to_owned(),
        ]
    };
    assert_eq!(of("milk"), there_and_back("Milk", "Whole milk"));
    assert_eq!(of("salt"), there_and_back("Salt", "Sea salt"));
    assert_eq!(of("bread"), [made], "what an import found as it should be was not changed by it");

    // Beside thousands, whose personal values stand in a file of their own; some have none.
    let customers = |domain: &str| {
        let row = |number: u32| {
            let mail = if number.is_multiple_of(3) { String::new() } else { format!("c{number}@{domain}") };
            format!("{number},Customer {number},{mail}\n")
        };
        format!("number,name,email\n{}", (1..=3_000).map(row).collect::<String>())
    };
    for domain in ["one.example", "two.example"] {
        let view = shop.begin(customers(domain).as_bytes(), "customers").unwrap();
        shop.check(&view, |_| {});
        assert_eq!(shop.commit(&view, true).unwrap().state, ImportState::Done);
    }
    for number in [1_u32, 2, 1_777, 2_999, 3_000] {
        let found = shop.call("customer.find", &json!({ "text": number.to_string() })).unwrap();
        let is_it = |customer: &&Value| customer["number"] == json!(number.to_string());
        let id = found["customers"].as_array().unwrap().iter().find(is_it).unwrap()["id"].clone();
        let told = history(&mut shop, "customer", &id);
        if number.is_multiple_of(3) {
            assert_eq!(told, [made], "{number}");
        } else {
            let mail = format!("email: ••• -> c{number}@two.example");
            assert_eq!(told, [format!("import.commit; list.csv; 2; {mail}"), made.to_owned()], "{number}");
        }
    }

    // A catalogue that is made anew knows it as well; a set that is gone takes only its own words along.
    let milk = shop.call("product.find", &json!({ "text": "milk" })).unwrap()["tiles"][0]["product"].clone();
    let now = terminal::Clock::now(shop.till.clock.as_ref());
    shop.till.terminal.database().rebuild(now).unwrap();
    assert_eq!(history(&mut shop, "product", &milk), there_and_back("Milk", "Whole milk"));
    for entry in fs::read_dir(place.data.join("changes")).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let told = history(&mut shop, "product", &milk);
    assert_eq!(told, ["import.undo; list.csv; null", made, made]);
}

#[test]
fn two_products_are_not_made_one_while_an_import_writes_and_are_when_it_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    shop.import("sku,name,price\nA-1,Milk,1\nA-2,Milk again,1\n");
    let mut id = |name: &str| {
        shop.call("product.find", &json!({ "text": name })).unwrap()["tiles"][0]["product"].clone()
    };
    let (keep, merge) = (id("A-1"), id("A-2"));
    let both = json!({ "keep": keep, "merge": merge });
    let view = shop.begin(b"sku,name,price\nA-1,Milk,2\nA-2,Milk again,2\n", "products").unwrap();
    shop.check(&view, |_| {});
    // Looked at, it writes nothing yet; asked for, it does.
    shop.call("import.commit", &json!({ "import": view.import, "accept_warnings": true })).unwrap();
    let refused = shop.call("product.merge", &both).unwrap_err();
    assert!(refused.contains("import.busy"), "{refused}");
    shop.work();
    assert_eq!(shop.show(&view).state, ImportState::Done);
    let merged = shop.call("product.merge", &both).unwrap();
    assert_eq!(merged["product"]["prices"].as_array().unwrap().last().unwrap()["price"], 2_000_000);
    // What an import said of the double before it was one is read anew: the double is archived.
    let stays = shop.call("product.get", &json!({ "id": merge })).unwrap();
    assert_eq!(stays["product"]["status"], "archived");
}

#[test]
fn what_is_wrong_with_a_row_is_told_by_row_and_column_and_the_others_can_be_imported() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    shop.import("code,name,price\n012345678905,Old,1.00\n");
    let long = "x".repeat(201);
    let rows = [
        ("5449000000996,Cola,1.50", vec![]),
        (",Water,one", vec![("price_invalid", 3)]),
        ("3017620422003,,2.00", vec![("name_missing", 2)]),
        ("5449000000996,Cola again,1.60", vec![("double_in_file", 1)]),
        ("05449000000996,Cola in a box,9.00", vec![("code_shared", 1)]),
        ("0012345678905,New,1.00", vec![("code_shared_with_shop", 1)]),
        ("40000000,No price,", vec![("price_missing", 3)]),
        ("a\u{7}b,Bell,1.00", vec![("code_invalid", 1)]),
        (&format!("40000001,{long},-1"), vec![("text_too_long", 2), ("price_invalid", 3)]),
    ];
    let text: String = rows.iter().map(|(row, _)| format!("{row}\n")).collect();
    let view = shop.begin(format!("code,name,price\n{text}").as_bytes(), "products").unwrap();
    let checked = shop.check(&view, |_| {});
    let mut expected: Vec<(u64, String, u32)> = rows
        .iter()
        .enumerate()
        .flat_map(|(index, (_, problems))| {
            problems.iter().map(move |(kind, column)| (index as u64 + 2, (*kind).to_owned(), *column))
        })
        .collect();
    let mut told: Vec<(u64, String, u32)> = checked
        .problems
        .iter()
        .map(|problem| {
            let kind = serde_json::to_value(problem.kind).unwrap().as_str().unwrap().to_owned();
            (problem.row, kind, problem.column.unwrap())
        })
        .collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!((checked.counts.errors, checked.counts.warnings, checked.counts.skipped), (6, 3, 5));
    // The file of all of them.
    let made = shop.call("import.problems", &json!({ "import": view.import })).unwrap();
    let hash = BlobHash::parse(made["blob"].as_str().unwrap()).unwrap();
    let file = shop.till.terminal.blobs().of(shop.till.desk.caller()).read(hash).unwrap().whole().unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert_eq!(text.lines().count(), 1 + 9, "{text}");
    assert!(text.contains("5,1,error,an earlier row is the same,5449000000996,2"), "{text}");
    let refused =
        shop.call("import.commit", &json!({ "import": view.import, "skip_errors": true })).unwrap_err();
    assert!(refused.contains("import.has_warnings"), "{refused}");
    let done = shop.commit(&view, true).unwrap();
    assert_eq!((done.state, done.counts.created, done.counts.skipped), (ImportState::Done, 4, 5));
    assert_eq!(shop.found("cola"), ["Cola", "Cola in a box"]);
    let picks = shop.call("sale.scan", &json!({ "code": "5449000000996" })).unwrap_err();
    assert!(picks.contains("sale.code_ambiguous"), "{picks}");
}

fn workbook(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts: [(&str, String); 5] = [
        ("[Content_Types].xml", r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#.to_owned()),
        ("_rels/.rels", r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml", r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned()),
        ("xl/worksheets/sheet1.xml", format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#)),
    ];
    for (name, text) in &parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    for (name, bytes) in more {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_workbook_is_read_with_its_numbers_and_what_its_formulas_came_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    let sheet = format!(
        r#"<row r="1">{}{}{}</row><row r="2">{}<c r="B2"><v>5449000000996</v></c><c r="C2"><f>1+0.5</f><v>1.5</v></c></row><row r="4">{}<c r="C4"><v>2</v></c></row>"#,
        cell("A1", "Name"),
        cell("B1", "EAN"),
        cell("C1", "Price"),
        cell("A2", "Cola"),
        cell("A4", "Water"),
    );
    let view = shop.begin(&workbook(&sheet, &[]), "products").unwrap();
    assert_eq!((view.encoding, view.columns.len()), (None, 3));
    let checked = shop.check(&view, |mapping| mapping["decimal"] = json!("comma"));
    assert_eq!((checked.counts.created, checked.counts.errors), (2, 0), "{:?}", checked.problems);
    shop.commit(&view, false).unwrap();
    assert_eq!(shop.scanned("5449000000996"), Some(("Cola".to_owned(), 1_500_000)));
}

/// What a file is, the file, and the refusal or the names that are read from it.
type Case = (&'static str, Vec<u8>, Result<&'static [&'static str], &'static str>);

#[test]
fn a_file_of_every_kind_of_wrongness_is_read_as_it_was_meant_or_refused_in_words() {
    let utf16 = |text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let wide: String = (0..10_000).map(|column| format!("c{column},")).collect();
    let bomb = vec![0_u8; 200 << 20];
    let cases: Vec<Case> = vec![
        ("UTF-8 with a mark", "\u{feff}name,price\nCafé,1\n".into(), Ok(&["Café"])),
        ("Windows-1252", b"name;price\nCaf\xe9 \x80;1\n".to_vec(), Ok(&["Café €"])),
        ("UTF-16 LE", utf16("name\tprice\nCafé\t1\n", [0xff, 0xfe], u16::to_le_bytes), Ok(&["Café"])),
        ("UTF-16 BE", utf16("name\tprice\nCafé\t1\n", [0xfe, 0xff], u16::to_be_bytes), Ok(&["Café"])),
        ("a bar and lines of Windows", b"name|price\r\nA, b|1\r\n".to_vec(), Ok(&["A, b"])),
        (
            "quotes with separators, quotes and lines",
            b"name,price\n\"A \"\"b\"\", c\nd\",1\n".to_vec(),
            Ok(&["A \"b\", c\nd"]),
        ),
        ("no line at the end, and empty lines", b"name,price\n\n\nA,1".to_vec(), Ok(&["A"])),
        ("rows of other lengths", b"name,price\nA\nB,1,2,3\n".to_vec(), Ok(&["A", "B"])),
        ("no rows behind the header", b"name,price\n".to_vec(), Ok(&[])),
        ("an escaped formula", b"name,price\n'=1+1,1\n".to_vec(), Ok(&["=1+1"])),
        ("nothing", b"".to_vec(), Err("import.file_empty")),
        ("white space", b" \n \t\n".to_vec(), Err("import.file_empty")),
        ("zeros", b"name\0\0\0\0".to_vec(), Err("it is no text and no workbook")),
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on".to_vec(), Err("save it as XLSX")),
        (
            "a quotation mark that is not closed",
            b"name,price\nA,1\n\"B,1\nC,1\nD,1\n".to_vec(),
            Err("a quotation mark is not closed"),
        ),
        ("ten thousand columns", format!("{wide}\n{wide}\n").into(), Err("256 columns")),
        (
            "a huge cell",
            format!("name,price\n{},1\n", "x".repeat(40_000)).into(),
            Err("more than 32767 characters"),
        ),
        (
            "a row without end",
            format!("name,price\n\"{}", "x\n".repeat(3 << 20)).into(),
            Err("a row is too long"),
        ),
        (
            "an archive",
            {
                let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
                zip.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
                zip.finish().unwrap().into_inner()
            },
            Err("it is an archive and no workbook"),
        ),
        (
            "half a workbook",
            {
                let whole = workbook("", &[]);
                whole[..whole.len() / 2].to_vec()
            },
            Err("the workbook is damaged"),
        ),
        ("a workbook that is not one", workbook("<row", &[]), Err("the workbook is damaged")),
        ("a bomb", workbook("", &[("xl/sharedStrings.xml", &bomb)]), Err("128 MiB unpacked")),
        (
            "a workbook too wide",
            workbook(&format!("<row r=\"1\">{}</row>", cell("ZZ1", "x")), &[]),
            Err("256 columns"),
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    for (what, bytes, expected) in cases {
        let begun = shop.begin(&bytes, "products");
        // What is wrong behind the first rows is found when all are read.
        let read = begun.and_then(|view| {
            let checked = shop.check(&view, |mapping| mapping["columns"] = json!(["name", "price"]));
            match checked.failure {
                Some(failure) => Err(format!("{} {}", failure.code.text(), failure.message)),
                None => Ok(checked),
            }
        });
        match (read, expected) {
            (Ok(view), Ok(names)) => {
                assert_eq!(view.counts.rows, names.len() as u64, "{what}: {view:?}");
                let samples: Vec<&String> = view.columns[0].samples.iter().collect();
                let trimmed: Vec<&str> = names.iter().map(|name| name.trim_start_matches('=')).collect();
                assert!(
                    samples.iter().zip(&trimmed).all(|(sample, name)| sample.contains(name)),
                    "{what}: {samples:?}"
                );
                assert_eq!(view.counts.errors, 0, "{what}: {:?}", view.problems);
            }
            (Err(error), Err(words)) => assert!(error.contains(words), "{what}: {error}"),
            (Ok(view), Err(words)) => panic!("{what}: was to be refused with {words}: {view:?}"),
            (Err(error), Ok(_)) => panic!("{what}: {error}"),
        }
    }
    assert_eq!(shop.imports().imports, [], "nothing was imported");
    let left = fs::read_dir(place.data.join("changes")).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<String> =
        left.map(|name| name.into_string().unwrap()).filter(|name| !name.ends_with(".new")).collect();
    assert_eq!(left, [] as [String; 0], "and nothing is named");
}

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A picture of this many dots a side, as noisy as a photograph, so that its file is long.
fn photograph(side: u32, mut seed: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Rgb);
    let dots: Vec<u8> = (0..side * side * 3)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_le_bytes()[3]
        })
        .collect();
    encoder.write_header().unwrap().write_image_data(&dots).unwrap();
    file
}

#[test]
fn pictures_come_with_a_table_in_an_archive_and_are_kept_once_by_their_content() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    let (tea, milk) = (photograph(640, 1), photograph(64, 2));
    // A picture of forty thousand dots a side, of which nothing is there but what says so.
    let mut bomb = Vec::new();
    let header = png::Encoder::new(&mut bomb, 40_000, 40_000).write_header();
    drop(header);
    let table = "SKU;Nom;Prix;Image\n\
        T-1;Thé vert;1,25;Thé.PNG\n\
        T-2;Thé noir;1,25;photos/thé.png\n\
        M-1;Lait;0,99;copie.png\n\
        M-2;Lait cru;1,09;encore/lait.png\n\
        N-1;Sans;1,00;\n\
        X-1;Absente;1,00;absente.jpg\n\
        X-2;Cassée;1,00;cassee.png\n\
        X-3;Bombe;1,00;bombe.png\n\
        X-4;Page;1,00;page.png\n\
        X-5;Deux;1,00;deux.png;et plus\n";
    // The name is written with an accent of its own, as one system does it.
    let files: [(&str, &[u8]); 10] = [
        ("liste/liste.csv", table.as_bytes()),
        ("liste/photos/The\u{301}.png", &tea),
        ("liste/photos/copie.png", &milk),
        ("liste/encore/lait.png", &milk),
        ("liste/cassee.png", &tea[..tea.len() / 2]),
        ("liste/bombe.png", &bomb),
        ("liste/page.png", b"<html>"),
        ("liste/a/deux.png", &tea),
        ("liste/b/deux.png", &milk),
        ("__MACOSX/liste/._liste.csv", b"left by a system"),
    ];
    let view = shop.begin(&archive(&files), "products").unwrap();
    assert_eq!((view.pictures, view.columns.len()), (8, 5));
    assert_eq!(serde_json::to_value(view.mapping.columns[3]).unwrap(), json!("picture"));
    let checked = shop.check(&view, |_| {});
    let told: Vec<(u64, Option<u32>, String, &str)> = checked
        .problems
        .iter()
        .map(|problem| (problem.row, problem.column, format!("{:?}", problem.kind), problem.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (7, Some(4), "PictureMissing".to_owned(), "absente.jpg"),
            (8, Some(4), "PictureUnreadable".to_owned(), "cassee.png"),
            (9, Some(4), "PictureUnreadable".to_owned(), "bombe.png"),
            (10, Some(4), "PictureUnreadable".to_owned(), "page.png"),
            (11, Some(4), "PictureMissing".to_owned(), "deux.png"),
            (11, Some(5), "CellBeyondColumns".to_owned(), "et plus"),
        ]
    );
    assert_eq!((checked.counts.errors, checked.counts.warnings, checked.counts.created), (0, 6, 10));
    let kept = || -> usize {
        let shelves = fs::read_dir(place.data.join("blobs")).unwrap().map(|shelf| shelf.unwrap().path());
        shelves.map(|shelf| fs::read_dir(shelf).unwrap().count()).sum()
    };
    let before = kept();
    let refused = shop.commit(&view, false).unwrap_err();
    assert!(refused.contains("import.has_warnings"), "{refused}");
    assert_eq!(kept(), before, "a look keeps no picture");
    let done = shop.commit(&view, true).unwrap();
    assert_eq!((done.state, done.counts.created), (ImportState::Done, 10), "{done:?}");
    assert_eq!(kept(), before + 2, "each picture once, whichever names it has");

    let list = shop.call("product.list", &json!({})).unwrap();
    let rows = list["rows"].as_array().unwrap();
    let picture = |name: &str| {
        let row = rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name}: {list}"));
        row["picture"].as_str().map(str::to_owned)
    };
    let (large, small) = (picture("Thé vert").unwrap(), picture("Lait").unwrap());
    assert_eq!(picture("Thé noir").as_ref(), Some(&large));
    assert_eq!(picture("Lait cru").as_ref(), Some(&small));
    assert_eq!((picture("Sans"), picture("Bombe"), picture("Deux")), (None, None, None));
    let blobs = shop.till.terminal.blobs().of(shop.till.desk.caller());
    let of = |hash: &str| BlobHash::parse(hash).unwrap();
    assert_eq!(blobs.read(of(&large)).unwrap().whole().unwrap().bytes, tea);
    let thumbnail = blobs.thumbnail(of(&large)).unwrap().bytes;
    assert!(thumbnail.starts_with(b"\xff\xd8\xff") && thumbnail.len() * 10 < tea.len());
    assert!(place.data.join("thumbnails").join(&large[..2]).join(&large).is_file());
    assert_eq!(blobs.thumbnail(of(&small)).unwrap().bytes, milk, "what is small stays as it is");

    // The same list again says what is so; a new picture changes its product, and an undo brings the old one back.
    let view = shop.begin(&archive(&files), "products").unwrap();
    assert_eq!(shop.check(&view, |_| {}).counts.unchanged, 10);
    shop.call("import.cancel", &json!({ "import": view.import })).unwrap();
    let fresh = photograph(65, 3);
    let files: [(&str, &[u8]); 2] = [("l.csv", b"sku,picture\nT-1,new.png\n"), ("new.png", &fresh)];
    let view = shop.begin(&archive(&files), "products").unwrap();
    assert_eq!(shop.check(&view, |_| {}).counts.updated, 1);
    shop.commit(&view, true).unwrap();
    let pictured = |shop: &mut Shop| {
        let list = shop.call("product.list", &json!({})).unwrap();
        let row =
            list["rows"].as_array().unwrap().iter().find(|row| row["name"] == "Thé vert").unwrap().clone();
        row["picture"].as_str().unwrap().to_owned()
    };
    assert_eq!(pictured(&mut shop), BlobHash::of(&fresh).to_string());
    shop.call("import.undo", &json!({ "import": view.import })).unwrap();
    shop.work();
    assert_eq!(pictured(&mut shop), large);
}

#[test]
fn an_archive_of_every_kind_of_wrongness_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    let table: (&str, &[u8]) = ("list.csv", b"name,price\nA,1\n");
    let mut locked = archive(&[table]);
    // The bit that says so stands in both heads of a file (APPNOTE 4.4.4).
    locked[6] |= 1;
    let list = locked.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    locked[list + 8] |= 1;
    let mut damaged = archive(&[table, ("a.png", b"x")]);
    let head = damaged.windows(8).position(|bytes| bytes == b"list.csv").unwrap() + 8;
    damaged[head..head + 8].fill(0xff);
    let many: Vec<(String, Vec<u8>)> =
        (0..100_000).map(|number| (format!("{number}.png"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    for (what, bytes, words) in [
        ("a password", locked, "the archive is locked by a password; save it without one"),
        ("a damaged table", damaged, "the archive is damaged"),
        (
            "a way out",
            archive(&[table, ("../../x.png", b"x")]),
            "names a file outside of itself: ../../x.png",
        ),
        (
            "two tables",
            archive(&[table, ("b.csv", b"x")]),
            "there are 2 tables in the archive; leave one of them",
        ),
        ("a hundred thousand files", archive(&many), "50000 files in an archive"),
    ] {
        let refused = shop.begin(&bytes, "products").unwrap_err();
        assert!(refused.contains(words), "{what}: {refused}");
    }
    assert_eq!(shop.imports().current, None);
}

#[test]
fn customers_are_imported_without_their_names_in_the_set_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    let text = "Kundennr,Name,E-Mail\n7,Zoë Müller,zoe@example.org\n8,李,\n";
    let view = shop.begin(text.as_bytes(), "customers").unwrap();
    let checked = shop.check(&view, |_| {});
    assert_eq!((checked.counts.created, checked.counts.errors), (2, 0));
    let done = shop.commit(&view, false).unwrap();
    assert_eq!(done.state, ImportState::Done);
    let again = shop.begin("number,name\n7,Zoë Meier\n".as_bytes(), "customers").unwrap();
    assert_eq!(shop.check(&again, |_| {}).counts.updated, 1);
    shop.commit(&again, false).unwrap();
    let sets = place.data.join("changes");
    for entry in fs::read_dir(&sets).unwrap() {
        let path = entry.unwrap().path();
        let personal = path.to_string_lossy().ends_with(".personal.jsonl");
        assert_eq!(fs::read_to_string(&path).unwrap().contains("Zoë"), personal, "{}", path.display());
    }
    shop.till.rest().unwrap();
    drop(shop);
    let report = terminal::verify::check(&place.data, Some(&place.guard)).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
}

#[test]
fn a_customer_an_import_brought_is_erased_in_its_file_too_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let mut shop = Shop::open(&place);
    let text = "number,name,email\n7,Zoë Müller,zoe@example.org\n8,Ana Kovač,ana@example.org\n";
    let view = shop.begin(text.as_bytes(), "customers").unwrap();
    shop.check(&view, |_| {});
    assert_eq!(shop.commit(&view, false).unwrap().state, ImportState::Done);
    let kept = |word: &str| {
        let files = fs::read_dir(place.data.join("changes")).unwrap();
        files
            .filter(|entry| fs::read_to_string(entry.as_ref().unwrap().path()).unwrap().contains(word))
            .count()
    };
    assert_eq!((kept("Zoë"), kept("zoe@"), kept("Ana")), (1, 1, 1));
    let found = shop.call("customer.find", &json!({ "text": "zoë" })).unwrap();
    let id = found["customers"][0]["id"].clone();
    let base = shop.call("customer.get", &json!({ "id": id })).unwrap()["customer"].clone();
    let mut left = base.clone();
    left["status"] = json!("archived");
    shop.call("customer.save", &json!({ "id": id, "base": base, "customer": left })).unwrap();
    shop.call("customer.erase", &json!({ "id": id })).unwrap();
    assert_eq!((kept("Zoë"), kept("zoe@"), kept("Ana")), (0, 0, 1));
    shop.till.rest().unwrap();
    drop(shop);
    let report = terminal::verify::check(&place.data, Some(&place.guard)).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
}

#[test]
fn an_import_can_be_given_up_and_another_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(&Place::below(folder.path()));
    let view = shop.begin(LIST.as_bytes(), "products").unwrap();
    let mapping = serde_json::to_value(&view.mapping).unwrap();
    shop.call("import.check", &json!({ "import": view.import, "mapping": mapping })).unwrap();
    let refused = shop.begin(b"name,price\nA,1\n", "products").unwrap_err();
    assert!(refused.contains("import.busy"), "{refused}");
    let refused = shop.call("import.commit", &json!({ "import": view.import })).unwrap_err();
    assert!(refused.contains("import.out_of_turn"), "{refused}");
    shop.call("import.cancel", &json!({ "import": view.import })).unwrap();
    shop.work();
    assert_eq!(shop.show(&view).state, ImportState::Cancelled);
    let other = shop.begin(b"name,price\nA,1\n", "products").unwrap();
    let refused = shop.call("import.show", &json!({ "import": view.import })).unwrap_err();
    assert!(refused.contains("import.unknown"), "{refused}");
    // What somebody changes meanwhile is looked at again before it is imported.
    shop.check(&other, |_| {});
    let category = json!({ "category": { "name": "New", "position": 1, "status": "active" } });
    shop.call("category.save", &category).unwrap();
    let done = shop.commit(&other, true).unwrap();
    assert_eq!((done.state, done.counts.created), (ImportState::Done, 1), "{done:?}");
}

/// Products that are imported in a test that is not deep.
const REAL: usize = 100_000;

/// What a cashier did until told to stop.
#[derive(Default)]
struct Sold {
    scans: u64,
    refused: Vec<String>,
    sales: u64,
    /// How long each sale's completion took, in microseconds.
    micros: Vec<u64>,
}

/// Scans products that the shop has, three to a sale, and sells them for cash, until the import is done.
fn sell_until(desk: &mut Desk, codes: &[String], done: &AtomicBool) -> Result<Sold, String> {
    let mut sold = Sold::default();
    while !done.load(Ordering::Acquire) || sold.sales < 5 {
        let mut view = Value::Null;
        for scan in 0..3 {
            let code = &codes[usize::try_from(sold.scans + scan).unwrap() % codes.len()];
            match desk.call::<Value>("sale.scan", &json!({ "code": code })) {
                Ok(answer) => view = answer,
                Err(refused) => sold.refused.push(refused),
            }
        }
        sold.scans += 3;
        let total = view["totals"]["total"].clone();
        let cash = json!([{ "kind": "cash", "amount": total }]);
        let request = json!({ "sale": view["sale"], "tenders": cash, "total": total });
        let started = Instant::now();
        desk.call::<Value>("sale.complete", &request)?;
        sold.micros.push(u64::try_from(started.elapsed().as_micros()).unwrap());
        sold.sales += 1;
    }
    sold.micros.sort_unstable();
    Ok(sold)
}

/// The most memory that this process had, the other tests in it among them; empty where the system does not say.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.unwrap_or("").trim().to_owned()
}

#[test]
fn real_products_are_imported_while_a_cashier_sells_and_no_scan_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let deep = std::env::var_os("TILLKEEPER_DEEP").is_some();
    let mut goods = match goods::file() {
        Some(path) => goods::all(&path).unwrap(),
        None => {
            println!("TILLKEEPER_DATA is not set: only the excerpt of the products is imported");
            goods::excerpt().unwrap()
        }
    };
    if !deep {
        let every = (goods.len() / REAL).max(1);
        goods = goods.into_iter().step_by(every).take(REAL).collect();
    }
    let mut shop = Shop::open(&place);
    // What is sold meanwhile.
    let mut first = String::from("barcode,name,price\n");
    let codes: Vec<String> = (0..50).map(|number| format!("99{number:011}")).collect();
    for (number, code) in codes.iter().enumerate() {
        writeln!(first, "{code},Of old {number},1.{number:02}").unwrap();
    }
    shop.import(&first);
    let (text, rows) = (list(&goods), goods.len() as u64);
    let view = shop.begin(text.as_bytes(), "products").unwrap();
    assert_eq!(view.mapping.columns.len(), 3);
    let mut cashier = Desk::new(&shop.till.terminal, 77);
    cashier.sign_in(OWNER, PIN).unwrap();
    let facts = |shop: &Shop| shop.till.terminal.database().head(Purpose::Selling).unwrap().unwrap().seq;
    let facts_before = facts(&shop);
    let done = AtomicBool::new(false);
    let (sold, checked, finished, took) = std::thread::scope(|scope| {
        let cashier = scope.spawn(|| sell_until(&mut cashier, &codes, &done));
        let started = Instant::now();
        let checked = shop.check(&view, |_| {});
        let read = started.elapsed();
        let finished = shop.commit(&view, true).unwrap();
        let took = (read, started.elapsed());
        done.store(true, Ordering::Release);
        (cashier.join().unwrap().unwrap(), checked, finished, took)
    });
    assert_eq!((finished.state, finished.failure), (ImportState::Done, None));
    let counts = &finished.counts;
    assert_eq!(counts.rows, rows);
    assert_eq!(counts.created + counts.skipped, rows, "{:?}", checked.problems);
    println!(
        "{rows} rows: {} new, {} left out, {} warnings; read in {:?}, all in {:?}; {} scans, {} sales, p99 {} µs; {} of memory",
        counts.created,
        counts.skipped,
        counts.warnings,
        took.0,
        took.1,
        sold.scans,
        sold.sales,
        sold.micros[sold.micros.len() * 99 / 100],
        memory(),
    );
    // No scan is lost: each was taken, and stands in a sale.
    assert_eq!(sold.refused, [] as [String; 0]);
    let report: Value = shop.call("sale.list", &json!({})).unwrap();
    assert!(!report["sales"].as_array().unwrap().is_empty());
    // The ledger took the cashier's facts, who signed on, and one of the import. Nothing else.
    assert_eq!(facts(&shop) - facts_before, sold.sales + 1);
    // A number that another product has in another form goes to whoever picks; the others are scanned.
    let mut found = 0;
    for good in goods.iter().step_by((goods.len() / 200).max(1)) {
        match shop.call("sale.scan", &json!({ "code": good.code })) {
            Ok(_) => found += 1,
            Err(refused) => assert!(refused.contains("sale.code_ambiguous"), "{}: {refused}", good.code),
        }
    }
    assert!(found >= 190.min(goods.len() / 2), "{found}");
    shop.till.rest().unwrap();
    drop(cashier);
    drop(shop);
    let catalogs = fs::read_dir(&place.data).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(catalogs.into_iter().any(|name| name == "catalog-1.db" || rows < 10_000));
}
