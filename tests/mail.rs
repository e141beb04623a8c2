//! Letters leave by a real socket to a server that misbehaves, and none leaves twice unless a person said so. The carrier is
//! stepped, and its clock is the test's.

mod server;

use base64::Engine;
use domain::mail::{MailReason, MailState};
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use server::{AUTHORITY, At, Does, Line, PASSWORD, Server, USER};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use terminal::mail_link::{Patience, SmtpLink};
use terminal::workers::Next;
use terminal::workers::mail::MailCarrier;
use wire::mail::{LetterKind, MailLetter, MailList, MailProposal, SaleMail};

const TO: &str = "anna.lee@example.org";

/// A patience that no test waits for, but where it is shortened.
const LONG: Patience = Patience {
    talk: Duration::from_secs(600),
    answer: Duration::from_secs(600),
    goodbye: Duration::from_secs(600),
};
/// The patience of a test whose server falls silent: however short, the outcome is the same.
const SHORT: Duration = Duration::from_millis(50);

fn link(patience: Patience) -> Arc<SmtpLink> {
    Arc::new(SmtpLink::new(patience).trusting(AUTHORITY).unwrap())
}

fn settings(port: u16, line: Line) -> Value {
    let (security, user) = match line {
        Line::Open => ("none", ""),
        Line::Starttls => ("starttls", USER),
        Line::Tls => ("tls", USER),
    };
    json!({
        "host": "127.0.0.1", "port": port, "security": security, "user": user,
        "sender_name": "Corner Shop", "sender_address": "till@example.com", "reports_to": "",
    })
}

fn save(till: &mut Till, settings: &Value, password: Option<&str>) -> Result<Value, String> {
    let now: Value = till.desk.call("mail.settings", &json!({})).unwrap();
    let save = json!({ "base": now["settings"], "settings": settings, "password": password });
    till.desk.call("mail.save_settings", &save)
}

/// A shop whose letters leave by a server at this port, and a sale in it.
fn shop(place: &Place, patience: Patience, port: u16) -> (Till, Value) {
    let mut till = place.start_with_mail(1, link(patience)).unwrap();
    till.set_up().unwrap();
    save(&mut till, &settings(port, Line::Open), None).unwrap();
    let sale = sell(&mut till);
    (till, sale)
}

fn sell(till: &mut Till) -> Value {
    till.clock.pass(1_000);
    till.sell(450).unwrap();
    let sales: Value = till.desk.call("sale.list", &json!({})).unwrap();
    sales["sales"][0]["sale"].clone()
}

fn mail(till: &mut Till, sale: &Value) -> MailLetter {
    till.desk.call("receipt.mail", &json!({ "sale": sale, "address": TO })).unwrap()
}

fn carrier(till: &Till) -> MailCarrier {
    MailCarrier::new(Arc::clone(&till.terminal), Arc::default())
}

/// Lets the carrier work until it waits. Returns what it waits for.
fn carry(carrier: &mut MailCarrier) -> Next {
    loop {
        match carrier.step() {
            Next::Again => {}
            waits => return waits,
        }
    }
}

fn letter(till: &mut Till, id: i64) -> MailLetter {
    let MailList { letters, done } = till.desk.call("mail.list", &json!({})).unwrap();
    letters.into_iter().chain(done).find(|letter| letter.id == id).unwrap()
}

fn resolve(till: &mut Till, id: i64, resolution: &str) -> Result<MailLetter, String> {
    till.desk.call("mail.resolve", &json!({ "id": id, "resolution": resolution }))
}

fn health(till: &mut Till) -> Value {
    let health: Value = till.desk.call("health.show", &json!({})).unwrap();
    health["items"].as_array().unwrap().iter().find(|item| item["area"] == "mail").unwrap().clone()
}

fn header<'t>(text: &'t str, name: &str) -> &'t str {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap()
}

#[test]
fn a_receipt_arrives_with_its_pdf_and_whom_it_went_to_is_forgotten() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
    let queued = mail(&mut till, &sale);
    assert_eq!((queued.state, queued.copy, queued.address.as_deref()), (MailState::Queued, 0, Some(TO)));
    assert_eq!(carry(&mut carrier(&till)), Next::WhenWoken);
    let [taken] = &server.taken()[..] else { panic!("{:?}", server.taken()) };
    assert_eq!(taken.to, format!("RCPT TO:<{TO}>"));
    assert!(taken.from.starts_with("MAIL FROM:<till@example.com>"), "{}", taken.from);
    assert_eq!(header(&taken.text, "From"), "\"Corner Shop\" <till@example.com>");
    assert_eq!(header(&taken.text, "Subject"), format!("Your receipt {} from Corner Shop", queued.number));
    assert!(header(&taken.text, "Message-ID").ends_with("@example.com>"));
    assert!(taken.text.contains(&format!("Your receipt {} is attached.", queued.number)), "{}", taken.text);
    // `%PDF-` in base64.
    assert!(taken.text.contains("\nJVBERi0"), "{}", taken.text);
    let sent = letter(&mut till, queued.id);
    assert_eq!((sent.state, sent.address, sent.attempts), (MailState::Sent, None, 1));
    assert_eq!(health(&mut till)["reason"], "mail_fine");
}

#[test]
fn what_was_given_out_before_is_a_duplicate() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
    let known: SaleMail = till.desk.call("mail.of_sale", &json!({ "sale": sale })).unwrap();
    assert!(known.is_set_up && !known.is_duplicate);
    assert_eq!(mail(&mut till, &sale).copy, 0);
    let known: SaleMail = till.desk.call("mail.of_sale", &json!({ "sale": sale })).unwrap();
    assert!(known.is_duplicate && known.letters.len() == 1);
    assert_eq!(mail(&mut till, &sale).copy, 1);
    // Paper and letters count together.
    let printed: Value = till.desk.call("receipt.reprint", &json!({ "sale": sale })).unwrap();
    assert_eq!(printed["copy"], 2);
    assert_eq!(mail(&mut till, &sale).copy, 3);
    // Nobody remembers for ever what was given out: what is old counts as given.
    let other = sell(&mut till);
    till.clock.pass(30 * 86_400_000);
    assert_eq!(mail(&mut till, &other).copy, 1);
}

#[test]
fn a_letter_waits_for_weeks_and_over_restarts_and_leaves_once() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    // Nobody listens at a port that was free a moment ago and is kept for the server that comes back.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let (mut till, sale) = shop(&place, LONG, port);
    let queued = mail(&mut till, &sale);
    let mut carrier = carrier(&till);
    let mut pauses = Vec::new();
    for _ in 0..9 {
        let Next::Within(pause) = carry(&mut carrier) else { panic!("a letter waits without a timer") };
        pauses.push(pause.as_secs());
        till.clock.pass(i64::try_from(pause.as_millis()).unwrap());
    }
    assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    let waits = letter(&mut till, queued.id);
    assert_eq!((waits.state, waits.reason), (MailState::Queued, Some(MailReason::Unreachable)));
    let told = health(&mut till);
    assert_eq!(
        (&told["reason"], &told["count"], &told["mail"]),
        (&json!("mail_waiting"), &json!(1), &json!("unreachable"))
    );
    drop((carrier, till));
    // Three weeks later, in another run of the machine.
    let mut till = place.start_with_mail(500, link(LONG)).unwrap();
    till.sign_in().unwrap();
    let server = Server::on(TcpListener::bind(("127.0.0.1", port)).unwrap(), Line::Open);
    let mut carrier = self::carrier(&till);
    assert_eq!(carry(&mut carrier), Next::WhenWoken);
    assert_eq!(server.taken().len(), 1);
    assert_eq!(letter(&mut till, queued.id).state, MailState::Sent);
    till.clock.pass(86_400_000);
    assert_eq!(carry(&mut carrier), Next::WhenWoken);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn every_failure_says_what_it_is_and_who_waits() {
    use At::{Data, End, From, Greeting, Hello, To};
    use Does::{Closes, Falls, Says};
    use MailState::{Failed, Queued, Uncertain};
    let faults = [
        (Greeting, Closes, Queued, MailReason::NotMail),
        (Greeting, Falls, Queued, MailReason::Silent),
        (Greeting, Says("HTTP/1.1 400 Bad Request"), Queued, MailReason::NotMail),
        (Greeting, Says("421 too busy"), Queued, MailReason::PutOff),
        (Greeting, Says("554 not here"), Queued, MailReason::Refused),
        (Hello, Says("502 what is that"), Queued, MailReason::Refused),
        (From, Says("451 later"), Queued, MailReason::PutOff),
        (From, Says("553 not from you"), Failed, MailReason::SenderRefused),
        (To, Says("450 greylisted"), Queued, MailReason::PutOff),
        (To, Says("550 5.1.1 no such person"), Failed, MailReason::AddressRefused),
        (To, Closes, Queued, MailReason::NotMail),
        (Data, Says("452 full"), Queued, MailReason::PutOff),
        (Data, Closes, Queued, MailReason::NotMail),
        (End, Says("451 later"), Queued, MailReason::PutOff),
        (End, Says("552 too large"), Failed, MailReason::Refused),
        (End, Closes, Uncertain, MailReason::Broke),
        (End, Falls, Uncertain, MailReason::Broke),
    ];
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let place = Place::below(folder.path());
    let (till, sale) = shop(&place, LONG, server.port);
    drop(till);
    for (run, (at, does, state, reason)) in (2..).zip(faults) {
        let patience = match (at, does) {
            (Greeting, Falls) => Patience { talk: SHORT, ..LONG },
            (End, Falls) => Patience { answer: SHORT, ..LONG },
            _ => LONG,
        };
        let mut till = place.start_with_mail(run, link(patience)).unwrap();
        till.sign_in().unwrap();
        server.at(at, Some(does));
        let queued = mail(&mut till, &sale);
        let mut carrier = carrier(&till);
        let waits = carry(&mut carrier);
        let now = letter(&mut till, queued.id);
        assert_eq!((now.state, now.reason), (state, Some(reason)), "{at:?} {does:?}");
        assert_eq!(matches!(waits, Next::Within(_)), state == Queued, "{at:?} {does:?}: {waits:?}");
        if let Says(text) = does
            && reason != MailReason::NotMail
        {
            assert_eq!(now.reply.as_deref(), Some(text), "{at:?}");
        }
        // What the server never answered it may have; nothing else arrived, and nothing more does by itself.
        server.at(at, None);
        let there = server.taken().len();
        till.clock.pass(86_400_000);
        assert_eq!(carry(&mut carrier), Next::WhenWoken, "{at:?} {does:?}");
        let more = server.taken().len() - there;
        assert_eq!(more, usize::from(state == Queued), "{at:?} {does:?}");
        if state == Queued {
            assert_eq!(letter(&mut till, queued.id).state, MailState::Sent);
        } else {
            assert_eq!(resolve(&mut till, queued.id, "give_up").unwrap().address, None);
        }
    }
}

#[test]
fn what_may_have_gone_is_asked_about_and_says_so_when_it_goes_again() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let place = Place::below(folder.path());
    let (mut till, sale) = shop(&place, LONG, server.port);
    server.at(At::End, Some(Does::Closes));
    let queued = mail(&mut till, &sale);
    carry(&mut carrier(&till));
    assert_eq!(health(&mut till)["reason"], "mail_uncertain");
    drop(till);
    let mut till = place.start_with_mail(2, link(LONG)).unwrap();
    till.sign_in().unwrap();
    server.at(At::End, None);
    let mut carrier = carrier(&till);
    assert_eq!(carry(&mut carrier), Next::WhenWoken);
    assert_eq!(server.taken().len(), 1);
    assert_eq!(resolve(&mut till, queued.id, "send_again").unwrap().state, MailState::Queued);
    carry(&mut carrier);
    let [first, second] = &server.taken()[..] else { panic!("{}", server.taken().len()) };
    assert_eq!(header(&first.text, "Message-ID"), header(&second.text, "Message-ID"));
    let says = "This e-mail may have reached you before";
    assert_eq!((first.text.contains(says), second.text.contains(says)), (false, true));
    // What was sent is done.
    for resolution in ["send_again", "arrived", "give_up"] {
        assert!(resolve(&mut till, queued.id, resolution).unwrap_err().contains("mail.letter_unknown"));
    }
    // Another may be known to have arrived.
    server.at(At::End, Some(Does::Closes));
    let other = mail(&mut till, &sale);
    carry(&mut carrier);
    assert_eq!(resolve(&mut till, other.id, "arrived").unwrap().state, MailState::Sent);
}

#[test]
fn what_may_have_gone_is_no_original_again_though_it_was_given_up() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
    // One that never left leaves the original to the next.
    let never = mail(&mut till, &sale);
    resolve(&mut till, never.id, "give_up").unwrap();
    let again = mail(&mut till, &sale);
    assert_eq!((never.copy, again.copy), (0, 0));
    server.at(At::End, Some(Does::Closes));
    carry(&mut carrier(&till));
    assert_eq!(letter(&mut till, again.id).state, MailState::Uncertain);
    resolve(&mut till, again.id, "give_up").unwrap();
    assert_eq!(mail(&mut till, &sale).copy, 1);
    // The same where it was to go once more first.
    let other = sell(&mut till);
    let broken = mail(&mut till, &other);
    carry(&mut carrier(&till));
    resolve(&mut till, broken.id, "send_again").unwrap();
    resolve(&mut till, broken.id, "give_up").unwrap();
    assert_eq!(mail(&mut till, &other).copy, 1);
}

#[test]
fn a_till_that_stops_while_a_letter_leaves_asks_at_its_next_start() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let place = Place::below(folder.path());
    let (mut till, sale) = shop(&place, LONG, server.port);
    server.at(At::End, Some(Does::Falls));
    let queued = mail(&mut till, &sale);
    let stopping = Arc::new(AtomicBool::new(false));
    let mut carrier = MailCarrier::new(Arc::clone(&till.terminal), Arc::clone(&stopping));
    let thread = std::thread::spawn(move || carry(&mut carrier));
    server.wait_for(1);
    stopping.store(true, Ordering::Release);
    assert_eq!(thread.join().unwrap(), Next::WhenWoken);
    assert_eq!(letter(&mut till, queued.id).state, MailState::Sending);
    drop(till);
    let mut till = place.start_with_mail(2, link(LONG)).unwrap();
    till.sign_in().unwrap();
    assert_eq!(carry(&mut self::carrier(&till)), Next::WhenWoken);
    let asked = letter(&mut till, queued.id);
    assert_eq!((asked.state, asked.reason), (MailState::Uncertain, Some(MailReason::Interrupted)));
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn lines_are_encrypted_before_anybody_signs_on() {
    for line in [Line::Starttls, Line::Tls] {
        let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(line));
        let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
        let view = save(&mut till, &settings(server.port, line), Some(PASSWORD)).unwrap();
        assert_eq!(view["has_password"], true);
        let queued = mail(&mut till, &sale);
        carry(&mut carrier(&till));
        let sent = letter(&mut till, queued.id);
        assert_eq!(sent.state, MailState::Sent, "{line:?}: {:?} {:?}", sent.reason, sent.reply);
        assert_eq!(server.taken().len(), 1);
    }
}

#[test]
fn a_server_that_is_not_trusted_or_does_not_encrypt_gets_nothing() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Tls));
    let place = Place::below(folder.path());
    let (till, sale) = shop(&place, LONG, server.port);
    drop(till);
    // Nobody vouches for it.
    let mut till = place.start_with_mail(2, Arc::new(SmtpLink::new(LONG))).unwrap();
    till.sign_in().unwrap();
    save(&mut till, &settings(server.port, Line::Tls), Some(PASSWORD)).unwrap();
    let queued = mail(&mut till, &sale);
    let mut carrier = carrier(&till);
    carry(&mut carrier);
    assert_eq!(letter(&mut till, queued.id).reason, Some(MailReason::NotEncrypted));
    // One that offers no encryption is not told the password either.
    let open = Server::start(Line::Open);
    save(&mut till, &settings(open.port, Line::Starttls), Some(PASSWORD)).unwrap();
    carry(&mut carrier);
    let waits = letter(&mut till, queued.id);
    assert_eq!((waits.state, waits.reason), (MailState::Queued, Some(MailReason::NotEncrypted)));
    assert!(server.taken().is_empty() && open.taken().is_empty());
}

#[test]
fn a_password_is_for_one_server_and_user_and_is_told_nobody() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Tls));
    let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
    let ours = settings(server.port, Line::Tls);
    // Over an open line nobody signs on.
    let open = json!({ "security": "none", "user": USER });
    let mut wrong = ours.clone();
    wrong.as_object_mut().unwrap().extend(open.as_object().unwrap().clone());
    assert!(save(&mut till, &wrong, Some(PASSWORD)).unwrap_err().contains("mail.settings_invalid"));
    // A wrong one: every letter waits, with the reason.
    save(&mut till, &ours, Some("open barley")).unwrap();
    let queued = mail(&mut till, &sale);
    let mut carrier = carrier(&till);
    assert!(matches!(carry(&mut carrier), Next::Within(_)));
    assert_eq!(letter(&mut till, queued.id).reason, Some(MailReason::SignInRefused));
    // The right one, and it is tried at once.
    assert_eq!(save(&mut till, &ours, Some(PASSWORD)).unwrap()["has_password"], true);
    assert_eq!(carry(&mut carrier), Next::WhenWoken);
    assert_eq!(letter(&mut till, queued.id).state, MailState::Sent);
    // What is saved without a password keeps it; another server does not get it.
    let mut renamed = ours.clone();
    renamed["sender_name"] = json!("Corner");
    assert_eq!(save(&mut till, &renamed, None).unwrap()["has_password"], true);
    let mut elsewhere = ours.clone();
    elsewhere["host"] = json!("localhost");
    assert_eq!(save(&mut till, &elsewhere, None).unwrap()["has_password"], false);
    let again = mail(&mut till, &sale);
    carry(&mut carrier);
    assert_eq!(letter(&mut till, again.id).reason, Some(MailReason::PasswordMissing));
    let bundle: Value = till.desk.call("health.bundle", &json!({})).unwrap();
    assert!(bundle["blob"].is_string());
    drop((carrier, till));
    let mut files = 0;
    search(folder.path(), &mut |path, bytes| {
        files += 1;
        for secret in [PASSWORD, "open barley"] {
            assert!(!holds(bytes, secret), "{} has the password", path.display());
        }
    });
    assert!(files > 3);
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

fn search(folder: &Path, look: &mut dyn FnMut(&Path, &[u8])) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, look);
        } else {
            look(&path, &std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn a_test_is_answered_at_once_and_holds_up_nothing() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
    let not_one = till.desk.call::<Value>("mail.test", &json!({ "address": "nobody" }));
    assert!(not_one.unwrap_err().contains("mail.address_invalid"));
    server.at(At::Greeting, Some(Does::Says("421 too busy")));
    let queued = mail(&mut till, &sale);
    let mut carrier = carrier(&till);
    carry(&mut carrier);
    // The server is in its pause; whoever tries it does not wait for that.
    let test: MailLetter = till.desk.call("mail.test", &json!({ "address": TO })).unwrap();
    carry(&mut carrier);
    let tried = letter(&mut till, test.id);
    assert_eq!((tried.state, tried.reply.as_deref()), (MailState::Failed, Some("421 too busy")));
    server.at(At::Greeting, None);
    let test: MailLetter = till.desk.call("mail.test", &json!({ "address": TO })).unwrap();
    carry(&mut carrier);
    assert_eq!(letter(&mut till, test.id).state, MailState::Sent);
    // What waited has gone with it.
    assert_eq!(letter(&mut till, queued.id).state, MailState::Sent);
    assert_eq!(header(&server.taken()[0].text, "Subject"), "A test e-mail from Corner Shop");
}

#[test]
fn with_a_customer_goes_the_address_of_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    save(&mut till, &settings(25, Line::Open), None).unwrap();
    let person = json!({ "customer": { "name": "Anna Lee", "email": TO, "status": "active" } });
    let customer: Value = till.desk.call("customer.save", &person).unwrap();
    let view: Value = till.desk.call("sale.set_customer", &json!({ "customer": customer["id"] })).unwrap();
    assert!(view["sale"].is_string());
    let sale = sell(&mut till);
    let known: SaleMail = till.desk.call("mail.of_sale", &json!({ "sale": sale })).unwrap();
    assert_eq!(known.proposed.as_deref(), Some(TO));
    let queued = mail(&mut till, &sale);
    carry(&mut carrier(&till));
    assert_eq!(letter(&mut till, queued.id).address.as_deref(), Some(TO));
    let mut archived = customer["customer"].clone();
    archived["status"] = json!("archived");
    let archive = json!({ "id": customer["id"], "base": customer["customer"], "customer": archived });
    till.desk.call::<Value>("customer.save", &archive).unwrap();
    till.desk.call::<Value>("customer.erase", &json!({ "id": customer["id"] })).unwrap();
    let gone = letter(&mut till, queued.id);
    assert_eq!((gone.state, gone.address), (MailState::GivenUp, None));
}

#[test]
fn an_invoice_leaves_as_a_sheet_and_is_a_copy_from_then_on() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, sale) = shop(&Place::below(folder.path()), LONG, server.port);
    let request = json!({ "sale": sale, "address": TO });
    assert!(till.desk.call::<Value>("invoice.mail", &request).unwrap_err().contains("invoice.not_issued"));
    let buyer = json!({ "sale": sale, "buyer": { "name": "Anna Lee" } });
    let written: Value = till.desk.call("invoice.issue", &buyer).unwrap();
    let number = written["issued"]["invoice_number"].as_str().unwrap().to_owned();
    let queued: MailLetter = till.desk.call("invoice.mail", &request).unwrap();
    assert_eq!((queued.kind, &queued.number, queued.copy), (LetterKind::Invoice, &number, 0));
    assert_eq!(till.desk.call::<MailLetter>("invoice.mail", &request).unwrap().copy, 1);
    carry(&mut carrier(&till));
    let [first, second] = &server.taken()[..] else { panic!("{}", server.taken().len()) };
    assert_eq!(header(&first.text, "Subject"), format!("Invoice {number} from Corner Shop"));
    assert!(first.text.contains(&format!("Invoice {number}.pdf")) && first.text.contains("\nJVBERi0"));
    assert_ne!(header(&first.text, "Message-ID"), header(&second.text, "Message-ID"));
    let after: Value = till.desk.call("invoice.of_sale", &json!({ "sale": sale })).unwrap();
    assert_eq!(after["issued"]["given"], 2);
}

#[test]
fn each_closed_shift_goes_to_the_owner_by_itself_and_no_close_waits_for_it() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, _) = shop(&Place::below(folder.path()), LONG, server.port);
    let close = |till: &mut Till| -> Value {
        let count = json!({ "counted": { "amount": 450, "currency": "EUR" }, "denominations": [] });
        till.desk.call::<Value>("shift.count", &count).unwrap();
        till.desk.call("shift.close", &json!({})).unwrap()
    };
    // Nobody gets them while nobody is named.
    close(&mut till);
    let mut carrier = carrier(&till);
    carry(&mut carrier);
    assert!(server.taken().is_empty());
    let mut named = settings(server.port, Line::Open);
    named["reports_to"] = json!("owner");
    assert!(save(&mut till, &named, None).unwrap_err().contains("mail.settings_invalid"));
    named["reports_to"] = json!("owner@example.com");
    save(&mut till, &named, None).unwrap();
    // The server is away: the shift is closed all the same.
    server.at(At::Greeting, Some(Does::Closes));
    let closed = close(&mut till);
    assert!(matches!(carry(&mut carrier), Next::Within(_)));
    assert!(server.taken().is_empty());
    server.at(At::Greeting, None);
    till.clock.pass(3_600_000);
    carry(&mut carrier);
    let [taken] = &server.taken()[..] else { panic!("{}", server.taken().len()) };
    assert_eq!(taken.to, "RCPT TO:<owner@example.com>");
    let number = closed["z_number"].as_str().unwrap();
    assert_eq!(header(&taken.text, "Subject"), format!("Z report {number} from Corner Shop"));
    assert!(taken.text.contains("\nJVBERi0"));
}

#[test]
fn a_report_leaves_as_pages_and_as_a_table_of_what_was_sold_until_then() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, _) = shop(&Place::below(folder.path()), LONG, server.port);
    let list: Value = till.desk.call("report.list", &json!({})).unwrap();
    let today = &list["today"];
    let asked = |report: &str, address: &str| json!({ "shown": { "report": report, "from": today, "to": today }, "address": address });
    let refused =
        |till: &mut Till, request: &Value| till.desk.call::<Value>("report.mail", request).unwrap_err();
    assert!(refused(&mut till, &asked("horoscope", "owner@example.com")).contains("report.unknown"));
    assert!(refused(&mut till, &asked("days", "owner")).contains("mail.address_invalid"));
    let queued: MailLetter = till.desk.call("report.mail", &asked("days", "owner@example.com")).unwrap();
    assert_eq!((queued.kind, queued.copy), (LetterKind::Report, 0));
    // Another report that is asked for meanwhile takes nothing away from this one.
    till.desk.call::<MailLetter>("report.mail", &asked("products", "owner@example.com")).unwrap();
    sell(&mut till);
    carry(&mut carrier(&till));
    let [days, products] = &server.taken()[..] else { panic!("{}", server.taken().len()) };
    assert_eq!(days.to, "RCPT TO:<owner@example.com>");
    assert_eq!(header(&days.text, "Subject"), format!("{}: Corner Shop", queued.number));
    assert!(queued.number.starts_with("Days "), "{}", queued.number);
    let day = today.as_str().unwrap();
    for (taken, report) in [(days, "days"), (products, "products")] {
        for (ending, begins) in [("pdf", "JVBERi0"), ("xlsx", "UEsDB")] {
            assert!(taken.text.contains(&format!("{report} {day} {day}.{ending}")), "{report} {ending}");
            assert!(taken.text.contains(&format!("\n{begins}")), "{report} {ending}");
        }
    }
    // Two sales of 4.50: the second came after the report was asked for.
    let cells = first_sheet(&attached(&days.text, "UEsDB"));
    assert!(cells.contains("<v>9.00</v>") || cells.contains("<v>9</v>"), "{cells}");
    assert_eq!(letter(&mut till, queued.id).state, MailState::Sent);
}

#[test]
fn a_statement_leaves_as_pages_and_goes_with_its_customer() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start(Line::Open));
    let (mut till, _) = shop(&Place::below(folder.path()), LONG, server.port);
    let person = json!({ "customer": { "name": "Anna Lee", "email": TO, "status": "active" } });
    let customer: Value = till.desk.call("customer.save", &person).unwrap();
    let whose = json!({ "customer": customer["id"] });
    let known: MailProposal = till.desk.call("mail.of_account", &whose).unwrap();
    assert_eq!((known.is_set_up, known.proposed.as_deref()), (true, Some(TO)));
    let shown = json!({ "customer": customer["id"], "period": "open" });
    let request = |to: &str| json!({ "shown": shown, "address": to });
    let wrong = till.desk.call::<Value>("account.mail", &request("anna")).unwrap_err();
    assert!(wrong.contains("mail.address_invalid"), "{wrong}");
    let queued: MailLetter = till.desk.call("account.mail", &request(TO)).unwrap();
    assert_eq!((queued.kind, queued.copy), (LetterKind::Statement, 0));
    // A report that is asked for meanwhile takes nothing away from it.
    let days = json!({ "report": "days", "from": queued.number, "to": queued.number });
    till.desk.call::<MailLetter>("report.mail", &json!({ "shown": days, "address": TO })).unwrap();
    carry(&mut carrier(&till));
    let [taken, _report] = &server.taken()[..] else { panic!("{}", server.taken().len()) };
    assert_eq!(taken.to, format!("RCPT TO:<{TO}>"));
    assert_eq!(header(&taken.text, "Subject"), "Your account statement from Corner Shop");
    assert!(taken.text.contains(&format!("Your account statement {} is attached.", queued.number)));
    let day = &queued.number;
    assert!(taken.text.contains(&format!("Account statement {day} {day}.pdf")), "{}", taken.text);
    let pages = attached(&taken.text, "JVBERi0");
    assert!(pages.starts_with(b"%PDF-"));
    assert_eq!(letter(&mut till, queued.id).state, MailState::Sent);
    // One that waits is nobody's any more when its customer is erased.
    let waits: MailLetter = till.desk.call("account.mail", &request(TO)).unwrap();
    let mut archived = customer["customer"].clone();
    archived["status"] = json!("archived");
    let archive = json!({ "id": customer["id"], "base": customer["customer"], "customer": archived });
    till.desk.call::<Value>("customer.save", &archive).unwrap();
    till.desk.call::<Value>("customer.erase", &json!({ "id": customer["id"] })).unwrap();
    let gone = letter(&mut till, waits.id);
    assert_eq!((gone.state, gone.address), (MailState::GivenUp, None));
}

/// What is attached to a letter and begins like this in base64.
fn attached(text: &str, begins: &str) -> Vec<u8> {
    let lines = text.lines().skip_while(|line| !line.starts_with(begins));
    let coded: String = lines.take_while(|line| !line.is_empty() && !line.starts_with("--")).collect();
    base64::engine::general_purpose::STANDARD.decode(coded).unwrap()
}

/// The first sheet of a workbook, as it is written in it.
fn first_sheet(workbook: &[u8]) -> String {
    let mut files = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut sheet = files.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::read_to_string(&mut sheet).unwrap()
}
