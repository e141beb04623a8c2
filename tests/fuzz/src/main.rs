//! Six places where bytes come in from outside, fed by libFuzzer with whatever leads to new code: none may panic, and
//! each has something that must hold whatever the bytes are. `TILLKEEPER_FUZZ_TARGET` names the place.
//!
//! `cargo xtask test fuzz` builds it so that libFuzzer sees the way through our own code, and runs every target. Built
//! in another way it runs as well, but blindly.

#![no_main]

mod archive;
mod envelope;
mod opener;
mod patch;
mod payload;
mod request;
mod scan;

use std::cell::RefCell;

/// Tries one input.
type Try = Box<dyn FnMut(&[u8])>;

fn target(name: &str) -> Try {
    match name {
        "envelope" => Box::new(envelope::read),
        "payload" => Box::new(payload::read),
        "opener" => {
            let mut till = opener::Dead::new();
            Box::new(move |data| till.open(data))
        }
        "archive" => {
            let mut shelf = archive::Shelf::new();
            Box::new(move |data| shelf.look(data))
        }
        "request" => {
            let mut till = request::Door::open();
            Box::new(move |data| till.call(data))
        }
        "scan" => Box::new(scan::read),
        _ => panic!("there is no target `{name}`"),
    }
}

thread_local! {
    static TARGET: RefCell<Try> = RefCell::new(target(
        &std::env::var("TILLKEEPER_FUZZ_TARGET").expect("TILLKEEPER_FUZZ_TARGET names a target"),
    ));
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET.with_borrow_mut(|target| target(data)));
