//! Every operation, for every role, through every door: allowed or refused exactly as the table in `docs/operations.md` and
//! the role's own list of permissions say; and nothing but what strangers need while nobody is signed on.

use domain::error::Code;
use domain::ids::{OperatorId, RequestId};
use scenarios::shop::{OWNER, PIN, Place, Till};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use terminal::{Caller, Door, Terminal};
use wire::envelope::{Approval, Envelope};

/// The doors of a till.
const DOORS: [Door; 3] = [Door::Window, Door::Http, Door::Script];

/// The PIN of everybody but the owner.
const OTHERS_PIN: &str = "7391";

/// By operation: what the table says of who may.
fn table() -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operations.md");
    let page = std::fs::read_to_string(file).unwrap();
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let name = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?;
        Some((name.to_owned(), (*cells.get(5)?).to_owned()))
    });
    rows.collect()
}

/// A permission as JSON has it, from its name in the table.
fn in_json(permission: &str) -> String {
    let mut word = String::new();
    for c in permission.chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(c.to_lowercase());
    }
    word
}

/// How a call ends whose request has a field that no operation takes: whoever may call is told of the field, so that
/// nothing is done; whoever may not is told that before.
fn end(terminal: &Arc<Terminal>, caller: &Arc<Caller>, operation: &str, approval: Option<Approval>) -> Code {
    let envelope = Envelope {
        request_id: Some(RequestId(uuid::Uuid::from_u128(1))),
        operation: operation.to_owned(),
        payload: to_raw_value(&json!({ "a field nobody knows": 1 })).unwrap(),
        approval,
        screen: None,
    };
    match terminal.call(caller, &envelope) {
        Ok(answer) => panic!("{operation} took a field nobody knows: {answer}"),
        Err(body) => body.code,
    }
}

fn call(terminal: &Arc<Terminal>, caller: &Arc<Caller>, id: u128, operation: &str, request: &Value) {
    let envelope = Envelope {
        request_id: Some(RequestId(uuid::Uuid::from_u128(id))),
        operation: operation.to_owned(),
        payload: to_raw_value(request).unwrap(),
        approval: None,
        screen: None,
    };
    terminal.call(caller, &envelope).unwrap_or_else(|body| panic!("{operation}: {body}"));
}

/// A shop with an operator of every role, by the role's name: who, and what the role allows.
fn everybody(till: &mut Till) -> BTreeMap<String, (OperatorId, Vec<String>)> {
    let roles: Value = till.desk.call("role.list", &json!({})).unwrap();
    let roles = roles["roles"].as_array().unwrap().clone();
    for role in &roles {
        let name = format!("a {}", role["role"]["name"].as_str().unwrap());
        let request = json!({ "name": name, "role": role["id"], "pin": OTHERS_PIN });
        till.desk.call::<Value>("operator.save", &request).unwrap();
    }
    let operators: BTreeMap<_, _> = till.desk.operators().unwrap().into_iter().collect();
    let of_role = |role: &Value| {
        let name = role["role"]["name"].as_str().unwrap().to_owned();
        let grants = role["role"]["grants"].as_array().unwrap().iter();
        let may = grants.map(|grant| grant["permission"].as_str().unwrap().to_owned()).collect();
        (name.clone(), (operators[&format!("a {name}")], may))
    };
    roles.iter().map(of_role).collect()
}

#[test]
fn every_role_may_at_every_door_exactly_what_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    let table = table();
    let owner = till.desk.operators().unwrap().into_iter().find(|(name, _)| name == OWNER).unwrap().1;
    let mut requests = 1_000;
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (role, (operator, may)) in everybody(&mut till) {
        for door in DOORS {
            let caller = till.terminal.connect(door);
            requests += 1;
            let sign_in = json!({ "operator": operator, "pin": OTHERS_PIN });
            call(&till.terminal, &caller, requests, "session.sign_in", &sign_in);
            for (operation, who) in &table {
                let allowed = match who.as_str() {
                    "anybody" | "signed on" => true,
                    permission => may.contains(&in_json(permission)),
                };
                let expected = if allowed { Code::CallPayloadInvalid } else { Code::PeopleNeedsApproval };
                let ended = end(&till.terminal, &caller, operation, None);
                if ended != expected {
                    wrong
                        .push(format!("{role} at {door:?}: {operation} ends as {ended:?}, not {expected:?}"));
                }
                tried += 1;
            }
        }
    }
    // What a role may not, somebody who may can allow for one call: tried on one operation of each permission.
    let caller = till.terminal.connect(Door::Http);
    let (cashier, may) = everybody_named(&mut till, "Cashier");
    let sign_in = json!({ "operator": cashier, "pin": OTHERS_PIN });
    call(&till.terminal, &caller, requests + 1, "session.sign_in", &sign_in);
    let mut permissions: BTreeMap<&str, &str> = BTreeMap::new();
    for (operation, who) in &table {
        permissions.insert(who, operation);
    }
    for (permission, operation) in permissions {
        if ["anybody", "signed on"].contains(&permission) || may.contains(&in_json(permission)) {
            continue;
        }
        let approval = Some(Approval::Pin { operator: owner, pin: PIN.to_owned() });
        assert_eq!(
            end(&till.terminal, &caller, operation, approval),
            Code::CallPayloadInvalid,
            "{operation}"
        );
        assert_eq!(
            end(&till.terminal, &caller, operation, None),
            Code::PeopleNeedsApproval,
            "{operation}, again"
        );
    }
    println!("{tried} calls: {} operations, {} doors", table.len(), DOORS.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The operator of a role, where everybody is there already.
fn everybody_named(till: &mut Till, role: &str) -> (OperatorId, Vec<String>) {
    let roles: Value = till.desk.call("role.list", &json!({})).unwrap();
    let roles = roles["roles"].as_array().unwrap().clone();
    let grants =
        roles.iter().find(|each| each["role"]["name"] == json!(role)).unwrap()["role"]["grants"].clone();
    let may = grants.as_array().unwrap().iter();
    let may = may.map(|grant| grant["permission"].as_str().unwrap().to_owned()).collect();
    let name = format!("a {role}");
    let operator = till.desk.operators().unwrap().into_iter().find(|(each, _)| *each == name).unwrap().1;
    (operator, may)
}

#[test]
fn signed_out_only_what_a_stranger_needs_is_heard_at_any_door() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    for door in DOORS {
        let caller = till.terminal.connect(door);
        for (operation, who) in table() {
            let expected = if who == "anybody" { Code::CallPayloadInvalid } else { Code::PeopleNotSignedOn };
            assert_eq!(end(&till.terminal, &caller, &operation, None), expected, "{operation} at {door:?}");
        }
    }
}
