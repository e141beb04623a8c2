//! What was done under a request id, so that the second call is answered with the first result.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::{OperatorId, RequestId};
use domain::time::Timestamp;
use rusqlite::{OptionalExtension, params};

/// An effect, remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneRequest {
    /// Under which id.
    pub id: RequestId,
    /// The operator who called, or nil before the sign-on.
    pub caller: OperatorId,
    /// `noun.verb`.
    pub operation: String,
    /// A keyed hash of operation and payload.
    pub payload_hash: [u8; 32],
    /// What was done, as JSON; the answer is rebuilt from the state it reached.
    pub effect: String,
    /// When.
    pub at: Timestamp,
}

impl Reader {
    /// What was done under this id, or `None`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn request(&self, id: RequestId) -> Result<Option<DoneRequest>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select caller, operation, payload_hash, effect, at from request where id = ?1",
        )?;
        let done = statement
            .query_row([id.bytes()], |row| {
                Ok(DoneRequest {
                    id,
                    caller: OperatorId::from_bytes(row.get(0)?),
                    operation: row.get(1)?,
                    payload_hash: row.get(2)?,
                    effect: row.get(3)?,
                    at: Timestamp(row.get(4)?),
                })
            })
            .optional()?;
        Ok(done)
    }
}

impl LedgerTx<'_> {
    /// Remembers an effect in the transaction that makes it. Returns `false`, and remembers nothing, when another call
    /// with this id came first.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn remember_request(&self, done: &DoneRequest) -> Result<bool, DatabaseError> {
        let added = self
            .connection
            .prepare_cached(
                "insert or ignore into request (id, caller, operation, payload_hash, effect, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                done.id.bytes(),
                done.caller.bytes(),
                done.operation,
                done.payload_hash,
                done.effect,
                done.at.0
            ])?;
        Ok(added == 1)
    }

    /// Forgets effects older than `before`.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn forget_requests(&self, before: Timestamp) -> Result<usize, DatabaseError> {
        Ok(self.connection.prepare_cached("delete from request where at < ?1")?.execute([before.0])?)
    }
}
