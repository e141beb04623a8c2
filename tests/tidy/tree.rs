//! The files of the repository, as git sees them: what is tracked, and what is new and not ignored.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What is in it; empty for pictures and other files that are not text.
    pub text: String,
}

/// All files.
#[derive(Debug)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

impl Tree {
    /// Reads the repository.
    pub fn read() -> Tree {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root())
            .output()
            .expect("git is installed");
        assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
        let names = String::from_utf8(output.stdout).expect("paths in UTF-8");
        let mut files: Vec<File> = names
            .split('\0')
            .filter(|path| !path.is_empty())
            // A file that was deleted and not yet committed is still listed.
            .filter_map(|path| Some((path, std::fs::read(root().join(path)).ok()?)))
            .map(|(path, bytes)| File {
                path: path.to_owned(),
                text: String::from_utf8(bytes).unwrap_or_default(),
            })
            .collect();
        files.sort_by(|left, right| left.path.cmp(&right.path));
        assert!(files.len() > 50, "git lists only {} files", files.len());
        Tree { files }
    }

    /// A small tree to try a rule on.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
        Tree { files: files.iter().map(file).collect() }
    }

    /// The files with this ending.
    pub fn ending(&self, ending: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| file.path.ends_with(ending))
    }

    /// The file at this path.
    pub fn at(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository").to_path_buf()
}
