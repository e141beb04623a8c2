//! Makes the enum of the texts the till itself writes from `assets/i18n/en-paper.ftl`. A text of paper or of reports that is
//! missing in another language, or that nobody has in English, stops the build.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const FOLDER: &str = "../../../assets/i18n";

fn main() {
    // The words of reports are looked up by the names of reports and columns, and need no enum.
    compared("report");
    let english = compared("paper");
    let mut code = String::from(
        "/// A text the till itself writes.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Key {\n",
    );
    let mut arms = String::new();
    let mut all = String::new();
    for key in &english {
        let variant = variant(key);
        writeln!(code, "    /// `{key}`\n    {variant},").expect("writing to a string cannot fail");
        writeln!(arms, "            Self::{variant} => {key:?},").expect("writing to a string cannot fail");
        write!(all, "Self::{variant}, ").expect("writing to a string cannot fail");
    }
    write!(
        code,
        "}}\n\nimpl Key {{\n    /// Every text.\n    #[cfg(test)]\n    pub const ALL: &[Self] = &[{all}];\n\n    \
         /// The key as it stands in the files.\n    pub const fn text(self) -> &'static str {{\n        match self {{\n\
         {arms}        }}\n    }}\n}}\n"
    )
    .expect("writing to a string cannot fail");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::write(out.join("paper_keys.rs"), code).expect("the build's folder can be written");
}

/// The keys of a file in English, which are those of every language.
fn compared(file: &str) -> BTreeSet<String> {
    let english = keys("en", file);
    for language in ["fr", "ar"] {
        let other = keys(language, file);
        let missing: Vec<_> = english.difference(&other).collect();
        let unknown: Vec<_> = other.difference(&english).collect();
        assert!(missing.is_empty(), "{language}-{file}.ftl lacks {missing:?}");
        assert!(unknown.is_empty(), "{language}-{file}.ftl has texts that English lacks: {unknown:?}");
    }
    english
}

/// The keys of a language's file: messages begin in the first column.
fn keys(language: &str, file: &str) -> BTreeSet<String> {
    let path = Path::new(FOLDER).join(format!("{language}-{file}.ftl"));
    println!("cargo:rerun-if-changed={}", path.display());
    let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
        .collect()
}

/// `paper-tax_number` → `PaperTaxNumber`
fn variant(key: &str) -> String {
    key.split(['-', '_'])
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        })
        .collect()
}
