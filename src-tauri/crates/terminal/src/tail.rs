//! The check of the ledger's tail: the facts a power cut or a failing disk most likely hurt. It runs beside the start;
//! no scan waits for it, and of the commands only the first that writes a fact.

use crate::Terminal;
use crate::error::Error;
use database::{Purpose, Reader};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::TryLockError;
use wire::fact::OpenReason;

/// Facts that are read at most: a shop's busy week. Older ones are what `verify` is for.
const FACTS_MAX: u32 = 2_000;

/// Whether the tail was found whole.
#[derive(Default)]
pub(crate) struct TailCheck(Mutex<bool>);

impl Terminal {
    /// Checks the tail once; who comes meanwhile waits. A log whose tail is damaged is not continued: a new one begins.
    pub(crate) fn check_tail(&self) -> Result<(), Error> {
        let mut checked = self.tail.0.lock().unwrap_or_else(PoisonError::into_inner);
        if *checked {
            return Ok(());
        }
        if let Some(head) = self.database.head(Purpose::Selling)? {
            let fault = self.database.read(|reader: &Reader| reader.tail_fault(&head, FACTS_MAX))?;
            if let Some(fault) = fault {
                tracing::error!(seq = fault.seq, problem = fault.problem, "the ledger's tail is damaged");
                self.reincarnate(OpenReason::Damaged)?;
            }
        }
        *checked = true;
        Ok(())
    }
    /// Whether the tail was looked at; while it is, it was not yet.
    pub(crate) fn tail_is_checked(&self) -> bool {
        match self.tail.0.try_lock() {
            Ok(checked) => *checked,
            Err(TryLockError::Poisoned(checked)) => *checked.into_inner(),
            Err(TryLockError::WouldBlock) => false,
        }
    }
}
