//! Text that must not be in any file: places of one machine, where packages were fetched from, work put off.

use super::assert_none;
use super::tree::Tree;

/// The only place Rust packages come from, as cargo writes it.
const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Paths that exist on one machine only. Put together here, so that this file does not contain them.
fn machine_paths() -> Vec<String> {
    ["work", "root", "home", "Users"].iter().map(|folder| format!("/{folder}/")).collect()
}

fn places_of_one_machine(tree: &Tree) -> Vec<String> {
    let paths = machine_paths();
    let mut complaints = Vec::new();
    for file in &tree.files {
        for (number, line) in file.text.lines().enumerate() {
            for path in paths.iter().filter(|path| begins_a_path(line, path)) {
                complaints.push(format!("{}:{}: `{path}` is a place of one machine", file.path, number + 1));
            }
        }
    }
    complaints
}

/// Whether the line has this folder as the beginning of an absolute path, not as a folder inside another one.
fn begins_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| {
            letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '}' | ')' | '*')
        })
    })
}

fn places_packages_came_from(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in &tree.files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let is_wrong: fn(&str) -> bool = match name {
            "package-lock.json" => |line| line.trim_start().starts_with("\"resolved\": \"http"),
            "Cargo.lock" => |line| line.starts_with("source = ") && line != CRATES_IO,
            ".npmrc" => |line| line.starts_with("registry") || line.contains(":registry"),
            "config.toml" => |line| line.starts_with("[source") || line.starts_with("[registr"),
            _ => continue,
        };
        for (number, line) in file.text.lines().enumerate().filter(|(_, line)| is_wrong(line)) {
            complaints.push(format!(
                "{}:{}: names a place packages come from: {line}",
                file.path,
                number + 1
            ));
        }
    }
    complaints
}

/// What is put off and what is left out, each with what to do instead. Put together, as above.
fn put_off() -> Vec<(String, &'static str)> {
    vec![
        (format!("TO{}", "DO"), "do it, or open an issue"),
        (format!("FIX{}", "ME"), "mend it, or open an issue"),
        (format!("#[ign{}", "ore"), "a test runs always, or is deleted"),
        (format!("{}.only(", "test"), "all tests run"),
        (format!("{}.skip(", "test"), "a test runs always, or is deleted"),
    ]
}

fn work_put_off(tree: &Tree) -> Vec<String> {
    let marks = put_off();
    let mut complaints = Vec::new();
    for file in
        [".rs", ".ts", ".svelte", ".mjs", ".sql", ".css"].iter().flat_map(|ending| tree.ending(ending))
    {
        for (number, line) in file.text.lines().enumerate() {
            for (mark, instead) in marks.iter().filter(|(mark, _)| line.contains(mark.as_str())) {
                complaints.push(format!("{}:{}: `{mark}`: {instead}", file.path, number + 1));
            }
        }
    }
    complaints
}

#[test]
fn no_file_knows_one_machine() {
    assert_none("a place of one machine", &places_of_one_machine(&Tree::read()));
}

#[test]
fn no_file_knows_where_packages_came_from() {
    assert_none("a place packages come from", &places_packages_came_from(&Tree::read()));
}

#[test]
fn nothing_is_put_off() {
    assert_none("work put off", &work_put_off(&Tree::read()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_one_machine_is_found() {
        for path in machine_paths() {
            for (line, complaints) in [
                (format!("open(\"{path}me/till.db\")"), 1),
                (format!("see {path}main"), 1),
                (format!("https://example.org{path}page"), 0),
                (format!("ui/src{path}shell.ts"), 0),
            ] {
                assert_eq!(places_of_one_machine(&Tree::of(&[("a.md", &line)])).len(), complaints, "{line}");
            }
        }
    }

    #[test]
    fn a_place_packages_came_from_is_found() {
        for (path, line, complaints) in [
            ("ui/package-lock.json", "      \"integrity\": \"sha512-x\",", 0),
            ("ui/package-lock.json", "      \"resolved\": \"https://example.org/a.tgz\",", 1),
            ("Cargo.lock", CRATES_IO, 0),
            ("Cargo.lock", "source = \"git+https://example.org/a\"", 1),
            (".npmrc", "registry=https://example.org", 1),
            (".npmrc", "omit-lockfile-registry-resolved=true", 0),
            (".cargo/config.toml", "[source.crates-io]", 1),
            ("docs/page.md", "\"resolved\": \"http", 0),
        ] {
            assert_eq!(
                places_packages_came_from(&Tree::of(&[(path, line)])).len(),
                complaints,
                "{path}: {line}"
            );
        }
    }

    #[test]
    fn work_put_off_is_found() {
        for (mark, _) in put_off() {
            let line = format!("    {mark}");
            assert_eq!(work_put_off(&Tree::of(&[("a.rs", &line), ("a.md", &line)])).len(), 1, "{line}");
        }
        assert!(work_put_off(&Tree::of(&[("a.rs", "let method = 1;")])).is_empty());
    }
}
