//! A printer made of software. It takes bytes as a printer does, keeps its paper, answers what printers answer, and
//! misbehaves on request. It goes on from one connection to the next, as paper does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::device::SimulatedFault;

use super::paper::{Asked, Done, Interpreter, Step};
use crate::transport::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError};

/// Jobs older than this many are forgotten, so that a demonstration may run for weeks.
const JOBS_KEPT: usize = 200;
/// As is what was done longer ago than this many steps.
const DONE_KEPT: usize = 100_000;
/// Bytes it keeps while it cannot print (a common size of a receive buffer).
const BUFFER: usize = 4_096;
/// Where a fault of the settings strikes: within a short receipt.
const FAULT_AFTER: usize = 200;

/// What a simulated printer does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Nobody answers.
    Unreachable,
    /// The system forbids it.
    PermissionDenied,
    /// Another program has it.
    InUse,
    /// It takes this many bytes of a connection, then no more. The deadline counts as passed at once: a test waits for
    /// nothing.
    StallAfter(usize),
    /// The line breaks after this many bytes of a connection.
    ResetAfter(usize),
    /// It takes every byte and breaks the line while it drains.
    LostAtClose,
    /// It takes every byte and never says that it has.
    SilentAtClose,
    /// There is no paper.
    PaperOut,
    /// The paper ends after this many bytes of a connection.
    PaperOutAfter(usize),
    /// Somebody opens the cover after this many bytes of a connection.
    CoverOpenAfter(usize),
    /// From this many bytes of a connection on it prints and says nothing.
    MuteAfter(usize),
    /// After this many bytes of a connection somebody else answers in its place, and nothing is printed.
    GarbageAfter(usize),
    /// The paper will not last.
    PaperLow,
    /// The cover is open.
    CoverOpen,
    /// The knife is stuck.
    CutterStuck,
    /// It prints and says nothing.
    Mute,
    /// What answers at its address is no printer, and prints nothing.
    Garbage,
    /// Before its first answer on a connection comes one from long ago, when all was well.
    StaleStatus,
}

impl Misbehaviour {
    /// What it turns into in the middle of a job, and after how many bytes.
    const fn turn(self) -> Option<(usize, Self)> {
        match self {
            Self::PaperOutAfter(total) => Some((total, Self::PaperOut)),
            Self::CoverOpenAfter(total) => Some((total, Self::CoverOpen)),
            Self::MuteAfter(total) => Some((total, Self::Mute)),
            Self::GarbageAfter(total) => Some((total, Self::Garbage)),
            Self::Unreachable
            | Self::PermissionDenied
            | Self::InUse
            | Self::StallAfter(_)
            | Self::ResetAfter(_)
            | Self::LostAtClose
            | Self::SilentAtClose
            | Self::PaperOut
            | Self::PaperLow
            | Self::CoverOpen
            | Self::CutterStuck
            | Self::Mute
            | Self::Garbage
            | Self::StaleStatus => None,
        }
    }
}

impl From<SimulatedFault> for Misbehaviour {
    fn from(fault: SimulatedFault) -> Self {
        match fault {
            SimulatedFault::PaperOut => Self::PaperOut,
            SimulatedFault::PaperLow => Self::PaperLow,
            SimulatedFault::CoverOpen => Self::CoverOpen,
            SimulatedFault::CutterStuck => Self::CutterStuck,
            SimulatedFault::Stall => Self::StallAfter(FAULT_AFTER),
            SimulatedFault::Reset => Self::ResetAfter(FAULT_AFTER),
            SimulatedFault::Mute => Self::Mute,
            SimulatedFault::Garbage => Self::Garbage,
            SimulatedFault::StaleStatus => Self::StaleStatus,
            SimulatedFault::Unplugged => Self::Unreachable,
        }
    }
}

/// What lies between a till and a printer: bytes that were accepted and have not arrived yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slack {
    /// So many are accepted beyond those that a stalled printer takes.
    pub stalled: usize,
    /// So many are accepted and lost when the line breaks.
    pub broken: usize,
}

impl Slack {
    /// A serial line: the system's queue, and the chip's.
    pub const SERIAL: Self = Self { stalled: 4_096, broken: 64 };
    /// A network: both ends keep whole receipts.
    pub const NETWORK: Self = Self { stalled: 65_536, broken: 65_536 };
}

/// A simulated printer: clones share the same paper.
#[derive(Debug, Clone, Default)]
pub struct SimulatedPrinter {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// What each connection sent beside questions in real time, oldest first; the last one may still be open.
    jobs: VecDeque<Vec<u8>>,
    /// How many that said something are kept no longer.
    jobs_forgotten: usize,
    always: Option<Misbehaviour>,
    next: VecDeque<Misbehaviour>,
    slack: Slack,
    answers: VecDeque<u8>,
    opened: u64,
    interpreter: Interpreter,
    done: VecDeque<Done>,
    /// How many steps were forgotten.
    forgotten: usize,
    /// Received, and waiting until it can print.
    buffer: VecDeque<u8>,
    /// The last bytes received: a question in real time may come in pieces.
    tail: Vec<u8>,
    out_of_paper: bool,
    /// Dots of paper left; `None` for a roll without an end.
    paper_left: Option<usize>,
    drawer_open: bool,
    /// What `GS a` asked to be told by itself.
    automatic: u8,
}

impl SimulatedPrinter {
    /// A printer that works.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every connection meets this, open ones too, until [`behave`](Self::behave).
    pub fn misbehave(&self, misbehaviour: Misbehaviour) {
        let mut state = self.state();
        state.always = Some(misbehaviour);
        state.out_of_paper = misbehaviour == Misbehaviour::PaperOut;
    }

    /// The next connections meet these, one each; then it works again.
    pub fn script(&self, misbehaviours: impl IntoIterator<Item = Misbehaviour>) {
        self.state().next.extend(misbehaviours);
    }

    /// It works again: new paper, the cover closed. What it had received and not printed comes out.
    pub fn behave(&self) {
        let mut state = self.state();
        state.always = None;
        state.next.clear();
        state.out_of_paper = false;
        state.paper_left = None;
        state.go_on();
    }

    /// Does as the settings say, without taking back what a test asked for otherwise.
    pub(crate) fn set_fault(&self, fault: Option<SimulatedFault>) {
        let mut state = self.state();
        let wanted = fault.map(Misbehaviour::from);
        if state.always != wanted {
            state.always = wanted;
            state.out_of_paper = wanted == Some(Misbehaviour::PaperOut);
            state.go_on();
        }
    }

    /// It is switched off and on: what it had received and not printed is gone.
    pub fn switch_off_and_on(&self) {
        let mut state = self.state();
        state.interpreter = Interpreter::default();
        state.buffer.clear();
        state.tail.clear();
        state.answers.clear();
    }

    /// Puts in a roll of this many dots (8 to the millimetre); when it has run out, there is no paper.
    pub fn load_paper(&self, dots: usize) {
        let mut state = self.state();
        state.paper_left = Some(dots);
        state.out_of_paper = dots == 0;
        state.go_on();
    }

    /// What lies between it and the till.
    pub fn set_slack(&self, slack: Slack) {
        self.state().slack = slack;
    }

    /// Somebody closes the drawer that hangs on it.
    pub fn close_drawer(&self) {
        self.state().drawer_open = false;
    }

    /// All bytes of all connections kept, in order, without questions in real time.
    pub fn received(&self) -> Vec<u8> {
        self.state().jobs.iter().flatten().copied().collect()
    }

    /// The bytes of each connection kept, oldest first, without questions in real time. One on which nothing else was
    /// sent does not count.
    pub fn jobs(&self) -> Vec<Vec<u8>> {
        self.state().jobs.iter().filter(|job| !job.is_empty()).cloned().collect()
    }

    /// How many connections there were before those kept.
    pub fn jobs_forgotten(&self) -> usize {
        self.state().jobs_forgotten
    }

    /// What it did, from step `after` on.
    pub fn done(&self, after: usize) -> Vec<Done> {
        let state = self.state();
        state.done.iter().skip(after.saturating_sub(state.forgotten)).cloned().collect()
    }

    /// The lines of text on its paper, pictures and codes as their names.
    pub fn paper(&self) -> Vec<String> {
        let line = |done: &Done| match done {
            Done::Text(text) => Some(text.clone()),
            Done::Picture { width, height } => Some(format!("[picture {width} x {height}]")),
            Done::Code => Some("[code]".to_owned()),
            Done::Cut => Some("[cut]".to_owned()),
            Done::Kick(_) | Done::SetBack => None,
        };
        self.state().done.iter().filter_map(line).collect()
    }

    /// Dots of paper used so far, 8 to the millimetre.
    pub fn paper_used(&self) -> usize {
        self.state().interpreter.dots
    }

    /// Takes the paper away: what was received so far, and an empty printer from here.
    pub fn tear_off(&self) -> Vec<u8> {
        let mut state = self.state();
        state.forgotten += state.done.len();
        state.done.clear();
        state.jobs.drain(..).flatten().collect()
    }

    /// How often it was opened, failed attempts included.
    pub fn times_opened(&self) -> u64 {
        self.state().opened
    }

    /// What it says when it is next read from, asked or not.
    pub fn answer(&self, bytes: &[u8]) {
        self.state().answers.extend(bytes);
    }

    /// Opens a line to it.
    ///
    /// # Errors
    /// When it was told to misbehave so.
    pub fn open(&self) -> Result<Memory, OpenError> {
        let mut state = self.state();
        state.opened += 1;
        let scripted = state.next.pop_front();
        let name = "simulated printer".to_owned();
        match scripted.or(state.always) {
            Some(Misbehaviour::Unreachable) => return Err(OpenError::Unreachable(name)),
            Some(Misbehaviour::PermissionDenied) => return Err(OpenError::PermissionDenied(name)),
            Some(Misbehaviour::InUse) => return Err(OpenError::InUse(name)),
            _ => {}
        }
        if state.jobs.back().is_none_or(|job| !job.is_empty()) {
            if state.jobs.len() >= JOBS_KEPT {
                let said_something = state.jobs.pop_front().is_some_and(|job| !job.is_empty());
                state.jobs_forgotten += usize::from(said_something);
            }
            state.jobs.push_back(Vec::new());
        }
        Ok(Memory { printer: self.clone(), scripted, sent: 0, asked: false })
    }

    /// A panic of another holder leaves bytes as they are: they stay readable.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn can_print(&self, fault: Option<Misbehaviour>) -> bool {
        !self.out_of_paper
            && !matches!(
                fault,
                Some(Misbehaviour::CoverOpen | Misbehaviour::CutterStuck | Misbehaviour::Garbage)
            )
    }

    /// Prints what waits, as far as it can.
    fn go_on(&mut self) {
        self.print(self.always);
    }

    fn print(&mut self, fault: Option<Misbehaviour>) {
        while self.can_print(fault) {
            let Some(byte) = self.buffer.pop_front() else { return };
            let used = self.interpreter.dots;
            for step in self.interpreter.take(byte) {
                match step {
                    Step::Done(done) => self.note(done),
                    Step::Asked(asked) => self.answer_in_order(&asked, fault),
                }
            }
            if let Some(left) = &mut self.paper_left {
                *left = left.saturating_sub(self.interpreter.dots - used);
                self.out_of_paper = *left == 0;
            }
        }
    }

    fn note(&mut self, done: Done) {
        if let Done::Kick(_) = done {
            self.drawer_open = true;
        }
        if self.done.len() >= DONE_KEPT {
            self.done.pop_front();
            self.forgotten += 1;
        }
        self.done.push_back(done);
    }

    /// Takes bytes in; returns how many it has room for.
    fn receive(&mut self, bytes: &[u8], fault: Option<Misbehaviour>) -> usize {
        for (index, byte) in bytes.iter().enumerate() {
            if self.buffer.len() >= BUFFER {
                return index;
            }
            if let Some(job) = self.jobs.back_mut() {
                job.push(*byte);
            }
            self.take(*byte, fault);
        }
        bytes.len()
    }

    /// One byte that is received: what is asked in real time is answered while it is, wherever it stands.
    fn take(&mut self, byte: u8, fault: Option<Misbehaviour>) {
        self.tail.push(byte);
        match self.tail.as_slice() {
            [0x10, 0x04, question] => {
                let question = *question;
                self.answer_at_once(question, fault);
                self.tail.clear();
            }
            [0x10, 0x14, 1, connector, _] => {
                let connector = *connector & 1;
                self.note(Done::Kick(connector));
                self.tail.clear();
            }
            [0x10] | [0x10, 0x04 | 0x14] | [0x10, 0x14, 1] | [0x10, 0x14, 1, _] => {}
            _ => {
                self.tail.clear();
                if byte == 0x10 {
                    self.tail.push(byte);
                }
            }
        }
        self.buffer.push_back(byte);
        self.print(fault);
    }

    /// The answer to `DLE EOT`.
    fn answer_at_once(&mut self, question: u8, fault: Option<Misbehaviour>) {
        let is = |wanted: Misbehaviour| fault == Some(wanted);
        let (cover, cutter) = (is(Misbehaviour::CoverOpen), is(Misbehaviour::CutterStuck));
        let offline = self.out_of_paper || cover || cutter;
        let bit = |set: bool, bits: u8| if set { bits } else { 0 };
        let answer = match question {
            1 => bit(self.drawer_open, 0x04) | bit(offline, 0x08),
            2 => bit(cover, 0x04) | bit(self.out_of_paper, 0x20) | bit(cutter, 0x40),
            3 => bit(cutter, 0x08),
            4 => bit(self.out_of_paper || is(Misbehaviour::PaperLow), 0x0C) | bit(self.out_of_paper, 0x60),
            _ => return,
        };
        self.say(&[0x12 | answer], fault);
    }

    fn answer_in_order(&mut self, asked: &Asked, fault: Option<Misbehaviour>) {
        let low = fault == Some(Misbehaviour::PaperLow);
        match asked {
            Asked::Process(id) => self.say(&[&[0x37, 0x22], &id[..], &[0]].concat(), fault),
            Asked::InOrder(1 | 49) => self.say(&[if low { 0x03 } else { 0 }], fault),
            Asked::InOrder(_) => self.say(&[u8::from(self.drawer_open)], fault),
            Asked::Identity(1 | 49) => self.say(&[0x20], fault),
            Asked::Identity(2 | 50) => self.say(&[0x02], fault),
            Asked::Identity(66) => self.say(b"_EPSON\0", fault),
            Asked::Identity(67) => self.say(b"_TM-T88IV\0", fault),
            Asked::Identity(_) => self.say(b"_1\0", fault),
            Asked::Automatic(what) => {
                self.automatic = *what;
                self.tell_by_itself(fault);
            }
        }
    }

    /// The status a printer sends without being asked, where that was asked for.
    fn tell_by_itself(&mut self, fault: Option<Misbehaviour>) {
        if self.automatic == 0 {
            return;
        }
        let bit = |set: bool, bits: u8| if set { bits } else { 0 };
        let cover = fault == Some(Misbehaviour::CoverOpen);
        let first =
            0x10 | bit(self.drawer_open, 0x04) | bit(self.out_of_paper || cover, 0x08) | bit(cover, 0x20);
        let second = bit(fault == Some(Misbehaviour::CutterStuck), 0x08);
        let third = bit(fault == Some(Misbehaviour::PaperLow), 0x03) | bit(self.out_of_paper, 0x0C);
        self.say(&[first, second, third, 0], fault);
    }

    fn say(&mut self, bytes: &[u8], fault: Option<Misbehaviour>) {
        match fault {
            Some(Misbehaviour::Mute) => {}
            Some(Misbehaviour::Garbage) => self.answers.extend(b"HTTP/1.1 400 Bad Request\r\n"),
            _ => self.answers.extend(bytes),
        }
    }
}

/// An open line to a [`SimulatedPrinter`].
#[derive(Debug)]
pub struct Memory {
    printer: SimulatedPrinter,
    scripted: Option<Misbehaviour>,
    /// Bytes of jobs that arrived on this line.
    sent: usize,
    /// Whether it was asked anything on this line.
    asked: bool,
}

impl Memory {
    fn misbehaviour(&self) -> Option<Misbehaviour> {
        self.scripted.or(self.printer.state().always)
    }

    /// Why nothing more arrives on this line, if that is so.
    fn fault(&self) -> Option<LineFault> {
        match self.misbehaviour() {
            Some(Misbehaviour::StallAfter(total)) if self.sent >= total => Some(LineFault::Stalled),
            Some(Misbehaviour::ResetAfter(total)) if self.sent >= total => Some(LineFault::Gone),
            Some(Misbehaviour::Unreachable | Misbehaviour::PermissionDenied | Misbehaviour::InUse) => {
                Some(LineFault::Gone)
            }
            _ => None,
        }
    }

    fn ask(&mut self, question: u8) -> Result<(), WriteError> {
        if let Some(fault) = self.fault() {
            return Err(WriteError { accepted: 0, fault });
        }
        let fault = self.misbehaviour();
        let mut state = self.printer.state();
        if !self.asked && fault == Some(Misbehaviour::StaleStatus) {
            state.answers.push_back(0x12);
        }
        self.asked = true;
        state.answer_at_once(question, fault);
        Ok(())
    }
}

impl Transport for Memory {
    fn write(&mut self, bytes: &[u8], _deadline: Instant) -> Result<(), WriteError> {
        if let [0x10, 0x04, question] = bytes {
            return self.ask(*question);
        }
        let misbehaviour = self.misbehaviour();
        let slack = self.printer.state().slack;
        let (room, slack) = match misbehaviour {
            Some(Misbehaviour::StallAfter(total)) => (total.saturating_sub(self.sent), slack.stalled),
            Some(Misbehaviour::ResetAfter(total)) => (total.saturating_sub(self.sent), slack.broken),
            Some(Misbehaviour::Unreachable | Misbehaviour::PermissionDenied | Misbehaviour::InUse) => (0, 0),
            _ => (usize::MAX, slack.stalled),
        };
        let arriving = bytes.len().min(room);
        let mut state = self.printer.state();
        // The paper may have been torn off while this line was open.
        if state.jobs.is_empty() {
            state.jobs.push_back(Vec::new());
        }
        let (mut arrived, mut fault) = (0, misbehaviour);
        if let Some((total, turned)) = misbehaviour.and_then(Misbehaviour::turn) {
            let before = total.saturating_sub(self.sent).min(arriving);
            arrived = state.receive(&bytes[..before], misbehaviour);
            if before < arriving {
                fault = Some(turned);
                state.out_of_paper |= turned == Misbehaviour::PaperOut;
                // The next connection meets it as it is left.
                match &mut self.scripted {
                    Some(scripted) => *scripted = turned,
                    None => state.always = Some(turned),
                }
            }
        }
        arrived += state.receive(&bytes[arrived..arriving], fault);
        drop(state);
        self.sent += arrived;
        if arrived == bytes.len() {
            return Ok(());
        }
        let accepted = bytes.len().min(arrived.saturating_add(slack));
        if accepted == bytes.len() {
            return Ok(());
        }
        Err(WriteError { accepted, fault: self.fault().unwrap_or(LineFault::Stalled) })
    }

    fn read(&mut self, buffer: &mut [u8], _deadline: Instant) -> Result<usize, ReadError> {
        if self.fault() == Some(LineFault::Gone) {
            return Err(ReadError(LineFault::Gone));
        }
        let mut state = self.printer.state();
        let count = buffer.len().min(state.answers.len());
        for (place, byte) in buffer.iter_mut().zip(state.answers.drain(..count)) {
            *place = byte;
        }
        Ok(count)
    }

    fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
        match self.misbehaviour() {
            Some(Misbehaviour::LostAtClose) => Err(CloseError(LineFault::Gone)),
            Some(Misbehaviour::ResetAfter(_)) if self.fault().is_some() => Err(CloseError(LineFault::Gone)),
            Some(Misbehaviour::SilentAtClose | Misbehaviour::StallAfter(_)) => Ok(Closed::Unconfirmed),
            // What it cannot print it has not read.
            _ if !self.printer.state().buffer.is_empty() => Ok(Closed::Unconfirmed),
            _ => Ok(Closed::Drained),
        }
    }
}
