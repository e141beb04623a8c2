//! The tail of a log: whether its last facts are whole.

use crate::error::DatabaseError;
use crate::ledger::Head;
use crate::reader::Reader;
use rusqlite::{Connection, params};
use wire::fact::header::{Hash, Header, Salt, envelope_hash, payload_hash};

/// Where a tail is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TailFault {
    /// The place in the log.
    pub seq: u64,
    /// What is wrong there, in English.
    pub problem: &'static str,
}

impl Reader {
    /// Reads the last facts of a log, `facts_max` at most, and returns the first fault: a place that is missing, an
    /// envelope or payload that is not what its hash says, a link that leads elsewhere, or a head that is not there.
    ///
    /// # Errors
    /// `Disk`.
    pub fn tail_fault(&self, head: &Head, facts_max: u32) -> Result<Option<TailFault>, DatabaseError> {
        let first = head.seq.saturating_sub(u64::from(facts_max)) + 1;
        let previous = (first == 1).then_some([0; 32]);
        chain_fault(&self.ledger, head, first, previous)
    }
}

/// The first fault of a log from the place `first` on, whose fact has to follow on `previous` where that is known.
pub(crate) fn chain_fault(
    ledger: &Connection,
    head: &Head,
    first: u64,
    mut previous: Option<Hash>,
) -> Result<Option<TailFault>, DatabaseError> {
    let mut statement = ledger.prepare_cached(
        "select seq, envelope, salt, payload from fact where log = ?1 and seq >= ?2 order by seq",
    )?;
    let mut rows = statement.query(params![head.log, first.cast_signed()])?;
    let mut expected = first;
    while let Some(row) = rows.next()? {
        let seq = row.get::<_, i64>(0)?.cast_unsigned();
        let envelope = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let payload = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        let salt: Option<Salt> = row.get::<_, Vec<u8>>(2)?.try_into().ok();
        let problem = match (Header::decode(envelope), salt) {
            _ if seq != expected => Some("a fact is missing"),
            (Err(_), _) => Some("the envelope cannot be read"),
            (_, None) => Some("the salt has the wrong length"),
            (Ok(header), Some(salt)) => {
                if header.seq != seq || header.log != head.identity {
                    Some("the envelope belongs to another place")
                } else if previous.is_some_and(|hash| hash != header.previous) {
                    Some("the chain is broken")
                } else if payload_hash(&salt, payload) != header.payload_hash {
                    Some("the payload is not what was written")
                } else {
                    None
                }
            }
        };
        if let Some(problem) = problem {
            return Ok(Some(TailFault { seq: expected, problem }));
        }
        previous = Some(envelope_hash(envelope));
        expected += 1;
    }
    let whole = expected == head.seq + 1 && previous.is_none_or(|hash| hash == head.hash);
    Ok((!whole).then_some(TailFault { seq: expected, problem: "the head is not there" }))
}
