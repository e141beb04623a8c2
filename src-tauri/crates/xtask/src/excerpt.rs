//! The part of a log a person wants to read first when something failed.

const LINES_MAX: usize = 160;
const LINES_LAST: usize = 60;
const WHY_MAX: usize = 200;

/// The sections in which `cargo test` and `tests/runner.mjs` tell what failed; without any, the last lines.
pub fn excerpt(said: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in said.lines() {
        let begins = line == "failures:"
            || ["FAILED  ", "left out  ", "second try  ", "the page of what failed: ", "left behind: "]
                .iter()
                .any(|mark| line.starts_with(mark));
        let ends = line.starts_with("test result:") || line.starts_with("ok  ");
        inside = begins || (inside && !ends);
        if inside {
            lines.push(line);
        }
    }
    let total = lines.len();
    if total > LINES_MAX {
        lines.truncate(LINES_MAX);
        lines.push("…");
    }
    if lines.is_empty() {
        lines = said.lines().collect();
        lines.drain(..lines.len().saturating_sub(LINES_LAST));
    }
    lines.iter().map(|line| format!("    {line}\n")).collect()
}

/// What failed, a line each: the test's name, and where it stands beside it (browser) the first line of why.
pub fn failed(said: &str) -> Vec<String> {
    let mut lines = said.lines().peekable();
    let mut failed = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED")) {
            failed.push(name.to_owned());
        } else if let Some(name) = line.strip_prefix("FAILED  ") {
            let why: String = lines.peek().unwrap_or(&"").chars().take(WHY_MAX).collect();
            failed.push(format!("{name}: {why}"));
        }
    }
    failed
}

/// The names of the tests that passed only when they ran a second time.
pub fn unsteady(said: &str) -> Vec<String> {
    said.lines().filter_map(|line| line.strip_prefix("second try  ")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_in_the_middle_are_shown() {
        let said = "noise\nfailures:\n\n---- a stdout ----\nleft is not right\n\nfailures:\n    a\n\n\
                    test result: FAILED. 0 passed; 1 failed\nmore noise\ntest result: ok. 1 passed; 0 failed";
        let shown = excerpt(said);
        assert!(shown.contains("left is not right") && !shown.contains("noise"), "{shown}");
    }

    #[test]
    fn what_failed_in_a_browser_is_shown_wherever_it_stands() {
        let passed = "ok  a screen  12 ms\n".repeat(500);
        let said = format!(
            "{passed}FAILED  a sale\nError: no button\n    at sale.mjs:3\n{passed}499 passed, 1 failed"
        );
        let shown = excerpt(&said);
        assert!(shown.contains("FAILED  a sale\n") && shown.contains("sale.mjs:3"), "{shown}");
        assert!(!shown.contains("a screen"), "{shown}");
    }

    #[test]
    fn without_failures_the_last_lines_are_shown() {
        let said: String = (0..1000).map(|number| format!("line {number}\n")).collect();
        let shown = excerpt(&said);
        assert!(shown.contains("line 999") && !shown.contains("line 900\n"), "{shown}");
    }

    #[test]
    fn what_failed_is_named_in_a_line_each() {
        let said =
            "test a::b ... ok\ntest a::c ... FAILED\nFAILED  a sale\nError: no button\n    at sale.mjs:3";
        assert_eq!(failed(said), ["a::c", "a sale: Error: no button"]);
    }

    #[test]
    fn what_passed_at_the_second_try_is_named() {
        let said = "FAILED  a sale\nError: late\nonce more: a.test.mjs\nok  a sale  12 ms\nsecond try  a sale\n1 passed";
        assert_eq!(unsteady(said), ["a sale"]);
    }
}
