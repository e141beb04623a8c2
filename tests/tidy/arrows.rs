//! Who may use whom: the tables of src-tauri/ARCHITECTURE.md against what cargo sees.

use super::assert_none;
use super::packages::{Package, read};
use super::tree::Tree;

/// The tables, as they are written.
#[derive(Debug)]
struct Tables {
    /// Crate → crates of ours it may use; `None`: any.
    arrows: Vec<(String, Option<Vec<String>>)>,
    /// Names from outside, perhaps with `*` at the end → crates that may use them.
    outside: Vec<(Vec<String>, Vec<String>)>,
    /// Crate → all it may take from outside, and whether only behind a feature.
    only: Vec<(String, Vec<(String, bool)>)>,
}

impl Tables {
    fn parse(page: &str) -> Tables {
        let arrow = |row: Vec<String>| (row[0].clone(), (row[2] != "anything").then(|| names(&row[2])));
        let only = |row: Vec<String>| {
            let taken = names(&row[1]).into_iter().map(|name| {
                let bare = name.trim_matches(['(', ')']).to_owned();
                let is_optional = bare != name;
                (bare, is_optional)
            });
            (row[0].clone(), taken.collect())
        };
        Tables {
            arrows: rows(page, "arrows").into_iter().map(arrow).collect(),
            outside: rows(page, "outside").into_iter().map(|row| (names(&row[0]), names(&row[1]))).collect(),
            only: rows(page, "only").into_iter().map(only).collect(),
        }
    }

    /// Whether this crate is one of the tests that see everything.
    fn is_free(&self, name: &str) -> bool {
        self.arrows.iter().any(|(row, allowed)| row == name && allowed.is_none())
    }
}

/// The cells of the table between `<!-- name -->` and `<!-- /name -->`, without its two lines of heading.
fn rows(page: &str, name: &str) -> Vec<Vec<String>> {
    let inside = page.split_once(&format!("<!-- {name} -->")).and_then(|(_, rest)| {
        let (inside, _) = rest.split_once(&format!("<!-- /{name} -->"))?;
        Some(inside)
    });
    let inside =
        inside.unwrap_or_else(|| panic!("ARCHITECTURE.md has no table between <!-- {name} --> marks"));
    let lines = inside.lines().filter(|line| line.starts_with('|')).skip(2);
    lines
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect())
        .collect()
}

/// `a, b` → a and b; `nothing` → none.
fn names(cell: &str) -> Vec<String> {
    if cell == "nothing" {
        return Vec::new();
    }
    cell.split(',').map(|name| name.trim().to_owned()).collect()
}

/// Whether a name from outside is meant by a word of the table.
fn is_meant(word: &str, name: &str) -> bool {
    match word.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => word == name,
    }
}

fn wrong_arrows(tables: &Tables, packages: &[Package]) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in packages {
        let Some((_, allowed)) = tables.arrows.iter().find(|(name, _)| *name == package.name) else {
            complaints.push(format!("{} has no row in the table of arrows", package.name));
            continue;
        };
        let Some(allowed) = allowed else { continue };
        for used in package.uses.iter().filter(|used| used.is_ours && !allowed.contains(&used.name)) {
            complaints.push(format!("{} must not use {}", package.name, used.name));
        }
    }
    complaints
}

fn wrong_crates_from_outside(tables: &Tables, packages: &[Package]) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in packages.iter().filter(|package| !tables.is_free(&package.name)) {
        for used in package.uses.iter().filter(|used| !used.is_ours) {
            for (words, homes) in &tables.outside {
                if words.iter().any(|word| is_meant(word, &used.name)) && !homes.contains(&package.name) {
                    let homes = homes.join(", ");
                    complaints.push(format!("{} must not use {}, only {homes} may", package.name, used.name));
                }
            }
        }
        let Some((_, only)) = tables.only.iter().find(|(name, _)| *name == package.name) else { continue };
        for used in package.uses.iter().filter(|used| !used.is_ours) {
            let row = only.iter().find(|(name, _)| *name == used.name);
            match row {
                None => complaints.push(format!("{} must not take {} from outside", package.name, used.name)),
                Some((_, true)) if !used.is_optional => {
                    complaints.push(format!("{} may take {} only behind a feature", package.name, used.name));
                }
                Some(_) => {}
            }
        }
    }
    complaints
}

fn tables_of(tree: &Tree) -> Tables {
    Tables::parse(&tree.at("src-tauri/ARCHITECTURE.md").expect("src-tauri/ARCHITECTURE.md").text)
}

#[test]
fn every_arrow_is_in_the_table() {
    assert_none("arrows that are not in ARCHITECTURE.md", &wrong_arrows(&tables_of(&Tree::read()), &read()));
}

#[test]
fn crates_from_outside_are_used_where_they_belong() {
    let complaints = wrong_crates_from_outside(&tables_of(&Tree::read()), &read());
    assert_none("crates from outside in a place ARCHITECTURE.md does not name", &complaints);
}

#[cfg(test)]
mod tests {
    use super::super::packages::Use;
    use super::*;

    const PAGE: &str = "\
<!-- arrows -->
| crate | owns | may use |
|---|---|---|
| `terminal` | - | domain |
| domain | - | nothing |
| scenarios | - | anything |
<!-- /arrows -->
<!-- outside -->
| from outside | only in | why |
|---|---|---|
| tower*, tokio | http | - |
<!-- /outside -->
<!-- only -->
| crate | takes from outside |
|---|---|
| domain | serde, (ts-rs) |
<!-- /only -->
";

    fn package(name: &str, ours: &[&str], outside: &[&str]) -> Package {
        let used = |is_ours| move |name: &&str| Use { name: (*name).to_owned(), is_ours, is_optional: false };
        let uses = ours.iter().map(used(true)).chain(outside.iter().map(used(false))).collect();
        Package { name: name.to_owned(), manifest: String::new(), uses, targets: Vec::new() }
    }

    #[test]
    fn a_wrong_arrow_is_found() {
        let tables = Tables::parse(PAGE);
        for (name, ours, complaints) in [
            ("terminal", "domain", 0),
            ("scenarios", "terminal", 0),
            ("domain", "terminal", 1),
            ("unknown", "domain", 1),
        ] {
            assert_eq!(
                wrong_arrows(&tables, &[package(name, &[ours], &[])]).len(),
                complaints,
                "{name} → {ours}"
            );
        }
    }

    #[test]
    fn a_crate_from_outside_in_the_wrong_place_is_found() {
        let tables = Tables::parse(PAGE);
        for (name, outside, complaints) in [
            ("http", "tower-http", 0),
            ("scenarios", "tokio", 0),
            ("terminal", "anyhow", 0),
            ("domain", "serde", 0),
            ("terminal", "tower-http", 1),
            ("terminal", "tokio", 1),
            ("domain", "anyhow", 1),
            ("domain", "ts-rs", 1),
        ] {
            let found = wrong_crates_from_outside(&tables, &[package(name, &[], &[outside])]);
            assert_eq!(found.len(), complaints, "{name} → {outside}: {found:?}");
        }
    }

    #[test]
    #[should_panic(expected = "no table")]
    fn a_page_without_tables_is_not_an_empty_table() {
        Tables::parse("# Architecture\n");
    }
}
