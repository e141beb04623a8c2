//! How far a long test has come, so that one that was interrupted goes on where it was. It is kept in the folder that
//! `TILLKEEPER_PROGRESS` names, which `cargo xtask test --deep` does; without it nothing is kept and nothing is left out.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Names the folder.
const FOLDER: &str = "TILLKEEPER_PROGRESS";

/// How far one test has come.
pub struct Progress {
    file: Option<PathBuf>,
    key: u64,
}

/// What is written down.
#[derive(Serialize, Deserialize)]
struct Written<T> {
    /// What was tested, and how.
    key: u64,
    done: T,
}

impl Progress {
    /// Of the test of a name. What was done on other `programs`, or `about` something else, counts for nothing.
    ///
    /// # Errors
    /// When a program or the folder cannot be read.
    pub fn of(name: &str, programs: &[&Path], about: impl Hash) -> io::Result<Self> {
        Self::within(std::env::var_os(FOLDER).map(PathBuf::from), name, programs, about)
    }

    fn within(folder: Option<PathBuf>, name: &str, programs: &[&Path], about: impl Hash) -> io::Result<Self> {
        let Some(folder) = folder else { return Ok(Self { file: None, key: 0 }) };
        fs::create_dir_all(&folder)?;
        let mut hasher = DefaultHasher::new();
        about.hash(&mut hasher);
        for program in programs {
            fs::read(program)?.hash(&mut hasher);
        }
        Ok(Self { file: Some(folder.join(format!("{name}.json"))), key: hasher.finish() })
    }

    /// What was done so far; nothing at the first time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn done<T: DeserializeOwned + Default>(&self) -> io::Result<T> {
        let Some(file) = &self.file else { return Ok(T::default()) };
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(T::default()),
            Err(error) => return Err(error),
        };
        let written: Option<Written<T>> = serde_json::from_slice(&bytes).ok();
        Ok(written.filter(|written| written.key == self.key).map(|written| written.done).unwrap_or_default())
    }

    /// Notes what was done so far: whole or not at all, whenever it is interrupted.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note<T: Serialize>(&self, done: &T) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let new = file.with_extension("new");
        fs::write(&new, serde_json::to_vec(&Written { key: self.key, done })?)?;
        fs::rename(new, file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_on_another_program_counts_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::write(&program, "one").unwrap();
        let progress = |about: u32| {
            Progress::within(Some(folder.path().join("progress")), "sweep", &[&program], about).unwrap()
        };
        assert_eq!(progress(1).done::<u64>().unwrap(), 0);
        progress(1).note(&7_u64).unwrap();
        assert_eq!(progress(1).done::<u64>().unwrap(), 7);
        assert_eq!(progress(2).done::<u64>().unwrap(), 0);
        fs::write(&program, "another").unwrap();
        assert_eq!(progress(1).done::<u64>().unwrap(), 0);
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let progress = Progress::within(None, "sweep", &[Path::new("nowhere")], 1).unwrap();
        progress.note(&7_u64).unwrap();
        assert_eq!(progress.done::<u64>().unwrap(), 0);
    }
}
