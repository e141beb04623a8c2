//! Never two unmarked copies, never none without a job that can be seen: a receipt is cut at every byte, in every way,
//! on a serial line and on a network, and the till is killed at every byte. Afterwards somebody looks at the paper and
//! answers what the till asks.

mod copies;
mod till;

use copies::{Copies, looked_at};
use devices::simulated::command_ends;
use devices::{Misbehaviour, Slack};
use scenarios::seed::draw::Draw;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use till::{Footer, Till, VOICES, Voice};
use wire::receipt::PrintJobState;

/// What happens at a byte of the receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    /// The printer takes no more.
    Stalls,
    /// The line breaks, and what was under way on it is lost.
    Breaks,
    /// The printer is unplugged, and plugged in again a minute later.
    Unplugged,
    /// The printer is switched off and on: what it had received and not printed is lost too.
    LosesPower,
    /// The paper ends.
    PaperEnds,
    /// Somebody opens the cover.
    CoverOpens,
    /// The printer goes on and says nothing any more.
    FallsSilent,
    /// Somebody else answers in its place.
    Garbled,
    /// The till is killed.
    Killed,
}

const CUTS: [Cut; 9] = [
    Cut::Stalls,
    Cut::Breaks,
    Cut::Unplugged,
    Cut::LosesPower,
    Cut::PaperEnds,
    Cut::CoverOpens,
    Cut::FallsSilent,
    Cut::Garbled,
    Cut::Killed,
];

impl Cut {
    fn misbehaviour(self, after: usize) -> Option<Misbehaviour> {
        match self {
            Self::Stalls => Some(Misbehaviour::StallAfter(after)),
            Self::Breaks | Self::Unplugged | Self::LosesPower => Some(Misbehaviour::ResetAfter(after)),
            Self::PaperEnds => Some(Misbehaviour::PaperOutAfter(after)),
            Self::CoverOpens => Some(Misbehaviour::CoverOpenAfter(after)),
            Self::FallsSilent => Some(Misbehaviour::MuteAfter(after)),
            Self::Garbled => Some(Misbehaviour::GarbageAfter(after)),
            Self::Killed => None,
        }
    }
}

/// What may be wrong from the beginning, and how a receipt that was printed under it ends when all is well again.
const FAULTS: [(Misbehaviour, PrintJobState); 9] = [
    (Misbehaviour::Unreachable, PrintJobState::Printed),
    (Misbehaviour::PermissionDenied, PrintJobState::Printed),
    (Misbehaviour::InUse, PrintJobState::Printed),
    (Misbehaviour::PaperOut, PrintJobState::Printed),
    (Misbehaviour::CoverOpen, PrintJobState::Printed),
    (Misbehaviour::CutterStuck, PrintJobState::Printed),
    (Misbehaviour::Garbage, PrintJobState::Printed),
    (Misbehaviour::StaleStatus, PrintJobState::Printed),
    (Misbehaviour::Mute, PrintJobState::Unconfirmed),
];

const LINES: [Slack; 2] = [Slack::SERIAL, Slack::NETWORK];

/// Every combination: in the tests that are long on purpose. Else each byte is cut in each way once, with lines and voices
/// taking turns.
fn is_deep() -> bool {
    std::env::var_os("TILLKEEPER_DEEP").is_some()
}

/// What all cuts of a test came to.
#[derive(Default)]
struct Tally {
    cases: u32,
    outcomes: BTreeMap<(Cut, String), u32>,
    worst: Copies,
}

impl Tally {
    fn note(&mut self, cut: Cut, (state, copies): (PrintJobState, Copies)) {
        self.cases += 1;
        *self.outcomes.entry((cut, format!("{state:?}"))).or_default() += 1;
        self.worst.unmarked = self.worst.unmarked.max(copies.unmarked);
        self.worst.marked = self.worst.marked.max(copies.marked);
        self.worst.whole = self.worst.whole.max(copies.whole);
    }

    /// Each way to be cut left something in doubt, or the test cuts nothing.
    fn check(&self, what: &str, started: Instant) {
        println!(
            "{} cuts of {what} in {} s, at most {} unmarked and {} marked: {:?}",
            self.cases,
            started.elapsed().as_secs(),
            self.worst.unmarked,
            self.worst.marked,
            self.outcomes
        );
        for cut in CUTS {
            let uncertain = self.outcomes.get(&(cut, "Uncertain".to_owned())).copied().unwrap_or(0);
            assert!(uncertain > 20, "{cut:?}: {:?}", self.outcomes);
        }
        assert_eq!(self.worst.unmarked, 1);
    }
}

/// The printer as it was delivered, and nothing on its paper.
fn begin(till: &mut Till) {
    till.printer().tear_off();
    till.printer().switch_off_and_on();
    till.printer().behave();
    // A line that nothing is known of is asked anew.
    till.wait(61_000);
    till.spool();
}

/// One receipt, cut at one byte.
fn case(till: &mut Till, cut: Cut, after: usize) -> (PrintJobState, Copies) {
    begin(till);
    let number = till.sell();
    match cut.misbehaviour(after) {
        Some(misbehaviour) => till.printer().misbehave(misbehaviour),
        None => *till.deadly.dies_after.lock().unwrap() = Some(after),
    }
    let lived = till.spool();
    *till.deadly.dies_after.lock().unwrap() = None;
    match cut {
        Cut::LosesPower => till.printer().switch_off_and_on(),
        Cut::Unplugged => {
            till.printer().misbehave(Misbehaviour::Unreachable);
            till.wait(61_000);
            till.spool();
            till.printer().switch_off_and_on();
        }
        _ => {}
    }
    if !lived {
        till.start();
    }
    // What a till does first after a start is to look at what it was about to print.
    let state = match till.job(&number).state {
        PrintJobState::Sending => PrintJobState::Uncertain,
        state => state,
    };
    // Nothing more happens by itself that could print a second one.
    till.wait(120_000);
    till.printer().behave();
    till.spool();
    let copies = settled(till, &number, &format!("{cut:?} after {after}: {state:?}"));
    (state, copies)
}

/// Answers what the till asks of a receipt, as somebody who looks at the paper does; what is on it in the end.
fn settled(till: &mut Till, number: &str, what: &str) -> Copies {
    let job = till.job(number);
    let seen = looked_at(&till.printer().paper(), number);
    let context = format!("{what}, then {:?}, {seen:?}", job.state);
    assert!(seen.unmarked <= 1, "{context}");
    match job.state {
        PrintJobState::Printed => assert_eq!(seen.whole, 1, "{context}"),
        PrintJobState::Uncertain => {
            let answer = json!({ "id": job.id, "came_out": seen.whole > 0 });
            till.desk().call::<Value>("print_job.resolve", &answer).unwrap();
            till.spool();
        }
        // It is shown as one of which nobody knows; whoever has no paper in hand prints it again.
        PrintJobState::Unconfirmed => {
            if seen.whole == 0 {
                let sales: Value = till.desk().call("sale.list", &json!({})).unwrap();
                let again = json!({ "sale": sales["sales"][0]["sale"] });
                till.desk().call::<Value>("receipt.reprint", &again).unwrap();
                till.spool();
            }
        }
        other => panic!("{other:?} is no end: {context}"),
    }
    let copies = looked_at(&till.printer().paper(), number);
    assert!(copies.unmarked <= 1, "{context}, {copies:?}");
    assert!(copies.whole >= 1, "{context}, {copies:?}");
    copies
}

/// One till for each voice, and how long its receipts are.
fn tills(footer: Footer) -> Vec<(Voice, Till, Vec<u8>)> {
    let till = |voice| {
        let mut till = Till::new(voice, footer);
        let receipt = till.receipt();
        (voice, till, receipt)
    };
    VOICES.into_iter().map(till).collect()
}

/// Cuts receipts in each way at these places of each till's receipt.
fn cut_at(tills: &mut [(Voice, Till, Vec<u8>)], places: impl Fn(&[u8]) -> Vec<usize>) -> Tally {
    let mut tally = Tally::default();
    let turns = tills.len() * LINES.len();
    for (own, (_, till, receipt)) in tills.iter_mut().enumerate() {
        let places = places(receipt);
        for (line, slack) in LINES.into_iter().enumerate() {
            till.printer().set_slack(slack);
            for (number, cut) in CUTS.into_iter().enumerate() {
                for (place, after) in places.iter().enumerate() {
                    let is_its_turn = (place + number) % turns == own * LINES.len() + line;
                    if is_deep() || is_its_turn {
                        tally.note(cut, case(till, cut, *after));
                    }
                }
            }
        }
    }
    tally
}

#[test]
fn a_receipt_cut_at_every_byte_is_printed_once_or_asked_about() {
    let started = Instant::now();
    let mut tills = tills(Footer::Text);
    let longest = tills.iter().map(|(_, _, receipt)| receipt.len()).max().unwrap();
    let tally = cut_at(&mut tills, |receipt| (0..=receipt.len().max(longest)).collect());
    tally.check(&format!("a receipt of {longest} bytes"), started);
    let each = CUTS.len() * (longest + 1) * if is_deep() { VOICES.len() * LINES.len() } else { 1 };
    assert!(tally.cases as usize == each && longest >= 700, "{} of {each}, {longest} bytes", tally.cases);
}

#[test]
fn a_receipt_with_pictures_cut_at_its_commands_and_anywhere_is_printed_once_or_asked_about() {
    let started = Instant::now();
    let mut tills = tills(Footer::Raster);
    let receipt = tills[0].2.clone();
    let (mut draw, mut anywhere) = (Draw::new(5, 1), Vec::new());
    for _ in 0..500 {
        anywhere.push(usize::try_from(draw.between(0, receipt.len().try_into().unwrap())).unwrap());
    }
    let ends = command_ends(&receipt);
    let pictures = receipt.windows(4).filter(|head| head == b"\x1Dv0\0").count();
    assert!(pictures >= 3 && receipt.len() > 5_000, "{pictures} pictures in {} bytes", receipt.len());
    let around = |end: usize| [end - 1, end, end + 1];
    let at_commands: BTreeSet<usize> = ends.iter().copied().flat_map(around).collect();
    let all: Vec<usize> = at_commands.iter().copied().chain(anywhere).collect();
    let tally = cut_at(&mut tills, |_| all.clone());
    let what = format!(
        "a receipt of {} bytes with {pictures} pictures, around {} commands and anywhere",
        receipt.len(),
        ends.len()
    );
    tally.check(&what, started);
    assert!(tally.cases as usize >= CUTS.len() * all.len(), "{}", tally.cases);
}

/// What is wrong before the first byte keeps a receipt waiting, visibly, until all is well; then it comes out once.
#[test]
fn a_receipt_under_a_fault_waits_and_comes_out_once() {
    let mut cases = 0;
    for (voice, mut till, _) in tills(Footer::Text) {
        for slack in LINES {
            till.printer().set_slack(slack);
            for (fault, end) in FAULTS {
                begin(&mut till);
                let number = till.sell();
                till.printer().misbehave(fault);
                till.spool();
                till.wait(120_000);
                till.printer().behave();
                till.spool();
                let job = till.job(&number);
                let copies = settled(&mut till, &number, &format!("{voice:?} {fault:?}"));
                assert_eq!((copies.unmarked, copies.marked), (1, 0), "{voice:?} {fault:?}");
                let end = if voice == Voice::None { PrintJobState::Unconfirmed } else { end };
                assert_eq!(job.state, end, "{voice:?} {fault:?}");
                cases += 1;
            }
        }
    }
    println!("{cases} receipts under faults");
}
