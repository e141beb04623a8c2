//! The program's memory grows neither with the catalogue nor with those who sign on. Its height is judged by the bench,
//! on the program as it is shipped.

use scenarios::bench::memory::{MOST_RATIO, day, drawn, stock};
use scenarios::headless::Headless;
use scenarios::shop::Place;
use std::path::Path;

const SALES: usize = 60;
/// Those who sign on one after the other.
const OPERATORS: u32 = 8;
/// What they may leave behind, in KiB: less than half of what checking one PIN takes.
const LEFT_BEHIND_KIB: u64 = 8 * 1024;

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

#[test]
fn the_memory_that_checks_a_pin_goes_back_to_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    stock(&place, &drawn(10).unwrap()).unwrap();
    let till = Headless::start(Path::new(env!("CARGO_BIN_EXE_headless")), &place).unwrap();
    till.client(1).sign_in().unwrap();
    let first = till.own_memory_kib().unwrap();
    for number in 2..=OPERATORS {
        till.client(number).sign_in().unwrap();
    }
    let last = till.own_memory_kib().unwrap();
    println!("{first} KiB after the first, {last} KiB after {OPERATORS}");
    assert!(last <= first + LEFT_BEHIND_KIB, "{first} KiB after the first, {last} KiB after {OPERATORS}");
}
