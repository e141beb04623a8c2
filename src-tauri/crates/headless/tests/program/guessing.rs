//! Guessing a PIN through HTTP: it becomes slow, pulling the plug gives no new tries, and the shop goes on meanwhile.

use super::process::{Running, headless};
use serde_json::{Value, json};

/// What an answer says a try ended as.
fn tried(till: &Running, operator: &Value, pin: &str, id: u32) -> String {
    let call = json!({
        "request_id": format!("01920000-0000-7000-8000-{id:012}"),
        "payload": { "operator": operator["id"], "pin": pin },
    });
    let answer = till.send("POST", "/api/session.sign_in", "", &call.to_string());
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    if answer.status == 200 { "signed in".to_owned() } else { body["code"].as_str().unwrap().to_owned() }
}

/// Guesses until it is not answered any more. Returns how many guesses were.
fn guess(till: &Running, operator: &Value, ids: &mut u32) -> u32 {
    let mut answered = 0;
    loop {
        *ids += 1;
        // Nobody's PIN: it has as many digits as one may have.
        match tried(till, operator, &format!("{:012}", *ids), *ids).as_str() {
            "people.pin_wrong" => answered += 1,
            "people.pin_blocked" => return answered,
            other => panic!("a guess ended as {other}"),
        }
    }
}

#[test]
fn killing_the_program_gives_whoever_guesses_a_pin_no_new_tries() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let mut ids = 0;
    let till = Running::start(headless(&data).arg("--demo"));
    let greeting = till.greeting();
    let people = greeting["operators"].as_array().unwrap().clone();
    let (owner, colleague) = (&people[0], &people[1]);
    assert_eq!(guess(&till, owner, &mut ids), 5, "four at once, and the one after which it waits");
    let mut till = till;
    for life in 0..3 {
        till.signal("KILL");
        till.wait();
        till = Running::start(headless(&data).arg("--demo"));
        assert!(guess(&till, owner, &mut ids) <= 1, "life {life}: what was counted is counted still");
        ids += 1;
        let right = tried(&till, owner, owner["demo_pin"].as_str().unwrap(), ids);
        assert_eq!(right, "people.pin_blocked", "the right one is as good as any while it waits");
        // The shop goes on.
        ids += 1;
        let other = tried(&till, colleague, colleague["demo_pin"].as_str().unwrap(), ids);
        assert_eq!(other, "signed in", "life {life}");
    }
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}
