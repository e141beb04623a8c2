//! Lines to devices, over real terminals and sockets where there are any, and their simulated twins.

mod printer;
#[cfg(unix)]
mod queue;
#[cfg(unix)]
mod scanner;
#[cfg(unix)]
mod serial;
mod simulated;
mod tcp;
