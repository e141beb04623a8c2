//! Signed heads: each vouches for a fact and, through the chain, for all before it.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use rusqlite::{OptionalExtension, params};
use wire::fact::header::head_message;

impl LedgerTx<'_> {
    /// The key that signed the newest head of this log, or `None` when none is signed.
    ///
    /// # Errors
    /// `Disk`.
    pub fn signing_key(&self) -> Result<Option<[u8; 32]>, DatabaseError> {
        let Some(head) = self.head() else { return Ok(None) };
        let key = self
            .connection
            .prepare_cached("select public_key from signed_head where log = ?1 order by seq desc limit 1")?
            .query_row([head.log], |row| row.get(0))
            .optional()?;
        Ok(key)
    }

    /// Signs the head as this transaction leaves it; one that is signed stays as it is.
    ///
    /// # Errors
    /// `Disk`, `Full`; `Value` before the log began.
    pub fn sign_head(
        &self,
        public_key: [u8; 32],
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> Result<(), DatabaseError> {
        let head = self.head().ok_or_else(|| DatabaseError::Value("the log has not begun".into()))?;
        let signature = sign(&head_message(head.identity.incarnation, head.seq, &head.hash));
        self.connection
            .prepare_cached(
                "insert or ignore into signed_head (log, seq, hash, public_key, signature) values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![head.log, head.seq.cast_signed(), head.hash, public_key, signature])?;
        Ok(())
    }
}
