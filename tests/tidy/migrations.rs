//! Migrations say why they exist, on their first line.

use super::assert_none;
use super::tree::Tree;

/// A sentence has at least this many letters; fewer is a label.
const SENTENCE_LETTERS_MIN: usize = 20;

fn without_reason(tree: &Tree) -> Vec<String> {
    let migrations = tree.ending(".sql").filter(|file| file.path.starts_with("migrations/"));
    let silent = migrations.filter(|file| {
        let reason = file.text.lines().next().and_then(|line| line.strip_prefix("-- "));
        reason.is_none_or(|reason| reason.trim().len() < SENTENCE_LETTERS_MIN)
    });
    silent.map(|file| format!("{}: its first line is `-- ` and one sentence of why", file.path)).collect()
}

#[test]
fn every_migration_says_why() {
    assert_none("a migration without a reason", &without_reason(&Tree::read()));
}

#[test]
fn a_migration_without_a_reason_is_found() {
    for (text, complaints) in [
        ("-- Receipts are found by number when a customer returns.\ncreate index a on b (c);\n", 0),
        ("create table a (b integer);\n-- Late is too late to be read.\n", 1),
        ("-- sales\n", 1),
        ("", 1),
    ] {
        assert_eq!(
            without_reason(&Tree::of(&[("migrations/terminal/V1.sql", text)])).len(),
            complaints,
            "{text}"
        );
    }
}
