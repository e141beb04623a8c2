//! The offline matrix: every operation, played by the till scripts without a hub, with one that refuses, with one that
//! swallows, and without a way into any network. The page `docs/offline.md` is made from what was played.

use crate::scripts::{files, name_of, play, under_every_hub};
use scenarios::player::{Calls, Hub};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use wire::operations::OPERATIONS;

/// Operations no script can play, and where each is played instead.
const ELSEWHERE: [(&str, &str); 2] = [
    ("backup.adopt", "a till of another machine takes over: `tests/lives.rs`"),
    ("shop.leave_demo", "the demo shop is left: `headless/tests/program/leaving.rs`"),
];

/// Set for the copy of this program that has no network.
const WITHOUT_ROUTES: &str = "TILLKEEPER_WITHOUT_ROUTES";

#[test]
fn every_operation_is_played_and_answers_the_same_whatever_the_hub_does() {
    let [alone, others @ ..] = under_every_hub() else { panic!("there is a till without a hub") };
    for other in others {
        assert_eq!(other, alone);
    }
    let played = &alone.calls;
    let mut missing = Vec::new();
    for operation in OPERATIONS {
        let answered = played
            .get(operation.name)
            .is_some_and(|scripts| scripts.values().any(|calls| calls.answered > 0));
        let elsewhere = ELSEWHERE.iter().any(|(name, _)| *name == operation.name);
        if answered == elsewhere {
            missing.push(operation.name);
        }
    }
    assert!(
        missing.is_empty(),
        "no script is answered by these, or one is and they are said to be played elsewhere: {missing:?}"
    );
    println!("{} operations, {} scripts", OPERATIONS.len(), alone.transcripts.len());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/offline.md");
    let page = page(played);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == page, "docs/offline.md is not current: UPDATE=1 cargo test -p scenarios offline");
}

/// Linux gives a program a network of its own in which nothing leads anywhere, not even to itself.
#[test]
fn every_script_plays_the_same_where_no_network_leads_anywhere() {
    if std::env::var_os(WITHOUT_ROUTES).is_some() {
        let nobody = TcpStream::connect("192.0.2.1:443").unwrap_err();
        assert_eq!(nobody.kind(), std::io::ErrorKind::NetworkUnreachable, "{nobody}");
        let played = play(Hub::None);
        for file in files() {
            let name = name_of(&file);
            let written = std::fs::read_to_string(&file).unwrap();
            assert!(played.transcripts[&name] == written, "{name} went otherwise");
        }
        return;
    }
    let unshared = ["--map-root-user", "--net", "--"];
    let allowed = Command::new("unshare").args(unshared).arg("true").output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        println!("not played: this machine lets nobody make a network of their own");
        return;
    }
    let own = std::env::current_exe().unwrap();
    let test = "offline::every_script_plays_the_same_where_no_network_leads_anywhere";
    let output = Command::new("unshare")
        .args(unshared)
        .arg(own)
        .args([test, "--exact", "--nocapture"])
        .env(WITHOUT_ROUTES, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The page: one row for each operation.
fn page(played: &BTreeMap<String, BTreeMap<String, Calls>>) -> String {
    let mut page = String::from(
        "# What works offline\n\n\
        Everything. Each till script in `tests/scenarios/` is played four times: by a till that has no hub, one whose hub \
        refuses every connection, one whose hub takes everything and never answers, and one on a machine from which \
        no network leads anywhere. What the script writes down of answers, facts, paper and drawer has to be the same to the letter. \
        Made from what was played; do not edit.\n\n\
        | operation | no hub | a hub that refuses | a hub that swallows | no network | first played in |\n\
        |---|---|---|---|---|---|\n",
    );
    for operation in OPERATIONS {
        let first = played.get(operation.name).and_then(|scripts| {
            scripts.iter().find(|(_, calls)| calls.answered > 0).map(|(name, _)| name.clone())
        });
        let row = match first {
            Some(script) => format!("the same | the same | the same | the same | `{script}`"),
            None => {
                let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == operation.name);
                let place = elsewhere.map_or("", |(_, place)| place);
                format!("answers | not tried | not tried | not tried | {place}")
            }
        };
        writeln!(page, "| `{}` | {row} |", operation.name).unwrap();
    }
    page
}
