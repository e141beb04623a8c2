//! The last bytes that went to a device and came back: what whoever helps looks at when a printer prints the wrong thing.
//! Kept in memory only.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::transport::{CloseError, Closed, ReadError, Transport, WriteError};

/// Exchanges kept, and bytes of each.
const EXCHANGES: usize = 100;
const BYTES: usize = 256;
/// A device answers byte by byte: what comes within this time is one exchange.
const ONE_ANSWER: Duration = Duration::from_millis(100);

/// What went one way at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// When.
    pub at: Instant,
    /// Whether the till sent it.
    pub sent: bool,
    /// Its first bytes.
    pub bytes: Vec<u8>,
    /// How many there were.
    pub length: usize,
    /// What went wrong.
    pub fault: Option<String>,
}

/// The last exchanges with a device; clones share them.
#[derive(Debug, Clone, Default)]
pub struct ByteLog {
    exchanges: Arc<Mutex<VecDeque<Exchange>>>,
}

impl ByteLog {
    /// What was exchanged, the oldest first.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.locked().iter().cloned().collect()
    }

    /// Listens in on a line.
    pub fn listen(&self, line: Box<dyn Transport>) -> Box<dyn Transport> {
        Box::new(Logged { line, log: self.clone() })
    }

    /// Notes what was exchanged, or that it failed.
    pub fn note(&self, sent: bool, bytes: &[u8], fault: Option<String>) {
        let at = Instant::now();
        let mut exchanges = self.locked();
        if let Some(last) = exchanges.back_mut()
            && !sent
            && !last.sent
            && fault.is_none()
            && last.fault.is_none()
            && at.duration_since(last.at) < ONE_ANSWER
        {
            last.length += bytes.len();
            last.bytes.extend(bytes.iter().take(BYTES.saturating_sub(last.bytes.len())));
            return;
        }
        if exchanges.len() >= EXCHANGES {
            exchanges.pop_front();
        }
        let first = bytes[..bytes.len().min(BYTES)].to_vec();
        exchanges.push_back(Exchange { at, sent, bytes: first, length: bytes.len(), fault });
    }

    /// A panic of another holder leaves a list as it is: it stays readable.
    fn locked(&self) -> MutexGuard<'_, VecDeque<Exchange>> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line that is listened in on.
struct Logged {
    line: Box<dyn Transport>,
    log: ByteLog,
}

impl Transport for Logged {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        let written = self.line.write(bytes, deadline);
        match &written {
            Ok(()) => self.log.note(true, bytes, None),
            Err(error) => self.log.note(true, &bytes[..error.accepted], Some(error.to_string())),
        }
        written
    }

    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError> {
        let read = self.line.read(buffer, deadline);
        match &read {
            Ok(0) => {}
            Ok(count) => self.log.note(false, &buffer[..*count], None),
            Err(error) => self.log.note(false, &[], Some(error.to_string())),
        }
        read
    }

    fn close(self: Box<Self>, deadline: Instant) -> Result<Closed, CloseError> {
        let closed = self.line.close(deadline);
        if let Err(error) = &closed {
            self.log.note(true, &[], Some(error.to_string()));
        }
        closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulated::SimulatedPrinter;

    #[test]
    fn both_ways_are_kept_and_neither_grows_for_ever() {
        let log = ByteLog::default();
        let printer = SimulatedPrinter::new();
        let now = Instant::now();
        let mut line = log.listen(Box::new(printer.open().unwrap()));
        line.write(&[0x10, 4, 1], now).unwrap();
        line.read(&mut [0; 8], now).unwrap();
        for _ in 0..2 * EXCHANGES {
            line.write(&[b'a'; 2 * BYTES], now).unwrap();
        }
        let kept = log.exchanges();
        assert_eq!(kept.len(), EXCHANGES);
        assert_eq!((kept[0].bytes.len(), kept[0].length, kept[0].sent), (BYTES, 2 * BYTES, true));
        let log = ByteLog::default();
        let mut line = log.listen(Box::new(printer.open().unwrap()));
        line.write(&[0x10, 4, 1], now).unwrap();
        line.read(&mut [0; 8], now).unwrap();
        let told: Vec<_> = log.exchanges().into_iter().map(|one| (one.sent, one.bytes)).collect();
        assert_eq!(told, [(true, vec![0x10, 4, 1]), (false, vec![0x12])]);
    }
}
