//! The program's memory does not grow with the catalogue. Its height is judged by the bench, on the program as it is
//! shipped.

use scenarios::bench::memory::{MOST_RATIO, day, drawn, stock};
use scenarios::shop::Place;
use std::path::Path;

const SALES: usize = 60;

#[test]
fn a_day_takes_as_much_memory_with_ten_times_as_many_products() {
    let folder = tempfile::tempdir().unwrap();
    let [few, many] = [10_000, 100_000].map(|products| {
        let goods = drawn(products).unwrap();
        let place = Place::below(&folder.path().join(products.to_string()));
        stock(&place, &goods).unwrap();
        day(Path::new(env!("CARGO_BIN_EXE_headless")), &place, &goods, SALES).unwrap()
    });
    println!("{few:?} with ten thousand products, {many:?} with a hundred thousand, in KiB");
    // Beside other tests the program's pages are counted in parts, as they are shared with those. What grows is its own: the
    // caches of its connections, up to their limit.
    let grown = many.own.saturating_sub(few.own);
    let ratio = 1.0 + grown as f64 / few.evening as f64;
    assert!(ratio <= MOST_RATIO, "{ratio:.3} times: {few:?} and {many:?}");
}
