//! The bytes of a file, in blocks that copies share until one of them writes.

use std::sync::Arc;

/// Bytes of a block.
const BLOCK: usize = 4_096;

/// What a file holds. Cloning it costs a pointer for each block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    blocks: Vec<Arc<[u8; BLOCK]>>,
    length: usize,
}

impl Content {
    /// Its length in bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Fills `into` from `offset` on and returns how many bytes there were.
    pub fn read(&self, offset: usize, into: &mut [u8]) -> usize {
        let there = self.length.saturating_sub(offset).min(into.len());
        let mut done = 0;
        while done < there {
            let at = offset + done;
            let from = at % BLOCK;
            let count = (BLOCK - from).min(there - done);
            into[done..done + count].copy_from_slice(&self.blocks[at / BLOCK][from..from + count]);
            done += count;
        }
        there
    }

    /// All of it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.length];
        self.read(0, &mut bytes);
        bytes
    }

    /// Writes at `offset`; a gap before it is zero.
    pub fn write(&mut self, offset: usize, bytes: &[u8]) {
        if offset + bytes.len() > self.length {
            self.resize(offset + bytes.len());
        }
        let mut done = 0;
        while done < bytes.len() {
            let at = offset + done;
            let into = at % BLOCK;
            let count = (BLOCK - into).min(bytes.len() - done);
            let block = Arc::make_mut(&mut self.blocks[at / BLOCK]);
            block[into..into + count].copy_from_slice(&bytes[done..done + count]);
            done += count;
        }
    }

    /// Cuts or extends it; what is new is zero.
    pub fn resize(&mut self, length: usize) {
        if length < self.length && !length.is_multiple_of(BLOCK) {
            // What is cut off does not come back when the file grows again.
            Arc::make_mut(&mut self.blocks[length / BLOCK])[length % BLOCK..].fill(0);
        }
        self.blocks.resize_with(length.div_ceil(BLOCK), || Arc::new([0; BLOCK]));
        self.length = length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_bytes_and_what_was_cut_off_is_zero() {
        let mut content = Content::default();
        content.write(4_000, &[7; 300]);
        let copy = content.clone();
        content.write(4_090, &[9; 20]);
        content.resize(4_100);
        content.resize(4_200);
        let mut expected = vec![0; 4_000];
        expected.extend([7; 90]);
        expected.extend([9; 10]);
        expected.extend([0; 100]);
        assert_eq!(content.bytes(), expected);
        let mut before = vec![0; 4_000];
        before.extend([7; 300]);
        assert_eq!(copy.bytes(), before);
        assert_eq!(copy.read(4_299, &mut [0; 9]), 1);
        assert_eq!(copy.read(5_000, &mut [0; 9]), 0);
    }
}
