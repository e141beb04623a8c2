//! Files on their way in, by chunks. An upload is named by the hash it promises. So a repeated step does no harm:
//! beginning again finds the upload where it was, a chunk that arrives twice is written twice to the same place, and
//! finishing a finished upload answers with the same hash.

use super::shelf::Shelves;
use super::{BlobError, BlobHash, PictureKind};
use domain::product::ProductError;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of a picture at most.
pub const PICTURE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Bytes of a data file at most.
pub const DATA_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Bytes of one chunk at most: a client may send a whole picture at once.
pub const CHUNK_BYTES_MAX: u64 = PICTURE_BYTES_MAX;
/// Uploads under way at most; the one begun first makes room for another.
pub const UPLOADS_MAX: usize = 16;
/// Data files that wait to be used at most; the one that came first makes room for another.
pub const DATA_FILES_MAX: usize = 4;

/// What is uploaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadKind {
    /// A picture: looked at, kept for good, and shown to everybody who is signed on.
    #[default]
    Picture,
    /// A file to be read by an operation, whatever is in it: a table to import. It is given to nobody, and is gone once it
    /// was used, or when the till starts anew: it may hold the names of people.
    Data,
}

impl UploadKind {
    /// Bytes at most.
    pub const fn bytes_max(self) -> u64 {
        match self {
            Self::Picture => PICTURE_BYTES_MAX,
            Self::Data => DATA_BYTES_MAX,
        }
    }
}

/// Announces an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeginUpload {
    /// Bytes of the whole file.
    pub length: u64,
    /// The hash of the whole file.
    pub sha256: BlobHash,
    /// What it is; a picture when nothing is said.
    #[serde(default)]
    pub kind: UploadKind,
}

impl BeginUpload {
    /// Announces these bytes.
    pub fn of(kind: UploadKind, bytes: &[u8]) -> Self {
        Self { length: u64::try_from(bytes.len()).unwrap_or(u64::MAX), sha256: BlobHash::of(bytes), kind }
    }
}

/// An upload under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name in the calls that follow.
    pub upload: BlobHash,
    /// How many bytes have arrived, from the beginning and without a gap; the next chunk starts here.
    pub received: u64,
}

/// A finished upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// What to call the file in a record or an operation.
    pub hash: BlobHash,
}

/// The uploads under way, and the data files that wait.
#[derive(Default)]
pub struct Uploads(Mutex<Under>);

#[derive(Default)]
struct Under {
    arriving: Vec<Arriving>,
    data: Vec<BlobHash>,
}

/// An upload under way, with its file.
struct Arriving {
    hash: BlobHash,
    kind: UploadKind,
    length: u64,
    received: u64,
    file: File,
}

impl Uploads {
    /// Begins an upload, or finds the one already begun, or the file already here.
    ///
    /// # Errors
    /// `TooLarge`, `Disk`.
    pub fn begin(&self, shelves: &Shelves, begin: BeginUpload) -> Result<Upload, BlobError> {
        let BeginUpload { length, sha256: hash, kind } = begin;
        if length > kind.bytes_max() {
            return Err(BlobError::TooLarge { max_bytes: kind.bytes_max() });
        }
        if shelves.holds(kind, hash) {
            return Ok(Upload { upload: hash, received: length });
        }
        let arriving = &mut self.under().arriving;
        if let Some(place) = arriving.iter().position(|upload| upload.hash == hash) {
            let begun = &arriving[place];
            if (begun.length, begun.kind) == (length, kind) {
                return Ok(Upload { upload: hash, received: begun.received });
            }
            arriving.remove(place);
        }
        if arriving.len() >= UPLOADS_MAX {
            let oldest = arriving.remove(0).hash;
            fs::remove_file(shelves.partial(oldest))?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(shelves.partial(hash))?;
        arriving.push(Arriving { hash, kind, length, received: 0, file });
        Ok(Upload { upload: hash, received: 0 })
    }

    /// Takes a chunk at `offset` bytes from the beginning.
    ///
    /// # Errors
    /// `Unknown`, `ChunkInvalid`, `Disk`.
    pub fn append(
        &self,
        shelves: &Shelves,
        hash: BlobHash,
        offset: u64,
        chunk: &[u8],
    ) -> Result<Upload, BlobError> {
        let arriving = &mut self.under().arriving;
        let Some(upload) = arriving.iter_mut().find(|upload| upload.hash == hash) else {
            return shelves.length(hash).map(|received| Upload { upload: hash, received });
        };
        let end = u64::try_from(chunk.len()).ok().and_then(|length| offset.checked_add(length));
        let end = end.filter(|end| offset <= upload.received && *end <= upload.length);
        let end = end.ok_or(BlobError::ChunkInvalid { received: upload.received })?;
        upload.file.seek(SeekFrom::Start(offset))?;
        upload.file.write_all(chunk)?;
        upload.received = upload.received.max(end);
        Ok(Upload { upload: hash, received: upload.received })
    }

    /// Checks the whole and puts it in its place.
    ///
    /// # Errors
    /// `Unknown`, `ChunkInvalid`, `Picture`, `Disk`.
    pub fn finish(&self, shelves: &Shelves, hash: BlobHash) -> Result<Uploaded, BlobError> {
        // The list stays locked until the file is in its place: whoever asks for the same upload meanwhile waits, and
        // then finds it finished.
        let Under { arriving, data } = &mut *self.under();
        let Some(place) = arriving.iter().position(|upload| upload.hash == hash) else {
            return shelves.length(hash).map(|_| Uploaded { hash });
        };
        let upload = &mut arriving[place];
        if upload.received != upload.length {
            return Err(BlobError::ChunkInvalid { received: upload.received });
        }
        if let Err(error) = check(&mut upload.file, upload.kind, hash) {
            arriving.remove(place);
            fs::remove_file(shelves.partial(hash))?;
            return Err(error);
        }
        let kind = upload.kind;
        match kind {
            UploadKind::Picture => upload.file.sync_all()?,
            // No start finds it again, so the disk is left to those who need it now.
            UploadKind::Data => {
                while data.len() >= DATA_FILES_MAX {
                    shelves.forget(data[0])?;
                    data.remove(0);
                }
            }
        }
        shelves.put(kind, hash)?;
        arriving.remove(place);
        if kind == UploadKind::Data {
            data.push(hash);
        }
        Ok(Uploaded { hash })
    }

    /// Keeps what an operation made of a data file, as another one.
    ///
    /// # Errors
    /// What the disk or the source answers; `FileTooLarge` when there are more than `bytes_max`.
    pub fn keep_data(
        &self,
        shelves: &Shelves,
        source: &mut dyn Read,
        bytes_max: u64,
    ) -> io::Result<BlobHash> {
        let place = shelves.partial(BlobHash::of(b"what is made of a data file"));
        let data = &mut self.under().data;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&place)?;
        let written = io::copy(&mut source.take(bytes_max + 1), &mut file);
        let kept = match written {
            Ok(bytes) if bytes > bytes_max => Err(ErrorKind::FileTooLarge.into()),
            Ok(_) => file.seek(SeekFrom::Start(0)).and_then(|_| BlobHash::of_all(&mut file)),
            Err(error) => Err(error),
        };
        let hash = match kept {
            Ok(hash) => hash,
            Err(error) => {
                fs::remove_file(&place)?;
                return Err(error);
            }
        };
        fs::rename(&place, shelves.partial(hash))?;
        shelves.put(UploadKind::Data, hash)?;
        data.retain(|waiting| *waiting != hash);
        data.push(hash);
        Ok(hash)
    }

    /// Removes a data file that was used or is not wanted; one that is not here is removed already.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn forget(&self, shelves: &Shelves, hash: BlobHash) -> io::Result<()> {
        let data = &mut self.under().data;
        shelves.forget(hash)?;
        data.retain(|waiting| *waiting != hash);
        Ok(())
    }

    fn under(&self) -> MutexGuard<'_, Under> {
        // A panic elsewhere cannot leave the lists half changed: every change of them is a single step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks the whole of an upload against its promise. The bytes are read back from the file, since that is what will be
/// served or read.
fn check(file: &mut File, kind: UploadKind, hash: BlobHash) -> Result<(), BlobError> {
    file.seek(SeekFrom::Start(0))?;
    if BlobHash::of_all(file)? != hash {
        return Err(BlobError::ChunkInvalid { received: 0 });
    }
    match kind {
        UploadKind::Picture => {
            let mut first = Vec::new();
            file.seek(SeekFrom::Start(0))?;
            file.take(PictureKind::BYTES_ASKED).read_to_end(&mut first)?;
            match PictureKind::of(&first) {
                Some(_) => Ok(()),
                None => Err(BlobError::Picture(ProductError::PictureInvalid {})),
            }
        }
        UploadKind::Data => Ok(()),
    }
}
