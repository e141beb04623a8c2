//! The part of a log a person wants to read first when something failed.

const LINES_MAX: usize = 160;
const LINES_LAST: usize = 60;

/// The sections in which `cargo test` and `tests/runner.mjs` tell what failed; without any, the last lines.
pub fn excerpt(said: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in said.lines() {
        let begins =
            line == "failures:" || ["FAILED  ", "left out  "].iter().any(|mark| line.starts_with(mark));
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
}
