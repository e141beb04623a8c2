//! Rust files: each says what it owns, none is forgotten, and a module has one place.

use super::assert_none;
use super::packages::{Package, Target, read};
use super::tree::{File, Tree};
use std::collections::BTreeSet;

/// Every file begins by saying what it owns.
fn without_purpose(tree: &Tree) -> Vec<String> {
    let silent = tree.ending(".rs").filter(|file| !file.text.starts_with("//! "));
    silent.map(|file| format!("{}: begin with `//! ` and what this file owns", file.path)).collect()
}

/// `foo.rs` + `foo/`, so that a tab of an editor names its module.
fn named_mod(tree: &Tree) -> Vec<String> {
    let named = tree.ending(".rs").filter(|file| file.path.ends_with("/mod.rs"));
    named.map(|file| format!("{}: name it after its folder, beside the folder", file.path)).collect()
}

/// A file no `mod` line leads to is not compiled, and its tests do not run.
fn forgotten(tree: &Tree, packages: &[Package]) -> Vec<String> {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut waiting: Vec<(String, String)> = Vec::new();
    for Target { source, .. } in packages.iter().flat_map(|package| &package.targets) {
        waiting.push((source.clone(), folder_of(source).to_owned()));
    }
    while let Some((path, folder)) = waiting.pop() {
        if !reached.insert(path.clone()) {
            continue;
        }
        let Some(file) = tree.at(&path) else { continue };
        for module in modules(file) {
            let child = match module {
                Module::Named(name) => format!("{folder}/{name}.rs"),
                Module::At(place) => format!("{}/{place}", folder_of(&path)),
            };
            let children = child.trim_end_matches(".rs").to_owned();
            waiting.push((child, children));
        }
    }
    let lost = tree.ending(".rs").filter(|file| !reached.contains(&file.path));
    lost.map(|file| format!("{}: no `mod` line leads here", file.path)).collect()
}

enum Module {
    /// `mod name;`
    Named(String),
    /// `#[path = "place"] mod name;`
    At(String),
}

/// The `mod` lines of a file. Only lines on their own count: that is how they are written here.
fn modules(file: &File) -> Vec<Module> {
    let mut found = Vec::new();
    let mut place = None;
    for line in file.text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("#[path = \"") {
            place = rest.strip_suffix("\"]").map(str::to_owned);
            continue;
        }
        let declared = ["mod ", "pub mod ", "pub(crate) mod ", "pub(super) mod "]
            .iter()
            .find_map(|beginning| line.strip_prefix(beginning)?.strip_suffix(';'));
        if let Some(name) = declared {
            found.push(place.take().map_or_else(|| Module::Named(name.to_owned()), Module::At));
        }
    }
    found
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

#[test]
fn every_file_says_what_it_owns() {
    assert_none("a file that does not say what it owns", &without_purpose(&Tree::read()));
}

#[test]
fn no_file_is_called_mod() {
    assert_none("a file called mod.rs", &named_mod(&Tree::read()));
}

#[test]
fn no_file_is_forgotten() {
    assert_none("a file that is not compiled", &forgotten(&Tree::read(), &read()));
}

/// The largest files are a question to ask, not a limit: shown, never refused.
#[test]
fn the_largest_files_are_shown() {
    let tree = Tree::read();
    let mut sizes: Vec<(usize, &str)> = [".rs", ".ts", ".svelte", ".sql"]
        .iter()
        .flat_map(|ending| tree.ending(ending))
        .filter(|file| !file.path.contains("/generated/"))
        .map(|file| (file.text.lines().count(), file.path.as_str()))
        .collect();
    sizes.sort_unstable_by(|left, right| right.cmp(left));
    println!("the ten largest source files:");
    for (lines, path) in sizes.iter().take(10) {
        println!("{lines:>6}  {path}");
    }
    assert!(!sizes.is_empty(), "there are source files");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_nothing_is_found() {
        let tree = Tree::of(&[("a.rs", "//! Owns a.\n"), ("b.rs", "use a;\n//! Late.\n")]);
        assert_eq!(without_purpose(&tree).len(), 1);
    }

    #[test]
    fn a_mod_file_is_found() {
        assert_eq!(named_mod(&Tree::of(&[("src/a/mod.rs", ""), ("src/model.rs", "")])).len(), 1);
    }

    #[test]
    fn a_forgotten_file_is_found() {
        let tree = Tree::of(&[
            ("a/src/lib.rs", "pub mod sale;\n#[path = \"odd/place.rs\"]\nmod place;\n// mod comment;\n"),
            ("a/src/sale.rs", "#[cfg(test)]\nmod tests;\nmod inline {\n}\n"),
            ("a/src/sale/tests.rs", ""),
            ("a/src/odd/place.rs", ""),
            ("a/src/comment.rs", ""),
            ("a/src/tests.rs", ""),
        ]);
        let target = Target { is_test: false, source: "a/src/lib.rs".to_owned() };
        let package =
            Package { name: "a".into(), manifest: String::new(), uses: vec![], targets: vec![target] };
        let found = forgotten(&tree, &[package]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("comment.rs") && found[1].contains("a/src/tests.rs"), "{found:?}");
    }
}
