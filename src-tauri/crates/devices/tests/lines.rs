//! Lines to devices, over real terminals and sockets where there are any, and their simulated twins.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "lines/scanner.rs"]
#[cfg(unix)]
mod scanner;
#[path = "lines/serial.rs"]
#[cfg(unix)]
mod serial;
#[path = "lines/simulated.rs"]
mod simulated;
#[path = "lines/tcp.rs"]
mod tcp;
