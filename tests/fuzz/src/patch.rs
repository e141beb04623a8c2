//! Damage to files, as bytes tell it: each seven bytes are one change.

use std::fs;
use std::path::{Path, PathBuf};

/// Bytes of one change.
const STEP: usize = 7;
/// Changes of one input at most.
const STEPS_MAX: usize = 64;

/// Files as they were, to be put back and changed again.
pub struct Files(Vec<(PathBuf, Vec<u8>)>);

impl Files {
    /// Reads these files.
    pub fn read(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let read = |path: PathBuf| {
            let bytes = fs::read(&path).expect("the file is there");
            (path, bytes)
        };
        Self(paths.into_iter().map(read).collect())
    }

    /// Writes each file with its changes, over what is there: the file stays the same one. Returns which were changed.
    pub fn write_changed(&self, data: &[u8]) -> Vec<&Path> {
        let mut changed: Vec<Option<Vec<u8>>> = self.0.iter().map(|_| None).collect();
        for step in data.chunks_exact(STEP).take(STEPS_MAX) {
            let which = usize::from(step[0]) % self.0.len();
            let bytes = changed[which].get_or_insert_with(|| self.0[which].1.clone());
            let at = usize::from(step[2]) << 16 | usize::from(step[3]) << 8 | usize::from(step[4]);
            change(bytes, step[1], at, [step[5], step[6]]);
        }
        for ((path, whole), changed) in self.0.iter().zip(&changed) {
            fs::write(path, changed.as_ref().unwrap_or(whole)).expect("the file can be written");
        }
        let is_changed = |(of, changed): (&'_ (PathBuf, Vec<u8>), &Option<Vec<u8>>)| {
            changed.as_ref().is_some_and(|changed| *changed != of.1)
        };
        let pairs = self.0.iter().zip(&changed);
        pairs.filter(|(of, changed)| is_changed((of, changed))).map(|(of, _)| of.0.as_path()).collect()
    }
}

/// Another bit, other bytes, bytes from elsewhere, or an end.
fn change(bytes: &mut Vec<u8>, how: u8, at: usize, value: [u8; 2]) {
    if bytes.is_empty() {
        return;
    }
    let at = at % bytes.len();
    match how % 16 {
        0 => bytes.truncate(at),
        1 => {
            let from = usize::from(u16::from_le_bytes(value)) * 64 % bytes.len();
            let length = 64.min(bytes.len() - from.max(at));
            bytes.copy_within(from..from + length, at);
        }
        2 => {
            let end = (at + usize::from(value[0])).min(bytes.len());
            bytes[at..end].fill(value[1]);
        }
        3..=7 => bytes[at] = value[0],
        _ => bytes[at] ^= 1 << (value[0] % 8),
    }
}

/// A folder for files that are opened again and again: in memory where the system has such a place.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder can be made")
}
