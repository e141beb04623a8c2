//! The envelope of a fact: whatever is read back is written the same, byte for byte.

use wire::fact::header::Header;

/// Reads bytes as an envelope.
pub fn read(data: &[u8]) {
    if let Ok(header) = Header::decode(data) {
        assert_eq!(header.encode(), data, "two envelopes that say the same");
    }
}
