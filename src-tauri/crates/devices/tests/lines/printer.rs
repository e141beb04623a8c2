//! Conversations with a simulated printer: what is known of it, and of a job, under every fault.

use devices::{Closed, Confirmation, Misbehaviour, Outcome, Printed, Printer, SimulatedPrinter, Slack, Told};
use domain::device::DeviceReason;

const RECEIPT: &[u8] = b"\x1B@Corner Shop\nTotal 1.50\nThank you\n\x1DVB\0";

fn printer(misbehaviour: Option<Misbehaviour>) -> SimulatedPrinter {
    let printer = SimulatedPrinter::new();
    if let Some(misbehaviour) = misbehaviour {
        printer.misbehave(misbehaviour);
    }
    printer
}

fn open(printer: &SimulatedPrinter) -> Printer {
    Printer::new(Box::new(printer.open().unwrap()))
}

/// Why it cannot print, or the word for what it said.
fn asked(printer: &SimulatedPrinter) -> String {
    match open(printer).ask() {
        Told::Status(status) => match status.reason() {
            Some(reason) => format!("{reason:?}"),
            None if status.paper_low => "ready, paper low".to_owned(),
            None => "ready".to_owned(),
        },
        Told::Silent => "silent".to_owned(),
        Told::Garbage => "garbage".to_owned(),
        Told::Broken(fault) => format!("{fault}"),
    }
}

fn print(printer: &SimulatedPrinter, confirms: Confirmation) -> Printed {
    let mut line = open(printer);
    line.ask();
    line.print(RECEIPT, 7, confirms)
}

#[test]
fn a_printer_is_as_it_says_and_never_better() {
    for (misbehaviour, said) in [
        (None, "ready"),
        (Some(Misbehaviour::PaperOut), "PaperOut"),
        (Some(Misbehaviour::PaperLow), "ready, paper low"),
        (Some(Misbehaviour::CoverOpen), "CoverOpen"),
        (Some(Misbehaviour::CutterStuck), "CutterStuck"),
        (Some(Misbehaviour::Mute), "silent"),
        (Some(Misbehaviour::Garbage), "garbage"),
        (Some(Misbehaviour::StaleStatus), "ready"),
        (Some(Misbehaviour::StallAfter(0)), "the device stopped taking bytes"),
        (Some(Misbehaviour::ResetAfter(0)), "the line broke"),
    ] {
        assert_eq!(asked(&printer(misbehaviour)), said, "{misbehaviour:?}");
    }
}

/// An answer from before, when all was well, says nothing of now: neither one that waits nor one that comes just then.
#[test]
fn an_old_answer_is_not_taken_for_the_state_of_now() {
    let printer = printer(Some(Misbehaviour::PaperOut));
    printer.answer(&[0x12, 0x12, 0x12]);
    assert_eq!(asked(&printer), "PaperOut");
    printer.script([Misbehaviour::StaleStatus]);
    assert_eq!(asked(&printer), "PaperOut");
}

#[test]
fn a_job_is_confirmed_as_surely_as_the_printer_can() {
    for confirms in [Confirmation::ProcessId, Confirmation::InOrder, Confirmation::RealTime] {
        let printer = printer(None);
        let printed = print(&printer, confirms);
        assert_eq!(printed.outcome, Outcome::Confirmed(confirms));
        assert_eq!(printed.accepted, printed.total);
        assert_eq!(printer.paper(), ["Corner Shop", "Total 1.50", "Thank you", "[cut]"]);
    }
    assert_eq!(print(&printer(None), Confirmation::None).outcome, Outcome::Taken(Closed::Drained));
}

#[test]
fn a_printer_that_says_nothing_is_never_taken_for_one_that_printed() {
    for confirms in [Confirmation::ProcessId, Confirmation::InOrder, Confirmation::RealTime] {
        let printed = print(&printer(Some(Misbehaviour::Mute)), confirms);
        assert_eq!(printed.outcome, Outcome::Taken(Closed::Drained));
        // Nor is it asked in the middle of the data what it would not answer.
        assert_eq!(printed.total, RECEIPT.len());
    }
}

/// As long as a short receipt, in text.
fn receipt() -> Vec<u8> {
    let line = b"Something that was sold                     1.50\n";
    [b"\x1B@\x1BR\0", &line.repeat(14)[..], b"\x1DVB\0"].concat()
}

#[test]
fn what_is_cut_is_known_to_the_byte_and_never_confirmed() {
    let receipt = receipt();
    let (mut cases, mut outcomes) = (0, std::collections::BTreeMap::<String, u32>::new());
    for slack in [Slack::default(), Slack::SERIAL, Slack::NETWORK] {
        for after in 0..=receipt.len() {
            for (misbehaviour, beyond) in [
                (Misbehaviour::StallAfter(after), slack.stalled),
                (Misbehaviour::ResetAfter(after), slack.broken),
                (Misbehaviour::PaperOutAfter(after), usize::MAX),
            ] {
                let printer = printer(Some(misbehaviour));
                printer.set_slack(slack);
                let mut line = open(&printer);
                let told = line.ask();
                let printed = line.print(&receipt, 7, Confirmation::ProcessId);
                let arrived = printer.received().len();
                // Beside the job there may be a second question for its end.
                assert!(printed.accepted + 3 >= arrived, "{misbehaviour:?}");
                cases += 1;
                *outcomes.entry(format!("{:?}", printed.outcome)).or_default() += 1;
                match printed.outcome {
                    Outcome::Confirmed(_) => panic!("{misbehaviour:?}: {printed:?}"),
                    Outcome::NothingLeft(_) => assert_eq!((arrived, printed.accepted), (0, 0)),
                    // Where it was mute from the start there was nobody to ask.
                    Outcome::Taken(_) => assert!(!matches!(told, Told::Status(_)), "{misbehaviour:?}"),
                    Outcome::Doubtful(_) => {
                        let all = printed.total.min(after.saturating_add(beyond));
                        assert_eq!(printed.accepted, all, "{misbehaviour:?} {slack:?}");
                    }
                }
            }
        }
    }
    println!("{cases} cuts of {} bytes: {outcomes:?}", receipt.len());
    assert!(cases > 6_000, "{cases}");
}

#[test]
fn paper_that_runs_out_on_the_way_is_said() {
    let printer = printer(Some(Misbehaviour::PaperOutAfter(20)));
    let printed = print(&printer, Confirmation::ProcessId);
    assert_eq!(printed.outcome, Outcome::Doubtful(DeviceReason::PaperOut));
    assert_eq!(printer.paper(), ["Corner Shop"]);
    // With new paper the rest comes out by itself: nobody may send it again unasked.
    printer.behave();
    assert_eq!(printer.paper(), ["Corner Shop", "Total 1.50", "Thank you", "[cut]"]);
}

#[test]
fn a_roll_has_an_end() {
    let printer = printer(None);
    printer.load_paper(60);
    assert_eq!(print(&printer, Confirmation::ProcessId).outcome, Outcome::Doubtful(DeviceReason::PaperOut));
    assert_eq!(printer.paper(), ["Corner Shop", "Total 1.50"]);
    assert_eq!(asked(&printer), "PaperOut");
}

/// Half a picture swallows what follows it, unless it is ended first.
#[test]
fn what_was_left_half_said_is_ended_before_the_next_job() {
    let picture = [&[0x1D, b'v', b'0', 0, 8, 0, 64, 0][..], &[0xAA; 100]].concat();
    let paper = |set_back: bool| {
        let printer = printer(None);
        let mut line = open(&printer);
        assert_eq!(line.ask(), Told::Status(devices::PrinterStatus::default()));
        line.send(&picture);
        let mut line = open(&printer);
        if set_back {
            line.set_back(64 * 8).unwrap();
        }
        line.print(RECEIPT, 7, Confirmation::None);
        printer.paper()
    };
    assert_eq!(paper(false), [""; 0]);
    let whole = paper(true);
    assert_eq!(whole[whole.len() - 4..], ["Corner Shop", "Total 1.50", "Thank you", "[cut]"]);
}

#[test]
fn the_drawer_opens_at_once_although_there_is_no_paper() {
    let profile = devices::Profile::named("epson-tm-t20").unwrap();
    let pins = domain::device::DrawerPins::Profile;
    let kicks = |bytes: &[u8]| {
        let printer = printer(Some(Misbehaviour::PaperOut));
        open(&printer).send(bytes);
        printer.done(0).len()
    };
    assert_eq!(kicks(&devices::drawer::pulse_at_once(profile, pins)), 1);
    assert_eq!(kicks(&devices::drawer::pulse(profile, pins)), 0);
}
