//! A line to a printer made of software: it keeps what it receives, and misbehaves on request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError};

/// Jobs older than this many are forgotten, so that a demonstration may run for weeks.
const JOBS_KEPT: usize = 200;

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
}

/// A simulated printer: clones share the same paper.
#[derive(Debug, Clone, Default)]
pub struct SimulatedPrinter {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// What each connection sent, oldest first; the last one may still be open.
    jobs: VecDeque<Vec<u8>>,
    always: Option<Misbehaviour>,
    next: VecDeque<Misbehaviour>,
    answers: VecDeque<u8>,
    opened: u64,
}

impl SimulatedPrinter {
    /// A printer that works.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every connection meets this, open ones too, until [`behave`](Self::behave).
    pub fn misbehave(&self, misbehaviour: Misbehaviour) {
        self.state().always = Some(misbehaviour);
    }

    /// The next connections meet these, one each; then it works again.
    pub fn script(&self, misbehaviours: impl IntoIterator<Item = Misbehaviour>) {
        self.state().next.extend(misbehaviours);
    }

    /// It works again.
    pub fn behave(&self) {
        let mut state = self.state();
        state.always = None;
        state.next.clear();
    }

    /// All bytes of all connections kept, in order.
    pub fn received(&self) -> Vec<u8> {
        self.state().jobs.iter().flatten().copied().collect()
    }

    /// The bytes of each connection kept, oldest first. A connection that sent nothing counts.
    pub fn jobs(&self) -> Vec<Vec<u8>> {
        self.state().jobs.iter().cloned().collect()
    }

    /// Takes the paper away: what was received so far, and an empty printer from here.
    pub fn tear_off(&self) -> Vec<u8> {
        self.state().jobs.drain(..).flatten().collect()
    }

    /// How often it was opened, failed attempts included.
    pub fn times_opened(&self) -> u64 {
        self.state().opened
    }

    /// What it says when it is next read from.
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
            Some(
                Misbehaviour::StallAfter(_)
                | Misbehaviour::ResetAfter(_)
                | Misbehaviour::LostAtClose
                | Misbehaviour::SilentAtClose,
            )
            | None => {}
        }
        if state.jobs.len() >= JOBS_KEPT {
            state.jobs.pop_front();
        }
        state.jobs.push_back(Vec::new());
        Ok(Memory { printer: self.clone(), scripted, sent: 0 })
    }

    /// A panic of another holder leaves bytes as they are: they stay readable.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open line to a [`SimulatedPrinter`].
#[derive(Debug)]
pub struct Memory {
    printer: SimulatedPrinter,
    scripted: Option<Misbehaviour>,
    sent: usize,
}

impl Memory {
    fn misbehaviour(&self) -> Option<Misbehaviour> {
        self.scripted.or(self.printer.state().always)
    }
}

impl Transport for Memory {
    fn write(&mut self, bytes: &[u8], _deadline: Instant) -> Result<(), WriteError> {
        let (room, fault) = match self.misbehaviour() {
            Some(Misbehaviour::StallAfter(total)) => (total.saturating_sub(self.sent), LineFault::Stalled),
            Some(Misbehaviour::ResetAfter(total)) => (total.saturating_sub(self.sent), LineFault::Gone),
            Some(Misbehaviour::Unreachable | Misbehaviour::PermissionDenied | Misbehaviour::InUse) => {
                (0, LineFault::Gone)
            }
            Some(Misbehaviour::LostAtClose | Misbehaviour::SilentAtClose) | None => {
                (usize::MAX, LineFault::Gone)
            }
        };
        let accepted = bytes.len().min(room);
        self.sent += accepted;
        let mut state = self.printer.state();
        // The paper may have been torn off while this line was open.
        if state.jobs.is_empty() {
            state.jobs.push_back(Vec::new());
        }
        if let Some(job) = state.jobs.back_mut() {
            job.extend_from_slice(&bytes[..accepted]);
        }
        if accepted < bytes.len() { Err(WriteError { accepted, fault }) } else { Ok(()) }
    }

    fn read(&mut self, buffer: &mut [u8], _deadline: Instant) -> Result<usize, ReadError> {
        let mut state = self.printer.state();
        let count = buffer.len().min(state.answers.len());
        for (place, byte) in buffer.iter_mut().zip(state.answers.drain(..count)) {
            *place = byte;
        }
        Ok(count)
    }

    fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
        match self.misbehaviour() {
            Some(Misbehaviour::LostAtClose | Misbehaviour::ResetAfter(_)) => Err(CloseError(LineFault::Gone)),
            Some(Misbehaviour::SilentAtClose | Misbehaviour::StallAfter(_)) => Ok(Closed::Unconfirmed),
            Some(Misbehaviour::Unreachable | Misbehaviour::PermissionDenied | Misbehaviour::InUse) | None => {
                Ok(Closed::Drained)
            }
        }
    }
}
