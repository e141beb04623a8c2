//! What a `--deep` run that was interrupted has done already: it takes hours, and goes on where it was. A step counts only
//! on the very tree it was run on; long tests keep beside it how far they have come.

use crate::count::Count;
use crate::group::Group;
use crate::install;
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The steps of one group that are done.
pub struct Deep {
    folder: PathBuf,
    /// What the tree holds; `None` where git does not say, and then every step is run.
    tree: Option<u64>,
}

impl Deep {
    /// What was done of a group.
    ///
    /// # Errors
    /// When the folder of the logs cannot be made.
    pub fn of(group: Group, root: &Path) -> Result<Deep> {
        let folder = folder(group)?;
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(Deep { folder, tree: tree(root) })
    }

    /// What a step came to in the run that was interrupted.
    pub fn done(&self, step: &str) -> Option<Count> {
        let text = fs::read_to_string(self.file(step)?).ok()?;
        let mut numbers = text.split_whitespace().map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Count { passed: next()?, failed: 0, left_out: next()? })
    }

    /// Notes what a step came to; one that failed is run again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note(&self, step: &str, count: Count) -> Result<()> {
        let Some(file) = self.file(step).filter(|_| count.failed == 0) else { return Ok(()) };
        fs::write(&file, format!("{} {}\n", count.passed, count.left_out))
            .with_context(|| file.display().to_string())
    }

    fn file(&self, step: &str) -> Option<PathBuf> {
        let mut hasher = DefaultHasher::new();
        (self.tree?, step).hash(&mut hasher);
        Some(self.folder.join(format!("{:016x}.done", hasher.finish())))
    }
}

/// The folder in which the tests of a group keep how far they have come.
///
/// # Errors
/// When the folder of the logs cannot be made.
pub fn folder(group: Group) -> Result<PathBuf> {
    Ok(install::log_folder()?.join("deep").join(group.name()))
}

/// Forgets what was done of a group: the next run begins anew.
///
/// # Errors
/// When it cannot be removed.
pub fn forget(group: Group) -> Result<()> {
    let folder = folder(group)?;
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| folder.display().to_string())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// A number for what the tree holds: the commit, what was changed since, and the files git does not know.
fn tree(root: &Path) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let git = |words: &[&str]| -> Option<Vec<u8>> {
        let output = Command::new("git").args(words).current_dir(root).output().ok()?;
        output.status.success().then_some(output.stdout)
    };
    git(&["rev-parse", "HEAD"])?.hash(&mut hasher);
    git(&["diff", "HEAD"])?.hash(&mut hasher);
    let unknown = git(&["ls-files", "--others", "--exclude-standard"])?;
    for name in String::from_utf8_lossy(&unknown).lines() {
        name.hash(&mut hasher);
        // One that cannot be read is as good as another one that cannot.
        fs::read(root.join(name)).unwrap_or_default().hash(&mut hasher);
    }
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_done_once_it_passed_and_on_the_same_tree_only() {
        let folder = std::env::temp_dir().join(format!("xtask-deep-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let on = |tree| Deep { folder: folder.clone(), tree };
        let (passed, failed) =
            (Count { passed: 3, failed: 0, left_out: 1 }, Count { passed: 2, failed: 1, left_out: 0 });
        on(Some(1)).note("one", passed).unwrap();
        on(Some(1)).note("another", failed).unwrap();
        on(None).note("third", passed).unwrap();
        assert_eq!(on(Some(1)).done("one"), Some(passed));
        assert_eq!(on(Some(2)).done("one"), None);
        assert_eq!(on(Some(1)).done("another"), None);
        assert_eq!(on(None).done("third"), None);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_tree_has_the_same_number_until_something_changes() {
        let root = std::env::temp_dir().join(format!("xtask-tree-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        assert_eq!(tree(&root.join("nowhere")), None);
        let git = |words: &[&str]| {
            let words = [&["-c", "user.name=a", "-c", "user.email=a@b"], words].concat();
            assert!(Command::new("git").args(words).current_dir(&root).output().unwrap().status.success());
        };
        git(&["init"]);
        fs::write(root.join("file"), "one").unwrap();
        git(&["add", "."]);
        git(&["commit", "-m", "one"]);
        let before = tree(&root).unwrap();
        assert_eq!(tree(&root), Some(before));
        fs::write(root.join("file"), "two").unwrap();
        let changed = tree(&root).unwrap();
        fs::write(root.join("unknown"), "three").unwrap();
        let further = tree(&root).unwrap();
        assert!(before != changed && changed != further);
        fs::remove_dir_all(&root).unwrap();
    }
}
