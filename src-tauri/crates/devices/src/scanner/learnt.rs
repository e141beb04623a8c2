//! What was learnt about a scanner: what it puts around each code, and that it sometimes tells one read twice.

use std::time::{Duration, Instant};

use domain::device::ScannerSettings;

use super::{ScanFrame, ScannerError, ScannerPort};

/// A scanner whose codes are freed of what stands around them.
pub struct Learnt {
    port: Box<dyn ScannerPort>,
    settings: ScannerSettings,
    last: Option<(String, Instant)>,
}

impl Learnt {
    /// A scanner with what its settings say of it.
    pub fn new(port: Box<dyn ScannerPort>, settings: ScannerSettings) -> Self {
        Self { port, settings, last: None }
    }

    /// The code as it was read; `None` when it is the last one told twice.
    fn taken(&mut self, code: String, now: Instant) -> Option<String> {
        let code = bare(&code, &self.settings.prefix, &self.settings.suffix).to_owned();
        let within = Duration::from_millis(self.settings.same_within_ms.into());
        let again = !within.is_zero()
            && self.last.as_ref().is_some_and(|(last, at)| *last == code && now.duration_since(*at) < within);
        self.last = Some((code.clone(), now));
        (!again).then_some(code)
    }
}

impl ScannerPort for Learnt {
    fn read(&mut self, wait: Duration) -> Result<Option<ScanFrame>, ScannerError> {
        let until = Instant::now() + wait;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.port.read(left)? {
                Some(ScanFrame::Code(code)) => {
                    if let Some(code) = self.taken(code, Instant::now()) {
                        return Ok(Some(ScanFrame::Code(code)));
                    }
                }
                other => return Ok(other),
            }
        }
    }
}

/// A code without its prefix and suffix, where they stand and something is left between them.
fn bare<'a>(code: &'a str, prefix: &str, suffix: &str) -> &'a str {
    let inner = code.strip_prefix(prefix).unwrap_or(code);
    let inner = inner.strip_suffix(suffix).unwrap_or(inner);
    if inner.is_empty() { code } else { inner }
}

/// What three reads of different codes have in common: the prefix and suffix a scanner puts around each. A shop's own
/// codes may begin alike, so what is common counts only as far as `known` says what the middle is.
pub fn around(read: &[String], known: &[String]) -> Option<(String, String)> {
    let mut found: Option<(String, String)> = None;
    for (read, known) in read.iter().zip(known) {
        let (prefix, suffix) = read.split_once(known.as_str())?;
        let here = (prefix.to_owned(), suffix.to_owned());
        if found.as_ref().is_some_and(|before| *before != here) {
            return None;
        }
        found = Some(here);
    }
    found
}

#[cfg(test)]
mod tests {
    use domain::device::ScannerConnection;

    use super::*;

    struct None_;

    impl ScannerPort for None_ {
        fn read(&mut self, _wait: Duration) -> Result<Option<ScanFrame>, ScannerError> {
            Ok(None)
        }
    }

    fn learnt(prefix: &str, suffix: &str, same_within_ms: u16) -> Learnt {
        let settings = ScannerSettings {
            connection: ScannerConnection::Simulated,
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            same_within_ms,
        };
        Learnt::new(Box::new(None_), settings)
    }

    #[test]
    fn what_stands_around_a_code_is_taken_off_where_it_stands() {
        for (code, bare) in [("~F123#", "123"), ("123#", "123"), ("123", "123"), ("~F#", "~F#")] {
            assert_eq!(learnt("~F", "#", 0).taken(code.to_owned(), Instant::now()), Some(bare.to_owned()));
        }
    }

    #[test]
    fn one_read_told_twice_counts_once_and_two_cans_count_twice() {
        let mut scanner = learnt("", "", 150);
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut read = |code: &str, ms| scanner.taken(code.to_owned(), at(ms)).is_some();
        assert_eq!(
            [read("1", 0), read("1", 100), read("1", 200), read("1", 400), read("2", 401)],
            [true, false, false, true, true]
        );
    }

    #[test]
    fn a_scanner_is_learnt_from_codes_that_are_known() {
        let text = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let known = text(&["2012345678903", "ABC-123"]);
        assert_eq!(
            around(&text(&["~2012345678903X", "~ABC-123X"]), &known),
            Some(("~".to_owned(), "X".to_owned()))
        );
        assert_eq!(around(&text(&["~2012345678903X", "ABC-123X"]), &known), None);
        assert_eq!(around(&text(&["é012345678903", "ABC-123"]), &known), None);
    }
}
