//! The envelope of a fact: a fixed binary layout that is hashed, chained and never changes within a format.
//! Its bytes, with a worked example, are described in `docs/ledger-format.md`.

use domain::ids::{IncarnationId, OperatorId, OrganisationId, StoreId, TerminalId};
use domain::time::{ClockQuality, Hlc, Moment, Timestamp};
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The salt of a payload.
pub type Salt = [u8; 16];

/// What stands at the beginning of every envelope.
pub const MAGIC: &[u8; 4] = b"TKPR";

/// The format this version writes.
pub const FORMAT: u8 = 1;

/// Bytes of an envelope without its kind.
const FIXED_LENGTH: usize = 4 + 1 + 16 * 4 + 8 + 1 + 2 + 2 + 8 + 2 + 8 + 8 + 8 + 1 + 16 + 32 + 32;

/// The fact was recovered into this log from another incarnation.
pub const FLAG_RECOVERED: u16 = 1;

/// The fact stands in a log to train on: nothing in it counts.
pub const FLAG_TRAINING: u16 = 2;

/// Which log a fact stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogIdentity {
    /// Whose.
    pub organisation: OrganisationId,
    /// Where.
    pub store: StoreId,
    /// Which terminal.
    pub terminal: TerminalId,
    /// Which life of it.
    pub incarnation: IncarnationId,
}

/// The envelope of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Which log.
    pub log: LogIdentity,
    /// Its place in the log, from 1, without gaps.
    pub seq: u64,
    /// The kind, ASCII.
    pub kind: String,
    /// The version of the kind's payload.
    pub kind_version: u16,
    /// See `FLAG_…`.
    pub flags: u16,
    /// When it happened, as this terminal's clock saw it.
    pub moment: Moment,
    /// The hybrid logical clock.
    pub hlc: Hlc,
    /// Who did it; nil for the terminal itself.
    pub actor: OperatorId,
    /// The hash of the fact before it; 32 zero bytes in the first.
    pub previous: Hash,
    /// SHA-256 of salt and payload.
    pub payload_hash: Hash,
}

/// Why bytes are not an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// They are too few or too many.
    #[error("the envelope has the wrong length")]
    Length,
    /// They do not begin as an envelope does.
    #[error("this is not an envelope")]
    Magic,
    /// A newer program wrote them.
    #[error("the envelope has format {0}")]
    Format(u8),
    /// A field has a value it cannot have.
    #[error("the envelope has an impossible value")]
    Value,
}

/// The hash of an envelope's bytes: what the next fact carries as `previous`.
pub fn envelope_hash(envelope: &[u8]) -> Hash {
    Sha256::digest(envelope).into()
}

/// The salted commitment to a payload: SHA-256(salt ‖ payload).
pub fn payload_hash(salt: &Salt, payload: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(payload).finalize().into()
}

/// What stands before a head that is signed, so that the signature says nothing else.
const HEAD_CONTEXT: &[u8; 11] = b"tkpr-head-1";

/// The bytes a signed head is signed over: context ‖ incarnation ‖ seq ‖ hash.
pub fn head_message(incarnation: IncarnationId, seq: u64, hash: &Hash) -> Vec<u8> {
    [HEAD_CONTEXT.as_slice(), &incarnation.bytes(), &seq.to_be_bytes(), hash].concat()
}

impl Header {
    /// The bytes that are hashed, big endian.
    pub fn encode(&self) -> Vec<u8> {
        let kind = self.kind.as_bytes();
        let kind_length = u8::try_from(kind.len()).expect("kinds are short constants");
        let mut bytes = Vec::with_capacity(FIXED_LENGTH + kind.len());
        bytes.extend_from_slice(MAGIC);
        bytes.push(FORMAT);
        bytes.extend_from_slice(&self.log.organisation.bytes());
        bytes.extend_from_slice(&self.log.store.bytes());
        bytes.extend_from_slice(&self.log.terminal.bytes());
        bytes.extend_from_slice(&self.log.incarnation.bytes());
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.push(kind_length);
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(&self.kind_version.to_be_bytes());
        bytes.extend_from_slice(&self.flags.to_be_bytes());
        bytes.extend_from_slice(&self.moment.wall.0.to_be_bytes());
        bytes.extend_from_slice(&self.moment.zone_min.to_be_bytes());
        bytes.extend_from_slice(&self.hlc.0.to_be_bytes());
        bytes.extend_from_slice(&self.moment.boot.to_be_bytes());
        bytes.extend_from_slice(&self.moment.mono_ms.to_be_bytes());
        bytes.push(self.moment.quality.code());
        bytes.extend_from_slice(&self.actor.bytes());
        bytes.extend_from_slice(&self.previous);
        bytes.extend_from_slice(&self.payload_hash);
        bytes
    }

    /// Reads an envelope.
    ///
    /// # Errors
    /// `HeaderError` when the bytes are not exactly one envelope of format 1.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        let mut reader = Reader(bytes);
        if reader.take(4)? != MAGIC {
            return Err(HeaderError::Magic);
        }
        let format = reader.take(1)?[0];
        if format != FORMAT {
            return Err(HeaderError::Format(format));
        }
        let log = LogIdentity {
            organisation: OrganisationId::from_bytes(reader.array()?),
            store: StoreId::from_bytes(reader.array()?),
            terminal: TerminalId::from_bytes(reader.array()?),
            incarnation: IncarnationId::from_bytes(reader.array()?),
        };
        let seq = u64::from_be_bytes(reader.array()?);
        let kind_length = usize::from(reader.take(1)?[0]);
        let kind = reader.take(kind_length)?;
        if !kind.is_ascii() {
            return Err(HeaderError::Value);
        }
        let kind = String::from_utf8(kind.to_vec()).map_err(|_| HeaderError::Value)?;
        let kind_version = u16::from_be_bytes(reader.array()?);
        let flags = u16::from_be_bytes(reader.array()?);
        let wall = Timestamp(i64::from_be_bytes(reader.array()?));
        let zone_min = i16::from_be_bytes(reader.array()?);
        let hlc = Hlc(u64::from_be_bytes(reader.array()?));
        let boot = u64::from_be_bytes(reader.array()?);
        let mono_ms = u64::from_be_bytes(reader.array()?);
        let quality = match reader.take(1)?[0] {
            0 => ClockQuality::Unknown,
            1 => ClockQuality::Hour,
            2 => ClockQuality::Week,
            3 => ClockQuality::Jumped,
            _ => return Err(HeaderError::Value),
        };
        let actor = OperatorId::from_bytes(reader.array()?);
        let previous = reader.array()?;
        let payload_hash = reader.array()?;
        if !reader.0.is_empty() {
            return Err(HeaderError::Length);
        }
        let moment = Moment { wall, zone_min, boot, mono_ms, quality };
        Ok(Self { log, seq, kind, kind_version, flags, moment, hlc, actor, previous, payload_hash })
    }

    /// The fact's hash: SHA-256 of the envelope's bytes. The next fact carries it.
    pub fn hash(&self) -> Hash {
        envelope_hash(&self.encode())
    }
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], HeaderError> {
        let (head, tail) = self.0.split_at_checked(length).ok_or(HeaderError::Length)?;
        self.0 = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], HeaderError> {
        self.take(N)?.try_into().map_err(|_| HeaderError::Length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn header(seq: u64, kind: &str, wall: i64, zone_min: i16) -> Header {
        Header {
            log: LogIdentity {
                organisation: OrganisationId(Uuid::from_u128(1)),
                store: StoreId(Uuid::from_u128(2)),
                terminal: TerminalId(Uuid::from_u128(3)),
                incarnation: IncarnationId(Uuid::from_u128(4)),
            },
            seq,
            kind: kind.into(),
            kind_version: 1,
            flags: 0,
            moment: Moment {
                wall: Timestamp(wall),
                zone_min,
                boot: 9,
                mono_ms: 12,
                quality: ClockQuality::Unknown,
            },
            hlc: Hlc(77),
            actor: OperatorId::TERMINAL,
            previous: [7; 32],
            payload_hash: payload_hash(&[1; 16], b"{}"),
        }
    }

    proptest! {
        #[test]
        fn an_envelope_reads_back(seq: u64, kind in "[a-z_.]{1,40}", wall: i64, zone: i16) {
            let written = header(seq, &kind, wall, zone);
            prop_assert_eq!(Header::decode(&written.encode()).unwrap(), written);
        }

        #[test]
        fn any_flipped_bit_changes_the_hash_or_is_refused(byte in 0usize..200, bit in 0u8..8) {
            let written = header(5, "sale.completed", 1_700_000_000_000, 60);
            let mut bytes = written.encode();
            let index = byte % bytes.len();
            bytes[index] ^= 1 << bit;
            if let Ok(read) = Header::decode(&bytes) {
                prop_assert_ne!(read.hash(), written.hash());
            }
        }

        #[test]
        fn garbage_is_refused_not_fatal(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Header::decode(&bytes);
        }
    }

    #[test]
    fn one_byte_more_or_less_is_refused() {
        let mut bytes = header(5, "sale.completed", 0, 0).encode();
        bytes.push(0);
        assert_eq!(Header::decode(&bytes), Err(HeaderError::Length));
        bytes.truncate(bytes.len() - 2);
        assert_eq!(Header::decode(&bytes), Err(HeaderError::Length));
    }
}
