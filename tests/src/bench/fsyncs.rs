//! Syncs, counted one by one as the system sees them: those somebody waits for, and those behind.

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
        both.filter(|(done, _)| done.label == act.label()).map(|(_, count)| *count).collect()
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
    sale.count("fsyncs_idle", per_sale(Act::Settle));
    let scanning = f64::from(of(Act::Scan).into_iter().max().unwrap_or(0));
    scan.count("fsyncs_most", scanning);
    scan.at_most("syncs of a scan", scanning, 0.0);
    Ok(())
}

/// The syncs of each act: between the marks that say where it begins and ends.
fn per_act(trace: &str, acts: usize) -> Result<Vec<u32>, String> {
    let mut counted = Vec::with_capacity(acts);
    let mut current = None;
    for line in trace.lines() {
        let is_mark = line.contains("</dev/null>") || line.contains("</dev/null<");
        let (begins, ends) = (line.contains(" fsync("), line.contains(" fdatasync("));
        match (is_mark, begins, ends) {
            (true, true, _) => current = Some(0),
            (true, _, true) => counted.push(current.take().ok_or("an act ends that did not begin")?),
            // What is between two acts belongs to neither: nothing works there.
            (false, true, _) | (false, _, true) => current = current.map(|count| count + 1),
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
71 <... fdatasync resumed>) = 0
70 fdatasync(9</dev/null>) = -1 EINVAL (Invalid argument)
71 fsync(3</data/x>) = 0
70 fsync(9</dev/null>) = -1 EINVAL (Invalid argument)
70 fdatasync(9</dev/null>) = -1 EINVAL (Invalid argument)
";
        assert_eq!(per_act(trace, 2), Ok(vec![2, 0]));
        assert!(per_act(trace, 3).is_err());
    }
}
