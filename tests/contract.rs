//! What is made from the list of operations is committed and current: TypeScript, OpenAPI, the table for people. And
//! every operation of the list answers at the entrance.

use domain::error::Code;
use scenarios::player::{Hub, Player};
use serde_json::json;
use serde_json::value::to_raw_value;
use std::path::Path;
use terminal::Door;
use wire::envelope::Envelope;
use wire::operations::{Need, OPERATIONS};

fn expect_current(path: &str, content: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, content).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == content, "{path} is not current: UPDATE=1 cargo test -p scenarios contract");
}

#[test]
fn typescript_is_current() {
    expect_current("ui/src/api/generated/contract.ts", &wire::contract::typescript::module());
}

#[test]
fn the_table_of_operations_is_current() {
    expect_current("docs/operations.md", &wire::contract::table::page());
}

#[test]
fn openapi_is_current() {
    let document = serde_json::to_string_pretty(&wire::contract::openapi::document()).unwrap();
    expect_current("docs/openapi.json", &(document + "\n"));
}

/// Codes are promises to programs outside: the list only grows, at its end or in the middle, and nothing leaves it.
#[test]
fn error_codes_only_grow() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/error-codes.txt");
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.text()).collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, codes.join("\n") + "\n").unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap();
    for code in golden.lines() {
        assert!(codes.contains(&code), "the code {code} was given out and is gone");
    }
    assert_eq!(golden.lines().count(), codes.len(), "new codes: UPDATE=1 cargo test -p scenarios contract");
}

#[test]
fn without_a_sign_on_only_the_operations_marked_nobody_answer() {
    let player = Player::new(Hub::None, 1).unwrap();
    let terminal = player.terminal().unwrap();
    let caller = terminal.connect(Door::Http);
    let mut open = Vec::new();
    for operation in OPERATIONS {
        let envelope = Envelope {
            request_id: Some(domain::ids::RequestId(uuid::Uuid::from_u128(1))),
            operation: operation.name.to_owned(),
            payload: to_raw_value(&json!({})).unwrap(),
            approval: None,
            screen: None,
        };
        let refused = terminal.call(&caller, &envelope).err().map(|body| body.code);
        assert_ne!(refused, Some(Code::CallOperationUnknown), "{}", operation.name);
        if refused != Some(Code::PeopleNotSignedOn) {
            assert_eq!(operation.need, Need::Nobody, "{} answered without a sign-on", operation.name);
            open.push(operation.name);
        }
    }
    assert_eq!(
        open,
        [
            "shop.greeting",
            "shop.set_up",
            "session.sign_in",
            "session.sign_in_badge",
            "session.recover",
            "session.current",
            "backup.find",
            "backup.adopt"
        ]
    );
}
