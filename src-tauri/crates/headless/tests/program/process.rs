//! The program as its starters see it: its first line, its signals, its exit codes.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How long any step may take on a slow machine.
const STEP_MAX: Duration = Duration::from_secs(60);

pub fn headless(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headless"));
    command.arg("--data-dir").arg(data_dir).arg("--guard-dir").arg(data_dir.with_extension("guard"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A till that has told its address.
pub struct Running {
    child: Child,
    address: String,
    out: BufReader<ChildStdout>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    /// The cookie it sets.
    pub fn cookie(&self) -> String {
        self.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap().to_owned()
    }
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").map(str::to_owned);
        let Some(address) = address else {
            let mut problem = String::new();
            child.stderr.take().unwrap().read_to_string(&mut problem).unwrap();
            panic!("no address: {line}{problem}");
        };
        Self { child, address, out }
    }

    /// Sends a request and reads the whole answer.
    pub fn send(&self, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(STEP_MAX)).unwrap();
        let host = &self.address;
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n\
            Cookie: {cookie}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Waits until it tells its address once more: it started again by itself.
    pub fn wait_for_restart(&mut self) {
        let again = format!("listening on http://{}", self.address);
        let mut line = String::new();
        while line.trim_end() != again {
            line.clear();
            assert_ne!(self.out.read_line(&mut line).unwrap(), 0, "it ended instead of starting again");
        }
    }

    pub fn greeting(&self) -> Value {
        let answer = self.send("GET", "/api/shop.greeting", "", "");
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    pub fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
    }

    pub fn wait(self) -> ExitStatus {
        wait(self.child)
    }
}

/// Waits for the end of a process, not for ever.
fn wait(mut child: Child) -> ExitStatus {
    let (sender, ended) = mpsc::channel();
    let id = child.id();
    thread::spawn(move || sender.send(child.wait().unwrap()));
    ended.recv_timeout(STEP_MAX).unwrap_or_else(|_| panic!("process {id} does not end"))
}

#[test]
fn it_tells_its_address_first_and_ends_when_told() {
    for signal in ["TERM", "INT"] {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("data");
        let till = Running::start(&mut headless(&data));
        assert!(till.address.starts_with("127.0.0.1:"));
        assert_eq!(till.send("GET", "/health/ready", "", "").status, 200);
        assert_eq!(till.greeting()["set_up"], json!(false));
        till.signal(signal);
        assert_eq!(till.wait().code(), Some(0), "{signal}");
        // Everything was closed: the same directory opens again at once.
        let again = Running::start(&mut headless(&data));
        again.signal(signal);
        assert_eq!(again.wait().code(), Some(0), "{signal}");
    }
}

#[test]
fn the_number_a_cashier_reads_out_stands_in_the_log() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let till = Running::start(&mut headless(&data));
    let call = json!({ "request_id": "01920000-0000-7000-8000-000000000001", "payload": {} });
    let answer = till.send("POST", "/api/session.sign_out", "", &call.to_string());
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let reference = body["reference"].as_str().unwrap();
    // In the file before the answer is read: whoever is called next looks it up at once.
    let log = fs::read_to_string(data.join("log/till.log")).unwrap();
    let line = log.lines().find(|line| line.contains(reference)).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains("session.sign_out") && line.contains("people.not_signed_on"), "{line}");
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}

#[test]
fn an_open_stream_of_events_does_not_hold_it() {
    let directory = tempfile::tempdir().unwrap();
    let till = Running::start(&mut headless(&directory.path().join("data")));
    let mut stream = TcpStream::connect(&till.address).unwrap();
    write!(stream, "GET /api/events HTTP/1.1\r\nHost: {}\r\n\r\n", till.address).unwrap();
    let mut first = String::new();
    BufReader::new(&stream).read_line(&mut first).unwrap();
    assert!(first.contains("200"), "{first}");
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}

/// A call whose head has arrived is finished: its client gets the answer, and what it did is there after the restart.
#[test]
fn a_call_under_way_is_finished() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let till = Running::start(&mut headless(&data));
    let shop = json!({
        "name": "Corner Shop", "address": [], "tax_number": "", "currency": "EUR", "language": "en",
        "till_name": "Till 1", "logo": null, "receipt_header": [], "receipt_footer": [],
        "tax_policy": { "mode": "included", "scope": "document", "rounding": "half_up" },
    });
    let body = json!({
        "request_id": "00000000-0000-4000-8000-000000000001",
        "payload": { "shop": shop, "owner_name": "Ana", "owner_pin": "1234" },
    })
    .to_string();

    let mut stream = TcpStream::connect(&till.address).unwrap();
    stream.set_read_timeout(Some(STEP_MAX)).unwrap();
    write!(
        stream,
        "POST /api/shop.set_up HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
        Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        till.address,
        body.len()
    )
    .unwrap();
    let mut answer = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    answer.read_line(&mut line).unwrap();
    assert!(line.contains("100"), "the till waits for the body: {line}");

    till.signal("TERM");
    while TcpStream::connect(&till.address).is_ok() {
        thread::yield_now();
    }
    stream.write_all(body.as_bytes()).unwrap();
    let mut text = String::new();
    answer.read_to_string(&mut text).unwrap();
    assert!(text.contains("HTTP/1.1 200"), "{text}");
    assert_eq!(till.wait().code(), Some(0));

    let again = Running::start(&mut headless(&data));
    assert_eq!(again.greeting()["shop_name"], json!("Corner Shop"));
    again.signal("TERM");
    assert_eq!(again.wait().code(), Some(0));
}

#[test]
fn a_second_start_on_one_directory_is_refused_in_words() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let first = Running::start(&mut headless(&data));
    let second = headless(&data).output().unwrap();
    assert_eq!(second.status.code(), Some(3));
    assert_eq!(second.stdout, b"");
    let words = String::from_utf8(second.stderr).unwrap();
    assert!(words.contains("cannot open") && words.contains(data.to_str().unwrap()), "{words}");
    assert_eq!(first.send("GET", "/health/ready", "", "").status, 200, "the first goes on");
    first.signal("TERM");
    assert_eq!(first.wait().code(), Some(0));
}

#[test]
fn other_machines_cannot_be_let_in() {
    let directory = tempfile::tempdir().unwrap();
    let refused = headless(&directory.path().join("data")).args(["--listen", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("other machines"));
    assert!(!directory.path().join("data").exists(), "nothing was made");
}

#[test]
fn it_says_its_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_headless")).arg("--version").output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        concat!("headless ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

/// The pictures in the blob store, which show how far the filling has come.
fn pictures(data: &Path) -> usize {
    let entries = |path: &Path| fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
    let shelves = entries(&data.join("blobs")).filter(|shelf| shelf.file_name() != "partial");
    shelves.map(|shelf| entries(&shelf.path()).count()).sum()
}

/// The names of all products, read as the owner.
fn product_names(till: &Running, greeting: &Value) -> Vec<String> {
    let owner = &greeting["operators"][0];
    let sign_in = json!({
        "request_id": "00000000-0000-4000-8000-000000000001",
        "payload": { "operator": owner["id"], "pin": owner["demo_pin"] },
    });
    let signed_in = till.send("POST", "/api/session.sign_in", "", &sign_in.to_string());
    let cookie =
        signed_in.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap().to_owned();
    let mut names = Vec::new();
    let mut after = Value::Null;
    loop {
        let body = json!({ "payload": { "category": null, "after": after } }).to_string();
        let page = till.send("POST", "/api/product.tiles", &cookie, &body);
        let page: Value = serde_json::from_str(&page.body).unwrap();
        let tiles = page["tiles"].as_array().unwrap();
        names.extend(tiles.iter().map(|tile| tile["name"].as_str().unwrap().to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            return names;
        }
    }
}

/// Killed while it fills in the demo shop, early and late, it goes on at the next start, and what comes out is one shop.
#[test]
fn the_demo_shop_survives_being_killed_half_way() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    for far_enough in [1, 25, 50] {
        let mut child = headless(&data).arg("--demo").spawn().unwrap();
        let (sender, told) = mpsc::channel();
        let mut out = child.stdout.take().unwrap();
        thread::spawn(move || sender.send(out.read(&mut [0])));
        while pictures(&data) < far_enough {
            let ended = told.recv_timeout(Duration::from_millis(1));
            assert!(
                matches!(ended, Err(RecvTimeoutError::Timeout)),
                "it ended at {} pictures",
                pictures(&data)
            );
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut till = Running::start(headless(&data).arg("--demo"));
    let greeting = till.greeting();
    assert_eq!((&greeting["set_up"], &greeting["demo"]), (&json!(true), &json!(true)));
    let operators = greeting["operators"].as_array().unwrap();
    assert_eq!(operators.len(), 3);
    for operator in operators {
        let mut line = String::new();
        till.out.read_line(&mut line).unwrap();
        assert!(line.contains(" signs on with PIN "), "{line}");
        assert!(operator["demo_pin"].is_string(), "{operator}");
    }
    let names = product_names(&till, &greeting);
    let unique: BTreeSet<_> = names.iter().collect();
    assert_eq!(names.len(), unique.len(), "a product was added twice");
    assert_eq!(names.len(), pictures(&data), "every product has a picture of its own");
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}

/// What `headless verify` says of a path, with its exit code.
fn verified(path: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headless"));
    let output = command.arg("verify").arg(path).args(more).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn the_books_are_checked_beside_a_till_that_runs() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let till = Running::start(&mut headless(&data));
    let guard = data.with_extension("guard");
    let (code, words) = verified(&data, &["--guard-dir", guard.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains(": whole") && words.contains("log 1 (series A)"), "{words}");
    let (code, json) = verified(&data.join("ledger.db"), &["--json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, &report["whole"], &report["faults"]), (Some(0), &json!(true), &json!([])));
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));

    fs::write(data.join("ledger.db"), "no ledger at all").unwrap();
    let (code, words) = verified(&data, &[]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("DAMAGED") && words.contains("verify.file_malformed"), "{words}");
    let (code, words) = verified(&directory.path().join("nothing"), &[]);
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains("there is no ledger"), "{words}");
}

/// The shop these tests set up, with its owner's sign-on: the cookie.
fn corner_shop(till: &Running) -> String {
    let shop = json!({
        "name": "Corner Shop", "address": [], "tax_number": "", "currency": "EUR", "language": "en",
        "till_name": "Till 1", "logo": null, "receipt_header": [], "receipt_footer": [],
        "tax_policy": { "mode": "included", "scope": "document", "rounding": "half_up" },
    });
    let set_up = json!({ "shop": shop, "owner_name": "Ana", "owner_pin": "1234" });
    call(till, "shop.set_up", "", 1, set_up);
    signed_on(till)
}

fn signed_on(till: &Running) -> String {
    let answer = sign_in(till, 900, "1234");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let cookie =
        answer.head.lines().find_map(|line| line.to_lowercase().strip_prefix("set-cookie: ").map(|_| line));
    cookie.unwrap()["set-cookie: ".len()..].split(';').next().unwrap().to_owned()
}

fn sign_in(till: &Running, number: u64, pin: &str) -> Answer {
    let operator = till.greeting()["operators"][0]["id"].clone();
    let body = json!({ "request_id": uuid(number), "payload": { "operator": operator, "pin": pin } });
    till.send("POST", "/api/session.sign_in", "", &body.to_string())
}

fn uuid(number: u64) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn call(till: &Running, operation: &str, cookie: &str, number: u64, payload: Value) -> Value {
    let body = json!({ "request_id": uuid(number), "payload": payload }).to_string();
    let answer = till.send("POST", &format!("/api/{operation}"), cookie, &body);
    assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// Makes a backup and waits until it counts; its path.
fn backed_up(till: &Running, cookie: &str, number: u64) -> String {
    call(till, "backup.make", cookie, number, json!({}));
    for _ in 0..100_000 {
        let list = call(till, "backup.list", cookie, 0, json!({}));
        if list["work"] == "nothing" {
            return list["backups"][0]["path"].as_str().unwrap().to_owned();
        }
        thread::yield_now();
    }
    panic!("no backup is made")
}

#[test]
fn a_backup_is_restored_from_the_command_line_and_what_was_there_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let till = Running::start(&mut headless(&data));
    let cookie = corner_shop(&till);
    let backup = backed_up(&till, &cookie, 10);
    let restore = |backup: &str, words: &[&str]| {
        headless(&data).arg("restore").arg(backup).args(words).output().unwrap()
    };
    let busy = restore(&backup, &[]);
    assert_eq!(busy.status.code(), Some(3), "the till is running");
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));

    let refused = restore(&format!("{backup}.gone.store.db"), &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("there is no such backup"));
    let done = restore(&backup, &[]);
    let words = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{words}");
    assert!(words.contains("Corner Shop, Till 1") && words.contains("what was there is kept in"), "{words}");
    let kept: Vec<_> = fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("replaced-"))
        .collect();
    assert!(kept.len() == 1 && kept[0].join("ledger.db").is_file(), "{kept:?}");

    // Another machine, with a guard of its own, goes on in its place.
    let other = directory.path().join("other");
    let adopted = headless(&other).args(["restore", &backup, "--replace"]).output().unwrap();
    assert_eq!(adopted.status.code(), Some(0));
    for data in [&data, &other] {
        let till = Running::start(&mut headless(data));
        assert_eq!(till.greeting()["shop_name"], json!("Corner Shop"));
        signed_on(&till);
        till.signal("TERM");
        assert_eq!(till.wait().code(), Some(0));
    }
}

#[test]
fn a_till_that_is_told_to_go_on_with_a_backup_starts_again_at_its_address() {
    let directory = tempfile::tempdir().unwrap();
    let mut till = Running::start(&mut headless(&directory.path().join("data")));
    let cookie = corner_shop(&till);
    let backup = backed_up(&till, &cookie, 10);
    let restoring = call(&till, "backup.restore", &cookie, 11, json!({ "path": backup }));
    assert!(Path::new(restoring["kept_in"].as_str().unwrap()).parent().unwrap().is_dir());
    let mut line = String::new();
    till.out.read_line(&mut line).unwrap();
    assert_eq!(line.trim_end(), format!("listening on http://{}", till.address));
    signed_on(&till);
    assert!(Path::new(restoring["kept_in"].as_str().unwrap()).join("ledger.db").is_file());
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}

/// What `headless new-pin` says to a PIN that is typed, with its exit code.
fn new_pin(data: &Path, name: &str, pin: &str) -> (Option<i32>, String) {
    let mut child = headless(data).args(["new-pin", name]).stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{pin}").unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn where_no_pin_can_be_checked_whoever_has_the_files_gives_one_on_the_command_line() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let till = Running::start(&mut headless(&data));
    corner_shop(&till);
    let (code, words) = new_pin(&data, "Ana", "9876");
    assert_eq!(code, Some(3), "the till is running: {words}");
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
    let (code, words) = new_pin(&data, "Ana", "9876");
    assert!(code == Some(1) && words.contains("PINs can be checked"), "{words}");

    let own = fs::read_dir(data.with_extension("guard")).unwrap().map(|entry| entry.unwrap().path());
    let peppers: Vec<_> = own.map(|own| own.join("pepper")).filter(|path| path.is_file()).collect();
    assert_eq!(peppers.len(), 1, "{peppers:?}");
    fs::write(&peppers[0], b"half").unwrap();
    let till = Running::start(&mut headless(&data));
    let refused = sign_in(&till, 20, "1234");
    assert!(refused.status != 200 && refused.body.contains("people.pins_lost"), "{}", refused.body);
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
    for (name, pin, why) in [("Bela", "9876", "no such operator"), ("Ana", "98", "PIN")] {
        let (code, words) = new_pin(&data, name, pin);
        assert!(code == Some(1) && words.contains(why), "{words}");
    }
    let (code, words) = new_pin(&data, "Ana", "9876");
    assert!(code == Some(0) && words.contains("Ana can sign on with it"), "{words}");
    assert!(!words.contains("9876"), "nobody reads it over a shoulder: {words}");
    let till = Running::start(&mut headless(&data));
    let lost = sign_in(&till, 21, "1234");
    assert!(lost.body.contains("people.pin_wrong"), "{}", lost.body);
    assert_eq!(sign_in(&till, 22, "9876").status, 200);
    till.signal("TERM");
    assert_eq!(till.wait().code(), Some(0));
}
