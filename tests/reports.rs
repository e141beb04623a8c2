//! Reports say what the facts say: of a shop from a seed they are held against a program in Python that adds the ledger up
//! by itself, knowing nothing but `docs/ledger-format.md`.

use database::report::Asked;
use domain::time::BusinessDay;
use scenarios::player::{Hub, Player};
use scenarios::script::parse;
use scenarios::seed::desk::Desk;
use scenarios::seed::{OWNER, PIN, Plan, make};
use serde_json::{Value, json};
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

/// Every script is a day of its own kind: other currencies and taxes, discounts, packs, training, lives of a ledger.
#[test]
fn reports_of_every_script_say_what_the_other_program_adds_up() {
    const DAYS: (&str, &str) = ("2020-01-01", "2035-12-31");
    let mut compared = 0;
    for file in crate::scripts::files() {
        let parts = parse(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let mut player = Player::new(Hub::None, 7).unwrap();
        player.play(&parts).unwrap();
        // Some end with a till that does not open.
        let Ok(terminal) = player.terminal() else { continue };
        while terminal.database().fold(1_000, SHOP.opened()).unwrap() {}
        let theirs = theirs(terminal.data_dir(), DAYS.0, DAYS.1);
        let asked = Asked {
            from: BusinessDay::parse(DAYS.0).unwrap(),
            to: BusinessDay::parse(DAYS.1).unwrap(),
            operator: None,
            hours: None,
            category: None,
            rows_max: usize::MAX,
            only: None,
        };
        for (report, group) in [("days", "days"), ("products", "products"), ("tenders", "tenders")] {
            let table = terminal
                .database()
                .read(|reader| reader.report(database::report::find(report).unwrap(), &asked))
                .unwrap();
            let total = table.columns.iter().position(|column| *column == "total").unwrap();
            let mut ours: Vec<(String, i64)> = table
                .rows
                .iter()
                .map(|row| (row.key.currency.unwrap().code().to_owned(), number(&row.cells[total])))
                .collect();
            ours.sort();
            let mut sums: Vec<(String, i64)> = theirs
                .as_object()
                .unwrap()
                .iter()
                .flat_map(|(code, groups)| {
                    let words = if group == "tenders" { ["taken", "given"] } else { ["net", "tax"] };
                    let sign = if group == "tenders" { -1 } else { 1 };
                    groups[group].as_object().into_iter().flat_map(|group| group.values()).map(move |sums| {
                        let of = |word: &str| sums[word].as_i64().unwrap_or(0);
                        (code.clone(), of(words[0]) + sign * of(words[1]))
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
