//! Makes a release build notice a newly built UI. (A debug build reads the UI from the disk at every request.)

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed=../../../ui/dist");
    }
}
