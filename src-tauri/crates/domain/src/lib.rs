//! The pure rules of a till. Nothing here reads a clock, a file or a device, or makes an id: time, ids and
//! randomness come in as values, so that every rule can be tested by a table.
//!
//! Suggested reading order: [`money`], [`quantity`], [`price`], [`tax`], then [`sale`] and [`tender`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::as_conversions))]

pub mod rounding;

pub mod currency;
pub mod money;
pub mod price;
pub mod quantity;
pub mod tax;

pub mod ids;
pub mod tile;
pub mod time;

pub mod account;
pub mod code;
pub mod customer;
pub mod discount;
pub mod pricing;
pub mod product;

pub mod cash;
pub mod sale;
pub mod shift;
pub mod tender;

pub mod backup;
pub mod people;
pub mod registrar;
pub mod settings;
pub mod stock;

pub mod device;
pub mod document;
pub mod invoice;
pub mod mail;
pub mod receipt;

pub mod error;
