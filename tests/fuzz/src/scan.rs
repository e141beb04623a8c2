//! What a scanner sends: the codes in it are the same however they are asked for, and each can be looked up.

use devices::scanner::{Framer, ScanFrame};
use domain::code::{CODE_LENGTH_MAX, Code};

/// Cuts bytes into codes and reads each.
pub fn read(data: &[u8]) {
    let mut framer = Framer::default();
    let mut frames: Vec<ScanFrame> = data.iter().filter_map(|byte| framer.push(*byte)).collect();
    frames.extend(framer.end());
    assert!(framer.end().is_none(), "a code came twice");
    let printable = data.iter().filter(|byte| **byte > 0x1f && **byte != 0x7f).count();
    assert!(frames.len() <= printable, "a code of nothing");
    for frame in frames {
        let ScanFrame::Code(text) = frame else { continue };
        assert!(!text.is_empty() && !text.contains(char::is_control), "{text:?}");
        let Some(code) = Code::parse(&text) else { continue };
        assert!(code.as_str().chars().count() <= CODE_LENGTH_MAX);
        let key = Code::parse(&code.key());
        // A letter may become two in upper case; what still fits is its own key.
        assert!(key.is_none_or(|key| key.key() == code.key()), "{code:?}");
    }
}
