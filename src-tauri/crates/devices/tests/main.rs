//! The devices from outside: lines over real terminals and sockets, and what is made of receipts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the counts are what the tests show")]

mod lines;
mod paper;
