//! Reports say what the facts say: of a shop from a seed they are held against a program in Python that adds the ledger up
//! by itself, knowing nothing but `docs/ledger-format.md`.

use database::report::{Asked, Row, Table};
use domain::time::BusinessDay;
use scenarios::player::{Hub, Player};
use scenarios::script::parse;
use scenarios::seed::desk::Desk;
use scenarios::seed::{OWNER, PIN, Plan, make};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use terminal::Terminal;
use wire::report::{CellValue, ReportTable};

/// A year with returns, typed prices, lines taken out and sales given up in it.
const SHOP: Plan = Plan { products: 300, sales: 1_200, years: 1, seed: 9 };

/// Days that begin and end within months, are whole months, one day, and all there are.
const RANGES: [(&str, &str); 5] = [
    ("2025-03-01", "2026-03-01"),
    ("2025-11-17", "2026-02-09"),
    ("2025-12-01", "2026-01-31"),
    ("2026-02-20", "2026-02-20"),
    ("2025-06-30", "2025-07-01"),
];

/// What the other program says of some days, by currency.
fn theirs(dir: &Path, from: &str, to: &str) -> Value {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/day_from_ledger.py");
    let output = Command::new("python3")
        .arg(program)
        .args(["--json", "--from", from, "--to", to])
        .arg(dir)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A cell as a number: minor units, a count, thousandths, parts per million.
fn number(cell: &CellValue) -> i64 {
    match cell {
        CellValue::Count(count) => *count,
        CellValue::Money(money) => money.minor(),
        CellValue::Quantity { thousandths, .. } => *thousandths,
        CellValue::Rate(rate) => rate.as_ppm(),
        CellValue::Hour(hour) => i64::from(*hour),
        CellValue::Empty => 0,
        other => panic!("{other:?} is no number"),
    }
}

/// The columns named of every row, in any order of rows.
fn ours(table: &ReportTable, columns: &[&str]) -> Vec<Vec<i64>> {
    let places: Vec<usize> = columns
        .iter()
        .map(|column| table.columns.iter().position(|there| there == column).expect("the column is there"))
        .collect();
    let mut rows: Vec<Vec<i64>> =
        table.rows.iter().map(|row| places.iter().map(|place| number(&row[*place])).collect()).collect();
    rows.sort_unstable();
    rows
}

/// The same of a group of the other program's sums; `total` of what has none is net and tax.
fn counted(group: &Value, columns: &[&str]) -> Vec<Vec<i64>> {
    let of = |sums: &Value, word: &str| sums[word].as_i64().unwrap_or(0);
    let figure = |sums: &Value, word: &str| match word {
        "quantity" => of(sums, "thousandths"),
        "total" | "gross" if sums["total"].is_null() => of(sums, "net") + of(sums, "tax"),
        word => of(sums, word),
    };
    let mut rows: Vec<Vec<i64>> = group
        .as_object()
        .into_iter()
        .flat_map(|group| group.values())
        .map(|sums| columns.iter().map(|word| figure(sums, word)).collect())
        .collect();
    rows.sort_unstable();
    rows
}

struct Shop {
    _folder: tempfile::TempDir,
    terminal: Arc<Terminal>,
}

fn shop() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("shop");
    make(SHOP, &dir, &mut |_| {}).unwrap();
    let (terminal, _) = scenarios::bench::till::open(&dir, 1).unwrap();
    Shop { _folder: folder, terminal }
}

#[test]
fn reports_say_what_a_program_of_another_language_adds_up_from_the_ledger() {
    let shop = shop();
    let mut desk = Desk::new(&shop.terminal, 2);
    desk.sign_in(OWNER, PIN).unwrap();
    let sums = ["sales", "items", "net", "tax", "total"];
    let product = ["quantity", "lines", "net", "tax", "total"];
    let tender = ["taken_times", "taken", "given_times", "given"];
    let mut compared = 0;
    for (from, to) in RANGES {
        let theirs = theirs(shop.terminal.data_dir(), from, to)["EUR"].take();
        let mut run = |report: &str| -> ReportTable {
            let request = json!({ "report": report, "from": from, "to": to });
            desk.call("report.run", &request).unwrap()
        };
        for (report, group, columns) in [
            ("days", "days", sums.as_slice()),
            ("hours", "hours", sums.as_slice()),
            ("operators", "operators", sums.as_slice()),
            ("taxes", "taxes", &["net", "tax", "gross"]),
            ("tenders", "tenders", tender.as_slice()),
        ] {
            let (ours, theirs) = (ours(&run(report), columns), counted(&theirs[group], columns));
            assert_eq!(ours, theirs, "{report} from {from} to {to}");
            compared += ours.len();
        }
        // A screen is given the first rows of many; what is sold of all of them stands under them.
        let (products, theirs_of) = (run("products"), counted(&theirs["products"], &product));
        assert_eq!(products.row_count as usize, theirs_of.len(), "products from {from} to {to}");
        let shown = ours(&products, &product);
        assert!(shown.iter().all(|row| theirs_of.contains(row)), "products from {from} to {to}");
        let sum = |place: usize| theirs_of.iter().map(|row| row[place]).sum::<i64>();
        for (place, column) in [(1, 2), (2, 3), (3, 4), (4, 5)] {
            assert_eq!(number(&products.totals[column]), sum(place), "products from {from} to {to}");
        }
        let categories = run("categories");
        assert_eq!(number(&categories.totals[5]), sum(4), "categories from {from} to {to}");
        // However the same sales are grouped, they come to the same.
        let days = run("days");
        for word in ["net", "tax", "total"] {
            let total = |table: &ReportTable| {
                number(&table.totals[table.columns.iter().position(|column| column == word).unwrap()])
            };
            assert_eq!(total(&products), total(&days), "{word} of products from {from} to {to}");
            assert_eq!(total(&categories), total(&days), "{word} of categories from {from} to {to}");
        }
        for (report, acts) in [("discounts", ["override", "discount"].as_slice()), ("returns", &["return"])] {
            let table = run(report);
            let told = |column| ours(&table, &[column]).iter().map(|row| row[0]).sum::<i64>();
            let sum =
                |word| acts.iter().map(|act| theirs["acts"][act][word].as_i64().unwrap_or(0)).sum::<i64>();
            assert_eq!(
                (told("times"), told("amount")),
                (sum("times"), sum("amount")),
                "{report} from {from} to {to}"
            );
        }
    }
    assert!(compared > 500, "{compared} rows were compared");
}

/// All days of any script.
const DAYS: (&str, &str) = ("2020-01-01", "2035-12-31");

/// A till on which a script was played.
fn played(script: &str) -> Player {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(script);
    let mut player = Player::new(Hub::None, 7).unwrap();
    player.play(&parse(&std::fs::read_to_string(script).unwrap()).unwrap()).unwrap();
    player
}

/// A report of all there is, folded before.
fn table(terminal: &Terminal, report: &str) -> Table {
    while terminal.database().fold(1_000, SHOP.opened()).unwrap() {}
    let asked = Asked {
        from: BusinessDay::parse(DAYS.0).unwrap(),
        to: BusinessDay::parse(DAYS.1).unwrap(),
        operator: None,
        hours: None,
        category: None,
        rows_max: usize::MAX,
        only: None,
    };
    let report = database::report::find(report).unwrap();
    terminal.database().read(|reader| reader.report(report, &asked)).unwrap()
}

/// What a column comes to, by currency.
fn sums_by_currency(table: &Table, column: &str) -> BTreeMap<String, i64> {
    let place = table.columns.iter().position(|there| *there == column).expect("the column is there");
    let mut sums = BTreeMap::new();
    for row in &table.rows {
        *sums.entry(row.key.currency.unwrap().code().to_owned()).or_default() += number(&row.cells[place]);
    }
    sums
}

/// Three sweets of 0.33 with 20 % in them hold 0.17 together, not 0.06 three times: the tax grows to 0.06 with the first, to
/// 0.11 with the second, to 0.17 with the third.
#[test]
fn products_bear_the_tax_their_sales_bear() {
    let player = played("sale/tax_document.till");
    let products = table(player.terminal().unwrap(), "products");
    let place = |column| products.columns.iter().position(|there| *there == column).unwrap();
    let of = |row: &Row, column| number(&row.cells[place(column)]);
    let mut rows: Vec<[i64; 4]> = products
        .rows
        .iter()
        .map(|row| ["lines", "net", "tax", "total"].map(|column| of(row, column)))
        .collect();
    rows.sort_unstable();
    // The caramel was the second one; the two sweets were the first and the third.
    assert_eq!(rows, [[1, 28, 5, 33], [2, 54, 12, 66]]);
}

/// What was sold under a double counts for the product it was merged into, also what was sold before.
#[test]
fn a_double_that_was_merged_has_no_sales_of_its_own() {
    let player = played("product/merge-and-sell.till");
    let products = table(player.terminal().unwrap(), "products");
    let sold: Vec<(&CellValue, i64)> =
        products.rows.iter().map(|row| (&row.cells[0], number(&row.cells[5]))).collect();
    assert_eq!(sold, [(&CellValue::Text("Cola".to_owned()), 160 + 150)]);
}

/// Every script is a day of its own kind: other currencies and taxes, discounts, packs, training, lives of a ledger.
#[test]
fn reports_of_every_script_say_what_the_other_program_adds_up() {
    let mut compared = 0;
    for file in crate::scripts::files() {
        let parts = parse(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let mut player = Player::new(Hub::None, 7).unwrap();
        player.play(&parts).unwrap();
        // Some end with a till that does not open.
        let Ok(terminal) = player.terminal() else { continue };
        let theirs = theirs(terminal.data_dir(), DAYS.0, DAYS.1);
        let run = |report| table(terminal, report);
        let (days, products) = (run("days"), run("products"));
        for word in ["net", "tax", "total"] {
            let of = |table| sums_by_currency(table, word);
            assert_eq!(of(&products), of(&days), "{word} of {}", file.display());
        }
        for (report, group) in [("days", "days"), ("products", "products"), ("tenders", "tenders")] {
            let table = run(report);
            let columns: &[&str] = if group == "tenders" { &["total"] } else { &["net", "tax", "total"] };
            let mut ours: Vec<(String, Vec<i64>)> = table
                .rows
                .iter()
                .map(|row| {
                    let cell = |name: &&str| table.columns.iter().position(|column| column == name).unwrap();
                    let figures = columns.iter().map(|name| number(&row.cells[cell(name)])).collect();
                    (row.key.currency.unwrap().code().to_owned(), figures)
                })
                .collect();
            ours.sort();
            let mut sums: Vec<(String, Vec<i64>)> = theirs
                .as_object()
                .unwrap()
                .iter()
                .flat_map(|(code, groups)| {
                    groups[group].as_object().into_iter().flat_map(|group| group.values()).map(move |sums| {
                        let of = |word: &str| sums[word].as_i64().unwrap_or(0);
                        let figures = match group {
                            "tenders" => vec![of("taken") - of("given")],
                            _ => vec![of("net"), of("tax"), of("net") + of("tax")],
                        };
                        (code.clone(), figures)
                    })
                })
                .collect();
            sums.sort();
            assert_eq!(ours, sums, "{report} of {}", file.display());
            compared += ours.len();
        }
    }
    assert!(compared > 80, "{compared} rows were compared");
}
