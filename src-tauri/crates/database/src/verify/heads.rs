//! Signed heads: rule 10 of `docs/ledger-format.md`.

use super::content::Contents;
use super::fault::{Faults, Problem};
use super::log::Logs;
use super::value::bytes;
use domain::ids::IncarnationId;
use ed25519_dalek::{Signature, VerifyingKey};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use wire::fact::header::{Hash, envelope_hash, head_message};

/// Checks every signed head, and returns how far each log is signed.
///
/// # Errors
/// What SQLite answers.
pub fn check(
    connection: &Connection,
    logs: &Logs,
    contents: &Contents,
    faults: &mut Faults,
) -> rusqlite::Result<BTreeMap<i64, i64>> {
    let mut signed = BTreeMap::new();
    let mut statement = connection
        .prepare("select log, seq, hash, public_key, signature from signed_head order by log, seq")?;
    let mut envelope = connection.prepare("select envelope from fact where log = ?1 and seq = ?2")?;
    let mut heads = statement.query([])?;
    while let Some(row) = heads.next()? {
        let (log, seq): (i64, i64) = (row.get(0)?, row.get(1)?);
        let hash = bytes(row.get_ref(2)?);
        let public_key = bytes(row.get_ref(3)?);
        let signature = bytes(row.get_ref(4)?);
        let there = envelope
            .query_row(params![log, seq], |row| Ok(envelope_hash(bytes(row.get_ref(0)?))))
            .optional()?;
        let introduced = contents.get(&log).and_then(|log| log.key_at(seq));
        let incarnation = logs.get(&log).and_then(|log| log.identity).map(|identity| identity.incarnation);
        let problem = match (there, incarnation) {
            (Some(there), Some(incarnation)) if there == hash => {
                if introduced.is_none_or(|key| key != public_key) {
                    Some(Problem::KeyForeign)
                } else if holds(incarnation, seq, &there, public_key, signature).is_none() {
                    Some(Problem::SignatureWrong)
                } else {
                    None
                }
            }
            _ => Some(Problem::SignedFactDiffers),
        };
        match problem {
            Some(problem) => faults.place(log, seq, problem),
            None => drop(signed.insert(log, seq)),
        }
    }
    Ok(signed)
}

/// Whether a signature holds; `None` when it does not.
fn holds(
    incarnation: IncarnationId,
    seq: i64,
    hash: &Hash,
    public_key: &[u8],
    signature: &[u8],
) -> Option<()> {
    let key = VerifyingKey::from_bytes(public_key.try_into().ok()?).ok()?;
    let signature = Signature::from_slice(signature).ok()?;
    key.verify_strict(&head_message(incarnation, seq.cast_unsigned(), hash), &signature).ok()
}
