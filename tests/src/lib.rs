//! Till scripts and how they are played: a small language in which a till's day reads like its transcript.
//!
//! A script is a list of acts (`> scan 5000112637922`), each followed by what the till did, indented by two spaces. The
//! player does the acts on a fresh data directory through `terminal.call` and writes down what happened; the test
//! compares. `UPDATE=1` accepts what happened.

pub mod act;
pub mod bench;
pub mod goods;
pub mod headless;
pub mod ledgers;
pub mod player;
pub mod power;
pub mod progress;
pub mod script;
pub mod seed;
pub mod shop;
pub mod surroundings;
mod transcript;
