//! A conversation with a printer over any line: how it is, a job, and what is known of it afterwards. A write that went
//! through proves nothing; only what the printer says afterwards does, and what it does not say is unknown, never fine.

use std::time::{Duration, Instant};

use domain::device::DeviceReason;

use crate::profile::Confirmation;
use crate::status::{Listener, PrinterStatus, Question, Said, can_be_paper, is_paper_status};
use crate::transport::{Closed, LineFault, Transport, WriteError};

/// How long one answer may take, and how often a question is asked again.
const ANSWER_WAIT: Duration = Duration::from_millis(700);
const TRIES: u32 = 3;
/// How long bytes that came unasked, or too late, are waited for.
const STALE_WAIT: Duration = Duration::from_millis(3);
/// Bytes that are thrown away at most before a question: more is no printer.
const STALE_BYTES_MAX: usize = 4_096;
/// How long the bytes of a job may take: a fixed part, and a part for every 4 KiB.
const JOB_WAIT: Duration = Duration::from_secs(10);
/// How long the printer may then take to say that it printed them.
const PRINTED_WAIT: Duration = Duration::from_secs(6);
const WAIT_PER_4K: Duration = Duration::from_secs(1);
/// How long hanging up may take: when it tells whether the bytes were taken, and when that is known already.
const CLOSE_WAIT: Duration = Duration::from_secs(5);
const CONFIRMED_CLOSE_WAIT: Duration = Duration::from_millis(100);
/// No command of ours carries more data behind its head.
const COMMAND_BYTES_MAX: usize = 16_384;

/// What a printer said when it was asked how it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// How it is.
    Status(PrinterStatus),
    /// Nothing.
    Silent,
    /// Something no printer says.
    Garbage,
    /// The line broke, or took no question.
    Broken(LineFault),
}

/// What is known of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// Its bytes, with the question for its end.
    pub total: usize,
    /// How many of them the line accepted.
    pub accepted: usize,
    /// What became of them.
    pub outcome: Outcome,
}

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The printer says so, in this way.
    Confirmed(Confirmation),
    /// Every byte was taken, and the printer is not one that says more. What of it was still under way is lost when it
    /// was not seen to drain.
    Taken(Closed),
    /// Some of it, or all, left; what came out is not known.
    Doubtful(DeviceReason),
    /// Nothing left: it can be tried again.
    NothingLeft(DeviceReason),
}

/// An open line to a printer.
pub struct Printer {
    line: Box<dyn Transport>,
    /// It answered on this line.
    answered: bool,
}

impl Printer {
    /// A printer at the other end of a line that was just opened.
    pub fn new(line: Box<dyn Transport>) -> Self {
        Self { line, answered: false }
    }

    /// Asks how it is. Never longer than three answers may take.
    pub fn ask(&mut self) -> Told {
        let mut told = Told::Silent;
        for _ in 0..TRIES {
            told = self.ask_once(ANSWER_WAIT);
            match told {
                Told::Status(_) => {
                    self.answered = true;
                    return told;
                }
                Told::Broken(_) => return told,
                Told::Silent | Told::Garbage => {}
            }
        }
        told
    }

    /// Asks how it is, once: where somebody waits, or it was silent before.
    pub fn ask_briefly(&mut self) -> Told {
        let told = self.ask_once(ANSWER_WAIT);
        self.answered = matches!(told, Told::Status(_));
        told
    }

    /// One round of questions. An answer too many means that one of them belonged to an earlier question: none counts.
    fn ask_once(&mut self, wait: Duration) -> Told {
        let mut status = PrinterStatus::default();
        // What was said before the first question is too old to count, and no sign of anything.
        if let Err(fault) = self.throw_away_stale() {
            return Told::Broken(fault);
        }
        let questions = [Question::Printer, Question::Paper, Question::Offline, Question::Error];
        for (number, question) in questions.into_iter().enumerate() {
            if number >= 2 && !status.offline {
                break;
            }
            match self.answer(question, wait) {
                Ok(answer) if question == Question::Paper && !can_be_paper(answer) => return Told::Garbage,
                Ok(answer) => status.take(question, answer),
                Err(told) => return told,
            }
            match self.throw_away_stale() {
                Ok(0) => {}
                Ok(_) => return Told::Garbage,
                Err(fault) => return Told::Broken(fault),
            }
        }
        Told::Status(status)
    }

    /// The answer to one question.
    fn answer(&mut self, question: Question, wait: Duration) -> Result<u8, Told> {
        let deadline = Instant::now() + wait;
        self.line
            .write(&question.bytes(), deadline)
            .map_err(|WriteError { fault, .. }| Told::Broken(fault))?;
        let mut listener = Listener::default();
        let mut byte = [0];
        loop {
            match self.line.read(&mut byte, deadline) {
                Ok(0) => return Err(Told::Silent),
                Ok(_) => {}
                Err(error) => return Err(Told::Broken(error.0)),
            }
            match listener.hear(byte[0]) {
                Said::RealTime(answer) => return Ok(answer),
                Said::Unasked => {}
                Said::Garbage => return Err(Told::Garbage),
            }
        }
    }

    /// Takes what was said until now and throws it away. How much of it was an answer, or nothing a printer says.
    fn throw_away_stale(&mut self) -> Result<usize, LineFault> {
        let (mut listener, mut answers, mut thrown) = (Listener::default(), 0, 0);
        let mut buffer = [0; 64];
        while thrown < STALE_BYTES_MAX {
            let count = self.line.read(&mut buffer, Instant::now() + STALE_WAIT).map_err(|error| error.0)?;
            if count == 0 {
                break;
            }
            thrown += count;
            answers += buffer[..count].iter().filter(|byte| listener.hear(**byte) != Said::Unasked).count();
        }
        Ok(answers)
    }

    /// Ends what an earlier job may have left half said, `unsaid` bytes at most: zeros end the data of a command and
    /// mean nothing between commands, and then everything is set back.
    ///
    /// # Errors
    /// When the line breaks first. Nothing of a job has left by then.
    pub fn set_back(&mut self, unsaid: usize) -> Result<(), LineFault> {
        let mut bytes = vec![0; unsaid.min(COMMAND_BYTES_MAX)];
        bytes.extend([0x1B, b'@']);
        self.line.write(&bytes, Instant::now() + time_for(bytes.len())).map_err(|error| error.fault)
    }

    /// Sends a job and finds out what became of it, as surely as `confirms` and the printer allow. `process` tells this
    /// job from others.
    pub fn print(mut self, bytes: &[u8], process: u32, confirms: Confirmation) -> Printed {
        // Who has not answered before will not answer afterwards either.
        let confirms = if self.answered { confirms } else { Confirmation::None };
        let id = process_id(process);
        let mut job = bytes.to_vec();
        match confirms {
            Confirmation::ProcessId => job.extend([&[0x1D, b'(', b'H', 6, 0, 48, 48], &id[..]].concat()),
            Confirmation::InOrder => job.extend([0x1D, b'r', 1]),
            Confirmation::RealTime | Confirmation::None => {}
        }
        let total = job.len();
        let printed = |accepted, outcome| Printed { total, accepted, outcome };
        match self.line.write(&job, Instant::now() + time_for(total)) {
            Ok(()) => {}
            Err(error) if error.accepted == 0 => {
                return printed(0, Outcome::NothingLeft(error.reason()));
            }
            Err(error) => return printed(error.accepted, Outcome::Doubtful(error.reason())),
        }
        let wait = PRINTED_WAIT + WAIT_PER_4K * blocks(total);
        let outcome = match confirms {
            Confirmation::ProcessId => self.confirmed_by_id(&id, wait),
            Confirmation::InOrder => self.confirmed_in_order(wait),
            Confirmation::RealTime => self.confirmed_in_real_time(wait),
            Confirmation::None => self.taken(CLOSE_WAIT),
        };
        printed(total, outcome)
    }

    /// Sends bytes that nothing is to be said about: a pulse to the drawer.
    pub fn send(mut self, bytes: &[u8]) -> Printed {
        let total = bytes.len();
        let printed = |accepted, outcome| Printed { total, accepted, outcome };
        match self.line.write(bytes, Instant::now() + ANSWER_WAIT) {
            Ok(()) => printed(total, self.taken(ANSWER_WAIT)),
            Err(error) if error.accepted == 0 => printed(0, Outcome::NothingLeft(error.reason())),
            Err(error) => printed(error.accepted, Outcome::Doubtful(error.reason())),
        }
    }

    /// Hangs up without having sent a job.
    pub fn hang_up(self) {
        // Nothing was sent, so nothing can be lost, however it ends.
        let (Ok(_) | Err(_)) = self.line.close(Instant::now() + CONFIRMED_CLOSE_WAIT);
    }

    /// The printer repeats the number once it has printed what stood before it.
    fn confirmed_by_id(mut self, id: &[u8; 4], wait: Duration) -> Outcome {
        let answer = [0x37, 0x22, id[0], id[1], id[2], id[3], 0];
        let mut heard = Vec::new();
        let is_there = |heard: &mut Vec<u8>, byte: u8| {
            heard.push(byte);
            heard.ends_with(&answer)
        };
        match self.wait_for(wait, |byte| is_there(&mut heard, byte)) {
            Ok(true) => self.confirmed(Confirmation::ProcessId),
            // It may be one that does not know the question: the next lower one is asked.
            Ok(false) => match self.line.write(&[0x1D, b'r', 1], Instant::now() + ANSWER_WAIT) {
                Ok(()) => self.confirmed_in_order(ANSWER_WAIT),
                Err(error) => Outcome::Doubtful(error.reason()),
            },
            Err(fault) => Outcome::Doubtful(fault.reason()),
        }
    }

    fn confirmed_in_order(mut self, wait: Duration) -> Outcome {
        match self.wait_for(wait, is_paper_status) {
            Ok(true) => match self.ask_once(ANSWER_WAIT) {
                Told::Status(status) => match status.reason() {
                    // It ran out on the last line: what was asked in order was answered all the same by some.
                    Some(reason) => Outcome::Doubtful(reason),
                    None => self.confirmed(Confirmation::InOrder),
                },
                Told::Broken(fault) => Outcome::Doubtful(fault.reason()),
                Told::Silent | Told::Garbage => self.confirmed(Confirmation::InOrder),
            },
            Ok(false) => self.confirmed_in_real_time(ANSWER_WAIT),
            Err(fault) => Outcome::Doubtful(fault.reason()),
        }
    }

    fn confirmed_in_real_time(mut self, wait: Duration) -> Outcome {
        match self.ask_once(wait) {
            Told::Status(status) => match status.reason() {
                Some(reason) => Outcome::Doubtful(reason),
                None => match self.line.close(Instant::now() + CLOSE_WAIT) {
                    Ok(Closed::Drained) => Outcome::Confirmed(Confirmation::RealTime),
                    Ok(closed @ Closed::Unconfirmed) => Outcome::Taken(closed),
                    Err(error) => Outcome::Doubtful(error.reason()),
                },
            },
            Told::Broken(fault) => Outcome::Doubtful(fault.reason()),
            // It spoke before the job, so it is not one that cannot.
            Told::Silent => Outcome::Doubtful(DeviceReason::Stalled),
            Told::Garbage => Outcome::Doubtful(DeviceReason::BadReply),
        }
    }

    fn confirmed(self, how: Confirmation) -> Outcome {
        // What was printed cannot be lost by hanging up, however it ends.
        let (Ok(_) | Err(_)) = self.line.close(Instant::now() + CONFIRMED_CLOSE_WAIT);
        Outcome::Confirmed(how)
    }

    /// Hangs up in good order.
    fn taken(self, wait: Duration) -> Outcome {
        match self.line.close(Instant::now() + wait) {
            Ok(closed) => Outcome::Taken(closed),
            Err(error) => Outcome::Doubtful(error.reason()),
        }
    }

    /// Reads until `is_there` says so; `false` when the time passed in which it could.
    fn wait_for(&mut self, wait: Duration, mut is_there: impl FnMut(u8) -> bool) -> Result<bool, LineFault> {
        let deadline = Instant::now() + wait;
        let mut byte = [0];
        while Instant::now() < deadline {
            match self.line.read(&mut byte, deadline) {
                Ok(0) => return Ok(false),
                Ok(_) if is_there(byte[0]) => return Ok(true),
                Ok(_) => {}
                Err(error) => return Err(error.0),
            }
        }
        Ok(false)
    }
}

/// The number of a job in four characters from `!` to `~`, as `GS ( H` wants them.
fn process_id(number: u32) -> [u8; 4] {
    let mut rest = number;
    let mut digit = || {
        let digit = u8::try_from(rest % 94).unwrap_or_default();
        rest /= 94;
        b'!' + digit
    };
    [digit(), digit(), digit(), digit()]
}

fn blocks(bytes: usize) -> u32 {
    u32::try_from(bytes / 4_096).unwrap_or(u32::MAX)
}

/// How long a line may take for so many bytes.
fn time_for(bytes: usize) -> Duration {
    JOB_WAIT + WAIT_PER_4K * blocks(bytes)
}
