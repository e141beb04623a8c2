//! The audit: every command that is marked leaves a trace that says who, what, when and from where; refused calls are
//! counted; entries are found, and made into a file.

use database::error::DatabaseError;
use domain::time::Timestamp;
use scenarios::player::{Hub, Player};
use scenarios::script::parse;
use scenarios::shop::{OWNER, PIN, Place, Till};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use terminal::workers::refusal::RefusalRecorder;
use wire::audit::{AuditEntry, AuditPage};
use wire::envelope::Envelope;
use wire::fact::header::Header;
use wire::fact::{Fact, Origin};
use wire::operations::{Kind, OPERATIONS};

/// Commands that are not audited, each with its reason.
const NOT_AUDITED: &[(&str, &str)] = &[
    ("sale.scan", "the line it makes stands in the sale"),
    ("sale.add_product", "the line it makes stands in the sale"),
    ("sale.add_open_item", "the line it makes stands in the sale"),
    ("sale.arm", "it changes nothing but what the next key does"),
    ("shop.leave_demo", "nothing in the demo shop counts, and the shop that begins has a log of its own"),
    ("training.start", "what is done in training stands in a log of its own, and nothing of it counts"),
    ("training.stop", "what is done in training stands in a log of its own, and nothing of it counts"),
    ("shift.make_file", "the paper can be looked at as often as wanted, and nothing is printed"),
    ("receipt.make_file", "the receipt can be looked at as often as wanted, and nothing is printed"),
    ("receipt.print_gift", "it says of a receipt that stands what was sold, and nothing of money"),
    ("report.make_file", "it says what the screen says, and of nobody but those who work here"),
    ("report.print", "it says what the screen says; that something was printed stands in the print queue"),
    ("account.print", "it says what the screen says; that something was printed stands in the print queue"),
    ("device.calibrate", "it prints a page of no sale; what is found on it is a setting, which is audited"),
    ("import.begin", "a file is looked at, and nothing is changed by that"),
    ("import.check", "a file is looked at, and nothing is changed by that"),
    ("import.cancel", "nothing was changed yet"),
    ("export.cancel", "no file was made"),
    ("import.problems", "it tells again what the screen tells of a file somebody brought"),
    ("sale.set_quantity", "the change stands in the sale's trail"),
    ("sale.set_tip", "a tip stands with the tender it came with"),
    ("mail.test", "it says nothing of anybody; that it was sent stands in the outbox"),
    (
        "mail.resolve",
        "that something was sent as a letter is audited; what became of it stands in the outbox",
    ),
    ("mail.send_now", "it changes nothing but when the next try is"),
    ("sale.note", "what was noted in the end stands beside the sale's fact"),
];

/// Audited commands after which this till's log does not go on: what they did stands in the first fact of the next one.
const IN_THE_NEXT_LOG: &[&str] = &["backup.restore", "backup.adopt"];

#[test]
fn every_command_is_audited_or_on_a_short_list_with_its_reason() {
    for operation in OPERATIONS.iter().filter(|operation| operation.kind == Kind::Command) {
        let excused = NOT_AUDITED.iter().any(|(name, _)| *name == operation.name);
        assert_ne!(operation.audited, excused, "{} has to be one or the other", operation.name);
    }
}

/// The operations that the facts of a ledger name, in their origins and their trails.
fn named(terminal: &Arc<terminal::Terminal>) -> BTreeSet<String> {
    let facts = terminal
        .database()
        .read(|reader| reader.facts_after(0, 100_000))
        .unwrap_or_else(|error: DatabaseError| panic!("{error}"));
    let mut named = BTreeSet::new();
    for stored in facts {
        named.extend(Origin::of(&stored.payload).map(|origin| origin.operation));
        let header = Header::decode(&stored.envelope).unwrap();
        let trail = match Fact::parse(&header.kind, header.kind_version, &stored.payload).unwrap() {
            Fact::SaleCompleted(sale) => sale.trail,
            Fact::SaleCancelled(sale) => sale.trail,
            _ => Vec::new(),
        };
        for entry in trail {
            let act = serde_json::to_value(&entry.act).unwrap();
            named.insert(
                match act["act"].as_str().unwrap() {
                    "line_voided" => "sale.void_line",
                    "quantity_changed" => "sale.set_quantity",
                    "age_confirmed" => "sale.confirm_age",
                    "customer_set" => "sale.set_customer",
                    "seller_set" => "sale.set_seller",
                    "undone" => "sale.undo",
                    "takeaway_set" => "sale.take_away",
                    "tax_exempted" => "sale.exempt_tax",
                    "suspended" => "sale.suspend",
                    "resumed" => "sale.resume",
                    "taken_back" => "sale.take_back",
                    "reversed" => "sale.reverse",
                    "discounted" => "sale.discount",
                    "price_overridden" => "sale.override_price",
                    "tender_taken" => "sale.take_tender",
                    "tender_returned" => "sale.return_tender",
                    other => panic!("no operation is known that is told as {other}"),
                }
                .to_owned(),
            );
        }
    }
    named
}

fn scripts(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "till") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_audited_command_leaves_a_fact_that_names_it() {
    let mut texts = Vec::new();
    scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &mut texts);
    let mut seen = BTreeSet::new();
    for text in texts {
        let mut player = Player::new(Hub::None, 3).unwrap();
        player.play(&parse(&text).unwrap()).unwrap();
        if let Ok(terminal) = player.terminal() {
            seen.extend(named(terminal));
        }
    }
    // What no script does.
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    let settings: Value = till.desk.call("shop.settings", &json!({})).unwrap();
    let mut shop = settings["shop"].clone();
    shop["name"] = json!("Another Name");
    till.desk
        .call::<Value>("shop.save_settings", &json!({ "base": settings["shop"], "shop": shop }))
        .unwrap();
    let role = json!({ "role": { "name": "Helper", "grants": [] } });
    let role: Value = till.desk.call("role.save", &role).unwrap();
    let hired = json!({ "name": "Ben", "role": role["id"], "pin": "2222" });
    let hired: Value = till.desk.call("operator.save", &hired).unwrap();
    let left = json!({ "id": hired["id"], "status": "archived" });
    till.desk.call::<Value>("operator.save", &left).unwrap();
    till.desk.call::<Value>("operator.erase", &json!({ "id": hired["id"] })).unwrap();
    till.desk
        .call::<Value>(
            "category.save",
            &json!({ "category": { "name": "Tea", "position": 1, "color": null, "status": "active" } }),
        )
        .unwrap();
    till.desk
        .call::<Value>("price_list.save", &json!({ "price_list": { "name": "Club", "status": "active" } }))
        .unwrap();
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let tea = json!({
        "name": "Tea", "sku": null, "codes": [], "unit": "each", "category": null, "picture": null, "status": "active",
        "prices": [{ "from": "2020-01-01", "price": 1_000_000 }], "tax_category": taxes["tax_categories"][0]["id"],
    });
    let tea: Value = till.desk.call("product.save", &json!({ "product": tea })).unwrap();
    let many = json!({ "products": [tea["id"]], "change": { "status": "archived" } });
    till.desk.call::<Value>("product.change_many", &many).unwrap();
    let counts = json!({ "counts": [{ "product": tea["id"], "counted": 3_000 }], "reason": "stocktake" });
    till.desk.call::<Value>("stock.count_many", &counts).unwrap();
    let none = json!({ "pages": [] });
    let tiles = json!({ "pages": [{ "name": "Hot", "tiles": [{ "target": { "product": tea["id"] } }] }] });
    till.desk.call::<Value>("tile.save_layout", &json!({ "base": none, "layout": tiles })).unwrap();
    till.sell(100).unwrap();
    let sales: Value = till.desk.call("sale.list", &json!({})).unwrap();
    let sale = &sales["sales"][0]["sale"];
    till.desk.call::<Value>("receipt.reprint", &json!({ "sale": sale })).unwrap();
    till.desk.call::<Value>("health.bundle", &json!({})).unwrap();
    till.desk.call::<Value>("audit.export", &json!({})).unwrap();
    till.desk.call::<Value>("backup.make", &json!({})).unwrap();
    let plan: Value = till.desk.call("backup.list", &json!({})).unwrap();
    till.desk
        .call::<Value>("backup.save_plan", &json!({ "base": plan["plan"], "plan": plan["plan"] }))
        .unwrap();
    seen.extend(named(&till.terminal));
    seen.extend(named(&crate::imports::made_and_taken_back(&Place::below(&folder.path().join("imports")))));
    seen.extend(named(&crate::exports::both_made(&Place::below(&folder.path().join("exports")))));
    let missing: Vec<&str> = OPERATIONS
        .iter()
        .filter(|operation| operation.audited && !IN_THE_NEXT_LOG.contains(&operation.name))
        .map(|operation| operation.name)
        .filter(|name| !seen.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no fact names {missing:?}");
}

fn shop() -> (tempfile::TempDir, Till) {
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    (folder, till)
}

fn audit(till: &mut Till, find: Value) -> Vec<AuditEntry> {
    till.desk.call::<AuditPage>("audit.list", &find).unwrap().entries
}

#[test]
fn a_change_shows_who_where_before_and_after() {
    let (_folder, mut till) = shop();
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let tax = &taxes["tax_categories"][0];
    let mut changed = tax["tax_category"].clone();
    changed["name"] = json!("Everything");
    let save = json!({ "id": tax["id"], "base": tax["tax_category"], "tax_category": changed });
    let mut envelope: Envelope = till.desk.envelope("tax_category.save", &save).unwrap();
    envelope.screen = Some("taxes <script>".to_owned());
    till.desk.send(&envelope).unwrap();
    let entries = audit(&mut till, json!({ "operation": "tax_category.save" }));
    let entry = &entries[0];
    assert_eq!(entry.operator_name, OWNER);
    assert_eq!(entry.screen.as_deref(), Some("taxesscript"), "a screen's name is letters");
    assert_eq!(entry.subject.as_deref(), Some("Everything"));
    let change = entry.changes.iter().find(|change| change.field == "name").unwrap();
    assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("Standard"), Some("Everything")));
    // Nobody's verifier is shown.
    for entry in audit(&mut till, json!({})) {
        assert!(!format!("{entry:?}").contains("argon2"), "{entry:?}");
    }
}

#[test]
fn entries_are_found_by_word_operator_day_and_page_by_page() {
    let (_folder, mut till) = shop();
    let numbers: Vec<String> = (1..=120).map(|cents| till.sell(cents).unwrap()).collect();
    let all: AuditPage = till.desk.call("audit.list", &json!({ "operation": "sale.complete" })).unwrap();
    assert_eq!(all.entries.len(), 50);
    assert!(
        all.operations.contains(&"sale.complete".to_owned())
            && all.operations.contains(&"ledger.opened".to_owned())
    );
    let mut seen: Vec<String> = all.entries.iter().filter_map(|entry| entry.subject.clone()).collect();
    let mut next = all.next;
    while let Some(after) = next {
        let page: AuditPage =
            till.desk.call("audit.list", &json!({ "operation": "sale.complete", "after": after })).unwrap();
        seen.extend(page.entries.into_iter().filter_map(|entry| entry.subject));
        next = page.next;
    }
    seen.reverse();
    assert_eq!(seen, numbers, "each sale once, the newest first");
    let found = audit(&mut till, json!({ "text": "a-000077" }));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].amount.map(domain::money::Money::minor), Some(77));
    let nobody = audit(&mut till, json!({ "operator": uuid::Uuid::nil() }));
    assert!(nobody.iter().all(|entry| entry.operator_name.is_empty()) && !nobody.is_empty());
    assert!(audit(&mut till, json!({ "from": "2027-01-01" })).is_empty());
    let file: Value = till.desk.call("audit.export", &json!({ "operation": "sale.complete" })).unwrap();
    assert_eq!(file["entries"], json!(120));
}

#[test]
fn refused_calls_are_counted_into_one_fact_a_minute() {
    let (_folder, mut till) = shop();
    let mut recorder = RefusalRecorder::new(Arc::clone(&till.terminal));
    let operator = till.desk.operators().unwrap()[0].1;
    let refused = |till: &mut Till| {
        till.desk
            .call::<Value>("session.sign_in", &json!({ "operator": operator, "pin": "9999" }))
            .unwrap_err();
    };
    for _ in 0..3 {
        refused(&mut till);
    }
    recorder.step();
    assert!(audit(&mut till, json!({ "operation": "call.refused" })).is_empty(), "the minute is not over");
    till.clock.pass(61_000);
    recorder.step();
    recorder.step();
    let entries = audit(&mut till, json!({ "operation": "call.refused" }));
    assert_eq!(entries.len(), 1, "{entries:?}");
    let count = entries[0].changes.iter().find(|change| change.field == "count").unwrap();
    assert_eq!(count.after.as_deref(), Some("3"));
    assert_eq!(entries[0].subject.as_deref(), Some("session.sign_in"));
    assert!(entries[0].at > Timestamp(0));
    // What is lost by a power cut is one minute at most; what is left when the till stops is written.
    till.clock.pass(600_000);
    refused(&mut till);
    drop(recorder);
    till.clock.pass(600_000);
    till.desk.sign_in(OWNER, PIN).unwrap();
    assert_eq!(audit(&mut till, json!({ "operation": "call.refused" })).len(), 2);
}
