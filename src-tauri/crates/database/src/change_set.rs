//! The change-sets of a data directory: files in the folder `changes`, each named by the SHA-256 of its bytes, and beside
//! some of them a second one with the personal values that the first commits to. A fact names a set only when both are
//! on the disk for certain. `docs/ledger-format.md` describes what is in them.

mod lines;
pub(crate) use lines::Lines;
mod keep;
pub use keep::{bring, carry, keep};
mod erase;
pub use erase::erase;
mod place;
pub use place::SetPlace;
pub(crate) use place::at;

use crate::backup;
use crate::disk::{Disk, DiskFile, Open};
use crate::error::DatabaseError;
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wire::change_set::{PersonalLine, SetError, SetReader, SetRow, SetText};
use wire::fact::RecordImported;
use wire::record::{Detached, hex};

/// The folder of the sets, in a data directory and beside backups.
pub const FOLDER: &str = "changes";
/// The end of a set's name.
const SET: &str = ".jsonl";
/// The end of the name of the file with its personal values.
const PERSONAL: &str = ".personal.jsonl";
/// The end of the name of a file that is being written.
const NEW: &str = ".new";
/// Bytes that are read or written at once.
const CHUNK: usize = 1 << 20;
/// Bytes after which what was written is brought to the disk: left to the end it would be one long write that the sync of
/// a sale waits behind.
const SYNC_BYTES: u64 = 8 << 20;

/// A set that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSet {
    /// Its name: the SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

/// What is wrong with a set that a fact names.
#[derive(Debug, thiserror::Error)]
pub enum SetFault {
    /// There is no such file.
    #[error("the change-set is missing")]
    Missing,
    /// Its bytes are not those that were hashed.
    #[error("the change-set is damaged: its bytes are not those that were written")]
    Damaged,
    /// A line of it cannot be read, though its bytes are those that were hashed.
    #[error(transparent)]
    Unreadable(#[from] SetError),
    /// The disk failed.
    #[error("the change-set could not be read: {0}")]
    Disk(#[from] io::Error),
}

/// Whether a text is the name of a set. Nothing else is made a path of.
pub fn is_name(sha256: &str) -> bool {
    sha256.len() == 64 && sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

pub(crate) fn set_path(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(format!("{sha256}{SET}"))
}

pub(crate) fn personal_path(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(format!("{sha256}{PERSONAL}"))
}

/// The names of the sets in a folder.
pub(crate) fn names(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<String>> {
    let names = disk.list(folder)?.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix(SET)?.to_owned();
        is_name(&name).then_some(name)
    });
    Ok(names.collect())
}

/// A set that is being written: nobody looks for it before it has its name.
pub struct NewSet {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    set: NewFile,
    personal: Option<NewFile>,
}

struct NewFile {
    path: PathBuf,
    file: Box<dyn DiskFile>,
    bytes: u64,
    synced: u64,
    hash: Sha256,
}

impl NewFile {
    fn create(disk: &dyn Disk, path: PathBuf) -> io::Result<Self> {
        let mut file = disk.open(&path, Open::Create)?;
        file.truncate(0)?;
        Ok(Self { path, file, bytes: 0, synced: 0, hash: Sha256::new() })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_at(self.bytes, bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        if self.bytes - self.synced >= SYNC_BYTES {
            self.file.sync()?;
            self.synced = self.bytes;
        }
        Ok(())
    }
}

impl NewSet {
    /// Begins a set in a data directory. One at a time is written: what another left unfinished is written over.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn begin(disk: Arc<dyn Disk>, data_dir: &Path) -> io::Result<Self> {
        let folder = data_dir.join(FOLDER);
        disk.create_dir(&folder)?;
        let set = NewFile::create(disk.as_ref(), folder.join(format!("set{NEW}")))?;
        Ok(Self { disk, folder, set, personal: None })
    }

    /// Takes over what was written into the buffers, once it is worth it.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn take(&mut self, text: &mut SetText) -> io::Result<()> {
        if text.text.len() >= CHUNK || text.personal.len() >= CHUNK {
            self.take_all(text)?;
        }
        Ok(())
    }

    fn take_all(&mut self, text: &mut SetText) -> io::Result<()> {
        self.set.write(&text.text)?;
        text.text.clear();
        if !text.personal.is_empty() {
            if self.personal.is_none() {
                self.personal =
                    Some(NewFile::create(self.disk.as_ref(), self.folder.join(format!("personal{NEW}")))?);
            }
            if let Some(personal) = &mut self.personal {
                personal.write(&text.personal)?;
            }
            text.personal.clear();
        }
        Ok(())
    }

    /// Brings the set to the disk and gives it its name. After this a fact may name it.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn finish(mut self, mut text: SetText) -> io::Result<KeptSet> {
        self.take_all(&mut text)?;
        self.set.file.sync()?;
        let sha256 = hex(&self.set.hash.finalize().into());
        let personal = personal_path(&self.folder, &sha256);
        if let Some(mut new) = self.personal {
            new.file.sync()?;
            drop(new.file);
            self.disk.rename(&new.path, &personal)?;
        }
        drop(self.set.file);
        self.disk.rename(&self.set.path, &set_path(&self.folder, &sha256))?;
        self.disk.sync_dir(&self.folder)?;
        Ok(KeptSet { sha256, bytes: self.set.bytes })
    }

    /// Gives up what was written.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn discard(self) -> io::Result<()> {
        let paths = [Some(self.set.path), self.personal.map(|new| new.path)];
        drop(self.set.file);
        paths.into_iter().flatten().try_for_each(|path| self.disk.remove(&path))
    }
}

/// The length and the hash of a file.
pub(crate) fn digest(disk: &dyn Disk, path: &Path) -> io::Result<KeptSet> {
    let mut file = disk.open(path, Open::Read)?;
    let bytes = file.length()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    let mut offset = 0;
    while offset < bytes {
        let count = usize::try_from(bytes - offset).map_or(CHUNK, |left| left.min(CHUNK));
        file.read_at(offset, &mut buffer[..count])?;
        hash.update(&buffer[..count]);
        offset += count as u64;
    }
    Ok(KeptSet { sha256: hex(&hash.finalize().into()), bytes })
}

/// Looks whether the set that a fact names is in a folder as it was written. Reads all of it.
///
/// # Errors
/// `Missing`, `Damaged`; `Disk`.
pub(crate) fn check(disk: &dyn Disk, folder: &Path, sha256: &str, bytes: u64) -> Result<(), SetFault> {
    if !is_name(sha256) {
        return Err(SetFault::Missing);
    }
    match digest(disk, &set_path(folder, sha256)) {
        Ok(there) if there.sha256 == sha256 && there.bytes == bytes => Ok(()),
        Ok(_) => Err(SetFault::Damaged),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(SetFault::Missing),
        // It became shorter while it was read.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(SetFault::Damaged),
        Err(error) => Err(error.into()),
    }
}

/// Makes sure that the set that a fact names is in a data directory as it was written: a missing or damaged one is
/// brought from beside the backups, where each set has a second copy.
///
/// # Errors
/// As [`check`]: there is no good copy in either place.
pub(crate) fn check_or_mend(disk: &dyn Disk, data_dir: &Path, fact: &RecordImported) -> Result<(), SetFault> {
    let folder = data_dir.join(FOLDER);
    let fault = match check(disk, &folder, &fact.set, fact.bytes) {
        Err(fault @ (SetFault::Missing | SetFault::Damaged)) => fault,
        other => return other,
    };
    let shelf = data_dir.join(backup::FOLDER).join(FOLDER);
    if check(disk, &shelf, &fact.set, fact.bytes).is_err() {
        return Err(fault);
    }
    disk.create_dir(&folder)?;
    keep::put(disk, &shelf, &folder, &fact.set)?;
    tracing::warn!(set = fact.set, %fault, "a change-set was brought back from beside the backups");
    Ok(())
}

/// Reads a set that was found whole, row by row, each with the personal values that are kept for it.
///
/// # Errors
/// What `each` returns; `Disk`, and `Value` for a set that cannot be read.
pub(crate) fn rows<E: From<DatabaseError>>(
    disk: &dyn Disk,
    folder: &Path,
    sha256: &str,
    mut each: impl FnMut(&SetRow<'_>, &[Detached]) -> Result<(), E>,
) -> Result<(), E> {
    placed_rows(disk, folder, sha256, |row, detached, _| each(row, detached))
}

/// As [`rows`], and where each row stands.
///
/// # Errors
/// As [`rows`].
pub(crate) fn placed_rows<E: From<DatabaseError>>(
    disk: &dyn Disk,
    folder: &Path,
    sha256: &str,
    mut each: impl FnMut(&SetRow<'_>, &[Detached], SetPlace) -> Result<(), E>,
) -> Result<(), E> {
    let said = |fault: SetFault| E::from(fault.into());
    let open = |path: &Path| Lines::open(disk, path).map_err(|error| said(error.into()));
    let mut set = open(&set_path(folder, sha256))?;
    let mut personal = match open_personal(disk, folder, sha256) {
        Ok(personal) => personal,
        Err(error) => return Err(said(error.into())),
    };
    let mut reader = SetReader::default();
    let mut waits: Option<PersonalLine> = None;
    let mut detached = Vec::new();
    let (mut section_at, mut line_at) = (0, 0);
    while let Some(line) = set.next_line().map_err(|error| said(error.into()))? {
        let length = line.len() as u64 + 1;
        let begins = line_at;
        line_at += length;
        let Some(row) = reader.line(line).map_err(|error| said(error.into()))? else {
            section_at = begins;
            continue;
        };
        detached.clear();
        if let Some(personal) = &mut personal {
            loop {
                if waits.is_none() {
                    waits = personal.next_value().map_err(said)?;
                }
                match waits.take_if(|waits| waits.0 <= row.number) {
                    Some(value) if value.0 == row.number && !value.is_erased() => {
                        detached.push(value.detached());
                    }
                    Some(_) => {}
                    None => break,
                }
            }
        }
        let place = SetPlace { row: row.number, section_at, line_at: begins };
        each(&row, &detached, place)?;
    }
    Ok(())
}

/// The personal values of a set; `None` where it has none.
pub(crate) fn open_personal(disk: &dyn Disk, folder: &Path, sha256: &str) -> io::Result<Option<Lines>> {
    let path = personal_path(folder, sha256);
    if disk.exists(&path)? { Lines::open(disk, &path).map(Some) } else { Ok(None) }
}

/// Clears away what was being written when a till stopped.
pub(crate) fn clear(disk: &dyn Disk, data_dir: &Path) -> io::Result<()> {
    let new = |path: &PathBuf| path.to_string_lossy().ends_with(NEW);
    disk.list(&data_dir.join(FOLDER))?.iter().filter(|path| new(path)).try_for_each(|path| disk.remove(path))
}

impl From<SetFault> for DatabaseError {
    fn from(fault: SetFault) -> Self {
        match fault {
            SetFault::Disk(error) => Self::of_disk(error),
            other => Self::Value(other.to_string()),
        }
    }
}
