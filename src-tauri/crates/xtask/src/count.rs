//! How many tests passed and failed, read from what the runners say at their end.

use std::ops::AddAssign;

/// Tests that passed, failed and were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
    /// Tests the runner left out. There should be none: a test that does not run proves nothing.
    pub left_out: u32,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.left_out += other.left_out;
    }
}

/// Who says how many tests there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// Nobody: the step is one check that succeeds or not.
    Step,
    /// `cargo test`, one line per test binary.
    Cargo,
    /// vitest, one line at the end.
    Vitest,
    /// Our own runners, one line at the end: `N passed, N failed`.
    Ours,
}

/// Counts the tests of a finished step. A runner that did not succeed although it names no failed test (it did not
/// compile, it was ended) counts as one failure, so that nothing broken ever adds up to a pass.
pub fn count(runner: Runner, said: &str, succeeded: bool) -> Count {
    let mut count = Count::default();
    match runner {
        Runner::Step => count.passed = u32::from(succeeded),
        Runner::Cargo => said.lines().filter_map(cargo).for_each(|found| count += found),
        Runner::Vitest => said.lines().filter_map(vitest).for_each(|found| count += found),
        Runner::Ours => count = said.lines().rev().find_map(ours).unwrap_or_default(),
    }
    if !succeeded && count.failed == 0 {
        count.failed = 1;
    }
    count
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn cargo(line: &str) -> Option<Count> {
    let numbers = line.trim().strip_prefix("test result: ")?.split_once(". ")?.1;
    Some(Count {
        passed: number_before(numbers, "passed")?,
        failed: number_before(numbers, "failed")?,
        left_out: number_before(numbers, "ignored")?,
    })
}

/// `      Tests  1 failed | 12 passed | 2 skipped (15)`
fn vitest(line: &str) -> Option<Count> {
    let numbers = line.trim().strip_prefix("Tests ")?;
    let found = |word| number_before(numbers, word);
    let (passed, failed) = (found("passed"), found("failed"));
    if passed.is_none() && failed.is_none() {
        return None;
    }
    Some(Count {
        passed: passed.unwrap_or(0),
        failed: failed.unwrap_or(0),
        left_out: found("skipped").unwrap_or(0) + found("todo").unwrap_or(0),
    })
}

/// `7 passed, 0 failed`
fn ours(line: &str) -> Option<Count> {
    let (passed, failed) = line.trim().split_once(", ")?;
    Some(Count {
        passed: passed.strip_suffix(" passed")?.parse().ok()?,
        failed: failed.strip_suffix(" failed")?.parse().ok()?,
        left_out: 0,
    })
}

/// The number right before a word: `number_before("3 passed; 1 failed", "failed")` is 1.
fn number_before(text: &str, word: &str) -> Option<u32> {
    let words: Vec<&str> = text.split([' ', ';', '|', ',']).filter(|part| !part.is_empty()).collect();
    let at = words.iter().position(|found| *found == word)?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runner_is_understood() {
        let cargo = "running 2 tests\ntest result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; \
                     finished in 0.01s\n\n   Doc-tests domain\n\
                     test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s\n";
        let vitest =
            " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 12 passed | 2 skipped (15)\n";
        for (runner, said, succeeded, passed, failed, left_out) in [
            (Runner::Cargo, cargo, false, 13, 2, 1),
            (Runner::Vitest, vitest, false, 12, 1, 2),
            (Runner::Vitest, "      Tests  5 passed (5)\n", true, 5, 0, 0),
            (Runner::Ours, "ok a\n7 passed, 0 failed\n", true, 7, 0, 0),
            (Runner::Step, "anything", true, 1, 0, 0),
            (Runner::Step, "anything", false, 0, 1, 0),
        ] {
            assert_eq!(
                count(runner, said, succeeded),
                Count { passed, failed, left_out },
                "{runner:?}: {said}"
            );
        }
    }

    #[test]
    fn a_runner_that_breaks_without_naming_a_test_has_failed_once() {
        let said =
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\nerror: could not compile `terminal`";
        assert_eq!(count(Runner::Cargo, said, false), Count { passed: 3, failed: 1, left_out: 0 });
        assert_eq!(count(Runner::Ours, "", false), Count { passed: 0, failed: 1, left_out: 0 });
    }

    #[test]
    fn silence_is_no_test() {
        for runner in [Runner::Cargo, Runner::Vitest, Runner::Ours] {
            assert_eq!(count(runner, "all is well\n", true), Count::default());
        }
    }
}
