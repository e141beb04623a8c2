//! Makes the next build notice that the UI was built. The folder is looked for when this crate is compiled: a release
//! takes its files in then, a debug build remembers where it is and reads the files at every request.

use std::env;
use std::path::Path;

/// Where the built UI is, from this crate.
const BUILT_UI: &str = "../../../ui/dist";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A path that is not there counts as changed, so that each build looks again until it is.
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release || !Path::new(BUILT_UI).exists() {
        println!("cargo::rerun-if-changed={BUILT_UI}");
    }
}
