//! The program is killed (`kill -9`) while a parent notes what was acknowledged: at any moment, and in the middle of what
//! is most delicate. Every start afterwards has every acknowledged sale once.
//!
//! `TILLKEEPER_KILL_ROUNDS` asks for more rounds (and, while it prints, for a kill at every byte), `TILLKEEPER_KILL_SEED`
//! for those of another run. With a folder named by `TILLKEEPER_PROGRESS` a run that was interrupted goes on where it was.

mod moment;
mod print;
mod seller;
mod shop;
mod till;

use print::Reached;
use scenarios::progress::Progress;
use scenarios::seed::draw::Draw;
use scenarios::seed::{OWNER, Plan, kept};
use seller::Seller;
use shop::{Shop, Tally};
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::time::{Duration, Instant};
use till::{Place, Starting, Till};

/// Rounds when nobody asks for more.
const ROUNDS: u32 = 20;
/// Rounds one shop goes through; then it is noted how far the test has come, and another shop begins.
const ROUNDS_OF_A_SHOP: u32 = 25;
/// The same of a shop whose till migrates.
const MIGRATIONS_OF_A_SHOP: u32 = 4;
/// Each of the delicate moments is met so often at least.
const EACH_MIN: u32 = 3;
/// Rounds that may miss their moment, each time.
const MISSES_MAX: u32 = 15;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap())
}

fn rounds() -> u32 {
    number("TILLKEEPER_KILL_ROUNDS").map_or(ROUNDS, |rounds| u32::try_from(rounds).unwrap())
}

/// Of all rounds, how many are kills during a migration.
fn migrations() -> u32 {
    EACH_MIN.max(rounds() / 8)
}

fn seed() -> u64 {
    // The keys of a map are drawn by the system.
    number("TILLKEEPER_KILL_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish())
}

fn tell(name: &str, seed: u64, sales: usize, tally: &Tally, started: Instant) {
    let kills: u32 = tally.kills.values().sum();
    println!(
        "{name}, seed {seed}: {kills} kills {:?}, {} more while starting; {sales} sales, {} lost answers, {} calls \
         repeated; {} s",
        tally.kills,
        tally.starts,
        tally.lost_answers,
        tally.repeats,
        started.elapsed().as_secs()
    );
}

/// One way to be killed; the till that was started again.
type Round = fn(&mut Shop, Till) -> Till;

fn plain(kill: impl Fn(&mut Shop, Till)) -> impl Fn(&mut Shop, Till) -> Till {
    move |shop, till| {
        kill(shop, till);
        // As it was left: nobody has set anything right yet.
        shop.verify();
        shop.recover()
    }
}

/// Goes through so many rounds, shop after shop, from where the test was when it was interrupted. `shop` is told how many
/// it has and the seed.
fn go_on(name: &str, rounds: u32, of_a_shop: u32, shop: impl Fn(u32, u64)) {
    let this_program = std::env::current_exe().unwrap();
    let programs = [this_program.as_path(), Path::new(env!("CARGO_BIN_EXE_headless"))];
    let progress = Progress::of(name, &programs, rounds).unwrap();
    let mut done: u32 = progress.done().unwrap();
    println!("{name}: {done} of {rounds} rounds were done before");
    while done < rounds {
        let piece = of_a_shop.min(rounds - done);
        shop(piece, seed());
        done += piece;
        progress.note(&done).unwrap();
    }
}

#[test]
fn a_till_that_is_killed_has_every_acknowledged_sale_once() {
    go_on("kill", rounds() - migrations(), ROUNDS_OF_A_SHOP, kill_at_any_moment);
}

fn kill_at_any_moment(rounds: u32, seed: u64) {
    let started = Instant::now();
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::new(folder.path(), seed);
    let mut till = shop.recover();
    let delicate: [(&[&str], Round); 3] = [
        (&["checkpoint"], |shop, till| plain(Shop::kill_at_checkpoint)(shop, till)),
        (&["backup"], |shop, till| plain(Shop::kill_at_backup)(shop, till)),
        (&["restore, made ready", "restore, decided"], Shop::kill_at_restore),
    ];
    for round in 0..rounds {
        till = match delicate.get(round as usize % (delicate.len() + 1)) {
            Some((_, kill)) => kill(&mut shop, till),
            None => plain(Shop::kill_selling)(&mut shop, till),
        };
    }
    for (names, kill) in delicate {
        let hits = |shop: &Shop| names.iter().filter_map(|name| shop.tally.kills.get(name)).sum::<u32>();
        for _ in 0..MISSES_MAX {
            if hits(&shop) < EACH_MIN {
                till = kill(&mut shop, till);
            }
        }
        assert!(hits(&shop) >= EACH_MIN, "{names:?}: {:?}", shop.tally);
    }
    till.stop();
    shop.verify();
    println!("{} backups are whole", shop.verify_backups());
    let sales = shop.sellers.iter().map(|seller| seller.acknowledged.len()).sum();
    tell("killed at any moment", seed, sales, &shop.tally, started);
}

/// Kills in the middle of a receipt, on each line, when nobody asks for one at every byte.
const PRINTS: u32 = 60;

#[test]
fn a_till_that_is_killed_while_it_prints_asks_and_never_prints_two_unmarked_copies() {
    kill_while_it_prints(Reached::Network);
}

#[test]
fn a_till_that_is_killed_while_it_prints_on_a_serial_line_asks_and_never_prints_two_unmarked_copies() {
    kill_while_it_prints(Reached::Serial);
}

fn kill_while_it_prints(reached: Reached) {
    let (seed, started) = (seed(), Instant::now());
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    // With more rounds than usual, every byte.
    let kills = number("TILLKEEPER_KILL_ROUNDS").is_none().then_some(PRINTS);
    let prints = print::killed_while_it_prints(folder.path(), &mut Draw::new(seed, 2), kills, reached);
    let took = started.elapsed().as_secs();
    println!("killed while it prints, {reached:?}, seed {seed}: {prints:?} in {took} s");
    assert!(prints.kills >= PRINTS && prints.not_out > 0, "{prints:?}");
}

/// Sales in the ledger that is brought to a newer version.
const SALES: u32 = 100_000;

#[test]
fn a_till_that_is_killed_during_a_migration_has_every_acknowledged_sale_once() {
    go_on("kill-migration", migrations(), MIGRATIONS_OF_A_SHOP, kill_at_migrations);
}

fn kill_at_migrations(rounds: u32, seed: u64) {
    let started = Instant::now();
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let mut shop = old_shop(folder.path(), seed);
    println!("made in {} s", started.elapsed().as_secs());
    let mut till = shop.recover();
    for round in 0..rounds {
        let address = till.address.clone();
        shop.sell_for(&address, Duration::from_millis(500));
        shop.kill_at_migration(till, 9_001 + round);
        till = shop.recover();
    }
    till.stop();
    shop.verify();
    let sales = shop.sellers.iter().map(|seller| seller.acknowledged.len()).sum();
    tell("killed while it migrates", seed, sales, &shop.tally, started);
}

/// A shop that was made on another machine: its till goes on here with a log of its own.
fn old_shop(folder: &Path, seed: u64) -> Shop {
    let mut place = Place::below(folder);
    // Where it was made, and with it what its PINs need.
    place.guard = place.data.join("guard");
    let plan = Plan { products: 100, sales: SALES, years: 3, seed: 1 };
    let made = kept(plan, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("shops"), &mut |_| {}).unwrap();
    copy(&made, &place.data);
    Starting::of(&place).listening().stop();
    Shop {
        place,
        sellers: vec![Seller::called(OWNER, 0)],
        draw: Draw::new(seed, 1),
        tally: Tally::default(),
        before: Some("A-"),
        logs: 2,
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}
