//! What is wrong with the rows of a file: the first ones to be shown, all of them as a file.

use crate::spreadsheet::{marked, separated};
use wire::import::{ImportProblem, ImportProblemKind};

/// Problems that are shown.
const SHOWN_MAX: usize = 100;
/// Problems that the file of all of them holds at most: a million rows may each have one.
const KEPT_MAX: usize = 200_000;
/// Characters of a cell that are shown.
const TEXT_MAX: usize = 80;

/// Problems, by row.
#[derive(Debug, Default)]
pub struct Problems {
    kept: Vec<Kept>,
    more: u64,
}

#[derive(Debug)]
struct Kept {
    row: u64,
    other: Option<u64>,
    column: Option<u32>,
    kind: ImportProblemKind,
    text: Box<str>,
}

impl Problems {
    /// Notes a problem.
    pub fn add(
        &mut self,
        row: u64,
        column: Option<u32>,
        kind: ImportProblemKind,
        text: &str,
        other: Option<u64>,
    ) {
        if self.kept.len() == KEPT_MAX {
            self.more += 1;
            return;
        }
        let text = text.chars().take(TEXT_MAX).collect::<String>().into();
        self.kept.push(Kept { row, other, column, kind, text });
    }

    /// The first ones, the errors before the warnings.
    pub fn shown(&self) -> Vec<ImportProblem> {
        let errors = self.kept.iter().filter(|kept| !kept.kind.is_warning());
        let warnings = self.kept.iter().filter(|kept| kept.kind.is_warning());
        errors.chain(warnings).take(SHOWN_MAX).map(Kept::view).collect()
    }

    /// All of them as a table.
    pub fn csv(&self) -> Vec<u8> {
        let mut csv = separated(Vec::new()).expect("memory is always written to");
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let rows = self.kept.iter().map(|kept| {
            [
                kept.row.to_string(),
                number(kept.column.map(u64::from)),
                if kept.kind.is_warning() { "warning" } else { "error" }.to_owned(),
                kept.kind.words().to_owned(),
                marked(&kept.text).into_owned(),
                number(kept.other),
            ]
        });
        let head = ["row", "column", "kind", "problem", "text", "earlier row"].map(str::to_owned);
        let more = (self.more > 0).then(|| {
            let words = format!("{} more problems are not listed", self.more);
            [String::new(), String::new(), String::new(), words, String::new(), String::new()]
        });
        for row in std::iter::once(head).chain(rows).chain(more) {
            csv.write_record(row).expect("rows of one length are written to memory");
        }
        csv.into_inner().expect("memory is always written to")
    }
}

impl Kept {
    fn view(&self) -> ImportProblem {
        ImportProblem {
            row: self.row,
            column: self.column,
            kind: self.kind,
            warning: self.kind.is_warning(),
            text: self.text.to_string(),
            other: self.other,
        }
    }
}
