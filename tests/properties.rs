//! What holds for every ledger, whatever happened: its chain, its pages, its projections, its request ids.

use database::disk::SystemDisk;
use database::dump::{projections, run_statements};
use database::fact::StoredFact;
use database::verify::file;
use domain::ids::OperatorId;
use proptest::prelude::*;
use proptest::sample::Index;
use scenarios::ledgers::{Empty, Plan, write};
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use wire::audit::{AuditPlace, FindAudit};
use wire::sale::{SaleCompleted, SaleView};

/// So many cases, or far more when everything is tried.
fn cases(few: u32) -> ProptestConfig {
    let times = if std::env::var_os("TILLKEEPER_DEEP").is_some() { 50 } else { 1 };
    // A case is a shop of its own: making it smaller again and again takes longer than reading what failed.
    ProptestConfig {
        cases: few * times,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// One change of a ledger that somebody could make with an editor.
#[derive(Debug, Clone)]
enum Change {
    /// Another bit in a column of a fact.
    Bit { fact: Index, column: usize, bit: Index },
    /// A fact is gone.
    Gone { fact: Index },
    /// Two facts in each other's place.
    Swapped { fact: Index },
    /// The same thing happened twice.
    Doubled { fact: Index },
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<Index>(), 0usize..3, any::<Index>())
            .prop_map(|(fact, column, bit)| Change::Bit { fact, column, bit }),
        1 => any::<Index>().prop_map(|fact| Change::Gone { fact }),
        1 => any::<Index>().prop_map(|fact| Change::Swapped { fact }),
        1 => any::<Index>().prop_map(|fact| Change::Doubled { fact }),
    ]
}

fn statement(change: &Change, facts: &[StoredFact]) -> String {
    let columns = "envelope, salt, payload";
    match change {
        Change::Bit { fact, column, bit } => {
            let fact = fact.get(facts);
            let (name, bytes) =
                [("envelope", &fact.envelope), ("salt", &fact.salt), ("payload", &fact.payload)][*column];
            let mut bytes = bytes.clone();
            let bit = bit.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("update fact set {name} = x'{hex}' where arrival = {}", fact.arrival)
        }
        Change::Gone { fact } => format!("delete from fact where arrival = {}", fact.get(facts).arrival),
        Change::Swapped { fact } => {
            let one = &facts[fact.index(facts.len() - 1)].arrival;
            format!(
                "create temp table two as select arrival, {columns} from fact where arrival in ({one}, {one} + 1);
                 update fact set ({columns}) = (select {columns} from two where two.arrival <> fact.arrival)
                 where arrival in ({one}, {one} + 1)"
            )
        }
        Change::Doubled { fact } => {
            let one = fact.get(facts);
            format!(
                "insert into fact (arrival, log, seq, kind, {columns})
                 select (select max(arrival) + 1 from fact), log, (select max(seq) + 1 from fact), kind, {columns}
                 from fact where arrival = {}",
                one.arrival
            )
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_ledger_is_whole_and_any_one_change_of_it_is_found(
        seed: u64, changes in prop::collection::vec(change(), 6)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let empty = Empty::make(folder.path()).unwrap();
        let dir = folder.path().join("ledger");
        let written = write(&empty, &dir, seed, &Plan::of(seed)).unwrap();
        let path = dir.join("ledger.db");
        let report = file(&SystemDisk, &path).unwrap();
        prop_assert!(report.is_whole(), "{:?}", report.faults);
        prop_assert_eq!(report.facts, written.facts.len() as u64);
        for change in changes {
            let changed = folder.path().join("changed.db");
            std::fs::copy(&path, &changed).unwrap();
            run_statements(&changed, &statement(&change, &written.facts)).unwrap();
            let report = file(&SystemDisk, &changed).unwrap();
            prop_assert!(!report.is_whole(), "not found: {change:?}");
        }
    }
}

/// A till that sold so many things, and has as many lines in an open sale.
fn long_shop(folder: &Path, sales: u32) -> Till {
    let mut till = Place::below(folder).start(1).unwrap();
    till.set_up().unwrap();
    for cents in 0..sales {
        till.sell(100 + i64::from(cents)).unwrap();
    }
    let tax = tax(&mut till);
    for cents in 0..sales {
        let price = i64::from(100 + cents) * 10_000;
        let item = json!({ "name": "Thing", "price": price, "tax_category": tax });
        till.desk.call::<SaleView>("sale.add_open_item", &item).unwrap();
    }
    till
}

fn tax(till: &mut Till) -> Value {
    till.desk.call::<Value>("tax_category.list", &json!({})).unwrap()["tax_categories"][0]["id"].clone()
}

/// Every list, from every place in it, by pages of every size: each entry once, in order, and no page too long.
#[test]
fn pages_of_every_size_make_the_whole_list() {
    const LENGTH: u32 = 40;
    let folder = tempfile::tempdir().unwrap();
    let mut till = long_shop(folder.path(), LENGTH);
    let open: Value = till.desk.call("sale.current", &json!({})).unwrap();
    let sale = serde_json::from_value(open["sale"]["sale"].clone()).unwrap();
    let database = till.terminal.database();
    let mut lists = 0;
    for page in 1..=LENGTH + 1 {
        for end in 1..=LENGTH + 1 {
            let below: Vec<u32> = (1..end).rev().collect();
            // The newest first, as rows of the table; lines rising within a page, which are the last before a number.
            let sales = paged(|before| {
                let before = before.unwrap_or(i64::from(end));
                let rows = database.read(|reader| reader.sales_before(Some(before), page)).unwrap();
                assert!(rows.len() as u32 <= page);
                rows.into_iter().map(|row| u32::try_from(row.row).unwrap()).collect()
            });
            assert_eq!(sales, below, "sales by {page} from {end}");
            let lines = paged(|before| {
                let before = before.map_or(end, |before| u32::try_from(before).unwrap());
                let lines = database.read(|reader| reader.open_lines_before(sale, before, page)).unwrap();
                assert!(lines.len() as u32 <= page && lines.is_sorted_by_key(|line| line.number));
                lines.iter().rev().map(|line| line.number).collect()
            });
            assert_eq!(lines, below, "lines by {page} from {end}");
            lists += 2;
        }
    }
    println!("{lists} lists");
}

/// The audit, by whatever it is looked for, from every place in it, by pages of every size: each entry once, in order. A
/// sale tells of itself and of every line that was taken away from it, so a page may end within one fact.
#[test]
fn pages_of_every_size_make_the_whole_audit() {
    const SALES: i64 = 6;
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    let tax = tax(&mut till);
    for cents in 1..=SALES {
        let item = json!({ "name": "Thing", "price": 1_000_000, "tax_category": tax });
        till.desk.call::<SaleView>("sale.add_open_item", &item).unwrap();
        for line in 2..=3 {
            let view: SaleView = till.desk.call("sale.add_open_item", &item).unwrap();
            let request = json!({ "sale": view.sale, "line": line });
            till.desk.call::<Value>("sale.void_line", &request).unwrap();
        }
        till.sell(cents).unwrap();
    }
    let owner = till.desk.operators().unwrap()[0].1;
    // Whoever reads it brings its index up to the ledger's end.
    till.desk.call::<Value>("audit.list", &json!({})).unwrap();
    let database = till.terminal.database();
    let read = |find: &FindAudit, max| {
        let found = database.read(|reader| reader.audit(find, max)).unwrap();
        found.into_iter().map(|entry| (entry.place, entry.operator, entry.operation)).collect::<Vec<_>>()
    };
    let everything =
        FindAudit { from: None, to: None, operator: None, operation: None, text: None, after: None };
    let all = read(&everything, u32::MAX);
    assert!(all.is_sorted_by(|a, b| (a.0.arrival, a.0.part) > (b.0.arrival, b.0.part)));
    assert!(all.iter().any(|entry| entry.0.part == 2), "a sale with two entries in its trail");
    let operations = [None, Some("sale.complete"), Some("sale.void_line"), Some("nothing.done")];
    let mut lists = 0;
    for operation in operations {
        for operator in [None, Some(owner), Some(OperatorId::TERMINAL)] {
            let find = FindAudit { operator, operation: operation.map(str::to_owned), ..everything.clone() };
            let fits = |entry: &(AuditPlace, OperatorId, String)| {
                operator.is_none_or(|operator| entry.1 == operator)
                    && operation.is_none_or(|operation| entry.2 == operation)
            };
            for (begin, from) in all.iter().enumerate() {
                let below: Vec<_> = all[begin + 1..].iter().filter(|entry| fits(entry)).cloned().collect();
                for page in 1..=u32::try_from(below.len()).unwrap() + 1 {
                    let mut seen = Vec::new();
                    let mut after = from.0;
                    loop {
                        let next = read(&FindAudit { after: Some(after), ..find.clone() }, page);
                        assert!(next.len() as u32 <= page);
                        let Some(last) = next.last() else { break };
                        after = last.0;
                        seen.extend(next);
                    }
                    assert_eq!(seen, below, "{operation:?} of {operator:?} by {page} behind {from:?}");
                    lists += 1;
                }
            }
        }
    }
    println!("{} entries, {lists} lists", all.len());
}

/// All pages of a list, each asked for by the last entry of the one before.
fn paged(mut page: impl FnMut(Option<i64>) -> Vec<u32>) -> Vec<u32> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let next = page(before);
        let Some(last) = next.last() else { return all };
        before = Some(i64::from(*last));
        all.extend(next);
    }
}

/// Something a cashier or a manager does.
#[derive(Debug, Clone)]
enum Act {
    Ring { cents: i64, thousandths: i64, back: bool },
    Product { which: u8, cents: i64 },
    Void(u32),
    Complete { by_card: bool },
    Cancel,
    NextDay,
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0i64..5_000, 1i64..4, any::<bool>())
            .prop_map(|(cents, count, back)| Act::Ring { cents, thousandths: count * 1_000, back }),
        2 => (0u8..4, 1i64..900).prop_map(|(which, cents)| Act::Product { which, cents }),
        1 => (1u32..4).prop_map(Act::Void),
        4 => any::<bool>().prop_map(|by_card| Act::Complete { by_card }),
        1 => Just(Act::Cancel),
        1 => Just(Act::NextDay),
        1 => Just(Act::Restart),
    ]
}

/// Plays acts; what the till refuses it refuses.
struct Day {
    place: Place,
    till: Option<Till>,
    boots: u32,
    products: Vec<(Value, Value)>,
    done: u32,
}

impl Day {
    fn begin(folder: &Path) -> Self {
        let place = Place::below(folder);
        let mut till = place.start(1).unwrap();
        till.set_up().unwrap();
        Self { place, till: Some(till), boots: 1, products: Vec::new(), done: 0 }
    }

    fn till(&mut self) -> &mut Till {
        self.till.as_mut().unwrap()
    }

    fn call(&mut self, operation: &str, request: &Value) -> Option<Value> {
        let answer = self.till().desk.call::<Value>(operation, request).ok()?;
        self.done += 1;
        Some(answer)
    }

    fn play(&mut self, act: &Act) {
        let open = self.call("sale.current", &json!({})).map(|current| current["sale"].clone());
        let open = open.unwrap_or_default();
        let sale = &open["sale"];
        match act {
            Act::Ring { cents, thousandths, back } => {
                let tax = tax(self.till());
                let direction = if *back { "return" } else { "sale" };
                let item = json!({
                    "name": "Thing", "price": cents * 10_000, "tax_category": tax, "quantity": thousandths,
                    "direction": direction,
                });
                self.call("sale.add_open_item", &item).expect("anything can be rung up");
                if let Some((product, _)) = self.products.first().cloned() {
                    self.call("sale.add_product", &json!({ "product": product, "direction": direction }));
                }
            }
            Act::Product { which, cents } => self.save_product(*which, *cents),
            Act::Void(line) => drop(self.call("sale.void_line", &json!({ "sale": sale, "line": line }))),
            Act::Complete { by_card } => {
                let kind = if *by_card { "card" } else { "cash" };
                let tenders = json!([{ "kind": kind, "amount": null }]);
                self.call("sale.complete", &json!({ "sale": sale, "tenders": tenders }));
            }
            Act::Cancel => drop(self.call("sale.cancel", &json!({ "sale": sale }))),
            Act::NextDay => self.till().clock.pass(20 * 3_600_000),
            Act::Restart => {
                let passed = self.till().clock.passed_ms();
                self.till = None;
                self.boots += 1;
                let mut till = self.place.start(self.boots).unwrap();
                till.clock.pass((passed - till.clock.passed_ms()).max(0));
                till.sign_in().unwrap();
                self.till = Some(till);
            }
        }
    }

    fn save_product(&mut self, which: u8, cents: i64) {
        let tax = tax(self.till());
        let known = self.products.get(usize::from(which)).cloned();
        let code = format!("290000000{:04}", self.products.len());
        let product = json!({
            "name": format!("Product {cents}"), "sku": null,
            "codes": known.as_ref().map_or(json!([code]), |(_, base)| base["codes"].clone()), "unit": "each",
            "prices": [{ "from": "2026-01-01", "price": cents * 10_000 }], "tax_category": tax,
            "category": null, "picture": null, "status": "active",
        });
        let (id, base) = known.clone().map_or((Value::Null, Value::Null), |(id, base)| (id, base));
        let save = json!({ "id": id, "base": base, "product": product });
        let Some(saved) = self.call("product.save", &save) else { return };
        match known {
            Some(_) => self.products[usize::from(which)].1 = product,
            None => self.products.push((saved["id"].clone(), product)),
        }
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn after_any_days_the_projections_are_what_the_facts_make(acts in prop::collection::vec(act(), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let mut day = Day::begin(folder.path());
        for act in &acts {
            day.play(act);
        }
        prop_assert!(day.done >= 1);
        let dir = day.place.data.clone();
        let till = day.till();
        let database = till.terminal.database();
        let now = terminal::Clock::now(till.clock.as_ref());
        database.apply_catalog().unwrap();
        while database.fold(7, now).unwrap() {}
        let before = projections(&dir).unwrap();
        database.rebuild(now).unwrap();
        while database.fold(1_000, now).unwrap() {}
        let after = projections(&dir).unwrap();
        prop_assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (table, rows) in &before {
            prop_assert_eq!(&after[table], rows, "{}", table);
        }
    }

    /// Answers get lost and calls come again, in any order, also after the till was started again: what was done once is
    /// done once, and whoever asks again is told what was done.
    #[test]
    fn calls_that_come_again_in_any_order_are_done_once(
        repeats in prop::collection::vec(prop::collection::vec(any::<Index>(), 0..4), 2..14), restart: Index
    ) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::below(folder.path());
        let mut till = place.start(1).unwrap();
        till.set_up().unwrap();
        let tax = tax(&mut till);
        let mut sent: Vec<(wire::envelope::Envelope, Option<String>)> = Vec::new();
        let mut open = None;
        for (place_in_day, again) in repeats.iter().enumerate() {
            // Every second call completes the sale that the one before opened.
            let (envelope, answer) = match open.take() {
                None => {
                    let item = json!({ "name": "Thing", "price": 1_000_000, "tax_category": tax });
                    let envelope = till.desk.envelope("sale.add_open_item", &item).unwrap();
                    let view: SaleView = serde_json::from_str(till.desk.send(&envelope).unwrap().get()).unwrap();
                    open = Some(view.sale);
                    (envelope, None)
                }
                Some(sale) => {
                    let tenders = json!([{ "kind": "cash", "amount": null }]);
                    let complete = json!({ "sale": sale, "tenders": tenders });
                    let envelope = till.desk.envelope("sale.complete", &complete).unwrap();
                    let answer = till.desk.send(&envelope).unwrap().get().to_owned();
                    (envelope, Some(answer))
                }
            };
            sent.push((envelope, answer));
            if place_in_day == restart.index(repeats.len()) {
                drop(till);
                till = place.start(2).unwrap();
                till.desk = scenarios::seed::desk::Desk::new(&till.terminal, 2);
                till.sign_in().unwrap();
            }
            for index in again {
                let (envelope, first) = index.get(&sent);
                match (till.desk.send(envelope), first) {
                    (answer, Some(first)) => {
                        let answer = answer.unwrap();
                        prop_assert_eq!(answer.get(), first);
                    }
                    // Its sale may be completed meanwhile, and is then no open one to show.
                    (Err(refused), None) => prop_assert!(refused.contains("sale.already_completed"), "{refused}"),
                    (Ok(view), None) => {
                        let view: SaleView = serde_json::from_str(view.get()).unwrap();
                        prop_assert_eq!(view.lines_active, 1);
                    }
                }
            }
        }
        let completed: Vec<SaleCompleted> = sent
            .iter()
            .filter_map(|(_, answer)| answer.as_ref())
            .map(|answer| serde_json::from_str(answer).unwrap())
            .collect();
        prop_assert!(completed.iter().all(|sale| sale.lines_active == 1));
        let rows = till.terminal.database().read(|reader| reader.sales_before(None, 1_000)).unwrap();
        let listed: BTreeSet<String> = rows.iter().map(|row| row.receipt_number.clone()).collect();
        let told: BTreeSet<String> = completed.iter().map(|sale| sale.receipt_number.clone()).collect();
        prop_assert_eq!((rows.len(), &listed), (told.len(), &told));
    }
}
