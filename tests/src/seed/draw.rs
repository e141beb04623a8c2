//! Random draws in whole numbers from a seed: no float decides what a shop looks like, so that it looks the same on
//! every machine.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// A stream of draws.
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream of this number of a seed. Streams do not move each other: another product shifts no sale.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        // The bias of a remainder is below 2^-40 for every `end` used here.
        self.0.next_u64().checked_rem(end).unwrap_or(0)
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// Whether something happens that happens `in_1000` times of a thousand.
    pub fn happens(&mut self, in_1000: u64) -> bool {
        self.below(1_000) < in_1000
    }

    /// A number below `end`, small ones far more often: the least of three draws.
    pub fn skewed(&mut self, end: u64) -> u64 {
        self.below(end).min(self.below(end)).min(self.below(end))
    }

    /// One of a list that is not empty.
    pub fn one<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.index(list.len())]
    }

    /// A place in a list of this length.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// Brings a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.index(end + 1));
        }
    }

    /// A UUIDv7 of a time in milliseconds since 1970.
    pub fn uuid(&mut self, at_ms: i64) -> Uuid {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        uuid::Builder::from_unix_timestamp_millis(at_ms.unsigned_abs(), &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_does_not() {
        let draws = |seed| {
            let mut draw = Draw::new(seed, 1);
            (0..50).map(|_| draw.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
    }

    #[test]
    fn skewed_draws_are_mostly_small() {
        let mut draw = Draw::new(1, 1);
        let small = (0..1_000).filter(|_| draw.skewed(100) < 20).count();
        // 1 − 0.8³ of them.
        assert!((420..560).contains(&small), "{small}");
    }
}
