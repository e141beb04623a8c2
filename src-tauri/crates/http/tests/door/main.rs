//! The HTTP door over real sockets, before a real terminal on a directory of its own.

#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod blob;
mod demo;
mod event;
mod origin;
mod page;
mod session;
mod till;
