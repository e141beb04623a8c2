//! Tells Cargo to embed the migrations anew when one is added: refinery reads the folder at compile time.

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations/terminal");
}
