//! What a row of a bench says, how it is computed from many times, and how it is shown.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// One for each thing measured.
    pub rows: Vec<Row>,
}

/// One thing that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name: an operation, and what about it.
    pub name: String,
    /// How many times it was done.
    pub n: usize,
    /// The median of ours.
    pub p50: f64,
    /// Ours, of a hundred the one before last.
    pub p99: f64,
    /// What `p50` and `p99` are in.
    pub unit: String,
    /// Ours against another program in the same run.
    pub ratio: Option<Ratio>,
    /// The other program.
    pub against: Option<String>,
    /// What was counted.
    pub counters: BTreeMap<String, f64>,
    /// The load average when it began.
    pub load: Option<f64>,
    /// Whether the machine was busy with something else: the times of this row say little, the counters what they do.
    pub noisy: bool,
    /// Goals that were missed, in words.
    pub misses: Vec<String>,
}

/// Ours divided by the other's, round by round.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// The median of the rounds' ratios of their medians.
    pub p50: f64,
    /// The worst round's.
    pub p50_worst: f64,
    /// The median of the rounds' ratios at the 99th of a hundred.
    pub p99: f64,
    /// The worst round's.
    pub p99_worst: f64,
    /// Rounds.
    pub rounds: usize,
}

/// The time of one round that `percent` of a hundred do not exceed; 0 when there is none.
pub fn percentile(nanos: &[u64], percent: usize) -> u64 {
    let mut sorted = nanos.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(0)
}

/// The middle one of some numbers; 0 when there is none.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}

/// The ratio of rounds: each a list of ours and one of the other's, in nanoseconds.
pub fn ratio(rounds: &[(Vec<u64>, Vec<u64>)]) -> Ratio {
    let of = |percent: usize| -> Vec<f64> {
        let share = |(ours, theirs): &(Vec<u64>, Vec<u64>)| {
            percentile(ours, percent) as f64 / percentile(theirs, percent).max(1) as f64
        };
        rounds.iter().map(share).collect()
    };
    let worst = |ratios: &[f64]| ratios.iter().copied().fold(0.0, f64::max);
    let (p50, p99) = (of(50), of(99));
    Ratio {
        p50: rounded(median(&p50)),
        p50_worst: rounded(worst(&p50)),
        p99: rounded(median(&p99)),
        p99_worst: rounded(worst(&p99)),
        rounds: rounds.len(),
    }
}

/// Nanoseconds as microseconds.
pub fn micros(nanos: u64) -> f64 {
    nanos as f64 / 1_000.0
}

/// A number with three decimals: more would only pretend.
pub fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

impl Row {
    /// A row from the times of its rounds, without counters.
    pub fn of_rounds(name: &str, against: &str, rounds: &[(Vec<u64>, Vec<u64>)]) -> Self {
        let ours: Vec<u64> = rounds.iter().flat_map(|(ours, _)| ours.iter().copied()).collect();
        Self {
            name: name.to_owned(),
            n: ours.len(),
            p50: micros(percentile(&ours, 50)),
            p99: micros(percentile(&ours, 99)),
            unit: "us".to_owned(),
            ratio: Some(ratio(rounds)),
            against: Some(against.to_owned()),
            counters: BTreeMap::new(),
            load: None,
            noisy: false,
            misses: Vec::new(),
        }
    }

    /// A row of two counts, ours and the other's, that need no rounds: they come out the same each time.
    pub fn of_counts(name: &str, against: &str, unit: &str, (ours, theirs): (f64, f64)) -> Self {
        let share = rounded(ours / theirs.max(1.0));
        let ratio = Ratio { p50: share, p50_worst: share, p99: share, p99_worst: share, rounds: 1 };
        Self {
            n: 1,
            p50: rounded(ours),
            p99: rounded(ours),
            unit: unit.to_owned(),
            ratio: Some(ratio),
            ..Self::of_rounds(name, against, &[])
        }
    }

    /// Shows times in milliseconds, where those say more.
    pub fn in_ms(&mut self) {
        self.unit = "ms".to_owned();
        self.p50 = rounded(self.p50 / 1_000.0);
        self.p99 = rounded(self.p99 / 1_000.0);
    }

    /// Notes what was counted.
    pub fn count(&mut self, what: &str, number: f64) {
        self.counters.insert(what.to_owned(), rounded(number));
    }

    /// Notes a goal: `measured` is to be at most `most`.
    pub fn at_most(&mut self, what: &str, measured: f64, most: f64) {
        if measured > most {
            self.misses.push(format!("{what} is {} and was to be at most {}", short(measured), short(most)));
        }
    }
}

/// A number as a person reads it: three digits that count, or all of a large one.
pub fn short(number: f64) -> String {
    let decimals = if number.fract() == 0.0 || number >= 100.0 { 0 } else { 2 };
    format!("{number:.decimals$}")
}

impl Report {
    /// The table a person reads.
    pub fn table(&self) -> String {
        let mut table = format!(
            "{:<18} {:>6} {:>10} {:>10}    {:>16} {:>16}\n",
            "row", "n", "p50", "p99", "ratio p50", "ratio p99"
        );
        for row in &self.rows {
            let ratio = |shown: fn(&Ratio) -> (f64, f64)| match &row.ratio {
                Some(ratio) => {
                    let (middle, worst) = shown(ratio);
                    format!("{middle:.2} (≤ {worst:.2})")
                }
                None => "—".to_owned(),
            };
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "{:<18} {:>6} {:>10} {:>10} {}  {:>16} {:>16}{}",
                row.name,
                row.n,
                short(row.p50),
                short(row.p99),
                row.unit,
                ratio(|ratio| (ratio.p50, ratio.p50_worst)),
                ratio(|ratio| (ratio.p99, ratio.p99_worst)),
                if row.noisy { "  NOISY" } else { "" },
            );
            if let Some(against) = &row.against {
                let _ = writeln!(table, "    against {against}");
            }
            for (what, number) in &row.counters {
                let _ = writeln!(table, "    {what:<38} {:>12}", short(*number));
            }
            for miss in &row.misses {
                let _ = writeln!(table, "    MISSED: {miss}");
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_from_the_times_themselves() {
        let times: Vec<u64> = (1..=200).rev().collect();
        assert_eq!(percentile(&times, 50), 100);
        assert_eq!(percentile(&times, 99), 198);
        assert_eq!(percentile(&[7], 99), 7);
        assert_eq!(percentile(&[], 50), 0);
    }

    #[test]
    fn a_ratio_is_the_middle_round_and_names_the_worst() {
        let rounds = [(vec![20], vec![10]), (vec![30], vec![10]), (vec![90], vec![10])];
        let ratio = ratio(&rounds);
        assert_eq!((ratio.p50, ratio.p50_worst, ratio.rounds), (3.0, 9.0, 3));
    }

    #[test]
    fn two_counts_are_a_row_with_their_ratio() {
        let row = Row::of_counts("sale.bytes", "nothing", "bytes", (900.0, 600.0));
        assert_eq!((row.p50, row.p99, row.ratio.map(|ratio| ratio.p50)), (900.0, 900.0, Some(1.5)));
    }

    #[test]
    fn a_report_reads_back_from_its_json() {
        let mut row = Row::of_rounds("sale.commit", "nothing", &[(vec![2_000], vec![1_000])]);
        row.count("fsyncs", 1.0);
        row.at_most("ratio p50", 2.0, 1.3);
        let report = Report { rows: vec![row] };
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
        assert!(
            report.table().contains("MISSED: ratio p50 is 2 and was to be at most 1.30"),
            "{}",
            report.table()
        );
    }
}
