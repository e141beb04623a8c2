//! The file that was made last, held until it is fetched, for those who have a permission. A small one is in memory: on a
//! full disk it can be made too, and nothing of it stays behind. A table of any length lies on the disk.

use super::{Blob, BlobError, BlobHash, BlobKind, Given};
use crate::caller::Caller;
use crate::made_file::MadeFile;
use domain::people::Permission;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A file and who may have it.
struct Held {
    file: MadeFile,
    hash: BlobHash,
    bytes: Bytes,
    needs: Permission,
}

enum Bytes {
    Here(Vec<u8>),
    On(OnDisk),
}

/// A file on the disk that goes when nobody needs it any more.
#[derive(Debug)]
pub struct OnDisk(pub PathBuf);

impl Drop for OnDisk {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, "a file that was made could not be removed; the next start does");
        }
    }
}

/// Room for one file.
#[derive(Default)]
pub struct HeldFile(Mutex<Option<Held>>);

impl HeldFile {
    /// Holds a file in place of the one before.
    pub fn hold(&self, file: MadeFile, bytes: Vec<u8>, needs: Permission) {
        self.put(Held { file, hash: BlobHash::of(&bytes), bytes: Bytes::Here(bytes), needs });
    }

    /// Holds a file of the disk in place of the one before.
    pub fn hold_on_disk(&self, file: MadeFile, hash: BlobHash, place: OnDisk, needs: Permission) {
        self.put(Held { file, hash, bytes: Bytes::On(place), needs });
    }

    fn put(&self, held: Held) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
    }

    /// The file held under this hash; `None` when it is another one.
    ///
    /// # Errors
    /// `People` when the caller may not have it; `Disk`.
    pub fn give(&self, hash: BlobHash, caller: &Caller) -> Result<Option<Given>, BlobError> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = held.as_ref().filter(|held| held.hash == hash) else { return Ok(None) };
        if !caller.may(held.needs) {
            return Err(super::needs(held.needs));
        }
        let kind = BlobKind::Made(held.file);
        Ok(Some(match &held.bytes {
            Bytes::Here(bytes) => Given::Whole(Blob { kind, bytes: bytes.clone() }),
            Bytes::On(place) => {
                let file = File::open(&place.0).map_err(super::absent)?;
                let length = file.metadata()?.len();
                Given::File { kind, file, length }
            }
        }))
    }
}
