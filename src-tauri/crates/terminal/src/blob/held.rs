//! The file that was made last, held until it is fetched, for those who have a permission. It is in memory: on a full
//! disk it can be made too, and nothing of it stays behind.

use super::{Blob, BlobError, BlobHash, BlobKind};
use crate::caller::Caller;
use crate::made_file::MadeFile;
use domain::people::Permission;
use std::sync::{Mutex, PoisonError};

/// A file and who may have it.
struct Held {
    file: MadeFile,
    hash: BlobHash,
    bytes: Vec<u8>,
    needs: Permission,
}

/// Room for one file.
#[derive(Default)]
pub struct HeldFile(Mutex<Option<Held>>);

impl HeldFile {
    /// Holds a file in place of the one before.
    pub fn hold(&self, file: MadeFile, bytes: Vec<u8>, needs: Permission) {
        let held = Held { file, hash: BlobHash::of(&bytes), bytes, needs };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
    }

    /// The file held under this hash; `None` when it is another one.
    ///
    /// # Errors
    /// `People` when the caller may not have it.
    pub fn give(&self, hash: BlobHash, caller: &Caller) -> Result<Option<Blob>, BlobError> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = held.as_ref().filter(|held| held.hash == hash) else { return Ok(None) };
        if !caller.may(held.needs) {
            return Err(super::needs(held.needs));
        }
        Ok(Some(Blob { kind: BlobKind::Made(held.file), bytes: held.bytes.clone() }))
    }
}
