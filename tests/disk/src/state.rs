//! What a disk holds at a moment: what programs see, what is durable, and what was written in between. An operation
//! changes it the same way when it happens and when it is played again.

use crate::content::Content;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file, whatever its name; a disk never gives the same number to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u64);

/// Something that changes a disk. They are numbered from 1 in the order they happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// A new file without bytes.
    Create {
        /// Its name.
        path: PathBuf,
        /// The file.
        file: FileId,
    },
    /// Bytes at an offset.
    Write {
        /// The file.
        file: FileId,
        /// Where.
        offset: usize,
        /// What.
        bytes: Arc<[u8]>,
    },
    /// Another length.
    Truncate {
        /// The file.
        file: FileId,
        /// Its new length.
        length: usize,
    },
    /// What was written to a file is durable from here on.
    Sync {
        /// The file.
        file: FileId,
    },
    /// A sync that failed. What was written is read as before, but no later sync looks at it again (Rebello et al.,
    /// "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
    SyncLost {
        /// The file.
        file: FileId,
    },
    /// A name goes.
    Remove {
        /// The name.
        path: PathBuf,
    },
    /// A file has another name, in place of what had it.
    Rename {
        /// The old name.
        from: PathBuf,
        /// The new one, in the same directory.
        to: PathBuf,
    },
    /// The names of a directory are durable from here on.
    SyncDir {
        /// The directory.
        dir: PathBuf,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct File {
    /// What programs read.
    pub live: Content,
    /// What a power cut leaves.
    pub durable: Content,
}

pub(crate) type Names = BTreeMap<PathBuf, FileId>;

/// A disk at a moment. A copy shares the bytes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    pub(crate) files: BTreeMap<FileId, File>,
    pub(crate) names: Names,
    pub(crate) durable_names: Names,
    /// What no sync has made durable, in the order it happened.
    pub(crate) pending: Vec<Operation>,
    pub(crate) last_file: u64,
}

impl State {
    /// The file of a name.
    pub(crate) fn find(&self, path: &Path) -> Option<FileId> {
        self.names.get(path).copied()
    }

    /// The bytes of a file as programs read them; `None` when there is no such name.
    pub fn read(&self, path: &Path) -> Option<Vec<u8>> {
        Some(self.files.get(&self.find(path)?)?.live.bytes())
    }

    /// The names there are.
    pub fn names(&self) -> Vec<PathBuf> {
        self.names.keys().cloned().collect()
    }

    /// The name of a file, if it has one; of what was removed or never synced there may be none.
    pub fn name_of(&self, file: FileId) -> Option<&Path> {
        self.names.iter().find(|(_, named)| **named == file).map(|(path, _)| path.as_path())
    }

    /// How many operations wait for a sync.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Lets an operation happen.
    pub fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Create { file, .. } => {
                self.last_file = self.last_file.max(file.0);
                self.files.insert(*file, File::default());
                rename(&mut self.names, operation);
                self.pending.push(operation.clone());
            }
            Operation::Remove { .. } | Operation::Rename { .. } => {
                rename(&mut self.names, operation);
                self.pending.push(operation.clone());
            }
            Operation::Write { file, .. } | Operation::Truncate { file, .. } => {
                if let Some(file) = self.files.get_mut(file) {
                    change(&mut file.live, operation);
                }
                self.pending.push(operation.clone());
            }
            Operation::Sync { file } => {
                for written in self.take_written(*file) {
                    if let Some(file) = self.files.get_mut(file) {
                        change(&mut file.durable, &written);
                    }
                }
            }
            Operation::SyncLost { file } => {
                self.take_written(*file);
            }
            Operation::SyncDir { dir } => {
                let here = |operation: &mut Operation| match operation {
                    Operation::Create { path, .. }
                    | Operation::Remove { path }
                    | Operation::Rename { to: path, .. } => path.parent() == Some(dir),
                    _ => false,
                };
                for renamed in self.pending.extract_if(.., here).collect::<Vec<_>>() {
                    rename(&mut self.durable_names, &renamed);
                }
            }
        }
    }

    /// What was written to a file and waits for a sync.
    fn take_written(&mut self, synced: FileId) -> Vec<Operation> {
        let written = |operation: &mut Operation| match operation {
            Operation::Write { file, .. } | Operation::Truncate { file, .. } => *file == synced,
            _ => false,
        };
        self.pending.extract_if(.., written).collect()
    }
}

/// What a write or a new length does to a file's bytes.
pub(crate) fn change(content: &mut Content, operation: &Operation) {
    match operation {
        Operation::Write { offset, bytes, .. } => content.write(*offset, bytes),
        Operation::Truncate { length, .. } => content.resize(*length),
        _ => {}
    }
}

/// What an operation does to the names.
pub(crate) fn rename(names: &mut Names, operation: &Operation) {
    match operation {
        Operation::Create { path, file } => {
            names.insert(path.clone(), *file);
        }
        Operation::Remove { path } => {
            names.remove(path);
        }
        Operation::Rename { from, to } => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
        _ => {}
    }
}
