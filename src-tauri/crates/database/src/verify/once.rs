//! Finds sales whose ids come twice among any number of them, which took back of which, and which have invoices, in bounded
//! memory: sorted runs lie in temporary files and are merged at the end.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use uuid::Uuid;

/// Ids of a run: 8 MiB.
const RUN: usize = 1 << 18;
/// Bytes of an entry in a file.
const ENTRY: usize = 33;

/// The id of a sale, what stands there of it, and where: log and place.
type Entry = ([u8; 16], Role, i64, i64);

/// What a fact is to a sale, in the order in which that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Sale,
    TakesBack,
    Invoices,
}

impl Role {
    const ALL: [Self; 3] = [Self::Sale, Self::TakesBack, Self::Invoices];
}

/// A fact: its log and its place there.
pub type Place = (i64, i64);

/// What all entries together say.
pub enum Found<'f> {
    /// Here stands an id that stood at an earlier place too.
    Twice(Place),
    /// These sales took back of that one.
    TakenBack {
        /// The sale.
        sold: Place,
        /// Those that did, by log and place.
        by: &'f [Place],
    },
    /// These are the invoices of that sale.
    Invoiced {
        /// The sale; `None` where it is not in the file.
        sold: Option<Place>,
        /// The invoices, by log and place.
        by: &'f [Place],
    },
}

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
        self.enter((id.into_bytes(), Role::Sale, log, seq));
    }

    /// Takes down that the sale at a place took back of the one with this id.
    pub fn takes_back(&mut self, of: Uuid, log: i64, seq: i64) {
        self.enter((of.into_bytes(), Role::TakesBack, log, seq));
    }

    /// Takes down that the invoice at a place is of the sale with this id.
    pub fn invoices(&mut self, of: Uuid, log: i64, seq: i64) {
        self.enter((of.into_bytes(), Role::Invoices, log, seq));
    }

    fn enter(&mut self, entry: Entry) {
        self.entries.push(entry);
        if self.entries.len() >= self.run.unwrap_or(RUN)
            && let Err(error) = self.spill()
        {
            self.failed.get_or_insert(error);
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.entries.sort_unstable();
        let mut file = BufWriter::new(tempfile::tempfile()?);
        for (id, role, log, seq) in self.entries.drain(..) {
            file.write_all(&id)?;
            file.write_all(&[role as u8])?;
            file.write_all(&log.to_be_bytes())?;
            file.write_all(&seq.to_be_bytes())?;
        }
        let mut file = file.into_inner()?;
        file.rewind()?;
        self.runs.push(file);
        Ok(())
    }

    /// Tells what all entries together say, by id.
    ///
    /// # Errors
    /// When the temporary directory has no room.
    pub fn merge(&mut self, mut tell: impl FnMut(Found<'_>)) -> io::Result<()> {
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
        let (mut last, mut of) = (None, OfSale::default());
        // There are few runs: one for each 262,144 sales.
        while let Some(least) = (0..heads.len()).min_by_key(|index| heads[*index].0) {
            let (id, role, log, seq) = heads[least].0;
            if last != Some(id) {
                std::mem::take(&mut of).tell(&mut tell);
            }
            match (role, of.sold) {
                (Role::TakesBack, _) => of.taken_back.push((log, seq)),
                (Role::Invoices, _) => of.invoices.push((log, seq)),
                (Role::Sale, None) => of.sold = Some((log, seq)),
                (Role::Sale, Some(_)) => tell(Found::Twice((log, seq))),
            }
            last = Some(id);
            match heads[least].1.next()? {
                Some(entry) => heads[least].0 = entry,
                None => drop(heads.swap_remove(least)),
            }
        }
        of.tell(&mut tell);
        Ok(())
    }
}

/// What was taken down of one sale.
#[derive(Default)]
struct OfSale {
    sold: Option<Place>,
    taken_back: Vec<Place>,
    invoices: Vec<Place>,
}

impl OfSale {
    /// Tells who took back of it, and its invoices. What came back of a sale that is not in the file, as before an archive,
    /// has nothing to be held against.
    fn tell(self, tell: &mut impl FnMut(Found<'_>)) {
        let Self { sold, taken_back, invoices } = self;
        if let Some(sold) = sold.filter(|_| !taken_back.is_empty()) {
            tell(Found::TakenBack { sold, by: &taken_back });
        }
        if !invoices.is_empty() {
            tell(Found::Invoiced { sold, by: &invoices });
        }
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
        let (id, rest) = bytes.split_at(16);
        let (role, place) = rest.split_at(1);
        let (log, seq) = place.split_at(8);
        let number = |bytes: &[u8]| i64::from_be_bytes(std::array::from_fn(|index| bytes[index]));
        let role =
            Role::ALL.into_iter().find(|known| role == [*known as u8]).ok_or(ErrorKind::InvalidData)?;
        Ok(Some((std::array::from_fn(|index| id[index]), role, number(log), number(seq))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice(mut once: Once) -> Vec<Place> {
        let mut twice = Vec::new();
        once.merge(|found| match found {
            Found::Twice(place) => twice.push(place),
            Found::TakenBack { .. } | Found::Invoiced { .. } => panic!("nothing was taken back or invoiced"),
        })
        .unwrap();
        twice
    }

    #[test]
    fn who_took_back_is_told_with_the_sale_it_was_of() {
        for run in [2, 1_000] {
            let mut once = Once { run: Some(run), ..Once::default() };
            let id = Uuid::from_u128;
            // Before its own sale is read, twice, and of a sale that is not there.
            once.takes_back(id(7), 1, 3);
            once.add(id(7), 1, 2);
            once.add(id(8), 1, 3);
            once.takes_back(id(7), 2, 9);
            once.takes_back(id(6), 1, 4);
            let mut told = Vec::new();
            once.merge(|found| match found {
                Found::Twice(place) => panic!("{place:?} is no second"),
                Found::TakenBack { sold, by } => told.push((sold, by.to_vec())),
                Found::Invoiced { .. } => panic!("there is no invoice"),
            })
            .unwrap();
            assert_eq!(told, [((1, 2), vec![(1, 3), (2, 9)])], "runs of {run}");
        }
    }

    #[test]
    fn invoices_are_told_with_their_sale_or_without_one() {
        for run in [2, 1_000] {
            let mut once = Once { run: Some(run), ..Once::default() };
            let id = Uuid::from_u128;
            once.invoices(id(7), 1, 3);
            once.add(id(7), 1, 2);
            once.takes_back(id(7), 1, 4);
            once.invoices(id(7), 2, 1);
            once.invoices(id(6), 1, 5);
            let (mut told, mut back) = (Vec::new(), 0);
            once.merge(|found| match found {
                Found::Twice(place) => panic!("{place:?} is no second"),
                Found::TakenBack { .. } => back += 1,
                Found::Invoiced { sold, by } => told.push((sold, by.to_vec())),
            })
            .unwrap();
            let expected = [(None, vec![(1, 5)]), (Some((1, 2)), vec![(1, 3), (2, 1)])];
            assert_eq!((told, back), (expected.to_vec(), 1), "runs of {run}");
        }
    }

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
            assert_eq!(twice(once), [(2, 9), (3, 1), (1, 93)], "runs of {run}");
        }
        let mut once = Once::default();
        once.add(Uuid::from_u128(1), 1, 1);
        assert_eq!(twice(once), []);
    }
}
