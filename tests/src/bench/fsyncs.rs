//! Syncs, counted one by one as the system sees them: those somebody waits for, and those behind. What a thread syncs that
//! answers nobody, as the ledger's writer does with drafts when it was idle for a while, is counted apart, whatever is
//! being answered meanwhile.

use super::figures::Row;
use super::ours::{ACTS_OF_A_SALE, Act, Done};
use super::program::{GROUPS_BEFORE, Programs, exists};
use super::selling::Copies;
use super::till;
use crate::seed::Plan;
use std::fs;

/// Syncs off the answering path that a cash sale with a receipt and a kick may cost.
const OFF_PATH_MOST: f64 = 6.0;

/// Counts the syncs of some sales and notes them in the rows of selling and scanning.
///
/// # Errors
/// When a program fails.
pub fn count(
    programs: &Programs,
    copies: &Copies,
    plan: &Plan,
    sales: usize,
    (sale, scan): (&mut Row, &mut Row),
) -> Result<(), String> {
    if !exists("strace") {
        sale.misses.push("syncs were not counted: there is no strace".to_owned());
        return Ok(());
    }
    let folder = till::settled_copy(&copies.base, &programs.work.join("syncs"))?;
    let trace = programs.work.join("syncs.txt");
    let trace_text = trace.display().to_string();
    let watcher = ["strace", "-f", "-y", "-q", "-e", "trace=fsync,fdatasync", "-o", &trace_text];
    let mut ours = programs.start_ours(&watcher, &folder, plan, true)?;
    let mut done: Vec<Done> = ours.run(GROUPS_BEFORE + sales * ACTS_OF_A_SALE.len())?;
    ours.end()?;
    let text = fs::read_to_string(&trace).map_err(|error| format!("{}: {error}", trace.display()))?;
    let counted = per_act(&text, done.len())?;
    // A till that was just opened has its files' headers still to write.
    done.drain(..GROUPS_BEFORE);
    let counted = &counted[GROUPS_BEFORE..];
    let of = |act: Act| -> Vec<u32> {
        let both = done.iter().zip(counted);
        both.filter(|(done, _)| done.label == act.label()).map(|(_, syncs)| syncs.own).collect()
    };
    let beside = |act: Act| -> f64 {
        let both = done.iter().zip(counted);
        both.filter(|(done, _)| done.label == act.label()).map(|(_, syncs)| f64::from(syncs.beside)).sum()
    };
    let per_sale = |act: Act| f64::from(of(act).iter().sum::<u32>()) / sales as f64;
    let answering = of(Act::Complete);
    let most = f64::from(answering.iter().copied().max().unwrap_or(0));
    let least = f64::from(answering.iter().copied().min().unwrap_or(0));
    sale.count("fsyncs_answering_most", most);
    sale.count("fsyncs_answering_least", least);
    if most != 1.0 || least != 1.0 {
        sale.misses
            .push(format!("a sale syncs {least} to {most} times before its answer and was to sync once"));
    }
    let off_path = per_sale(Act::Spool) + per_sale(Act::Fold);
    sale.count("fsyncs_off_path", off_path);
    sale.at_most("syncs off the answering path", off_path, OFF_PATH_MOST);
    let idle: f64 = Act::ALL.into_iter().map(beside).sum();
    sale.count("fsyncs_idle", per_sale(Act::Settle) + idle / sales as f64);
    sale.count("fsyncs_idle_while_answering", beside(Act::Complete));
    let scanning = f64::from(of(Act::Scan).into_iter().max().unwrap_or(0));
    scan.count("fsyncs_most", scanning);
    scan.count("fsyncs_idle_while_answering", beside(Act::Scan));
    scan.at_most("syncs of a scan", scanning, 0.0);
    Ok(())
}

/// The syncs while one act was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Syncs {
    /// Of the thread that does it.
    own: u32,
    /// Of others.
    beside: u32,
}

/// The syncs of each act: between the marks that say where it begins and ends, which the thread makes that does it.
fn per_act(trace: &str, acts: usize) -> Result<Vec<Syncs>, String> {
    let mut counted = Vec::with_capacity(acts);
    let mut current: Option<(&str, Syncs)> = None;
    for line in trace.lines() {
        let thread = line.split(' ').next().unwrap_or_default();
        let is_mark = line.contains("</dev/null>") || line.contains("</dev/null<");
        let (begins, ends) = (line.contains(" fsync("), line.contains(" fdatasync("));
        match (is_mark, begins, ends) {
            (true, true, _) => current = Some((thread, Syncs::default())),
            (true, _, true) => counted.push(current.take().ok_or("an act ends that did not begin")?.1),
            // What is between two acts belongs to neither: nothing works there.
            (false, true, _) | (false, _, true) => {
                if let Some((doing, syncs)) = &mut current {
                    *if *doing == thread { &mut syncs.own } else { &mut syncs.beside } += 1;
                }
            }
            _ => {}
        }
    }
    if counted.len() == acts {
        Ok(counted)
    } else {
        Err(format!("{} acts were traced of {acts}", counted.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syncs_are_counted_between_the_marks() {
        let trace = "\
71 fsync(3</data/x>) = 0
70 fsync(9</dev/null>) = -1 EINVAL (Invalid argument)
71 fdatasync(4</data/ledger.db-wal> <unfinished ...>
70 fsync(5</data/y>) = 0
70 fdatasync(5</data/y>) = 0
71 <... fdatasync resumed>) = 0
70 fdatasync(9</dev/null>) = -1 EINVAL (Invalid argument)
71 fsync(3</data/x>) = 0
70 fsync(9</dev/null>) = -1 EINVAL (Invalid argument)
70 fdatasync(9</dev/null>) = -1 EINVAL (Invalid argument)
";
        assert_eq!(per_act(trace, 2), Ok(vec![Syncs { own: 2, beside: 1 }, Syncs::default()]));
        assert!(per_act(trace, 3).is_err());
    }
}
