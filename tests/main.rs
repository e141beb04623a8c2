//! The one test binary of this package.

#![allow(clippy::print_stdout, reason = "what a test counted is worth reading")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod audit;
mod catalogue;
mod change_sets;
mod codes;
mod contract;
mod exports;
mod health;
mod imports;
mod ledger;
mod ledger_format;
mod lives;
mod lookup;
mod order;
mod paper;
mod plugs;
mod power;
mod prints;
mod properties;
mod replay;
mod scripts;
mod search;
mod tidy;
mod tiles;
mod verifiers;
mod verify;
