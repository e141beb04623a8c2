//! What a power cut leaves of a disk: everything durable, and of the rest what luck kept.

use crate::state::{File, FileId, Names, Operation, State, change, rename};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;

/// What happened to the operations that no sync made durable. Names change in the order they were changed, as file
/// systems with a journal keep it; bytes in any.
///
/// Bytes beside a write are never harmed: disks write a sector whole or not at all, and SQLite counts on it
/// (`SQLITE_IOCAP_POWERSAFE_OVERWRITE`, which its own file system layers state unless told otherwise).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Image {
    /// None of them arrived.
    Nothing,
    /// They arrived in order, but not the last, or not the last few.
    Prefix,
    /// Each block of 512 or 4,096 bytes arrived or did not.
    Blocks,
    /// They arrived in order, until one was cut off within.
    Torn,
    /// Each sector of 512 bytes arrived, did not, or holds nonsense.
    Garbage,
    /// All of them arrived.
    Everything,
}

impl Image {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Nothing, Self::Prefix, Self::Blocks, Self::Torn, Self::Garbage, Self::Everything];
}

/// Bytes a disk writes in one piece.
const SECTOR: usize = 512;
/// Bytes a page cache writes in one piece.
const PAGE: usize = 4_096;

impl State {
    /// The disk after its power was cut and came back. `seed` is the luck.
    pub fn survivor(&self, image: Image, seed: u64) -> Self {
        let mut luck = Luck(ChaCha8Rng::seed_from_u64(seed));
        let mut survivor = Survivor { files: self.files.clone(), names: self.durable_names.clone() };
        let count = self.pending.len();
        match image {
            Image::Nothing => {}
            Image::Everything => survivor.keep(&self.pending),
            Image::Prefix => {
                let lost = if luck.coin() { 1 } else { 1 + luck.below(count.max(1)) };
                survivor.keep(&self.pending[..count.saturating_sub(lost)]);
            }
            Image::Torn => survivor.tear(&self.pending, &mut luck),
            Image::Blocks | Image::Garbage => {
                let size = if image == Image::Blocks && luck.coin() { PAGE } else { SECTOR };
                survivor.scatter(&self.pending, size, image == Image::Garbage, &mut luck);
            }
        }
        survivor.settled(self.last_file)
    }
}

struct Survivor {
    files: BTreeMap<FileId, File>,
    names: Names,
}

impl Survivor {
    fn keep(&mut self, operations: &[Operation]) {
        for operation in operations {
            self.keep_one(operation);
        }
    }

    fn keep_one(&mut self, operation: &Operation) {
        match operation {
            Operation::Write { file, .. } | Operation::Truncate { file, .. } => {
                if let Some(file) = self.files.get_mut(file) {
                    change(&mut file.durable, operation);
                }
            }
            _ => rename(&mut self.names, operation),
        }
    }

    /// Half of the time it is the last write that is torn: the one the power went out under.
    fn tear(&mut self, pending: &[Operation], luck: &mut Luck) {
        let is_write = |operation: &&Operation| matches!(operation, Operation::Write { .. });
        let writes = pending.iter().filter(is_write).count();
        if writes == 0 {
            return self.keep(pending);
        }
        let torn = if luck.coin() { writes - 1 } else { luck.below(writes) };
        let mut seen = 0;
        for operation in pending {
            if let Operation::Write { file, offset, bytes } = operation {
                if seen == torn {
                    let whole = if luck.coin() { SECTOR } else { 1 };
                    let end = luck.below(bytes.len() + 1) / whole * whole;
                    let bytes = bytes[..end].into();
                    return self.keep_one(&Operation::Write { file: *file, offset: *offset, bytes });
                }
                seen += 1;
            }
            self.keep_one(operation);
        }
    }

    fn scatter(&mut self, pending: &[Operation], size: usize, garbage: bool, luck: &mut Luck) {
        let names_kept = luck.below(pending.len() + 1);
        for (index, operation) in pending.iter().enumerate() {
            match operation {
                Operation::Write { file, offset, bytes } => {
                    for (offset, piece) in pieces(*offset, bytes, size) {
                        let bytes = match luck.below(if garbage { 3 } else { 2 }) {
                            0 => continue,
                            1 => piece.into(),
                            _ => luck.nonsense(piece.len()).into(),
                        };
                        self.keep_one(&Operation::Write { file: *file, offset, bytes });
                    }
                }
                Operation::Truncate { .. } => {
                    if luck.coin() {
                        self.keep_one(operation);
                    }
                }
                _ => {
                    if index < names_kept {
                        self.keep_one(operation);
                    }
                }
            }
        }
    }

    /// The disk as it is found: all that is there is durable, and what has no name is gone.
    fn settled(self, last_file: u64) -> State {
        let mut files = BTreeMap::new();
        for file in self.names.values() {
            if let Some(kept) = self.files.get(file) {
                files.insert(*file, File { live: kept.durable.clone(), durable: kept.durable.clone() });
            }
        }
        State { files, durable_names: self.names.clone(), names: self.names, pending: Vec::new(), last_file }
    }
}

/// A write cut where blocks of the file meet.
fn pieces(offset: usize, bytes: &[u8], size: usize) -> Vec<(usize, &[u8])> {
    let mut pieces = Vec::new();
    let mut done = 0;
    while done < bytes.len() {
        let at = offset + done;
        let count = (size - at % size).min(bytes.len() - done);
        pieces.push((at, &bytes[done..done + count]));
        done += count;
    }
    pieces
}

struct Luck(ChaCha8Rng);

impl Luck {
    fn coin(&mut self) -> bool {
        self.0.next_u32() & 1 == 0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u64() >> 1).unwrap_or(usize::MAX) % end
    }

    fn nonsense(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn write(file: FileId, offset: usize, bytes: &[u8]) -> Operation {
        Operation::Write { file, offset, bytes: bytes.into() }
    }

    /// A durable file of nine sevens, and two writes that wait: eights over it, nines behind it.
    fn half_written() -> (State, PathBuf) {
        let path = PathBuf::from("/disk/file");
        let file = FileId(1);
        let mut state = State::default();
        for operation in [
            Operation::Create { path: path.clone(), file },
            write(file, 0, &[7; 1_024]),
            Operation::Sync { file },
            Operation::SyncDir { dir: "/disk".into() },
            write(file, 0, &[8; 1_024]),
            write(file, 1_024, &[9; 1_024]),
        ] {
            state.apply(&operation);
        }
        (state, path)
    }

    #[test]
    fn what_was_synced_is_there_whatever_the_luck() {
        let (mut state, path) = half_written();
        state.apply(&Operation::Sync { file: FileId(1) });
        let live = state.read(&path);
        for image in Image::ALL {
            for seed in 0..50 {
                assert_eq!(state.survivor(image, seed).read(&path), live, "{image:?} {seed}");
            }
        }
    }

    #[test]
    fn what_was_not_synced_survives_as_its_image_says() {
        let (state, path) = half_written();
        let read = |image, seed| state.survivor(image, seed).read(&path).unwrap();
        assert_eq!(read(Image::Nothing, 1), [7; 1_024]);
        assert_eq!(read(Image::Everything, 1), [[8; 1_024], [9; 1_024]].concat());
        let kinds = |image| {
            let mut found: Vec<Vec<u8>> = (0..200).map(|seed| read(image, seed)).collect();
            found.sort();
            found.dedup();
            found
        };
        // Nothing or the first of two.
        assert_eq!(kinds(Image::Prefix).len(), 2);
        // A block at a time: every one of 512 bytes is old or new, and the second write can be there without the first.
        let blocks = kinds(Image::Blocks);
        assert!(blocks.iter().all(|bytes| bytes.chunks(SECTOR).all(|sector| sector == [sector[0]; SECTOR])));
        assert!(blocks.iter().any(|bytes| bytes.len() == 2_048 && bytes[0] == 7 && bytes[2_047] == 9));
        // The torn byte can be any.
        let torn = kinds(Image::Torn);
        assert!(torn.iter().any(|bytes| bytes.len() == 1_024 && bytes[0] == 8 && bytes[1_023] == 7));
        assert!(torn.iter().any(|bytes| bytes.len() % SECTOR != 0));
        let strange = |byte: &u8| !(7..=9).contains(byte) && *byte != 0;
        assert!(kinds(Image::Garbage).iter().any(|bytes| bytes.iter().any(strange)));
    }

    #[test]
    fn a_file_whose_name_was_not_synced_can_be_gone_and_a_removed_one_come_back() {
        let mut state = State::default();
        let (old, new) = (PathBuf::from("/disk/old"), PathBuf::from("/disk/new"));
        state.apply(&Operation::Create { path: old.clone(), file: FileId(1) });
        state.apply(&write(FileId(1), 0, &[1]));
        state.apply(&Operation::Sync { file: FileId(1) });
        assert_eq!(state.survivor(Image::Nothing, 0).names(), Vec::<PathBuf>::new());
        state.apply(&Operation::SyncDir { dir: "/elsewhere".into() });
        assert_eq!(state.survivor(Image::Nothing, 0).names(), Vec::<PathBuf>::new());
        state.apply(&Operation::SyncDir { dir: "/disk".into() });
        state.apply(&Operation::Rename { from: old.clone(), to: new.clone() });
        assert_eq!(state.names(), [new.as_path()] as [&Path; 1]);
        assert_eq!(state.survivor(Image::Nothing, 0).names(), [old.as_path()] as [&Path; 1]);
        state.apply(&Operation::Remove { path: new });
        assert_eq!(state.survivor(Image::Nothing, 0).read(&old), Some(vec![1]));
        assert!(state.survivor(Image::Everything, 0).names().is_empty());
    }

    #[test]
    fn what_a_failed_sync_forgot_is_read_but_not_durable() {
        let (mut state, path) = half_written();
        state.apply(&Operation::SyncLost { file: FileId(1) });
        state.apply(&write(FileId(1), 2_048, &[1]));
        state.apply(&Operation::Sync { file: FileId(1) });
        assert_eq!(state.read(&path).unwrap()[0], 8);
        let survived = state.survivor(Image::Everything, 0).read(&path).unwrap();
        assert_eq!((survived[0], survived[1_024], survived[2_048]), (7, 0, 1));
    }
}
