//! Where a log begins in a file: at its first place in a ledger, behind the archive before it in an archive.

use wire::fact::header::Hash;

/// Where a log begins in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begin {
    /// The place before the first one here.
    pub before_seq: i64,
    /// The hash of the fact there; `None` when what is noted cannot be one.
    pub before_hash: Option<Hash>,
    /// The key that had been introduced by then.
    pub before_key: Option<[u8; 32]>,
}

impl Begin {
    /// At the first place of all.
    pub const LOG: Self = Self { before_seq: 0, before_hash: Some([0; 32]), before_key: None };

    /// The first place here.
    pub const fn first(&self) -> i64 {
        self.before_seq + 1
    }
}
