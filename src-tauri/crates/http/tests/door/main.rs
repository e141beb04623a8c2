//! The HTTP door over real sockets, before a real terminal on a directory of its own.

mod blob;
mod demo;
mod event;
mod origin;
mod page;
mod session;
mod till;
