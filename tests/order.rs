//! Commands of one caller run in the order sent, one request is done once however often it comes at the same time, and
//! queries do not wait for commands.

use domain::ids::RequestId;
use scenarios::player::{Hub, Player};
use scenarios::script::parse;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use std::sync::{Arc, Barrier};
use terminal::{Caller, Door, Terminal};
use wire::envelope::Envelope;

const SHOP: &str = "\
> shop EUR included line en
> sign in Ana 1234
> tax Standard 20
> product Cola 5449000000996 1.50 Standard
> product Tea 2900000000711 1.00 Standard
";

fn envelope(id: u128, operation: &str, request: &Value) -> Envelope {
    Envelope {
        request_id: Some(RequestId(uuid::Uuid::from_u128(id))),
        operation: operation.to_owned(),
        payload: to_raw_value(request).unwrap(),
        approval: None,
        screen: None,
    }
}

fn call(terminal: &Arc<Terminal>, caller: &Arc<Caller>, id: u128, operation: &str, request: &Value) -> Value {
    let answer = terminal.call(caller, &envelope(id, operation, request));
    serde_json::from_str(answer.unwrap_or_else(|body| panic!("{operation}: {body}")).get()).unwrap()
}

fn signed_on(terminal: &Arc<Terminal>) -> Arc<Caller> {
    let caller = terminal.connect(Door::Http);
    let greeting = call(terminal, &caller, 1_000, "shop.greeting", &json!({}));
    let request = json!({ "operator": greeting["operators"][0]["id"], "pin": "1234" });
    call(terminal, &caller, 1_001, "session.sign_in", &request);
    caller
}

#[test]
fn a_request_that_comes_eight_times_at_once_is_done_once() {
    let mut player = Player::new(Hub::None, 1).unwrap();
    player.play(&parse(SHOP).unwrap()).unwrap();
    let terminal = Arc::clone(player.terminal().unwrap());
    let caller = signed_on(&terminal);
    let sale = call(&terminal, &caller, 2_000, "sale.scan", &json!({ "code": "5449000000996" }));
    let request = json!({ "sale": sale["sale"], "tenders": [{ "kind": "cash", "amount": null }] });
    let barrier = Arc::new(Barrier::new(8));
    // Four come through the same caller, four through callers of their own: a page that reloaded, a new cookie.
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let (terminal, barrier, request) = (Arc::clone(&terminal), Arc::clone(&barrier), request.clone());
            let caller = if number % 2 == 0 { Arc::clone(&caller) } else { signed_on(&terminal) };
            std::thread::spawn(move || {
                barrier.wait();
                call(&terminal, &caller, 3_000, "sale.complete", &request)
            })
        })
        .collect();
    let answers: Vec<Value> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "every answer is the first one's");
    let list = call(&terminal, &caller, 0, "sale.list", &json!({}));
    assert_eq!(list["sales"].as_array().unwrap().len(), 1);
}

#[test]
fn another_request_under_a_used_id_is_refused() {
    let mut player = Player::new(Hub::None, 1).unwrap();
    player.play(&parse(SHOP).unwrap()).unwrap();
    let terminal = player.terminal().unwrap();
    let caller = signed_on(terminal);
    call(terminal, &caller, 500, "sale.scan", &json!({ "code": "5449000000996" }));
    let other = terminal.call(&caller, &envelope(500, "sale.scan", &json!({ "code": "2900000000711" })));
    assert_eq!(other.unwrap_err().code.text(), "call.request_id_reused");
    // Nor does somebody else get the first one's answer.
    let stranger = terminal.connect(Door::Http);
    let theirs = terminal.call(&stranger, &envelope(500, "sale.scan", &json!({ "code": "5449000000996" })));
    assert_eq!(theirs.unwrap_err().code.text(), "people.not_signed_on");
}

#[test]
fn one_callers_commands_run_in_the_order_sent() {
    let mut player = Player::new(Hub::None, 1).unwrap();
    player.play(&parse(SHOP).unwrap()).unwrap();
    let terminal = Arc::clone(player.terminal().unwrap());
    let caller = signed_on(&terminal);
    // Each thread hands its turn to the next only once it has asked for its own: the order of asking is known.
    let codes = ["5449000000996", "2900000000711"];
    let mut threads = Vec::new();
    for number in 0..40_u128 {
        let code = codes[usize::try_from(number % 2).unwrap()];
        let (terminal, caller) = (Arc::clone(&terminal), Arc::clone(&caller));
        let queued = caller.commands_asked();
        threads.push(std::thread::spawn({
            let caller = Arc::clone(&caller);
            move || call(&terminal, &caller, 10_000 + number, "sale.scan", &json!({ "code": code }))
        }));
        while caller.commands_asked() == queued {
            std::thread::yield_now();
        }
    }
    for thread in threads {
        thread.join().unwrap();
    }
    let current = call(&terminal, &caller, 0, "sale.current", &json!({}));
    let names: Vec<_> = current["sale"]["changed_lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["name"].clone())
        .collect();
    assert_eq!(names.len(), 40);
    assert!(names.chunks(2).all(|pair| pair == [json!("Cola"), json!("Tea")]), "{names:?}");
}

#[test]
fn an_approved_call_is_answered_again_without_the_approval() {
    let mut player = Player::new(Hub::None, 1).unwrap();
    player.play(&parse(SHOP).unwrap()).unwrap();
    player.play(&parse("> operator Tim Trainee 5555").unwrap()).unwrap();
    let terminal = player.terminal().unwrap();
    let caller = terminal.connect(Door::Http);
    let greeting = call(terminal, &caller, 1_000, "shop.greeting", &json!({}));
    let id = |name: &str| {
        let tiles = greeting["operators"].as_array().unwrap();
        tiles.iter().find(|tile| tile["name"] == json!(name)).unwrap()["id"].clone()
    };
    call(terminal, &caller, 1_001, "session.sign_in", &json!({ "operator": id("Tim"), "pin": "5555" }));
    let sale =
        call(terminal, &caller, 1_002, "sale.scan", &json!({ "code": "5449000000996" }))["sale"].clone();
    let tenders = json!([{ "kind": "cash", "amount": null }]);
    call(terminal, &caller, 1_003, "sale.complete", &json!({ "sale": sale, "tenders": tenders }));

    let mut reprint = envelope(1_004, "receipt.reprint", &json!({ "sale": sale }));
    assert_eq!(terminal.call(&caller, &reprint).unwrap_err().code.text(), "people.needs_approval");
    reprint.approval = Some(wire::envelope::Approval::Pin {
        operator: serde_json::from_value(id("Ana")).unwrap(),
        pin: "1234".to_owned(),
    });
    let first = terminal.call(&caller, &reprint).unwrap().get().to_owned();
    // The page reloaded: it kept the request, and the PIN nowhere.
    reprint.approval = None;
    assert_eq!(terminal.call(&caller, &reprint).unwrap().get(), first);
    // The approval was for that one call.
    let next = envelope(1_005, "receipt.reprint", &json!({ "sale": sale }));
    assert_eq!(terminal.call(&caller, &next).unwrap_err().code.text(), "people.needs_approval");
}
