//! The programs of a bench: the till as a program of its own, the bare one, and what watches them.

use super::child::Child;
use super::ours::ACTS_BEFORE;
use crate::seed::Plan;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the programs are, and where they may work.
#[derive(Debug, Clone)]
pub struct Programs {
    /// This program, which is also the till that is measured.
    pub ours: PathBuf,
    /// The bare one.
    pub bare: PathBuf,
    /// The till without a window, where it is built.
    pub headless: PathBuf,
    /// The till with its window, where it is built.
    pub till: PathBuf,
    /// The blank window, where it is built.
    pub blank: PathBuf,
    /// Where shops are kept.
    pub shops: PathBuf,
    /// Where copies of them are worked on.
    pub work: PathBuf,
}

impl Programs {
    fn ours_command(&self, act: &str, before: &[&str], folder: &Path, plan: &Plan) -> Command {
        let mut command = match before.split_first() {
            Some((watcher, words)) => {
                let mut command = Command::new(watcher);
                command.args(words).arg(&self.ours);
                command
            }
            None => Command::new(&self.ours),
        };
        command.arg(act).arg(folder);
        let numbers = [u64::from(plan.products), u64::from(plan.sales), u64::from(plan.years), plan.seed];
        command.args(numbers.map(|number| number.to_string()));
        command
    }

    /// Starts the till that finds products and rings them up, below a watcher.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_lines(&self, watcher: &[&str], folder: &Path, plan: &Plan) -> Result<Child, String> {
        Child::start("the till", self.ours_command("lines", watcher, folder, plan))
    }

    /// Starts the till, below a watcher where words for one are given.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_ours(
        &self,
        watcher: &[&str],
        folder: &Path,
        plan: &Plan,
        marked: bool,
    ) -> Result<Child, String> {
        let mut command = self.ours_command("ours", watcher, folder, plan);
        if marked {
            command.arg("marked");
        }
        Child::start("the till", command)
    }

    /// Starts the bare program, which writes in one folder what was recorded in another.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_bare(&self, watcher: &[&str], folder: &Path, recorded: &Path) -> Result<Child, String> {
        let mut command = match watcher.split_first() {
            Some((watcher, words)) => {
                let mut command = Command::new(watcher);
                command.args(words).arg(&self.bare);
                command
            }
            None => Command::new(&self.bare),
        };
        command.arg("replay").arg(folder.join("ledger.db")).arg(folder.join("catalog.db"));
        command.arg(recorded.join("ledger.db"));
        Child::start("the bare program", command)
    }

    /// Starts the bare program as the recorder of a folder.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_recorder(&self, folder: &Path) -> Result<Child, String> {
        let mut command = Command::new(&self.bare);
        command.arg("record").arg(folder.join("ledger.db"));
        Child::start("the recorder", command)
    }
}

/// Whether a program of this name can be started.
pub fn exists(name: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Groups of a recording before the first sale.
pub const GROUPS_BEFORE: usize = ACTS_BEFORE.len();
