//! The same noun has the same file name: what the list of operations calls `sale.complete` is found in
//! `terminal/src/sale.rs`.

use super::assert_none;
use super::tree::Tree;
use std::collections::BTreeSet;

const LIST: &str = "src-tauri/crates/wire/src/operations.rs";

/// The nouns of the list: `command sale.scan (Scan) …` → `sale`.
fn nouns(list: &str) -> BTreeSet<&str> {
    list.lines()
        .filter_map(|line| line.strip_prefix("command ").or_else(|| line.strip_prefix("query ")))
        .filter_map(|rest| Some(rest.trim_start().split_once('.')?.0))
        .collect()
}

fn without_a_file(tree: &Tree) -> Vec<String> {
    let list = tree.at(LIST).expect("the list of operations");
    let path = |noun: &&str| format!("src-tauri/crates/terminal/src/{noun}.rs");
    let missing = nouns(&list.text).into_iter().filter(|noun| tree.at(&path(noun)).is_none());
    missing
        .map(|noun| format!("{noun}.… is in the list of operations, so {} is where it is done", path(&noun)))
        .collect()
}

#[test]
fn every_noun_of_the_list_has_its_file() {
    let tree = Tree::read();
    let list = tree.at(LIST).expect("the list of operations");
    assert!(nouns(&list.text).len() > 5, "the list is written otherwise than this test reads it");
    assert_none("an operation whose file has another name", &without_a_file(&tree));
}

#[test]
fn a_noun_without_a_file_is_found() {
    let list = "/// Does.\ncommand sale.scan   (Scan) -> SaleView, errors [], needs Sell;\nquery   role.list (Nothing);\n";
    let tree = Tree::of(&[(LIST, list), ("src-tauri/crates/terminal/src/sale.rs", "")]);
    let found = without_a_file(&tree);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("role."), "{found:?}");
}
