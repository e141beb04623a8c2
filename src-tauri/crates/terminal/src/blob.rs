//! Pictures by their content, and files made to be fetched: the file of a picture is named by the SHA-256 of its bytes,
//! and is there whole or not at all. Every door that carries bytes comes through here, with the rights of its caller.
//!
//! An upload is named by the hash it promises. So a repeated step does no harm: beginning again finds the upload where
//! it was, a chunk that arrives twice is written twice to the same place, and finishing a finished upload answers with
//! the same hash.

use crate::Caller;
use crate::made_file::MadeFile;
use domain::error::{Code, Coded};
use domain::people::{NeedsApproval, PeopleError, Permission};
use domain::product::ProductError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of a picture at most.
pub const BLOB_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Uploads under way at most; the one begun first makes room for another.
pub const UPLOADS_MAX: usize = 16;

/// The name of a blob: the SHA-256 of its bytes, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobHash([u8; 32]);

impl BlobHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads a hash. Nothing but 64 lower-case hexadecimal digits is one, so that a hash is always a plain file name.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(hash))
    }
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl TryFrom<String> for BlobHash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("a hash has 64 lower-case hexadecimal digits")
    }
}

impl From<BlobHash> for String {
    fn from(hash: BlobHash) -> Self {
        hash.to_string()
    }
}

/// The images a till can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl PictureKind {
    /// What the first bytes of a file say it is; what a client says about it is never asked for.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// What a blob is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobKind {
    /// An image to show.
    Picture(PictureKind),
    /// A file to save.
    Made(MadeFile),
}

impl BlobKind {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Picture(kind) => kind.media_type(),
            Self::Made(file) => file.media_type(),
        }
    }

    /// What a browser does with it: shows it, or saves it under a name (RFC 6266).
    pub const fn disposition(self) -> &'static str {
        match self {
            Self::Picture(_) => "inline",
            Self::Made(file) => file.disposition(),
        }
    }
}

/// A blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// What it is.
    pub kind: BlobKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The file that was made last, in memory: on a full disk it can be made too, and nothing of it stays behind.
struct Held {
    file: MadeFile,
    hash: BlobHash,
    bytes: Vec<u8>,
    needs: Permission,
}

/// Announces an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeginUpload {
    /// Bytes of the whole file.
    pub length: u64,
    /// The hash of the whole file.
    pub sha256: BlobHash,
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
    /// What to call the picture in a record.
    pub hash: BlobHash,
}

/// Why bytes were not taken or not given.
#[derive(Debug, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum BlobError {
    /// The file is larger than a till takes.
    #[error("a picture has at most {max_bytes} bytes")]
    TooLarge {
        /// Bytes at most.
        max_bytes: u64,
    },
    /// A chunk leaves a gap or passes the announced length, bytes are missing at the end, or the whole has another
    /// hash than was announced. In the last case the upload begins anew at 0.
    #[error("the chunks do not fit together: {received} bytes are here")]
    ChunkInvalid {
        /// How many bytes are here without a gap.
        received: u64,
    },
    /// There is no such picture, or no such upload.
    #[error("there is no such file")]
    Unknown {},
    /// What was sent is no image a till can show.
    #[error(transparent)]
    Picture(ProductError),
    /// The caller may not.
    #[error(transparent)]
    People(PeopleError),
    /// The disk failed or is full.
    #[error("the file could not be saved or read: {source}")]
    Disk {
        /// What the disk said.
        #[serde(skip)]
        #[from]
        source: io::Error,
    },
}

impl Coded for BlobError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::BlobTooLarge,
            Self::ChunkInvalid { .. } => Code::BlobChunkInvalid,
            Self::Unknown {} => Code::BlobUnknown,
            Self::Picture(error) => error.code(),
            Self::People(error) => error.code(),
            Self::Disk { source } if source.kind() == io::ErrorKind::StorageFull => Code::LedgerDiskFull,
            Self::Disk { .. } => Code::LedgerDiskFault,
        }
    }
}

/// The blobs of a data directory: `blobs/ab/<hash>`, and `blobs/partial/<hash>` while they arrive.
pub struct Blobs {
    directory: PathBuf,
    arriving: Mutex<Vec<Arriving>>,
    held: Mutex<Option<Held>>,
}

/// An upload under way, with its file.
struct Arriving {
    hash: BlobHash,
    length: u64,
    received: u64,
    file: File,
}

impl Blobs {
    /// Opens the blobs of a data directory and removes what interrupted uploads left behind.
    ///
    /// # Errors
    /// When the directory cannot be made or emptied.
    pub fn open(data_dir: &Path) -> io::Result<Self> {
        let directory = data_dir.join("blobs");
        let partial = directory.join("partial");
        if partial.exists() {
            fs::remove_dir_all(&partial)?;
        }
        fs::create_dir_all(&partial)?;
        Ok(Self { directory, arriving: Mutex::new(Vec::new()), held: Mutex::default() })
    }

    /// What this caller may do with them.
    pub fn of<'b>(&'b self, caller: &'b Caller) -> CallerBlobs<'b> {
        CallerBlobs { blobs: self, caller }
    }

    /// Whether the picture is here.
    pub fn holds(&self, hash: BlobHash) -> bool {
        self.path(hash).is_file()
    }

    /// Reads a picture for the terminal's own use: a receipt with the shop's logo.
    ///
    /// # Errors
    /// `Unknown`, `Disk`; `Picture` when the file on the disk is none.
    pub fn read(&self, hash: BlobHash) -> Result<Blob, BlobError> {
        let bytes = match fs::read(self.path(hash)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BlobError::Unknown {}),
            Err(error) => return Err(error.into()),
        };
        let kind = PictureKind::of(&bytes).ok_or(BlobError::Picture(ProductError::PictureInvalid {}))?;
        Ok(Blob { kind: BlobKind::Picture(kind), bytes })
    }

    /// Keeps a file until it is fetched, in place of the one before, for those who have a permission.
    pub(crate) fn hold(&self, file: MadeFile, bytes: Vec<u8>, needs: Permission) {
        let held = Held { file, hash: BlobHash::of(&bytes), bytes, needs };
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
    }

    /// The file held under this hash, if the caller may have it.
    fn held(&self, hash: BlobHash, caller: &Caller) -> Result<Option<Blob>, BlobError> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = held.as_ref().filter(|held| held.hash == hash) else { return Ok(None) };
        if !caller.may(held.needs) {
            let needed = NeedsApproval { permission: held.needs, limit: None };
            return Err(BlobError::People(PeopleError::NeedsApproval(needed)));
        }
        Ok(Some(Blob { kind: BlobKind::Made(held.file), bytes: held.bytes.clone() }))
    }

    fn begin(&self, begin: BeginUpload) -> Result<Upload, BlobError> {
        let BeginUpload { length, sha256: hash } = begin;
        if length > BLOB_BYTES_MAX {
            return Err(BlobError::TooLarge { max_bytes: BLOB_BYTES_MAX });
        }
        if self.holds(hash) {
            return Ok(Upload { upload: hash, received: length });
        }
        let mut arriving = self.arriving();
        if let Some(place) = arriving.iter().position(|upload| upload.hash == hash) {
            if arriving[place].length == length {
                return Ok(Upload { upload: hash, received: arriving[place].received });
            }
            arriving.remove(place);
        }
        if arriving.len() >= UPLOADS_MAX {
            let oldest = arriving.remove(0).hash;
            fs::remove_file(self.partial_path(oldest))?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(self.partial_path(hash))?;
        arriving.push(Arriving { hash, length, received: 0, file });
        Ok(Upload { upload: hash, received: 0 })
    }

    fn append(&self, hash: BlobHash, offset: u64, chunk: &[u8]) -> Result<Upload, BlobError> {
        let mut arriving = self.arriving();
        let Some(upload) = arriving.iter_mut().find(|upload| upload.hash == hash) else {
            return self.finished_length(hash).map(|received| Upload { upload: hash, received });
        };
        let end = u64::try_from(chunk.len()).ok().and_then(|length| offset.checked_add(length));
        let end = end.filter(|end| offset <= upload.received && *end <= upload.length);
        let end = end.ok_or(BlobError::ChunkInvalid { received: upload.received })?;
        upload.file.seek(SeekFrom::Start(offset))?;
        upload.file.write_all(chunk)?;
        upload.received = upload.received.max(end);
        Ok(Upload { upload: hash, received: upload.received })
    }

    fn finish(&self, hash: BlobHash) -> Result<Uploaded, BlobError> {
        // The list stays locked until the file is in its place: whoever asks for the same upload meanwhile waits, and
        // then finds it finished.
        let mut arriving = self.arriving();
        let Some(place) = arriving.iter().position(|upload| upload.hash == hash) else {
            return self.finished_length(hash).map(|_| Uploaded { hash });
        };
        let upload = &mut arriving[place];
        if upload.received != upload.length {
            return Err(BlobError::ChunkInvalid { received: upload.received });
        }
        if let Err(error) = check(&mut upload.file, hash) {
            arriving.remove(place);
            fs::remove_file(self.partial_path(hash))?;
            return Err(error);
        }
        upload.file.sync_all()?;
        let path = self.path(hash);
        let shelf = path.parent().expect("a blob lies on a shelf of the directory");
        fs::create_dir_all(shelf)?;
        fs::rename(self.partial_path(hash), &path)?;
        sync_directory(shelf)?;
        sync_directory(&self.directory)?;
        arriving.remove(place);
        Ok(Uploaded { hash })
    }

    fn finished_length(&self, hash: BlobHash) -> Result<u64, BlobError> {
        match fs::metadata(self.path(hash)) {
            Ok(metadata) => Ok(metadata.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(BlobError::Unknown {}),
            Err(error) => Err(error.into()),
        }
    }

    fn arriving(&self) -> MutexGuard<'_, Vec<Arriving>> {
        // A panic elsewhere cannot leave the list half changed: every change of it is a single step.
        self.arriving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, hash: BlobHash) -> PathBuf {
        let name = hash.to_string();
        self.directory.join(&name[..2]).join(name)
    }

    fn partial_path(&self, hash: BlobHash) -> PathBuf {
        self.directory.join("partial").join(hash.to_string())
    }
}

/// The blobs behind the rights of a caller.
#[derive(Clone, Copy)]
pub struct CallerBlobs<'b> {
    blobs: &'b Blobs,
    caller: &'b Caller,
}

impl CallerBlobs<'_> {
    /// Begins an upload, or finds the one already begun, or the picture already here.
    ///
    /// # Errors
    /// `People`, `TooLarge`, `Disk`.
    pub fn begin(self, begin: BeginUpload) -> Result<Upload, BlobError> {
        self.may_upload()?;
        self.blobs.begin(begin)
    }

    /// Takes a chunk at `offset` bytes from the beginning.
    ///
    /// # Errors
    /// `People`, `Unknown`, `ChunkInvalid`, `Disk`.
    pub fn append(self, upload: BlobHash, offset: u64, chunk: &[u8]) -> Result<Upload, BlobError> {
        self.may_upload()?;
        self.blobs.append(upload, offset, chunk)
    }

    /// Checks length, hash and kind, and puts the picture in its place, durable before this returns.
    ///
    /// # Errors
    /// `People`, `Unknown`, `ChunkInvalid`, `Picture`, `Disk`.
    pub fn finish(self, upload: BlobHash) -> Result<Uploaded, BlobError> {
        self.may_upload()?;
        self.blobs.finish(upload)
    }

    /// Reads a picture, or the bundle that was made last.
    ///
    /// # Errors
    /// `People`, `Unknown`, `Disk`.
    pub fn read(self, hash: BlobHash) -> Result<Blob, BlobError> {
        self.signed_on()?;
        match self.blobs.held(hash, self.caller)? {
            Some(held) => Ok(held),
            None => self.blobs.read(hash),
        }
    }

    fn signed_on(self) -> Result<(), BlobError> {
        if self.caller.is_signed_on() { Ok(()) } else { Err(BlobError::People(PeopleError::NotSignedOn {})) }
    }

    /// Pictures belong to products, and the logo to the shop's settings.
    fn may_upload(self) -> Result<(), BlobError> {
        self.signed_on()?;
        if self.caller.may(Permission::ManageProducts) || self.caller.may(Permission::ManageSettings) {
            return Ok(());
        }
        let needed = NeedsApproval { permission: Permission::ManageProducts, limit: None };
        Err(BlobError::People(PeopleError::NeedsApproval(needed)))
    }
}

/// Checks the whole of an upload against its promise. The bytes are read back from the file, since that is what will be
/// served.
fn check(file: &mut File, hash: BlobHash) -> Result<(), BlobError> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    if BlobHash::of(&bytes) != hash {
        return Err(BlobError::ChunkInvalid { received: 0 });
    }
    match PictureKind::of(&bytes) {
        Some(_) => Ok(()),
        None => Err(BlobError::Picture(ProductError::PictureInvalid {})),
    }
}

/// Makes the names in a directory durable.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// NTFS journals names itself, and Windows has no call for it.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the rest of the picture";

    fn begin_of(bytes: &[u8]) -> BeginUpload {
        BeginUpload { length: bytes.len() as u64, sha256: BlobHash::of(bytes) }
    }

    #[test]
    fn a_picture_comes_back_as_it_was_sent() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let upload = blobs.begin(begin_of(PNG)).unwrap().upload;
        assert_eq!(blobs.append(upload, 0, &PNG[..20]).unwrap().received, 20);
        assert_eq!(blobs.append(upload, 20, &PNG[20..]).unwrap().received, PNG.len() as u64);
        let hash = blobs.finish(upload).unwrap().hash;
        assert_eq!(
            blobs.read(hash).unwrap(),
            Blob { kind: BlobKind::Picture(PictureKind::Png), bytes: PNG.to_vec() }
        );
        assert!(data.path().join("blobs").join(&hash.to_string()[..2]).join(hash.to_string()).is_file());
    }

    #[test]
    fn a_repeated_step_does_no_harm() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let upload = blobs.begin(begin_of(PNG)).unwrap().upload;
        blobs.append(upload, 0, &PNG[..20]).unwrap();
        blobs.append(upload, 0, &PNG[..20]).unwrap();
        assert_eq!(blobs.begin(begin_of(PNG)).unwrap().received, 20);
        blobs.append(upload, 20, &PNG[20..]).unwrap();
        let first = blobs.finish(upload).unwrap();
        assert_eq!(blobs.append(upload, 0, PNG).unwrap().received, PNG.len() as u64);
        assert_eq!(blobs.finish(upload).unwrap(), first);
        assert_eq!(blobs.begin(begin_of(PNG)).unwrap().received, PNG.len() as u64);
    }

    #[test]
    fn chunks_that_do_not_fit_are_refused() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let upload = blobs.begin(begin_of(PNG)).unwrap().upload;
        let refused = |result: Result<Upload, BlobError>| result.unwrap_err().code();
        assert_eq!(refused(blobs.append(upload, 1, &PNG[1..])), Code::BlobChunkInvalid);
        assert_eq!(refused(blobs.append(upload, u64::MAX, PNG)), Code::BlobChunkInvalid);
        blobs.append(upload, 0, PNG).unwrap();
        assert_eq!(refused(blobs.append(upload, 1, PNG)), Code::BlobChunkInvalid);
        assert_eq!(refused(blobs.append(BlobHash::of(b"other"), 0, PNG)), Code::BlobUnknown);
        let large = BeginUpload { length: BLOB_BYTES_MAX + 1, sha256: BlobHash::of(b"") };
        assert_eq!(refused(blobs.begin(large)), Code::BlobTooLarge);
    }

    #[test]
    fn what_is_not_as_announced_leaves_nothing_behind() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let left = || fs::read_dir(data.path().join("blobs/partial")).unwrap().count();

        let wrong = BeginUpload { length: PNG.len() as u64, sha256: BlobHash::of(b"something else") };
        let upload = blobs.begin(wrong).unwrap().upload;
        assert_eq!(blobs.finish(upload).unwrap_err().code(), Code::BlobChunkInvalid, "bytes are missing");
        blobs.append(upload, 0, PNG).unwrap();
        assert_eq!(blobs.finish(upload).unwrap_err().code(), Code::BlobChunkInvalid, "another hash");
        assert_eq!((blobs.holds(upload), left()), (false, 0));

        let page = b"<html><script>alert(1)</script>";
        let upload = blobs.begin(begin_of(page)).unwrap().upload;
        blobs.append(upload, 0, page).unwrap();
        assert_eq!(blobs.finish(upload).unwrap_err().code(), Code::ProductPictureInvalid);
        assert_eq!((blobs.holds(upload), left()), (false, 0));
    }

    #[test]
    fn interrupted_uploads_are_gone_after_a_start_and_finished_ones_stay() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let kept = blobs.begin(begin_of(PNG)).unwrap().upload;
        blobs.append(kept, 0, PNG).unwrap();
        blobs.finish(kept).unwrap();
        let lost = blobs.begin(begin_of(b"\xff\xd8\xff half")).unwrap().upload;
        blobs.append(lost, 0, b"\xff\xd8").unwrap();
        drop(blobs);

        let blobs = Blobs::open(data.path()).unwrap();
        assert!(blobs.holds(kept) && !blobs.holds(lost));
        assert_eq!(blobs.finish(lost).unwrap_err().code(), Code::BlobUnknown);
        assert_eq!(fs::read_dir(data.path().join("blobs/partial")).unwrap().count(), 0);
    }

    #[test]
    fn the_upload_begun_first_makes_room() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let uploads: Vec<_> = (0..=UPLOADS_MAX)
            .map(|number| blobs.begin(begin_of(format!("\u{89}PNG {number}").as_bytes())).unwrap().upload)
            .collect();
        assert_eq!(blobs.append(uploads[0], 0, b"x").unwrap_err().code(), Code::BlobUnknown);
        assert!(blobs.append(uploads[1], 0, b"x").is_ok());
    }

    #[test]
    fn only_64_lower_case_digits_are_a_hash() {
        let hash = BlobHash::of(b"abc");
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(BlobHash::parse(&hash.to_string()), Some(hash));
        for text in [
            "",
            "..",
            "../../../etc/passwd",
            &"A".repeat(64),
            &"a".repeat(63),
            &"a".repeat(65),
            &"é".repeat(32),
        ] {
            assert_eq!(BlobHash::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_bytes_say_what_a_picture_is() {
        assert_eq!(PictureKind::of(b"RIFF\x10\0\0\0WEBPVP8 "), Some(PictureKind::Webp));
        assert_eq!(PictureKind::of(b"RIFF\x10\0\0\0WAVE"), None);
        assert_eq!(PictureKind::of(b"\xff\xd8\xff\xe0"), Some(PictureKind::Jpeg));
        assert_eq!(PictureKind::of(b"<svg xmlns='http://www.w3.org/2000/svg'>"), None);
        assert_eq!(PictureKind::of(b""), None);
    }
}
