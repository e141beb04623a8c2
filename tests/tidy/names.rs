//! Names of files and types: words that say nothing are refused with what to write instead, and the top level stays
//! a page one can read.

use super::assert_none;
use super::tree::Tree;

/// A word and what to write instead.
const SAYS_NOTHING: &[(&str, &str)] = &[
    ("manager", "name what it does to what: spooler, registrar, drawer"),
    ("service", "name the noun it works on"),
    ("helper", "move the function to the noun it works on"),
    ("helpers", "move the functions to the nouns they work on"),
    ("util", "move the function to the noun it works on"),
    ("utils", "move the functions to the nouns they work on"),
    ("common", "move it to the crate that owns it"),
    ("misc", "move it to the file that owns it"),
    ("processor", "name the verb: encode, project, fold"),
    ("handler", "name what happens: complete, refuse, announce"),
];

/// The folders of the top level.
const FOLDERS: &[&str] = &["assets", "docs", "icons", "migrations", "src-tauri", "tests", "ui"];

/// The files of the top level, besides those that begin with a dot.
const PAGES: &[&str] = &[
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "tauri.conf.json",
];

fn empty_file_names(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in &tree.files {
        let parts: Vec<String> = file.path.split(['/', '.', '_', '-']).map(str::to_lowercase).collect();
        for (word, instead) in SAYS_NOTHING.iter().filter(|(word, _)| parts.iter().any(|part| part == word)) {
            complaints.push(format!("{}: `{word}` says nothing; {instead}", file.path));
        }
    }
    complaints
}

fn empty_type_names(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in tree.ending(".rs") {
        for name in file.text.lines().filter_map(declared_type) {
            let last = last_word(name).to_lowercase();
            if let Some((word, instead)) = SAYS_NOTHING.iter().find(|(word, _)| *word == last) {
                complaints
                    .push(format!("{}: `{name}` ends in `{word}`, which says nothing; {instead}", file.path));
            }
        }
    }
    complaints
}

/// The name of the type this line declares.
fn declared_type(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = ["pub(crate) ", "pub(super) ", "pub "]
        .iter()
        .find_map(|start| line.strip_prefix(start))
        .unwrap_or(line);
    let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|start| line.strip_prefix(start))?;
    rest.split(|letter: char| !letter.is_alphanumeric()).next()
}

/// `PrintQueue` → `Queue`.
fn last_word(name: &str) -> &str {
    name.rfind(char::is_uppercase).map_or(name, |at| &name[at..])
}

fn strangers_at_the_top(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in &tree.files {
        let is_known = match file.path.split_once('/') {
            Some((folder, _)) => FOLDERS.contains(&folder) || folder.starts_with('.'),
            None => PAGES.contains(&file.path.as_str()) || file.path.starts_with('.'),
        };
        if !is_known {
            complaints
                .push(format!("{}: the top level is full; it belongs into one of its rooms", file.path));
        }
    }
    complaints
}

#[test]
fn every_file_name_says_something() {
    assert_none("a file name that says nothing", &empty_file_names(&Tree::read()));
}

#[test]
fn every_type_name_says_something() {
    assert_none("a type name that says nothing", &empty_type_names(&Tree::read()));
}

#[test]
fn the_top_level_holds_only_its_rooms() {
    assert_none("strangers at the top level", &strangers_at_the_top(&Tree::read()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_that_says_nothing_is_found() {
        for (path, complaints) in [
            ("src/print_queue.rs", 0),
            ("src/communication.rs", 0),
            ("src/utils.rs", 1),
            ("ui/sale-helper.ts", 1),
        ] {
            assert_eq!(empty_file_names(&Tree::of(&[(path, "")])).len(), complaints, "{path}");
        }
    }

    #[test]
    fn a_type_name_that_says_nothing_is_found() {
        for (line, complaints) in [
            ("pub struct Spooler {", 0),
            ("/// A struct SaleManager would say nothing.", 0),
            ("pub struct SaleManager;", 1),
            ("    pub(crate) trait PrintService {", 1),
            ("enum EventHandler<T> {", 1),
        ] {
            assert_eq!(empty_type_names(&Tree::of(&[("a.rs", line)])).len(), complaints, "{line}");
        }
    }

    #[test]
    fn a_stranger_at_the_top_is_found() {
        for (path, complaints) in [
            ("ui/package.json", 0),
            (".ci/run", 0),
            ("README.md", 0),
            (".deny.toml", 0),
            ("notes.md", 1),
            ("scripts/build.sh", 1),
        ] {
            assert_eq!(strangers_at_the_top(&Tree::of(&[(path, "")])).len(), complaints, "{path}");
        }
    }
}
