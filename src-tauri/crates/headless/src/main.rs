//! The terminal without a window.
fn main() {}
