//! The one test binary of this package.

#![allow(clippy::print_stdout, reason = "what a test counted is worth reading")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod audit;
mod bench;
mod catalogue;
mod change_sets;
mod codes;
mod contract;
mod day;
mod exports;
mod health;
mod imports;
mod invoices;
mod ledger;
mod ledger_format;
mod lives;
mod lookup;
mod mail;
mod offline;
mod order;
mod paper;
mod plugs;
mod power;
mod prints;
mod properties;
mod replay;
mod reports;
mod rights;
mod scripts;
mod search;
mod shifts;
mod statements;
mod tidy;
mod tiles;
mod upgrades;
mod verifiers;
mod verify;
