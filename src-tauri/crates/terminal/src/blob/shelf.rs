//! Where the files of the blob door lie: pictures for good, in `blobs/ab/<hash>`; data files until they are used, in
//! `arrived/<hash>`; what is still arriving in `blobs/partial/<hash>`; and what was made to be fetched in `made/`. A file is
//! in its place whole or not at all.

use super::upload::UploadKind;
use super::{BlobError, BlobHash};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folders of a data directory.
pub struct Shelves {
    pictures: PathBuf,
    partial: PathBuf,
    data: PathBuf,
    made: PathBuf,
}

impl Shelves {
    /// Opens them, and removes what a run before this one was about: half uploads, and data files nobody will use.
    ///
    /// # Errors
    /// When a folder cannot be made or emptied.
    pub fn open(data_dir: &Path) -> io::Result<Self> {
        let pictures = data_dir.join("blobs");
        let shelves = Self {
            partial: pictures.join("partial"),
            data: data_dir.join("arrived"),
            made: data_dir.join("made"),
            pictures,
        };
        for folder in [&shelves.partial, &shelves.data, &shelves.made] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        fs::create_dir_all(&shelves.partial)?;
        Ok(shelves)
    }

    /// The folder of the pictures.
    pub fn pictures(&self) -> &Path {
        &self.pictures
    }

    /// The folder of what was made to be fetched.
    pub fn made(&self) -> &Path {
        &self.made
    }

    /// Where a picture lies in a data directory.
    pub fn picture_in(data_dir: &Path, hash: BlobHash) -> PathBuf {
        shelved(&data_dir.join("blobs"), hash)
    }

    /// Where a whole file lies.
    pub fn path(&self, kind: UploadKind, hash: BlobHash) -> PathBuf {
        match kind {
            UploadKind::Picture => shelved(&self.pictures, hash),
            UploadKind::Data => self.data.join(hash.to_string()),
        }
    }

    /// Where a file lies while it arrives.
    pub fn partial(&self, hash: BlobHash) -> PathBuf {
        self.partial.join(hash.to_string())
    }

    /// Whether a file is here, whole.
    pub fn holds(&self, kind: UploadKind, hash: BlobHash) -> bool {
        self.path(kind, hash).is_file()
    }

    /// Bytes of a whole file of any kind.
    ///
    /// # Errors
    /// `Unknown`, `Disk`.
    pub fn length(&self, hash: BlobHash) -> Result<u64, BlobError> {
        for kind in [UploadKind::Picture, UploadKind::Data] {
            match fs::metadata(self.path(kind, hash)) {
                Ok(metadata) => return Ok(metadata.len()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(BlobError::Unknown {})
    }

    /// Puts what arrived in its place. A picture is there for good: its name is durable before this returns.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn put(&self, kind: UploadKind, hash: BlobHash) -> io::Result<()> {
        let path = self.path(kind, hash);
        let shelf = path.parent().expect("a blob lies in a folder of the directory");
        fs::create_dir_all(shelf)?;
        fs::rename(self.partial(hash), &path)?;
        match kind {
            UploadKind::Picture => sync_directory(shelf).and_then(|()| sync_directory(&self.pictures)),
            UploadKind::Data => Ok(()),
        }
    }

    /// Keeps a picture for good: it is durable before this returns. One that is here already costs nothing.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn keep_picture(&self, bytes: &[u8]) -> io::Result<BlobHash> {
        let hash = BlobHash::of(bytes);
        if !self.holds(UploadKind::Picture, hash) {
            let mut file = File::create(self.partial(hash))?;
            file.write_all(bytes)?;
            file.sync_all()?;
            self.put(UploadKind::Picture, hash)?;
        }
        Ok(hash)
    }

    /// Removes a data file; one that is not here is removed already.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn forget(&self, hash: BlobHash) -> io::Result<()> {
        match fs::remove_file(self.path(UploadKind::Data, hash)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
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

/// Pictures stand on a shelf for each beginning of their names, so that no folder grows without end.
pub fn shelved(pictures: &Path, hash: BlobHash) -> PathBuf {
    let name = hash.to_string();
    pictures.join(&name[..2]).join(name)
}
