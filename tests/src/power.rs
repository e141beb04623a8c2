//! A till's day on a disk whose power can be cut: the day is played once and every operation of its disk is kept, so that
//! the disk at any of them can be made again, cut, and started from. What the till said and printed is kept beside it.

pub mod day;
pub mod fault;
mod history;
pub mod lie;
pub mod recovery;
pub mod sweep;
mod till;

pub use history::{Called, Day, Printed, Restore, Stand, Which, Who};
pub use till::{Ground, PowerTill, Program};
