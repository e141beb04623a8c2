//! What crosses a boundary. Read [`mod@operations`] to know everything a client can do, [`fact`] to know everything a
//! ledger can hold.
//!
//! Only structs of this crate and values of `domain` are serialised; aggregates never are.

#[macro_use]
mod shape;

pub mod operations;

pub mod envelope;
pub mod error;

pub mod account;
pub mod audit;
pub mod backup;
pub mod code;
pub mod customer;
pub mod device;
pub mod export;
pub mod health;
pub mod import;
pub mod invoice;
pub mod mail;
pub mod payment;
pub mod people;
pub mod product;
pub mod receipt;
pub mod report;
pub mod sale;
pub mod scanner;
pub mod session;
pub mod shift;
pub mod shop;
pub mod stock;
pub mod tile;

pub mod change_set;
pub mod fact;
pub mod history;
pub mod record;

#[cfg(feature = "contract")]
pub mod contract;
