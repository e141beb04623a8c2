//! The door for bytes: pictures by their content, data files for an operation to read, and files made to be fetched.
//! Every door that carries bytes comes through here, with the rights of its caller. A file is named by the SHA-256 of
//! its bytes, and is there whole or not at all.

mod hash;
pub use hash::BlobHash;
mod held;
pub(crate) use held::OnDisk;
mod picture;
pub use picture::PictureKind;
mod shelf;
mod thumbnail;
pub use thumbnail::{SIDE_MAX as THUMBNAIL_SIDE_MAX, ThumbnailError};
mod upload;
pub use upload::{
    BeginUpload, CHUNK_BYTES_MAX, DATA_BYTES_MAX, DATA_FILES_MAX, PICTURE_BYTES_MAX, UPLOADS_MAX, Upload,
    UploadKind, Uploaded,
};

use crate::caller::Caller;
use crate::made_file::MadeFile;
use database::disk::Disk;
use devices::picture::PictureError;
use domain::error::{Code, Coded};
use domain::people::{NeedsApproval, PeopleError, Permission};
use domain::product::ProductError;
use held::HeldFile;
use serde::Serialize;
use shelf::Shelves;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thumbnail::Thumbnails;
use upload::Uploads;

/// Bytes that a data file must leave free: what is made of it needs room too, and selling goes on meanwhile.
pub const DATA_SPARE_BYTES: u64 = 512 * 1024 * 1024;

/// What a blob is that is given out.
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

/// A blob as it is given out: whole, or one of any length as the file it is read from.
#[derive(Debug)]
pub enum Given {
    /// In memory.
    Whole(Blob),
    /// On the disk.
    File {
        /// What it is.
        kind: BlobKind,
        /// The file, at its beginning. It can be read to its end although another takes its place meanwhile.
        file: File,
        /// Its bytes.
        length: u64,
    },
}

impl Given {
    /// All of it in memory.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn whole(self) -> io::Result<Blob> {
        match self {
            Self::Whole(blob) => Ok(blob),
            Self::File { kind, mut file, .. } => {
                let mut bytes = Vec::new();
                io::Read::read_to_end(&mut file, &mut bytes)?;
                Ok(Blob { kind, bytes })
            }
        }
    }
}

/// Why bytes were not taken or not given.
#[derive(Debug, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum BlobError {
    /// The file is larger than a till takes.
    #[error("a file has at most {max_bytes} bytes")]
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
    /// There is no such file, or no such upload.
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

/// The files of a data directory that came or go by this door.
pub struct Blobs {
    disk: Arc<dyn Disk>,
    shelves: Shelves,
    thumbnails: Thumbnails,
    uploads: Uploads,
    held: HeldFile,
}

impl Blobs {
    /// Opens the blobs of a data directory and removes what interrupted uploads left behind, and data files: nobody
    /// knows of them any more.
    ///
    /// # Errors
    /// When the directory cannot be made or emptied.
    pub fn open(data_dir: &Path, disk: Arc<dyn Disk>) -> io::Result<Self> {
        let shelves = Shelves::open(data_dir)?;
        let (uploads, held) = (Uploads::default(), HeldFile::default());
        Ok(Self { disk, shelves, thumbnails: Thumbnails::of(data_dir), uploads, held })
    }

    /// What this caller may do with them.
    pub fn of<'b>(&'b self, caller: &'b Caller) -> CallerBlobs<'b> {
        CallerBlobs { blobs: self, caller }
    }

    /// Whether the picture is here.
    pub fn holds(&self, hash: BlobHash) -> bool {
        self.shelves.holds(UploadKind::Picture, hash)
    }

    /// Reads a picture for the terminal's own use: a receipt with the shop's logo.
    ///
    /// # Errors
    /// `Unknown`, `Disk`; `Picture` when the file on the disk is none.
    pub fn read(&self, hash: BlobHash) -> Result<Blob, BlobError> {
        let bytes = fs::read(self.shelves.path(UploadKind::Picture, hash)).map_err(absent)?;
        let kind = PictureKind::of(&bytes).ok_or(BlobError::Picture(ProductError::PictureInvalid {}))?;
        Ok(Blob { kind: BlobKind::Picture(kind), bytes })
    }

    /// The small form of a picture: as a list shows it. A picture that no reader here knows is given as it is, since the page
    /// may know more.
    ///
    /// # Errors
    /// `Unknown`, `Disk`; `Picture` when it has more dots than a till unpacks.
    pub fn thumbnail(&self, hash: BlobHash) -> Result<Blob, BlobError> {
        let small = match self.thumbnails.read(hash)? {
            Some(small) => Some(small),
            None => {
                let whole = self.read(hash)?;
                match self.thumbnails.make(hash, &whole.bytes) {
                    Ok(None)
                    | Err(ThumbnailError::Picture(PictureError::Unknown | PictureError::Damaged(_))) => {
                        return Ok(whole);
                    }
                    Ok(Some(small)) => Some(small),
                    Err(ThumbnailError::Picture(PictureError::TooLarge)) => None,
                    Err(ThumbnailError::Disk(error)) => return Err(error.into()),
                }
            }
        };
        let kind = small.as_deref().and_then(PictureKind::of);
        match (kind, small) {
            (Some(kind), Some(bytes)) => Ok(Blob { kind: BlobKind::Picture(kind), bytes }),
            _ => Err(BlobError::Picture(ProductError::PictureInvalid {})),
        }
    }

    /// Looks whether bytes are a picture that can be shown, and makes its thumbnail on the way.
    ///
    /// # Errors
    /// `Picture` when they are none; `Disk`.
    pub(crate) fn look_at_picture(&self, bytes: &[u8]) -> Result<BlobHash, ThumbnailError> {
        let hash = BlobHash::of(bytes);
        if self.thumbnails.read(hash)?.is_none() {
            self.thumbnails.make(hash, bytes)?;
        }
        Ok(hash)
    }

    /// Keeps a picture for good: it is durable before this returns. One that is here already costs nothing.
    ///
    /// # Errors
    /// What the disk answers.
    pub(crate) fn keep_picture(&self, bytes: &[u8]) -> io::Result<BlobHash> {
        self.shelves.keep_picture(bytes)
    }

    /// Keeps what an operation made of a data file, as another one.
    ///
    /// # Errors
    /// What the disk or the source answers; `FileTooLarge` when there are more than `bytes_max`.
    pub(crate) fn keep_data(&self, source: &mut dyn io::Read, bytes_max: u64) -> io::Result<BlobHash> {
        self.uploads.keep_data(&self.shelves, source, bytes_max)
    }

    /// Opens a data file for the operation that reads it. It stays until it is forgotten, until
    /// [`DATA_FILES_MAX`] others have come, or until the till starts anew.
    ///
    /// # Errors
    /// `Unknown`, `Disk`.
    pub fn data(&self, hash: BlobHash) -> Result<File, BlobError> {
        File::open(self.shelves.path(UploadKind::Data, hash)).map_err(absent)
    }

    /// Removes a data file that was used or is not wanted; one that is not here is removed already.
    ///
    /// # Errors
    /// `Disk`.
    pub fn forget_data(&self, hash: BlobHash) -> Result<(), BlobError> {
        Ok(self.uploads.forget(&self.shelves, hash)?)
    }

    /// Keeps a file until it is fetched, in place of the one before, for those who have a permission.
    pub(crate) fn hold(&self, file: MadeFile, bytes: Vec<u8>, needs: Permission) {
        self.held.hold(file, bytes, needs);
    }

    /// Keeps a file of the disk until it is fetched, as [`Self::hold`] does.
    pub(crate) fn hold_on_disk(&self, file: MadeFile, hash: BlobHash, place: OnDisk, needs: Permission) {
        self.held.hold_on_disk(file, hash, place, needs);
    }

    /// The folder for files that are made on the disk.
    ///
    /// # Errors
    /// What the disk answers.
    pub(crate) fn made_folder(&self) -> io::Result<&Path> {
        fs::create_dir_all(self.shelves.made())?;
        Ok(self.shelves.made())
    }

    /// Makes sure that there is room for so many bytes beside what selling needs.
    ///
    /// # Errors
    /// `StorageFull`, or what the disk answers.
    pub(crate) fn check_room(&self, bytes: u64) -> io::Result<()> {
        let free = self.disk.free_bytes(self.shelves.pictures())?;
        let is_room = free >= bytes.saturating_add(DATA_SPARE_BYTES);
        if is_room { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    }

    fn begin(&self, begin: BeginUpload) -> Result<Upload, BlobError> {
        if begin.kind == UploadKind::Data && begin.length <= DATA_BYTES_MAX {
            self.check_room(begin.length)?;
        }
        self.uploads.begin(&self.shelves, begin)
    }

    fn append(&self, hash: BlobHash, offset: u64, chunk: &[u8]) -> Result<Upload, BlobError> {
        self.uploads.append(&self.shelves, hash, offset, chunk)
    }

    fn finish(&self, hash: BlobHash) -> Result<Uploaded, BlobError> {
        self.uploads.finish(&self.shelves, hash)
    }
}

/// Where a picture lies in a data directory.
pub(crate) fn picture_in(data_dir: &Path, hash: BlobHash) -> PathBuf {
    Shelves::picture_in(data_dir, hash)
}

/// A file that is not there is not known.
fn absent(error: io::Error) -> BlobError {
    if error.kind() == io::ErrorKind::NotFound { BlobError::Unknown {} } else { error.into() }
}

/// The blobs behind the rights of a caller.
#[derive(Clone, Copy)]
pub struct CallerBlobs<'b> {
    blobs: &'b Blobs,
    caller: &'b Caller,
}

impl CallerBlobs<'_> {
    /// Begins an upload, or finds the one already begun, or the file already here.
    ///
    /// # Errors
    /// `People`, `TooLarge`, `Disk`.
    pub fn begin(self, begin: BeginUpload) -> Result<Upload, BlobError> {
        match begin.kind {
            UploadKind::Picture => self.may_upload()?,
            UploadKind::Data => self.may_bring_data()?,
        }
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

    /// Checks length, hash and kind, and puts the file in its place, a picture durable before this returns.
    ///
    /// # Errors
    /// `People`, `Unknown`, `ChunkInvalid`, `Picture`, `Disk`.
    pub fn finish(self, upload: BlobHash) -> Result<Uploaded, BlobError> {
        self.may_upload()?;
        self.blobs.finish(upload)
    }

    /// Reads a picture, or the file that was made last. Data files are given to nobody.
    ///
    /// # Errors
    /// `People`, `Unknown`, `Disk`.
    pub fn read(self, hash: BlobHash) -> Result<Given, BlobError> {
        self.signed_on()?;
        match self.blobs.held.give(hash, self.caller)? {
            Some(held) => Ok(held),
            None => self.blobs.read(hash).map(Given::Whole),
        }
    }

    /// Reads the small form of a picture.
    ///
    /// # Errors
    /// `People`, `Unknown`, `Picture`, `Disk`.
    pub fn thumbnail(self, hash: BlobHash) -> Result<Blob, BlobError> {
        self.signed_on()?;
        self.blobs.thumbnail(hash)
    }

    fn signed_on(self) -> Result<(), BlobError> {
        if self.caller.is_signed_on() { Ok(()) } else { Err(BlobError::People(PeopleError::NotSignedOn {})) }
    }

    /// Pictures belong to products, and the logo to the shop's settings.
    fn may_upload(self) -> Result<(), BlobError> {
        self.signed_on()?;
        if self.caller.may(Permission::ManageSettings) {
            Ok(())
        } else {
            self.may(Permission::ManageProducts)
        }
    }

    /// Data files become records.
    fn may_bring_data(self) -> Result<(), BlobError> {
        self.signed_on()?;
        self.may(Permission::ManageProducts)
    }

    fn may(self, permission: Permission) -> Result<(), BlobError> {
        if self.caller.may(permission) { Ok(()) } else { Err(needs(permission)) }
    }
}

fn needs(permission: Permission) -> BlobError {
    BlobError::People(PeopleError::NeedsApproval(NeedsApproval { permission, limit: None }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use database::disk::SystemDisk;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the rest of the picture";

    fn opened(data_dir: &Path) -> Blobs {
        Blobs::open(data_dir, Arc::new(SystemDisk)).unwrap()
    }

    fn begin_of(bytes: &[u8]) -> BeginUpload {
        BeginUpload::of(UploadKind::Picture, bytes)
    }

    #[test]
    fn a_picture_comes_back_as_it_was_sent() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
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
        let blobs = opened(data.path());
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
        let blobs = opened(data.path());
        let upload = blobs.begin(begin_of(PNG)).unwrap().upload;
        let refused = |result: Result<Upload, BlobError>| result.unwrap_err().code();
        assert_eq!(refused(blobs.append(upload, 1, &PNG[1..])), Code::BlobChunkInvalid);
        assert_eq!(refused(blobs.append(upload, u64::MAX, PNG)), Code::BlobChunkInvalid);
        blobs.append(upload, 0, PNG).unwrap();
        assert_eq!(refused(blobs.append(upload, 1, PNG)), Code::BlobChunkInvalid);
        assert_eq!(refused(blobs.append(BlobHash::of(b"other"), 0, PNG)), Code::BlobUnknown);
        let large = BeginUpload { length: PICTURE_BYTES_MAX + 1, ..begin_of(b"") };
        assert_eq!(refused(blobs.begin(large)), Code::BlobTooLarge);
    }

    #[test]
    fn what_is_not_as_announced_leaves_nothing_behind() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
        let left = || fs::read_dir(data.path().join("blobs/partial")).unwrap().count();

        let wrong = BeginUpload { length: PNG.len() as u64, ..begin_of(b"something else") };
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
        let blobs = opened(data.path());
        let kept = blobs.begin(begin_of(PNG)).unwrap().upload;
        blobs.append(kept, 0, PNG).unwrap();
        blobs.finish(kept).unwrap();
        let lost = blobs.begin(begin_of(b"\xff\xd8\xff half")).unwrap().upload;
        blobs.append(lost, 0, b"\xff\xd8").unwrap();
        drop(blobs);

        let blobs = opened(data.path());
        assert!(blobs.holds(kept) && !blobs.holds(lost));
        assert_eq!(blobs.finish(lost).unwrap_err().code(), Code::BlobUnknown);
        assert_eq!(fs::read_dir(data.path().join("blobs/partial")).unwrap().count(), 0);
    }

    #[test]
    fn the_upload_begun_first_makes_room() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
        let uploads: Vec<_> = (0..=UPLOADS_MAX)
            .map(|number| blobs.begin(begin_of(format!("\u{89}PNG {number}").as_bytes())).unwrap().upload)
            .collect();
        assert_eq!(blobs.append(uploads[0], 0, b"x").unwrap_err().code(), Code::BlobUnknown);
        assert!(blobs.append(uploads[1], 0, b"x").is_ok());
    }

    fn bring(blobs: &Blobs, bytes: &[u8]) -> BlobHash {
        let upload = blobs.begin(BeginUpload::of(UploadKind::Data, bytes)).unwrap().upload;
        blobs.append(upload, 0, bytes).unwrap();
        blobs.finish(upload).unwrap().hash
    }

    #[test]
    fn a_data_file_may_be_anything_is_read_by_operations_only_and_gone_after_a_start() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
        let table = b"name;price\nTea;2,40\n".repeat(2_000_000);
        assert!(table.len() as u64 > PICTURE_BYTES_MAX);
        let hash = bring(&blobs, &table);
        let mut read = Vec::new();
        io::Read::read_to_end(&mut blobs.data(hash).unwrap(), &mut read).unwrap();
        assert!(read == table);
        assert_eq!(blobs.read(hash).unwrap_err().code(), Code::BlobUnknown, "not by the door of pictures");
        assert!(!blobs.holds(hash));

        blobs.forget_data(hash).unwrap();
        blobs.forget_data(hash).unwrap();
        assert_eq!(blobs.data(hash).unwrap_err().code(), Code::BlobUnknown);

        let hash = bring(&blobs, b"another");
        assert!(blobs.data(hash).is_ok());
        drop(blobs);
        assert_eq!(opened(data.path()).data(hash).unwrap_err().code(), Code::BlobUnknown);
    }

    #[test]
    fn the_data_file_that_came_first_makes_room() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
        let files: Vec<_> =
            (0..=DATA_FILES_MAX).map(|number| bring(&blobs, format!("file {number}").as_bytes())).collect();
        assert_eq!(blobs.data(files[0]).unwrap_err().code(), Code::BlobUnknown);
        assert!(files[1..].iter().all(|file| blobs.data(*file).is_ok()));
    }

    #[test]
    fn the_same_bytes_may_be_a_picture_and_a_data_file() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
        let hash = bring(&blobs, PNG);
        assert!(!blobs.holds(hash));
        assert_eq!(blobs.begin(begin_of(PNG)).unwrap().received, 0);
        blobs.append(hash, 0, PNG).unwrap();
        blobs.finish(hash).unwrap();
        assert!(blobs.holds(hash) && blobs.data(hash).is_ok());
    }

    #[test]
    fn a_data_file_has_at_most_a_gibibyte() {
        let data = tempfile::tempdir().unwrap();
        let blobs = opened(data.path());
        let begin = BeginUpload { length: DATA_BYTES_MAX + 1, ..BeginUpload::of(UploadKind::Data, b"") };
        assert_eq!(blobs.begin(begin).unwrap_err().code(), Code::BlobTooLarge);
    }
}
