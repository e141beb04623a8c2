//! The rules of this repository that no compiler knows. Each rule is a function from the tree to complaints, so that
//! it can be tried on a tree that breaks it: a rule that cannot fail is a defect.

mod arrows;
mod migrations;
mod modules;
mod names;
mod nouns;
mod packages;
mod tree;
mod words;

/// Fails with every complaint at once, so that one run shows all there is to mend.
fn assert_none(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{rule}:\n  {}\n", complaints.join("\n  "));
}
