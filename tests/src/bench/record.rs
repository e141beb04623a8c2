//! The recording the bare program works from: a till sells, and every change of a row is written down beside it. So the
//! list of what a sale writes comes from the till and from nowhere else.

use super::ours::Done;
use super::program::Programs;
use crate::seed::Plan;
use std::path::Path;

/// Lets a till in `folder` do so many acts and records them in its ledger's own file.
///
/// # Errors
/// When one of the programs fails.
pub fn record(programs: &Programs, folder: &Path, plan: &Plan, acts: usize) -> Result<(), String> {
    let mut recorder = programs.start_recorder(folder)?;
    let mut ours = programs.start_ours(&[], folder, plan, false)?;
    for _ in 0..acts {
        let done: Vec<Done> = ours.run(1)?;
        let done = done.first().ok_or("the till did nothing")?;
        let marked = recorder.ask(&format!("{} {} {}", done.label, done.commits, done.code))?;
        if marked != "marked" {
            return Err(format!("the recorder says {marked}"));
        }
    }
    // The till first: what it writes at its end is in no group.
    ours.end()?;
    recorder.end()
}
