//! The one test binary of this package: the program as it is seen from outside.

#![allow(clippy::print_stdout, reason = "what a test counted is worth reading")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod guessing;
mod kill;
mod leaving;
#[cfg(target_os = "linux")]
mod memory;
mod process;
