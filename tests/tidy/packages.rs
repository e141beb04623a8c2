//! What cargo says of the workspace: its packages, what they use and what they build. Works without a network.

use super::assert_none;
use super::tree::{Tree, root};
use serde_json::Value;
use std::process::Command;

/// One package of the workspace.
#[derive(Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// The path of its manifest from the root.
    pub manifest: String,
    /// What it uses, except what only its tests use.
    pub uses: Vec<Use>,
    /// What it builds.
    pub targets: Vec<Target>,
}

/// One package that a package uses.
#[derive(Debug)]
pub struct Use {
    /// Its name.
    pub name: String,
    /// Whether it is of this workspace.
    pub is_ours: bool,
    /// Whether only a feature brings it in.
    pub is_optional: bool,
}

/// One thing a package builds.
#[derive(Debug)]
pub struct Target {
    /// Whether it is a test binary.
    pub is_test: bool,
    /// The path of its first file from the root.
    pub source: String,
}

/// Asks cargo.
pub fn read() -> Vec<Package> {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata answers JSON");
    let packages: Vec<Package> = list(&metadata["packages"]).iter().map(package).collect();
    assert!(packages.len() > 5, "cargo metadata lists only {} packages", packages.len());
    packages
}

fn package(value: &Value) -> Package {
    let uses = list(&value["dependencies"]).iter().filter(|dependency| dependency["kind"] != "dev").map(
        |dependency| Use {
            name: text(&dependency["name"]),
            is_ours: dependency["path"].is_string(),
            is_optional: dependency["optional"] == true,
        },
    );
    let targets = list(&value["targets"]).iter().map(|target| Target {
        is_test: list(&target["kind"]).iter().any(|kind| kind == "test"),
        source: from_root(&text(&target["src_path"])),
    });
    Package {
        name: text(&value["name"]),
        manifest: from_root(&text(&value["manifest_path"])),
        uses: uses.collect(),
        targets: targets.collect(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text in cargo's metadata").to_owned()
}

fn from_root(path: &str) -> String {
    let path = std::path::Path::new(path);
    path.strip_prefix(root()).expect("a path in this repository").display().to_string().replace('\\', "/")
}

/// Every package takes the lints of the workspace, or states its own, stricter ones.
fn without_lints(packages: &[Package], tree: &Tree) -> Vec<String> {
    let has_lints =
        |package: &&Package| tree.at(&package.manifest).is_some_and(|file| file.text.contains("[lints"));
    let without = packages.iter().filter(|package| !has_lints(package));
    without.map(|package| format!("{} needs `[lints] workspace = true`", package.manifest)).collect()
}

/// A version stands once, in the manifest of the workspace, where it is changed for everybody.
fn with_own_versions(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in tree.ending("Cargo.toml") {
        let mut is_inside = false;
        for (number, line) in file.text.lines().enumerate() {
            if line.starts_with('[') {
                is_inside = line.ends_with("dependencies]") && line != "[workspace.dependencies]";
            } else if is_inside
                && line.contains('=')
                && !line.starts_with('#')
                && !line.contains("workspace = true")
            {
                complaints.push(format!("{}:{}: write `workspace = true`: {line}", file.path, number + 1));
            }
        }
    }
    complaints
}

/// A package links its tests once: every further binary costs seconds in each run.
fn with_many_test_binaries(packages: &[Package]) -> Vec<String> {
    let binaries = |package: &Package| package.targets.iter().filter(|target| target.is_test).count();
    let many = packages.iter().filter(|package| binaries(package) > 1);
    many.map(|package| format!("{} has {} test binaries; keep one", package.name, binaries(package)))
        .collect()
}

#[test]
fn every_package_has_lints() {
    assert_none("a package without lints", &without_lints(&read(), &Tree::read()));
}

#[test]
fn a_package_without_lints_is_found() {
    let packages =
        [Package { name: "a".into(), manifest: "a/Cargo.toml".into(), uses: vec![], targets: vec![] }];
    assert_eq!(without_lints(&packages, &Tree::of(&[("a/Cargo.toml", "[package]\n")])).len(), 1);
    assert!(
        without_lints(&packages, &Tree::of(&[("a/Cargo.toml", "[lints]\nworkspace = true\n")])).is_empty()
    );
}

#[test]
fn every_version_stands_once() {
    assert_none("a version outside [workspace.dependencies]", &with_own_versions(&Tree::read()));
}

#[test]
fn a_version_outside_the_workspace_is_found() {
    for (text, complaints) in [
        ("[workspace.dependencies]\nserde = \"1\"\n", 0),
        ("[dependencies]\n# serde = the reason\nserde.workspace = true\n", 0),
        (
            "[dependencies]\nserde = { workspace = true, features = [\"derive\"] }\n\n[features]\na = [\"b\"]\n",
            0,
        ),
        ("[dependencies]\nserde = \"1\"\n", 1),
        ("[target.'cfg(unix)'.dependencies]\nnix = { version = \"0.26\" }\n", 1),
        ("[dev-dependencies]\nproptest = \"1\"\n", 1),
    ] {
        assert_eq!(with_own_versions(&Tree::of(&[("a/Cargo.toml", text)])).len(), complaints, "{text}");
    }
}

#[test]
fn every_package_has_one_test_binary() {
    assert_none("more than one test binary", &with_many_test_binaries(&read()));
}

#[test]
fn a_second_test_binary_is_found() {
    let target = |source: &str| Target { is_test: true, source: source.to_owned() };
    let package = |targets| Package { name: "a".into(), manifest: String::new(), uses: vec![], targets };
    assert!(with_many_test_binaries(&[package(vec![target("a.rs")])]).is_empty());
    assert_eq!(with_many_test_binaries(&[package(vec![target("a.rs"), target("b.rs")])]).len(), 1);
}
