//! Finds ids that come twice among any number of them, in bounded memory: sorted runs lie in temporary files and are
//! merged at the end.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use uuid::Uuid;

/// Ids of a run: 8 MiB.
const RUN: usize = 1 << 18;
/// Bytes of an entry in a file.
const ENTRY: usize = 32;

/// An id and where it stands: log and place.
type Entry = ([u8; 16], i64, i64);

/// Ids taken down so far.
#[derive(Default)]
pub struct Once {
    entries: Vec<Entry>,
    runs: Vec<File>,
    failed: Option<io::Error>,
    run: Option<usize>,
}

impl Once {
    /// Takes an id down.
    pub fn add(&mut self, id: Uuid, log: i64, seq: i64) {
        self.entries.push((id.into_bytes(), log, seq));
        if self.entries.len() >= self.run.unwrap_or(RUN)
            && let Err(error) = self.spill()
        {
            self.failed.get_or_insert(error);
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.entries.sort_unstable();
        let mut file = BufWriter::new(tempfile::tempfile()?);
        for (id, log, seq) in self.entries.drain(..) {
            file.write_all(&id)?;
            file.write_all(&log.to_be_bytes())?;
            file.write_all(&seq.to_be_bytes())?;
        }
        let mut file = file.into_inner()?;
        file.rewind()?;
        self.runs.push(file);
        Ok(())
    }

    /// Where ids stand that stood at an earlier place too.
    ///
    /// # Errors
    /// When the temporary directory has no room.
    pub fn twice(&mut self) -> io::Result<Vec<(i64, i64)>> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.entries.sort_unstable();
        let mut heads = Vec::with_capacity(self.runs.len() + 1);
        let files: Vec<Run<'_>> = self
            .runs
            .drain(..)
            .map(|file| Run::Filed(BufReader::new(file)))
            .chain([Run::Kept(self.entries.iter())])
            .collect();
        for mut run in files {
            if let Some(entry) = run.next()? {
                heads.push((entry, run));
            }
        }
        let mut twice = Vec::new();
        let mut last = None;
        // There are few runs: one for each 262,144 sales.
        while let Some(least) = (0..heads.len()).min_by_key(|index| heads[*index].0) {
            let (id, log, seq) = heads[least].0;
            if last == Some(id) {
                twice.push((log, seq));
            }
            last = Some(id);
            match heads[least].1.next()? {
                Some(entry) => heads[least].0 = entry,
                None => drop(heads.swap_remove(least)),
            }
        }
        Ok(twice)
    }
}

enum Run<'e> {
    Filed(BufReader<File>),
    Kept(std::slice::Iter<'e, Entry>),
}

impl Run<'_> {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        let file = match self {
            Self::Kept(entries) => return Ok(entries.next().copied()),
            Self::Filed(file) => file,
        };
        let mut bytes = [0; ENTRY];
        match file.read_exact(&mut bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let (id, place) = bytes.split_at(16);
        let (log, seq) = place.split_at(8);
        let number = |bytes: &[u8]| i64::from_be_bytes(std::array::from_fn(|index| bytes[index]));
        Ok(Some((std::array::from_fn(|index| id[index]), number(log), number(seq))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_comes_twice_is_found_in_memory_and_in_files() {
        for run in [3, 10, 1_000] {
            let mut once = Once { run: Some(run), ..Once::default() };
            for number in 0..100_u128 {
                // Not in their order.
                once.add(Uuid::from_u128((number * 37) % 100), 1, i64::try_from(number).unwrap());
            }
            once.add(Uuid::from_u128(41), -2, 5);
            once.add(Uuid::from_u128(7), 2, 9);
            once.add(Uuid::from_u128(7), 3, 1);
            // 41 stands in log 1 at place 93 (37 × 93 = 3,441), behind log -2.
            assert_eq!(once.twice().unwrap(), [(2, 9), (3, 1), (1, 93)], "runs of {run}");
        }
        let mut once = Once::default();
        once.add(Uuid::from_u128(1), 1, 1);
        assert_eq!(once.twice().unwrap(), []);
    }
}
